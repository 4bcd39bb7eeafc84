"""Why a day was not read, in a sentence; and the day of a form, read or refused in words where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from app.domain.errors import Unreadable
from app.domain.plain_text import quoted
from app.domain.reading.days.asking import MONTH_NAMES
from app.domain.reading.days.doubts import (
    AskNamesTwo,
    BeyondCalendar,
    BothFit,
    CountsTooFar,
    DayDoubt,
    LeftOpen,
    NoDay,
    NoHalf,
    NoMonth,
    NotADay,
    NotInAnyMonth,
    NotInMonth,
    NotInMonthsToCome,
    NoWeek,
    NoYear,
    Open,
    OtherWeekday,
    OutOfReach,
    Passed,
    PeopleDiffer,
    TooFarAhead,
    TooFew,
    TooLongForADay,
)
from app.domain.reading.days_in_forms import in_reach, read_day, say_date
from app.domain.understood import Refused
from app.words.reading.asked_back import AskedBack

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LEFT_OPEN: Mapping[Open, str] = {
    "days": "names more than one day",
    "range": "names a range of days, not one",
    "either": "is read differently by different people",
    "stretch": "has more than one day in it",
    "part": "leaves the day open",
    "between": "ends between two days",
    "hour": "depends on the hour",
    "saturdays": "counts Saturdays for some and not for others",
    "year": "can be this year's or next year's",
    "before": "names what lies before the day, not the day",
    "after": "names what lies after the day, not the day",
}
_NEARER = "Pick a day that people here will still be working towards."


def say(why: DayDoubt, today: date) -> str:
    """Why it is no one day, in one sentence, without what to do; plain text, in which what was typed stands raw."""
    match why:
        case NoDay():
            return "There is no date yet."
        case NotADay(typed=typed):
            return f"I can't read {quoted(typed)} as a date."
        case TooLongForADay(typed=typed):
            return f"I can't read {quoted(typed)} as one date."
        case NoYear() | NoMonth() | NoWeek() | NoHalf() | NotInMonth() | NotInAnyMonth() | NotInMonthsToCome():
            return _not_there(why)
        case TooFew(typed=typed, there=there):
            return f"{quoted(typed)} does not exist: there are {there} of them."
        case BeyondCalendar(typed=typed):
            return f"{quoted(typed)} is beyond the calendar."
        case Passed(typed=typed, day=day):
            said = say_date(day, today)
            return f"I read {quoted(typed)} as {said}, which has passed: today is {say_date(today, today)}."
        case TooFarAhead(typed=typed, day=day):
            return f"I read {quoted(typed)} as {say_date(day, today)}, more than three years ahead. {_NEARER}"
        case CountsTooFar(typed=typed):
            return f"{quoted(typed)} is more than three years ahead."
        case OutOfReach(day=day):
            return f"{say_date(day, today)} is more than three years ahead."
        case OtherWeekday():
            return _other_weekday(why, today)
        case PeopleDiffer(typed=typed, one=one, other=other):
            either = f"{say_date(one, today)} or {say_date(other, today)}"
            return f"{quoted(typed)} can be {either}, and people differ on which."
        case BothFit(typed=typed, one=one, other=other):
            return f"{quoted(typed)} can be {say_date(one, today)} or {say_date(other, today)}."
        case AskNamesTwo(one=one, other=other):
            return f"The ask names {say_date(one, today)} and {say_date(other, today)}: say which of them counts."
        case LeftOpen(typed=typed, by=by):
            return f"{quoted(typed)} {LEFT_OPEN[by]}."


def _not_there(why: NoYear | NoMonth | NoWeek | NoHalf | NotInMonth | NotInAnyMonth | NotInMonthsToCome) -> str:
    match why:
        case NoYear(year=year):
            return f"There is no year {year}."
        case NoMonth(month=month):
            return f"There is no month {month}."
        case NoWeek(number=number):
            return f"There is no week {number}."
        case NoHalf():
            return "A year has two halves."
        case NotInMonth(day=day, month=month, year=year):
            return f"There is no {day} {MONTH_NAMES[month - 1]}{f' in {year}' if year else ''}."
        case NotInAnyMonth(day=day):
            return f"There is no {day}th of a month."
        case NotInMonthsToCome(day=day):
            return f"There is no {day}th in the months to come."


def _other_weekday(why: OtherWeekday, today: date) -> str:
    said = f"{_without_weekday(why.day, today)} is a {WEEKDAYS[why.day.weekday()]}"
    if why.other is None:
        return f"{said}, not a {WEEKDAYS[why.weekday]}."
    other = f"{_without_weekday(why.other, today)} is a {WEEKDAYS[why.other.weekday()]}"
    return f"{said}, not a {WEEKDAYS[why.weekday]}, and {other}."


def _without_weekday(day: date, today: date) -> str:
    return say_date(day, today).partition(" ")[2]


def how(today: date) -> str:
    """What may be typed, with a day to come."""
    later = date.fromordinal(today.toordinal() + 14)
    return f"Type something like “{_without_weekday(later, today)}”, “in two weeks” or “{later}”."


def asked_back(refused: Refused[date, DayDoubt], today: date) -> AskedBack[date]:
    """What a reader of one day refused, as a form or a card says it."""
    return AskedBack(f"{say(refused.why, today)} {how(today)}", refused.candidates, refused.left_over)


def parse_date(
    text: str,
    *,
    today: date,
    allow_past: bool = False,
    field: str | None = None,
    locale: str | None = None,
    at: time | None = None,
) -> date:
    """`read_day` for a form. Raises Unreadable, pointing at `field`, with what could be meant.

    Refuses days before `today` (unless `allow_past`) and more than three years ahead.
    """
    found = read_day(text, today, locale=locale, at=at, past=allow_past)
    if isinstance(found, Refused):
        told = asked_back(found, today)
        raise Unreadable(told.sentence, field, told.candidates)
    return found.value


def check_reach(day: date, today: date, field: str) -> date:
    """A day from a picker, held to the same reach as one that was typed. Raises Unreadable, pointing at `field`."""
    if not in_reach(day, today):
        raise Unreadable(f"{say(OutOfReach(day), today)} {_NEARER}", field)
    return day
