"""What the model is sent: instructions from `prompts/`, and sources it cannot mistake for them.

The sources are one JSON array between <sources> and </sources>. Inside it every "<" is written as
an escape and every line break too, so no source can close the block or start a line of its own.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Final

from app.assistant.drafts import Source
from app.assistant.endpoint import Message

BUDGET: Final = 24_000
"""Characters of source text sent, some 6,000 tokens: fits a local model's window of 8,192."""
SOURCE_LIMIT: Final = 4_000
"""Characters of any one source, so that one pasted log does not push out the rest."""
NEWEST: Final = 20
"""Messages at the end of a thread that are sent whatever their length."""
_WORTH_SENDING: Final = 200
"""A source is cut to what room is left, unless less than this would remain of it."""

_RANK: Final = {"answer": 0, "memo": 1, "thread": 2}
_ESCAPES: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029\x85"}


@dataclass(frozen=True)
class Sent:
    """The sources that are sent, by the ids they have there, and how many messages of the thread were left out."""

    sources: dict[str, Source]
    left_out: int = 0

    @property
    def said(self) -> str:
        """What was left out, for the model."""
        if not self.left_out:
            return ""
        those = "1 message" if self.left_out == 1 else f"{self.left_out} messages"
        return f"\n{those} of the thread, between its first and its newest ones, are left out here: there was no room."


@cache
def prompt(name: str) -> str:
    """The instructions in `prompts/<name>.md`."""
    return resources.files("app.assistant").joinpath("prompts", f"{name}.md").read_text("utf-8")


@cache
def version(name: str) -> str:
    """Changes whenever the instructions do, without anyone remembering to: "memo-1f0c9a2b"."""
    text = prompt("rules") + prompt(name) + prompt("again")
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def conversation(name: str, about: str, sent: Sent) -> list[Message]:
    """The messages that ask for `name`; `about` is our own line on what this one is about."""
    asked = f"{prompt(name)}\n{about}{sent.said}\n\n{enclose(sent.sources.values())}"
    return [Message("system", prompt("rules")), Message("user", asked)]


def sent(sources: Sequence[Source], budget: int = BUDGET) -> Sent:
    """What of the sources is sent within a budget of characters, each with an id: "s1", "s2", …"""
    kept = within_budget(sources, budget)
    messages = sum(one.kind == "thread" for one in sources) - sum(one.kind == "thread" for one in kept)
    return Sent({f"s{number}": one for number, one in enumerate(kept, 1)}, messages)


def enclose(sources: Iterable[Source]) -> str:
    """The sources as a block that nothing in them can leave."""
    rows = [{"id": f"s{n}", "kind": s.kind, "label": s.label, "text": s.text} for n, s in enumerate(sources, 1)]
    return f"<sources>\n{json.dumps(rows, ensure_ascii=False).translate(_ESCAPES)}\n</sources>"


def within_budget(sources: Sequence[Source], budget: int = BUDGET) -> list[Source]:
    """As many sources as `budget` characters hold, in the order given.

    First all answers, then the memo, then the thread: how it began, its newest messages, each cut where they are too
    long together, and from there back as far as there is room. What no longer fits is cut at a word and marked with
    "…", or left out.
    """
    thread = [i for i, source in enumerate(sources) if source.kind == "thread"]
    others = sorted((i for i in range(len(sources)) if i not in set(thread)), key=lambda i: _RANK[sources[i].kind])
    kept: dict[int, Source] = {}
    left = budget
    reserved = min(budget // 2, sum(_size(sources[i]) for i in thread))
    for i in others:
        left -= _keep(kept, i, sources[i], min(SOURCE_LIMIT, left - reserved))
    must = list(dict.fromkeys([*thread[:1], *thread[-NEWEST:]]))
    room = _share([_size(sources[i]) for i in must], left)
    for i in must:
        left -= _keep(kept, i, sources[i], min(SOURCE_LIMIT, room), least=1)
    for i in reversed(thread[1:-NEWEST]):
        taken = _keep(kept, i, sources[i], min(SOURCE_LIMIT, left))
        if not taken:
            break
        left -= taken
    for i in others:
        if i in kept and kept[i].text != sources[i].text and left > _WORTH_SENDING:  # what the thread left free
            left += _size(kept[i])
            left -= _keep(kept, i, sources[i], min(SOURCE_LIMIT, left))
    return [kept[i] for i in sorted(kept)]


def _size(source: Source) -> int:
    return len(source.label) + len(source.text)


def _share(sizes: Sequence[int], budget: int) -> int:
    """The most that each may have so that all of them fit."""
    left, count = budget, len(sizes)
    for size in sorted(sizes):
        if size * count > left:
            return left // count
        left -= size
        count -= 1
    return budget


def _keep(kept: dict[int, Source], i: int, source: Source, room: int, least: int = _WORTH_SENDING) -> int:
    """Keep a source, cut to its room; returns what it takes, 0 where it does not fit."""
    label = _cut(source.label, min(_WORTH_SENDING, max(1, room // 2)))
    space = room - len(label)
    if space < 1 or (len(source.text) > space and space < least):
        return 0
    text = _cut(source.text, space)
    kept[i] = replace(source, label=label, text=text)
    return len(label) + len(text)


def _cut(text: str, room: int) -> str:
    """At most `room` characters, never half a word: half a figure is another figure."""
    if len(text) <= room:
        return text
    head = text[: room - 1]
    if not text[room - 1].isspace():
        head = head.rpartition(" ")[0]
    return head.rstrip() + "…"
