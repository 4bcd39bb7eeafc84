"""How a channel decides: asked for, or every month; with Slack's charts or pictures; never with what is private."""

from datetime import UTC, datetime, timedelta

import pytest

from app.db import policies
from app.domain.errors import NotAllowed
from app.slack.blocks_accepted import Newer
from app.workflows.insights import trying
from app.workflows.people import keepers
from demo import past
from demo.stories import Telling
from sandbox import Message, Person
from tests.e2e.scenes import actor, does, one_way
from tests.stories.seen import refusals, requests, said_to


def a_year(t: Telling, count: int = 24, *, private: bool = False) -> None:
    """So many decisions of four people in #retail, decided and looked back on."""
    people = [t.cast.sam.id, t.cast.nia.id, t.cast.vera.id, t.cast.dana.id]
    first = past.FIRST + (500 if private else 0)
    title = "Lisbon" if private else "Rename a button"
    about = (t.stage.ws.id, t.cast.retail.id, people, t.stage.clock.now())
    does(t, lambda s: past.a_year(s, *about, count=count, private=private, title=title, first=first))


def told_of(person: Person) -> list[Message]:
    return [m for m in person.sees() if "How this" in m.text]


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks or []]


def words(message: Message) -> str:
    return message.shown


def test_whoever_asks_in_a_channel_gets_it_with_charts_and_figures(told: Telling) -> None:
    a_year(told)
    told.command(told.cast.nia, "insights", told.cast.retail)
    told.stage.pump()
    assert "adding up how this channel decides" in said_to(told.cast.nia, told.cast.retail)[-1]
    (message,) = told_of(told.cast.nia)
    assert kinds(message).count("data_visualization") == 2
    assert "All decisions (24): half are decided within 4 days" in words(message)
    assert "50% (12 of 24" in words(message)
    assert "Brier score" in words(message)
    assert refusals(told) == []


def test_a_workspace_that_takes_no_charts_gets_the_same_in_words(shown: Telling) -> None:
    a_year(shown)
    shown.stage.bot.outbox.sending.accepted.note(shown.stage.ws.id, Newer.CHART, False)
    shown.command(shown.cast.nia, "insights", shown.cast.retail)
    shown.stage.pump()
    (message,) = told_of(shown.cast.nia)
    assert "data_visualization" not in kinds(message)
    assert "half are decided within 4 days" in words(message)
    assert len(requests(shown, "files.completeUploadExternal")) == 3


def test_what_is_private_shows_in_no_figure(shown: Telling) -> None:
    a_year(shown, 12)
    shown.command(shown.cast.nia, "insights", shown.cast.retail)
    shown.stage.pump()
    before = words(told_of(shown.cast.nia)[-1])
    a_year(shown, 12, private=True)
    shown.command(shown.cast.nia, "insights", shown.cast.retail)
    shown.stage.pump()
    assert words(told_of(shown.cast.nia)[-1]) == before
    assert "Lisbon" not in before


def test_of_the_whole_workspace_only_keepers_hear(shown: Telling) -> None:
    a_year(shown, 12)
    shown.command(shown.cast.nia, "insights workspace", shown.cast.retail)
    assert "Keepers see how the whole workspace decides" in said_to(shown.cast.nia, shown.cast.retail)[-1]
    assert told_of(shown.cast.nia) == []


def test_a_channel_that_wants_it_gets_it_on_the_first_weekday_of_each_month(shown: Telling) -> None:
    a_year(shown)
    shown.stage.clock.set(datetime(2026, 12, 15, 12, tzinfo=UTC))
    shown.command(shown.cast.nia, "insights monthly", shown.cast.retail)
    assert "first weekday of every month" in said_to(shown.cast.nia, shown.cast.retail)[-1]
    shown.stage.travel(timedelta(days=50))
    posted = [m for m in shown.cast.retail.messages if "How this channel decides" in m.text]
    days = [datetime.fromtimestamp(float(m.ts), UTC).date().isoformat() for m in posted]
    assert days == ["2027-01-01", "2027-02-01"]
    shown.command(shown.cast.nia, "insights off", shown.cast.retail)
    shown.stage.travel(timedelta(days=40))
    assert len([m for m in shown.cast.retail.messages if "How this channel decides" in m.text]) == 2


def test_a_sentence_that_begins_with_the_word_starts_a_decision(shown: Telling) -> None:
    shown.command(shown.cast.nia, "Insights for customers move to the new plan", shown.cast.retail)
    shown.stage.pump()
    assert any("Insights for customers" in text for text in said_to(shown.cast.nia))


def test_a_keeper_tries_another_policy_on_the_last_year_and_nothing_changes(shown: Telling) -> None:
    a_year(shown, 6)
    ada = shown.cast.dana
    who = actor(shown, ada)
    shown.stage.bot.outbox.directory.ensure(who.workspace, [ada.id])
    does(shown, lambda s: keepers.add_keeper(s, who.workspace, ada.id, "operator", shown.stage.clock.now()))
    one_way(shown)
    change = {"lowest_by_effect": {"promise": "director"}}
    does(shown, lambda s: trying.ask_to_try(s, change, who, shown.stage.clock.now()))
    (answer,) = [text for text in said_to(ada) if "What that policy would have done" in text]
    assert "Nothing was changed" in answer
    assert "Director: public promise, price or policy." in answer
    with shown.stage.bot.db.read() as session:
        assert len(policies.history(session, who.workspace)) == 1
    with pytest.raises(NotAllowed, match="Keepers try a policy"):
        does(shown, lambda s: trying.ask_to_try(s, change, actor(shown, shown.cast.nia), shown.stage.clock.now()))
