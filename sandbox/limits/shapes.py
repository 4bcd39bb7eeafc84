"""The small words limits are written in: a shape looks at one JSON value and notes what is wrong.

A note is a (pointer, message) pair; the messages are worded as Slack words its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sandbox.limits.figures import LIMITS, Limit

Notes = list[tuple[str, str]]


class Shape(Protocol):
    """Anything that can look at a value found `at` a JSON pointer."""

    def check(self, value: object, at: str, notes: Notes) -> None: ...


def below(at: str, key: str | int) -> str:
    """The pointer of a member (RFC 6901: `~` and `/` are escaped)."""
    return f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}"


def _length(value: str, limit: Limit, at: str, notes: Notes) -> None:
    if len(value) < limit.least:
        notes.append((at, f"must be more than {limit.least - 1} characters"))
    if len(value) > limit.most:
        notes.append((at, f"must be less than {limit.most + 1} characters"))


@dataclass(frozen=True, slots=True)
class Str:
    """A string, its length by the table, perhaps of a pattern."""

    limit: str = ""
    pattern: str = ""
    said: str = "must match the expected format"

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, str):
            notes.append((at, "must provide a string"))
            return
        if self.limit:
            _length(value, LIMITS[self.limit], at, notes)
        if self.pattern and re.fullmatch(self.pattern, value) is None:
            notes.append((at, self.said))


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, its range by the table. Booleans are no numbers."""

    limit: str = ""

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            notes.append((at, "must provide a number"))
            return
        if self.limit:
            limit = LIMITS[self.limit]
            if value < limit.least:
                notes.append((at, f"must be more than {limit.least - 1}"))
            if value > limit.most:
                notes.append((at, f"must be less than {limit.most + 1}"))


@dataclass(frozen=True, slots=True)
class Number:
    """Any JSON number."""

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, int | float) or isinstance(value, bool):
            notes.append((at, "must provide a number"))


@dataclass(frozen=True, slots=True)
class Bool:
    """True or false."""

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, bool):
            notes.append((at, "must provide a boolean"))


@dataclass(frozen=True, slots=True)
class Enum:
    """One of a few strings."""

    values: frozenset[str]

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, str) or value not in self.values:
            notes.append((at, "must be a valid enum value"))


def one_of(*values: str) -> Enum:
    return Enum(frozenset(values))


@dataclass(frozen=True, slots=True)
class Array:
    """A list, its count by the table, every item of one shape."""

    item: Shape
    limit: str = ""

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, list | tuple):
            notes.append((at, "must provide an array"))
            return
        if self.limit:
            limit = LIMITS[self.limit]
            if len(value) > limit.most:
                notes.append((at, f"no more than {limit.most} items allowed"))
            if len(value) < limit.least:
                notes.append((at, f"no less than {limit.least} items allowed"))
        for index, item in enumerate(value):
            self.item.check(item, below(at, index), notes)


Between = Callable[[Mapping[str, object], str, Notes], None]


@dataclass(frozen=True, slots=True)
class Obj:
    """An object: its keys and no others; `between` checks what holds between the keys."""

    required: Mapping[str, Shape] = field(default_factory=dict)
    optional: Mapping[str, Shape] = field(default_factory=dict)
    between: Between | None = None

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, Mapping):
            notes.append((at, "must provide an object"))
            return
        for key in self.required:
            if key not in value:
                notes.append((at, f"missing required field: {key}"))
        for key, member in value.items():
            shape = self.required.get(key) or self.optional.get(key)
            if shape is None:
                notes.append((at, f"invalid additional property: {key}"))
            else:
                shape.check(member, below(at, key), notes)
        if self.between is not None:
            self.between(value, at, notes)


@dataclass(frozen=True, slots=True)
class Anything:
    """An object nobody looks into: its own page says what it holds, and nothing here depends on it."""

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, Mapping):
            notes.append((at, "must provide an object"))


@dataclass(frozen=True, slots=True)
class Named:
    """Objects of one shape by names of the app's own, their count by the table."""

    item: Shape
    limit: str = ""

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, Mapping):
            notes.append((at, "must provide an object"))
            return
        if self.limit and len(value) > LIMITS[self.limit].most:
            notes.append((at, f"no more than {LIMITS[self.limit].most} items allowed"))
        for name, item in value.items():
            self.item.check(item, below(at, str(name)), notes)


@dataclass(frozen=True, slots=True)
class Union:
    """An object told by its `type`; any other type is refused by name."""

    kinds: Mapping[str, Shape]

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, Mapping):
            notes.append((at, "must provide an object"))
            return
        kind = value.get("type")
        if kind is None:
            notes.append((at, "missing required field: type"))
        elif not isinstance(kind, str) or kind not in self.kinds:
            notes.append((at, f"unsupported type: {kind}"))
        else:
            self.kinds[kind].check(value, at, notes)


@dataclass(frozen=True, slots=True)
class Later:
    """A shape named before it exists: blocks hold blocks."""

    name: Callable[[], Shape]

    def check(self, value: object, at: str, notes: Notes) -> None:
        self.name().check(value, at, notes)


URL = Str(limit="button.url", pattern=r"https?://\S+", said="must be a valid URL")
IMAGE_URL = Str(limit="image.image_url", pattern=r"https?://\S+", said="must be a valid URL")
KIND = Str()


def typed(
    required: Mapping[str, Shape] | None = None,
    optional: Mapping[str, Shape] | None = None,
    between: Between | None = None,
) -> Obj:
    """An object that also carries `type`."""
    return Obj({"type": KIND, **(required or {})}, optional or {}, between)
