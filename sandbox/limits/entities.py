"""What a work object must say (EntityMetadata of @slack/types 3.2.0, read 2026-11-30).

What else it carries is kept as it came: its fields differ by type, and Slack shows what it knows of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sandbox.limits.shapes import below

Row = tuple[str, str]
"""Where, and what is wrong."""
_KIND = re.compile(r"slack#/entities/[a-z_]+")
NEEDED: Mapping[str, tuple[str, ...]] = {
    "": ("entity_type", "external_ref", "url", "entity_payload"),
    "external_ref": ("id",),
    "entity_payload": ("attributes",),
    "entity_payload.attributes": ("title",),
    "entity_payload.attributes.title": ("text",),
    "entity_payload.attributes.product_icon": ("alt_text",),
    "entity_payload.custom_fields.*": ("key", "label", "type"),
    "entity_payload.actions.primary_actions.*": ("text", "action_id"),
    "entity_payload.actions.overflow_actions.*": ("text", "action_id"),
}
"""Part of a work object → what must stand in it, where the part is there."""


def check_entity(entity: object, at: str) -> list[Row]:
    """Every reason one work object is refused for."""
    found: list[Row] = []
    for path, keys in NEEDED.items():
        for part, where in _parts(entity, path.split(".") if path else [], at):
            if not isinstance(part, Mapping):
                found.append((where, "must provide an object"))
                continue
            found += [(where, f"missing required field: {key}") for key in keys if key not in part]
    kind = entity.get("entity_type") if isinstance(entity, Mapping) else None
    if kind is not None and not (isinstance(kind, str) and _KIND.fullmatch(kind)):
        found.append((below(at, "entity_type"), "must be a valid entity type"))
    return found


def _parts(value: object, path: list[str], at: str) -> Iterator[tuple[object, str]]:
    """What stands at the end of a path; nothing where the way to it is not there."""
    if not path:
        yield value, at
    elif path[0] == "*":
        for index, one in enumerate(value if isinstance(value, list | tuple) else []):
            yield from _parts(one, path[1:], below(at, index))
    elif isinstance(value, Mapping) and path[0] in value:
        yield from _parts(value[path[0]], path[1:], below(at, path[0]))
