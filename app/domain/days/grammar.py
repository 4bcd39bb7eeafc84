"""What a run of the grammar's words says. Every word has its place in what was said, or nothing is said at all.

The words are those of `vocabulary.py`, joined by blanks: "fri next week", "2 week from 4 dec". `parse` takes a phrase
apart: whole forms first, then what stands before and after a joining word, each read by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, cast

from app.domain.days.specs import (
    Away,
    Beside,
    Both,
    Edge,
    Feast,
    Fixed,
    InWeek,
    MonthDay,
    Near,
    NthOf,
    Numeric,
    OnWeekday,
    Several,
    Spec,
    Stretch,
    Unit,
    Which,
)
from app.domain.days.vocabulary import MONTHS, WEEKDAYS

_M = "(?P<m>" + "|".join(MONTHS) + ")"
_WD = "(?P<wd>" + "|".join(WEEKDAYS) + ")"
_D = r"(?P<d>\d{1,2})(?:th)?"
_Y = r"(?P<y>\d{4}|'?\d\d)"
_WHICH = "(?P<which>this|coming|next|nextish|next2|last)"
_LATER = "(?P<later>next|nextish|next2|last|this)"
_NUM = r"(?:a|half|\d+~\d+|\d+-\d+|\d*[½¼¾]|\d+(?:[.,]\d+)?)"
_UNIT = "(?:day|workday|monsatday|week|month|quarter|half|year|hour|minute)"
_PART = re.compile(rf"(?P<n>{_NUM}) (?P<unit>{_UNIT})\b")

_FIXED = tuple(
    re.compile(form)
    for form in (
        rf"{_D} {_M}(?: {_Y})?",
        rf"{_M} {_D}(?: {_Y})?",
        rf"(?P<y>\d{{4}}) {_D} {_M}",
        rf"(?P<y>\d{{4}}) {_M} {_D}",
    )
)
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_DOTTED = re.compile(r"(?P<a>\d{1,2})\.(?P<b>\d{1,2})(?:\.(?P<y>\d{4}|\d\d)?)?")
_SLASHED = re.compile(r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})(?:[/-]'?(?P<y>\d{4}|\d\d))?")
_MONTH_DAY = tuple(
    re.compile(form)
    for form in (
        r"(?:the )?(?P<d>\d{1,2})th(?: of)?(?: the)?(?: (?P<which>this|coming|next|nextish|next2|last))? month(?: (?P<later>next|nextish|last))?",
        r"the (?P<d>\d{1,2}) of(?: the)?(?: (?P<which>this|coming|next|nextish|next2|last))? month(?: (?P<later>next|nextish|last))?",
        r"(?:the )?(?:(?P<which>this|coming|next|nextish|next2|last) month|month (?P<later>next|nextish|last))(?: the)?(?: day)? (?P<d>\d{1,2})(?:th)?",
        r"(?:the )?(?P<d>\d{1,2})th",
        r"the (?:day )?(?P<d>\d{1,2})",
        r"day (?P<d>\d{1,2})(?:th)?",
    )
)
_WEEKDAY = re.compile(rf"(?:{_WHICH} )?{_WD}(?: {_LATER})?")
_UNIT_STRETCH = re.compile(rf"(?:{_WHICH} )?(?P<unit>week|weekend|month|quarter|half|year)(?: {_LATER})?")
_NAMED = re.compile(
    rf"(?:{_WHICH} )?(?:(?P<y0>\d{{4}}) )?(?:{_M}|(?P<part>[qh])(?P<n>[1-4])|(?P<nth>[1-4])th (?P<long>quarter|half))"
    rf"(?: (?P<y>\d{{4}}|'\d\d|(?:{'|'.join(['this', 'next', 'nextish', 'last'])}) year))?(?: {_LATER})?"
)
_YEAR = re.compile(r"(?:year )?(?P<y>20\d\d)")
_WEEK = re.compile(r"week (?P<n>\d{1,2})(?:th)?(?: (?P<y>20\d\d|'\d\d))?|(?P<n2>\d{1,2})th week(?: (?P<y2>20\d\d))?")
_SLASHED_WEEK = re.compile(r"week (?P<n>\d{1,2})/(?P<y>20\d\d)")
_NEAR = {"today": 0, "eod": 0, "tomorrow": 1, "aftertomorrow": 2, "yesterday": -1, "yesterday2": -2}
_FEASTS = {
    "christmas_eve": (24, 12), "christmas": (25, 12), "boxing_day": (26, 12), "new_years_eve": (31, 12),
    "new_year": (1, 1),
}  # fmt: skip
_FEAST = re.compile(rf"(?P<name>{'|'.join(_FEASTS)})(?: (?P<y>20\d\d))?")
_NTH = re.compile(rf"(?:(?P<n>[1-5])th|(?P<last>last|end)) (?:{_WD}|(?P<work>workday))(?: (?P<rest>.+))?")
_CLOCK = re.compile(r"(?:(?:before|after|by|at|around|to|in|the) )*@(?: (?:today|@)(?= @|$))?(?= |$)")


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
    if (found := _form(words)) is not None:
        return found
    for side in ("before", "after"):
        if words.startswith(f"{side} "):
            inner = _phrase(words[len(side) + 1 :], frozenset())
            return _beside(cast(Literal["before", "after"], side), inner) if inner else None
    return _away(words) or _with_weekday(words) or _several(words, joined)


def _led(words: str) -> tuple[str, int]:
    """Without the words that lead to a day ("by", "from") or trail it; and how many went from the front."""
    parts = words.split(" ")
    front = 0
    while front < len(parts) and parts[front] in ("by", "from", "in", "of") and _may_go(parts, front):
        front += 1
    back = len(parts)
    while back > front and parts[back - 1] in ("by", "the", "of", "from"):
        back -= 1
    return " ".join(parts[front:back]), front


def _may_go(parts: list[str], at: int) -> bool:
    """ "from" opens a range as well: there it stays, and is read with what follows."""
    rest = parts[at + 1 :]
    return parts[at] != "from" or not any(word in ("to", "by", "and") for word in rest)


def _form(words: str) -> Spec | None:
    """One form as a whole."""
    for pattern in _MONTH_DAY:
        if m := pattern.fullmatch(words):
            which = m.groupdict().get("which") or m.groupdict().get("later")
            return MonthDay(int(m["d"]), cast("Which | None", which or ("this" if "month" in words else None)))
    text = _bare(words)
    if not text:
        return None
    return (
        _dated(text) or _named_day(text) or _weekday(text) or _edge(text) or _in_week(text) or _nth(text) or _stretch(text)
    )  # fmt: skip


_MONTH_OF = re.compile(rf"month (?={'|'.join(MONTHS)})")


def _bare(words: str) -> str:
    """Without articles: "end of the month of May" is "end may"."""
    return _MONTH_OF.sub("", " ".join(word for word in words.split(" ") if word not in ("the", "of")))


def _dated(text: str) -> Spec | None:
    for pattern in _FIXED:
        if m := pattern.fullmatch(text):
            year = m.groupdict().get("y")
            return Fixed(int(m["d"]), MONTHS.index(m["m"]) + 1, _year(year))
    if m := _ISO.fullmatch(text):
        return Fixed(int(m["d"]), int(m["m"]), int(m["y"]))
    if m := _DOTTED.fullmatch(text):
        return Numeric(int(m["a"]), int(m["b"]), _year(m["y"]), dotted=True)
    if m := _SLASHED.fullmatch(text):
        return Numeric(int(m["a"]), int(m["b"]), _year(m["y"]))
    return None


def _year(text: str | None) -> int | None:
    if not text:
        return None
    digits = text.lstrip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _named_day(text: str) -> Spec | None:
    if text in _NEAR:
        return Near(_NEAR[text])
    if m := _FEAST.fullmatch(text):
        return Feast(*_FEASTS[m["name"]], _year(m["y"]))
    return None


def _weekday(text: str) -> Spec | None:
    m = _WEEKDAY.fullmatch(text)
    if m is None or (m["which"] and m["later"]):
        return None
    return OnWeekday(WEEKDAYS.index(m["wd"]), cast("Which | None", m["which"] or m["later"]))


def _stretch(text: str) -> Stretch | None:
    if m := _UNIT_STRETCH.fullmatch(text):
        if m["which"] and m["later"]:
            return None
        which = m["which"] or m["later"] or "this"
        return Stretch(m["unit"], cast("Which", {"nextish": "next", "coming": "next"}.get(which, which)))  # type: ignore[arg-type]
    if m := _WEEK.fullmatch(text) or _SLASHED_WEEK.fullmatch(text):
        groups = m.groupdict()
        return Stretch("week", number=int(groups["n"] or groups["n2"]), year=_year(groups.get("y") or groups.get("y2")))
    if m := _YEAR.fullmatch(text):
        return Stretch("year", number=int(m["y"]))
    if m := _NAMED.fullmatch(text):
        return _named_stretch(m)
    return None


def _named_stretch(m: re.Match[str]) -> Stretch | None:
    which = m["which"] or m["later"]
    year = m["y"] or m["y0"]
    if (m["which"] and m["later"]) or (m["y"] and m["y0"]):
        return None
    if year and year.endswith(" year"):
        relative = year.removesuffix(" year")
        which, year = {"nextish": "next"}.get(relative, relative) + "year", None
    if m["m"]:
        return Stretch("month", cast("Which | None", which), MONTHS.index(m["m"]) + 1, _year(year))
    unit = "quarter" if (m["part"] or m["long"][0]) == "q" else "half"
    number = int(m["n"] or m["nth"])
    return Stretch(cast('Literal["quarter", "half"]', unit), cast("Which | None", which), number, _year(year))


def _edge(text: str) -> Spec | None:
    """ "end next week", "jan end"; the end of a single day is that day."""
    m = re.fullmatch("(?P<edge>end|start|mid|early|late) (?P<of>.+)", text) or re.fullmatch(
        "(?P<of>.+) (?P<edge>end|start|mid|early|late)", text
    )
    if m is None:
        return None
    if of := _stretch(m["of"]):
        return Edge(m["edge"], of) if of.unit != "weekend" else None  # type: ignore[arg-type]
    if m["edge"] == "end" and (day := _named_day(m["of"]) or _weekday(m["of"]) or _dated(m["of"])):
        return day
    return None


def _in_week(text: str) -> Spec | None:
    """ "fri next week", "week 50 mon"; "fri week" is the British week from Friday."""
    for pattern in (rf"{_WD} (?P<of>.+)", rf"(?P<of>.+) {_WD}"):
        if (m := re.fullmatch(pattern, text)) and (of := _stretch(m["of"])) and of.unit == "week":
            weekday = WEEKDAYS.index(m["wd"])
            if m["of"] == "week":
                return Away((("1", "week"),), OnWeekday(weekday)) if pattern.startswith("(?P<wd>") else None
            return InWeek(weekday, of)
    if text in ("today week", "tomorrow week"):
        return Away((("1", "week"),), Near(_NEAR[text.split(" ")[0]]))
    return None


def _nth(text: str) -> Spec | None:
    m = _NTH.fullmatch(text)
    if m is None:
        return None
    of = _stretch(m["rest"]) if m["rest"] else None
    if of is None or of.unit in ("week", "weekend"):
        return None
    return NthOf(-1 if m["last"] else int(m["n"]), WEEKDAYS.index(m["wd"]) if m["wd"] else None, of)


# ── so long from a day ──────────────────────────────────────────────────────────────────────────────────


def _away(words: str) -> Spec | None:
    text = _bare(words)
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
        (rf"(?P<base>.+) (?:in|plus) (?P<parts>{_PARTS})", False),
        (rf"(?P<parts>{_PARTS}) (?P<base>{_WD}|today|tomorrow)", False),
        (rf"(?P<base>{_WD}) (?P<parts>\d week)", False),
    ):
        if (m := re.fullmatch(pattern, text)) and (base := _phrase(m["base"], frozenset())):
            return _counted(m["parts"], base, back)
    return None


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
            return Several(tuple(_made(one, base, back) for one in both), range="-" in number)
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
    inner = _form(rest) if rest else None
    if inner is None or isinstance(inner, Stretch | OnWeekday | InWeek):
        return None
    return Both(inner, weekday)


def _several(words: str, joined: frozenset[int]) -> Spec | None:
    parts = words.split(" ")
    lead = 1 if parts[0] in ("between", "from") else 0
    for left, right, word in _splits(parts, lead, joined):
        pair = _pair(left, right)
        if pair is not None:
            return Several(pair, range=word not in ("or", "and") or lead > 0)
    if m := re.fullmatch(rf"(?P<a>\d{{1,2}})(?P<sep>[-/])(?P<b>\d{{1,2}}) (?P<rest>{_M}(?: {_Y})?)", words):
        return Several((_known(f"{m['a']} {m['rest']}"), _known(f"{m['b']} {m['rest']}")), range=True)
    if m := re.fullmatch(rf"{_M} (?P<a>\d{{1,2}})-(?P<b>\d{{1,2}})(?: {_Y})?", words):
        year = f" {m['y']}" if m["y"] else ""
        return Several((_known(f"{m['m']} {m['a']}{year}"), _known(f"{m['m']} {m['b']}{year}")), range=True)
    for cut in range(1, len(parts)):
        first, second = _phrase_alone(parts[:cut]), _phrase_alone(parts[cut:])
        if first and second:
            return Several((first, second))
    return None


def _known(words: str) -> Spec:
    found = _form(words)
    assert found is not None
    return found


def _phrase_alone(parts: list[str]) -> Spec | None:
    found = _form(_led(" ".join(parts))[0])
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
