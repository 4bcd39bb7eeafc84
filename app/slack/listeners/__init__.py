"""What arrives from Slack: parse, authorise, call a workflow. The list below is all that the bot answers to."""

import re
from collections.abc import Callable, Iterable, Mapping

from slack_bolt import Ack, App
from slack_sdk import WebClient

from app.slack.ids import COMMAND, SHORTCUT, TRADEOFF_SHORTCUT, Act, act_of
from app.slack.listeners import commands, events, messages
from app.slack.listeners.interactions import acknowledge, on_click, on_submit
from app.slack.listeners.requests import Body
from app.slack.listeners.services import Services
from app.slack.listeners.table import CLICKS, FORMS
from app.workflows import digests

REMOVED = ("app_uninstalled", "tokens_revoked")
EVENTS = (
    "message",
    "app_home_opened",
    "user_change",
    "channel_archive",
    "channel_deleted",
    "entity_details_requested",
    *REMOVED,
)
"""Every event type with a listener; the manifest subscribes to these and no others."""

__all__ = ["EVENTS", "Services", "register"]


def register(app: App, services: Services) -> None:
    """Register every listener with Bolt.

    Bolt tries one after the other with every delivery, and takes longer over each than we do to look a click up.
    """
    app.command(COMMAND)(commands.escalate(services))

    clicks = {act.value: on_click(services, interaction) for act, interaction in CLICKS.items()} | {
        Act.LINK.value: acknowledge
    }
    app.action(_one_of(clicks))(_chosen(clicks, lambda body: act_of(body["actions"][0]["action_id"])))
    forms = {modal.value: on_submit(services, interaction) for modal, interaction in FORMS.items()}
    app.view(_one_of(forms))(_chosen(forms, lambda body: act_of(body["view"]["callback_id"])))

    app.event("message")(messages.message(services))
    app.event("app_home_opened")(events.home_opened(services))
    app.event("user_change")(events.user_changed(services))
    app.event("channel_archive")(events.channel_gone(services, digests.channel_archived))
    app.event("channel_deleted")(events.channel_gone(services, digests.channel_deleted))
    app.event("entity_details_requested")(events.details_requested(services))
    for name in REMOVED:
        app.event(name)(events.app_removed(services))

    app.shortcut({"type": "message_action", "callback_id": SHORTCUT})(commands.escalate_thread(services))
    app.shortcut({"type": "message_action", "callback_id": TRADEOFF_SHORTCUT})(commands.argue_thread(services))


Listener = Callable[..., None]


def _one_of(names: Iterable[str]) -> re.Pattern[str]:
    """Any of these, as it stands or with a suffix behind a colon."""
    return re.compile(rf"^({'|'.join(map(re.escape, names))})(:.*)?\Z")


def _chosen(listeners: Mapping[str, Listener], name: Callable[[Body], str]) -> Listener:
    def listener(ack: Ack, body: Body, client: WebClient) -> None:
        listeners[name(body)](ack=ack, body=body, client=client)

    return listener
