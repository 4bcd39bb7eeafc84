"""What two acts left behind, told without ids, salts and the seconds of a moment, so that two plays can be compared."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.db.models import (
    AuditEvent,
    Base,
    Card,
    Decision,
    DigestPlan,
    FollowUp,
    Keeper,
    Outbox,
    Parked,
    Participant,
    Person,
    PolicyProposal,
    PolicyVersion,
    Proposal,
    Seat,
    Suggestion,
)
from app.db.plain_json import plain
from app.domain.message_kinds import NOTICE

Line = tuple[str, ...]

ONLY_HERE = frozenset({"id", "workspace_id", "decision_id", "salt", "version", "places"})
"""Columns that are others in every play. How often a decision was changed depends on what was sent in between, and
where a proposal's cards stand on when they were sent."""

WHEN = frozenset({"created_at", "touched_at"})
"""Moments that say no more than that somebody did something."""

WHETHER = frozenset(
    {"sent_at", "decided_at", "deadline_set_at", "asked_at", "answered_at", "resolved_at", "at", "last_at",
     "looked_up_at", "forgotten_at"}
)  # fmt: skip
"""Moments that are those of the act: whether there is one is compared."""

TOLD = frozenset({"notice", "reply", "digest", "export"})
"""Messages that come once each, and are counted. A card that is brought up to date twice shows the same."""


@dataclass(frozen=True)
class Picture:
    """A play's end. Rows that stand beside each other in no order are counted, or sorted."""

    decisions: tuple[Line, ...]
    """Of each decision its own columns."""
    beside: tuple[Line, ...]
    """Its signers, memos, questions, looks, participants, suggestions; seats, plans, people, keepers, proposals, parked
    messages."""
    record: tuple[Line, ...]
    """Every entry, in order."""
    dated: Counter[Line]
    """What is still to be done: kind, for whom, when. What was done: what came of it."""
    told: Counter[Line]
    """Who was told what, how often."""
    cards: tuple[Line, ...]
    """The cards and notices that are kept up to date."""
    left: tuple[Line, ...] = ()
    """Where the id of somebody who was erased still stands, and how many messages are in front of them."""

    def with_left(self, where: set[Line]) -> "Picture":
        return replace(self, left=tuple(sorted(where)))

    def unlike(self, other: "Picture") -> list[str]:
        """Where this one differs: what is here alone (+), and there alone (-)."""
        found = []
        for field in fields(self):
            here, there = getattr(self, field.name), getattr(other, field.name)
            if here == there:
                continue
            mine, theirs = Counter(here), Counter(there)
            if mine == theirs:
                found.append(f"{field.name}: in another order: {' > '.join(':'.join(line[:3]) for line in here)}")
            found += [f"{field.name}: + {_said(line)}" for line in (mine - theirs).elements()]
            found += [f"{field.name}: - {_said(line)}" for line in (theirs - mine).elements()]
        return found


def _said(line: Line) -> str:
    return " | ".join(line)[:400]


def picture(session: Session, begun: datetime) -> Picture:
    """``begun``: when the play began; what was said and done before it is in every play."""
    decisions = session.scalars(select(Decision).order_by(Decision.number)).all()
    names = {d.id: d.name for d in decisions}
    return Picture(
        decisions=tuple((d.name, *_columns(d)) for d in decisions),
        beside=tuple(sorted(_beside(session, decisions, names))),
        record=tuple(_record(session, names)),
        dated=Counter(_dated(session, names, begun)),
        told=Counter(_told(session, names, begun)),
        cards=tuple(sorted(_cards(session, names))),
    )


def _beside(session: Session, decisions: Iterable[Decision], names: dict[int, str]) -> Iterator[Line]:
    for d in decisions:
        for kind in ("signers", "memos", "questions", "looks"):
            for row in getattr(d, kind):
                yield (d.name, kind, *_columns(row))
    one: Participant | Suggestion
    for one in [*session.scalars(select(Participant)), *session.scalars(select(Suggestion))]:
        yield (names[one.decision_id], one.__tablename__, *_columns(one))
    for other in (Seat, DigestPlan, Person, Parked, Keeper, Proposal, PolicyProposal, PolicyVersion):
        for row in session.scalars(select(other)):
            yield (other.__tablename__, *_columns(row))


def _columns(row: Base) -> Line:
    values = {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs}
    return tuple(
        f"{key}={_value(key, value)}"
        for key, value in values.items()
        if key not in ONLY_HERE | WHEN and value is not None and value != ""
    )


def _value(key: str, value: Any) -> str:
    if key in WHETHER:
        return "then"
    if isinstance(value, datetime):
        return _minute(value)
    return json.dumps(_without(plain(value)), sort_keys=True, ensure_ascii=False)


def _without(value: Any) -> Any:
    """The same, its moments by the minute."""
    if isinstance(value, dict):
        return {key: _without(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one) for one in value]
    if isinstance(value, str) and len(value) >= 19 and value[10:11] == "T":
        try:
            return _minute(datetime.fromisoformat(value))
        except ValueError:
            return value
    return value


def _minute(at: datetime) -> str:
    """To the nearest minute: both orders of a race last seconds, and begin on a whole one."""
    return datetime.fromtimestamp(round(at.timestamp() / 60) * 60, UTC).strftime("%Y-%m-%d %H:%M")


NUMBERED = (
    "question",
    "digest",
    "entries",
    "begun",
    "renamed",
    "taken_down",
    "map",
    "team",
    "taken_off",
    "asked_lever",
)
"""What an entry says by a number of the database, or by a seal: it is another one after every order."""


def _record(session: Session, names: dict[int, str]) -> Iterator[Line]:
    for event in session.scalars(select(AuditEvent).order_by(AuditEvent.seq)):
        detail = {key: one for key, one in event.detail.items() if key not in NUMBERED}
        said = json.dumps(_without(detail), sort_keys=True, ensure_ascii=False)
        about = names.get(event.decision_id or 0, "")
        yield (about, event.what, event.actor, event.before or "", event.after or "", said)


def _dated(session: Session, names: dict[int, str], begun: datetime) -> Iterator[Line]:
    for work in session.scalars(select(FollowUp)):
        about = names.get(work.decision_id or 0, "")
        if work.done_at is None:
            yield (about, work.kind, work.recipient, _minute(work.due_at))
        elif work.done_at >= begun:
            yield (about, work.kind, work.recipient, _minute(work.due_at), f"done: {work.result}")


def _told(session: Session, names: dict[int, str], begun: datetime) -> Iterator[Line]:
    for row in session.scalars(select(Outbox).where(Outbox.kind.in_(TOLD), Outbox.created_at >= begun)):
        args = {k: one for k, one in row.args.items() if k in ("say", "view", "who", "said", "label")}
        said = json.dumps(_without(args), sort_keys=True, ensure_ascii=False)
        yield (names.get(row.decision_id or 0, ""), row.kind, row.recipient, said)


def _cards(session: Session, names: dict[int, str]) -> Iterator[Line]:
    for card in session.scalars(select(Card)):
        kind = card.kind.rstrip("0123456789") if card.kind.startswith(NOTICE) else card.kind
        yield (names[card.decision_id], kind, card.recipient)
