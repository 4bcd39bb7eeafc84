"""Story 11, between teams: how many ad slots a product page has, from argument to guideline."""

from app.domain.tradeoffs.experiment import ends_on, needed
from app.slack.tradeoff_forms import measures_of
from demo.stories import Telling
from sandbox import Message, View

QUESTION = "How many ad slots does a product page have?"
ADS = "Increase ad revenue per visit by 2% by the end of Q1"
RETAIL = "Keep checkout conversion above 3.9%"
MEASURES = """\
ad revenue per visit; today 0.05 ± 0.2; matters from 2%
checkout conversion; today 4%; may lose 0.1 points"""
ARMS = ("0 slots", "1 slot", "2 slots", "3 slots")
GUIDELINE = "A product page has one ad slot, and no more, until somebody tests better."


def argue(t: Telling) -> None:
    """Advertising wants slots, retail wants none. Neither splits the difference: each writes what it is after."""
    sam, cast = t.cast.sam, t.cast
    t.says("Advertising wants ad slots on product pages, retail wants none. Sam opens a trade-off.")
    sam.command("/escalate", f"tradeoff {QUESTION}", channel=cast.retail)
    t.stage.pump()
    t.narrator.shows_modal(sam, opened(t, "the form of the sides"))
    refused = sam.submit({**sides(t), "objective_1": "Launch ad slots on product pages"})
    if not refused.errors:
        t.must(refused)
    t.says("“Launch ad slots” is something one does: it is handed back with what is missing.")
    t.must(sam.submit(sides(t)))
    t.stage.pump()
    t.says("Next the experiment: how many it takes, and how long, follow from what would matter.")
    t.narrator.shows_modal(sam, opened(t, "the form of the experiment"))
    t.must(sam.submit({"arms": ", ".join(ARMS), "measures": MEASURES, "a_day": "60,000",
                       "starts": t.day(1).isoformat(), "who_sees": "Everybody who opens a product page"}))  # fmt: skip
    t.stage.pump()


def sides(t: Telling) -> dict[str, object]:
    return {
        "objective_1": ADS, "speaker_1": t.cast.omar, "objective_2": RETAIL, "speaker_2": t.cast.marco,
        "shared": "what a visit is worth to a customer who comes back",
    }  # fmt: skip


def agree(t: Telling) -> None:
    t.says("Both sides agree with one tap, before it starts. From then on it is frozen.")
    for side in (t.cast.omar, t.cast.marco):
        t.looks_at(side, "asks whether your side agrees")
        t.taps(side, "tradeoff_agree", on=t.looks_at(side, "asks whether your side agrees"))


def tell(t: Telling, days: int, seen: int) -> None:
    """Somebody looks too soon, and hears how long it still takes; at its end the figures decide."""
    omar = t.cast.omar
    t.stage.travel(t.at(8, 10))
    t.says("A week in, Omar has a look. It says how long more, and no more than that.")
    t.must(t.fills(omar, "tradeoff_results_open", {"rows": table(seen // 6), "until": t.day(7).isoformat()},
                   on=show(t)))  # fmt: skip
    t.stage.travel(t.at(days + 2, 11))
    t.says("Its last day is over: Sam is asked for the figures.")
    asked = t.looks_at(t.cast.sam, "has come to its planned end")
    t.must(t.fills(t.cast.sam, "tradeoff_results_open", {"rows": table(seen), "until": t.day(days + 1).isoformat()},
                   on=asked))  # fmt: skip
    t.stage.pump()
    t.looks_at(t.cast.marco, "This arm: 1 slot")


def show(t: Telling) -> Message:
    """Omar's card, from the notice that everybody agreed."""
    t.taps(t.cast.omar, "show", on=t.looks_at(t.cast.omar, "Every side agreed."))
    return t.card(t.cast.omar, "tradeoff_results_open")


def table(seen: int) -> str:
    lines = ["metric,arm,seen,hits,mean,spread,source"]
    for arm, revenue, conversion in zip(ARMS, (1, 1.02, 1.026, 1.029), (0.04, 0.0397, 0.036, 0.032), strict=True):
        lines.append(f"ad revenue per visit,{arm},{seen},,{0.05 * revenue:.5f},0.2,ads dashboard")
        lines.append(f"checkout conversion,{arm},{seen},{round(seen * conversion)},,,funnel report")
    return "\n".join(lines)


def close(t: Telling) -> None:
    sam = t.cast.sam
    t.says("One slot: 2% more revenue, and under a tenth of a point of conversion lost. It becomes the guideline.")
    on = t.looks_at(sam, "This arm: 1 slot")
    t.must(t.fills(sam, "tradeoff_close_open", {"decided": GUIDELINE}, on=on))
    t.looks_at(t.cast.omar, "closed the trade-off")
    t.says("Whoever argues about slots next month finds it in the log.")
    sam.command("/escalate", "tradeoffs slots", channel=t.cast.retail)
    t.stage.pump()
    t.looks(sam, t.cast.retail)


def opened(t: Telling, what: str) -> View:
    return t.stage.slack.wait_for(lambda: t.cast.sam.modal, what=what)


def play(t: Telling) -> None:
    argue(t)
    agree(t)
    days, seen = planned(t)
    tell(t, days, seen)
    close(t)


def planned(t: Telling) -> tuple[int, int]:
    """How long it runs, and how many each arm sees by then."""
    measures = measures_of(MEASURES, ())
    size = needed(len(ARMS), measures)
    days = (ends_on(t.day(1), len(ARMS), size, 60_000) - t.day(1)).days
    return days, days * 15_000
