"""Whose yes a decision needs: the levers it touches, the fewest who give them, and what is fixed once it is sent."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.db import influence, policies, roster
from app.db.models import Approval, Decision, MapTeam, Person
from app.domain.errors import NotNow, Unreadable
from app.domain.influence.asking import (
    Around,
    Asked,
    For,
    Need,
    Proposal,
    away_until,
    back_in,
    need_of_seat,
    need_of_team,
    proposed,
)
from app.domain.influence.journeys import MOST_TEAMS, holds_lever, lost
from app.domain.ladder import RUNGS, Ladder
from app.domain.lifecycle import Move, Status
from app.domain.message_kinds import NoticeKind
from app.domain.people.calendar import WorkingHours, add_working_days
from app.domain.people.working_time import hours_of
from app.domain.permissions import is_member
from app.domain.signing.signoff import needs_bar_raiser
from app.words.influence import HIDDEN_TEAM, LOST_LEVER, nobody_said
from app.workflows.admission import Actor, only
from app.workflows.cards import show
from app.workflows.influence import maps
from app.workflows.moving import move, record
from app.workflows.notifying import tell
from app.workflows.opening import ensure_person, join, open_decision, rely_on
from app.workflows.scheduling import today_for
from app.workflows.triage.answering import conclude
from app.workflows.triage.setting import measured_wait_of, setting_of

TOUCHABLE = frozenset({Status.TRIAGE, Status.HELD, Status.DRAFTING})
"""Until it is sent: from then on it is fixed whose yes was asked."""


def touch(session: Session, id: int, teams: Collection[int], actor: Actor, now: datetime) -> Decision:
    """Say which teams' levers a decision touches. Where days were measured of them, a decision that is not judged yet,
    or is held, is judged by these; one whose memo is being written keeps the wait it was judged by.

    Raises:
        NotNow: it was sent. Unreadable: too many, or a team that is on no map of theirs, or holds no lever. One that it
            touched, and that is off its map since, is left out.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status not in TOUCHABLE or not decision.title:
        raise NotNow("Whose yes it needs was fixed when it was sent. A new decision begins with the map as it is now.")
    kept = set(decision.touches or ())  # also of somebody else's private map that they saw once
    wanted = sorted(set(teams) - lost(kept, influence.touched(session, decision)))
    seen = {team.id: team for _, on in maps.seen(session, actor) for team in on}
    for one in wanted:
        if one not in seen and one not in kept:
            raise Unreadable("One of these teams is on no map any more. Choose again.", "teams")
        if one in seen and not holds_lever(seen[one]):
            raise Unreadable(
                f"{seen[one].name} holds no lever yet, so nobody needs their yes. Leave them out.", "teams"
            )
    if len(wanted) > MOST_TEAMS:
        raise Unreadable(
            f"A decision touches up to {MOST_TEAMS} teams. Leave out those that it only interests.", "teams"
        )
    if wanted == (decision.touches or []):
        return decision
    decision.touches = wanted or None
    record(session, decision, "touches", actor.user, now, teams=wanted)
    _judge_again(session, decision, actor, now)
    show(session, decision, now)
    return decision


def _judge_again(session: Session, decision: Decision, actor: Actor, now: datetime) -> None:
    """By what was measured of whom it waits for, where a verdict stands that another wait could change."""
    if decision.verdict is None or decision.judged_in is None or decision.status is Status.DRAFTING:
        return
    if measured_wait_of(session, decision) == decision.judged_in.wait_days:
        return
    if decision.status is Status.HELD:
        move(session, decision, Move.RECONSIDER, actor.user, now)
    conclude(session, decision, now, setting_of(session, decision, now))


# ── the fewest ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Chosen:
    """Whom the requester chose for the seats, and the day by which they need the answer. ``bar_raiser`` None: none."""

    signer: str
    bar_raiser: str | None
    by: date


def proposal_of(session: Session, decision: Decision, now: datetime, chosen: Chosen | None = None) -> Proposal | None:
    """The fewest whose yes unblocks it; None where it touches no lever. ``chosen``: once the seats are.
    What is said of a private map that its requester may not open any more is kept from them."""
    teams = [team for team in influence.touched(session, decision) if holds_lever(team)]
    if not teams:
        return None
    ladder = roster.ladder_of(session, decision.workspace_id, decision.channel_id)
    around = _around(session, decision, teams, ladder, now, chosen)
    needs = [*_seats(session, decision, ladder, around, chosen)]
    open_to = influence.seen_by(session, decision.workspace_id, teams, decision.requester_id)
    for team in teams:
        need = need_of_team(team, around, ladder.deputies)
        needs.append(need if team in open_to else replace(need, name=HIDDEN_TEAM, lever=""))
    return proposed(needs, around)


def _seats(session: Session, decision: Decision, ladder: Ladder, around: Around, chosen: Chosen | None) -> list[Need]:
    rung = decision.rung
    if rung is None:
        return []
    needs_raiser = needs_bar_raiser(rung, decision.answers, policies.of(session, decision))
    seats = [ladder.seats.get(one, ()) for one in RUNGS[rung.height :]]
    found = []
    if chosen is not None or any(seats):  # a young ladder has nobody to propose: whoever is chosen signs
        one = chosen.signer if chosen else None
        found.append(need_of_seat(For.RUNG, seats, around, deputies=ladder.deputies, chosen=one))
    if needs_raiser and (chosen.bar_raiser if chosen else ladder.bar_raisers):
        one = chosen.bar_raiser if chosen else None
        found.append(need_of_seat(For.BAR_RAISER, [ladder.bar_raisers], around, deputies=ladder.deputies, chosen=one))
    return found


def _around(
    session: Session, decision: Decision, teams: Sequence[MapTeam], ladder: Ladder, now: datetime, chosen: Chosen | None
) -> Around:
    users = {user for team in teams for user in (*team.deciders, *team.deputies.values())} | ladder.everybody
    users |= {chosen.signer, chosen.bar_raiser or ""} if chosen else set()
    people = roster.people(session, decision.workspace_id, users)
    requester = ensure_person(session, decision.workspace_id, decision.requester_id)
    usual = policies.of(session, decision).sign_off_days
    by = chosen.by if chosen else add_working_days(today_for(requester, now), usual, hours_of(requester))
    return Around(
        decision.requester_id,
        frozenset(user for user, person in people.items() if not is_member(person)),
        {user: back for user, person in people.items() if (back := back_on(person, by, now)) is not None},
        influence.waiting(session, decision.workspace_id, users),
        float(usual),
        {user: back_in(hours_of(person), today_for(person, now)) for user, person in people.items()},
    )


def back_on(person: Person, by: date, now: datetime) -> date | None:
    """The day on which somebody is back who is away until after ``by``; None: they are here."""
    hours: WorkingHours = hours_of(person)
    return away_until(hours, today_for(person, now), by) if hours.off else None


# ── fixed ───────────────────────────────────────────────────────────────────────────────────────────────


def fix(session: Session, decision: Decision, chosen: Chosen, now: datetime) -> tuple[Sequence[Asked], Sequence[str]]:
    """Fix whose yes is asked, and why: who is asked beside those in the seats, and who is told.

    Raises:
        Unreadable: nobody can give a yes that is needed, or a team it touches is off its map since. Nothing is sent
            then.
    """
    if lost(decision.touches, influence.touched(session, decision)):
        raise Unreadable(LOST_LEVER, "signer")
    found = proposal_of(session, decision, now, chosen)
    if found is None:
        return (), ()
    today = today_for(ensure_person(session, decision.workspace_id, decision.requester_id), now)
    for need in found.missing:
        if need.what is For.LEVER:
            raise Unreadable(nobody_said(need, today), "signer")
    given = [(asked.user, need) for asked in found.asked for need in asked.needs]
    given += [(decision.requester_id, need) for need in found.held]  # by asking they have said yes
    for user, need in given:
        others = [one for one in (*need.givers, *need.decide) if one not in (user, decision.requester_id)]
        decision.approvals.append(
            Approval(
                workspace_id=decision.workspace_id, decision_id=decision.id, kind=need.what, team_id=need.team,
                name=need.name, lever=need.lever, days=need.days, user_id=user,
                in_place_of=need.in_place.get(user), others=list(dict.fromkeys(others)),
            )
        )  # fmt: skip
    session.flush()
    seated = {chosen.signer, chosen.bar_raiser}
    more = [asked for asked in found.asked if asked.user not in seated]
    told = [] if decision.private else [user for user in found.told if user not in seated]
    record(
        session, decision, "approvals", decision.requester_id, now, asked=[one.user for one in found.asked], told=told
    )
    return more, told


def tell_others(session: Session, decision: Decision, users: Sequence[str], now: datetime) -> None:
    """Whoever else decides on what it touches is told, and may read along; nothing is asked of them. Nobody learns of a
    private decision in this way."""
    for user in users:
        if is_member(rely_on(session, decision.workspace_id, user)):
            join(session, decision, user)
            tell(session, decision, user, NoticeKind.TOLD_NOT_ASKED, now)
    session.expire(decision, ["participants"])


def lever_of(asked: Asked) -> str:
    """The teams for which somebody decides who sits in no seat: “Payments and Legal”."""
    return names_of(need.name for need in asked.teams)


def names_of(teams: Iterable[str]) -> str:
    names = list(teams)
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
