"""Every reason for which a row is left out has its words."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.library.faults import Fault, Odd
from app.domain.library.past import Dirty
from app.words.importing import ODD, left_out
from tests.findings import any_one


@pytest.mark.parametrize("kind", get_args(Fault))
@given(st.data())
def test_every_fault_of_a_row_is_said_where_it_stands(kind: type, data: st.DataObject) -> None:
    why = data.draw(st.sampled_from(Odd) if kind is Odd else any_one(kind))
    said = left_out(Dirty("line 12", why))
    assert said.startswith("line 12: ")
    assert len(said.split()) > 3


def test_whatever_needs_no_figures_has_its_words() -> None:
    assert set(ODD) == set(Odd)
