"""What arrives from Slack: parse, authorise, call a workflow. The list below is all that the bot answers to."""

import re

from slack_bolt import App

from app.slack.ids import COMMAND, SHORTCUT, Act, Modal
from app.slack.listeners import acts, commands, events, messages, opens, submits
from app.slack.listeners.desk import Desk

REMOVED = ("app_uninstalled", "tokens_revoked")
EVENTS = ("message", "app_home_opened", "user_change", "channel_archive", "channel_deleted", *REMOVED)
"""Every event type with a listener; the manifest subscribes to these and no others."""

__all__ = ["EVENTS", "Desk", "register"]


def register(app: App, desk: Desk) -> None:
    """Register every listener with Bolt."""
    app.command(COMMAND)(commands.escalate(desk))
    app.shortcut({"type": "message_action", "callback_id": SHORTCUT})(commands.escalate_thread(desk))

    app.event("message")(messages.message(desk))
    app.event("app_home_opened")(events.home_opened(desk))
    app.event("user_change")(events.user_changed(desk))
    app.event("channel_archive")(events.channel_gone(desk))
    app.event("channel_deleted")(events.channel_gone(desk))
    for name in REMOVED:
        app.event(name)(events.app_removed(desk))

    for act in Act:
        pattern = re.compile(rf"^{act.value}(:.*)?$")
        if act in opens.OPENS:
            app.action(pattern)(opens.listener(desk, act))
        elif act is Act.LINK:
            app.action(pattern)(acts.nothing)
        else:
            app.action(pattern)(acts.listener(desk, act))

    for modal in Modal:
        if modal in submits.SUBMITS:
            app.view(modal.value)(submits.listener(desk, modal))
