"""What the rung below may answer: below the policy's lowest rung it advises; at or above it decides, in writing."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db import policies, queries
from app.domain.answers import Attempt, Effect, Result, Undo
from app.domain.errors import NotAllowed, ThresholdError, Unreadable
from app.domain.ladder import RUNGS, Rung
from app.domain.triage.below import Advice, DecidedBelow
from app.domain.triage.lowest_rung import floor
from app.domain.triage.questions import Question
from app.workflows.people import ladders
from app.workflows.signing import deciding_below
from app.workflows.triage import verdicts
from tests.workflows.colleagues import (
    BEA,
    CHANNEL,
    DANA,
    EVE,
    FOR_A_DIRECTOR,
    FOR_A_MANAGER,
    HELD,
    MIA,
    OTTO,
    PAT,
    PROMISE,
    RITA,
    VERA,
    Company,
    Said,
)

DECIDED = DecidedBelow("We delete the old accounts on 1 December.", "Somebody needed one of them for a lawsuit.")


def asked(company: Company, said: Said, who: str, *, sits: str | None = None) -> int:
    """A decision whose requester sits on a rung, and whom they asked beside or below it."""
    if sits:
        other = {"director": DANA, "manager": MIA}[sits]
        company.do(ladders.seat, CHANNEL, {sits: [other, RITA]}, by=VERA)
    id = company.triage(said)
    company.do(verdicts.ask_below, id, who, "Can you decide this?")
    return id


def test_below_the_lowest_rung_nobody_decides_and_the_sentence_says_what_they_can_do(company: Company) -> None:
    id = asked(company, HELD, MIA)
    with pytest.raises(NotAllowed) as refused:
        company.do(deciding_below.decide_below, id, DECIDED, by=MIA)
    assert refused.value.sentence == (
        "The lowest rung that can decide this is the VP, and you were asked as manager. You can advise, show how to "
        "make it two-way, or say that you disagree."
    )
    assert company.status(id) == "held"


@pytest.mark.parametrize("picked", [EVE, OTTO, PAT, MIA])
def test_whoever_is_picked_does_not_decide_unless_they_sit_there(company: Company, picked: str) -> None:
    id = asked(company, FOR_A_DIRECTOR, picked, sits="director")
    with pytest.raises(NotAllowed, match="You were asked as director, and sit on no rung that decides this"):
        company.do(deciding_below.decide_below, id, DECIDED, by=picked)


def test_at_the_lowest_rung_a_colleague_of_that_rung_decides_in_writing(company: Company) -> None:
    id = asked(company, FOR_A_DIRECTOR, DANA, sits="director")
    company.do(deciding_below.decide_below, id, DECIDED, by=DANA)
    with company.look(id) as d:
        assert (d.status, d.rung) == ("approved", Rung.DIRECTOR)
        assert d.memo
        assert d.memo.decision == DECIDED.what
        assert d.memo.premortem == DECIDED.premortem
        assert [(s.user_id, s.answer, s.said) for s in d.signers] == [(DANA, "approve", DECIDED.what)]
    assert company.said(RITA) == ["below_decides"]
    assert [e.detail["said"] for e in company.history(id) if e.what == "decides_below"] == [DECIDED.what]
    assert company.dated("ask_shipped"), "its owner is asked whether it has shipped"


@pytest.mark.parametrize(
    ("decided", "field"),
    [
        (DecidedBelow("", "It went wrong."), "what"),
        (DecidedBelow("Yes, fine.", "It went wrong."), "what"),
        (DecidedBelow("We delete them on Monday.", " "), "premortem"),
        (DecidedBelow("We delete them on Monday.", "It went wrong."), "bar_raiser"),
        (DecidedBelow("We delete them on Monday.", "It went wrong.", MIA), "bar_raiser"),
        (DecidedBelow("We delete them on Monday.", "It went wrong.", RITA), "bar_raiser"),
        (DecidedBelow("We delete them on Monday.", "It went wrong.", PAT), "bar_raiser"),
    ],
)
def test_deciding_takes_a_sentence_a_premortem_and_the_bar_raiser_policy_wants(
    company: Company, decided: DecidedBelow, field: str
) -> None:
    id = asked(company, FOR_A_MANAGER, MIA, sits="manager")
    with pytest.raises(Unreadable) as refused:
        company.do(deciding_below.decide_below, id, decided, by=MIA)
    assert refused.value.field == field
    assert company.status(id) == "held"


def test_where_policy_wants_a_bar_raiser_it_is_decided_once_they_have_read_it(company: Company) -> None:
    id = asked(company, FOR_A_MANAGER, MIA, sits="manager")
    company.do(deciding_below.decide_below, id, DecidedBelow(DECIDED.what, DECIDED.premortem, BEA), by=MIA)
    assert company.status(id) == "in_review"
    with company.look(id) as d:
        assert d.deadline_at, "the bar raiser has the days that policy grants, and is reminded"
    assert company.dated("remind_deadline", to=BEA)
    company.sign(id, BEA)
    assert company.status(id) == "approved"


@pytest.mark.parametrize(
    ("advice", "result", "notice", "status"),
    [
        (Advice.CANNOT_DECIDE, Result.CANNOT_DECIDE, "below_cannot", "triage"),
        (Advice.DISAGREE, Result.DISAGREE, "below_disagrees", "triage"),
        (Advice.TWO_WAY, Result.SHOWED_TWO_WAY, "below_two_way", "triage"),
    ],
)
def test_whoever_advises_is_heard_by_the_requester_and_by_whoever_decides(
    company: Company, advice: Advice, result: Result, notice: str, status: str
) -> None:
    id = asked(company, HELD, MIA)
    company.do(deciding_below.advise_below, id, advice, "Try it with ten customers.", by=MIA)
    with company.look(id) as d:
        attempt = d.answers.attempt(Rung.MANAGER)
        assert attempt
        assert (attempt.result, attempt.said) == (result, "Try it with ten customers.")
        assert d.status == status
        assert (d.asking is Question.TRIAL) == (advice is Advice.TWO_WAY)
    assert company.said(RITA) == [notice]
    assert company.moves(id)[-1] == "reconsider: held→triage"


@pytest.mark.parametrize("advice", [Advice.TWO_WAY, Advice.DISAGREE])
def test_a_way_to_make_it_two_way_and_a_disagreement_need_words(company: Company, advice: Advice) -> None:
    id = asked(company, HELD, MIA)
    with pytest.raises(Unreadable) as refused:
        company.do(deciding_below.advise_below, id, advice, " ", by=MIA)
    assert refused.value.field == "said"


def test_once_it_can_be_tried_small_nobody_has_to_sign(company: Company) -> None:
    id = asked(company, HELD, MIA)
    company.do(deciding_below.advise_below, id, Advice.TWO_WAY, "Try it with ten customers.", by=MIA)
    company.answer(id, {Question.TRIAL: PROMISE[Question.TRIAL].__class__(True, "ten customers", "returns")})
    with company.look(id) as d:
        assert d.verdict
        assert d.verdict.door == "two_way"


@given(st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_one_way_door_is_closed_below_the_lowest_rung_or_by_its_requester(
    company: Company, data: st.DataObject
) -> None:
    """Whatever is at stake, whoever asks whom on which ladder."""
    own = data.draw(st.sampled_from([None, *RUNGS]))
    seats: dict[str, list[str]] = {
        rung.value: data.draw(st.lists(st.sampled_from([MIA, DANA, VERA, EVE, PAT]), max_size=2, unique=True))
        for rung in RUNGS
    }
    if own is not None:
        seats[own.value] = [*seats[own.value], RITA]
    with company.db.begin() as session:
        ladders.seat(session, "C9", seats, company.actor(company.keeper), company.now)
    said: dict[Question, Any] = {
        **FOR_A_DIRECTOR,
        Question.UNDO: data.draw(st.sampled_from([Undo.MONTHS, Undo.NEVER])),
        Question.EFFECTS: data.draw(st.frozensets(st.sampled_from(Effect), max_size=2)),
        Question.TRIED: (Attempt(Rung.PEER, Result.NOT_ASKED),),
    }
    id = company.triage(said, channel="C9")
    who = data.draw(st.sampled_from([MIA, DANA, VERA, EVE, PAT, OTTO]))
    try:
        company.do(verdicts.ask_below, id, who, "?")
        decided = DecidedBelow(DECIDED.what, DECIDED.premortem, BEA)
        company.do(deciding_below.decide_below, id, decided, by=who)
    except ThresholdError:
        assert company.status(id) in ("held", "triage")
        return
    with company.db.read() as session:
        d = queries.decision(session, company.team, id)
        assert d
        assert d.memo
        assert d.rung
        assert d.rung >= floor(d.answers, policies.of(session, d))
        assert all(s.user_id != RITA for s in d.signers)
