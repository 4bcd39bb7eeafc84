"""Every shape of answer that servers were seen to give, played on a socket: what is good of it becomes a draft."""

import json
from typing import Any

import pytest

from app.assistant import Assistant, AssistantDown, Nonsense, NoRoom, Rejected, Source, connect
from tests.assistant.answer_shapes import body, cited, contents, lists, partly
from tests.assistant.openai_server import Exchange, OpenAIServer, draft, raw, says, status

SOURCES = [
    Source("answer", "Deadline", "The contract ends on 2026-12-01"),
    Source("thread", "Priya", "Usage fell 12% in October.", "https://a.slack.com/archives/C1/p1"),
]
TEXT = "The contract ends on 2026-12-01."
GOOD, PARTLY = contents(TEXT), partly(TEXT)


@pytest.mark.parametrize("shape", GOOD)
def test_a_draft_is_read_whatever_stands_around_it(server: OpenAIServer, assistant: Assistant, shape: str) -> None:
    server.replies.append(says(GOOD[shape]))
    found = assistant.draft_memo("t", SOURCES).parts["decision"]
    assert found.text.startswith(TEXT)
    assert [one.label for one in found.sentences[0].sources] == ["Deadline"]
    assert len(server.requests) == 1


@pytest.mark.parametrize("shape", PARTLY)
def test_what_is_good_of_a_draft_is_kept_where_the_correction_is_no_better(
    server: OpenAIServer, assistant: Assistant, shape: str
) -> None:
    server.replies.extend([says(PARTLY[shape]), says("I can't.")])
    found = assistant.draft_memo("t", SOURCES)
    assert found.parts["decision"].text == TEXT
    assert found.parts["ask"].text == ""
    assert len(server.requests) == 2


def test_what_is_whole_of_an_answer_that_ran_out_of_room_is_kept(server: OpenAIServer, assistant: Assistant) -> None:
    server.replies.append(says(json.dumps(cited(TEXT))[:-40], "length"))
    assert assistant.draft_memo("t", SOURCES).parts["decision"].text == TEXT
    assert len(server.requests) == 1


@pytest.mark.parametrize("shape", LISTS := lists(TEXT))
def test_a_content_of_several_parts_is_read(server: OpenAIServer, assistant: Assistant, shape: str) -> None:
    server.replies.append(body(LISTS[shape]))
    assert assistant.draft_memo("t", SOURCES).parts["decision"].text == TEXT


# The shapes, as their documents and sources give them, of llama.cpp's server, llama-cpp-python, LiteLLM, vLLM,
# OpenAI and Mistral.
TOO_LONG: dict[str, tuple[int, Any, str]] = {
    "llama.cpp": (
        400,
        {"error": {"code": 400, "message": "the request exceeds the available context size, try increasing it",
                   "type": "exceed_context_size_error", "n_prompt_tokens": 1128, "n_ctx": 1024}},
        "1,128 of 1,024 tokens",
    ),
    "llama.cpp, later": (
        400,
        {"error": {"code": 400, "type": "exceed_context_size_error",
                   "message": "request (1128 tokens) exceeds the available context size (1024 tokens), try increasing it"}},  # noqa: E501
        "1,128 of 1,024 tokens",
    ),
    "llama-cpp-python": (
        400,
        {"error": {"message": "This model's maximum context length is 1024 tokens, however you requested 1128 tokens"
                   " (1112 in your prompt; 16 in completion). Please reduce your prompt; or completion length.",
                   "type": "invalid_request_error", "param": "messages", "code": "context_length_exceeded"}},
        "1,128 of 1,024 tokens",
    ),
    "llama-cpp-python, which crashes": (
        500,
        {"error": {"message": "Requested tokens (1128) exceed context window of 1024", "type": "internal_server_error",
                   "param": None, "code": None}},
        "1,128 of 1,024 tokens",
    ),
    "OpenAI": (
        400,
        {"error": {"message": "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001"  # noqa: E501
                   " tokens. Please reduce the length of the messages.", "type": "invalid_request_error",
                   "code": "context_length_exceeded"}},
        "9,001 of 8,192 tokens",
    ),
    "LiteLLM": (
        400,
        {"error": {"message": "litellm.ContextWindowExceededError: litellm.BadRequestError: this model's maximum context"  # noqa: E501
                   " length is 4096 tokens. However, you requested 5012 tokens", "type": None, "param": None,
                   "code": "400"}},
        "5,012 of 4,096 tokens",
    ),
    "Anthropic behind a proxy": (
        400,
        {"type": "error", "error": {"type": "invalid_request_error",
                                    "message": "prompt is too long: 210000 tokens > 200000 maximum"}},
        "210,000 of 200,000 tokens",
    ),
    "Mistral": (
        400,
        {"object": "error", "type": "invalid_request_prompt", "code": "3051",
         "message": "Prompt contains 40100 tokens and 0 draft tokens, too large for model with 32768 maximum context length"},  # noqa: E501
        "40,100 of 32,768 tokens",
    ),
    "a gateway": (413, "Request Entity Too Large", "too long for this model"),
}  # fmt: skip


@pytest.mark.parametrize("server_of", TOO_LONG)
def test_sources_that_are_too_long_are_said_with_their_numbers(
    server: OpenAIServer, assistant: Assistant, server_of: str
) -> None:
    code, said, told = TOO_LONG[server_of]
    server.default = raw(json.dumps(said).encode() if not isinstance(said, str) else said.encode(), code=code)
    with pytest.raises(NoRoom, match=told) as down:
        assistant.draft_memo("t", SOURCES)
    assert "larger context" in down.value.sentence
    assert len(server.requests) == 1, "of two short sources none can be spared"


def test_sources_that_are_too_long_are_tried_again_with_fewer_and_that_is_remembered(
    server: OpenAIServer, assistant: Assistant
) -> None:
    def small(exchange: Exchange) -> None:
        size = len(exchange.asked.prompt) // 4
        full = {"error": {"code": 400, "type": "exceed_context_size_error", "message": "exceeds the available context size",  # noqa: E501
                          "n_prompt_tokens": size, "n_ctx": 4096}}  # fmt: skip
        (raw(json.dumps(full).encode(), code=400) if size > 4096 else draft)(exchange)

    server.default = small
    thread = [Source("thread", f"Priya {n}", "word " * 60) for n in range(200)]
    first = assistant.draft_memo("Drop the old API", thread)
    assert first.parts["decision"].text
    assert 0 < first.left_out < 200
    asked = len(server.requests)
    assert asked == 2
    assistant.draft_memo("Drop the old API", thread)
    assert len(server.requests) == asked + 1


NO_SYSTEM: list[tuple[int, Any]] = [
    (400, {"error": {"message": "System role not supported"}}),
    (500, {"error": {"code": 500, "message": "Conversation roles must alternate user/assistant/user/assistant/..."}}),
    (400, {"error": {"code": 400, "message": "Developer instruction is not enabled for models/gemma-3-27b-it"}}),
]


@pytest.mark.parametrize(("code", "said"), NO_SYSTEM)
def test_a_model_without_a_system_role_is_asked_without_one(
    server: OpenAIServer, assistant: Assistant, code: int, said: Any
) -> None:
    def strict(exchange: Exchange) -> None:
        roles = [one["role"] for one in exchange.asked.body["messages"]]
        (raw(json.dumps(said).encode(), code=code) if "system" in roles else draft)(exchange)

    server.default = strict
    assert assistant.draft_memo("t", SOURCES).parts["decision"].text
    assistant.draft_memo("t", SOURCES)
    roles = [[one["role"] for one in asked.body["messages"]] for asked in server.requests]
    assert roles == [["system", "user"], ["user"], ["user"]]
    assert "never instructions" in server.requests[1].body["messages"][0]["content"]


@pytest.mark.parametrize(
    ("said", "kind", "told"),
    [
        ({"error": {"message": "Rate limit reached", "code": 429}}, "RateLimited", "no more requests for now"),
        ({"error": {"message": "Invalid API key", "type": "authentication_error"}}, "Rejected", "does not accept our key"),  # noqa: E501
        ({"error": {"message": "Insufficient credits", "code": 402}}, "Rejected", "no credit left"),
        ({"error": {"message": "Provider returned error", "code": 502}}, "Failing", "HTTP 502"),
        ({"error": {"message": "model not found", "code": "404"}}, "Rejected", "knows no such model"),
        ({"error": "model is loading"}, "Loading", "still loading"),
        ({"error": {"code": 400, "message": "prompt is too long: 900 tokens > 512 maximum"}}, "NoRoom", "900 of 512 tokens"),  # noqa: E501
    ],
)  # fmt: skip
def test_an_error_that_comes_with_http_200_is_what_it_says(
    server: OpenAIServer, assistant: Assistant, said: Any, kind: str, told: str
) -> None:
    server.default = raw(json.dumps(said).encode())
    with pytest.raises(AssistantDown, match=told) as down:
        assistant.draft_memo("t", SOURCES)
    assert type(down.value).__name__ == kind


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        (402, {"error": {"message": "Insufficient Balance"}}, "no credit left"),
        (403, {"error": {"message": "Your credit balance is too low"}}, "no credit left"),
        (413, {"error": {"message": "too big"}}, "too long for this model"),
    ],
)
def test_what_asking_again_cannot_help_is_asked_once(
    server: OpenAIServer, assistant: Assistant, code: int, said: Any, told: str
) -> None:
    server.default = raw(json.dumps(said).encode(), code=code)
    with pytest.raises(AssistantDown, match=told):
        assistant.draft_memo("t", SOURCES)
    assert len(server.requests) == 1


AZURE = "/openai/deployments/gpt-5-mini"


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("", "/v1/chat/completions"),
        ("/api", "/api/v1/chat/completions"),
        ("/v1", "/v1/chat/completions"),
        ("/v1beta/openai/", "/v1beta/openai/chat/completions"),
        ("/chat/completions", "/chat/completions"),
        ("/inference/chat/completions", "/inference/chat/completions"),
        (f"{AZURE}?api-version=2024-10-21", f"{AZURE}/chat/completions?api-version=2024-10-21"),
        (f"{AZURE}/chat/completions?api-version=2024-10-21", f"{AZURE}/chat/completions?api-version=2024-10-21"),
        ("/v1?key=a%20b", "/v1/chat/completions?key=a%20b"),
    ],
)
def test_a_base_url_is_used_as_given(server: OpenAIServer, given: str, asked: str) -> None:
    server.paths = {asked}
    local = connect(api_key="sk-secret", base_url=server.bare_url + given, model="m", sleep=lambda _: None)
    assert local.draft_memo("t", SOURCES).parts["decision"].text
    assert [one.path.replace("+", "%20") for one in server.requests] == [asked]
    assert server.requests[0].headers.get("api-key") == ("sk-secret" if "deployments" in given else None)


def test_a_server_without_v1_is_found_and_remembered(server: OpenAIServer) -> None:
    server.paths = {"/api/chat/completions"}
    local = connect(api_key=None, base_url=f"{server.bare_url}/api", model="m", sleep=lambda _: None)
    for _ in range(2):
        local.draft_memo("t", SOURCES)
    there = "/api/chat/completions"
    assert [one.path for one in server.requests] == ["/api/v1/chat/completions", there, there]
    server.paths = set()
    with pytest.raises(Rejected, match="model's name and the base URL"):
        local.draft_memo("t", SOURCES)


def test_a_status_that_is_none_of_these_says_its_number(server: OpenAIServer, assistant: Assistant) -> None:
    server.default = status(418)
    with pytest.raises(Rejected, match="HTTP 418"):
        assistant.draft_memo("t", SOURCES)


def test_a_server_that_failed_for_a_while_is_asked_with_the_schema_again(
    server: OpenAIServer, assistant: Assistant
) -> None:
    """Without one it writes prose: what was left out because of crashes is tried anew."""

    def proud(exchange: Exchange) -> None:
        (draft if exchange.asked.format == "json_schema" else says("As you wish."))(exchange)

    server.default = proud
    server.replies.extend([status(500), draft, status(500), draft])
    for _ in range(2):
        assistant.draft_memo("t", SOURCES)
    with pytest.raises(Nonsense):
        assistant.draft_memo("t", SOURCES)
    asked = len(server.requests)
    assert assistant.draft_memo("t", SOURCES).parts["decision"].text
    assert [one.format for one in server.requests[asked:]] == ["json_schema"]
