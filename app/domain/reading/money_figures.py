"""The figures among the words of an amount, and what the words around them are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from app.domain.reading.money_digits import number
from app.domain.reading.money_words import (
    ABOUT,
    AND,
    ARTICLES,
    CODES,
    FAMILIES,
    FOREIGN_SCALES,
    FRACTIONS,
    GLUED,
    HALVES,
    MIXED,
    NAMES,
    NEUTRAL,
    NUMBERS,
    OF,
    OF_A_PLACE,
    PLAIN_CODES,
    SCALES,
    SIGNS,
)


@dataclass
class Figure:
    value: Decimal
    digits: str = ""
    """As typed, where it began with digits."""
    scaled: bool = False
    scale_word: str = ""
    foreign: bool = False
    """Its scale is of a language that writes decimals with a comma."""
    grouped_for_sure: bool = False


@dataclass
class Scan:
    figures: list[Figure] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """Names that several currencies share."""
    per: str | None = None
    pers: int = 0
    whole: bool = False
    limit: bool = False
    negative: bool = False
    unknown: tuple[str, ...] = ()


@dataclass
class Token:
    kind: str  # number, fraction, sign, word, mark
    text: str
    start: int
    end: int
    taken: bool = False

    @property
    def low(self) -> str:
        return self.text.lower().rstrip(".") or self.text


class Words:
    """One pass over the tokens: figures first, then whatever stands around them."""

    def __init__(self, tokens: list[Token], seen: Scan, place: str, language: str):
        self.tokens, self.seen, self.place, self.language = tokens, seen, place, language

    def read(self) -> None:
        self._glued()
        at = 0
        while at < len(self.tokens):
            found = self._figure(at)
            if found is None:
                at += 1
            else:
                figure, at_end = found
                self.seen.figures.append(figure)
                for one in self.tokens[at:at_end]:
                    one.taken = True
                at = at_end
        for index, one in enumerate(self.tokens):
            if not one.taken:
                one.taken = self._around(index, one)

    def _glued(self) -> None:
        """TEUR, kEUR, tkr, EURm: the scale and the currency as two words."""
        out: list[Token] = []
        for one in self.tokens:
            m = re.fullmatch(r"(mio|mrd|mln|bn|mn|t|k|m)\.?(\w{2,5})", one.text, re.IGNORECASE)
            n = re.fullmatch(r"([A-Z]{3})(k|m|mn|bn)", one.text)
            if one.kind == "word" and m and _is_code(m[2], sek=True):
                middle = one.start + len(m[1])
                out += [Token("glued", m[1], one.start, middle), Token("word", m[2], middle, one.end)]
            elif one.kind == "word" and n and n[1] in CODES:
                out += [Token("word", n[1], one.start, one.start + 3), Token("before", n[2], one.start + 3, one.end)]
            else:
                out.append(one)
        for this, after in pairwise(out):
            named = after.kind == "sign" or (after.kind == "word" and after.text in CODES)
            if this.kind == "word" and named and (this.text == "T" or (this.low in GLUED and this.end == after.start)):
                this.kind = "glued"
        self.tokens[:] = out

    # ── figures ─────────────────────────────────────────────────────────────────────────────────────────

    def _figure(self, at: int) -> tuple[Figure, int] | None:
        """The figure that begins at this token, and where it ends; None where none begins."""
        one = Figure(Decimal(0))
        total, part, last, last_scale = Decimal(0), None, "", Decimal(0)
        worded, begun = False, at
        i = at
        while i < len(self.tokens):
            token = self.tokens[i]
            word, value = token.low, None
            if token.kind == "number":
                if part is not None or (last == "scale" and not _long(one.scale_word)):
                    break
                part, last, begun, worded = number(token.text), "number", i, False
                one.digits = one.digits or token.text
            elif token.kind == "fraction":
                if part is not None and last != "number":
                    break
                part, last = (part or Decimal(0)) + FRACTIONS[token.text], "half"
            elif self._half_of(i) and part is None:
                part, last, i, begun = Decimal("0.5"), "half", self._half_of(i) - 1, i
            elif (quarter := self._quarter_of(i)) and (part is None or worded):
                part, last, i = Decimal("0.25") * (part or 1), "half", quarter - 1
            elif word in AND and last:
                step = self._and(i, last)
                if step is None:
                    break
                half, i = step
                if half and last == "scale":
                    total, last = total + last_scale / 2, "done"
                elif half and part is not None:
                    part, last = part + Decimal("0.5"), "half"
            elif word in MIXED and part is None:
                part, last, begun = MIXED[word], "half", i
            elif word in ARTICLES and part is None and self._scale_at(i + 1) and len(self.tokens[i + 1].low) > 2:
                part, last, worded, begun = Decimal(1), "article", True, i
            elif word in NUMBERS and token.text not in CODES and (word not in ARTICLES or word == "one"):
                if last == "scale" and not worded and not _long(one.scale_word):
                    break
                value = NUMBERS[word]
                if part is None:
                    part, begun = value, i
                elif (last == "tens" and value < 10) or (last == "hundred" and value < 100):
                    part += value
                else:
                    break
                last, worded = "tens" if value >= 20 else "unit", True
            elif token.text == "-" and last == "tens" and self._unit_at(i + 1):
                pass
            elif (scale := self._scale_at(i)) is not None:
                taken = self._scaled(one, token, scale, total, part, last, last_scale)
                if taken is None:
                    break
                total, part, last, last_scale = taken
                one.foreign = one.foreign or self._foreign(token)
            else:
                break
            i += 1
        if part is not None:
            if not last_scale:
                total = part
            elif (worded or _cjk(one.scale_word)) and part < last_scale:
                total += part
            else:
                i = begun
        if not last:
            return None
        one.value = total
        if _cjk(one.scale_word) and re.fullmatch(r"\d{1,3}(?:,\d{3})+", one.digits):
            first = Decimal(one.digits.replace(",", ""))  # in Japan and China a comma groups thousands, also before 万
            one.value += (first - number(one.digits)) * last_scale if one.digits.count(",") == 1 else 0
            one.grouped_for_sure = True
        if not one.scaled and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", one.digits):
            one.value = Decimal(re.sub("[.,]", "", one.digits))
        return one, i

    def _scaled(
        self,
        one: Figure,
        token: Token,
        scale: int,
        total: Decimal,
        part: Decimal | None,
        last: str,
        last_scale: Decimal,
    ) -> tuple[Decimal, Decimal | None, str, Decimal] | None:
        """The sum after one more scale; None where it begins something else."""
        word = token.low
        if part is None:
            if last == "scale" and (one.scale_word, word) in _PAIRS:
                one.scale_word = word
                return total * scale, None, "scale", last_scale * scale
            if not last and word in ("hundred", "hundert"):
                return total, Decimal(100), "hundred", last_scale
            return None
        if scale <= 100 and _cjk(word) is False:
            return total, part * scale, "hundred", last_scale
        if last_scale and scale >= last_scale:
            return None
        if _cjk(word) and scale < 10**4:  # 3千万: three thousand, ten thousand times
            one.scaled = True
            return total, part * scale, "hundred", last_scale
        one.scaled, one.scale_word = True, word
        return total + part * scale, None, "scale", Decimal(scale)

    def _scale_at(self, i: int) -> int | None:
        if i >= len(self.tokens):
            return None
        token = self.tokens[i]
        if token.kind == "glued":
            return GLUED[token.text.lower()]
        if token.kind == "word" and token.low == "cent":
            return 100 if self._low(i + 1) in ("mille", "millions") else None
        if token.kind == "word" and token.low == "t" and i and self.tokens[i - 1].kind == "number":
            return 1000
        return SCALES.get(token.low) if token.kind == "word" else None

    def _foreign(self, token: Token) -> bool:
        if token.kind == "glued":
            return token.text.lower() in FOREIGN_SCALES
        capital = token.text[:1].isupper() and token.text.lower() in ("billion", "trillion")
        german = any(other.low in ("euro", "franken", "kronen") for other in self.tokens)
        spanish = token.low == "mil" and any(
            other.low in ("euros", "millones", "milhões", "reais", "pesos") for other in self.tokens
        )
        return token.low in FOREIGN_SCALES or (capital and german) or spanish

    def _low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def _unit_at(self, i: int) -> bool:
        return self._low(i) in NUMBERS and NUMBERS[self._low(i)] < 10

    def _half_of(self, i: int) -> int:
        """Past “half a”, “a half”, “eine halbe”, where a scale follows; else 0."""
        start = i
        if self._low(i) in ARTICLES:
            i += 1
        if self._low(i) not in HALVES:
            return 0
        i += 1
        while self._low(i) in (*ARTICLES, "of", "-") and i < start + 5:
            i += 1
        return i if self._scale_at(i) else 0

    def _quarter_of(self, i: int) -> int:
        """Past “a quarter of a”, “quarter”, where a scale follows; else 0."""
        start = i
        if self._low(i) == "a":
            i += 1
        if self._low(i) not in ("quarter", "quarters"):
            return 0
        i += 1
        while self._low(i) in ("of", "a") and i < start + 5:
            i += 1
        return i if self._scale_at(i) else 0

    def _and(self, i: int, last: str) -> tuple[bool, int] | None:
        """(whether a half follows, the last token of it); None where this joins two things."""
        after = i + 1
        if self._low(after) in ARTICLES and self._low(after + 1) in HALVES:
            return True, after + 1
        if self._low(after) in HALVES:
            return True, after
        if last in ("hundred", "scale") and self._low(after) in NUMBERS:
            return False, i
        return None

    # ── around the figures ──────────────────────────────────────────────────────────────────────────────

    def _around(self, i: int, token: Token) -> bool:
        """Whether a word that is part of no figure is understood."""
        word = token.low
        if token.kind in ("before", "glued"):
            return self._scale_before(word)
        if word in ("minus", "negative"):
            self.seen.negative = True
            return True
        if word in _BETWEEN and len(self.seen.figures) > 1:
            return True
        if token.kind == "sign":
            return self._money(SIGNS[token.text.upper() if token.text.upper() in SIGNS else token.text])
        if token.text in CODES or (word.upper() in PLAIN_CODES and word not in NAMES):
            return self._money(word.upper())
        if self._adjective(i):
            return True
        if word in NAMES:
            return self._money(NAMES[word])
        if word.upper() in CODES and self._agrees(word.upper()):
            return self._money(word.upper())
        if word == "r" and self.place == "ZA":
            return self._money("ZAR")
        if token.text == "-":
            return self._minus(i)
        if word in OF:
            return bool(self.seen.figures) and i + 1 < len(self.tokens)
        return word in ABOUT or (word in NEUTRAL and token.text != "US")

    def _scale_before(self, word: str) -> bool:
        """EURm 3.2, T€ 200: the scale stands before the figure."""
        if len(self.seen.figures) != 1 or self.seen.figures[0].scaled:
            return False
        one = self.seen.figures[0]
        one.value, one.scaled, one.scale_word = number(one.digits) * {**SCALES, **GLUED}[word], True, word
        return True

    def _money(self, name: str) -> bool:
        (self.seen.names if name in FAMILIES else self.seen.codes).append(name)
        return True

    def _agrees(self, code: str) -> bool:
        """A code in small letters counts beside a sign or a name of its own."""
        named = [NAMES.get(one.low, "") for one in self.tokens]
        signs = [SIGNS.get(one.text.upper(), "") for one in self.tokens if one.kind == "sign"]
        return any(code == name or code in FAMILIES.get(name, ()) for name in (*named, *signs) if name)

    def _adjective(self, i: int) -> bool:
        """Canadian dollars, Swiss francs; “new” of New Zealand."""
        word = self.tokens[i].low
        if word in ("new", "hong", "south") and self._low(i + 1) in ("zealand", "kong", "african", "korean"):
            return True
        code = OF_A_PLACE.get(word)
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if code is None or after is None:
            return False
        name = SIGNS.get(after.text.upper()) if after.kind == "sign" else NAMES.get(after.low, after.text)
        if name == code or code in FAMILIES.get(str(name), ()):
            return self._money(code)
        return False

    def _minus(self, i: int) -> bool:
        """Before the first figure it is below zero; between two it makes a range, which is asked back anyway."""
        first = next((n for n, one in enumerate(self.tokens) if one.kind in ("number", "fraction")), None)
        if first is not None and i < first:
            self.seen.negative = True
            return True
        return len(self.seen.figures) > 1


_BETWEEN = frozenset("between and to or until bis und zwischen oder à et entre y a e".split())  # noqa: SIM905
"""What makes two figures a range."""
_PAIRS = frozenset(
    {("lakh", "crore"), ("lakhs", "crore"), ("lakh", "crores"), ("thousand", "million"), ("thousand", "billion"),
     ("thousand", "crore"), ("mil", "millones"), ("mil", "milhões"), ("tausend", "millionen"), ("mille", "milliards")}
)  # fmt: skip
"""Scales that are multiplied: two lakh crore, mil millones."""


def _is_code(word: str, *, sek: bool = False) -> bool:
    """A currency that a scale may be glued to."""
    return (
        word in CODES
        or word.lower() in ("kr", "euro", "euros")
        or word.upper() in PLAIN_CODES
        or (sek and word.lower() == "sek")
    )


def _long(word: str) -> bool:
    """A scale after which the figure may go on: two million 300 thousand, 3億5000万."""
    return len(word) > 3 or _cjk(word)


def _cjk(word: str) -> bool:
    return bool(word) and not word.isascii() and bool(re.fullmatch("[㐀-鿿가-힣]+", word))
