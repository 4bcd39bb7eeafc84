"""What a channel decides about itself: who sits on its ladder, and when it gets its digest."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.db import exporting, follow_ups, lists, queries, roster
from app.db.exporting import Whole
from app.db.models import AuditEvent, DigestPlan, Seat
from app.db.verifying import Record, verify
from app.domain.errors import NotFound, Unreadable
from app.domain.ladder import BAR_RAISER, Rung
from app.domain.reading.days.vocabulary import WEEKDAYS
from app.workflows import digests
from app.workflows.digests import Plan, next_digest, read_plan
from app.workflows.follow_ups.kind import SENT
from app.workflows.people import ladders, profiles
from app.workflows.people.profiles import Profile
from app.workflows.triage import intake, verdicts
from tests.workflows.colleagues import BEA, CHANNEL, DANA, EVE, HELD, MIA, OTTO, PAT, RITA, VERA, Company

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
MORNINGS = Plan(True, (0, 3), "09:30", "Europe/Berlin")
CURRENT = DigestPlan(on=True, days=[1, 2], at="08:15", tz="Asia/Tokyo")


# ── the ladder ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_channels_ladder_is_filled_from_the_workspaces(company: Company, elsewhere: Company) -> None:
    company.do(ladders.seat, "", {"director": [OTTO], "slt": [EVE]}, by=company.keeper)
    company.do(ladders.seat, "C2", {"vp": [PAT]}, by=company.keeper)
    with company.db.read() as session:
        here = roster.ladder_of(session, company.team, CHANNEL)
        there = roster.ladder_of(session, company.team, "C2")
        nowhere = roster.ladder_of(session, company.team, None)
        other = roster.ladder_of(session, elsewhere.team, "C2")
    assert (here.sitting(Rung.DIRECTOR), here.sitting(Rung.SLT)) == (DANA, EVE)
    assert (there.sitting(Rung.DIRECTOR), there.sitting(Rung.VP)) == (OTTO, PAT)
    assert (nowhere.sitting(Rung.DIRECTOR), nowhere.sitting(Rung.VP)) == (OTTO, None)
    assert other.rung_of(OTTO) is None


def test_seating_replaces_who_sat_on_that_rung_alone(company: Company) -> None:
    company.do(ladders.seat, CHANNEL, {"vp": [PAT, EVE, PAT]}, by=company.keeper)
    company.do(ladders.seat, CHANNEL, {BAR_RAISER: []}, by=company.keeper)
    with company.db.read() as session:
        ladder = roster.own_ladder(session, company.team, CHANNEL)
        assert roster.ladder_and_rung(session, company.team, CHANNEL, VERA)[1] is None
        assert roster.ladder_and_rung(session, company.team, CHANNEL, EVE)[1] is Rung.VP
        assert roster.ladder_and_rung(session, company.team, "C2", EVE)[1] is None, "a seat counts in its own channel"
    assert ladder.seats[Rung.VP] == (PAT, EVE)
    assert ladder.seats[Rung.MANAGER] == (MIA,)
    assert ladder.bar_raisers == ()


@pytest.mark.parametrize(
    "profile", [Profile("x", "UTC", active=False), Profile("x", "UTC", guest=True), Profile("x", "UTC", bot=True)]
)
def test_who_cannot_decide_is_not_seated(company: Company, profile: Profile) -> None:
    with company.db.begin() as session:
        profiles.update(session, company.team, EVE, profile, company.now)
    with pytest.raises(Unreadable) as refused:
        company.do(ladders.seat, CHANNEL, {"vp": [EVE]}, by=company.keeper)
    assert refused.value.field == "vp"
    with company.db.read() as session:
        assert roster.ladder_of(session, company.team, CHANNEL).sitting(Rung.VP) == VERA


def test_a_rung_that_is_none_is_refused(company: Company) -> None:
    with pytest.raises(Unreadable, match="no rung called emperor"):
        company.do(ladders.seat, CHANNEL, {"emperor": [EVE]}, by=company.keeper)


def seated(company: Company, user: str) -> list[tuple[str, list[str], list[str]]]:
    """What somebody was told about their seats: (where, won, lost)."""
    told = [one.args for one in company.messages("reply") if one.recipient == user and one.args["view"] == "seated"]
    return [(args["channel"], args["won"], args["lost"]) for args in told]


def test_a_first_ladder_is_set_up_as_a_whole_and_from_then_on_whoever_wins_or_loses_a_seat_is_told_once(
    company: Company,
) -> None:
    assert company.messages("reply") == []
    company.do(ladders.seat, CHANNEL, {"director": [DANA, EVE], "vp": [EVE], BAR_RAISER: [RITA]}, by=company.keeper)
    assert seated(company, EVE) == [(CHANNEL, ["director", "vp"], [])]
    assert seated(company, VERA) == [(CHANNEL, [], ["vp"])]
    assert seated(company, BEA) == [(CHANNEL, [], [BAR_RAISER])]
    assert seated(company, DANA) == [], "nothing changed for her"
    assert seated(company, RITA) == [(CHANNEL, [BAR_RAISER], [])]
    assert seated(company, company.keeper) == [], "she did it herself"
    company.do(ladders.seat, CHANNEL, {"director": [DANA, EVE], "vp": [EVE], BAR_RAISER: [RITA]}, by=company.keeper)
    assert len(company.messages("reply")) == 4


def test_a_channels_own_seat_takes_the_workspaces_away_there(company: Company) -> None:
    company.do(ladders.seat, "", {"vp": [PAT]}, by=company.keeper)
    company.do(ladders.seat, "C2", {"vp": [EVE]}, by=company.keeper)
    assert seated(company, PAT) == [("C2", [], ["vp"])]
    assert seated(company, EVE) == [("C2", ["vp"], [])]


def test_a_change_of_seats_is_on_the_record_with_before_and_after(company: Company) -> None:
    company.do(ladders.seat, CHANNEL, {"vp": [PAT, EVE], "manager": [MIA]}, by=DANA)
    with company.db.read(steady=True) as session:
        *_, last = session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
        assert list(verify(session, company.team, Record())) == []
    assert (last.actor, last.what, last.decision_id) == (DANA, "ladder", None)
    assert last.detail == {"channel": CHANNEL, "rung": "vp", "before": [VERA], "after": [PAT, EVE]}
    with company.db.begin() as session:
        session.execute(delete(Seat).where(Seat.user_id == PAT))
    with company.db.read(steady=True) as session:
        (said,) = verify(session, company.team, Record())
    assert said == f"Who sits as vp on the ladder of {CHANNEL} was changed behind the record's back."


def test_what_went_on_although_a_gate_failed_is_counted(company: Company) -> None:
    for private in (False, False, True):
        company.do(verdicts.go_on_anyway, company.triage(HELD, private=private), "The board wants it in March.")
    company.triage(HELD)
    with company.db.read() as session:
        assert queries.overridden(session, company.team, CHANNEL) == 2
        assert queries.overridden(session, company.team, "C2") == 0


# ── the words of a plan ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", Plan(True, (0, 1, 2, 3, 4), "09:00", "UTC")),
        ("on", Plan(True, (0, 1, 2, 3, 4), "09:00", "UTC")),
        ("off", Plan(False, (0, 1, 2, 3, 4), "09:00", "UTC")),
        ("mon,thu 9:30 Europe/Berlin", Plan(True, (0, 3), "09:30", "Europe/Berlin")),
        ("Europe/Berlin 9:30 mon, thu", Plan(True, (0, 3), "09:30", "Europe/Berlin")),
        ("Mondays; FRIDAY 17", Plan(True, (0, 4), "17:00", "UTC")),
        ("weekdays 08:05", Plan(True, (0, 1, 2, 3, 4), "08:05", "UTC")),
        ("sun utc", Plan(True, (6,), "09:00", "utc")),
        ("tues", Plan(True, (1,), "09:00", "UTC")),
        ("mon-fri 9:00", Plan(True, (0, 1, 2, 3, 4), "09:00", "UTC")),
        ("Montag, Donnerstag 9:30 Europe/Berlin", Plan(True, (0, 3), "09:30", "Europe/Berlin")),
        ("vendredi", Plan(True, (4,), "09:00", "UTC")),
        ("fri-mon", Plan(True, (4, 5, 6, 0), "09:00", "UTC")),
    ],
)
def test_a_plan_is_read_from_words_in_any_order(words: str, expected: Plan) -> None:
    assert read_plan(words.split(), None, "UTC") == expected


def test_what_is_not_said_stays_as_it_was() -> None:
    assert read_plan([], CURRENT, "UTC") == Plan(True, (1, 2), "08:15", "Asia/Tokyo")
    assert read_plan(["fri"], CURRENT, "UTC") == Plan(True, (4,), "08:15", "Asia/Tokyo")
    assert read_plan(["10:00"], CURRENT, "UTC") == Plan(True, (1, 2), "10:00", "Asia/Tokyo")
    assert read_plan(["off"], CURRENT, "UTC").on is False


@pytest.mark.parametrize("word", ["someday", "25:00", "9:75", "99", "mo", "moon", "thursdayish"])
def test_a_word_that_is_no_day_time_or_zone_is_refused_by_name(word: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_plan([word], None, "UTC")
    assert word.split(":")[0] in refused.value.sentence


@given(st.sets(st.sampled_from(EVERY_DAY), min_size=1), st.times(), st.sampled_from(["UTC", "Asia/Kolkata"]))
def test_a_plan_that_is_said_is_read_back(days: set[int], at: object, tz: str) -> None:
    clock = f"{at:%H:%M}"
    words = [",".join(WEEKDAYS[day] for day in sorted(days)), clock, tz]
    assert read_plan(words, None, "UTC") == Plan(True, tuple(sorted(days)), clock, tz)


# ── when it comes ───────────────────────────────────────────────────────────────────────────────────────


@given(
    st.sets(st.sampled_from(EVERY_DAY), min_size=1),
    st.sampled_from(["00:00", "02:30", "9:30", "23:59"]),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_the_next_digest_is_still_to_come_within_a_week_on_its_day(
    days: set[int], at: str, tz: str, now: datetime
) -> None:
    found = next_digest(sorted(days), at, tz, now)
    assert now < found <= now + timedelta(days=8)
    assert found.astimezone(ZoneInfo(tz)).weekday() in days
    assert next_digest(sorted(days), at, tz, found - timedelta(seconds=1)) == found


def test_a_digest_today_at_this_very_moment_is_the_next_one_tomorrow() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert next_digest(EVERY_DAY, "09:00", "UTC", now) == now + timedelta(days=1)


def test_the_wall_clock_holds_where_the_clocks_change() -> None:
    friday = datetime(2026, 10, 23, 12, tzinfo=UTC)
    assert next_digest((0,), "09:00", "Europe/Berlin", friday) == datetime(2026, 10, 26, 8, tzinfo=UTC)


def due(company: Company) -> Sequence[datetime]:
    return [one.due_at for one in company.dated("digest")]


def test_planning_dates_the_next_digest_and_planning_anew_replaces_it(company: Company) -> None:
    company.do(digests.plan_digest, CHANNEL, MORNINGS)
    assert due(company) == [datetime(2026, 11, 26, 8, 30, tzinfo=UTC)]
    company.do(digests.plan_digest, CHANNEL, Plan(True, (1,), "10:00", "UTC"))
    assert due(company) == [datetime(2026, 11, 24, 10, tzinfo=UTC)]
    company.do(digests.plan_digest, CHANNEL, Plan(False, (1,), "10:00", "UTC"))
    assert due(company) == []


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan(True, (), "09:00", "UTC"), "days"),
        (Plan(True, (0,), "soon", "UTC"), "at"),
        (Plan(True, (0,), "09:00", "Mars/Olympus"), "tz"),
        (Plan(True, (0,), "09:00", "../etc/passwd"), "tz"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_at_its_input(company: Company, plan: Plan, field: str) -> None:
    with pytest.raises(Unreadable) as refused:
        company.do(digests.plan_digest, CHANNEL, plan)
    assert refused.value.field == field
    assert due(company) == []


def test_with_nothing_to_say_nothing_is_posted_and_the_next_one_is_dated(company: Company) -> None:
    company.do(digests.plan_digest, CHANNEL, MORNINGS)
    (work,) = company.dated("digest")
    assert company.fire(work) == "nothing to say"
    assert company.messages("digest") == []
    assert due(company) == [datetime(2026, 11, 30, 8, 30, tzinfo=UTC)]


def test_an_open_decision_is_posted_and_the_next_one_is_dated(company: Company) -> None:
    company.triage(HELD)
    company.do(digests.plan_digest, CHANNEL, MORNINGS)
    (work,) = company.dated("digest")
    assert company.fire(work) == SENT
    assert [one.recipient for one in company.messages("digest")] == [CHANNEL]
    assert due(company) == [datetime(2026, 11, 30, 8, 30, tzinfo=UTC)]


def test_triages_and_private_decisions_are_nothing_to_say(company: Company, elsewhere: Company) -> None:
    company.triage()
    company.triage(HELD, private=True)
    company.triage(HELD, channel="C2")
    elsewhere.triage(HELD)
    company.do(digests.plan_digest, CHANNEL, MORNINGS)
    (work,) = company.dated("digest")
    assert company.fire(work) == "nothing to say"


def test_what_was_decided_is_said_once(company: Company) -> None:
    company.approved()
    company.do(digests.plan_digest, CHANNEL, MORNINGS)
    results = [result for _, _, result in company.fire_all(["digest"], until=company.now + timedelta(days=8))]
    assert results == ["sent", "nothing to say"]


def test_two_digests_of_one_channel_become_one_again(company: Company) -> None:
    """As two processes could leave it: the first to fire dates no other beside the second."""
    company.do(digests.plan_digest, CHANNEL, MORNINGS)
    (work,) = company.dated("digest")
    with company.db.begin() as session:
        plan = digests.plan_of_channel(session, company.team, CHANNEL)
        session.add(type(work)(
            workspace_id=company.team, decision_id=None, kind="digest", recipient=CHANNEL,
            due_at=work.due_at + timedelta(hours=1), args={}, attempts=0,
        ))  # fmt: skip
        assert plan.on
    company.fire_all(["digest"], until=work.due_at + timedelta(hours=2))
    assert len(due(company)) == 1


def test_a_channel_that_is_deleted_hears_nothing_more(company: Company, elsewhere: Company) -> None:
    for one in (company, elsewhere):
        one.do(digests.plan_digest, CHANNEL, MORNINGS)
    (work,) = company.dated("digest")
    with company.db.begin() as session:
        digests.channel_deleted(session, company.team, CHANNEL, company.now)
        digests.channel_deleted(session, company.team, "C9", company.now)
    assert due(company) == []
    assert len(due(elsewhere)) == 1
    assert work.done_at is None


def test_a_channel_without_a_digest_says_how_to_start_one(company: Company) -> None:
    with company.db.read() as session, pytest.raises(NotFound, match="digest on"):
        digests.plan_of_channel(session, company.team, CHANNEL)


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────


def test_lists_show_what_somebody_may_see(company: Company, elsewhere: Company) -> None:
    held, private, mine = company.triage(HELD), company.triage(HELD, private=True), company.triage()
    review = company.in_review()

    def listed(team: str, user: str, channel: str | None = CHANNEL) -> list[int]:
        with company.db.read() as session:
            found = queries.visible_open(session, team, user, channel)
            assert queries.count_visible_open(session, team, user, channel) == len(found)
            return sorted(decision.id for decision in found)

    assert listed(company.team, RITA, None) == [held, private, mine, review]
    assert listed(company.team, EVE) == [held, review]
    assert listed(company.team, EVE, None) == []
    assert listed(company.team, VERA, None) == [review]
    assert listed(elsewhere.team, RITA) == []
    company.do(intake.set_private, review, True)
    assert listed(company.team, EVE) == [held]
    assert listed(company.team, VERA) == [held, review]


def test_what_waits_for_somebody_waits_in_one_workspace(company: Company, elsewhere: Company) -> None:
    id = company.in_review()
    with company.db.read() as session:
        for team, expected in ((company.team, [id]), (elsewhere.team, [])):
            assert [d.id for d in lists.home(session, team, VERA, 16).to_sign] == expected
            assert [d.id for d in lists.home(session, team, RITA, 16).mine] == expected
            assert queries.waiting_for(session, team, BEA, ()) == set(expected)
            listed_ = lists.open_in_channel(session, team, CHANNEL, company.now, company.now, 30, "UTC")
            assert listed_.total == len(expected)
            assert [line.standing.to_sign for line in listed_.lines] == ([(VERA, BEA)] if expected else [])
            assert [one.decision.id for one in exporting.decisions(session, team) if isinstance(one, Whole)] == expected
            assert (queries.decision(session, team, id) is None) == (not expected)
            assert bool(follow_ups.next_follow_ups(session, team)) == bool(expected)
    company.sign(id, VERA)
    with company.db.read() as session:
        assert lists.home(session, company.team, VERA, 16).to_sign == []
