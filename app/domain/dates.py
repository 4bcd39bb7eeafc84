"""Days, as people type them.

What we read ourselves, since a general reader guesses where we would rather ask:

- "12.12." and "12.12.26" are day and month; "12/5" is refused with both readings spelled out, unless
  one of them does not exist or has passed.
- A day without a year is the next one to come; but one that passed in the last 30 days is taken for a
  slip and refused as past, not moved by a year. Where the past is allowed, the nearest one.
- "Friday" is the next one to come, a week from now if today is Friday; "this Friday" may be today;
  "next Friday" is the Friday of next week, weeks starting on Monday.
- "in 5 working days" counts Monday to Friday. "end of the week" is Friday, "end of week 50" that week's. Quarters are
  calendar quarters. "next week", "December" and "soon" name no day and are refused.

The rest ("in two weeks", "a month from now", "Dec. the 4th") goes to `dateparser`, in English.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.domain.errors import Unreadable
from app.domain.typed import plain, quoted

YEARS_AHEAD = 3
_JUST_PASSED = timedelta(days=30)

_DAY = timedelta(days=1)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAY_NAMES = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_WD = r"(?P<wd>mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?"
_M = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_Y = r"(?:[-,\s]+(?P<y>\d{4}|'?\d{2}))?"
_COUNT = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2,
}  # fmt: skip

_LEAD = re.compile(r"^(?:by|on|until|till|due|from|since|latest|no later than|the)\s+")
_CLOCK = re.compile(
    r"(?<=\S),?\s+(?:at\s+)?(?:\d{1,2}(?::\d\d)?\s*[ap]m|\d{1,2}:\d\d(?::\d\d)?|eod|cob|noon|midday"
    r"|morning|afternoon|evening|latest)\b.*$"
)
_CLOCK_FIRST = re.compile(  # "5pm Friday", "noon on 4 Dec"
    r"^(?:at\s+)?(?:\d{1,2}(?::\d\d)?\s*[ap]m|\d{1,2}:\d\d|eod|cob|noon|midday)(?:,\s*|\s+)(?=\S)"
)
_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:t.*)?")
_BASIC = re.compile(r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_DOTTED = re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})(?:\. ?(?P<y>\d{4}|\d{2})?)?")
_SLASHED = re.compile(r"(?P<a>\d{1,2})[-/](?P<b>\d{1,2})(?:[-/](?P<y>\d{4}|\d{2}))?")
_DAY_MONTH = re.compile(rf"(?:{_WD},?\s*)?(?:the\s+)?{_D}\.?[\s-]*(?:of\s+)?{_M}{_Y}")
_MONTH_DAY = re.compile(rf"(?:{_WD},?\s*)?{_M}\s*(?:the\s+)?{_D}{_Y}")
_WEEKDAY = re.compile(rf"(?P<which>next|this|coming|last)?\s*{_WD}(?P<week>\s+next week)?")
_NEXT_WEEK = re.compile(rf"next week\s+(?:on\s+)?{_WD}")
_WORKDAYS = re.compile(r"(?:in\s+)?(?P<n>[a-z ]+|\d{1,3})\s+(?:working|business|work)\s*days?")
_END = re.compile(
    r"(?:(?P<edge>end|start|beginning)\s+of\s+)?(?:the\s+)?(?P<next>next\s+)?(?:year\s+)?"
    rf"(?:(?P<unit>week|month|quarter|year)|(?P<part>[qh])(?P<n>[1-4])|{_M}|(?P<only>20\d\d))"
    r"(?:[\s/]*(?P<y>20\d\d))?(?:\s+(?P<tail>end|start))?"
)
_WEEK_NUMBER = re.compile(
    r"(?:(?P<edge>end|start|beginning)\s+of\s+)?(?:week|wk|cw|kw)\.?\s*(?P<n>\d{1,2})(?:[\s/]+(?P<y>20\d\d))?"
)
_FEASTS = {
    "christmas eve": (24, 12), "xmas eve": (24, 12), "christmas": (25, 12), "christmas day": (25, 12), "xmas": (25, 12),
    "boxing day": (26, 12), "new year's eve": (31, 12), "new years eve": (31, 12), "new year's day": (1, 1),
    "new year": (1, 1), "new year's": (1, 1),
}  # fmt: skip
_SHORT = {"eow": "end of week", "eom": "end of month", "eoq": "end of quarter", "eoy": "end of year"}


@dataclass(frozen=True)
class FoundDate:
    """A date inside a longer text: text[start:end] is how it was written."""

    start: int
    end: int
    day: date


def say_date(d: date, today: date) -> str:
    """ "Fri 4 Dec", with the year where it is another one than today's."""
    year = f" {d.year}" if d.year != today.year else ""
    return f"{_WEEKDAYS[d.weekday()]} {d.day} {_MONTHS[d.month - 1]}{year}"


def parse_date(text: str, *, today: date, allow_past: bool = False, field: str | None = None) -> date:
    """Read one day. Raises Unreadable, pointing at `field`, with the reason and an example.

    Refuses days before `today` (unless `allow_past`) and more than three years ahead.
    """
    if not text.strip():
        raise Unreadable(f"There is no date yet. {_how(today)}", field)
    clean = plain(text).lower().strip(" ,;!?")
    try:
        if len(clean) > 60:
            raise _No(f"I can't read {quoted(text)} as one date.")
        found = _read(text, clean, today, allow_past)
        if found is None:
            raise _No(f"I can't read {quoted(text)} as a date.")
        _check_range(text, found, today, allow_past)
    except _No as refused:
        raise Unreadable(f"{refused} {_how(today)}", field) from None
    return found


def check_reach(day: date, today: date, field: str) -> date:
    """A day from a picker, held to the same reach as one that was typed. Raises Unreadable, pointing at `field`."""
    if day > _years_on(today, YEARS_AHEAD):
        raise Unreadable(
            f"{say_date(day, today)} is more than three years ahead."
            " Pick a day that people here will still be working towards.",
            field,
        )
    return day


def find_dates(text: str, *, today: date) -> list[FoundDate]:
    """The dates written in a text, in order; what is no certain date is left out."""
    found: list[FoundDate] = []
    for match in _IN_TEXT.finditer(text):
        vague = re.fullmatch(_VAGUE, match[0], re.I)
        typed = f"end of {vague['what']}" if vague else match[0]
        for past in (False, True):  # the day to come where there is one: "end of Q2"
            try:
                day = parse_date(typed, today=today, allow_past=past)
            except Unreadable:
                continue
            found.append(FoundDate(match.start(), match.end(), day))
            break
    return found


class _No(Exception):
    """Why a text names no day we would take; the example is added on the way out."""


def _how(today: date) -> str:
    later = today + timedelta(days=14)
    return f"Type something like “{later.day} {_MONTHS[later.month - 1]}”, “in two weeks” or “{later}”."


def _check_range(text: str, found: date, today: date, allow_past: bool) -> None:
    if found < today and not allow_past:
        raise _No(
            f"I read {quoted(text)} as {say_date(found, today)}, which has passed: today is {say_date(today, today)}."
        )
    if found > _years_on(today, YEARS_AHEAD):
        raise _No(
            f"I read {quoted(text)} as {say_date(found, today)}, more than three years ahead."
            " Pick a day that people here will still be working towards."
        )


def _read(typed: str, clean: str, today: date, past: bool) -> date | None:
    text = _LEAD.sub("", _LEAD.sub("", clean))
    text = _CLOCK.sub("", _CLOCK_FIRST.sub("", text)).strip(" ,")
    text = _LEAD.sub("", text)
    if m := _ISO.fullmatch(text) or _BASIC.fullmatch(text):
        return _day(int(m["d"]), int(m["m"]), int(m["y"]))
    if m := _DOTTED.fullmatch(text):
        return _pick(int(m["d"]), int(m["m"]), m["y"], today, past)
    if m := _SLASHED.fullmatch(text):
        return _slashed(typed, int(m["a"]), int(m["b"]), m["y"], today, past)
    if m := _DAY_MONTH.fullmatch(text) or _MONTH_DAY.fullmatch(text):
        weekday = _weekday(m["wd"]) if m["wd"] else None
        found = _pick(int(m["d"]), _month(m["m"]), m["y"], today, past, weekday)
        if weekday not in (None, found.weekday()):
            raise _No(
                f"{say_date(found, today)[4:]} is a {_WEEKDAY_NAMES[found.weekday()]}, not a {_WEEKDAY_NAMES[weekday]}."
            )
        return found
    words = {"today": 0, "tonight": 0, "eod": 0, "end of day": 0, "tomorrow": 1, "yesterday": -1}
    if text in words:
        return today + words[text] * _DAY
    if m := _NEXT_WEEK.fullmatch(text):
        return _monday(today) + (7 + _weekday(m["wd"])) * _DAY
    if m := _WEEKDAY.fullmatch(text):
        return _on_weekday(m, today)
    if m := _WORKDAYS.fullmatch(text):
        return _workdays(m["n"].strip(), today)
    if m := _END.fullmatch(_SHORT.get(text, text)):
        return _edge(typed, m, today, past)
    if m := _WEEK_NUMBER.fullmatch(text):
        return _numbered_week(typed, m, today, past)
    if feast := _FEASTS.get(text.replace("’", "'")):
        return _pick(*feast, None, today, past)
    return _by_library(text, today)


def _day(d: int, m: int, y: int) -> date:
    """That day, or the sentence that it does not exist."""
    try:
        return date(y, m, d)
    except ValueError:
        if not 1 <= y <= 9999:
            raise _No(f"There is no year {y}.") from None
        if not 1 <= m <= 12:
            raise _No(f"There is no month {m}.") from None
        leap = f" in {y}" if (d, m) == (29, 2) else ""
        raise _No(f"There is no {d} {_MONTH_NAMES[m - 1]}{leap}.") from None


def _pick(d: int, m: int, year: str | None, today: date, past: bool, weekday: int | None = None) -> date:
    """With no year, the next such day to come; or, where the past is allowed, the nearest.

    A weekday typed with it settles the year.
    """
    if year is not None:
        y = int(year.lstrip("'"))
        return _day(d, m, y + 2000 if y < 100 else y)
    days: list[date] = []
    missing: _No | None = None
    for y in (today.year - 1, today.year, today.year + 1):
        try:
            days.append(_day(d, m, y))
        except _No as no:
            missing = no
    if not past:
        days = [day for day in days if day >= today - _JUST_PASSED]
    days = [day for day in days if day.weekday() == weekday] or days
    if days:
        return min(days, key=lambda day: abs(day - today)) if past else days[0]
    raise missing or _No("There is no such day.")


def _slashed(typed: str, a: int, b: int, year: str | None, today: date, past: bool) -> date:
    readings: list[date] = []
    reason: _No | None = None
    for d, m in ((a, b), (b, a)):
        try:
            readings.append(_pick(d, m, year, today, past))
        except _No as no:
            # The reading whose month exists gives the reason a person understands.
            reason = no if reason is None or 1 <= m <= 12 else reason
    if not readings:
        raise reason or _No(f"There is no {quoted(typed)}.")
    to_come = [day for day in readings if day >= today]
    if not past and len(set(to_come)) == 1:
        return to_come[0]
    if len(set(readings)) == 2:
        one, other = (say_date(day, today) for day in readings)
        raise _No(f"{quoted(typed)} can be {one} or {other}, and people differ on which.")
    return readings[0]


def _on_weekday(m: re.Match[str], today: date) -> date:
    wanted = _weekday(m["wd"])
    if m["week"] or m["which"] == "next":
        return _monday(today) + (7 + wanted) * _DAY
    if m["which"] == "last":
        return today - ((today.weekday() - wanted - 1) % 7 + 1) * _DAY
    if m["which"] == "this":
        return today + (wanted - today.weekday()) % 7 * _DAY
    return today + ((wanted - today.weekday() - 1) % 7 + 1) * _DAY


def _workdays(count: str, today: date) -> date | None:
    left = int(count) if count.isdigit() else _COUNT.get(count)
    if left is None:
        return None
    d = today
    while left > 0:
        d += _DAY
        left -= d.weekday() < 5
    return d


def _edge(typed: str, m: re.Match[str], today: date, past: bool) -> date:
    """The end (or the start) of a week, month, quarter or year."""
    edge = m["edge"] or m["tail"]
    if edge is None:
        raise _No(f"{quoted(typed)} has more than one day in it.")
    ends = edge == "end"
    if m["unit"] == "week":
        monday = _monday(today) + (7 * _DAY if m["next"] else timedelta())
        if not ends:
            return monday
        friday = monday + 4 * _DAY
        return friday if friday >= today or past else friday + 7 * _DAY
    months, first = 1, today.month
    year = int(m["y"] or m["only"] or today.year)
    dated = bool(m["y"] or m["only"])
    if m["unit"] == "quarter":
        months, first = 3, (today.month - 1) // 3 * 3 + 1
    elif m["unit"] == "year" or m["only"]:
        months, first = 12, 1
    elif m["part"]:
        months = 3 if m["part"] == "q" else 6
        first = (int(m["n"]) - 1) * months + 1
        if first > 12:
            raise _No("A year has two halves.")
    elif m["m"]:
        first = _month(m["m"])
    named = bool(m["part"] or m["m"])
    if m["next"]:
        first += months

    def when(y: int) -> date:
        index = y * 12 + first - 1 + (months if ends else 0)
        return date(index // 12, index % 12 + 1, 1) - (_DAY if ends else timedelta())

    if named and not dated:
        years = (year - 1, year, year + 1) if past else (year, year + 1)
        days = [when(y) for y in years if past or when(y) >= today]
        return min(days, key=lambda day: abs(day - today))
    return when(year)


def _numbered_week(typed: str, m: re.Match[str], today: date, past: bool) -> date:
    """The Monday or the Friday of a week by its number (ISO 8601: weeks start on Monday)."""
    day = 1 if m["edge"] in ("start", "beginning") else 5
    years = [int(m["y"])] if m["y"] else [today.year - 1, today.year, today.year + 1]
    days: list[date] = []
    for year in years:
        with suppress(ValueError):  # not every year has a week 53
            days.append(date.fromisocalendar(year, int(m["n"]), day))
    if not days:
        raise _No(f"There is no week {m['n']}.")
    if past:
        found = min(days, key=lambda one: abs(one - today))
    else:
        found = next((one for one in days if one >= today - _JUST_PASSED), days[-1])
    if m["edge"] is None:
        raise _No(f"{quoted(typed)} has more than one day in it; its Friday is {say_date(found, today)}.")
    return found


def _by_library(text: str, today: date) -> date | None:
    if not re.search(r"[a-z]{3}", text):
        return None
    import dateparser  # half a second at the first use, and most days are read above

    for name, n in (("a couple of", "2"), ("a fortnight", "2 weeks")):
        text = text.replace(name, n)
    found: datetime | None = dateparser.parse(
        text.replace("' time", "").replace("'s time", ""),
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "PREFER_DATES_FROM": "future",
            "REQUIRE_PARTS": ["day", "month"],
            "PARSERS": ["relative-time", "absolute-time"],
        },
    )
    return found.date() if found else None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].title()) + 1


def _weekday(name: str) -> int:
    return _WEEKDAYS.index(name[:3].title())


def _monday(today: date) -> date:
    return today - today.weekday() * _DAY


def _years_on(d: date, years: int) -> date:
    try:
        return d.replace(year=d.year + years)
    except ValueError:  # 29 February
        return d.replace(year=d.year + years, day=28)


_NAMES = "|".join(_MONTH_NAMES)
_ABBR = "(?:" + "|".join((*_MONTH_NAMES, "Sept", *_MONTHS)) + r")\b(?:\.(?= ?\d))?"
_LONG_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_VAGUE = rf"(?:in|by|before|from|until|since|during|for)?\s*(?P<what>Q[1-4](?: 20\d\d)?|(?:{_NAMES})(?: 20\d\d)?)"
# Slashes need a year, since "24/7" and "9/10 customers" are no dates; short day names a capital.
_IN_TEXT = re.compile(
    r"(?<![\w/.-])(?:"
    r"20\d\d-\d{1,2}-\d{1,2}"
    r"|\d{1,2}\.\d{1,2}\.(?:20)?\d\d|(?<=by )\d{1,2}\.\d{1,2}\.(?!\d)"
    r"|\d{1,2}/\d{1,2}/(?:20)?\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_ABBR}(?:,? 20\d\d)?"
    rf"|{_ABBR} \d{{1,2}}(?:st|nd|rd|th)?(?:,? 20\d\d)?(?!\d)"
    rf"|(?i:(?:end|start|beginning) of (?:the )?(?:next )?(?:week|month|quarter|year|Q[1-4]|{_NAMES})(?: 20\d\d)?)"
    r"|(?i:in (?:\d{1,3}|a|one|two|three|four|five|six|ten) (?:working |business )?(?:days?|weeks?|months?))"
    rf"|(?i:(?:next |this )?{_LONG_DAYS})|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    r"|(?i:today|tomorrow)"
    r"|(?i:(?:by |before |from |until |since |during |in )?Q[1-4](?: 20\d\d)?)"
    rf"|(?:in|by|before|from|until|since|during|for) (?:{_NAMES})(?: 20\d\d)?|(?:{_NAMES}) 20\d\d"
    r")(?!\w)"
)
