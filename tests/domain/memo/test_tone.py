"""The tone of memo lines: what must be left alone, and what must be named word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.memo.tone import find_tone


def words(text: str) -> list[tuple[str, str]]:
    return [(finding.kind, finding.word) for finding in find_tone(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Fraud losses rose from $1.2M to $3.5M in Q3, per the risk report of 12 Oct.",
        "The contract commits us to three years; the penalty for leaving early is €400k.",
        "If we do not sign by 4 Dec, 40 customers lose access on 1 Jan and $200k a week is at risk.",
        "Strong growth in support value: market share went from 11% to 14% (source: dashboard).",
        "Gross margin is cut by two points; outstanding invoices stand at £80k.",
        "A failed migration would delete customer data with no way back.",
        "The critical path runs through the defect in billing, which blocks the launch.",
        "Three of five banks rejected the application; one terminated the agreement.",
        "The attack surface grows by two endpoints; the security audit found one weak cipher.",
        "We would kill the old API, abandon the pilot and suspend 12 accounts.",
        "Churn among the poorest segment is worse than the baseline: 4.1% against 2.8%.",
        "The interest rate is 4.5%; the worst case costs $2M, the best case saves $1M.",
        "Disaster recovery was tested on 3 Nov; chaos engineering starts in January.",
        "The dead letter queue holds 300 poison messages after the failure on Friday.",
        "Employees in Ohio take sick leave; the illegal dismissal case was settled for $90k.",
        "Dana Ruiz approves the price of $49 by 4 Dec, so that sales can quote it from 7 Dec.",
        "It is a one-way door: once published, the price is a public promise to 2,000 customers.",
        "The victim support charity lost its grant; the war in the region cut supply by 30%.",
        "This kind of contract cannot be ended early; any sort of refund needs Legal.",
        "The store is eventually consistent and garbage collected; retries are lazy-loaded.",
        "Panic buttons are sold to 12 retail customers; care homes are the second segment.",
        "Regrettable attrition is at 6%, and pain points are listed in the survey.",
        "Anti-money laundering (AML) checks deny 2% of payments; false positives are 0.4%.",
        "Bad weather delayed the shipment; the happy path takes 120 ms.",
        "See https://example.test/disaster-obviously-report and <@U123|terrible> at :rage: time.",
        "Run `drop_everything_very_fast` on host hate@example.test for 3 days.",
        "We ask Project Fury and Grace from Legal to confirm by Friday.",
        "",
        "   \n\n",
        "12 34.5 % $ € 1,000",
    ],
)
def test_a_plain_business_line_is_left_alone(line: str) -> None:
    assert words(line) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "Obviously this is a disaster, and they refuse to help.",
            [("intensifier", "Obviously"), ("emotive", "disaster"), ("blame", "they refuse")],
        ),
        (
            "Sales never listens; it is their fault that we are in a terrible mess.",
            [("blame", "never listens"), ("blame", "their fault"), ("emotive", "terrible"),
             ("emotive", "mess")],
        ),
        (
            "As usual, the platform team dropped the ball on a very simple change.",
            [("blame", "As usual"), ("blame", "dropped the ball"), ("intensifier", "very")],
        ),
        (
            "I think we will probably lose a huge deal, maybe two.",
            [("hedge", "I think"), ("hedge", "probably"), ("intensifier", "huge"), ("hedge", "maybe")],
        ),
        (
            "Hopefully it is kind of fine!! It might work.",
            [("hedge", "Hopefully"), ("hedge", "kind of"), ("intensifier", "!!"), ("hedge", "might")],
        ),
        (
            "The vendor is incompetent and an amazing offer is a no-brainer.",
            [("blame", "incompetent"), ("emotive", "amazing"), ("intensifier", "no-brainer")],
        ),
        (
            "We are bleeding money, it’s Marketing’s fault, and customers suffer.",
            [("emotive", "bleeding money"), ("blame", "Marketing’s fault"), ("emotive", "suffer")],
        ),
        ("The CEO said “this is a CATASTROPHE”.", [("emotive", "CATASTROPHE")]),
        ("A disaster-prone and heart-breaking nightmare.",
         [("emotive", "disaster"), ("emotive", "nightmare")]),
        ("You should have known. Nobody cares. Sales has no clue.",
         [("blame", "should have known"), ("blame", "Nobody cares"), ("blame", "has no clue")]),
        ("They ignored it\nand of\ncourse it broke.",
         [("blame", "They ignored"), ("intensifier", "of\ncourse")]),
        ("- Terrible: yes\n- Disaster: yes", [("emotive", "Terrible"), ("emotive", "Disaster")]),
    ],
)  # fmt: skip
def test_the_words_at_fault_are_named_as_they_were_written(line: str, found: list[tuple[str, str]]) -> None:
    assert words(line) == found


def test_every_kind_is_found() -> None:
    found = find_tone("They refuse. It is a very terrible thing, maybe.")
    assert {finding.kind for finding in found} == {"blame", "intensifier", "emotive", "hedge"}


def test_a_word_inside_another_word_is_not_found() -> None:
    assert words("Every discovery, quitely. Mightyfine! Unobviously painted.") == []


def test_a_negative_word_that_is_a_name_at_the_start_of_a_sentence_is_still_named() -> None:
    assert words("It failed. Terrible.") == [("emotive", "Terrible")]


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(["very", "disaster", "they", "refuse", "İ", "ﬁ", "maybe", "!!", "’s", "\0", "\n", "<@U1>"])
    ).map(" ".join)
)
def test_findings_stand_where_they_say_in_order_and_apart(text: str) -> None:
    end = 0
    for finding in find_tone(text):
        assert text[finding.start : finding.end] == finding.word
        assert end <= finding.start < finding.end
        end = finding.end


def test_a_page_of_text_is_judged_quickly() -> None:
    assert len(find_tone("This is a disaster. " * 2000)) == 2000


@pytest.mark.parametrize("ending", ["", "s", "ous", "ously"])
def test_a_family_of_words_is_found_by_how_it_begins(ending: str) -> None:
    assert words(f"This is a disast{ending} of ours.") == [("emotive", f"disast{ending}")]


@pytest.mark.parametrize(
    "line",
    [
        "The Amazon account stays; the Appalachian region is served from the desired state in Git.",
        "We resend the e-mail to each sender; a superblock was moved, and hysteresis stays at 5%.",
        "The rollout is staggered over three weeks, and is justified in spite of a price shock of 4%.",
    ],
)
def test_a_word_that_only_begins_like_a_warm_one_is_left_alone(line: str) -> None:
    assert words(line) == []
