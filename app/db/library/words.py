"""The words of a decision: what everybody may find it by, and what only whoever takes part may.

Everybody reads its title, by what it is judged, what its owner chose and what was learned, once a triage has come to a
verdict; whoever takes part reads all that was written. A private one, one from a closed channel, and a triage are open
to nobody else.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Base, Decision, Look, MemoVersion, OpenQuestion, Signer
from app.db.personal_columns import holds_words
from app.domain.answers import Answers
from app.domain.lifecycle import Status
from app.domain.memo.parts import EXTRA_PART_KEYS, PART_KEYS, Memo

KNOWN = frozenset({"decision", "memo_version", "signer", "open_question", "look", "participant"})
"""Tables whose words are read here by name."""

NO_WORDS_OF_IT = frozenset({
    "suggestion", "follow_up", "digest_entry", "outbox", "card", "audit_event", "library_entry", "parked",
    "replacement", "writing",
})  # fmt: skip
"""Tables that name a decision, and repeat its words, propose some, or hold what nobody has said yet."""


def is_open(decision: Decision) -> bool:
    """Whether every member may find it. A triage, also one that ended, is its requester's alone until a verdict."""
    told = decision.status is not Status.TRIAGE and decision.verdict is not None
    if decision.status in (Status.WITHDRAWN, Status.EXPIRED):  # perhaps before anybody had heard of it
        told = told and decision.sent_at is not None
    hidden = decision.private or decision.closed_channel
    return told and not hidden and decision.forgotten_at is None


def open_words(decision: Decision) -> Iterator[str]:
    """What everybody may find it by, beside its title."""
    yield decision.metric or ""
    for one in _looks(decision):
        yield from (one.look.chose, one.look.learned)


def inner_words(session: Session, decision: Decision, *, begun: bool = False) -> Iterator[str]:
    """All that was written about it, beside its title, as it stands now. ``begun``: in this very transaction."""
    yield decision.metric or ""
    yield decision.override_reason or ""
    yield from answers_words(decision.answers)
    if decision.memo_version and decision.memo:
        yield from memo_words(decision.memo)
    if decision.sent_at is not None:  # before that nobody was asked to sign
        yield from (signer.said for signer in decision.signers)
        for question in decision.questions:
            yield from filter(None, (question.text, question.answer, question.closed_because))
    for one in _looks(decision):
        yield from (one.look.chose, one.look.happened, one.look.learned)
    yield decision.source_text or ""
    if not begun:
        yield from other_words(session, decision)


def _looks(decision: Decision) -> Iterable[Look]:
    return decision.looks if decision.decided_at is not None else ()


def answers_words(answers: Answers) -> Iterator[str]:
    """What somebody typed in a triage. Which of our answers they chose is no word of theirs."""
    if answers.trial:
        yield from (answers.trial.what, answers.trial.metric)
    if answers.deadline:
        yield answers.deadline.what
    for attempt in answers.tried or ():
        yield from (attempt.note, attempt.said)
    if answers.commitment:
        yield answers.commitment.which


def memo_words(memo: Memo) -> Iterator[str]:
    yield from (getattr(memo, part) for part in (*PART_KEYS, *EXTRA_PART_KEYS))
    if memo.prediction:
        yield from (memo.prediction.metric, memo.prediction.baseline, memo.prediction.target)


@cache
def others() -> tuple[Any, ...]:
    """Every other table that names a decision and holds words, found by its columns: one that is added later is
    covered before anybody thinks of it."""
    return tuple(
        table
        for table in Base.metadata.sorted_tables
        if table.name not in KNOWN | NO_WORDS_OF_IT and "decision_id" in table.c and holds_words(table)
    )


def other_words(session: Session, decision: Decision) -> Iterator[str]:
    for table in others():
        mine = (table.c.workspace_id == decision.workspace_id, table.c.decision_id == decision.id)
        query = select(*holds_words(table)).where(*mine)
        if "number" in table.c:  # each save is a version, and the newest is what is so
            query = query.order_by(table.c.number.desc()).limit(1)
        for row in session.execute(query):
            for value in row:
                yield from texts_in(value)


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from texts_in(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts_in(getattr(value, name))


WORDED: dict[type[Base], tuple[str, ...]] = {
    Decision: (
        "title", "metric", "override_reason", "answers", "source_text", "private", "status", "verdict", "forgotten_at",
    ),
    MemoVersion: ("memo",),
    Signer: ("said",),
    OpenQuestion: ("text", "answer", "closed_because"),
    Look: ("look",),
}  # fmt: skip
"""What of a row its words depend on."""
