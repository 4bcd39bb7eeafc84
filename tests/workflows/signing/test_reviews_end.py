"""A review always ends: whoever acts next hears of it, a question has its time, and what nobody touches closes."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db import roster
from app.db.models import Decision, FollowUp, Outbox
from app.domain.errors import NotAllowed, NotNow, ThresholdError, Unreadable
from app.domain.lifecycle import OPEN, Status
from app.domain.looking_back import Look, LookBack, Right
from app.domain.signing.signoff import Answer
from app.domain.triage.below import Advice
from app.domain.triage.questions import Question
from app.workflows import looking_back, memo
from app.workflows.people import profiles, taking_over
from app.workflows.people.profiles import Profile
from app.workflows.signing import deadline, deciding_below, delegation, open_questions, signoffs
from app.workflows.signing.sending import Sending, send
from app.workflows.triage import answering, verdicts
from tests.workflows.colleagues import (
    BEA,
    DANA,
    EVE,
    HELD,
    MEMO,
    MIA,
    OTTO,
    PAT,
    PROMISE,
    RITA,
    TWO_WAY,
    VERA,
    Company,
    called,
)

YEAR, LONG = timedelta(days=400), timedelta(days=80)


def question_of(company: Company, id: int) -> int:
    with company.look(id) as d:
        return d.questions[-1].id


def asked(company: Company, *, answered: bool) -> int:
    """In review, everybody has approved, and a question of the bar raiser's is open."""
    id = company.in_review()
    company.do(open_questions.ask, id, "How many customers is that?", by=BEA)
    company.sign(id, VERA)
    company.sign(id, BEA)
    if answered:
        company.do(open_questions.reply, id, question_of(company, id), "1,840, see the report.")
    return id


def said_between(company: Company, start: datetime, to: set[str] | None = None) -> list[tuple[str, str]]:
    with company.db.read() as session:
        rows = session.scalars(
            select(Outbox).where(Outbox.kind == "notice", Outbox.due_at >= start).order_by(Outbox.id)
        )
        return [(row.recipient, str(row.args["say"])) for row in rows if to is None or row.recipient in to]


def test_silent_signers_are_reminded_the_requester_hears_every_week_and_it_ends(company: Company) -> None:
    id = company.in_review()
    company.fire_all(until=company.now + YEAR)
    assert company.status(id) == "expired"
    said = company.said(RITA)
    assert said[0] == "deadline_passed"
    assert said.count("review_waits") >= 3, "a way on, every week"
    assert (said.count("expiring"), said[-1]) == (1, "expired")
    assert company.said(VERA).count("deadline_passed_signer") >= 3
    assert company.said(VERA)[-1] == "expired"
    ends = next(one.at for one in company.history(id) if one.what == "expire")
    assert ends >= datetime(2026, 12, 27, tzinfo=ends.tzinfo), "thirty days after the date that the signers had"


def test_a_question_that_nobody_answers_is_brought_up_and_the_deadline_is_said(company: Company) -> None:
    id = asked(company, answered=False)
    company.fire_all(until=company.now + timedelta(days=8))
    said = company.said(RITA)
    assert said[0] == "question"
    assert {"question_waits", "question_late", "deadline_passed"} <= set(said)
    assert "question_late" in company.said(BEA), "from now on it may be closed with a reason"
    company.fire_all(until=company.now + YEAR)
    assert company.status(id) == "expired"


def test_an_answered_question_nobody_calls_resolved_is_brought_up_to_whoever_asked(company: Company) -> None:
    id = asked(company, answered=True)
    company.fire_all(until=company.now + timedelta(days=3))
    assert company.said(BEA)[-2:] == ["question_waits", "question_late"]
    assert "question_late" in company.said(RITA)
    assert company.status(id) == "in_review"


def test_after_its_time_the_requester_closes_a_question_with_a_reason_the_signers_see(company: Company) -> None:
    id = asked(company, answered=True)
    question = question_of(company, id)
    with pytest.raises(NotNow, match="This question has time until Wed 25 Nov"):
        company.do(open_questions.close, id, question, "The report answers it.")
    company.fire_all(until=company.now + timedelta(days=3))
    with pytest.raises(Unreadable) as refused:
        company.do(open_questions.close, id, question, "Enough.")
    assert refused.value.field == "reason"
    for other in (BEA, VERA):
        with pytest.raises(NotAllowed):
            company.do(open_questions.close, id, question, "The report answers it.", by=other)
    company.do(open_questions.close, id, question, "The report answers it.")
    with company.look(id) as d:
        assert (d.status, d.questions[-1].closed_by) == ("approved", RITA)
        assert d.questions[-1].closed_because == "The report answers it."
    assert company.said(BEA)[-1] == company.said(VERA)[-1] == "question_closed"
    assert [e.detail["reason"] for e in company.history(id) if e.what == "close_question"] == ["The report answers it."]


def test_taking_it_up_again_keeps_it_open_as_its_sentence_says(company: Company) -> None:
    id = company.triage(HELD)
    company.fire_all(until=company.now + timedelta(days=28))
    assert company.said(RITA)[-1] == "expiring"
    company.do(answering.take_up, id)
    company.fire_all(until=company.now + timedelta(days=20))
    assert company.status(id) == "held", "it no longer closes three days after that word"
    company.fire_all(until=company.now + YEAR)
    assert company.status(id) == "expired"
    assert company.said(RITA).count("expiring") == 2, "and its new end has a word of its own before it"


def test_what_was_handed_over_is_taken_back_until_the_delegate_has_answered(company: Company) -> None:
    id = company.in_review()
    company.do(delegation.hand_over, id, DANA, by=VERA)
    company.do(delegation.take_back, id, by=VERA)
    with company.look(id) as d:
        assert [(s.user_id, s.rung) for s in d.signers if not s.handed_over] == [(BEA, None), (VERA, "vp")]
    assert company.said(DANA) == ["taken_back"]
    company.do(delegation.hand_over, id, DANA, by=VERA)
    company.sign(id, DANA)
    with pytest.raises(NotNow, match="has answered already, in your place"):
        company.do(delegation.take_back, id, by=VERA)
    with pytest.raises(NotAllowed, match="You handed nothing over"):
        company.do(delegation.take_back, id, by=BEA)


def test_an_owner_who_leaves_leaves_it_to_the_requester(company: Company) -> None:
    id = company.triage(TWO_WAY)
    company.do(verdicts.deflect, id, verdicts.Deflection(OTTO, "returns"))
    leave(company, OTTO)
    with company.look(id) as d:
        assert d.owner_id == RITA
    assert company.said(RITA) == ["owner_left"]
    company.fire_all(until=company.now + timedelta(days=20))
    assert "learning_due" in company.said(RITA)


# ── random lives ────────────────────────────────────────────────────────────────────────────────────────


def leave(company: Company, user: str) -> None:
    with company.db.begin() as session:
        profiles.update(session, company.team, user, Profile(called(user), "UTC", active=False), company.now)


EVERYBODY = [RITA, OTTO, MIA, DANA, VERA, BEA, PAT, EVE]
WHO = st.sampled_from(EVERYBODY)


def step(company: Company, id: int, data: st.DataObject) -> None:
    """Somebody does something, or time passes, or somebody leaves."""
    who, other = data.draw(WHO), data.draw(WHO)
    words = data.draw(st.sampled_from(["", "As we said on Monday."]))
    with company.look(id) as d:
        version, requester, owner = d.memo_version, d.requester_id, d.owner_id
        questions = [one.id for one in d.questions]
        asking = d.asking or company.question(id)
    asker = data.draw(st.sampled_from([who, requester]))
    question = data.draw(st.sampled_from(questions)) if questions else 0
    ahead = (company.now + timedelta(days=data.draw(st.integers(1, 20)))).date()
    verbs: dict[str, Callable[[], Any]] = {
        "later": lambda: company.fire_all(until=company.now + timedelta(hours=data.draw(st.integers(1, 400)))),
        "answer": lambda: asking and company.do(answering.answer, id, asking, PROMISE[asking], by=asker),
        "go_to": lambda: company.do(answering.go_to, id, Question.TRIED, by=asker),
        "take_up": lambda: company.do(answering.take_up, id, by=asker),
        "deflect": lambda: company.do(verdicts.deflect, id, verdicts.Deflection(other, "returns"), by=asker),
        "ask_below": lambda: company.do(verdicts.ask_below, id, other, "?", by=asker),
        "advise": lambda: company.do(
            deciding_below.advise_below, id, data.draw(st.sampled_from(Advice)), "Try it.", by=who
        ),
        "anyway": lambda: company.do(verdicts.go_on_anyway, id, "Nobody stands in for her", by=asker),
        "start_memo": lambda: company.do(verdicts.start_memo, id, by=asker),
        "memo": lambda: company.do(memo.save, id, replace(MEMO, data=str(company.now)), version, by=asker),
        "send": lambda: company.do(send, id, Sending(VERA, BEA, ahead), by=asker),
        "sign": lambda: company.do(
            signoffs.sign, id, data.draw(st.sampled_from(Answer)), "Yes, if Legal agrees.", version, by=who
        ),
        "ask": lambda: company.do(open_questions.ask, id, "Who pays for it?", by=who),
        "reply": lambda: company.do(open_questions.reply, id, question, "We do.", by=asker),
        "resolve": lambda: company.do(open_questions.resolve, id, question, by=who),
        "close": lambda: company.do(open_questions.close, id, question, "It was answered twice.", by=requester),
        "met": lambda: company.do(signoffs.meet_condition, id, words, by=asker),
        "hand_over": lambda: company.do(delegation.hand_over, id, other, by=who),
        "take_back": lambda: company.do(delegation.take_back, id, by=who),
        "climb": lambda: company.do(delegation.replace_signer, id, who, other, "vp", by=requester),
        "extend": lambda: company.do(deadline.extend, id, ahead, by=requester),
        "shipped": lambda: company.do(looking_back.shipped, id, company.now.date(), by=owner),
        "not_shipped": lambda: company.do(looking_back.not_shipped, id, by=owner),
        "revisit": lambda: company.do(looking_back.disagree_and_commit, id, ahead, by=requester),
        "look": lambda: company.do(
            looking_back.look_back,
            id,
            LookBack(data.draw(st.sampled_from(Look)), Right.YES, "It went well.", "", "We kept it."),
            by=owner,
        ),
        "snooze": lambda: company.do(looking_back.snooze, id, 30, by=who),
        "leave": lambda: leave(company, who),
        "take_over": lambda: company.do(taking_over.take_over, id, by=who),
    }
    names = ["later", "later", "answer", *verbs]
    with suppress(ThresholdError):
        verbs[data.draw(st.sampled_from(names))]()


def loose_end(d: Decision) -> bool:
    """Whether something is still to come: it is open, or its owner or requester looks at it again."""
    later = d.status in (Status.DEFLECTED, Status.APPROVED, Status.IMPLEMENTED)
    return d.status in OPEN or later or (d.status is Status.DECLINED and d.look_on is not None)


def dated(company: Company, id: int) -> list[FollowUp]:
    with company.db.read() as session:
        rows = session.scalars(select(FollowUp).where(FollowUp.decision_id == id, FollowUp.done_at.is_(None)))
        return list(rows)


BORN = count(10)


def live(first: Company, data: st.DataObject, steps: int) -> None:
    company = Company(first.db, team=f"T{next(BORN)}").settle_in()
    begins = data.draw(st.sampled_from(["in triage", "held", "in review"]))
    id = company.in_review() if begins == "in review" else company.triage(HELD if begins == "held" else None)
    for _ in range(data.draw(st.integers(3, steps))):
        step(company, id, data)
        with company.look(id) as d:
            if loose_end(d):
                assert dated(company, id), f"{d.status} and nothing is dated: nobody will hear anything any more"
    before = company.now
    company.fire_all(until=company.now + LONG)
    with company.look(id) as d:
        assert d.status not in OPEN, "nobody did anything for eighty days, and it is still open"
        if loose_end(d):
            here = {s for s in EVERYBODY if _active(company, s)}
            people = {p.user_id for p in d.participants} & here
            assert dated(company, id)
            if people & {d.requester_id, d.owner_id}:
                assert said_between(company, before, people), f"{d.status}: nobody heard anything in eighty days"


def _active(company: Company, user: str) -> bool:
    with company.db.read() as session:
        person = roster.person(session, company.team, user)
        return bool(person and person.active)


LIVES = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@given(st.data())
@LIVES
def test_there_is_no_state_in_which_nobody_will_hear_anything_any_more(company: Company, data: st.DataObject) -> None:
    live(company, data, 16)


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@given(st.data())
@settings(LIVES, max_examples=2)
def test_nor_is_there_one_on_postgresql(company: Company, data: st.DataObject) -> None:
    live(company, data, 7)
