"""What a quantity is per: a day, a user, an order. Pure."""

from __future__ import annotations

import re
from typing import Final

from app.assistant.vocabulary import COUNTED, LONG_UNITS, PER_TIME, STOP, UNITS, meaning

_TIMES: Final = "|".join(sorted(map(re.escape, PER_TIME), key=len, reverse=True))
_WORKING: Final = (
    r"(?:working|business|work)[ -]days?|arbeitstag|werktag|jour ouvr(?:é|able)|d[ií]a (?:h[áa]bil|laborable)"
    r"|dia [úu]til"
    r"|営業日|工作日"
)
_EACH: Final = (
    r"per|a|an|one|each|every|pro|je|jede[rnms]?|par|chaque|por|cada|al|a la|à la|ao|à|am|im|in der|alle|for each"
    r"|for every|ogni|elke"
)
_EACH_OF_MANY: Final = "per|each|every|pro|par|por|je|cada|chaque|for each|for every|alle|ogni|elke"
"""Those that may stand before a number: "a 8 s" is Spanish for "to 8 s"."""
_GAP_WORD: Final = r"(?:[ -](?!(?:per|each|every|pro|par|por|je|cada|chaque)\b)[^\W\d_][\w'’-]*)"
_MANY: Final = (
    r"\d[\d,.]*\d|\d|thousand|million|hundred|dozen|two|three|four|five|six|eight|ten|mille|tausend|mil|hundert"
)
_HOW_MANY: Final = {
    "thousand": "1000", "mille": "1000", "tausend": "1000", "mil": "1000", "million": "1000000", "hundred": "100",
    "hundert": "100", "dozen": "12", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "eight": "8",
    "ten": "10",
}  # fmt: skip
_PER: Final = re.compile(
    rf"(?P<gap4>{_GAP_WORD}{{0,3}}?)\s?/\s?(?:(?P<slash_working>{_WORKING})|(?P<slash>[^\W\d_]+\.?))"
    rf"|(?P<gap>{_GAP_WORD}{{0,4}}?)[ ](?:(?:{_EACH})\s|[ld]['’]|all['’])"
    rf"(?:(?P<working>{_WORKING})s?|(?P<time>{_TIMES})s?)(?![\w-])"
    rf"|(?P<gap5>{_GAP_WORD}{{0,3}}?)(?:[ ](?:{_EACH_OF_MANY})[ ]|\s?/\s?)(?P<many>{_MANY})[ ]?(?P<those>[^\W\d_]+)"
    rf"|(?P<gap3>{_GAP_WORD}{{0,3}}?)[ ](?:per|pro|par|por|each|every|cada|chaque"
    rf"|je)[ ](?P<thing>[^\W\d_]+)(?:[ ](?P<noun>[^\W\d_]+))?"
    r"|[ ]an?[ ](?P<article>[^\W\d_]+)"
    rf"|(?P<gap2>{_GAP_WORD}{{0,3}}?)[ ](?P<adverb>hourly|daily|weekly|fortnightly|monthly|quarterly|yearly"
    r"|annually|p\.a\.|(?:täg|wöchent|monat|jähr)lich(?:e[nrs]?)?|(?:mensuel|annuel|hebdomadaire|trimestriel)(?:le)?s?"
    r"|(?:mensual|semanal|anual|trimestral)(?:es)?|diari[oa]s?|diári[oa]s?|(?:mens|seman|anu|trimestr)ais|mensal"
    r"|mensil[ei]|settimanal[ei]|annual[ei]|giornalier[oi]|maandelijks|wekelijks|dagelijks|jaarlijks)(?!\w)",
    re.I,
)
_PER_ANYWHERE: Final = re.compile(
    rf"(?<!\w)(?:(?:{_EACH})\s|[ld]['’]|all['’]|/\s?)(?:(?P<working>{_WORKING})|(?P<time>{_TIMES}))(?![\w-])"
    r"|\b(?P<adverb>hourly|daily|weekly|monthly|quarterly|yearly|annual(?:ly)?|p\.a\.|(?:täg|wöchent|monat"
    r"|jähr)lich(?:e[nrs]?)?"
    r"|(?:mensuel|annuel|hebdomadaire|trimestriel)(?:le)?s?|(?:mensual|semanal|anual|trimestral)(?:es)?|diari[oa]s?"
    r"|diári[oa]s?|(?:mens|seman|anu|trimestr)ais|mensal|mensil[ei]|settimanal[ei]|maandelijks|wekelijks|dagelijks"
    r"|jaarlijks)\b"
    r"|(?:1|一|毎|每|一个|1か|一か)(?P<east>日|週間|週|周|か月|月|年|天|時間|四半期)(?:あたり|当たり|につき|に)?"
    r"|(?P<east2>日|週|月|年|四半期)(?:額|あたり|ごと)"
    r"|/(?P<east3>日|週|月|年|天|周)",
    re.I,
)
_EAST_PER: Final = {
    "日": "day", "天": "day", "週間": "week", "週": "week", "周": "week", "か月": "month", "月": "month", "年": "year",
    "時間": "hour", "四半期": "quarter",
}  # fmt: skip
_ADVERBS: Final = {
    "täg": "day", "wöchent": "week", "monat": "month", "jähr": "year", "annual": "year", "mensuel": "month",
    "annuel": "year", "p.a": "year", "mens": "month", "seman": "week", "settiman": "week", "hebdo": "week",
    "anu": "year",
    "diar": "day", "diár": "day", "giornal": "day", "trimestr": "quarter", "maandel": "month", "wekel": "week",
    "dagel": "day", "jaarl": "year",
}  # fmt: skip
_OTHER: Final = re.compile(r"(?:every|each) second$", re.I)
"""Every other one, and no rate."""
_STRONG: Final = re.compile(r"each|every|jede|chaque|cada|毎|每|ogni|elke", re.I)
_EACH_SO_MANY: Final = re.compile(
    rf"\b(?:each|every|per|pro|par|por|for|cada) (?P<many>{_MANY})[ ](?P<those>[^\W\d_]+)", re.I
)
_EACH_THING: Final = re.compile(
    r"\b(?:each|every|per|an?|one|jede[rnms]?|pro|chaque|par|cada|por) ([^\W\d_]+(?: [^\W\d_]+)?)", re.I
)


def said_by(clause: str) -> frozenset[str]:
    """What a clause says it of, each time: "every week", "jeden Tag"."""
    return frozenset(
        _per_of(m) for m in _PER_ANYWHERE.finditer(clause) if _STRONG.match(m[0]) and not _OTHER.match(m[0])
    )


def counted_by(sentence: str) -> frozenset[str]:
    """What a sentence counts by, wherever it says so."""
    many = {_so_many(m) for m in _EACH_SO_MANY.finditer(sentence)}
    things = {meaning(word) for m in _EACH_THING.finditer(sentence) for word in m[1].split()}
    return frozenset(_per_of(m) for m in _PER_ANYWHERE.finditer(sentence) if not _OTHER.match(m[0])) | things | many


def _per_of(m: re.Match[str]) -> str:
    if m["working"]:
        return "working day"
    if m["time"]:
        return PER_TIME.get(m["time"].lower().rstrip("."), "year")
    east = m["east"] or m["east2"] or m["east3"]
    if east:
        return _EAST_PER[east]
    return _adverb(m["adverb"])


def _so_many(m: re.Match[str]) -> str:
    """ "per 1,000 sessions" is "1000 session"."""
    many = _HOW_MANY.get(m["many"].lower()) or re.sub("[.,]", "", m["many"])
    return f"{many} {PER_TIME.get(m['those'].lower()) or meaning(m['those'])}"


def _adverb(word: str) -> str:
    low = word.lower()
    return next((unit for head, unit in _ADVERBS.items() if low.startswith(head)), "") or PER_TIME.get(low, low)


def _unit(word: str) -> str:
    """What a word behind "per" is: a span of time, a measure ("km" and "kilometre"), or a thing."""
    measure = UNITS.get(word) if len(word) > 1 or word in ("h", "d", "y", "t", "l", "g") else None
    return PER_TIME.get(word) or measure or meaning(word)


def _thing(word: str, noun: str | None) -> str:
    """What it is per: "user" of "per user", "laptop" of "per returned laptop"."""
    if noun is not None and f"{word} {noun.lower()}" in LONG_UNITS:
        return LONG_UNITS[f"{word} {noun.lower()}"]
    if UNITS.get(word) and len(word) > 1:
        return UNITS[word]
    if noun is None or word in COUNTED or noun.lower() in STOP or noun.lower() in PER_TIME:
        return meaning(word)
    return meaning(noun)


_AND_PER: Final = re.compile(rf" (?:and|und|et|y|e) ({_TIMES})(?![\w-])", re.I)
_BEFORE_PER: Final = re.compile(
    r"\b(hourly|daily|weekly|monthly|quarterly|yearly|annual|(?:täg|wöchent|monat|jähr)lich(?:e[nrs]?)?)[ ]"
    r"(?:[^\W\d_]+[ ]){0,3}[$€£¥]?$|(?:1|一|毎|每)(日|週間|週|周|か月|月|年|天)(?:あたり|当たり|につき|に)?[約]?$"
    r"|(日|週|月|年|四半期)(?:額|あたり|間|ごと)に?[約]?$",
    re.I,
)


_NO_GAP: Final = frozenset(
    """zu mit and or but in for und et after from within over takes take took lasts last lasted needs need needed
    have has had get gets got give gives given gave spend spends spent wait waits waited run runs dauert dauern
    brauchen braucht haben hat dure durent ont dura duran tarda tardan tiene tienen leva levam tem têm demora
    durano dura hanno duurt duren hebben is are was were""".split()  # noqa: SIM905
)
"""Words behind which something else begins than what a figure is per: "the 60-page draft takes a week"."""


def pers(text: str, start: int, after: str) -> frozenset[str]:
    """What the figure at `start` is per; `after` is what stands behind it."""
    found: set[str] = set()
    at = 0
    while True:
        if found and (joined := _AND_PER.match(after, at)):
            found.add(PER_TIME.get(joined[1].lower(), "year"))
            at = joined.end()
        m = _PER.match(after, at)
        if m is None:
            break
        gap = m["gap5"] or m["gap"] or m["gap2"] or m["gap3"] or ""
        if any(word.lower() in _NO_GAP for word in gap.split()):
            break
        if m["slash"] or m["slash_working"]:
            word = (m["slash"] or "").lower().rstrip(".")
            found.add("working day" if m["slash_working"] else _unit(word))
        elif m["many"]:
            found.add(_so_many(m))
        elif m["working"]:
            found.add("working day")
        elif m["time"]:
            found.add(PER_TIME.get(m["time"].lower().rstrip("."), "year"))
        elif m["article"]:
            low = m["article"].lower()
            if low not in COUNTED and not (low in UNITS and len(low) > 1):
                break
            found.add(_unit(low))
        elif m["thing"]:
            word = m["thing"].lower()
            if word in STOP or word in ("cent", "ciento", "cento"):
                break
            found.add(PER_TIME.get(word) or _thing(word, m["noun"]))
            if PER_TIME.get(word) or (m["noun"] and _thing(word, m["noun"]) == meaning(word)):
                at = m.end("thing")
                continue
        else:
            found.add(_adverb(m["adverb"]))
        at = m.end()
    if not found and (east := re.match(r"(?:円|元)?/(日|週|月|年|天|周)|(?:每|毎)(日|天|週|周|月|年)", after)):
        found.add(_EAST_PER[east[1] or east[2]])
    if not found and (m2 := _BEFORE_PER.search(text[max(0, start - 48) : start])):
        east_unit = m2[2] or m2[3]
        found.add(_EAST_PER[east_unit] if east_unit else _adverb(m2[1]))
    return frozenset(found)
