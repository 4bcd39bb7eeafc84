"""Decisions as insights see them: figures, choices and moments, in a few questions however many there are. Private ones
are never among them, and no word that anybody wrote is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import JSON, ColumnElement, and_, func, select, type_coerce
from sqlalchemy.orm import Session

from app.db.models import AuditEvent, Decision, Look, MemoVersion, PastDecision, Signer
from app.domain.answers import Result, Undo
from app.domain.digests import Begun
from app.domain.findings import GateName
from app.domain.insights.cases import Asked, Case, Seen
from app.domain.insights.forecasts import Forecast, Interval
from app.domain.insights.history import case_of
from app.domain.insights.survival import End
from app.domain.library.past import PastStatus
from app.domain.lifecycle import OPEN, Move, Status
from app.domain.looking_back import Look as LookKind
from app.domain.looking_back import Right, Undone
from app.domain.stored_words import StoredEnum

Kind = TypeVar("Kind", bound=StoredEnum)

BATCH = 1000
"""Decisions in memory at a time, as rows; what is kept of each is small."""


def cases(session: Session, workspace: str, channel: str | None = None, *, imported: bool = False) -> Iterator[Case]:
    """Every decision of a workspace that is not private, or of one channel there, in the order of their numbers; behind
    them, with ``imported``, those that were decided elsewhere and brought here: they belong to no channel."""
    yield from _decided_here(session, workspace, channel)
    if imported and channel is None:
        yield from _decided_elsewhere(session, workspace)


def _decided_elsewhere(session: Session, workspace: str) -> Iterator[Case]:
    """What was brought here, as far as it says when it was proposed. A day that it was decided on is believed, whatever
    the state says; who was behind it is not known."""
    past = PastDecision
    query = select(past.id, past.proposed_on, past.decided_on, past.status).where(
        past.workspace_id == workspace, past.proposed_on.is_not(None)
    )
    for row in session.execute(query.order_by(past.id)):
        withdrawn = row.status is PastStatus.WITHDRAWN
        yield case_of(str(row.id), row.proposed_on, row.decided_on, withdrawn=withdrawn)


def _decided_here(session: Session, workspace: str, channel: str | None) -> Iterator[Case]:
    here = [Decision.workspace_id == workspace, Decision.private.is_(False)]
    if channel is not None:
        here.append(Decision.channel_id == channel)
    dropped = _dropped(session, workspace)
    last = 0
    while True:
        rows = session.execute(
            select(*_COLUMNS).where(*here, Decision.number > last).order_by(Decision.number).limit(BATCH)
        ).all()
        if not rows:
            return
        last = rows[-1].number
        ids = [row.id for row in rows]
        looks = _by_decision(session, workspace, ids, (Look.at, type_coerce(Look.look, JSON).label("look")), Look)
        signers = _by_decision(
            session, workspace, ids,
            (
                Signer.user_id, Signer.rung, Signer.asked_at, Signer.answered_at, Signer.handed_over,
                Signer.delegate_of, Signer.lever,
            ),
            Signer,
        )  # fmt: skip
        foretold = _foretold(session, workspace, [id for id in ids if id in looks])
        for row in rows:
            yield _case(row, looks.get(row.id, ()), signers.get(row.id, ()), foretold.get(row.id), row.id in dropped)


_COLUMNS = (
    Decision.id, Decision.number, Decision.status, Decision.door, Decision.rung, Decision.requester_id,
    Decision.owner_id, Decision.created_at, Decision.decided_at, Decision.touched_at,
    Decision.settled_by, Decision.override_reason.is_not(None).label("overridden"),
    type_coerce(Decision.verdict, JSON).label("verdict"), type_coerce(Decision.answers, JSON).label("answers"),
)  # fmt: skip


def _dropped(session: Session, workspace: str) -> set[int | None]:
    """What was approved and then dropped: it stands as withdrawn, and had its answer all the same."""
    withdrawn = select(Decision.id).where(Decision.workspace_id == workspace, Decision.status == Status.WITHDRAWN)
    return set(
        session.scalars(
            select(AuditEvent.decision_id).where(
                AuditEvent.workspace_id == workspace,
                AuditEvent.decision_id.in_(withdrawn),
                AuditEvent.what == Move.DROP.value,
            )
        )
    )


def _by_decision(
    session: Session, workspace: str, ids: Sequence[int], columns: tuple[Any, ...], model: type[Look] | type[Signer]
) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = {}
    query = select(model.decision_id, *columns).where(model.workspace_id == workspace, model.decision_id.in_(ids))
    for row in session.execute(query.order_by(model.id)):
        found.setdefault(row.decision_id, []).append(row)
    return found


def _foretold(session: Session, workspace: str, ids: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    """The prediction of the newest version of each memo."""
    here = (MemoVersion.workspace_id == workspace, MemoVersion.decision_id.in_(ids))
    newest = (
        select(MemoVersion.decision_id, func.max(MemoVersion.number).label("number"))
        .where(*here)
        .group_by(MemoVersion.decision_id)
        .subquery()
    )
    query = select(MemoVersion.decision_id, type_coerce(MemoVersion.memo, JSON).label("memo")).join(
        newest, and_(MemoVersion.decision_id == newest.c.decision_id, MemoVersion.number == newest.c.number)
    )
    found = {row.decision_id: row.memo for row in session.execute(query.where(*here))}
    return {id: memo["prediction"] for id, memo in found.items() if isinstance(memo.get("prediction"), dict)}


def _case(
    row: Any, looks: Sequence[Any], signers: Sequence[Any], foretold: Mapping[str, Any] | None, dropped: bool
) -> Case:
    ended = None if row.status in OPEN else row.decided_at or row.touched_at
    seen = [_seen(one.at, one.look, foretold) for one in looks if one.look.get("look") != LookKind.REVISIT.value]
    again = [_seen(one.at, one.look, None) for one in looks if one.look.get("look") == LookKind.REVISIT.value]
    return Case(
        begun=row.created_at,
        status=row.status,
        people=frozenset({row.requester_id, row.owner_id}),
        ended=ended,
        end=_end(row.status, dropped) if ended else None,
        door=row.door,
        rung=row.rung,
        overridden=_failed(row.verdict) if row.overridden else (),
        disagreed=_was_disagreed_with(row.answers),
        seen=seen[-1] if seen else None,
        revisited=again[-1] if again else None,
        asked=tuple(
            Asked(one.user_id, one.rung, one.asked_at, one.answered_at, _left(one, signers) or ended)
            for one in signers
            if not one.lever  # who decides for a team sits on no rung: their map tells how long they take
        ),
        settled=row.settled_by is not None,
    )


def _left(signer: Any, signers: Sequence[Any]) -> datetime | None:
    """When somebody else was asked in their place."""
    if not signer.handed_over:
        return None
    later = [one.asked_at for one in signers if one.asked_at > signer.asked_at and one.rung == signer.rung]
    own = [one.asked_at for one in signers if one.delegate_of == signer.user_id and one.asked_at >= signer.asked_at]
    return min(own or later, default=None)


def _end(status: Status, dropped: bool) -> End:
    if status is Status.WITHDRAWN and not dropped:
        return End.WITHDRAWN
    return End.EXPIRED if status is Status.EXPIRED else End.DECIDED


def _failed(verdict: Any) -> tuple[GateName, ...]:
    gates = verdict.get("gates", ()) if isinstance(verdict, dict) else ()
    names = [_word(GateName, gate.get("name")) for gate in gates if not gate.get("passed")]
    return tuple(name for name in names if name is not None)


def _was_disagreed_with(answers: Any) -> bool:
    tried = answers.get("tried") if isinstance(answers, dict) else None
    return any(one.get("result") == Result.DISAGREE.value for one in tried or ())


def _seen(at: datetime, look: Mapping[str, Any], foretold: Mapping[str, Any] | None) -> Seen:
    return Seen(
        at, _word(Right, look.get("right")) or Right.PARTLY, _word(Undone, look.get("undone")),
        _word(Undo, look.get("undo_took")), _forecast(look, foretold), _interval(look, foretold),
    )  # fmt: skip


def _forecast(look: Mapping[str, Any], foretold: Mapping[str, Any] | None) -> Forecast | None:
    probability, reached = (foretold or {}).get("probability"), look.get("reached")
    if probability is None or reached is None:
        return None
    return Forecast(float(probability), bool(reached))


def _interval(look: Mapping[str, Any], foretold: Mapping[str, Any] | None) -> Interval | None:
    low, high, actual = (foretold or {}).get("low"), (foretold or {}).get("high"), look.get("actual")
    if low is None or high is None or actual is None:
        return None
    return Interval(float(low), float(high), float(actual))


def _word(kind: type[Kind], value: Any) -> Kind | None:
    """One of our words; None for what only a newer release knows."""
    try:
        return kind(value)
    except ValueError:
        return None


# ── a digest's median ───────────────────────────────────────────────────────────────────────────────────

MOST_WAITS = 2000
"""Of a channel's newest decisions, from which a digest's median is worked out."""


def begun_in_channel(session: Session, workspace: str, channel: str, since: datetime) -> Sequence[Begun]:
    """A channel's newest decisions, open or not, that are not private and began since a moment."""
    here: list[ColumnElement[bool]] = [
        Decision.workspace_id == workspace, Decision.channel_id == channel, Decision.private.is_(False),
        Decision.created_at >= since,
    ]  # fmt: skip
    rows = session.execute(
        select(Decision.created_at, Decision.decided_at, Decision.status, Decision.requester_id)
        .where(*here)
        .order_by(Decision.id.desc())
        .limit(MOST_WAITS)
    )
    return [_begun(row) for row in rows]


def _begun(row: Any) -> Begun:
    ended = None if row.status in OPEN else row.decided_at
    return Begun(row.created_at, ended, None if ended is None else _end(row.status, False), row.requester_id)
