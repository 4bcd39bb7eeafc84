"""What is said, and when: a channel that never heard hears nothing, an end is told before, a name is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.db import roster
from app.domain.answers import Attempt, Result
from app.domain.errors import NotNow, Unreadable
from app.domain.ladder import Rung
from app.domain.policy.intervals import EXPIRES_AFTER
from app.domain.triage.below import Advice
from app.domain.triage.questions import Question
from app.slack.directory import profile_of
from app.words.moved_days import day_moved
from app.workflows import looking_back, memo, opening
from app.workflows.follow_ups.kind import MOOT, SENT
from app.workflows.people import profiles
from app.workflows.people.profiles import Profile
from app.workflows.signing import deciding_below, sending, signoffs
from app.workflows.triage import verdicts
from tests.workflows.colleagues import BEA, HELD, MEMO, MIA, PAT, RITA, TWO_WAY, VERA, Company


def test_a_draft_that_the_channel_never_heard_of_is_withdrawn_in_silence(company: Company) -> None:
    id = company.triage()
    company.do(signoffs.withdraw, id, "A test.")
    assert company.messages("status") == []


def test_a_triage_that_expires_is_told_to_its_requester_alone_three_days_before_and_then(company: Company) -> None:
    id = company.triage()
    started = company.now
    company.fire_all(until=started + timedelta(days=EXPIRES_AFTER.days + 5))
    assert company.status(id) == "expired"
    assert [say for say in company.said(RITA) if say in ("expiring", "expired")] == ["expiring", "expired"]
    (before,) = company.dated("expiring", pending=False)
    assert before.due_at == datetime(2026, 12, 21, 9, tzinfo=UTC), "three days before is a Sunday"
    assert company.messages("status") == []


def test_a_held_decision_that_is_withdrawn_is_brought_up_to_date_in_its_channel(company: Company) -> None:
    id = company.triage(HELD)
    company.do(signoffs.withdraw, id, "Another way was found.")
    assert company.messages("status")


@pytest.mark.parametrize(("days", "result"), [(7, MOOT), (1, SENT)])
def test_a_reminder_that_a_snooze_takes_past_the_deadline_gives_way(company: Company, days: int, result: str) -> None:
    id = company.in_review(date(2026, 11, 27))
    (reminder,) = company.dated("remind_deadline", to=VERA)
    company.now = reminder.due_at - timedelta(hours=6)
    if days == 7:
        company.do(looking_back.snooze, id, days, by=VERA)
    assert company.fire(reminder) == result


def test_who_left_keeps_the_name_they_are_known_by(company: Company) -> None:
    gone = profile_of({"id": PAT, "name": "pat.b", "deleted": True, "profile": {}}, company.team)
    with company.db.begin() as session:
        profiles.update(session, company.team, PAT, Profile("Pat Brown", "UTC"), company.now)
        assert profiles.update(session, company.team, PAT, gone, company.now).name == "Pat Brown"


def test_the_first_row_of_somebody_is_added_once(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two first acts at once: the second looked before the first had committed."""
    found = roster.person
    looked: list[str] = []

    def late(session: Session, workspace: str, user: str) -> object:
        looked.append(user)
        return None if len(looked) == 1 else found(session, workspace, user)

    monkeypatch.setattr(roster, "person", late)
    with company.db.begin() as session:
        assert opening.ensure_person(session, company.team, PAT).user_id == PAT
    assert looked == [PAT, PAT]


def test_the_rung_below_hears_who_comes_next(company: Company) -> None:
    id = company.triage(HELD)
    with company.db.begin() as session:
        d = opening.open_decision(session, company.actor(RITA), id)
        rung, words = verdicts.question_below(session, d, company.now)
    assert rung == "manager"
    assert "it goes to the VP with your advice" in words


def test_the_requester_is_left_in_peace_while_the_rung_below_has_the_question(company: Company) -> None:
    id = company.triage(HELD)
    company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    company.fire_all(("left_alone",), until=company.now + timedelta(days=4))
    assert "left_alone" not in company.said(RITA)
    company.do(deciding_below.advise_below, id, Advice.CANNOT_DECIDE, "Beyond my limit.", by=MIA)
    company.fire_all(("left_alone",), until=company.now + timedelta(days=4))
    assert company.said(RITA).count("left_alone") == 1


SATURDAY, MONDAY_AFTER = date(2026, 12, 5), date(2026, 12, 7)


def test_a_look_back_on_a_day_off_moves_to_the_next_working_day_and_card_and_reminder_agree(company: Company) -> None:
    id = company.triage(TWO_WAY)
    company.do(verdicts.deflect, id, verdicts.Deflection(RITA, "clicks", SATURDAY))
    with company.look(id) as d:
        assert d.look_on == MONDAY_AFTER
    (check,) = company.dated("learning_check")
    assert check.due_at.date() == MONDAY_AFTER


def test_an_answer_asked_for_on_a_day_off_is_due_on_the_next_working_day(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    company.do(sending.send, id, sending.Sending(VERA, BEA, SATURDAY, late=True))
    with company.look(id) as d:
        assert d.deadline_at
        assert d.deadline_at.date() == MONDAY_AFTER
        assert d.deadline_on == MONDAY_AFTER, "every card names the day that counts"
    assert day_moved(SATURDAY, MONDAY_AFTER, "<@UVERA>", company.now.date()) == (
        "Sat 5 Dec is a day off for <@UVERA>, so it counts as Mon 7 Dec."
    )
    assert day_moved(MONDAY_AFTER, MONDAY_AFTER, "<@UVERA>", company.now.date()) is None


@given(st.integers(0, 40), st.booleans())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_nobody_is_asked_to_sign_after_the_customers_deadline_unless_it_was_said(
    company: Company, ahead: int, late: bool
) -> None:
    """The return policy's deadline is 1 December."""
    by = company.now.date() + timedelta(days=ahead)
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    sent = sending.Sending(VERA, BEA, by, late=late)
    if late or by <= date(2026, 12, 1):
        company.do(sending.send, id, sent)
        return
    with pytest.raises(Unreadable, match=r"That is after “the holiday returns” on Tue 1 Dec, which waiting") as refused:
        company.do(sending.send, id, sent)
    assert refused.value.field == "decide_by"


def test_whom_the_requester_asked_by_themselves_can_still_be_sent_the_question_once(company: Company) -> None:
    waits = Attempt(Rung.MANAGER, Result.NO_ANSWER, MIA)
    id = company.triage({**HELD, Question.TRIED: (Attempt(Rung.PEER, Result.CANNOT_DECIDE, PAT), waits)})
    company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
    assert [row.recipient for row in company.messages("asked")] == [MIA]
    with pytest.raises(NotNow):
        company.do(verdicts.ask_below, id, MIA, "Can you decide this?")
