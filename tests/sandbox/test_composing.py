"""People's messages go out as Slack's composer sends them: with entities and references, and a rich_text block."""

from typing import Any

import pytest

from sandbox import Person, Room, Sandbox
from sandbox.limits import check_message
from sandbox.world.composing import encoded, rich_text
from tests.sandbox.conftest import Ear, Json


def sections(text: str) -> list[Json]:
    elements: list[Json] = rich_text(encoded(text))[0]["elements"][0]["elements"]
    return elements


def test_what_a_person_types_arrives_encoded_in_its_text_and_as_typed_in_its_block(
    slack: Sandbox, ana: Person, ear: Ear
) -> None:
    ana.say("R&D: keep <b> if x > 3 &amp; y")
    slack.wait_for(lambda: bool(ear.heard))
    event: Any = ear.heard[0]["payload"]["event"]
    assert event["text"] == "R&amp;D: keep &lt;b&gt; if x &gt; 3 &amp;amp; y"
    (block,) = event["blocks"]
    assert block["type"] == "rich_text"
    assert block["block_id"]
    assert block["elements"] == [
        {
            "type": "rich_text_section",
            "elements": [{"type": "text", "text": "R&D: keep <b> if x > 3 &amp; y"}],
        }
    ]


def test_an_edit_is_encoded_too(slack: Sandbox, ana: Person, ear: Ear) -> None:
    said = ana.say("Q&A")
    ana.edit(said, "Q&A, then A<B")
    slack.wait_for(lambda: len(ear.heard) == 2)
    # Two deliveries are under way at once, and may arrive in either order.
    event: Any = next(p["event"] for p in ear.payloads("message") if p["event"].get("subtype") == "message_changed")
    assert event["message"]["text"] == "Q&amp;A, then A&lt;B"
    assert event["message"]["blocks"][0]["type"] == "rich_text"


def test_what_is_picked_from_a_list_stays_a_reference(ana: Person, checkout: Room) -> None:
    group = "S0OPS"
    text = f"<@{ana.id}> in <#{checkout.id}> with <!subteam^{group}> and <!here>"
    assert encoded(text) == text
    assert [leaf["type"] for leaf in sections(text)] == [
        "user", "text", "channel", "text", "usergroup", "text", "broadcast",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "text", "link"),
    [
        ("see https://a.test/?x=1&y=2.", "see <https://a.test/?x=1&amp;y=2>.", {"url": "https://a.test/?x=1&y=2"}),
        (
            "mail ana+b@a.test!",
            "mail <mailto:ana+b@a.test|ana+b@a.test>!",
            {"url": "mailto:ana+b@a.test", "text": "ana+b@a.test"},
        ),
        ("<https://a.test|Q&A>", "<https://a.test|Q&amp;A>", {"url": "https://a.test", "text": "Q&A"}),
    ],
)
def test_an_address_becomes_a_link(typed: str, text: str, link: Json) -> None:
    assert encoded(typed) == text
    assert {"type": "link", **link} in sections(typed)


def test_marks_become_styles_and_a_quote_its_own_part() -> None:
    assert sections("*bold* and _`x`_ :tada:") == [
        {"type": "text", "text": "bold", "style": {"bold": True}},
        {"type": "text", "text": " and "},
        {"type": "text", "text": "x", "style": {"italic": True, "code": True}},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "tada"},
    ]
    assert [part["type"] for part in rich_text(encoded("> said\nanswered"))[0]["elements"]] == [
        "rich_text_quote",
        "rich_text_section",
    ]


def test_code_and_lists_are_parts_of_their_own() -> None:
    text = "Look:\n```\nif a < b:\n    *stay*\n```\n• one\n• *two*\n1. first\nand on ``` typed"
    parts = rich_text(encoded(text))[0]["elements"]
    assert [part["type"].removeprefix("rich_text_") for part in parts] == [
        "section", "preformatted", "list", "list", "section",
    ]  # fmt: skip
    assert parts[1]["elements"] == [{"type": "text", "text": "if a < b:\n    *stay*"}]
    assert [part["style"] for part in parts[2:4]] == ["bullet", "ordered"]
    assert parts[2]["elements"][1]["elements"] == [{"type": "text", "text": "two", "style": {"bold": True}}]
    assert parts[4]["elements"] == [{"type": "text", "text": "and on ``` typed"}]
    assert check_message(text="x", blocks=rich_text(encoded(text))) == []


def test_a_composer_that_has_encoded_is_not_encoded_again(ana: Person) -> None:
    assert ana.say("a &amp; b", encoded=True).text == "a &amp; b"
