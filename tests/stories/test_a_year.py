"""Stories 15 and 16: a year's insights for a VP, and a threshold that a keeper tries and leaves."""

from sqlalchemy import func, select

from app.db import policies
from app.db.models import Outbox
from demo.past import a_year as lived
from demo.stories import Telling, a_year, lower_threshold
from tests.stories.seen import refusals, said_to


def test_a_vp_reads_how_a_channel_decides_and_nobody_is_named(told: Telling) -> None:
    a_year.play(told)
    (said,) = [text for text in said_to(told.cast.vera) if "How this channel decides" in text]
    assert "All decisions (48): half are decided within 4 days" in said
    assert "50% (24 of 48" in said
    assert "turned out to be a one-way door" in said
    assert "Brier score" in said
    assert not any(f"<@{person.id}>" in said or person.name in said for person in told.cast.people)
    assert refusals(told) == []


def test_a_keeper_tries_a_lower_threshold_on_the_last_year_and_leaves_it(told: Telling) -> None:
    lower_threshold.play(told)
    (said,) = [text for text in said_to(told.cast.dana) if "What that policy would have done" in text]
    assert "now: Director: public promise, price or policy." in said
    assert "To a VP" in said
    assert "fewer" in said
    assert "Nothing was changed" in said
    with told.stage.bot.db.read() as session:
        assert [one.version for one in policies.history(session, told.stage.ws.id)] in ([1], [])
        assert session.scalar(select(func.count()).select_from(Outbox).where(Outbox.done_at.is_(None))) == 0
    assert refusals(told) == []


def test_private_decisions_of_that_year_stay_out(told: Telling) -> None:
    with told.stage.bot.db.begin() as session:
        now, people = told.stage.clock.now(), [one.id for one in told.cast.people[:4]]
        lived(session, told.stage.ws.id, told.cast.retail.id, people, now, private=True, title="Lisbon")
    told.command(told.cast.vera, "insights", told.cast.retail)
    told.stage.pump()
    (said,) = [text for text in said_to(told.cast.vera) if "Nothing was decided here yet" in text]
    assert "Lisbon" not in said
