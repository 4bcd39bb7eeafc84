"""Blocks that hold blocks: what stands in them is held to the limits, and can be clicked and filled."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from sandbox import Person, Room, Sandbox
from sandbox.limits import LIMITS, check_message, check_view
from tests.sandbox.conftest import Ear, Json, modal

BUTTON: Json = {"type": "button", "text": {"type": "plain_text", "text": "Decide"}, "value": "d"}
ACTIONS: Json = {"type": "actions", "elements": [BUTTON]}
REASON: Json = {
    "type": "input",
    "label": {"type": "plain_text", "text": "Why?"},
    "element": {"type": "plain_text_input"},
}


def container(*blocks: Json, **more: object) -> Json:
    return {"type": "container", "title": {"type": "plain_text", "text": "D-42"}, "child_blocks": [*blocks], **more}


def carousel(*cards: Json) -> Json:
    return {"type": "carousel", "elements": [*cards]}


def layout(*blocks: Json, **more: object) -> Json:
    return {"type": "layout", "label": "D-42", "rows": [{"items": [{"blocks": [b]} for b in blocks]}], **more}


def card(**more: object) -> Json:
    return {"type": "card", "title": {"type": "mrkdwn", "text": "D-42"}, **more}


def plan(*tasks: Json) -> Json:
    return {"type": "plan", "title": "Thinking", "tasks": [*tasks]}


def table(rows: int, cell: str = "x") -> Json:
    return {"type": "data_table", "caption": "Open", "rows": [[{"type": "raw_text", "text": cell}]] * rows}


def rich(element: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}


def said(*blocks: Json) -> list[str]:
    return [problem.detail for problem in check_message(text="x", blocks=[*blocks])]


BOXES = [container(ACTIONS), carousel(card(actions=[BUTTON])), layout(ACTIONS), card(actions=[BUTTON])]


@pytest.mark.parametrize("box", BOXES, ids=lambda box: box["type"])
def test_a_button_within_a_block_is_clicked(
    slack: Sandbox, ana: Person, checkout: Room, client: WebClient, ear: Ear, box: Json
) -> None:
    client.chat_postMessage(channel=checkout.id, text="x", blocks=[box])
    message = ana.latest(checkout)
    assert message is not None
    assert message.buttons == ["Decide"]
    assert ana.click(message, "Decide").acked
    (action,) = slack.deliveries("interactive")[-1].payload["actions"]
    assert (action["value"], bool(action["action_id"]), bool(action["block_id"])) == ("d", True, True)
    inside = str(message.blocks)
    assert f"'block_id': '{action['block_id']}'" in inside
    assert f"'action_id': '{action['action_id']}'" in inside


def test_inputs_within_a_container_and_a_layout_are_filled(
    slack: Sandbox, ana: Person, checkout: Room, client: WebClient, ear: Ear
) -> None:
    named = {**REASON, "block_id": "why", "element": {"type": "plain_text_input", "action_id": "a"}}
    client.chat_postMessage(channel=checkout.id, text="x", blocks=[container(named, ACTIONS)])
    message = ana.latest(checkout)
    assert message is not None
    ana.click(message, "Decide", fill={"Why?": "It is late"})
    values = slack.deliveries("interactive")[-1].payload["state"]["values"]
    assert values["why"]["a"]["value"] == "It is late"


@pytest.mark.parametrize(
    "good",
    [
        table(201),
        plan({"task_id": "1", "title": "Read"}, {"type": "task_card", "task_id": "2", "title": "Ask"}),
        container(REASON, is_collapsible=True, has_header_divider=True),
        layout(ACTIONS, card(), fallback=[{"type": "divider"}], grid_lines="outer", is_label_visible=True),
        {"type": "actions", "elements": [{"type": "rich_text_input", "action_id": "a"}]},
        rich({"type": "citation", "anything": 1}),
        rich({"type": "canvas", "file_id": "F1", "label": "Memo"}),
        rich({"type": "list_record", "file_id": "F1", "record_id": "R1"}),
        rich({"type": "message_mention", "channel_id": "C1", "message_ts": "1.2"}),
        rich({"type": "work_object_mention", "entity_id": "E1", "app_id": "A1", "text": "D-42", "url": "https://example.com"}),
        {"type": "auth_provider", "value": "crm", "name": {"type": "plain_text", "text": "CRM"}, "is_connected": False},
    ],
    ids=str,
)  # fmt: skip
def test_what_the_newest_pages_allow_is_taken(good: Json) -> None:
    assert said(good) == []


TOO_LONG = "must be less than 20001 characters over all data_table blocks"
TASK: Json = {"task_id": "1", "title": "Read"}


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (table(202), "no more than 201 items allowed [json-pointer:/blocks/0/rows]"),
        (table(11, "x" * 1900), f"{TOO_LONG} [json-pointer:/blocks/0]"),
        (plan(*[TASK] * 2), '`task_id` "1" already exists [json-pointer:/blocks/0/tasks/1/task_id]'),
        (container(card()), "unsupported type: card [json-pointer:/blocks/0/child_blocks/0]"),
        (container(container(ACTIONS)), "unsupported type: container [json-pointer:/blocks/0/child_blocks/0]"),
        (layout(layout(ACTIONS)), "unsupported type: layout [json-pointer:/blocks/0/rows/0/items/0/blocks/0]"),
        ({**layout(ACTIONS), "rows": []}, "no less than 1 items allowed [json-pointer:/blocks/0/rows]"),
        (layout(ACTIONS, label="x" * 151), "must be less than 151 characters [json-pointer:/blocks/0/label]"),
        (rich({"type": "mood"}), "unsupported type: mood [json-pointer:/blocks/0/elements/0/elements/0]"),
    ],
    ids=lambda value: value if isinstance(value, str) else "block",
)  # fmt: skip
def test_what_they_do_not_allow_is_refused(bad: Json, what: str) -> None:
    assert said(bad) == [what]


def test_ids_are_said_once_however_deep_they_stand() -> None:
    twice = {**ACTIONS, "block_id": "b"}
    assert said(layout(twice, twice)) == [
        '`block_id` "b" already exists [json-pointer:/blocks/0/rows/0/items/1/blocks/0/block_id]'
    ]


def test_a_layout_stands_in_a_modal(ana: Person) -> None:
    view = modal(layout(REASON)) | {"submit": {"type": "plain_text", "text": "Next"}}
    assert check_view(view) == []


def test_a_long_data_table_counts_for_itself_and_a_third_chart_is_too_many() -> None:
    assert said(table(10, "x" * 1900)) == []
    pie = {"type": "pie", "segments": [{"label": "one", "value": 1}]}
    chart: Json = {"type": "data_visualization", "title": "Doors", "chart": pie}
    assert said(chart, chart) == []
    assert said(chart, chart, chart) == ["no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]"]


def test_every_limit_names_its_source_and_the_day_it_was_read() -> None:
    assert {
        name for name, limit in LIMITS.items() if not limit.source or limit.day not in ("2026-11-23", "2026-11-30")
    } == set()
