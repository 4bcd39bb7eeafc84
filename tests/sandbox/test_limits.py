"""Limits: what Slack would refuse, with its code and the place at fault."""

from __future__ import annotations

from sandbox.limits import check_message, check_view


def test_a_plain_message_passes() -> None:
    assert check_message(text="Hello", blocks=None) == []


def test_a_message_of_nothing_has_no_text() -> None:
    assert [p.error for p in check_message(text="", blocks=[])] == ["no_text"]


def test_an_input_in_a_modal_needs_a_submit() -> None:
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Escalate"},
        "blocks": [
            {
                "type": "input",
                "label": {"type": "plain_text", "text": "What is being decided?"},
                "element": {"type": "plain_text_input"},
            }
        ],
    }
    assert [p.detail for p in check_view(view)] == [
        "missing required field: submit [json-pointer:/view]"
    ]
