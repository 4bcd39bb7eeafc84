"""The error tree: every branch carries a sentence a person can act on."""

from __future__ import annotations

import copy
import pickle

import pytest

from app.domain.errors import Busy, NotAllowed, NotFound, NotNow, ThresholdError, Unreadable
from app.words.errors import busy


@pytest.mark.parametrize("kind", [Unreadable, NotAllowed, NotNow, NotFound, Busy])
def test_every_error_is_caught_as_one_and_keeps_its_sentence(kind: type[ThresholdError]) -> None:
    error = kind("D-42 is decided already. Open it to see the answer.")
    assert isinstance(error, ThresholdError)
    assert error.sentence == str(error) == "D-42 is decided already. Open it to see the answer."


def test_what_could_not_be_read_says_which_input_it_was() -> None:
    error = Unreadable("Type a date, like 2026-12-04.", field="deadline")
    assert (error.field, str(error)) == ("deadline", "Type a date, like 2026-12-04.")
    assert Unreadable("Type a date.").field is None


def test_an_error_survives_being_copied_and_pickled() -> None:
    error = Unreadable("Type a date.", field="deadline")
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (twin.sentence, twin.field) == ("Type a date.", "deadline")


def test_a_busy_database_says_that_nothing_was_saved_and_what_to_do() -> None:
    assert "nothing was saved" in busy().sentence
    assert "try again" in busy().sentence
