"""Numbers in words: English, German, French, Spanish, Portuguese, Italian, and the signs of Japanese and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from app.assistant.vocabulary import COUNTED, UNITS

_ENGLISH: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_LARGE: Final = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

ENGLISH_NUMBERS: Final = frozenset(_ENGLISH) | frozenset(_LARGE)

_GERMAN_UNITS: Final = ("", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_GERMAN_TEENS: Final = (
    *("zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
)
_GERMAN_TENS: Final = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_ITALIAN: Final = tuple(
    """zero uno due tre quattro cinque sei sette otto nove dieci undici
    dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti""".split()  # noqa: SIM905
)
_ITALIAN_TENS: Final = ("venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta")

_SIMPLE: Final[dict[str, dict[str, int]]] = {
    "fr": {
        "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
        "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20,
        "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100, "cents": 100, "mille": 1000,
        "un": 1, "une": 1, "septante": 70, "nonante": 90,
    },
    "es": {
        "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
        "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciséis": 16, "diecisiete": 17,
        "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiuno": 21, "veintiún": 21, "veintidós": 22,
        "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25, "veintiséis": 26, "veintisiete": 27,
        "veintiocho": 28, "veintinueve": 29, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60,
        "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100, "doscientos": 200,
        "doscientas": 200, "trescientos": 300, "trescientas": 300, "cuatrocientos": 400, "quinientos": 500,
        "quinientas": 500, "seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900,
        "mil": 1000, "un": 1, "uno": 1, "una": 1,
    },
    "pt": {
        "dois": 2, "duas": 2, "três": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8, "nove": 9,
        "dez": 10, "onze": 11, "doze": 12, "treze": 13, "catorze": 14, "quatorze": 14, "quinze": 15,
        "dezasseis": 16, "dezesseis": 16, "dezessete": 17, "dezassete": 17, "dezoito": 18, "dezenove": 19,
        "dezanove": 19, "vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50, "cinqüenta": 50, "sessenta": 60,
        "setenta": 70, "oitenta": 80, "noventa": 90, "cem": 100, "cento": 100, "duzentos": 200, "duzentas": 200,
        "trezentos": 300, "trezentas": 300, "quatrocentos": 400, "quinhentos": 500, "quinhentas": 500,
        "seiscentos": 600, "setecentos": 700, "oitocentos": 800, "novecentos": 900, "mil": 1000, "um": 1, "uma": 1,
    },
    "nl": {
        "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11,
        "twaalf": 12, "vijftien": 15, "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "honderd": 100,
        "duizend": 1000,
    },
}  # fmt: skip
_AND: Final = {"fr": "et", "es": "y", "pt": "e"}
_A_WORD: Final = re.compile(r"[^\W\d_\u3005-\u9fff]+")

DOUBTFUL: Final = frozenset(
    """once due sei tre sept neuf dos mil cent cents quince otto elf six dix un une uno una um uma ein
    eine onze fire tres sette nove cinque seis seize mille vier cento cem""".split()  # noqa: SIM905
)
"""Also a word of another language, or more than a number: read only where the text is in that language."""
ONES: Final = frozenset("""one un une uno una um uma ein eine eins einen einem einer""".split())  # noqa: SIM905


@cache
def _german() -> dict[str, int]:
    words = {word: n for n, word in enumerate(_GERMAN_TEENS, 10)}
    words |= {word: n for n, word in enumerate(_GERMAN_UNITS) if n > 1} | {"eins": 1}
    for tens, word in enumerate(_GERMAN_TENS, 2):
        words[word] = tens * 10
        for unit in range(1, 10):
            words[f"{_GERMAN_UNITS[unit]}und{word}"] = tens * 10 + unit
    hundreds = {}
    for n in range(1, 10):
        for head in {f"{_GERMAN_UNITS[n]}hundert"} | ({"hundert"} if n == 1 else set()):
            hundreds[head] = n * 100
            hundreds |= {f"{head}{word}": n * 100 + value for word, value in words.items()}
    words |= hundreds
    thousands = {"tausend": 1000, "eintausend": 1000}
    thousands |= {f"{word}tausend": value * 1000 for word, value in words.items() if value > 1}
    return {**{word.replace("ß", "ss"): value for word, value in words.items()}, **words, **thousands}


@cache
def _italian() -> dict[str, int]:
    words = {word: n for n, word in enumerate(_ITALIAN) if n > 1}
    for tens, word in enumerate(_ITALIAN_TENS, 2):
        words[word] = tens * 10
        for unit in range(1, 10):
            head = word[:-1] if unit in (1, 8) else word
            words[head + _ITALIAN[unit].replace("tre", "tré")] = tens * 10 + unit
            words[head + _ITALIAN[unit]] = tens * 10 + unit
    for hundreds in range(1, 10):
        head = ("" if hundreds == 1 else _ITALIAN[hundreds]) + "cento"
        words |= {head + word: hundreds * 100 + value for word, value in words.items() if value < 100}
        words[head] = hundreds * 100
    words["mille"] = 1000
    return words | {f"{word}mila": value * 1000 for word, value in words.items() if value < 1000}


@cache
def _dutch() -> dict[str, int]:
    words = dict(_SIMPLE["nl"])
    words |= {"dertien": 13, "veertien": 14, "zestien": 16, "zeventien": 17, "achttien": 18, "negentien": 19}
    tens = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80,
            "negentig": 90}  # fmt: skip
    units = {"een": 1, **{word: value for word, value in words.items() if 1 < value < 10}}
    words |= tens | {
        f"{unit}{'ën' if unit.endswith('e') else 'en'}{ten}": value * 1 + size
        for unit, value in units.items()
        for ten, size in tens.items()
    }
    hundreds = {f"{unit}honderd": value * 100 for unit, value in units.items() if value > 1} | {"honderd": 100}
    words |= {f"{head}{word}": size + value for head, size in hundreds.items() for word, value in words.items()
              if value < 100} | hundreds  # fmt: skip
    return words | {f"{word}duizend": value * 1000 for word, value in words.items() if value < 1000}


@cache
def _words(language: str) -> dict[str, int]:
    made = {"de": _german, "it": _italian, "nl": _dutch}
    return made[language]() if language in made else _SIMPLE[language]


_OTHERS: Final = ("de", "fr", "es", "pt", "it", "nl")


@cache
def _pattern() -> re.Pattern[str]:
    word = "|".join(sorted([*_ENGLISH, *_LARGE], key=len, reverse=True))
    return re.compile(rf"\b(?!two-way\b)(?:{word})\b(?:(?:[ -]|,? and )(?:{word})\b)*", re.I)


def _runs(text: str) -> Iterator[tuple[str, int, int]]:
    """Runs of words that are numbers of one language: looked up word by word, since there are thousands of them."""
    words = [(m[0].lower(), m.start(), m.end()) for m in _A_WORD.finditer(text)]
    for language in _OTHERS:
        known = _words(language)
        if not any(word in known for word, _, _ in words):
            continue
        at = 0
        while at < len(words):
            if words[at][0] not in known:
                at += 1
                continue
            last = at
            while last + 1 < len(words):
                step = last + 1
                between = text[words[last][2] : words[step][1]]
                if words[step][0] == _AND.get(language) and step + 1 < len(words) and between in (" ", "-"):
                    step += 1
                    between = text[words[step - 1][2] : words[step][1]]
                if words[step][0] not in known or between not in (" ", "-"):
                    break
                last = step
            yield language, words[at][1], words[last][2]
            at = last + 1


@dataclass(frozen=True)
class Numeral:
    """A number in words: text[start:end] is `value`."""

    start: int
    end: int
    value: Decimal
    language: str
    one: bool
    """No more than "one": in English, or as an article of other languages."""


def numerals(text: str, language: str | None) -> Iterator[Numeral]:
    """Numbers in words; `language` is the text's own, where known. None overlap."""
    if re.fullmatch(r"[\x00-\x7f]*", text) and not re.search(r"[A-Za-z]{2}", text):
        return
    taken: list[tuple[int, int]] = []
    found = [("en", m.start(), m.end()) for m in _pattern().finditer(text)]
    found += _runs(text)
    for spoken, start, end in sorted(found, key=lambda one: one[0] != language):
        low = text[start:end].lower()
        if (
            spoken != "en"
            and (low in ONES or low in DOUBTFUL)
            and spoken != language
            and not _counts(text, end, language)
        ):
            continue
        if spoken == "en" and low in DOUBTFUL and language not in (None, "en", "fr"):
            continue
        if any(start < stop and begin < end for begin, stop in taken) or (spoken != "en" and low in ONES):
            continue  # read already, or an article
        value = _english(low) if spoken == "en" else _other(low, spoken)
        if value is not None:
            taken.append((start, end))
            yield Numeral(start, end, value, spoken, low in ONES)
    for start, end, number in _eastern(text):
        if not any(start < stop and begin < end for begin, stop in taken):
            yield Numeral(start, end, number, "ja", False)


_NEXT: Final = re.compile(r" ([^\W\d_]+)")


def _counts(text: str, at: int, language: str | None) -> bool:
    """Whether a word that is counted follows, in a text that is not known to be English."""
    m = _NEXT.match(text, at)
    return bool(m and language != "en" and (m[1].lower() in UNITS or m[1].lower() in COUNTED))


def _english(text: str) -> Decimal | None:
    """ "two hundred and fifty thousand" is 250000."""
    total, current = 0, 0
    words = re.findall(r"[a-z]+", text)
    if words[0] in _LARGE:
        return None  # "million" alone: the scale of another figure, or a vague word
    for word in words:
        if word in _ENGLISH:
            current += _ENGLISH[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _LARGE:
            total += max(current, 1) * _LARGE[word]
            current = 0
    return Decimal(total + current)


def _other(text: str, language: str) -> Decimal | None:
    known = _words(language)
    words = [word for word in re.split(r"[ -]", text) if word in known]
    total, current = 0, 0
    for word in words:
        value = known[word]
        if value == 1000:
            total += max(current, 1) * 1000
            current = 0
        elif value == 100 and 0 < current < 10 and language == "fr":
            current *= 100
        elif value == 20 and current == 4 and language == "fr":
            current = 80
        else:
            current += value
    return Decimal(total + current)


_DIGIT: Final = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_TEN: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIAD: Final = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_EASTERN: Final = re.compile(
    r"[〇零一二三四五六七八九十百千万億亿兆两]+"
    r"(?=か月|ヶ月|カ月|个月|週間|日間|年間|時間|小时|分間|分钟|年|月|日|週|周|天|人|名|件|社|台|個|倍|割|円|元|％|%|店|営業日|チーム|つ)"
    r"|[一二三四五六七八九十百千]+[百千万億亿兆]+[一二三四五六七八九十百千万]*"
)


def _eastern(text: str) -> Iterator[tuple[int, int, Decimal]]:
    for m in _EASTERN.finditer(text):
        if m.start() and (text[m.start() - 1].isdigit() or text[m.start() - 1] in "第数何"):
            continue
        if m[0][0] in _MYRIAD or text[m.end() : m.end() + 1] == "番":
            continue
        yield m.start(), m.end(), eastern_value(m[0])


def eastern_value(text: str) -> Decimal:
    """ "二百五十万" is 2500000; digits one by one ("二〇") are read as written."""
    if all(char in _DIGIT for char in text):
        return Decimal(int("".join(str(_DIGIT[char]) for char in text)))
    total, section, digit = 0, 0, 0
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _TEN:
            section += max(digit, 1) * _TEN[char]
            digit = 0
        else:
            total += max(section + digit, 1) * _MYRIAD[char]
            section, digit = 0, 0
    return Decimal(total + section + digit)
