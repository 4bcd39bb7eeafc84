"""What can go wrong, as the person meets it.

    ThresholdError        everything below; `sentence` is shown to the person as it stands
    ├── Unreadable        we could not read what was typed (`field`: which input, if one)
    ├── NotAllowed        this person may not do this
    ├── NotNow            the decision has moved on: decided already, a second click, a stale card
    │   └── Overtaken     somebody else saved meanwhile: the form is shown again
    ├── NotFound          there is no such decision, memo or person here
    └── Busy              the database is away; nothing was saved, and trying again helps
        └── Collided      somebody else was changing the same; it is tried again by itself

A sentence says what happened and what to do next. It never holds a traceback, a token or the text of
another error. Anything that is not a ThresholdError is a fault of ours and is logged, not shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.domain.understood import Read


class ThresholdError(Exception):
    """The root. `sentence` is plain text for the person: what happened, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Unreadable(ThresholdError):
    """Input we could not read. `field` names the input, so that the form can point at it; `candidates`: what could be
    meant, to be offered on buttons."""

    def __init__(self, sentence: str, field: str | None = None, candidates: tuple[Read[Any], ...] = ()) -> None:
        super().__init__(sentence)
        self.args = (sentence, field, candidates)  # all travel when the error is copied or pickled
        self.field = field
        self.candidates = candidates

    def __str__(self) -> str:
        return self.sentence


class SeveralUnreadable(Unreadable):
    """Several inputs of one form that we could not read: each is pointed at, all at once. It is the first of them to
    whoever knows of one alone."""

    def __init__(self, found: tuple[Unreadable, ...]) -> None:
        super().__init__(found[0].sentence, found[0].field, found[0].candidates)
        self.args = (found,)
        self.found = found


class Gathered:
    """What is wrong with the inputs of one form."""

    def __init__(self) -> None:
        self.found: list[Unreadable] = []

    def add(self, sentence: str, field: str) -> None:
        self.found.append(Unreadable(sentence, field))

    @contextmanager
    def one(self) -> Iterator[None]:
        """Whatever can't be read in here is kept, and the next input is looked at."""
        try:
            yield
        except SeveralUnreadable as error:
            self.found += error.found
        except Unreadable as error:
            self.found.append(error)

    def raise_any(self) -> None:
        """Raise what was found; of several about one input the first."""
        by_field: dict[str | None, Unreadable] = {}
        for one in self.found:
            by_field.setdefault(one.field, one)
        found = tuple(by_field.values())
        if found:
            raise found[0] if len(found) == 1 else SeveralUnreadable(found)


@contextmanager
def gathered() -> Iterator[Gathered]:
    """Look at every input before one is refused. Raises at the end what was found."""
    found = Gathered()
    with found.one():
        yield found
    found.raise_any()


class NotAllowed(ThresholdError):
    """This person may not do this; the sentence says who may."""


class NotNow(ThresholdError):
    """The state does not allow this move; the sentence says what the state is."""


class Overtaken(NotNow):
    """Somebody saved ``version`` while this one was written; the form is shown again, with what was typed."""

    def __init__(self, sentence: str, version: int) -> None:
        super().__init__(sentence)
        self.args = (sentence, version)
        self.version = version

    def __str__(self) -> str:
        return self.sentence


class NotFound(ThresholdError):
    """There is nothing here by that name or number."""


class Busy(ThresholdError):
    """The database is away. Nothing was saved; the same click works in a moment. `why`: in a few words, for a log."""

    def __init__(self, sentence: str, why: str = "the database does not answer") -> None:
        super().__init__(sentence)
        self.args = (sentence, why)
        self.why = why

    def __str__(self) -> str:
        return self.sentence


class Collided(Busy):
    """Somebody else was changing the same thing at this moment. Nothing was saved, and the next try may go through."""

    def __init__(self, sentence: str, why: str = "somebody else holds what it needs") -> None:
        super().__init__(sentence, why)
