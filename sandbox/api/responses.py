"""response_url: five answers within half an hour, for who clicked or for the whole channel."""

from __future__ import annotations

from datetime import timedelta

from sandbox.api.calls import known
from sandbox.api.chat import check_payload
from sandbox.world import messages
from sandbox.world.errors import SlackError
from sandbox.world.kinds import Json
from sandbox.world.messages import Draft
from sandbox.world.model import Channel, Message, ResponseUrl, Team
from sandbox.world.world import World

USES = 5
LIFE = timedelta(minutes=30)


def use(world: World, key: str, body: Json) -> None:
    """Do what the body of a POST to a response_url asks for. SlackError where it may not."""
    url = world.response_urls.get(key)
    if url is None:
        raise SlackError("no_such_url")
    if world.clock.now() - url.born > LIFE:
        raise SlackError("expired_url")
    if url.uses >= USES:
        raise SlackError("used_url")
    team = world.teams[url.team_id]
    channel = team.channels[url.channel_id]
    if channel.archived or channel.deleted:
        raise SlackError("is_archived" if channel.archived else "channel_not_found")
    apply(world, team, channel, url, body)
    url.uses += 1


def apply(world: World, team: Team, channel: Channel, url: ResponseUrl, body: Json) -> None:
    original = channel.messages.get(url.message_ts)
    if body.get("delete_original"):
        if original is not None:
            messages.delete(world, team, channel, original)
        return
    draft = draft_of(world, team, body, thread_ts=str(body.get("thread_ts") or ""))
    if body.get("replace_original") and original is not None:
        messages.change(world, team, channel, original, draft)
    else:
        say(world, team, channel, url.user_id, body, draft)


def draft_of(world: World, team: Team, body: Json, thread_ts: str = "") -> Draft:
    """The message in an ack or a response, checked against Slack's limits."""
    text, blocks, attachments = (body.get(name) for name in ("text", "blocks", "attachments"))
    check_payload(world, text, blocks, attachments, body.get("metadata"))
    known(team, blocks, "invalid_blocks")
    return Draft(
        text=str(text or ""),
        blocks=blocks or [],
        attachments=attachments or [],
        thread_ts=thread_ts or None,
        metadata=body.get("metadata"),
    )


def say(world: World, team: Team, channel: Channel, user_id: str, body: Json, draft: Draft) -> Message:
    """For everybody where response_type is `in_channel`, else for that person alone."""
    bot = team.users[team.bot_user_id]
    if body.get("response_type") == "in_channel":
        return messages.post(world, team, channel, bot, draft)
    return messages.post_ephemeral(world, team, channel, bot, user_id, draft)
