"""What a quantity counts: the noun behind a figure, before it, or behind its label. Pure."""

from __future__ import annotations

import re
from typing import Final

from app.assistant.nouns import PHRASES
from app.assistant.vocabulary import COUNTED, DOWN, NEUTRAL, PER_TIME, STOP, UP, meaning

_EAST: Final = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NO_MODIFIERS: Final = NEUTRAL | frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()  # noqa: SIM905
)
_MORE: Final = frozenset({"more", "additional", "further", "extra", "new", "other", "weitere", "neue"})
_COUNTERS: Final = re.compile("件|個|台|つ|名|人|社|本|回|ヶ所|か所|个|家|位|名样")
_EAST_COUNTED: Final = sorted((word for word in COUNTED if _EAST.search(word)), key=len, reverse=True)
_LABEL: Final = re.compile(
    r"((?:[^\W\d_][\w'’-]*[ ]){0,4}[^\W\d_][\w'’-]*)[ ]?(?::|=|[ ](?:is|are|was|were|sind|ist|sont|son|são))[ ]$"
)


def eastern_counted(text: str) -> set[str]:
    """What is counted in a text that is written without blanks."""
    if text.isascii() or not _EAST.search(text):
        return set()
    return {COUNTED[word] for word in _EAST_COUNTED if len(word) > 1 and word in text}


def counted(
    text: str, end: int, start: int, language: str | None, percent: bool
) -> tuple[str, bool, frozenset[str]]:  # fmt: skip
    """What is counted, whether that is certain, and the words that narrow it."""
    after = text[end : end + 80]
    if after.startswith(")") and text[max(0, start - 1) : start] == "(":
        after = after[1:]
    if _EAST.match(after[:1]) or (_EAST.search(text[max(0, start - 1) : start])):
        return (*_eastern(text, start, end), frozenset())
    if phrase := _PHRASE.match(after):
        return PHRASES[phrase[1].lower()], True, frozenset()
    words = _run(after, percent)
    if words is not None:
        head, sure = _head(words, language)
        sure = sure or percent
        if head is not None:
            return (
                meaning(words[head]),
                sure,
                frozenset(meaning(w) for w in words[:head] if w.lower() not in _NO_MODIFIERS),
            )
    label = _LABEL.search(text[max(0, start - 60) : start])
    if label and not percent:
        named = [word for word in _WORD.findall(label[1]) if word.lower() not in STOP]
        head, sure = _head(named, language) if named else (None, False)
        if head is not None and sure:
            return meaning(named[head]), True, frozenset()
    return "", False, frozenset()


_PHRASE: Final = re.compile(rf"[ ]({'|'.join(sorted(PHRASES, key=len, reverse=True))})(?![-\w])", re.I)
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
        if direct and direct[1].lower() in COUNTED and direct[1].lower() not in UP | DOWN:
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
