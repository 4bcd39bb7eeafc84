"""Pairs of a source and a draft: what was invented never passes, and what is true is hardly ever struck.

The pairs are data, one a line: `pairs/invented.tsv` and `pairs/true.tsv` in English, `pairs/languages.tsv` in others.
"""

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.__main__ import main
from app.assistant.claims import claims
from app.assistant.corrections import taken_back
from app.assistant.figures import facts, strike

HERE = Path(__file__).parent / "pairs"


class Pair(NamedTuple):
    source: str
    draft: str
    stands: bool


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.replace("\\n", "\n").split("\t") for line in lines if line]


INVENTED = [Pair(source, draft, False) for source, draft in rows("invented.tsv")]
TRUE = [Pair(source, draft, True) for source, draft in rows("true.tsv")]
LANGUAGES = [Pair(source, draft, how == "stands") for _, how, source, draft in rows("languages.tsv")]
ALL = [*INVENTED, *TRUE, *LANGUAGES]


def test_there_are_pairs_enough_in_six_languages() -> None:
    assert len(ALL) >= 300
    assert {language for language, *_ in rows("languages.tsv")} >= {"de", "fr", "es", "pt", "ja", "it"}
    assert len(LANGUAGES) >= 60


def test_nothing_invented_passes() -> None:
    assert not [one for one in ALL if not one.stands and not facts(one.draft, [one.source]).struck]


def test_of_what_is_true_nothing_here_is_struck() -> None:
    found = [(one, facts(one.draft, [one.source]).struck) for one in ALL if one.stands]
    assert not [one for one in found if one[1]]


def test_every_text_stands_by_itself() -> None:
    texts = [text for one in ALL for text in (one.source, one.draft)]
    assert not [text for text in texts if strike(text, [text]).struck and not taken_back(text, claims(text))]


@given(st.sampled_from(ALL), st.sampled_from(ALL))
def test_a_source_more_strikes_nothing_that_stood(pair: Pair, other: Pair) -> None:
    """More sources let a draft say more; a year beside a day without one is the exception that the rule names."""
    alone = facts(pair.draft, [pair.source])
    if any(year in other.source for year in ("19", "20")):
        return
    assert set(alone.stands) <= set(facts(pair.draft, [pair.source, other.source]).stands)


@given(
    st.sampled_from([2, 3, 12, 40, 250]),
    st.sampled_from(["day", "week", "month", "quarter", "year", "user", "order"]),
    st.sampled_from(["day", "week", "month", "quarter", "year", "user", "order"]),
    st.sampled_from(["€{}k per {}", "{}k EUR a {}", "EUR {},000/{}", "each {1} we pay €{0}k"]),
    st.sampled_from(["€{}k per {}", "€{},000/{}"]),
)
def test_per_what_is_part_of_a_quantity(value: int, one: str, other: str, source: str, draft: str) -> None:
    assert (not facts(draft.format(value, other), [source.format(value, one)]).struck) == (one == other)


@given(
    st.integers(2, 90),
    st.sampled_from(["customers", "employees", "orders", "stores", "days", "weeks", "working days", "%", "€", "pp"]),
    st.sampled_from(["customers", "employees", "orders", "stores", "days", "weeks", "working days", "%", "€", "pp"]),
)
def test_what_is_counted_is_part_of_a_quantity(value: int, one: str, other: str) -> None:
    assert (not facts(f"{value} {other}", [f"We know of {value} {one}."]).struck) == (one == other)


@given(st.integers(2, 90), st.sampled_from(["rose", "fell"]), st.sampled_from(["rose", "grew", "fell", "dropped"]))
def test_the_way_it_went_is_part_of_a_quantity(value: int, source: str, draft: str) -> None:
    same = (source == "rose") == (draft in ("rose", "grew"))
    assert (not facts(f"Sales {draft} by {value}%.", [f"Sales {source} {value} percent."]).struck) == same


def test_the_facts_of_a_draft_are_printed_in_its_own_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, draft = tmp_path / "source.txt", tmp_path / "draft.txt"
    source.write_text("Waiting costs $200k/day. Frist: 24.12.2026\n", "utf-8")
    draft.write_text("Waiting costs $200k a week, until 24 Dec 2026; 40 customers leave by Mon.\n", "utf-8")
    assert main(["read", "facts", "--source", str(source), "--draft", str(draft)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"stands": ["24 Dec 2026"], "struck": ["$200k", "40", "Mon"]}


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = tmp_path / "there.txt"
    here.write_text("x", "utf-8")
    assert main(["read", "facts", "--source", str(tmp_path / "gone"), "--draft", str(here)]) != 0
    assert "gone" in capsys.readouterr().err
