"""slackLists.*: lists of rows, by column."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from sandbox.api import files
from sandbox.api.calls import Call
from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json
from sandbox.world.model import SlackList

FIRST: list[Json] = [{"key": "name", "name": "Name", "type": "text", "is_primary_column": True}]


def create(call: Call) -> Json:
    copied = call.team.lists.get(call.text("copy_from_list_id"))
    if call.text("copy_from_list_id") and copied is None:
        raise SlackError("list_not_found")
    schema = _rows(call, "schema") or (copied.schema if copied else FIRST)
    columns = [{**column, "id": column.get("id") or call.world.new_id("Col")} for column in schema]
    made = SlackList(call.world.new_id("F"), call.need("name"), columns)
    call.team.lists[made.id] = made
    return {"list_id": made.id, "list_metadata": {"schema": columns, "subtask_schema": [], "views": []}}


def update(call: Call) -> Json:
    _list(call, "id").name = call.text("name") or _list(call, "id").name
    return {}


def item_create(call: Call) -> Json:
    of = _list(call)
    now = int(call.world.clock.now().timestamp())
    item: Json = {
        "id": call.world.new_id("Rec"),
        "list_id": of.id,
        "date_created": now,
        "created_by": call.bot.id,
        "updated_by": call.bot.id,
        "updated_timestamp": str(now),
        "fields": [_field(of, row) for row in _rows(call, "initial_fields")],
    }
    of.items[item["id"]] = item
    return {"item": item}


def item_info(call: Call) -> Json:
    of = _list(call)
    about: Json = {"id": of.id, "name": of.name, "title": of.name, "filetype": "list", "mode": "list"}
    about["list_metadata"] = {"schema": of.schema, "subtask_schema": [], "views": []}
    return {"list": about, "record": _item(call, of), "subtasks": []}


def item_list(call: Call) -> Json:
    page, metadata = call.page(list(_list(call).items.values()))
    return {"items": page, "response_metadata": metadata}


def item_update(call: Call) -> Json:
    of = _list(call)
    cells = _rows(call, "cells")
    if not cells:
        raise invalid_arguments("missing required field: cells")
    for cell in cells:
        item = of.items.get(str(cell.get("row_id")))
        if item is None:
            raise SlackError("record_not_found")
        new = _field(of, {k: v for k, v in cell.items() if k != "row_id"})
        item["fields"] = [f for f in item["fields"] if f["column_id"] != new["column_id"]] + [new]
        item["updated_timestamp"] = str(int(call.world.clock.now().timestamp()))
    return {}


def item_delete(call: Call) -> Json:
    of = _list(call)
    del of.items[_item(call, of)["id"]]
    return {}


def item_delete_many(call: Call) -> Json:
    of = _list(call)
    ids: Any = call.document("ids")
    if not isinstance(ids, list) or not ids:
        raise invalid_arguments("missing required field: ids")
    for name in ids:
        of.items.pop(str(name), None)
    return {}


def download_start(call: Call) -> Json:
    """Write the list out as CSV. It is done when this answers; the reference names no figure for how long it takes."""
    of = _list(call)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([column["name"] for column in of.schema])
    for item in of.items.values():
        fields = {field["column_id"]: _shown(field) for field in item["fields"]}
        rows.writerow([fields.get(column["id"], "") for column in of.schema])
    content = text.getvalue().encode()
    upload = files.keep(call.world, call.team, call.bot.id, f"{of.name}.csv", content, [])
    job = call.world.new_id("Le")
    of.exports[job] = upload.id
    return {"job_id": job}


def download_get(call: Call) -> Json:
    of = _list(call)
    upload = call.world.uploads.get(of.exports.get(call.need("job_id"), ""))
    if upload is None:
        raise SlackError("job_not_found")
    link = files.as_json(call.world, upload)["url_private_download"]
    return {"status": "COMPLETED", "download_url": link}


def _shown(field: Json) -> str:
    return str(field.get("text", field.get("value", "")))


def access(call: Call) -> Json:
    """Who may see a list is taken and not asked about afterwards."""
    _list(call)
    return {}


def _list(call: Call, name: str = "list_id") -> SlackList:
    found = call.team.lists.get(call.need(name))
    if found is None:
        raise SlackError("list_not_found")
    return found


def _item(call: Call, of: SlackList) -> Json:
    found = of.items.get(call.need("id"))
    if found is None:
        raise SlackError("record_not_found")
    return found


def _rows(call: Call, name: str) -> list[Json]:
    try:
        rows = call.document(name)
    except ValueError as broken:
        raise invalid_arguments(f"{name} is not valid JSON [json-pointer:/{name}]") from broken
    if rows in (None, ""):
        return []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise invalid_arguments(f"must provide an array [json-pointer:/{name}]")
    return rows


def _field(of: SlackList, row: Json) -> Json:
    column = next((c for c in of.schema if row.get("column_id") in (c["id"], c["key"])), None)
    if column is None:
        raise SlackError("column_not_found")
    return {**_value(row), **row, "column_id": column["id"], "key": column["key"]}


def _value(row: Json) -> Json:
    """What stands in a cell, once more as one value; rich text also as plain."""
    kind = next((name for name in row if name not in ("column_id", "row_id", "row_id_to_create", "key")), None)
    if kind is None:
        return {}
    given = row[kind]
    if kind == "rich_text":
        return {"value": json.dumps(given), "text": _plain(given)}
    return {"value": given[0] if isinstance(given, list) and len(given) == 1 else given}


def _plain(given: Any) -> str:
    """The words of rich text, in order."""
    if isinstance(given, dict):
        return str(given["text"]) if isinstance(given.get("text"), str) else _plain(given.get("elements"))
    return "".join(_plain(one) for one in given) if isinstance(given, list) else ""
