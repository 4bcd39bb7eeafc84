"""A policy as a file (TOML): written whole, read over the one before it, so that what a file leaves out stays."""

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from app.domain.answers import Effect, Undo, UndoCost
from app.domain.policy import table
from app.domain.policy.faults import Fault, NoPolicy, Wrong
from app.domain.policy.policy import Policy, Step
from app.domain.policy.table import DAYS, NOBODY, plain_figure


def write(policy: Policy) -> str:
    """The whole policy as TOML; ``read`` gives it back."""
    steps = [f"{effect.value} = {_steps(found)}" for effect, found in policy.floor_by_effect.items()]
    lines = [
        f'currency = "{policy.currency}"',
        f'lowest = "{policy.floor.value}"  # of every one-way door',
        f"top_from = {plain_figure(policy.slt_mistake)}  # a mistake that may be the SLT's",
        *(f"{name} = {getattr(policy, name)}" for name in DAYS),
        f'document_from = "{policy.document_from.value if policy.document_from else NOBODY}"'
        "  # a one-way door from here up is asked for a document; “nobody”: none is",
        f"principles = [{', '.join(_text(one) for one in policy.principles)}]  # one of which a document serves",
        f"preread_hours = {policy.preread_hours}  # from sending a pre-read to its sync, at least",
        f"preread_halves = {policy.preread_halves}  # working mornings or afternoons of each reader's own among them",
        f"channel_reading = {str(policy.channel_reading).lower()}  # members read what their channel was told of",
        "",
        "[two_way]  # clearly two-way: undone so soon, for so little, with no lasting effect",
        f"undo = {_list(policy.two_way_undo, Undo)}",
        f"cost = {_list(policy.two_way_cost, UndoCost)}",
        "",
        "[lowest_by_undo]",
        *(f'{undo.value} = "{rung.value}"' for undo, rung in policy.floor_by_undo.items()),
        "",
        "[lowest_by_cost]",
        *(f'{cost.value} = "{rung.value}"' for cost, rung in policy.floor_by_cost.items()),
        "",
        "[lowest_by_effect]  # a rung, or rungs by what a mistake costs",
        *steps,
        "",
        "[lowest_by_mistake]",
        *(f'{plain_figure(step.amount)} = "{step.rung.value}"' for step in policy.floor_by_mistake),
        "",
        "[lowest_by_step]  # the same on the scale of 1 to 5",
        *(f'{step} = "{rung.value}"' for step, rung in policy.floor_by_step.items()),
        "",
        "[likelihood]",
        *(f"{one.value} = {odds}" for one, odds in policy.likelihood.items()),
        "",
        "[bar_raiser]",
        f'below = "{policy.bar_raiser_below.value}"',
        f"for = {_list(policy.bar_raiser_for, Effect)}",
        "",
        "[worth]  # of a unit of each customer metric, so that maps can weigh them against each other",
        *(f"{_text(label)} = {plain_figure(price)}" for label, price in policy.worth.items()),
        "",
        "[rung_names]  # as people there say them",
        *(f"{rung.value} = {_text(name)}" for rung, name in policy.rung_names.items()),
        "",
        "[rates]",
        f"on = {policy.rates.on.isoformat()}",
        f"source = {_text(policy.rates.source)}",
        "",
        "[rates.per_euro]",
        *(f"{currency} = {rate}" for currency, rate in policy.rates.per_euro.items()),
    ]
    return "\n".join(lines) + "\n"


def read(text: str, before: Policy) -> Policy:
    """The policy that a file describes; what it leaves out is as in ``before``.

    Raises:
        NoPolicy: no TOML, a name that nobody knows, a figure that can't be; its fault names the line's key.
    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise NoPolicy(Fault(Wrong.NO_TOML, value=str(error))) from None
    return table.read(data, before)


def _text(value: str) -> str:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def _list(values: Iterable[StrEnum], kind: type[StrEnum]) -> str:
    return "[" + ", ".join(f'"{one.value}"' for one in kind if one in set(values)) + "]"


def _steps(steps: tuple[Step, ...]) -> str:
    if len(steps) == 1:
        return f'"{steps[0].rung.value}"'
    return "{ " + ", ".join(f'{plain_figure(step.amount)} = "{step.rung.value}"' for step in steps) + " }"
