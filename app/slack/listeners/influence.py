"""`/escalate map`, the forms of the maps, whose yes a decision needs, and the note to a slow team."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import influence
from app.db.keepers import keepers
from app.domain import permissions
from app.domain.errors import NotNow, Unreadable, gathered
from app.domain.influence.fast_lane import lane
from app.domain.influence.who import may_change, may_change_team
from app.slack.directory import MOST_NAMED
from app.slack.forms import Fields
from app.slack.ids import Act, Modal
from app.slack.listeners.interactions import Interaction, Request, View
from app.slack.listeners.services import Services
from app.slack.loading import load_map
from app.slack.packed import AboutDecision, AboutMap, AboutTeam, OneTeam, SlowTeam
from app.slack.views.modals.approvals import approvals_modal, fast_lane_modal, teams_input, touches_modal
from app.slack.views.modals.influence import lever_modal, map_form_modal, map_modal, maps_modal, team_modal
from app.words.influence import note
from app.words.reading.figures import read_figure
from app.workflows.admission import Actor, only
from app.workflows.influence import approvals, fast_lane, maps
from app.workflows.influence.maps import TeamSaid

MAP = re.compile(r"maps?(?:\s*[:–-]\s*(?P<named>.+)|\s+(?P<words>.+))?", re.IGNORECASE | re.DOTALL)
"""Alone, or with the name of a map. A sentence may begin with “map”, too: words that name no map are one."""

_MARKS = "$€£¥%"
_FIGURE = re.compile(r"[-−+]?[$€£¥]?\s?\d[\d.,'\u00a0\u202f]*\s?(?:%|(?:k|mn?|bn?)\b)?", re.IGNORECASE)


# ── the maps ────────────────────────────────────────────────────────────────────────────────────────────


def typed(services: Services, actor: Actor, found: re.Match[str]) -> View | None:
    """What `/escalate map` opens: the one that was named, the only one, or all. None: it is a sentence."""
    name = " ".join((found["named"] or found["words"] or "").split()).casefold()
    follow_groups(services, actor)
    with services.db.read() as session:
        seen = maps.seen(session, actor)
        chosen = next((journey for journey, _ in seen if journey.name.casefold() == name), None)
        if name and chosen is None:
            told = f"No map of yours is called “{found['named']}”." if found["named"] else ""
            return maps_modal(seen, told) if found["named"] else None
        if not name and len(seen) == 1:
            chosen = seen[0][0]
        if chosen is not None:
            return map_modal(load_map(session, actor, chosen.id, services.clock()))
        return maps_modal(seen)


def follow_groups(services: Services, actor: Actor) -> None:
    """Who decides for a team that is a user group is whoever is in it now."""
    with services.db.read() as session:
        known = {team.group_id for team in influence.teams(session, actor.workspace) if team.group_id}
    groups = [one for one in services.directory.groups(actor.workspace) if one.id in known] if known else []
    for group in groups:
        services.directory.ensure(actor.workspace, group.members[:MOST_NAMED])  # the rest when they are next met

    def follow(session: Session) -> None:
        for group in groups:
            maps.follow_group(session, actor.workspace, group.id, group.members, group.handle)

    if groups:
        services.db.run(follow)


def _map(request: Request[Any], id: int) -> View:
    with request.services.db.read() as session:
        return map_modal(load_map(session, request.actor, id, request.services.clock()))


def _open_map(request: Request[AboutMap]) -> View:
    if request.payload.journey is not None:
        return _map(request, request.payload.journey)
    with request.services.db.read() as session:
        return maps_modal(maps.seen(session, request.actor))


def _map_form(request: Request[AboutMap]) -> View:
    id, actor = request.payload.journey, request.actor
    with request.services.db.read() as session:
        if id is None:
            maps.seen(session, actor)  # members alone begin one
            return map_form_modal(None)
        journey, _ = maps.open_map(session, actor, id)
        maps.check_changes(session, journey, actor)
        return map_form_modal(journey, mine=journey.by == actor.user)


def _save_map(session: Session, request: Request[AboutMap], now: datetime) -> None:
    fields, id = request.fields, request.payload.journey
    name, private = fields.text("journey"), "yes" in fields.options("private")
    if id is None:
        maps.begin_map(session, name, private, request.actor, now)
    else:
        maps.rename_map(session, id, name, private, request.actor, now)


def _saved_map(request: Request[AboutMap]) -> View | None:
    """The map in place of its form; one that has just begun is found by its name."""
    if request.payload.journey is not None:
        return _map(request, request.payload.journey)
    name = " ".join(request.fields.text("journey").split()).casefold()
    with request.services.db.read() as session:
        seen = maps.seen(session, request.actor)
    begun = next((journey.id for journey, _ in seen if journey.name.casefold() == name), None)
    return _map(request, begun) if begun is not None else None


def _take_down(session: Session, request: Request[AboutMap], now: datetime) -> str:
    name = maps.take_down(session, request.payload.journey or 0, request.actor, now)
    return f"The map “{name}” is taken down. What decisions asked for by it stays with them."


def _all_maps(request: Request[AboutMap]) -> View:
    with request.services.db.read() as session:
        return maps_modal(maps.seen(session, request.actor))


# ── a team ──────────────────────────────────────────────────────────────────────────────────────────────


def _team_form(request: Request[AboutTeam]) -> View:
    about, actor = request.payload, request.actor
    groups = request.services.directory.groups(actor.workspace)
    with request.services.db.read() as session:
        journey, teams = maps.open_map(session, actor, about.journey)
        here = keepers(session, actor.workspace)
        team = next((one for one in teams if one.id == about.team), None)
        if about.team is not None and team is None:
            raise NotNow("That team was taken off the map meanwhile.")
        if team is None:
            maps.check_changes(session, journey, actor)
        elif not may_change_team(journey, team, actor.user, here):
            maps.check_changes_team(session, journey, team, actor)
        others = [one for one in teams if one is not team]
        return team_modal(journey, team, others, groups, keeps=may_change(journey, actor.user, here))


def _look_for_groups(request: Request[AboutTeam]) -> None:
    """Who is in the groups now: remembered for the moment in which the form is read."""
    if request.fields.option("group"):
        request.services.directory.groups(request.actor.workspace)


def _save_team(session: Session, request: Request[AboutTeam], now: datetime) -> None:
    about = request.payload
    maps.save_team(session, about.journey, about.team, _team_said(request), request.actor, now, about.based_on)


def _team_said(request: Request[AboutTeam]) -> TeamSaid:
    """The form, read; every input at fault is pointed at."""
    fields = request.fields
    days: float | None = None
    effect, unit = None, ""
    with gathered() as wrong:
        with wrong.one():
            days = _days(fields)
        with wrong.one():
            effect, unit = _effect(fields.text("effect"))
        group = fields.option("group")
        found = next(
            (one for one in request.services.directory.groups(request.actor.workspace) if one.id == group), None
        )
        if group and found is None and not fields.users("deciders"):
            wrong.add("Slack does not tell me who is in that group now. Choose people, or try again later.", "group")
        if found is not None and not found.members:
            wrong.add(f"Nobody is in @{found.handle}. Choose another group, or people.", "group")
    people = fields.users("deciders") if found is None else found.members
    return TeamSaid(
        name=fields.text("name"), deciders=people, deputy=fields.user("deputy"),
        group=(found.id, found.handle) if found else None, lever=fields.text("lever"), days=days,
        metric=fields.text("metric"), unit=unit, effect=effect,
        after=[int(one) for one in fields.options("after") if one.isdecimal()],
    )  # fmt: skip


def _days(fields: Fields) -> float | None:
    said = fields.text("days")
    return read_figure(said, "days") if said else None


def _effect(said: str) -> tuple[float | None, str]:
    """ "0.4 points": the figure, and its unit."""
    if not said:
        return None, ""
    figure = read_figure(said, "effect")
    found = _FIGURE.search(said)
    mark = next((sign for sign in found[0] if sign in _MARKS), "") if found else ""  # dollars are no euros
    unit = " ".join([mark, *_FIGURE.sub(" ", said, count=1).split()]).strip()
    return figure, unit[:40]


def _take_off(session: Session, request: Request[AboutTeam], now: datetime) -> None:
    maps.take_off(session, request.payload.team or 0, request.actor, now)


def _its_map(request: Request[AboutTeam]) -> View:
    return _map(request, request.payload.journey)


def _ask_lever(session: Session, request: Request[AboutTeam], now: datetime) -> None:
    maps.ask_lever(session, request.payload.team or 0, request.actor, now)


def _take_measured(session: Session, request: Request[AboutTeam], now: datetime) -> None:
    maps.take_measured(session, request.payload.team or 0, request.actor, now)


def _lever_form(request: Request[OneTeam]) -> View:
    with request.services.db.read() as session:
        journey, team = maps.open_team(session, request.actor, request.payload.team)
        maps.check_changes_team(session, journey, team, request.actor)
        return lever_modal(journey, team)


def _say_lever(session: Session, request: Request[OneTeam], now: datetime) -> str:
    fields = request.fields
    team = maps.say_lever(session, request.payload.team, fields.text("lever"), _days(fields), request.actor, now)
    return f"{team.name} stands on the map with its lever. Decisions that touch it are asked of whoever decides there."


# ── a decision ──────────────────────────────────────────────────────────────────────────────────────────


def _touches_form(request: Request[AboutDecision]) -> View:
    scene = request.services.scene(request.actor, request.payload.decision)
    only(request.actor, *permissions.requester(scene.decision))
    follow_groups(request.services, request.actor)
    with request.services.db.read() as session:
        return touches_modal(scene, maps.seen(session, request.actor))


def _touch(session: Session, request: Request[AboutDecision], now: datetime) -> None:
    fields, number, chosen = request.fields, 1, list[str]()
    while teams_input(number) in fields:
        chosen += fields.options(teams_input(number))
        number += 1
    teams = [int(one) for one in chosen if one.isdecimal()]
    approvals.touch(session, request.payload.decision, teams, request.actor, now)


def _approvals(request: Request[AboutDecision]) -> View:
    services = request.services
    scene = services.scene(request.actor, request.payload.decision)
    only(request.actor, *permissions.everybody(scene.decision))
    if scene.decision.touches and scene.decision.sent_at is None:
        follow_groups(services, request.actor)
    with services.db.read() as session:
        shown = scene.decision.sent_at is None and scene.viewer == scene.decision.requester_id
        found = approvals.proposal_of(session, scene.decision, services.clock()) if shown else None
        return approvals_modal(scene, found)


def _lane_form(request: Request[SlowTeam]) -> View:
    services = request.services
    scene = services.scene(request.actor, request.payload.decision)
    decision = scene.decision
    only(request.actor, *permissions.requester(decision))
    with services.db.read() as session:
        team = fast_lane.slow_team(session, decision, request.payload.team)
        found = lane(team, decision.answers, scene.setting.today)
        if found is None:
            raise NotNow(f"Nobody has said how many days {team.name} takes. Its map asks for that first.")
        text = note(decision.name, decision.title, team, found, decision.answers, scene.setting.today)
        return fast_lane_modal(scene, team, text, fast_lane.whom(session, decision, team.id))


def _send_note(session: Session, request: Request[SlowTeam], now: datetime) -> str:
    about, fields = request.payload, request.fields
    to = fields.user("to")
    if not to:
        raise Unreadable("Choose who decides there.", "to")
    fast_lane.send_note(session, about.decision, about.team, fields.text("text"), to, request.actor, now)
    return f"Sent to <@{to}>, in your name."


CLICKS: Mapping[Act, Interaction[Any]] = {
    Act.MAP_OPEN: Interaction(AboutMap.of, opens=_open_map, in_place=True),
    Act.MAP_FORM_OPEN: Interaction(AboutMap.of, opens=_map_form, in_place=True),
    Act.MAP_DOWN: Interaction(AboutMap.of, does=_take_down, redraws=_all_maps),
    Act.TEAM_OPEN: Interaction(AboutTeam.of, opens=_team_form, in_place=True),
    Act.TEAM_OFF: Interaction(AboutTeam.of, does=_take_off, redraws=_its_map),
    Act.LEVER_ASK: Interaction(AboutTeam.of, does=_ask_lever, redraws=_its_map),
    Act.LEVER_OPEN: Interaction(OneTeam.of, opens=_lever_form),
    Act.MEASURED_TAKE: Interaction(AboutTeam.of, does=_take_measured, redraws=_its_map),
    Act.TOUCHES_OPEN: Interaction(AboutDecision.of, opens=_touches_form, in_place=True),
    Act.APPROVALS_OPEN: Interaction(AboutDecision.of, opens=_approvals),
    Act.FAST_LANE_OPEN: Interaction(SlowTeam.of, opens=_lane_form),
}

FORMS: Mapping[Modal, Interaction[Any]] = {
    Modal.MAP_FORM: Interaction(AboutMap.of, does=_save_map, then=_saved_map),
    Modal.TEAM: Interaction(AboutTeam.of, does=_save_team, then=_its_map, looks_first=_look_for_groups),
    Modal.LEVER: Interaction(OneTeam.of, does=_say_lever),
    Modal.TOUCHES: Interaction(AboutDecision.of, does=_touch, then=_approvals),
    Modal.FAST_LANE: Interaction(SlowTeam.of, does=_send_note),
}
