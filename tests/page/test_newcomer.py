"""The real bot, in the page, as somebody meets it for the first time."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from demo.company import Company
from demo.stage import Stage
from tests.page.conftest import Windows


def test_a_newcomer_gets_a_verdict_by_clicking(look: Windows, stage: Stage, cast: Company) -> None:
    page = look(cast.nia, cast.retail)
    field = page.get_by_label("Message #retail")
    field.fill("/esc")
    expect(page.get_by_role("option")).to_contain_text("/escalate [a sentence | write | list")
    field.press("Tab")
    expect(field).to_have_value("/escalate ")
    field.type("Should the button say Buy now?")
    field.press("Enter")
    told = page.get_by_role("article", name="only visible to you")
    expect(told).to_contain_text("D-1 is started")
    told.get_by_role("link", name="Answer it").click()
    card = page.get_by_role("article").last
    for answer in ("Hours", "None of these", "One person, a day"):
        card.get_by_role("button", name=answer).click()
    expect(card).to_contain_text("two-way")
    expect(card.get_by_role("button", name="Back")).to_have_count(0)
    page.get_by_role("link", name="Home", exact=True).first.click()
    expect(page.get_by_role("region", name="Home")).to_contain_text("Should the button say Buy now?")


def test_two_people_in_two_windows_see_what_is_theirs(look: Windows, stage: Stage, cast: Company) -> None:
    nia, priya = look(cast.nia, cast.retail), look(cast.priya, cast.retail)
    expect(priya.get_by_role("heading", name="#retail")).to_be_visible()
    _say(nia, "#retail", "/escalate Should we rename the basket?")
    expect(nia.get_by_role("article", name="only visible to you")).to_contain_text("D-1")
    _say(priya, "#retail", "Good morning, @Nia & <friends>")
    expect(nia.locator(".message").last).to_contain_text("Good morning, @Nia & <friends>")
    expect(nia.locator(".mention.me")).to_have_text("@Nia")
    expect(priya.get_by_text("Only visible to you")).to_have_count(0)
    private = look(cast.priya, cast.leads)
    expect(private.get_by_role("heading", name="Not for these eyes")).to_be_visible()
    expect(private.get_by_role("navigation", name="Workspace")).not_to_contain_text("leads")


def test_one_can_be_somebody_else_from_the_menu(look: Windows, stage: Stage, cast: Company) -> None:
    page = look(cast.nia, cast.retail)
    page.get_by_role("button", name="You are Nia").click()
    page.get_by_role("menuitemradio", name="Kenji").click()
    expect(page.get_by_role("button", name="You are Kenji")).to_contain_text("Tokyo")
    assert f"#/{cast.kenji.id}/" in page.url


def test_a_message_shortcut_stands_in_the_messages_menu(look: Windows, stage: Stage, cast: Company) -> None:
    cast.sam.say("Shall we shorten the return window?", cast.retail)
    page = look(cast.nia, cast.retail)
    page.get_by_role("article", name="Sam").hover()
    page.get_by_role("button", name="More for this message").click()
    page.get_by_role("menuitem", name="Escalate this thread").click()
    expect(page.get_by_label("What has to be decided?")).to_have_value("Shall we shorten the return window?")


def test_the_app_suggests_nothing_where_guests_may_use_it_and_answers_what_is_said_first(
    look: Windows, stage: Stage, cast: Company
) -> None:
    """Prompts come with ``agent_view``, which shuts guests out: the manifest takes none."""
    page = look(cast.kenji, "app")
    expect(page.get_by_text("Nothing was said here yet.")).to_be_visible()
    expect(page.get_by_role("group", name="Suggestions")).to_have_count(0)
    _say(page, "Threshold", "help")
    expect(page.get_by_role("article").first).to_contain_text("help")
    expect(page.get_by_role("article", name="Threshold")).to_contain_text("/escalate")


def test_a_bot_that_stops_is_missed_and_a_bot_that_returns_goes_on(look: Windows, stage: Stage, cast: Company) -> None:
    page = look(cast.nia, cast.retail)
    _say(page, "#retail", "/escalate Should we rename the basket?")
    page.get_by_role("link", name="Answer it").click()
    card = page.get_by_role("article").last
    expect(card.get_by_role("button", name="Hours")).to_be_visible()
    stage.shut_down()
    expect(page.locator("#banner")).to_contain_text("Threshold is away")
    card.get_by_role("button", name="Hours").click()
    expect(card.get_by_role("alert")).to_contain_text("could not be reached")
    page.get_by_label("Message Threshold").fill("/escalate list")
    page.get_by_label("Message Threshold").press("Enter")
    expect(page.locator(".notice")).to_contain_text("failed with the error “dispatch_failed”")
    stage.boot()
    stage.bot.start()
    expect(page.locator("#banner")).to_be_hidden()
    card.get_by_role("button", name="Hours").click()
    expect(card).to_contain_text("Which of these could you not take back?")
    expect(card.get_by_role("alert")).to_have_count(0)


def test_markup_in_a_decision_is_words(look: Windows, stage: Stage, cast: Company) -> None:
    nasty = "<img src=x onerror=alert(1)> <!channel> <script>alert(2)</script>"
    page = look(cast.nia, "home")
    page.get_by_role("button", name="Start a decision").click()
    form = page.get_by_role("dialog")
    form.get_by_label("What has to be decided?").fill(nasty)
    form.get_by_role("button", name="Start").click()
    form.get_by_role("link", name="Answer the first question").click()
    form.get_by_role("button", name="Close").last.click()
    expect(form).to_have_count(0)
    card = page.get_by_role("article").last
    expect(card).to_contain_text("<img src=x onerror=alert(1)>")
    expect(card).to_contain_text("<!channel>")
    expect(page.locator("img, script:not([src])")).to_have_count(0)
    expect(page.locator(".mention", has_text="@channel")).to_have_count(0)


def test_the_whole_way_works_by_keyboard(look: Windows, stage: Stage, cast: Company) -> None:
    page = look(cast.nia, cast.retail)
    expect(page.get_by_label("Message #retail")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the message field")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Message #retail")).to_be_focused()
    page.keyboard.type("/escalate Should we rename the basket?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Answer it")).to_be_visible()
    _tab_to(page, "link", "Answer it", back=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Hours")).to_be_visible()
    _tab_to(page, "button", "Hours", back=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="None of these")).to_be_visible()
    _tab_to(page, "button", "None of these")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="One person, a day")).to_be_visible()


def _say(page: Page, room: str, text: str) -> None:
    field = page.get_by_label(f"Message {room}")
    field.fill(text)
    field.press("Enter")
    expect(field).to_have_value("")


def _tab_to(page: Page, role: str, name: str, back: bool = False) -> None:
    """Tab on, or back, until what is named has the focus."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"no Tab reaches the {role} {name}")
