"""What a person does and sees, as plain calls that are safe from any thread."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sandbox import composing, events, forms, messages, views
from sandbox.api import conversations
from sandbox.interactions import Desk, Reply, Submitted
from sandbox.messages import Draft
from sandbox.model import Channel, Json, Message, User, View
from sandbox.objects import user_json

if TYPE_CHECKING:
    from sandbox.places import Room, Workspace
    from sandbox.slack import Sandbox

Fill = Mapping[str, object]
"""label, block_id or action_id → what goes in: text, an option's text or value, a list of those,
a person or room, "2026-11-30", "09:30"."""


class Person:
    """Somebody with a Slack window open."""

    def __init__(self, slack: Sandbox, ws: Workspace, user: User) -> None:
        self._slack = slack
        self._ws = ws
        self._world = slack.world
        self.state = user
        self.id = user.id
        self.name = user.real_name

    def __repr__(self) -> str:
        return f"<{self.name} {self.id}>"

    @property
    def workspace(self) -> Workspace:
        return self._ws

    @property
    def desk(self) -> Desk:
        """What sends her clicks and commands; for who knows the exact element."""
        return Desk(self._world, self._slack.courier, self._ws.state, self.state)

    # Talking

    def dm(self) -> Room:
        """Her direct message with the bot."""
        with self._world.locked():
            channel = conversations.open_dm(self._world, self._ws.state, self.id)
        return self._ws.room(channel.id)

    def _channel(self, channel: Room | str | None) -> Channel:
        if channel is None:
            return self.dm().state
        return self._ws.state.channels[channel if isinstance(channel, str) else channel.id]

    def may_see(self, channel: Room | str) -> bool:
        room = self._channel(channel)
        if self.state.deleted or room.deleted:
            return False
        return self.id in room.members or (room.kind == "channel" and not self.state.guest)

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
            to_app = room.kind == "im" and self._ws.bot_user_id in room.members
            assert not (to_app and self._world.manifest.messages_read_only), (
                "the app takes no direct messages: its messages tab is read-only"
            )
            self._world.act(self.id, "message", text)
            draft = composed(text, encoded=encoded)
            draft.thread_ts, draft.client_msg_id = thread_ts, str(uuid.uuid4())
            message = messages.post(self._world, self._ws.state, room, self.state, draft)
            return message.snapshot()

    def edit(self, message: Message, text: str) -> None:
        """Change what she wrote (`message_changed`)."""
        with self._world.locked():
            room = self._channel(message.channel)
            stored = room.messages[message.ts]
            assert stored.user == self.id, f"{self.name} did not write that message"
            messages.change(self._world, self._ws.state, room, stored, composed(text))

    def delete(self, message: Message) -> None:
        with self._world.locked():
            room = self._channel(message.channel)
            messages.delete(self._world, self._ws.state, room, room.messages[message.ts])

    def react(self, message: Message, emoji: str) -> None:
        with self._world.locked():
            room = self._channel(message.channel)
            stored = room.messages[message.ts]
            people = stored.reactions.setdefault(emoji, [])
            if self.id not in people:
                people.append(self.id)
                body = messages.as_json(stored)
                events.reaction(self._world, self._ws.state, room, "reaction_added", self.id, emoji, body)

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
            return list(self._ws.state.alerts.get(self.id, []))

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
        """The option of an external select, found by asking the app."""
        if not element.type.endswith("external_select") or not isinstance(value, str):
            return value
        for option in self.desk.options(element, value, place):
            if value in (option.get("value"), forms.plain(option.get("text"))):
                return option
        raise AssertionError(f"the app offers no {value!r} for «{element.label}»")

    # Modals

    @property
    def modal(self) -> View | None:
        """The modal on top of her stack."""
        with self._world.locked():
            view = views.top(self._ws.state, self.id)
            return view.snapshot() if view else None

    @property
    def modals(self) -> list[View]:
        """Her whole stack, the one on top last."""
        with self._world.locked():
            stack = self._ws.state.stacks.get(self.id, [])
            return [self._ws.state.views[v].snapshot() for v in stack]

    def _top(self) -> View:
        view = views.top(self._ws.state, self.id)
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
            view_id = self._ws.state.homes.get(self.id)
            return self._ws.state.views[view_id].snapshot() if view_id else None

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
            self._world.act(self.id, "home", tab)
            events.emit(self._world, self._ws.state, "app_home_opened", event)
        return shown

    def click_home(self, what: str, value: object = None, fill: Fill | None = None) -> Reply:
        with self._world.locked():
            view_id = self._ws.state.homes.get(self.id)
            assert view_id, f"no Home was published for {self.name}"
            view = self._ws.state.views[view_id]
            place = {"view": views.as_json(self._world, view)}
        self._type(view.blocks, fill, view.filled, "the Home", place)
        return self._click_view(view, what, value)

    # Her account

    def change(self, *, tz: str | None = None, title: str | None = None, guest: bool | None = None) -> None:
        """Edit her profile (`user_change`)."""
        with self._world.locked():
            self.state.tz = self.state.tz if tz is None else tz
            self.state.title = self.state.title if title is None else title
            self.state.guest = self.state.guest if guest is None else guest
            self._user_changed()

    def deactivate(self) -> None:
        """Her account is closed (`user_change` with deleted)."""
        with self._world.locked():
            self.state.deleted = True
            for channel in self._ws.state.channels.values():
                if not channel.is_dm and self.id in channel.members:
                    channel.members.remove(self.id)
            views.clear(self._ws.state, self.id)
            self._user_changed()

    def reactivate(self) -> None:
        with self._world.locked():
            self.state.deleted = False
            self._user_changed()

    def _user_changed(self) -> None:
        self.state.updated = int(self._world.clock.now().timestamp())
        body = user_json(self.state, self._world.clock.now())
        events.user_news(self._world, self._ws.state, "user_change", body, self.state)
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
