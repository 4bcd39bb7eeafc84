"""canvases.*: pages of markdown, of their own or of a channel. What is edited is kept; nothing draws it."""

from __future__ import annotations

import re
from typing import Any

from sandbox.api.calls import Call
from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json

HEADING = re.compile(r"(#{1,3}) +(.*)")
OPERATIONS = ("insert_at_start", "insert_at_end", "insert_before", "insert_after", "replace", "delete", "rename")


def create(call: Call) -> Json:
    return {"canvas_id": _new(call, call.text("channel_id"))}


def create_in_channel(call: Call) -> Json:
    channel = call.visible(call.need("channel_id"))
    if any(canvas["channel"] == channel.id for canvas in call.team.canvases.values()):
        raise SlackError("channel_canvas_already_exists")
    return {"canvas_id": _new(call, channel.id)}


def _new(call: Call, channel_id: str) -> str:
    canvas_id = call.world.new_id("F")
    text = _markdown(_document(call, "document_content"))
    call.team.canvases[canvas_id] = {
        "id": canvas_id,
        "title": call.text("title"),
        "channel": channel_id,
        "sections": _sections(call, text),
    }
    return canvas_id


def _sections(call: Call, text: str) -> list[Json]:
    parts = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
    return [{"id": call.world.new_id("temp:C:"), "text": part} for part in parts]


def edit(call: Call) -> Json:
    canvas = _canvas(call)
    changes = _document(call, "changes")
    if not isinstance(changes, list) or not changes:
        raise invalid_arguments("missing required field: changes")
    for change in changes:
        if not isinstance(change, dict) or change.get("operation") not in OPERATIONS:
            raise SlackError("canvas_editing_failed")
        _change(call, canvas, change)
    return {}


def _change(call: Call, canvas: Json, change: Json) -> None:
    operation, sections = change["operation"], canvas["sections"]
    if operation == "rename":
        canvas["title"] = _markdown(change.get("title_content"))
        return
    new = _sections(call, _markdown(change.get("document_content")))
    section_id = change.get("section_id")
    at = next((n for n, section in enumerate(sections) if section["id"] == section_id), None)
    if section_id and at is None:
        raise SlackError("canvas_editing_failed")
    if operation == "insert_at_start":
        sections[:0] = new
    elif operation == "insert_at_end" or (at is None and operation.startswith("insert")):
        sections += new
    elif operation == "replace" and at is None:
        canvas["sections"] = new
    elif at is None:
        raise SlackError("canvas_editing_failed")
    else:
        first = at + 1 if operation == "insert_after" else at
        last = at + 1 if operation in ("insert_after", "replace", "delete") else at
        sections[first:last] = [] if operation == "delete" else new


def delete(call: Call) -> Json:
    del call.team.canvases[_canvas(call)["id"]]
    return {}


def content(call: Call) -> Json:
    canvas = _canvas(call)
    return {"content": "\n\n".join(section["text"] for section in canvas["sections"])}


def lookup(call: Call) -> Json:
    canvas = _canvas(call)
    criteria = _document(call, "criteria")
    criteria = criteria if isinstance(criteria, dict) else {}
    kinds = criteria.get("section_types") or []
    found = []
    for section in canvas["sections"]:
        heading = HEADING.match(section["text"])
        kind = f"h{len(heading[1])}" if heading else ""
        if kinds and kind not in kinds and not (heading and "any_header" in kinds):
            continue
        if str(criteria.get("contains_text") or "").lower() in section["text"].lower():
            found.append({"id": section["id"]})
    return {"sections": found}


def access(call: Call) -> Json:
    """Who may see a canvas is taken and not asked about afterwards."""
    _canvas(call)
    return {"failed_to_update_channel_ids": [], "failed_to_update_user_ids": []}


def _canvas(call: Call) -> Json:
    canvas = call.team.canvases.get(call.need("canvas_id"))
    if canvas is None:
        raise SlackError("canvas_not_found")
    return canvas


def _document(call: Call, name: str) -> Any:
    try:
        return call.document(name)
    except ValueError as broken:
        raise invalid_arguments(f"{name} is not valid JSON [json-pointer:/{name}]") from broken


def _markdown(document: Any) -> str:
    return str(document.get("markdown") or "") if isinstance(document, dict) else ""
