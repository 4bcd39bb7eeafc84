"""A model's text made harmless: it can page nobody and link nowhere that the sources did not.

Slack acts on what stands in angle brackets (<!channel>, <@U…>, <#C…>, <https://…|label>), and
makes links of bare addresses. A mention or link survives only if a source holds the very same one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

NO_NAME: Final = "[name needed]"
NO_LINK: Final = "[link removed]"

# A domain without a scheme becomes a link too. Where an ending is also a word ("done.In March"),
# it takes a path to make it one.
_ENDINGS: Final = (
    "com|org|net|edu|gov|info|biz|io|ai|app|dev|co|ly|gl|link|site|online|top|xyz|cloud|tech"
    "|eu|uk|de|fr|nl|ch|ca|au|jp|cn|ru|br"
)
_SLACK: Final = re.compile(r"<([@#!][^<>|]*|[a-z][a-z0-9+.-]{0,20}:[^<>|\s]*)(?:\|([^<>]*))?>", re.I)
_ADDRESS: Final = re.compile(
    r"\b[a-z][a-z0-9+.-]{0,20}://[^\s<>|]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]+\.)+[a-z]{2,}"
    r"|\b(?:mailto:|tel:|javascript:|data:[a-z]+/)[^\s<>|]+"
    r"|\bwww\.[^\s<>|]+"
    rf"|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:{_ENDINGS})\b(?:[/:?#][^\s<>|]*)?"
    r"|(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2}/[^\s<>|]*",
    re.I,
)
_PAGE: Final = re.compile(r"(?<!@)(?:@@+|(?<!\w)@)(?=(?:channel|here|everyone|group)\b)", re.I)
_BRACKET: Final = re.compile(r"<(?=[@#!/a-z])", re.I)
_MENTION: Final = re.compile(r"<[@#][^<>|]*>")
_TRAILING: Final = ".,;:!?)]}'\"*_~`»”’"


def plain(text: str, sources: Iterable[str]) -> str:
    """`text` without anything that Slack would act on, unless a source holds it as well."""
    known = {atom for source in sources for atom in _atoms(source)}
    text = _visible(text)
    # Again until nothing changes: one sequence may hide inside another. Each change takes at
    # least one bracket, one @ or one address away, so this ends.
    while (disarmed := _disarmed(text, known)) != text:
        text = disarmed
    return text


def _disarmed(text: str, known: set[str]) -> str:
    text = _SLACK.sub(lambda found: _opened(found, known), text)
    out: list[str] = []
    end = 0
    for start, stop in _spans(text):
        out.append(_unbracketed(text[end:start]))
        out.append(text[start:stop] if text[start:stop] in known else NO_LINK)
        end = stop
    out.append(_unbracketed(text[end:]))
    return "".join(out)


def _opened(found: re.Match[str], known: set[str]) -> str:
    """What a sequence in angle brackets says, as text; a known mention stays as it is."""
    target, label = found[1], found[2] or ""
    if target[0] == "!":
        return label or "".join(c for c in target.partition("^")[0] if c.isalpha())
    if target[0] in "@#":
        return f"<{target}>" if f"<{target}>" in known else NO_NAME
    return f"{label} ({target})" if label and label != target else target


def _unbracketed(text: str) -> str:
    """No bracket that Slack could take for the start of a sequence, no bare @channel."""
    return _BRACKET.sub("‹", _PAGE.sub("", text))


def _spans(text: str) -> list[tuple[int, int]]:
    """Where mentions and addresses stand: known ones are kept, the others are not."""
    mentions = [found.span() for found in _MENTION.finditer(text)]
    addresses = [span for span in _addresses(text) if not any(a <= span[0] < b for a, b in mentions)]
    return sorted(mentions + addresses)


@lru_cache(maxsize=1024)
def _atoms(source: str) -> tuple[str, ...]:
    """Kept for a while: each sentence of a draft is held against the same sources."""
    return tuple(_found(_visible(source)))


def _found(source: str) -> Iterator[str]:
    for found in _SLACK.finditer(source):
        yield f"<{found[1]}>" if found[1][0] in "@#" else found[1]
    for start, stop in _addresses(source):
        yield source[start:stop]


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    for found in _ADDRESS.finditer(text):
        yield found.start(), found.start() + len(found[0].rstrip(_TRAILING))


def _visible(text: str) -> str:
    """Without control, format and private characters: what is read is what is there."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))
