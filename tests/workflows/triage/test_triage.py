"""From the first sentence to the verdict, and what follows from it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.db.models import FollowUp, Outbox, Person
from app.domain.answers import Effect, Result, Undo, UndoCost
from app.domain.errors import NotAllowed, NotFound, NotNow, ThresholdError, Unreadable
from app.domain.ladder import Rung
from app.domain.triage.below import Advice
from app.domain.triage.doors import Door
from app.domain.triage.questions import Question
from app.domain.triage.verdict import NextStep
from app.workflows.follow_ups import firing
from app.workflows.follow_ups.kind import SENT
from app.workflows.people import profiles
from app.workflows.people.profiles import Profile
from app.workflows.signing import deciding_below
from app.workflows.triage import answering, intake, verdicts
from app.workflows.triage.verdicts import Deflection
from tests.workflows.colleagues import (
    BY_TRIAL,
    CHANNEL,
    EVE,
    HELD,
    MIA,
    OTTO,
    PAT,
    PROMISE,
    RITA,
    TWO_WAY,
    Company,
    open_numbered,
)

DEFLECTION = Deflection(OTTO, "clicks on the button")


def test_a_decision_starts_in_triage_with_a_number_of_its_own(company: Company) -> None:
    ids = [company.triage(), company.triage()]
    for id, name in zip(ids, ("D-1", "D-2"), strict=True):
        with company.look(id) as d:
            assert (d.name, d.status, d.requester_id, d.owner_id) == (name, "triage", RITA, RITA)
        assert company.what(id) == ["start"]
        assert company.question(id) is Question.UNDO


def test_a_decision_that_starts_shows_in_an_open_home_and_is_dated(company: Company) -> None:
    """With Home open a lock on its messages is taken too: the work is dated before that."""
    with company.db.begin() as session:
        session.execute(update(Person).where(Person.user_id == RITA).values(home_opened=True))
    id = company.do(intake.start, "Extend the return window").id
    with company.db.read() as session:
        assert list(session.scalars(select(Outbox.recipient).where(Outbox.kind == "home"))) == [RITA]
        assert set(session.scalars(select(FollowUp.recipient).where(FollowUp.decision_id == id))) == {RITA}


def test_numbers_are_counted_by_workspace(company: Company, elsewhere: Company) -> None:
    company.triage()
    id = elsewhere.triage()
    with elsewhere.look(id) as d:
        assert d.number == 1


def test_a_long_sentence_is_shortened_and_kept_whole(company: Company) -> None:
    sentence = "Extend the return window. " * 40
    d = company.do(intake.start, sentence)
    assert len(d.title) <= intake.LONGEST_TITLE
    assert d.title.endswith("…")
    assert d.source_text == sentence


def test_the_sentence_can_be_given_later_but_not_left_out(company: Company) -> None:
    d = company.do(intake.start, "")
    assert d.title == ""
    with pytest.raises(Unreadable):
        company.do(intake.name, d.id, "  \n ")
    assert company.do(intake.name, d.id, " Extend \n the window ").title == "Extend the window"


def test_a_two_way_door_has_its_verdict_after_three_answers(company: Company) -> None:
    id = company.triage(TWO_WAY)
    with company.look(id) as d:
        assert (d.door, d.rung, d.status) == (Door.TWO_WAY, None, "triage")
        assert d.verdict
        assert d.verdict.next_step is NextStep.DEFLECT
    assert company.what(id) == ["start", "answer", "answer", "answer", "verdict"]


def test_a_failed_gate_holds_the_decision(company: Company) -> None:
    id = company.triage(HELD)
    assert company.moves(id) == ["hold: triage→held"]
    assert company.history(id)[-1].detail == {"gates": ["tried"]}


def test_answers_stay_where_a_triage_was_left(company: Company) -> None:
    id = company.triage({Question.UNDO: Undo.MONTHS})
    company.later(days=3)
    assert company.question(id) is Question.EFFECTS


def test_a_question_that_is_not_asked_takes_no_answer(company: Company) -> None:
    id = company.triage({Question.UNDO: Undo.HOURS, Question.EFFECTS: frozenset[Effect]()})
    with pytest.raises(NotNow):
        company.do(answering.answer, id, Question.COSTS, PROMISE[Question.COSTS])
    assert company.what(id).count("answer") == 2


def test_going_back_asks_again_and_a_changed_answer_changes_the_verdict(company: Company) -> None:
    id = company.triage(HELD)
    company.do(answering.go_to, id, Question.UNDO)
    with company.look(id) as d:
        assert (d.status, d.verdict, d.asking) == ("triage", None, Question.UNDO)
    assert company.question(id) is Question.UNDO
    company.do(answering.answer, id, Question.UNDO, Undo.NEVER)
    assert company.status(id) == "held"
    company.do(answering.go_to, id, Question.EFFECTS)
    company.do(answering.answer, id, Question.EFFECTS, frozenset[Effect]())
    company.answer(id, {Question.UNDO_COST: UndoCost.PERSON_DAY, **HELD})
    assert company.moves(id) == ["hold: triage→held", "reconsider: held→triage"] * 2 + ["hold: triage→held"]


def test_answers_can_be_changed_while_the_memo_is_drafted_and_not_once_it_was_sent(company: Company) -> None:
    id = company.drafting()
    company.do(answering.go_to, id, Question.TRIED)
    assert company.status(id) == "triage"
    sent = company.in_review()
    with pytest.raises(NotNow):
        company.do(answering.go_to, sent, Question.TRIED)


def test_a_triage_that_is_over_takes_no_answer(company: Company) -> None:
    id = company.drafting()
    with pytest.raises(NotNow, match="This triage is over"):
        company.do(answering.answer, id, Question.UNDO, Undo.DAYS)
    with pytest.raises(NotNow):
        company.do(intake.name, id, "Something else")


VERBS: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
    (answering.answer, (Question.UNDO, Undo.DAYS)),
    (answering.go_to, (Question.UNDO,)),
    (intake.name, ("Mine now",)),
    (intake.set_private, (True,)),
    (verdicts.deflect, (DEFLECTION,)),
    (verdicts.go_on_anyway, ("I just want it",)),
    (verdicts.start_memo, ()),
    (verdicts.ask_below, (MIA, "Can you?")),
]


@pytest.mark.parametrize(("verb", "args"), VERBS)
def test_a_triage_is_its_requesters_own(company: Company, verb: Callable[..., Any], args: tuple[Any, ...]) -> None:
    id = company.triage(TWO_WAY)
    before = company.what(id)
    for user in (EVE, MIA, OTTO):
        with pytest.raises(NotAllowed, match=f"<@{RITA}>"):
            company.do(verb, id, *args, by=user)
    company.do(intake.set_private, id, True)
    with pytest.raises(NotFound) as hidden:
        company.do(verb, id, *args, by=EVE)
    with pytest.raises(NotFound) as missing:
        company.do(verb, 999, *args, by=EVE)
    assert hidden.value.sentence == missing.value.sentence, "a private decision does not tell that it exists"
    assert company.what(id) == [*before, "private"]


def test_a_private_number_sounds_like_one_that_is_not_there(company: Company) -> None:
    company.triage(private=True)
    sentences = []
    for number in (1, 2):
        with pytest.raises(NotFound) as refused:
            open_numbered(company, number, EVE)
        sentences.append(refused.value.sentence.replace(f"D-{number}", "D-x"))
    assert sentences[0] == sentences[1]
    assert open_numbered(company, 1, RITA).number == 1


def test_another_workspace_sees_nothing_by_the_same_ids(company: Company, elsewhere: Company) -> None:
    id = company.triage(TWO_WAY)
    for verb, args in VERBS:
        with pytest.raises(NotFound):
            elsewhere.do(verb, id, *args, by=RITA)
    with pytest.raises(NotFound):
        open_numbered(elsewhere, 1, RITA)
    assert company.status(id) == "triage"


# ── deflect ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_two_way_door_goes_back_to_its_owner_with_a_learning_check_in_two_weeks(company: Company) -> None:
    id = company.triage(TWO_WAY)
    company.do(verdicts.deflect, id, DEFLECTION)
    with company.look(id) as d:
        assert (d.owner_id, d.metric, d.look_on) == (OTTO, "clicks on the button", date(2026, 12, 7))
        assert d.decided_at == company.now
    assert company.moves(id) == ["deflect: triage→deflected"]
    (check,) = company.dated("learning_check")
    assert (check.recipient, check.due_at) == (OTTO, datetime(2026, 12, 7, 9, tzinfo=UTC))
    assert [one.recipient for one in company.messages("signer")] == [], "no leader hears of it"


def test_a_trial_is_checked_when_it_ends(company: Company) -> None:
    id = company.triage(BY_TRIAL)
    company.do(verdicts.deflect, id, DEFLECTION)
    with company.look(id) as d:
        assert d.look_on == date(2026, 12, 18)


@pytest.mark.parametrize(
    ("deflection", "field"),
    [(Deflection(OTTO, "  "), "metric"), (Deflection(OTTO, "clicks", date(2026, 11, 23)), "look_on")],
)
def test_a_deflection_needs_a_metric_and_a_day_to_come(company: Company, deflection: Deflection, field: str) -> None:
    id = company.triage(TWO_WAY)
    with pytest.raises(Unreadable) as refused:
        company.do(verdicts.deflect, id, deflection)
    assert refused.value.field == field
    assert company.status(id) == "triage"


def test_deflecting_twice_is_refused(company: Company) -> None:
    id = company.triage(TWO_WAY)
    company.do(verdicts.deflect, id, DEFLECTION)
    with pytest.raises(NotNow):
        company.do(verdicts.deflect, id, DEFLECTION)
    assert len(company.dated("learning_check")) == 1


def test_a_one_way_door_is_not_deflected(company: Company) -> None:
    for id in (company.triage(HELD), company.triage()):
        with pytest.raises(NotNow):
            company.do(verdicts.deflect, id, DEFLECTION)


# ── held ────────────────────────────────────────────────────────────────────────────────────────────────


def test_going_on_anyway_needs_a_reason_that_is_kept(company: Company) -> None:
    id = company.triage(HELD)
    with pytest.raises(Unreadable):
        company.do(verdicts.go_on_anyway, id, "because")
    company.do(verdicts.go_on_anyway, id, " Mia is away all week ")
    with company.look(id) as d:
        assert d.override_reason == "Mia is away all week"
    assert company.moves(id)[-1] == "override: held→drafting"
    assert company.history(id)[-1].detail == {"reason": "Mia is away all week"}


def test_the_memo_starts_once_every_gate_has_passed(company: Company) -> None:
    held = company.triage(HELD)
    with pytest.raises(NotNow):
        company.do(verdicts.start_memo, held)
    id = company.drafting()
    company.do(verdicts.start_memo, id)
    assert company.moves(id) == ["draft: triage→drafting"], "doing it twice changes nothing"


def test_the_rung_below_is_asked_and_reminded_the_next_morning(company: Company) -> None:
    id = company.triage(HELD)
    company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    with company.look(id) as d:
        attempt = d.answers.attempt(Rung.MANAGER)
        assert attempt
        assert (attempt.who, attempt.result) == (MIA, Result.NO_ANSWER)
        assert d.status == "held"
    assert [one.recipient for one in company.messages("asked")] == [MIA]
    (reminder,) = company.dated("asked_reminder")
    assert reminder.due_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    with pytest.raises(NotNow):
        company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    assert company.fire(reminder) == SENT
    assert company.said(MIA) == ["asked_reminder"]


def test_where_the_rung_below_cannot_the_gates_pass(company: Company) -> None:
    id = company.triage(HELD)
    company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    company.do(deciding_below.advise_below, id, Advice.CANNOT_DECIDE, "Not mine to promise.", by=MIA)
    with company.look(id) as d:
        assert d.status == "triage"
        assert d.verdict
        assert d.verdict.next_step is NextStep.WRITE_MEMO
        assert d.rung is Rung.VP
    assert company.said(RITA) == ["below_cannot"]


def test_the_rung_below_answers_once(company: Company) -> None:
    no_deadline = {**HELD, Question.DEADLINE: PROMISE[Question.DEADLINE].__class__(False)}
    id = company.triage(no_deadline)
    company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    company.do(deciding_below.advise_below, id, Advice.CANNOT_DECIDE, "No.", by=MIA)
    assert company.status(id) == "held", "the deadline's gate still fails"
    with pytest.raises(NotNow, match="already"):
        company.do(deciding_below.advise_below, id, Advice.DISAGREE, "No after all.", by=MIA)
    assert company.said(RITA) == ["below_cannot"]


def test_only_who_was_asked_answers_for_the_rung_below(company: Company) -> None:
    id = company.triage(HELD)
    company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    for user in (EVE, RITA):
        with pytest.raises(NotAllowed):
            company.do(deciding_below.advise_below, id, Advice.DISAGREE, "Me!", by=user)
    company.do(answering.go_to, id, Question.UNDO)
    with pytest.raises(NotNow):
        company.do(deciding_below.advise_below, id, Advice.DISAGREE, "Me!", by=MIA)


def test_nobody_is_asked_below_who_cannot_answer(company: Company) -> None:
    id = company.triage(HELD)
    with company.db.begin() as session:
        profiles.update(session, company.team, PAT, Profile("Pat", "UTC", active=False), company.now)
        profiles.update(session, company.team, EVE, Profile("Bot", "UTC", bot=True), company.now)
    for user in (RITA, PAT, EVE):
        with pytest.raises(Unreadable) as refused:
            company.do(verdicts.ask_below, id, user, "Can you?")
        assert refused.value.field == "person"


def test_there_is_nobody_to_ask_below_unless_held(company: Company) -> None:
    with pytest.raises(NotNow):
        company.do(verdicts.ask_below, company.drafting(), MIA, "Can you?")


# ── left alone, parked ──────────────────────────────────────────────────────────────────────────────────


def test_a_triage_that_is_left_alone_is_brought_up_once_and_expires_after_a_month(company: Company) -> None:
    id = company.triage()
    (alone,), (expires,) = company.dated("left_alone"), company.dated("expire")
    assert company.fire(alone) == SENT
    assert company.dated("left_alone") == []
    assert company.fire(expires) == SENT
    assert company.status(id) == "expired"
    assert company.said(RITA) == ["left_alone", "expired"]


def test_what_was_touched_meanwhile_is_left_alone_later(company: Company) -> None:
    id = company.triage()
    company.later(hours=5)
    company.answer(id, {Question.UNDO: Undo.DAYS})
    touched = company.now
    (alone,) = company.dated("left_alone")
    assert company.fire(alone) == firing.Defer(touched + timedelta(days=1))
    (again,) = company.dated("left_alone")
    assert (again.due_at - touched).days == 1
    assert company.said(RITA) == []


def test_a_parked_message_is_taken_up_once_by_its_writer(company: Company) -> None:
    row = company.do(intake.park, "Also: the discount")

    def unpark(by: str) -> str:
        with company.db.begin() as session:
            return intake.unpark(session, row.id, company.actor(by))

    for user in (EVE, RITA):
        if user == RITA:
            assert unpark(RITA) == "Also: the discount"
        with pytest.raises(NotNow):
            unpark(user)


def test_a_refused_input_is_kept_to_be_mended(company: Company) -> None:
    id = company.triage()
    with company.db.begin() as session:
        answering.mistyped(session, id, "costs", {"delay": "lots"}, "I can't read that.", company.actor(RITA))
    with company.look(id) as d:
        assert d.typed == {"where": "costs", "values": {"delay": "lots"}, "sentence": "I can't read that."}
    company.answer(id, {Question.UNDO: Undo.DAYS})
    with company.look(id) as d:
        assert d.typed is None


def test_a_failed_verb_leaves_no_message_behind(company: Company) -> None:
    id = company.triage(TWO_WAY)
    before = len(company.messages("requester"))
    with pytest.raises(ThresholdError):
        company.do(verdicts.deflect, id, Deflection(OTTO, ""))
    assert len(company.messages("requester")) == before


def test_a_decision_in_a_channel_is_shown_there_once_it_has_a_verdict(company: Company) -> None:
    company.triage(HELD)
    assert [one.recipient for one in company.messages("status")] == [CHANNEL]
    company.triage(HELD, private=True)
    assert len(company.messages("status")) == 1
