"""The life of a sync: planned, called off once nothing is open, brought back by a question, started, over.

    planned ──► cancelled (all settled, and everybody has answered) ──► planned (a question, before its start)
       │  └───► started (with a question) ──► over
       └──────► cancelled (its start came, and nothing is open; called off by hand; it is decided)

Its agenda is the open questions, neither more nor less. After its start, no question brings it back.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.lifecycle import OPEN, Status
from app.domain.stored_words import StoredEnum

MEETS_IN = OPEN
"""While nobody has decided there is something to meet about."""

MINUTES = 30
MOST_READERS = 20


class SyncState(StoredEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"
    STARTED = "started"
    OVER = "over"


class Off(StoredEnum):
    """Why a sync was called off."""

    SETTLED = "settled"  # all in writing, before its start
    NOTHING_OPEN = "nothing_open"  # its start came, nothing was open, and somebody had not answered
    BY_HAND = "by_hand"
    DECIDED = "decided"  # or withdrawn, or given back to its team


GIVEN_BACK = frozenset({Off.SETTLED, Off.NOTHING_OPEN})
"""What was cancelled since it was settled in writing: its minutes count as given back."""


class RemarkKind(StoredEnum):
    COMMENT = "comment"
    QUESTION = "question"  # it has to be settled
    APPROVAL = "approval"  # of what was read, in writing


class Of(StoredEnum):
    """What is read."""

    MEMO = "memo"
    DOCUMENT = "document"


class Said(Protocol):
    @property
    def user_id(self) -> str: ...
    @property
    def kind(self) -> RemarkKind: ...
    @property
    def version(self) -> int: ...
    @property
    def resolved_at(self) -> datetime | None: ...


class Reads(Protocol):
    @property
    def user_id(self) -> str: ...
    @property
    def read_version(self) -> int | None: ...


S = TypeVar("S", bound=Said)


class SaidOf(Said, Protocol):
    @property
    def subject(self) -> Of: ...
    @property
    def at(self) -> datetime: ...


class Signed(Protocol):
    @property
    def user_id(self) -> str: ...
    @property
    def answer(self) -> object | None: ...
    @property
    def answered_at(self) -> datetime | None: ...


class Planned(Protocol):
    """A pre-read, and the sync behind it."""

    @property
    def subject(self) -> Of: ...
    @property
    def planned_at(self) -> datetime: ...


About = TypeVar("About", bound=SaidOf)


def said_since(said: Iterable[About], sync: Planned) -> list[About]:
    """What was said about it since this pre-read went out: an earlier one of the same version counts no more."""
    return [one for one in said if one.subject is sync.subject and one.at >= sync.planned_at]


def signed_since(signing: Iterable[Signed], sync: Planned) -> frozenset[str]:
    """Who signed, or said why not, since this pre-read went out: that is their answer, too."""
    return frozenset(
        one.user_id
        for one in signing
        if one.answer is not None and one.answered_at is not None and one.answered_at >= sync.planned_at
    )


def open_remarks(said: Iterable[S]) -> list[S]:
    """The open questions among what was said about it, oldest first."""
    return [one for one in said if one.kind is RemarkKind.QUESTION and one.resolved_at is None]


def has_read(reader: Reads, counts_from: int) -> bool:
    return reader.read_version is not None and reader.read_version >= counts_from


def has_answered(reader: Reads, said: Iterable[Said], counts_from: int, *, guest: bool = False) -> bool:
    """Whether a reader has said something about this version. A guest approves nothing: reading is their answer."""
    if any(one.user_id == reader.user_id and one.version >= counts_from for one in said):
        return True
    return guest and has_read(reader, counts_from)


def to_answer(
    readers: Iterable[Reads], said: Sequence[Said], counts_from: int, guests: Collection[str] = ()
) -> list[str]:
    """Who was asked and has not answered."""
    return [
        one.user_id
        for one in readers
        if not has_answered(one, said, counts_from, guest=one.user_id in guests)
    ]  # fmt: skip


def to_remind(readers: Iterable[Reads], said: Sequence[Said], counts_from: int) -> list[str]:
    """Who has neither read nor answered: nobody else is reminded."""
    return [
        one.user_id
        for one in readers
        if not has_read(one, counts_from) and not has_answered(one, said, counts_from)
    ]  # fmt: skip


def next_state(
    state: SyncState, off: Off | None, *, open_questions: int, unanswered: int, status: Status, started: bool
) -> tuple[SyncState, Off | None]:
    """What a sync is, now that this is so; as it was, where nothing follows.

    ``off``: why it was called off. ``unanswered``: readers who have not answered. ``started``: its hour has come.
    """
    if state is SyncState.STARTED and status not in MEETS_IN:
        return SyncState.OVER, None
    if state is SyncState.CANCELLED:
        back = off is Off.SETTLED and not started and open_questions and status in MEETS_IN
        return (SyncState.PLANNED, None) if back else (state, off)
    if state is not SyncState.PLANNED:
        return state, off
    if status not in MEETS_IN:
        return SyncState.CANCELLED, Off.DECIDED
    if started:
        return (SyncState.STARTED, None) if open_questions else (SyncState.CANCELLED, Off.NOTHING_OPEN)
    if not open_questions and not unanswered:
        return SyncState.CANCELLED, Off.SETTLED
    return state, off


def is_out(state: SyncState, off: Off | None, *, started: bool) -> bool:
    """Whether a new version concerns those who read it: it is planned, or called off as settled before its start, and
    a word brings it back."""
    return state is SyncState.PLANNED or (state is SyncState.CANCELLED and off is Off.SETTLED and not started)


def may_settle(asked_by: str, requester: str, taking_part: Collection[str]) -> frozenset[str]:
    """Who calls a question resolved: whoever asked; the requester, once that person takes part no more."""
    return frozenset({asked_by}) if asked_by in taking_part else frozenset({asked_by, requester})


class Asked(Protocol):
    """What a signer raised; a condition is met, and not talked over."""

    @property
    def condition(self) -> bool: ...
    @property
    def resolved_at(self) -> datetime | None: ...


A = TypeVar("A", bound=Asked)


def agenda(said: Iterable[S], raised: Iterable[A]) -> list[S | A]:
    """What a sync is about: the open questions, and nothing else; those of readers, then those of signers."""
    of_signers = [one for one in raised if one.resolved_at is None and not one.condition]
    return [*open_remarks(said), *of_signers]
