"""The blocks of 2026 on the page: drawn, clicked, filled, and usable by everybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect
from slack_bolt import App
from slack_sdk import WebClient

from sandbox import Person, Room, Sandbox, show
from tests.page.conftest import Windows
from tests.page.test_axe import serious
from tests.page.test_blocks import Heard
from tests.sandbox.conftest import Json, actions, button, field, modal, plain

POINTS = [{"label": "Mon", "value": 3}, {"label": "Tue", "value": -1}]
SERIES = [{"name": "Open", "data": POINTS}, {"name": "Closed", "data": POINTS}]
PLOT: Json = {"series": SERIES, "axis_config": {"categories": ["Mon", "Tue"], "y_label": "Doors"}}
PIE: Json = {"type": "pie", "segments": [{"label": "two-way", "value": 7}, {"label": "one-way", "value": 2}]}


def chart(kind: Json) -> Json:
    return {"type": "data_visualization", "title": "Doors this week", "chart": kind}


NEWER: list[Json] = [
    {"type": "container", "title": plain("D-42"), "is_collapsible": True,
     "child_blocks": [{**actions(button("Inside", "go", "container")), "block_id": "in"}]},
    {"type": "carousel", "elements": [
        {"type": "card", "title": {"type": "mrkdwn", "text": "D-43"}, "actions": [button("Slide", "go", "card")]}]},
    {"type": "layout", "label": "Figures", "is_label_visible": True, "grid_lines": "outer", "rows": [{"items": [
        {"width": "narrow", "blocks": [actions(button("Beside", "go", "layout"))]},
        {"blocks": [{"type": "markdown", "text": "**Bold** words"}]}]}]},
    chart(PIE),
    chart({"type": "line", **PLOT}),
    {"type": "auth_provider", "value": "crm", "name": plain("CRM"), "is_connected": False,
     "auth_url": "https://example.com/connect"},
    {"type": "plan", "title": "Thinking", "tasks": [{"task_id": "1", "title": "Read it", "status": "complete"}]},
]  # fmt: skip


def test_every_newer_block_is_drawn_and_its_buttons_are_heard(
    look: Windows, slack: Sandbox, bolt: App, client: WebClient, ana: Person, room: Room
) -> None:
    heard = Heard(bolt, slack)
    client.chat_postMessage(channel=room.id, text="newer", blocks=NEWER)
    page = look(ana, room)
    for number, (label, value) in enumerate((("Inside", "container"), ("Slide", "card"), ("Beside", "layout"))):
        page.get_by_role("button", name=label).click()
        action = heard.next(number)
        assert (action["value"], bool(action["block_id"])) == (value, True)
    expect(page.locator(".unknown")).to_have_count(0)
    expect(page.get_by_role("img", name="pie: Doors this week")).to_be_visible()
    expect(page.get_by_text("two-way: 7")).to_be_visible()
    expect(page.get_by_role("img", name="line: Doors this week").locator("polyline")).to_have_count(2)
    expect(page.get_by_role("rowheader", name="Tue")).to_be_visible()
    expect(page.locator(".layout strong", has_text="Bold")).to_be_visible()
    expect(page.get_by_role("link", name="Connect")).to_have_attribute("href", "https://example.com/connect")
    expect(page.get_by_text("Read it")).to_be_visible()
    assert serious(page) == []


def test_bars_areas_and_a_whole_pie_are_drawn(look: Windows, client: WebClient, ana: Person, room: Room) -> None:
    whole: Json = {"type": "pie", "segments": [{"label": "all", "value": 1}]}
    client.chat_postMessage(
        channel=room.id, text="a", blocks=[chart({"type": "bar", **PLOT}), chart({"type": "area", **PLOT})]
    )
    client.chat_postMessage(channel=room.id, text="b", blocks=[chart(whole)])
    page = look(ana, room)
    expect(page.locator("svg rect")).to_have_count(4)
    expect(page.locator("svg polygon")).to_have_count(2)
    expect(page.locator("svg circle")).to_have_count(1)


def test_a_form_that_wants_a_file_takes_one(
    look: Windows, slack: Sandbox, bolt: App, client: WebClient, ana: Person, tmp_path: Path
) -> None:
    sent: list[list[Json]] = []

    @bolt.shortcut("open")
    def _open(ack: Any, shortcut: Json, client: WebClient) -> None:
        ack()
        form = modal(field("Memo", "memo", {"type": "file_input", "max_files": 1, "filetypes": ["txt"]}))
        client.views_open(trigger_id=shortcut["trigger_id"], view=form)

    @bolt.view({"type": "view_submission", "callback_id": ""})
    def _sent(ack: Any, view: Json) -> None:
        ack()
        sent.append(view["state"]["values"]["memo"]["answer"]["files"])

    ana.shortcut("open")
    slack.wait_for(lambda: ana.modal)
    page = look(ana)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Please complete this required field.")).to_be_visible()
    memo = tmp_path / "memo.txt"
    memo.write_text("short")
    page.get_by_label("Memo").set_input_files(memo)
    expect(page.get_by_role("status").filter(has_text="memo.txt")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("button", name="Send").click()
    slack.wait_for(lambda: sent)
    assert [file["name"] for file in sent[0]] == ["memo.txt"]
    ana.shortcut("open")
    slack.wait_for(lambda: ana.modal)
    ana.submit({"Memo": ("other.txt", b"short")})
    slack.wait_for(lambda: len(sent) == 2)
    assert [file["name"] for file in sent[1]] == ["other.txt"]


def test_what_an_agent_does_and_suggests_is_shown(
    look: Windows, client: WebClient, ana: Person, slack: Sandbox
) -> None:
    said = ana.say("help")
    here: Json = {"channel_id": said.channel, "thread_ts": said.ts}
    client.assistant_threads_setStatus(status="is thinking…", **here)
    client.assistant_threads_setTitle(title="A door", **here)
    prompts = [{"title": "Ask", "message": "Should we?"}]
    client.assistant_threads_setSuggestedPrompts(prompts=prompts, title="Try this", **here)
    page = look(ana, ana.dm())
    expect(page.locator("#pane .doing")).to_contain_text("is thinking…")
    page.goto(f"{page.url}/t/{said.ts}")
    thread = page.locator("#thread")
    expect(thread.get_by_role("heading", name="A door")).to_be_visible()
    expect(thread.get_by_role("group", name="Try this")).to_be_visible()
    assert serious(page) == []
    thread.get_by_role("button", name="Ask").click()
    slack.wait_for(lambda: ana.sees(None, said.ts)[-1].text == "Should we?")
    client.chat_postMessage(channel=said.channel, thread_ts=said.ts, text="Yes")
    expect(page.locator(".doing")).to_have_count(0)


def test_newer_blocks_are_read_in_a_terminal_and_in_words(ana: Person, client: WebClient, room: Room) -> None:
    client.chat_postMessage(channel=room.id, text="newer", blocks=NEWER)
    message = ana.latest(room)
    assert message is not None
    drawn = show.message({"blocks": message.blocks}, names={}, tz="UTC")
    for word in ("D-42", "Doors this week", "two-way: 7", "CRM", "Thinking", "Read it"):
        assert word in message.shown, word
        assert word in drawn, word
    assert "unknown" not in drawn
