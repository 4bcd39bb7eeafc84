"""Workspaces and the conversations in them, as plain calls that are safe from any thread."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.api import conversations, oauth
from sandbox.deliveries.courier import Courier
from sandbox.driver.people import Person
from sandbox.driver.rooms import Room
from sandbox.world import events
from sandbox.world.groups import new_group
from sandbox.world.model import Channel, Org, Team, User
from sandbox.world.objects import user_json
from sandbox.world.world import World


class Workspace:
    def __init__(self, world: World, courier: Courier, team: Team) -> None:
        self._world = world
        self._courier = courier
        self.state = team
        self.id = team.id
        self.name = team.name

    @property
    def bot_token(self) -> str:
        return self.state.bot_token

    @property
    def bot_user_id(self) -> str:
        return self.state.bot_user_id

    def add_user(
        self,
        name: str,
        *,
        tz: str = "UTC",
        guest: bool = False,
        admin: bool = False,
        email: str | None = None,
        title: str = "",
        joins: bool = False,
    ) -> Person:
        """Somebody who was always there; with `joins` somebody new, told as `team_join`."""
        world = self._world
        with world.locked():
            handle = name.lower().replace(" ", ".")
            user = User(
                id=world.new_id("U"),
                team_id=self.id,
                name=handle,
                real_name=name,
                email=email or f"{handle}@{self.state.domain}.example.com",
                tz=tz,
                guest=guest,
                admin=admin,
                title=title,
                updated=int(world.clock.now().timestamp()),
            )
            user.tz_offset(world.clock.now())  # refuses a zone nobody knows
            self.state.users[user.id] = user
            world.changed("user", user=user.id)
            if joins:
                body = user_json(user, world.clock.now())
                events.user_news(world, self.state, "team_join", body, user)
        return Person(world, self._courier, self.state, user)

    def add_channel(
        self,
        name: str,
        members: Iterable[Person] = (),
        *,
        private: bool = False,
        bot: bool = True,
        general: bool = False,
    ) -> Room:
        """A channel that exists already, with the bot in it unless `bot=False`: no events."""
        world = self._world
        with world.locked():
            ids = [member.id for member in members]
            channel = Channel(
                id=world.new_id("C"),
                team_id=self.id,
                name=conversations.checked_name(name.removeprefix("#")),
                kind="group" if private else "channel",
                created=int(world.clock.now().timestamp()),
                creator=ids[0] if ids else self.bot_user_id,
                members=[*ids, *([self.bot_user_id] if bot else [])],
                general=general,
            )
            self.state.channels[channel.id] = channel
            world.changed("channel", channel=channel.id)
        return Room(world, self.state, channel)

    def add_usergroup(self, handle: str, members: Iterable[Person] = ()) -> str:
        """A user group; its id."""
        world = self._world
        with world.locked():
            ids = [member.id for member in members]
            return str(new_group(world, self.state, handle, handle, ids, self.bot_user_id)["id"])

    def direct(self, one: Person, other: Person) -> Room:
        """The direct message between two people, without the app; made on first use."""
        world = self._world
        with world.locked():
            both = {one.id, other.id}
            for channel in self.state.channels.values():
                if channel.kind == "im" and set(channel.members) == both:
                    return Room(world, self.state, channel)
            channel = Channel(
                id=world.new_id("D"),
                team_id=self.id,
                name=other.id,
                kind="im",
                created=int(world.clock.now().timestamp()),
                members=[one.id, *([other.id] if other.id != one.id else [])],
            )
            self.state.channels[channel.id] = channel
            world.changed("channel", channel=channel.id)
        return Room(world, self.state, channel)

    @property
    def people(self) -> list[Person]:
        return [Person(self._world, self._courier, self.state, u) for u in self.state.users.values() if not u.is_bot]

    def person(self, user_id: str) -> Person:
        return Person(self._world, self._courier, self.state, self.state.users[user_id])

    def room(self, channel_id: str) -> Room:
        return Room(self._world, self.state, self.state.channels[channel_id])

    @property
    def rooms(self) -> list[Room]:
        return [Room(self._world, self.state, c) for c in self.state.channels.values()]

    def set_scopes(self, scopes: Iterable[str] | None) -> None:
        """What the token may do from now on; None for everything."""
        with self._world.locked():
            self.state.scopes = None if scopes is None else set(scopes)

    def lacks(self, *kinds: str) -> None:
        """Be a workspace that has not been given these blocks yet (`entity`: work objects): they are refused."""
        with self._world.locked():
            self.state.lacks = set(kinds)

    def uninstall(self) -> None:
        """The app is removed: its token is revoked, `tokens_revoked` and `app_uninstalled` go out."""
        with self._world.locked():
            oauth.remove(self._world, self.state)

    def revoke_token(self) -> None:
        with self._world.locked():
            oauth.revoke(self._world, self.state)

    def install(self) -> str:
        """Install the app (again); the new bot token."""
        with self._world.locked():
            return oauth.install(self._world, self.state)


class Grid:
    """An Enterprise Grid org, where one install may serve every workspace: `slack.workspace(…, org=…)` puts one in."""

    def __init__(self, world: World, org: Org) -> None:
        self._world = world
        self.state = org
        self.id = org.id
        self.name = org.name

    def uninstall(self) -> None:
        with self._world.locked():
            oauth.remove(self._world, self.state)

    def install(self) -> str:
        """Install the app for all of its workspaces; the bot token."""
        with self._world.locked():
            return oauth.install(self._world, self.state)
