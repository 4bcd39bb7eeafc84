"""Every text and every list is held to its own figure: the last that fits passes, the next not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.limits import LIMITS
from tests.sandbox.test_limits import (
    Json,
    actions,
    button,
    field,
    mrkdwn,
    option,
    plain,
    refusals,
    section,
)

TEXTS: list[tuple[str, str, Callable[[str], Json]]] = [
    ("section.text", "/text/text", section),
    ("section.field", "/fields/0/text", lambda t: {"type": "section", "fields": [mrkdwn(t)]}),
    ("header.text", "/text/text", lambda t: {"type": "header", "text": plain(t)}),
    ("text", "/elements/0/text", lambda t: {"type": "context", "elements": [mrkdwn(t)]}),
    ("button.text", "/elements/0/text/text", lambda t: actions(button(t))),
    ("button.value", "/elements/0/value", lambda t: actions(button(value=t))),
    ("action_id", "/elements/0/action_id", lambda t: actions(button(action_id=t))),
    ("block_id", "/block_id", lambda t: section(block_id=t)),
    (
        "button.accessibility_label",
        "/elements/0/accessibility_label",
        lambda t: actions(button(accessibility_label=t)),
    ),
    (
        "option.text",
        "/accessory/options/0/text/text",
        lambda t: section(accessory={"type": "static_select", "options": [option(t)]}),
    ),
    (
        "option.value",
        "/accessory/options/0/value",
        lambda t: section(accessory={"type": "static_select", "options": [option(value=t)]}),
    ),
    (
        "option.description",
        "/accessory/options/0/description/text",
        lambda t: section(accessory={"type": "overflow", "options": [option(description=plain(t))]}),
    ),
    (
        "option_group.label",
        "/accessory/option_groups/0/label/text",
        lambda t: section(
            accessory={
                "type": "static_select",
                "option_groups": [{"label": plain(t), "options": [option()]}],
            }
        ),
    ),
    (
        "placeholder",
        "/element/placeholder/text",
        lambda t: field({"type": "plain_text_input", "placeholder": plain(t)}),
    ),
    (
        "input.label",
        "/label/text",
        lambda t: {**field({"type": "plain_text_input"}), "label": plain(t)},
    ),
    ("input.hint", "/hint/text", lambda t: field({"type": "plain_text_input"}, hint=plain(t))),
    (
        "image.alt_text",
        "/alt_text",
        lambda t: {"type": "image", "image_url": "https://example.com/a.png", "alt_text": t},
    ),
    *[
        (f"confirm.{part}", f"/elements/0/confirm/{part}/text", confirm)
        for part in ("title", "text", "confirm", "deny")
        for confirm in [
            lambda t, part=part: actions(
                button(
                    confirm={
                        **{k: plain("Sure?") for k in ("title", "text", "confirm", "deny")},
                        part: plain(t),
                    }
                )
            )
        ]
    ],
]


@pytest.mark.parametrize(("limit", "pointer", "build"), TEXTS, ids=[row[0] for row in TEXTS])
def test_text_is_held_to_its_own_limit(limit: str, pointer: str, build: Callable[[str], Json]) -> None:
    most, least = LIMITS[limit].most, LIMITS[limit].least
    assert refusals(build("x" * most)) == []
    where = f"[json-pointer:/blocks/0{pointer}]"
    assert refusals(build("x" * (most + 1))) == [f"must be less than {most + 1} characters {where}"]
    if least:
        assert refusals(build("")) == [f"must be more than 0 characters {where}"]


COUNTS: list[tuple[str, str, Callable[[int], Json]]] = [
    (
        "section.fields.items",
        "/fields",
        lambda n: {"type": "section", "fields": [plain("x")] * n},
    ),
    (
        "context.elements.items",
        "/elements",
        lambda n: {"type": "context", "elements": [plain("x")] * n},
    ),
    ("actions.elements.items", "/elements", lambda n: actions(*[button()] * n)),
    (
        "select.options.items",
        "/accessory/options",
        lambda n: section(
            accessory={
                "type": "static_select",
                "options": [option(str(i), str(i)) for i in range(n)],
            }
        ),
    ),
    (
        "overflow.options.items",
        "/accessory/options",
        lambda n: section(accessory={"type": "overflow", "options": [option()] * n}),
    ),
    (
        "checkboxes.options.items",
        "/accessory/options",
        lambda n: section(accessory={"type": "checkboxes", "options": [option()] * n}),
    ),
    (
        "radio_buttons.options.items",
        "/accessory/options",
        lambda n: section(accessory={"type": "radio_buttons", "options": [option()] * n}),
    ),
    (
        "table.rows.items",
        "/rows",
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n},
    ),
    (
        "data_table.rows.items",
        "/rows",
        lambda n: {
            "type": "data_table",
            "caption": "Figures",
            "rows": [[{"type": "raw_text", "text": "x"}]] * n,
        },
    ),
]


@pytest.mark.parametrize(("limit", "pointer", "build"), COUNTS, ids=[row[0] for row in COUNTS])
def test_lists_are_held_to_their_own_limit(limit: str, pointer: str, build: Callable[[int], Json]) -> None:
    most, least = LIMITS[limit].most, LIMITS[limit].least
    where = f"[json-pointer:/blocks/0{pointer}]"
    assert refusals(build(most)) == []
    assert refusals(build(most + 1)) == [f"no more than {most} items allowed {where}"]
    assert refusals(build(least - 1)) == [f"no less than {least} items allowed {where}"]
