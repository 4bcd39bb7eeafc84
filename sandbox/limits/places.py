"""Rules over all blocks of a surface: which elements it takes, ids said once, one focus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from sandbox.limits.shapes import Notes, below
from sandbox.world.forms import NESTED

Surface = Literal["message", "modal", "home"]

# The surfaces each element's own page lists, where they are not all three. The page of the input
# block is more generous with typed inputs; the narrower page is taken.
_NARROW: Mapping[str, frozenset[Surface]] = {
    "datetimepicker": frozenset(("message", "modal")),
    "email_text_input": frozenset(("modal",)),
    "file_input": frozenset(("modal",)),
    "number_input": frozenset(("modal",)),
    "url_text_input": frozenset(("modal",)),
    "workflow_button": frozenset(("message",)),
}


def check_places(blocks: object, at: str, surface: Surface, notes: Notes) -> None:
    """Notes what holds between blocks, wherever they stand below `at`."""
    block_ids: set[str] = set()
    focused = False
    for where, block in _walk(blocks, at):
        _once(block, "block_id", where, block_ids, notes)
        action_ids: set[str] = set()
        for place, element in _held(block, where):
            _once(element, "action_id", place, action_ids, notes)
            kind = element.get("type")
            if isinstance(kind, str) and surface not in _NARROW.get(kind, {surface}):
                notes.append((place, f"unsupported type: {kind}"))
            if "response_url_enabled" in element and (surface != "modal" or block.get("type") != "input"):
                notes.append((place, "invalid additional property: response_url_enabled"))
            if element.get("focus_on_load") is True:
                if focused:
                    said = "only one element can be focused on load"
                    notes.append((f"{place}/focus_on_load", said))
                focused = True


def _once(holder: Mapping[str, object], key: str, at: str, seen: set[str], notes: Notes) -> None:
    name = holder.get(key)
    if isinstance(name, str):
        if name in seen:
            notes.append((f"{at}/{key}", f'`{key}` "{name}" already exists'))
        seen.add(name)


def _walk(blocks: object, at: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    for index, block in enumerate(blocks if isinstance(blocks, list | tuple) else []):
        if isinstance(block, Mapping):
            where = below(at, index)
            yield where, block
            inner = NESTED.get(str(block.get("type")))
            if inner is not None:
                yield from _walk(block.get(inner), below(where, inner))
            if block.get("type") == "layout":
                for place, blocks in _cells(block, where):
                    yield from _walk(blocks, place)


def _cells(layout: Mapping[str, object], at: str) -> Iterator[tuple[str, object]]:
    """The blocks of each item of a layout, with their pointer."""
    rows = layout.get("rows")
    for row_number, row in enumerate(rows if isinstance(rows, list | tuple) else []):
        items = row.get("items") if isinstance(row, Mapping) else None
        for number, item in enumerate(items if isinstance(items, list | tuple) else []):
            if isinstance(item, Mapping):
                yield f"{at}/rows/{row_number}/items/{number}/blocks", item.get("blocks")


def _held(block: Mapping[str, object], at: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The elements of a block, each with its pointer."""
    for key in ("accessory", "element"):
        one = block.get(key)
        if isinstance(one, Mapping):
            yield below(at, key), one
    for key in ("elements", "actions"):
        if NESTED.get(str(block.get("type"))) == key:
            continue
        many = block.get(key)
        for index, one in enumerate(many if isinstance(many, list | tuple) else []):
            if isinstance(one, Mapping):
                yield below(below(at, key), index), one
