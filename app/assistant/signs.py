"""The sign of a figure, in whatever way it is written: -12%, (£4m), minus twelve, negative growth of 3%. Pure."""

import re
from typing import Final

from app.assistant.vocabulary import MINUS

_CLOSED: Final = re.compile(
    r"[mkbn ]{0,3}\)[ ]*(?:$|[\n.,;:|]|(?:net|operating|profit|income|result|earnings|ebitda|margin|cash|loss"
    r"|on|in|for|after|against|vs|versus|and|but|this|last|from|due|bei|nach|im|sur|en|em|su)\b)",
    re.I,
)
_ACCOUNT: Final = re.compile(
    r"(?:^|\n|[|:=\t]|\b(?:of|was|is|were|be|at|to|reached|totall?ed|von|auf|war|ist|de|était|fue|foi"
    r"|profit|income|earnings|result|margin|ebitda|flow|balance|growth|change|net|p&l)[ ]?)\s*$",
    re.I,
)
_NEGATIVE: Final = re.compile(
    r"\b(?:negativ(?:e[nrs]?|o|a)?|négati(?:f|ve))\s+(?:[^\W\d_]+\s+){1,3}(?:of|von|de|was|is|war|ist|:)?\s*$", re.I
)
_WORDS: Final = re.compile(r"[^\W\d_]{3}")
_WORD_BEFORE: Final = re.compile(rf"([^\W\d_]+)\s+[$€£¥]?$|({'|'.join(sorted(MINUS))})$", re.I)


def sign_of(text: str, start: int, end: int) -> int:
    """-1 and +1 where a minus or a plus is written to the figure at `start`, 0 for neither."""
    before = text[max(0, start - 30) : start]
    tail = before.rstrip(" ")
    if tail.endswith(("-", "–", "▲", "△")):
        rest = tail[:-1]
        if not rest or rest[-1] in " \t\n(|:=[,;/。、「（はがを" or (tail[-1] in "▲△"):
            if "\n" in before.rsplit(tail[-1], 1)[-1] or (not rest.strip(" ") and before.endswith(" ")):
                return 0  # the dash of a list
            return 0 if before.endswith(("- ", "– ")) else -1
    if tail.endswith("+") and (len(tail) < 2 or not tail[-2].isalnum()):
        return 1
    if tail.endswith("(") and _CLOSED.match(text, end):
        return -1 if _ACCOUNT.search(before[: before.rindex("(")]) else 0
    if not _WORDS.search(before):
        return 0
    if _NEGATIVE.search(text[max(0, start - 60) : start]):
        return -1
    m = _WORD_BEFORE.search(before)
    if m and (m[1] or m[2]).lower() in MINUS:
        return -1
    return 0
