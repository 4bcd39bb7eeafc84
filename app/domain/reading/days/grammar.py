"""What a run of the grammar's words says. Every word has its place in what was said, or nothing is said at all.

The words are those of `vocabulary.py`, joined by blanks: "fri next week", "2 week from 4 dec". `parse` takes a phrase
apart: whole forms first (`forms.py`), then what stands before and after a joining word, each read by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, cast

from app.domain.reading.days.forms import MONTH, WEEKDAY, YEAR, bare, form
from app.domain.reading.days.specs import (
    Away,
    Beside,
    Both,
    Edge,
    Feast,
    Fixed,
    InWeek,
    MonthDay,
    Numeric,
    OnWeekday,
    Several,
    Spec,
    Stretch,
    Unit,
    WeekdayBeside,
)
from app.domain.reading.days.vocabulary import WEEKDAYS

_NUM = r"(?:a|half|\d+~\d+|\d+-\d+|\d*[½¼¾]|\d+(?:[.,]\d+)?)"
_UNIT = "(?:day|workday|monsatday|week|month|quarter|half|year|hour|minute)"
_PART = re.compile(rf"(?P<n>{_NUM}) (?P<unit>{_UNIT})\b")


def parse(words: str, joined: frozenset[int] = frozenset()) -> Spec | None:
    """What the words say, or None where one of them has no place. `joined`: which words follow a hyphen."""
    bare, kept = _without_clock(words.split(" "), joined)
    return _phrase(" ".join(bare), kept)


def _without_clock(words: list[str], joined: frozenset[int]) -> tuple[list[str], frozenset[int]]:
    """The words without times of day: a deadline is a day. `joined` follows."""
    out: list[str] = []
    kept: set[int] = set()
    for index, word in enumerate(words):
        if word in ("@", "eod") and (len(words) > 1 or word == "@"):
            while out and out[-1] in ("before", "after", "by", "to", "in", "the", "of", "from"):
                out.pop()
            if word == "eod" and not any(other not in ("@", "eod", "by", "the", "of") for other in words):
                out.append(word)
            continue
        if word == "":
            continue
        if index in joined:
            kept.add(len(out))
        out.append(word)
    return out, frozenset(kept)


@lru_cache(maxsize=4096)
def _phrase(words: str, joined: frozenset[int]) -> Spec | None:
    words, dropped = _led(words)
    if not words:
        return None
    joined = frozenset(index - dropped for index in joined if index > dropped)
    if (found := form(words)) is not None:
        return found
    sides: tuple[Literal["before", "after"], ...] = ("before", "after")
    for side in sides:
        if words.startswith(f"{side} "):
            inner = _phrase(words[len(side) + 1 :], frozenset())
            return _beside(side, inner) if inner else None
    return _away(words) or _with_weekday(words) or _weekday_beside(words) or _several(words, joined)


def _led(words: str) -> tuple[str, int]:
    """Without the words that lead to a day ("by", "from") or trail it; and how many went from the front."""
    parts = words.split(" ")
    front = 0
    while front < len(parts) and parts[front] in ("by", "from", "since", "in", "of", "to") and _may_go(parts, front):
        front += 1
    back = len(parts)
    while back > front and parts[back - 1] in ("by", "the", "of", "from"):
        back -= 1
    return " ".join(parts[front:back]), front


def _may_go(parts: list[str], at: int) -> bool:
    """ "from" opens a range as well: there it stays, and is read with what follows."""
    rest = parts[at + 1 :]
    return parts[at] != "from" or not any(word in ("to", "by", "and") for word in rest)


# ── so long from a day ──────────────────────────────────────────────────────────────────────────────────


def _away(words: str) -> Spec | None:
    text = bare(words)
    m = re.fullmatch(
        rf"(?:(?:in|within|plus) )?(?:(?:next|nextish) )?(?P<parts>{_PARTS})(?: (?:later|now|in|within))?", text
    )
    if m:
        return _counted(m["parts"])
    m = re.fullmatch(rf"(?P<parts>{_PARTS}) ago|(?:before|agopre) (?P<parts2>{_PARTS})", text)
    if m:
        return _counted(m["parts"] or m["parts2"], back=True)
    if (m := re.fullmatch("day (?P<side>before|after) (?P<base>.+)", text)) and (
        base := _phrase(m["base"], frozenset())
    ):
        return _counted("1 day", base, m["side"] == "before")
    for pattern, back in (
        (rf"(?:in )?(?P<parts>{_PARTS}) (?:from|after|later) (?P<base>.+)", False),
        (rf"(?P<parts>{_PARTS}) before (?P<base>.+)", True),
        (rf"(?P<base>.+) plus (?P<parts>{_PARTS})", False),
        (rf"(?P<base>today|tomorrow) in (?P<parts>{_PARTS})", False),
        (rf"(?P<parts>{_PARTS}) (?P<base>(?:(?:this|coming|next) )?{WEEKDAY}|today|tomorrow)", False),
        (rf"(?P<base>{WEEKDAY}) (?P<parts>\d week)", False),
    ):
        if (m := re.fullmatch(pattern, text)) and (base := _phrase(m["base"], frozenset())):
            return _counted(m["parts"], base, back)
    if m := re.fullmatch(rf"{WEEKDAY} in (?P<parts>{_NUM} week)", text):
        return _weeks_on(WEEKDAYS.index(m["wd"]), m["parts"])
    return None


def _weeks_on(weekday: int, parts: str) -> Spec | None:
    """ "Monday in a week": a week from Monday, and the Monday of the week to come; where they differ, it is asked."""
    this_weeks = InWeek(weekday, Stretch("week", "this"))
    both = [_counted(parts, base) for base in (OnWeekday(weekday), this_weeks)]
    return Several(tuple(one for one in both if one is not None), "either")


_PARTS = rf"{_NUM} {_UNIT}(?: (?:and )?{_NUM} {_UNIT})*"


def _counted(parts: str, base: Spec | None = None, back: bool = False) -> Spec | None:
    """ "2 week 3 day". A number that people differ on ("huit jours") or a range of numbers is several."""
    found = [(m["n"], m["unit"]) for m in _PART.finditer(parts)]
    if isinstance(base, Stretch | Beside | Several):
        return None
    for index, (number, _) in enumerate(found):
        ends = re.fullmatch(r"(\d+)[~-](\d+)", number)
        if ends:
            both = [[*found[:index], (one, found[index][1]), *found[index + 1 :]] for one in ends.groups()]
            return Several(tuple(_made(one, base, back) for one in both), "range" if "-" in number else "either")
    return _made(found, base, back)


def _made(parts: list[tuple[str, str]], base: Spec | None, back: bool) -> Spec:
    return Away(tuple((_number(n), cast("Unit", unit)) for n, unit in parts), base, back)


def _number(text: str) -> str:
    if text == "a":
        return "1"
    if text == "half":
        return "0.5"
    whole = text.rstrip("½¼¾")
    part = {"½": ".5", "¼": ".25", "¾": ".75"}.get(text[-1], "")
    return (whole or "0").replace(",", ".") + part


# ── a weekday beside, several days, before and after ────────────────────────────────────────────────────


def _with_weekday(words: str) -> Spec | None:
    """A day that is also said to be a weekday, wherever the weekday stands."""
    parts = words.split(" ")
    at = [index for index, word in enumerate(parts) if word in WEEKDAYS]
    if len(at) != 1:
        return None
    rest = " ".join(parts[: at[0]] + parts[at[0] + 1 :])
    weekday = WEEKDAYS.index(parts[at[0]])
    if re.fullmatch(r"(?:the )?\d{1,2}", rest):
        return Both(MonthDay(int(rest.split(" ")[-1])), weekday)
    rest = _led(rest)[0]
    inner = form(rest) if rest else None
    if inner is None or isinstance(inner, Stretch | OnWeekday | InWeek):
        return None
    return Both(inner, weekday)


def _weekday_beside(words: str) -> Spec | None:
    """ "The Friday before Christmas", "the Monday after 4 Dec"."""
    m = re.fullmatch(rf"(?:the )?{WEEKDAY} (?P<side>before|after) (?P<base>.+)", words)
    base = _phrase(m["base"], frozenset()) if m else None
    if m is None or base is None or isinstance(base, Stretch | Beside | Several):
        return None
    return WeekdayBeside(WEEKDAYS.index(m["wd"]), base, m["side"] == "before")


def _several(words: str, joined: frozenset[int]) -> Spec | None:
    parts = words.split(" ")
    lead = 1 if parts[0] in ("between", "from") else 0
    for left, right, word in _splits(parts, lead, joined):
        pair = _pair(left, right)
        if pair is not None:
            return Several(pair, "days" if word in ("or", "and") and not lead else "range")
    if m := re.fullmatch(rf"(?P<a>\d{{1,2}})(?P<sep>[-/])(?P<b>\d{{1,2}}) (?P<rest>{MONTH}(?: {YEAR})?)", words):
        return Several((_known(f"{m['a']} {m['rest']}"), _known(f"{m['b']} {m['rest']}")), "range")
    if m := re.fullmatch(rf"{MONTH} (?P<a>\d{{1,2}})[-/](?P<b>\d{{1,2}})(?: {YEAR})?", words):
        year = f" {m['y']}" if m["y"] else ""
        return Several((_known(f"{m['m']} {m['a']}{year}"), _known(f"{m['m']} {m['b']}{year}")), "range")
    if m := re.fullmatch(
        rf"(?P<a>\d{{1,2}})(?:th)?(?: the)? (?P<b>\d{{1,2}})(?:th)? (?:of )?(?P<rest>{MONTH}(?: {YEAR})?)", words
    ):
        return Several((_known(f"{m['a']} {m['rest']}"), _known(f"{m['b']} {m['rest']}")), "range")
    for cut in range(1, len(parts)):
        first, second = _phrase_alone(parts[:cut]), _phrase_alone(parts[cut:])
        if first and second:
            return Several((first, second))
    return None


def _known(words: str) -> Spec:
    found = form(words)
    assert found is not None
    return found


def _phrase_alone(parts: list[str]) -> Spec | None:
    found = form(_led(" ".join(parts))[0])
    return None if isinstance(found, Stretch) and found.number is None else found


def _splits(parts: list[str], lead: int, joined: frozenset[int]) -> Iterator[tuple[str, str, str]]:
    """What stands before and after a joining word, or a hyphen; and the word."""
    for index in range(lead + 1, len(parts)):
        if index in joined:
            yield " ".join(parts[lead:index]), " ".join(parts[index:]), "-"
        if parts[index] in ("to", "or", "and", "by", "from", "-") and index + 1 < len(parts):
            yield " ".join(parts[lead:index]), " ".join(parts[index + 1 :]), parts[index]


def _pair(left: str, right: str) -> tuple[Spec, Spec] | None:
    """Both ends; one that is a number alone takes its month or its unit from the other."""
    first, second = _phrase(left, frozenset()), _phrase(right, frozenset())
    number = re.compile(r"(?:the )?(\d{1,2})(?:th)?")
    if (m := number.fullmatch(left)) and (lent := _lent(m[1], second)):
        return lent, cast("Spec", second)
    if (m := number.fullmatch(right)) and (lent := _lent(m[1], first)):
        return cast("Spec", first), lent
    return (first, second) if first and second else None


def _lent(number: str, other: Spec | None) -> Spec | None:
    match other:
        case Fixed(month=month, year=year):
            return Fixed(int(number), month, year)
        case Numeric(second=month, year=year, dotted=True):
            return Numeric(int(number), month, year, dotted=True)
        case MonthDay(which=which):
            return MonthDay(int(number), which)
        case Both(spec=Fixed(month=month, year=year)):
            return Fixed(int(number), month, year)
        case Away(parts=parts, base=base, back=back) if len(parts) == 1:
            return Away(((number, parts[0][1]),), base, back)
    return None


def _beside(side: Literal["before", "after"], inner: Spec) -> Spec:
    """Before the end of a stretch is by its end; before a feast is the day before, as people count."""
    if side == "before":
        if isinstance(inner, Edge) and inner.edge == "end":
            return inner
        if isinstance(inner, Feast):
            return Feast(inner.day, inner.month, inner.year, eve=True)
        if isinstance(inner, Away) and inner.base is None and not inner.back:
            return Away(inner.parts, None, back=True)
    return Beside(side, inner)
