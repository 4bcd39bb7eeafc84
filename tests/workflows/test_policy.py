"""A keeper changes the policy and it is a version, on the record; anybody else proposes it, and hears."""

from typing import Any

import pytest
from sqlalchemy import select

from app.db import policies
from app.db.models import AuditEvent, Outbox
from app.db.session import Database
from app.db.verifying import Record, verify
from app.domain.answers import Effect
from app.domain.errors import NotAllowed, NotFound, NotNow, Overtaken, Unreadable
from app.domain.ladder import Rung
from app.domain.policy.policy import Policy
from app.domain.triage.questions import Question
from app.workflows import policy, policy_proposals
from app.workflows.people import keepers, profiles
from app.workflows.people.profiles import Profile
from app.workflows.triage import answering
from tests.workflows.colleagues import ADA, DANA, EVE, OTTO, PROMISE, RITA, Company, called

PROMISES = {"lowest_by_effect": {"promise": {"0": "director"}}}


@pytest.fixture
def company(db: Database) -> Company:
    return Company(db).settle_in()


def now(company: Company) -> tuple[int, Policy]:
    with company.db.begin() as session:
        return policies.current(session, company.team, company.now)


def said(company: Company, to: str) -> list[Outbox]:
    return [one for one in company.messages("reply") if one.recipient == to]


def events(company: Company) -> list[AuditEvent]:
    with company.db.read() as session:
        found = select(AuditEvent).where(AuditEvent.decision_id.is_(None), AuditEvent.what.startswith("policy"))
        return list(session.scalars(found.order_by(AuditEvent.id)))


def test_a_keeper_sets_a_version_that_counts_when_a_triage_is_answered_again(company: Company) -> None:
    id = company.triage(PROMISE)
    assert company.do(policy.change_policy, PROMISES, 1, by=ADA) == 2
    with company.look(id) as d:
        assert (d.rung, d.policy_version) == (Rung.VP, 1)
    company.do(answering.go_to, id, Question.EFFECTS)
    company.do(answering.answer, id, Question.EFFECTS, frozenset({Effect.PROMISE}))
    with company.look(id) as d:
        assert d.policy_version == 2
    (event,) = events(company)
    assert (event.actor, event.what, event.detail) == (ADA, "policy", {"version": 2, "changed": PROMISES})
    assert said(company, ADA)[-1].args["lines"] == ["Director: public promise, price or policy."]
    with company.db.read(steady=True) as session:
        assert list(verify(session, company.team, Record())) == []


def test_nobody_else_changes_it_and_the_sentence_names_who_does(company: Company) -> None:
    for who in (RITA, DANA, EVE):
        with pytest.raises(NotAllowed, match=f"Keepers change the policy: <@{ADA}>"):
            company.do(policy.change_policy, {"wait_days": 9}, 1, by=who)
    assert now(company)[0] == 1


def test_of_two_keepers_at_once_the_second_is_told(company: Company) -> None:
    company.do(keepers.name_keeper, OTTO, by=ADA)
    company.do(policy.change_policy, {"wait_days": 9}, 1, by=ADA)
    with pytest.raises(Overtaken, match=f"<@{ADA}> changed the policy meanwhile: version 2 counts now"):
        company.do(policy.change_policy, {"review_days": 30}, 1, by=OTTO)
    company.do(policy.change_policy, {"review_days": 30}, 2, by=OTTO)
    number, found = now(company)
    assert (number, found.wait_days, found.review_days) == (3, 9, 30)
    with pytest.raises(NotNow, match="That is the policy already: version 3"):
        company.do(policy.change_policy, {"wait_days": 9}, 3, by=ADA)


@pytest.mark.parametrize(
    ("change", "key"),
    [({"wait_days": 0}, "wait_days"), ({"lowest": "peer"}, "lowest"), ({"soon": 1}, ""), ({"lowest_by_undo": 3}, "")],
)
def test_a_change_that_can_not_be_changes_nothing(company: Company, change: dict[str, Any], key: str) -> None:
    for verb, who in ((policy.change_policy, ADA), (policy_proposals.propose_policy, RITA)):
        with pytest.raises(Unreadable) as refused:
            company.do(verb, change, 1, by=who)
        assert (refused.value.field or "").startswith(key)
    assert now(company)[0] == 1


def test_a_proposal_is_one_card_to_each_keeper_and_the_proposer_hears_what_became_of_it(company: Company) -> None:
    company.do(keepers.name_keeper, OTTO, by=ADA)
    found = company.do(policy_proposals.propose_policy, PROMISES, 1, by=RITA)
    assert company.do(policy_proposals.propose_policy, PROMISES, 1, by=RITA).id == found.id, "no second one"
    assert sorted(one.recipient for one in company.messages("policy_proposal")) == sorted([ADA, OTTO])
    assert now(company)[0] == 1
    for who in (RITA, EVE):
        with pytest.raises(NotAllowed, match="Keepers settle what was proposed"):
            company.do(policy_proposals.settle_policy_proposal, found.id, True, by=who)
    company.do(policy.change_policy, {"wait_days": 9}, 1, by=ADA)
    company.do(policy_proposals.settle_policy_proposal, found.id, True, by=OTTO)
    number, kept = now(company)
    assert (number, kept.wait_days, kept.floor_by_effect[Effect.PROMISE][0].rung) == (3, 9, Rung.DIRECTOR)
    told = [one.args for one in said(company, RITA) if one.args["view"] == "policy_settled"]
    assert [(one["kept"], one["lines"]) for one in told] == [(True, ["Director: public promise, price or policy."])]
    with pytest.raises(NotNow, match=f"<@{OTTO}> kept it already"):
        company.do(policy_proposals.settle_policy_proposal, found.id, False, by=ADA)
    with pytest.raises(NotFound):
        company.do(policy_proposals.settle_policy_proposal, 99, False, by=ADA)
    assert [one.what for one in events(company)] == ["policy_proposal", "policy", "policy", "policy_proposal_kept"]


def test_declined_it_changes_nothing_and_what_changes_nothing_is_no_proposal(company: Company) -> None:
    found = company.do(policy_proposals.propose_policy, {"wait_days": 9}, 1, by=RITA)
    company.do(policy_proposals.settle_policy_proposal, found.id, False, by=ADA)
    assert now(company)[0] == 1
    assert company.do(policy_proposals.propose_policy, {"wait_days": 14}, 1, by=RITA) is None
    assert [one.args["kept"] for one in said(company, RITA) if one.args["view"] == "policy_settled"] == [False]


def test_kept_where_somebody_set_the_very_same_it_makes_no_version(company: Company) -> None:
    found = company.do(policy_proposals.propose_policy, {"wait_days": 9}, 1, by=RITA)
    company.do(policy.change_policy, {"wait_days": 9}, 1, by=ADA)
    company.do(policy_proposals.settle_policy_proposal, found.id, True, by=ADA)
    assert now(company)[0] == 2


def test_whoever_becomes_a_keeper_finds_what_waits(company: Company) -> None:
    company.do(policy_proposals.propose_policy, {"wait_days": 9}, 1, by=RITA)
    with company.db.begin() as session:
        profiles.update(session, company.team, DANA, Profile(called(DANA), "UTC", admin=True), company.now)
    assert [one.recipient for one in company.messages("policy_proposal")] == [ADA, DANA]
