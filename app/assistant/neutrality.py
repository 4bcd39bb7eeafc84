"""Whether a rewrite in neutral words is better than what it rewrites: calmer, no longer, and nothing lost. Pure."""

import re
from typing import Final

from app.assistant import figures
from app.assistant.citing import names_in
from app.domain.memo.evidence import count_words
from app.domain.memo.tone import find_tone

_LINK: Final = re.compile(r"<[@#!][^<>]*>|https?://[^\s<>|]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.I)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_STARTS: Final = re.compile(r"(?:^|[.!?:;\n“\"(•*-])\s*$")


def worse(original: str, rewritten: str) -> str | None:
    """What is wrong with a rewrite, to be said to the model; None where it may be offered."""
    if not rewritten.strip():
        return "it is empty"
    if lost := figures.strike(original, [rewritten]).struck:
        return f"it left out {', '.join(lost)}"
    if added := figures.strike(rewritten, [original]).struck:
        return f"it added {', '.join(added)}"
    if gone := _gone(_LINK.findall(original), _LINK.findall(rewritten)):
        return f"it left out {gone}"
    known = {word.lower() for word in _WORD.findall(rewritten)}
    if missing := [name for name in _names(original) if name.lower() not in known]:
        return f"it left out the name {missing[0]}"
    if warm := find_tone(rewritten):
        return f"it still says “{warm[0].word}”"
    if count_words(rewritten) > count_words(original):
        return "it is longer than the text"
    return None


def _gone(before: list[str], after: list[str]) -> str | None:
    """The first of these that is there fewer times than it was."""
    return next((one for one in before if after.count(one) < before.count(one)), None)


def _names(text: str) -> list[str]:
    """Capitalised words inside a sentence that carry no heat: what is most likely a name."""
    warm = {finding.word.lower() for finding in find_tone(text)}
    found = []
    for m in _WORD.finditer(_LINK.sub(" ", text)):
        plain = _LINK.sub(" ", text)
        if m[0][0].isupper() and len(m[0]) > 1 and not _STARTS.search(plain[: m.start()]) and m[0].lower() not in warm:
            found.append(m[0])
    # At the head of a sentence, before what only people do.
    return [*found, *(one for one in names_in(text) if one.lower() not in warm)]
