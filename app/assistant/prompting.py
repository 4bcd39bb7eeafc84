"""What the model is sent: instructions from `prompts/`, and sources it cannot mistake for them.

The sources are one JSON array between <sources> and </sources>. Inside it every "<" is written as
an escape and every line break too, so no source can close the block or start a line of its own.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Final

from app.assistant.drafts import Source
from app.assistant.endpoint import Message

BUDGET: Final = 24_000
"""Characters of source text sent, some 6,000 tokens: fits a local model's window of 8,192."""
SOURCE_LIMIT: Final = 4_000
"""Characters of any one source, so that one pasted log does not push out the rest."""
_WORTH_SENDING: Final = 200
"""A source is cut to what room is left, unless less than this would remain of it."""

_RANK: Final = {"answer": 0, "memo": 1, "thread": 2}
_ESCAPES: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029\x85"}


@cache
def prompt(name: str) -> str:
    """The instructions in `prompts/<name>.md`."""
    return resources.files("app.assistant").joinpath("prompts", f"{name}.md").read_text("utf-8")


@cache
def version(name: str) -> str:
    """Changes whenever the instructions do, without anyone remembering to: "memo-1f0c9a2b"."""
    text = prompt("rules") + prompt(name) + prompt("again")
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def conversation(name: str, about: str, sources: Sequence[Source]) -> list[Message]:
    """The messages that ask for `name`; `about` is our own line on what this one is about."""
    asked = f"{prompt(name)}\n{about}\n\n{enclose(within_budget(sources))}"
    return [Message("system", prompt("rules")), Message("user", asked)]


def enclose(sources: Iterable[Source]) -> str:
    """The sources as a block that nothing in them can leave."""
    rows = [{"kind": s.kind, "label": s.label, "text": s.text} for s in sources]
    return f"<sources>\n{json.dumps(rows, ensure_ascii=False).translate(_ESCAPES)}\n</sources>"


def within_budget(sources: Sequence[Source]) -> list[Source]:
    """As many sources as `BUDGET` holds, in the order given.

    First all answers, then the memo, then the thread from its newest message back. What no longer
    fits is cut at a word and marked with "…", or left out.
    """
    newest_first = sorted(
        range(len(sources)),
        key=lambda i: (_RANK[sources[i].kind], -i if sources[i].kind == "thread" else i),
    )
    left = BUDGET
    kept: dict[int, Source] = {}
    for i in newest_first:
        source = sources[i]
        label = _cut(source.label, _WORTH_SENDING)
        room = min(SOURCE_LIMIT, left - len(label))
        if len(source.text) > room and room < _WORTH_SENDING:
            continue
        text = _cut(source.text, room)
        kept[i] = Source(source.kind, label, text)
        left -= len(label) + len(text)
    return [kept[i] for i in sorted(kept)]


def _cut(text: str, room: int) -> str:
    """At most `room` characters, never half a word: half a figure is another figure."""
    if len(text) <= room:
        return text
    head = text[: room - 1]
    if not text[room - 1].isspace():
        head = head.rpartition(" ")[0]
    return head.rstrip() + "…"
