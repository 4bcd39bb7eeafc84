"""What a log line keeps of what it is handed: words of ours and of a library's authors, and nobody else's."""

import io
import json
import logging
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.telemetry import logs
from app.telemetry.about import about, opened

SECRETS = [
    "xoxb-1234567890-abcdefGHIJ",
    "xapp-1-A012-345-deadbeef",
    "xoxe.xoxp-1-Mi0yLTEyMzQ",
    "xoxe-1-My0xLTEyMzQ",
    "sk-proj-abcdefgh12345678",
    "Bearer abc.def-ghi_jkl",
    "postgresql+psycopg://ana:hush@db.internal/threshold",
    "https://hooks.slack.com/services/T0/B0/XXXX",
    "wss://wss-primary.slack.com/link/?ticket=9e2f&app_id=1",
    "13345224609.738474920.8088930838d88f008e0",
]


def lines(
    style: logs.Style, say: object, *args: object, name: str = "app.x", error: BaseException | None = None
) -> str:
    to = io.StringIO()
    record = logging.LogRecord(
        name, logging.WARNING, "x.py", 1, say, args, (type(error), error, None) if error else None
    )
    logs.handler(style, to).handle(record)
    return to.getvalue()


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("style", ["text", "json"])
def test_what_looks_like_a_secret_is_struck_even_from_our_own_lines(style: logs.Style, secret: str) -> None:
    said = lines(style, "Slack gave me %s, and I say so", secret)
    assert secret not in said
    assert logs.STRUCK in said
    assert "and I say so" in said


@given(st.text(max_size=60), st.sampled_from(SECRETS))
def test_a_struck_json_line_is_still_one_json_object(around: str, secret: str) -> None:
    said = lines("json", f"{around} {secret} {around}".replace("%", ""))
    assert said.count("\n") == 1
    assert secret not in json.loads(said)["message"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (("Sending a request - url: %s", "https://x/secret plan"), "Sending a request - url: …"),
        (("Row %r", (1, "fire Bob")), "Row …"),
        (("Task queue depth is %d", 7), "Task queue depth is 7"),
        (('Job "%s" raised an exception', "Fire Bob"), 'Job "…" raised an exception'),
        (("%(who)s left", {"who": "Bob"}), "… left"),
        (("Failed to decode Slack API response: {ok: fire Bob",), "Failed to decode Slack API response"),
        (("Unhandled request ({'text': 'fire Bob'})",), "Unhandled request"),
        (("{'text': 'fire Bob'}",), "…"),
        (("%d and no number", "Bob"), "%d and no number"),
    ],
)
def test_of_a_librarys_line_only_the_words_of_its_authors_are_kept(said: tuple[object, ...], kept: str) -> None:
    assert lines("text", *said, name="slack_sdk.web").rstrip().endswith(f"slack_sdk.web: {kept}")


def test_libraries_speak_up_from_warning_on() -> None:
    for name, level, heard in (
        ("slack_sdk", logging.INFO, False),
        ("slack_sdk", logging.ERROR, True),
        ("app.due", logging.DEBUG, True),
    ):
        record = logging.LogRecord(name, level, "x.py", 1, "hello", (), None)
        assert logs.worth_saying(record) is heard


def test_a_call_that_slack_does_not_answer_is_said_by_whoever_made_it_alone() -> None:
    error = logging.LogRecord("slack_sdk.web.base_client", logging.ERROR, "", 0, "Failed to send", (), None)
    assert not logs.worth_saying(error)


def test_of_an_exception_its_type_and_place_are_told_and_not_its_words() -> None:
    def fails() -> None:
        try:
            json.loads("{}")["fire Bob"]
        except KeyError as error:
            raise ValueError("can't read “fire Bob”") from error

    with pytest.raises(ValueError) as caught:
        fails()
    said = lines("text", "a listener failed", error=caught.value)
    assert "builtins.KeyError\nthen:" in said
    assert said.rstrip().endswith("builtins.ValueError")
    assert "in fails" in said
    assert "fire Bob" not in said.replace('json.loads("{}")["fire Bob"]', "").replace("can't read “fire Bob”\")", "")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (AttributeError("'NoneType' object has no attribute 'name'"), "'NoneType' object has no attribute 'name'"),
        (ConnectionRefusedError(111, "fire Bob"), "Connection refused"),
        (IntegrityError("INSERT", {}, type("Coded", (Exception,), {"sqlstate": "23505"})("fire Bob")), "23505"),
        (RuntimeError("fire Bob"), ""),
    ],
)
def test_what_can_quote_nobody_is_told(error: Exception, told: str) -> None:
    last = logs.told(error).splitlines()[-1]
    assert last.partition(": ")[2] == told


def test_a_line_says_what_it_is_about_and_the_next_piece_of_work_begins_with_nothing() -> None:
    with about(workspace="T1", delivery="Ev1"):
        opened("D-42")
        assert (
            json.loads(lines("json", "hello")).items()
            >= {"workspace": "T1", "decision": "D-42", "delivery": "Ev1"}.items()
        )
        assert lines("text", "100% sure").rstrip().endswith("100% sure [T1 D-42 Ev1]")
        with about(workspace="T2"):
            assert lines("text", "hello").rstrip().endswith("hello [T2]")
        assert "D-42" in lines("text", "hello")
    opened("D-7")  # by nobody's work: a look over all of them, which must not stick to the thread
    assert json.loads(lines("json", "hello")).keys() == {"time", "level", "logger", "message"}


def test_a_thread_that_ends_by_itself_is_said_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    to = io.StringIO()
    monkeypatch.setattr(logging.getLogger("app"), "handlers", [logs.handler("text", to)])
    monkeypatch.setattr(logging.getLogger("app"), "propagate", False)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    hooks = (threading.excepthook, sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", hooks[0])
    monkeypatch.setattr(sys, "excepthook", hooks[1])
    level = logging.getLogger().level
    logs.set_up("INFO", "text")
    try:
        one = threading.Thread(target=lambda: int("fire Bob"), name="outbox")
        one.start()
        one.join()
        sys.excepthook(ValueError, ValueError("fire Bob"), None)
    finally:
        logging.getLogger().setLevel(level)
    said = to.getvalue()
    assert "CRITICAL app: the thread outbox ended" in said
    assert "CRITICAL app: Threshold ended" in said
    assert said.count("builtins.ValueError") == 2
    assert "'fire Bob'" not in said
