"""The memo with its versions, the signers with their answers, and every way on where one of them is silent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.db import queries
from app.db.models import MemoVersion
from app.domain.answers import Costs, Effect, Likelihood, UndoCost
from app.domain.errors import NotAllowed, NotFound, NotNow, Overtaken, Unreadable
from app.domain.ladder import Rung
from app.domain.memo.parts import Memo
from app.domain.reading.amounts import Amount
from app.domain.signing.signoff import Answer
from app.domain.triage.doors import Door
from app.domain.triage.questions import Question
from app.workflows import memo, suggestions
from app.workflows.follow_ups.kind import MOOT
from app.workflows.people import ladders, profiles
from app.workflows.people.profiles import Profile
from app.workflows.signing import deadline, delegation, open_questions, readers, signoffs
from app.workflows.signing import sending as signing_sending
from app.workflows.signing.sending import Sending
from app.workflows.suggestions import Suggested
from app.workflows.triage import intake, verdicts
from tests.workflows.colleagues import (
    BEA,
    CHANNEL,
    DANA,
    EVE,
    MEMO,
    MIA,
    OTTO,
    PAT,
    PROMISE,
    RITA,
    VERA,
    Company,
    called,
)

FRIDAY = date(2026, 11, 27)
FRIDAY_EVENING = datetime(2026, 11, 27, 17, tzinfo=UTC)
BETTER = replace(MEMO, data="4.2% of orders came back in January (source: returns dashboard).")


def leave(company: Company, user: str, *, active: bool = False, guest: bool = False, bot: bool = False) -> None:
    with company.db.begin() as session:
        profile = Profile(called(user), "UTC", active=active, guest=guest, bot=bot)
        profiles.update(session, company.team, user, profile, company.now)


def question_id(company: Company, id: int) -> int:
    with company.look(id) as d:
        return d.questions[-1].id


def answers(company: Company, id: int) -> dict[str, Answer | None]:
    """The standing answers of those who are asked."""
    with company.look(id) as d:
        return {signer.user_id: signer.answer for signer in d.signers if not signer.handed_over}


# ── the memo ────────────────────────────────────────────────────────────────────────────────────────────


def test_every_save_is_a_version_and_none_is_ever_changed(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    company.do(memo.save, id, BETTER, 1)
    with company.look(id) as d:
        assert [(one.number, one.memo) for one in d.memos] == [(1, MEMO), (2, BETTER)]
        assert d.memo == BETTER
    assert company.what(id)[-2:] == ["memo", "memo"]


def test_saving_what_stands_already_makes_no_version(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    company.do(memo.save, id, MEMO, 1)
    with company.look(id) as d:
        assert d.memo_version == 1


def test_a_save_on_an_older_version_is_overtaken_and_nothing_is_lost(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    with pytest.raises(Overtaken) as refused:
        company.do(memo.save, id, BETTER, 0)
    assert refused.value.version == 1
    assert f"<@{RITA}> saved version 1" in refused.value.sentence
    company.do(memo.save, id, BETTER, refused.value.version)
    with company.look(id) as d:
        assert [one.memo for one in d.memos] == [MEMO, BETTER]


def test_an_incomplete_memo_is_kept_but_not_sent(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, replace(MEMO, ask=""), 0)
    with pytest.raises(Unreadable) as refused:
        company.do(signing_sending.send, id, Sending(VERA, BEA, FRIDAY))
    assert refused.value.sentence
    assert company.status(id) == "drafting"


def test_a_memo_is_written_only_while_it_is_drafted_or_read(company: Company) -> None:
    for id in (company.triage(), company.approved()):
        with pytest.raises(NotNow, match="can no longer be changed"):
            company.do(memo.save, id, Memo("x"), 0)


def test_sending_freezes_the_ladder_and_asks_the_smallest_set_of_signers(company: Company) -> None:
    id = company.in_review()
    company.do(ladders.seat, CHANNEL, {"vp": [EVE]}, by=company.keeper)
    with company.look(id) as d:
        assert d.ladder
        assert d.ladder.sitting(Rung.VP) == VERA
        assert [(one.user_id, one.rung) for one in d.signers] == [(VERA, Rung.VP), (BEA, None)]
        assert (d.deadline_at, d.sent_at) == (FRIDAY_EVENING, company.now)
    assert company.moves(id)[-1] == "send: drafting→in_review"
    assert {one.recipient for one in company.messages("signer")} == {VERA, BEA}


def test_sending_twice_is_refused_and_nobody_is_asked_twice(company: Company) -> None:
    id = company.in_review()
    with pytest.raises(NotNow, match="with its signers already"):
        company.do(signing_sending.send, id, Sending(VERA, BEA, FRIDAY))
    assert len(answers(company, id)) == 2


@pytest.mark.parametrize(
    ("sending", "field"),
    [
        (Sending(VERA, None, FRIDAY), "bar_raiser"),
        (Sending(RITA, BEA, FRIDAY), "signer"),
        (Sending(VERA, RITA, FRIDAY), "bar_raiser"),
        (Sending(VERA, VERA, FRIDAY), "bar_raiser"),
        (Sending(MIA, BEA, FRIDAY), "signer"),
        (Sending(VERA, DANA, FRIDAY), "bar_raiser"),
        (Sending(VERA, BEA, date(2026, 11, 22)), "decide_by"),
    ],
)
def test_a_signer_who_cannot_be_one_is_refused_at_the_input(company: Company, sending: Sending, field: str) -> None:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    with pytest.raises(Unreadable) as refused:
        company.do(signing_sending.send, id, sending)
    assert refused.value.field == field
    assert company.status(id) == "drafting"
    assert answers(company, id) == {}


@pytest.mark.parametrize("changed", [{"active": False}, {"active": True, "bot": True}, {"active": True, "guest": True}])
def test_who_left_an_app_or_a_guest_never_signs(company: Company, changed: dict[str, bool]) -> None:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    leave(company, VERA, **changed)
    with pytest.raises(Unreadable) as refused:
        company.do(signing_sending.send, id, Sending(VERA, BEA, FRIDAY))
    assert refused.value.field == "signer"


def test_a_day_that_is_over_where_the_signer_is_is_refused(company: Company) -> None:
    with company.db.begin() as session:
        profiles.update(session, company.team, VERA, Profile("Vera", "Asia/Seoul"), company.now)
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    with pytest.raises(Unreadable, match="past the working day"):
        company.do(signing_sending.send, id, Sending(VERA, BEA, date(2026, 11, 23)))


def test_a_change_after_an_answer_asks_that_signer_again(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA)
    company.do(memo.save, id, BETTER, 1)
    assert answers(company, id) == {VERA: None, BEA: None}
    assert (company.said(VERA), company.said(BEA)) == (["memo_changed"], [])
    with pytest.raises(NotNow, match="version 2"):
        company.sign(id, VERA, version=1)
    company.sign(id, VERA)
    company.sign(id, BEA)
    assert company.status(id) == "approved"


def test_a_change_after_the_deadline_gives_the_signers_time_and_reminders(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA)
    company.fire_all(until=datetime(2026, 12, 1, 12, tzinfo=UTC))
    company.do(memo.save, id, BETTER, 1)
    with company.look(id) as d:
        assert d.deadline_at == datetime(2026, 12, 3, 17, tzinfo=UTC)
        assert not d.requester_chooses
    for user in (VERA, BEA):
        deadlines = [one.args["deadline"] for one in company.dated("remind_deadline", to=user)]
        assert deadlines == ["2026-12-03T17:00:00+00:00"]


# ── answers ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_last_approval_approves_it(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA)
    assert company.status(id) == "in_review"
    company.sign(id, BEA, said="Well argued.")
    assert company.moves(id)[-1] == "approve: in_review→approved"
    with company.look(id) as d:
        assert d.decided_at == company.now
    assert company.said(RITA) == ["approved"]
    (asks,) = company.dated("ask_shipped")
    assert asks.due_at == datetime(2026, 12, 7, 9, tzinfo=UTC)


@pytest.mark.parametrize("user", [RITA, EVE, DANA, OTTO])
def test_nobody_else_signs(company: Company, user: str) -> None:
    id = company.in_review()
    company.do(readers.add_reader, id, DANA)
    with pytest.raises(NotAllowed):
        company.sign(id, user)
    assert answers(company, id) == {VERA: None, BEA: None}


def test_nobody_signs_twice_or_after_it_has_closed(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA)
    with pytest.raises(NotNow, match="already"):
        company.sign(id, VERA, Answer.DECLINE, "changed my mind")
    company.sign(id, BEA)
    with pytest.raises(NotNow, match="has closed"):
        company.sign(id, BEA)
    assert company.what(id).count("sign") == 2


@pytest.mark.parametrize("answer", [Answer.NOT_YET, Answer.DECLINE, Answer.TWO_WAY])
def test_every_answer_but_a_yes_needs_words(company: Company, answer: Answer) -> None:
    id = company.in_review()
    with pytest.raises(Unreadable) as refused:
        company.sign(id, VERA, answer, "  ")
    assert refused.value.field == "said"
    assert answers(company, id)[VERA] is None


def test_one_no_declines_it(company: Company) -> None:
    id = company.in_review()
    company.sign(id, BEA)
    company.sign(id, VERA, Answer.DECLINE, "The margin does not carry it.")
    assert company.moves(id)[-1] == "decline: in_review→declined"
    assert company.said(RITA) == ["signed_decline"]


def test_a_signer_calls_it_two_way_and_it_goes_back(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA, Answer.TWO_WAY, "Announce it for members first.")
    with company.look(id) as d:
        assert (d.status, d.door, d.owner_id, d.metric) == ("deflected", Door.TWO_WAY, RITA, "January returns")
        assert d.look_on == date(2026, 12, 7)
    assert [one.recipient for one in company.dated("learning_check")] == [RITA]


def test_a_condition_is_met_and_the_signer_who_set_it_is_asked_again(company: Company) -> None:
    id = company.in_review()
    company.sign(id, BEA)
    company.sign(id, VERA, Answer.NOT_YET, "if legal has read it")
    assert company.moves(id)[-1] == "ask_condition: in_review→not_yet"
    with pytest.raises(Unreadable):
        company.do(signoffs.meet_condition, id, " ")
    with pytest.raises(NotAllowed):
        company.do(signoffs.meet_condition, id, "Legal has.", by=VERA)
    company.do(signoffs.meet_condition, id, "Legal has read it.")
    assert company.moves(id)[-1] == "meet_condition: not_yet→in_review"
    assert answers(company, id) == {VERA: None, BEA: Answer.APPROVE}
    assert company.said(VERA) == ["condition_met"]
    company.sign(id, VERA)
    assert company.status(id) == "approved"
    with pytest.raises(NotNow):
        company.do(signoffs.meet_condition, id, "Legal has read it.")


def test_while_a_condition_is_open_others_may_still_answer(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA, Answer.NOT_YET, "if legal has read it")
    company.sign(id, BEA)
    assert company.status(id) == "not_yet"
    other = company.in_review()
    company.sign(other, VERA, Answer.NOT_YET, "if legal has read it")
    company.sign(other, BEA, Answer.DECLINE, "It is not ready.")
    assert company.moves(other)[-1] == "decline: not_yet→declined"


def test_a_condition_that_took_longer_than_the_deadline_gives_everybody_a_new_one(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA, Answer.NOT_YET, "if legal has read it")
    company.fire_all(until=datetime(2026, 11, 30, 12, tzinfo=UTC))
    assert company.said(BEA) == [], "while a condition is open nobody is reminded"
    company.do(signoffs.meet_condition, id, "Legal has read it.")
    for user in (VERA, BEA):
        assert [one.args["deadline"] for one in company.dated("remind_deadline", to=user)] == [
            "2026-12-02T17:00:00+00:00"
        ]


# ── questions ───────────────────────────────────────────────────────────────────────────────────────────


def test_an_open_question_blocks_until_the_one_who_raised_it_calls_it_resolved(company: Company) -> None:
    id = company.in_review()
    company.do(open_questions.ask, id, "What of gift cards?", by=VERA)
    company.sign(id, VERA)
    company.sign(id, BEA)
    assert company.status(id) == "in_review"
    question = question_id(company, id)
    company.do(open_questions.reply, id, question, "They never expire.")
    assert company.status(id) == "in_review"
    for user in (RITA, BEA):
        with pytest.raises(NotAllowed):
            company.do(open_questions.resolve, id, question, by=user)
    company.do(open_questions.resolve, id, question, by=VERA)
    assert company.status(id) == "approved"
    assert company.said(RITA) == ["question", "approved"]
    assert company.said(VERA) == ["answered"]
    with pytest.raises(NotNow):
        company.do(open_questions.resolve, id, question, by=VERA)


def test_signers_ask_and_say_what(company: Company) -> None:
    id = company.in_review()
    company.do(readers.add_reader, id, DANA)
    for user in (RITA, DANA, EVE):
        with pytest.raises(NotAllowed):
            company.do(open_questions.ask, id, "Why?", by=user)
    with pytest.raises(Unreadable):
        company.do(open_questions.ask, id, " ", by=VERA)
    company.sign(id, VERA, Answer.DECLINE, "No.")
    with pytest.raises(NotNow):
        company.do(open_questions.ask, id, "Why?", by=BEA)


def test_a_question_outlives_its_signer_without_blocking_for_ever(company: Company) -> None:
    id = company.in_review()
    company.do(open_questions.ask, id, "What of gift cards?", by=VERA)
    question = question_id(company, id)
    leave(company, VERA)
    company.do(delegation.replace_signer, id, VERA, DANA, Rung.VP)
    company.sign(id, DANA)
    company.sign(id, BEA)
    assert company.status(id) == "in_review"
    with pytest.raises(NotAllowed):
        company.do(open_questions.resolve, id, question)
    company.do(open_questions.resolve, id, question, by=DANA)
    assert company.status(id) == "approved"


# ── somebody else signs ─────────────────────────────────────────────────────────────────────────────────


def test_a_delegate_signs_and_the_original_stays_on_the_record(company: Company) -> None:
    id = company.in_review()
    company.do(delegation.hand_over, id, DANA, by=VERA)
    with company.look(id) as d:
        rows = [(one.user_id, one.rung, one.delegate_of, one.handed_over) for one in d.signers]
    assert rows == [(VERA, Rung.VP, None, True), (BEA, None, None, False), (DANA, Rung.VP, VERA, False)]
    assert company.said(RITA) == ["handed_over"]
    with pytest.raises(NotAllowed, match="signs in your place now"):
        company.sign(id, VERA)
    company.sign(id, DANA)
    company.sign(id, BEA)
    assert company.status(id) == "approved"


def test_a_delegate_may_hand_over_again_and_the_original_may_get_it_back(company: Company) -> None:
    id = company.in_review()
    company.do(delegation.hand_over, id, DANA, by=VERA)
    company.do(delegation.hand_over, id, VERA, by=DANA)
    company.sign(id, VERA)
    assert answers(company, id) == {BEA: None, VERA: Answer.APPROVE}


@pytest.mark.parametrize("to", [RITA, BEA, VERA])
def test_nobody_hands_over_to_the_requester_or_to_another_signer(company: Company, to: str) -> None:
    id = company.in_review()
    with pytest.raises(Unreadable) as refused:
        company.do(delegation.hand_over, id, to, by=VERA)
    assert refused.value.field == "to"


def test_only_a_signer_who_has_not_answered_hands_over(company: Company) -> None:
    id = company.in_review()
    for user in (RITA, EVE, OTTO):
        with pytest.raises(NotAllowed):
            company.do(delegation.hand_over, id, DANA, by=user)
    company.sign(id, VERA)
    with pytest.raises(NotNow):
        company.do(delegation.hand_over, id, DANA, by=VERA)


def test_a_delegate_who_is_asked_late_gets_two_working_days(company: Company) -> None:
    id = company.in_review()
    company.now = datetime(2026, 11, 27, 15, tzinfo=UTC)
    company.do(delegation.hand_over, id, DANA, by=VERA)
    with company.look(id) as d:
        assert d.deadline_at == datetime(2026, 12, 1, 17, tzinfo=UTC)
    assert [one.args["deadline"][:10] for one in company.dated("remind_deadline", to=DANA)] == ["2026-12-01"]
    assert [one.args["deadline"][:10] for one in company.dated("remind_deadline", to=BEA)][-1] == "2026-12-01"


def test_the_next_rung_is_asked_only_after_the_deadline(company: Company) -> None:
    id = company.in_review()
    with pytest.raises(NotNow, match="still has time"):
        company.do(delegation.replace_signer, id, VERA, DANA, Rung.VP)
    company.fire_all(["deadline_passed"], until=FRIDAY_EVENING + timedelta(days=3))
    with company.look(id) as d:
        assert d.seat_to_fill is Rung.VP
    with pytest.raises(NotAllowed):
        company.do(delegation.replace_signer, id, VERA, DANA, Rung.VP, by=BEA)
    company.do(delegation.replace_signer, id, VERA, DANA, Rung.VP)
    assert answers(company, id) == {BEA: None, DANA: None}
    assert company.said(VERA)[-1] == "replaced"
    with pytest.raises(NotNow, match="Nothing was sent twice"):
        company.do(delegation.replace_signer, id, VERA, DANA, Rung.VP)


def test_handing_over_after_the_deadline_takes_the_offer_back(company: Company) -> None:
    id = company.in_review()
    company.fire_all(["deadline_passed"], until=FRIDAY_EVENING + timedelta(days=3))
    company.do(delegation.hand_over, id, DANA, by=VERA)
    with pytest.raises(NotNow, match="still has time"):
        company.do(delegation.replace_signer, id, DANA, EVE, Rung.VP)


def test_a_signer_who_left_is_replaced_at_once(company: Company) -> None:
    id = company.in_review()
    leave(company, VERA)
    assert company.said(RITA) == ["signer_left"]
    company.do(delegation.replace_signer, id, VERA, DANA, Rung.VP)
    assert answers(company, id) == {BEA: None, DANA: None}


def test_a_signer_who_approved_and_left_is_not_missed(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA)
    leave(company, VERA)
    assert company.said(RITA) == []
    company.sign(id, BEA)
    assert company.status(id) == "approved"


def test_a_second_condition_leaves_the_answer_to_the_first(company: Company) -> None:
    id = company.in_review()
    for condition, how in (("if legal has read it", "Legal has."), ("if support knows", "Support does.")):
        company.sign(id, VERA, Answer.NOT_YET, condition)
        company.do(signoffs.meet_condition, id, how)
    with company.look(id) as d:
        assert [(one.text, one.answer) for one in d.questions] == [
            ("if legal has read it", "Legal has."), ("if support knows", "Support does."),
        ]  # fmt: skip


def test_nobody_signs_in_a_seat_they_do_not_have_also_after_the_deadline(company: Company) -> None:
    """Handed over or replaced, the seat is the VP's: those who sit there or higher, or whom they named."""
    id = company.in_review()
    with pytest.raises(Unreadable, match=f"As VP may sign here: <@{VERA}> or <@{DANA}>") as refused:
        company.do(delegation.hand_over, id, EVE, by=VERA)
    assert refused.value.field == "to"
    company.fire_all(["deadline_passed"], until=FRIDAY_EVENING + timedelta(days=3))
    for to in (EVE, PAT, MIA):
        with pytest.raises(Unreadable, match="As VP may sign here"):
            company.do(delegation.replace_signer, id, VERA, to, Rung.VP)
    assert answers(company, id) == {VERA: None, BEA: None}


def test_the_only_vp_who_left_leaves_a_seat_that_somebody_has_to_be_put_in(company: Company) -> None:
    company.do(ladders.name_deputy, None, by=VERA)
    id = company.in_review()
    leave(company, VERA)
    with pytest.raises(Unreadable, match="The seat of the VP is empty for this one: <@UVERA> has left"):
        company.do(delegation.replace_signer, id, VERA, EVE, Rung.VP)
    company.do(ladders.seat, "C1", {"vp": [EVE]}, by=company.keeper)
    company.do(delegation.replace_signer, id, VERA, EVE, Rung.VP)
    assert answers(company, id) == {BEA: None, EVE: None}


def test_a_deputy_is_named_by_whoever_sits_and_stays_when_the_ladder_is_saved_again(company: Company) -> None:
    company.do(ladders.name_deputy, PAT, by=VERA)
    company.do(ladders.seat, "C1", {"vp": [VERA], "director": [DANA]}, by=company.keeper)
    id = company.in_review()
    company.do(delegation.hand_over, id, PAT, by=VERA)
    assert answers(company, id) == {BEA: None, PAT: None}
    with pytest.raises(NotAllowed, match="You sit on no ladder here"):
        company.do(ladders.name_deputy, PAT, by=EVE)
    with pytest.raises(Unreadable, match="Name somebody else"):
        company.do(ladders.name_deputy, VERA, by=VERA)


def test_a_condition_goes_with_the_signer_who_set_it_and_stays_with_any_other(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA, Answer.NOT_YET, "if legal has read it")
    leave(company, BEA)
    company.do(delegation.replace_signer, id, BEA, EVE, None)
    assert company.status(id) == "not_yet", "Vera's condition is still open"
    leave(company, VERA)
    company.do(delegation.replace_signer, id, VERA, DANA, Rung.VP)
    assert company.status(id) == "in_review"
    with company.look(id) as d:
        assert all(one.resolved_at for one in d.questions)
    company.sign(id, EVE)
    company.sign(id, DANA)
    assert company.status(id) == "approved"


def test_a_new_date_makes_the_old_reminders_moot(company: Company) -> None:
    id = company.in_review()
    company.do(deadline.extend, id, date(2026, 12, 2), late=True)
    log = company.fire_all(["remind_halfway", "remind_day_before", "remind_deadline"], until=FRIDAY_EVENING)
    old = [result for _, _, result in log]
    assert MOOT in old
    log = company.fire_all(["remind_deadline"], until=datetime(2026, 12, 2, 17, tzinfo=UTC))
    assert sorted(log) == [("remind_deadline", BEA, "sent"), ("remind_deadline", VERA, "sent")]


def test_a_new_date_is_the_requesters_to_give_and_still_to_come(company: Company) -> None:
    id = company.in_review()
    with pytest.raises(NotAllowed):
        company.do(deadline.extend, id, date(2026, 12, 2), by=VERA, late=True)
    for day in (date(2026, 11, 20), date(9990, 1, 1), date(9999, 12, 31)):
        with pytest.raises(Unreadable):
            company.do(deadline.extend, id, day, late=True)
    with pytest.raises(NotNow):
        company.do(deadline.extend, company.drafting(), date(2026, 12, 2))


# ── withdraw, readers, strangers ────────────────────────────────────────────────────────────────────────


def test_withdrawing_tells_those_who_were_still_asked_once(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA)
    with pytest.raises(NotAllowed):
        company.do(signoffs.withdraw, id, "mine", by=VERA)
    company.do(signoffs.withdraw, id, "Overtaken by events.")
    assert company.moves(id)[-1] == "withdraw: in_review→withdrawn"
    assert (company.said(VERA), company.said(BEA)) == ([], ["withdrawn"])
    with pytest.raises(NotNow):
        company.do(signoffs.withdraw, id, "again")


@pytest.mark.parametrize("way", [Company.triage, Company.drafting, Company.in_review])
def test_what_is_open_can_be_withdrawn(company: Company, way: Callable[[Company], int]) -> None:
    id = way(company)
    company.do(signoffs.withdraw, id, "")
    assert company.status(id) == "withdrawn"


def test_what_is_decided_is_not_withdrawn(company: Company) -> None:
    with pytest.raises(NotNow):
        company.do(signoffs.withdraw, company.approved(), "")


def test_a_reader_may_read_and_answer_questions_but_not_sign(company: Company) -> None:
    id = company.in_review()
    company.do(open_questions.ask, id, "What of gift cards?", by=VERA)
    with pytest.raises(NotAllowed):
        company.do(open_questions.reply, id, question_id(company, id), "They stay.", by=OTTO)
    company.do(readers.add_reader, id, OTTO, by=BEA)
    company.do(open_questions.reply, id, question_id(company, id), "They stay.", by=OTTO)
    with pytest.raises(NotAllowed):
        company.sign(id, OTTO)
    with pytest.raises(NotAllowed):
        company.do(readers.add_reader, id, EVE, by=OTTO)


VERBS: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
    (memo.save, (MEMO, 1)),
    (signing_sending.send, (Sending(VERA, BEA, FRIDAY),)),
    (deadline.extend, (FRIDAY,)),
    (suggestions.ask_assistant, (None,)),
    (suggestions.settle_suggestions, ({},)),
    (signoffs.sign, (Answer.APPROVE, "", 1)),
    (open_questions.ask, ("Why?",)),
    (open_questions.reply, (1, "So.")),
    (open_questions.resolve, (1,)),
    (delegation.hand_over, (DANA,)),
    (delegation.replace_signer, (VERA, DANA, Rung.VP)),
    (signoffs.meet_condition, ("Done.",)),
    (signoffs.withdraw, ("",)),
    (readers.add_reader, (EVE,)),
]


def test_a_colleague_is_refused_everywhere_and_a_private_decision_does_not_tell_that_it_exists(
    company: Company,
) -> None:
    id = company.in_review()
    company.do(open_questions.ask, id, "What of gift cards?", by=VERA)
    before = company.what(id)
    for verb, args in VERBS:
        with pytest.raises(NotAllowed):
            company.do(verb, id, *args, by=EVE)
    company.do(intake.set_private, id, True)
    for verb, args in VERBS:
        with pytest.raises(NotFound, match="can't find that decision"):
            company.do(verb, id, *args, by=EVE)
    assert company.what(id) == [*before, "private"]


def test_the_same_people_of_another_workspace_reach_nothing(company: Company, elsewhere: Company) -> None:
    id = company.in_review()
    for verb, args in VERBS:
        for user in (RITA, VERA):
            with pytest.raises(NotFound):
                elsewhere.do(verb, id, *args, by=user)
    assert company.status(id) == "in_review"


# ── suggestions ─────────────────────────────────────────────────────────────────────────────────────────


def suggest(company: Company, id: int, **parts: str) -> None:
    with company.db.begin() as session, company.look(id) as seen:
        d = queries.decision(session, company.team, id, lock=True)
        assert d
        for part, text in parts.items():
            suggestions.suggest(session, d, part, Suggested(str(getattr(seen.memo or Memo(), part)), text), company.now)


def test_a_suggestion_changes_nothing_until_it_is_accepted(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    suggest(company, id, data="first", ask="Vera approves it.")
    suggest(company, id, data="4.2% came back (source: dashboard).")
    with company.look(id) as d:
        assert d.memo == MEMO
    company.do(suggestions.settle_suggestions, id, {"data": None})
    with company.look(id) as d:
        assert d.memo == replace(MEMO, data="4.2% came back (source: dashboard).")
        assert d.memo_version == 2
    with pytest.raises(NotNow):
        company.do(suggestions.settle_suggestions, id, {"ask": None})


def test_dismissing_every_suggestion_makes_no_version(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    suggest(company, id, data="Something else.")
    company.do(suggestions.settle_suggestions, id, {})
    with company.db.read() as session:
        assert session.scalars(select(MemoVersion.number)).all() == [1]


def test_the_assistant_is_asked_while_there_is_a_memo_to_write(company: Company) -> None:
    id = company.drafting()
    company.do(suggestions.ask_assistant, id, "data")
    (work,) = company.dated("draft")
    assert (work.recipient, work.args) == (RITA, {"part": "data"})
    with pytest.raises(NotNow):
        company.do(suggestions.ask_assistant, company.approved(), None)


def test_the_manager_and_a_bar_raiser_sign_what_stays_low(company: Company) -> None:
    """Below a director, somebody independent signs beside the rung."""
    costs = PROMISE[Question.COSTS]
    small = Costs(Likelihood.POSSIBLE, costs.delay, Amount(costs.mistake.value / 100, "USD"))
    tried = (PROMISE[Question.TRIED][0],)
    said = {
        **PROMISE, Question.EFFECTS: frozenset[Effect](), Question.UNDO_COST: UndoCost.TEAM_SPRINT,
        Question.COSTS: small, Question.TRIED: tried,
    }  # fmt: skip
    id = company.triage(said)
    company.do(verdicts.start_memo, id)
    company.do(memo.save, id, MEMO, 0)
    with pytest.raises(Unreadable) as refused:
        company.do(signing_sending.send, id, Sending(MIA, None, FRIDAY))
    assert refused.value.field == "bar_raiser"
    company.do(signing_sending.send, id, Sending(MIA, BEA, FRIDAY))
    assert set(answers(company, id)) == {MIA, BEA}
