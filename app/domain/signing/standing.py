"""Where a sign-off stands: who signs, who still has to answer, which questions are open. Each has its one rule here.

``app.db.who_acts_next`` asks the same of many decisions at once; a test holds that the two agree.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol, TypeVar

from app.domain.signing.signoff import LEAVES_SEAT_EMPTY, Answer


class Signs(Protocol):
    """A named signer. ``handed_over``: somebody else signs in their place."""

    @property
    def user_id(self) -> str: ...
    @property
    def handed_over(self) -> bool: ...
    @property
    def answer(self) -> Answer | None: ...


class Asks(Protocol):
    """What a signer raised: a question, or the ``condition`` of a “not yet”, with who meets it and by which day."""

    @property
    def asked_by(self) -> str: ...
    @property
    def condition(self) -> bool: ...
    @property
    def answer(self) -> str | None: ...
    @property
    def resolved_at(self) -> datetime | None: ...
    @property
    def meets(self) -> str | None: ...
    @property
    def met_by(self) -> date | None: ...


S = TypeVar("S", bound=Signs)
Q = TypeVar("Q", bound=Asks)


def signing_now(signers: Iterable[S]) -> list[S]:
    """Those who sign: nobody who handed over or was replaced."""
    return [signer for signer in signers if not signer.handed_over]


def still_to_answer(signers: Iterable[S]) -> list[S]:
    """Those who were asked and have not answered."""
    return [signer for signer in signing_now(signers) if signer.answer is None]


def empty_seats(signers: Iterable[S]) -> list[S]:
    """Seats that somebody else has to sign in, and nobody was asked yet."""
    return [signer for signer in signing_now(signers) if signer.answer in LEAVES_SEAT_EMPTY]


def still_to_approve(signers: Iterable[S]) -> list[S]:
    """Those whom the decision waits for: for an answer, or for their condition to be met."""
    return [signer for signer in signing_now(signers) if signer.answer is not Answer.APPROVE]


def signer_of(signers: Iterable[S], user: str) -> S | None:
    """The seat in which somebody signs now."""
    return next((signer for signer in signing_now(signers) if signer.user_id == user), None)


def unresolved(raised: Iterable[Q]) -> list[Q]:
    """Questions and conditions that whoever raised them has not called resolved."""
    return [one for one in raised if one.resolved_at is None]


def open_questions(raised: Iterable[Q]) -> list[Q]:
    """Questions that block approval. A condition is none: its signer's “not yet” blocks already."""
    return [one for one in unresolved(raised) if not one.condition]


def open_conditions(raised: Iterable[Q]) -> list[Q]:
    """Conditions of a “not yet” that have not been met, or were met and wait for their signer."""
    return [one for one in unresolved(raised) if one.condition]


def unanswered(raised: Iterable[Q]) -> list[Q]:
    """Of these, those that nobody has answered."""
    return [one for one in raised if one.answer is None or not one.answer]
