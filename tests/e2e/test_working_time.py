"""A person chooses when they work on Home; a deadline is the same day for everybody; a changed setting arrives."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.db import roster
from app.domain.people.working_time import hours_of
from sandbox import Person
from tests.e2e import scenes
from tests.e2e.house import Tale


def at_home(t: Tale, person: Person) -> str:
    person.open_home()
    t.stage.pump()
    view = person.home()
    assert view is not None
    return view.shown


def opens_form(t: Tale, person: Person) -> None:
    at_home(t, person)
    person.click_home("hours_open")
    t.stage.slack.wait_for(lambda: person.modal, what="the form")


def works(t: Tale, person: Person) -> object:
    with t.stage.bot.db.read() as session:
        found = roster.person(session, t.stage.ws.id, person.id)
        assert found is not None
        return hours_of(found)


def test_home_says_when_somebody_works_and_lets_them_choose(told: Tale) -> None:
    kenji = told.cast.kenji
    assert "Mon to Fri, 09:00–17:00 in Asia/Tokyo, with the public holidays of Japan (JP)" in at_home(told, kenji)
    opens_form(told, kenji)
    told.must(kenji.submit({"place": "Bayern", "start": "08:00", "off": "2026-11-05 to 2026-11-06"}))
    told.stage.pump()
    assert "Mon to Fri, 08:00–17:00 in Asia/Tokyo, with the public holidays of Germany (DE-BY)" in at_home(told, kenji)
    opens_form(told, kenji)
    assert kenji.modal is not None
    assert "2026-11-05 to 2026-11-06" in str(kenji.modal.body)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"place": "Utopia"}, "I know no holidays of “Utopia”"),
        ({"place": "DE-XX"}, "no part of it called “XX”"),
        ({"off": "sometime"}, "“sometime”"),
        ({"start": "17:00", "end": "09:00"}, "ends before it begins"),
    ],
)
def test_what_cant_be_read_is_asked_back_in_the_form(shown: Tale, values: dict[str, object], said: str) -> None:
    kenji = shown.cast.kenji
    opens_form(shown, kenji)
    done = kenji.submit(values)
    assert said in str(done.errors)


def test_a_deadline_is_the_day_that_was_picked_for_everybody(told: Tale) -> None:
    """Vera's Friday evening in New York is Saturday in Tokyo, where Kenji signs too."""
    vera, kenji, sam = told.cast.vera, told.cast.kenji, told.cast.sam
    id = scenes.in_review(told)
    for person in (vera, kenji):
        card = scenes.text(told.card(person, "sign_open"))
        assert "by Fri 6 Nov" in card
        assert "Sat 7 Nov" not in card
    assert "by Fri 6 Nov" in scenes.everything(sam)
    for person in (vera, kenji, sam):
        assert "Sat 7 Nov" not in at_home(told, person)
        assert "Fri 6 Nov" in at_home(told, person)
    told.stage.travel(timedelta(days=3))
    assert "Sat 7 Nov" not in scenes.everything(kenji)
    assert scenes.decision(told, id).deadline_on is not None


def test_a_changed_setting_arrives_where_nothing_nearer_says_whose_holidays_count(shown: Tale) -> None:
    stage, sam, kenji = shown.stage, shown.cast.sam, shown.cast.kenji
    sam.change(tz="UTC")
    stage.pump()
    assert works(shown, sam).country is None  # type: ignore[attr-defined]
    bot = replace(stage.bot, settings=stage.bot.settings.model_copy(update={"threshold_country": "DE-BY"}))
    bot.clean_up()
    assert works(shown, sam).country == "DE-BY"  # type: ignore[attr-defined]
    assert works(shown, kenji).country == "JP"  # type: ignore[attr-defined]
