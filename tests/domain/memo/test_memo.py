"""The one-page memo and what a careful reader would say. Today is Monday, 23 November 2026."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.domain.memo.checks import Check, blocking, check_memo
from app.domain.memo.parts import Memo, Prediction, changed_parts, from_json, reading_minutes, to_json, word_count
from app.words.memo.checks import say
from app.words.memo.parts import EXTRA_PARTS, PARTS, to_markdown

TODAY = date(2026, 11, 23)

GOOD = Memo(
    decision="Customers on the old plan move to $49 on 1 March, or keep $39 for a year.",
    one_way="Once 2,000 customers are told the price, taking it back breaks a public promise.",
    data="12% of trials convert at $49 against 13% at $39 (source: the October dashboard).",
    inaction="From 1 March every week of waiting costs $40k, since renewals lock in the old price.",
    ask="<@U2DANA> approves the $49 price by 4 Dec, so that the letters go out on 7 Dec.",
    premortem="Resellers had quoted the old price, and 40 of them asked for the difference.",
    alternatives="New customers only: brings $600k a year instead of $2M.",
    prediction=Prediction("Revenue per account", "$39", "$45", date(2027, 6, 1)),
)


def check(memo: Memo, rule: str, part: str | None = None) -> Check:
    found = [c for c in check_memo(memo, today=TODAY) if c.rule == rule and (part is None or c.part == part)]
    assert len(found) == 1, found
    return found[0]


def test_a_good_memo_passes_every_check() -> None:
    checks = check_memo(GOOD, today=TODAY)
    assert [c for c in checks if not c.passed] == []
    assert blocking(checks) == []
    assert all(say(c, TODAY) and c.words == () for c in checks)


def test_the_five_parts_come_in_the_order_of_the_page_with_a_question_and_an_example() -> None:
    assert [part.key for part in PARTS] == ["decision", "one_way", "data", "inaction", "ask"]
    assert [part.key for part in EXTRA_PARTS] == ["premortem", "alternatives"]
    assert all(part.title and "?" in part.question for part in PARTS)


def test_the_examples_pass_the_checks_they_are_examples_for() -> None:
    memo = replace(GOOD, **{part.key: part.example for part in PARTS + EXTRA_PARTS})  # type: ignore[arg-type]
    assert [say(c, TODAY) for c in check_memo(memo, today=TODAY) if not c.passed] == []


@pytest.mark.parametrize(
    "text", ["", "  \n ", "TBD", "tbd.", "n/a", "N.A.", "...", "—", "to do", "xxx", "To follow", "?"]
)
def test_an_empty_part_is_named_with_the_question_it_answers_and_blocks(text: str) -> None:
    blocked = blocking(check_memo(replace(GOOD, data=text), today=TODAY))
    assert [(c.rule, c.part) for c in blocked] == [("complete", "data")]
    assert say(blocked[0], TODAY).startswith("“The data” is still empty. Which figures")


def test_only_empty_parts_block_and_everything_else_is_advice() -> None:
    shouty = Memo("Disaster!!", "Obviously.", "They refuse.", "Maybe.", "Hm. " * 600)
    checks = check_memo(shouty, today=TODAY)
    assert len([c for c in checks if not c.passed]) > 8
    assert blocking(checks) == []


def test_a_memo_longer_than_a_page_is_told_where_to_start() -> None:
    long = replace(GOOD, one_way="word " * 500)
    found = check(long, "one_page")
    assert not found.passed
    assert say(found, TODAY).startswith(f"The memo has {word_count(long)} words, {word_count(long) - 500} more than")
    assert "“Why it is a one-way door” is the longest part (500 words)" in say(found, TODAY)


def test_a_page_is_five_hundred_words_and_two_minutes_over_the_five_parts_alone() -> None:
    page = Memo(**dict.fromkeys([part.key for part in PARTS], "word " * 100), premortem="more " * 300)  # type: ignore[arg-type]
    assert (word_count(page), reading_minutes(page)) == (500, 2.0)
    assert check(page, "one_page").passed
    assert not check(replace(page, ask="word " * 101), "one_page").passed


def test_a_link_or_a_mention_is_one_word_and_a_dash_is_none() -> None:
    memo = Memo(decision="See <https://x.test/a b|the long label> and <@U1|Dana Ruiz> — now")
    assert word_count(memo) == 5


def test_heated_words_are_named_part_by_part() -> None:
    memo = replace(GOOD, decision="Obviously a disaster, and they refuse it. Obviously! Maybe later.")
    found = check(memo, "tone", "decision")
    assert not found.passed
    assert found.words == ("Obviously", "disaster", "they refuse", "Maybe")
    assert say(found, TODAY) == (
        "“disaster” carries heat; the figure says more. “they refuse” points at people; say what happened and when."
        " “Obviously” adds weight but no news; put the figure in its place."
        " “Maybe” leaves the reader guessing; say how likely, or who will know by when."
    )
    assert check(memo, "tone", "ask").passed


def test_many_heated_words_are_counted_after_the_fifth() -> None:
    words = ["terrible", "horrible", "awful", "disaster", "fiasco", "nightmare", "scandal", "catastrophe"]
    found = check(replace(GOOD, premortem=" ".join(words)), "tone", "premortem")
    assert "“fiasco” and 3 more carry heat" in say(found, TODAY)
    assert found.words == tuple(words)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Conversion fell, per the October report.", ["a figure"]),
        ("Conversion fell by 12%.", ["a source"]),
        ("On 4 Dec 2026 conversion fell, see D-42 and the Q3 report.", ["a figure"]),
        ("Conversion fell <https://x.test/2026/12|here>, in 2026.", ["a figure"]),
        ("We all see it.", ["a figure", "a source"]),
    ],
)
def test_data_needs_a_figure_and_a_source(text: str, missing: list[str]) -> None:
    found = check(replace(GOOD, data=text), "data")
    assert not found.passed
    for need in ("a figure", "a source"):
        asked_for = say(found, TODAY).replace("is missing", "but not").partition("but not ")[2]
        assert (need in asked_for.partition(":")[0]) is (need in missing)


@pytest.mark.parametrize(
    "text",
    [
        "12% churn (source: survey)", "€3.5M, per Omar's forecast", "Two thirds left, according to Support",
        "3 of 10 banks: https://x.test/a", "The audit lists 7 gaps", "2000 customers, Looker", "٣٠ per the report",
    ],
)  # fmt: skip
def test_data_with_a_figure_and_a_source_passes(text: str) -> None:
    assert check(replace(GOOD, data=text), "data").passed


def test_inaction_needs_a_figure_and_a_date() -> None:
    for text, told in [
        ("It costs us customers.", "is missing a figure and a date: say how much"),
        ("It costs $40k a week.", "has a figure, but not a date yet: say from which day it hurts."),
        ("It costs us customers from 1 March.", "has a date, but not a figure yet: say how much waiting costs."),
        ("From Q1 customers leave.", "has a date, but not a figure"),
    ]:
        found = check(replace(GOOD, inaction=text), "inaction")
        assert not found.passed
        assert told in say(found, TODAY)
    assert check(replace(GOOD, inaction="By end of Q1 half of them leave."), "inaction").passed


@pytest.mark.parametrize(
    "text",
    [
        "<@U2DANA> approves it by Friday",
        "@dana to decide by 2026-12-04",
        "Dana Ruiz (CFO) approves the price by 4 Dec",
        "Dana (director) to approve by 4 Dec, so that the letters go out",
        "Vera (VP) to approve by 4 Dec",
        "Our VP (Vera to sign) by 4 Dec",
        "We ask Dana to choose A or B by 4 Dec.",
        "Approval by 4 Dec from Åsa, so that we can sign",
        "Who: Dana\nWhat: approve\nWhen: 4 Dec",
        "By 4 Dec: Dana, please sign the contract",
        "Dana and Omar confirm the plan in 2 weeks",
    ],
)
def test_an_ask_with_a_name_a_verb_and_a_date_passes(text: str) -> None:
    found = check(replace(GOOD, ask=text), "ask")
    assert found.passed, say(found, TODAY)
    assert say(found, TODAY) == "The ask has a name, a verb and a date."


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Approve the move to Kafka by 4 Dec.", "a name"),
        ("Please approve by Friday. The API and the EU team wait.", "a name"),
        ("We approve Kafka. Please confirm by Friday.", "a name"),
        ("Dana should look at it by 4 Dec.", "a verb"),
        ("Dana approves the price.", "a date"),
        ("Dana approves the price soon, 24/7.", "a date"),
    ],
)
def test_an_ask_that_leaves_something_open_is_told_what(text: str, missing: str) -> None:
    found = check(replace(GOOD, ask=text), "ask")
    assert not found.passed
    assert f"but not {missing} yet" in say(found, TODAY)


def test_an_ask_without_anything_is_told_all_three() -> None:
    assert say(check(replace(GOOD, ask="something needs doing"), "ask"), TODAY) == (
        "The ask is missing a name, a verb and a date: say who is asked, by name or as a mention; say what"
        " they do (approve, decide, choose, sign); say by which day."
    )


def test_an_ask_whose_date_has_passed_is_told_so() -> None:
    found = check(replace(GOOD, ask="Dana approves the price by 13 Nov."), "ask")
    assert (found.passed, found.words) == (False, ("13 Nov",))
    assert say(found, TODAY).startswith("The date in the ask, Fri 13 Nov, has passed.")
    assert check(replace(GOOD, ask="Dana, asked on 13 Nov, approves by 4 Dec."), "ask").passed


def test_the_customer_comes_in_before_anybody_else() -> None:
    memo = replace(GOOD, decision="We change the plan.", data="1% (report)", inaction="$1 from Friday")
    assert not check(memo, "customer").passed
    assert check(replace(memo, data="1% of the clients (report)"), "customer").passed
    assert check(replace(memo, inaction="Every Customer’s invoice"), "customer").passed
    assert not check(replace(memo, ask="Dana tells the customers"), "customer").passed


anything = st.text(max_size=60) | st.sampled_from(
    [
        "# head",
        "---",
        "===",
        "```",
        "~~~",
        "> q",
        "| a | b |\n|---|---|",
        "- a\n- - -\n- # b",
        "1. x\n2) y",
        "<b>hi</b>",
        "    code",
        "\tcode",
        "- \n",
        "[a]: http://x.test",
        "![i](x)",
        "<!-- c",
        "a\n:--",
        "a\n-",
        "&lt;b&gt;",
        "a\\",
        "*",
        "_ _ _",
        "https://x.test/a_b*c",
        "<https://x.test|l\n#x>",
        "<@U1|*n*>",
        "a\u2028# b",
        "a\x0b# b",
        "\0",
        "-     # x",
        "- 1. - x",
        "<https://x.test/`|x>",
        "https://x.test/)[a](b",
        "$$",
        "\r# x",
        "+ x",
        "1986. A year",
        "# ",
        "#",
        "\ufeff# x",
    ],
)
texts = st.lists(anything, max_size=5).map("\n".join)
predictions = st.none() | st.builds(Prediction, texts, texts, texts, st.none() | st.dates())
memos = st.builds(Memo, texts, texts, texts, texts, texts, texts, texts, predictions)


@given(memos)
def test_checks_never_fail_and_keep_their_order(memo: Memo) -> None:
    checks = check_memo(memo, today=TODAY)
    base = [(c.rule, c.part) for c in check_memo(Memo(), today=TODAY)]
    mine = [(c.rule, c.part) for c in checks]
    extra = [one for one in mine if one[1] in {"premortem", "alternatives"}]
    assert [one for one in mine if one not in extra] == base
    assert extra == sorted(extra, key=lambda one: one[1] == "alternatives")
    assert all(say(c, TODAY) for c in checks)
    assert checks == check_memo(memo, today=TODAY)


@pytest.mark.parametrize(
    "piece", ["@", "a", "a@", "<", "<@", "a.", "1,", "1.", "Dana ", "very ", "in ", "- ", "`", ":a", "( "]
)
def test_a_part_as_long_as_slack_lets_it_be_is_checked_at_once(piece: str) -> None:
    typed = piece * (3000 // len(piece))
    started = time.process_time()
    check_memo(Memo(typed, typed, typed, typed, typed), today=TODAY)
    to_markdown(Memo(typed), title=typed, number=1, meta=[])
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "predicted", [None, Prediction("", "$39", "$45"), Prediction("Revenue", "$39", ""), Prediction("TBD", "", "$45")]
)
def test_a_prediction_without_its_metric_or_target_is_advice(predicted: Prediction | None) -> None:
    found = check(replace(GOOD, prediction=predicted), "prediction")
    assert not found.passed
    assert say(found, TODAY) == "Name the metric and its target: the review will hold you to them."
    assert blocking(check_memo(replace(GOOD, prediction=predicted), today=TODAY)) == []


def test_a_prediction_for_a_day_that_has_passed_is_advice() -> None:
    found = check(
        replace(GOOD, prediction=Prediction("Revenue", "$39", "$45", TODAY - timedelta(days=1))), "prediction"
    )
    assert not found.passed
    assert "which has passed" in say(found, TODAY)


def test_an_empty_memo_has_one_check_a_rule_and_part() -> None:
    rules = [(c.rule, c.part) for c in check_memo(Memo(), today=TODAY)]
    assert rules == [
        *(("complete", part.key) for part in PARTS),
        ("one_page", None),
        *(("tone", part.key) for part in PARTS),
        ("data", "data"),
        ("inaction", "inaction"),
        ("ask", "ask"),
        ("customer", None),
        ("prediction", "prediction"),
    ]


@given(memos)
def test_a_memo_comes_back_from_storage_as_it_went(memo: Memo) -> None:
    assert from_json(json.loads(json.dumps(to_json(memo)))) == memo


def test_storage_carries_its_version_and_tolerates_what_it_does_not_know() -> None:
    assert to_json(GOOD)["v"] == 1
    assert to_json(GOOD)["prediction"]["on"] == "2027-06-01"
    assert from_json({}) == Memo()
    odd = {"v": 9, "ask": "x", "data": None, "mood": 1, "prediction": {"metric": "m", "on": "soon"}}
    assert from_json(odd) == Memo(ask="x", prediction=Prediction("m", "", "", None))
    assert from_json({"prediction": "yes"}).prediction is None


def test_changed_parts_are_named_in_the_order_of_the_page() -> None:
    later = replace(GOOD, ask="Omar decides", decision="Another", prediction=None)
    assert changed_parts(GOOD, later) == ("decision", "ask", "prediction")
    assert changed_parts(GOOD, replace(GOOD, data=GOOD.data + " \n")) == ()


def test_the_page_reads_from_title_to_prediction() -> None:
    page = to_markdown(GOOD, title="Raise the price\nto $49", number=42, meta=[("Owner", "Dana"), ("Door", "one_way")])
    assert page.startswith(
        "# D-42 · Raise the price to $49\n\n- **Owner:** Dana\n- **Door:** one\\_way\n\n## The decision\n"
    )
    assert "@U2DANA approves the $49 price by 4 Dec" in page
    assert page.endswith(
        "- **Metric:** Revenue per account\n- **Today:** $39\n- **Target:** $45\n- **On:** 2027-06-01\n"
    )


def test_a_part_not_written_is_said_so_and_an_extra_one_is_left_out() -> None:
    page = to_markdown(Memo(ask="Dana"), title="T", number=1, meta=[])
    assert page.count("*Not written yet.*") == 4
    assert "Pre-mortem" not in page


def test_links_and_lists_stay_what_they_are() -> None:
    memo = Memo(data="- 12% (<https://x.test/a_b|the report>)\n- see https://x.test/c_d.\n1. first\nline one\nline two")
    page = to_markdown(memo, title="T", number=1, meta=[])
    assert "- 12% (the report (<https://x.test/a_b>))  \n- see <https://x.test/c_d>." in page
    assert "line one  \nline two" in page


def shape(tokens: list[Token]) -> list[str]:
    """Everything that gives a page its structure, leaving out paragraphs, lists and their text."""
    plain = {"paragraph_open", "paragraph_close", "inline"}
    lists = {f"{kind}_{end}" for kind in ("bullet_list", "ordered_list", "list_item") for end in ("open", "close")}
    return [f"{token.type} {token.tag}" for token in tokens if token.type not in plain | lists]


@given(memos, texts)
def test_nothing_typed_can_break_the_page(memo: Memo, typed: str) -> None:
    page = to_markdown(memo, title=typed, number=42, meta=[("Owner", typed), (typed, "x")])
    reader = MarkdownIt("gfm-like", {"linkify": False})
    tokens = reader.parse(page)
    ours = ["heading_open h1", "heading_close h1"]
    parts = 5 + sum(f"## {part.title}\n" in page for part in EXTRA_PARTS) + (memo.prediction is not None)
    assert shape(tokens) == ours + ["heading_open h2", "heading_close h2"] * parts
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"text", "text_special", "softbreak", "hardbreak", "link_open", "link_close", "strong_open",
                     "strong_close", "em_open", "em_close"}  # fmt: skip
    links = [c.attrs["href"] for t in tokens for c in t.children or [] if c.type == "link_open"]
    assert all(str(link).startswith(("http://", "https://")) for link in links)
