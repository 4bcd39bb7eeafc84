"""What is looked for, as people type it: words, and beside them by status, door, channel, person and time."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.errors import Unreadable
from app.domain.library.past import PastStatus
from app.domain.library.tokens import plain
from app.domain.lifecycle import OPEN, Status
from app.domain.triage.verdict import Door

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

_NARROWING = re.compile(r"(?<!\S)(status|door|in|by|since|until):(<[#@][^>]*>|\S+)", re.IGNORECASE)
_PLACE = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_SPAN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def asked_for(typed: str) -> tuple[str, Wanted]:
    """The words, and what they are narrowed by.

    Raises:
        Unreadable: a status, door, channel, person or day that is none.
    """
    given: dict[str, str] = {}
    for name, value in _NARROWING.findall(typed):
        given[name.lower()] = value
    return _NARROWING.sub(" ", typed).strip(), wanted(given)


def wanted(given: Mapping[str, str]) -> Wanted:
    """By ``status``, ``door``, ``in``, ``by``, ``since``, ``until``, as typed. Raises Unreadable."""
    place, person = given.get("in"), given.get("by")
    return Wanted(
        status=_status(given["status"]) if given.get("status") else frozenset(),
        door=_door(given["door"]) if given.get("door") else None,
        channel=_id(place, _PLACE, r"[CG][A-Z0-9]+", "channel, like in:#launches") if place else None,
        person=_id(person, _PERSON, r"[UW][A-Z0-9]+", "person, like by:@vera") if person else None,
        since=_day(given["since"], "since")[0] if given.get("since") else None,
        until=_day(given["until"], "until")[1] if given.get("until") else None,
    )


def _status(said: str) -> frozenset[str]:
    found: set[str] = set()
    for one in said.split(","):
        name = plain(one).strip().replace("-", "_")
        if name not in STATES:
            raise Unreadable(f"“{said[:40]}” is no status. There are {', '.join(sorted(STATES))}.", "status")
        found |= STATES[name]
    return frozenset(found)


def _door(said: str) -> Door:
    if plain(said) not in DOORS:
        raise Unreadable(f"“{said[:40]}” is no door. There are one-way and two-way.", "door")
    return DOORS[plain(said)]


def _id(said: str, mention: re.Pattern[str], bare: str, what: str) -> str:
    found = mention.fullmatch(said)
    if found:
        return found[1]
    if re.fullmatch(bare, said):
        return said
    raise Unreadable(f"I can't find “{said[:40].strip('<>@#')}”. Choose a {what}.", "words")


def _day(said: str, name: str) -> tuple[date, date]:
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
    raise Unreadable(f"“{said[:40]}” is no day. Write {name}:2026-03-31, {name}:2026-03 or {name}:2026.", name)


def day_after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
