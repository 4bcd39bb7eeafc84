"""Each sentence of a draft, held against the sources that it names. Pure, and no model's judgement.

Figures and dates that the cited sources do not let stand are struck in their place. A sentence is dropped whole where
it says the opposite of its source, names somebody nobody wrote of, puts words into the wrong mouth, or says that
somebody approved, signed, agreed or decided and only a thread has it: that takes the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.assistant.approvals import DONE, recorded, says_approved
from app.assistant.around import Clause, clauses
from app.assistant.counted import eastern_counted
from app.assistant.dates import dates
from app.assistant.drafts import Dropped, Sentence, Source, Why
from app.assistant.figures import standing, strike
from app.assistant.mouths import another_mouth, begins_with_stranger
from app.assistant.plain import plain
from app.assistant.sides import side_of
from app.assistant.told import cause_turned, done_too_soon
from app.assistant.vocabulary import COUNTED, DOWN, EAST_DOWN, EAST_UP, STOP, UP, alike, meaning

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NOT: Final = re.compile(
    r"\b(?:still (?:has|have|needs?) to|(?:has|have|is|are) yet to|remains? to be|unchanged|unverändert|inchangée?s?"
    r"|impossible|unable to|not|no|never|without|cannot|nobody|none|neither|nor|nothing|unable|kein(?:e[nmrs]?)?"
    r"|nicht|nie"
    r"|niemand|ohne"
    r"|pas|jamais|sans|aucune?|nunca|sin|ningún|ninguna|não|sem|nenhuma?|jamás)\b|n['’]t\b|ない|ません|なく",
    re.I,
)
_NEITHER: Final = re.compile(
    r"\b(?:no (?:objections?|concerns?|problems?|issues?)|nothing against|not only|no\. ?\d|whether or not)\b", re.I
)
_LIMIT: Final = re.compile(
    r"\b(?:not|no|never|cannot)\b.{0,24}\bthan\b|n['’]t\b.{0,24}\bthan\b|\b(?:below|above|at most)\b", re.I
)
"""A denial that is a limit: "can't handle more than 120" says that it can handle 120."""


@dataclass(frozen=True)
class Checked:
    """A sentence as it may be shown, or None and why it was dropped; what was struck in it."""

    sentence: Sentence | None
    struck: tuple[str, ...] = ()
    dropped: Dropped | None = None


def check(text: str, cited: Sequence[Source], sources: Sequence[Source]) -> Checked:
    """One sentence against the sources it cites; where it cites none, against those that say it."""
    text = plain(text, [piece for source in sources for piece in (source.label, source.text)]).strip()
    resting = tuple(cited) or supporting(text, sources)
    against = [_whole(one) for one in (resting or sources)]
    why = _wrong(text, resting, sources)
    if why is not None:
        return Checked(None, dropped=Dropped(text, why))
    found = strike(text, against)
    return Checked(Sentence(found.text.strip(), resting), found.struck)


def supporting(text: str, sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources that a sentence without any most likely rests on: that share its words and let its figures
    stand."""
    mine = _content(text)
    ranked: list[tuple[float, int]] = []
    for at, source in enumerate(sources):
        shared = len(mine & _content(_whole(source)))
        stands, _ = standing(text, [_whole(source)])
        if stands or shared >= min(2, len(mine)) > 0:
            ranked.append((shared / max(1, len(mine)) + stands, -at))
    ranked.sort(reverse=True)
    chosen: list[Source] = []
    open_ = sum(standing(text, [])) + 1
    for _, at in ranked[:12]:
        _, struck = standing(text, [_whole(one) for one in [*chosen, sources[-at]]])
        if struck < open_:
            chosen.append(sources[-at])
            open_ = struck
        if open_ == 0:
            break
    return tuple(chosen)


def _whole(source: Source) -> str:
    return f"{source.label}: {source.text}"


@lru_cache(maxsize=2048)
def _content(text: str) -> frozenset[str]:
    """The words of a text that carry what it says, by their stems."""
    words = {
        meaning(m[0])
        for m in _WORD.finditer(text)
        if m[0].lower() not in STOP and len(m[0]) > 2 and not _NOT.search(m[0])
    }
    return frozenset(words | eastern_counted(text))


def _wrong(text: str, cited: Sequence[Source], sources: Sequence[Source]) -> Why | None:
    if says_approved(text) and not recorded(names_in(text), cited):
        return "approval"
    if stranger(text, sources):
        return "name"
    if _misattributed(text, cited) or another_mouth(text, cited):
        return "name"
    told = [one.text for one in cited]
    if _other_topic(text, cited) or cause_turned(text, told) or done_too_soon(text, told):
        return "direction"
    for clause in clauses(text):
        if _turned(clause, cited) or _opposed(clause, cited):
            return "direction"
        if _denied(clause, cited):
            return "negation"
    return "direction" if _dates_turned(text, cited) else None


def _other_topic(text: str, cited: Sequence[Source]) -> bool:
    """Whether a cost of waiting has become a mistake's, or the other way round."""
    mine = {clause.topic for clause in clauses(text)} - {""}
    theirs = {clause.topic for one in cited for clause in clauses(_whole(one))} - {""}
    return len(mine) == 1 and len(theirs) == 1 and mine != theirs


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────

_NO_NAMES: Final = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec
    i we vp slt ceo cfo cto coo api sla slo kpi nps gmv arr mrr eu us uk usa ok""".split()  # noqa: SIM905
)
_SAID: Final = (
    r"said|says|wrote|writes|asks?|asked|thinks|believes|warns|warned|reports?|reported|measured|measures|estimates"
    r"|estimated|proposes|proposed|suggests|suggested|confirms|confirmed|recommends|recommended|wants|wanted|objects"
    r"|objected|found|argues|argued"
)
_SAYS: Final = re.compile(rf"\b(?P<who>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(?: \([^)]*\))? (?:{_SAID})\b")
_ACCORDING: Final = re.compile(r"\b(?:according to|per|as) (?P<who>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)\b")
_STARTS: Final = re.compile(r"(?:^|[.!?:;\n“\"(–—-])\s*$")


def names_in(text: str) -> list[str]:
    """Capitalised words that are most likely names: inside a sentence, or before what only a person does."""
    found: list[str] = []
    for m in _WORD.finditer(text):
        word = m[0].removesuffix("'s").removesuffix("’s")
        if not word[0].isupper() or word.lower() in _NO_NAMES or len(word) < 2:
            continue
        if word.isupper() and len(word) <= 5:
            continue
        following = text[m.end() : m.end() + 24]
        begins = bool(_STARTS.search(text[: m.start()]))
        if begins and word.lower() in STOP:
            continue
        person = re.match(
            rf"(?: [A-Z][a-z]+)?(?: \([^)]*\))? (?:{_SAID}|{DONE}|agrees|approves|leads|owns)\b", following
        )
        if not begins or person or re.match(r" [A-Z][a-z]+", following):
            found.append(word)
    return found


def stranger(text: str, sources: Sequence[Source]) -> str | None:
    """A name in a sentence that no source wrote; None where there is none."""
    known = {m[0].lower().removesuffix("'s").removesuffix("’s") for one in sources for m in _WORD.finditer(_whole(one))}
    known |= {part for word in known for part in re.split("[-'’]", word)}
    for name in names_in(text):
        low = name.lower()
        if low in known or low in COUNTED or all(part in known for part in re.split("[-'’]", low)):
            continue
        if not any(alike(meaning(low), meaning(word)) for word in known if word[:3] == low[:3]):
            return name
    return text.split(" ", 1)[0] if begins_with_stranger(text, frozenset(known)) else None


def _misattributed(text: str, cited: Sequence[Source]) -> bool:
    """Whether it says of somebody what the cited sources have from somebody else."""
    if not cited:
        return False
    words = {m[0].lower() for one in cited for m in _WORD.finditer(_whole(one))}
    for pattern in (_SAYS, _ACCORDING):
        for m in pattern.finditer(text):
            parts = [part.lower() for part in m["who"].split()]
            if any(part in STOP or part in _NO_NAMES for part in parts) or len(parts[0]) < 2:
                continue
            if not any(part.removesuffix("'s") in words for part in parts):
                return True
    return False


# ── direction and negation ──────────────────────────────────────────────────────────────────────────────


def _way(clause: str) -> int:
    """+1 where a clause says that something rose, -1 where it fell, 0 for neither or both."""
    words = {m[0].lower() for m in _WORD.finditer(clause)}
    up = bool(words & UP) or bool(EAST_UP.search(clause))
    down = bool(words & DOWN) or bool(EAST_DOWN.search(clause))
    return (up - down) * (-1 if _NOT.search(clause) else 1)


def _subject(clause: str) -> frozenset[str]:
    """What a clause speaks of, without how it moved."""
    return frozenset(word for word in _content(clause) if word not in _MOVES)


_MOVES: Final = frozenset(meaning(word) for word in UP | DOWN)


def _near(clause: Clause, cited: Iterable[Source], words: frozenset[str]) -> list[tuple[float, str]]:
    """Clauses of the sources that speak of the same, with how much of the smaller one they share."""
    found = []
    for one in cited:
        for other in clauses(_whole(one)):
            theirs = _subject(other.text)
            shared = len(words & theirs)
            if words and theirs and shared >= min(2, len(words), len(theirs)):
                found.append((shared / min(len(words), len(theirs)), other.text))
    return found


def _turned(clause: Clause, cited: Sequence[Source]) -> bool:
    """Whether its sources say that the same thing moved the other way, and none that it moved so."""
    way = _way(clause.text)
    if way == 0:
        return False
    near = [text for share, text in _near(clause, cited, _subject(clause.text)) if share >= 0.5]
    ways = {_way(text) for text in near}
    return way not in ways and (-way in ways or any(_FLAT.search(text) for text in near))


_FLAT: Final = re.compile(
    r"\b(?:not|n['’]t) change|\bunchanged\b|\bstay(?:s|ed)? (?:the same|flat|level|stable)|\b(?:is|was|are|were) flat\b"
    r"|\bno change\b|\bunverändert\b|\binchangée?s?\b|\bsin cambios\b|\bsem alteração\b|変わらな|横ばい",
    re.I,
)


_OPPOSITES: Final = (
    (
        "begins begin began starts start started opens open opened",
        "ends end ended stops stop stopped closes close closed",
    ),
    (
        "keeps keep kept stays stay",
        "drops drop dropped removes remove removed deletes delete deleted",
    ),
    ("accepts accept accepted", "rejects reject rejected refuses refuse refused declines decline declined"),
    ("cheaper", "dearer costlier pricier"),
    ("faster quicker", "slower"),
    ("better best improves improve improved", "worse worst worsens worsen worsened"),
    ("possible", "impossible"),
    ("allows allow allowed permits permit permitted", "forbids forbid forbidden bans ban banned prohibits prohibit"),
    ("reversible", "irreversible"),
    ("supports support supported favours favour", "opposes oppose opposed objects object objected"),
    ("wins win won", "loses lose lost"),
    ("safe safer", "unsafe dangerous risky riskier"),
    ("available", "unavailable"),
    ("passes pass passed succeeds succeed succeeded", "fails fail failed"),
    ("above", "below"),
    ("earlier early", "later late"),
    ("minimum least", "maximum most"),
    ("legal", "illegal"),
    ("complete completed finished", "incomplete unfinished"),
    ("enabled", "disabled"),
    ("new newer latest", "old older legacy previous former"),
    ("internal", "external"),
    ("public", "private"),
    ("domestic", "foreign"),
    ("manual manually", "automatic automatically automated"),
    ("online", "offline"),
    ("cheap", "expensive"),
    ("mandatory required", "optional"),
    ("temporary temporarily", "permanent permanently"),
    ("always", "rarely seldom"),
)
"""Words of which one says the opposite of the other."""


def _opposed(clause: Clause, cited: Sequence[Source]) -> bool:
    """Whether a word is the opposite of its sources' word, where they speak of the same."""
    mine = {m[0].lower() for m in _WORD.finditer(clause.text)}
    for one, other in _SIDES:
        for said, opposite in ((one, other), (other, one)):
            if not mine & said or mine & opposite:
                continue
            rest = frozenset(word for word in _subject(clause.text) if word not in _stems(one | other))
            near = [text for share, text in _near(clause, cited, rest) if share >= 0.6]
            near = _of_the_same(clause.text, near, cited)
            theirs = [{m[0].lower() for m in _WORD.finditer(text)} for text in near]
            against = [words & opposite and not words & said for words in theirs]
            if any(against) and not any(words & said for words in theirs):
                negated = _negative(clause.text)
                return all(
                    _negative(text) == negated for text, is_against in zip(near, against, strict=True) if is_against
                )
    return False


def _of_the_same(clause: str, near: list[str], cited: Sequence[Source]) -> list[str]:
    """Of clauses those that speak of whom it speaks of, where another speaks of somebody else: Finance, and Sales."""
    first = _first(clause)
    if first in STOP or first not in {_first(one.text) for source in cited for one in clauses(source.text)}:
        return near
    return [text for text in near if _first(text) == first]


def _first(text: str) -> str:
    return next((m[0].lower() for m in _WORD.finditer(text)), "")


_SIDES: Final = tuple((frozenset(one.split()), frozenset(other.split())) for one, other in _OPPOSITES)


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(meaning(word) for word in words)


def _denied(clause: Clause, cited: Sequence[Source]) -> bool:
    """Whether it denies what its sources say, or says what they deny."""
    if _way(clause.text) != 0 or _LIMIT.search(clause.text):
        return False  # "did not fall" and "rose" are looked at above
    labels = {word for one in cited for word in _content(one.label)}
    words, same = frozenset(_subject(clause.text) - labels), list[str]()
    for _, text in _near(clause, cited, words):
        theirs = _subject(text)
        shared = len(words & theirs)
        if shared >= 2 and shared >= 0.6 * len(words) and shared >= 0.5 * len(theirs) and not _LIMIT.search(text):
            same.append(text)
    if _SOFTLY.search(clause.text) or any(_SOFTLY.search(text) for text in same):
        return False  # "fails" is "does not work"
    if len(_NOT.findall(_NEITHER.sub(" ", clause.text))) > 1:
        # "without it we can't" says neither, unless its source is without it too, and can.
        without = _WITHOUT.search(clause.text) and all(_WITHOUT.search(text) for text in same)
        return bool(same and without and all(not _negative(_WITHOUT.sub(" ", text)) for text in same))
    mine = _negative(clause.text)
    return bool(same) and all(_negative(text) != mine for text in same)


_WITHOUT: Final = re.compile(r"\b(?:without|ohne|sans|sin|sem|senza|zonder)\b", re.I)
_SOFTLY: Final = re.compile(
    r"\b(?:fail(?:s|ed|ing)?|spared|unaffected|lack(?:s|ing)?|missing|absent|prevents?|avoids?|exempt|free of"
    r"|escap\w+|refus\w+"
    r"|ausgenommen|verschont|fehl\w+|épargn\w+|manqu\w+|falla\w*|falta\w*|falha\w*)\b",
    re.I,
)
"""Words that deny without a denial."""


def _negative(text: str) -> bool:
    return len(_NOT.findall(_NEITHER.sub(" ", text))) % 2 == 1


# ── before and after ────────────────────────────────────────────────────────────────────────────────────


def _sides(text: str) -> dict[frozenset[tuple[object, ...]], int]:
    found = {}
    for one in dates(text):
        found[one.reading.lends] = side_of(text, one.start)
    return found


def _dates_turned(text: str, cited: Sequence[Source]) -> bool:
    """Whether "before a day" has become "after it"."""
    theirs = [pair for one in cited for pair in _sides(_whole(one)).items()]
    for lends, side in _sides(text).items():
        same = {other for senses, other in theirs if lends & senses & _days(lends)}
        if side and -side in same and side not in same:
            return True
    return False


def _days(senses: frozenset[tuple[object, ...]]) -> frozenset[tuple[object, ...]]:
    return frozenset(sense for sense in senses if sense[0] in ("day", "open day"))
