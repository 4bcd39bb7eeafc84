"""Figures that are words: halves and fractions, shares like "one in five", multiples, fortnights, dozens. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.assistant.number_words import eastern_value, numerals

_NUMBER: Final = (
    r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|fifty|a hundred"
    r"|hundred"
    r"|thousand)"
)
_SCALE: Final = {"million": 10**6, "billion": 10**9, "thousand": 10**3, "dozen": 12, "hundred": 100, "trillion": 10**12}
_SCALES: Final = (
    r"million|billion|trillion|thousand|hundred|dozen|millionen?|milliarde|tausend|milliard|mill[oó]n|milh[aã]o"
    r"|milione"
)
_HALF_SCALE: Final = re.compile(
    rf"(?<!and )\b(?:half an? (?P<en>{_SCALES})|an? half (?P<en2>{_SCALES})"
    r"|(?:eine )?(?:halbe) (?P<de>Million|Milliarde)|(?:un )?demi[- ](?P<fr>million|milliard)"
    r"|medio (?P<es>mill[oó]n)|meio (?P<pt>milh[aã]o)|mezzo (?P<it>milione)"
    r"|(?:a )?quarter of an? (?P<quarter>million|billion)|three[- ]quarters of an? (?P<three>million|billion))\b",
    re.I,
)
_ONE_SCALE: Final = re.compile(
    r"(?:\b(?:an?|eine|un|um|una|une) |(?<=\bper )|(?<=\bevery )|(?<=\beach )|(?<=\bpro )"
    r"|(?<=\bpor ))(?P<scale>million|milliarde|billion|milliard|mill[oó]n|milh[aã]o|milione|hundred"
    r"|thousand|dozen|millier|centaine|hundert|tausend)\b(?! (?:times|little|small))"
    r"(?P<tail>[ ](?:and a half|et demi|y medio|e meio|e mezzo|en een half)\b)?",
    re.I,
)
_VALUES: Final = {
    "million": 10**6, "millionen": 10**6, "millón": 10**6, "millon": 10**6, "milhão": 10**6, "milhao": 10**6,
    "milione": 10**6, "milliarde": 10**9, "milliard": 10**9, "billion": 10**9, "trillion": 10**12, "thousand": 1000,
    "tausend": 1000, "millier": 1000, "hundred": 100, "hundert": 100, "centaine": 100, "dozen": 12,
}  # fmt: skip
_LONG_HALF: Final = re.compile(
    r"\b(?:(?:half an?|an? half|ein halbes|eine halbe|une? demi-?|medio|media|meio|meia)[ -]?"
    r"(?P<unit>year|day|hour|month|week|jahr|stunde|année|journée|heure|año|hora|ano|dia|día|percent(?:age point)?"
    r"|per cent|point|second|minute|kilomet(?:re|er)|km|mile|met(?:re|er)|litre|liter|tonne|ton|kilo|prozent(?:punkt)?"
    r"|sekunde|minute|kilometer|pour ?cent|point de pourcentage|seconde|segundo|minuto|por ciento|por cento|punto"
    r"|punto porcentual|ponto|ponto percentual|quilômetro|kilómetro))\b"
    r"|\b(?:an?|ein(?:e)?|une?|una?|uma?) (?P<unit2>year|week|month|day|hour) and a half\b"
    r"|半(?P<east>年|日|月)",
    re.I,
)
_HALF_UNITS: Final = {
    "jahr": "year", "stunde": "hour", "année": "year", "journée": "day", "heure": "hour", "año": "year",
    "hora": "hour", "ano": "year", "dia": "day", "día": "day", "年": "year", "日": "day", "月": "month",
    "percent": "%", "per cent": "%", "percentage point": "pp",
    "prozent": "%", "prozentpunkt": "pp", "pourcent": "%", "pour cent": "%", "por ciento": "%", "por cento": "%",
    "point de pourcentage": "pp", "punto porcentual": "pp", "ponto percentual": "pp", "point": "pt", "punto": "pt",
    "ponto": "pt", "sekunde": "second", "seconde": "second", "segundo": "second", "minuto": "minute", "kilometre": "km",
    "kilometer": "km", "quilômetro": "km", "kilómetro": "km", "metre": "m", "meter": "m", "litre": "l", "liter": "l",
    "tonne": "t", "ton": "t", "kilo": "kg",
}  # fmt: skip
_FRACTIONS: Final = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "twelfth": 12, "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_NUMBERS: Final = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
_FRACTION: Final = re.compile(
    r"\b(?P<many>two|three|four|five|six|seven|eight|nine)[ -](?P<parts>third|quarter|fifth|sixth|seventh|eighth"
    r"|ninth|tenth|twelfth|twentieth|hundredth)s\b"
    r"(?! (?:ago|later|in a row))"
    r"|\b(?P<one>an?|one)[ -](?P<part>third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth"
    r"|hundredth|thousandth)(?= of\b(?! (?:an? )?(?:m|b)illion)| (?:less|more|fewer|lower|higher|cheaper|faster"
    r"|slower)\b)\b"
    r"|(?:(?<=\bby )|(?<=\bto )|(?<=\bof ))(?P<one2>an?|one)[ -](?P<part2>third|quarter|fifth|sixth|seventh|eighth"
    r"|ninth|tenth)\b(?! (?:party|time|person|country|place|day|year|option|team))"
    r"|\b(?P<de>(?:ein|zwei|drei|vier)) ?(?P<dep>drittel|viertel|fünftel|zehntel)\b"
    r"|\b(?:un|le) (?P<fr>tiers|quart)(?= d)|\b(?P<frn>deux tiers|trois quarts)\b"
    r"|\b(?:un) (?P<es>tercio|cuarto|quinto)(?= de)|\b(?P<esn>dos tercios|tres cuartos)\b"
    r"|\b(?P<nl>een kwart|een derde|twee derde|driekwart|drie kwart|un terzo|un quarto(?! d['’]ora)|due terzi"
    r"|tre quarti)\b"
    r"|\b(?:um) (?P<pt>terço|quarto|quinto)(?= d)|\b(?P<ptn>dois terços|três quartos)\b"
    r"|(?P<jad>(?<!\d)\d{1,9}|[一二三四五六七八九十])分の(?P<jan>\d{1,9}|[一二三四五六七八九十])",
    re.I,
)
_NAMED: Final = {
    "tiers": (1, 3), "quart": (1, 4), "deux tiers": (2, 3), "trois quarts": (3, 4), "tercio": (1, 3), "cuarto": (1, 4),
    "quinto": (1, 5), "dos tercios": (2, 3), "tres cuartos": (3, 4), "terço": (1, 3), "quarto": (1, 4),
    "dois terços": (2, 3), "três quartos": (3, 4), "een kwart": (1, 4), "een derde": (1, 3), "twee derde": (2, 3),
    "driekwart": (3, 4), "drie kwart": (3, 4), "un terzo": (1, 3), "un quarto": (1, 4), "due terzi": (2, 3),
    "tre quarti": (3, 4),
}  # fmt: skip
_GERMAN: Final = {"ein": 1, "zwei": 2, "drei": 3, "vier": 4, "drittel": 3, "viertel": 4, "fünftel": 5, "zehntel": 10}
_SHARE: Final = re.compile(
    rf"\b(?P<a>{_NUMBER})(?: [^\W\d_]+)? (?:in|out of(?: every)?"
    rf"|of every) (?:every )?(?P<b>{_NUMBER})\b(?![-/.]\d| (?:days?|weeks?|months?|years?|hours?|minutes?"
    rf"|working|business|%|percent))"
    r"|\b(?:every|each) (?P<nth>second|third|fourth|fifth|tenth)(?= [^\W\d_])|\bevery (?P<other>other)(?= (?!(?:day"
    r"|week|month|quarter|year|hour|minute|night)\b)[^\W\d_])"
    r"|\bjede[rsn]? (?P<de>zweite|dritte|vierte|fünfte|zehnte)n?(?= [^\W\d_])"
    r"|\b(?P<fa>une?|deux|trois|\d{1,9}) (?:[^\W\d_]+ )?sur (?P<fb>deux|trois|quatre|cinq|dix|\d{1,9})\b"
    r"|\b(?P<ea>uno?|una|dos|tres|um|uma|dois|duas|\d{1,9}) (?:de|em) cada (?P<eb>dos|tres|cuatro|cinco|diez|dois"
    r"|três|quatro|dez|\d{1,9})\b"
    r"|(?P<jb>(?<!\d)\d{1,9}|[一二三四五六七八九十])[人社件]に(?P<ja>\d{1,9}|[一二三四五六七八九十])[人社件]",
    re.I,
)
_ORDINALS: Final = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10, "zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5,
    "zehnte": 10,
}  # fmt: skip
_HALF: Final = re.compile(
    r"(?<!and a )\b(?:half(?! (?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)\b)|halves|halved|halving"
    r"|hälfte|halbiert\w*|moitié|mitad|metade|metà|de helft|gehalveerd|dimezza\w+)\b|半分|半数|半減"
    r"|\bdivid?i?s?(?:é|ée|és|ido|ida|iert|ed)? (?:par|por|entre|per|by|durch) (?:deux|dos|dois|due|two|zwei|2)\b"
    r"|\bhalf(?=-)",
    re.I,
)
_FOLD: Final = re.compile(
    rf"\b(?P<n>{_NUMBER})[ -]?fold\b|\b(?P<de>zwei|drei|vier|fünf|sechs|zehn)fach\w*"
    r"|\b(?P<two>doubl(?:e|es|ed|ing)\b(?!-)|twice\b|verdoppel\w+|(?:el|al|le|il|das|o|ao) (?:doble|dobro"
    r"|double|doppio|doppelte)\b|doubl(?:é|er|ée|ent)\w*|duplic\w+|dobr(?:ou|a"
    r"|ar)\b|raddoppi\w+)"
    r"|\b(?P<three>tripl(?:e|es|ed|ing)|thrice|verdreifach\w+|tripl(?:é|er|ée)|triplic\w+)\b"
    r"|\b(?P<four>quadrupl\w+|vervierfach\w+|cuadruplic\w+)\b|\b(?P<ten>tenfold|verzehnfach\w+)\b"
    r"|(?P<east>倍増)",
    re.I,
)
_BOTH: Final = re.compile(
    r"\b(?:both(?! and\b)|beiden?|les deux|ambos|ambas|os dois|as duas|entrambi|entrambe|allebei)\b|両方|双方"
    r"|両(?=[^\W\d_])",
    re.I,
)
"""Two, in a source. In a draft a word."""
_FORTNIGHT: Final = re.compile(
    r"\b(?:(?P<n>two|three|four|five|\d{1,4}|a|an|one|each|every|per|the|next|last|this)[ -])?fortnight(?:s|ly)?\b"
    r"|\b(?:une |la |cette )?quinzaine\b(?: de jours)?"
    r"|\b(?:a|one|the|next|last|two|three|four|five) decades?\b|\b(?P<dozen>two|three|four|five|six|ten) dozen\b",
    re.I,
)
_EVERY_OTHER: Final = re.compile(
    r"\b(?:every (?:other|second|2nd)|each second|jede[nrs]? zweiten?) (?P<unit>day|week|month|quarter|year|hour"
    r"|night|tag"
    r"|woche|monat|jahr)\b|\bun(?:e)? (?P<fr>jour|semaine|mois|année) sur deux\b",
    re.I,
)
_ARTICLE: Final = re.compile(
    r"\b(?P<lead>in|within|for|after|about|around|than|least|most|takes?|took|lasts?|wait(?:ing)?|delay of|nearly"
    r"|almost|by|over|innerhalb|binnen|nach|um|für|pendant|dans|après|d['’]|en|durante|dentro de|por|em|within"
    r"|of)[ ]?"
    r"(?P<whole>(?:an?|eine[rmns]?|une?|una?|uma?) (?:(?:full|whole|entire|working|business|ganze[rn]?) )?"
    r"(?P<unit>week|month|year|day|hour|quarter|minute|sprint|woche|monat|jahr|tag|stunde|quartal|semaine|mois"
    r"|an|année"
    r"|jour|heure|semana|mes|año|día|hora|mês|ano|dia|trimestre))\b(?! (?:and a half|ago of))"
    r"|\b(?P<whole2>an? (?P<unit2>week|month|year|day|hour|quarter))(?=['’]s\b|-long\b| (?:of (?:delay|waiting"
    r"|work|downtime)"
    r"|later|ago|earlier|longer|late|early|before|after|from now)\b)",
    re.I,
)
_RATE: Final = re.compile(
    r"(?:[\d%€$£¥\]]|\d ?(?:k|m|bn|tn)|(?-i:[A-Z]{3})|euros?|dollars?|pounds?|million|billion"
    r"|thousand|\d(?: [^\W\d_]+){1,3}|twice|times) $",
    re.I,
)
_LOOSE: Final = re.compile(
    r"(?<!and )\b(?P<whole>(?:an?|eine?|une?|una?|uma?) (?P<unit>week|month|year|day|hour|quarter|woche"
    r"|monat|jahr"
    r"|tag|semaine|mois|an|semana|mes|año|día|mês|ano|dia))\b(?! and a half)",
    re.I | re.M,
)
_WHOLE: Final = {
    "woche": "week", "semaine": "week", "semana": "week", "monat": "month", "mois": "month", "mes": "month",
    "mês": "month", "jahr": "year", "an": "year", "année": "year", "año": "year", "ano": "year", "tag": "day",
    "jour": "day", "día": "day", "dia": "day", "stunde": "hour", "heure": "hour", "hora": "hour",
    "quartal": "quarter",
    "trimestre": "quarter",
}  # fmt: skip
_COUNTED: Final = re.compile(
    r"(?:\d|[½¼¾]|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|hundert|deux|trois|quatre|cinq|six"
    r"|sept|huit|dix"
    r"|cents?|dos|tres|cuatro|cinco|seis|diez|cien|dois|duas|três|quatro|dez|cem|vinte|two|three|four|five|six"
    r"|ten))[ -]?$",
    re.I,
)
ORDINAL_WORDS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
_ORDINAL: Final = re.compile(
    r"\b(?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -])?"
    rf"(?P<last>{'|'.join(sorted(ORDINAL_WORDS, key=len, reverse=True))})\b(?!-(?:hand|party|class|rate))",
    re.I,
)
_SUPERLATIVE: Final = re.compile(r"[ -](?:most|least|best|worst|[^\W\d_]{2,10}est)\b", re.I)
""" "the third-largest": no "third" of other things."""
_ONE_OF_SOME: Final = re.compile(
    r" (?:out )?of (?:the |our |all )?(?:\d|two|three|four|five|six|seven|eight|nine|ten|twelve)\b", re.I
)
_DEFINITE: Final = re.compile(r"\b(?:the|our|its|their|this|my|came|ranks?|ranked|placed|finished) $", re.I)
VAGUE: Final = re.compile(
    r"\b(?:(?:(?P<many_hundred>(?:several|a few|many) hundred)|(?P<many_thousand>(?:several|a few|many) thousand)"
    r"|(?P<tens_thousand>tens of thousands)|(?P<hundred_thousand>hundreds of thousands))|(?P<dozens>dozens?"
    r"|dutzende?n?|dizaines?|decenas?|dezenas?|docenas?)"
    r"|(?P<hundreds>hundreds|hunderte[nr]?|centaines|cientos|centenas)"
    r"|(?P<thousands>thousands|tausende[nr]?|milliers|miles(?= de)|milhares)|(?P<millions>millions(?! d)"
    r"|millones(?= de)|milhões(?= de))"
    r"|(?P<billions>billions)|(?P<couple>a couple|couple of|a pair of)|(?P<handful>a handful)"
    r"|(?P<score>a score of|scores of)|(?P<majority>(?:the |a )?(?:vast |large |clear )?majority)"
    r"|(?P<minority>(?:a )?(?:small )?minority)|(?P<fraction>(?:a )?(?:small |tiny )?fraction(?= of))"
    r"|(?P<two_digits>double-digits?)|(?P<one_digit>single-digits?)|(?P<three_digits>(?:triple|three)-digits?))\b"
    r"|(?P<tens>数十|数百|数千|数万)",
    re.I,
)
RANGES: Final = {
    "dozens": (24, 144), "hundreds": (200, 2000), "thousands": (2000, 10**6), "millions": (2 * 10**6, 10**9),
    "many_hundred": (200, 2000), "many_thousand": (2000, 20_000), "tens_thousand": (20_000, 200_000),
    "hundred_thousand": (200_000, 10**6), "billions": (2 * 10**9, 10**12), "couple": (2, 3),
}  # fmt: skip


SHARES: Final = {
    "majority": (51, 100), "minority": (0, 50), "fraction": (0, 50), "two_digits": (10, 100), "one_digit": (1, 10),
}  # fmt: skip
"""Percentages that words without a figure may stand for."""

_SPANS: Final = {
    "hour": "hours|stunden|heures|horas", "day": "days|tagen?|jours|días|dias", "week": "weeks|wochen|semaines|semanas",
    "month": "months|monaten?|meses", "quarter": "quarters|quartalen?|trimestres",
    "year": "years|jahren?|années|años|anos", "decade": "decades",
}  # fmt: skip
SPANS: Final = tuple(
    (unit, re.compile(rf"(?<!\] )(?<!these )(?<!those )(?<![-\w])(?:{words})(?!\w)", re.I))
    for unit, words in _SPANS.items()
)
"""Spans of time without a figure: "it takes weeks" is not "it takes months"."""


@dataclass(frozen=True)
class Word:
    """text[start:end] says `value` of `unit`; `vague` names a word without one. `loose`: it may be no figure at
    all, as
    "a week" at the beginning of a line."""

    start: int
    end: int
    value: Decimal | None
    unit: str
    vague: str = ""
    loose: bool = False


def words(text: str) -> Iterator[Word]:
    """Every figure of `text` that is a word, the longest first; they may overlap, and the first counts."""
    for m in _LONG_HALF.finditer(text):
        unit = (m["unit"] or m["unit2"] or m["east"]).lower()
        yield Word(*m.span(), Decimal("1.5" if m["unit2"] else "0.5"), _HALF_UNITS.get(unit, unit))
    for m in _HALF_SCALE.finditer(text):
        scale = next(value for value in m.groups() if value).lower()
        share = Decimal("0.25") if m["quarter"] else Decimal("0.75") if m["three"] else Decimal("0.5")
        yield Word(*m.span(), share * _VALUES[scale], "")
    for m in _EVERY_OTHER.finditer(text):
        unit = (m["unit"] or m["fr"]).lower()
        yield Word(*m.span(), Decimal(2), _WHOLE.get(unit, unit))
    for m in _SHARE.finditer(text):
        share_of = _share(m)
        if share_of:
            yield Word(*m.span(), share_of, "%")
    for m in _FRACTION.finditer(text):
        top, bottom = _fraction(m)
        yield Word(*m.span(), Decimal(top * 100) / bottom, "%")
    for m in _FOLD.finditer(text):
        yield Word(*m.span(), _fold(m), "x")
    for m in _FORTNIGHT.finditer(text):
        low = m[0].lower()
        if m["dozen"]:
            yield Word(*m.span(), Decimal(_value(m["dozen"]) * 12), "")
            continue
        unit, days = ("year", 10) if "decade" in low else ("day", 15 if "quinzaine" in low else 14)
        times = _value(m["n"] or low.split(" ")[0]) if "quinzaine" not in low else 1
        yield Word(*m.span(), Decimal(days * times), unit)
    for m in _BOTH.finditer(text):
        yield Word(*m.span(), Decimal(2), "both")
    for m in _HALF.finditer(text):
        yield Word(*m.span(), Decimal(50), "%")
    for m in _ONE_SCALE.finditer(text):
        yield Word(*m.span(), _VALUES[m["scale"].lower()] * Decimal("1.5" if m["tail"] else 1), "")
    for m in _ARTICLE.finditer(text):
        group = "whole" if m["whole"] else "whole2"
        unit = (m["unit"] or m["unit2"]).lower()
        working = re.search(r"\b(?:working|business)\b", m[group], re.I)
        yield Word(*m.span(group), Decimal(1), f"{'working ' if working else ''}{_WHOLE.get(unit, unit)}")
    for m in _LOOSE.finditer(text):
        if _RATE.search(text[max(0, m.start() - 32) : m.start()]):
            continue  # what a figure is per
        unit = m["unit"].lower()
        yield Word(*m.span("whole"), Decimal(1), _WHOLE.get(unit, unit), loose=True)
    for m in _ORDINAL.finditer(text):
        value = (_value(m["tens"]) if m["tens"] else 0) + ORDINAL_WORDS[m["last"].lower()]
        if _SUPERLATIVE.match(text, m.end()):
            yield Word(*m.span(), Decimal(value), "th")
            continue
        if value <= 3 and not _ONE_OF_SOME.match(text, m.end()) and not _DEFINITE.search(text[: m.start()][-16:]):
            continue  # "second thoughts", "a third party"
        yield Word(*m.span(), Decimal(value), "th", loose=value <= 3 and not _ONE_OF_SOME.match(text, m.end()))
    for m in VAGUE.finditer(text):
        if _COUNTED.search(text[max(0, m.start() - 24) : m.start()]):
            continue  # the scale of a figure
        yield Word(*m.span(), None, "", str(m.lastgroup) if m.lastgroup != "tens" else m[0])


def _value(text: str | None) -> int:
    low = (text or "").lower()
    if low.isdigit():
        return int(low)
    low = low.removeprefix("a ")
    if low in ("hundred", "thousand"):
        return {"hundred": 100, "thousand": 1000}[low]
    found = next(iter(numerals(low, None)), None)
    return int(found.value) if found else 1


_OTHERS: Final = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dix": 10, "uno": 1, "una": 1, "dos": 2,
    "tres": 3,
    "cuatro": 4, "cinco": 5, "diez": 10, "um": 1, "uma": 1, "dois": 2, "duas": 2, "três": 3, "quatro": 4, "dez": 10,
}  # fmt: skip


def _share(m: re.Match[str]) -> Decimal | None:
    if m["other"]:
        return Decimal(50)
    if m["nth"] or m["de"]:
        return Decimal(100) / _ORDINALS[(m["nth"] or m["de"]).lower()]
    if m["jb"]:
        part, of = _eastern(m["ja"]), _eastern(m["jb"])
    elif m["a"]:
        part, of = _value(m["a"]), _value(m["b"])
    else:
        a, b = (m["fa"] or m["ea"]).lower(), (m["fb"] or m["eb"]).lower()
        part, of = (int(one) if one.isdigit() else _OTHERS[one] for one in (a, b))
    return Decimal(part * 100) / of if 0 < part < of else None


def _eastern(text: str) -> int:
    return int(text) if text.isdigit() else int(eastern_value(text))


def _fraction(m: re.Match[str]) -> tuple[int, int]:
    if m["many"]:
        return _NUMBERS[m["many"].lower()], _FRACTIONS[m["parts"].lower()]
    if m["one"]:
        return 1, _FRACTIONS[m["part"].lower()]
    if m["one2"]:
        return 1, _FRACTIONS[m["part2"].lower()]
    if m["de"]:
        return _GERMAN[m["de"].lower()], _GERMAN[m["dep"].lower()]
    if m["jad"]:
        return _eastern(m["jan"]), max(1, _eastern(m["jad"]))
    return _NAMED[next(m[name] for name in ("fr", "frn", "es", "esn", "pt", "ptn", "nl") if m[name]).lower()]


def _fold(m: re.Match[str]) -> Decimal:
    if m["n"]:
        return Decimal(_value(m["n"]))
    if m["de"]:
        return Decimal({"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "zehn": 10}[m["de"].lower()])
    return Decimal({"two": 2, "three": 3, "four": 4, "ten": 10, "east": 2}[str(m.lastgroup)])
