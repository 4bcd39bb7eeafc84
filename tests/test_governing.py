"""What an operator does with the policy on the command line, and what a change of it does to what is open."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from app.commands import policy, replay
from app.db import policies
from app.db.session import Database
from app.db.verifying import Record, verify
from app.domain.answers import Effect
from app.domain.errors import NotNow, Unreadable
from app.domain.ladder import Rung
from app.domain.policy.policy import SHIPPED_POLICY
from app.domain.reading.amounts import Amount
from app.domain.triage.questions import Question
from app.workflows.triage import answering
from tests.workflows.colleagues import PROMISE, RITA, Company, Said


@pytest.fixture
def company(db: Database) -> Company:
    return Company(db).settle_in()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "policy.toml"
    found.write_text('sign_off_days = 4\n[lowest_by_effect]\npromise = "director"\n')
    return found


def test_the_policy_is_shown_set_and_its_versions_are_listed(company: Company, file: Path, tmp_path: Path) -> None:
    shown = policy.show(company.db, company.team)
    assert "sign_off_days = 2" in shown
    said = policy.set_from(company.db, company.team, file, company.now)
    assert said.startswith("Version 2 counts from now on.")
    assert "Director: public promise, price or policy." in said
    assert "What is open is judged as before, until somebody answers a question of its triage again." in said
    lines = list(policy.history(company.db, company.team))
    assert lines[0] == "Version 2, 23 Nov 2026 10:00 UTC, by operator"
    assert "with the product" in lines[-1]
    again = tmp_path / "again.toml"
    again.write_text(policy.show(company.db, company.team))
    with pytest.raises(NotNow, match="That is the policy already: version 2"):
        policy.set_from(company.db, company.team, again, company.now)
    with company.db.read(steady=True) as session:
        assert list(verify(session, company.team, Record())) == []


def test_a_file_that_can_not_be_changes_nothing(company: Company, file: Path) -> None:
    file.write_text("sign_off_days = 0")
    with pytest.raises(Unreadable):
        policy.set_from(company.db, company.team, file, company.now)
    assert list(policy.history(company.db, company.team)) == [
        "Version 1, the policy that came with the product. Nobody has changed it."
    ]


def test_a_decision_keeps_its_version_until_a_question_is_answered_again(company: Company, file: Path) -> None:
    id = company.triage(PROMISE)
    with company.look(id) as d:
        assert (d.rung, d.policy_version) == (Rung.VP, 1)
    file.write_text('[lowest_by_effect]\npromise = "director"\n[lowest_by_mistake]\n100 = "director"\n')
    policy.set_from(company.db, company.team, file, company.now)
    company.later(minutes=1)
    with company.look(id) as d:
        assert (d.rung, d.policy_version) == (Rung.VP, 1)
    company.do(answering.go_to, id, Question.EFFECTS)
    company.do(answering.answer, id, Question.EFFECTS, frozenset({Effect.PROMISE}))
    with company.look(id) as d:
        assert (d.rung, d.policy_version) == (Rung.DIRECTOR, 2)
    found = replay.replay(company.db, company.team)
    told = list(replay.in_words(found, SHIPPED_POLICY, None))
    assert told == ["1 verdicts come out as they are kept, 0 otherwise, 0 can't be worked out again."]


def test_a_verdict_that_was_changed_by_hand_comes_out_otherwise(company: Company) -> None:
    id = company.triage(PROMISE)
    with company.db.begin() as session:
        session.execute(text("UPDATE decision SET policy_version = 9, judged_in = NULL WHERE id = :id"), {"id": id})
    told = list(replay.in_words(replay.replay(company.db, company.team), SHIPPED_POLICY, None))
    assert told[0] == "D-1 is not replayable: the day and the ladder it was judged by were not kept."


def test_each_workspace_has_its_own(company: Company, file: Path) -> None:
    elsewhere = Company(company.db, team="T2").settle_in()
    policy.set_from(company.db, company.team, file, company.now)
    with company.db.begin() as session:
        assert policies.current(session, company.team, company.now)[0] == 2
        assert policies.current(session, elsewhere.team, company.now) == (1, SHIPPED_POLICY)


def test_a_mistake_in_a_currency_without_a_rate_is_asked_about_on_the_scale(company: Company) -> None:
    said: Said = {q: value for q, value in PROMISE.items() if q is not Question.COSTS}
    id = company.triage(said)
    costs = replace(PROMISE[Question.COSTS], delay=None, delay_total=Amount(Decimal(1), "VND"))
    with pytest.raises(Unreadable) as refused:
        company.do(answering.answer, id, Question.COSTS, replace(costs, mistake=Amount(Decimal(10**9), "VND")), by=RITA)
    assert refused.value.field == "mistake"
    assert "no exchange rate for VND" in refused.value.sentence
    assert "use the scale" in refused.value.sentence
