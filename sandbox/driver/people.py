"""What a person does and sees, as plain calls that are safe from any thread."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sandbox.api import files
from sandbox.api.other import pin_json
from sandbox.deliveries.interactions import Desk, Reply, Submitted
from sandbox.driver.agent_users import GUEST, AgentUser
from sandbox.driver.rooms import Room
from sandbox.world import composing, events, forms, messages, views
from sandbox.world.kinds import Json
from sandbox.world.messages import Draft
from sandbox.world.model import Message, View
from sandbox.world.objects import user_json

Fill = Mapping[str, object]
"""label, block_id or action_id → what goes in: text, an option's text or value, a list of those,
a person or room, "2026-11-30", "09:30"."""


class Person(AgentUser):
    """Somebody with a Slack window open."""

    @property
    def desk(self) -> Desk:
        """What sends her clicks and commands; for who knows the exact element."""
        return Desk(self._world, self._courier, self._team, self.state)

    # Talking

    def say(
        self, text: str, channel: Room | str | None = None, thread_ts: str | None = None, *, encoded: bool = False
    ) -> Message:
        """Write a message, in the bot's direct message unless a channel is named.

        `text` is what she types; `<@U…>`, `<#C…>` and `<https://…|label>` stand for what she picks. It goes out as
        Slack's composer sends it: with its entities and references, and a rich_text block. With `encoded` a composer
        has done its part already.
        """
        with self._world.locked():
            room = self._channel(channel)
            assert self.id in room.members, f"{self.name} is not in #{room.name}"
            assert not room.archived, f"#{room.name} is archived"
            to_app = room.kind == "im" and self._team.bot_user_id in room.members
            assert not (to_app and self.state.guest and self._world.manifest.is_agent), GUEST
            assert not (to_app and self._world.manifest.messages_read_only), (
                "the app takes no direct messages: its messages tab is read-only"
            )
            self._world.act(self.id, "message", text)
            draft = composed(text, encoded=encoded)
            draft.thread_ts, draft.client_msg_id = thread_ts, str(uuid.uuid4())
            message = messages.post(self._world, self._team, room, self.state, draft)
            return message.snapshot()

    def edit(self, message: Message, text: str) -> None:
        """Change what she wrote (`message_changed`)."""
        with self._world.locked():
            room = self._channel(message.channel)
            stored = room.messages[message.ts]
            assert stored.user == self.id, f"{self.name} did not write that message"
            messages.change(self._world, self._team, room, stored, composed(text))

    def delete(self, message: Message) -> None:
        with self._world.locked():
            room = self._channel(message.channel)
            messages.delete(self._world, self._team, room, room.messages[message.ts])

    def react(self, message: Message, emoji: str) -> None:
        with self._world.locked():
            room = self._channel(message.channel)
            stored = room.messages[message.ts]
            people = stored.reactions.setdefault(emoji, [])
            if self.id not in people:
                people.append(self.id)
                body = messages.as_json(stored)
                events.reaction(self._world, self._team, room, "reaction_added", self.id, emoji, body)

    def unreact(self, message: Message, emoji: str) -> None:
        """Take a reaction back (`reaction_removed`)."""
        with self._world.locked():
            room = self._channel(message.channel)
            stored = room.messages[message.ts]
            assert self.id in stored.reactions.get(emoji, []), f"{self.name} did not react with {emoji}"
            stored.reactions[emoji].remove(self.id)
            if not stored.reactions[emoji]:
                del stored.reactions[emoji]
            body = messages.as_json(stored)
            events.reaction(self._world, self._team, room, "reaction_removed", self.id, emoji, body)
            self._world.changed("reaction", channel=room.id, ts=stored.ts)

    def pin(self, message: Message) -> None:
        """Pin a message to its channel (`pin_added`)."""
        with self._world.locked():
            room = self._channel(message.channel)
            stored = room.messages[message.ts]
            room.pins[stored.ts] = (self.id, int(self._world.clock.now().timestamp()))
            events.pin(self._world, self._team, room, "pin_added", pin_json(room, stored), self.id)
            self._world.changed("pin", channel=room.id, ts=stored.ts)

    def share_file(self, name: str, content: bytes, channel: Room | str | None = None, text: str = "") -> Message:
        """Upload a file into a conversation (`file_created`, `file_shared`)."""
        with self._world.locked():
            room = self._channel(channel)
            assert self.id in room.members, f"{self.name} is not in #{room.name}"
            upload = files.keep(self._world, self._team, self.id, name, content, [room.id])
            shown = [files.as_json(self._world, upload)]
            draft = composed(text) if text else Draft()
            draft.files, draft.subtype, draft.client_msg_id = shown, "file_share", str(uuid.uuid4())
            message = messages.post(self._world, self._team, room, self.state, draft)
            files.tell_of(self._world, self._team, [upload], self.id)
            return message.snapshot()

    def sees(self, channel: Room | str | None = None, thread: str | None = None) -> list[Message]:
        """What Slack shows her there, oldest first; nothing where she may not look.

        With `thread` (a ts): the parent and its replies. Ephemerals show to their addressee alone.
        """
        with self._world.locked():
            room = self._channel(channel)
            if not self.may_see(room.id):
                return []
            if thread is None:
                rows = messages.timeline(room)
            else:
                rows = [m for m in room.messages.values() if thread in (m.ts, m.thread_ts)]
            return [m.snapshot() for m in rows if m.ephemeral_to in ("", self.id)]

    def latest(self, channel: Room | str | None = None) -> Message | None:
        """The newest message she sees there, in the bot's direct message by default."""
        rows = self.sees(channel)
        return rows[-1] if rows else None

    @property
    def alerts(self) -> list[str]:
        """Every failure of the app Slack told her of: operation_timeout, …"""
        with self._world.locked():
            return list(self._team.alerts.get(self.id, []))

    # Commands, shortcuts, clicks

    def command(self, name: str, text: str = "", channel: Room | str | None = None) -> Reply:
        """Run a slash command, in the bot's direct message unless a channel is named."""
        room = self._channel(channel)
        assert self.may_see(room.id), f"{self.name} cannot see that channel"
        return self.desk.command(name, text, room)

    def shortcut(self, callback_id: str, message: Message | None = None) -> Reply:
        """A global shortcut, or a message shortcut on `message`."""
        if message is None:
            return self.desk.shortcut(callback_id, None, None)
        with self._world.locked():
            room = self._channel(message.channel)
            stored = room.messages[message.ts]
        return self.desk.shortcut(callback_id, room, stored)

    def click(
        self,
        message: Message,
        what: str,
        value: object = None,
        fill: Fill | None = None,
        *,
        stale: bool = False,
    ) -> Reply:
        """Click or choose something in a message, by label, action_id, block_id or option.

        `fill` types into the message's inputs first. With `stale` she clicks what her window still
        shows, though the message has changed since.
        """
        with self._world.locked():
            room = self._channel(message.channel)
            current = room.messages.get(message.ts)
            assert current is not None or stale, "that message is gone"
            assert self.may_see(room.id), f"{self.name} cannot see that message"
            assert message.ephemeral_to in ("", self.id), f"only {message.ephemeral_to} sees that"
            shown = message if stale or current is None else current
            typed = shown.state.setdefault(self.id, {})
            blocks = shown.all_blocks()
            where = f"the message {shown.shown[:80]!r}"
            self._type(blocks, fill, typed, where, {"channel": {"id": room.id}})
            element = forms.find(blocks, what, value, where=where)
            value = _meant(element, what, value)
        value = self._chosen(element, value, {"channel": {"id": room.id}})
        return self.desk.click_message(room, shown, element, value)

    def _type(
        self,
        blocks: list[Json],
        fill: Fill | None,
        typed: dict[tuple[str, str], Json],
        where: str,
        place: Json,
    ) -> None:
        for name, value in (fill or {}).items():
            element = forms.find(blocks, name, where=where)
            typed[element.key] = forms.choose(element, self._chosen(element, value, place))

    def _chosen(self, element: forms.Element, value: object, place: Json) -> object:
        """The option of an external select, found by asking the app; whoever or whatever is called so in a list."""
        if element.type == "file_input":
            return [self._file(one) for one in (value if isinstance(value, list) else [value])]
        listed = element.type.removeprefix("multi_").removesuffix("_select")
        if listed not in ("external", "users", "conversations", "channels"):
            return value
        if isinstance(value, list | tuple):
            return [self._chosen(element, one, place) for one in value]
        if not isinstance(value, str):
            return value
        if listed != "external":
            return self._named(value, people=listed != "channels", rooms=listed != "users")
        for option in self.desk.options(element, value, place):
            if value in (option.get("value"), forms.plain(option.get("text"))):
                return option
        raise AssertionError(f"the app offers no {value!r} for «{element.label}»")

    def _named(self, name: str, *, people: bool, rooms: bool) -> str:
        """The id of who or what is called so; a name nobody has is taken for an id."""
        with self._world.locked():
            users = [u.id for u in self._team.users.values() if people and name in (u.real_name, f"@{u.name}")]
            channels = [c.id for c in self._team.channels.values() if rooms and not c.is_dm and name == f"#{c.name}"]
        return next(iter([*users, *channels]), name)

    def _file(self, given: object) -> object:
        """(name, bytes) put into a form, as the file Slack makes of it."""
        if not isinstance(given, tuple):
            return given
        name, content = given
        return self.keep_file(str(name), bytes(content))

    def keep_file(self, name: str, content: bytes) -> Json:
        """A file of hers that stands in no conversation yet, as Slack writes it."""
        with self._world.locked():
            upload = files.keep(self._world, self._team, self.id, name, content, [])
            return files.as_json(self._world, upload)

    # Modals

    @property
    def modal(self) -> View | None:
        """The modal on top of her stack."""
        with self._world.locked():
            view = views.top(self._team, self.id)
            return view.snapshot() if view else None

    @property
    def modals(self) -> list[View]:
        """Her whole stack, the one on top last."""
        with self._world.locked():
            stack = self._team.stacks.get(self.id, [])
            return [self._team.views[v].snapshot() for v in stack]

    def _top(self) -> View:
        view = views.top(self._team, self.id)
        assert view is not None, f"{self.name} has no modal open; she was told: {self.alerts}"
        return view

    def fill(self, values: Fill) -> None:
        """Type and choose in the modal on top, without submitting. Inputs that dispatch, do."""
        for name, value in values.items():
            with self._world.locked():
                view = self._top()
                element = forms.find(view.blocks, name, where=f"the modal {view.title!r}")
            chosen = self._chosen(element, value, {"view": views.as_json(self._world, view)})
            if element.block.get("dispatch_action") or not element.is_input:
                self.desk.click_view(view, element, chosen)
            else:
                with self._world.locked():
                    view.filled[element.key] = forms.choose(element, chosen)

    def submit(self, values: Fill | None = None) -> Submitted:
        """Fill the modal on top and press its Submit button."""
        self.fill(values or {})
        with self._world.locked():
            view = self._top()
            assert view.body.get("submit"), f"the modal {view.title!r} has no Submit button"
        return self.desk.submit(view)

    def close_modal(self, *, everything: bool = False) -> Reply:
        """Press Close; `everything` is the cross that closes the whole stack."""
        return self.desk.close(everything=everything)

    def click_modal(self, what: str, value: object = None, fill: Fill | None = None) -> Reply:
        self.fill(fill or {})
        with self._world.locked():
            view = self._top()
        return self._click_view(view, what, value)

    def _click_view(self, view: View, what: str, value: object) -> Reply:
        where = f"the {view.type} {view.title!r}"
        element = forms.find(view.blocks, what, value, where=where)
        value = _meant(element, what, value)
        value = self._chosen(element, value, {"view": views.as_json(self._world, view)})
        return self.desk.click_view(view, element, value)

    # Home

    def home(self) -> View | None:
        """Her App Home as it was published, without opening it."""
        with self._world.locked():
            view_id = self._team.homes.get(self.id)
            return self._team.views[view_id].snapshot() if view_id else None

    def open_home(self, tab: str = "home") -> View | None:
        """Open the app (`app_home_opened`); the Home as it stands before the app hears of it."""
        with self._world.locked():
            shown = self.home()
            event: Json = {
                "type": "app_home_opened",
                "user": self.id,
                "channel": self.dm().id,
                "tab": tab,
            }
            if shown is not None and tab == "home":
                event["view"] = views.as_json(self._world, shown)
            if self._world.manifest.is_agent and self.id in self._team.looking_at:
                event["context"] = self._team.looking_at[self.id]
            assert not (self.state.guest and self._world.manifest.is_agent), GUEST
            self._world.act(self.id, "home", tab)
            events.emit(self._world, self._team, "app_home_opened", event)
        return shown

    def click_home(self, what: str, value: object = None, fill: Fill | None = None) -> Reply:
        with self._world.locked():
            view_id = self._team.homes.get(self.id)
            assert view_id, f"no Home was published for {self.name}"
            view = self._team.views[view_id]
            place = {"view": views.as_json(self._world, view)}
        self._type(view.blocks, fill, view.filled, "the Home", place)
        return self._click_view(view, what, value)

    # Her account

    def change(
        self,
        *,
        tz: str | None = None,
        title: str | None = None,
        guest: bool | None = None,
        status: str | None = None,
    ) -> None:
        """Edit her profile (`user_change`; `user_profile_changed` and `user_status_changed` where it is that)."""
        with self._world.locked():
            changed = [name for name, new in (("profile", title), ("status", status)) if new is not None]
            self.state.status = self.state.status if status is None else status
            self.state.tz = self.state.tz if tz is None else tz
            self.state.title = self.state.title if title is None else title
            self.state.guest = self.state.guest if guest is None else guest
            self._user_changed()
            for name in changed:
                body = user_json(self.state, self._world.clock.now())
                events.user_news(self._world, self._team, f"user_{name}_changed", body, self.state)

    def deactivate(self) -> None:
        """Her account is closed (`user_change` with deleted)."""
        with self._world.locked():
            self.state.deleted = True
            for channel in self._team.channels.values():
                if not channel.is_dm and self.id in channel.members:
                    channel.members.remove(self.id)
            views.clear(self._team, self.id)
            self._user_changed()

    def reactivate(self) -> None:
        with self._world.locked():
            self.state.deleted = False
            self._user_changed()

    def _user_changed(self) -> None:
        self.state.updated = int(self._world.clock.now().timestamp())
        body = user_json(self.state, self._world.clock.now())
        events.user_news(self._world, self._team, "user_change", body, self.state)
        self._world.changed("user", user=self.id)


def composed(text: str, *, encoded: bool = False) -> Draft:
    """What somebody typed, as Slack's composer sends it."""
    sent = text if encoded else composing.encoded(text)
    return Draft(text=sent, blocks=composing.rich_text(sent))


def _meant(element: forms.Element, what: str, value: object) -> object:
    """Clicking an option by its own name chooses that option."""
    if value is None and not element.named(what) and element.options:
        return [what] if element.type.startswith(("checkboxes", "multi_")) else what
    return value
