"""Who acts next, on what, and by when, in one sentence: the same on every card, in every list and digest."""

from collections.abc import Callable
from datetime import date

from app.domain.reading.days_in_forms import say_date
from app.domain.who_acts_next import Act, NextAct

NOBODY_ACTS = "Nobody has to act."
REQUESTER_LEFT = "Its requester has left: somebody has to take it over."
MOST_NAMED = 3
"""People who are named in one sentence; the rest is counted."""

_SAID = {
    # you or several, one other
    Act.ANSWER_TRIAGE: ("finish the triage", "finishes the triage"),
    Act.ACCEPT_VERDICT: ("take the next step", "takes the next step"),
    Act.ANSWER_BELOW: ("answer the question", "answers the question"),
    Act.TAKE_NEXT_STEP: ("take the next step", "takes the next step"),
    Act.WRITE_MEMO: ("finish the memo and send it", "finishes the memo and sends it"),
    Act.READ: ("read the pre-read and answer", "reads the pre-read and answers"),
    Act.SIGN: ("sign", "signs"),
    Act.CHOOSE_AFTER_DEADLINE: ("choose what comes next", "chooses what comes next"),
    Act.RESOLVE_QUESTIONS: ("say whether that resolves it", "says whether that resolves it"),
    Act.MEET_CONDITION: ("meet the condition", "meets the condition"),
    Act.DECIDE: ("decide", "decides"),
    Act.TELL_SHIPPED: ("say when it shipped", "says when it shipped"),
    Act.REVIEW: ("review it", "reviews it"),
    Act.REVISIT: ("look again", "looks again"),
}


def next_step(
    step: NextAct,
    today: date,
    name: Callable[[str], str],
    *,
    viewer: str = "",
    dated: Callable[[str], str] = str,
) -> str:
    """``Dana signs by Fri 4 Dec.``, ``You answer 2 open questions, overdue since Mon 30 Nov.``

    ``name`` says how a person is called, ``dated`` how a day is set off. ``viewer`` is called “you”.
    """
    if step.act is None:
        return NOBODY_ACTS
    if step.act is Act.TAKE_OVER:
        return REQUESTER_LEFT
    alone = len(step.who) == 1 and step.who[0] != viewer
    return f"{_people(step, name, viewer)} {_act(step, alone)}{_when(step, today, alone, dated)}."


def _people(step: NextAct, name: Callable[[str], str], viewer: str) -> str:
    others = [name(user) for user in step.who if user != viewer]
    called = [*(["You"] if viewer in step.who else []), *others]
    if len(called) > MOST_NAMED:
        called = [*called[:MOST_NAMED], f"{len(called) - MOST_NAMED} more"]
    return called[0] if len(called) == 1 else f"{', '.join(called[:-1])} and {called[-1]}" if called else "Somebody"


def _act(step: NextAct, alone: bool) -> str:
    if step.act is Act.ANSWER_QUESTIONS:
        what = "an open question" if step.count == 1 else f"{step.count} open questions"
        return f"answers {what}" if alone else f"answer {what}"
    assert step.act is not None
    several, one = _SAID[step.act]
    return one if alone else several


def _when(step: NextAct, today: date, alone: bool, dated: Callable[[str], str]) -> str:
    if step.by is None:
        return ""
    day = dated(say_date(step.by, today))
    if step.act is Act.DECIDE:
        looks = "looks back" if alone else "look back"
        return f" and {looks}: due since {day}" if step.overdue else f" and {looks} on {day}"
    if step.overdue:
        return f", overdue since {day}"
    return f" on {day}" if step.act in (Act.REVIEW, Act.REVISIT) else f" by {day}"
