"""Requests to Slack, each counted, timed and traced by its method. No argument is looked at."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from app.slack.errors import NO_ANSWER, UNREADABLE, code_of
from app.telemetry import about, clocks, metrics, traces
from app.telemetry.refusals import REFUSALS

NOT_THE_BOTS = frozenset({"apps.connections.open", "oauth.v2.access", "api.test"})
"""Asked with another token than a workspace's, or with none."""


@contextmanager
def call(method: str) -> Iterator[None]:
    """One request, such as ``chat.postMessage``. Raises what the block raises."""
    began, code = time.perf_counter(), "ok"
    with traces.span("slack", method=method):
        try:
            yield
        except SlackApiError as error:
            status = getattr(error.response, "status_code", 200)
            code = f"http_{status}" if status >= 500 else code_of(error) or UNREADABLE
            raise
        except NO_ANSWER:
            code = "no_answer"
            raise
        finally:
            traces.note("code", code)
            metrics.SLACK_CALLS.labels(method, code).inc()
            metrics.SLACK_SECONDS.labels(method).observe(time.perf_counter() - began)


class Client(WebClient):
    """Slack's Web API, counted. Its answers say what time it is there."""

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        asked_at, workspace = time.time(), about.WORKSPACE.get()
        try:
            with call(api_method):
                answer = super().api_call(api_method, **given)
        except SlackApiError as error:
            if api_method not in NOT_THE_BOTS:
                REFUSALS.note(workspace, code_of(error))
            raise
        if api_method not in NOT_THE_BOTS:
            REFUSALS.works(workspace)
        dated = next((value for name, value in answer.headers.items() if name.lower() == "date"), None)
        clocks.note_dated(clocks.SLACK, dated, asked_at)
        return answer
