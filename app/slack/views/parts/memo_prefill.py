"""The first text of the memo, from what the triage was told. Nothing is added: what was not answered stays empty."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from app.db.models import Person
from app.domain.answers import Answers, Setting
from app.domain.ladder import Ladder, Rung
from app.domain.people.calendar import WorkingHours, add_working_days
from app.domain.people.working_time import hours_of
from app.domain.policy.policy import Policy
from app.domain.reading.amounts import Amount, format_amount, format_rough
from app.domain.reading.days_in_forms import day_of_ask, say_date
from app.domain.signing.signoff import needs_bar_raiser
from app.domain.triage.gates import delay_over, wait_of
from app.slack.views.scene import Scene
from app.words.fragments import A_DEADLINE, quoted
from app.words.ladder import rung_said
from app.words.triage.verdict import waiting_costs

LONGEST_PART = 3000
"""Characters of one part: what its input takes."""


def prefilled_memo(scene: Scene) -> dict[str, str]:
    """Part key → first text, for the parts that the answers say something about.

    Plain text for an input: people by their names, days as Threshold says them.
    """
    decision, answers, setting = scene.decision, scene.decision.answers, scene.setting
    found = {
        "decision": _with_stop(" ".join(decision.title.split())),
        "one_way": " ".join(scene.say(why) for why in decision.verdict.why) if decision.verdict else "",
        "data": "\n".join(_data(answers, decision.source_link, scene.policy)),
        "inaction": "\n".join(_inaction(answers, setting, scene.policy)),
        "ask": _ask_written(scene, decision.rung, decision.ladder or scene.ladder),
    }
    return {
        key: text if len(text) <= LONGEST_PART else text[: LONGEST_PART - 1] + "…"
        for key, text in found.items()
        if text
    }


def prefilled_prediction(scene: Scene) -> dict[str, str]:
    """Form field → first text of the prediction, from what waiting costs: that it stops, once this has shipped for as
    long as the review waits. Empty where no money was named."""
    costs = scene.decision.answers.costs
    said = waiting_costs(costs) if costs else ""
    if not costs or not said:
        return {}
    on = proposed_answer_day(scene) + timedelta(days=scene.policy.review_days)
    amount = costs.delay_total or (costs.delay.amount if costs.delay else None)
    zero = format_amount(Amount(Decimal(0), amount.currency)) if amount else "0"
    return {"metric": "What waiting costs", "baseline": said, "target": zero, "target_on": on.isoformat()}


def _data(answers: Answers, link: str | None, policy: Policy) -> list[str]:
    lines = []
    if answers.costs and answers.costs.mistake:
        odds = policy.likelihood[answers.costs.likelihood]
        lines.append(f"A mistake costs {format_amount(answers.costs.mistake)}, with a likelihood of {odds:.0%}.")
    if link:
        lines.append(f"Source: {link}")
    return lines


def _inaction(answers: Answers, setting: Setting, policy: Policy) -> list[str]:
    lines = []
    if answers.deadline and answers.deadline.blocks and answers.deadline.on:
        what = quoted(answers.deadline.what, A_DEADLINE)
        lines.append(f"Waiting blocks {what} on {say_date(answers.deadline.on, setting.today)}.")
    if answers.costs and (cost := waiting_costs(answers.costs)):
        waits = wait_of(setting, policy)
        total = delay_over(answers.costs, waits) if answers.costs.delay else None
        over = f": {format_rough(total)} over {_days(waits)}" if total else ""
        lines.append(f"Delay costs {cost}{over}.")
        if answers.costs.lost:
            lines.append(f"{format_amount(answers.costs.lost)} more is lost with the deadline.")
    elif answers.costs and answers.costs.delay_step:
        lines.append(f"Delay costs {answers.costs.delay_step} on a scale of 1 (little) to 5 (severe).")
    if answers.commitment and answers.commitment.threatened and (which := quoted(answers.commitment.which)):
        lines.append(f"It threatens a quarterly commitment: {which}.")
    return lines


def day_asked_for(ask: str, today: date) -> date | None:
    """The day by which the ask wants its answer; None where it names none, or none that can be told."""
    by = day_of_ask(ask, today=today)
    return by.day if by else None


def proposed_answer_day(scene: Scene) -> date:
    """A day that leaves signers the working days of the policy, and comes before what waiting blocks where it can."""
    person = scene.people.get(scene.decision.requester_id)
    hours = hours_of(person) if person else WorkingHours(scene.tz)
    by = add_working_days(scene.setting.today, scene.policy.sign_off_days, hours)
    blocked = _blocked_day(scene)
    return min(by, blocked) if blocked else by


def _blocked_day(scene: Scene) -> date | None:
    """The day of the deadline that waiting blocks, while it is still to come."""
    deadline = scene.decision.answers.deadline
    on = deadline.on if deadline and deadline.blocks else None
    return on if on and on >= scene.setting.today else None


def _ask_written(scene: Scene, rung: Rung | None, ladder: Ladder) -> str:
    """Who, what, by when, so that what. Empty while no rung is known."""
    if rung is None:
        return ""
    answers, requester, people, today = (
        scene.decision.answers,
        scene.decision.requester_id,
        scene.people,
        scene.setting.today,
    )
    signer = ladder.sitting(rung, but=[requester])
    who = f"{_name_or_code(signer, people)} ({rung_said(rung)})" if signer else f"The {rung_said(rung)}"
    if needs_bar_raiser(rung, answers, scene.policy):
        raiser = ladder.bar_raiser(but=[requester, *([signer] if signer else [])])
        who += f" and {_name_or_code(raiser, people)} (bar raiser)" if raiser else " and a bar raiser"
    by = f"{who} to approve by {say_date(proposed_answer_day(scene), today)}"
    blocked = _blocked_day(scene)
    if blocked is None or answers.deadline is None:
        return f"{by}."
    what = quoted(answers.deadline.what, A_DEADLINE)
    return f"{by}, so that nothing holds up {what} on {say_date(blocked, today)}."


def _name_or_code(user: str, people: Mapping[str, Person]) -> str:
    """A name where one is known: an input shows a mention as its raw code."""
    return (people[user].name if user in people else "") or f"<@{user}>"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _with_stop(text: str) -> str:
    return text if not text or text[-1] in ".?!…" else text + "."
