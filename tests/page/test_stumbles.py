"""Where newcomers stumbled, walked by clicking: a word that is no command, a line in a channel, a date, a reader."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from demo import company
from demo.stage import Stage
from demo.stories import Telling, one_way
from tests.page.conftest import Windows


@pytest.fixture
def told(stage: Stage) -> Telling:
    """A memo under review. The bot runs by itself only from here on: two that deliver at once would hide a card from
    whoever tells the story until it has come."""
    t = Telling(stage, company.found(stage))
    one_way.triage(t)
    one_way.write_memo(t)
    one_way.send(t)
    stage.bot.start()
    return t


def _type(page: Page, room: str, text: str) -> None:
    field = page.get_by_label(f"Message {room}")
    field.fill(text)
    expect(field).to_have_value(text)
    field.press("Enter")
    expect(field).to_have_value("")


def opened(page: Page, card: Locator, button: str) -> Locator:
    """The form behind a button. A card that is edited under the pointer takes no click, and one presses again."""
    form = page.get_by_role("dialog")
    for _ in range(3):
        card.get_by_role("button", name=button).click()
        with suppress(AssertionError):
            expect(form).to_be_visible()
            return form
    raise AssertionError(f"“{button}” opens nothing")


def test_what_is_no_command_gets_a_page_and_a_channel_s_line_is_read_there(look: Windows, told: Telling) -> None:
    cast = told.cast
    page = look(cast.mika, cast.retail)
    line = page.get_by_role("article").filter(has_text="D-1").last
    line.get_by_role("button", name="Read").click()
    memo = page.get_by_role("dialog")
    expect(memo).to_contain_text("Memo of D-1")
    expect(memo.get_by_role("button", name="Export")).to_have_count(0)
    memo.get_by_role("button", name="Close").last.click()
    expect(memo).to_have_count(0)
    _type(page, "#retail", "/escalate status")
    answer = page.get_by_role("article", name="only visible to you").last
    expect(answer).to_contain_text("I don't know “status”")
    answer.get_by_role("button", name="Show").first.click()
    listed = page.get_by_role("article", name="only visible to you").filter(has_text="1 open decision").last
    expect(listed.get_by_role("button", name="Read")).to_be_visible()
    expect(listed.get_by_role("button", name="Open")).to_have_count(0)


def test_the_requester_moves_the_date_and_takes_a_reader_out_by_clicking(
    look: Windows, stage: Stage, told: Telling
) -> None:
    cast = told.cast
    page = look(cast.sam, "app")
    card = page.get_by_role("article").filter(has_text="In sign-off").last
    form = opened(page, card, "Move the date…")
    day = (stage.clock.now() + timedelta(days=8)).date().isoformat()
    form.get_by_label("By which day do you need the answer now?").fill(day)
    form.get_by_role("button", name="Move the date").click()
    expect(form).to_have_count(0)
    opened(page, card, "Let somebody read along…")
    form.get_by_role("combobox").first.select_option(cast.mika.id)
    form.get_by_role("button", name="Add").click()
    expect(form).to_have_count(0)
    expect(card).to_contain_text("Reads along:", timeout=40_000)
    opened(page, card, "Take somebody out…")
    form.get_by_role("combobox").first.select_option(cast.mika.id)
    form.get_by_role("button", name="Take out").click()
    expect(form).to_have_count(0)
    expect(card).not_to_contain_text("Reads along:", timeout=40_000)
    page.goto("about:blank")
    other = look(cast.mika, "app")
    expect(other.get_by_role("article").last).to_contain_text("is open to those who take part in it", timeout=40_000)
