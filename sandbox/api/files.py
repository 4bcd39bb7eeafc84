"""files.*: an upload in three steps (ask for a URL, send the bytes to it, complete it)."""

from __future__ import annotations

import mimetypes
from typing import Any

from sandbox.api.calls import Call
from sandbox.world import events, messages
from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json
from sandbox.world.messages import Draft
from sandbox.world.model import Team, Upload
from sandbox.world.objects import file_json
from sandbox.world.world import World

LARGEST = 1_000_000_000


def upload_url(call: Call) -> Json:
    length = call.number("length", -1)
    if length < 1:
        raise invalid_arguments("missing required field: length")
    if length > LARGEST:
        raise SlackError("file_upload_size_restricted")
    if len(call.text("alt_txt")) > 1000:
        raise SlackError("alt_txt_too_large")
    upload = Upload(
        id=call.world.new_id("F"),
        team_id=call.team.id,
        user_id=call.team.bot_user_id,
        name=call.need("filename"),
        length=length,
        alt_text=call.text("alt_txt"),
        created=int(call.world.clock.now().timestamp()),
    )
    call.world.uploads[upload.id] = upload
    return {"upload_url": f"{call.world.base_url}/upload/{upload.id}", "file_id": upload.id}


def keep(world: World, team: Team, user_id: str, name: str, content: bytes, channels: list[str]) -> Upload:
    """A whole file somebody put in, in one go."""
    upload = Upload(
        id=world.new_id("F"),
        team_id=team.id,
        user_id=user_id,
        name=name,
        length=len(content),
        title=name,
        content=content,
        complete=True,
        created=int(world.clock.now().timestamp()),
        channels=channels,
    )
    world.uploads[upload.id] = upload
    return upload


def receive(world: World, file_id: str, content: bytes) -> bool:
    """Take the bytes; False where nobody asked for them or they are not as many as announced."""
    upload = world.uploads.get(file_id)
    if upload is None or upload.complete or len(content) != upload.length:
        return False
    upload.content = content
    return True


def complete(call: Call) -> Json:
    try:
        rows: Any = call.document("files")
    except ValueError as broken:
        raise invalid_arguments("files is not valid JSON [json-pointer:/files]") from broken
    if not isinstance(rows, list) or not rows:
        raise invalid_arguments("missing required field: files")
    uploads = [_pending(call, row) for row in rows]
    wanted = [call.text("channel_id"), *call.text("channels").split(",")]
    channels = [call.visible(channel_id) for channel_id in wanted if channel_id]
    for channel in channels:
        call.joined(channel)
        call.open(channel)
    for upload in uploads:
        upload.complete = True
        upload.channels = [channel.id for channel in channels]
    shown = [as_json(call.world, upload) for upload in uploads]
    for channel in channels:
        draft = Draft(
            text=call.text("initial_comment"),
            blocks=call.document("blocks") or [],
            thread_ts=call.text("thread_ts") or None,
            files=shown,
            subtype="file_share",
        )
        messages.post(call.world, call.team, channel, call.bot, draft)
    tell_of(call.world, call.team, uploads, call.bot.id)
    return {"files": shown}


def tell_of(world: World, team: Team, uploads: list[Upload], user_id: str) -> None:
    """`file_created`, and `file_shared` for every conversation the app is in."""
    for upload in uploads:
        events.file(world, team, "file_created", upload.id, user_id)
        for channel_id in upload.channels:
            channel = team.channels[channel_id]
            if team.bot_user_id in channel.members:
                events.file(world, team, "file_shared", upload.id, user_id, channel_id)
            if channel.kind == "channel":
                events.file(world, team, "file_public", upload.id, user_id)


def _pending(call: Call, row: Any) -> Upload:
    upload = call.world.uploads.get(str(row.get("id"))) if isinstance(row, dict) else None
    if upload is None or upload.team_id != call.team.id or upload.content is None:
        raise SlackError("file_not_found")
    if upload.complete:
        raise SlackError("file_update_failed")
    upload.title = str(row.get("title") or upload.name)
    return upload


def _known(call: Call) -> Upload:
    upload = call.world.uploads.get(call.need("file"))
    if upload is None or upload.team_id != call.team.id or not upload.complete:
        raise SlackError("file_not_found")
    if upload.deleted:
        raise SlackError("file_deleted")
    return upload


def info(call: Call) -> Json:
    shown = as_json(call.world, _known(call))
    return {"file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


def list_(call: Call) -> Json:
    wanted = call.text("channel")
    rows = [
        as_json(call.world, upload)
        for upload in call.world.uploads.values()
        if upload.team_id == call.team.id
        and upload.complete
        and not upload.deleted
        and (not wanted or wanted in upload.channels)
    ]
    return {"files": rows, "paging": {"count": 100, "total": len(rows), "page": 1, "pages": 1}}


def delete(call: Call) -> Json:
    upload = _known(call)
    upload.deleted = True
    events.file(call.world, call.team, "file_deleted", upload.id, call.bot.id)
    return {}


def as_json(world: World, upload: Upload) -> Json:
    kind = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
    link = f"{world.base_url}/files/{upload.id}/{upload.name}"
    filetype = upload.name.rpartition(".")[2]
    team = world.teams[upload.team_id]
    return file_json(team, upload.id, upload.user_id, upload.created, upload.channels) | {
        "name": upload.name,
        "title": upload.title,
        "mimetype": kind,
        "filetype": filetype,
        "pretty_type": filetype.upper(),
        "size": upload.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "url_private": link,
        "url_private_download": link,
        "permalink": link,
        "alt_txt": upload.alt_text,
    }
