"""Where every delivery comes in, over a socket or over HTTP: timed until its ack, and known by its id in every line."""

import hashlib
import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

from app.db import answer_timeout
from app.slack.acks import PromptAckRunner
from app.slack.refused_signatures import Signatures
from app.slack.workspaces import workspace_of
from app.telemetry import metrics, traces
from app.telemetry.about import about
from app.telemetry.arrival import waited
from app.telemetry.pools import InHand

log = logging.getLogger(__name__)

IN_TIME = 2.7
"""Seconds from a delivery's arrival within which it is done: Slack gives up after three, and tells the person so. What
is done later is done behind the back of somebody who tries again."""

ID = re.compile(r"[A-Za-z0-9_.-]{1,40}")


class BoltApp(App):
    """Bolt's App. A body may be anybody's here, since nothing has checked its signature: only ids leave it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.in_hand = InHand()
        self.signatures = Signatures(str(given.get("signing_secret") or "none"))
        self.use(count_withheld_events)  # after Bolt has checked the signature
        self._listener_runner = PromptAckRunner(self._listener_runner)
        self._late_said_at = float("-inf")

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        began, body = time.perf_counter(), req.body
        kind, workspace, delivery = kind_of(body), _id(workspace_of(body)), _delivery(body)
        came = time.monotonic() - waited()
        with (
            self.in_hand.one(),
            about(workspace=workspace, delivery=delivery),
            traces.span("delivery", kind=kind, workspace=workspace, delivery=delivery),
            answer_timeout.until(came + IN_TIME),
        ):
            if waited() < IN_TIME:
                response = super().dispatch(req)
                if response.status == 401:
                    self.signatures.refused(req)
                elif "ssl_check" not in body:  # which Bolt answers unsigned
                    self.signatures.accepted()
            else:
                response = self._too_late(kind)
        if response.status == 200:
            metrics.ACK_SECONDS.labels(kind).observe(time.perf_counter() - began)
        metrics.DELIVERIES.labels(kind, str(response.status)).inc()
        return response

    def _too_late(self, kind: str) -> BoltResponse:
        """Slack repeats events; a person was told that it failed, and does it again."""
        metrics.TOO_LATE.labels(kind).inc()
        now = time.monotonic()
        if now - self._late_said_at > 60:
            self._late_said_at = now
            log.warning("a delivery waited for %.1f s, and Slack has given it up: such are not done", waited())
        return BoltResponse(status=503)


def count_withheld_events(body: Mapping[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:
    """Slack says that it holds back events of a workspace: nothing can be done about it, and it is counted."""
    if body.get("type") != "app_rate_limited":
        return next()
    metrics.EVENTS_WITHHELD.inc()
    log.warning("Slack holds back events of this workspace for the rest of a minute: there are too many")
    return BoltResponse(status=200)


def kind_of(body: Mapping[str, Any]) -> str:
    """Which of ``metrics.KINDS`` a payload is."""
    found = str(body.get("type") or "")
    if "command" in body:
        return "command"
    return {
        "event_callback": "event",
        "block_actions": "action",
        "view_submission": "view",
        "view_closed": "view",
        "message_action": "shortcut",
        "shortcut": "shortcut",
    }.get(found, "other")


def _delivery(body: Mapping[str, Any]) -> str:
    """Slack's event_id. A person's act has only its trigger, which opens a modal for whoever holds it: shortened."""
    if body.get("event_id"):
        return _id(body["event_id"])
    trigger = str(body.get("trigger_id") or "")
    return hashlib.sha256(trigger.encode(errors="replace")).hexdigest()[:12] if trigger else ""


def _id(found: object) -> str:
    return found if isinstance(found, str) and ID.fullmatch(found) else ""
