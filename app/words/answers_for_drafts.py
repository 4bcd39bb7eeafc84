"""Every answer of a triage in words: what a draft may draw on, and what a reader may be told."""

from collections.abc import Mapping
from datetime import date

from app.domain.answers import Answers, Attempt, Deadline, Result, Trial
from app.domain.ladder import RUNGS, Ladder, Rung
from app.domain.policy.policy import Policy
from app.domain.reading.amounts import format_amount
from app.domain.reading.days_in_forms import say_date
from app.words.ladder import rung_said
from app.words.triage.answers import COST_SAID, EFFECT_SAID, RESULT_SAID, UNDO_SAID, likelihood_said
from app.words.triage.verdict import waiting_costs


def told_answers(a: Answers, policy: Policy, today: date, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """(what was asked, what was answered) of every question that was answered. `names`: user id → name."""
    told: list[tuple[str, str]] = []
    if a.undo is not None:
        told.append(("How long until you are back where you are today", UNDO_SAID[a.undo]))
    if a.effects is not None:
        said = "; ".join(EFFECT_SAID[one] for one in sorted(a.effects))
        told.append(("What could not be taken back", said or "nothing of what was asked about"))
    if a.undo_cost is not None:
        told.append(("What undoing it would cost", COST_SAID[a.undo_cost]))
    if a.trial is not None:
        told.append(("Whether it can be tried small", _trial(a.trial, today)))
    if a.deadline is not None:
        told.append(("Deadline that waiting blocks", _deadline(a.deadline, today)))
    told += _costs(a, policy)
    told += [(f"Asked: {rung_said(attempt.rung)}", _attempt(attempt, names)) for attempt in a.tried or ()]
    if a.commitment is not None:
        which = a.commitment.which.strip()
        said = "none is threatened" if not a.commitment.threatened else f"one is threatened: {which}".rstrip(": ")
        told.append(("Quarterly commitment", said))
    return told


def _trial(trial: Trial, today: date) -> str:
    if not trial.possible:
        return "no small trial is possible"
    ends = f"until {say_date(trial.ends, today)}" if trial.ends else ""
    metric = f"measured by {trial.metric}" if trial.metric else ""
    lasting = "it would itself have a lasting effect" if trial.lasting else ""
    return "; ".join(filter(None, [trial.what.strip() or "a small trial is possible", metric, ends, lasting]))


def _deadline(deadline: Deadline, today: date) -> str:
    if not deadline.blocks:
        return "waiting blocks no deadline of a customer"
    on = f"{deadline.on.isoformat()} ({say_date(deadline.on, today)})" if deadline.on else ""
    return ", ".join(filter(None, [deadline.what.strip(), on]))


def _costs(a: Answers, policy: Policy) -> list[tuple[str, str]]:
    costs = a.costs
    if costs is None:
        return []
    told = []
    if said := waiting_costs(costs):
        told.append(("What waiting costs", said))
    elif costs.delay_step is not None:
        told.append(("What waiting costs", f"{costs.delay_step} on a scale of 1 (little) to 5 (severe)"))
    if costs.lost:
        told.append(("What is lost with the deadline", format_amount(costs.lost)))
    if costs.mistake:
        told.append(("What a mistake costs", format_amount(costs.mistake)))
    elif costs.mistake_step is not None:
        told.append(("What a mistake costs", f"{costs.mistake_step} on a scale of 1 (little) to 5 (severe)"))
    told.append(("How likely a mistake is", likelihood_said(costs.likelihood, policy)))
    return told


def _attempt(attempt: Attempt, names: Mapping[str, str]) -> str:
    who = names.get(attempt.who, "")
    said = f"they wrote: {attempt.said.strip()}" if attempt.said.strip() else ""
    result = RESULT_SAID[attempt.result] if attempt.result is not Result.NOT_ASKED else "nobody was asked"
    return "; ".join(filter(None, [who, result, attempt.note.strip(), said]))


def told_seats(ladder: Ladder, rung: Rung | None, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Who may be asked to decide: the seats from the decision's rung on, and the bar raisers, by their names."""
    told: list[tuple[str, str]] = []
    if rung is None:
        return told
    told.append(("Who decides", f"the {rung_said(rung)}"))
    chairs = [(f"Sits as {rung_said(seat)}", ladder.seats.get(seat, ())) for seat in RUNGS[RUNGS.index(rung) :]]
    for chair, users in [*chairs, ("Bar raisers", ladder.bar_raisers)]:
        seated = [names[user] for user in users if user in names][:5]
        told += [(chair, ", ".join(seated))] if seated else []
    return told
