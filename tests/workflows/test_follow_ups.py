"""What happens when a date arrives: in somebody's own working hours, never after it was decided, and never lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.db import roster
from app.db.models import FollowUp
from app.db.session import Database
from app.domain.answers import Undo
from app.domain.ladder import Rung
from app.domain.people.calendar import is_working, next_working_moment
from app.domain.people.working_time import hours_of
from app.domain.signing.signoff import Answer
from app.domain.triage.below import Advice
from app.domain.triage.questions import Question
from app.workflows import looking_back, memo
from app.workflows.follow_ups import firing
from app.workflows.follow_ups.firing import Defer
from app.workflows.follow_ups.kind import MOOT, SENT, FollowUpKind
from app.workflows.follow_ups.registry import KINDS
from app.workflows.people import profiles
from app.workflows.signing import deciding_below, signoffs
from app.workflows.triage import verdicts
from app.workflows.triage.verdicts import Deflection
from tests.workflows.colleagues import BEA, HELD, MEMO, MIA, OTTO, RITA, TWO_WAY, VERA, Company

FAR = datetime(2027, 3, 1, tzinfo=UTC)
REMINDERS = ("remind_halfway", "remind_day_before", "remind_deadline")


@pytest.fixture
def spread_out(db: Database) -> Company:
    """The VP sits in Tokyo, the bar raiser in Los Angeles."""
    return Company(db, zones={VERA: "Asia/Tokyo", BEA: "America/Los_Angeles"}).settle_in()


def test_every_kind_knows_when_it_is_moot_and_what_it_does() -> None:
    for kind in KINDS.values():
        mine = type(kind)
        assert mine.still_holds is not FollowUpKind.still_holds, kind.name
        assert kind.says or mine.act is not FollowUpKind.act, kind.name
        assert kind.owed_in
        assert mine.owed is not FollowUpKind.owed, f"{kind.name}: lost, it would never come back"
        assert not (kind.optional and kind.any_hour), kind.name


def test_a_silent_signer_is_reminded_three_times_and_both_sides_hear_of_the_deadline(company: Company) -> None:
    id = company.in_review()
    company.sign(id, BEA)
    company.fire_all(until=datetime(2026, 12, 1, tzinfo=UTC))
    assert company.said(VERA) == ["remind", "remind", "remind", "blocked_soon", "deadline_passed_signer"]
    assert company.said(BEA) == []
    assert company.said(RITA) == ["deadline_passed"]
    with company.look(id) as d:
        assert (d.seat_to_fill, d.status) == (Rung.VP, "in_review")
        assert [one.user_id for one in d.signers if not one.handed_over] == [VERA, BEA], "nothing climbs by itself"


def test_reminders_come_in_each_signers_own_working_hours(spread_out: Company) -> None:
    spread_out.in_review()
    for user, zone in ((VERA, "Asia/Tokyo"), (BEA, "America/Los_Angeles")):
        moments = [
            one.due_at.astimezone(ZoneInfo(zone)) for kind in REMINDERS for one in spread_out.dated(kind, to=user)
        ]
        assert len(moments) == {VERA: 3, BEA: 2}[user], "Thanksgiving is no working day in America"
        assert all(9 <= at.hour < 17 or (at.hour, at.minute) == (17, 0) for at in moments)
        assert all(at.weekday() < 5 for at in moments)


@pytest.mark.parametrize("user", [VERA, BEA])
@pytest.mark.parametrize("kind", REMINDERS)
def test_quiet_hours_defer_a_reminder_and_never_consume_it(spread_out: Company, kind: str, user: str) -> None:
    """A worker that was down wakes up at every hour of four days: nobody is woken, and the reminder is sent once."""
    spread_out.in_review(date(2026, 12, 4))
    (work,) = spread_out.dated(kind, to=user)
    with spread_out.db.read() as session:
        person = roster.person(session, spread_out.team, user)
        assert person
        hours = hours_of(person)
    night, deadline = work.due_at + timedelta(hours=12), datetime.fromisoformat(work.args["deadline"])
    for hour in range(96):
        at = night + timedelta(hours=hour)
        result = spread_out.fire(work, at)
        if isinstance(result, Defer):
            assert not is_working(at, hours)
            assert is_working(result.until, hours)
            assert spread_out.dated(kind, to=user)[0].due_at == result.until
            continue
        if result == MOOT:  # by their next working hour a later reminder says it all, or the deadline has passed
            later = [one.due_at for name in REMINDERS[REMINDERS.index(kind) + 1 :] for one in spread_out.dated(name)]
            assert next_working_moment(at, hours) >= min([deadline, *later])
            return
        assert result == SENT
        assert is_working(at, hours)
        break
    else:
        raise AssertionError("never sent")
    assert spread_out.said(user) == ["remind"]
    assert spread_out.dated(kind, to=user) == []


def test_a_weekend_defers_to_monday_morning(company: Company) -> None:
    id = company.triage()
    (alone,) = company.dated("left_alone")
    saturday = datetime(2026, 11, 28, 12, tzinfo=UTC)
    assert company.fire(alone, saturday) == Defer(datetime(2026, 11, 30, 9, tzinfo=UTC))
    assert company.status(id) == "triage"


def test_an_expiry_waits_for_working_hours_too(company: Company) -> None:
    id = company.triage()
    (expires,) = company.dated("expire")
    assert isinstance(company.fire(expires, datetime(2026, 12, 26, 3, tzinfo=UTC)), Defer)
    company.fire_all(["expire"], until=datetime(2026, 12, 28, 9, tzinfo=UTC))
    assert company.status(id) == "expired"


def approve(company: Company, id: int) -> None:
    company.sign(id, VERA)
    company.sign(id, BEA)


def decline(company: Company, id: int) -> None:
    company.sign(id, VERA, Answer.DECLINE, "No.")


def call_two_way(company: Company, id: int) -> None:
    company.sign(id, VERA, Answer.TWO_WAY, "Try it.")


def withdraw(company: Company, id: int) -> None:
    company.do(signoffs.withdraw, id, "never mind")


@pytest.mark.parametrize("decide", [approve, decline, call_two_way, withdraw])
def test_a_decided_decision_reminds_nobody(company: Company, decide: Callable[[Company, int], None]) -> None:
    id = company.in_review()
    decide(company, id)
    before = {user: company.said(user) for user in (RITA, VERA, BEA)}
    kinds = [*REMINDERS, "deadline_passed", "told_late", "left_alone", "expire"]
    log = company.fire_all(kinds, until=FAR)
    assert len(log) > 6
    assert {result for _, _, result in log} == {MOOT}
    assert {user: company.said(user) for user in (RITA, VERA, BEA)} == before


def test_who_answered_is_not_reminded_and_who_is_silent_is(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA)
    log = company.fire_all(REMINDERS, until=FAR)
    assert {recipient for _, recipient, result in log if result == "sent"} == {BEA}


def test_a_decision_in_review_does_not_expire(company: Company) -> None:
    id = company.in_review()
    company.fire_all(["expire"], until=datetime(2026, 12, 28, tzinfo=UTC))
    assert company.status(id) == "in_review"
    assert len(company.dated("expire")) == 1, "but it is looked at again"


def test_each_end_has_its_own_warning_before_it(company: Company) -> None:
    """Told that it closes, somebody took it up again: thirty days later it must not close without a word."""
    company.triage()
    company.fire_all(["expiring"], until=datetime(2026, 12, 21, 12, tzinfo=UTC))
    assert company.said(RITA) == ["expiring"]
    company.later(hours=10)
    (id,) = [work.decision_id for work in company.dated("expire")]
    assert id is not None
    company.answer(id, {Question.UNDO: Undo.DAYS})
    company.fire_all(["expiring", "expire"], until=FAR)
    assert company.said(RITA) == ["expiring", "expiring", "expired"]


def test_whoever_is_asked_again_hears_the_reminders_of_the_new_ask_alone(company: Company) -> None:
    """An answer that no longer stands, a new ask: the half of the old time is nobody's half any more."""
    id = company.in_review(date(2026, 12, 4))
    company.sign(id, VERA)
    company.later(days=2)
    changed = replace(MEMO, data="5% of orders came back in January (source: returns dashboard).")
    company.do(memo.save, id, changed, 1)
    log = company.fire_all(REMINDERS, until=FAR)
    assert sorted(kind for kind, to, result in log if (to, result) == (VERA, "sent")) == sorted(REMINDERS)
    assert [result for kind, to, result in log if (kind, to) == ("remind_halfway", VERA)] == ["moot", "sent"]


def test_of_reminders_that_come_due_together_one_is_enough(company: Company) -> None:
    """The bot was down from before the first until after the second."""
    company.in_review(date(2026, 12, 4))
    company.now = datetime(2026, 12, 3, 12, tzinfo=UTC)
    log = [(kind, result) for kind, to, result in company.fire_all(REMINDERS) if to == VERA]
    assert log == [("remind_halfway", "moot"), ("remind_day_before", "sent")]
    assert company.said(VERA) == ["remind"]


def test_a_revisit_that_was_moved_is_asked_for_on_the_new_day_alone(company: Company) -> None:
    id = company.in_review()
    decline(company, id)
    company.do(looking_back.disagree_and_commit, id, date(2026, 12, 10))
    company.do(looking_back.disagree_and_commit, id, date(2026, 12, 3))
    company.do(looking_back.disagree_and_commit, id, date(2026, 12, 15))
    before = company.fire_all(["revisit"], until=datetime(2026, 12, 15, tzinfo=UTC))
    assert [result for _, _, result in before] == ["moot", "moot"]
    on_the_day = company.fire_all(["revisit"], until=datetime(2026, 12, 16, tzinfo=UTC))  # then weekly until written
    assert [result for _, _, result in on_the_day] == ["sent"]


# ── mute, snooze ────────────────────────────────────────────────────────────────────────────────────────


def test_muted_people_miss_what_is_optional_and_nothing_else(company: Company) -> None:
    company.in_review()
    company.do(profiles.mute, True, by=VERA)
    log = [(kind, result) for kind, to, result in company.fire_all(REMINDERS, until=FAR) if to == VERA]
    assert sorted(log) == [("remind_day_before", "muted"), ("remind_deadline", "sent"), ("remind_halfway", "muted")]
    company.do(profiles.mute, False, by=VERA)
    with company.db.read() as session:
        person = roster.person(session, company.team, VERA)
    assert person
    assert not person.muted


def test_a_snooze_defers_for_one_person_and_leaves_the_dates_of_others(company: Company) -> None:
    id = company.in_review(date(2026, 12, 4))
    until = company.do(looking_back.snooze, id, 3, by=VERA).until
    assert until == datetime(2026, 11, 26, 9, tzinfo=UTC)
    (vera,), (bea,) = company.dated("remind_halfway", to=VERA), company.dated("remind_halfway", to=BEA)
    early = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert company.fire(vera, early) == Defer(until)
    assert company.fire(bea, early) == SENT
    assert company.fire(vera, until) == SENT


def test_a_snooze_that_ends_in_the_night_lasts_until_the_morning(spread_out: Company) -> None:
    id = spread_out.in_review(date(2026, 12, 4))
    until = spread_out.do(looking_back.snooze, id, 1, by=VERA).until
    assert until == datetime(2026, 11, 24, 0, tzinfo=UTC), "nine in Tokyo"


@pytest.mark.parametrize(("days", "until"), [(0, 24), (-5, 24), (1, 24), (5, 30)])
def test_a_snooze_is_at_least_a_day_and_skips_the_weekend(company: Company, days: int, until: int) -> None:
    id = company.in_review(date(2026, 12, 4))
    assert company.do(looking_back.snooze, id, days, by=VERA).until == datetime(2026, 11, until, 9, tzinfo=UTC)


def test_a_snooze_changes_no_cadence(company: Company) -> None:
    id = company.triage(TWO_WAY)
    company.do(verdicts.deflect, id, Deflection(OTTO, "clicks"))
    company.now = datetime(2026, 12, 7, 8, tzinfo=UTC)
    company.do(looking_back.snooze, id, 2, by=OTTO)
    log = company.fire_all(["learning_check"], until=datetime(2026, 12, 9, 9, tzinfo=UTC))
    assert [result for _, _, result in log] == ["sent"]
    (again,) = company.dated("learning_check")
    assert again.due_at == datetime(2026, 12, 16, 9, tzinfo=UTC)


# ── the rest ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_question_below_is_brought_up_only_while_it_is_open(company: Company) -> None:
    id = company.triage(HELD)
    company.do(verdicts.ask_below, id, MIA, "Can you?")
    company.do(deciding_below.advise_below, id, Advice.CANNOT_DECIDE, "No.", by=MIA)
    (work,) = company.dated("asked_reminder")
    assert company.fire(work) == MOOT


def test_work_of_another_workspace_is_never_done_for_this_one(company: Company, elsewhere: Company) -> None:
    id = company.triage()
    with company.db.begin() as session:
        work = FollowUp(
            workspace_id=elsewhere.team, decision_id=id, kind="left_alone", recipient=RITA, due_at=company.now, args={},
            attempts=0,
        )  # fmt: skip
        session.add(work)
        session.flush()
        assert firing.fire(session, work, company.now + timedelta(days=9)) == MOOT


def test_what_is_due_beside_a_decision_that_is_gone_is_moot(company: Company) -> None:
    with company.db.begin() as session:
        work = FollowUp(
            workspace_id=company.team, decision_id=None, kind="review", recipient=RITA, due_at=company.now, args={},
            attempts=0,
        )  # fmt: skip
        session.add(work)
        session.flush()
        assert firing.fire(session, work, company.now) == MOOT


def test_every_move_stands_in_the_history_with_who_and_when(company: Company) -> None:
    id = company.approved()
    company.do(looking_back.shipped, id, date(2026, 11, 23))
    assert company.moves(id) == [
        "draft: triage→drafting",
        "send: drafting→in_review",
        "approve: in_review→approved",
        "implement: approved→implemented",
    ]
    events = company.history(id)
    assert {one.actor for one in events} == {RITA, VERA, BEA, "threshold"}
    assert all(one.workspace_id == company.team and one.at == company.now for one in events)


def test_a_move_that_is_rolled_back_leaves_no_event(company: Company) -> None:
    id = company.triage(TWO_WAY)
    before = company.what(id)

    def fall_over() -> None:
        with company.db.begin() as session:
            verdicts.deflect(session, id, Deflection(OTTO, "clicks"), company.actor(RITA), company.now)
            raise RuntimeError("the process died here")

    with pytest.raises(RuntimeError):
        fall_over()
    assert company.what(id) == before
    assert company.status(id) == "triage"
    assert company.dated("learning_check") == []
