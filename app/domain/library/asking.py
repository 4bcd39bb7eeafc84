"""What is looked for, as people type it: words, and beside them by status, door, channel, person and time."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from app.domain.library.past import PastStatus
from app.domain.library.tokens import plain
from app.domain.lifecycle import OPEN, Status
from app.domain.triage.doors import Door

STATES: Mapping[str, frozenset[str]] = {
    **{status.value: frozenset({status.value}) for status in Status},
    **{status.value: frozenset({status.value}) for status in PastStatus if status is not PastStatus.UNKNOWN},
    "open": frozenset({*(status.value for status in OPEN), PastStatus.PROPOSED.value}),
    "approved": frozenset(
        one.value for one in (Status.APPROVED, Status.IMPLEMENTED, Status.REVIEWED, PastStatus.ACCEPTED)
    ),
    "declined": frozenset({Status.DECLINED.value, PastStatus.REJECTED.value}),
    "deflected": frozenset({Status.DEFLECTED.value, Status.LEARNED.value}),
    "withdrawn": frozenset({Status.WITHDRAWN.value, PastStatus.WITHDRAWN.value}),
}
"""What may be asked for by ``status:``, and which states that is, here and of the past."""

DOORS: Mapping[str, Door] = {
    "two-way": Door.TWO_WAY, "two_way": Door.TWO_WAY, "twoway": Door.TWO_WAY,
    "one-way": Door.ONE_WAY, "one_way": Door.ONE_WAY, "oneway": Door.ONE_WAY,
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which decisions are asked for, beside words. Empty: any. ``since`` and ``until``: days, both within; of the day
    it was decided, or begun where it is open."""

    status: frozenset[str] = frozenset()
    door: Door | None = None
    channel: str | None = None
    person: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def anything(self) -> bool:
        return self == ANYTHING


ANYTHING = Wanted()
Narrowing = Literal["status", "door", "in", "by", "since", "until"]

_NARROWING = re.compile(r"(?<!\S)(status|door|in|by|since|until):(<[#@][^>]*>|\S+)", re.IGNORECASE)
_PLACE = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_SPAN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True)
class NoSuch:
    """What was ``typed`` behind one of the names is no status, door, channel, person or day."""

    name: Narrowing
    typed: str


def narrowed(typed: str) -> tuple[str, dict[str, str]]:
    """The words, and what they are narrowed by, as typed: ``status:approved`` is {"status": "approved"}."""
    given = {name.lower(): value for name, value in _NARROWING.findall(typed)}
    return _NARROWING.sub(" ", typed).strip(), given


def read_wanted(given: Mapping[str, str]) -> Wanted | NoSuch:
    """By ``status``, ``door``, ``in``, ``by``, ``since``, ``until``, as typed; the first that can't be read is it."""
    found: dict[str, Any] = {}
    for name, (part, read) in READ_BY.items():
        if typed := given.get(name):
            if (value := read(typed)) is None:
                return NoSuch(name, typed)
            found[part] = value
    return Wanted(**found)


def _status(said: str) -> frozenset[str] | None:
    names = [plain(one).strip().replace("-", "_") for one in said.split(",")]
    if any(name not in STATES for name in names):
        return None
    return frozenset().union(*(STATES[name] for name in names))


def _door(said: str) -> Door | None:
    return DOORS.get(plain(said))


def _channel(said: str) -> str | None:
    return _id(said, _PLACE, r"[CG][A-Z0-9]+")


def _person(said: str) -> str | None:
    return _id(said, _PERSON, r"[UW][A-Z0-9]+")


def _id(said: str, mention: re.Pattern[str], bare: str) -> str | None:
    found = mention.fullmatch(said)
    if found:
        return found[1]
    return said if re.fullmatch(bare, said) else None


def _days(said: str) -> tuple[date, date] | None:
    """The first and the last day of a day, a month or a year."""
    found = _SPAN.fullmatch(said)
    try:
        if found:
            year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
            first = date(year, month, day)
            if found[3]:
                return first, first
            last = date(year, int(found[2] or 12), monthrange(year, int(found[2] or 12))[1])
            return first, last
    except ValueError:
        pass
    return None


def _first(said: str) -> date | None:
    days = _days(said)
    return days[0] if days else None


def _last(said: str) -> date | None:
    days = _days(said)
    return days[1] if days else None


READ_BY: Mapping[Narrowing, tuple[str, Callable[[str], Any]]] = {
    "status": ("status", _status),
    "door": ("door", _door),
    "in": ("channel", _channel),
    "by": ("person", _person),
    "since": ("since", _first),
    "until": ("until", _last),
}
"""Which part of ``Wanted`` each is, and what reads it: None where it can't be read."""


def day_after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
