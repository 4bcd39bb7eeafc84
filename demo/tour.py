"""The guided tour: stories 1 and 2 in ten steps, ending with the review four weeks later.

A list of steps that the page leads through; what ends each one is said in ``wait`` (see sandbox/page/js/tour.js).
"""

from typing import Any

from demo.company import Company
from demo.stories import one_way

Step = dict[str, Any]


def steps(cast: Company, waiting: str) -> list[Step]:
    """``waiting``: the name of Sam's decision whose memo comes next, e.g. ``D-8``."""
    return [*_two_way(cast), *_one_way(cast, waiting)]


def _two_way(cast: Company) -> list[Step]:
    nia = {"as": cast.nia.id, "at": cast.retail.id}
    app = {"as": cast.nia.id, "at": "app"}
    return [
        {
            "title": "You are Nia, and new here",
            "text": "You would like your director's blessing for the wording of a button. Ask for it, and press Enter.",
            "target": "textarea",
            "fill": "/escalate Should the button say “Buy now” or “Add to basket”?",
            "press": "Send",
            "wait": {"shows": "is started"},
            **nia,
        },
        {
            "title": "Three taps, no leader",
            "text": "If it turns out wrong, you change it back within hours; nothing of it lasts; one person needs a "
            "day. Only questions whose answer can change the verdict are asked.",
            "target": ["Hours", "None of these", "One person, a day"],
            "wait": {"shows": "What will show whether it was right?"},
            **app,
        },
        {
            "title": "It is a two-way door",
            "text": "You decide. Name what will show whether it was right, and hand it to the team.",
            "target": "What will show whether it was right?",
            "fill": "A/B test: baskets a visit",
            "press": "Hand it to the team",
            "wait": {"shows": "On that day I will ask"},
            **app,
        },
    ]


def _one_way(cast: Company, waiting: str) -> list[Step]:
    sam = {"as": cast.sam.id, "at": "app"}
    vera = {"as": cast.vera.id, "at": "app"}
    kenji = {"as": cast.kenji.id, "at": "app"}
    return [
        {
            "title": "Now a door that closes behind you",
            "text": f"Sam tightens the return policy ({waiting}): a public promise. Every gate passed, and the VP is "
            "the lowest rung that can decide. One page is written; it goes to her and a bar raiser.",
            "target": ["Send to the VP…", "dialog[open] button[type=submit]"],
            "wait": {"shows": "In sign-off", "on": one_way.DECISION},
            **sam,
        },
        {
            "title": "Be Vera, the VP",
            "text": "One card, the answers in writing. Vera is not quite there yet: a condition, not a maybe.",
            "target": ["Not yet, if…", "Yes, if…"],
            "fill": "Legal has read the new wording",
            "press": "Not yet",
            "wait": {"shows": "You said not yet", "on": one_way.DECISION},
            **vera,
        },
        {
            "title": "Kenji, the bar raiser, approves",
            "text": "In Tokyo, beside the ladder, and independent. A note is welcome.",
            "target": ["Approve…", "Approve"],
            "wait": {"shows": "You approved", "on": one_way.DECISION},
            **kenji,
        },
        {
            "title": "Back to Sam",
            "text": "Legal has read it. Say so: Vera reads this, and is asked again.",
            "target": ["The condition is met…", "How is it met?"],
            "fill": "Legal approved the wording on Monday",
            "press": "Ask again",
            "wait": {"shows": "In sign-off", "on": one_way.DECISION},
            **sam,
        },
        {
            "title": "Vera again",
            "text": "The condition is met. That decides it.",
            "target": ["Approve…", "Approve"],
            "wait": {"shows": "You approved", "on": one_way.DECISION},
            **vera,
        },
        {
            "title": "It shipped",
            "text": "Today. Four weeks from now it asks what came of it.",
            "target": ["It shipped…", "Date the review"],
            "wait": {"shows": "Shipped", "on": one_way.DECISION},
            **sam,
        },
        {
            "title": "Travel four weeks",
            "text": "Slack's clock and the bot's move together; what is due on the way happens in order. Then look "
            "back: the prediction stands beside what happened. After that be anybody, press anything: nothing here "
            "can break.",
            "target": ["+4 weeks", "Write the review…"],
            "wait": {"modal": "Review"},
            **sam,
        },
    ]
