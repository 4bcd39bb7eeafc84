"""Stories 3 to 5: held at a gate, made two-way by a trial, and an SLT that is not asked."""

from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.triage.doors import Door
from app.domain.triage.questions import Question
from app.domain.triage.verdict import NextStep
from demo.stories import Telling, held, slt, trial
from tests.stories.seen import decision, hears, history, keys_sent, refusals, said_to


def test_a_decision_is_held_while_nobody_asked_the_manager(told: Telling) -> None:
    held.triage(told)
    d = decision(told)
    assert d.status is Status.HELD
    assert d.verdict is not None
    assert d.verdict.next_step is NextStep.TRY_BELOW
    assert "Nobody asked the manager yet" in said_to(told.cast.sam)[-1]


def test_the_question_for_the_manager_is_written_and_sent(told: Telling) -> None:
    held.triage(told)
    held.ask_the_manager(told)
    question = said_to(told.cast.mika)[-1]
    assert "What would you do" in question
    assert "$200k" in question
    assert said_to(told.cast.dana) == []


def test_it_climbs_one_rung_once_the_manager_cannot_decide(told: Telling) -> None:
    held.play(told)
    d = decision(told)
    assert d.rung is Rung.DIRECTOR
    assert d.status is Status.APPROVED
    assert [event.what for event in history(told) if event.what == "cannot_decide"] == ["cannot_decide"]
    assert set(keys_sent(told).values()) == {1}
    assert refusals(told) == []


def test_a_manager_does_not_close_what_wants_a_director_and_can_show_how_to_try_it_small(told: Telling) -> None:
    held.triage(told)
    held.ask_the_manager(told)
    card = told.looks(told.cast.mika)
    assert "below_can_open" not in str(card.blocks)
    assert "The lowest rung that can decide this is the director" in said_to(told.cast.mika)[-1]
    how = "Rent one hall for two weeks first, and see whether it fills."
    told.must(told.fills(told.cast.mika, "below_two_way_open", {"said": how}))
    d = decision(told)
    assert (d.status, d.asking) == (Status.TRIAGE, Question.TRIAL)
    assert any(how in words for words in said_to(told.cast.sam))
    assert said_to(told.cast.dana) == []


def test_a_colleague_of_the_rung_that_may_decide_does_so_in_writing(told: Telling) -> None:
    """Dana, a director, asks Omar, another one: he could decide it as well as anybody."""
    dana, omar = told.cast.dana, told.cast.omar
    held.triage(told, by=dana)
    told.taps(dana, "answer:no")  # no quarterly commitment is threatened
    told.must(told.fills(dana, "ask_below_open", {"person": omar}))
    what = "We rent the second hall until the end of January."
    told.must(told.fills(omar, "below_can_open", {"what": what, "premortem": "It stood empty from the third week on."}))
    d = decision(told)
    assert d.status is Status.APPROVED
    assert d.rung is Rung.DIRECTOR
    assert any(what in words for words in said_to(dana))
    assert said_to(told.cast.vera) == []


def test_a_failed_gate_can_be_passed_with_a_written_reason_that_signers_see(told: Telling) -> None:
    held.triage(told)
    reason = "The manager is on leave until the sales are over."
    told.must(told.fills(told.cast.sam, "override_open", {"reason": reason}))
    told.must(
        told.fills(
            told.cast.sam,
            "memo_open",
            {"data": "Customers wait 40% longer (warehouse report).", "inaction": "$200k lost by Thursday."},
        )
    )
    told.must(told.fills(told.cast.sam, "send_open", {"signer": told.cast.dana, "decide_by": told.day(2).isoformat()}))
    assert reason in said_to(told.cast.dana)[-1]
    assert [event.detail["reason"] for event in history(told) if event.what == "override"] == [reason]


def test_a_trial_makes_it_two_way_and_the_experiment_is_the_record(told: Telling) -> None:
    trial.play(told)
    d = decision(told)
    assert d.status is Status.DEFLECTED
    assert d.door is Door.TWO_WAY
    assert d.answers.trial is not None
    assert d.answers.trial.what.startswith("Zero to three slots")
    assert d.look_on == told.day(28)
    assert d.metric == "conversion and ad revenue a visitor"
    assert said_to(told.cast.vera) == []
    told.stage.travel(told.at(28, 11, "Europe/Berlin"))
    assert hears(told.cast.mika, "Learning check") >= 1


def test_a_disagreement_of_directors_stays_at_vp_without_a_quarterly_commitment(told: Telling) -> None:
    slt.play(told)
    d = decision(told)
    assert d.rung is Rung.VP
    assert "does not reach the SLT" in said_to(told.cast.dana)[-1]
    assert said_to(told.cast.lea) == []


def test_a_threatened_quarterly_commitment_reaches_the_slt(told: Telling) -> None:
    slt.play(told)
    dana = told.cast.dana
    card = told.card(dana, "change")
    dana.click(card, "change", value="Quarterly commitment")
    told.stage.pump()
    told.taps(dana, "answer_form", fill={"which": "The checkout relaunch promised for this quarter"})
    assert decision(told).rung is Rung.SLT
