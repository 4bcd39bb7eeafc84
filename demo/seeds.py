"""What the company has been up to: a few decisions in every state, made through the bot, week by week until today."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from demo.company import NEW_YORK, Company
from demo.stage import Stage
from demo.stories import Telling, held, one_way, quiet
from sandbox import Person

WEEKS = 9
"""How long the company has been working with Threshold."""


def last_morning(now: datetime) -> datetime:
    """Half past nine in New York on the last working day that has got so far: a good moment to begin."""
    there = now.astimezone(ZoneInfo(NEW_YORK))
    morning = there.replace(hour=9, minute=30, second=0, microsecond=0)
    while morning > there or morning.weekday() > 4:
        morning -= timedelta(days=1)
    return morning.astimezone(UTC)


def start_of_history(now: datetime) -> datetime:
    """The Monday, nine weeks ago, on which it began."""
    day = now.astimezone(UTC) - timedelta(weeks=WEEKS, days=now.weekday())
    return day.replace(hour=14, minute=0, second=0, microsecond=0)


def live_through(stage: Stage, cast: Company, until: datetime) -> str:
    """Everything that happened, in order. Returns the name of the decision that Sam sends next."""
    t = Telling(stage, cast)
    _reviewed(t)
    stage.travel(until - timedelta(days=6))
    _learned_and_declined(Telling(stage, cast, from_monday=False))
    stage.travel(until - timedelta(hours=3))
    today = Telling(stage, cast, from_monday=False)
    _this_morning(today)
    stage.travel(until)
    return today.name_of(cast.sam)


def _reviewed(t: Telling) -> None:
    """One whole decision, looked back on."""
    one_way.triage(t)
    one_way.write_memo(t)
    one_way.send(t)
    one_way.sign(t)
    one_way.ship_and_review(t)


def _learned_and_declined(t: Telling) -> None:
    priya = t.cast.priya
    t.command(priya, "Put the receipt into the parcel, or send it by mail", t.cast.retail)
    t.taps(priya, "answer:days")
    t.taps(priya, "answer:none")
    t.taps(priya, "answer:team_sprint")
    t.taps(priya, "deflect_form", fill={"metric": "questions about receipts, a week"})
    t.must(
        t.fills(
            priya,
            "look_open",
            {
                "chose": "It goes into the parcel.",
                "happened": "Four questions a week instead of thirty.",
                "right": "yes",
                "learned": "Ask the drivers first.",
            },
        )
    )
    _declined(t)
    _approved(t, "Sell gift cards in three more countries")
    t.must(t.fills(t.cast.sam, "shipped_open", {"on": t.stage.clock.now().date().isoformat()}))


def _declined(t: Telling) -> None:
    cast = t.cast
    to_director(t, cast.sam, "Stop shipping to islands", "never")
    t.must(t.fills(cast.dana, "sign_open:decline", {"said": "Islands are 9% of our most loyal customers."}))


def _approved(t: Telling, title: str) -> None:
    to_director(t, t.cast.sam, title, "never")
    t.must(t.fills(t.cast.dana, "sign_open:approve", {"said": "The page says it all."}))


def _this_morning(t: Telling) -> None:
    """What stands open today: in triage, held, in review, not yet, and one that is private."""
    cast = t.cast
    held.triage(t)
    _approved(t, "Move the warehouse to a single carrier")
    t.command(cast.omar, "Change the colour of the ads", cast.ads)
    t.must(t.fills(cast.omar, "withdraw_open", {"why": "Two-way, obviously."}))
    to_director(t, cast.priya, "Move customer data to the new provider", "never")
    t.must(t.fills(cast.dana, "sign_open:not_yet", {"said": "Yes, if Security has signed off the provider."}))
    to_director(t, cast.sam, "Close the old app for 40,000 customers", "never")
    quiet.start(t)
    t.command(cast.priya, "Rename the loyalty programme", cast.retail)
    one_way.triage(t)
    one_way.write_memo(t)


def to_director(t: Telling, requester: Person, title: str, undo: str) -> None:
    """A one-way door, from the first sentence to the director's card."""
    cast = t.cast
    t.command(requester, title, cast.retail)
    t.taps(requester, f"answer:{undo}")
    t.taps(requester, "answer_form", fill={"effects": ["money_or_data"]})
    t.taps(requester, "answer:no")
    t.taps(requester, "answer_form", fill={"what": "the end of the quarter", "on": "in three weeks"})
    t.taps(
        requester,
        "answer_form",
        fill={"delay": "$40k", "per": "week", "mistake": "$200k", "likelihood": "unlikely"},
    )
    below = {"who_peer": cast.kenji, "result_peer": "cannot_decide"}
    t.taps(requester, "answer_form", fill={**below, "who_manager": cast.marco, "result_manager": "cannot_decide"})
    day = (t.stage.clock.now() + timedelta(days=3)).date().isoformat()
    t.must(
        t.fills(
            requester,
            "memo_open",
            {
                "data": "9% of customers are affected (order report, October). Source: https://wiki.acme.test/orders",
                "ask": f"Dana (director) to approve by {day}, so that customers hear of it in time.",
                "metric": "customers lost",
                "baseline": "0",
                "target": "fewer than 100",
            },
        )
    )
    t.must(t.fills(requester, "send_open", {"signer": cast.dana, "decide_by": day}))
