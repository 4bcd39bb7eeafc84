"""Limits on modals and Homes."""

from __future__ import annotations

import pytest

from sandbox.limits import check_view

Json = dict[str, object]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def field(element: Json) -> Json:
    return {"type": "input", "label": plain("Why?"), "element": element}


ASK = field({"type": "plain_text_input", "action_id": "why"})


def modal(**more: object) -> Json:
    view: Json = {
        "type": "modal",
        "title": plain("Escalate a decision"),
        "submit": plain("Next"),
        "blocks": [ASK],
    }
    return {key: value for key, value in {**view, **more}.items() if value is not None}


def refusals(view: object) -> list[str]:
    problems = check_view(view)
    assert {problem.error for problem in problems} <= {"invalid_arguments"}
    return [problem.detail for problem in problems]


def test_a_modal_with_an_input_passes() -> None:
    assert refusals(modal()) == []


def test_a_home_of_blocks_passes() -> None:
    assert refusals({"type": "home", "blocks": [{"type": "divider"}]}) == []


def test_an_input_in_a_modal_needs_a_submit() -> None:
    assert refusals(modal(submit=None)) == ["missing required field: submit [json-pointer:/view]"]


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("modal", "must provide an object [json-pointer:/view]"),
        ({}, "missing required field: type [json-pointer:/view]"),
        (
            {"type": "workflow_step", "blocks": []},
            "must be a valid enum value [json-pointer:/view/type]",
        ),
        (modal(title=None), "missing required field: title [json-pointer:/view]"),
        (
            modal(title=plain("x" * 25)),
            "must be less than 25 characters [json-pointer:/view/title/text]",
        ),
        (
            modal(submit=plain("x" * 25)),
            "must be less than 25 characters [json-pointer:/view/submit/text]",
        ),
        (
            modal(close={"type": "mrkdwn", "text": "No"}),
            "unsupported type: mrkdwn [json-pointer:/view/close]",
        ),
        (
            modal(private_metadata="x" * 3001),
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (
            modal(callback_id="x" * 256),
            "must be less than 256 characters [json-pointer:/view/callback_id]",
        ),
        (
            modal(external_id="x" * 256),
            "must be less than 256 characters [json-pointer:/view/external_id]",
        ),
        (
            modal(submit_disabled=True),
            "invalid additional property: submit_disabled [json-pointer:/view]",
        ),
        (modal(blocks=[]), "no less than 1 items allowed [json-pointer:/view/blocks]"),
        (
            modal(blocks=[{"type": "divider"}] * 101),
            "no more than 100 items allowed [json-pointer:/view/blocks]",
        ),
        (
            modal(blocks=[{"type": "markdown", "text": "Hi"}]),
            "unsupported type: markdown [json-pointer:/view/blocks/0]",
        ),
        (
            {"type": "home", "blocks": [{"type": "divider"}], "title": plain("Home")},
            "invalid additional property: title [json-pointer:/view]",
        ),
        (
            {"type": "home", "blocks": [field({"type": "file_input"})]},
            "unsupported type: file_input [json-pointer:/view/blocks/0/element]",
        ),
        (
            {
                "type": "home",
                "blocks": [
                    {
                        "type": "actions",
                        "elements": [{"type": "channels_select", "response_url_enabled": True}],
                    }
                ],
            },
            "invalid additional property: response_url_enabled [json-pointer:/view/blocks/0/elements/0]",
        ),
    ],
)
def test_what_slack_refuses_of_a_view_is_refused(view: object, said: str) -> None:
    assert refusals(view) == [said]


def test_a_hundred_blocks_pass() -> None:
    assert refusals(modal(blocks=[{"type": "divider"}] * 100)) == []


def test_inputs_that_only_modals_take_pass_there() -> None:
    kinds: list[Json] = [
        {"type": "email_text_input"},
        {"type": "url_text_input"},
        {"type": "number_input", "is_decimal_allowed": True, "min_value": "0", "max_value": "1"},
        {"type": "file_input", "filetypes": ["pdf"], "max_files": 10},
        {"type": "rich_text_input"},
        {"type": "datetimepicker", "initial_date_time": 1_795_430_520},
        {"type": "conversations_select", "response_url_enabled": True},
    ]
    assert refusals(modal(blocks=[field(kind) for kind in kinds])) == []


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ({"type": "number_input"}, "missing required field: is_decimal_allowed"),
        (
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1.5"},
            "must be a whole number",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": True, "min_value": "two"},
            "must be a valid number",
        ),
        (
            {
                "type": "number_input",
                "is_decimal_allowed": True,
                "max_value": "2",
                "initial_value": "3",
            },
            "must be between min_value and max_value",
        ),
        ({"type": "file_input", "max_files": 11}, "must be less than 11"),
    ],
)
def test_inputs_keep_their_own_rules(element: Json, said: str) -> None:
    (problem,) = check_view(modal(blocks=[field(element)]))
    assert problem.message == said


def test_one_element_takes_the_focus() -> None:
    focused = field({"type": "plain_text_input", "focus_on_load": True})
    assert refusals(modal(blocks=[focused])) == []
    assert refusals(modal(blocks=[focused, focused])) == [
        "only one element can be focused on load [json-pointer:/view/blocks/1/element/focus_on_load]"
    ]


def test_a_view_past_its_bytes_is_too_large() -> None:
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "é" * 3000}}
    problems = check_view(modal(blocks=[text] * 42))
    assert [problem.error for problem in problems] == ["view_too_large"]
    assert check_view(modal(blocks=[text] * 40)) == []
