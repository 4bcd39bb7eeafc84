"""What a person does to an app, as Slack tells the app: payloads out, acks in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.api import responses
from sandbox.api.views import check_view
from sandbox.deliveries.courier import NOBODY, Answer, Courier
from sandbox.world import forms, messages, views
from sandbox.world.errors import SlackError
from sandbox.world.kinds import Json, StateKey
from sandbox.world.model import Channel, Message, Team, User, View
from sandbox.world.objects import team_json
from sandbox.world.world import World

FAILURES = {
    "timeout": "operation_timeout",
    "http_timeout": "operation_timeout",
    "http_error": "http_service_error",
    "connection_failed": "dispatch_failed",
    NOBODY: "dispatch_failed",
}
"""What the courier met → what Slack tells the person."""


@dataclass(frozen=True)
class Reply:
    """What came of a command, a click or a shortcut.

    ms     time to the ack
    error  what Slack told the person: operation_timeout, dispatch_failed, …; empty if all went well
    """

    acked: bool
    ms: float
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    error: str = ""
    confirmed: bool = False
    """A click went through a confirmation dialog first."""


@dataclass(frozen=True)
class Submitted:
    """What came of pressing Submit.

    errors  block_id → sentence, from Slack's own form check or from the app
    view    what is on top of the person's stack now; None once everything is closed
    sent    False where the form check stopped it before the app heard of it
    """

    errors: dict[str, str]
    view: View | None
    closed: bool
    acked: bool
    error: str = ""
    sent: bool = True
    ms: float = 0.0


@dataclass
class Desk:
    """Everything an interaction needs to know of the world it happens in."""

    world: World
    courier: Courier
    team: Team
    user: User

    def ask(self, kind: Any, name: str, payload: Json, channel: str = "") -> Answer:
        answer: Answer = self.courier.run(self.courier.ask(kind, name, payload, channel))
        return answer

    def failed(self, answer: Answer) -> str:
        """Slack's word for a failed delivery, noted as something the person was told."""
        error = FAILURES.get(answer.error, answer.error)
        self.tell(error)
        return error

    def tell(self, error: str) -> None:
        with self.world.locked():
            self.team.alerts.setdefault(self.user.id, []).append(error)
        self.world.changed("alert", user=self.user.id, error=error)

    def refuse(self, error: str) -> Reply:
        self.tell(error)
        return Reply(False, 0.0, error=error)

    def _who(self, kind: str) -> Json:
        org = self.team.org
        return {
            "type": kind,
            "team": None if self._wide else {"id": self.team.id, "domain": self.team.domain},
            "user": {
                "id": self.user.id,
                "username": self.user.name,
                "name": self.user.name,
                "team_id": self.team.id,
            },
            "api_app_id": self.world.app_id,
            "token": self.world.verification_token,
            "enterprise": {"id": org.id, "name": org.name} if org else None,
            "is_enterprise_install": self._wide,
        }

    @property
    def _wide(self) -> bool:
        """Installed for the whole org: then a payload may name no team but the person's."""
        return self.team.org is not None and not self.team.bot_token

    # Commands and shortcuts

    def command(self, name: str, text: str, channel: Channel) -> Reply:
        self.world.act(self.user.id, "command", f"{name} {text}".strip())
        declared = self.world.manifest.command(name)
        if declared is None or not self.team.installed:
            return self.refuse("invalid_command")
        with self.world.locked():
            if declared.get("should_escape"):
                text = messages.escaped(self.team, text)
            url = self.world.new_response_url(self.team, channel, self.user.id)
            payload = {
                "token": self.world.verification_token,
                "team_id": self.team.id,
                "team_domain": team_json(self.team)["domain"],
                "channel_id": channel.id,
                "channel_name": _channel_name(channel),
                "user_id": self.user.id,
                "user_name": self.user.name,
                "command": name,
                "text": text,
                "api_app_id": self.world.app_id,
                "is_enterprise_install": "true" if self._wide else "false",
                "response_url": url,
                "trigger_id": self.world.new_trigger(self.team, self.user.id, channel_id=channel.id),
            }
            if self.team.org:
                payload |= {"enterprise_id": self.team.org.id, "enterprise_name": self.team.org.name}
        answer = self.ask("slash_commands", name, payload, channel.id)
        return self._shown(answer, channel)

    def _shown(self, answer: Answer, channel: Channel) -> Reply:
        """A command's ack may carry the answer itself."""
        if not answer.acked:
            return Reply(False, answer.ms, error=self.failed(answer))
        body = answer.body
        if not body.get("text") and not body.get("blocks"):
            return Reply(True, answer.ms)
        with self.world.locked():
            try:
                draft = responses.draft_of(self.world, self.team, body)
                message = responses.say(self.world, self.team, channel, self.user.id, body, draft)
            except SlackError as error:
                self.tell(error.code)
                return Reply(True, answer.ms, error=error.code)
        return Reply(True, answer.ms, message.text, message.blocks)

    def shortcut(self, callback_id: str, channel: Channel | None, message: Message | None) -> Reply:
        kind = "message" if message else "global"
        self.world.act(self.user.id, "shortcut", callback_id)
        manifest = self.world.manifest
        if not manifest.shortcut(callback_id, kind) or not manifest.interactive:
            return self.refuse("invalid_shortcut")
        with self.world.locked():
            payload = self._who("message_action" if message else "shortcut") | {
                "callback_id": callback_id,
                "action_ts": self.world.now_ts(),
                "trigger_id": self.world.new_trigger(self.team, self.user.id, channel_id=channel.id if channel else ""),
            }
            if message is not None and channel is not None:
                payload |= {
                    "message_ts": message.ts,
                    "message": messages.as_json(message),
                    "channel": {"id": channel.id, "name": _channel_name(channel)},
                    "response_url": self.world.new_response_url(self.team, channel, self.user.id, message.ts),
                }
        answer = self.ask("interactive", callback_id, payload)
        if not answer.acked:
            return Reply(False, answer.ms, error=self.failed(answer))
        return Reply(True, answer.ms)

    # Clicks

    def click_message(self, channel: Channel, message: Message, element: forms.Element, value: object) -> Reply:
        with self.world.locked():
            typed = message.state.setdefault(self.user.id, {})
            state = _put(element, value, typed)
            url = self.world.new_response_url(self.team, channel, self.user.id, message.ts)
            container: Json = {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": channel.id,
                "is_ephemeral": bool(message.ephemeral_to),
            }
            if message.thread_ts:
                container["thread_ts"] = message.thread_ts
            payload = self._who("block_actions") | {
                "container": container,
                "trigger_id": self.world.new_trigger(self.team, self.user.id, channel_id=channel.id),
                "channel": {"id": channel.id, "name": _channel_name(channel)},
                "response_url": url,
                "state": {"values": forms.state_values(message.all_blocks(), typed)},
                "actions": [forms.action_of(element, state, value, self.world.now_ts())],
            }
            if not message.ephemeral_to:
                payload["message"] = messages.as_json(message)
            payload |= self._step(message, str(payload["trigger_id"]))
        return self._clicked(element, payload, channel.id)

    def _step(self, message: Message, trigger_id: str) -> Json:
        """What a click tells of the step of a workflow its message was posted for."""
        step = self.team.executions.get(message.execution)
        if step is None:
            return {}
        about = {"execution_id": step.id, "function": {"callback_id": step.callback_id}, "inputs": step.inputs}
        pointer = {"interactor": {"id": self.user.id, "secret": ""}, "interactivity_pointer": trigger_id}
        return {"function_data": about, "bot_access_token": step.token, "interactivity": pointer}

    def click_view(self, view: View, element: forms.Element, value: object) -> Reply:
        with self.world.locked():
            state = _put(element, value, view.filled)
            if not element.dispatches:
                return Reply(True, 0.0)
            payload = self._who("block_actions") | {
                "container": {"type": "view", "view_id": view.id},
                "trigger_id": self.world.new_trigger(self.team, self.user.id, view.id if view.type == "modal" else ""),
                "view": views.as_json(self.world, view),
                "actions": [forms.action_of(element, state, value, self.world.now_ts())],
            }
        return self._clicked(element, payload, "")

    def _clicked(self, element: forms.Element, payload: Json, channel: str) -> Reply:
        self.world.act(self.user.id, "click", element.label or element.action_id)
        if not self.world.manifest.interactive:
            return self.refuse("interactivity_disabled")
        answer = self.ask("interactive", element.action_id, payload, channel)
        confirmed = "confirm" in element.body
        if not answer.acked:
            return Reply(False, answer.ms, error=self.failed(answer), confirmed=confirmed)
        return Reply(True, answer.ms, confirmed=confirmed)

    # Modals

    def submit(self, view: View) -> Submitted:
        view.errors = {}
        refused = forms.refusals(view.blocks, view.filled)
        self.world.act(self.user.id, "submit", view.callback_id or view.title)
        if refused:
            view.errors = refused
            self.world.changed("refused", user=self.user.id)
            return Submitted(refused, view.snapshot(), False, False, sent=False)
        if not self.world.manifest.interactive:
            self.tell("interactivity_disabled")
            return Submitted({}, view.snapshot(), False, False, "interactivity_disabled", False)
        with self.world.locked():
            payload = self._who("view_submission") | {
                "trigger_id": self.world.new_trigger(self.team, self.user.id, view.id),
                "view": views.as_json(self.world, view),
                "response_urls": self._response_urls(view),
            }
        answer = self.ask("interactive", view.callback_id or "view_submission", payload)
        with self.world.locked():
            if not answer.acked:
                return self._still_open(answer, error=self.failed(answer))
            try:
                errors = self._respond(view, answer.body)
            except SlackError as error:
                self.tell(error.code)
                return self._still_open(answer, error=error.code)
            top = views.top(self.team, self.user.id)
            closed = view.id not in self.team.views
            shown = top.snapshot() if top else None
            return Submitted(errors, shown, closed, True, ms=answer.ms)

    def _still_open(self, answer: Answer, error: str) -> Submitted:
        top = views.top(self.team, self.user.id)
        shown = top.snapshot() if top else None
        return Submitted({}, shown, False, answer.acked, error, ms=answer.ms)

    def _respond(self, view: View, body: Json) -> dict[str, str]:
        """Do what the ack asks for; the errors it names. SlackError for what Slack refuses."""
        action = body.get("response_action")
        if action is None:
            if view.id in self.team.stacks.get(self.user.id, []):
                self._close(view)
            return {}
        if action == "clear":
            views.clear(self.team, self.user.id)
            self.world.changed("view_closed", user=self.user.id)
            return {}
        if action == "errors":
            errors = body.get("errors")
            blocks = {e.block_id for e in forms.elements(view.blocks) if e.is_input}
            if not isinstance(errors, dict) or not errors or not set(errors) <= blocks:
                raise SlackError("invalid_response_action_errors")
            view.errors = {str(k): str(v) for k, v in errors.items()}
            self.world.changed("refused", user=self.user.id)
            return view.errors
        if action not in ("update", "push") or not isinstance(body.get("view"), dict):
            raise SlackError("invalid_response_action")
        check_view(self.world, self.team, body["view"])
        if action == "update":
            views.replace(self.world, self.team, view, body["view"])
        elif len(self.team.stacks.get(self.user.id, [])) >= views.DEEPEST:
            raise SlackError("push_limit_reached")
        else:
            views.push_modal(self.world, self.team, self.user.id, body["view"])
        return {}

    def _close(self, view: View) -> None:
        """Close this view and what lies above it; what lies below shows again."""
        stack = self.team.stacks[self.user.id]
        while stack and view.id in stack:
            views.pop(self.world, self.team, self.user.id)

    def _response_urls(self, view: View) -> list[Json]:
        rows: list[Json] = []
        for element in forms.elements(view.blocks):
            if element.body.get("response_url_enabled"):
                state = forms.state_of(element, view.filled)
                chosen = str(state.get("selected_conversation") or state.get("selected_channel"))
                channel = self.team.channels.get(chosen)
                if channel is not None:
                    rows.append(
                        {
                            "block_id": element.block_id,
                            "action_id": element.action_id,
                            "channel_id": chosen,
                            "response_url": self.world.new_response_url(self.team, channel, self.user.id),
                        }
                    )
        return rows

    def close(self, *, everything: bool = False) -> Reply:
        """Close the modal on top; with `everything` (or its clear_on_close) the whole stack."""
        with self.world.locked():
            view = views.top(self.team, self.user.id)
            assert view is not None, f"{self.user.real_name} has no modal open"
            self.world.act(self.user.id, "close", view.title)
            everything = everything or bool(view.body.get("clear_on_close"))
            payloads = [
                self._who("view_closed") | {"view": views.as_json(self.world, v), "is_cleared": everything}
                for v in (self._stack() if everything else [view])
                if v.body.get("notify_on_close")
            ]
            if everything:
                views.clear(self.team, self.user.id)
                self.world.changed("view_closed", user=self.user.id)
            else:
                views.pop(self.world, self.team, self.user.id)
        answers = [self.ask("interactive", "view_closed", payload) for payload in payloads]
        for answer in answers:
            if not answer.acked:
                return Reply(False, answer.ms, error=self.failed(answer))
        return Reply(True, max((a.ms for a in answers), default=0.0))

    def _stack(self) -> list[View]:
        return [self.team.views[v] for v in reversed(self.team.stacks.get(self.user.id, []))]

    def options(self, element: forms.Element, query: str, where: Json) -> list[Json]:
        """What an external select offers for a query: the app is asked, as Slack asks it."""
        payload = self._who("block_suggestion") | {
            "action_id": element.action_id,
            "block_id": element.block_id,
            "value": query,
            **where,
        }
        answer = self.ask("interactive", element.action_id, payload)
        if not answer.acked:
            self.failed(answer)
            return []
        groups = answer.body.get("option_groups") or []
        grouped = [option for group in groups for option in group.get("options", [])]
        return [*(answer.body.get("options") or []), *grouped]


def _put(element: forms.Element, value: object, typed: dict[StateKey, Json]) -> Json | None:
    """Note what a person put in, for later state; None for what holds no value."""
    if element.type not in forms.SLOTS:
        return None
    if value is not None:
        typed[element.key] = forms.choose(element, value)
    return forms.state_of(element, typed)


def _channel_name(channel: Channel) -> str:
    if channel.kind == "im":
        return "directmessage"
    return "privategroup" if channel.kind == "group" else channel.name
