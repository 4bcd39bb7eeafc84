"""What dates bring: each in the hours of the person it is for, until it is answered, and never twice."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from app.db.models import Person as PersonRow
from app.domain.lifecycle import Status
from demo.company import NEW_YORK
from demo.stories import Telling
from sandbox import Person
from tests.e2e import scenes
from tests.e2e.scenes import does
from tests.stories.seen import keys_sent


def when(t: Telling, person: Person, words: str, tz: str = NEW_YORK) -> list[str]:
    """At which moments, on somebody's own clock, they were told so; whatever the message says by now."""
    rooms = {message.channel for message in person.sees()}
    told = [r for r in t.stage.slack.requests("chat.postMessage") if r.ok and r.response["channel"] in rooms]
    at = [float(r.response["ts"]) for r in told if words in json.dumps(r.args, ensure_ascii=False)]
    return [datetime.fromtimestamp(ts, UTC).astimezone(ZoneInfo(tz)).strftime("%d %b %H:%M") for ts in at]


def lives_in(t: Telling, person: Person, country: str) -> None:
    """Whose public holidays are days off."""
    t.stage.bot.outbox.directory.ensure(t.stage.ws.id, [person.id])
    does(t, lambda s: bool(s.execute(update(PersonRow).where(PersonRow.user_id == person.id).values(country=country))))


def approved(t: Telling) -> int:
    id = scenes.in_review(t)
    for person in (t.cast.vera, t.cast.kenji):
        t.must(t.fills(person, "sign_open:approve", {"said": "Go."}))
    assert scenes.decision(t, id).status is Status.APPROVED
    return id


def test_a_triage_left_alone_is_called_to_mind_once_and_expires_after_thirty_days(shown: Telling) -> None:
    sam = shown.cast.sam
    id = scenes.asks(shown, 1)
    shown.stage.travel(timedelta(days=33))
    assert len(when(shown, sam, "This waits for you where you left it")) == 1
    assert len(when(shown, sam, "Closed, since nobody touched it for 30 days")) >= 1
    assert scenes.decision(shown, id).status is Status.EXPIRED
    assert scenes.said(shown, id, "expired") == 1
    shown.stage.travel(timedelta(days=30))
    assert scenes.said(shown, id, "left_alone") == 1


def test_a_signer_hears_halfway_a_day_before_and_that_morning_and_both_sides_when_it_passed(told: Telling) -> None:
    vera, sam = told.cast.vera, told.cast.sam
    scenes.in_review(told)
    told.stage.travel(told.at(9, 12))
    assert when(told, vera, "Half of the time is left") == ["04 Nov 13:00"]
    assert when(told, vera, "One working day is left") == ["05 Nov 09:00"]
    assert when(told, vera, "needs your answer today") == ["06 Nov 09:00"], "in the morning of the day, before it ends"
    assert when(told, vera, "The date for your answer passed") == ["09 Nov 09:00"]
    assert when(told, sam, "did not answer by the date you set") == ["09 Nov 09:00"]
    assert scenes.decision(told, scenes.the_one(told)).status is Status.IN_REVIEW, "nothing climbs by itself"
    assert set(keys_sent(told).values()) == {1}


def test_who_has_answered_is_reminded_of_nothing(shown: Telling) -> None:
    scenes.in_review(shown)
    shown.must(shown.fills(shown.cast.vera, "sign_open:approve", {"said": "Go."}))
    shown.stage.travel(shown.at(9, 12))
    for words in ("time is left", "working day is left", "needs your answer today", "passed on"):
        assert scenes.count(shown.cast.vera, words) == 0
    last = "needs your answer by Fri 6 Nov.* This is your last working day before it."
    assert scenes.count(shown.cast.kenji, last) == 1, "it ends while he sleeps, on a Saturday in Tokyo"


def test_has_it_shipped_and_not_yet_asks_again_two_weeks_later(shown: Telling) -> None:
    sam = shown.cast.sam
    approved(shown)
    shown.stage.travel(shown.at(15, 12))
    assert when(shown, sam, "Has it shipped?") == ["16 Nov 09:00"]
    shown.stage.travel(shown.at(17, 12))
    shown.taps(sam, "not_shipped")
    assert "I ask again in two weeks" in scenes.everything(sam)
    shown.stage.travel(shown.at(32, 12))
    assert when(shown, sam, "Has it shipped?") == ["16 Nov 09:00", "03 Dec 09:00"], "two weeks from the answer"


def test_a_review_is_asked_for_every_week_until_it_is_written(told: Telling) -> None:
    sam = told.cast.sam
    id = approved(told)
    told.must(told.fills(sam, "shipped_open", {"on": told.day(0).isoformat()}))
    told.stage.travel(told.at(43, 12))
    assert when(told, sam, "how did it turn out?") == ["30 Nov 09:00", "07 Dec 09:00", "14 Dec 09:00"]
    written = {"happened": "Contacts are at +2%.", "right": "yes", "learned": "Pilot with members first."}
    told.must(told.fills(sam, "look_open", dict(written)))
    told.stage.travel(timedelta(days=40))
    assert len(when(told, sam, "how did it turn out?")) == 3
    assert scenes.decision(told, id).status is Status.REVIEWED


def test_a_holiday_at_home_moves_the_reminder_of_the_one_who_has_it(shown: Telling) -> None:
    """Thursday, 26 November 2026 is Thanksgiving: a day off in New York, and none in Berlin."""
    sam, priya = shown.cast.sam, shown.cast.priya
    lives_in(shown, sam, "US")
    lives_in(shown, priya, "DE")
    shown.stage.travel(datetime(2026, 11, 25, 15, tzinfo=UTC))
    scenes.asks(shown, 1)
    scenes.asks(shown, 1, by=priya)
    shown.stage.travel(timedelta(days=3))
    words = "This waits for you where you left it"
    assert when(shown, sam, words) == ["27 Nov 09:00"]
    assert when(shown, priya, words, "Europe/Berlin") == ["26 Nov 16:00"]


@pytest.mark.parametrize("hour", [13, 21])
def test_a_weekend_is_left_in_peace(shown: Telling, hour: int) -> None:
    shown.stage.travel(shown.at(4, hour))
    scenes.asks(shown, 1)
    shown.stage.travel(timedelta(days=4))
    assert when(shown, shown.cast.sam, "This waits for you where you left it") == ["09 Nov 09:00"]


def test_somebody_who_moves_is_reminded_on_their_new_clock(shown: Telling) -> None:
    sam = shown.cast.sam
    shown.stage.travel(shown.at(4, 13))
    scenes.asks(shown, 1)
    sam.change(tz="Asia/Tokyo")
    shown.stage.travel(timedelta(days=4))
    assert when(shown, sam, "This waits for you where you left it", "Asia/Tokyo") == ["09 Nov 09:00"]
