"""The words of an amount, one by one: what says the span, the whole or a limit, then figures and currencies.

What is left when all of them have been looked at is unknown.
"""

from __future__ import annotations

import re

from app.domain.reading.money_digits import NoNumber
from app.domain.reading.money_figures import Scan, Token, Words
from app.domain.reading.money_words import ABOUT, ADVERBS, HALVES, LIMITS, NUMBERS, PER_UNITS, SCALES, SIGNS, TOTALS

_EAST = "぀-ヿ㐀-鿿가-힣"
"""Kana, Chinese characters and Hangul: written without blanks."""
_CJK = sorted(
    (w for w in {*SIGNS, *SCALES, *NUMBERS, *HALVES, *ABOUT, *PER_UNITS} if re.fullmatch(f"[{_EAST}]+", w)),
    key=len,
    reverse=True,
)
_TOKEN = re.compile(
    r"(?P<number>(?:(?<!\d)[.,])?\d+(?:[ .,']\d+)*)"
    r"|(?P<fraction>[½¼¾])"
    r"|(?P<sign>(?:US|C(?:AD?)?|AUD?|A|NZ|HK|SG?|R|NT|MX)\$|(?:CN|JP)¥|[€$£¥₹₩₽₺₴₪₫₱₦฿₸₡])"
    rf"|(?P<cjk>{'|'.join(_CJK)}|[぀-ヿ㐀-鿿가-힣])"
    r"|(?P<word>[^\W\d_぀-ヿ㐀-鿿가-힣]+(?:'(?:s|t))?\.?)"
    r"|(?P<mark>\S)",
    re.IGNORECASE,
)

_ALL_UNITS = "|".join(map(re.escape, sorted(PER_UNITS, key=len, reverse=True)))
_LONG_UNITS = "|".join(
    re.escape(word) for word in sorted(PER_UNITS, key=len, reverse=True) if len(word) > 2 or not word.isascii()
)
_WORKING = (
    r"(?:working|business|work|week)[ -]?days?|workdays?|weekdays?|arbeitstage?s?|jour ouvr[ée]"
    r"|d[ií]a (?:laborable|h[áa]bil)|dia [úu]til|arbetsdag|営業日"
)
_OF_WAITING = r"(?:\s+(?:of|that|in)?\s*(?:we|the|it)?\s*(?:delays?|waiting|wait|waits))?"
_PER = re.compile(
    rf"(?:"
    rf"(?:/|(?<![^\W_])p[./]|\b(?:per|pro|par|por|je|в)\b)\s*(?:(?P<working1>{_WORKING})|(?P<short>{_ALL_UNITS}))"
    rf"|\b(?:a|an|each|every|for each|for every|chaque|cada|jede[nrs]?|am|im|al|a la|om|i|on each|on a)\s+"
    rf"(?:(?P<working2>{_WORKING})|(?P<long>{_LONG_UNITS}))(?!\s+(?:of\s+a\s+)?(?:m|b|tr)illion)"
    rf"|(?:1|一)?(?P<cjk>四半期|週間|か月|日|週|月|年|天|周)(?:あたり|当たり|につき)"
    rf"|(?<!\S)(?P<before>[月日週年])(?:額|間)?(?=\s*\d)"
    rf"|(?P<every>毎日|毎週|毎月|毎年|每天|每日|每周|每月|每年)"
    rf")(?![^\W\d_{_EAST}]){_OF_WAITING}\.?",
    re.IGNORECASE,
)
_ADVERB = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, ADVERBS))})(?![^\W_])", re.IGNORECASE)


def _phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    each = [re.escape(w) if not w[0].isalpha() or not w.isascii() else rf"\b{re.escape(w)}\b\.?" for w in longest]
    return re.compile("|".join(each), re.IGNORECASE)


_TOTALS, _LIMITS = _phrases(TOTALS), _phrases(LIMITS)
_MIXED_UP = re.compile(r"\d[a-z]\d|\d[.,]{2,}\d|\b[^\W\d_]+-\d", re.IGNORECASE)
"""1e5, 1..2, D-42: digits that are no figure, or none of money."""
_GAP = "\x1f"
"""Stands where a phrase was understood, so that what stood around it is not read as one."""


def scan(clean: str, place: str, language: str) -> Scan:
    """Every word of a text that `plain` made plain. `place`, `language`: the person's, or "".

    Raises NoNumber.
    """
    if _MIXED_UP.search(clean):
        raise NoNumber()
    seen = Scan()
    inside = re.fullmatch(r"\((.*)\)", clean)
    if inside:
        clean, seen.negative = inside[1], True
    clean = re.sub(r"\bU\.\s?S\.(?:A\.)?|\bUS-(?=Dollar|\$)", "US ", clean)
    rest = _spans(clean, seen)
    rest, totals = _TOTALS.subn(lambda m: _GAP * len(m[0]), rest)
    seen.whole = totals > 0
    rest, limits = _LIMITS.subn(lambda m: _GAP * len(m[0]), rest)
    seen.limit = limits > 0
    rest = re.sub(r"(?<=\w)-?ish\b", lambda m: _GAP * len(m[0]), rest, flags=re.IGNORECASE)
    tokens = [
        Token("sign" if m["cjk"] in SIGNS else "word" if m["cjk"] else str(m.lastgroup), m.group(), m.start(), m.end())
        for m in _TOKEN.finditer(rest)
        if m.group() != _GAP
    ]
    Words(tokens, seen, place, language).read()
    seen.unknown = tuple(one.text for one in tokens if not one.taken)
    return seen


def _spans(clean: str, seen: Scan) -> str:
    """Take out what says the span a figure is for."""
    found: list[str] = []

    def span(m: re.Match[str]) -> str:
        unit = m["short"] or m["long"] or m["cjk"] or m["before"] or (m["every"] or "")[-1:]
        found.append("working_day" if m["working1"] or m["working2"] else PER_UNITS[unit.lower()])
        return _GAP * len(m[0])

    def adverb(m: re.Match[str]) -> str:
        found.append(ADVERBS[m[0].lower()])
        return _GAP * len(m[0])

    rest = _ADVERB.sub(adverb, _PER.sub(span, clean))
    seen.pers = len(found)
    seen.per = found[0] if found else None
    return rest
