"""Under what a decision is looked up: each token under its workspace and by whom it may be found.

So what one asks for is never mixed with what one may not see: not by a filter behind the search, but because it stands
under other marks. Nobody's words make others rarer, rank before them, or take up their place.

``o`` is found by every member, ``i`` by whoever takes part, ``m`` is of the past and found by every member. Whoever
takes part is a mark too (``p``). Of every thirty-second decision each token stands under a second mark (``s``: members,
``z``: the operator), so that how often a word stands in a large library is told by a small part of it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

OPEN, INNER, PAST = "o", "i", "m"
_OF_MEMBERS, _OF_ALL, _READER = "s", "z", "p"

ONE_IN = 32
"""Decisions for each one of the sample."""


def marked(kind: str, workspace: str, number: int, tokens: Iterable[str], readers: Collection[str] = ()) -> str:
    """The marks of one entry, each once, with blanks between them. ``number``: the decision's."""
    letters = [kind]
    if number % ONE_IN == 0:
        letters += [_OF_MEMBERS] if kind in (OPEN, PAST) else []
        letters += [_OF_ALL] if kind in (INNER, PAST) else []
    once = dict.fromkeys(tokens)
    found = [f"{letter}{workspace}" for letter in letters]
    found += [f"{letter}{workspace}:{token}" for letter in letters for token in once]
    found += [f"{_READER}{workspace}:{user}" for user in sorted(readers) if user.isalnum()]
    return " ".join(found)


def readers_in(marks: str) -> set[str]:
    """Who takes part, by the marks of an entry."""
    return {mark.partition(":")[2] for mark in marks.split(" ") if mark.startswith(_READER) and ":" in mark}


@dataclass(frozen=True)
class Sight:
    """What somebody may find in a workspace. Without ``user``: the operator, who finds all. ``open``: a member finds
    what is open to all, a guest only where they take part."""

    workspace: str
    user: str | None = None
    open: bool = True

    def under(self, token: str) -> tuple[tuple[str, ...], ...]:
        """Any of these, each a set of marks that stand together. Of an empty token: all that may be found."""
        end = f":{token}" if token else ""
        if self.user is None:
            return ((f"{INNER}{self.workspace}{end}",), (f"{PAST}{self.workspace}{end}",))
        reader = self.user if self.user.isalnum() else ""  # whoever was erased takes part in nothing
        own = (f"{INNER}{self.workspace}{end}", f"{_READER}{self.workspace}:{reader}")
        seen = ((f"{OPEN}{self.workspace}{end}",), (f"{PAST}{self.workspace}{end}",)) if self.open else ()
        return (*seen, own)

    def sampled(self, token: str) -> tuple[tuple[str, ...], ...]:
        """As ``under``, in the sample. Empty where there is none."""
        end = f":{token}" if token else ""
        if self.user is None:
            return ((f"{_OF_ALL}{self.workspace}{end}",),)
        return ((f"{_OF_MEMBERS}{self.workspace}{end}",),) if self.open else ()
