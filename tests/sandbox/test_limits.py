"""Limits on messages: what Slack would refuse, with its code and the place at fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.limits import Problem, check_manifest, check_message, check_view, near

Json = dict[str, object]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Hello", **more: object) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str = "Approve", **more: object) -> Json:
    return {"type": "button", "text": plain(text), **more}


def option(text: str = "Hours", value: str = "hours", **more: object) -> Json:
    return {"text": plain(text), "value": value, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(element: Json, **more: object) -> Json:
    return {"type": "input", "label": plain("Why?"), "element": element, **more}


def refusals(*blocks: Json) -> list[str]:
    return [problem.detail for problem in check_message(text="x", blocks=list(blocks))]


def test_a_plain_message_passes() -> None:
    assert check_message(text="Hello", blocks=None) == []


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_a_message_of_nothing_has_no_text(text: str | None) -> None:
    assert [p.error for p in check_message(text=text, blocks=[])] == ["no_text"]


def test_blocks_alone_are_a_message() -> None:
    assert check_message(text=None, blocks=[section()]) == []


def test_text_past_forty_thousand_characters_is_too_long() -> None:
    assert check_message(text="x" * 40_000, blocks=None) == []
    assert check_message(text="x" * 40_001, blocks=None) == [
        Problem("msg_too_long", "/text", "must be less than 40001 characters")
    ]


def test_an_update_takes_four_thousand_characters_of_text() -> None:
    assert check_message(text="x" * 4000, blocks=None, update=True) == []
    problems = check_message(text="x" * 4001, blocks=None, update=True)
    assert [p.error for p in problems] == ["msg_too_long"]


def test_a_problem_is_written_as_in_slacks_answers() -> None:
    (problem,) = check_message(text="x", blocks=[section("x" * 3001)])
    assert problem.error == "invalid_blocks"
    assert problem.detail == ("must be less than 3001 characters [json-pointer:/blocks/0/text/text]")
    assert problem.line == f"[ERROR] {problem.detail}"


def test_blocks_have_to_be_a_list() -> None:
    (problem,) = check_message(text="x", blocks="[]")
    assert problem.error == "invalid_blocks_format"


def test_a_message_holds_fifty_blocks() -> None:
    divider: Json = {"type": "divider"}
    assert refusals(*[divider] * 50) == []
    assert refusals(*[divider] * 51) == ["no more than 50 items allowed [json-pointer:/blocks]"]


def test_blocks_hold_twelve_thousand_characters_in_all() -> None:
    assert refusals(*[section("x" * 3000)] * 4) == []
    problems = check_message(text="x", blocks=[*[section("x" * 3000)] * 4, section("x")])
    assert [p.error for p in problems] == ["msg_blocks_too_long"]


def test_markdown_has_one_limit_over_all_its_blocks() -> None:
    half: Json = {"type": "markdown", "text": "x" * 6001}
    problems = check_message(text="x", blocks=[half, half])
    assert problems[0].pointer == "/blocks/1"
    assert problems[0].message == "must be less than 12001 characters over all markdown blocks"


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"type": "hologram"}, "unsupported type: hologram [json-pointer:/blocks/0]"),
        ({}, "missing required field: type [json-pointer:/blocks/0]"),
        ({"type": "section"}, "missing required field: text [json-pointer:/blocks/0]"),
        (section(tone="calm"), "invalid additional property: tone [json-pointer:/blocks/0]"),
        (
            {"type": "header", "text": mrkdwn("*D-42*")},
            "unsupported type: mrkdwn [json-pointer:/blocks/0/text]",
        ),
        (
            {"type": "header", "text": "D-42"},
            "must provide an object [json-pointer:/blocks/0/text]",
        ),
        (
            actions(button(style="loud")),
            "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]",
        ),
        (
            actions(button(style=None)),
            "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]",
        ),
        (
            actions(button(url="threshold.example")),
            "must be a valid URL [json-pointer:/blocks/0/elements/0/url]",
        ),
        (
            section(accessory={"type": "plain_text_input"}),
            "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory]",
        ),
        (
            field(button()),
            "unsupported type: button [json-pointer:/blocks/0/element]",
        ),
        (
            actions({"type": "image", "image_url": "https://example.com/a", "alt_text": "a"}),
            "unsupported type: image [json-pointer:/blocks/0/elements/0]",
        ),
        (
            section(accessory={"type": "datepicker", "initial_date": "2026-02-30"}),
            "must be a valid date in the format YYYY-MM-DD [json-pointer:/blocks/0/accessory/initial_date]",
        ),
        (
            section(accessory={"type": "timepicker", "initial_time": "24:00"}),
            "must be a valid time in the format HH:mm [json-pointer:/blocks/0/accessory/initial_time]",
        ),
        (
            section(accessory={"type": "timepicker", "timezone": ["UTC"]}),
            "must be a valid IANA time zone [json-pointer:/blocks/0/accessory/timezone]",
        ),
        (
            actions({"type": "datetimepicker", "initial_date_time": 12}),
            "must be a UNIX timestamp of 10 digits [json-pointer:/blocks/0/elements/0/initial_date_time]",
        ),
        (
            section(
                accessory={
                    "type": "static_select",
                    "options": [option()],
                    "initial_option": option("Days", "days"),
                }
            ),
            "must be one of the provided options [json-pointer:/blocks/0/accessory/initial_option]",
        ),
        (
            section(accessory={"type": "static_select"}),
            "missing required field: options [json-pointer:/blocks/0/accessory]",
        ),
        (
            section(
                accessory={
                    "type": "multi_users_select",
                    "initial_users": ["U1", "U2"],
                    "max_selected_items": 1,
                }
            ),
            "no more than 1 items allowed [json-pointer:/blocks/0/accessory/initial_users]",
        ),
        (
            field({"type": "plain_text_input", "min_length": 9, "max_length": 3}),
            "must not be greater than max_length [json-pointer:/blocks/0/element/min_length]",
        ),
        (
            field({"type": "plain_text_input", "max_length": 3, "initial_value": "four"}),
            "must be less than 4 characters [json-pointer:/blocks/0/element/initial_value]",
        ),
        (
            {"type": "image", "alt_text": "a chart"},
            "must provide either image_url or slack_file [json-pointer:/blocks/0]",
        ),
        (
            {"type": "file", "external_id": "F1", "source": "remote"},
            "unsupported type: file [json-pointer:/blocks/0]",
        ),
        (
            {"type": "alert", "text": plain("Careful")},
            "unsupported type: alert [json-pointer:/blocks/0]",
        ),
        (
            field({"type": "number_input", "is_decimal_allowed": False}),
            "unsupported type: number_input [json-pointer:/blocks/0/element]",
        ),
        (
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "shout"}]}],
            },
            "unsupported type: shout [json-pointer:/blocks/0/elements/0/elements/0]",
        ),
    ],
)
def test_what_slack_refuses_is_refused_where_it_stands(block: Json, said: str) -> None:
    assert refusals(block) == [said]


def test_an_input_may_stand_in_a_message() -> None:
    assert refusals(field({"type": "plain_text_input"}, dispatch_action=True)) == []


def test_a_block_id_stands_once_in_a_message() -> None:
    assert refusals(section(block_id="a"), section(block_id="a")) == [
        '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]'
    ]


def test_an_action_id_stands_once_in_a_block_and_may_return_in_another() -> None:
    row = actions(button(action_id="vote"))
    assert refusals(row, row) == []
    assert refusals(actions(button(action_id="vote"), button(action_id="vote"))) == [
        '`action_id` "vote" already exists [json-pointer:/blocks/0/elements/1/action_id]'
    ]


def test_ids_inside_a_container_count_as_well() -> None:
    box: Json = {
        "type": "container",
        "title": plain("Memo"),
        "child_blocks": [section(block_id="a"), actions(button())],
    }
    assert refusals(box) == []
    assert refusals(section(block_id="a"), box) == [
        '`block_id` "a" already exists [json-pointer:/blocks/1/child_blocks/0/block_id]'
    ]


def test_a_message_holds_one_table() -> None:
    table: Json = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
    problems = check_message(text="x", blocks=[table, table])
    assert problems == [Problem("invalid_attachments", "/blocks/1", "only_one_table_allowed")]


def test_attachments_are_at_most_a_hundred_and_their_blocks_are_checked() -> None:
    many = check_message(text="x", blocks=None, attachments=[{"text": "a"}] * 101)
    assert [p.error for p in many] == ["too_many_attachments"]
    (bad,) = check_message(text="x", blocks=None, attachments=[{"blocks": [{"type": "foo"}]}])
    assert (bad.error, bad.pointer) == ("invalid_attachments", "/attachments/0/blocks/0")


def test_metadata_names_an_event_and_holds_plain_values() -> None:
    good = {"event_type": "decision", "event_payload": {"id": 42, "tags": [{"a": "b"}]}}
    assert check_message(text="x", blocks=None, metadata=good) == []


@pytest.mark.parametrize(
    ("metadata", "error", "pointer"),
    [
        ("{}", "invalid_metadata_format", "/metadata"),
        ({"event_payload": {}}, "invalid_metadata_format", "/metadata"),
        ({"event_type": "a"}, "invalid_metadata_format", "/metadata"),
        (
            {"event_type": "a b", "event_payload": {}},
            "invalid_metadata_format",
            "/metadata/event_type",
        ),
        (
            {"event_type": "a", "event_payload": {"a/b": {"c": {"d": 1}}}},
            "invalid_metadata_format",
            "/metadata/event_payload/a~1b",
        ),
        ({"event_type": "a", "event_payload": {"a": "x" * 16_000}}, "metadata_too_large", "/metadata"),
    ],
)
def test_metadata_of_another_form_is_refused(metadata: object, error: str, pointer: str) -> None:
    problems = check_message(text="x", blocks=None, metadata=metadata)
    assert [(p.error, p.pointer) for p in problems] == [(error, pointer)]


def test_the_figures_say_how_near_a_message_is() -> None:
    figures = near(text="D-42", blocks=[section("x" * 300), actions(button("x" * 60))])
    assert (figures.blocks, figures.blocks_limit) == (2, 50)
    assert (figures.characters, figures.characters_limit) == (360, 12_000)
    assert figures.largest == "/blocks/1/elements/0/text/text"
    assert (figures.largest_length, figures.largest_limit) == (60, 75)
    assert figures.share == 0.8


def test_the_figures_of_text_alone_are_those_of_the_text() -> None:
    figures = near(text="x" * 4000)
    assert (figures.characters, figures.characters_limit, figures.share) == (4000, 40_000, 0.1)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "elements", "element", "accessory", "options", "rows", "fields",
                 "initial_option", "initial_options", "confirm", "timezone", "chart", "blocks",
                 "child_blocks", "block_id", "action_id", "settings", "features", "max_length"]
            ),
            inner | st.sampled_from(["section", "actions", "input", "table", "modal", "home",
                                     "static_select", "button", "rich_text", "plain_text"]),
            max_size=5,
        )
    ),
    max_leaves=25,
)  # fmt: skip


@given(JSON)
def test_no_payload_whatever_breaks_the_checks(value: object) -> None:
    for problem in [
        *check_message(text=value, blocks=value, attachments=value, metadata=value),
        *check_message(text="x", blocks=[value]),
        *check_view(value),
        *check_view({"type": "modal", "title": value, "blocks": [value]}),
        *check_manifest(value),
    ]:
        assert problem.error
        assert problem.message
    near(blocks=[value])
