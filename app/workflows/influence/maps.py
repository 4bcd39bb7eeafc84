"""The maps: begun, their teams put on and changed, a lever asked for, measured days taken over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import influence, locks
from app.db.keepers import keepers
from app.db.models import Journey, MapTeam
from app.domain.errors import NotAllowed, NotFound, NotNow, Unreadable, gathered
from app.domain.influence.journeys import (
    MOST_DAYS,
    MOST_DECIDE,
    MOST_TEAMS,
    goes_round,
    holds_lever,
    is_named,
    lines_fingerprint,
)
from app.domain.influence.measured import Measured, measured
from app.domain.influence.who import may_change, may_change_team, may_see
from app.domain.permissions import is_member
from app.words.influence import days_said
from app.words.people import named
from app.workflows.admission import Actor, members_only
from app.workflows.influence.map_changes import record_change
from app.workflows.notifying import send
from app.workflows.opening import ensure_workspace, rely_on

MEMBERS_MAP = "only members see and change the maps of customers' journeys"
LONGEST_NAME, LONGEST_LEVER = 80, 300
MOST_JOURNEYS = 50
MISSING = "I can't find that map here. “/escalate map” shows those that you can open."


@dataclass(frozen=True)
class TeamSaid:
    """A team as somebody filled it in. ``days``: working days; ``group``: Slack's id and handle of a user group, whose
    members ``deciders`` are then."""

    name: str
    deciders: Sequence[str] = ()
    deputy: str = ""
    group: tuple[str, str] | None = None
    lever: str = ""
    days: float | None = None
    metric: str = ""
    unit: str = ""
    effect: float | None = None
    after: Collection[int] = ()


# ── opening ─────────────────────────────────────────────────────────────────────────────────────────────


def seen(session: Session, actor: Actor) -> list[tuple[Journey, list[MapTeam]]]:
    """The maps that somebody may open, with their teams.

    Raises:
        NotAllowed: a guest, or somebody who is not of this workspace.
    """
    members_only(session, actor, MEMBERS_MAP)
    on: dict[int, list[MapTeam]] = {}
    for team in influence.teams(session, actor.workspace):
        on.setdefault(team.journey_id, []).append(team)
    found = [(journey, on.get(journey.id, [])) for journey in influence.journeys(session, actor.workspace)]
    return [(journey, teams) for journey, teams in found if may_see(journey, teams, actor.user)]


def open_map(session: Session, actor: Actor, id: int, *, hold: bool = False) -> tuple[Journey, Sequence[MapTeam]]:
    """A map with its teams. ``hold``: for a change; two who change it do so one after the other.

    Raises:
        NotFound: there is none, or a private one of others.
    """
    members_only(session, actor, MEMBERS_MAP)
    if hold:
        locks.hold_workspace(session, actor.workspace)
    journey = influence.journey(session, actor.workspace, id)
    teams = influence.teams(session, actor.workspace, [id])
    if journey is None or not may_see(journey, teams, actor.user):
        raise NotFound(MISSING)
    return journey, teams


def open_team(session: Session, actor: Actor, id: int, *, hold: bool = False) -> tuple[Journey, MapTeam]:
    """A team on a map that somebody may open."""
    members_only(session, actor, MEMBERS_MAP)
    if hold:
        locks.hold_workspace(session, actor.workspace)
    team = influence.team(session, actor.workspace, id)
    if team is None:
        raise NotFound(f"That team is on no map any more. {MISSING.partition('. ')[2]}")
    journey, _ = open_map(session, actor, team.journey_id)
    return journey, team


def check_changes(session: Session, journey: Journey, actor: Actor) -> None:
    here = keepers(session, actor.workspace)
    if not may_change(journey, actor.user, here):
        raise NotAllowed(_only(journey, here))


def check_changes_team(session: Session, journey: Journey, team: MapTeam, actor: Actor) -> None:
    here = keepers(session, actor.workspace)
    if not may_change_team(journey, team, actor.user, here):
        raise NotAllowed(_only(journey, here, also=", and whoever decides for the team changes its lines"))


def _only(journey: Journey, here: Sequence[str], also: str = "") -> str:
    who = named(list(dict.fromkeys([journey.by, *([] if journey.private else here)])))
    return f"Whoever made this map changes it, and so do the keepers{also}: {who}."


# ── changing ────────────────────────────────────────────────────────────────────────────────────────────


def begin_map(session: Session, name: str, private: bool, actor: Actor, now: datetime) -> Journey:
    """Begin the map of a journey.

    Raises:
        Unreadable: no name, one that another map has, or too many maps.
    """
    members_only(session, actor, MEMBERS_MAP)
    ensure_workspace(session, actor.workspace, now)
    locks.hold_workspace(session, actor.workspace)
    clean = " ".join(name.split())
    if not is_named(clean):
        raise Unreadable("Name the journey as a customer would: “checkout”, “returning a gift”.", "journey")
    if len(clean) > LONGEST_NAME:
        raise Unreadable(f"Name it in up to {LONGEST_NAME} characters: it stands in lists.", "journey")
    _check_name_is_free(session, actor, clean)
    if len(influence.journeys(session, actor.workspace)) >= MOST_JOURNEYS:
        raise Unreadable(f"A workspace has up to {MOST_JOURNEYS} maps. Take one down that nobody needs.", "journey")
    journey = Journey(workspace_id=actor.workspace, name=clean, private=private, by=actor.user, at=now)
    session.add(journey)
    session.flush()
    record_change(session, actor, now, begun=journey.id, private=private)
    return journey


def _check_name_is_free(session: Session, actor: Actor, name: str, but: int | None = None) -> None:
    """Among the maps that they see: of a private one of others nobody learns by trying its name."""
    if any(one.name.casefold() == name.casefold() and one.id != but for one, _ in seen(session, actor)):
        raise Unreadable("There is a map of that name already. Choose another name.", "journey")


def rename_map(session: Session, id: int, name: str, private: bool, actor: Actor, now: datetime) -> Journey:
    """Call it otherwise, or open it to more or fewer people."""
    journey, _ = open_map(session, actor, id, hold=True)
    check_changes(session, journey, actor)
    clean = " ".join(name.split())
    if not is_named(clean) or len(clean) > LONGEST_NAME:
        raise Unreadable(f"Name it in up to {LONGEST_NAME} characters, as a customer would.", "journey")
    _check_name_is_free(session, actor, clean, but=journey.id)
    if private and journey.by != actor.user:
        raise NotAllowed("Whoever made a map makes it private: you would not see it any more.")
    journey.name, journey.private = clean, private
    session.flush()
    record_change(session, actor, now, renamed=journey.id, private=private)
    return journey


def take_down(session: Session, id: int, actor: Actor, now: datetime) -> str:
    """Take a map down. What was asked by it stays with its decisions. Returns how it was called."""
    journey, _ = open_map(session, actor, id, hold=True)
    check_changes(session, journey, actor)
    name = journey.name
    influence.take_down(session, journey)
    record_change(session, actor, now, taken_down=id)
    return name


def save_team(
    session: Session, journey: int, id: int | None, said: TeamSaid, actor: Actor, now: datetime,
    based_on: str | None = None,
) -> MapTeam:  # fmt: skip
    """Put a team on a map, or change its lines. ``id``: None for one that is new. ``based_on``: the fingerprint of the
    lines that were changed.

    Raises:
        NotAllowed: somebody who neither changes the map nor decides there.
        NotNow: somebody else changed them meanwhile.
        Unreadable: each input that can't be; ``field`` names it.
    """
    found, teams = open_map(session, actor, journey, hold=True)
    team = next((one for one in teams if one.id == id), None)
    if id is not None and team is None:
        raise NotFound("That team was taken off the map meanwhile. Put it on again, if it is needed.")
    if team is None:
        check_changes(session, found, actor)
    else:
        check_changes_team(session, found, team, actor)
    before = lines_fingerprint(team) if team else ""
    was = {*team.deciders, *team.deputies.values()} if team else set()  # one who left is no fault of whoever edits it
    if said.group:  # an app, a guest or somebody who left is in it for other reasons
        able = [user for user in said.deciders if is_member(rely_on(session, actor.workspace, user))]
        if said.deciders and not able:
            raise Unreadable("Nobody in that group is an active member. Choose another group, or people.", "group")
        said = replace(said, deciders=able)
    with gathered() as wrong:
        with wrong.one():
            _check_words(said, teams, id)
        with wrong.one():
            _check_figures(said)
        for user in dict.fromkeys([*said.deciders, *filter(None, [said.deputy])]):
            if user not in was:
                with wrong.one():
                    _check_person(session, actor.workspace, user, "deputy" if user == said.deputy else "deciders")
        if said.deputy and said.deputy in said.deciders:
            wrong.add("A deputy is somebody else: whoever decides there needs none for being here.", "deputy")
        if len(said.deciders) > MOST_DECIDE:
            wrong.add(
                f"Where {len(said.deciders)} people decide, nobody does. Choose up to {MOST_DECIDE}.",
                "group" if said.group else "deciders",
            )
        with wrong.one():
            _check_order(said, teams, id)
    if team is None:
        team = MapTeam(workspace_id=actor.workspace, journey_id=found.id, name="", measured=False)
        session.add(team)
    if team.days != said.days:
        team.measured = False  # somebody says otherwise than what was measured
    team.name, team.lever = " ".join(said.name.split()), " ".join(said.lever.split())
    team.days, team.effect = said.days, said.effect
    team.metric, team.unit = " ".join(said.metric.split()), " ".join(said.unit.split())
    team.deciders = list(dict.fromkeys(said.deciders))
    team.deputies = dict.fromkeys(team.deciders, said.deputy) if said.deputy else {}
    team.group_id, team.group_name = said.group or (None, "")
    team.after = sorted(set(said.after))
    if based_on is not None and before not in (based_on, lines_fingerprint(team)):  # the same twice is no change
        raise NotNow("Somebody changed this team meanwhile. Your words stand here: open it again, and take them over.")
    session.flush()
    record_change(session, actor, now, map=found.id, team=team.id)
    return team


def _check_words(said: TeamSaid, teams: Sequence[MapTeam], id: int | None) -> None:
    clean = " ".join(said.name.split())
    if not is_named(clean) or len(clean) > LONGEST_NAME:
        raise Unreadable(f"Name the team, in up to {LONGEST_NAME} characters.", "name")
    if any(one.id != id and one.name.casefold() == clean.casefold() for one in teams):
        raise Unreadable(f"“{clean}” is on this map already. Change its lines there.", "name")
    if id is None and len(teams) >= MOST_TEAMS:
        raise Unreadable(f"A map holds up to {MOST_TEAMS} teams. Take one off that holds no lever.", "name")
    if len(said.lever) > LONGEST_LEVER:
        raise Unreadable(f"Say what they hold in up to {LONGEST_LEVER} characters.", "lever")


def _check_figures(said: TeamSaid) -> None:
    if said.days is not None and not 0 < said.days <= MOST_DAYS:
        raise Unreadable("How many working days do they take? Write it like 2, or 2.5; a year at the most.", "days")
    if (said.effect is None) != (not is_named(said.metric)):
        missing = "metric" if said.effect is not None else "effect"
        raise Unreadable("A metric and a figure belong together: fill in both, or neither.", missing)


def _check_person(session: Session, workspace: str, user: str, field: str) -> None:
    if not is_member(rely_on(session, workspace, user)):
        raise Unreadable(f"<@{user}> can't decide: choose an active member of this workspace.", field)


def _check_order(said: TeamSaid, teams: Sequence[MapTeam], id: int | None) -> None:
    here = {one.id for one in teams}
    if id in said.after or not set(said.after) <= here:
        raise Unreadable("Choose other teams of this map.", "after")
    before: dict[int, Collection[int]] = {one.id: one.after for one in teams}
    before[id or 0] = said.after
    if goes_round(before):
        raise Unreadable("Then each of them would wait for the other. Leave one of these teams out.", "after")


def take_off(session: Session, id: int, actor: Actor, now: datetime) -> Journey:
    """Take a team off its map. What was asked of it stays with its decisions."""
    journey, team = open_team(session, actor, id, hold=True)
    check_changes(session, journey, actor)
    influence.take_off(session, team)
    record_change(session, actor, now, map=journey.id, taken_off=id)
    return journey


def say_lever(session: Session, id: int, lever: str, days: float | None, actor: Actor, now: datetime) -> MapTeam:
    """Whoever decides there says what they hold, and how long they take.

    Raises:
        Unreadable: no words.
    """
    journey, team = open_team(session, actor, id, hold=True)
    check_changes_team(session, journey, team, actor)
    said = " ".join(lever.split())
    with gathered() as wrong:
        if not is_named(said):
            wrong.add(
                "Say what you can hold up or free: “controls the checkout cutoff, can delay it by 5 days”.", "lever"
            )
        if len(said) > LONGEST_LEVER:
            wrong.add(f"Say it in up to {LONGEST_LEVER} characters.", "lever")
        with wrong.one():
            _check_figures(TeamSaid(team.name, days=days))
    team.lever = said
    if days is not None and days != team.days:
        team.days, team.measured = days, False
    session.flush()
    record_change(session, actor, now, map=journey.id, team=team.id)
    if journey.by != actor.user:
        send(session, actor.workspace, "reply", journey.by, now, view="lever_said", by=actor.user,
            name=team.name, journey=journey.name)  # fmt: skip
    return team


def ask_lever(session: Session, id: int, actor: Actor, now: datetime) -> Sequence[str]:
    """Ask whoever decides there which lever they hold: once, until they have said so. Returns who was asked.

    Raises:
        NotNow: it is said, or was asked today; nobody decides there yet.
    """
    journey, team = open_team(session, actor, id, hold=True)
    check_changes(session, journey, actor)
    if holds_lever(team):
        raise NotNow(f"{team.name} has said what they hold. Nobody was asked again.")
    if team.lever_asked_at and (now - team.lever_asked_at).days < 1:
        raise NotNow("They were asked within the last day. Nobody was asked again.")
    asked = [one for one in team.deciders if one != actor.user]
    if not asked:
        raise NotNow("Nobody else decides there yet: name who does, and ask them then.")
    team.lever_asked_at = now
    session.flush()
    record_change(session, actor, now, map=journey.id, asked_lever=team.id, people=asked)
    for user in asked:
        send(session, actor.workspace, "reply", user, now, view="lever_asked", by=actor.user, team=team.id,
            name=team.name, journey=journey.name)  # fmt: skip
    return asked


# ── measured ────────────────────────────────────────────────────────────────────────────────────────────


def measured_of(session: Session, workspace: str, ids: Collection[int], now: datetime) -> Mapping[int, Measured]:
    """How long these teams really take; of whom too few people were asked is left out."""
    found = {id: measured(times) for id, times in influence.times(session, workspace, ids, now).items()}
    return {id: one for id, one in found.items() if one is not None}


def take_measured(session: Session, id: int, actor: Actor, now: datetime) -> str:
    """Put what was measured in the place of what somebody said.

    Raises:
        NotNow: too few answers yet, or it stands there already.
    """
    journey, team = open_team(session, actor, id, hold=True)
    check_changes_team(session, journey, team, actor)
    found = measured_of(session, actor.workspace, [id], now).get(id)
    if found is None or not found.tells:
        raise NotNow("There are too few answers to measure it by. What was said stands.")
    days = round(found.median or 0.0, 1)
    if team.measured and team.days == days:
        raise NotNow(f"{days_said(days)} stand there already, as measured.")
    team.days, team.measured = max(days, 0.1), True
    session.flush()
    record_change(session, actor, now, map=journey.id, team=team.id, measured=team.days, of=found.asked)
    return f"{team.name} counts with {days_said(team.days)} from now on, as measured."


# ── user groups ─────────────────────────────────────────────────────────────────────────────────────────


def follow_group(session: Session, workspace: str, group: str, members: Sequence[str], handle: str) -> None:
    """Who decides for a team that is a user group follows the group. One that is empty, or too large, is left."""
    teams = influence.of_group(session, workspace, group)
    able = list(dict.fromkeys(members))
    if not teams or not 0 < len(able) <= MOST_DECIDE:
        return
    locks.hold_workspace(session, workspace)
    able = [user for user in able if is_member(rely_on(session, workspace, user))]
    for team in teams:
        if able and (team.deciders != able or team.group_name != handle):
            deputy = next(iter(team.deputies.values()), "")
            team.deciders, team.group_name = able, handle
            team.deputies = {user: deputy for user in able if user != deputy} if deputy else {}
    session.flush()
