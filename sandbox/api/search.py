"""assistant.search.context: what an agent may look up for the person who asked it."""

from __future__ import annotations

import re

from sandbox.api.calls import Call
from sandbox.world.errors import SlackError
from sandbox.world.kinds import Json

KINDS = {"public_channel": "channel", "private_channel": "group", "mpim": "mpim", "im": "im"}


def info(_call: Call) -> Json:
    return {"is_ai_search_enabled": False}


def context(call: Call) -> Json:
    """Messages with a word of the query, newest first; of public channels unless `channel_types` says more, and never
    of a place the app is not in."""
    query = call.need("query")
    if call.text("action_token") not in ("", *call.world.action_tokens):
        raise SlackError("invalid_action_token")
    wanted = call.text("channel_types") or "public_channel"
    kinds = {KINDS.get(name.strip().strip('"[]'), "") for name in wanted.split(",")}
    words = [word for word in re.findall(r"\w+", query.lower()) if len(word) > 2]
    found = [
        {
            "author_user_id": message.user,
            "author_name": call.team.users[message.user].real_name if message.user in call.team.users else "",
            "team_id": call.team.id,
            "channel_id": channel.id,
            "channel_name": channel.name,
            "message_ts": message.ts,
            "content": message.text,
            "is_author_bot": bool(message.bot_id),
            "permalink": f"https://{call.team.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}",
        }
        for channel in call.team.channels.values()
        if channel.kind in kinds and (channel.kind == "channel" or call.team.bot_user_id in channel.members)
        for message in channel.messages.values()
        if not message.ephemeral_to and any(word in message.text.lower() for word in words)
    ]
    found.sort(key=lambda row: str(row["message_ts"]), reverse=True)
    page, metadata = call.page(found, default=20, most=20)
    return {"results": {"messages": page}, "response_metadata": metadata}
