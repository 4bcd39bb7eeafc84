"""Telling the person who acted: in place where Slack lets us, in a small modal otherwise."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from app.domain.errors import ThresholdError
from app.slack.accepted import REFUSED, Accepted, Newer
from app.slack.calls import call
from app.slack.errors import NoAnswer, code_of
from app.slack.ids import Modal
from app.slack.listeners.requests import Body
from app.slack.views.blocks import has_alert, modal, without_alerts
from app.slack.views.modals.sentence import sentence_modal
from app.slack.views.replies.sentences import refused_reply
from app.slack.views.scene import Message
from app.slack.workspaces import workspace_of

log = logging.getLogger(__name__)
EXPIRED_TRIGGER = frozenset({"expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "invalid_trigger_id"})


def tell(body: Body, client: WebClient, message: Message) -> None:
    """Answer only to the person who acted: in place where Slack lets us, in a small modal otherwise."""
    url = body.get("response_url")
    try:
        if url:
            with call("response_url"):
                WebhookClient(str(url), timeout=5).send(
                    text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=False
                )
        elif body.get("trigger_id"):
            _push_or_open(body, client, modal(Modal.TOLD, "Threshold", message.blocks))
    except (SlackApiError, NoAnswer) as error:
        log.warning("an answer did not reach the person: %s", type(error).__name__)


def in_an_ack(accepted: Accepted, body: Body, view: dict[str, Any]) -> dict[str, Any]:
    """A form that goes out with an ack, which is told of no refusal: alerts only where they are known to be taken."""
    return view if accepted.takes(str(workspace_of(body)), Newer.ALERT) else without_alerts(view)


def reply(accepted: Accepted, body: Body, ack: Ack, kind: Newer, message: Callable[[bool], Message]) -> None:
    """Answer a command: ``message(True)`` with the newer block, ``message(False)`` as before there was one.

    An ack is not told whether Slack takes what it carries. So the first answer of a workspace goes to the response URL,
    which is, and the ack only says that it came; later ones go with the ack.
    """
    workspace = str(workspace_of(body))
    takes = accepted.takes(workspace, kind)
    if message(True) == message(False):  # it holds nothing newer, and so says nothing of what is taken
        takes = False
    if takes is None and body.get("response_url"):
        takes = _taken(str(body["response_url"]), message(True))
        if takes is not None:
            accepted.note(workspace, kind, takes)
        if takes:
            ack()
            return
    shown = message(bool(takes))
    ack(text=shown.text, blocks=shown.blocks, response_type="ephemeral")


def _taken(url: str, message: Message) -> bool | None:
    """Whether Slack shows it there; None where it did not answer in time."""
    try:
        with call("response_url"):
            answer = WebhookClient(url, timeout=1).send(
                text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=False
            )
    except NoAnswer:
        return None
    if answer.status_code == 200:
        return True
    return False if any(code in (answer.body or "") for code in REFUSED) else None


def refuse(body: Body, client: WebClient, error: ThresholdError, typed: str | None = None) -> None:
    tell(body, client, refused_reply(error.sentence, typed))


def open_modal(accepted: Accepted, body: Body, client: WebClient, view: dict[str, Any]) -> None:
    """Open a modal while the trigger lives; say so when it came too late."""
    try:
        if has_alert(view):
            accepted.send(
                str(workspace_of(body)),
                Newer.ALERT,
                lambda alerts: _push_or_open(body, client, view if alerts else without_alerts(view)),
            )
        else:
            _push_or_open(body, client, view)
    except SlackApiError as error:
        log.warning("a modal did not open: %s", code_of(error))
        if code_of(error) in EXPIRED_TRIGGER:
            tell(
                body,
                client,
                refused_reply("That took me too long, and Slack closed the door. Please press it again."),
            )
        else:
            tell(
                body,
                client,
                refused_reply("I couldn't open the form just now. Nothing is lost: please press it again."),
            )
    except NoAnswer as error:
        log.warning("a modal did not open: %s", error.how)
        tell(body, client, refused_reply("Slack didn't answer me just now. Nothing is lost: please press it again."))


def _push_or_open(body: Body, client: WebClient, view: dict[str, Any]) -> None:
    """On top of the modal that was clicked in, or as the first one. Bolt's own client is not one that counts."""
    if (body.get("view") or {}).get("type") == "modal":
        with call("views.push"):
            client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        with call("views.open"):
            client.views_open(trigger_id=body["trigger_id"], view=view)


def ack_errors(ack: Ack, view: Mapping[str, Any], field: str | None, sentence: str) -> None:
    """Keep the modal open with everything typed, and point at the field; without inputs, say it in a modal's place."""
    fields = [b.get("block_id") for b in view.get("blocks", []) if b.get("type") == "input"]
    if field in fields or fields:
        ack(response_action="errors", errors={str(field if field in fields else fields[0]): sentence[:2000]})
    else:
        ack(response_action="update", view=sentence_modal("Threshold", sentence))
