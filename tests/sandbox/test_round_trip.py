"""Every block the SDK can build is posted as it builds it, and read back as it was posted."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.models import blocks as kit
from slack_sdk.models.blocks.basic_components import FeedbackButtonObject
from slack_sdk.models.blocks.block_elements import (
    FeedbackButtonsElement,
    RichTextElementParts,
    RichTextSectionElement,
    UrlSourceElement,
)

from sandbox import Person, Room
from sandbox.limits import check_view
from tests.sandbox.test_drift import kinds

SAID = kit.RichTextBlock(elements=[RichTextSectionElement(elements=[RichTextElementParts.Text(text="It is late")])])
IMAGE = kit.ImageElement(image_url="https://example.com/x.png", alt_text="A door")
BUTTON = kit.ButtonElement(text="Decide", action_id="decide", value="d")
TEXT = kit.MarkdownTextObject(text="*D-42*")
CARD = kit.CardBlock(hero_image=IMAGE, icon=IMAGE, title=TEXT, subtitle=TEXT, body=TEXT, actions=[BUTTON])
TASK = kit.TaskCardBlock(
    task_id="1", title="Read", status="complete", details=SAID, output=SAID,
    sources=[UrlSourceElement(url="https://example.com", text="Memo")],
)  # fmt: skip
SIDES = FeedbackButtonsElement(
    action_id="f",
    positive_button=FeedbackButtonObject(text="Good", value="+"),
    negative_button=FeedbackButtonObject(text="Bad", value="-"),
)
CELLS: list[list[dict[str, Any]]] = [[{"type": "raw_text", "text": "Door"}], [{"type": "raw_number", "value": 42}]]
BUILT: dict[str, kit.Block] = {
    block.type or "": block
    for block in (
        kit.SectionBlock(text=TEXT, accessory=BUTTON),
        kit.DividerBlock(),
        kit.ImageBlock(image_url="https://example.com/x.png", alt_text="A door"),
        kit.ActionsBlock(elements=[BUTTON]),
        kit.ContextBlock(elements=[TEXT, IMAGE]),
        kit.ContextActionsBlock(elements=[SIDES]),
        kit.InputBlock(label="Why?", element=kit.PlainTextInputElement(action_id="why")),
        kit.HeaderBlock(text="Doors"),
        kit.MarkdownBlock(text="**Bold**"),
        kit.VideoBlock(
            alt_text="A talk", title="A talk", video_url="https://example.com/v",
            thumbnail_url="https://example.com/x.png", author_name="Ana",
        ),
        SAID,
        kit.TableBlock(rows=CELLS),
        TASK,
        kit.PlanBlock(title="Thinking", tasks=[TASK]),
        CARD,
        kit.ContainerBlock(
            title="D-42", subtitle=TEXT, icon=IMAGE, width="wide", is_collapsible=True, default_collapsed=True,
            child_blocks=[kit.ActionsBlock(elements=[BUTTON])],
        ),
        kit.CarouselBlock(elements=[CARD]),
        kit.AuthProviderBlock(value="crm", name="CRM", is_connected=True, auth_url="https://example.com/connect"),
        kit.CallBlock(call_id="R1"),
    )
}  # fmt: skip
ELSEWHERE = {"alert": "a modal's", "file": "Slack's own"}
"""Blocks a message cannot carry."""


def without_ids(value: Any) -> Any:
    """What was posted, less the ids Slack gives and the words it fills in."""
    if isinstance(value, list):
        return [without_ids(item) for item in value]
    if isinstance(value, dict):
        return {k: without_ids(v) for k, v in value.items() if k not in ("block_id", "action_id")}
    return value


def test_every_block_of_the_sdk_is_built_here() -> None:
    assert kinds(kit.Block) - BUILT.keys() - ELSEWHERE.keys() == set()


@pytest.mark.parametrize("kind", BUILT)
def test_a_block_comes_back_as_the_sdk_built_it(ana: Person, checkout: Room, client: WebClient, kind: str) -> None:
    client.chat_postMessage(channel=checkout.id, text="x", blocks=[BUILT[kind]])
    (kept,) = client.conversations_history(channel=checkout.id)["messages"][0]["blocks"]
    assert without_ids(kept) == without_ids(BUILT[kind].to_dict())
    read = kit.Block.parse(kept)
    assert read is not None
    assert without_ids(read.to_dict()) == without_ids(BUILT[kind].to_dict())


def test_an_alert_stands_in_a_modal() -> None:
    alert = kit.AlertBlock(text=TEXT, level="warning").to_dict()
    assert check_view({"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": [alert]}) == []
