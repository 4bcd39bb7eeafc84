"""What stands around a quantity: what is counted, per what, which way it moved, and how it is bounded. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from app.assistant.vocabulary import (
    AT_LEAST,
    AT_MOST,
    COUNTED,
    DOWN,
    EAST_DOWN,
    EAST_UP,
    LOSS,
    MISTAKE,
    NEUTRAL,
    PER_TIME,
    PROFIT,
    STOP,
    UP,
    WAITING,
    meaning,
    stem,
)

_EAST: Final = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE: Final = re.compile(
    r"(?<=[;!?。！？；\n])|(?<=[.:])(?=\s)|(?<=,)(?=\s)|(?<=、)"
    r"|(?= (?:and(?! a half)|but|while|whereas|und|aber|während|mais|tandis|pero|mientras|mas|enquanto)\s)"
)
_SENTENCE: Final = re.compile(r"(?<=[!?。！？\n])|(?<=\.)(?=\s+[^\W\d_a-z]|\s*$)")
_TIMES: Final = "|".join(sorted(map(re.escape, PER_TIME), key=len, reverse=True))
_WORKING: Final = (
    r"(?:working|business|work)[ -]days?|arbeitstag|werktag|jour ouvr(?:é|able)|d[ií]a (?:h[áa]bil|laborable)"
    r"|dia [úu]til"
    r"|営業日|工作日"
)
_EACH: Final = (
    r"per|a|an|one|each|every|pro|je|jede[rnms]?|par|chaque|por|cada|al|a la|à la|ao|à|am|im|in der|alle|for each"
    r"|for every|l[’']|all[’']|ogni|elke"
)
_GAP_WORD: Final = r"(?:[ -](?!(?:per|each|every|pro|par|por|je|cada|chaque)\b)[^\W\d_][\w'’-]*)"
_PER: Final = re.compile(
    rf"(?P<gap4>{_GAP_WORD}{{0,3}}?)\s?/\s?(?:(?P<slash_working>{_WORKING})|(?P<slash>[^\W\d_]+\.?))"
    rf"|(?P<gap>{_GAP_WORD}{{0,4}}?)[ ](?:(?P<lead>{_EACH})\s?)"
    rf"(?:(?P<working>{_WORKING})s?|(?P<time>{_TIMES})s?)(?![\w-])"
    rf"|(?P<gap3>{_GAP_WORD}{{0,3}}?)[ ](?:per|pro|par|por|each|every|cada|chaque"
    rf"|je)[ ](?P<thing>[^\W\d_]+)(?:[ ](?P<noun>[^\W\d_]+))?"
    r"|[ ]an?[ ](?P<article>[^\W\d_]+)"
    rf"|(?P<gap2>{_GAP_WORD}{{0,3}}?)[ ](?P<adverb>hourly|daily|weekly|fortnightly|monthly|quarterly|yearly"
    r"|annually|p\.a\.|täglich|wöchentlich|monatlich|jährlich)(?!\w)",
    re.I,
)
_PER_ANYWHERE: Final = re.compile(
    rf"(?<!\w)(?:(?:{_EACH})\s?|/\s?)(?:(?P<working>{_WORKING})|(?P<time>{_TIMES}))(?![\w-])"
    r"|\b(?P<adverb>hourly|daily|weekly|monthly|quarterly|yearly|annual(?:ly)?|p\.a\.|(?:täg|wöchent|monat"
    r"|jähr)lich(?:e[nrs]?)?"
    r"|mensuel(?:le)?|annuel(?:le)?|mensual|semanal|diario|diaria|anual|mensal)\b"
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
    "annuel": "year", "p.a": "year",
}  # fmt: skip
_MORE: Final = frozenset({"more", "additional", "further", "extra", "new", "other", "weitere", "neue"})
_COUNTERS: Final = re.compile("件|個|台|つ|名|人|社|本|回|ヶ所|か所|个|家|位|名样")
_EAST_COUNTED: Final = sorted((word for word in COUNTED if _EAST.search(word)), key=len, reverse=True)
_LABEL: Final = re.compile(
    r"((?:[^\W\d_][\w'’-]*[ ]){0,4}[^\W\d_][\w'’-]*)[ ]?(?::|=|[ ](?:is|are|was|were|sind|ist|sont|son|são))[ ]$"
)


@dataclass(frozen=True)
class Surroundings:
    """`counted` is what is counted, "" where nothing was said; `sure` whether that is certainly the thing counted.
    `words` are all words of its clause, `per` what it is per, `sentence_per` what its sentence counts by."""

    counted: str = ""
    sure: bool = False
    modifiers: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    per: frozenset[str] = frozenset()
    sentence_per: frozenset[str] = frozenset()
    movement: int = 0
    balance: int = 0
    out_of: str = ""
    """The whole that it is so many of: "40" in "3 of 40"."""
    topic: str = ""
    """Whether its clause speaks of waiting or of a mistake; "" for neither or both."""


NOWHERE: Final = Surroundings()


@dataclass(frozen=True)
class Clause:
    """A part of a sentence that one statement fits in."""

    start: int
    text: str
    sentence: str

    @cached_property
    def words(self) -> frozenset[str]:
        found = {meaning(m[0]) for m in _WORD.finditer(self.text)}
        found |= {COUNTED[word] for word in _EAST_COUNTED if len(word) > 1 and word in self.text}
        return frozenset(found)

    @cached_property
    def all_words(self) -> frozenset[str]:
        """Those of its sentence: a share says of what elsewhere in it."""
        return frozenset(meaning(m[0]) for m in _WORD.finditer(self.sentence)) | self.words

    @cached_property
    def every(self) -> frozenset[str]:
        """What the clause says it of, each time: "every week", "jeden Tag"."""
        return frozenset(
            _per_of(m) for m in _PER_ANYWHERE.finditer(self.text) if _STRONG.match(m[0]) and not _OTHER.match(m[0])
        )

    @cached_property
    def topic(self) -> str:
        """Of its clause; where that names neither, of the label before a colon."""
        label, colon, _ = self.sentence.partition(": ")
        for text in (self.text, label if colon and self.text not in label else ""):
            found = [name for name, words in (("waiting", WAITING), ("mistake", MISTAKE)) if words.search(text)]
            if found:
                return found[0] if len(found) == 1 else ""
        return ""

    @cached_property
    def pers(self) -> frozenset[str]:
        things = {meaning(word) for m in _EACH_THING.finditer(self.sentence) for word in m[1].split()}
        return frozenset(_per_of(m) for m in _PER_ANYWHERE.finditer(self.sentence) if not _OTHER.match(m[0])) | things

    def around(
        self, text: str, start: int, number_end: int, end: int, *, money: bool, percent: bool, language: str | None
    ) -> Surroundings:
        counted, sure, modifiers = (
            ("", False, frozenset[str]()) if money else _counted(text, end, start, language, percent)
        )
        after = text[end : end + 80]
        return Surroundings(
            counted, sure, modifiers, self.all_words if percent else self.words,
            _pers(text, start, after) | self.every, self.pers,
            _nearest(self.text, start - self.start, UP, DOWN, EAST_UP, EAST_DOWN),
            _nearest(self.text, start - self.start, PROFIT, LOSS, None, None),
            _out_of(after), self.topic,
        )  # fmt: skip


@lru_cache(maxsize=64)
def clauses(text: str) -> list[Clause]:
    """A text in clauses, in order."""
    found: list[Clause] = []
    at = 0
    for sentence in _cut(_SENTENCE, text):
        inner = at
        for clause in _cut(_CLAUSE, sentence):
            found.append(Clause(inner, clause, sentence))
            inner += len(clause)
        at += len(sentence)
    return found or [Clause(0, text, text)]


_EACH_THING: Final = re.compile(
    r"\b(?:each|every|per|an?|one|jede[rnms]?|pro|chaque|par|cada|por) ([^\W\d_]+(?: [^\W\d_]+)?)", re.I
)
_OTHER: Final = re.compile(r"(?:every|each) second$", re.I)
"""Every other one, and no rate."""
_STRONG: Final = re.compile(r"each|every|jede|chaque|cada|毎|每|ogni|elke", re.I)
_SMALL: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_OUT_OF: Final = re.compile(
    r" (?:out )?(?:of|von|sur|de|di) (?:the |our |all |unseren |nos |nuestros )?"
    rf"(\d[\d,.]*\d|\d|(?:{'|'.join(_SMALL)})\b)"
)


def _out_of(after: str) -> str:
    m = _OUT_OF.match(after)
    if m is None:
        return ""
    return str(_SMALL.index(m[1]) + 1) if m[1] in _SMALL else re.sub(r"[.,]", "", m[1])


def _cut(pattern: re.Pattern[str], text: str) -> list[str]:
    cuts = [0, *sorted({m.start() for m in pattern.finditer(text)} - {0}), len(text)]
    return [text[a:b] for a, b in pairwise(cuts) if b > a]


_DENIED: Final = re.compile(r"(?:n['’]t|\b(?:not|cannot|never|nicht|pas|no|não))\b[^.,;]{0,24}$", re.I)


def bound_of(text: str, start: int, end: int) -> int:
    """-1 where a figure is said to be the most, +1 where it is said to be the least; "not more than" turns it."""
    before, after = text[max(0, start - 56) : start], text[end : end + 6]
    least, most = AT_LEAST.search(before), AT_MOST.search(before)
    if after.startswith("以上"):
        return 1
    if after.startswith(("以下", "未満", "以内")):
        return -1
    if least is None and most is None:
        return 0
    began = min(one.start() for one in (least, most) if one is not None)
    bound = 1 if least is not None and least.start() == began else -1
    return -bound if _DENIED.search(before[:began]) else bound


NEAR: Final = 300
"""Characters on either side in which a word is near a figure."""


def _nearest(
    clause: str, at: int, plus: frozenset[str], minus: frozenset[str], east_plus: re.Pattern[str] | None,
    east_minus: re.Pattern[str] | None,
) -> int:  # fmt: skip
    """+1 or -1 by the word nearest to a place in its clause; 0 where neither is near."""
    begin = max(0, at - NEAR)
    clause, at = clause[begin : at + NEAR], at - begin  # a text of figures alone is one clause without an end
    found: list[tuple[int, int]] = []
    for m in _WORD.finditer(clause):
        low = m[0].lower()
        if low in plus or low in minus:
            found.append((abs((m.end() if m.end() <= at else m.start()) - at), 1 if low in plus else -1))
    for pattern, side in ((east_plus, 1), (east_minus, -1)):
        if pattern:
            found += [(abs(m.start() - at), side) for m in pattern.finditer(clause)]
    return min(found)[1] if found else 0


def _per_of(m: re.Match[str]) -> str:
    if m["working"]:
        return "working day"
    if m["time"]:
        return PER_TIME.get(m["time"].lower().rstrip("."), "year")
    east = m["east"] or m["east2"] or m["east3"]
    if east:
        return _EAST_PER[east]
    return _adverb(m["adverb"])


def _adverb(word: str) -> str:
    low = word.lower()
    return next((unit for head, unit in _ADVERBS.items() if low.startswith(head)), "") or PER_TIME.get(low, low)


def _thing(word: str, noun: str | None) -> str:
    """What it is per: "user" of "per user", "laptop" of "per returned laptop"."""
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


def _pers(text: str, start: int, after: str) -> frozenset[str]:
    found: set[str] = set()
    at = 0
    while True:
        if found and (joined := _AND_PER.match(after, at)):
            found.add(PER_TIME.get(joined[1].lower(), "year"))
            at = joined.end()
        m = _PER.match(after, at)
        if m is None:
            break
        gap = m["gap"] or m["gap2"] or m["gap3"] or ""
        if any(word.lower() in ("and", "or", "but", "in", "for", "und", "et", "after", "from") for word in gap.split()):
            break
        if m["slash"] or m["slash_working"]:
            word = (m["slash"] or "").lower().rstrip(".")
            found.add("working day" if m["slash_working"] else PER_TIME.get(word) or meaning(word))
        elif m["working"]:
            found.add("working day")
        elif m["time"]:
            found.add(PER_TIME.get(m["time"].lower().rstrip("."), "year"))
        elif m["article"]:
            if m["article"].lower() not in COUNTED:
                break
            found.add(meaning(m["article"]))
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


def _counted(
    text: str, end: int, start: int, language: str | None, percent: bool
) -> tuple[str, bool, frozenset[str]]:  # fmt: skip
    """What is counted, whether that is certain, and the words that narrow it."""
    after = text[end : end + 80]
    if after.startswith(")") and text[max(0, start - 1) : start] == "(":
        after = after[1:]
    if _EAST.match(after[:1]) or (_EAST.search(text[max(0, start - 1) : start])):
        return (*_eastern(text, start, end), frozenset())
    words = _run(after, percent)
    if words is not None:
        head, sure = _head(words, language)
        sure = sure or percent
        if head is not None:
            return meaning(words[head]), sure, frozenset(stem(w) for w in words[:head] if w.lower() not in NEUTRAL)
    label = _LABEL.search(text[max(0, start - 60) : start])
    if label and not percent:
        named = [word for word in _WORD.findall(label[1]) if word.lower() not in STOP]
        head, sure = _head(named, language) if named else (None, False)
        if head is not None and sure:
            return meaning(named[head]), True, frozenset()
    return "", False, frozenset()


_OF: Final = re.compile(
    r"[ ](?:(?:of|der|unserer|von|des|de|del|do|da|dos|das|aller|di|van)[ ]|d[’'])"
    r"(?:(?:the|our|all|its|their|these|those|les|nos|los|las|nuestros|nossos|os|as|unseren)[ ])*",
    re.I,
)


def _run(after: str, percent: bool) -> list[str] | None:
    """The words right behind a figure, up to where its noun phrase ends. Of a share only what it is a share of."""
    of = _OF.match(after)
    if percent and of is None:
        direct = re.match(r"[ ]([^\W\d_]+)", after)
        if direct and direct[1].lower() in COUNTED:
            return [direct[1]]
        return None
    at = of.end() - 1 if of else 0
    if of and after[at : at + 1] != " ":
        at = of.end()
        after = after[:at] + " " + after[at:]
    words: list[str] = []
    while m := re.compile(r"[ \u00a0-]([^\W\d_]+(?:[’'-][^\W\d_]+)*)").match(after, at):
        low = m[1].lower()
        if (low in STOP and low not in _MORE) or len(words) == 5 or _EAST.match(m[1]):
            break
        words.append(m[1])
        at = m.end()
    return words or None


def _head(words: list[str], language: str | None) -> tuple[int | None, bool]:
    for i, word in enumerate(words):
        if word.lower() in COUNTED and not (i + 1 < len(words) and words[i + 1].lower() in COUNTED):
            return i, True
    if language == "de":
        capital = next((i for i, word in enumerate(words) if word[0].isupper()), None)
        if capital is not None:
            return capital, True
    for i, word in enumerate(words):
        low = word.lower()
        if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "ous")) and low not in PER_TIME:
            return i, True
    return (0, False) if words else (None, False)


def _eastern(text: str, start: int, end: int) -> tuple[str, bool]:
    """The noun behind the counter, before the figure, or the counter itself."""
    after = text[end : end + 16]
    counter = _COUNTERS.match(after)
    rest = after[counter.end() :] if counter else after
    behind = rest[1:] if rest.startswith(("の", "的")) else rest
    for word in _EAST_COUNTED:
        if behind.startswith(word) and len(word) > (0 if rest != behind else 1):
            return COUNTED[word], True
    before = text[max(0, start - 8) : start].rstrip("はがをも約の：: ")
    for word in _EAST_COUNTED:
        if len(word) > 1 and before.endswith(word):
            return COUNTED[word], True
    for word in _EAST_COUNTED:
        if after.startswith(word) and word not in ("件", "個", "台", "社"):
            return COUNTED[word], True
    if counter and counter[0] == "社":
        return "company", True
    m = re.match(r"[ ]?([A-Za-z]+)", rest)
    return (meaning(m[1]), m[1].lower() in COUNTED) if m else ("", False)
