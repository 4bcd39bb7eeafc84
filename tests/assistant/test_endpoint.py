"""What an endpoint can do wrong, done to the assistant over a real socket."""

import json
import logging
import time

import pytest

from app.assistant import (
    Assistant,
    AssistantDown,
    Declined,
    Failing,
    Garbled,
    Loading,
    NoAssistant,
    NoModel,
    Nonsense,
    NoRoom,
    RateLimited,
    Rejected,
    Source,
    TooLong,
    TooSlow,
    Unreachable,
    connect,
)
from app.assistant.waits import retry_after
from tests.assistant.openai_server import (
    Exchange,
    OpenAIServer,
    Reply,
    completion,
    corrupt,
    cut_chunks,
    cut_short,
    draft,
    hangs,
    hangs_up,
    huge,
    only,
    parts,
    raw,
    says,
    status,
    trickles,
    trickles_headers,
    unbounded,
    web_page,
)

SOURCES = [Source("answer", "Deadline", "The contract ends on 2026-12-01")]


def quick(server: OpenAIServer, waits: list[float], *, timeout: float = 0.3, attempts: int = 1) -> Assistant:
    return connect(
        api_key=None,
        base_url=server.url,
        model="test",
        timeout=timeout,
        max_attempts=attempts,
        sleep=waits.append,
    )


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (cut_short, Garbled),
        (cut_chunks, Garbled),
        (corrupt, Garbled),
        (raw(b'{"choices": []}'), Garbled),
        (raw(b"[]"), Garbled),
        (raw(b""), Garbled),
        (says(None), Garbled),
        (says("  "), Garbled),
        (says(None, "tool_calls"), Garbled),
        (status(500), Failing),
        (status(502), Failing),
        (status(503), Loading),
        (status(429), RateLimited),
        (hangs_up, Unreachable),
    ],
)
def test_what_may_pass_is_tried_again_until_attempts_run_out(
    server: OpenAIServer, assistant: Assistant, waits: list[float], reply: Reply, kind: type[AssistantDown]
) -> None:
    server.default = reply
    with pytest.raises(AssistantDown) as down:
        assistant.draft_memo("t", SOURCES)
    assert type(down.value) is kind
    assert down.value.passing
    assert len(server.requests) == 3
    assert waits == [0.5, 1.0]


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (web_page, Rejected),
        (status(401), Rejected),
        (status(403), Rejected),
        (status(404), Rejected),
        (status(402), Rejected),
        (status(413), NoRoom),
        (status(429, code_name="insufficient_quota"), Rejected),
        (status(400, code_name="content_filter"), Declined),
        (says("{}", "content_filter"), Declined),
        (says(None, refusal="I cannot help with that."), Declined),
        (says('{"decision": "Wh', "length"), TooLong),
        (huge, TooLong),
    ],
)
def test_what_cannot_pass_is_not_tried_again(
    server: OpenAIServer, assistant: Assistant, waits: list[float], reply: Reply, kind: type[AssistantDown]
) -> None:
    server.default = reply
    with pytest.raises(AssistantDown) as down:
        assistant.draft_memo("t", SOURCES)
    assert type(down.value) is kind
    assert not down.value.passing
    assert len(server.requests) == 1
    assert waits == []


@pytest.mark.parametrize("reply", [hangs, trickles, trickles_headers])
def test_an_answer_that_never_ends_is_given_up_on_in_time(
    server: OpenAIServer, waits: list[float], reply: Reply
) -> None:
    server.default = reply
    began = time.monotonic()
    with pytest.raises(TooSlow):
        quick(server, waits).draft_memo("t", SOURCES)
    assert time.monotonic() - began < 2


def test_all_attempts_together_keep_within_their_time(server: OpenAIServer, waits: list[float]) -> None:
    server.default = hangs
    with pytest.raises(TooSlow):
        quick(server, waits, timeout=0.2, attempts=3).draft_memo("t", SOURCES)
    assert len(server.requests) == 1, "half a second of waiting does not fit into the rest"
    assert waits == []


def test_an_endpoint_that_recovers_gives_its_draft(
    server: OpenAIServer, assistant: Assistant, waits: list[float]
) -> None:
    server.replies.extend([status(503), cut_chunks])
    assert assistant.draft_memo("Drop the old API", SOURCES).parts["decision"].text
    assert waits == [0.5, 1.0]


def test_nothing_listening_is_said_so(waits: list[float]) -> None:
    with OpenAIServer() as gone:
        pass
    with pytest.raises(Unreachable, match="Nothing answers"):
        quick(gone, waits, timeout=5.0).draft_memo("t", SOURCES)


def test_retry_after_in_seconds_is_waited(server: OpenAIServer, assistant: Assistant, waits: list[float]) -> None:
    server.replies.append(status(429, headers={"Retry-After": "7"}))
    assistant.draft_memo("t", SOURCES)
    assert waits == [7.0]


def test_retry_after_as_a_date_is_counted_from_the_answers_own_clock() -> None:
    headers = {"retry-after": "Mon, 23 Nov 2026 10:00:30 GMT", "date": "Mon, 23 Nov 2026 10:00:00 GMT"}
    assert retry_after(headers) == 30.0
    assert retry_after(headers | {"date": "Mon, 23 Nov 2026 11:00:00 GMT"}) == 0.0


@pytest.mark.parametrize("value", ["soon", "-5", "nan", "inf", "", "Mon, 99 Nov 2026 10:00:30 GMT"])
def test_a_retry_after_that_makes_no_sense_is_none(value: str) -> None:
    assert retry_after({"retry-after": value}) is None


def test_a_retry_after_in_milliseconds_goes_first() -> None:
    assert retry_after({"retry-after": "9", "retry-after-ms": "250"}) == 0.25


def test_a_wait_longer_than_the_time_left_is_handed_to_the_caller(
    server: OpenAIServer, assistant: Assistant, waits: list[float]
) -> None:
    server.replies.append(status(429, headers={"Retry-After": "3600"}))
    with pytest.raises(RateLimited) as down:
        assistant.draft_memo("t", SOURCES)
    assert down.value.retry_after == 3600.0
    assert waits == []


def test_an_endpoint_without_schemas_is_asked_for_json_and_remembered(
    server: OpenAIServer, assistant: Assistant, waits: list[float]
) -> None:
    server.default = only("json_object", None)
    assistant.draft_memo("t", SOURCES)
    assistant.neutral("data", "It broke.", [])
    assert [asked.format for asked in server.requests] == ["json_schema", "json_object", "json_object"]
    assert waits == []


def test_an_endpoint_that_refuses_bounds_gets_the_schema_without_them(
    server: OpenAIServer, assistant: Assistant
) -> None:
    server.default = unbounded
    assistant.draft_memo("t", SOURCES)
    assistant.draft_memo("t", SOURCES)
    assert [asked.format for asked in server.requests] == ["json_schema"] * 3
    assert "maxLength" not in json.dumps(server.requests[2].body)


def test_an_endpoint_that_takes_no_format_is_asked_in_words_alone_and_remembered(
    server: OpenAIServer, assistant: Assistant
) -> None:
    server.default = only(None)
    assert assistant.draft_memo("t", SOURCES).parts["decision"].text
    assistant.draft_memo("t", SOURCES)
    assert [asked.format for asked in server.requests] == ["json_schema", "json_object", None, None]


def test_where_nothing_is_taken_nothing_is_remembered(server: OpenAIServer, assistant: Assistant) -> None:
    server.default = status(400)
    with pytest.raises(Rejected):
        assistant.draft_memo("t", SOURCES)
    server.default = draft
    assistant.draft_memo("t", SOURCES)
    assert [asked.format for asked in server.requests] == ["json_schema", "json_object", None, "json_schema"]


def test_a_server_that_fails_on_a_schema_is_asked_without_one_and_that_is_remembered(
    server: OpenAIServer, assistant: Assistant, waits: list[float]
) -> None:
    def no_schema(exchange: Exchange) -> None:
        (status(500) if exchange.asked.format == "json_schema" else draft)(exchange)

    server.default = no_schema
    for _ in range(3):
        assert assistant.draft_memo("t", SOURCES).parts["decision"].text
    formats = [asked.format for asked in server.requests]
    assert formats == ["json_schema", "json_object", "json_schema", "json_object", "json_object"]
    assert waits == [0.5, 0.5]


def test_one_failure_that_passes_costs_nobody_the_schema(server: OpenAIServer, assistant: Assistant) -> None:
    server.replies.append(status(500))
    assistant.draft_memo("t", SOURCES)
    assistant.draft_memo("t", SOURCES)
    assert [asked.format for asked in server.requests] == ["json_schema", "json_object", "json_schema"]


def test_a_check_asks_as_a_draft_does(server: OpenAIServer, assistant: Assistant) -> None:
    assert assistant.ping() == "test"
    assert server.requests[0].format == "json_schema"
    assert "one_way" in server.requests[0].prompt


def test_a_check_finds_out_that_a_schema_is_too_much_and_what_works(server: OpenAIServer, assistant: Assistant) -> None:
    server.default = only(None)
    assert assistant.ping() == "test"
    server.default = says("Sure, here is a memo in prose.")
    with pytest.raises(Nonsense, match="not with the JSON that a draft needs"):
        assistant.ping()


def test_every_string_of_the_schema_is_bounded(server: OpenAIServer, assistant: Assistant) -> None:
    assistant.draft_memo("t", SOURCES)
    wanted = server.requests[0].body["response_format"]["json_schema"]
    assert wanted["strict"] is True
    assert wanted["schema"]["additionalProperties"] is False
    assert wanted["schema"]["required"] == ["decision", "one_way", "data", "inaction", "ask"]
    assert all(0 < part["maxItems"] < 20 for part in wanted["schema"]["properties"].values())
    sentence = wanted["schema"]["$defs"]["sentence"]
    assert sentence["required"] == ["text", "sources"]
    assert 0 < sentence["properties"]["text"]["maxLength"] < 2000
    assert 0 < sentence["properties"]["sources"]["items"]["maxLength"] < 20


@pytest.mark.parametrize(
    "wrong",
    [
        "Sure! Here is your memo.",
        '{"decision": 5, "one_way": "", "data": "", "inaction": "", "ask": ""}',
        '["decision"]',
        json.dumps(dict.fromkeys(["decision", "one_way", "data", "inaction", "ask"], "")),
        json.dumps(dict.fromkeys(["decision", "one_way", "data", "inaction", "ask"], "a" * 1001)),
        '{"decision": "cut in the mid',
    ],
)
def test_an_answer_in_the_wrong_shape_is_corrected_once(server: OpenAIServer, assistant: Assistant, wrong: str) -> None:
    server.replies.extend([says(wrong), parts(decision="Choose")])
    assert assistant.draft_memo("t", SOURCES).parts["decision"].text == "Choose"
    assert server.requests[1].body["messages"][2]["role"] == "assistant"

    server.replies.extend([says(wrong), says(wrong), parts(decision="Choose")])
    with pytest.raises(Nonsense):
        assistant.draft_memo("t", SOURCES)
    assert len(server.requests) == 4


@pytest.mark.parametrize(
    "around",
    ["```json\n%s\n```", "```\n%s\n```", "Here you go:\n```json\n%s\n```\nDone!", "<think>{hm}</think>\n%s", " %s "],
)
def test_json_in_a_fence_or_after_loud_thinking_is_read(
    server: OpenAIServer, assistant: Assistant, around: str
) -> None:
    memo = json.dumps({"decision": "Choose", "one_way": "", "data": "", "inaction": "", "ask": ""})
    server.replies.append(says(around.replace("%s", memo)))
    assert assistant.draft_memo("t", SOURCES).parts["decision"].text == "Choose"
    assert len(server.requests) == 1


def test_a_finish_reason_that_is_missing_is_no_fault(server: OpenAIServer, assistant: Assistant) -> None:
    memo = json.dumps({"decision": "Choose", "one_way": "", "data": "", "inaction": "", "ask": ""})
    server.replies.append(raw(completion(memo, finish_reason=None)))
    assert assistant.draft_memo("t", SOURCES).parts["decision"].text == "Choose"


@pytest.mark.parametrize("suffix", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_the_base_url_is_taken_as_people_give_it(server: OpenAIServer, suffix: str) -> None:
    local = connect(api_key=None, base_url=server.bare_url + suffix, model="llama", sleep=lambda _: None)
    assert local.ping() == "llama"
    assert server.requests[0].path == "/v1/chat/completions"


@pytest.mark.parametrize("url", ["localhost:11434", "ftp://host/v1", "http://", "file:///v1"])
def test_a_base_url_that_is_none_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError, match="http:// or https://"):
        connect(api_key=None, base_url=url, model="llama", sleep=lambda _: None)


def test_a_local_endpoint_gets_a_placeholder_and_a_real_one_its_key(
    server: OpenAIServer, assistant: Assistant, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    quick(server, waits, timeout=5.0).ping()
    assistant.ping()
    sent = [asked.headers["authorization"] for asked in server.requests]
    assert sent == ["Bearer no-key-needed", "Bearer sk-secret"]


def test_without_a_key_and_a_base_url_there_is_no_assistant() -> None:
    nobody = connect(api_key=None, base_url=None, model="gpt", sleep=lambda _: None)
    assert isinstance(nobody, NoAssistant)
    with pytest.raises(NoModel, match="No model is configured"):
        nobody.draft_memo("t", SOURCES)
    with pytest.raises(NoModel):
        nobody.neutral("data", "x", [])
    with pytest.raises(NoModel):
        nobody.ping()


def test_a_ping_is_tried_once(server: OpenAIServer, assistant: Assistant, waits: list[float]) -> None:
    server.default = status(503)
    with pytest.raises(Loading):
        assistant.ping()
    assert len(server.requests) == 1
    assert waits == []


def test_logs_and_errors_hold_neither_text_nor_keys(
    server: OpenAIServer, assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = [Source("thread", "Priya", "the merger with Initech")]
    server.replies.extend([status(500, "you sent: the merger with Initech"), says("the merger, in prose")])
    assistant.draft_memo("Initech merger", secret)
    server.default = status(400, "you sent: the merger with Initech")
    with pytest.raises(Rejected) as down:
        assistant.draft_memo("Initech merger", secret)
    assert "merger" not in caplog.text
    assert "sk-secret" not in caplog.text + repr(assistant) + repr(vars(assistant))
    assert "merger" not in str(down.value)
    assert down.value.__cause__ is None
