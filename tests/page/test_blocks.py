"""Every block and element on the page: what it shows, and what the app hears of a click."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect
from slack_bolt import App
from slack_sdk import WebClient

from sandbox import Person, Room, Sandbox
from tests.page.conftest import Windows
from tests.sandbox.conftest import TEXT, Json, actions, button, field, option, plain, section

NASTY = "<img src=x onerror=alert(1)> <!channel> <script>alert(2)</script> [a](javascript:alert(3))"
ESCAPED = NASTY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Heard:
    """What the app was told, newest last."""

    def __init__(self, app: App, slack: Sandbox) -> None:
        self.actions: list[Json] = []
        self._slack = slack
        lock = threading.Lock()

        @app.action({"action_id": "go"})
        def _go(ack: Any, body: Json) -> None:
            with lock:
                self.actions.append(body)
            ack()

    def next(self, seen: int) -> Json:
        """The first action after `seen` of them."""
        self._slack.wait_for(lambda: len(self.actions) > seen, what="a click")
        action: Json = self.actions[seen]["actions"][0]
        return action


def test_every_element_tells_the_app_what_was_chosen(
    look: Windows, slack: Sandbox, bolt: App, client: WebClient, ana: Person, ben: Person, room: Room
) -> None:
    heard = Heard(bolt, slack)
    options = [option("Two-way", "two"), option("One-way", "one")]
    pick: list[tuple[Json, Callable[[Locator], object]]] = [
        (button("Go", "go", "v1", style="primary"), lambda b: b.get_by_role("button", name="Go").click()),
        ({"type": "static_select", "options": options}, lambda b: b.get_by_role("combobox").select_option("One-way")),
        ({"type": "users_select"}, lambda b: b.get_by_role("combobox").select_option("Ben")),
        ({"type": "channels_select"}, lambda b: b.get_by_role("combobox").select_option("#checkout")),
        ({"type": "conversations_select"}, lambda b: b.get_by_role("combobox").select_option("#checkout")),
        ({"type": "multi_users_select"}, lambda b: _choose(b, "Ben")),
        ({"type": "multi_static_select", "options": options}, lambda b: _choose(b, "Two-way")),
        ({"type": "overflow", "options": options}, lambda b: _overflow(b, "One-way")),
        ({"type": "checkboxes", "options": options}, lambda b: b.get_by_role("checkbox", name="One-way").check()),
        ({"type": "radio_buttons", "options": options}, lambda b: b.get_by_role("radio", name="Two-way").check()),
        ({"type": "datepicker"}, lambda b: _fill(b, "2026-12-24")),
        ({"type": "timepicker"}, lambda b: _fill(b, "09:30")),
        ({"type": "datetimepicker"}, lambda b: _fill(b, "2026-12-24T09:30")),
    ]
    blocks = [{**actions({"action_id": "go", **element}), "block_id": f"b{n}"} for n, (element, _) in enumerate(pick)]
    client.chat_postMessage(channel=room.id, text="all", blocks=blocks)
    page = look(ana, room)
    found: list[Any] = []
    for number, (_, click) in enumerate(pick):
        click(page.locator(f"[data-block=b{number}]"))
        said = heard.next(number)
        found.append(next(said[key] for key in said if key == "value" or key.startswith("selected_")))
    one, two = {"text": plain("One-way"), "value": "one"}, {"text": plain("Two-way"), "value": "two"}
    # 24 December, half past nine in New York
    assert found == [
        "v1", one, ben.id, room.id, room.id, [ben.id], [two], one, [one], two, "2026-12-24", "09:30", 1798122600
    ]  # fmt: skip


def _choose(inside: Locator, name: str) -> None:
    inside.get_by_role("combobox").click()
    inside.page.get_by_role("listbox", name="Choices").get_by_role("option", name=name).click()


def _overflow(inside: Locator, name: str) -> None:
    inside.get_by_role("button", name="More actions").click()
    inside.page.get_by_role("menuitem", name=name).click()


def _fill(inside: Locator, value: str) -> None:
    inside.locator("input").fill(value)
    inside.locator("input").press("Tab")


def test_a_click_with_a_question_counts_once_it_is_answered(
    look: Windows, slack: Sandbox, bolt: App, client: WebClient, ana: Person, room: Room
) -> None:
    heard = Heard(bolt, slack)
    sure: Json = {
        "title": plain("Sure?"),
        "text": plain("It is for ever."),
        "confirm": plain("Do it"),
        "deny": plain("No"),
    }
    client.chat_postMessage(channel=room.id, text="b", blocks=[actions(button("Drop", "go", confirm=sure))])
    page = look(ana, room)
    page.get_by_role("button", name="Drop").click()
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("button", name="Drop").click()
    page.get_by_role("dialog", name="Sure?").get_by_role("button", name="Do it").click()
    heard.next(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(heard.actions) == 1


def test_a_suggestion_is_asked_of_the_app(
    look: Windows, slack: Sandbox, bolt: App, client: WebClient, ana: Person, room: Room
) -> None:
    heard = Heard(bolt, slack)

    @bolt.options("go")
    def _offer(ack: Any, payload: Json) -> None:
        ack(options=[option(f"{payload['value']} harbour", "h1"), option("Elsewhere", "h2")])

    element: Json = {"type": "external_select", "action_id": "go", "min_query_length": 1}
    client.chat_postMessage(channel=room.id, text="s", blocks=[actions(element)])
    page = look(ana, room)
    page.get_by_role("combobox").press_sequentially("Old")
    page.get_by_role("option", name="Old harbour").click()
    assert heard.next(0)["selected_option"]["value"] == "h1"


def test_slacks_marks_read_as_slack_shows_them(look: Windows, client: WebClient, ana: Person, room: Room) -> None:
    text = (
        "*bold* _italic_ ~gone~ `a *b* c` <https://example.com|a link> <mailto:a@b.example|write> "
        f"<@{ana.id}> <#{room.id}> <!here> :tada: a*b*c\n> quoted\n```\n*not bold*\n```"
        "<!date^1798122600^{date_short} at {time}|then> &lt;b&gt; &amp;amp;"
    )
    client.chat_postMessage(channel=room.id, text=text)
    said = look(ana, room).locator(".message .mrkdwn")
    expect(said.locator("strong")).to_have_text(["bold"])
    expect(said.locator("em")).to_have_text(["italic"])
    expect(said.locator("s")).to_have_text(["gone"])
    expect(said.locator("code")).to_have_text(["a *b* c", "*not bold*"])
    expect(said.locator("blockquote")).to_have_text("quoted")
    expect(said.get_by_role("link")).to_have_text(["a link", "write", "#checkout"])
    expect(said.locator(".mention")).to_have_text(["@Ana", "#checkout", "@here"])
    expect(said.locator("time")).to_have_text("Dec 24, 2026 at 9:30 AM")
    expect(said).to_contain_text("🎉 a*b*c")
    expect(said).to_contain_text("<b> &amp;")


def test_rich_text_markdown_and_tables_are_drawn(look: Windows, client: WebClient, ana: Person, room: Room) -> None:
    def text(words: str, **style: bool) -> Json:
        return {"type": "text", "text": words, **({"style": style} if style else {})}

    items = [{"type": "rich_text_section", "elements": [text(word)]} for word in ("one", "two")]
    rich = [
        {"type": "rich_text_section", "elements": [text("very", bold=True), {"type": "user", "user_id": ana.id}]},
        {"type": "rich_text_list", "style": "ordered", "elements": items},
        {"type": "rich_text_quote", "elements": [text("said")]},
        {"type": "rich_text_preformatted", "elements": [text("x = 1")]},
    ]
    cells = [[{"type": "raw_text", "text": t} for t in row] for row in (("Door", "Days"), ("two-way", "3"))]
    markdown = "# Title\n\n- first\n- **second**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    client.chat_postMessage(
        channel=room.id,
        text="r",
        blocks=[
            {"type": "rich_text", "elements": rich},
            {"type": "markdown", "text": markdown},
            {"type": "table", "rows": cells},
        ],
    )
    said = look(ana, room).locator(".message").last.locator(".content")
    expect(said.locator("strong").first).to_have_text("very")
    expect(said.locator("ol li")).to_have_text(["one", "two"])
    expect(said.locator("pre")).to_have_text("x = 1")
    expect(said.get_by_role("heading", name="Title")).to_be_visible()
    expect(said.locator("ul li")).to_have_text(["first", "second"])
    expect(said.get_by_role("columnheader")).to_have_text(["a", "b", "Door", "Days"])
    expect(said.get_by_role("cell")).to_have_text(["1", "2", "two-way", "3"])


def test_what_a_message_says_never_becomes_markup(
    look: Windows, slack: Sandbox, client: WebClient, ana: Person, room: Room
) -> None:
    short = "<img src=x onerror=alert(1)> <!channel>"
    choice = [{"text": plain(short), "value": "v", "description": plain(short)}]
    blocks: list[Json] = [
        {"type": "header", "text": plain(NASTY)},
        section(ESCAPED, fields=[{"type": "mrkdwn", "text": ESCAPED}, plain(NASTY)]),
        section("x", accessory={
            "type": "static_select", "placeholder": plain(short), "options": choice, "action_id": "a"}),
        {"type": "context", "elements": [plain(NASTY), {"type": "mrkdwn", "text": ESCAPED}]},
        actions(button(short, "b1"), {"type": "overflow", "action_id": "o", "options": [*choice, option("b", "b")]}),
        actions({"type": "checkboxes", "action_id": "c", "options": choice}),
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "text", "text": NASTY}, {"type": "link", "url": "javascript:alert(4)", "text": "tap"}]}]},
        {"type": "markdown", "text": NASTY},
        {"type": "table", "rows": [[{"type": "raw_text", "text": NASTY}], [{"type": "raw_text", "text": NASTY}]]},
        {"type": "image", "alt_text": NASTY, "image_url": "https://example.com/x.png", "title": plain(NASTY)},
        field(NASTY, "i", {**TEXT, "placeholder": plain(NASTY), "initial_value": NASTY}, hint=plain(NASTY)),
    ]  # fmt: skip
    client.chat_postMessage(channel=room.id, text=NASTY, blocks=blocks)
    client.chat_postMessage(
        channel=room.id, text=ESCAPED, attachments=[{"title": NASTY, "text": NASTY, "fallback": NASTY}]
    )
    page = look(ana, room)
    expect(page.locator(".message")).to_have_count(2)
    page.get_by_label("Message #checkout").fill(NASTY)
    page.get_by_label("Message #checkout").press("Enter")
    expect(page.locator(".message").last.locator(".rich")).to_have_text(NASTY)
    assert [m.text for m in room.messages][-1] == ESCAPED, "typed text travels as Slack's composer sends it"
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("menuitem").first).to_contain_text(short)
    expect(page.locator("img, iframe, object, [onerror], script:not([src])")).to_have_count(0)
    expect(page.locator("a[href^='javascript']")).to_have_count(0)
    assert page.evaluate("fetch('/').then((r) => r.headers.get('content-security-policy'))").startswith(
        "default-src 'self'"
    )


def test_what_the_page_does_not_know_is_shown_and_not_swallowed(
    look: Windows, slack: Sandbox, ana: Person, room: Room
) -> None:
    room.state.messages.clear()
    said = ana.say("old", room)
    with slack.world.locked():
        room.state.messages[said.ts].blocks = [{"type": "hologram", "block_id": "h", "depth": 3}]
    page = look(ana, room)
    unknown = page.locator(".unknown")
    unknown.get_by_text("Not drawn here: hologram").click()
    expect(unknown).to_contain_text('"depth": 3')


def test_a_file_is_handed_to_who_may_see_it(
    look: Windows, slack: Sandbox, client: WebClient, ana: Person, ben: Person
) -> None:
    private = slack.workspace("Acme").add_channel("leads", [ana], private=True)
    shared = client.files_upload_v2(channel=private.id, filename="memo.txt", content="one page", title="The memo")
    page = look(ana, private)
    with page.expect_download() as download:
        page.get_by_role("link", name="The memo").click()
    assert download.value.suggested_filename == "memo.txt"
    link = f"{slack.url}/sandbox/people/{{}}/files/{shared['file']['id']}"
    assert page.request.get(link.format(ana.id)).text() == "one page"
    assert page.request.get(link.format(ben.id)).status == 404
