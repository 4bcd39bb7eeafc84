"""Why it is this door, what each gate found, which rung, and the question to the rung below, in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.answers import Answers, Costs, Setting
from app.domain.findings import (
    BackOnlyAfter,
    BelowAnswered,
    CanBeUndone,
    CommitmentThreatened,
    Converted,
    CostsInMoney,
    CostsOnScale,
    DeadlineBlocked,
    DeadlinePassed,
    EffectLasts,
    Finding,
    LowestForEffect,
    NoAnswerYet,
    NobodyAsked,
    NoCommitment,
    NoDeadline,
    NothingLasts,
    NoTrial,
    NoWayBack,
    StaysBelowTop,
    ToldBefore,
    TrialIsSmall,
    TrialLasts,
    TrialLeavesNothing,
    UndoingCosts,
)
from app.domain.ladder import Rung
from app.domain.policy.policy import Policy
from app.domain.reading.amounts import format_amount, format_rate, format_rough
from app.domain.reading.days_in_forms import say_date
from app.domain.stored_words import ANSWERED, ever_read, within
from app.domain.triage.lowest_rung import may_decide
from app.domain.triage.verdict import Verdict
from app.words.fragments import A_DEADLINE, quoted
from app.words.ladder import rung_said
from app.words.triage.answers import COST_SAID, EFFECT_LASTS, EFFECT_WANTS, RESULT_SAID, UNDO_SAID


@dataclass(frozen=True)
class Background:
    """What a sentence needs beside its finding."""

    answers: Answers  # those it was found in: what people typed is read from here
    today: date  # a day in another year is said with it
    names: Mapping[str, str] = field(default_factory=dict)  # user id → how somebody is called
    own: Rung | None = None  # where the requester sits
    asker: str = ""  # how the requester is called; empty: it is they who read it, and they are “you”

    @property
    def you(self) -> str:
        return self.asker or "You"


def say(finding: Finding, background: Background) -> str:
    """The finding in one sentence, with its full stop: plain text, in which what people typed stands raw."""
    if ever_read() and within(finding):
        return ANSWERED
    match finding:
        case ToldBefore(text=text):
            return text
        case NoDeadline() | DeadlinePassed() | DeadlineBlocked():
            return _deadline(finding, background)
        case NobodyAsked() | NoAnswerYet() | BelowAnswered():
            return _tried(finding, background)
        case CostsInMoney():
            return _money(finding, background)
        case CostsOnScale():
            return _scale(finding)
        case CommitmentThreatened() | NoCommitment() | StaysBelowTop():
            return _commitment(finding, background)
        case LowestForEffect(rung=rung, effect=effect):
            return f"It takes a {rung_said(rung)} at the least, since {EFFECT_WANTS[effect]}."
        case Converted(mistake=mistake, about=about, on=on):
            rates = f"at the rates of {say_date(on, background.today)}"
            return f"A mistake of {format_amount(mistake)} counts as about {format_rough(about)} {rates}."
        case TrialIsSmall() | TrialLeavesNothing() | TrialLasts() | NoTrial():
            return _trial(finding, background)
        case CanBeUndone(undo=undo):
            return f"It can be undone {UNDO_SAID[undo]}."
        case NothingLasts():
            return "Nothing about it lasts."
        case UndoingCosts(cost=cost):
            return f"Undoing it costs {COST_SAID[cost]}."
        case EffectLasts(effect=effect):
            return EFFECT_LASTS[effect]
        case NoWayBack():
            return "There is no way back."
        case BackOnlyAfter(undo=undo):
            return f"It can be undone {UNDO_SAID[undo]}."


def _trial(found: TrialIsSmall | TrialLeavesNothing | TrialLasts | NoTrial, background: Background) -> str:
    trial = background.answers.trial
    if isinstance(found, TrialLasts):
        return "Even the trial would leave something behind."
    if isinstance(found, NoTrial):
        return "There is no small trial that would make it reversible."
    if isinstance(found, TrialLeavesNothing):
        metric = quoted(trial.metric) if trial else ""
        return (
            f"The trial tells by {metric}, and leaves nothing behind." if metric else "The trial leaves nothing behind."
        )
    what = quoted(trial.what, "a small trial") if trial else "a small trial"
    ends = f", until {say_date(found.ends, background.today)}" if found.ends else ""
    return f"It can be tried small first: {what}{ends}."


def _deadline(found: NoDeadline | DeadlinePassed | DeadlineBlocked, background: Background) -> str:
    if isinstance(found, NoDeadline):
        return f"{background.you} named no customer-impacting deadline that waiting blocks, so no date forces it."
    deadline = background.answers.deadline
    what = quoted(deadline.what, A_DEADLINE) if deadline else A_DEADLINE
    on = say_date(found.on, background.today)
    if isinstance(found, DeadlinePassed):
        if background.asker:
            return f"The deadline that {background.asker} named, {what}, passed on {on}."
        return (
            f"The deadline you named, {what}, passed on {on}; name the next one that waiting blocks, if there is one."
        )
    if found.on < background.today:
        return f"Waiting has held up {what} since {on}."
    return f"Waiting blocks {what} on {on}."


def _tried(found: NobodyAsked | NoAnswerYet | BelowAnswered, background: Background) -> str:
    if isinstance(found, NobodyAsked):
        asked = asked_rung(found.below, background.own)
        return f"Nobody asked {asked} yet; the {rung_said(found.rung)} comes after that."
    name = background.names.get(found.who, "") if found.who else ""
    who = f"{name} ({rung_said(found.below)})" if name else f"the {rung_said(found.below)}"
    if isinstance(found, NoAnswerYet):
        has = "has" if background.asker else "have"
        return f"{background.you} asked {who} and {has} no answer yet."
    return f"{background.you} asked {who}: {RESULT_SAID[found.result]}."


def _money(found: CostsInMoney, background: Background) -> str:
    span = "" if found.days is None else " a day" if found.days == 1 else f" {found.days} days"
    span += " (as measured of whom it waits for)" if found.measured else ""
    costs = f"Waiting{span} costs {format_amount(found.delay)}"
    if found.lost and found.lost_on:
        costs += f", and {format_amount(found.lost)} more is lost on {say_date(found.lost_on, background.today)}"
    expected = f"the {format_amount(found.expected)} a mistake is expected to cost"
    how = f"({found.odds:.0%} × {format_amount(found.mistake)})"
    if found.waiting == found.expected.value:
        return f"{costs}; that is just {expected} {how}, and a tie does not climb."
    return f"{costs}; that {'exceeds' if found.waiting > found.expected.value else 'does not exceed'} {expected} {how}."


def _scale(found: CostsOnScale) -> str:
    mistake = f"a mistake ({found.mistake} of 5, {found.odds:.0%} likely: {found.expected.normalize():f})"
    if found.delay == found.expected:
        return f"Waiting ({found.delay} of 5) weighs the same as {mistake}, and a tie does not climb."
    verb = "outweighs" if found.delay > found.expected else "does not outweigh"
    return f"Waiting ({found.delay} of 5) {verb} {mistake}."


def _commitment(found: CommitmentThreatened | NoCommitment | StaysBelowTop, background: Background) -> str:
    if isinstance(found, StaysBelowTop):
        stays = f"this stays at {rung_said(found.rung)} and does not reach the SLT"
        return f"No quarterly commitment is threatened, so {stays}."
    if isinstance(found, NoCommitment):
        return "No quarterly commitment is threatened."
    commitment = background.answers.commitment
    which = quoted(commitment.which) if commitment else ""
    return f"It threatens a quarterly commitment{f': {which}' if which else ''}."


def asked_rung(below: Rung, own: Rung | None) -> str:
    """Whom the requester asks: “the manager”, “another manager” where they are one."""
    if below is Rung.PEER:
        return "a peer"
    return f"another {rung_said(below)}" if below is own else f"the {rung_said(below)}"


def question_for_below(title: str, a: Answers, setting: Setting, below: Rung, up: Rung | None, policy: Policy) -> str:
    """The question that Threshold writes for the rung below, ready to be sent: to decide it, or for advice where policy
    wants a higher rung. ``up``: who comes next."""
    decides = may_decide(below, a, policy)
    what = title.strip().rstrip(".?")
    lines = [f"Can you decide this: {what}?" if decides else f"What would you do: {what}?"]
    if a.deadline and a.deadline.blocks and a.deadline.on:
        passed = a.deadline.on < setting.today
        what, on = quoted(a.deadline.what, A_DEADLINE), say_date(a.deadline.on, setting.today)
        lines.append(f"Its deadline, {what}, passed on {on}." if passed else f"Waiting blocks {what} on {on}.")
    if a.costs and (cost := waiting_costs(a.costs)):
        lines.append(f"Waiting costs {cost}.")
    then = f"to the {rung_said(up)}" if up else "one rung up"
    lines.append(
        f"If you can, it stops here and you decide. If you can't, say so, and it goes {then}."
        if decides
        else f"You can't close it on your rung: it goes {then} with your advice. If you know a small trial that "
        "makes it two-way, it need not climb."
    )
    return " ".join(lines)


def waiting_costs(costs: Costs) -> str:
    """What waiting costs, as it was told: “$200k per day”, “$2M as a whole”; empty on the scale."""
    if costs.delay_total:
        return f"{format_amount(costs.delay_total)} as a whole"
    return format_rate(costs.delay) if costs.delay else ""


# ── for the release before ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ToldVerdict:
    """The sentences of a verdict, without what anybody typed; people as mentions."""

    why: list[str]
    gates: list[str]
    notes: list[str]


def told_before(verdict: Verdict) -> ToldVerdict:
    """As the release before this one kept it. Goes once that release runs nowhere any more."""
    below = [gate.finding.who for gate in verdict.gates if isinstance(gate.finding, NoAnswerYet | BelowAnswered)]
    days = [gate.finding.on for gate in verdict.gates if isinstance(gate.finding, DeadlineBlocked | DeadlinePassed)]
    background = Background(Answers(), days[0] if days else date.min, {who: f"<@{who}>" for who in below if who})
    return ToldVerdict(
        [say(why, background) for why in verdict.why],
        [say(gate.finding, background) for gate in verdict.gates],
        [say(note, background) for note in verdict.notes],
    )
