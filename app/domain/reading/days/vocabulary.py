"""The words of days in six languages, each with what it says in the few words that the grammar knows.

A line is `what it says: how it is written, how else`. Phrases win over their words. A line that says nothing (`-`)
holds fillers: words that change no day. They are the only ones passed over, beside what leads to a day ("by", "in").
"""

from __future__ import annotations

import unicodedata
from functools import cache

from app.domain.reading.days.words_japanese import JAPANESE
from app.domain.reading.days.words_north import ENGLISH, GERMAN
from app.domain.reading.days.words_south import FRENCH, PORTUGUESE, SPANISH

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Shared by all: a word of the office, or of the calendar, that is said in any language.
_SHARED = """
eod: eod, cob, eob, eobd, end of day, end of the day, end of business, end of business day, close of business
eod: close of play
end week: eow
end month: eom
end quarter: eoq
end year: eoy
"""


_NUMBERS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
    " achtzehn neunzehn zwanzig",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete"
    " dieciocho diecinueve veinte",
    "pt": "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito"
    " dezenove vinte",
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "de": "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte dreizehnte vierzehnte"
    " fünfzehnte sechzehnte siebzehnte achtzehnte neunzehnte zwanzigste",
}
_PARTS_OF_DAY = ("früh", "morgen", "vormittag", "mittag", "nachmittag", "abend")

LANGUAGES = ("en", "de", "fr", "es", "pt", "ja")
_TABLES = {
    "en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "pt": PORTUGUESE, "ja": JAPANESE,
}  # fmt: skip
_MIXED = ("de", "ja")
"""Languages in whose sentences English words of the office stand ("bis Friday EOD")."""


def folded(word: str) -> str:
    """In small letters and without accents, as it is looked up: "Février" is "fevrier". Japanese stays as it is."""
    if any(char >= "\u3000" for char in word):
        return word
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in apart if unicodedata.category(char) != "Mn")


@cache
def words_of(language: str) -> dict[str, str]:
    """Phrase, folded, → what it says in the grammar's words; "" for a filler, alternatives with "|" between words."""
    known: dict[str, str] = {}
    if language in _MIXED:
        known |= words_of("en")
    known |= _table(_SHARED)
    for number, word in enumerate(_NUMBERS.get(language, "").split(), 1):
        known[folded(word)] = str(number)
    for number, word in enumerate(_ORDINALS.get(language, "").split(), 1):
        known[folded(word)] = f"{number}th"
    if language == "en":
        known |= _english_numbers(known)
    if language == "de":
        known |= {f"{word}n": said for word, said in known.items() if said.endswith("th") and word.endswith("te")}
        known |= {f"{word}r": said for word, said in known.items() if said.endswith("th") and word.endswith("te")}
    known |= _table(_TABLES[language])
    if language == "de":
        days = [word for word, said in known.items() if said in WEEKDAYS and word.endswith(("tag", "woch"))]
        known |= {folded(day + part): f"{known[day]} @" for day in days for part in _PARTS_OF_DAY}
    if language == "fr":
        known.pop("sept", None)
        known |= {"sept": "sep|7"}
    return known


def _table(lines: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines.strip().split("\n"):
        says, _, written = line.partition(": ")
        for phrase in written.split(", "):
            if phrase != "-":
                found[folded(phrase)] = "" if says == "-" else says
    return found


def _english_numbers(known: dict[str, str]) -> dict[str, str]:
    """ "twenty-one", "thirty first", and the round tens."""
    made: dict[str, str] = {}
    units = [(word, said) for word, said in known.items() if said.removesuffix("th").isdigit()]
    for ten, value in _TENS.items():
        made[ten] = str(value)
        made[f"{ten[:-1]}ieth"] = f"{value}th"
        for word, said in units:
            number = int(said.removesuffix("th"))
            if number < 10:
                made[f"{ten} {word}"] = f"{value + number}{'th' if said.endswith('th') else ''}"
    return made


FILLERS = frozenset(word for language in LANGUAGES for word, says in words_of(language).items() if not says)
"""Every word or phrase that is passed over, folded."""
