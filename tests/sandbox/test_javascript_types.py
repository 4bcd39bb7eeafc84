"""What the JavaScript SDK's types allow is taken, what they ask for is asked for, and its events have their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from sandbox import Limits, Sandbox
from sandbox.api import unplayed
from sandbox.limits import blocks, chunks, elements, entities, objects, rich_text, views
from sandbox.limits.shapes import Obj, Shape
from sandbox.world import events
from tests.sandbox import javascript_types as js
from tests.sandbox.every_event import MANIFEST, Day

STRICTER = {
    ("OBJECTS", "Confirm", "title"): "its page asks for it",
    ("OBJECTS", "Confirm", "confirm"): "its page asks for it",
    ("OBJECTS", "Confirm", "deny"): "its page asks for it",
    ("OBJECTS", "MrkdwnOption", "value"): "its page asks for it",
    ("OBJECTS", "MrkdwnOption", "url"): "for the overflow menu alone, says its page",
    ("OBJECTS", "PlainTextOption", "value"): "its page asks for it",
}
"""(table, kind, field) → why the sandbox asks for it, or refuses it, where the types do not."""


def shapes() -> Iterator[tuple[str, str, str, Shape]]:
    """Table, kind, what the types say, what the sandbox holds."""
    told: dict[str, Mapping[str, Shape]] = {
        "BLOCKS": {name: kind.shape for name, kind in blocks.BLOCKS.items()},
        "ELEMENTS": elements.ELEMENTS,
        "RICH_TEXT": rich_text.INLINE,
        "RICH_TEXT_ELEMENTS": rich_text.PIECES,
        "CHUNKS": chunks.CHUNKS,
        "VIEWS": {"modal": views.MODAL, "home": views.HOME},
        "OBJECTS": {
            "Confirm": objects.CONFIRM,
            "DispatchActionConfig": objects.DISPATCH,
            "MrkdwnOption": objects.CHOICE,
            "PlainTextOption": objects.LINK_OPTION,
            "OptionGroup": objects.OPTION_GROUP,
            "RawNumberElement": blocks.RAW["raw_number"],
            "RawTextElement": blocks.RAW["raw_text"],
        },
    }
    for table, kinds in told.items():
        for kind, line in vars(js)[table].items():
            if kind not in ("PlainTextElement", "MrkdwnElement"):  # `Text`, held by test_limits
                yield table, kind, line, kinds[kind]


@pytest.mark.parametrize(("table", "kind", "line", "shape"), list(shapes()))
def test_what_the_types_know_is_taken_and_what_they_ask_for_is_asked_for(
    table: str, kind: str, line: str, shape: Shape
) -> None:
    if kind == "rich_text":
        shape = rich_text.BLOCK
    assert isinstance(shape, Obj)
    known = {name.rstrip("?") for name in line.split()}
    taken = (shape.required.keys() | shape.optional.keys()) - {"type"}
    refused = {name for name in known - taken if (table, kind, name) not in STRICTER}
    asked = {name for name in shape.required if f"{name}?" in line.split() and (table, kind, name) not in STRICTER}
    assert (refused, asked) == (set(), set())


def test_a_work_object_asks_for_what_the_types_ask_for() -> None:
    parts = {
        "external_ref": "ExternalRef",
        "entity_payload.attributes": "EntityAttributes",
        "entity_payload.attributes.product_icon": "EntityIconField",
        "entity_payload.custom_fields.*": "EntityCustomField",
        "entity_payload.actions.primary_actions.*": "EntityActionButton",
        "entity_payload.actions.overflow_actions.*": "EntityActionButton",
        "": "EntityMetadata",
    }
    for path, name in parts.items():
        needed = {key for key in js.ENTITIES[name].split() if not key.endswith("?")} - {"type"}
        assert set(entities.NEEDED[path]) - {"type"} == needed, path


def test_every_event_of_the_types_is_sent_or_named_as_never_sent() -> None:
    names = {name for name in js.EVENTS if not name.startswith("message")} | {
        name for name in js.EVENTS if name.startswith("message_metadata")
    }
    assert sorted(names - events.PLAYED - unplayed.EVENTS.keys()) == []


SELDOM = {
    "message/bot_message": "from apps of before 2020",
    "message/channel_posting_permissions": "settings of a channel",
    "message/ekm_access_denied": "keys of an Enterprise Grid",
    "message/message_replied": "Slack itself leaves it out of the Events API",
}
"""Messages of the types that are never sent here → why."""
UNSAID = {"message/thread_broadcast": {"client_msg_id"}, "message/channel_join": {"inviter"}}
"""Fields of the types that a message lacks where an app wrote it, or where nobody invited."""


def test_every_event_arrives_with_the_fields_of_its_type() -> None:
    with Sandbox(MANIFEST, limits=Limits(rates=False)) as slack:
        acme = slack.workspace("Acme")
        ana, bob = acme.add_user("Ana"), acme.add_user("Bob")
        told = Day(slack, acme, ana, bob, acme.add_channel("checkout", [ana])).all()
    expected = {n for n in js.EVENTS if n in events.PLAYED or n == "message" or n.startswith("message/")}
    assert sorted(expected - SELDOM.keys() - told.keys()) == []
    lacking = [
        f"{name}: {field}"
        for name in sorted(expected & told.keys())
        for event in told[name]
        for field in js.EVENTS[name].split()
        if not field.endswith("?") and field not in event and field not in UNSAID.get(name, ())
    ]
    assert lacking == []
