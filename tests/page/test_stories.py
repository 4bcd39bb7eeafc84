"""Two stories told in the page, and every form filled with what must stay words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from demo import company
from demo.live import Live
from demo.stage import Stage
from demo.stories import Telling, held, quiet, silent
from tests.page.conftest import Windows

LITERAL = "<img src=x onerror=alert(1)> <!channel>"
HOSTILE = f"{LITERAL} *b* `c`"
PATIENCE = 12_000
"""Milliseconds: some of these steps wait for the bot, and the machine may be busy with other things."""


@pytest.fixture
def told(stage: Stage) -> Telling:
    """The company, its clock moved by the page's time bar. The bot waits, so that a story is prepared in order."""
    cast = company.found(stage)
    machine = Live(stage)
    machine.cast = cast
    stage.slack.time_machine = machine
    return Telling(stage, cast)


def test_a_silent_signer_is_passed_over_with_one_press(look: Windows, stage: Stage, told: Telling) -> None:
    silent.send(told)
    stage.bot.start()
    sam, omar = look(told.cast.sam, "app"), look(told.cast.omar, "app")
    expect(sam.get_by_text("Nothing waits on you.").first).to_be_visible(timeout=PATIENCE)
    expect(sam.get_by_role("button", name="Ask Omar (director)")).to_have_count(0)
    _go_to(sam, f"{told.day(3).isoformat()}T10:00")
    notice = sam.get_by_role("article").last
    expect(notice).to_contain_text("did not answer", timeout=PATIENCE)
    notice.get_by_role("button", name="Ask Omar (director)", exact=True).click()
    ask = omar.get_by_role("button", name="Approve…", exact=True)
    expect(ask).to_have_count(1, timeout=PATIENCE)
    ask.click()
    form = omar.get_by_role("dialog")
    form.get_by_label("A note for the record").fill("Approved in Dana's place.")
    form.get_by_role("button", name="Approve", exact=True).click()
    expect(form).to_have_count(0, timeout=PATIENCE)
    _stands(omar, "You approved on", "Approved in Dana's place.")
    _stands(sam, "Approved", "Approved in Dana's place.")
    expect(sam.get_by_role("button", name="It shipped…").last).to_be_visible()
    expect(sam.get_by_role("button", name="Ask Omar (director)")).to_have_count(0)


def test_a_private_decision_shows_on_the_page_to_its_participants_alone(
    look: Windows, stage: Stage, told: Telling
) -> None:
    quiet.start(told)
    name = told.name_of(told.cast.dana)
    stage.bot.start()
    vera = look(told.cast.vera, "home")
    expect(vera.get_by_role("region", name="Home")).to_contain_text(quiet.DECISION, timeout=PATIENCE)
    nia = look(told.cast.nia, "home")
    everything = nia.locator("body")
    expect(nia.get_by_role("button", name="Start a decision")).to_be_visible(timeout=PATIENCE)
    expect(everything).not_to_contain_text("Lisbon")
    nia.get_by_role("navigation", name="Workspace").get_by_role("link", name="retail").click()
    answers = nia.get_by_role("article", name="only visible to you")
    for number, command in enumerate(("list", name), 1):
        field = nia.get_by_label("Message #retail")
        field.fill(f"/escalate {command}")
        field.press("Enter")
        expect(answers).to_have_count(number, timeout=PATIENCE)
        expect(everything).not_to_contain_text("Lisbon")
    expect(answers.last).to_contain_text(name)


def test_markup_on_the_cards_stays_words(look: Windows, stage: Stage, told: Telling) -> None:
    stage.bot.start()
    page = look(told.cast.nia, "home")
    page.get_by_role("button", name="Start a decision").click()
    _submit_hostile(page, "Start")
    page.get_by_role("link", name="Messages").first.click()
    for answer in ("Weeks", "None of these", "Several teams"):
        _press(page, answer)
    card = _card(page, "Yes, try this")
    assert _fill_all(card) == 2
    card.get_by_label("When would you know?").fill(told.day(28).isoformat())
    _press(page, "Yes, try this")
    assert _fill_all(_card(page, "Hand it to the team")) == 1
    _press(page, "Hand it to the team")
    _press(page, "Learning check now…")
    page.get_by_role("dialog").get_by_role("radio", name="Partly right").check()
    _submit_hostile(page, "Close the loop")
    _stands(page, "Looked back on", LITERAL)
    _start(page, f"/escalate {HOSTILE}")
    for answer in ("Never", "None of these", "No, it is all or nothing"):
        _press(page, answer)
    card = _card(page, "That is the deadline")
    assert _fill_all(card) == 2
    _press(page, "That is the deadline")
    expect(card.get_by_text("⚠")).to_be_visible(timeout=PATIENCE)
    expect(card.get_by_label("What does waiting block?")).to_have_value(HOSTILE)
    card.get_by_label("On which day?").fill("in three days")
    _press(page, "That is the deadline")
    card = _card(page, "Go on")
    expect(card.get_by_label("Waiting costs")).to_be_visible(timeout=PATIENCE)
    expect(card.get_by_label("Lost at once with the deadline, beside that")).to_be_visible()
    assert _fill_all(card) == 3
    card.get_by_label("How likely is a mistake?").select_option(index=1)
    _press(page, "Go on")
    expect(card.get_by_text("⚠")).to_be_visible(timeout=PATIENCE)
    expect(card).to_contain_text(LITERAL)
    _press(page, "Withdraw…")
    _submit_hostile(page, "Withdraw")
    _stands(page, "withdrew this", LITERAL)
    _harmless(page, stage)


def test_markup_in_memo_and_sign_off_stays_words(look: Windows, stage: Stage, told: Telling) -> None:
    held.triage(told)
    stage.bot.start()
    sam, dana = look(told.cast.sam, "app"), look(told.cast.dana, "app")
    _press(sam, "Go on anyway…")
    _submit_hostile(sam, "Go on")
    _press(sam, "Write the memo")
    assert _submit_hostile(sam, "Save") == 10
    _press(sam, "Send to the director…")
    form = sam.get_by_role("dialog")
    form.get_by_label("Who signs as director?").select_option("Dana · director")
    form.get_by_role("button", name="Send", exact=True).click()
    _press(dana, "Ask a question…")
    _submit_hostile(dana, "Ask")
    _press(sam, "Answer…")
    _submit_hostile(sam, "Answer")
    expect(dana.get_by_role("button", name="Resolved", exact=True)).to_have_count(2, timeout=PATIENCE)
    _press(dana, "Resolved")
    expect(dana.get_by_role("button", name="Resolved", exact=True)).to_have_count(0, timeout=PATIENCE)
    _press(dana, "Not yet, if…")
    _submit_hostile(dana, "Not yet")
    _press(sam, "The condition is met…")
    _submit_hostile(sam, "Ask again")
    _press(dana, "Approve…")
    _submit_hostile(dana, "Approve")
    _stands(dana, "You approved", LITERAL)
    _press(sam, "It shipped…")
    form = sam.get_by_role("dialog")
    form.get_by_role("button", name="Date the review").click()
    expect(form).to_have_count(0, timeout=PATIENCE)
    _press(sam, "Review now…")
    sam.get_by_role("dialog").get_by_role("radio", name="Partly right").check()
    _submit_hostile(sam, "Close the loop")
    _stands(sam, "Reviewed on", LITERAL)
    _harmless(sam, stage)
    _harmless(dana, stage)


def _go_to(page: Page, moment: str) -> None:
    page.get_by_role("button", name="To a date…").click()
    page.get_by_label("A day and a time in New York").fill(moment)
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_role("button", name="To a date…")).to_be_enabled(timeout=PATIENCE)


def _start(page: Page, command: str) -> None:
    field = page.get_by_label("Message Threshold")
    field.fill(command)
    field.press("Enter")
    expect(field).to_have_value("", timeout=PATIENCE)


def _press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).last.click(timeout=PATIENCE)


def _stands(page: Page, state: str, words: str) -> None:
    """A card in that state has the words on it; a notice that became one line may name the state too."""
    card = page.get_by_role("article").filter(has_text=re.compile(state)).filter(has_text=words)
    expect(card.last).to_be_visible(timeout=PATIENCE)


def _card(page: Page, button: str) -> Locator:
    """The newest message that offers ``button``."""
    return page.get_by_role("article").filter(has=page.get_by_role("button", name=button, exact=True)).last


FIGURES = ("70%", "11 to 14", "12.5")
"""What stands in an empty field that takes figures alone."""


def _fill_all(place: Locator) -> int:
    """Type the hostile text into every text field there that takes words; returns how many there are."""
    fields = place.locator("input[type=text], textarea")
    expect(fields.first).to_be_visible(timeout=PATIENCE)
    words = [field for field in fields.all() if field.get_attribute("placeholder") not in FIGURES]
    for field in words:
        field.fill(HOSTILE)
    return len(words)


def _submit_hostile(page: Page, submit: str) -> int:
    form = page.get_by_role("dialog")
    filled = _fill_all(form)
    form.get_by_role("button", name=submit, exact=True).click()
    if submit == "Start":  # the form says where it goes on
        expect(form).to_contain_text("It is started", timeout=PATIENCE)
        form.get_by_role("button", name="Close").last.click()
    expect(form).to_have_count(0, timeout=PATIENCE)
    return filled


def _harmless(page: Page, stage: Stage) -> None:
    """What was typed stands there as typed, and became neither an element nor a mention, here or in what was sent."""
    expect(page.get_by_text(LITERAL).first).to_be_visible()
    expect(page.locator("img, script:not([src])")).to_have_count(0)
    expect(page.locator(".mention", has_text="channel")).to_have_count(0)
    for tag, word in (("b, strong", "b"), ("code", "c")):
        formatted = page.locator(tag).all_inner_texts()
        assert word not in formatted, f"{word} was formatted"
    sent = [r for r in stage.slack.requests() if r.method.startswith(("chat.", "views."))]
    said = [text for request in sent for text in _shown(request.args)]
    assert any("&lt;!channel&gt;" in text for text in said)
    assert [text for text in said if "<!channel" in text or "<img" in text] == []


def _shown(value: Any) -> Iterator[str]:
    """Every text that Slack would read for markup: an input's initial value is shown as it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("initial_value", "private_metadata", "value"):
                yield from _shown(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _shown(inner)
    elif isinstance(value, str) and value[:1] in "[{" and value:
        yield from _shown(json.loads(value))
    elif isinstance(value, str):
        yield value
