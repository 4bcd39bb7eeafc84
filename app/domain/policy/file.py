"""A policy as a file (TOML): written whole, read over the one before it, so that what a file leaves out stays."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.answers import Effect, Likelihood, Undo, UndoCost
from app.domain.errors import Unreadable
from app.domain.ladder import RUNGS, Rung
from app.domain.policy.policy import Policy, Step
from app.domain.policy.rates import Rates

Kind = TypeVar("Kind", bound=StrEnum)

MOST_DAYS = 366
NUMBERS = {
    "wait_days": "wait_days",
    "sign_off_days": "sign_off_days",
    "learning_check_days": "learning_check_days",
    "review_days": "review_days",
}


def write(policy: Policy) -> str:
    """The whole policy as TOML; ``read`` gives it back."""
    steps = [f"{effect.value} = {_steps(found)}" for effect, found in policy.floor_by_effect.items()]
    lines = [
        f'currency = "{policy.currency}"',
        f'lowest = "{policy.floor.value}"  # of every one-way door',
        f"top_from = {_number(policy.slt_mistake)}  # a mistake that may be the SLT's",
        *(f"{name} = {getattr(policy, field)}" for name, field in NUMBERS.items()),
        f'document_from = "{policy.document_from.value if policy.document_from else NOBODY}"'
        "  # a one-way door from here up is asked for a document; “nobody”: none is",
        f"principles = [{', '.join(_text(one) for one in policy.principles)}]  # one of which a document serves",
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
        *(f'{_number(step.amount)} = "{step.rung.value}"' for step in policy.floor_by_mistake),
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
        Unreadable: no TOML, a name that nobody knows, a figure that can't be; the sentence names the line's key.
    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"That is no TOML: {error}. Nothing was changed.") from None
    readers: dict[str, Callable[[Any], dict[str, Any]]] = {
        "currency": lambda value: {"currency": _currency(value)},
        "lowest": lambda value: {"floor": _rung("lowest", value, least=Rung.MANAGER)},
        "top_from": lambda value: {"slt_mistake": _amount("top_from", value)},
        **{name: _days(name, field) for name, field in NUMBERS.items()},
        "document_from": lambda value: {
            "document_from": None if value == NOBODY else _rung("document_from", value, least=Rung.MANAGER)
        },
        "principles": lambda value: {"principles": _principles(value)},
        "two_way": lambda value: _table("two_way", value, {
            "undo": lambda one: ("two_way_undo", frozenset(_each("two_way.undo", one, Undo))),
            "cost": lambda one: ("two_way_cost", frozenset(_each("two_way.cost", one, UndoCost))),
        }),
        "lowest_by_undo": lambda value: {"floor_by_undo": _rungs("lowest_by_undo", value, Undo)},
        "lowest_by_cost": lambda value: {"floor_by_cost": _rungs("lowest_by_cost", value, UndoCost)},
        "lowest_by_effect": lambda value: {
            "floor_by_effect": {**before.floor_by_effect, **_effects(_mapping("lowest_by_effect", value))}
        },
        "lowest_by_mistake": lambda value: {"floor_by_mistake": _read_steps("lowest_by_mistake", value)},
        "lowest_by_step": lambda value: {"floor_by_step": _scale(_mapping("lowest_by_step", value))},
        "likelihood": lambda value: {
            "likelihood": {**before.likelihood, **_odds(_mapping("likelihood", value))}
        },
        "bar_raiser": lambda value: _table("bar_raiser", value, {
            "below": lambda one: ("bar_raiser_below", _rung("bar_raiser.below", one)),
            "for": lambda one: ("bar_raiser_for", frozenset(_each("bar_raiser.for", one, Effect))),
        }),
        "rung_names": lambda value: {"rung_names": _names(_mapping("rung_names", value))},
        "rates": lambda value: {"rates": _rates(_mapping("rates", value), before.rates)},
    }  # fmt: skip
    changed: dict[str, Any] = {}
    for name, value in data.items():
        if name not in readers:
            raise Unreadable(f"I don't know “{name}”. What I know: {', '.join(readers)}.")
        changed |= readers[name](value)
    found = replace(before, **changed)
    if not found.rates.knows(found.currency):
        raise Unreadable(f"There is no exchange rate for {found.currency}: add it below [rates.per_euro].")
    return found


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _text(value: str) -> str:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def _list(values: Iterable[StrEnum], kind: type[StrEnum]) -> str:
    return "[" + ", ".join(f'"{one.value}"' for one in kind if one in set(values)) + "]"


def _steps(steps: tuple[Step, ...]) -> str:
    if len(steps) == 1:
        return f'"{steps[0].rung.value}"'
    return "{ " + ", ".join(f'{_number(step.amount)} = "{step.rung.value}"' for step in steps) + " }"


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────


def _mapping(where: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Unreadable(f"“{where}” is a table: write [{where}] and its lines below.")
    return value


def _table(where: str, value: Any, readers: Mapping[str, Callable[[Any], tuple[str, Any]]]) -> dict[str, Any]:
    found = {}
    for name, one in _mapping(where, value).items():
        if name not in readers:
            raise Unreadable(f"I don't know “{where}.{name}”. What I know there: {', '.join(readers)}.")
        field, read = readers[name](one)
        found[field] = read
    return found


def _one(where: str, value: Any, kind: type[Kind]) -> Kind:
    try:
        return kind(value)
    except ValueError:
        raise Unreadable(f"“{value}” at “{where}” is none of: {', '.join(one.value for one in kind)}.") from None


def _each(where: str, value: Any, kind: type[Kind]) -> list[Kind]:
    if not isinstance(value, list):
        raise Unreadable(f'“{where}” is a list, like ["{next(iter(kind)).value}"].')
    return [_one(where, one, kind) for one in value]


def _rung(where: str, value: Any, least: Rung = Rung.PEER) -> Rung:
    found = _one(where, value, Rung)
    if found < least:
        raise Unreadable(f"A one-way door never stays with a peer: “{where}” is {least.value} or higher.")
    return found


def _rungs(where: str, value: Any, kind: type[Kind]) -> dict[Kind, Rung]:
    return {_one(where, name, kind): _rung(where, rung) for name, rung in _mapping(where, value).items()}


def _amount(where: str, value: Any) -> Decimal:
    try:
        found = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        raise Unreadable(f"“{value}” at “{where}” is no amount: write it in plain figures, like 100000.") from None
    if isinstance(value, bool) or not found.is_finite() or not 0 <= found <= Decimal(10) ** 13:
        raise Unreadable(f"“{value}” at “{where}” is no amount from 0 to ten trillion.")
    return found


def _read_steps(where: str, value: Any) -> tuple[Step, ...]:
    steps = [Step(_amount(where, amount), _rung(where, rung)) for amount, rung in _mapping(where, value).items()]
    ordered = sorted(steps, key=lambda step: step.amount)
    if [step.rung for step in ordered] != sorted((step.rung for step in ordered), key=RUNGS.index):
        raise Unreadable(f"At “{where}” a dearer mistake would go to a lower rung. Turn the amounts round.")
    return tuple(ordered)


def _effects(value: Mapping[str, Any]) -> dict[Effect, tuple[Step, ...]]:
    found = {}
    for name, rungs in value.items():
        where = f"lowest_by_effect.{name}"
        effect = _one("lowest_by_effect", name, Effect)
        steps = (Step(Decimal(0), _rung(where, rungs)),) if isinstance(rungs, str) else _read_steps(where, rungs)
        if not steps or steps[0].amount != 0:
            raise Unreadable(f"“{where}” needs a rung for every amount: begin at 0.")
        found[effect] = steps
    return found


def _scale(value: Mapping[str, Any]) -> dict[int, Rung]:
    for step in value:
        if step not in {"1", "2", "3", "4", "5"}:
            raise Unreadable(f"“{step}” at “lowest_by_step” is no step from 1 to 5.")
    return {int(step): _rung("lowest_by_step", rung) for step, rung in value.items()}


def _odds(value: Mapping[str, Any]) -> dict[Likelihood, Decimal]:
    found = {_one("likelihood", name, Likelihood): _amount(f"likelihood.{name}", odds) for name, odds in value.items()}
    for one, odds in found.items():
        if odds > 1:
            raise Unreadable(f"“likelihood.{one.value}” is a share from 0 to 1: 0.3 is 30%.")
    return found


NOBODY = "nobody"
LONGEST_NAME = 40
MOST_PRINCIPLES = 50
LONGEST_PRINCIPLE = 70


def _names(value: Mapping[str, Any]) -> dict[Rung, str]:
    """Plain words: what would mark up a message is refused. An empty name is none."""
    found = {_one("rung_names", rung, Rung): str(name).strip() for rung, name in value.items()}
    for rung, name in found.items():
        if len(name) > LONGEST_NAME or set(name) & set("<>&*_~`\n\r\t"):
            raise Unreadable(f"“rung_names.{rung.value}” is a name in plain words, up to {LONGEST_NAME} letters.")
    given = [name.casefold() for name in found.values() if name]
    if len(given) != len(set(given)):
        raise Unreadable("At “rung_names” two rungs have one name. Call them apart.")
    return {rung: name for rung, name in found.items() if name}


def _principles(value: Any) -> tuple[str, ...]:
    """Plain words, each once; a list that Slack's menus can show."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Unreadable('“principles” is a list, like ["customer first"].')
    found = tuple(dict.fromkeys(" ".join(one.split()) for one in value if one.strip()))
    if len(found) > MOST_PRINCIPLES:
        raise Unreadable(f"“principles” holds {len(found)}: more than {MOST_PRINCIPLES} nobody remembers.")
    for one in found:
        if len(one) > LONGEST_PRINCIPLE or set(one) & set("<>&*_~`"):
            raise Unreadable(
                f"“{one[:40]}” at “principles” is no name in plain words, up to {LONGEST_PRINCIPLE} letters."
            )
    return found


def _days(name: str, field: str) -> Callable[[Any], dict[str, Any]]:
    def read(value: Any) -> dict[str, Any]:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_DAYS:
            raise Unreadable(f"“{name}” is a whole number of days from 1 to {MOST_DAYS}.")
        return {field: value}

    return read


def _currency(value: Any) -> str:
    if not (isinstance(value, str) and len(value) == 3 and value.isascii() and value.isupper()):
        raise Unreadable(f"“{value}” is no currency: write three capital letters, like EUR.")
    return value


def _rates(value: Mapping[str, Any], before: Rates) -> Rates:
    unknown = sorted(set(value) - {"on", "source", "per_euro"})
    if unknown:
        raise Unreadable(f"I don't know “rates.{unknown[0]}”. What I know there: on, source, per_euro.")
    on, source = value.get("on", before.on), value.get("source", before.source)
    if type(on) is not date:
        raise Unreadable("“rates.on” is the day of the rates, like 2026-10-30.")
    rates = {
        _currency(name): _amount(f"rates.per_euro.{name}", rate) for name, rate in value.get("per_euro", {}).items()
    }
    for name, rate in rates.items():
        if rate == 0:
            raise Unreadable(f"“rates.per_euro.{name}” says how many {name} one euro is: more than none.")
    return Rates(on, str(source), {**before.per_euro, **rates})
