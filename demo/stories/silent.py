"""Story 6, the silent signer: reminded in her own hours, then the next rung, one click, nothing sent twice."""

from datetime import timedelta

from demo.stories import Telling
from demo.stories.held import triage as budget_triage


def send(t: Telling) -> None:
    sam, mika, dana = t.cast.sam, t.cast.mika, t.cast.dana
    budget_triage(t)
    t.must(t.fills(sam, "ask_below_open", {"person": mika}))
    t.must(t.fills(mika, "below_cannot_open", {"said": "Beyond my limit."}))
    t.must(
        t.fills(
            sam,
            "memo_open",
            {
                "data": "Customers wait 40% longer than last year (warehouse report, week 44).",
                "inaction": f"$200k of holiday sales are lost by {t.day(3).isoformat()}.",
                "ask": f"<@{dana.id}> to approve $150k by {t.day(2).isoformat()}, so that the second shift starts.",
            },
        )
    )
    t.must(t.fills(sam, "send_open", {"signer": dana, "decide_by": t.day(2).isoformat()}))


def silence(t: Telling) -> None:
    """Two days without a word, and a restart in the middle."""
    dana = t.cast.dana
    t.stage.travel(t.at(1, 18))
    t.says("Dana does not answer. She is reminded before the day, in her own working hours.")
    t.looks(dana)
    t.stage.travel(t.at(2, 7))
    t.says("In the middle of it the bot restarts. Nothing is lost, nothing is said twice.")
    t.stage.restart()
    t.stage.travel(t.at(2, 18))
    t.says("The day is over. Dana was reminded once more.")
    t.looks(dana)
    t.stage.travel(t.at(3, 10))
    t.says("The date has passed without an answer. Dana is told, and so is Sam.")
    t.looks(dana)
    t.looks(t.cast.sam)


def next_chair(t: Telling) -> None:
    sam, omar = t.cast.sam, t.cast.omar
    t.says("Nothing climbs by itself: one click asks the next chair.")
    t.taps(sam, "climb")
    t.stage.travel(timedelta(hours=1))
    t.looks(omar)
    t.must(t.fills(omar, "sign_open:approve", {"said": "Approved in Dana's place."}))
    t.looks(sam)


def play(t: Telling) -> None:
    send(t)
    silence(t)
    next_chair(t)
