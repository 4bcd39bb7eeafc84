"""Reading a message as a test asks: what can be clicked, what it carries, what is said."""

import json
from collections.abc import Iterator
from typing import Any

from app.slack.ids import VALUE, Act, act_of, unpack
from app.slack.views.cards.registry import render_card
from app.slack.views.scene import Message
from tests.slack.card_scenes import SCENES

Json = dict[str, Any]


def shown(name: str) -> Message:
    kind, make = SCENES[name]
    return render_card(kind, make())


def elements(message: Message) -> Iterator[Json]:
    """Everything that can be clicked or filled in."""
    for block in message.blocks:
        yield from block.get("elements", []) if block["type"] == "actions" else ()
        for key in ("accessory", "element"):
            if key in block:
                yield block[key]


def acts(message: Message) -> set[str]:
    return {act_of(element["action_id"]) for element in elements(message)} - {VALUE}


def packed(message: Message, act: Act) -> list[Json]:
    return [unpack(e["value"]) for e in elements(message) if act_of(e["action_id"]) == act and "value" in e]


def fields(message: Message) -> list[str]:
    return [block["block_id"] for block in message.blocks if block["type"] == "input"]


def words(message: Message) -> str:
    return json.dumps([message.text, message.blocks], ensure_ascii=False)


def primary(message: Message) -> list[str]:
    return [act_of(element["action_id"]) for element in elements(message) if element.get("style") == "primary"]


def spoken(message: Message) -> Iterator[str]:
    """The texts Slack reads for mentions: mrkdwn, plain text and the notification; not what an input is filled with."""
    yield message.text

    def look(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            if value.get("type") in ("mrkdwn", "plain_text"):
                yield value["text"]
            for member in value.values():
                yield from look(member)
        elif isinstance(value, list):
            for member in value:
                yield from look(member)

    yield from look(message.blocks)
