"""Story 14, settled in March: a second team asks what was decided before, and is done after one tap."""

from datetime import date

from app.domain.library.past import Past
from app.workflows.library.bringing import bring
from demo.stories import Telling

MARCH = Past(
    "line 1", "ADR-12", "Shorten the return window to 30 days", "Sixty days cost us too much.", "accepted",
    date(2026, 2, 20), date(2026, 3, 6),
)  # fmt: skip


def before(t: Telling) -> None:
    """What was settled in March, brought from where it was written down."""
    with t.stage.bot.db.begin() as session:
        bring(session, t.stage.ws.id, [MARCH], "operator", t.stage.clock.now())


def play(t: Telling) -> None:
    before(t)
    nia = t.cast.nia
    t.says("In March another team settled how long customers may return things. Nia was not there.")
    t.command(nia, "Should we shorten the return window to 30 days?", t.cast.retail)
    t.looks_at(nia, "Was this decided before?")
    t.taps(nia, "settled_by:0")
    t.looks_at(nia, "settles it")
    t.says("One tap, and nobody decides it a second time. It counts as deflected by an earlier decision.")
