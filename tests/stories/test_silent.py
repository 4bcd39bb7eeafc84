"""Story 6. No answer by the deadline: reminders in her own hours, both sides told, the next chair by one click."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.lifecycle import Status
from demo.company import NEW_YORK, TOKYO
from demo.stories import Telling, one_way, silent
from sandbox import Message, Person
from tests.stories.seen import decision, hears, keys_sent, refusals, words


def moment(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), UTC)


def notices(person: Person) -> list[Message]:
    """What reached somebody beside their cards."""
    return [m for m in person.sees() if "Memo version" not in str(m.blocks)]


def in_working_hours(at: datetime, tz: str) -> bool:
    here = at.astimezone(ZoneInfo(tz))
    return here.weekday() < 5 and 9 <= here.hour < 18 and (here.hour < 17 or here.minute == 0)


def test_a_silent_signer_is_reminded_inside_their_own_working_hours_only(told: Telling) -> None:
    silent.send(told)
    silent.silence(told)
    reminders = notices(told.cast.dana)
    assert len(reminders) >= 3
    for message in reminders:
        assert in_working_hours(moment(message), NEW_YORK), words(message)


def test_a_signer_in_tokyo_is_never_woken_by_new_york(told: Telling) -> None:
    one_way.triage(told)
    one_way.write_memo(told)
    one_way.send(told)
    told.stage.travel(told.at(8, 9))
    reminders = notices(told.cast.kenji)
    assert reminders
    for message in reminders:
        assert in_working_hours(moment(message), TOKYO), words(message)


def test_both_sides_are_told_that_the_deadline_passed(told: Telling) -> None:
    silent.send(told)
    silent.silence(told)
    assert hears(told.cast.sam, "did not answer by the date") == 1
    assert hears(told.cast.dana, "The date for your answer passed") == 1


def test_nothing_is_sent_twice_over_a_restart_in_the_middle(told: Telling) -> None:
    silent.play(told)
    assert set(keys_sent(told).values()) == {1}
    rooms = {m.channel for m in told.cast.dana.sees()}
    posted = [r for r in told.stage.slack.requests("chat.postMessage") if r.ok and r.response["channel"] in rooms]
    texts = [str(r.args["text"]) for r in posted]
    assert len(texts) == len(set(texts))
    assert refusals(told) == []


def test_the_next_chair_is_taken_by_one_click_and_the_silent_signer_stays_on_the_record(told: Telling) -> None:
    silent.send(told)
    silent.silence(told)
    before = told.stage.slack.count_interactions(told.cast.sam)
    told.taps(told.cast.sam, "climb")
    assert told.stage.slack.count_interactions(told.cast.sam) == before + 1
    d = decision(told)
    assert [(s.user_id, s.handed_over) for s in d.signers] == [(told.cast.dana.id, True), (told.cast.omar.id, False)]


def test_two_clicks_on_the_next_chair_ask_once(told: Telling) -> None:
    silent.send(told)
    silent.silence(told)
    offer = told.card(told.cast.sam, "climb")
    for _ in range(2):
        assert told.cast.sam.click(offer, "climb", stale=True).acked
    told.stage.pump()
    assert [s.user_id for s in decision(told).signers] == [told.cast.dana.id, told.cast.omar.id]
    assert hears(told.cast.omar, "asks for your answer") == 1


def test_a_decided_decision_reminds_nobody(told: Telling) -> None:
    silent.play(told)
    assert decision(told).status is Status.APPROVED
    before = len(told.cast.omar.sees())
    told.stage.travel(timedelta(days=5))
    assert len(told.cast.omar.sees()) == before
