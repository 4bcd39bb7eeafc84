"""Real names in imagined quotes: found where nobody lent them, and kept where somebody did."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.writing.document import Quote, quote_fingerprint

ASKED, YES, NO = "", "yes", "no"
_WORD = re.compile(r"\w+")
_MENTION = re.compile(r"<@[UW]\w+")


def find_name(quote: Quote, known: Mapping[str, str]) -> str:
    """A colleague's name that stands in a quote; "" where there is none. ``known``: names by user id.

    A first name alone is looked for only where the quote says whose it is: in its words it could be anybody's.
    """
    if found := _MENTION.search(f"{quote.who} {quote.text}"):
        return found[0].removeprefix("<")
    return _among(quote.who, known.values(), 1) or _among(quote.text, known.values(), 2)


def _among(text: str, names: Collection[str], words: int) -> str:
    said = f" {' '.join(_WORD.findall(text.casefold()))} "
    for name in names:
        bare = _WORD.findall(name.casefold())
        if len(bare) >= words and f" {' '.join(bare)} " in said:
            return name
    return ""


@dataclass(frozen=True)
class Lent:
    """Who was asked for their name, for which very words, and what they said."""

    by_words: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Sequence[Mapping[str, str]] | None) -> "Lent":
        return cls({(one.get("user", ""), one.get("quote", "")): one.get("said", "") for one in kept or ()})

    def kept(self) -> list[dict[str, str]]:
        return [{"user": user, "quote": quote, "said": said} for (user, quote), said in self.by_words.items()]

    @property
    def asked(self) -> frozenset[str]:
        return frozenset(user for user, _ in self.by_words)

    def said(self, quote: Quote) -> str | None:
        """None where they were not asked for these words."""
        return self.by_words.get((quote.user, quote_fingerprint(quote)))

    def put(self, quote: Quote, said: str) -> "Lent":
        return Lent({**self.by_words, (quote.user, quote_fingerprint(quote)): said})

    def is_named(self, quote: Quote) -> bool:
        return bool(quote.user) and self.said(quote) == YES
