"""Money, as people type it.

How a figure is read (each rule has a test):

- A scale may follow: k, M, bn, tn, "million", "lakh", "crore"; also glued, as in "350kEUR".
- "1,200.50" and "1.200,50": where both signs stand, the last one is the decimal sign.
- A sign that repeats groups thousands: "1.200.000".
- One sign and not three digits after it is decimal: "3,5M" is 3.5 million.
- One sign and three digits after it groups thousands: "1,200" and "1.200" are 1200, since nobody
  prices a decision to a tenth of a cent. With a scale, "1.250M" is 1.25 million, while "1,250M" is
  refused: writers of English and of German differ by a factor of a thousand.
- Spaces and apostrophes only group thousands: "200 000 kr", "1'200".
- "$" and "kr" mean the default currency where that is a dollar or a krone; else USD and SEK.
- Nothing below zero, and nothing above ten trillion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.domain.errors import Unreadable
from app.domain.typed import plain, quoted

Per = Literal["day", "week"]

LARGEST = Decimal(10) ** 13
_LONGEST_TEXT = 120
_DAYS = {"day": 1, "week": 7}
_MONTH = 30
"""Days of a month in a rate: "$300k per month" is $10k a day."""

_CODES = frozenset(  # ISO 4217, three letters each
    re.findall(
        "...",
        "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHF"
        "CLPCNYCOPCRCCUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTG"
        "HUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKD"
        "MMKMNTMOPMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUB"
        "RWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSD"
        "UYUUZSVESVNDVUVWSTXAFXCDXOFXPFYERZARZMW",
    )
)
_DOLLARS = frozenset(["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "JMD"])
_KRONER = frozenset(["SEK", "NOK", "DKK", "ISK"])
_SYMBOLS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY",
    "₴": "UAH", "₪": "ILS", "₫": "VND", "₱": "PHP", "₦": "NGN", "฿": "THB", "₸": "KZT", "₡": "CRC",
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "NT$": "TWD", "MX$": "MXN", "CN¥": "CNY",
}  # fmt: skip
_WORDS = {
    "dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "quid": "GBP", "sterling": "GBP",
    "yen": "JPY", "yuan": "CNY", "rmb": "CNY", "rupee": "INR", "rs": "INR", "franc": "CHF",
    "fr": "CHF", "zł": "PLN", "zloty": "PLN", "kč": "CZK", "kr": "SEK", "krona": "SEK",
    "kronor": "SEK", "krone": "NOK", "kroner": "NOK", "dirham": "AED", "riyal": "SAR", "rand": "ZAR",
    "real": "BRL", "reais": "BRL", "lira": "TRY", "peso": "MXN", "won": "KRW", "shekel": "ILS",
}  # fmt: skip
_SCALES = {
    "hundred": 10**2, "k": 10**3, "thousand": 10**3, "grand": 10**3, "tsd": 10**3,
    "lakh": 10**5, "lac": 10**5, "m": 10**6, "mm": 10**6, "mn": 10**6, "mio": 10**6, "mln": 10**6,
    "million": 10**6, "crore": 10**7, "cr": 10**7, "b": 10**9, "bn": 10**9,
    "mrd": 10**9, "bln": 10**9, "billion": 10**9, "tn": 10**12, "trn": 10**12,
    "trillion": 10**12,
}  # fmt: skip
_NUMBER_WORDS = {
    "a": 1, "an": 1, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_FILLERS = frozenset({"about", "around", "roughly", "approx", "approximately", "ca", "to", "or", "~", "≈", "+"})

_SHOWN = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}

_TOKEN = re.compile(
    r"(?P<number>(?:(?<!\d)[.,])?\d+(?:[ .,']\d+)*)"
    r"|(?P<sign>(?:US|CA|C|AU|A|NZ|HK|S|R|NT|MX)\$|CN¥)"
    r"|(?P<word>[^\W\d_]+\.?)"
    r"|(?P<other>\S)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\s*(?:(?:/|\bper\b|\ban?\b|\beach\b|\bevery\b|\bp[./])\s*"
    r"(?P<unit>days?|d|weeks?|wk|w|months?|mo|quarters?|years?|yr|hours?|hr|h)|"
    r"\b(?P<ly>daily|weekly|monthly|hourly|yearly|annually))\s*\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """Money: `value` in whole units of `currency` (ISO 4217), zero or more."""

    value: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.value.is_finite() or self.value < 0:
            raise ValueError(f"an amount is zero or more, not {self.value}")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise ValueError(f"a currency is three capital letters, not {self.currency!r}")


@dataclass(frozen=True)
class Rate:
    """Money per calendar day or week: what waiting costs."""

    amount: Amount
    per: Per

    def over(self, days: int) -> Amount:
        """What `days` calendar days cost; a week is seven of them. Raises ValueError below zero."""
        value = self.amount.value * days / _DAYS[self.per]
        return Amount(value, self.amount.currency)


def parse_amount(text: str, *, default_currency: str | None = None, field: str | None = None) -> Amount:
    """Read one amount. `default_currency` (ISO code) is used where the text names none.

    Raises Unreadable, pointing at `field`, with a sentence that says what to type instead.
    """
    clean = re.sub(r"(?<=\d)[.,]-+(?!\d)", "", plain(text))  # "1'200.–": no cents
    if not clean:
        raise Unreadable(f"There is no figure yet. {_HOW}", field)
    if len(clean) > _LONGEST_TEXT:
        raise Unreadable(f"{quoted(text)} is too long to be one figure. {_HOW}", field)
    rate = _RATE.search(clean)
    if rate and re.search(r"\d", clean):
        raise Unreadable(
            f"{quoted(text)} is a rate, and here I need one figure for the whole, like “{clean[: rate.start()]}”.",
            field,
        )
    value, currency = _figure(text, clean, default_currency, field)
    if currency is None:
        raise Unreadable(
            f"I read {quoted(text)} as a figure without its currency. Type it with one, like “$200k” or “350k EUR”.",
            field,
        )
    return Amount(value, currency)


def parse_rate(
    text: str,
    *,
    default_currency: str | None = None,
    per: Per | None = None,
    field: str | None = None,
) -> Rate:
    """Read money per day, week or month (30 days, kept by the day): "$200k per day", "20k/week".

    `per` stands in where none is typed.

    Raises Unreadable, pointing at `field`.
    """
    clean = plain(text)
    found = _RATE.search(clean[: _LONGEST_TEXT * 2])
    if found is None:
        amount = parse_amount(text, default_currency=default_currency, field=field)
        if per is None:
            raise Unreadable(
                f"Is {quoted(text)} per day or per week? Type it with one, like “{format_amount(amount)} per day”.",
                field,
            )
        return Rate(amount, per)
    unit = (found["unit"] or found["ly"]).lower()
    by_month = unit in {"mo", "month", "months", "monthly"}
    if not by_month and unit not in {"d", "day", "days", "daily", "w", "wk", "week", "weeks", "weekly"}:
        raise Unreadable(
            f"I count what waiting costs by the day, the week or the month, and {quoted(text)} is none of them."
            " Type something like “$200k per day”.",
            field,
        )
    amount = parse_amount(clean[: found.start()], default_currency=default_currency, field=field)
    if by_month:
        return Rate(Amount(amount.value / _MONTH, amount.currency), "day")
    return Rate(amount, "day" if unit.startswith("d") else "week")


def format_amount(amount: Amount) -> str:
    """Three figures that matter: "$3.5M", "€1.2k", "$950", "SEK 200k". `parse_amount` reads it."""
    value = amount.value
    steps = ((10**12, "tn"), (10**9, "bn"), (10**6, "M"), (10**3, "k"))
    if value < Decimal("999.995"):
        shown = _trimmed(value.quantize(Decimal("0.01")), cents=True)
    else:
        rounded = Decimal(f"{value:.2e}")  # first, so that 999,999 is 1M and not 1000k
        size, letter = next((size, letter) for size, letter in steps if rounded >= size)
        shown = _trimmed(rounded / size) + letter
    sign = _SHOWN.get(amount.currency)
    return f"{sign}{shown}" if sign else f"{amount.currency} {shown}"


def format_rate(rate: Rate) -> str:
    """ "$200k per day". `parse_rate` reads it."""
    return f"{format_amount(rate.amount)} per {rate.per}"


_HOW = "Type something like “$200k” or “3.5M EUR”, or use the scale."


def _figure(text: str, clean: str, default: str | None, field: str | None) -> tuple[Decimal, str | None]:
    """The value and the currency named, if one. Reads left to right, refuses what it can't place."""
    unreadable = Unreadable(f"I can't read {quoted(text)} as money. {_HOW}", field)
    value: Decimal | None = None
    digits = ""
    scale = Decimal(1)
    currency: str | None = None
    for token in _tokens(clean):
        kind, word = token
        if kind == "number":
            if value is not None:
                raise Unreadable(
                    f"{quoted(text)} holds more than one figure. Type the one you would put your"
                    " name to, like “$200k”.",
                    field,
                )
            value, digits = _number(word, unreadable), word
        elif kind == "minus":
            if value is not None:
                continue  # a range: the second figure is refused in its own words
            raise Unreadable(
                f"{quoted(text)} is below zero. Type what it costs as a plain figure, like “$200k”.",
                field,
            )
        elif kind == "scale":
            if value is None and word == "hundred":  # "hundred thousand"
                value = Decimal(1)
            if value is None or scale not in (1, 100):
                raise unreadable
            scale *= _SCALES[word]
        elif kind == "currency":
            currency = _agreed(currency, word)
            if currency is None:
                raise Unreadable(f"{quoted(text)} names two currencies. Type it with one, like “$200k”.", field)
        elif kind == "unknown":
            raise unreadable
    if value is None:
        raise unreadable
    if scale >= 1000 and re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        raise Unreadable(
            f"{quoted(text)} can be read two ways, a thousand times apart. Type the decimals with"
            f" a point, like “{digits.replace(',', '.')}”, or write the number out.",
            field,
        )
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits) and scale == 1:
        value = Decimal(re.sub("[.,]", "", digits))
    if value.adjusted() > 14 or value * scale > LARGEST:
        raise Unreadable(
            f"{quoted(text)} is more than ten trillion, which I take for a slip of the keys."
            " Check the zeros and type it again.",
            field,
        )
    return value * scale, _localised(currency, default)


def _tokens(clean: str) -> list[tuple[str, str]]:
    """(kind, word) pairs: number, scale, currency, minus, filler, unknown."""
    out: list[tuple[str, str]] = []
    for found in _TOKEN.finditer(clean):
        word = found.group()
        if found["number"]:
            out.append(("number", word))
        elif found["sign"]:
            out.append(("currency", _SYMBOLS[word.upper()]))
        elif found["word"]:
            out.extend(_word(word.rstrip(".")))
        elif word in _SYMBOLS:
            out.append(("currency", "$" if word == "$" else _SYMBOLS[word]))
        elif word in "-(":
            out.append(("minus", word))
        elif word not in _FILLERS:
            out.append(("unknown", word))
    # "half a million" and "two million": words count as numbers only before a scale.
    words = [w for k, w in out if k == "number-word"]
    if not words:
        return out
    value = 0.5 if words[0] == "half" else _NUMBER_WORDS[words[0]]
    usable = len(words) == 1 or (len(words) == 2 and words[0] == "half" and words[1] == "a")
    first = next(i for i, (k, _) in enumerate(out) if k == "number-word")
    rest = out[first + len(words) :]
    if not usable or not rest or rest[0][0] != "scale":
        return [("unknown", clean)]
    return [*out[:first], ("number", str(value)), *rest]


def _word(word: str) -> list[tuple[str, str]]:
    low = word.lower()
    single = low[:-1] if len(low) > 3 and low.endswith("s") else low
    if low in _FILLERS:
        return []
    if low in _NUMBER_WORDS or low == "half":
        return [("number-word", low)]
    if word.upper() in _CODES:
        return [("currency", word.upper())]
    if single in _WORDS:
        dollar_or_krone = {"dollar": "$", "buck": "$", "kr": "kr"}
        return [("currency", dollar_or_krone.get(single, _WORDS[single]))]
    if single in _SCALES:
        return [("scale", single)]
    for size in (4, 3, 2, 1):  # glued: "350kEUR", "3 MEUR", "200tkr"
        head, tail = low[:size], low[size:]
        if head in _SCALES and (tail.upper() in _CODES or tail in {"kr", "euro", "euros"}):
            return [("scale", head), *_word(tail)]
    return [("unknown", word)]


def _number(word: str, unreadable: Unreadable) -> Decimal:
    """The value of digits with separators, by the rules on top. A lone 3-digit tail is decimal here."""
    spaced = re.sub(r"[ ']", "", word) if re.search(r"[ ']", word) else word
    if spaced != word and not re.fullmatch(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?", word):
        raise unreadable
    marks = re.findall(r"[.,]", spaced)
    if len(set(marks)) == 2:
        decimal = marks[-1]
        group = "." if decimal == "," else ","
        if marks.count(decimal) > 1 or not _grouped(spaced.split(decimal)[0], group):
            raise unreadable
        return Decimal(spaced.replace(group, "").replace(decimal, "."))
    if len(marks) > 1:
        if not _grouped(spaced, marks[0]):
            raise unreadable
        return Decimal(spaced.replace(marks[0], ""))
    return Decimal(spaced.replace(",", "."))


def _grouped(digits: str, mark: str) -> bool:
    """1,200,000 or, as in India, 12,00,000."""
    return bool(re.fullmatch(rf"\d{{1,3}}(?:[{mark}]\d{{2,3}})*[{mark}]\d{{3}}", digits))


def _agreed(seen: str | None, new: str) -> str | None:
    """One currency, also where a sign and a code name it together ("$200k CAD")."""
    families = {"$": _DOLLARS, "kr": _KRONER}
    if seen is None or seen == new or new in families.get(seen, ()):
        return new
    if seen in families.get(new, ()):
        return seen
    return None


def _localised(currency: str | None, default: str | None) -> str | None:
    if currency == "$":
        return default if default in _DOLLARS else "USD"
    if currency == "kr":
        return default if default in _KRONER else "SEK"
    return currency or default


def _trimmed(value: Decimal, *, cents: bool = False) -> str:
    plain = f"{value:f}"
    if "." not in plain:
        return plain
    short = plain.rstrip("0").rstrip(".")
    return plain if cents and "." in short else short
