"""Maps of customers' journeys: the list, one map, and the forms that change it."""

from collections.abc import Sequence
from typing import Any

from app.db.models import Journey, MapTeam
from app.domain.influence.journeys import critical_path, holds_lever, lines_fingerprint, path_days, weighed
from app.domain.influence.measured import Measured
from app.domain.reading.figures import figure_said
from app.slack.ids import Act, Modal
from app.slack.views.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    confirm,
    context,
    divider,
    input_,
    modal,
    multi_select,
    multi_users_select,
    section,
    select,
    text_input,
    users_select,
)
from app.slack.views.scene import Group, MapScene
from app.slack.views.text import count, inline, mention, mentions, sentence
from app.words.fragments import quoted
from app.words.influence import NO_LEVER, NOBODY_DECIDES, days_said, effect_said, measured_said, weight_said

MOST_MAPS = 50
"""As many as a workspace has."""
WHAT_IT_IS = (
    "Who can hold up or free a customer's journey: each team, who decides there, the lever they hold, how many days "
    "they take, and what it moves for the customer. Sorted by days × effect, it says whose yes unblocks the next step."
)


def maps_modal(found: Sequence[tuple[Journey, Sequence[MapTeam]]], told: str = "") -> Block:
    """Every map that the viewer may open."""
    blocks = [section(f"{sentence(told, 300)}")] if told else []
    blocks.append(context(WHAT_IT_IS))
    for journey, teams in found[:MOST_MAPS]:
        names = sum(not holds_lever(team) for team in teams)
        missing = f" · {count(names, 'lever')} to be asked for" if names else ""
        hidden = " · private" if journey.private else ""
        blocks.append(
            section(
                f"*{inline(journey.name, 100)}*\n{count(len(teams), 'team')}{missing}{hidden}",
                button("Open", Act.MAP_OPEN, suffix=str(journey.id), j=journey.id),
            )
        )
    style = None if found else "primary"
    blocks.append(actions(button("Begin a map…", Act.MAP_FORM_OPEN, style=style)))
    return modal(Modal.MAPS, "Maps", blocks)


def map_modal(scene: MapScene) -> Block:
    """One map: its teams by days × effect, its critical path, and whose lever is still to be said."""
    journey, found = scene.journey, weighed(scene.teams, scene.worth)
    path = critical_path(scene.teams)
    on_it = frozenset(team.id for team in path)
    hidden = "  ·  private: for whoever made it, and whoever decides on it" if journey.private else ""
    blocks = [section(f"*{inline(journey.name, 100)}*"), context(f"Made by {mention(journey.by)}{hidden}")]
    if path:
        steps = " → ".join(f"{inline(team.name, 60)} ({days_said(team.days or 0)})" for team in path)
        blocks.append(section(f"*The critical path*\n{steps}: {days_said(path_days(scene.teams))} in all"))
    number = 0
    for table in found.tables:
        by = inline(table.metric, 80) if table.metric else "several metrics, weighed by what each is worth here"
        blocks += [divider(), context(f"*Days × effect*, on {by}")]
        for row in table.rows:
            number += 1
            blocks += _team_blocks(scene, row.team, on_it, f"{number}. ", row.weight)
    if len(found.tables) > 1:
        blocks.append(
            context("What stands apart can't be weighed against the rest: “/escalate policy” says what it is worth.")
        )
    if found.unweighed:
        blocks += [
            divider(),
            context("*Not weighed yet*: their days, or their effect on a customer metric, are missing"),
        ]
        blocks += [one for team in found.unweighed for one in _team_blocks(scene, team, on_it)]
    if found.names:
        blocks += [divider(), context("*Names so far*: without a lever nobody needs their yes")]
        blocks += [one for team in found.names for one in _team_blocks(scene, team, on_it)]
    if not scene.teams:
        blocks.append(section("Nobody stands on it yet. Put the teams on it that touch this journey."))
    return modal(Modal.MAP, "Map", [*blocks, divider(), _map_row(scene)], j=journey.id)


def _team_blocks(
    scene: MapScene, team: MapTeam, on_it: frozenset[int], number: str = "", weight: float | None = None
) -> list[Block]:
    id, measured = team.id, scene.measured.get(team.id)
    marks = "  ·  :rotating_light: critical path" if id in on_it else ""
    lines = [f"*{number}{inline(team.name, 100)}*{marks}"]
    lines.append(sentence(quoted(team.lever), 400) if holds_lever(team) else f"_{NO_LEVER}_")
    facts = [days_said(team.days) + (", measured" if team.measured else "")] if team.days else []
    facts += [inline(said, 150)] if (said := effect_said(team)) else []
    facts += [f"weighs {weight_said(weight)}"] if weight is not None else []
    if facts:
        lines.append("  ·  ".join(facts))
    if measured:
        lines.append(sentence(measured_said(team, measured).capitalize(), 200))
    lines.append(_who_decides(team))
    change = button("Change…", Act.TEAM_OPEN, suffix=str(id), j=scene.journey.id, t=id) if id in scene.changes else None
    blocks = [section("\n".join(lines), change)]
    more = _more_buttons(scene, team, measured)
    return [*blocks, actions(*more)] if more else blocks


def _who_decides(team: MapTeam) -> str:
    if not team.deciders:
        return f"_{NOBODY_DECIDES.capitalize()}._"
    group = f" ({inline('@' + team.group_name, 60)})" if team.group_id and team.group_name else ""
    deputies = list(dict.fromkeys(team.deputies.values()))
    stands_in = f"; {mentions(deputies[:3])} in their place" if deputies else ""
    more = f" and {len(team.deciders) - 6} more" if len(team.deciders) > 6 else ""
    return f"Decides: {mentions(team.deciders[:6], 'or')}{more}{group}{stands_in}"


def _more_buttons(scene: MapScene, team: MapTeam, measured: Measured | None) -> list[Block]:
    row = []
    carried: dict[str, Any] = {"j": scene.journey.id, "t": team.id}
    if not holds_lever(team) and scene.keeps and team.deciders:
        row.append(button("Ask which lever they hold", Act.LEVER_ASK, suffix=str(team.id), **carried))
    if measured and measured.tells and team.id in scene.changes:
        days = round(measured.median or 0.0, 1)
        if not (team.measured and team.days == days):
            label = f"Take over {days_said(days)}"
            row.append(button(label, Act.MEASURED_TAKE, suffix=str(team.id), **carried))
    return row


def _map_row(scene: MapScene) -> Block:
    id = scene.journey.id
    return actions(
        button("Put a team on it…", Act.TEAM_OPEN, suffix="new", j=id) if scene.keeps else None,
        button("Rename…", Act.MAP_FORM_OPEN, j=id) if scene.keeps else None,
        button("All maps", Act.MAP_OPEN, suffix="all"),
        button(
            "Take it down",
            Act.MAP_DOWN,
            "danger",
            confirm=confirm(
                "Take this map down?",
                "Its teams go with it. What decisions asked for by it stays with them.",
                "Take it down",
            ),
            j=id,
        )
        if scene.keeps
        else None,
    )


def map_form_modal(journey: Journey | None, *, mine: bool = True) -> Block:
    """Begin a map, or call it otherwise."""
    named = text_input(journey.name if journey else None, placeholder="Checkout", max_length=80)
    blocks = [input_("journey", "Which journey of your customers?", named, hint="As a customer would call it.")]
    if mine:
        ticked = ["yes"] if journey and journey.private else []
        option = checkboxes([("Keep it private: for me, and whoever decides on it", "yes")], ticked)
        blocks.append(input_("private", "Who may see it?", option, optional=True))
    if journey is None:
        return modal(Modal.MAP_FORM, "Begin a map", blocks, submit="Begin")
    return modal(Modal.MAP_FORM, "Rename the map", blocks, submit="Save", j=journey.id)


def team_modal(
    journey: Journey, team: MapTeam | None, others: Sequence[MapTeam], groups: Sequence[Group], *, keeps: bool
) -> Block:
    """A team's lines. ``others``: the teams beside it; ``keeps``: the viewer may take it off."""
    effect = figure_said(team.effect) if team and team.effect is not None else None
    deputy = next(iter(team.deputies.values()), None) if team else None
    people = team.deciders if team and not team.group_id else ()
    blocks = [
        section(f"*{inline(journey.name, 100)}*"),
        input_("name", "Team", text_input(team.name if team else None, placeholder="Payments", max_length=80)),
        input_(
            "lever",
            "Which lever do they hold?",
            text_input(
                team.lever if team else None,
                multiline=True,
                placeholder="Controls the checkout cutoff, can delay the launch by five days",
                max_length=300,
            ),
            hint="What they can hold up, or free. Empty: it is a name, and they can be asked.",
            optional=True,
        ),
        input_(
            "deciders",
            "Who decides there?",
            multi_users_select(people, "Choose people"),
            hint="Any one of them gives the team's yes.",
            optional=True,
        ),
    ]
    if groups or (team and team.group_id):
        blocks.append(_group_input(team, groups))
    blocks += [
        input_("deputy", "Who decides while they are away?", users_select(deputy, "Choose a deputy"), optional=True),
        input_(
            "days",
            "Working days they take to decide",
            text_input(figure_said(team.days) if team and team.days else None, placeholder="2", max_length=20),
            optional=True,
        ),
        input_(
            "metric",
            "Which customer metric does it move?",
            text_input(team.metric if team else None, placeholder="Conversion at checkout", max_length=100),
            optional=True,
        ),
        input_(
            "effect",
            "By how much?",
            text_input(
                f"{effect} {team.unit}".strip() if team and effect else None, placeholder="0.4 points", max_length=60
            ),
            hint="A figure, and its unit behind it.",
            optional=True,
        ),
    ]
    if others:
        options = [(inline(one.name, 70), str(one.id)) for one in others]
        before = [str(one) for one in team.after] if team else []
        waits = multi_select([("Teams of this map", options)], before)
        blocks.append(input_("after", "Who has to decide before they can?", waits, optional=True))
    carried: dict[str, Any] = {"j": journey.id} | ({"t": team.id} if team else {})
    if team and keeps:
        sure = confirm("Take this team off the map?", "What was asked of it stays with its decisions.", "Take it off")
        blocks.append(actions(button("Take it off the map", Act.TEAM_OFF, "danger", confirm=sure, **carried)))
    if team is None:
        return modal(Modal.TEAM, "Put a team on the map", blocks, submit="Save", **carried)
    return modal(Modal.TEAM, "Change a team", blocks, submit="Save", **carried, v=lines_fingerprint(team))


def _group_input(team: MapTeam | None, groups: Sequence[Group]) -> Block:
    options = [(f"@{group.handle}"[:75], group.id) for group in groups[:99] if group.handle]
    if team and team.group_id and team.group_id not in {id for _, id in options}:
        options.insert(0, (f"@{team.group_name}"[:75], team.group_id))
    menu = select(options, team.group_id if team else None, "Choose a user group")
    return input_(
        "group", "…or a user group", menu, hint="Its members decide there, as the group changes.", optional=True
    )


def lever_modal(journey: Journey, team: MapTeam) -> Block:
    """Whoever decides there says what they hold."""
    blocks = [
        section(f"*{inline(team.name, 100)}*, on the way of “{inline(journey.name, 100)}”"),
        input_(
            "lever",
            "What can you hold up, or free?",
            text_input(
                team.lever,
                multiline=True,
                placeholder="Controls the checkout cutoff, can delay the launch by five days",
                max_length=300,
            ),
            hint="In your own words. Decisions that touch it are then asked of you, and no others.",
        ),
        input_(
            "days",
            "How many working days do you take to decide?",
            text_input(figure_said(team.days) if team.days else None, placeholder="2", max_length=20),
            optional=True,
        ),
    ]
    return modal(Modal.LEVER, "Your lever", blocks, submit="Say so", t=team.id)
