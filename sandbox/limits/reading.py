"""Figures of what is shown: how many blocks, how much text, and how near its limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sandbox.limits.figures import LIMITS

# Words a person reads. Ids, values and links are carried, not shown.
_SHOWN = ("text", "title", "alt_text", "caption", "name", "label", "description", "initial_value")
# What is chosen at first is shown as one of the options.
_HIDDEN = ("slack_file", "slack_icon", "style", "initial_option", "initial_options")


@dataclass(frozen=True, slots=True)
class Near:
    """How near a message or view is to Slack's limits. Lengths are in characters.

    `largest` is the text that fills most of its own limit: its pointer below the blocks (or
    "/text"), its length and that limit.
    """

    blocks: int
    blocks_limit: int
    characters: int
    characters_limit: int
    largest: str
    largest_length: int
    largest_limit: int

    @property
    def share(self) -> float:
        """The fullest of the three, 0.0 to 1.0 and above."""
        return max(
            self.blocks / self.blocks_limit,
            self.characters / self.characters_limit,
            self.largest_length / self.largest_limit,
        )


def shown(value: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text a person would read in blocks, as (pointer, text)."""
    if isinstance(value, Mapping):
        for key, member in value.items():
            if isinstance(member, str):
                if key in _SHOWN:
                    yield f"{at}/{key}", member
            elif key not in _HIDDEN:
                yield from shown(member, f"{at}/{key}")
    elif isinstance(value, list | tuple):
        for index, member in enumerate(value):
            yield from shown(member, f"{at}/{index}")


def characters(blocks: object) -> int:
    """The characters of all text in blocks."""
    return sum(len(text) for _, text in shown(blocks))


_BY_PLACE = (
    ("header", "text", "header.text"),
    ("section", "fields", "section.field"),
    ("section", "text", "section.text"),
    ("markdown", "text", "markdown.text"),
    ("input", "label", "input.label"),
    ("input", "hint", "input.hint"),
)
_BY_KIND = {"button": "button.text", "workflow_button": "button.text"}


def _limit_of(block: object, pointer: str) -> int:
    """The limit a text at `pointer` below its block is held to; the text object's own else."""
    if not isinstance(block, Mapping):
        return LIMITS["text"].most
    steps = pointer.split("/")[1:]
    for kind, key, name in _BY_PLACE:
        if block.get("type") == kind and steps[0] == key:
            return LIMITS[name].most
    holder: object = block
    name = "text"
    for step in steps:
        if isinstance(holder, Mapping):
            name = _BY_KIND.get(str(holder.get("type")), name)
            if step in ("options", "placeholder"):
                return LIMITS["option.text" if step == "options" else "placeholder"].most
            holder = holder.get(step)
        elif isinstance(holder, list | tuple):
            holder = holder[int(step)]
    return LIMITS[name].most


def near(*, text: str | None = None, blocks: object = None, view: bool = False) -> Near:
    """Figures of a message (`text`, `blocks`) or, with `view`, of a view's blocks."""
    rows = blocks if isinstance(blocks, list | tuple) else []
    text = text or ""
    most_text = LIMITS["message.text"].most
    largest, length, limit = "/text", len(text), most_text
    total = 0
    for index, block in enumerate(rows):
        for pointer, words in shown(block):
            total += len(words)
            its_limit = _limit_of(block, pointer)
            if len(words) * limit > length * its_limit:
                largest, length, limit = f"/blocks/{index}{pointer}", len(words), its_limit
    return Near(
        blocks=len(rows),
        blocks_limit=LIMITS["view.blocks.items" if view else "message.blocks.items"].most,
        characters=total if rows else len(text),
        characters_limit=LIMITS["message.blocks_text"].most if rows else most_text,
        largest=largest,
        largest_length=length,
        largest_limit=limit,
    )
