"""An objective's sentence from its verb on, what kind of verb that is, and what something is done for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.tradeoffs import objective_words as words
from app.domain.tradeoffs.objective_figures import figures
from app.domain.tradeoffs.objective_patterns import COMPOUNDS, DETERMINER, INTENT, LEAD, NEVER_NOUNS, PURPOSE, TEAM


@dataclass(frozen=True)
class Clause:
    """One way of reading a sentence, from its verb on."""

    text: str
    verb: str
    kind: str  # up · down · better · double · reach · act · none


def stripped(text: str) -> str:
    """From the verb on: without “we want to”, a number in a list, a team's name."""
    before = None
    while before != text:
        before = text
        text = LEAD.sub("", text, count=1)
        if (team := TEAM.match(text)) and _kind_of(first_word(text[team.end() :]), text[team.end() :]) != "none":
            text = text[team.end() :]
        if (intent := INTENT.match(text)) and not any(figures(intent[0])):
            text = text[intent.end() :]
        text = text.strip(" ,;")
    return text


def first_word(text: str) -> str:
    found = re.match(r"[A-Za-z0-9’'/-]+", text)
    return found[0] if found else ""


def clause_of(text: str) -> Clause:
    word = first_word(text)
    return Clause(text, word, _kind_of(word, text))


def _kind_of(word: str, text: str) -> str:
    """What kind of verb a clause begins with; none for a noun, or a word nobody listed."""
    rest = text[len(word) :].strip()
    after = [one.lower().strip(",.;:") for one in rest.split()[:3]]
    if re.match(r"(?:\d+x|\d+-fold)$", word, re.I) and after:
        return "double"
    if (
        not DETERMINER.match(rest)
        and any(
            one in words.HEADS and _ends_there(after[at + 1 : at + 2], rest, one)
            for at, one in enumerate(after[: 1 if _is_verb(word) else 2])
        )
        and not any(sign.isdigit() for sign in "".join(after[:1]))
        and (word.lower() not in NEVER_NOUNS or re.match(r"drop rates?\b", text, re.I))
    ) and not (words.stem(word, words.REACH | words.UP | words.DOWN | words.BETTER) and not _compound(word)):
        return "none"
    if words.stem(word, frozenset(words.DOUBLES)):
        return "act" if after[:2] == ["down", "on"] or after[:1] == ["down"] else "double"
    for kind, known in (("up", words.UP), ("down", words.DOWN), ("better", words.BETTER)):
        if words.stem(word, known):
            if after and kind == "up" and word.lower().startswith("set"):
                return "act"
            return kind
    if words.stem(word, words.REACH):
        done = words.stem(
            word, frozenset(["close", "complete", "finish", "start", "sign", "set", "put", "book"])
        ) and after[:1] == ["the"]
        return "act" if done or after[:1] == ["out"] else "reach"
    if words.stem(word, words.ACTS):
        return "act"
    return "none"


def _is_verb(word: str) -> bool:
    return words.stem(word, words.REACH | words.UP | words.DOWN | words.BETTER | words.ACTS) is not None


def _compound(word: str) -> bool:
    """Whether a verb begins as many metrics: return rate, response time."""
    return word.lower() in COMPOUNDS


def _ends_there(after: list[str], rest: str, head: str) -> bool:
    """Whether the noun that is measured ends its phrase: a preposition, a comparison or a figure comes next."""
    if not after:
        return True
    return bool(
        re.match(
            r"(?:from|to|by|up|down|above|below|under|over|at|of|for|in|is|are|within|exceeds?|per|among"
            r"|on|grows?|rises?|falls?|drops?|increases?|decreases?|improves?|with|less|more|no|stays?"
            r"|reach(?:es)?|[<>≥≤=+\d$€£-].*)$",
            after[0],
            re.I,
        )
    )


def purposes(text: str) -> list[Clause]:
    """What an activity is for, where the sentence goes on to say it."""
    found = []
    for one in PURPOSE.finditer(text):
        verb = one["verb"]
        for kind, known in (("up", words.UP), ("down", words.DOWN), ("better", words.BETTER)):
            if words.stem(verb, known):
                found.append(Clause(text[one.start("verb") :], verb, kind))
                break
        else:
            if words.stem(verb, frozenset(words.DOUBLES)):
                found.append(Clause(text[one.start("verb") :], verb, "double"))
            elif words.stem(verb, frozenset({"reach", "achieve", "hit", "attain", "get"})):
                found.append(Clause(text[one.start("verb") :], verb, "reach"))
    return found
