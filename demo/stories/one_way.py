"""Story 2, the one-way door: a stricter return policy is a public promise, and climbs to the VP."""

from demo.company import TOKYO
from demo.stories import Telling

DECISION = "Tighten the return policy for high-value electronics"
MEMO = {
    "decision": "Shorten the return window for electronics above $500 from 30 to 14 days, before the peak.",
    "data": (
        "The current policy raised customer-service contacts by 12% in the holidays (service dashboard, November). "
        "A simulated impact analysis projects $3.5M saved in a year. Source: https://wiki.acme.test/returns-impact"
    ),
    "inaction": "Every week until {peak} costs $67k in returns that customers pay for with longer waiting times.",
    "ask": "<@{vera}> to approve the 14-day window by {friday}, so that it stands before the holiday peak.",
    "premortem": "Customers who bought gifts early feel cheated. We would see it in contacts within a week.",
    "alternatives": "A restocking fee; a longer window for members.",
    "metric": "customer-service contacts, and savings",
    "baseline": "contacts +12%, savings $0",
    "target": "contacts back to +0%, savings $270k in four weeks",
}


def triage(t: Telling) -> None:
    """Seven interactions to the verdict."""
    sam = t.cast.sam
    t.says("Sam wants to tighten the return policy for high-value electronics before the holidays.")
    t.command(sam, DECISION, t.cast.retail)
    answer(t)


def answer(t: Telling, blocks: str = "the holiday peak", delay: str = "$67k", per: str = "week") -> None:
    """Every question of the triage, as Sam answers it: what waiting ``blocks``, and what it costs."""
    sam = t.cast.sam
    t.taps(sam, "answer:months")
    t.looks(sam)
    t.taps(sam, "answer_form", fill={"effects": ["promise"]})
    t.taps(sam, "answer:no")
    t.looks(sam)
    t.taps(sam, "answer_form", fill={"what": blocks, "on": t.day(25).isoformat()})
    t.looks(sam)
    t.taps(
        sam,
        "answer_form",
        fill={"delay": delay, "per": per, "mistake": "$1,000,000", "likelihood": "unlikely"},
    )
    t.looks(sam)
    t.taps(
        sam,
        "answer_form",
        fill={
            "who_peer": t.cast.priya,
            "result_peer": "cannot_decide",
            "who_manager": t.cast.marco,
            "result_manager": "cannot_decide",
            "note": "Stand-up on Friday, thread in #retail",
        },
    )


def write_memo(t: Telling) -> None:
    """Two more interactions: open, save. The memo is complete."""
    sam = t.cast.sam
    t.says("A public promise: one-way. Every gate passed, and a VP is the lowest rung that can decide.")
    t.looks(sam)
    known = {"vera": t.cast.vera.id, "peak": t.day(25).isoformat(), "friday": t.day(4).isoformat()}
    values: dict[str, object] = {key: text.format(**known) for key, text in MEMO.items()}
    values["target_on"] = t.day(59).isoformat()
    t.must(t.fills(sam, "memo_open", values))
    t.looks(sam)


def send(t: Telling) -> None:
    sam, cast = t.cast.sam, t.cast
    t.says("It goes to the VP and a bar raiser, and to nobody else.")
    t.must(
        t.fills(sam, "send_open", {"signer": cast.vera, "bar_raiser": cast.kenji, "decide_by": t.day(4).isoformat()})
    )
    t.looks(cast.vera)
    t.looks(sam, cast.retail)


def sign(t: Telling) -> None:
    cast = t.cast
    t.says("Vera says: not yet. Yes, if Legal has read it.")
    t.must(t.fills(cast.vera, "sign_open:not_yet", {"said": "Yes, if Legal has read the new wording."}))
    t.looks(cast.sam)
    t.stage.travel(t.at(1, 10, TOKYO))
    t.says("Kenji, the bar raiser, approves in his own morning.")
    t.must(t.fills(cast.kenji, "sign_open:approve", {"said": "The data carries it."}))
    t.stage.travel(t.at(1, 10))
    t.says("Legal has read it. Sam says so, and Vera is asked again.")
    t.must(t.fills(cast.sam, "condition_open", {"how": "Legal approved the wording: https://wiki.acme.test/legal-77"}))
    t.looks(cast.vera)
    t.must(t.fills(cast.vera, "sign_open:approve", {"said": "Go."}))
    t.looks(cast.sam)


def ship_and_review(t: Telling) -> None:
    cast = t.cast
    t.stage.travel(t.at(15, 11))
    t.says("Two weeks later: has it shipped? It has, the day before.")
    t.looks(cast.sam)
    t.must(t.fills(cast.sam, "shipped_open", {"on": t.day(14).isoformat()}))
    t.stage.travel(t.at(43, 11))
    t.says("Four weeks after it shipped, the review holds the prediction against what happened.")
    notice = t.looks(cast.sam)
    done = t.fills(
        cast.sam,
        "look_open",
        {
            "happened": "Contacts are at +2% instead of +12%; $240k saved in four weeks, against $270k predicted.",
            "right": "yes",
            "learned": "Members asked for the longer window. We should have piloted that.",
        },
        on=notice,
    )
    t.must(done)
    t.looks_at(cast.sam, "Reviewed on")


def play(t: Telling) -> None:
    triage(t)
    write_memo(t)
    send(t)
    sign(t)
    ship_and_review(t)
