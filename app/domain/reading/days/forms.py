"""The whole forms a day is written in: "4 dec", "fri next week", "end jan". No form, no day."""

from __future__ import annotations

import re
from typing import Literal, cast

from app.domain.reading.days.specs import (
    Away,
    Edge,
    Feast,
    Fixed,
    InWeek,
    MonthDay,
    Near,
    NthOf,
    Numeric,
    OnWeekday,
    Spec,
    Stretch,
    Which,
)
from app.domain.reading.days.vocabulary import MONTHS, WEEKDAYS

MONTH = "(?P<m>" + "|".join(MONTHS) + ")"
WEEKDAY = "(?P<wd>" + "|".join(WEEKDAYS) + ")"
_D = r"(?P<d>\d{1,2})(?:th)?"
YEAR = r"(?P<y>\d{4}|'?\d\d)"
_WHICH = "(?P<which>this|coming|next|nextish|next2|last)"
_LATER = "(?P<later>nextish|next2|last)"

_FIXED = tuple(
    re.compile(form)
    for form in (
        rf"{_D} {MONTH}(?: {YEAR})?",
        rf"{MONTH} {_D}(?: {YEAR})?",
        rf"(?P<y>\d{{4}}) {_D} {MONTH}",
        rf"(?P<y>\d{{4}}) {MONTH} {_D}",
    )
)
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_DOTTED = re.compile(r"(?P<a>\d{1,2})\.(?P<b>\d{1,2})(?:\.(?P<y>\d{4}|\d\d)?)?")
_SLASHED = re.compile(r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})(?:[/-]'?(?P<y>\d{4}|\d\d))?")
_OF = "(?:of the|of|the)"
_MONTH_DAY = tuple(
    re.compile(form)
    for form in (
        rf"(?:the )?(?P<d>\d{{1,2}})th(?: day)? {_OF} month(?: {_LATER})?",
        rf"(?:the )?(?P<d>\d{{1,2}})th(?: day)?(?: {_OF})? {_WHICH} month",
        rf"(?:the )?(?P<d>\d{{1,2}}) (?:of the|of)(?: {_WHICH})? month(?: {_LATER})?",
        rf"(?:the )?(?:{_WHICH} month|month {_LATER})(?: the)?(?: day)? (?P<d>\d{{1,2}})(?:th)?",
        r"(?:the )?(?P<d>\d{1,2})th",
        r"the (?:day )?(?P<d>\d{1,2})",
    )
)
_WEEKDAY = re.compile(rf"(?:{_WHICH} )?{WEEKDAY}(?: {_LATER})?")
_UNIT_STRETCH = re.compile(rf"(?:{_WHICH} )?(?P<unit>week|weekend|month|quarter|half|year)(?: {_LATER})?")
_NAMED = re.compile(
    rf"(?:{_WHICH} )?(?:(?P<y0>\d{{4}}) )?(?:{MONTH}|(?P<part>[qh])(?P<n>[1-4])"
    r"|(?P<nth>[1-4])th (?P<long>quarter|half))"
    rf"(?: (?P<y>\d{{4}}|'\d\d|(?:this|next|nextish|last) year))?(?: {_LATER})?"
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
_NTH = re.compile(rf"(?:(?P<n>\d{{1,2}})th|(?P<last>last|end)) (?:{WEEKDAY}|(?P<work>workday))(?: (?P<rest>.+))?")


def form(words: str) -> Spec | None:
    """One form as a whole."""
    for pattern in _MONTH_DAY:
        if m := pattern.fullmatch(words):
            which = {*m.groupdict().keys()} & {"which", "later"}
            named = [m[one] for one in sorted(which) if m[one]]
            if len(named) < 2:
                return MonthDay(int(m["d"]), cast("Which | None", named[0] if named else _of_month(words)))
    text = bare(words)
    if not text:
        return None
    return (
        _dated(text) or _named_day(text) or _weekday(text) or _edge(text) or _in_week(text) or _nth(text)
        or _stretch(text)
    )  # fmt: skip


def _of_month(words: str) -> str | None:
    return "this" if "month" in words else None


_MONTH_OF = re.compile(rf"month of (?:the )?(?={'|'.join(MONTHS)})|(?<=end )month (?={'|'.join(MONTHS)})")


_WEEK_OF = re.compile(r"week of (?=\d)")
"""The week of 7 December is no week 7."""


def bare(words: str) -> str:
    """Without articles: "end of the month of May" is "end may"."""
    words = _WEEK_OF.sub("week_of ", _MONTH_OF.sub("", words))
    return " ".join(word for word in words.split(" ") if word not in ("the", "of"))


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
    if (m["which"] and m["later"]) or (year and (which or (m["y"] and m["y0"]))):
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
    if text.startswith("end ") and (day := _named_day(m["of"]) or _weekday(m["of"]) or _dated(m["of"])):
        return day
    return None


def _in_week(text: str) -> Spec | None:
    """ "fri next week", "week 50 mon"; "fri week" is the British week from Friday."""
    for pattern in (rf"{WEEKDAY} (?P<of>.+)", rf"(?P<of>.+) {WEEKDAY}"):
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
    of = _stretch(m["rest"].removeprefix("in ")) if m["rest"] else None
    if of is None or of.unit in ("week", "weekend"):
        return None
    return NthOf(-1 if m["last"] else int(m["n"]), WEEKDAYS.index(m["wd"]) if m["wd"] else None, of)
