"""Why a row of a file is left where it is, as types; ``app/words/importing.py`` says each.

`name` is the part of a row at fault, as files call it: id, title, text, abstract, status, proposed, decided.
"""

from dataclasses import dataclass
from enum import Enum, auto


class Odd(Enum):
    """What needs no figures."""

    NO_JSON = auto()
    NO_OBJECT = auto()
    NO_UTF8 = auto()
    NO_YAML = auto()  # between the rules of a front matter
    NO_TITLE = auto()
    TEMPLATE = auto()
    NO_DECISION = auto()  # neither a number nor a status
    NO_IDS = auto()  # what it replaces


@dataclass(frozen=True)
class Missing:
    name: str


@dataclass(frozen=True)
class NotText:
    """A value of another kind; an id may be a number too."""

    name: str


@dataclass(frozen=True)
class TooLong:
    name: str
    most: int  # characters


@dataclass(frozen=True)
class NotADay:
    name: str
    typed: str


@dataclass(frozen=True)
class NoSuchDay:
    """By the order of its column: 31.2.2026."""

    name: str
    typed: str


@dataclass(frozen=True)
class TwoWays:
    """4/12/2026, and nothing in its column tells the order."""

    name: str
    typed: str


@dataclass(frozen=True)
class SameId:
    id: str
    first: str  # where it stands already


@dataclass(frozen=True)
class OtherCells:
    """A line of so many cells, below one that names fewer."""

    cells: int
    named: int


@dataclass(frozen=True)
class Broken:
    """From here on nothing can be read; ``error``: as the reader of the format says it."""

    error: str


@dataclass(frozen=True)
class Unopened:
    """``error``: as the system says it."""

    error: str


Fault = Odd | Missing | NotText | TooLong | NotADay | NoSuchDay | TwoWays | SameId | OtherCells | Broken | Unopened
