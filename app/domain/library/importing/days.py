"""Days as files of any age write them, where there is one way to read them: ``2026-12-04``, ``2026/12/04``, ``4 Dec
2026``, ``December 4th, 2026``, ``4. Dezember 2026``, ``4 de diciembre de 2026``, ``2026年12月4日``, ``04.12.2026``.

With slashes and the year last nobody can tell the day from the month, but from the column that it stands in.
"""

import re
from datetime import date

from app.domain.library.tokens import plain

_MONTHS = (
    "jan ene", "feb fev", "mar", "apr avr abr", "may mai", "jun juin", "jul juil", "aug aou ago", "sep", "oct okt",
    "nov", "dec dez dic",
)  # fmt: skip
"""How their names begin in English, German, French and Spanish, in small letters without accents."""

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[t\s,;)])")
_SIGNS = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.)?\s*(?:de\s+|of\s+)?([a-z]{3,})\.?,?\s*(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"([a-z]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")


def day_in(said: str) -> date | None:
    """The one day at the beginning of this text. None where there is none, or it can be read in two ways.

    Raises:
        ValueError: it has the shape of a day, and there is no such day.
    """
    text = plain(said).strip().lstrip("(")
    text = re.sub(r"^[a-z]{2,10}\.?,\s+(?=\d|[a-z])", "", text)  # the day of the week
    if (found := _YEAR_FIRST.match(text)) is not None:
        return date(int(found[1]), int(found[3]), int(found[4]))
    if (found := _SIGNS.match(text)) is not None:
        return date(int(found[1]), int(found[2]), int(found[3]))
    if (found := _DOTS.match(text)) is not None:
        return date(int(found[3]), int(found[2]), int(found[1]))
    if (found := _DAY_FIRST.match(text)) is not None and (month := _month(found[2])):
        return date(int(found[3]), month, int(found[1]))
    if (found := _MONTH_FIRST.match(text)) is not None and (month := _month(found[1])):
        return date(int(found[3]), month, int(found[2]))
    return None


def _month(name: str) -> int:
    """Its number; 0 where it is none."""
    numbers = (at for at, names in enumerate(_MONTHS, 1) for one in names.split() if name.startswith(one))
    return next(numbers, 0)
