"""Modals and the Home tab: triggers, the stack, what is typed, what comes of a submission."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Person, Room, Sandbox, View, Workspace
from tests.sandbox.conftest import (
    DOORS,
    TEXT,
    Ear,
    Json,
    actions,
    button,
    error,
    field,
    modal,
    option,
    refusal,
    section,
)


@pytest.fixture
def trigger(ana: Person, ear: Ear) -> str:
    ana.command("/ask")
    return str(ear.payloads("command")[-1]["trigger_id"])


def open_modal(client: WebClient, trigger: str, view: Json, ana: Person) -> View:
    client.views_open(trigger_id=trigger, view=view)
    shown = ana.modal
    assert shown is not None
    return shown


def last_trigger(ear: Ear) -> str:
    return str(ear.heard[-1]["payload"]["trigger_id"])


# Triggers


def test_a_trigger_serves_once(client: WebClient, trigger: str) -> None:
    client.views_open(trigger_id=trigger, view=modal(section("x")))
    again: Json = {"trigger_id": trigger, "view": modal(section("x"))}
    assert error(lambda: client.views_open(**again)) == "exchanged_trigger_id"
    assert error(lambda: client.views_push(**again)) == "exchanged_trigger_id"


def test_an_old_trigger_has_expired_and_a_made_up_one_never_was(
    slack: Sandbox, client: WebClient, trigger: str
) -> None:
    view = modal(section("x"))
    assert error(lambda: client.views_open(trigger_id="1.2.x", view=view)) == "invalid_trigger_id"
    slack.expire_triggers()
    assert error(lambda: client.views_open(trigger_id=trigger, view=view)) == "expired_trigger_id"


def test_travelling_in_time_expires_no_trigger(slack: Sandbox, client: WebClient, trigger: str, ana: Person) -> None:
    slack.clock.set(slack.clock.now().replace(year=2030))
    assert open_modal(client, trigger, modal(section("x")), ana).title == "Ask"


def test_a_view_slack_would_refuse_uses_up_no_trigger(client: WebClient, trigger: str, ana: Person) -> None:
    bad = modal(section("x"), title="A title that is far too long for Slack")
    refused = refusal(lambda: client.views_open(trigger_id=trigger, view=bad))
    assert refused["error"] == "invalid_arguments"
    assert "[json-pointer:/view/title" in refused["response_metadata"]["messages"][0]
    assert open_modal(client, trigger, modal(section("x")), ana).title == "Ask"


# The stack


def test_a_stack_is_three_deep_and_no_more(client: WebClient, trigger: str, ana: Person, ear: Ear) -> None:
    more = modal(actions(button("More", "more")))
    open_modal(client, trigger, more, ana)
    for _ in range(2):
        ana.click_modal("More")
        client.views_push(trigger_id=last_trigger(ear), view=more)
    assert len(ana.modals) == 3
    ana.click_modal("More")
    push: Json = {"trigger_id": last_trigger(ear), "view": more}
    assert error(lambda: client.views_push(**push)) == "push_limit_reached"
    first, second, third = ana.modals
    assert (third.root_view_id, third.previous_view_id) == (first.id, second.id)
    ana.close_modal()
    assert [v.id for v in ana.modals] == [first.id, second.id]


def test_an_update_with_an_old_hash_conflicts(client: WebClient, trigger: str, ana: Person) -> None:
    view = open_modal(client, trigger, modal(section("one")), ana)
    client.views_update(view_id=view.id, hash=view.hash, view=modal(section("two")))
    stale: Json = {"view_id": view.id, "hash": view.hash, "view": modal(section("three"))}
    assert error(lambda: client.views_update(**stale)) == "hash_conflict"
    current = ana.modal
    assert current is not None
    assert current.shown == "Ask\ntwo"
    ana.close_modal()
    gone: Json = {"view_id": view.id, "view": modal(section("x"))}
    assert error(lambda: client.views_update(**gone)) == "not_found"


def test_what_was_typed_survives_an_update_that_keeps_its_ids(client: WebClient, trigger: str, ana: Person) -> None:
    form = modal(field("What?", "what", TEXT), field("Which?", "which", DOORS))
    view = open_modal(client, trigger, form, ana)
    ana.fill({"What?": "a database", "Which?": "One-way"})
    client.views_update(view_id=view.id, view=modal(field("What now?", "what", TEXT)))
    current = ana.modal
    assert current is not None
    assert current.state == {"what": {"answer": {"type": "plain_text_input", "value": "a database"}}}


def test_an_external_id_names_one_view(client: WebClient, trigger: str, ana: Person, ear: Ear) -> None:
    open_modal(client, trigger, modal(section("one"), external_id="D-1"), ana)
    client.views_update(external_id="D-1", view=modal(section("two"), external_id="D-1"))
    ana.command("/ask")
    twice: Json = {"trigger_id": last_trigger(ear), "view": modal(section("x"), external_id="D-1")}
    assert error(lambda: client.views_open(**twice)) == "duplicate_external_id"


# Submissions


def ask(client: WebClient, trigger: str, ana: Person, **more: Any) -> View:
    form = modal(
        field("What?", "what", {**TEXT, "max_length": 20}),
        field("Which?", "which", DOORS, optional=True),
        callback_id="ask",
        **more,
    )
    return open_modal(client, trigger, form, ana)


def answer(ear: Ear, body: str) -> None:
    ear.answer = lambda heard: (200, body if heard["payload"]["type"] == "view_submission" else "")


def test_slack_stops_a_form_that_is_not_filled_in(client: WebClient, trigger: str, ana: Person, ear: Ear) -> None:
    ask(client, trigger, ana)
    assert ana.submit().errors == {"what": "Please complete this required field."}
    too_long = ana.submit({"What?": "x" * 21})
    assert too_long.errors == {"what": "Please enter no more than 20 characters."}
    assert ear.payloads("view_submission") == []
    done = ana.submit({"What?": "x" * 20})
    assert done.closed
    sent = ear.payloads("view_submission")[0]["view"]
    assert sent["state"]["values"] == {
        "what": {"answer": {"type": "plain_text_input", "value": "x" * 20}},
        "which": {"answer": {"type": "static_select", "selected_option": None}},
    }


def test_the_app_s_errors_keep_the_modal_open(client: WebClient, trigger: str, ana: Person, ear: Ear) -> None:
    ask(client, trigger, ana)
    answer(ear, '{"response_action": "errors", "errors": {"what": "Say more."}}')
    done = ana.submit({"What?": "hm"})
    assert (done.errors, done.closed, done.error) == ({"what": "Say more."}, False, "")
    answer(ear, '{"response_action": "errors", "errors": {"nowhere": "Say more."}}')
    done = ana.submit()
    assert (done.errors, done.error) == ({}, "invalid_response_action_errors")


def test_an_ack_can_update_push_or_clear(client: WebClient, trigger: str, ana: Person, ear: Ear) -> None:
    import json

    ask(client, trigger, ana)
    second = modal(field("And?", "and", TEXT), title="Second")
    answer(ear, json.dumps({"response_action": "push", "view": second}))
    pushed = ana.submit({"What?": "x"})
    assert pushed.view is not None
    assert pushed.view.title == "Second"
    assert len(ana.modals) == 2
    third = modal(field("And?", "and", TEXT), title="Third")
    answer(ear, json.dumps({"response_action": "update", "view": third}))
    updated = ana.submit({"And?": "y"})
    assert updated.view is not None
    assert (updated.view.title, len(ana.modals)) == ("Third", 2)
    answer(ear, json.dumps({"response_action": "update", "view": {"type": "modal"}}))
    assert ana.submit().error == "invalid_arguments"
    answer(ear, '{"response_action": "clear"}')
    assert ana.submit().closed
    assert ana.modals == []


def test_an_unacked_submission_leaves_the_modal_and_says_so(
    client: WebClient, trigger: str, ana: Person, ear: Ear
) -> None:
    ask(client, trigger, ana)
    ear.answer = lambda _heard: (500, "")
    done = ana.submit({"What?": "x"})
    assert (done.acked, done.closed, done.error) == (False, False, "http_service_error")
    assert ana.modal is not None


def test_closing_is_told_where_the_view_asks_for_it(client: WebClient, trigger: str, ana: Person, ear: Ear) -> None:
    ask(client, trigger, ana, notify_on_close=True)
    ana.close_modal()
    closed = ear.payloads("view_closed")
    assert [(c["view"]["callback_id"], c["is_cleared"]) for c in closed] == [("ask", False)]
    assert ana.modal is None


def test_a_modal_remembers_the_conversation_it_was_asked_in(
    client: WebClient, ana: Person, checkout: Room, ear: Ear
) -> None:
    ana.command("/ask", channel=checkout)
    where: Json = {"type": "conversations_select", "default_to_current_conversation": True}
    where["response_url_enabled"] = True
    open_modal(client, last_trigger(ear), modal(field("Where?", "where", where)), ana)
    ana.submit()
    sent = ear.payloads("view_submission")[0]
    chosen = sent["view"]["state"]["values"]["where"]["answer"]["selected_conversation"]
    assert chosen == checkout.id
    assert [row["channel_id"] for row in sent["response_urls"]] == [checkout.id]


def test_every_kind_of_input_is_filled_as_a_person_fills_it(
    client: WebClient, acme: Workspace, trigger: str, ana: Person, checkout: Room, ear: Ear
) -> None:
    boxes = [option("Customers", "c"), option("Law", "l"), option("None", "n")]
    kinds: list[tuple[Json, object, object]] = [
        ({"type": "plain_text_input", "multiline": True}, "two\nlines", "two\nlines"),
        ({"type": "number_input", "is_decimal_allowed": False}, 42, "42"),
        ({"type": "email_text_input"}, "ana@acme.test", "ana@acme.test"),
        ({"type": "url_text_input"}, "https://acme.test", "https://acme.test"),
        ({"type": "datepicker"}, "2026-11-30", "2026-11-30"),
        ({"type": "timepicker"}, "09:30", "09:30"),
        (DOORS, "one", option("One-way", "one")),
        ({**DOORS, "type": "radio_buttons"}, "Two-way", option("Two-way", "two")),
        ({"type": "checkboxes", "options": boxes}, ["Law", "c"], [boxes[1], boxes[0]]),
        ({"type": "multi_static_select", "options": boxes}, ["n"], [boxes[2]]),
        ({"type": "users_select"}, ana, ana.id),
        ({"type": "users_select"}, "Ana", ana.id),
        ({"type": "multi_users_select"}, [ana], [ana.id]),
        ({"type": "multi_conversations_select"}, ["@ana", "#checkout"], [ana.id, checkout.id]),
        ({"type": "conversations_select"}, checkout, checkout.id),
        ({"type": "channels_select"}, "#checkout", checkout.id),
        ({"type": "channels_select"}, checkout, checkout.id),
    ]
    fields = [field(f"Q{n}", f"q{n}", element) for n, (element, _, _) in enumerate(kinds)]
    open_modal(client, trigger, modal(*fields), ana)
    done = ana.submit({f"Q{n}": value for n, (_, value, _) in enumerate(kinds)})
    assert (done.errors, done.closed) == ({}, True)
    values = ear.payloads("view_submission")[0]["view"]["state"]["values"]
    got = [next(v for k, v in values[f"q{n}"]["answer"].items() if k != "type") for n in range(len(kinds))]
    assert got == [expected for _, _, expected in kinds]


@pytest.mark.parametrize(
    ("element", "value", "said"),
    [
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "whole number"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "3"}, "2", "at least 3"),
        ({"type": "email_text_input"}, "ana", "valid email"),
        ({"type": "url_text_input"}, "acme.test", "valid URL"),
        ({**TEXT, "min_length": 5}, "abc", "at least 5 characters"),
    ],
)
def test_slack_refuses_what_does_not_fit_its_input(
    client: WebClient, trigger: str, ana: Person, element: Json, value: str, said: str
) -> None:
    open_modal(client, trigger, modal(field("Q", "q", element)), ana)
    assert said in ana.submit({"Q": value}).errors["q"]


def test_what_is_not_there_cannot_be_clicked_and_the_rest_is_named(
    client: WebClient, trigger: str, ana: Person
) -> None:
    view = modal(actions(button("Yes", "yes"), button("No", "no")), field("Which?", "w", DOORS))
    open_modal(client, trigger, view, ana)
    with pytest.raises(AssertionError, match=r"«Yes» .*«No»"):
        ana.click_modal("Maybe")
    with pytest.raises(AssertionError, match="has no 'Three-way'; it has 'Two-way', 'One-way'"):
        ana.fill({"Which?": "Three-way"})


def test_an_external_select_asks_the_app_for_its_options(
    client: WebClient, trigger: str, ana: Person, ear: Ear
) -> None:
    element: Json = {"type": "external_select", "min_query_length": 0}
    open_modal(client, trigger, modal(field("Animal?", "animal", element)), ana)
    ear.answer = lambda heard: (
        200,
        '{"options": [{"text": {"type": "plain_text", "text": "Cat"}, "value": "cat"}]}'
        if heard["payload"]["type"] == "block_suggestion"
        else "",
    )
    assert ana.submit({"Animal?": "Cat"}).closed
    asked = ear.payloads("block_suggestion")[0]
    assert (asked["value"], asked["block_id"]) == ("Cat", "animal")


# Home


def test_a_home_is_published_opened_and_clicked(slack: Sandbox, client: WebClient, ana: Person, ear: Ear) -> None:
    assert ana.open_home() is None
    slack.wait_for(lambda: ear.payloads("app_home_opened"))
    home: Json = {"type": "home", "blocks": [actions(button("Mine", "mine", "D-1"))]}
    published = client.views_publish(user_id=ana.id, view=home)["view"]
    opened = ana.open_home()
    assert opened is not None
    slack.wait_for(lambda: len(ear.payloads("app_home_opened")) == 2)
    assert ear.payloads("app_home_opened")[1]["event"]["view"]["id"] == published["id"]
    ana.click_home("Mine")
    clicked = ear.payloads("block_actions")[0]
    assert clicked["container"] == {"type": "view", "view_id": published["id"]}
    assert clicked["actions"][0]["value"] == "D-1"
    stale: Json = {"user_id": ana.id, "view": home, "hash": "1.old"}
    assert error(lambda: client.views_publish(**stale)) == "hash_conflict"
