"""The file for a calendar, opened with two other readers of such files: once when planned, moved, and called off."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from app.db.models import Person
from app.domain.syncs.life import Off, SyncState
from app.slack.calendar_file import calendar_file
from app.workflows.people import taking_over
from app.workflows.signing import readers
from app.workflows.syncs import planning
from app.workflows.triage import intake
from tests.workflows.colleagues import BEA, DANA, RITA, VERA, Company
from tests.workflows.syncs.test_prereads import THURSDAY, approves, asks, sent, state

ZONES = {RITA: "America/New_York", DANA: "Europe/Berlin", BEA: "Asia/Tokyo", VERA: "UTC"}
LOCAL = {RITA: "09:00-0500", DANA: "15:00+0100", BEA: "23:00+0900", VERA: "14:00+0000"}


@pytest.fixture
def planned(company: Company) -> tuple[Company, int]:
    with company.db.begin() as session:
        for user, tz in ZONES.items():
            session.get_one(Person, (company.team, user)).tz = tz
    return company, sent(company, DANA, BEA, VERA)


def files(company: Company, id: int) -> dict[str, tuple[str, bytes]]:
    """What goes out last to each of them."""
    found = {}
    for row in company.messages("calendar"):
        with company.look(id) as d, company.db.read() as session:
            d = session.merge(d, load=False)
            made = calendar_file(
                session, d, row.recipient, row.args["sync"], row.args["sequence"], company.now
            )  # fmt: skip
        if made is not None:
            assert row.recipient not in found, "one file a word"
            found[row.recipient] = made
    return found


def events(content: bytes) -> tuple[Event, Any, str]:
    """The one event, as each reader has it, and the method of the file."""
    text = content.decode()
    strict = IcsCalendarStream.calendar_from_ics(text)
    loose = vobject.readOne(text)
    (event,) = strict.events
    assert loose.method.value == strict.method
    return event, loose.vevent, str(strict.method)


def read(content: bytes) -> Iterator[tuple[str, str, int, datetime, str]]:
    """Method, UID, sequence, start and status, as each of the two readers has them."""
    strict, loose, method = events(content)
    start = strict.dtstart
    assert isinstance(start, datetime)
    assert strict.uid is not None
    assert strict.sequence is not None
    yield method, strict.uid, strict.sequence, start, str(strict.status.value if strict.status else "")
    yield method, loose.uid.value, int(loose.sequence.value), loose.dtstart.value, loose.status.value


def test_each_gets_it_on_their_own_clock_as_two_readers_see_it(planned: tuple[Company, int]) -> None:
    company, id = planned
    made = files(company, id)
    assert set(made) == set(ZONES)
    uids = set()
    for user, (name, content) in made.items():
        assert name == "D-1-sync.ics"
        for method, uid, sequence, start, status in read(content):
            assert (method, sequence, status) == ("REQUEST", 0, "CONFIRMED")
            assert start == THURSDAY, "the same moment for all"
            assert f"{start:%H:%M%z}" == LOCAL[user], "on their own clock"
            uids.add(uid)
        strict, loose, _ = events(content)
        assert strict.dtend == THURSDAY + timedelta(minutes=30)
        assert loose.dtend.value == THURSDAY + timedelta(minutes=30)
        assert strict.summary == loose.summary.value == "D-1: Extend the return window"
        assert len(strict.attendees) == len(loose.attendee_list) == 3
        zoned = b"BEGIN:VTIMEZONE" in content
        assert zoned == (ZONES[user] != "UTC")
        assert b"2038" not in content, "no zone of a hundred years"
    assert len(uids) == 1


def test_the_uid_stays_and_the_sequence_rises_until_it_is_called_off(planned: tuple[Company, int]) -> None:
    company, id = planned
    first = next(read(files(company, id)[BEA][1]))
    company.do(planning.move_sync, id, THURSDAY + timedelta(days=1))
    moved = next(read(files(company, id)[BEA][1]))
    assert moved[:3] == ("REQUEST", first[1], 1)
    assert moved[3] == THURSDAY + timedelta(days=1)
    approves(company, id, DANA, BEA, VERA)
    name, content = files(company, id)[BEA]
    assert name == "D-1-sync-cancelled.ics"
    for method, uid, sequence, start, status in read(content):
        assert (method, uid, sequence, status) == ("CANCEL", first[1], 2, "CANCELLED")
        assert start == moved[3]
    asks(company, id, DANA, "A question;\nwith commas, and “quotes”")
    back = files(company, id)[BEA][1]
    assert next(read(back))[:3] == ("REQUEST", first[1], 3)
    strict, loose, _ = events(back)
    said = "1. A question; with commas, and “quotes”"
    assert said in (strict.description or "")
    assert said in loose.description.value


def test_over_a_change_of_the_clocks_the_moment_stays_and_the_local_hour_moves(company: Company) -> None:
    company.now = datetime(2026, 3, 26, 10, tzinfo=UTC)
    with company.db.begin() as session:
        session.get_one(Person, (company.team, DANA)).tz = "Europe/Berlin"
    id = sent(company, DANA, start=datetime(2026, 3, 30, 13, tzinfo=UTC))
    for _, _, _, start, _ in read(files(company, id)[DANA][1]):
        assert f"{start:%d %H:%M%z}" == "30 15:00+0200"


def test_a_private_one_says_nothing_in_a_calendar_but_when(planned: tuple[Company, int]) -> None:
    company, id = planned
    asks(company, id, DANA, "Who pays?")
    company.do(intake.set_private, id, True)
    for _, content in files(company, id).values():
        strict, loose, method = events(content)
        assert (method, strict.sequence, strict.summary) == ("REQUEST", 1, "D-1")
        assert loose.contents["class"][0].value == "PRIVATE"
        assert b"CLASS:PRIVATE" in content
        assert b"Who pays" not in content
    company.do(intake.set_private, id, True)
    with company.look(id) as d:
        assert d.sync is not None
        assert d.sync.sequence == 1, "it was private already"


def test_who_is_taken_out_gets_one_word_that_it_is_off_for_them(planned: tuple[Company, int]) -> None:
    company, id = planned
    asks(company, id, DANA, "Who pays?")
    company.do(readers.take_out, id, VERA)
    made = files(company, id)
    strict, _, method = events(made[VERA][1])
    assert (method, strict.sequence, strict.summary, len(strict.attendees)) == ("CANCEL", 1, "D-1", 1)
    assert b"Who pays" not in made[VERA][1]
    strict, _, method = events(made[DANA][1])
    assert (method, strict.sequence, len(strict.attendees)) == ("REQUEST", 1, 2)
    company.do(planning.call_off, id)
    assert VERA not in files(company, id), "once"


def test_who_takes_it_over_comes_and_is_waited_for_no_more(planned: tuple[Company, int]) -> None:
    company, id = planned
    approves(company, id, BEA, VERA)
    with company.db.begin() as session:
        session.get_one(Person, (company.team, RITA)).active = False
    company.do(taking_over.take_over, id, by=DANA)
    assert state(company, id) == (SyncState.CANCELLED, Off.SETTLED), "they wait for nobody but themselves"
    for user, (_, content) in files(company, id).items():
        strict, _, method = events(content)
        assert (method, str(strict.organizer.uri if strict.organizer else "")) == (
            "CANCEL",
            "mailto:urita@slack.invalid",
        ), user
    assert RITA not in files(company, id)
