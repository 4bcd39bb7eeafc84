"""A day that can be read two ways is asked back on the card, with what it could be on buttons, and with a picker."""

import json
from datetime import timedelta

from app.domain.answers import Deadline
from app.domain.reading.days_in_forms import say_date
from sandbox import Message
from tests.e2e import scenes
from tests.e2e.house import Tale


def deadline_of(t: Tale) -> Deadline | None:
    return scenes.decision(t, scenes.the_one(t)).answers.deadline


def offered(card: Message) -> dict[str, str]:
    """What the buttons with a day say → the day they answer with."""
    buttons = [one for block in card.blocks if block["type"] == "actions" for one in block["elements"]]
    packed = [(one["text"]["text"], json.loads(one["value"])) for one in buttons if one["type"] == "button"]
    return {said: value["v"] for said, value in packed if value.get("f") == "on"}


def test_a_range_is_asked_back_and_one_tap_on_a_day_answers(shown: Tale) -> None:
    scenes.asks(shown, 3)
    sam, first, last = shown.cast.sam, shown.day(11), shown.day(14)
    typed = f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
    shown.taps(sam, "answer_form", fill={"what": "the holiday peak", "on": typed})
    card = shown.looks(sam)
    assert "names a range of days, not one" in scenes.text(card)
    today = shown.day(0)
    assert offered(card) == {say_date(day, today): day.isoformat() for day in (first, last)}
    assert deadline_of(shown) is None
    shown.taps(sam, say_date(last, today), on=card)
    assert deadline_of(shown) == Deadline(True, "the holiday peak", last)
    assert "What does waiting cost" in scenes.last(sam)


def test_a_day_that_could_not_be_read_can_be_picked(shown: Tale) -> None:
    scenes.asks(shown, 3)
    sam, day = shown.cast.sam, shown.day(20)
    assert "picked" not in str(shown.looks(sam).blocks)
    shown.taps(sam, "answer_form", fill={"what": "the holiday peak", "on": "when the leaves fall"})
    assert "Or pick the day" in scenes.last(sam)
    shown.taps(sam, "answer_form", fill={"picked": day.isoformat()})
    assert deadline_of(shown) == Deadline(True, "the holiday peak", day)


def test_a_picked_day_beside_another_typed_one_is_asked_back_with_both(shown: Tale) -> None:
    scenes.asks(shown, 3)
    sam, picked, typed = shown.cast.sam, shown.day(20), shown.day(21)
    shown.taps(sam, "answer_form", fill={"what": "the holiday peak", "on": "soonish"})
    shown.taps(sam, "answer_form", fill={"picked": picked.isoformat(), "on": typed.isoformat()})
    card = shown.looks(sam)
    assert list(offered(card).values()) == [picked.isoformat(), typed.isoformat()]
    assert deadline_of(shown) is None
    shown.taps(sam, say_date(typed, shown.day(0)), on=card)
    assert deadline_of(shown) == Deadline(True, "the holiday peak", typed)


def test_a_weekday_that_does_not_fit_its_day_is_said_with_both(shown: Tale) -> None:
    scenes.asks(shown, 3)
    sam, day = shown.cast.sam, shown.day(11)
    wrong = day + timedelta(days=1)
    shown.taps(sam, "answer_form", fill={"what": "the peak", "on": f"{wrong:%A} {day.day} {day:%B}"})
    card = shown.looks(sam)
    assert f"is a {day:%A}, not a {wrong:%A}" in scenes.text(card)
    assert set(offered(card).values()) == {day.isoformat(), wrong.isoformat()}


def test_a_day_written_in_the_thread_is_asked_back_on_the_card_with_its_words_kept(shown: Tale) -> None:
    scenes.asks(shown, 3)
    sam, first = shown.cast.sam, shown.day(11)
    card = shown.looks(sam)
    sam.say(f"the holiday peak, between {first.day} and {first.day + 2} {first:%B}", thread_ts=card.ts)
    shown.stage.pump()
    fresh = shown.card(sam, "answer_form:on")
    assert '"initial_value": "the holiday peak"' in scenes.text(fresh)
    assert first.isoformat() in offered(fresh).values()
    shown.taps(sam, say_date(first, shown.day(0)), on=fresh)
    assert deadline_of(shown) == Deadline(True, "the holiday peak", first)


def test_a_day_with_a_weekday_before_it_is_read_whole_from_a_message(shown: Tale) -> None:
    scenes.asks(shown, 3)
    sam, day = shown.cast.sam, shown.day(11)
    sam.say(f"the holiday peak, {day:%A}, {day.day} {day:%B}", thread_ts=shown.looks(sam).ts)
    shown.stage.pump()
    assert deadline_of(shown) == Deadline(True, "the holiday peak", day)


def test_the_send_form_says_that_the_day_of_the_ask_can_not_be_told(shown: Tale) -> None:
    day = shown.day(11)
    scenes.drafting(shown, ask=f"Vera to approve the new policy by {day.day} or {day.day + 2} {day:%B}.")
    sam = shown.cast.sam
    shown.taps(sam, "send_open")
    assert sam.modal is not None
    assert "names more than one day" in json.dumps(sam.modal.blocks, ensure_ascii=False)
