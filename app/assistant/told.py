"""How a thing is told: as done or as planned, as what caused another or as what came of it. Pure."""

from __future__ import annotations

import re
from typing import Final

from app.assistant.vocabulary import STOP, meaning

_WORD: Final = re.compile(r"\d[\d.,]*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OPEN: Final = re.compile(
    r"\b(?:plan(?:s|ned|ning)? (?:to|on|for)|going to|will|would|could|might|may|shall|should|intends?|want(?:s"
    r"|ed)? to|hopes? to|if"
    r"|propos\w+|suggest\w*|consider\w*|unless|next (?:week|month|sprint|quarter|year)|tomorrow|is to|are to"
    r"|aims? to|let['’]s|['’]ll"
    r"|['’]d|wird|werden|würde\w*|könnte\w*|wenn|falls|planen|wollen|soll|sollen|va|vont|allons|si|pourrait"
    r"|voudr\w+|prévoy\w+|vamos a"
    r"|va a|van a|podría|sería|quer\w+|vai|vão|vamos|poderia|seria|se|potrebbe|vorrem\w+|zou|zullen|gaan|als)\b",
    re.I,
)
_DONE: Final = re.compile(
    r"\b(?:has|have|had)(?: (?:already|now|just|since|been))* (?!to\b|no\b|not\b|yet\b|a\b|an\b"
    r"|the\b)[^\W\d_]+(?:ed|en|ne|wn|ld|nt|pt|st|ut"
    r"|ost|ade|ent|un|rew)\b|\balready\b|\b(?:was|were) (?:already )?[^\W\d_]+(?:ed|en|ne|wn)\b"
    r"|(?<=[a-z] )(?:cost|lost|fell|rose|saved|caused|meant|led|brought) (?:the|us|our|them|it|to|by|\d)"
    r"|\b(?:wurden?|ist|sind) (?:\w+ ){0,4}ge\w+t\b|\bbereits\b|\b(?:a|ont) (?:déjà )?(?:été )?\w+é(?:e?s?)\b"
    r"|\bdéjà\b|\b(?:ha|han) (?:sido )?\w+do\b"
    r"|\bya se\b|\b(?:foi|foram) \w+d[oa]s?\b|\bjá\b",
    re.I,
)


def _content(text: str) -> frozenset[str]:
    return frozenset(
        meaning(m[0]) if not m[0][0].isdigit() else m[0].strip(".,")
        for m in _WORD.finditer(text)
        if m[0].lower() not in STOP
    )


def _stems(words: frozenset[str]) -> frozenset[str]:
    """By their first letters: "remove", "removed" and "removal"."""
    return frozenset(word[:5] for word in words)


_SENTENCE: Final = re.compile(r"(?<=[.!?。！？\n])\s+|\n")


def done_too_soon(text: str, sources: list[str]) -> bool:
    """Whether it tells as done what its sources plan, or only think of."""
    if not _DONE.search(text) or _OPEN.search(text):
        return False
    mine = _stems(_content(text))
    open_, done = False, False
    for source in sources:
        for sentence in _SENTENCE.split(source):
            theirs = _stems(_content(sentence))
            shared = len(mine & theirs)
            if shared < 2 or shared < 0.4 * len(mine):
                continue
            if _OPEN.search(sentence) and not _DONE.search(sentence):
                open_ = True
            else:
                done = True
    return open_ and not done


_CAUSE_BEHIND: Final = re.compile(
    r"(?P<effect>.{4,160}?),? (?:because(?: of)?|due to|as a result of|owing to|thanks to|caused by"
    r"|was the result of|(?:is|was) why|weil"
    r"|wegen|aufgrund|parce que?|à cause de|en raison de|porque|debido a|por causa de|perché|a causa di|omdat"
    r"|door) (?P<cause>.{4,160})",
    re.I | re.S,
)
_CAUSE_FIRST: Final = re.compile(
    r"(?:because of|because|due to|as a result of|owing to|thanks to|weil|wegen|aufgrund|à cause de|debido a"
    r"|a causa di) "
    r"(?P<cause>[^,]{4,160}), (?P<effect>.{4,160})"
    r"|(?P<cause2>.{4,160}?),? (?:led to|lead to|leads to|caused|causes|resulted in|results in|brought about|(?:was"
    r"|is) the reason (?:for|why)"
    r"|is why|so(?= we| the)|therefore|führte zu|führten zu|deshalb|a entraîné|a conduit à|llevó a|provocó|causó"
    r"|levou a|provocou|ha causato"
    r"|leidde tot) (?P<effect2>.{4,160})",
    re.I | re.S,
)


def _reason(text: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """What a sentence gives as a cause, and what came of it."""
    text = text[:400]
    m = _CAUSE_FIRST.match(text.strip())
    if m:
        return _parts(m["cause"] or m["cause2"], m["effect"] or m["effect2"])
    m = _CAUSE_BEHIND.match(text.strip())
    return _parts(m["cause"], m["effect"]) if m else None


def _parts(cause: str, effect: str) -> tuple[frozenset[str], frozenset[str]]:
    return _stems(_content(cause)), _stems(_content(effect))


def cause_turned(text: str, sources: list[str]) -> bool:
    """Whether it makes the cause of what its sources make the effect of it."""
    mine = _reason(text)
    if mine is None:
        return False
    for source in sources:
        for sentence in _SENTENCE.split(source):
            theirs = _reason(sentence)
            if theirs is None:
                continue
            straight = len(mine[0] & theirs[0]) + len(mine[1] & theirs[1])
            crossed = len(mine[0] & theirs[1]) + len(mine[1] & theirs[0])
            if crossed >= 2 and crossed > straight:
                return True
    return False
