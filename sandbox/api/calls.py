"""One call of a Web API method: who calls, with which arguments, and what they may touch."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox.world.errors import SlackError, invalid_arguments
from sandbox.world.kinds import Json
from sandbox.world.model import Channel, Message, Org, Team, User
from sandbox.world.world import World

T = TypeVar("T")


@dataclass
class Call:
    """Arguments come as form strings or JSON; these readers make no difference between them."""

    world: World
    team: Team
    token: str
    args: Json

    @property
    def owner(self) -> Team | Org:
        """Whose token it is: a team's, or an org's that speaks for each of its teams."""
        of = self.world.tokens.get(self.token, self.team.id)
        return self.world.orgs[of] if of in self.world.orgs else self.world.teams[of]

    @property
    def bot(self) -> User:
        return self.team.users[self.team.bot_user_id]

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def need(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        value = self.args.get(name)
        if value in (None, ""):
            return default
        try:
            return int(str(value))
        except ValueError as error:
            raise invalid_arguments(f"must be an integer [json-pointer:/{name}]") from error

    def document(self, name: str) -> Any:
        """An argument that is JSON: as it came, or parsed where it came as a string.

        ValueError where it does not parse.
        """
        value = self.args.get(name)
        return json.loads(value) if isinstance(value, str) and value else value

    def has_scope(self, scope: str) -> bool:
        return self.team.scopes is None or scope in self.team.scopes

    def channel(self, name: str = "channel") -> Channel:
        """The conversation an argument names by its id, as far as the bot may know of it."""
        return self.visible(self.need(name))

    def visible(self, channel_id: str) -> Channel:
        channel = self.team.channels.get(channel_id)
        if channel is None or channel.deleted:
            raise SlackError("channel_not_found")
        if channel.is_private and self.team.bot_user_id not in channel.members:
            raise SlackError("channel_not_found")
        return channel

    def joined(self, channel: Channel) -> None:
        if self.team.bot_user_id not in channel.members:
            raise SlackError("not_in_channel")

    def open(self, channel: Channel) -> None:
        if channel.archived:
            raise SlackError("is_archived")

    def user(self, user_id: str) -> User:
        user = self.team.users.get(user_id)
        if user is None:
            raise SlackError("user_not_found")
        return user

    def message(self, channel: Channel, ts: str) -> Message:
        """A message everybody can see. Ephemerals are not found, as in Slack."""
        message = channel.messages.get(ts)
        if message is None or message.ephemeral_to:
            raise SlackError("message_not_found")
        return message

    def page(self, items: list[T], *, default: int = 100, most: int = 1000, given: int = 1000) -> tuple[list[T], Json]:
        """One page of at most `given`, and its `response_metadata`. The cursor is opaque and only ours are taken."""
        limit = self.number("limit", default) or default
        if not 0 < limit <= most:
            raise SlackError("invalid_limit")
        limit = min(limit, given)
        start = _read_cursor(self.text("cursor"))
        if start > len(items):
            raise SlackError("invalid_cursor")
        following = start + limit
        cursor = _write_cursor(following) if following < len(items) else ""
        return items[start:following], {"next_cursor": cursor}


def _write_cursor(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _read_cursor(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, position = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next":
            return int(position)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        pass
    raise SlackError("invalid_cursor")


def known(team: Team, payload: Any, code: str) -> None:
    """SlackError where a block in the payload is of a type that this workspace has not been given yet."""
    for kind in _kinds(payload) if team.lacks else ():
        if kind in team.lacks:
            raise SlackError(code, response_metadata={"messages": [f"[ERROR] unsupported type: {kind}"]})


def _kinds(payload: Any) -> Iterator[str]:
    inner = payload.values() if isinstance(payload, dict) else payload if isinstance(payload, list) else ()
    if isinstance(payload, dict) and isinstance(payload.get("type"), str):
        yield payload["type"]
    for one in inner:
        yield from _kinds(one)


def refused(problems: list[Any]) -> SlackError | None:
    """The answer to a payload the limits refuse (`sandbox.limits.Problem`s), None for a good one."""
    if not problems:
        return None
    first: str = problems[0].error
    same = [p for p in problems if p.error == first]
    lines = [f"{p.message} [json-pointer:{p.pointer}]" if p.pointer else p.message for p in same]
    extra: Json = {"response_metadata": {"messages": [f"[ERROR] {line}" for line in lines]}}
    if first in ("invalid_blocks", "invalid_attachments"):
        extra["errors"] = lines
    return SlackError(first, **extra)
