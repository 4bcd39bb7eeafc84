"""A whole story, told with every library at DEBUG, with traces on, with Slack and the bot failing in between.

What lines, figures and spans say of it, and that none of them holds a secret or a word that anybody wrote.
"""

import io
import json
import logging
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from sqlalchemy import select

from app.assistant import connect
from app.db.models import Base
from app.telemetry import logs, metrics, traces
from app.workflows.triage import intake
from demo.company import found
from demo.stories import Telling, one_way
from sandbox import Limits
from tests.assistant import openai_server as model_says
from tests.assistant.openai_server import OpenAIServer
from tests.databases import Servers
from tests.e2e.house import BriskStage

FAILING = "Kettle the purple walrus before Thursday"
BROKEN = "Juggle nineteen lanterns across the harbour"


class Collector:
    """An OTLP/HTTP receiver."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        collector = self

        class Receives(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/v1/traces"
                collector.bodies.append(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Receives)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def spans(self) -> list["Span"]:
        found = []
        for body in self.bodies:
            request = ExportTraceServiceRequest()
            request.ParseFromString(body)
            for scope in (scope for resource in request.resource_spans for scope in resource.scope_spans):
                for one in scope.spans:
                    attributes = {a.key.removeprefix("threshold."): a.value.string_value for a in one.attributes}
                    ids = (one.trace_id.hex(), one.span_id.hex(), one.parent_span_id.hex())
                    found.append(Span(one.name, *ids, attributes, one.status.message))
        return found


@dataclass(frozen=True)
class Span:
    name: str
    trace: str
    id: str
    parent: str
    attributes: dict[str, str]
    status: str


@dataclass
class Seen:
    """All that an operator could look at afterwards, and all that must not be in it."""

    json: list[str] = field(default_factory=list)
    text: str = ""
    careless: str = ""
    """What a plain handler would have written."""
    spans: list[Span] = field(default_factory=list)
    exported: bytes = b""
    page: str = ""
    secrets: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    """Every three words in a row that somebody wrote."""

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.json]

    def where(self, **wanted: str) -> list[Span]:
        return [one for one in self.spans if wanted.items() <= {**one.attributes, "name": one.name}.items()]


def tell(servers: Servers) -> Seen:
    """Tell the story, and keep everything that was written about it."""
    told, collector = Seen(), Collector()
    root, as_json, as_text, careless = logging.getLogger(), io.StringIO(), io.StringIO(), io.StringIO()
    added = [logs.handler("json", as_json), logs.handler("text", as_text), logging.StreamHandler(careless)]
    added[1].removeFilter(logs.worth_saying)  # what libraries say at DEBUG, too
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(root, "handlers", added)  # pytest's own would keep all of it in memory
        patch.setattr(root, "level", logging.DEBUG)
        for name in ("app", "slack_sdk", "slack_bolt", "openai", "apscheduler"):
            patch.setattr(logging.getLogger(name), "level", logging.DEBUG)
        patch.setattr(logging.getLogger("sqlalchemy"), "level", logging.INFO)  # every statement; not every row
        root.manager._clear_cache()  # type: ignore[attr-defined]
        stop = traces.enable(collector.url, "test")
        try:
            written = _tell(servers, told, patch)
        finally:
            stop()
            root.manager._clear_cache()  # type: ignore[attr-defined]
    collector.close()
    told.json, told.text, told.careless = as_json.getvalue().splitlines(), as_text.getvalue(), careless.getvalue()
    told.spans, told.exported = collector.spans(), b"".join(collector.bodies)
    told.page = metrics.page().decode()
    told.words = {phrase for text in written for phrase in phrases(text)}
    return told


def _tell(servers: Servers, seen: Seen, patch: pytest.MonkeyPatch) -> set[str]:
    """The story of a one-way door from start to review, then two that go wrong. Returns all that people wrote."""
    with OpenAIServer() as model:
        model.default = model_says.draft
        assistant = connect(api_key="sk-a-key-that-is-secret", base_url=model.url, model="m", timeout=5, sleep=print)
        stage = BriskStage(
            database_url=servers.of("sqlite").url(),
            limits=Limits(rates=False, retry_delays=(0.02, 0.05, 0.1)),
            assistant=assistant,
            settings=lambda given: given.model_copy(update={"openai_base_url": model.url}),
        )
        with stage:
            t = Telling(stage, found(stage))
            sdk_loggers = (stage.bot.app.logger, stage.bot.app.client.logger)
            for logger in sdk_loggers:
                patch.setattr(logger, "level", logging.DEBUG)
            one_way.triage(t)
            one_way.write_memo(t)
            t.taps(t.cast.sam, "assist")
            one_way.send(t)
            one_way.sign(t)
            one_way.ship_and_review(t)
            stage.slack.faults.add("corrupt", method="chat.postMessage", times=2)
            t.command(t.cast.sam, BROKEN, t.cast.retail)
            stage.travel(stage.clock.now().replace(second=59))
            patch.setattr(intake, "start", _fails)
            t.cast.sam.command("/escalate", FAILING, channel=t.cast.retail)
            stage.calm()
            seen.secrets = _secrets(stage, "sk-a-key-that-is-secret")
            with stage.bot.db.read() as session:
                rows = [row for table in Base.metadata.sorted_tables for row in session.execute(select(table))]
        return {FAILING, *_texts(rows)}


def _fails(_session: object, sentence: str, *_: object, **__: object) -> None:
    try:
        raise KeyError(sentence)
    except KeyError as error:
        raise ValueError(f"I can't start “{sentence}”") from error


def _secrets(stage: BriskStage, *more: str) -> set[str]:
    """Tokens, the signing secret, and what was handed out on the way: triggers, response URLs."""
    given = {str(d.payload.get(key) or "") for d in stage.slack.deliveries() for key in ("trigger_id", "response_url")}
    known = {stage.ws.bot_token, stage.slack.app_token, stage.slack.signing_secret}
    return (given | known | set(more)) - {""}


def _texts(value: object) -> set[str]:
    """Every text in some rows, however deep, and by whatever object of ours it is held."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return {text for one in value.values() for text in _texts(one)}
    if isinstance(value, bytes | int | float | None):
        return set()
    if hasattr(value, "__dict__"):
        return _texts(vars(value))
    if hasattr(value, "__iter__"):
        return {text for one in value for text in _texts(one)}
    return set()


def phrases(text: str) -> set[str]:
    """Every three words in a row."""
    words = re.findall(r"[^\s\"'\\,.;:()“”]+", text)
    return {" ".join(three) for three in zip(words, words[1:], words[2:], strict=False) if len("".join(three)) > 8}


def spoken(text: str) -> str:
    """As ``phrases`` sees it."""
    return " ".join(re.findall(r"[^\s\"'\\,.;:()“”]+", text))


def test_a_whole_story_is_seen_in_lines_figures_and_spans_and_no_word_of_it(servers: Servers) -> None:
    seen = tell(servers)
    the_story_has_words_and_secrets_that_a_careless_log_would_hold(seen)
    no_line_no_figure_and_no_span_holds_a_word_that_somebody_wrote(seen)
    each_line_is_one_json_object_that_says_what_it_is_about(seen)
    a_failure_says_where_and_of_which_type_and_of_which_delivery(seen)
    a_delivery_its_transaction_its_message_and_its_request_are_one_trace(seen)
    follow_ups_and_the_model_have_spans_of_their_own(seen)
    what_failed_is_marked_with_its_type_alone(seen)


# ── what is not there ───────────────────────────────────────────────────────────────────────────────────


def the_story_has_words_and_secrets_that_a_careless_log_would_hold(seen: Seen) -> None:
    """Or else the tests below would hold of nothing."""
    assert len(seen.words) > 200
    assert len(seen.secrets) > 20
    said = spoken(seen.careless)
    assert sum(phrase in said for phrase in seen.words) > 100
    assert any(secret in seen.careless for secret in seen.secrets)
    assert FAILING in seen.careless


def no_line_no_figure_and_no_span_holds_a_word_that_somebody_wrote(seen: Seen) -> None:
    for whole in ("\n".join(seen.json), seen.text, seen.page, seen.exported.decode(errors="replace")):
        assert len(whole) > 500
        said = spoken(whole)
        assert sorted(phrase for phrase in seen.words if phrase in said) == []
        assert sorted(secret for secret in seen.secrets if secret in whole) == []


# ── what is there ───────────────────────────────────────────────────────────────────────────────────────


def each_line_is_one_json_object_that_says_what_it_is_about(seen: Seen) -> None:
    for line in seen.lines:
        assert {"time", "level", "logger", "message"} <= line.keys()
        assert line["logger"].startswith("app") or line["level"] in ("WARNING", "ERROR", "CRITICAL")
    refused = [line for line in seen.lines if line["message"].startswith("outbox ")]
    assert refused
    assert all(re.fullmatch(r"D-\d+", line["decision"]) and line["workspace"].startswith("T") for line in refused)


def a_failure_says_where_and_of_which_type_and_of_which_delivery(seen: Seen) -> None:
    failed = next(line for line in seen.lines if line["message"] == "a listener failed")
    assert re.fullmatch("[0-9a-f]{12}", failed["delivery"])
    assert failed["workspace"].startswith("T")
    error = failed["error"].splitlines()
    assert error[-1] == "builtins.ValueError"
    assert "builtins.KeyError" in error
    assert any("in _fails" in line for line in error)
    assert f"[{failed['workspace']} {failed['delivery']}]" in seen.text


def a_delivery_its_transaction_its_message_and_its_request_are_one_trace(seen: Seen) -> None:
    begun = next(one for one in seen.where(name="delivery", kind="command") if one.attributes.get("decision") == "D-1")
    of_it = [one for one in seen.spans if one.trace == begun.trace]
    names = {one.id: one.name for one in of_it}
    written = next(one for one in of_it if one.name == "transaction" and one.attributes.get("decision") == "D-1")
    assert names[written.parent] == "delivery"
    sent = next(one for one in of_it if one.name == "outbox" and one.attributes.get("kind") == "requester")
    assert names[sent.parent] == "transaction"
    assert sent.attributes["decision"] == "D-1"
    posted = next(one for one in of_it if one.attributes.get("method") == "chat.postMessage")
    assert posted.parent in {one.id for one in of_it if one.name == "outbox"}
    assert posted.attributes["code"] == "ok"


def follow_ups_and_the_model_have_spans_of_their_own(seen: Seen) -> None:
    assert {"ask_shipped", "draft"} <= {one.attributes["kind"] for one in seen.where(name="follow-up")}
    asked = seen.where(name="model", outcome="ok")
    assert asked
    drafting = {one.id: one for one in seen.where(name="follow-up", kind="draft")}
    assert all(one.parent in drafting for one in asked)
    assert {one.attributes["decision"] for one in drafting.values()} == {"D-1"}
    assert 'threshold_model_calls_total{outcome="ok"}' in seen.page


def what_failed_is_marked_with_its_type_alone(seen: Seen) -> None:
    assert {one.status for one in seen.spans if one.status} >= {"ValueError"}
    assert [one.status for one in seen.spans if " " in one.status] == []
    assert seen.where(name="slack", code="unreadable_answer")
