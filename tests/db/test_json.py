"""Domain objects that are kept as JSON come back as they went in."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db.models import Decision, Workspace
from app.db.session import Database
from app.db.types import JsonOf
from app.domain.answers import (
    Answers,
    Attempt,
    Commitment,
    Costs,
    Deadline,
    Effect,
    Likelihood,
    Result,
    Trial,
    Undo,
    UndoCost,
)
from app.domain.findings import DoorReason, Gate, GateFinding, GateName, RungNote
from app.domain.ladder import RUNGS, Ladder, Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import Look, LookBack, Right
from app.domain.memo.parts import Memo, Prediction
from app.domain.reading.amounts import Rate
from app.domain.triage.doors import Door
from app.domain.triage.verdict import NextStep, Verdict
from tests.db.test_session import NOW
from tests.findings import AMOUNTS, TEXT, any_of

DAYS = st.none() | st.dates(date(1990, 1, 1), date(2200, 1, 1))
STEPS = st.none() | st.integers(1, 5)
RUNG = st.sampled_from(RUNGS)
ANSWERS = st.builds(
    Answers,
    st.none() | st.sampled_from(Undo),
    st.none() | st.frozensets(st.sampled_from(Effect)),
    st.none() | st.sampled_from(UndoCost),
    st.none() | st.builds(Trial, st.booleans(), TEXT, TEXT, DAYS, st.booleans()),
    st.none() | st.builds(Deadline, st.booleans(), TEXT, DAYS),
    st.none()
    | st.builds(
        Costs,
        st.sampled_from(Likelihood),
        st.none() | st.builds(Rate, AMOUNTS, st.sampled_from(["day", "week"])),
        st.none() | AMOUNTS,
        STEPS,
        STEPS,
    ),
    st.none() | st.lists(st.builds(Attempt, RUNG, st.sampled_from(Result), TEXT, TEXT, TEXT), max_size=4).map(tuple),
    st.none() | st.builds(Commitment, st.booleans(), TEXT),
)


GATES = st.builds(Gate, st.sampled_from(GateName), st.booleans(), any_of(GateFinding))
VERDICTS = st.builds(
    Verdict,
    st.sampled_from(Door),
    st.lists(any_of(DoorReason), max_size=3).map(tuple),
    st.sampled_from(NextStep),
    st.none() | RUNG,
    st.lists(st.builds(Gate, st.sampled_from(GateName), st.booleans(), any_of(GateFinding)), max_size=4).map(tuple),
    st.none() | RUNG,
    st.lists(any_of(RungNote), max_size=2).map(tuple),
)
MEMOS = st.builds(
    Memo, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, st.none() | st.builds(Prediction, TEXT, TEXT, TEXT, DAYS)
)
USERS = st.lists(TEXT, max_size=3).map(tuple)
LADDERS = st.builds(Ladder, st.dictionaries(RUNG, USERS), USERS)
LOOKS = st.builds(LookBack, st.sampled_from(Look), st.sampled_from(Right), TEXT, TEXT)


@given(st.data())
@pytest.mark.parametrize(
    ("kind", "values"),
    [(Answers, ANSWERS), (Verdict, VERDICTS), (Memo, MEMOS), (Ladder, LADDERS), (LookBack, LOOKS)],
)
def test_what_goes_in_comes_out(kind: type, values: st.SearchStrategy[Any], data: st.DataObject) -> None:
    """Through the column type alone, as often as hypothesis likes; the database itself follows below."""
    value, column = data.draw(values), JsonOf(kind)
    stored = json.loads(json.dumps(column.process_bind_param(value, None)))  # type: ignore[arg-type]
    assert column.process_result_value(stored, None) == value  # type: ignore[arg-type]


@given(ANSWERS, VERDICTS, LADDERS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_database_keeps_what_it_was_given(db: Database, answers: Answers, verdict: Verdict, ladder: Ladder) -> None:
    with db.begin() as session:
        workspace = session.get(Workspace, "T1") or Workspace(id="T1", created_at=NOW, next_number=1)
        session.add(workspace)
        session.flush()
        d = Decision(
            workspace_id="T1", number=workspace.next_number, title="t", status=Status.TRIAGE, requester_id="U1",
            owner_id="U1", answers=answers, verdict=verdict, ladder=ladder, created_at=NOW, touched_at=NOW,
        )  # fmt: skip
        workspace.next_number += 1
        session.add(d)
        session.flush()
        id = d.id
    with db.read() as session:
        back = session.scalars(select(Decision).where(Decision.id == id)).one()
    assert (back.answers, back.verdict, back.ladder) == (answers, verdict, ladder)


def test_nothing_is_kept_as_nothing() -> None:
    column = JsonOf(Ladder)
    assert column.process_bind_param(None, None) is None  # type: ignore[arg-type]
    assert column.process_result_value(None, None) is None  # type: ignore[arg-type]


def test_a_rung_keeps_its_type_on_the_way_back() -> None:
    column = JsonOf(Ladder)
    stored = column.process_bind_param(Ladder({Rung.VP: ("U1",)}), None)  # type: ignore[arg-type]
    back = column.process_result_value(stored, None)  # type: ignore[arg-type]
    assert [type(rung) for rung in back.seats] == [Rung]
    assert back.rung_of("U1") is Rung.VP
