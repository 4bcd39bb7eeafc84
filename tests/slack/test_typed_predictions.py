"""How sure somebody is of a prediction, and what came of it: typed into forms, read as figures, shown again."""

from typing import Any

import pytest

from app.db.ledger import digest
from app.db.plain_json import plain
from app.domain.answers import Undo
from app.domain.errors import Unreadable
from app.domain.looking_back import Look, LookBack, Right, Undone
from app.domain.memo.parts import Memo, Prediction, from_json, to_json
from app.domain.reading.figures import figure_said
from app.slack import forms
from app.slack.forms import Fields
from app.slack.looked_back import looked_back
from app.slack.views.modals.memo import memo_values
from app.words.memo.predictions import how_sure
from app.words.reading.figures import read_figure, read_interval, read_probability


def typed(**fields: str) -> Fields:
    return Fields({name: {"type": "plain_text_input", "value": text} for name, text in fields.items()})


def chosen(**fields: str) -> dict[str, Any]:
    return {name: {"selected_option": {"value": value}} for name, value in fields.items()}


@pytest.mark.parametrize(
    ("text", "value"),
    [("70%", 0.7), ("70", 0.7), ("0.7", 0.7), ("7 in 10", 0.7), ("70 %", 0.7), ("100", 1.0), ("0", 0.0), ("1", 0.01)],
)
def test_how_sure_is_read_as_people_write_it(text: str, value: float) -> None:
    assert read_probability(text) == value


@pytest.mark.parametrize("text", ["seventy", "120%", "-3", "2m", "11 in 10"])
def test_what_can_be_no_probability_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="from 0 to 100%"):
        read_probability(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10 to 14", 10, 14), ("10–14%", 10, 14), ("1.2 to 1.5M", 1.2e6, 1.5e6), ("-5 to 5", -5, 5),
        ("between 1,200 and 1,500", 1200, 1500), ("10 bis 14", 10, 14),
    ],
)  # fmt: skip
def test_between_which_figures_is_read(text: str, low: float, high: float) -> None:
    assert read_interval(text) == (low, high)


@pytest.mark.parametrize("text", ["14 to 10", "10", "few to many", "10 to 10"])
def test_what_spans_nothing_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="lower and the upper"):
        read_interval(text)


@pytest.mark.parametrize(
    ("text", "value"), [("12%", 12), ("1.5M", 1.5e6), ("3,400", 3400), ("1,5", 1.5), ("$1.2M a year", 1.2e6)]
)
def test_the_figure_that_came_is_read(text: str, value: float) -> None:
    assert read_figure(text) == value
    assert read_figure(figure_said(value)) == value


def test_a_memo_keeps_how_sure_its_writer_is_and_shows_it_again() -> None:
    written = forms.memo(typed(metric="returns", target="6%", sure="70%", between="5 to 7"))
    assert written.prediction == Prediction("returns", "", "6%", None, 0.7, 5, 7)
    assert from_json(to_json(written)) == written
    shown = memo_values(written)
    assert (shown["sure"], shown["between"]) == ("70%", "5 to 7")
    assert how_sure(written.prediction) == "70% sure, and 80% sure of 5 to 7"
    kept = written.prediction.without_words()
    assert kept == Prediction("", "", "", None, 0.7, 5, 7)


def test_a_look_back_takes_choices_and_a_figure() -> None:
    answers = {**typed(happened="It rose.", actual="12.5%").values, **chosen(
        right="yes", undone="yes", undo_took="weeks", reached="no",
    )}  # fmt: skip
    found = looked_back(Look.REVIEW, Fields(answers))
    assert (found.undone, found.undo_took, found.reached, found.actual) == (Undone.YES, Undo.WEEKS, False, 12.5)
    with pytest.raises(Unreadable, match="how long undoing it took"):
        looked_back(Look.REVIEW, Fields({**typed(happened="It rose.").values, **chosen(right="yes", undone="yes")}))
    assert looked_back(Look.REVIEW, Fields({**typed(happened="x").values, **chosen(right="no")})).undone is None


def test_what_was_sealed_before_there_were_such_fields_still_verifies() -> None:
    before = {"look": "review", "right": "yes", "happened": "It rose.", "learned": ""}
    look = LookBack(Look.REVIEW, Right.YES, "It rose.")
    assert digest("salt", "look.1", [plain(look)]) == digest("salt", "look.1", [before])
    memo = Memo("a", prediction=Prediction("returns", "4%", "6%"))
    assert plain(memo)["prediction"] == {"metric": "returns", "baseline": "4%", "target": "6%", "on": None}
