"""A policy in plain words, and what a change of it means."""

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal

from app.domain.ladder import RUNGS
from app.domain.policy.policy import Policy, Step
from app.domain.reading.amounts import Amount, format_amount
from app.domain.reading.days_in_forms import say_date
from app.words.ladder import rung_said
from app.words.triage.answers import COST_SAID, EFFECT_SAID, LIKELIHOOD_SAID, UNDO_SAID

NOTHING_YET = "For what is open it means nothing, until somebody answers a question of its triage again."
"""Said of every change."""


def said(policy: Policy) -> list[tuple[str, list[str]]]:
    """Heading → its lines, in plain words."""
    undo = " or ".join(UNDO_SAID[one] for one in UNDO_SAID if one in policy.two_way_undo)
    cost = " or ".join(COST_SAID[one] for one in COST_SAID if one in policy.two_way_cost)
    return [
        ("A two-way door", [f"It can be undone {undo}, it costs {cost}, and nothing about it lasts."]),
        ("The lowest rung that can decide a one-way door", _lowest(policy)),
        ("When it climbs", _climbs(policy)),
        (
            "Signing, and looking back",
            [
                f"A signer has {_days(policy.sign_off_days, 'working day')} where the memo names no date.",
                f"A bar raiser signs too below {rung_said(policy.bar_raiser_below)}"
                + "".join(f", and for {EFFECT_SAID[one]}" for one in EFFECT_SAID if one in policy.bar_raiser_for)
                + ".",
                f"A two-way door is looked back on after {_days(policy.learning_check_days)}, "
                f"a one-way door {_days(policy.review_days)} after it shipped.",
            ],
        ),
        ("Writing", _writing(policy)),
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
    return [asked, *filter(None, [served])]


def _called(policy: Policy) -> str:
    """The names that people there gave the rungs."""
    return f"Here they are called: {', '.join(policy.rung_names.get(rung) or rung_said(rung) for rung in RUNGS)}."


def _lowest(policy: Policy) -> list[str]:
    lines = [f"A {rung_said(policy.floor)}, unless something below wants more."]
    lines += [f"{rung_said(rung)}: it can {UNDO_SAID[undo]} be undone." for undo, rung in policy.floor_by_undo.items()]
    lines += [f"{rung_said(rung)}: undoing it costs {COST_SAID[cost]}." for cost, rung in policy.floor_by_cost.items()]
    lines += [f"{_steps(policy, steps)}: {EFFECT_SAID[effect]}." for effect, steps in policy.floor_by_effect.items()]
    if policy.floor_by_mistake:
        lines.append(f"{_steps(policy, policy.floor_by_mistake)}: what a mistake costs.")
    on_scale = ", ".join(f"{rung_said(rung)} from {step} of 5" for step, rung in sorted(policy.floor_by_step.items()))
    if on_scale:
        lines.append(f"{on_scale}: a mistake on the scale.")
    return [line[0].upper() + line[1:] for line in lines]


def _climbs(policy: Policy) -> list[str]:
    odds = ", ".join(f"{words} {policy.likelihood[one]:.0%}" for one, words in LIKELIHOOD_SAID.items())
    return [
        f"From the director up, {_days(policy.wait_days)} of waiting must cost more than likelihood × mistake: {odds}.",
        f"The SLT is in reach from a mistake of {_money(policy, policy.slt_mistake)}, and only where a quarterly "
        "commitment is threatened.",
    ]


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


def changed(before: Policy, after: Policy) -> list[str]:
    """The lines of a policy that a change brings, in plain words; its rates as one."""
    old = {line for _, lines in said(before) for line in lines}
    new = [line for _, lines in said(after) for line in lines if line not in old]
    if before.rates != after.rates and not any("are converted" in line for line in new):
        new.append("The exchange rates are others.")
    return new or (["Something small."] if any_other(before, after) else [])


def any_other(before: Policy, after: Policy) -> bool:
    return any(getattr(before, field.name) != getattr(after, field.name) for field in fields(Policy))
