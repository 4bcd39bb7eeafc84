"""A text cut into the pieces a day is written in: words, numbers, whole dates in figures, times of day.

Nothing is thrown away but blanks and the marks in `_PASSED_OVER`; any other sign is a piece of its own, so that what
nobody understands is seen.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.domain.reading.days.vocabulary import folded


@dataclass(frozen=True)
class Token:
    """`text[start:end]` as typed. `key`: what is looked up. `says`: what it says in any language, if that is plain.

    `joined`: a hyphen without blanks stands before it, as in "mid-March" and "Mon-Fri".
    """

    start: int
    end: int
    typed: str
    key: str
    says: tuple[str, ...] = ()
    joined: bool = False


_ZONES = "utc|gmt|cest|cet|mesz|mez|est|edt|et|pst|pdt|pt|cst|cdt|bst|ist|jst|aest|z"
_ZONE = rf"(?:\s*(?:{_ZONES})(?:[+-]\d{{1,2}}(?::?\d\d)?)?(?![a-z]))?"
_PIECE = re.compile(
    rf"""
      (?P<opaque><[^<>\s][^<>]*>|https?://\S+|[\w.+-]{{1,64}}@[\w-]+\.[\w.]+)
    | (?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}}(?:t\d\d(?::?\d\d){{1,2}}(?:\.\d+)?(?:z|[+-]\d\d:?\d\d)?)?(?![0-9a-z_-]))
    | (?P<isoweek>\d{{4}}-?w\d\d(?:-?[1-7])?(?!\w))
    | (?P<ymd>20\d\d[/.]\d{{1,2}}[/.]\d{{1,2}}(?![\w/]))
    | (?P<basic>20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))
    | (?P<ofyear>\d{{1,2}}/20\d\d(?![\w/]))
    | (?P<kanji>令和(?:\d{{1,2}}|元)年|\d{{4}}年|\d{{1,2}}月(?:\d{{1,2}}日)?
        |\d{{1,3}}日(?!間|後|以内|前)|第?\d{{1,2}}週目?(?!間))
    | (?P<clock>
          (?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?:\s*(?:[ap]\.?m\b\.?|uhr\b|h\b|hrs?\b))?{_ZONE}(?![\w:])
        | (?:[01]?\d|2[0-4])[.][0-5]\d\s*(?:[ap]\.?m\b\.?|uhr\b){_ZONE}
        | (?:0?\d|1[0-2])\s*[ap](?:m\b|\.m\.|\.m\b){_ZONE}
        | (?:[01]?\d|2[0-4])\s*(?:uhr\b|o['’]?clock\b){_ZONE}
        | (?:[01]?\d|2[0-4])h[0-5]\d(?!\w)
        | at\s(?:[01]?\d|2[0-4])(?=\s*(?:$|[,;]))
        | (?:午前|午後)?\d{{1,2}}時(?!間)(?:\d{{1,2}}分)?(?:まで(?:に)?)?
      )
    | (?P<days>\d{{1,3}}d(?!\w))
    | (?P<hours>\d{{1,3}}\s?(?:hours?|hrs?|heures?|horas?|stunden|h)(?!\w))
    | (?P<dotted>\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?(?:\d{{4}}|\d\d)(?![:\d]|\.\d)(?!\s*(?:uhr|h\b|[ap]m)))?(?!\w))
    | (?P<slashed>\d{{1,2}}\s?/\s?\d{{1,2}}(?:\s?/\s?(?:\d{{4}}|'?\d\d))?(?![0-9a-z_/])
        | \d{{1,2}}-\d{{1,2}}-(?:\d{{4}}|\d\d)(?![\w-]))
    | (?P<pair>\d{{1,3}}-\d{{1,3}}(?![\w-]))
    | (?P<decimal>\d+[.,]\d{{1,2}}(?!\w)|\d*[½¼¾])
    | (?P<year>'\d\d(?!\w))
    | (?P<ordinal>\d{{1,2}}(?:st|nd|rd|th|er|re|ère|º|ª|o(?!\w)|a(?!\w)|e(?!\w))(?!\w)
        |\d{{1,2}}\.(?=\s*(?:[^\W\d_]|$)|-\d))
    | (?P<number>\d+)
    | (?P<period>(?:[qhts][1-4])(?!\w))
    | (?P<abbreviated>(?:[a-z]\.){{2,}})
    | (?P<word>[^\W\d_\u3040-\u30ff\u4e00-\u9fff]+(?:'s(?![^\W_]))?)
    | (?P<cjk>[\u3005\u3006\u3040-\u30ff\u4e00-\u9fff〜]+|[（(][月火水木金土日][)）])
    | (?P<sign>\S)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PASSED_OVER = frozenset(",;.:!()[]{}\"“”„«»*_`'、。・，")
"""Marks between words that say nothing. "?" is none of them: it says that somebody is not sure."""

_LOOKALIKES = {"’": "'", "‘": "'", "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-"}


def level(text: str) -> str:
    """The text with plain digits, blanks and signs, one character for each of its own."""
    return "".join(map(_level, text))


def _level(char: str) -> str:
    if char.isascii():
        return char if char.isprintable() else " "
    if char in _LOOKALIKES:
        return _LOOKALIKES[char]
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind[0] in "ZC":
        return " "
    if kind == "No":
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def tokens(text: str, japanese: tuple[str, ...] = ()) -> list[Token]:
    """The pieces of a text. `japanese`: the words, longest first, that a run of Japanese is cut into."""
    even = level(text)
    found: list[Token] = []
    hyphen = False
    for piece in _PIECE.finditer(even):
        kind, start, end = piece.lastgroup or "sign", piece.start(), piece.end()
        typed, low = text[start:end], piece[0].lower()
        tight = hyphen and bool(found) and found[-1].end + 1 == start
        hyphen = False
        if kind == "sign":
            if low in _PASSED_OVER or (low == "/" and _between_month(even, start)):
                continue
            if low == "-":
                hyphen = bool(found) and found[-1].end == start and end < len(even) and even[end].isalnum()
                if not hyphen and (found and even[start + 1 : start + 2] == " "):
                    found.append(Token(start, end, typed, "-", ("to",)))
                elif not hyphen:
                    found.append(Token(start, end, typed, low))
                continue
            found.append(Token(start, end, typed, low, _SIGNS.get(low, ())))
        elif kind == "cjk":
            found += _cut(text, start, end, japanese)
        else:
            found.append(Token(start, end, typed, _key(kind, low), _says(kind, low), tight))
    return found


_SIGNS = {"&": ("and",), "+": ("plus",)}


def _between_month(text: str, at: int) -> bool:
    """A stroke between a figure and a name, as in 04/Dec/2026."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isdigit() and after.isalpha()) or (before.isalpha() and after.isdigit())


def _key(kind: str, low: str) -> str:
    if kind == "word":
        return folded(low.removesuffix("'s"))
    return low.replace(".", "") if kind == "abbreviated" else low


def _says(kind: str, low: str) -> tuple[str, ...]:
    """What a piece in figures says. A day "of 12 hours" may be a time of day as well: both."""
    if kind == "iso":
        return (low.partition("t")[0],)
    if kind == "isoweek":
        bare = low.replace("-", "")
        day = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[int(bare[7]) - 1] + " " if bare[7:] else ""
        return (f"{day}week {int(bare[5:7])} {bare[:4]}",)
    if kind in ("ymd", "basic"):
        digits = re.findall(r"\d+", low) if kind == "ymd" else [low[:4], low[4:6], low[6:]]
        return ("-".join(digits),)
    if kind == "ofyear":  # 12/2026 is a month, and behind "week" a week
        number, _, year = low.partition("/")
        return (f"{_month(number)} {year}", f"{int(number)} {year}")
    if kind == "kanji":
        return (_kanji(low),)
    if kind == "clock":
        return ("@",)
    if kind == "hours":
        hours = f"{_digits(low)} hour"
        return ("@", hours) if int(hours.split()[0]) <= 24 else (hours,)
    if kind == "days":
        return (f"{low[:-1]} day",)
    if kind in ("dotted", "slashed"):
        return (re.sub(r"\s", "", low),)
    if kind in ("pair", "decimal", "number", "year"):
        return (low,)
    if kind == "ordinal":
        return (f"{int(_digits(low))}th",)
    if kind == "period":
        return _periods(low)
    return ()


def _digits(low: str) -> str:
    found = re.match(r"\d+", low)
    return found[0] if found else "0"


def _kanji(low: str) -> str:
    numbers: list[str] = re.findall(r"\d+", low)
    if low.startswith("令和"):  # Reiwa: its first year is 2019
        return str(2018 + int(numbers[0] if numbers else 1))
    if low.endswith("年"):
        return numbers[0]
    if "週" in low:
        return f"week {int(numbers[0])}"
    if low.endswith("月"):
        return _month(numbers[0])
    if "月" in low:
        return f"{numbers[1]} {_month(numbers[0])}"
    return f"{int(numbers[0])}th"


def _month(number: str) -> str:
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    return names[int(number) - 1] if 1 <= int(number) <= 12 else f"month{number}"


def _periods(low: str) -> tuple[str, ...]:
    """Q1 and H1; T1 is a quarter, S1 a half, where French, Spanish or Portuguese is written."""
    return {"q": (low,), "h": (low,), "t": (f"q{low[1]}",), "s": (f"h{low[1]}",) if low[1] in "12" else ()}[low[0]]


_UNKNOWN = "\ue000"
"""The key of Japanese that is in no list: a character that nobody types."""


def _cut(text: str, start: int, end: int, words: tuple[str, ...]) -> list[Token]:
    """A run of Japanese, cut into the longest words known; what is none stays together."""
    found: list[Token] = []
    at = start
    while at < end:
        word = next((one for one in words if text.startswith(one, at)), None)
        if word is None and text[at] in "（(":
            word = text[at : at + 3]
        size = len(word) if word else 1
        if word is None and found and found[-1].key == _UNKNOWN and found[-1].end == at:
            found[-1] = Token(found[-1].start, at + 1, text[found[-1].start : at + 1], _UNKNOWN)
        else:
            key = word.translate({0xFF08: "(", 0xFF09: ")"}) if word else _UNKNOWN
            found.append(Token(at, at + size, text[at : at + size], key))
        at += size
    return found
