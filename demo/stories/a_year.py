"""Story 15, a year's insights: a VP asks how #retail decides, and reads it in two minutes."""

from demo.past import a_year
from demo.stories import Telling


def before(t: Telling) -> None:
    """The year that the company has behind it."""
    cast = t.cast
    people = [cast.sam.id, cast.nia.id, cast.dana.id, cast.omar.id]
    with t.stage.bot.db.begin() as session:
        a_year(session, t.stage.ws.id, cast.retail.id, people, t.stage.clock.now())


def play(t: Telling) -> None:
    before(t)
    t.says("Vera wonders how #retail decided over the last year: how long it took, and whether it was right.")
    t.command(t.cast.vera, "insights", t.cast.retail)
    t.looks(t.cast.vera, t.cast.retail)
    t.stage.pump()
    t.looks_at(t.cast.vera, "How this channel decides")
    t.says("She reads what half of them took, which doors were misjudged, and how sure people were. Nobody is named.")
