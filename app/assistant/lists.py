"""The numbers of a list are no figures. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from app.assistant.dates import dates

_LIST_NUMBER: Final = re.compile(r"^([ \t]*)(\d{1,2})[.)][ \t]+(?=\D)", re.M)


def unlisted(text: str, dash: str = "- ") -> str:
    """A text whose list has dashes for its numbers: 1, 2, 3 in their order, and none that is the day of a month."""
    days = {found.start for found in dates(text)} if _LIST_NUMBER.search(text) else set()
    kept, at, last = [], 0, 0
    for m in _LIST_NUMBER.finditer(text):
        if int(m[2]) != last + 1 or m.start(2) in days:
            continue
        last += 1
        kept += [text[at : m.start()], m[1], dash]
        at = m.end()
    return "".join([*kept, text[at:]])


_LABELS: Final = (
    r"options?|steps?|points?|variants?|alternatives?|phases?|schritt|punkt|variante|étape|opción|paso|opção|passo"
    r"|opzione|optie|stap|選択肢|ステップ|案"
)
_NUMBERED: Final = re.compile(
    rf"(?P<head>^[ \t]*#{{1,6}} (?:{_LABELS})?[ ]?|^[ \t]*(?:[-*•][ \t]+)?(?:\*\*)?(?P<label>{_LABELS})[ ]?"
    r"|(?<=[:.;] )(?P<inline>\(?))(?P<n>\d{1,2})(?P<end>[.):])(?=[ *])",
    re.I | re.M,
)


def enumerating(text: str) -> frozenset[int]:
    """Where numbers stand that only count parts of the text itself: headings, "Option 1:", "1. … 2. …" in a line.

    They begin with 1 and go on by one, and there are two at least.
    """
    return frozenset(place for places in _runs(text) if len(places) > 1 for place in places)


def _runs(text: str) -> Iterator[list[int]]:
    runs: dict[str, list[int]] = {}
    for m in _NUMBERED.finditer(text):
        kind = "#" if m["head"].lstrip().startswith("#") else (m["label"] or "").lower()
        if m["inline"] is not None:
            kind = m["inline"] + m["end"]
            if m["end"] == ":":
                continue
        places = runs.setdefault(kind, [])
        if int(m["n"]) == len(places) + 1:
            places.append(m.start("n"))
    yield from runs.values()
