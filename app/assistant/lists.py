"""The numbers of a list are no figures. Pure."""

import re
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
