"""What a person would see of messages, modals and Homes in a terminal."""

from __future__ import annotations

import re
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import show
from sandbox.show.lines import cells

Json = dict[str, object]
NAMES = {"U1": "ana", "U2": "bo", "C1": "payments", "S1": "leads"}


def text_of(text: str, **more: object) -> str:
    return show.message({"text": text, **more}, names=NAMES, tz=UTC)


def blocks_of(*blocks: Json, width: int = 78, **more: object) -> str:
    return show.message({"blocks": list(blocks), **more}, names=NAMES, tz=UTC, width=width)


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: object) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def field(element: Json, **more: object) -> Json:
    return {"type": "input", "block_id": "b", "label": plain("Why now?"), "element": element, **more}


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("a *bold* and _slanted_ word", "a bold and slanted word"),
        ("*bold _and slanted_*", "bold and slanted"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("* not bold *", "* not bold *"),
        ("~gone~", "~gone~"),
        ("run `a *b* <c> d`", "run `a *b* <c> d`"),
        ("<@U1> asks <@U9>", "@ana asks @U9"),
        ("<@U9|zoe>", "@zoe"),
        ("in <#C1> and <#C9|ops>", "in #payments and #ops"),
        ("<!subteam^S1> and <!channel>", "@leads and @channel"),
        ("<https://example.com/a_b_c>", "https://example.com/a_b_c"),
        ("<https://example.com/a_b_c|the _plan_>", "the _plan_ (https://example.com/a_b_c)"),
        ("<mailto:ana@example.com|ana@example.com>", "ana@example.com"),
        ("_see <https://example.com/x_y|it>_", "see it (https://example.com/x_y)"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&lt;@U1&gt; &lt;!channel&gt;", "<@U1> <!channel>"),
        ("done :white_check_mark: :unheard_of:", "done ✅ :unheard_of:"),
        ("<nothing known>", "<nothing known>"),
        (
            "<!date^1795430520^due {date_short} at {time}|Monday>",
            "due Nov 23, 2026 at 10:42 AM",
        ),
        ("<!date^1795430520^{date_num}|Monday>", "2026-11-23"),
        ("<!date^1795430520^{date_long_pretty}|Monday>", "Monday, November 23rd, 2026"),
        ("<!date^soon^{date}|Monday>", "Monday"),
        ("> said\n&gt; twice\nthen", "▎ said\n▎ twice\nthen"),
        ("```\na < b\n  *c*\n```", "  │ a < b\n  │   *c*"),
        ("before\n```x```\nafter", "before\n  │ x\nafter"),
    ],
)
def test_mrkdwn_reads_as_slack_shows_it(written: str, seen: str) -> None:
    assert text_of(written) == seen


def test_a_date_is_told_in_the_readers_zone() -> None:
    stamp = "<!date^1795430520^{date_num} {time}|x>"
    seen = show.message({"text": stamp}, names={}, tz="Pacific/Auckland")
    assert seen == "2026-11-23 11:42 PM"


def test_plain_text_has_no_marks_and_no_mentions() -> None:
    block: Json = {"type": "section", "text": plain("*a* <@U1> :tada:")}
    assert blocks_of(block) == "*a* <@U1> 🎉"


def test_who_and_when_and_what_became_of_it_stand_around_a_message() -> None:
    seen = text_of(
        "D-42",
        username="Threshold",
        bot_id="B1",
        ts="1795430520.000100",
        ephemeral=True,
        edited={"user": "U1", "ts": "1"},
        reactions=[{"name": "eyes", "count": 2}],
        reply_count=1,
        files=[{"title": "figures.png"}],
    )
    assert seen.splitlines() == [
        "Threshold APP  10:42 AM",
        "Only visible to you",
        "D-42",
        "[file: figures.png]",
        "(edited)",
        "👀 2",
        "1 reply",
    ]


def test_blocks_stand_in_for_the_text() -> None:
    assert blocks_of(section("shown"), text="only notified") == "shown"


def test_buttons_and_menus_stand_in_a_row_and_wrap() -> None:
    row: Json = {
        "type": "actions",
        "elements": [
            {"type": "button", "text": plain("Approve"), "style": "primary"},
            {"type": "button", "text": plain("Not yet")},
            {"type": "users_select", "placeholder": plain("Hand over to")},
            {"type": "static_select", "options": [], "initial_option": {"text": plain("Days")}},
            {"type": "overflow", "options": [{"text": plain("Two-way door"), "value": "t"}]},
        ],
    }
    assert blocks_of(row, width=60) == (
        "[ Approve ]  [ Not yet ]  [ ‹Hand over to› ▾ ]  [ Days ▾ ]\n[ ⋯ Two-way door ]"
    )


def test_fields_stand_in_two_columns() -> None:
    fields = [mrkdwn("*Rung*\ndirector"), mrkdwn("*Owner*\n<@U2>"), mrkdwn("alone")]
    assert blocks_of({"type": "section", "fields": fields}, width=30).splitlines() == [
        "Rung            Owner",
        "director        @bo",
        "alone",
    ]


def test_a_table_keeps_its_columns() -> None:
    def row(*texts: str) -> list[Json]:
        return [{"type": "raw_text", "text": text} for text in texts]

    table: Json = {"type": "table", "rows": [row("Rung", "Who"), row("director", "ana")]}
    assert blocks_of(table).splitlines() == ["Rung      Who", "─" * 13, "director  ana"]


def test_rich_text_and_markdown_read_like_mrkdwn() -> None:
    item: Json = {
        "type": "rich_text_section",
        "elements": [
            {"type": "text", "text": "ask "},
            {"type": "user", "user_id": "U1"},
            {"type": "text", "text": ", now", "style": {"bold": True}},
        ],
    }
    rich: Json = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "ordered", "elements": [item, item]}],
    }
    assert blocks_of(rich) == "1. ask @ana, now\n2. ask @ana, now"
    marked: Json = {"type": "markdown", "text": "# Memo\n- **why**\n- [plan](https://example.com)"}
    assert blocks_of(marked) == "Memo\n• why\n• plan (https://example.com)"


def test_a_block_nobody_knows_is_shown_and_not_swallowed() -> None:
    seen = blocks_of({"type": "hologram", "depth": 3})
    assert "unknown block: hologram" in seen
    assert '"depth": 3' in seen


def test_an_app_cannot_drive_the_terminal() -> None:
    seen = text_of("\x1b[2Jgone\x07")
    assert "\x1b" not in seen
    assert "\x07" not in seen


def modal(*blocks: Json, **more: object) -> Json:
    return {"type": "modal", "title": plain("Escalate"), "blocks": list(blocks), **more}


def test_a_modal_is_a_frame_with_its_buttons() -> None:
    view = modal(section("Does the door open both ways?"), submit=plain("Next"))
    assert show.modal(view, names={}, tz=UTC, width=40).splitlines() == [
        "┌─ Escalate ───────────────────────────┐",
        "│ Does the door open both ways?        │",
        "├──────────────────────────────────────┤",
        "│                 [ Cancel ]  [ Next ] │",
        "└──────────────────────────────────────┘",
    ]


def test_an_input_shows_label_hint_and_what_is_in_it() -> None:
    typed: Json = {
        "type": "plain_text_input",
        "action_id": "a",
        "placeholder": plain("One sentence"),
        "initial_value": "Because",
    }
    empty = {**typed, "initial_value": ""}
    ask = field(typed, hint=plain("For the owner"), optional=True)

    def seen(block: Json, **more: object) -> str:
        return show.modal(modal(block, **more), names=NAMES, tz=UTC, width=40)

    assert "Why now? (optional)" in seen(ask)
    assert "For the owner" in seen(ask)
    assert "Because" in seen(ask)
    assert "‹One sentence›" in seen(field(empty))
    given = {"values": {"b": {"a": {"type": "plain_text_input", "value": "Since today"}}}}
    assert "Since today" in seen(ask, state=given)
    assert "Because" not in seen(ask, state=given)


def test_choices_show_what_is_chosen_now() -> None:
    options = [{"text": plain(word), "value": word.lower()} for word in ("Hours", "Months")]
    radio = field({"type": "radio_buttons", "action_id": "a", "options": options, "initial_option": options[1]})
    seen = show.modal(modal(radio), names={}, tz=UTC)
    assert "○ Hours" in seen
    assert "● Months" in seen
    boxes = field({"type": "checkboxes", "action_id": "a", "options": options})
    state = {"values": {"b": {"a": {"selected_options": [options[0]]}}}}
    seen = show.modal(modal(boxes, state=state), names={}, tz=UTC)
    assert "☑ Hours" in seen
    assert "☐ Months" in seen


@pytest.mark.parametrize(
    ("element", "seen"),
    [
        ({"type": "datepicker", "initial_date": "2026-12-01"}, "[ 2026-12-01 ▾ ]"),
        ({"type": "timepicker", "initial_time": "09:30"}, "[ 09:30 ▾ ]"),
        ({"type": "datetimepicker", "initial_date_time": 1_795_430_520}, "2026-11-23 10:42 AM"),
        ({"type": "multi_users_select", "initial_users": ["U1", "U2"]}, "[ @ana, @bo ▾ ]"),
        ({"type": "conversations_select", "initial_conversation": "C1"}, "[ #payments ▾ ]"),
        ({"type": "conversations_select", "initial_conversation": "U1"}, "[ @ana ▾ ]"),
        ({"type": "external_select"}, "[ ‹Choose› ▾ ]"),
        ({"type": "file_input"}, "[ ‹Choose› ⇪ ]"),
        ({"type": "astrolabe"}, "unknown element: astrolabe"),
    ],
)
def test_pickers_and_menus_show_their_value(element: Json, seen: str) -> None:
    assert seen in show.modal(modal(field(element)), names=NAMES, tz=UTC)


def test_an_error_stands_below_its_input() -> None:
    seen = show.modal(
        modal(field({"type": "plain_text_input"})),
        names={},
        tz=UTC,
        errors={"b": "Please say why."},
    )
    assert "⚠ Please say why." in seen


def test_a_home_is_its_blocks() -> None:
    view: Json = {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Your decisions")},
            section("*D-42*", accessory={"type": "button", "text": plain("Open")}),
            {"type": "context", "elements": [mrkdwn("waiting for <@U2>"), plain("3 days")]},
        ],
    }
    assert show.home(view, names=NAMES, tz=UTC).splitlines() == [
        "Your decisions",
        "━━━━━━━━━━━━━━",
        "",
        "D-42",
        "[ Open ]",
        "waiting for @bo  3 days",
    ]


def test_colour_changes_looks_and_not_a_word() -> None:
    blocks = [section("*a* `b` <https://example.com|c>"), {"type": "divider"}]
    msg: Json = {"blocks": blocks, "edited": {}}
    bare = show.message(msg, names={}, tz=UTC)
    bright = show.message(msg, names={}, tz=UTC, colour=True)
    assert "\x1b[1m" in bright
    assert re.sub(r"\x1b\[[0-9;]*m", "", bright) == bare


@settings(max_examples=80)
@given(st.text(max_size=200), st.integers(32, 90))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    options = [{"text": plain(text), "value": "a"}]
    press: Json = {"type": "button", "text": plain(text), "url": "https://example.com"}
    cell: Json = {"type": "raw_text", "text": text}
    seen = blocks_of(
        {"type": "header", "text": plain(text)},
        section(text, fields=[plain(text)] * 3, accessory={"type": "overflow", "options": options}),
        {"type": "context", "elements": [plain(text), plain(text)]},
        {"type": "actions", "elements": [{"type": "checkboxes", "options": options}, press]},
        {"type": "table", "rows": [[cell, cell], [cell, cell]]},
        {"type": "card", "title": plain(text), "actions": [press]},
        {"type": "markdown", "text": text},
        width=width,
        attachments=[{"text": text}],
    )
    assert all(cells(line) <= width for line in seen.split("\n"))
    view = modal(field({"type": "plain_text_input", "initial_value": text}), submit=plain(text))
    frame = show.modal(view, names={}, tz=UTC, width=width)
    assert all(cells(line) == width for line in frame.split("\n"))


@settings(max_examples=80)
@given(st.text(alphabet="ab*_~`>|:!@# \n", max_size=60))
def test_no_mark_however_crossed_loses_a_letter(text: str) -> None:
    assert re.sub("[^ab]", "", text_of(text)) == re.sub("[^ab]", "", text)
