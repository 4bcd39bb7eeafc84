"""files.remote.*: files that stay elsewhere, named in Slack."""

from __future__ import annotations

from sandbox.api.calls import Call
from sandbox.world import events, messages
from sandbox.world.errors import SlackError
from sandbox.world.kinds import Json
from sandbox.world.objects import file_json


def add(call: Call) -> Json:
    now = int(call.world.clock.now().timestamp())
    external_id = call.need("external_id")
    if any(row["external_id"] == external_id for row in call.team.remote_files.values()):
        raise SlackError("invalid_external_id")
    row = file_json(call.team, call.world.new_id("F"), call.bot.id, now, []) | {
        "name": call.need("title"),
        "title": call.need("title"),
        "mimetype": "application/octet-stream",
        "filetype": call.text("filetype") or "remote",
        "pretty_type": "Remote",
        "size": 0,
        "mode": "external",
        "external_type": "app",
        "is_external": True,
        "external_id": external_id,
        "external_url": call.need("external_url"),
        "url_private": call.need("external_url"),
        "permalink": call.need("external_url"),
        "app_id": call.world.app_id,
        "app_name": call.world.manifest.name,
    }
    call.team.remote_files[row["id"]] = row
    return {"file": row}


def info(call: Call) -> Json:
    return {"file": _found(call)}


def list_(call: Call) -> Json:
    wanted = call.text("channel")
    rows = [row for row in call.team.remote_files.values() if wanted in ("", *_places(row))]
    page, metadata = call.page(rows)
    return {"files": page, "response_metadata": metadata}


def update(call: Call) -> Json:
    if not call.text("file") and not call.text("external_id"):
        raise SlackError("file_not_found")
    row = _found(call)
    row.update({key: call.text(key) for key in ("title", "external_url", "filetype") if call.text(key)})
    events.file(call.world, call.team, "file_change", row["id"], call.bot.id)
    return {"file": row}


def remove(call: Call) -> Json:
    del call.team.remote_files[_found(call)["id"]]
    return {}


def share(call: Call) -> Json:
    row = _found(call)
    channels = [call.visible(name) for name in call.need("channels").split(",")]
    for channel in channels:
        call.joined(channel)
        call.open(channel)
    for channel in channels:
        block = {"type": "file", "external_id": row["external_id"], "source": "remote"}
        draft = messages.Draft(blocks=[block], files=[row], subtype="file_share")
        messages.post(call.world, call.team, channel, call.bot, draft)
    there = list(dict.fromkeys([*_places(row), *(channel.id for channel in channels)]))
    row |= file_json(call.team, row["id"], row["user"], row["created"], there)
    return {"file": row}


def _places(row: Json) -> list[str]:
    """Where it was shared, whatever kind of conversation that is."""
    return [*row["channels"], *row["groups"], *row["ims"]]


def _found(call: Call) -> Json:
    file_id, external_id = call.text("file"), call.text("external_id")
    if bool(file_id) == bool(external_id):
        raise SlackError("too_many_ids" if file_id else "invalid_args")
    for row in call.team.remote_files.values():
        if row["id"] == file_id or (external_id and row["external_id"] == external_id):
            return row
    raise SlackError("file_not_found")
