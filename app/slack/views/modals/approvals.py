"""Whose yes a decision needs: the levers it touches, the fewest who give them, and the note to a slow team."""

from collections.abc import Collection, Sequence

from app.db.models import Journey, MapTeam
from app.domain.influence.asking import For, Proposal
from app.domain.influence.fast_lane import SlowTeam
from app.domain.influence.journeys import is_named
from app.domain.signing.standing import still_to_answer
from app.slack.ids import Act, Modal
from app.slack.views.blocks import (
    Block,
    actions,
    alert,
    button,
    context,
    divider,
    input_,
    modal,
    multi_select,
    section,
    text_input,
    users_select,
)
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.influence import told_of, why_lines
from app.slack.views.scene import Scene
from app.slack.views.text import inline, mention, sentence
from app.words.influence import HIDDEN_TEAM, LOST_LEVER, days_said, fewest_said, nobody_said, told_said, whys_said

MOST_OFFERED = 100
Offered = tuple[str, list[tuple[str, str]]]
LONGEST_WHY = 130
"""Characters of one reason; somebody may decide for twenty teams, and a section holds 3,000."""


def touches_modal(scene: Scene, maps: Sequence[tuple[Journey, Sequence[MapTeam]]]) -> Block:
    """Which levers it touches, of those on the maps that its requester sees."""
    decision = scene.decision
    kept = _kept(scene)
    pages = _pages(maps, kept)
    blocks = [section(titled(decision.name, decision.title, 300))]
    if not pages:
        blocks.append(section("No map that you can open names a lever yet. Put the teams on one, with what they hold."))
        if decision.touches:  # they are off their maps since
            return modal(Modal.TOUCHES, "Which teams?", blocks, submit="It touches none", d=decision.id)
        return modal(Modal.APPROVALS, "Whose yes?", [*blocks, actions(button("Maps", Act.MAP_OPEN))], d=decision.id)
    for number, groups in enumerate(pages, 1):
        menu = multi_select(groups, [str(id) for id in kept], 20)
        label = "Whose lever does it touch?" if number == 1 else f"…or of these? ({number} of {len(pages)})"
        hint = "Those that can hold up or free the next step for the customer. Nobody else is asked."
        blocks.append(input_(teams_input(number), label, menu, hint=hint if number == 1 else None, optional=True))
    blocks += [
        context(
            "From their levers follows the smallest set of people whose yes unblocks it, with the rung that decides."
        ),
    ]
    return modal(Modal.TOUCHES, "Which teams?", blocks, submit="Show whose yes", d=decision.id)


def teams_input(number: int) -> str:
    """How the menus are called, the first one 1: Slack takes a hundred options in each."""
    return "teams" if number == 1 else f"teams_{number}"


def _kept(scene: Scene) -> set[int]:
    there = {team.id for team in scene.touched if is_named(team.lever)}
    return {id for id in scene.decision.touches or () if id in there or id in scene.hidden}


def _pages(maps: Sequence[tuple[Journey, Sequence[MapTeam]]], kept: Collection[int]) -> list[list[Offered]]:
    """Every lever that can be chosen, a hundred to a menu. What is chosen and stands on no map that they see is offered
    too: else saving the form would take it away."""
    offered = [
        (journey.name, [(_option(team), str(team.id)) for team in teams if is_named(team.lever)])
        for journey, teams in maps
    ]
    shown = {int(value) for _, options in offered for _, value in options}
    unseen = [(HIDDEN_TEAM, str(id)) for id in sorted(kept) if id not in shown]
    pages: list[list[Offered]] = []
    left = 0
    for name, options in [("Maps of others", unseen), *offered]:
        if not options:
            continue
        if len(options) > left:
            pages.append([])
            left = MOST_OFFERED
        pages[-1].append((name, options))
        left -= len(options)
    return pages


def _option(team: MapTeam) -> str:
    lever = " ".join(team.lever.split())
    return f"{team.name}: {lever}"[:75]


def approvals_modal(scene: Scene, found: Proposal | None) -> Block:
    """The fewest, each with the reason why; as it was fixed, once it is sent."""
    decision = scene.decision
    mine = scene.viewer == decision.requester_id
    blocks = [section(titled(decision.name, decision.title, 300))]
    if decision.approvals:
        blocks += _fixed(scene)
    elif not mine and decision.sent_at is None:
        blocks.append(section("Whose yes it needs is fixed when it is sent. Until then only its requester sees it."))
    elif scene.lost_lever:
        blocks.append(alert(LOST_LEVER, "warning"))
        blocks.append(actions(button("Which teams does it touch?…", Act.TOUCHES_OPEN, d=decision.id)))
    elif found is None:
        blocks.append(section("It touches no lever that stands on a map, so the ladder alone says who decides."))
    else:
        blocks += proposal_blocks(scene, found)
        blocks.append(context("It is fixed when you send the memo; until then it follows the maps."))
    if scene.setting.wait_days:
        counted = f"The cost gate counts {scene.setting.wait_days} days of waiting, as measured of these teams."
        blocks.append(context(counted))
    return modal(Modal.APPROVALS, "Whose yes, and why", [*blocks, *(_lanes(scene) if mine else [])], d=decision.id)


def proposal_blocks(scene: Scene, found: Proposal) -> list[Block]:
    """Who would be asked and why, what nobody can give, and who would be told."""
    rung, today = scene.decision.rung, scene.today
    blocks = [alert(sentence(nobody_said(need, today), 400), "warning") for need in found.missing]
    blocks.append(section(f"*{fewest_said(found)}*"))
    for one in found.asked:
        whys = [f"•  {sentence(why, LONGEST_WHY)}" for why in whys_said(one, rung)]
        blocks.append(section("\n".join([f"*{mention(one.user)}*", *whys])))
    blocks += [
        context(f"You decide for {inline(need.name, 80)} yourself: by asking you have said yes.") for need in found.held
    ]
    told = [] if scene.decision.private else found.told
    return [*blocks, context(sentence(told_said(told), 600))] if told else blocks


def missing_levers(scene: Scene, found: Proposal | None) -> Block | None:
    """What stands in place of the form that sends it, where nobody can give a yes that it needs, or a team is off its
    map; else None."""
    missing = [need for need in found.missing if need.what is For.LEVER] if found else []
    decision = scene.decision
    if scene.lost_lever and not missing:
        blocks = [
            section(f"{titled(decision.name, decision.title, 300)}\n{LOST_LEVER}"),
            actions(button("Which teams does it touch?…", Act.TOUCHES_OPEN, d=decision.id)),
        ]
        return modal(Modal.SEND, "Ask for sign-off", blocks, d=decision.id)
    if not missing:
        return None
    said = "\n".join(f"•  {sentence(nobody_said(need, scene.today), 400)}" for need in missing)
    blocks = [
        section(f"{titled(decision.name, decision.title, 300)}\n{said}"),
        context(
            "Once somebody can, you choose here who signs and by when. Or take the team out, if it is not touched."
        ),
        actions(button("Maps", Act.MAP_OPEN), button("Which teams does it touch?…", Act.TOUCHES_OPEN, d=decision.id)),
    ]
    return modal(Modal.SEND, "Ask for sign-off", blocks, d=decision.id)


def _fixed(scene: Scene) -> list[Block]:
    told = told_said(told_of(scene))
    seats = [row for row in scene.decision.approvals if row.kind is not For.LEVER]
    lines = [
        f"•  {mention(row.user_id)} {'decides on the rung' if row.kind is For.RUNG else 'reads it as bar raiser'}"
        for row in seats
    ]
    shown = why_lines(scene)  # who was told stands there too, where there is one
    blocks = [section("\n".join(lines)), *shown] if lines else shown
    return [*blocks, context(sentence(told, 600))] if told and not shown else blocks


def _lanes(scene: Scene) -> list[Block]:
    """A note to each team that takes its time, the slowest first: to those whose answer is waited for, and not to the
    requester themselves. Once it is sent, as it was fixed."""
    decision = scene.decision
    slow: list[tuple[int, str, float, bool]] = []
    if decision.sent_at is not None:
        waits = {one.user_id for one in still_to_answer(decision.signers)}
        slow = [
            (row.team_id, row.name, row.days, False)
            for row in decision.approvals
            if row.kind is For.LEVER and row.team_id and row.days and row.user_id in waits
        ]
    elif not scene.lost_lever:
        slow = [
            (team.id, team.name, team.days, team.measured)
            for team in scene.touched
            if team.days and decision.requester_id not in team.deciders
        ]
    if not slow:
        return []
    rows = [
        section(
            f"*{inline(name, 100)}* takes {days_said(days)}{', as measured' if measured else ''}",
            button("Fast lane…", Act.FAST_LANE_OPEN, suffix=str(id), d=decision.id, t=id),
        )
        for id, name, days, measured in sorted(slow, key=lambda one: -one[2])[:20]
    ]
    return [divider(), context("*Too slow?* The note to them is written from your own figures. You send it."), *rows]


def fast_lane_modal(scene: Scene, team: SlowTeam, note: str, whom: Sequence[str]) -> Block:
    """The note, to be changed and sent by the requester."""
    decision = scene.decision
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        input_(
            "text",
            f"The note to {inline(team.name, 60)}",
            text_input(note, multiline=True, max_length=2000),
            hint="Its figures are those of your triage. Nothing goes out before you send it, in your name.",
        ),
        input_("to", "To whom?", users_select(whom[0] if whom else None, "Choose who decides there")),
    ]
    return modal(Modal.FAST_LANE, "Ask for the fast lane", blocks, submit="Send it", d=decision.id, t=team.id)
