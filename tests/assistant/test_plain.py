"""A model's text made harmless, whatever it holds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assistant.plain import plain

KNOWN = "<@U1> and <#C1|general> at <https://wiki.example.com/a|the wiki>, a@example.com"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!channel> now", "channel now"),
        ("<!here|@here>", "here"),
        ("<<!x|!channel>>", "‹!channel>"),
        ("@channel @@here", "channel here"),
        ("<@U1> and <@U1|ann>", "<@U1> and <@U1>"),
        ("<@U2>", "[name needed]"),
        ("<#C1> <#C2|x>", "<#C1> [name needed]"),
        ("<!subteam^S1>", "subteam"),
        ("<!date^1^{date}|20 Nov>", "20 Nov"),
        ("<https://evil.test/a|the wiki>", "the wiki ([link removed])"),
        ("<https://wiki.example.com/a|wiki>", "wiki (https://wiki.example.com/a)"),
        ("see https://wiki.example.com/a.", "see https://wiki.example.com/a."),
        ("see https://wiki.example.com/b.", "see [link removed]."),
        ("www.evil.test and evil.com", "[link removed] and [link removed]"),
        ("evil.it/x but done.it is not", "[link removed] but done.it is not"),
        ("mail a@example.com, b@example.com", "mail a@example.com, [link removed]"),
        ("javascript:alert", "[link removed]"),
        ("p99 < 300 ms, a <b> c", "p99 < 300 ms, a ‹b> c"),
        ("<!chan\u200bnel>", "channel"),
        ("a\u202eb\x00c\r\nd", "abc\nd"),
        ("We ship in 3 steps: e.g. this.", "We ship in 3 steps: e.g. this."),
    ],
)
def test_only_what_a_source_holds_stays_alive(text: str, shown: str) -> None:
    assert plain(text, [KNOWN]) == shown


PIECES = st.sampled_from(
    [*"<>|!@#^: ./", "channel", "here", "@U1", "@U2", "#C1", "https://", "evil.com", "mailto:", "www.", "\u200b"]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@given(TEXTS)
def test_no_sequence_survives_that_no_source_holds(text: str) -> None:
    shown = plain(text, [])
    assert not re.search(r"<[@#!/a-zA-Z]", shown)
    assert not re.search(r"(?<!\w)@(channel|here|everyone)\b", shown)
    assert "://" not in shown or not re.search(r"[a-z]://[^\s<>|.:/]", shown)


@given(TEXTS, TEXTS)
def test_making_it_plain_twice_changes_nothing(text: str, source: str) -> None:
    once = plain(text, [source])
    assert plain(once, [source]) == once


@given(st.lists(st.sampled_from(["a word", "(and)", "more,", "12%", "p99 < 3", "e.g.", "\n"])).map(" ".join))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(text, []) == text
