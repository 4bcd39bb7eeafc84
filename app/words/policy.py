"""A policy in plain words, and what a change of it means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.answers import Effect
from app.domain.ladder import RUNGS, Rung
from app.domain.policy.policy import Policy, Step
from app.domain.policy.subjects import Subject
from app.domain.policy.table import plain_figure
from app.domain.reading.amounts import Amount, format_amount
from app.domain.reading.days_in_forms import say_date
from app.words.ladder import rung_said
from app.words.triage.answers import COST_SAID, EFFECT_SAID, LIKELIHOOD_SAID, UNDO_SAID

NOTHING_YET = "What is open is judged as before, until somebody answers a question of its triage again."
"""Said of every change."""


def said(policy: Policy) -> list[tuple[str, list[str]]]:
    """Heading → its lines, in plain words."""
    lowest = [
        *_floors(policy), *_by_undoing(policy), *_effects(policy, policy.floor_by_effect), *_by_mistake(policy),
    ]  # fmt: skip
    return [
        ("A two-way door", _two_way(policy)),
        ("The lowest rung that can decide a one-way door", lowest),
        ("When it climbs", [_waiting(policy), _top(policy)]),
        ("Signing, and looking back", [*_signing(policy), _looking_back(policy)]),
        ("Writing", _writing(policy)),
        *([("Customers' metrics", _worth(policy))] if policy.worth else []),
        ("Who reads", [_reading(policy)]),
        *([("Rungs", [_called(policy)])] if policy.rung_names else []),
        (
            "Money",
            [
                f"Amounts count in {policy.currency}. {len(policy.rates.per_euro)} currencies are converted at the "
                f"rates of {say_date(policy.rates.on, policy.rates.on)} {policy.rates.on.year} "
                f"({policy.rates.source}); any other is asked about on the scale.",
            ],
        ),
    ]


def _writing(policy: Policy) -> list[str]:
    asked = (
        f"A one-way door from {rung_said(policy.document_from)} up is asked for a press release or a narrative."
        if policy.document_from
        else "No decision is asked for a press release or a narrative."
    )
    served = f"A document serves one of: {'; '.join(policy.principles)}." if policy.principles else ""
    return [asked, *filter(None, [served]), _pre_read(policy)]


def _pre_read(policy: Policy) -> str:
    halves = policy.preread_halves
    own = (
        f", with {'a working morning or afternoon' if halves == 1 else f'{halves} working mornings or afternoons'} of "
        "each reader's own"
        if halves
        else ""
    )
    return f"A pre-read is out at least {policy.preread_hours} hours before its sync{own}."


def _worth(policy: Policy) -> list[str]:
    """What a unit of each metric is worth against the others."""
    if not policy.worth:
        return ["Maps show each customer metric apart: nothing says what one is worth against another."]
    lines = "; ".join(f"{label}: {plain_figure(price)}" for label, price in policy.worth.items())
    return [f"Maps weigh a unit of each metric by what it is worth here. {lines}."]


def _two_way(policy: Policy) -> list[str]:
    undo = " or ".join(UNDO_SAID[one] for one in UNDO_SAID if one in policy.two_way_undo)
    cost = " or ".join(COST_SAID[one] for one in COST_SAID if one in policy.two_way_cost)
    if not undo or not cost:
        return ["None is clearly two-way: every door is a one-way door here."]
    return [f"It can be undone {undo}, it costs {cost}, and nothing about it lasts."]


def _called(policy: Policy) -> str:
    """The names that people there gave the rungs."""
    return f"Here they are called: {', '.join(policy.rung_names.get(rung) or rung_said(rung) for rung in RUNGS)}."


def _floors(policy: Policy) -> list[str]:
    return [_capital(f"A {rung_said(policy.floor)}, unless something below wants more.")]


def _by_undoing(policy: Policy) -> list[str]:
    lines = [f"{rung_said(rung)}: it can {UNDO_SAID[undo]} be undone." for undo, rung in policy.floor_by_undo.items()]
    lines += [f"{rung_said(rung)}: undoing it costs {COST_SAID[cost]}." for cost, rung in policy.floor_by_cost.items()]
    return [_capital(line) for line in lines]


def _effects(policy: Policy, effects: Iterable[Effect]) -> list[str]:
    return [_capital(f"{_steps(policy, policy.floor_by_effect[one])}: {EFFECT_SAID[one]}.") for one in effects]


def _by_mistake(policy: Policy) -> list[str]:
    lines = [f"{_steps(policy, policy.floor_by_mistake)}: what a mistake costs."] if policy.floor_by_mistake else []
    on_scale = ", ".join(f"{rung_said(rung)} from {step} of 5" for step, rung in sorted(policy.floor_by_step.items()))
    if on_scale:
        lines.append(f"{on_scale}: a mistake on the scale.")
    return [_capital(line) for line in lines]


def _capital(line: str) -> str:
    return line[0].upper() + line[1:]


def _waiting(policy: Policy) -> str:
    odds = ", ".join(f"{words} {_percent(policy.likelihood[one])}" for one, words in LIKELIHOOD_SAID.items())
    begins = f"From the {rung_said(Rung.DIRECTOR)} up, {_days(policy.wait_days)} of waiting"
    return f"{begins} must cost more than likelihood × mistake: {odds}."


def _top(policy: Policy) -> str:
    return (
        f"The {rung_said(Rung.SLT)} is in reach from a mistake of {_money(policy, policy.slt_mistake)}, and only where "
        "a quarterly commitment is threatened."
    )


def _signing(policy: Policy) -> list[str]:
    return [
        f"A signer has {_days(policy.sign_off_days, 'working day')} where the memo names no date.",
        f"A bar raiser signs too below {rung_said(policy.bar_raiser_below)}"
        + "".join(f", and for {EFFECT_SAID[one]}" for one in EFFECT_SAID if one in policy.bar_raiser_for)
        + ".",
    ]


def _looking_back(policy: Policy) -> str:
    return (
        f"A two-way door is looked back on after {_days(policy.learning_check_days)}, "
        f"a one-way door {_days(policy.review_days)} after it shipped."
    )


def _reading(policy: Policy) -> str:
    if policy.channel_reading:
        return "What a channel was told of, and is not private, its members can read there."
    return "Only those who take part read a decision; others ask to."


def _steps(policy: Policy, steps: Sequence[Step]) -> str:
    said = [
        f"{rung_said(step.rung)} from {_money(policy, step.amount)}" if step.amount else rung_said(step.rung)
        for step in steps
    ]
    return ", ".join(said)


def _money(policy: Policy, value: Decimal) -> str:
    return format_amount(Amount(value, policy.currency))


def _days(count: int, what: str = "day") -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _percent(share: Decimal) -> str:
    return f"{plain_figure(share * 100)}%"


def subject_said(subject: Subject, effect: Effect | None = None) -> str:
    """How what is changed together is called."""
    if subject is Subject.EFFECT and effect is not None:
        return f"{EFFECT_SAID[effect][0].upper()}{EFFECT_SAID[effect][1:]}"
    return SUBJECTS[subject]


SUBJECTS = {
    Subject.TWO_WAY: "Two-way doors",
    Subject.EFFECT: "Lasting effects",
    Subject.LOWEST: "The lowest rung",
    Subject.MISTAKE: "What a mistake costs",
    Subject.CLIMBING: "When it climbs",
    Subject.SIGNING: "Signing",
    Subject.LOOKING_BACK: "Looking back",
    Subject.WRITING: "Documents",
    Subject.WORTH: "Customers' metrics",
    Subject.READING: "Who reads",
    Subject.NAMES: "Names of the rungs",
}


def said_of(subject: Subject, effect: Effect | None, policy: Policy) -> list[str]:
    """What the policy says about a subject, one line each."""
    match subject:
        case Subject.TWO_WAY:
            return _two_way(policy)
        case Subject.EFFECT:
            return _effects(policy, [effect] if effect else list(policy.floor_by_effect))
        case Subject.LOWEST:
            return [*_floors(policy), *_by_undoing(policy)]
        case Subject.MISTAKE:
            return [*_by_mistake(policy), _top(policy)]
        case Subject.CLIMBING:
            return [_waiting(policy)]
        case Subject.SIGNING:
            return _signing(policy)
        case Subject.LOOKING_BACK:
            return [_looking_back(policy)]
        case Subject.WRITING:
            return _writing(policy)
        case Subject.WORTH:
            return _worth(policy)
        case Subject.READING:
            return [_reading(policy)]
        case Subject.NAMES:
            return [_called(policy)]


@dataclass(frozen=True)
class Difference:
    """What a policy says under a heading, before and after a change."""

    heading: str
    before: list[str]
    after: list[str]


def differences(before: Policy, after: Policy) -> list[Difference]:
    """Where two policies differ, line by line, under the headings of ``said``."""
    old, new = dict(said(before)), dict(said(after))
    found = []
    for heading in dict.fromkeys([*old, *new]):
        was, now = old.get(heading, []), new.get(heading, [])
        gone, come = [line for line in was if line not in now], [line for line in now if line not in was]
        if gone or come:
            found.append(Difference(heading, gone, come))
    return found


def changed(before: Policy, after: Policy) -> list[str]:
    """The lines of a policy that a change brings, in plain words, and those that it only takes; its rates as one."""
    lines = list[str]()
    for one in differences(before, after):
        lines += one.after or [f"No longer: {line[0].lower()}{line[1:]}" for line in one.before]
    if before.rates != after.rates and not any("are converted" in line for line in lines):
        lines.append("The exchange rates are others.")
    return lines or (["Something that is said the same."] if before != after else [])


def changed_meanwhile(by: str, version: int) -> str:
    """To whoever changes, or proposes, what they were shown before somebody else set another version."""
    who = f"<@{by}>" if by[:1] in ("U", "W") else "Whoever runs Threshold here"
    return f"{who} changed the policy meanwhile: version {version} counts now. Nothing of yours is lost, or set."
