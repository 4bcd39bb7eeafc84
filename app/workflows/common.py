"""What every workflow shares: opening a decision, the one method that moves it, saying, and dating work."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.db import arrived, claims, ledger, locks, newer, policies, posted, queries, roster
from app.db.models import AuditEvent, Decision, Participant, Person, Workspace
from app.domain.answers import Setting
from app.domain.calendar import WorkingHours, add_working_days, next_working_moment, zone
from app.domain.errors import NotAllowed, NotFound
from app.domain.gone import has_left
from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Move, Status, after
from app.domain.policy import Policy
from app.domain.working_time import WorkingTime, working_hours
from app.telemetry import traces

THRESHOLD = "threshold"
"""The actor of what the clock does."""

NOTICE = "n:"
"""How the kind of a remembered notice begins: one with buttons, which is edited once nothing is left to do."""


@dataclass(frozen=True)
class Actor:
    """Who does something, and in which workspace."""

    workspace: str
    user: str
    outside: bool = False
    """Slack said with the click that this person belongs to another workspace."""


# ── who may come in ─────────────────────────────────────────────────────────────────────────────────────


OUTSIDE = (
    "You are here from another workspace, so I can't show or change anything for you. "
    "Ask somebody of this workspace to do it."
)
SWITCHED_OFF = "Your account in this workspace is switched off, so nothing was changed. A colleague can go on."
AN_APP = "An app can't decide, sign or change anything here: it takes a person. Nothing was changed."


def admit(session: Session, actor: Actor) -> Person | None:
    """Refuse whoever is not, or no longer, of this workspace, before anything is looked up for them.

    Who was never looked up counts as a member: Slack being away must not stop anybody.

    Raises:
        NotAllowed: somebody of another workspace, a switched-off account, an app.
    """
    person = roster.person(session, actor.workspace, actor.user)
    if actor.outside or (person and person.outside):
        raise NotAllowed(OUTSIDE)
    if person and not person.active:
        raise NotAllowed(SWITCHED_OFF)
    if person and person.bot:
        raise NotAllowed(AN_APP)
    return person


def is_member(person: Person) -> bool:
    """Whether somebody can be relied on here: to sign, own, be asked, sit on a rung."""
    return person.active and not (person.bot or person.guest or person.outside)


def members_only(session: Session, actor: Actor, what: str) -> None:
    """As ``admit``, and no guests either; ``what`` says in words what only members do."""
    person = admit(session, actor)
    if person and person.guest:
        raise NotAllowed(f"You are a guest here, and {what}. Ask a member of this workspace to do it.")


# ── opening ─────────────────────────────────────────────────────────────────────────────────────────────


def ensure_workspace(session: Session, workspace: str, now: datetime) -> Workspace:
    found = roster.workspace(session, workspace)
    if found is None:
        session.flush()
        roster.add_workspace(session, workspace, now)
        found = roster.workspace(session, workspace)
    assert found
    return found


def ensure_person(session: Session, workspace: str, user: str) -> Person:
    """Somebody as we know them; whoever was never looked up counts as a member, in UTC."""
    found = roster.person(session, workspace, user)
    if found is None:
        session.flush()
        roster.add_person(session, workspace, user)
        found = roster.person(session, workspace, user)
    assert found
    return found


def rely_on(session: Session, workspace: str, user: str) -> Person:
    """As ``ensure_person``, for somebody who is given a part in a decision, or a seat: they can't leave unseen."""
    session.flush()
    found = locks.rely_on(session, workspace, user)
    if found is None:
        roster.add_person(session, workspace, user)
        found = locks.rely_on(session, workspace, user)
    assert found
    return found


def open_decision(session: Session, actor: Actor, id: int, *, lock: bool = True) -> Decision:
    """The decision, for somebody who takes part in it, locked for a change.

    Raises:
        NotFound: no such decision in this workspace, or a private one of others (its existence is not told).
        NotAllowed: a colleague who does not take part, or who is not let in at all (see ``admit``).
    """
    return _let_in(session, queries.decision_for(session, actor.workspace, actor.user, id=id, lock=lock), actor)


def open_numbered(session: Session, actor: Actor, number: int) -> Decision:
    """As ``open_decision``, by the number people say: 42 for D-42."""
    known = number < 2**31  # what the database can hold
    found = queries.decision_for(session, actor.workspace, actor.user, number=number) if known else None
    return _let_in(session, found, actor, number)


def _let_in(session: Session, named: tuple[Decision, bool] | None, actor: Actor, number: int | None = None) -> Decision:
    name = f"D-{number}" if number is not None else "that decision"
    admit(session, actor)
    missing = NotFound(f"I can't find {name} here. “/escalate list” shows the ones you can open.")
    if named is None:
        raise missing
    found, takes_part = named
    if not takes_part:
        if found.private:
            raise missing
        raise NotAllowed(
            f"{found.name} is open to its requester, its signers and the people they added. "
            f"Ask <@{found.requester_id}> to add you."
        )
    newer.opened(session, found)
    return found


def only(actor: Actor, allowed: Iterable[str | None], who: str) -> None:
    """Refuse everybody but ``allowed``; ``who`` says in words who may."""
    if actor.user not in {user for user in allowed if user}:
        raise NotAllowed(f"That is for {who}. Nothing was changed.")


def join(session: Session, decision: Decision, user: str) -> None:
    """Make somebody a participant."""
    if not queries.is_participant(session, decision, user):
        session.add(Participant(workspace_id=decision.workspace_id, decision_id=decision.id, user_id=user))
        session.flush()


def first_time(session: Session, workspace: str, identity: str, now: datetime) -> bool:
    """Whether this delivery is new. Recorded in the same transaction as what it causes."""
    return not identity or arrived.first_time(session, workspace, identity, now)


def setting_of(session: Session, decision: Decision, now: datetime) -> Setting:
    """What a verdict needs beside the answers: the requester's day and rung, and the ladder."""
    ensure_person(session, decision.workspace_id, decision.requester_id)
    people = roster.people(session, decision.workspace_id, {decision.requester_id})
    ladder, rung = roster.ladder_and_rung(session, decision.workspace_id, decision.channel_id, decision.requester_id)
    return setting(decision, people, rung, ladder, now)


def setting_and_policy_of(session: Session, decision: Decision, now: datetime) -> tuple[Setting, int, Policy]:
    """As ``setting_of``, with the number of the newest policy and that policy."""
    workspace, channel, requester = decision.workspace_id, decision.channel_id, decision.requester_id
    ensure_person(session, workspace, requester)
    rows = policies.seats_and_newest(session, workspace, channel)
    if not rows:
        policies.write_first(session, workspace, now)
        rows = policies.seats_and_newest(session, workspace, channel)
    ladder, newest = roster.seated(rows, channel), rows[0]
    found = setting(decision, roster.people(session, workspace, {requester}), ladder.rung_of(requester), ladder, now)
    return found, newest.version, policies.version_from(session, workspace, newest.version, newest.at)


def setting(
    decision: Decision, people: Mapping[str, Person], rung: Rung | None, ladder: Ladder, now: datetime
) -> Setting:
    """As ``setting_of``, where the people and the requester's rung are known."""
    requester = people.get(decision.requester_id)
    return Setting(
        today=today_for(requester, now) if requester else now.astimezone(UTC).date(),
        requester_rung=rung,
        ladder=ladder,
    )


def was_asked(decision: Decision) -> set[str]:
    """Who the requester says was asked on the rungs below."""
    return {attempt.who for attempt in decision.answers.tried or () if attempt.who}


# ── moving ──────────────────────────────────────────────────────────────────────────────────────────────


def move(session: Session, decision: Decision, step: Move, by: str, now: datetime, **detail: Any) -> None:
    """The one method that changes a decision's status. Writes its audit event in the same transaction.

    Raises:
        NotNow: the table of moves does not allow it.
    """
    before, decision.status = decision.status, after(decision.status, step)
    decision.touched_at = now
    _record(session, decision, step.value, by, now, before, decision.status, detail)


def record(session: Session, decision: Decision, what: str, by: str, now: datetime, **detail: Any) -> None:
    """Something that happened without a move: an answer, a memo version, a sign-off, a question."""
    if decision.touched_at != now:
        decision.touched_at = now
    _record(session, decision, what, by, now, None, None, detail)


def _record(
    session: Session,
    decision: Decision,
    what: str,
    by: str,
    now: datetime,
    before: Status | None,
    after_: Status | None,
    detail: dict[str, Any],
) -> None:
    # Whatever is written down counts the decision one more, and makes its row ours before the record's end is locked.
    # Begun or changed in this very transaction, it is both already.
    if decision not in locks.counted(session):
        flag_modified(decision, "touched_at")
    ledger.append(
        session,
        AuditEvent(
            workspace_id=decision.workspace_id,
            decision_id=decision.id,
            at=now,
            actor=by,
            what=what,
            before=before,
            after=after_,
            detail=detail,
        ),
    )


# ── saying ──────────────────────────────────────────────────────────────────────────────────────────────


def send(
    session: Session, workspace: str, kind: str, recipient: str, now: datetime, decision: Decision | None = None,
    **args: Any,
) -> None:  # fmt: skip
    """Put a message into the outbox, unless nobody is there to read it; with the trace of what made it true, if any."""
    _send_all(session, workspace, [(kind, recipient)], now, decision, args)


def _send_all(
    session: Session,
    workspace: str,
    messages: Iterable[tuple[str, str]],
    now: datetime,
    decision: Decision | None = None,
    args: Mapping[str, Any] | None = None,
) -> None:
    """As ``send`` for several, by kind and recipient."""
    args = dict(args or {})
    if trace := traces.carried():
        args["trace"] = trace
    whose = {"workspace_id": workspace, "decision_id": decision.id if decision else None, "args": args}
    rows = [
        {**whose, "kind": kind, "recipient": who, "key": str(uuid4()), "due_at": now, "created_at": now, "attempts": 0}
        for kind, who in messages
        if not has_left(who)
    ]
    if rows:
        claims.put_out(session, rows)


def card(
    session: Session, decision: Decision, kind: str, recipient: str, now: datetime, *, again: bool = False
) -> None:
    """Show a card, or bring it up to date. ``again``: at the bottom of the conversation, instead of where it was."""
    if again:
        send(session, decision.workspace_id, kind, recipient, now, decision, again=True)
    else:
        session.flush()
        _put_out(session, decision, [(kind, recipient)], claims.waiting_about(session, decision), now)


def _put_out(
    session: Session,
    decision: Decision,
    wanted: Iterable[tuple[str, str]],
    waiting: Collection[tuple[str, str]],
    now: datetime,
) -> None:
    """A row for each of these cards, but for those that are on their way already."""
    missing = [one for one in dict.fromkeys(wanted) if one not in waiting]
    _send_all(session, decision.workspace_id, missing, now, decision)


def show(session: Session, decision: Decision, now: datetime) -> None:
    """Bring every card of this decision up to date, the notices that ask, and the Home of everybody who takes part."""
    found = posted.around(session, decision)
    beside = [(kind, who) for kind, who in found.standing if kind in ("asked", "reader")]
    wanted = [*cards_of(session, decision, found.standing), *beside, *_asked(found.standing)]
    _put_out(session, decision, wanted, found.waiting, now)
    _homes(session, decision.workspace_id, found.homes, now)


def cards_of(session: Session, decision: Decision, standing: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The cards that it has in the state it is in, as (kind, recipient). Who was asked below has one beside them.

    ``standing``: those that stand in Slack.
    """
    found = [("requester", decision.requester_id)]
    if decision.owner_id != decision.requester_id and decision.status in (Status.DEFLECTED, Status.LEARNED):
        found.append(("owner", decision.owner_id))
    if decision.sent_at is not None:  # before that nobody was asked to sign
        found += [("signer", signer.user_id) for signer in decision.signers]
    if decision.channel_id and not decision.private and _announced(session, decision, standing):
        found.append(("status", decision.channel_id))
    return list(dict.fromkeys(found))


def _announced(session: Session, decision: Decision, standing: Sequence[tuple[str, str]]) -> bool:
    """Whether the channel hears of it: a triage, also one that ends, is nobody's but its requester's until a verdict.
    Taken up again after one, it is the channel's news that it moves."""
    heard = any(kind == "status" for kind, _ in standing)
    if decision.status is Status.TRIAGE:
        return heard
    if decision.status in (Status.WITHDRAWN, Status.EXPIRED):
        return heard or claims.sent_since(
            session, decision, "status", decision.channel_id or "", decision.created_at - timedelta(days=1)
        )
    return True


def settle(session: Session, decision: Decision, now: datetime) -> None:
    """Have a look at the notices that asked somebody: what is answered stops asking."""
    found = posted.around(session, decision)
    _put_out(session, decision, _asked(found.standing), found.waiting, now)


def _asked(standing: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("settle", who) for kind, who in standing if kind.startswith(NOTICE)]


def home(session: Session, workspace: str, user: str, now: datetime) -> None:
    """Show somebody's Home anew."""
    _homes(session, workspace, [user], now)


def _homes(session: Session, workspace: str, users: Sequence[str], now: datetime) -> None:
    if users:
        waiting = claims.homes_waiting(session, workspace, users)
        _send_all(session, workspace, [("home", user) for user in users if user not in waiting], now)


def tell(session: Session, decision: Decision, user: str, say: str, now: datetime, **args: Any) -> None:
    """One sentence to one person, in the conversation of this decision. ``say`` names the sentence in the views."""
    send(session, decision.workspace_id, "notice", user, now, decision, say=say, **args)


# ── dating ──────────────────────────────────────────────────────────────────────────────────────────────


def later(session: Session, decision: Decision, kind: str, recipient: str, due_at: datetime, **args: Any) -> None:
    """Date a piece of work. The same at the same moment for the same person is dated once, for the newer reason."""
    later_all(session, decision, [(kind, recipient, due_at, args)])


def later_all(session: Session, decision: Decision, works: Iterable[tuple[str, str, datetime, dict[str, Any]]]) -> None:
    """As ``later`` for several: kind, recipient, when, and why."""
    session.flush()
    each = {(kind, recipient, due_at): args for kind, recipient, due_at, args in works}
    whose = {"workspace_id": decision.workspace_id, "decision_id": decision.id, "attempts": 0}
    rows = [
        {**whose, "kind": kind, "recipient": recipient, "due_at": due_at, "args": args}
        for (kind, recipient, due_at), args in each.items()
        if not has_left(recipient)
    ]
    if rows:
        claims.date_once(session, rows)


def hours_of(person: Person) -> WorkingHours:
    """Somebody's own working hours: their choice on Home, else their zone's country, else the operator's."""
    return working_hours(person.tz, WorkingTime.of(person.working_time), person.default_place)


def today_for(person: Person, now: datetime) -> date:
    """The day it is where somebody is."""
    return now.astimezone(zone(person.tz)).date()


def time_for(person: Person, now: datetime) -> time:
    """The time of day it is there: what "in 36 hours" is counted from."""
    return now.astimezone(zone(person.tz)).time()


def working_day(person: Person, day: date) -> date:
    """That day, or somebody's next working day where it is a day off for them."""
    return add_working_days(day, 0, hours_of(person))


def morning(person: Person, day: date) -> datetime:
    """The first working moment of somebody's day, or of the next working day."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone(person.tz)).astimezone(UTC)
    return next_working_moment(start, hours_of(person))
