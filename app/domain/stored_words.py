"""Words that a newer release wrote and this one does not know: kept as they stand, and never guessed at.

While a release is rolled out the one before works beside it on the same rows. A stored word that is none of ours is
read as a member of its own, equal to none of them, so that its row can be read, and is written back as it was.
What is decided, drawn or fired leaves such a row to the newer release: see ``app.db.newer_decisions``.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Self

ANSWERED = "answered in a newer version"
"""How such a value is said, wherever one stands in a line."""

ADDED_LATER: Mapping[str, bool] = {"added later": True}
"""The metadata of a stored field that came with a later release. While it holds its default it is left out of what is
hashed, so that what was sealed before there was such a field still verifies."""

_reading: ContextVar[bool] = ContextVar("reading what is stored", default=False)
_known: dict[tuple[type["StoredEnum"], str], "StoredEnum"] = {}


class StoredEnum(StrEnum):
    """A word that stands in the database. From a form or a message only ours are taken, as of any enum."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not _reading.get() or not isinstance(value, str):
            return None
        found = _known.get((cls, value))
        if not isinstance(found, cls):
            found = str.__new__(cls, value)
            found._name_, found._value_ = value, value
            _known[cls, value] = found
        return found


@contextmanager
def reading_stored() -> Iterator[None]:
    """In here a word that we don't know is one of a newer release."""
    before = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(before)


def ever_read() -> bool:
    """Whether this process has met such a word. Where it has not, nothing need be looked for."""
    return bool(_known)


def within(value: Any) -> bool:
    """Whether a value is such a word, or holds one."""
    if isinstance(value, StoredEnum):
        return (type(value), value.value) in _known
    if isinstance(value, str | bytes) or value is None:
        return False
    if is_dataclass(value):
        return any(within(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, Mapping):
        return any(within(one) for pair in value.items() for one in pair)
    return isinstance(value, Collection) and any(within(one) for one in value)
