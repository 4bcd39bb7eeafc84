"""What was kept with a verdict gives back exactly that verdict; what can't be worked out again says so."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.db import queries
from app.db.models import Decision
from app.db.session import Database
from app.db.verifying import Record, verify
from app.domain.answers import Setting
from app.domain.errors import ThresholdError
from app.domain.ladder import Rung
from app.domain.triage.below import Advice, DecidedBelow
from app.domain.triage.questions import QUESTIONS, Question
from app.domain.triage.replay import NotReplayable, told_before
from app.domain.triage.verdict import Verdict
from app.words.triage.verdict import Background, say
from app.workflows.people import ladders
from app.workflows.policy import set_policy
from app.workflows.record import erasing, replaying, retention
from app.workflows.signing import deciding_below, signoffs
from app.workflows.triage import answering, intake, verdicts
from tests.domain.triage.test_triage import VALUES
from tests.policies import POLICIES
from tests.workflows.colleagues import BEA, DANA, HELD, MIA, PAT, PROMISE, RITA, TWO_WAY, Company, called


def stored(session: Session, company: Company) -> list[Decision]:
    """All of them, forgotten ones too."""
    query = select(Decision).where(Decision.workspace_id == company.team).order_by(Decision.id)
    return list(session.scalars(query))


@contextmanager
def decisions(company: Company) -> Iterator[list[Decision]]:
    with company.db.read() as session:
        yield stored(session, company)


def check_all(company: Company) -> int:
    """Every stored verdict comes back exactly. Returns how many there are."""
    count = 0
    with company.db.read() as session:
        for d in stored(session, company):
            if d.verdict is not None:
                assert replaying.replayed(session, d) == d.verdict, d.name
                count += 1
    return count


def test_what_is_kept_with_a_verdict_is_its_day_rung_ladder_and_policy(company: Company) -> None:
    with company.look(company.triage(HELD)) as d:
        assert d.judged_in
        assert (d.judged_in.today, d.judged_in.requester_rung) == (date(2026, 11, 23), None)
        assert d.judged_in.ladder.on(Rung.DIRECTOR) == (DANA,)
        assert (d.policy_version, d.not_replayable) == (1, None)
    assert check_all(company) == 1


STEPS = ["answer"] * 6 + ["start", "go_to", "ask", "decide", "advise", "later", "seat", "memo", "anyway", "policy"]


@given(st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_verdict_of_any_history_comes_back(company: Company, data: st.DataObject) -> None:
    """Answers in any order and again, people asked below, a ladder and a policy that change, days that pass."""
    id = company.triage()
    for step in data.draw(st.lists(st.sampled_from(STEPS), min_size=8, max_size=30)):
        question = data.draw(st.sampled_from(QUESTIONS)) if step == "go_to" else company.question(id)
        verbs: dict[str, tuple[Any, ...]] = {
            "start": (intake.start, "Another one"),
            "go_to": (answering.go_to, id, question),
            "ask": (verdicts.ask_below, id, MIA, "Can you?"),
            "memo": (verdicts.start_memo, id),
            "anyway": (verdicts.go_on_anyway, id, "Nobody stands in for her"),
        }
        try:
            if step == "answer" and question:
                company.do(answering.answer, id, question, data.draw(VALUES[question]))
            elif step == "decide":
                decided = DecidedBelow("We go on with it.", "It went wrong.", BEA)
                company.do(deciding_below.decide_below, id, decided, by=MIA)
            elif step == "advise":
                advice = data.draw(st.sampled_from(Advice))
                company.do(deciding_below.advise_below, id, advice, "So it is.", by=MIA)
            elif step == "later":
                company.later(days=data.draw(st.integers(1, 9)))
            elif step == "seat":
                rung = data.draw(st.sampled_from(["manager", "director", "vp"]))
                company.do(
                    ladders.seat, "C1", {rung: [data.draw(st.sampled_from([RITA, MIA, DANA]))]}, by=company.keeper
                )
            elif step == "policy":
                with company.db.begin() as session:
                    set_policy(session, company.team, data.draw(POLICIES), company.keeper, company.now)
            elif step in verbs:
                company.do(*verbs[step])
        except ThresholdError:
            pass
        check_all(company)


def test_a_verdict_still_comes_back_when_its_words_or_a_person_are_gone(company: Company) -> None:
    ids = [company.triage(HELD), company.triage(TWO_WAY), company.triage(PROMISE)]
    company.do(verdicts.ask_below, ids[0], MIA, "Can you decide this?")
    with company.db.begin() as session:
        erasing.erase_person(session, company.team, MIA, company.now)
    assert check_all(company) == 3
    with decisions(company) as found:
        assert MIA not in str([(d.verdict, d.judged_in) for d in found])


def test_after_a_year_its_figures_findings_and_setting_stay_and_the_words_go(company: Company) -> None:
    id = company.triage(HELD)
    company.do(verdicts.go_on_anyway, id, "The board wants it in March.")
    company.do(signoffs.withdraw, id, "Not now.")
    with company.look(id) as d:
        before = d.verdict
    company.later(days=400)
    with company.db.begin() as session:
        assert retention.forget_closed(session, company.now, timedelta(days=365)) == "D-1"
    with decisions(company) as (d,):
        assert d.verdict == before
        assert d.answers.deadline
        assert (d.answers.deadline.what, d.answers.deadline.on) == ("", date(2026, 12, 1))
        assert d.answers.costs == replace(PROMISE[Question.COSTS], told_on=date(2026, 11, 23))
        assert "holiday" not in str(d.answers)
    assert check_all(company) == 1
    with company.db.read(steady=True) as session:
        assert list(verify(session, company.team, Record())) == []


# ── verdicts of the release before ──────────────────────────────────────────────────────────────────────


def as_before(db: Database, company: Company) -> None:
    """What the release before left: sentences in the verdict, no setting, no version."""
    with db.begin() as session:
        for d in stored(session, company):
            found = d.verdict
            if found is None or d.judged_in is None:
                continue
            names = {user: called(user) for user in (MIA, PAT)}
            background = Background(d.answers, d.judged_in.today, names)
            value = {
                "door": found.door, "next_step": found.next_step, "rung": found.rung, "below": found.below,
                "why": [say(one, background) for one in found.why],
                "gates": [
                    {"name": gate.name, "passed": gate.passed, "reason": say(gate.finding, background)}
                    for gate in found.gates
                ],
                "notes": [say(one, background) for one in found.notes],
            }  # fmt: skip
            session.execute(
                text("UPDATE decision SET verdict = :verdict, judged_in = NULL, policy_version = NULL WHERE id = :id"),
                {"verdict": json.dumps(value), "id": d.id},
            )
            session.expire_all()


def _without_deputies(d: Decision) -> Setting:
    assert d.judged_in
    return replace(d.judged_in, ladder=replace(d.judged_in.ladder, deputies={}))


def taken_up(company: Company) -> list[str]:
    names = list[str]()
    while True:
        with company.db.begin() as session:
            name = replaying.take_up_told(session, company.now)
        if name is None:
            return names
        names.append(name)


def test_a_verdict_of_the_release_before_is_taken_up_with_its_setting(company: Company) -> None:
    """Its day, its requester's rung and the ladder stand in the record, also where they are others today."""
    held, small = company.triage(HELD), company.triage(TWO_WAY)
    with decisions(company) as found:
        kept = {d.id: (d.verdict, _without_deputies(d)) for d in found}  # nobody had named one in those days
    company.later(days=30)
    company.do(ladders.seat, "C1", {"manager": [RITA]}, by=company.keeper)
    as_before(company.db, company)
    with company.look(held) as d:
        assert d.verdict
        assert told_before(d.verdict)
    assert taken_up(company) == ["D-1", "D-2"]
    with decisions(company) as found:
        assert {d.id: (d.verdict, _without_deputies(d)) for d in found} == kept
        assert {d.id: d.policy_version for d in found} == {held: 1, small: 1}
    assert check_all(company) == 2
    assert taken_up(company) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("DELETE FROM audit_event WHERE what = 'verdict'", NotReplayable.SETTING_UNKNOWN),
        (
            "UPDATE decision SET verdict = replace(CAST(verdict AS TEXT), '14', '8')",
            NotReplayable.RULES_CHANGED,
        ),
    ],
)
def test_one_whose_setting_nobody_knows_or_that_other_rules_made_says_so(
    company: Company, change: str, why: NotReplayable
) -> None:
    id = company.triage(HELD)
    as_before(company.db, company)
    cast = change.replace("AS TEXT), '14', '8')", "AS TEXT), '14', '8')::json")
    with company.db.begin() as session:
        postgresql = session.connection().dialect.name == "postgresql"
        session.execute(text("INSERT INTO audit_unlock (workspace_id) VALUES ('T1')"))
        session.execute(text(cast if postgresql else change))
        session.execute(text("DELETE FROM audit_unlock"))
    assert taken_up(company) == ["D-1"]
    with company.db.read() as session:
        d = queries.decision(session, company.team, id)
        assert d
        assert isinstance(d.verdict, Verdict)
        assert d.not_replayable is why
        assert replaying.replayed(session, d) is why
    assert taken_up(company) == []
