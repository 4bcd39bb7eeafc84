"""The guided tour: stories 1 and 2 in about two minutes, ending with the review four weeks later.

A list of steps that the page leads through; what ends each one is said in ``wait`` (see sandbox/page/js/tour.js).
"""

from typing import Any

from demo.company import Company

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
            "wait": {"shows": "is started"},
            **nia,
        },
        {
            "title": "Four taps, no leader",
            "text": "If it turns out wrong, you change it back within hours.",
            "target": "Hours",
            "wait": {"shows": "Which of these could you not take back?"},
            **app,
        },
        {
            "title": "Nothing lasts",
            "text": "Only questions whose answer can change the verdict are asked.",
            "target": "None of these",
            "wait": {"shows": "What would it cost to undo?"},
            **app,
        },
        {
            "title": "And the price?",
            "text": "One person, a day.",
            "target": "One person, a day",
            "wait": {"shows": "What will show whether it was right?"},
            **app,
        },
        {
            "title": "It is a two-way door",
            "text": "You decide. Name what will show whether it was right, and press “Hand it to the team”.",
            "target": "What will show whether it was right?",
            "fill": "A/B test: baskets a visit",
            "wait": {"shows": "On that day I will ask you whether it was right."},
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
            "text": "Sam tightens the return policy: a public promise. Every gate passed, and a VP is the lowest rung "
            "that can decide. The memo is one page; look at it.",
            "target": "Edit the memo",
            "wait": {"modal": f"Memo of {waiting}"},
            **sam,
        },
        {
            "title": "Five parts, and a prediction",
            "text": "The answers began it. At the end stands what the review will hold Sam to. Close it again.",
            "target": "Cancel",
            "wait": "click",
            **sam,
        },
        {
            "title": "To the VP and a bar raiser",
            "text": "The smallest set of signers that unblocks it.",
            "target": "Send to the VP…",
            "wait": {"modal": "Ask for sign-off"},
            **sam,
        },
        {
            "title": "By when?",
            "text": "They are reminded in their own working hours, and never twice.",
            "target": "Send",
            "wait": {"shows": "Nothing waits on you."},
            **sam,
        },
        {
            "title": "Be Vera, the VP",
            "text": "One card, four answers in writing. Vera is not quite there yet.",
            "target": "Not yet, if…",
            "wait": {"modal": "Not yet: yes, if…"},
            **vera,
        },
        {
            "title": "Yes, if…",
            "text": "A condition, not a maybe. Then press “Not yet”.",
            "target": "Yes, if…",
            "fill": "Legal has read the new wording",
            "wait": {"shows": "You said not yet"},
            **vera,
        },
        {
            "title": "Kenji, the bar raiser, approves",
            "text": "In Tokyo, beside the ladder, and independent.",
            "target": "Approve…",
            "wait": {"modal": "Approve"},
            **kenji,
        },
        {
            "title": "In writing",
            "text": "A note is welcome.",
            "target": "Approve",
            "wait": {"shows": "You approved"},
            **kenji,
        },
        {
            "title": "Back to Sam",
            "text": "Legal has read it.",
            "target": "The condition is met…",
            "wait": {"modal": "Condition met"},
            **sam,
        },
        {
            "title": "Say how",
            "text": "Vera reads this, and is asked again. Press “Ask again”.",
            "target": "How is it met?",
            "fill": "Legal approved the wording on Monday",
            "wait": {"shows": "Nothing waits on you."},
            **sam,
        },
        {
            "title": "Vera again",
            "text": "The condition is met.",
            "target": "Approve…",
            "wait": {"modal": "Approve"},
            **vera,
        },
        {"title": "Go", "text": "That decides it.", "target": "Approve", "wait": {"shows": "You approved"}, **vera},
        {
            "title": "It shipped",
            "text": "The review is dated from that day.",
            "target": "It shipped…",
            "wait": {"modal": "It has shipped"},
            **sam,
        },
        {
            "title": "Today",
            "text": "Four weeks from now it asks what came of it.",
            "target": "Date the review",
            "wait": {"shows": "Shipped"},
            **sam,
        },
        {
            "title": "Travel four weeks",
            "text": "Slack's clock and the bot's move together; what is due on the way happens in order.",
            "target": "+4 weeks",
            "wait": {"shows": "Four weeks are over"},
            **sam,
        },
        {
            "title": "The review",
            "text": "The prediction stands next to what happened. Nobody is marked.",
            "target": "Write the review…",
            "wait": {"modal": "Review"},
            **sam,
        },
        {
            "title": "That is all",
            "text": "Write what came of it, if you like. The card, the digest and Home remember. Be anybody now, "
            "press anything: nothing here can break.",
            **sam,
        },
    ]
