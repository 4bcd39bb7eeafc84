"""Requests to Slack, each counted, timed and traced by its method. No argument is looked at."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any
from urllib.request import Request

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from app.slack.errors import UNREADABLE, NoAnswer, code_of
from app.slack.kept_connections import connections, direct
from app.telemetry import about, clocks, metrics, traces
from app.telemetry.refusals import REFUSALS

NOT_THE_BOTS = frozenset({"apps.connections.open", "oauth.v2.access", "api.test"})
"""Asked with another token than a workspace's, or with none."""


@contextmanager
def answered() -> Iterator[None]:
    """One request, whatever it is made with. What the network did to it is raised as ``NoAnswer``.

    A ValueError in here is an answer that is no text, no JSON or no number of ours; text that can't be sent
    (UnicodeEncodeError) is no answer of Slack's, but a fault of ours.
    """
    try:
        yield
    except UnicodeEncodeError:
        raise
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer(type(error).__name__) from error


@contextmanager
def call(method: str) -> Iterator[None]:
    """One request, such as ``chat.postMessage``. Raises what the block raises, and ``NoAnswer``."""
    began, code = time.perf_counter(), "ok"
    with traces.span("slack", method=method):
        try:
            with answered():
                yield
        except SlackApiError as error:
            status = getattr(error.response, "status_code", 200)
            code = f"http_{status}" if status >= 500 else code_of(error) or UNREADABLE
            raise
        except NoAnswer:
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

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        if self.proxy is not None or self.ssl is not None or not direct(url):
            return super()._perform_urllib_http_request_internal(url, req)
        return connections().send(req, self.timeout)
