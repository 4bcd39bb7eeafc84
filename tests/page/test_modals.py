"""Modals: stacked, refused, updated, left and found again."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from slack_bolt import App
from slack_sdk import WebClient

from sandbox import Person, Room, Sandbox
from tests.page.conftest import Windows
from tests.sandbox.conftest import TEXT, Json, actions, button, field, modal, plain, section


@pytest.fixture
def form(look: Windows, bolt: App, client: WebClient, ana: Person, room: Room) -> Page:
    """A window with a form open that wants a figure, keeps what was typed, and can grow and stack."""

    def ask(extra: list[Json], **more: Any) -> Json:
        why = field("Why?", "why", {**TEXT, "multiline": True, "max_length": 60}, hint=plain("One sentence"))
        figure = field("A figure", "figure", TEXT, optional=True)
        return modal(
            why, figure, actions(button("More", "grow"), button("Help", "help")), *extra, title="The ask", **more
        )

    @bolt.action("open")
    def _open(ack: Any, body: Json) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=ask([], callback_id="ask"))
        ack()

    @bolt.action("grow")
    def _grow(ack: Any, body: Json) -> None:
        client.views_update(view_id=body["view"]["id"], view=ask([section("Grown")], callback_id="ask"))
        ack()

    @bolt.action("help")
    def _help(ack: Any, body: Json) -> None:
        client.views_push(trigger_id=body["trigger_id"], view=modal(section("Be brief."), title="Help"))
        ack()

    @bolt.view("ask")
    def _done(ack: Any, body: Json) -> None:
        values = body["view"]["state"]["values"]
        if not (values["figure"]["answer"]["value"] or "").isdigit():
            ack(response_action="errors", errors={"figure": "Digits only, please."})
        else:
            ack()
            client.chat_postMessage(channel=room.id, text=f"Because {values['why']['answer']['value']}")

    client.chat_postMessage(channel=room.id, text="b", blocks=[actions(button("Ask", "open"))])
    page = look(ana, room)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("dialog", name="The ask")).to_be_visible()
    return page


def _send(form: Page) -> None:
    form.get_by_role("dialog").get_by_role("button", name="Send").click()


def test_an_error_stands_under_its_field_and_keeps_what_was_typed(form: Page) -> None:
    form.get_by_label("Why?").fill("it costs 200 a day")
    form.get_by_label("A figure").fill("many")
    _send(form)
    wrong = form.get_by_label("A figure")
    expect(form.locator(".input.wrong")).to_contain_text("Digits only, please.")
    expect(wrong).to_have_value("many")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_label("Why?")).to_have_value("it costs 200 a day")
    wrong.fill("200")
    _send(form)
    expect(form.get_by_role("dialog")).to_have_count(0)
    expect(form.locator(".message").last).to_contain_text("Because it costs 200 a day")


def test_what_is_required_is_asked_for_before_the_app_hears_of_it(form: Page, slack: Sandbox) -> None:
    _send(form)
    expect(form.locator(".input.wrong")).to_contain_text("Please complete this required field.")
    assert [d.name for d in slack.deliveries("interactive")] == ["open"]


def test_what_was_typed_survives_an_update_and_a_push(form: Page) -> None:
    form.get_by_label("Why?").fill("half a sen")
    form.get_by_role("button", name="More", exact=True).click()
    expect(form.get_by_role("dialog")).to_contain_text("Grown")
    expect(form.get_by_label("Why?")).to_have_value("half a sen")
    form.get_by_role("button", name="Help").click()
    expect(form.get_by_role("dialog", name="Help")).to_contain_text("Be brief.")
    form.get_by_role("button", name="Back").click()
    expect(form.get_by_label("Why?")).to_have_value("half a sen")


def test_a_reload_in_the_middle_keeps_the_place_and_what_was_typed(form: Page, ana: Person, room: Room) -> None:
    form.get_by_label("Why?").fill("half a sen")
    form.reload()
    expect(form.get_by_role("dialog", name="The ask")).to_be_visible()
    expect(form.get_by_label("Why?")).to_have_value("half a sen")
    form.keyboard.press("Escape")
    expect(form.get_by_role("dialog")).to_have_count(0)
    form.get_by_label("Message #checkout").fill("and half a mess")
    form.reload()
    expect(form.get_by_label("Message #checkout")).to_have_value("and half a mess")
    assert form.url.endswith(f"#/{ana.id}/{room.id}")


def test_a_counter_warns_near_the_limit(form: Page) -> None:
    why = form.get_by_label("Why?")
    why.fill("x" * 40)
    expect(form.locator(".counter").first).to_be_empty()
    why.fill("x" * 55)
    expect(form.locator(".counter").first).to_have_text("5 left")
    why.fill("x" * 63)
    expect(form.locator(".counter").first).to_have_text("3 too many")


def test_an_app_that_does_not_answer_is_said_in_the_form(form: Page, slack: Sandbox) -> None:
    form.get_by_label("Why?").fill("because")
    slack.faults.add("lose_ack", event="interactive")
    _send(form)
    expect(form.get_by_role("dialog").get_by_role("alert")).to_contain_text("We had some trouble connecting")
    expect(form.get_by_label("Why?")).to_have_value("because")
