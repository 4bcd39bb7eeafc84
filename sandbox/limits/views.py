"""What an app may put in a modal or in its Home (docs.slack.dev, reference/views)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.limits.blocks import check_blocks
from sandbox.limits.figures import LIMITS
from sandbox.limits.objects import plain
from sandbox.limits.places import Surface
from sandbox.limits.problems import Problem
from sandbox.limits.shapes import Bool, Notes, Obj, Shape, Str, typed

_SHARED: dict[str, Shape] = {
    "private_metadata": Str("view.private_metadata"),
    "callback_id": Str("view.callback_id"),
    "external_id": Str("view.external_id"),
}


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The blocks of one surface."""

    surface: Surface

    def check(self, value: object, at: str, notes: Notes) -> None:
        check_blocks(value, at, self.surface, notes)


def _input_needs_submit(value: Mapping[str, object], at: str, notes: Notes) -> None:
    blocks = value.get("blocks")
    if "submit" not in value and any(
        isinstance(block, Mapping) and block.get("type") == "input"
        for block in (blocks if isinstance(blocks, list | tuple) else [])
    ):
        notes.append((at, "missing required field: submit"))


MODAL: Obj = typed(
    {"title": plain("view.title"), "blocks": _Blocks("modal")},
    {
        **_SHARED,
        "submit": plain("view.submit"),
        "close": plain("view.close"),
        "clear_on_close": Bool(),
        "notify_on_close": Bool(),
    },
    _input_needs_submit,
)
HOME: Obj = typed({"blocks": _Blocks("home")}, _SHARED)


def check_view(view: object) -> list[Problem]:
    """Every reason Slack would refuse a view for; pointers begin at "/view"."""
    notes: Notes = []
    if not isinstance(view, Mapping):
        return [Problem("invalid_arguments", "/view", "must provide an object")]
    kind = view.get("type")
    if kind == "modal":
        MODAL.check(view, "/view", notes)
    elif kind == "home":
        HOME.check(view, "/view", notes)
    elif kind is None:
        notes.append(("/view", "missing required field: type"))
    else:
        notes.append(("/view/type", "must be a valid enum value"))
    problems = [Problem("invalid_arguments", at, said) for at, said in notes]
    size = len(json.dumps(view, ensure_ascii=False, default=str).encode(errors="replace"))
    if size > LIMITS["view.bytes"].most:
        said = f"must be less than {LIMITS['view.bytes'].most + 1} bytes"
        problems.insert(0, Problem("view_too_large", "/view", said))
    return problems
