"""Story 9. A sync held for two questions of five, over New York, Berlin and Tokyo, one of them on a holiday."""

from datetime import UTC, date, datetime

from app.db import roster
from app.domain.people.calendar import is_working_day
from app.domain.people.working_time import hours_of
from app.domain.syncs.life import SyncState
from app.workflows.agenda import agenda_of
from demo.company import TOKYO
from demo.stories import Telling, synced
from tests.stories.seen import decision, hears, keys_sent, refusals


def test_two_questions_of_five_are_met_about_and_one_goes_to_whoever_signs(told: Telling) -> None:
    sam, cast = told.cast.sam, told.cast
    told.stage.travel(told.at(0, 9))
    before = told.stage.slack.count_interactions(sam)
    synced.send(told)
    triaged_and_written = 9
    assert told.stage.slack.count_interactions(sam) - before - triaged_and_written <= 4, "a pre-read takes four at most"
    d = decision(told)
    assert d.sync is not None
    with told.stage.bot.db.read() as session:
        kenji = roster.person(session, told.stage.ws.id, cast.kenji.id)
        assert kenji is not None
        assert kenji.tz == TOKYO
        assert not is_working_day(date(2026, 11, 3), hours_of(kenji)), "Culture Day"
    assert d.sync.starts_at == datetime(2026, 11, 4, 12, tzinfo=UTC), "seven in New York, one in Berlin, nine in Tokyo"
    synced.talk(told)
    assert [one.text for one in agenda_of(decision(told))] == [text for _, text in synced.QUESTIONS[3:]]
    said = len(decision(told).remarks)
    cast.kenji.say("Thanks!", thread_ts=told.looks_at(cast.kenji, "asks you to read this before you meet").ts)
    told.stage.pump()
    assert len(decision(told).remarks) == said == 5, "an answer typed where it was asked is one; thanks says nothing"
    for person in (cast.vera, cast.priya, cast.omar):
        assert hears(person, "last whole morning or afternoon") == 0, f"{person.name} has answered"
    synced.meet(told)
    d = decision(told)
    assert d.sync is not None
    assert d.sync.state is SyncState.OVER
    assert [one.text for one in agenda_of(d)] == ["Who pays for parcels on their way?"]
    assert d.sync.minutes_back == 0
    assert hears(cast.priya, "The sync begins") + hears(cast.priya, "The sync is over") >= 1
    assert set(keys_sent(told).values()) == {1}
    assert refusals(told) == []
