"""Story 3, held: three days of delay cost $200k, but nobody has asked the other team's manager."""

from datetime import timedelta

from demo.stories import Telling
from sandbox import Person

DECISION = "Approve $150k of extra budget for the holiday warehouse"


def triage(t: Telling, by: Person | None = None) -> None:
    """Asked by Sam, who asked a peer already; or by somebody else, who has asked no other director."""
    sam = by or t.cast.sam
    t.says("The warehouse needs budget within three days, and waiting costs $200k of lost holiday sales.")
    t.command(sam, DECISION, t.cast.retail)
    t.taps(sam, "answer:never")
    t.taps(sam, "answer:none")
    t.taps(sam, "answer:no")
    t.taps(sam, "answer_form", fill={"what": "the holiday sales", "on": "in three days"})
    t.taps(
        sam,
        "answer_form",
        fill={"delay": "$200k", "per": "wait", "mistake": "$150k", "likelihood": "possible"},
    )
    nobody_yet: dict[str, object] = {"result_director": "not_asked"}
    a_peer: dict[str, object] = {"who_peer": t.cast.priya, "result_peer": "disagree"}
    t.taps(sam, "answer_form", fill=nobody_yet if by else a_peer)


def ask_the_manager(t: Telling) -> None:
    sam, mika = t.cast.sam, t.cast.mika
    t.says("Held: nobody asked the manager. Threshold says so, and has written the question already.")
    t.looks(sam)
    t.must(t.fills(sam, "ask_below_open", {"person": mika}))
    t.stage.travel(timedelta(hours=1))
    t.says("An hour later Mika has the question, as Threshold wrote it.")
    t.looks(mika)


def climb(t: Telling) -> None:
    sam, mika, dana = t.cast.sam, t.cast.mika, t.cast.dana
    t.says("Mika can't decide it: the budget is beyond a manager. Now it climbs, one rung.")
    t.must(t.fills(mika, "below_cannot_open", {"said": "My limit is $50k."}))
    t.looks(sam)
    t.must(
        t.fills(
            sam,
            "memo_open",
            {
                "data": "Orders are up 40% on last year (warehouse report, week 44); the floor is full from Thursday.",
                "inaction": f"Customers wait a week longer; $200k of holiday sales are lost by {t.day(3).isoformat()}.",
                "ask": f"<@{dana.id}> to approve $150k by {t.day(2).isoformat()}, so that a second shift starts.",
            },
        )
    )
    t.must(t.fills(sam, "send_open", {"signer": dana, "decide_by": t.day(2).isoformat()}))
    t.looks(dana)
    t.must(t.fills(dana, "sign_open:approve", {"said": "Yes. Report the overtime weekly."}))
    t.looks(sam)


def play(t: Telling) -> None:
    triage(t)
    ask_the_manager(t)
    climb(t)
