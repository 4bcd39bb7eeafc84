"""When a sync may be: hours and a working morning or afternoon of everybody's own, whatever the clocks and holidays."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.domain.people.calendar import WorkingHours, is_working_day, local_date, window_of
from app.domain.syncs.slots import ReadingTime, clock_of, earliest, halves_of, has_read_by, last_call, outside_by, slots

NEW_YORK, BERLIN, TOKYO = (
    WorkingHours("America/New_York", "US"),
    WorkingHours("Europe/Berlin", "DE-BE"),
    WorkingHours("Asia/Tokyo", "JP"),
)
RULE = ReadingTime()

PLACES = st.sampled_from(
    [
        ("America/New_York", "US"), ("Europe/Berlin", "DE-BE"), ("Asia/Tokyo", "JP"), ("Asia/Kathmandu", None),
        ("America/Sao_Paulo", "BR"), ("Pacific/Auckland", "NZ"), ("Asia/Dubai", "AE"), ("Africa/Cairo", "EG"),
        ("America/Los_Angeles", "US-CA"), ("UTC", None),
    ]
)  # fmt: skip


@st.composite
def people(draw: st.DrawFn) -> WorkingHours:
    tz, country = draw(PLACES)
    start = draw(st.integers(6, 12))
    off = draw(st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=3))
    return WorkingHours(tz, country, time(start), time(start + draw(st.integers(2, 9))), off=off)


MOMENTS = st.integers(0, 700 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
NEAR_A_CHANGE = st.sampled_from(
    [datetime(2026, 3, 7, 15, tzinfo=UTC), datetime(2026, 3, 27, 15, tzinfo=UTC), datetime(2026, 10, 23, 9, tzinfo=UTC),
     datetime(2026, 10, 30, 20, tzinfo=UTC), datetime(2026, 12, 23, 20, tzinfo=UTC)]
)  # fmt: skip
RULES = st.builds(ReadingTime, st.integers(0, 72), st.integers(0, 4))


def whole_halves_between(sent: datetime, start: datetime, hours: WorkingHours) -> int:
    """Counted another way than the rule: every half of every day between them."""
    days = (start - sent).days + 3
    first = local_date(sent, hours) - timedelta(days=1)
    halves = [half for n in range(days + 1) for half in halves_of(first + timedelta(days=n), hours)]
    return sum(sent <= opens and closes <= start for opens, closes in halves)


@settings(max_examples=120, deadline=None)
@given(sent=MOMENTS | NEAR_A_CHANGE, readers=st.lists(people(), max_size=4), rule=RULES)
@example(sent=datetime(2026, 3, 27, 15, tzinfo=UTC), readers=[NEW_YORK, BERLIN, TOKYO], rule=RULE)
@example(sent=datetime(2026, 11, 22, 23, tzinfo=UTC), readers=[TOKYO], rule=RULE)  # a holiday in Tokyo
def test_nobody_meets_before_the_hours_and_a_half_day_of_their_own_and_no_later_than_that(
    sent: datetime, readers: list[WorkingHours], rule: ReadingTime
) -> None:
    first = earliest(sent, readers, rule)
    assert first - sent >= timedelta(hours=rule.hours), "elapsed hours, whatever the clocks do"
    for one in readers:
        assert whole_halves_between(sent, first, one) >= rule.halves
    a_minute_before = first - timedelta(minutes=1)
    enough = all(whole_halves_between(sent, a_minute_before, one) >= rule.halves for one in readers)
    assert a_minute_before - sent < timedelta(hours=rule.hours) or not enough, "no earlier moment would do"


@settings(max_examples=40, deadline=None)
@given(sent=MOMENTS | NEAR_A_CHANGE, readers=st.lists(people(), min_size=1, max_size=3), requester=people())
def test_every_slot_leaves_time_to_read_and_is_on_a_working_day_of_everybodys(
    sent: datetime, readers: list[WorkingHours], requester: WorkingHours
) -> None:
    found = slots(sent, readers, [requester], RULE, 30)
    everybody = [*readers, requester]
    assert [one.start for one in found] == sorted({one.start for one in found})
    for slot in found:
        assert slot.start >= earliest(sent, readers, RULE)
        late = dict(slot.outside)
        for number, hours in enumerate(everybody):
            assert is_working_day(local_date(slot.start, hours), hours)
            assert outside_by(slot.start, 30, hours) == late.get(number, timedelta())
    within = [one for one in found if not one.outside]
    assert not within or within == found, "nobody is asked to stay longer where they need not"


@settings(max_examples=60, deadline=None)
@given(sent=MOMENTS, days=st.integers(1, 12), hours=people())
def test_the_last_call_comes_as_the_last_whole_half_day_begins(sent: datetime, days: int, hours: WorkingHours) -> None:
    start = sent + timedelta(days=days, hours=1)
    at = last_call(sent, start, hours)
    assume(at is not None)
    assert at is not None
    assert sent < at < start
    window = window_of(local_date(at, hours), hours)
    assert window is not None
    assert window[0] <= at < window[1]
    assert whole_halves_between(at + timedelta(seconds=1), start, hours) == 0, "a later one would be too late"


def test_new_york_berlin_and_tokyo_share_no_hour_so_nobody_stays_longer_than_needed() -> None:
    sent = datetime(2026, 12, 1, 15, tzinfo=UTC)  # a Tuesday, ten in New York
    found = slots(sent, [BERLIN, TOKYO], [NEW_YORK], RULE, 30)
    assert found
    for slot in found:
        by = dict(slot.outside)
        assert max(by.values()) <= timedelta(hours=5, minutes=30)
        for hours in (NEW_YORK, BERLIN, TOKYO):
            assert time(7) <= clock_of(slot.start, hours).time() <= time(21, 30)


def test_a_holiday_of_one_reader_puts_the_sync_off_for_all() -> None:
    sent = datetime(2026, 11, 2, 1, tzinfo=UTC)  # Monday, ten in Tokyo; Tuesday is Culture Day there
    assert has_read_by(sent, TOKYO, RULE) == datetime(2026, 11, 3, 1, tzinfo=UTC), "Monday's afternoon is theirs"
    late = datetime(2026, 11, 2, 6, tzinfo=UTC)  # three in the afternoon: no whole half is left that day
    assert has_read_by(late, TOKYO, RULE) == datetime(2026, 11, 4, 4, tzinfo=UTC), "Wednesday's morning"
    assert earliest(late, [BERLIN, TOKYO], RULE) == datetime(2026, 11, 4, 4, tzinfo=UTC)
    assert all(local_date(one.start, TOKYO) != date(2026, 11, 3) for one in slots(sent, [TOKYO], [BERLIN], RULE, 30))


def test_weeks_off_lead_further_ahead_and_no_common_day_to_no_slot() -> None:
    sent = datetime(2026, 12, 1, 9, tzinfo=UTC)
    days = [date(2026, 12, 1) + timedelta(days=n) for n in range(120)]
    away = WorkingHours("UTC", None, off=frozenset(days[:20]))
    assert slots(sent, [away], [BERLIN], RULE, 30)[0].start.date() == date(2026, 12, 21)
    early, late = (
        WorkingHours("UTC", weekend=frozenset({3, 4, 5, 6})),
        WorkingHours("UTC", weekend=frozenset({0, 1, 2})),
    )
    assert slots(sent, [early, late], [BERLIN], RULE, 30) == [], "they never work on the same day"
