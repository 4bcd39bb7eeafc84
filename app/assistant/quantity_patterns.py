"""How quantities are written: the patterns of digits, money, scales and units. Pure."""

from __future__ import annotations

import re
from typing import Final

from app.assistant.digits import GAP
from app.assistant.vocabulary import LONG_UNITS, UNITS
from app.domain.reading.money_words import CODES as ALL_CODES
from app.domain.reading.money_words import NAMES, OF_A_PLACE, PLAIN_CODES, SCALES, SIGNS

EAST: Final = "\u3005\u3040-\u30ff\u3400-\u9fff"
"""Kana and Chinese characters: written without blanks."""

DIGITS: Final = re.compile(
    rf"(?<![^\W{EAST}])(?<!\d[.,])"
    rf"(?:\d{{1,3}}(?:{GAP}\d{{3}})+(?!\d)(?:[.,]\d+)?"
    r"|\d+(?:[.,'’_]\d+)*"
    r"|(?<![\w.])\.\d+)"
)
_NOT_CODES: Final = frozenset({"ALL", "TOP", "TRY", "CUP", "MOP", "GEL", "LAK", "BAM", "PEN", "STN"})
CODES: Final = "|".join(sorted(ALL_CODES - _NOT_CODES))
_LOW_CODES: Final = "|".join([*sorted(code.lower() for code in PLAIN_CODES), "sar", "ils", "inr"])
_NO_NAMES: Final = frozenset({"won", "fr", "ft", "rs", "rand", "real", "mark"})
_NAMES: Final = "|".join(sorted((re.escape(w) for w in NAMES if w not in _NO_NAMES), key=len, reverse=True))
_SIGNS: Final = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
_PLACE: Final = "|".join(OF_A_PLACE)
_MONEY: Final = (
    rf"(?:(?P<sign>{_SIGNS})|(?-i:(?P<code>{CODES}))(?![^\W{EAST}])|(?P<low>{_LOW_CODES})(?![^\W{EAST}])"
    rf"|(?:(?:(?:hong|new|south|saudi)[ -])?(?P<place>{_PLACE})[ -])?(?P<name>{_NAMES})\b\.?)"
)
BEFORE: Final = re.compile(
    rf"(?:(?<![^\W{EAST}])(?:(?-i:(?P<glue>[TkKM]|Mio|Mrd))?)(?:(?P<sign>{_SIGNS})|(?-i:(?P<code>{CODES}))"
    rf"|(?P<low>{_LOW_CODES})|(?P<rupees>rs\.?)))[ \u00a0\u202f]?$",
    re.I,
)
AFTER: Final = re.compile(rf"(?:[ ](?:de|di|of)(?=[ ])|[ ]d['’](?=euro))?[ \u00a0\u202f-]?{_MONEY}", re.I)
_WORDED: Final = "|".join(
    sorted(
        (re.escape(word) for word in SCALES if len(word) > 2 and word.isascii() is not None and word not in ("cent",)),
        key=len,
        reverse=True,
    )
)
SCALE: Final = re.compile(
    rf"(?P<attached>(?:tsd|mio|mrd|mln|mld)\.?|mn|mm|bn|tn|md|k|m|b|t|cr)(?=[ \u00a0\u202f]?(?-i:{_SIGNS}"
    rf"|(?:{CODES})\b)"
    rf"|[^a-z\d\u00c0-\u024f]|$)"
    rf"|[ \u00a0\u202f]?(?-i:(?P<glued>T|k|K|M|m))(?=€|\$|£|(?-i:{CODES})\b)"
    rf"|(?P<east>[万萬億亿兆千百])"
    rf"|[ \u00a0\u202f-](?:(?-i:(?P<apart>[kKMB]|bn|mn|tn|mln|Md|T(?= ?€)))(?![\w])"
    rf"|(?P<spelt>(?:tsd|mio|mrd|mld|mia)\b\.?|(?:{_WORDED})\b)"
    rf"(?:[ -](?:of|de|di|von)(?=[ ](?:{_NAMES}|{_SIGNS}))|[ -]d['’](?=(?:{_NAMES})))?)",
    re.I,
)
EAST_TAIL: Final = re.compile(
    r"(\d{1,4}|[一二三四五六七八九十百千]+)([万千百])|(?<=[万億亿])(\d{4})(?![\d.,])(?P<none>)"
)
CENTS: Final = re.compile(
    r"(?:[ \u00a0-](?:(?P<pence>pence|pennies)|(?P<rappen>rappen)|cents?|ct|centimes?|c[eé]ntimos?)(?![^\W])|¢)", re.I
)
HALF: Final = re.compile(
    r"[ -](?:and a half|et demie?|y medi[oa]|e mei[oa]|e mezz[oa]|en een half)\b|半|[ -]?½"
    r"|(?P<quarter>[ -]and a quarter\b|[ -]?¼)|(?P<three>[ -]and three[ -]quarters\b|[ -]?¾)",
    re.I,
)
POINTS: Final = re.compile(r"[ -](?:points?|punkten?|puntos?|pontos?)(?![\w-])(?! (?:of|de|in)\b)", re.I)
GERMAN_HALF: Final = re.compile(
    r"\b(?:(?P<one>anderthalb|eineinhalb)|(?P<more>zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)einhalb)\b", re.I
)
RANGE: Final = re.compile(r" ?[-–—~〜] ?| (?:to|bis|à|a|hasta|até|fino a|tot) |から")
UNSURE_SCALES: Final = frozenset({"m", "mm", "b", "t"})

_LONG: Final = "|".join(sorted((re.escape(unit).replace(r"\ ", "[ -]") for unit in LONG_UNITS), key=len, reverse=True))
_LATIN: Final = "|".join(
    sorted((re.escape(unit) for unit in UNITS if not re.search(f"[{EAST}]", unit)), key=len, reverse=True)
)
_APART: Final = "|".join(
    sorted((re.escape(u) for u in UNITS if len(u) > 1 and not re.search(f"[{EAST}]", u)), key=len, reverse=True)
) + (
    r"|%|×|x(?= )|(?-i:[tlhs])"
    r"|(?-i:m)(?=[.,;:)]|$| (?:from|to|of|above|below|away|long|wide|high|deep|tall|vom|von|zum|entfernt|lang|breit"
    r"|hoch|tief"
    r"|de|du|del|da|dal|dalla|di)\b)"
)  # fmt: skip
_EASTERN: Final = "|".join(sorted((re.escape(u) for u in UNITS if re.search(f"[{EAST}]", u)), key=len, reverse=True))
UNIT: Final = re.compile(
    rf"(?P<close>{_LATIN})(?![^\W{EAST}])|(?P<east>{_EASTERN}|日(?=以内|後|前|分|で(?!す)|の猶予)|パーセント|％)"
    rf"|(?P<gap>[ \u00a0\u202f-])(?!full[ -]time)(?:(?:full|whole|entire|consecutive|straight|volle|ganze|more"
    rf"|weitere|further"
    rf"|extra)[ -])?"
    rf"(?:(?!full[ -]?time)(?P<long>{_LONG})|(?P<apart>{_APART}))(?![^\W{EAST}]|[$€£¥])",
    re.I,
)
