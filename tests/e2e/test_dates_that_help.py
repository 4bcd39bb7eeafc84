"""Dates: moved at any time, snoozed past with both told, and a review that waits for the day that was predicted."""

from datetime import date, timedelta

from app.workflows import looking_back
from app.workflows.signing import signoffs
from tests.e2e import scenes
from tests.e2e.house import Tale


def test_the_requester_moves_the_date_at_any_time_and_whoever_still_answers_is_told(told: Tale) -> None:
    sam, vera, kenji = told.cast.sam, told.cast.vera, told.cast.kenji
    id = scenes.in_review(told)
    told.must(told.fills(kenji, "sign_open:approve", {"said": ""}))
    told.must(told.fills(sam, "extend_open", {"decide_by": "2026-11-12"}))
    assert scenes.decision(told, id).deadline_on == date(2026, 11, 12)
    assert f"<@{sam.id}> moved the date: your answer is needed by Thu 12 Nov." in scenes.last(vera)
    assert scenes.count(kenji, "moved the date") == 0, "who has answered has no date"
    told.must(told.fills(sam, "extend_open", {"decide_by": "2026-11-05"}))
    assert scenes.decision(told, id).deadline_on == date(2026, 11, 5), "earlier as well"
    told_before = scenes.count(vera, "moved the date")
    told.must(told.fills(sam, "extend_open", {"decide_by": "2026-11-05"}))
    assert scenes.count(vera, "moved the date") == told_before, "the day that stands is none"
    sam.close_modal()
    told.must(told.fills(vera, "sign_open:not_yet", {"said": "Yes, if Legal has read it."}))
    told.must(told.fills(sam, "extend_open", {"decide_by": "2026-11-20"}))
    assert scenes.decision(told, id).deadline_on == date(2026, 11, 20), "and while a condition is open"
    who, now = scenes.actor(told, sam), told.stage.clock.now()
    scenes.does(told, lambda s: signoffs.meet_condition(s, id, "Legal has.", who, now).id)
    told.stage.travel(told.at(18, 12))
    assert scenes.count(vera, "needs your answer today") == 1


def test_a_snooze_past_one_s_own_date_says_so_to_both(shown: Tale) -> None:
    sam, vera, kenji = shown.cast.sam, shown.cast.vera, shown.cast.kenji
    scenes.in_review(shown)  # by Friday
    shown.stage.travel(shown.at(3, 12))
    vera.click(shown.card(vera, "snooze"), "snooze", "tomorrow")
    shown.stage.pump()
    assert "after your own date" not in scenes.everything(vera), "Friday is still in time"
    kenji.click(shown.card(kenji, "snooze"), "snooze", "in 7 days")
    shown.stage.pump()
    assert f"That is after your own date, Fri 6 Nov. <@{sam.id}> hears that too." in scenes.everything(kenji)
    told = next(scenes.text(m) for m in sam.sees() if "hears nothing about this" in scenes.text(m))
    assert f"<@{kenji.id}>" in told
    assert "which is after Fri 6 Nov, the date you asked for" in told
    assert scenes.said(shown, scenes.the_one(shown), "snoozed_past") == 1


def test_a_review_before_the_day_of_its_prediction_offers_that_day(told: Tale) -> None:
    sam = told.cast.sam
    id = scenes.drafting(told)
    told.taps(sam, "memo_open")
    told.must(sam.submit({"metric": "returns", "baseline": "12%", "target": "5%", "target_on": "2027-01-29"}))
    told.stage.pump()
    sending = {"signer": told.cast.vera, "bar_raiser": told.cast.kenji, "decide_by": "2026-11-06"}
    told.must(told.fills(sam, "send_open", sending))
    for person in (told.cast.vera, told.cast.kenji):
        told.must(told.fills(person, "sign_open:approve", {"said": ""}))
    who = scenes.actor(told, sam)
    shipped = told.stage.clock.now()
    scenes.does(told, lambda s: looking_back.shipped(s, id, shipped.date(), who, shipped).id)
    told.stage.travel(timedelta(weeks=4, days=1))
    asked = next(m for m in sam.sees() if "Four weeks are over" in scenes.text(m))
    assert "Ask me on Fri 29 Jan 2027" in scenes.text(asked)
    told.taps(sam, "look_later", on=asked)
    assert scenes.decision(told, id).look_on == date(2027, 1, 29)
    settled = next(m for m in sam.sees() if m.ts == asked.ts)
    assert "You look back on Fri 29 Jan" in scenes.text(settled)
    told.stage.travel(timedelta(weeks=6))
    assert scenes.count(sam, "Four weeks are over") == 0, "nor every week until then"
    told.stage.travel(timedelta(weeks=3))
    again = next(m for m in sam.sees() if "how did it turn out" in scenes.text(m))
    assert "Ask me on" not in scenes.text(again)
