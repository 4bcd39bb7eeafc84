"""Answers written bit by bit, as the SDK's own helpers send them."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient
from slack_sdk.models.blocks import DividerBlock, SectionBlock
from slack_sdk.models.blocks.block_elements import UrlSourceElement
from slack_sdk.models.messages.chunk import BlocksChunk, MarkdownTextChunk, PlanUpdateChunk, TaskUpdateChunk
from slack_sdk.web.chat_stream import ChatStream

from sandbox import Message, Person, Room
from tests.sandbox.conftest import Json, error


def begun(client: WebClient, said: Message, mode: str | None = None) -> ChatStream:
    stream: ChatStream = client.chat_stream(
        channel=said.channel,
        thread_ts=said.ts,
        recipient_team_id=said.team,
        recipient_user_id=said.user,
        task_display_mode=mode,
        buffer_size=1,
    )
    return stream


def answer(ana: Person, said: Message) -> Message:
    return ana.sees(said.channel, said.ts)[-1]


def test_a_streamed_answer_holds_chunks_of_every_kind(ana: Person, checkout: Room, client: WebClient) -> None:
    said = ana.say("which door?", checkout)
    stream = begun(client, said)
    stream.append(markdown_text="It is a **two-way** ")
    stream.append(markdown_text="door.")
    stream.append(chunks=[TaskUpdateChunk(id="1", title="Reading", status="in_progress", details="The memo")])
    stream.append(
        chunks=[
            TaskUpdateChunk(id="1", title="Read", status="complete", details=", twice", output="Nothing lasts"),
            TaskUpdateChunk(id="2", title="Asking", status="error", sources=[UrlSourceElement(text="Memo", url="https://example.com/m")]),
            BlocksChunk(blocks=[DividerBlock()]),
            MarkdownTextChunk(text="Decide today."),
        ]
    )  # fmt: skip
    assert answer(ana, said).text == "It is a **two-way** door.Decide today."
    done = stream.stop(markdown_text=" Bye.", blocks=[SectionBlock(text="The end")])
    message = answer(ana, said)
    kinds = " ".join(block["type"] for block in message.blocks)
    assert kinds == "markdown task_card task_card divider markdown section"
    assert message.text == done["message"]["text"] == "It is a **two-way** door.Decide today. Bye."
    read, asked = message.blocks[1:3]
    assert (read["title"], read["status"], asked["status"]) == ("Read", "complete", "error")
    assert read["details"]["elements"][0]["elements"][0]["text"] == "The memo, twice"
    assert asked["sources"][0]["url"] == "https://example.com/m"


def test_tasks_of_a_plan_stand_together(ana: Person, client: WebClient) -> None:
    said = ana.say("which door?")
    stream = begun(client, said, "plan")
    stream.append(chunks=[PlanUpdateChunk(title="Thinking")])
    for number, text in enumerate(("One. ", "Two.")):
        stream.append(
            chunks=[TaskUpdateChunk(id=f"{number}", title=text, status="pending"), MarkdownTextChunk(text=text)]
        )
    stream.stop(chunks=[PlanUpdateChunk(title="Thought")])
    plan, last = answer(ana, said).blocks
    assert (plan["title"], [task["task_id"] for task in plan["tasks"]]) == ("Thought", ["0", "1"])
    assert last["text"] == "One. Two."


@pytest.mark.parametrize(
    ("chunk", "code"),
    [
        ({"type": "mood", "text": "calm"}, "invalid_chunks"),
        ({"type": "markdown_text"}, "invalid_chunks"),
        ({"type": "task_update", "id": "1", "title": "Reading", "status": "asleep"}, "invalid_chunks"),
        ({"type": "task_update", "id": "1", "title": "x" * 257, "status": "pending"}, "invalid_chunks"),
        ({"type": "plan_update", "title": ""}, "invalid_chunks"),
        ({"type": "blocks", "blocks": [{"type": "banner"}]}, "invalid_chunks"),
        ({"type": "blocks", "blocks": [{"type": "divider"}] * 51}, "invalid_chunks"),
        ({"type": "markdown_text", "text": "x" * 12_001}, "msg_too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value["type"]),
)  # fmt: skip
def test_a_chunk_that_slack_refuses_changes_nothing(ana: Person, client: WebClient, chunk: Json, code: str) -> None:
    said = ana.say("help")
    here: Json = {"channel": said.channel}
    ts = client.chat_startStream(thread_ts=said.ts, markdown_text="So far", **here)["ts"]
    assert error(lambda: client.chat_appendStream(ts=ts, chunks=[chunk], **here)) == code
    assert error(lambda: client.chat_stopStream(ts=ts, chunks=[chunk], **here)) == code
    assert answer(ana, said).text == "So far"
    client.chat_stopStream(ts=ts, **here)


def test_a_stream_holds_no_more_than_a_message(ana: Person, client: WebClient) -> None:
    said = ana.say("help")
    here: Json = {"channel": said.channel}
    long: Json = {"markdown_text": "x" * 12_001, **here}
    assert error(lambda: client.chat_startStream(thread_ts=said.ts, **long)) == "msg_too_long"
    ts = client.chat_startStream(thread_ts=said.ts, markdown_text="x" * 12_000, **here)["ts"]
    assert error(lambda: client.chat_appendStream(ts=ts, markdown_text="x", **here)) == "msg_too_long"
    many = [{"type": "blocks", "blocks": [{"type": "divider"}] * 50}]
    assert error(lambda: client.chat_appendStream(ts=ts, chunks=many, **here)) == "msg_blocks_too_many"
    last = [{"type": "divider"}] * 50  # counted apart from what was streamed
    assert error(lambda: client.chat_stopStream(ts=ts, blocks=[*last, *last[:1]], **here)) == "invalid_blocks"
    done = client.chat_stopStream(ts=ts, session_status="closed", blocks=last, **here)["message"]
    assert (done["text"], len(done["blocks"]), done["streaming_state"]) == ("x" * 12_000, 51, "completed")


def test_a_stream_says_something_once_and_in_one_way(ana: Person, client: WebClient) -> None:
    said = ana.say("help")
    here: Json = {"channel": said.channel}
    assert (
        error(lambda: client.api_call("chat.startStream", json=here)) == "invalid_arguments"
    )  # no thread, in a direct message
    ts = client.chat_startStream(thread_ts=said.ts, **here)["ts"]
    assert error(lambda: client.chat_appendStream(ts=ts, markdown_text="", **here)) == "no_text"
    both: Json = {"markdown_text": "x", "chunks": [{"type": "markdown_text", "text": "y"}], **here}
    assert error(lambda: client.chat_appendStream(ts=ts, **both)) == "invalid_arguments"
    assert error(lambda: client.chat_stopStream(ts=ts, **here)) == "no_text"
