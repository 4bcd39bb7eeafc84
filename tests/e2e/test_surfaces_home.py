"""App Home: what waits, what is yours, what to look back on; kept fresh, and nothing that is others' own."""

import json
from datetime import date, timedelta

from app.domain.answers import Attempt, Result
from app.domain.ladder import Rung
from app.domain.triage.questions import Question
from app.workflows.signing import deadline, signoffs
from app.workflows.triage import answering, intake
from demo.stories import Telling
from sandbox import Person
from tests.e2e import scenes
from tests.e2e.scenes import DECISION, actor, does


def at_home(t: Telling, person: Person) -> str:
    """What Home shows, once it has been opened."""
    view = person.home()
    assert view is not None, f"{person.name} has no Home"
    return json.dumps(view.blocks, ensure_ascii=False)


def opens(t: Telling, person: Person) -> str:
    person.open_home()
    t.stage.pump()
    return at_home(t, person)


def test_an_empty_home_says_how_to_begin_and_starts_a_decision_end_to_end(shown: Telling) -> None:
    nia, retail = shown.cast.nia, shown.cast.retail
    said = opens(shown, nia)
    assert "Nothing waits on you" in said
    assert "Nothing to look back on yet" in said
    nia.click_home("start_open")
    shown.stage.slack.wait_for(lambda: nia.modal, what="the form")
    shown.must(nia.submit({"sentence": "Call it Basket", "channel": retail, "private": ["yes"]}))
    shown.stage.pump()
    d = scenes.decision(shown, scenes.the_one(shown))
    assert d.private
    assert d.channel_id == retail.id
    assert d.requester_id == nia.id
    assert "Question 1" in scenes.last(nia)
    home = at_home(shown, nia)
    assert "Call it Basket" in home
    assert "Yours (1)" in home, "Home was brought up to date by itself"


def test_home_begins_with_the_oldest_deadline(told: Telling) -> None:
    cast = told.cast
    later = scenes.in_review(told)
    does(
        told,
        lambda s: bool(
            deadline.extend(s, later, date(2026, 11, 12), actor(told, cast.sam), told.stage.clock.now(), late=True)
        ),
    )
    sooner = scenes.in_review(told)
    home = opens(told, cast.vera)
    assert "Waiting on you (2)" in home
    names = [scenes.decision(told, id).name for id in (sooner, later)]
    assert home.index(f"*{names[0]}*") < home.index(f"*{names[1]}*")
    assert "Fri 6 Nov" in home
    assert "Thu 12 Nov" in home
    assert "Yours (2)" in opens(told, cast.sam)


def test_home_stays_fresh_while_things_change(shown: Telling) -> None:
    cast = shown.cast
    scenes.in_review(shown)
    assert "Waiting on you (1)" in opens(shown, cast.vera)
    shown.must(shown.fills(cast.vera, "sign_open:approve", {"said": "Go."}))
    assert "Nothing waits on you" in at_home(shown, cast.vera)
    opens(shown, cast.sam)
    shown.stage.travel(shown.at(1, 10, "Asia/Tokyo"))
    shown.must(shown.fills(cast.kenji, "sign_open:approve", {}))
    assert "To look back on (1)" in at_home(shown, cast.sam)
    assert "You say when it shipped." in at_home(shown, cast.sam)
    shown.stage.travel(shown.at(1, 10))
    shown.must(shown.fills(cast.sam, "shipped_open", {"on": shown.day(1).isoformat()}))
    assert "You review it" in at_home(shown, cast.sam)
    assert cast.nia.home() is None, "nobody's Home is made who never opened it"


def test_open_on_home_shows_the_decision_there_and_brings_a_triage_to_the_bottom(shown: Telling) -> None:
    cast = shown.cast
    id = scenes.asks(shown)
    opens(shown, cast.sam)
    cast.sam.click_home("show")
    shown.stage.pump()
    assert scenes.count(cast.sam, "Question 1") == 1
    assert cast.sam.modal is not None, "where there is no message to answer below, a small form says where it went"
    assert "bottom of our conversation" in json.dumps(cast.sam.modal.body)
    cast.sam.close_modal(everything=True)
    does(shown, lambda s: signoffs.withdraw(s, id, "", actor(shown, cast.sam), shown.stage.clock.now()))
    scenes.in_review(shown)
    cast.sam.click_home("open")
    shown.stage.pump()
    assert cast.sam.modal is not None
    assert "Nothing waits on you" in json.dumps(cast.sam.modal.body)
    assert scenes.count(cast.sam, "Nothing waits on you") == 1, "its card stays where it is"


def test_a_rung_that_is_asked_finds_it_on_home(shown: Telling) -> None:
    cast = shown.cast
    id = held(shown)
    opens(shown, cast.priya)
    shown.must(shown.fills(cast.sam, "ask_below_open", {"person": cast.marco}))
    home = opens(shown, cast.marco)
    assert "Waiting on you (1)" in home
    assert scenes.decision(shown, id).name in home


def test_optional_reminders_are_switched_off_and_on_again(shown: Telling) -> None:
    sam = shown.cast.sam
    scenes.asks(shown, 1)
    assert "Optional reminders are *on*" in opens(shown, sam)
    sam.click_home("mute")
    shown.stage.pump()
    assert "Optional reminders are *off*" in at_home(shown, sam)
    shown.stage.travel(timedelta(days=3))
    assert scenes.count(sam, "This waits for you where you left it") == 0
    sam.click_home("mute")
    shown.stage.pump()
    assert "Optional reminders are *on*" in at_home(shown, sam)
    scenes.asks(shown, 1, title="Move the warehouse")
    shown.stage.travel(timedelta(days=2))
    assert scenes.count(sam, "This waits for you where you left it") == 1


def test_a_signer_who_switched_reminders_off_still_hears_of_the_deadline(shown: Telling) -> None:
    vera = shown.cast.vera
    scenes.in_review(shown)
    opens(shown, vera)
    vera.click_home("mute")
    shown.stage.travel(shown.at(7, 12))
    assert scenes.count(vera, "Half of the time is left") == 0
    assert scenes.count(vera, "One working day is left") == 0
    assert scenes.count(vera, "needs your answer today") == 1, "in the morning of the day itself"
    assert scenes.count(vera, "The date for your answer passed") == 1


def test_a_decision_shows_on_nobodys_home_but_its_peoples(shown: Telling) -> None:
    cast = shown.cast
    id = scenes.in_review(shown)
    does(shown, lambda s: bool(intake.set_private(s, id, True, actor(shown, cast.sam), shown.stage.clock.now())))
    for person in (cast.nia, cast.omar):
        assert DECISION not in opens(shown, person)
    for person in (cast.sam, cast.vera, cast.kenji):
        assert DECISION in opens(shown, person)


def held(t: Telling) -> int:
    """Sam's decision, held since nobody below was asked."""
    id, who = scenes.asks(t, len(scenes.ONE_WAY) - 1), actor(t, t.cast.sam)
    tried = (Attempt(Rung.PEER, Result.CANNOT_DECIDE),)
    does(t, lambda s: bool(answering.answer(s, id, Question.TRIED, tried, who, t.stage.clock.now())))
    return id
