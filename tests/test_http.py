"""The HTTP side, over a real port: what is refused before anyone looks at it, and what an orchestrator hears."""

import gzip
import hashlib
import hmac
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from slack_bolt import Ack, App, BoltRequest
from slack_sdk import WebClient

from app.slack.bolt_app import BoltApp
from app.slack.http import LARGEST_BODY, Door, readable, web_app
from app.slack.listeners import faults
from app.telemetry import metrics
from app.words.errors import busy
from sandbox import Sandbox

SECRET = "a-signing-secret"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


class House:
    """A web server with a small Bolt app behind it, which does what a test tells it to."""

    def __init__(self, slack: Sandbox) -> None:
        self.heard: list[str] = []
        self.do: Callable[[], None] = lambda: None
        self.why: str | None = None
        client = WebClient(slack.workspace("Acme").bot_token, base_url=slack.api_url)
        app = BoltApp(client=client, signing_secret=SECRET, token_verification_enabled=False)
        app.event("user_change")(self._listen)
        faults.guard(app)
        self.door = Door(web_app(app, lambda: self.why), "127.0.0.1", 0, threads=4)
        self.door.start()

    def _listen(self, ack: Ack, body: dict[str, Any]) -> None:
        self.heard.append(body["event_id"])
        self.do()
        ack()

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[int, Any]:
        line = http.client.HTTPConnection("127.0.0.1", self.door.port, timeout=10)
        try:
            line.request(method, path, body, headers or {})
            answer = line.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if (answer.getheader("Content-Type") or "").startswith(
                JSON
            ) else text
        finally:
            line.close()

    def post(self, body: bytes | str, kind: str = JSON, secret: str = SECRET, age: int = 0) -> tuple[int, Any]:
        raw = body.encode() if isinstance(body, str) else body
        at = str(int(time.time()) - age)
        signed = hmac.new(secret.encode(), b"v0:" + at.encode() + b":" + raw, hashlib.sha256).hexdigest()
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={signed}"}
        return self.ask("POST", "/slack/events", raw, headers)


@pytest.fixture(scope="module")
def running() -> Iterator[House]:
    with Sandbox() as slack:
        house = House(slack)
        yield house
        house.door.close()


@pytest.fixture
def house(running: House) -> House:
    running.heard, running.do, running.why = [], lambda: None, None
    return running


def event(id: str = "Ev1") -> str:
    return json.dumps(
        {
            "type": "event_callback",
            "team_id": "T1",
            "event_id": id,
            "event": {"type": "user_change", "user": {"id": "U1"}},
        }
    )


def test_a_signed_event_reaches_its_listener(house: House) -> None:
    assert house.post(event())[0] == 200
    assert house.heard == ["Ev1"]


def test_events_that_slack_holds_back_are_acknowledged_and_counted(house: House) -> None:
    before = metrics.REGISTRY.get_sample_value("threshold_events_withheld_total") or 0
    limited = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1796036400, "api_app_id": "A1"}
    assert house.post(json.dumps(limited))[0] == 200
    assert house.post(json.dumps(limited), secret="somebody else's")[0] == 401
    assert metrics.REGISTRY.get_sample_value("threshold_events_withheld_total") == before + 1
    assert house.heard == []


def test_slacks_question_for_the_url_is_answered(house: House) -> None:
    status, answer = house.post(json.dumps({"type": "url_verification", "challenge": "abc"}))
    assert (status, answer) == (200, {"challenge": "abc"})


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", JSON),
        ("{", JSON),
        ("[1]", JSON),
        ("null", JSON),
        ('"text"', JSON),
        ("{not json", FORM),
        ("payload={", FORM),
        ("payload=[1]", FORM),
        ("payload=", FORM),
        (b"\xff\xfe", FORM),
        (b'{"a": "\xff"}', JSON),
        ("[" * 100_000, JSON),
        ('{"authorizations": 5}', JSON),
        ('{"enterprise": 7}', JSON),
        ("", "text/plain"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_signed_or_not(house: House, body: str | bytes, kind: str) -> None:
    for secret in (SECRET, "somebody-elses"):
        status, answer = house.post(body, kind, secret)
        assert status == 400
        assert answer["error"]
    assert house.heard == []


@pytest.mark.parametrize(("secret", "age"), [("somebody-elses", 0), (SECRET, 301), (SECRET, -301)])
def test_what_slack_did_not_sign_just_now_is_refused(house: House, secret: str, age: int) -> None:
    assert house.post(event(), secret=secret, age=age)[0] == 401
    assert house.ask("POST", "/slack/events", event().encode(), {"Content-Type": JSON})[0] == 401
    assert house.post(urlencode({"payload": event()}), FORM, secret=secret, age=age)[0] == 401
    assert house.heard == []


STAMPS = ("", "abc", "-1", "1e9", "9" * 30, "１２３", "1700000000, 1700000000")


@pytest.mark.parametrize("stamp", STAMPS)
def test_a_stamp_that_is_no_time_is_refused_and_no_fault(
    house: House, stamp: str, caplog: pytest.LogCaptureFixture
) -> None:
    raw = event().encode()
    signed = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    named = {"X-Slack-Request-Timestamp": stamp.encode(), "X-Slack-Signature": f"v0={signed}".encode()}
    assert house.ask("POST", "/slack/events", raw, {"Content-Type": JSON, **named})[0] == 401  # type: ignore[dict-item]
    assert (house.heard, caplog.text) == ([], "")


@pytest.mark.parametrize("signed", ["", "v0=", "v1=abc", "v0=\xe9\xe8", "x" * 5000])
def test_a_signature_of_another_kind_is_refused_and_no_fault(
    house: House, signed: str, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {"Content-Type": JSON, "X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": signed}
    assert house.ask("POST", "/slack/events", event().encode(), headers)[0] == 401
    assert house.heard == []
    assert all(record.name == "app.slack.refused_signatures" for record in caplog.records), "said once, and no fault"


def lines(house: House, *headers: str, body: bytes | None = None) -> int:
    """A request written by hand, header by header. The status of the answer; 0 where the line was cut instead."""
    sent = event().encode() if body is None else body
    head = ["POST /slack/events HTTP/1.1", "Host: here", "Connection: close", *headers]
    with socket.create_connection(("127.0.0.1", house.door.port), timeout=10) as line:
        answer = b""
        try:
            line.sendall("\r\n".join([*head, "", ""]).encode("latin-1") + sent)
            while more := line.recv(65536):
                answer += more
        except ConnectionError:
            return 0
    return int(answer.split(b" ", 2)[1])


def signed_lines(body: bytes, age: int = 0) -> list[str]:
    at = str(int(time.time()) - age)
    mark = hmac.new(SECRET.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
    return [f"X-Slack-Request-Timestamp: {at}", f"X-Slack-Signature: v0={mark}"]


def test_headers_that_come_twice_are_not_believed(house: House) -> None:
    raw = event().encode()
    plain = [f"Content-Type: {JSON}", f"Content-Length: {len(raw)}"]
    right, old = signed_lines(raw), signed_lines(raw, age=1000)
    assert lines(house, *plain, *right) == 200
    house.heard.clear()
    assert lines(house, *plain, *right, old[0]) == 401
    assert lines(house, *plain, *old, right[0]) == 401
    assert lines(house, *plain, *right, "X-Slack-Signature: v0=abc") == 401
    assert lines(house, *plain, right[0]) == 401
    assert lines(house, *plain, right[1]) == 401
    assert house.heard == []


def test_a_signed_body_that_was_changed_or_packed_is_refused(house: House) -> None:
    raw = event().encode()
    right = [f"Content-Type: {JSON}", *signed_lines(raw)]
    changed = raw.replace(b"Ev1", b"Ev2")
    assert lines(house, *right, f"Content-Length: {len(changed)}", body=changed) == 401
    packed = gzip.compress(raw)
    assert lines(house, *right, "Content-Encoding: gzip", f"Content-Length: {len(packed)}", body=packed) == 400
    assert lines(house, *right, f"Content-Length: {len(raw) - 1}", body=raw) == 400
    assert lines(house, *right, "Content-Length: x", body=raw) == 400
    huge = f"X-Much: {'y' * 400_000}"
    assert lines(house, *right, huge, f"Content-Length: {len(raw)}") in (0, 400, 413, 431)
    assert house.heard == []


def test_a_body_in_pieces_counts_as_what_it_adds_up_to(house: House) -> None:
    raw = event().encode()
    pieces = b"%x\r\n%s\r\n0\r\n\r\n" % (len(raw), raw)
    right = [f"Content-Type: {JSON}", *signed_lines(raw), "Transfer-Encoding: chunked"]
    assert lines(house, *right, body=pieces) == 200
    assert lines(house, *right, body=b"zz\r\n" + raw) == 400
    assert house.heard == ["Ev1"]


def test_json_that_calls_itself_a_form_is_read_as_what_it_is_or_refused(house: House) -> None:
    assert house.post(event(), FORM)[0] == 200
    assert house.post(urlencode({"payload": event("Ev2")}), JSON)[0] == 400
    assert house.post(event("Ev3"), "multipart/form-data; boundary=x")[0] == 200
    assert house.heard == ["Ev1", "Ev3"], "the signature is over the bytes, whatever the label says"


def test_a_body_past_the_limit_is_refused_and_one_at_the_limit_is_read(house: House) -> None:
    padding = LARGEST_BODY - len(event()) - len(', "x": ""')
    largest = event()[:-1] + f', "x": "{"y" * padding}"}}'
    assert len(largest) == LARGEST_BODY
    assert house.post(largest)[0] == 200
    status, answer = house.post(largest + " ")
    assert status == 413
    assert "2,000,000" in answer["error"]


def test_other_paths_and_other_methods_are_refused(house: House) -> None:
    assert house.ask("GET", "/slack/events")[0] == 405
    assert house.ask("GET", "/")[0] == 404
    assert house.ask("POST", "/healthz")[0] == 405


def test_slack_is_asked_to_deliver_again_while_the_database_is_away(house: House) -> None:
    def away() -> None:
        raise busy()

    house.do = away
    assert house.post(event())[0] == 503


def test_an_event_is_acked_after_its_listener_and_not_before(house: House) -> None:
    order: list[str] = []
    house.do = lambda: order.append("done")
    house.post(event())
    order.append("acked")
    assert order == ["done", "acked"]


def test_a_fault_of_ours_is_logged_without_the_words_of_the_payload(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise RuntimeError("a fault")

    house.do = broken
    assert house.post(event("Ev-private"))[0] == 500
    assert "a fault" in caplog.text
    assert "Ev-private" not in caplog.text


def test_a_fault_after_the_ack_leaves_the_ack_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    with Sandbox() as slack:
        client = WebClient(slack.workspace("Acme").bot_token, base_url=slack.api_url)
        app = App(client=client, token_verification_enabled=False, request_verification_enabled=False)
        over = threading.Event()

        @app.event("user_change")
        def acks_first(ack: Ack) -> None:
            ack()
            try:
                raise RuntimeError("too late")
            finally:
                over.set()

        faults.guard(app)
        request = BoltRequest(body=event(), headers={"content-type": [JSON]})
        assert app.dispatch(request).status == 200
        assert over.wait(5)
        app.listener_runner.listener_executor.shutdown()
    assert "too late" in caplog.text


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(categories=["L", "N", "Cs", "P"]), max_size=9),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=9), one, max_size=3),
    max_leaves=6,
)
NAMES = ("type", "team", "team_id", "event_id", "trigger_id", "user", "command", "authorizations", "enterprise")


@settings(max_examples=60, deadline=None)
@given(body=st.dictionaries(st.sampled_from(NAMES), ODD))
@example(body={"trigger_id": "\ud800"})
@example(body={"event_id": ["Ev1"], "team": {"id": {}}, "type": {}})
def test_whatever_a_stranger_sends_is_refused_and_not_stumbled_over(running: House, body: dict[str, Any]) -> None:
    assert running.post(json.dumps(body), secret="a guess")[0] in (400, 401)


def test_healthz_says_that_the_process_lives_and_readyz_whether_it_can_work(house: House) -> None:
    assert house.ask("GET", "/healthz") == (200, {"ok": True})
    assert house.ask("GET", "/readyz") == (200, {"ok": True})
    house.why = "the database does not answer"
    assert house.ask("GET", "/readyz") == (503, {"ok": False, "error": "the database does not answer"})
    assert house.ask("GET", "/healthz")[0] == 200


def test_closing_the_door_lets_what_is_in_hand_be_answered() -> None:
    with Sandbox() as slack:
        house = House(slack)
        inside, go = threading.Event(), threading.Event()

        def slow() -> None:
            inside.set()
            go.wait(5)

        house.do = slow
        answers: list[tuple[int, Any]] = []
        asking = threading.Thread(target=lambda: answers.append(house.post(event())))
        asking.start()
        assert inside.wait(5)
        closing = threading.Thread(target=house.door.close)
        closing.start()
        go.set()
        closing.join(10)
        asking.join(10)
        assert answers[0][0] == 200
        with pytest.raises(OSError):
            house.ask("GET", "/healthz")


def test_a_port_that_is_taken_is_an_os_error(house: House) -> None:
    with pytest.raises(OSError):
        Door(web_app(None, lambda: None), "127.0.0.1", house.door.port, threads=1)


@given(st.binary(max_size=300), st.sampled_from([JSON, FORM, "text/plain", ""]))
def test_no_body_whatever_makes_the_reader_stumble(body: bytes, kind: str) -> None:
    assert readable(body, kind) in (True, False)


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none(), max_size=5))
def test_every_json_object_is_readable_bare_and_as_a_payload(body: dict[str, Any]) -> None:
    assert readable(json.dumps(body).encode(), JSON)
    assert readable(urlencode({"payload": json.dumps(body)}).encode(), FORM)
