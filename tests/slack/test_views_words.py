"""What a person typed, on its way to Slack."""

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.slack.views.text import block_text, day, escape, inline, mention, mentions, moment, sentence

NASTY = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="<>&!@#*_~`|\n\r\t\u202e\u2067\u2029\x00 aא🙂\u200d", max_size=300),
    st.sampled_from(["<!channel>", "<!here|x>", "<@U0ANA>", "<#C1>", "x" * 40_000, "&" * 5_000, "\n" * 4_000, "שלום"]),
)
LIVE = re.compile(r"<(?!@[UW][A-Z0-9]+>|https?://)")
ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(NASTY, st.integers(min_value=3, max_value=400))
def test_a_line_stays_one_line_within_its_limit_and_calls_nobody(text: str, limit: int) -> None:
    shown = inline(text, limit)
    assert units(shown) <= limit
    assert "<" not in shown
    assert "\n" not in shown
    assert not ENTITY.search(shown)


@given(NASTY, st.integers(min_value=20, max_value=3000), st.booleans())
def test_paragraphs_keep_to_their_limit_and_call_nobody(text: str, limit: int, quote: bool) -> None:
    shown = block_text(text, limit, quote=quote)
    assert units(shown) <= limit
    assert not LIVE.search(shown)
    assert not ENTITY.search(shown)
    if quote:
        assert all(line.startswith("> ") for line in shown.split("\n"))


@given(NASTY, st.integers(min_value=20, max_value=3000))
def test_a_sentence_keeps_mentions_of_people_and_nothing_else(text: str, limit: int) -> None:
    shown = sentence(f"<@U0ANA> says {text}", limit)
    assert shown.startswith("<@U0ANA> says")
    assert units(shown) <= limit
    assert not re.search(r"<(?!@[UW][A-Z0-9]+>)", shown)


@given(NASTY)
def test_escaped_text_has_no_control_character(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", escape(text))


def test_marks_at_the_edge_of_a_word_no_longer_format() -> None:
    shown = inline("*bold* _it_ ~gone~ `code` and snake_case, 5*3")
    assert shown == "∗bold∗ ˍitˍ ∼gone∼ ˋcodeˋ and snake_case, 5*3"


def test_right_to_left_text_is_isolated_from_what_follows() -> None:
    assert inline("שלום") == "\u2068שלום\u2069"
    assert inline("hello") == "hello"


def test_a_cut_is_shown_and_leaves_no_half_of_an_entity() -> None:
    assert inline("a & b & c", 10) == "a &amp; b…"
    assert inline("a & b & c", 6) == "a…"


def test_a_link_stays_whole_and_its_full_stop_outside() -> None:
    shown = block_text("See https://example.com/a_b_?x=1&y=2, then *go*.")
    assert shown == "See <https://example.com/a_b_?x=1&amp;y=2>, then ∗go∗."
    assert "https" not in block_text("word " * 3 + "https://example.com/long", 20)


def test_a_person_is_a_mention_and_the_clock_is_threshold() -> None:
    assert mention("U0ANA") == "<@U0ANA>"
    assert mention("threshold") == "Threshold"
    assert mention("<!channel>") == "&lt;!channel&gt;"
    assert mentions(["U1", "U2", "U3"]) == "<@U1>, <@U2> and <@U3>"


def test_a_day_names_its_year_only_where_it_is_another() -> None:
    assert day(date(2026, 12, 4), date(2026, 11, 23)) == "Fri 4 Dec"
    assert day(date(2027, 1, 4), date(2026, 11, 23)) == "Mon 4 Jan 2027"


def test_a_moment_is_told_in_the_readers_own_zone() -> None:
    at = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
    assert moment(at) == f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|26 Nov 2026, 17:00 UTC>"
