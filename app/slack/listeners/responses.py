"""Telling the person who acted: in place where Slack lets us, in a small modal otherwise."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from app.domain.errors import ThresholdError
from app.slack.blocks_accepted import REFUSED, Accepted, Newer
from app.slack.calls import call
from app.slack.errors import NoAnswer, code_of
from app.slack.ids import Modal
from app.slack.listeners.requests import Body
from app.slack.views.blocks import has_alert, modal, without_alerts
from app.slack.views.modals.sentence import sentence_modal
from app.slack.views.replies.sentences import refused_reply
from app.slack.views.scene import Message
from app.slack.workspaces import BRISK, Workspaces, workspace_of

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


def reply(
    accepted: Accepted, workspaces: Workspaces, body: Body, ack: Ack, kind: Newer, message: Callable[[bool], Message]
) -> None:
    """Answer a command: ``message(True)`` with the newer block, ``message(False)`` as before there was one.

    An ack is not told whether Slack takes what it carries, so Slack is asked before the first one of a workspace.
    """
    workspace, newer = str(workspace_of(body)), message(True)
    shown = message(False)
    if newer != shown and _takes(accepted, workspaces, workspace, kind, newer):
        shown = newer
    ack(text=shown.text, blocks=shown.blocks, response_type="ephemeral")


def _takes(accepted: Accepted, workspaces: Workspaces, workspace: str, kind: Newer, message: Message) -> bool:
    """Whether the workspace takes it; no, where nobody says so in time."""
    known = accepted.takes(workspace, kind)
    if known is not None:
        return known
    try:
        client = workspaces.client(workspace, timeout=BRISK)
        client.blocks_validate(blocks=message.blocks)
        known = True
    except SlackApiError as error:
        known = False if code_of(error) in (*REFUSED, "unknown_method") else None
    except (NoAnswer, ThresholdError) as error:
        log.info("nobody said whether a %s is taken: %s", kind.value, type(error).__name__)
    if known is not None:
        accepted.note(workspace, kind, known)
    return bool(known)


def refuse(body: Body, client: WebClient, error: ThresholdError, typed: str | None = None) -> None:
    tell(body, client, refused_reply(error.sentence, typed))


def open_modal(
    accepted: Accepted, body: Body, client: WebClient, view: dict[str, Any], *, in_place: bool = False
) -> None:
    """Open a modal while the trigger lives; say so when it came too late.

    ``in_place``: it takes the place of the one it was opened from.
    """
    try:
        if has_alert(view):
            accepted.send(
                str(workspace_of(body)),
                Newer.ALERT,
                lambda alerts: _show(body, client, view if alerts else without_alerts(view), in_place=in_place),
            )
        else:
            _show(body, client, view, in_place=in_place)
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


def update_modal(client: WebClient, id: str, view: dict[str, Any]) -> None:
    """Draw an open form anew; one that was closed meanwhile stays closed."""
    try:
        with call("views.update"):
            client.views_update(view_id=id, view=view)
    except (SlackApiError, NoAnswer) as error:
        log.info("a form was not drawn anew: %s", type(error).__name__)


def _show(body: Body, client: WebClient, view: dict[str, Any], *, in_place: bool) -> None:
    clicked_in = body.get("view") or {}
    if in_place and clicked_in.get("type") == "modal":
        with call("views.update"):
            client.views_update(view_id=str(clicked_in.get("id")), view=view)
    else:
        _push_or_open(body, client, view)


def _push_or_open(body: Body, client: WebClient, view: dict[str, Any]) -> None:
    """On top of the modal that was clicked in, or as the first one. Bolt's own client is not one that counts."""
    if (body.get("view") or {}).get("type") == "modal":
        with call("views.push"):
            client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        with call("views.open"):
            client.views_open(trigger_id=body["trigger_id"], view=view)


def ack_errors(ack: Ack, view: Mapping[str, Any], told: Sequence[tuple[str | None, str]]) -> None:
    """Keep the modal open with everything typed, and point at every field at fault; without inputs, say it in a
    modal's place. ``told``: fields, and the sentence for each."""
    fields = [b.get("block_id") for b in view.get("blocks", []) if b.get("type") == "input"]
    if not fields:
        ack(response_action="update", view=sentence_modal("Threshold", told[0][1]))
        return
    errors: dict[str, str] = {}
    for field, sentence in told:
        errors.setdefault(str(field if field in fields else fields[0]), sentence[:2000])
    ack(response_action="errors", errors=errors)
