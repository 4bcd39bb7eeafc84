"""What an agent says of itself, what it hears, and who may talk to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import App, Assistant
from slack_sdk import WebClient

from sandbox import Limits, Person, Room, Sandbox, Workspace
from tests.sandbox.conftest import Connect, Ear, Json, error, refusal

PROMPTS = [{"title": "Ask", "message": "Should we?"}]


def heard(slack: Sandbox, name: str) -> list[Json]:
    slack.settle()
    return [delivery.payload["event"] for delivery in slack.deliveries("events_api", name)]


def test_a_status_is_shown_until_the_app_answers_or_two_minutes_pass(
    slack: Sandbox, ana: Person, client: WebClient
) -> None:
    said = ana.say("help")
    here: Json = {"channel_id": said.channel, "thread_ts": said.ts}
    client.assistant_threads_setStatus(status="is thinking…", loading_messages=["Reading"], **here)
    assert ana.assistant(said.ts).status == "is thinking…"
    client.chat_postMessage(channel=said.channel, thread_ts=said.ts, text="Yes")
    assert ana.assistant(said.ts).status == ""
    client.assistant_threads_setStatus(status="is reading…", **here)
    slack.clock.advance(timedelta(minutes=2, seconds=1))
    slack.wait_for(lambda: ana.assistant(said.ts).status == "")
    many = refusal(lambda: client.assistant_threads_setStatus(status="x", loading_messages=["x"] * 11, **here))
    assert many["error"] == "invalid_arguments"
    nowhere: Json = {"channel_id": said.channel, "thread_ts": "1.000001"}
    assert error(lambda: client.assistant_threads_setStatus(status="x", **nowhere)) == "invalid_thread_ts"


def test_prompts_stand_in_a_thread_or_in_the_whole_conversation(ana: Person, client: WebClient) -> None:
    said = ana.say("help")
    client.assistant_threads_setSuggestedPrompts(channel_id=said.channel, prompts=PROMPTS, title="Try")
    assert ana.assistant().prompts == {"Ask": "Should we?"}
    assert ana.assistant().prompts_title == "Try"
    assert ana.assistant(said.ts).prompts == {}
    here: Json = {"channel_id": said.channel, "thread_ts": said.ts}
    client.assistant_threads_setSuggestedPrompts(prompts=PROMPTS, **here)
    client.assistant_threads_setTitle(title="A door", **here)
    assert (ana.assistant(said.ts).title, list(ana.assistant(said.ts).prompts)) == ("A door", ["Ask"])
    none: Json = {"prompts": [], **here}
    assert error(lambda: client.assistant_threads_setSuggestedPrompts(**none)) == "invalid_arguments"


def test_prompts_and_titles_want_their_scope_and_a_status_one_of_two(
    acme: Workspace, ana: Person, client: WebClient
) -> None:
    said = ana.say("help")
    here: Json = {"channel_id": said.channel, "thread_ts": said.ts}
    acme.set_scopes(["chat:write"])
    client.assistant_threads_setStatus(status="is thinking…", **here)
    for call in (
        lambda: client.assistant_threads_setTitle(title="x", **here),
        lambda: client.assistant_threads_setSuggestedPrompts(prompts=PROMPTS, **here),
    ):
        assert refusal(call)["needed"] == "assistant:write"


def test_bolts_assistant_is_started_and_follows_where_its_person_looks(
    slack: Sandbox, ana: Person, checkout: Room, connect: Connect
) -> None:
    contexts: list[Any] = []
    assistant = Assistant()

    @assistant.thread_started
    def start(say: Any, set_suggested_prompts: Any, get_thread_context: Any) -> None:
        say("How can I help?")
        set_suggested_prompts(prompts=PROMPTS)
        contexts.append(get_thread_context())

    @assistant.user_message
    def answer(payload: Json, say: Any, set_status: Any, get_thread_context: Any, set_title: Any) -> None:
        set_status("is thinking…")
        set_title(payload["text"])
        contexts.append(get_thread_context())
        say(f"You said {payload['text']}")

    def register(app: App) -> None:
        app.assistant(assistant)

    connect(register)
    root = ana.open_assistant(seen_in=checkout)
    slack.wait_for(lambda: ana.assistant(root.ts).prompts)
    ana.look_at(checkout)
    slack.settle()
    ana.say("Should we?", thread_ts=root.ts)
    slack.wait_for(lambda: len(ana.sees(None, root.ts)) == 4)
    texts = [message.text for message in ana.sees(None, root.ts)]
    assert texts == ["New Assistant Thread", "How can I help?", "Should we?", "You said Should we?"]
    assert ana.assistant(root.ts).title == "Should we?"
    assert [context.channel_id for context in contexts] == [checkout.id, checkout.id]


def test_an_agents_session_has_a_status_a_title_and_an_end(
    slack: Sandbox, ana: Person, client: WebClient, ear: Ear
) -> None:
    said = ana.say("help")
    here: Json = {"channel_id": said.channel, "thread_ts": said.ts}
    call = client.api_call
    assert error(lambda: call("agents.sessions.rename", json={"title": "x", **here})) == "session_not_found"
    begun = call("agents.sessions.setStatus", json={"status": "processing", "title": "A door", **here})
    assert (begun["status"], begun["title"]) == ("processing", "A door")
    assert call("agents.sessions.rename", json={"title": "Two doors", **here})["title"] == "Two doors"
    assert error(lambda: call("agents.sessions.setStatus", json={"status": "asleep", **here})) == "invalid_arguments"
    ana.rename_session(said.ts, "Doors")
    (renamed,) = heard(slack, "agent_session_title_changed")
    assert (renamed["title"], renamed["previous_title"]) == ("Doors", "Two doors")
    ts = client.chat_startStream(channel=said.channel, thread_ts=said.ts, markdown_text="So")["ts"]
    ana.stop_session(said.ts)
    assert heard(slack, "agent_session_stopped")[0]["streaming_message_ts"] == [ts]
    more: Json = {"channel": said.channel, "ts": ts, "markdown_text": " more"}
    assert error(lambda: client.chat_appendStream(**more)) == "stopped_by_user"
    assert client.chat_stopStream(channel=said.channel, ts=ts)["message"]["text"] == "So"


AGENT: Json = {
    "display_information": {"name": "Door"},
    "features": {
        "bot_user": {"display_name": "Door"},
        "agent_view": {"agent_description": "Asks.", "suggested_prompts": PROMPTS},
    },
    "oauth_config": {"scopes": {"bot": ["assistant:write", "chat:write", "im:history", "search:read.public"]}},
    "settings": {
        "socket_mode_enabled": True,
        "event_subscriptions": {"bot_events": ["message.im", "app_context_changed"]},
    },
}


@pytest.fixture
def agent() -> Iterator[Sandbox]:
    with Sandbox(AGENT, limits=Limits(rates=False)) as running:
        yield running


def test_guests_are_kept_from_an_agent(agent: Sandbox) -> None:
    guest = agent.workspace("Acme").add_user("Gus", guest=True)
    for refused in (lambda: guest.say("hello"), guest.open_home, guest.open_assistant):
        with pytest.raises(AssertionError, match="guests cannot"):
            refused()


def test_an_agent_hears_where_its_person_looks_and_may_search_for_her(agent: Sandbox) -> None:
    acme = agent.workspace("Acme")
    ana = acme.add_user("Ana")
    room = acme.add_channel("checkout", [ana])
    assert ana.assistant().prompts == {"Ask": "Should we?"}
    ana.look_at(room)
    (moved,) = heard(agent, "app_context_changed")
    assert moved["context"]["entities"][0]["value"] == room.id
    ana.say("The database moves on Friday", room)
    ana.say("When does the database move?")
    asked_of = heard(agent, "message.im")[0]
    assert asked_of["app_context"]["entities"][0]["value"] == room.id
    token = asked_of["assistant_thread"]["action_token"]
    client = WebClient(acme.bot_token, base_url=agent.api_url)
    asked: Json = {"query": "database", "action_token": token}
    found = client.api_call("assistant.search.context", json=asked)["results"]["messages"]
    assert [row["content"] for row in found] == ["The database moves on Friday"]
    forged: Json = {"query": "database", "action_token": "x"}
    assert error(lambda: client.api_call("assistant.search.context", json=forged)) == "invalid_action_token"
