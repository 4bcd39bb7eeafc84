"""Pre-reads and syncs in words."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.domain.people.calendar import WorkingHours
from app.domain.reading.days_in_forms import say_date
from app.domain.syncs.life import Of, Off
from app.domain.syncs.slots import clock_of
from app.words.memo.parts import EXTRA_PARTS, PARTS
from app.words.writing.sections import WORDS

OFF_SAID: dict[Off, str] = {
    Off.SETTLED: "cancelled: all settled in writing",
    Off.NOTHING_OPEN: "cancelled: its time came, and no question was open",
    Off.BY_HAND: "called off by the requester",
    Off.DECIDED: "called off: nobody has to meet about it any more",
}

SUBJECT_SAID: dict[Of, str] = {Of.MEMO: "memo", Of.DOCUMENT: "document"}

PART_SAID: dict[str, str] = {
    **{section.value: words.title for section, words in WORDS.items()},
    **{part.key: part.title for part in (*PARTS, *EXTRA_PARTS)},
}
"""What a comment may be about, by the key that is stored."""


def when_said(at: datetime, hours: WorkingHours, today: date) -> str:
    """``Thu 3 Dec, 15:00`` on somebody's own clock."""
    local = clock_of(at, hours)
    return f"{say_date(local.date(), today)}, {local:%H:%M}"


def given_back_said(minutes: int, people: int) -> str:
    """``150 minutes of five people given back``; empty where nothing was."""
    if not minutes:
        return ""
    return f"{minutes} minutes of {number_said(people)} {'person' if people == 1 else 'people'} given back"


def number_said(number: int) -> str:
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return small[number] if 0 <= number < len(small) else str(number)


def off_said(off: Off | None, minutes: int, people: int) -> str:
    """``cancelled: all settled in writing, 150 minutes of five people given back``."""
    said = OFF_SAID.get(off, "called off") if off is not None else "called off"
    back = given_back_said(minutes, people)
    return f"{said}, {back}" if back else said


def read_said(read: int, of: int, version: int) -> str:
    """``4 of 5 have read version 3``."""
    return f"{read} of {of} {'has' if read == 1 and of == 1 else 'have'} read version {version}"


def outside_said(by: timedelta) -> str:
    minutes = int(by.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    said = " ".join(filter(None, [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]))
    return f"{said} outside working hours"


def too_soon_said(next_: str, whose: Sequence[str], hours: int, halves: int) -> str:
    """Why a sync can't be so soon, and when it can."""
    own = ""
    if whose and halves:
        half = "a working morning or afternoon" if halves == 1 else f"{halves} working mornings or afternoons"
        own = f" {' and '.join(whose)} {'have' if len(whose) > 1 else 'has'} to have had {half} to read by then."
    return f"That is too soon: a pre-read is out for {hours} hours at least.{own} The next time that fits is {next_}."


def answered_meanwhile_said(who: str, question: str) -> str:
    """That somebody else answered in a sync while this person wrote."""
    short = " ".join(question.split())
    short = short if len(short) <= 80 else f"{short[:79]}…"
    return (
        f"<@{who}> answered “{short}” while you were writing. It stands below its question, and what you wrote is "
        "still here: press the button again to put yours in its place."
    )
