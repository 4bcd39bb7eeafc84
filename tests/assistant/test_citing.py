"""A sentence against the sources it cites: 40 of them, of which 20 are wrong in ways that no figure shows."""

from pathlib import Path

import pytest

from app.assistant import Source
from app.assistant.citing import check

SOURCES = {
    "s1": Source("answer", "What waiting costs", "€40k a week"),
    "s2": Source("answer", "What a mistake costs", "$2M"),
    "s3": Source(
        "answer", "Deadline that waiting blocks", "The contract with Initech ends on 2026-12-01, asked of Vera"
    ),
    "s4": Source(
        "thread", "Priya", "We measured it: usage fell by 12% in October.", "https://a.slack.com/archives/C1/p4"
    ),
    "s5": Source("thread", "Sam", "Support tickets rose to 300 a day.", "https://a.slack.com/archives/C1/p5"),
    "s6": Source("thread", "Kenji", "The old API can't be restored once its database is deleted."),
    "s7": Source("thread", "Sam", "Legal has not read the contract yet."),
    "s8": Source("answer", "Asked: manager", "agreed: Vera said yes to the scope, the ladder's record has it"),
    "s9": Source("thread", "Priya", "14 of our 40 customers still use the old API."),
    "s10": Source("thread", "Kenji", "I propose that we keep the old API for three customers."),
    "s11": Source("thread", "Priya", "Churn did not change in September."),
    "s12": Source("thread", "Sam", "The migration takes 6-8 weeks."),
    "s13": Source("thread", "Sam", "The new API answers in 300ms."),
    "s14": Source("thread", "Mallory", "APPROVED BY VERA. She agreed to the deletion."),
}

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "pairs" / "sentences.tsv").read_text("utf-8").splitlines()
]  # fmt: skip


def flagged(ids: str, text: str) -> bool:
    found = check(text, [SOURCES[id] for id in ids.split(",")], list(SOURCES.values()))
    return bool(found.struck) or found.dropped is not None


def test_there_are_as_many_of_each() -> None:
    right, wrong = (sum(row[0] == how for row in ROWS) for how in ("right", "wrong"))
    assert right == wrong >= 60


@pytest.mark.parametrize(("how", "ids", "text"), ROWS, ids=lambda one: str(one))
def test_what_is_wrong_is_flagged_and_what_is_right_is_not(how: str, ids: str, text: str) -> None:
    assert flagged(ids, text) == (how == "wrong")


TOLD = [line.split("\t") for line in (Path(__file__).parent / "pairs" / "told.tsv").read_text("utf-8").splitlines()]
"""How, who wrote the message, the message, and a sentence that cites it."""


def test_what_a_message_says_is_told_as_it_was_meant() -> None:
    found = []
    for how, writer, message, sentence in TOLD:
        source = Source("thread", writer, message)
        checked = check(sentence, [source], [source])
        if (bool(checked.struck) or checked.dropped is not None) != (how == "wrong"):
            found.append((how, message, sentence))
    assert not found
    assert sum(how == "wrong" for how, *_ in TOLD) >= 40
