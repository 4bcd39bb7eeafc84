"""Texts as tokens: the same for documents and queries, safe for both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.library.marks import Sight, marked, readers_in
from app.domain.library.ranking import Shelved, ranked, rarity, weights
from app.domain.library.tokens import LONGEST, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two-way doors", ["two", "way", "door"]),
        ("CEO/CFO approved.The policies", ["ceo", "cfo", "approved", "the", "policy"]),
        ("ADR-0012, Q4/2026", ["adr", "0012", "q4", "2026"]),
        ("ÉTÉ Straße ﬁx ＡＩ", ["ete", "strasse", "fix", "ai"]),
        ("返品期間", ["返品", "品期", "期間", "返", "品", "期", "間"]),
        ("status of this analysis", ["status", "of", "this", "analysis"]),
        ("🤷 — '", []),
    ],
)
def test_what_a_text_is_found_by(text: str, found: list[str]) -> None:
    assert tokens(text) == found


@given(st.text())
def test_every_token_is_of_letters_and_digits_and_is_found_by_itself(text: str) -> None:
    for token in tokens(text):
        assert token.isalnum()
        assert len(token) <= LONGEST + 1
        assert not set(token) & set("\"' :|&\\")
    assert set(tokens(text, asked=True)) <= set(tokens(text))


@given(st.lists(st.sampled_from("abcd"), max_size=5), st.sets(st.sampled_from(["U1", "U2"])))
def test_marks_tell_who_takes_part_and_nothing_of_another_workspace(found: list[str], readers: set[str]) -> None:
    marks = marked("i", "T1", 7, found, readers)
    assert readers_in(marks) == readers
    assert all(mark.partition(":")[0] in ("iT1", "pT1") for mark in marks.split())
    theirs = {mark for all_of in Sight("T2", "U1").under("a") for mark in all_of}
    assert not theirs & set(marks.split())


def test_what_is_rare_and_stands_in_the_title_goes_first() -> None:
    shelf = [Shelved(n, n, title, body) for n, (title, body) in enumerate([
        ("return window", "x " * 30), ("other", "return window " + "x " * 30), ("return", "y"), ("none", "z"),
    ])]  # fmt: skip
    asked = weights(["return", "window"], lambda token: rarity(4, {"return": 3, "window": 2}[token]))
    best = [one.number for score, one in ranked(shelf, asked, 20) if score > 0]
    assert best[0] == 0
    assert set(best) == {0, 1, 2}
    assert ranked([], asked, 0) == []
