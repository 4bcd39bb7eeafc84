"""The page that looks like Slack."""

from __future__ import annotations

from datetime import UTC
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.show.html import Item, page

Json = dict[str, object]
NAMES = {"U1": "ana"}


def html(*items: Json | Item, **more: dict[str, str]) -> str:
    return page(items, names=NAMES, tz=UTC, title="Seen", images=more.get("images"))


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


class Seen(HTMLParser):
    """The tags and the text of a page, its style aside."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br", "img", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def test_marks_become_tags() -> None:
    document = html({"text": "*a* _b_ ~c~ `d` <https://example.com|e> <@U1>\n> f\n```g```"})
    for part in (
        "<b>a</b>",
        "<i>b</i>",
        "<s>c</s>",
        "<code>d</code>",
        '<a href="https://example.com">e</a>',
        '<span class="mention">@ana</span>',
        "<blockquote>f</blockquote>",
        "<pre>g</pre>",
    ):
        assert part in document


def test_what_an_app_wrote_is_text_and_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    document = html(
        {"text": evil, "username": evil, "files": [{"title": evil}]},
        {"blocks": [section(evil), {"type": evil, "text": evil}, {"type": "image", "alt_text": evil}]},
        Item({"type": "modal", "title": plain(evil), "blocks": []}, caption=evil, errors={"b": evil}),
    )
    assert "<script" not in document


def test_only_web_and_mail_addresses_become_links() -> None:
    assert "javascript:" not in html({"text": "<javascript:alert(1)|press>"})


def test_buttons_carry_their_style() -> None:
    row: Json = {
        "type": "actions",
        "elements": [
            {"type": "button", "text": plain("Approve"), "style": "primary"},
            {"type": "button", "text": plain("Decline"), "style": "danger"},
        ],
    }
    document = html({"blocks": [row]})
    assert '<span class="button primary">Approve</span>' in document
    assert '<span class="button danger">Decline</span>' in document


def test_a_modal_has_its_frame_its_values_and_its_errors() -> None:
    view: Json = {
        "type": "modal",
        "title": plain("Escalate"),
        "submit": plain("Next"),
        "blocks": [
            {
                "type": "input",
                "block_id": "b",
                "label": plain("Why?"),
                "element": {"type": "plain_text_input", "action_id": "a"},
            }
        ],
        "state": {"values": {"b": {"a": {"value": "Since today"}}}},
    }
    seen = Seen(html(Item(view, caption="Step 1", errors={"b": "Please say why."})))
    for word in ("Step 1", "Escalate", "Next", "Cancel", "Why?", "Since today", "Please say why."):
        assert word in seen.text


def test_a_picture_is_shown_where_it_is_handed_in_and_named_where_not() -> None:
    chart: Json = {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "Decisions by week"}
    assert '<div class="no-picture">Decisions by week</div>' in html({"blocks": [chart]})
    shown = html({"blocks": [chart]}, images={"F1": "data:image/png;base64,AA=="})
    assert 'src="data:image/png;base64,AA=="' in shown


def test_a_block_nobody_knows_is_shown_and_not_swallowed() -> None:
    assert "unknown block: hologram" in html({"blocks": [{"type": "hologram"}]})


def test_nothing_is_fetched_from_elsewhere() -> None:
    remote: Json = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}
    document = html({"blocks": [remote]})
    assert "src=" not in document
    assert "url(" not in document


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_every_tag_is_closed_whatever_is_written(text: str) -> None:
    blocks = [section(text), {"type": "markdown", "text": text}, {"type": "header", "text": plain(text)}]
    seen = Seen(html({"blocks": blocks}))
    assert seen.open == []
