"""Who sits on a workspace's or a channel's ladder, and who is named as deputy."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import keepers, ledger, locks, roster
from app.db.ledger import LADDER
from app.db.models import AuditEvent, Seat
from app.domain.errors import NotAllowed, Unreadable
from app.domain.ladder import BAR_RAISER, RUNGS, Ladder
from app.domain.permissions import is_member, may_change_ladder
from app.words.ladder import rung_said
from app.words.people import only_keepers
from app.workflows.admission import Actor, members_only
from app.workflows.notifying import send
from app.workflows.opening import ensure_workspace, rely_on

MEMBERS_SEAT = "only members change a ladder"


def seat(session: Session, channel: str, seats: Mapping[str, Sequence[str]], actor: Actor, now: datetime) -> None:
    """Seat people on the rungs of a channel, or with an empty channel of the workspace. Replaces who sat there.

    Keepers may, and on a channel's own ladder whoever sits there. Who changed it is on the record.

    Raises:
        NotAllowed: somebody else, who may propose it; a guest, or somebody who is not of this workspace.
        Unreadable: somebody who can't sit there; ``field`` is the rung.
    """
    members_only(session, actor, MEMBERS_SEAT)
    ensure_workspace(session, actor.workspace, now)
    locks.hold_workspace(session, actor.workspace)  # two who seat people at once do so one after the other
    if not may_seat(session, channel, actor):
        raise NotAllowed(only_keepers(keepers.keepers(session, actor.workspace), channel))
    put_in_seats(session, channel, seats, actor, now)


def may_seat(session: Session, channel: str, actor: Actor) -> bool:
    """Whether somebody changes this ladder without asking.

    Raises:
        NotAllowed: a guest, or somebody who is not of this workspace: they don't even propose.
    """
    members_only(session, actor, MEMBERS_SEAT)
    own = roster.own_ladder(session, actor.workspace, channel)
    return may_change_ladder(actor.user, own, keepers.keepers(session, actor.workspace), channel)


def put_in_seats(
    session: Session, channel: str, seats: Mapping[str, Sequence[str]], actor: Actor, now: datetime
) -> None:
    """As ``seat``, once it is known that they may, and the workspace is held. A rung that stays as it is, is left."""
    old = _ladders(session, actor.workspace, channel)
    for rung, users in seats.items():
        if rung not in {BAR_RAISER, *(r.value for r in RUNGS)}:
            raise Unreadable(f"There is no rung called {rung}. The rungs are {', '.join(rung_said(r) for r in RUNGS)}.")
        for user in users:
            person = rely_on(session, actor.workspace, user)
            if not is_member(person):
                raise Unreadable(f"<@{user}> can't sit on a rung: choose an active member of this workspace.", rung)
        if list(old[0].on(rung)) == list(dict.fromkeys(users)):
            continue
        roster.clear_rung(session, actor.workspace, channel, rung)
        session.add_all(
            Seat(
                workspace_id=actor.workspace,
                channel_id=channel,
                rung=rung,
                user_id=user,
                deputy_id=old[0].deputies.get(user),
            )
            for user in dict.fromkeys(users)
        )
    session.flush()
    _say_who_sits(session, channel, seats, old, actor, now)


def name_deputy(session: Session, deputy: str | None, actor: Actor, now: datetime) -> None:
    """Somebody who sits on a ladder names who may sign in their place, wherever they sit; None: nobody.

    Raises:
        NotAllowed: they sit nowhere.
        Unreadable: somebody who can't be one.
    """
    members_only(session, actor, MEMBERS_SEAT)
    locks.hold_workspace(session, actor.workspace)
    held = roster.seats_held(session, actor.workspace, actor.user)
    if not held:
        raise NotAllowed("You sit on no ladder here, so there is nothing to sign in your place.")
    if deputy == actor.user:
        raise Unreadable("Name somebody else: your deputy signs when you can't.", "deputy")
    if deputy is not None and not is_member(rely_on(session, actor.workspace, deputy)):
        raise Unreadable(f"<@{deputy}> can't sign: choose an active member of this workspace.", "deputy")
    before = next((seat.deputy_id for seat in held if seat.deputy_id), None)
    for seat in held:
        seat.deputy_id = deputy
    detail = {"before": before, "after": deputy}
    event = AuditEvent(workspace_id=actor.workspace, decision_id=None, at=now, actor=actor.user, what="deputy",
                       detail=detail)  # fmt: skip
    ledger.append(session, event)


def _say_who_sits(
    session: Session, channel: str, seats: Iterable[str], old: tuple[Ladder, Ladder], actor: Actor, now: datetime
) -> None:
    """Each rung that changed is on the record, and whoever won or lost a seat is told, once.

    Nobody is told where nobody sat before: a ladder is set up as a whole, and its people are asked when there is a
    decision for them. A channel's own seat may take the workspace's away there: that counts too.
    """
    own, counted = _ladders(session, actor.workspace, channel)
    for rung in seats:
        before, after = old[0].on(rung), own.on(rung)
        if before != after:
            record_ladder(session, actor.workspace, channel, rung, before, after, actor.user, now)
    chairs = [*(rung.value for rung in RUNGS), BAR_RAISER]
    if not any(old[1].on(rung) for rung in chairs):
        return
    people = dict.fromkeys(user for ladder in (counted, old[1]) for rung in chairs for user in ladder.on(rung))
    for user in people:
        won = [rung for rung in chairs if user in counted.on(rung) and user not in old[1].on(rung)]
        lost = [rung for rung in chairs if user in old[1].on(rung) and user not in counted.on(rung)]
        if user != actor.user and (won or lost):
            send(
                session, actor.workspace, "reply", user, now, view="seated", by=actor.user, channel=channel, won=won,
                lost=lost,
            )  # fmt: skip


def _ladders(session: Session, workspace: str, channel: str) -> tuple[Ladder, Ladder]:
    """What was set here, and what counts here."""
    return roster.own_ladder(session, workspace, channel), roster.ladder_of(session, workspace, channel or None)


def record_ladder(
    session: Session, workspace: str, channel: str, rung: str, before: Sequence[str], after: Sequence[str], by: str,
    now: datetime,
) -> None:  # fmt: skip
    """Who sat on a rung, and who sits there now, first choice first."""
    detail = {"channel": channel, "rung": rung, "before": list(before), "after": list(after)}
    ledger.append(
        session, AuditEvent(workspace_id=workspace, decision_id=None, at=now, actor=by, what=LADDER, detail=detail)
    )
