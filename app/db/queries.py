"""Every question about decisions, named as it is asked. Each names its workspace.

Those about people are in ``roster``, about what stands in Slack in ``posted``, about work that waits in ``claims``.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.db import locks
from app.db.models import AuditEvent, AuditHead, Decision, FollowUp, Outbox, Participant, Person, Signer, Suggestion
from app.db.roster import kept
from app.db.statements import HERE
from app.domain.lifecycle import OPEN, UNDER_REVIEW, Status
from app.domain.signing.signoff import Answer
from app.telemetry import about

if TYPE_CHECKING:
    pass


def decision(session: Session, workspace: str, id: int, *, lock: bool = False) -> Decision | None:
    """``lock``: to be changed; see ``app.db.locks``."""
    if lock:
        return _opened(locks.for_change(session, workspace, id))
    return _opened(session.scalar(_DECISION, {"here": workspace, "id": id}))


def version(session: Session, workspace: str, id: int) -> int | None:
    """How often a decision was changed by now; None where it is gone."""
    return session.scalar(_VERSION, {"here": workspace, "id": id})


_VERSION = select(Decision.version).where(
    Decision.workspace_id == HERE, Decision.id == bindparam("id"), Decision.forgotten_at.is_(None)
)
_DECISION = select(Decision).where(
    Decision.workspace_id == HERE, Decision.id == bindparam("id"), Decision.forgotten_at.is_(None)
)


def _opened(found: Decision | None) -> Decision | None:
    """Everybody who works on a decision comes by here: from now on log lines carry its name."""
    if found is not None:
        about.opened(found.name)
    return found


def decision_for(
    session: Session, workspace: str, user: str, *, id: int | None = None, number: int | None = None, lock: bool = False
) -> tuple[Decision, bool] | None:
    """A decision by its id or its number, and whether this person takes part in it. Who they are is known then too.

    ``lock``: to be changed. Whether somebody takes part, or has left, is a question to other rows, which a statement
    answers as of its beginning, however long it waited for the decision: where that was changed meanwhile, all is read
    again, now that it is held.
    """
    given = {"here": workspace, "user": user, "named": id if id is not None else number}
    if lock and id is not None and locks.held_already(session, workspace, id):
        lock = False
    found = session.execute(_named(id is not None, lock), given).one_or_none()
    if found is not None and lock and found[0].version != found[3]:
        found = session.execute(_named(id is not None, lock), given).one_or_none()
    if found is None:
        return None
    decision, takes_part, person, _ = found
    if lock:
        locks.note_opened(session, [decision])
    _opened(decision)
    kept(session, decision)
    kept(session, person)
    return decision, bool(takes_part)


@cache
def _named(by_id: bool, lock: bool) -> Select[Decision, bool, Person, int]:
    """The last column is the decision's version as of the statement's beginning; its row, once held, is the newest."""
    as_it_began = aliased(Decision)
    seen = (
        select(as_it_began.version)
        .where(as_it_began.workspace_id == Decision.workspace_id, as_it_began.id == Decision.id)
        .scalar_subquery()
    )
    user = bindparam("user", type_=String())
    takes_part = exists().where(
        Participant.workspace_id == HERE, Participant.decision_id == Decision.id, Participant.user_id == user
    )
    query = (
        select(Decision, takes_part, Person, seen if lock else Decision.version)
        .join(Person, and_(Person.workspace_id == HERE, Person.user_id == user), isouter=True)
        .where(
            Decision.workspace_id == HERE,
            (Decision.id if by_id else Decision.number) == bindparam("named"),
            Decision.forgotten_at.is_(None),
        )
    )
    return query.with_for_update(of=Decision, key_share=True).execution_options(**locks.AFRESH) if lock else query


def participants(session: Session, decision: Decision) -> Sequence[Participant]:
    """Who takes part, in the order in which they came."""
    return session.scalars(_PARTICIPANTS, {"here": decision.workspace_id, "id": decision.id}).all()


_PARTICIPANTS = (
    select(Participant)
    .where(Participant.workspace_id == HERE, Participant.decision_id == bindparam("id"))
    .order_by(Participant.id)
)


def is_participant(session: Session, decision: Decision, user: str) -> bool:
    here = select(Participant.id).where(
        Participant.workspace_id == decision.workspace_id,
        Participant.decision_id == decision.id,
        Participant.user_id == user,
    )
    return session.scalar(here) is not None


def taking_part(session: Session, workspace: str, user: str, ids: Collection[int]) -> set[int]:
    """Those of these decisions, by id, in which somebody takes part."""
    theirs = (Participant.workspace_id == workspace, Participant.user_id == user)
    return set(session.scalars(select(Participant.decision_id).where(*theirs, Participant.decision_id.in_(ids))))


def visible_open(
    session: Session, workspace: str, user: str, channel: str | None, limit: int = 30
) -> Sequence[Decision]:
    """Open decisions somebody may see in a list: their own everywhere, and the channel's that are not private."""
    return session.scalars(
        select(Decision)
        .where(*_visible_open(workspace, user, channel))
        .order_by(Decision.deadline_at.is_(None), Decision.deadline_at, Decision.id)
        .limit(limit)
    ).all()


def count_visible_open(session: Session, workspace: str, user: str, channel: str | None) -> int:
    """How many there are of ``visible_open``, without its limit."""
    return (
        session.scalar(select(func.count()).select_from(Decision).where(*_visible_open(workspace, user, channel))) or 0
    )


def _visible_open(workspace: str, user: str, channel: str | None) -> tuple[ColumnElement[bool], ...]:
    theirs = select(Participant.decision_id).where(Participant.workspace_id == workspace, Participant.user_id == user)
    public_here = and_(Decision.private.is_(False), Decision.channel_id == (channel or "-"), Decision.status.in_(SHOWN))
    return (
        Decision.workspace_id == workspace,
        Decision.status.in_(OPEN),
        or_(Decision.id.in_(theirs), public_here),
    )


SHOWN = (Status.HELD, Status.DRAFTING, Status.IN_REVIEW, Status.NOT_YET)
"""Open states that others hear of. A triage is its requester's own until the verdict."""


def triages_of(session: Session, workspace: str, user: str) -> Sequence[Decision]:
    """This person's triages that still wait for an answer, to be changed, newest first."""
    theirs = (
        Decision.workspace_id == workspace,
        Decision.requester_id == user,
        Decision.status == Status.TRIAGE,
        Decision.verdict.is_(None),
    )
    found = locks.several_for_change(session, workspace, session.scalars(select(Decision.id).where(*theirs)).all())
    return [
        decision
        for decision in reversed(found)
        if decision.requester_id == user and decision.status is Status.TRIAGE and decision.verdict is None
    ]


def ids_of(session: Session, workspace: str, numbers: Collection[int]) -> Sequence[int]:
    """Decisions by their numbers, as their ids."""
    here = select(Decision.id).where(Decision.workspace_id == workspace, Decision.number.in_(numbers))
    return session.scalars(here.order_by(Decision.id)).all()


def titled(session: Session, workspace: str, user: str, title: str) -> int | None:
    """This person's newest decision of that sentence that nobody has been asked to sign, by its id."""
    found = select(Decision.id).where(
        Decision.workspace_id == workspace,
        Decision.requester_id == user,
        Decision.title == title,
        Decision.status.in_((Status.TRIAGE, Status.HELD, Status.DRAFTING)),
    )
    return session.scalar(found.order_by(Decision.id.desc()).limit(1))


def waiting_for(session: Session, workspace: str, user: str, states: Iterable[Status]) -> set[int]:
    """The decisions, by id, that wait for somebody's sign-off, or that they requested and that stand in ``states``."""
    signs = (
        select(Signer.decision_id)
        .join(Decision, and_(Decision.workspace_id == Signer.workspace_id, Decision.id == Signer.decision_id))
        .where(
            Signer.workspace_id == workspace,
            Signer.user_id == user,
            Signer.handed_over.is_(False),
            or_(Signer.answer.is_(None), Signer.answer != Answer.APPROVE),
            Decision.status.in_(UNDER_REVIEW),
        )
    )
    requested = select(Decision.id).where(
        Decision.workspace_id == workspace,
        or_(Decision.requester_id == user, Decision.owner_id == user),
        Decision.status.in_(list(states)),
        Decision.forgotten_at.is_(None),
    )
    return {*session.scalars(signs), *session.scalars(requested)}


def said(session: Session, decision: Decision) -> set[str]:
    """Which notices were written about this decision, by the name of their sentence."""
    notices = select(Outbox.args).where(
        Outbox.workspace_id == decision.workspace_id, Outbox.decision_id == decision.id, Outbox.kind == "notice"
    )
    return {str(args.get("say")) for args in session.scalars(notices)}


def history(session: Session, decision: Decision) -> Sequence[AuditEvent]:
    return session.scalars(_HISTORY, {"here": decision.workspace_id, "id": decision.id}).all()


_HISTORY = (
    select(AuditEvent)
    .where(AuditEvent.workspace_id == HERE, AuditEvent.decision_id == bindparam("id"))
    .order_by(AuditEvent.id)
)


def last_writing(session: Session, workspace: str, user: str) -> int | None:
    """The decision whose document this requester began last, by its id."""
    return session.scalar(
        select(Decision.id)
        .where(Decision.workspace_id == workspace, Decision.requester_id == user, Decision.document_kind.is_not(None))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def in_states(session: Session, workspace: str, states: Iterable[Status]) -> Sequence[Decision]:
    """The decisions that stand in one of these states, oldest first."""
    return session.scalars(
        select(Decision)
        .where(Decision.workspace_id == workspace, Decision.status.in_(list(states)))
        .order_by(Decision.id)
    ).all()


def long_closed(session: Session, before: datetime, but: Collection[int] = ()) -> tuple[str, int] | None:
    """The workspace and id of a decision that nothing is still to come of, untouched since, locked, unless it is in
    hand. ``but``: ids that are passed over."""
    row = session.execute(
        select(Decision.workspace_id, Decision.id)
        .where(
            Decision.decided_at <= before,
            Decision.touched_at <= before,
            Decision.forgotten_at.is_(None),
            Decision.revisit_on.is_(None),
            Decision.id.not_in(but),
            or_(
                Decision.status.in_([Status.LEARNED, Status.REVIEWED, Status.WITHDRAWN, Status.EXPIRED]),
                and_(Decision.status == Status.DECLINED, Decision.look_on.is_(None)),
            ),
        )
        .order_by(Decision.decided_at)
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None


def in_use(session: Session, workspace: str) -> bool:
    """Whether anything was ever decided or recorded here."""
    decided = session.scalar(select(Decision.id).where(Decision.workspace_id == workspace).limit(1))
    recorded = session.scalar(select(AuditHead.seq).where(AuditHead.workspace_id == workspace, AuditHead.seq > 0))
    return decided is not None or recorded is not None


def overridden(session: Session, workspace: str, channel: str) -> int:
    """How many of a channel's decisions went on although a gate failed; private ones are counted nowhere."""
    query = select(func.count()).where(
        Decision.workspace_id == workspace,
        Decision.channel_id == channel,
        Decision.private.is_(False),
        Decision.override_reason.is_not(None),
    )
    return session.scalar(query) or 0


def drafting(session: Session, decision: Decision) -> bool:
    """Whether the assistant is at work on this memo, or about to be."""
    return session.scalar(_DRAFT, {"here": decision.workspace_id, "id": decision.id}) is not None


_DRAFT = (
    select(FollowUp.id)
    .where(
        FollowUp.workspace_id == HERE,
        FollowUp.decision_id == bindparam("id"),
        FollowUp.kind == "draft",
        FollowUp.done_at.is_(None),
    )
    .limit(1)
)


def suggestions(session: Session, decision: Decision) -> Sequence[Suggestion]:
    """The assistant's words that nobody has settled yet."""
    return session.scalars(_UNSETTLED, {"here": decision.workspace_id, "id": decision.id}).all()


_UNSETTLED = (
    select(Suggestion)
    .where(Suggestion.workspace_id == HERE, Suggestion.decision_id == bindparam("id"), Suggestion.settled.is_(None))
    .order_by(Suggestion.id)
)
