"""Whether a figure is what something changed by, or what it changed to; exactly it, or all of it. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from app.assistant.vocabulary import DOWN, UP

_ROUGHLY: Final = (
    r"(?:about|around|roughly|some|nearly|almost|approximately|another|over|more than|up to|an? (?:total"
    r"|average) of|rund"
    r"|etwa|ca\.?|knapp|environ|près de|unos|unas|casi|cerca de|circa|ongeveer|ungefähr|mais|más|plus)?"
)
_MORE_VERBS: Final = (
    r"rais\w+|extend\w*|lengthen\w*|shorten\w*|lift\w*|bump\w*|slash\w*|went|goes|go|gone|chang\w+|mov\w+|expand\w*"
    r"|double\w*|ris\w+|swell\w*|widen\w*|narrow\w*|doubl\w+|bring\w*|brought|trim\w*|lower\w*|cutt?\w*|reduc\w+"
    r"|ease\w*"
    r"|erhöh\w+|senk\w+|verläng\w+|verkürz\w+|kürz\w+|heb\w+|anheb\w+|angehoben|augment\w+|pass\w+|prolong\w+|rédui\w+"
    r"|port\w+|subi\w*|baj\w+|ampli\w+|reduc\w+|aument\w+|pas[óo]u?|reduz\w+|sub\w+|alarg\w+|ridott\w+|sal\w+|sceso"
    r"|verhoog\w*|verlaag\w*|gestegen|gedaald|steg|dalen"
)
_VERB: Final = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(sorted(UP | DOWN, key=len, reverse=True))}|{_MORE_VERBS})(?![^\W\d_])", re.I
)
_BY: Final = re.compile(rf"\b(?:by|um|de|d['’]|en|em|del|dello|di|met)\s{_ROUGHLY}\s?[$€£¥]?\s?$", re.I)
_TO: Final = re.compile(rf"\b(?:to|auf|à|a|al|hasta|para|até|naar|tot)\s{_ROUGHLY}\s?[$€£¥]?\s?$", re.I)
_BARE: Final = re.compile(
    r"\b(?:rose|grew|fell|dropped|increased|decreased|declined|climbed|jumped|shrank|up|down|higher|lower|gained|lost)"
    rf"\s{_ROUGHLY}\s?[$€£¥]?\s?$",
    re.I,
)
_EAST_BY: Final = re.compile(r"^(?:の?(?:増|減|上昇|低下|下落|増加|減少|アップ|ダウン|引き上げ|引き下げ|延長|短縮)|分)")
_EAST_TO: Final = re.compile(r"^(?:に|へ|まで)(?:増|減|上昇|低下|下落|伸|引き|延|短|上が|下が|なっ)")
_BEHIND: Final = re.compile(
    r"^ (?:higher|lower|more|less|increase|decrease|rise|drop|fall|growth|decline|cut|longer|shorter)\b"
)


def change_of(text: str, start: int, end: int, clause: str) -> str:
    """ "by" or "to", where something changed by this much or to it; "" where neither is said."""
    after = text[end : end + 12]
    if _EAST_BY.match(after):
        return "by"
    if _EAST_TO.match(after):
        return "to"
    if _BEHIND.match(after):
        return "by"
    before = text[max(0, start - 40) : start]
    if _BARE.search(before):
        return "by"
    by, to = _BY.search(before), _TO.search(before)
    if (by or to) and not before.lower().rstrip().endswith((" by", " to")) and not _VERB.search(before):
        return ""
    if (by or to) and changes(clause):
        return "by" if by else "to"
    return ""


_COMPARES: Final = re.compile(
    r"\b(?:half|halv\w+|moitié|mitad|metade|metà|halbiert|divis\w+|loss|lost|lose|more|less|fewer|extra|additional|mehr"
    r"|weniger|plus|moins|más|menos|mais|più|meno|meer|minder|higher|lower|cheaper|faster|slower|longer|shorter"
    r"|better|worse"
    r"|saved?|savings?|spart|écono\w+|ahorr\w+|difference|delta|change)\b|[+]|[%％]?(?:増|減)",
    re.I,
)


@lru_cache(maxsize=2048)
def changes(clause: str) -> bool:
    """Whether a clause speaks of a change or compares."""
    return bool(_VERB.search(clause) or _COMPARES.search(clause))


_EXACTLY: Final = re.compile(
    r"\b(?:exactly|precisely|genau|exakt|exactement|précisément|exactamente|exatamente|esattamente"
    r"|precies)\s?[$€£¥]?\s?$"
    r"|(?:ちょうど|正好|恰好)$",
    re.I,
)
_ALL: Final = re.compile(
    r"\b(?:all(?: of)?(?: the| our| its| their)?|every one of (?:the|our)|alle|sämtliche|tous (?:les|nos)"
    r"|toutes (?:les|nos)"
    r"|todos (?:los|os|nuestros|nossos)|todas (?:las|as|nuestras|nossas)|tutti (?:i|gli|nostri)|tutte le"
    r"|al(?:le)? onze)\s$"
    r"|全$",
    re.I,
)
_PART: Final = re.compile(
    r"(?:(?:^|[.,;:!?]\s|\n)(?:out )?(?=(?:of|von|sur|de|di|van)\b)|(?:%|percent|per ?cent|prozent|\d|\b(?:half"
    r"|third|quarter|fifth|most|many|few|some|none|part|majority|one|two|three"
    r"|four|five|six|seven|eight|nine|ten|twelve|twenty|hälfte|drittel|viertel|moitié|tiers|quart|mitad|tercio|metade"
    r"|terço|metà|terzo|helft|ein|zwei|drei|deux|trois|dos|tres|dois|três|due|tre|\d+ [^\W\d_]{4,}))"
    r" (?:out )?)(?:of|von|der|unserer|de|des|di|dei|delle|van)(?: the| our| all| its| their| unseren| unserer| nos"
    r"| les| los"
    r"| las| nuestr[oa]s| nossos| nostri| de| onze)*\s$",
    re.I,
)


def exactly(text: str, start: int) -> bool:
    """Whether it is said to be this and no more or less."""
    return bool(_EXACTLY.search(text[max(0, start - 20) : start]))


def whole_of(text: str, start: int) -> int:
    """+1 where all of so many are meant, -1 where only a part of them is; 0 where neither is said."""
    before = text[max(0, start - 48) : start]
    return -1 if _PART.search(before) else 1 if _ALL.search(before) else 0


_LEVEL: Final = re.compile(
    r"\b(?:is|are|was|were|costs?|stands at|amounts to|at|beträgt|kostet|ist|liegt bei|est|coûte|es|cuesta|é|custa"
    r"|è|costa"
    r"|bedraagt)(?: (?:now|about|around))?\s[$€£¥]?$",
    re.I,
)
_MORE: Final = re.compile(
    r"^ (?:more|higher|longer|mehr|höher|länger|más|mais|de plus|plus|(?:in |di )?più|meer|hoger|faster)\b", re.I
)
_LESS: Final = re.compile(
    r"^ (?:less|fewer|lower|shorter|cheaper|weniger|niedriger|menos|(?:de )?moins|(?:in |di )?meno|minder)\b", re.I
)


def level(text: str, start: int) -> bool:
    """Whether something is said to be as much as this."""
    written = text[start : start + 1].isdigit() or text[start : start + 1] in "$€£¥"
    return written and bool(_LEVEL.search(text[max(0, start - 24) : start]))


def more_or_less(after: str) -> int:
    """+1 for so much more, -1 for so much less."""
    return 1 if _MORE.match(after) else -1 if _LESS.match(after) else 0


_INSTEAD: Final = re.compile(
    r"\b(?:instead of|rather than|(?:an)?statt|au lieu de|en (?:vez|lugar) de|em vez de|invece di|in plaats van"
    r"|down from|up from)"
    r" (?:the |current |usual |about )*[$€£¥]?$",
    re.I,
)
_BEFORE: Final = re.compile(
    r"\b(?:was|were|used to|before|from|previous(?:ly)?|former(?:ly)?|had been|until now|earlier|instead|rather"
    r"|bisher|vorher|zuvor|von|war"
    r"|avant|était|lieu|antes|era|vez|lugar|prima|invece|eerder|plaats|was)\b",
    re.I,
)


def replaced(text: str, start: int) -> bool:
    """Whether something else is said to be now: "10 days instead of 4"."""
    return bool(_INSTEAD.search(text[max(0, start - 32) : start]))


@lru_cache(maxsize=2048)
def of_before(sentence: str) -> bool:
    """Whether a sentence speaks of what was."""
    return bool(_BEFORE.search(sentence))
