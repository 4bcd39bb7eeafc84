"""A signer abstains: on the record, never an approval, and somebody else on the rung is asked."""

import pytest

from app.domain.errors import NotNow, Unreadable
from app.domain.ladder import BAR_RAISER, Rung
from app.domain.lifecycle import Status
from app.domain.signing.signoff import Answer
from app.workflows.people import ladders
from app.workflows.signing import delegation
from tests.workflows.colleagues import BEA, CHANNEL, DANA, MIA, OTTO, RITA, VERA, Company

WHY = "The vendor's founder is my brother-in-law."


def seat(company: Company, chair: str, *users: str) -> None:
    company.do(ladders.seat, CHANNEL, {chair: list(users)}, by=company.keeper)


def test_the_next_on_the_rung_is_asked_and_only_their_approval_counts(company: Company) -> None:
    seat(company, "vp", VERA, OTTO)
    id = company.in_review()
    company.sign(id, VERA, Answer.ABSTAIN, WHY)
    company.sign(id, BEA)
    with company.look(id) as d:
        old, new = d.signers[0], d.signers[-1]
        assert (old.answer, old.said, old.handed_over) == (Answer.ABSTAIN, WHY, True)
        assert (new.user_id, new.rung, new.answer) == (OTTO, Rung.VP, None)
        assert d.status is Status.IN_REVIEW
    assert company.said(RITA)[-1] == "signed_abstain"
    assert company.dated("remind_deadline", to=OTTO)
    company.sign(id, OTTO)
    with company.look(id) as d:
        assert d.status is Status.APPROVED


def test_where_nobody_else_sits_there_the_requester_chooses_and_nothing_climbs_by_itself(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA, Answer.ABSTAIN, WHY)
    company.sign(id, BEA)
    with company.look(id) as d:
        assert (d.status, d.seat_to_fill, len(d.signers)) == (Status.IN_REVIEW, Rung.VP, 2)
    company.do(delegation.replace_signer, id, VERA, DANA, Rung.VP)
    company.sign(id, DANA)
    with company.look(id) as d:
        assert d.status is Status.APPROVED


def test_a_bar_raiser_may_abstain_too(company: Company) -> None:
    seat(company, BAR_RAISER, BEA, MIA)
    id = company.in_review()
    company.sign(id, BEA, Answer.ABSTAIN, WHY)
    with company.look(id) as d:
        assert [(one.user_id, one.rung) for one in d.signers if not one.handed_over] == [(VERA, Rung.VP), (MIA, None)]


def test_whoever_abstains_says_why_and_has_answered(company: Company) -> None:
    id = company.in_review()
    with pytest.raises(Unreadable):
        company.sign(id, VERA, Answer.ABSTAIN, " ")
    company.sign(id, VERA, Answer.ABSTAIN, WHY)
    with pytest.raises(NotNow):
        company.sign(id, VERA)
