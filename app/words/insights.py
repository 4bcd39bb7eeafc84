"""What insights and a replay found, in sentences: what it means, with its base and what it could be in truth."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.digests import Waited
from app.domain.findings import GateName
from app.domain.insights.crowd import FEWEST_PEOPLE
from app.domain.insights.forecasts import FEWEST, Step
from app.domain.insights.report import ALL, Became, Calibration, Doors, Hindsight, Report, Waits
from app.domain.insights.shares import Share
from app.domain.insights.survival import FEWEST_ENDS
from app.domain.ladder import RUNGS, Rung
from app.domain.looking_back import Right
from app.domain.triage.doors import Door
from app.words.ladder import rung_said

NOT_YET_KNOWN = "not yet known"

DOOR_SAID = {Door.TWO_WAY: "two-way door", Door.ONE_WAY: "one-way door"}
HINDSIGHT_SAID = {
    Hindsight.TWO_WAY: "undone within days",
    Hindsight.ONE_WAY: "took longer, or could not be undone",
    Hindsight.NOT_TRIED: "never had to be undone",
    Hindsight.NOT_ANSWERED: "not answered yet",
}
GATE_SAID = {
    GateName.DEADLINE: "no deadline was blocked",
    GateName.TRIED: "the rung below was not asked",
    GateName.COSTS: "waiting cost less than a mistake",
    GateName.COMMITMENT: "no commitment was at stake",
}
"""What had failed, where somebody went on all the same."""


def group_said(name: str) -> str:
    """A group of waits by its name."""
    if name == ALL:
        return "all decisions"
    if name in set(Door):
        return f"{DOOR_SAID[Door(name)]}s"
    return rung_said(Rung(name)) if name in set(RUNGS) else "bar raiser"


def days_said(days: float) -> str:
    """5 hours, 2.5 days."""
    if days < 1:
        hours = round(days * 24)
        return "less than an hour" if not hours else "1 hour" if hours == 1 else f"{hours} hours"
    shown = f"{days:.1f}".removesuffix(".0") if days < 100 else f"{days:.0f}"
    return f"{shown} {'day' if shown == '1' else 'days'}"


def waited_said(waited: Waited) -> str:
    """How long a channel's decisions take, for its digest."""
    if waited.median_days is None:
        return (
            f"How long half of the last year's {waited.decisions} decisions take is {NOT_YET_KNOWN}: most still wait."
        )
    return (
        f"Half of the last year's {waited.decisions} decisions had their answer within {days_said(waited.median_days)}."
    )


def share_said(one: Share) -> str:
    """12% (3 of 25, likely 4% to 30%)."""
    return f"{(one.value or 0):.0%} ({one.hits} of {one.of}, likely {one.low:.0%} to {one.high:.0%})"


def median_said(one: Waits) -> str:
    """Half of them are decided within 4.5 days (likely 3 days to 6 days)."""
    if not one.tells:
        return f"{NOT_YET_KNOWN}: fewer than {FEWEST_ENDS} were decided"
    if one.median is None:
        return f"{NOT_YET_KNOWN}: more than half still wait, or ended without a decision"
    low, high = one.curve.median_low, one.curve.median_high
    most = f" to {days_said(high)}" if high is not None else " or more"
    return f"half are decided within {days_said(one.median)} (likely {days_said(low or 0.0)}{most})"


def signers_said(name: str, one: Waits) -> str:
    """VP (25): half have answered within 2 days. 3 have not answered."""
    said = f"{_capital(group_said(name))} ({one.cases}): {median_said(one).replace('are decided', 'have answered')}."
    return f"{said} {one.open} {'has' if one.open == 1 else 'have'} not answered." if one.open else said


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def waits_said(name: str, one: Waits) -> str:
    """All decisions (25): half are decided within 4 days. 3 are open, 2 were withdrawn."""
    ends = [f"{one.open} {'is' if one.open == 1 else 'are'} open"] if one.open else []
    ends += [
        f"{number} {'was withdrawn' if number == 1 else 'were withdrawn'}"
        if end == "withdrawn"
        else f"{number} expired"
        for end, number in one.ended.items()
        if number and end != "decided"
    ]
    told = f"{_capital(group_said(name))} ({one.cases}): {median_said(one)}."
    return f"{told} {', '.join(ends)}." if ends else told


def deflected_said(one: Share | None) -> str:
    if one is None:
        return f"How much went back to its team is not told: {KEPT_BACK}."
    if not one.of:
        return "Nothing was triaged to its end yet."
    return f"{share_said(one)} of what was triaged went back to its team."


KEPT_BACK = f"it is of fewer than {FEWEST_PEOPLE} people"


def doors_said(doors: Doors) -> Iterator[str]:
    """How often a door turned out to be the other one, of those that had to be undone."""
    for door, wrong in doors.wrong.items():
        other = DOOR_SAID[Door.ONE_WAY if door is Door.TWO_WAY else Door.TWO_WAY]
        if wrong is None:
            yield f"How many {DOOR_SAID[door]}s turned out to be a {other} is not told: {KEPT_BACK}."
        elif not wrong.of:
            yield f"No {DOOR_SAID[door]} had to be undone, as far as anybody looked back."
        else:
            yield f"Of the {DOOR_SAID[door]}s that had to be undone, {share_said(wrong)} turned out to be a {other}."


def cell_said(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def became_said(gate: GateName, one: Became) -> str:
    """Went on although the rung below was not asked (12): 8 approved, 1 declined… Looked back on: 3 right, 1 wrong."""
    ends = [
        (one.approved, "approved"), (one.declined, "declined"), (one.given_back, "back to the team"),
        (one.ended, "withdrawn or expired"), (one.open, "open"),
    ]  # fmt: skip
    looked = sum(one.right.values())
    seen = (
        f" Of {looked} looked back on, {one.right[Right.NO]} {'was' if one.right[Right.NO] == 1 else 'were'} wrong."
        if looked
        else " Nobody has looked back on one yet."
    )
    told = ", ".join(f"{number} {word}" for number, word in ends if number)
    return f"Went on although {GATE_SAID[gate]} ({one.cases}): {told}.{seen}"


def dissent_said(report: Report) -> Iterator[str]:
    below, again = report.disagreed, report.revisited
    if below is not None and below.of:
        yield f"Where the rung below disagreed, they were right in {share_said(below)}."
    if again is not None and again.of:
        yield f"Of the noes that were looked at again, {share_said(again)} should have been a yes."


def calibration_said(one: Calibration) -> Iterator[str]:
    """What is too little to tell says how much is missing."""
    if one.score is None:
        yield too_few_said(("prediction with a probability", "predictions with a probability"), one.forecasts)
    else:
        score = one.score
        yield (
            f"Brier score {score.score:.3f} over {one.forecasts} predictions (0 is perfect, 0.25 is what “fifty-fifty” "
            f"gets): {score.reliability:.3f} lost by being too sure or too little, {score.resolution:.3f} gained by "
            f"telling cases apart, of {score.uncertainty:.3f}."
        )
    if one.coverage is None:
        yield too_few_said(("80% interval", "80% intervals"), one.intervals)
    else:
        yield f"Of the 80% intervals, {share_said(one.coverage)} held what came."


def too_few_said(what: tuple[str, str], there: int) -> str:
    """``what``: one of them, and several."""
    if there >= FEWEST:
        return f"{there} {what[1]}: not told, since {KEPT_BACK}."
    return f"{there or 'No'} {what[there != 1]} so far; from {FEWEST} on there is something to say."


def step_said(step: Step) -> str:
    return f"said {step.said:.0%}: came in {share_said(step.came)}"
