"""After the decision: shipped, reviewed, learned; and a no that is looked at again."""

from datetime import UTC, date, datetime

import pytest

from app.domain.errors import NotAllowed, NotFound, NotNow, Unreadable
from app.domain.looking_back import Look, LookBack, Right
from app.domain.signing.signoff import Answer
from app.workflows import looking_back
from app.workflows.follow_ups.kind import MOOT, SENT
from app.workflows.triage import verdicts
from app.workflows.triage.verdicts import Deflection
from tests.workflows.colleagues import EVE, OTTO, RITA, TWO_WAY, VERA, Company

TODAY = date(2026, 11, 23)
LEARNED = LookBack(Look.LEARNING, Right.YES, "8% more clicks", "ask earlier", "We kept it.")
REVIEWED = LookBack(Look.REVIEW, Right.PARTLY, "5% came back")
REVISITED = LookBack(Look.REVISIT, Right.NO, "we lost the season")


def test_what_shipped_is_reviewed_four_weeks_after_that_day(company: Company) -> None:
    id = company.approved()
    company.do(looking_back.shipped, id, TODAY)
    with company.look(id) as d:
        assert (d.status, d.shipped_on, d.look_on) == ("implemented", TODAY, date(2026, 12, 21))
    (review,) = company.dated("review")
    assert review.due_at == datetime(2026, 12, 21, 9, tzinfo=UTC)
    assert company.moves(id)[-1] == "implement: approved→implemented"


def test_a_review_that_is_overdue_when_it_is_told_comes_now(company: Company) -> None:
    id = company.approved()
    company.later(days=60)
    company.do(looking_back.shipped, id, TODAY)
    (review,) = company.dated("review")
    assert review.due_at == company.now


def test_what_has_not_shipped_is_asked_for_again_in_two_weeks(company: Company) -> None:
    id = company.approved()
    (first,) = company.dated("ask_shipped")
    assert company.fire(first) == SENT
    (again,) = company.dated("ask_shipped")
    assert (again.due_at - first.due_at).days == 14
    company.do(looking_back.not_shipped, id)
    assert len(company.dated("ask_shipped")) == 1, "the same day is dated once"
    company.do(looking_back.shipped, id, TODAY)
    assert company.fire(again) == MOOT
    with pytest.raises(NotNow):
        company.do(looking_back.not_shipped, id)


def test_a_day_to_come_has_not_shipped(company: Company) -> None:
    id = company.approved()
    with pytest.raises(Unreadable) as refused:
        company.do(looking_back.shipped, id, date(2026, 11, 24))
    assert refused.value.field == "on"
    with pytest.raises(NotNow):
        company.do(looking_back.shipped, company.in_review(), TODAY)


def test_nothing_ships_before_it_was_approved(company: Company) -> None:
    id = company.approved()
    with pytest.raises(Unreadable, match="It was approved on Mon 23 Nov") as refused:
        company.do(looking_back.shipped, id, date(2026, 11, 22))
    assert refused.value.field == "on"
    assert company.status(id) == "approved"


def test_what_was_approved_may_be_dropped_with_a_reason(company: Company) -> None:
    id = company.approved()
    with pytest.raises(Unreadable):
        company.do(looking_back.drop, id, " ")
    company.do(looking_back.drop, id, "The season is over.")
    assert company.moves(id)[-1] == "drop: approved→withdrawn"
    with pytest.raises(NotNow):
        company.do(looking_back.drop, id, "again")


def test_the_review_is_asked_for_every_week_until_it_is_written(company: Company) -> None:
    id = company.approved()
    company.do(looking_back.shipped, id, TODAY)
    log = company.fire_all(["review"], until=datetime(2027, 1, 4, 12, tzinfo=UTC))
    assert [result for _, _, result in log] == ["sent"] * 3
    company.do(looking_back.look_back, id, REVIEWED)
    assert company.moves(id)[-1] == "review: implemented→reviewed"
    log = company.fire_all(["review"], until=datetime(2027, 2, 4, 12, tzinfo=UTC))
    assert [result for _, _, result in log] == ["moot"]
    with company.look(id) as d:
        assert [(one.by, one.look) for one in d.looks] == [(RITA, REVIEWED)]
        assert d.look_on is None
    with pytest.raises(NotNow):
        company.do(looking_back.look_back, id, REVIEWED)


def test_the_owner_writes_the_learning_check(company: Company) -> None:
    id = company.triage(TWO_WAY)
    company.do(verdicts.deflect, id, Deflection(OTTO, "clicks"))
    (check,) = company.dated("learning_check")
    assert company.fire(check) == SENT
    assert company.said(OTTO) == ["learning_due"]
    with pytest.raises(Unreadable):
        company.do(looking_back.look_back, id, LookBack(Look.LEARNING, Right.YES, " ", chose="We kept it."), by=OTTO)
    with pytest.raises(NotNow):
        company.do(looking_back.look_back, id, REVIEWED, by=OTTO)
    company.do(looking_back.look_back, id, LEARNED, by=OTTO)
    assert company.moves(id)[-1] == "learn: deflected→learned"


def test_a_no_is_committed_to_and_looked_at_again(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA, Answer.DECLINE, "The margin does not carry it.")
    with pytest.raises(NotNow):
        company.do(looking_back.look_back, id, REVISITED)
    with pytest.raises(Unreadable):
        company.do(looking_back.disagree_and_commit, id, TODAY)
    company.do(looking_back.disagree_and_commit, id, date(2027, 2, 1))
    (revisit,) = company.dated("revisit")
    assert revisit.due_at == datetime(2027, 2, 1, 9, tzinfo=UTC)
    assert company.fire(revisit) == SENT
    company.do(looking_back.look_back, id, REVISITED)
    assert company.status(id) == "declined", "a look back undoes nothing"
    with pytest.raises(NotNow):
        company.do(looking_back.look_back, id, REVISITED)


def test_a_revisit_follows_a_no(company: Company) -> None:
    with pytest.raises(NotNow):
        company.do(looking_back.disagree_and_commit, company.approved(), date(2027, 2, 1))


def test_looking_back_is_for_those_who_decided(company: Company, elsewhere: Company) -> None:
    id = company.approved()
    for verb, args in (
        (looking_back.shipped, (TODAY,)),
        (looking_back.not_shipped, ()),
        (looking_back.drop, ("why not",)),
        (looking_back.look_back, (REVIEWED,)),
        (looking_back.disagree_and_commit, (date(2027, 2, 1),)),
    ):
        for user in (EVE, VERA):
            with pytest.raises(NotAllowed):
                company.do(verb, id, *args, by=user)
        with pytest.raises(NotFound):
            elsewhere.do(verb, id, *args)
    assert company.status(id) == "approved"
