"""The conversations of a workspace, as plain calls that are safe from any thread."""

from __future__ import annotations

from typing import Protocol

from sandbox.api import conversations
from sandbox.world import events
from sandbox.world.model import Channel, Message, Team
from sandbox.world.world import World


class HasId(Protocol):
    """Whoever has a user id."""

    id: str


class Room:
    """A conversation: channel, private channel or direct message."""

    def __init__(self, world: World, team: Team, channel: Channel) -> None:
        self._world = world
        self._team = team
        self.state = channel
        self.id = channel.id

    @property
    def name(self) -> str:
        return self.state.name

    @property
    def messages(self) -> list[Message]:
        """Everything in it that everybody can see, threads too, oldest first."""
        with self._world.locked():
            rows = self.state.messages.values()
            return [m.snapshot() for m in rows if not m.ephemeral_to]

    def add(self, *people: HasId, bot: bool = False) -> None:
        """People, or the bot, join it (`member_joined_channel`)."""
        with self._world.locked():
            ids = [*([self._team.bot_user_id] if bot else []), *(p.id for p in people)]
            for user_id in ids:
                if user_id not in self.state.members:
                    conversations.enter(self._world, self._team, self.state, user_id)

    def remove(self, *people: HasId, bot: bool = False) -> None:
        with self._world.locked():
            for user_id in [*([self._team.bot_user_id] if bot else []), *(p.id for p in people)]:
                conversations.quit_(self._world, self._team, self.state, user_id)

    def archive(self, by: HasId | None = None) -> None:
        self._set_archived(True, by)

    def unarchive(self, by: HasId | None = None) -> None:
        self._set_archived(False, by)

    def _set_archived(self, archived: bool, by: HasId | None) -> None:
        with self._world.locked():
            actor = by.id if by else self.state.creator
            conversations.set_archived(self._world, self._team, self.state, archived, actor)

    def delete(self, by: HasId | None = None) -> None:
        with self._world.locked():
            self.state.deleted = True
            actor = by.id if by else self.state.creator
            events.channel_news(self._world, self._team, self.state, "deleted", actor)
            self._world.changed("deleted", channel=self.id)
