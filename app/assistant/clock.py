"""Times of day as people write them: 5pm, 17h30, 17 Uhr, 午後3時, half past four, noon. Pure."""

import re
from collections.abc import Callable
from typing import Final

from app.assistant.date_readings import Reading, Sense

_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HOUR: Final = "|".join(_WORDS)
_LATE: Final = (
    r"(?P<late>[\s-](?:in the (?:afternoon|evening)|at night|tonight|this (?:afternoon|evening)|nachmittags|abends"
    r"|['’]s (?:avonds|middags)|di sera|del pomeriggio|de l['’]après-midi|du soir|de la tarde|de la noche|da tarde"
    r"|da noite))?"
)
_NOON: Final = r"noon|midday|mittags|mediodía|meio-dia|mezzogiorno|正午"
_MIDNIGHT: Final = r"midnight|mitternacht|minuit|medianoche|meia-noite|mezzanotte|深夜0時"
_AT: Final = (
    r"at|by|until|till|before|after|from|than|between|and|to|à|vers|avant|après|jusqu['’]à|dès|a las|las|às|até as|as"
    r"|antes das|um|bis|ab|vor|nach|gegen"
)


def _at(hour: int, minute: int) -> Reading | None:
    if hour > 24 or minute > 59:
        return None
    senses: frozenset[Sense] = frozenset({("time", hour % 24, minute)})
    return Reading(senses, senses)


def _with_half(m: re.Match[str]) -> Reading | None:
    hour, minute = int(m["hour"]), int(m["minute"] or 0)
    half = (m["half"] or "").lower().replace(".", "")
    if not half and m["minute"] is None:
        return None
    if half and hour > 12:
        return None
    return _at(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)


def _plain(m: re.Match[str]) -> Reading | None:
    hour = int(m["hour"])
    return _at(hour + 12 if m["late"] and hour < 12 else hour, int(m["minute"] or 0))


def _in_words(m: re.Match[str]) -> Reading | None:
    hour = _hour(m["hour"])
    hour += 12 if m["late"] and hour < 12 else 0
    minute = {"half": 30, "quarter": 15, None: 0}.get((m["part"] or "").lower() or None, 0)
    if m["part"] and m["part"][0].isdigit():
        minute = int(m["part"])
    if (m["side"] or "").lower() in ("to", "before"):
        return _at((hour - 1) % 24, 60 - minute)
    return _at(hour, minute)


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.index(word.lower()) + 1


_BEFORE: Final = (
    *("eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
    *("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
)
_HOUR_BEFORE: Final = "|".join(sorted(set(_BEFORE), key=len, reverse=True))
_SOUTH: Final = (
    *("une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
    *("una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
    *("uma", "duas", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze"),
    *("una", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici"),
)
_HOUR_SOUTH: Final = "|".join(sorted(set(_SOUTH), key=len, reverse=True))


def _half_before(m: re.Match[str]) -> Reading | None:
    """ "halb acht" is half past seven."""
    hour = _BEFORE.index(m["hour"].lower()) % 12
    return _at(hour + 12 if m["late"] else hour, 30)


def _quarter(m: re.Match[str]) -> Reading | None:
    hour = _BEFORE.index(m["hour"].lower()) % 12 + 1 + (12 if m["late"] else 0)
    return _at(hour, 15) if m["side"].lower() in ("nach", "over") else _at((hour - 1) % 24, 45)


def _south(m: re.Match[str]) -> Reading | None:
    """ "las ocho y media" is half past eight."""
    word = m["hour"].lower()
    hour = int(word) if word.isdigit() else _SOUTH.index(word) % 12 + 1
    part = 15 if m["part"].lower().endswith(("quart", "cuarto", "quarto")) else 30
    return _at(hour + 12 if m["late"] and hour < 12 else hour, part)


def _hours(m: re.Match[str]) -> Reading | None:
    """ "9–17h": from the one to the other; a span of so many hours is written apart."""
    first, last = _at(int(m["hour"]), 0), _at(int(m["to"]), 0)
    if first is None or last is None or int(m["to"]) < max(12, int(m["hour"]) + 4):
        return None
    both = first.claims | last.claims
    return Reading(both, both)


def _eastern(m: re.Match[str]) -> Reading | None:
    hour = int(m["hour"])
    if m["half"] in ("午後", "下午", "晚上") and hour < 12:
        hour += 12
    return _at(hour, 30 if m["thirty"] else int(m["minute"] or 0))


def _named(m: re.Match[str]) -> Reading | None:
    return _at(12 if re.fullmatch(_NOON, m[0], re.I) else 0, 0)


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.I)


TIMES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading | None]], ...]] = (
    (
        _pattern(rf"\b(?P<part>half|quarter)[\s-](?P<side>past|to|before)[\s-](?P<hour>{_HOUR}|1?\d)\b{_LATE}"),
        _in_words,
    ),
    (_pattern(rf"\b(?P<part>halb|half) (?P<hour>{_HOUR_BEFORE})\b(?! (?:a|the|of)\b){_LATE}"), _half_before),
    (
        _pattern(rf"\b(?P<part>viertel|kwart) (?P<side>nach|vor|over|voor) (?P<hour>{_HOUR_BEFORE}){_LATE}"),
        _quarter,
    ),
    (
        _pattern(
            rf"\b(?:a las?|às|alle|à|le|las|at) (?P<hour>{_HOUR_SOUTH}|2[0-4]|1?\d)(?: heures?| h)? "
            rf"(?P<part>et demie|y media|e meia|e mezz[ao]|et quart|y cuarto|e um quarto|e un quarto)\b{_LATE}"
        ),
        _south,
    ),
    (_pattern(rf"\bore (?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?(?!\d){_LATE}"), _plain),
    (
        _pattern(
            rf"\b(?:a las?|às|alle|om|tegen|tot|vanaf) (?P<hour>[01]?\d|2[0-4])(?P<minute>)"
            rf"(?: uur\b| horas\b|(?=[.,;)]?(?:$|\s(?:e\b|y\b|en\b|de la|da |do dia|del |di (?:mattina|sera)))"
            rf"|[.,;)])){_LATE}"
        ),
        _plain,
    ),
    (
        _pattern(
            r"(?<![\w.,:/-])(?P<hour>[5-9]|1\d|0\d)(?: ?h| ?uhr)? ?[–-] ?(?P<to>1\d|2[0-4]|[6-9])(?:h\b"
            r"| ?uhr\b)(?P<minute>)"
        ),
        _hours,
    ),
    (
        _pattern(rf"\b(?P<part>\d\d?)(?: minutes)? (?P<side>past) (?P<hour>{_HOUR}|1?\d)\b{_LATE}"),
        _in_words,
    ),
    (_pattern(rf"\b(?P<part>)(?P<side>)(?P<hour>{_HOUR}) o['’]clock\b{_LATE}"), _in_words),
    (
        _pattern(
            rf"(?<![\w.,:/-])(?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?(?:\s?uhr\b|\so['’]clock\b)"
            rf"(?:\s?(?P<then>[0-5]\d)\b)?{_LATE}"
        ),
        lambda m: _at(
            int(m["hour"]) + (12 if m["late"] and int(m["hour"]) < 12 else 0), int(m["minute"] or m["then"] or 0)
        ),
    ),
    (
        _pattern(
            rf"(?:(?:(?<=\s)|(?<=^))(?:{_AT})\s)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)"
            r"\s?(?:hrs|hours|h)\b(?P<late>)"
        ),
        _plain,
    ),
    (_pattern(r"(?<![\w.,:/-])(?P<hour>[01]?\d|2[0-4])\s?h\s?(?P<minute>[0-5]\d)\b(?P<late>)"), _plain),
    (
        _pattern(rf"(?:(?:(?<=\s)|(?<=^))(?:{_AT})\s)(?P<hour>[01]?\d|2[0-4])\s?(?:h|heures)(?P<minute>)\b{_LATE}"),
        _plain,
    ),
    (
        _pattern(
            r"(?P<half>午前|午後|上午|下午|晚上)?(?<!\d)(?P<hour>[01]?\d|2[0-4])[時点點](?!間)"
            r"(?:(?P<thirty>半)|(?P<minute>[0-5]?\d)分)?"
        ),
        _eastern,
    ),
    (
        _pattern(
            r"(?<![\w.,:/-])(?P<hour>\d\d?)(?::(?P<minute>\d\d))?(?!\d|:)"
            r"\s?(?P<half>[ap]m\b|[ap]\.m\.)?"
        ),
        _with_half,
    ),
    (_pattern(rf"(?<!\w)(?:{_NOON}|{_MIDNIGHT})(?!\w)|正午"), _named),
)
"""Each pattern of a time of day, and what reads it."""
