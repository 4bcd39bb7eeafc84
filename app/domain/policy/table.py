"""A policy as plain data, by the names that its file has: told whole or by what changed, and read over another one.

What is left out stays as it was. A change travels so: in a form's metadata, in a proposal, in the record.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.answers import Effect, Likelihood, Undo, UndoCost
from app.domain.ladder import RUNGS, Rung
from app.domain.policy.faults import Fault, NoPolicy, Wrong
from app.domain.policy.policy import Policy, Step
from app.domain.policy.rates import Rates

Kind = TypeVar("Kind", bound=StrEnum)
Table = Mapping[str, Any]
"""JSON: amounts, shares and rates are strings, days numbers."""

MOST_DAYS = 366
MOST_MONEY = Decimal(10) ** 13
LONGEST_NAME = 40
NOBODY = "nobody"
MOST_PRINCIPLES = 20
LONGEST_PRINCIPLE = 60
MOST_HOURS = 14 * 24
MOST_HALVES = 10
MOST_METRICS = 30
LONGEST_METRIC = 60
DAYS = ("wait_days", "sign_off_days", "learning_check_days", "review_days")
"""Counts of days, called in the table as in the policy."""
MERGED = frozenset({"two_way", "lowest_by_effect", "likelihood", "bar_raiser"})
"""Tables of which each line stays that isn't named; of the others, the whole table is what is given."""


def told(policy: Policy) -> dict[str, Any]:
    """The whole policy but for its rates; ``read`` gives it back."""
    return {
        "currency": policy.currency,
        "lowest": policy.floor.value,
        "top_from": plain_figure(policy.slt_mistake),
        **{name: getattr(policy, name) for name in DAYS},
        "channel_reading": policy.channel_reading,
        "two_way": {
            "undo": [one.value for one in Undo if one in policy.two_way_undo],
            "cost": [one.value for one in UndoCost if one in policy.two_way_cost],
        },
        "lowest_by_undo": {undo.value: rung.value for undo, rung in policy.floor_by_undo.items()},
        "lowest_by_cost": {cost.value: rung.value for cost, rung in policy.floor_by_cost.items()},
        "lowest_by_effect": {effect.value: _steps_told(steps) for effect, steps in policy.floor_by_effect.items()},
        "lowest_by_mistake": _steps_told(policy.floor_by_mistake),
        "lowest_by_step": {str(step): rung.value for step, rung in policy.floor_by_step.items()},
        "likelihood": {one.value: str(odds) for one, odds in policy.likelihood.items()},
        "bar_raiser": {
            "below": policy.bar_raiser_below.value,
            "for": [one.value for one in Effect if one in policy.bar_raiser_for],
        },
        "document_from": policy.document_from.value if policy.document_from else NOBODY,
        "principles": list(policy.principles),
        "preread_hours": policy.preread_hours,
        "preread_halves": policy.preread_halves,
        "worth": {label: plain_figure(price) for label, price in policy.worth.items()},
        "rung_names": {rung.value: name for rung, name in policy.rung_names.items()},
    }


def change_of(before: Policy, after: Policy) -> dict[str, Any]:
    """What of ``after`` is not as in ``before``: read over ``before`` it gives ``after``, but for its rates."""
    old, new = told(before), told(after)
    found: dict[str, Any] = {}
    for name, value in new.items():
        if name in MERGED:
            value = {key: one for key, one in value.items() if old[name].get(key) != one}
            if not value:
                continue
        if value != old[name]:
            found[name] = value
    return found


def read(data: Table, before: Policy) -> Policy:
    """The policy that a table describes; what it leaves out is as in ``before``.

    Raises:
        NoPolicy: a name that nobody knows, a figure that can't be; its fault names the key.
    """
    changed: dict[str, Any] = {}
    readers = _readers(before)
    for name, value in data.items():
        if name not in readers:
            raise NoPolicy(Fault(Wrong.UNKNOWN_NAME, "", str(name), tuple(readers)))
        changed |= readers[name](value)
    found = replace(before, **changed)
    if not found.rates.knows(found.currency):
        raise NoPolicy(Fault(Wrong.NO_RATE, "currency", found.currency))
    return found


def _readers(before: Policy) -> Mapping[str, Callable[[Any], dict[str, Any]]]:
    return {
        "currency": lambda value: {"currency": _currency(value)},
        "lowest": lambda value: {"floor": _rung("lowest", value, least=Rung.MANAGER)},
        "top_from": lambda value: {"slt_mistake": _amount("top_from", value)},
        **{name: _days(name) for name in DAYS},
        "document_from": lambda value: {
            "document_from": None if value == NOBODY else _rung("document_from", value, least=Rung.MANAGER)
        },
        "principles": lambda value: {"principles": _principles(value)},
        "preread_hours": _count("preread_hours", MOST_HOURS),
        "preread_halves": _count("preread_halves", MOST_HALVES),
        "channel_reading": lambda value: {"channel_reading": _yes_or_no("channel_reading", value)},
        "two_way": lambda value: _table("two_way", value, {
            "undo": lambda one: ("two_way_undo", frozenset(_each("two_way.undo", one, Undo))),
            "cost": lambda one: ("two_way_cost", frozenset(_each("two_way.cost", one, UndoCost))),
        }),
        "lowest_by_undo": lambda value: {"floor_by_undo": _rungs("lowest_by_undo", value, Undo)},
        "lowest_by_cost": lambda value: {"floor_by_cost": _rungs("lowest_by_cost", value, UndoCost)},
        "lowest_by_effect": lambda value: {
            "floor_by_effect": {**before.floor_by_effect, **_effects(_mapping("lowest_by_effect", value))}
        },
        "lowest_by_mistake": lambda value: {"floor_by_mistake": _steps("lowest_by_mistake", value)},
        "lowest_by_step": lambda value: {"floor_by_step": _scale(_mapping("lowest_by_step", value))},
        "likelihood": lambda value: {
            "likelihood": {**before.likelihood, **_odds(_mapping("likelihood", value))}
        },
        "bar_raiser": lambda value: _table("bar_raiser", value, {
            "below": lambda one: ("bar_raiser_below", _rung("bar_raiser.below", one)),
            "for": lambda one: ("bar_raiser_for", frozenset(_each("bar_raiser.for", one, Effect))),
        }),
        "worth": lambda value: {"worth": _worth(_mapping("worth", value))},
        "rung_names": lambda value: {"rung_names": _names(_mapping("rung_names", value))},
        "rates": lambda value: {"rates": _rates(_mapping("rates", value), before.rates)},
    }  # fmt: skip


def plain_figure(value: Decimal) -> str:
    """In figures alone: 100000, 0.5."""
    return f"{value.normalize():f}"


def _steps_told(steps: tuple[Step, ...]) -> dict[str, str]:
    return {plain_figure(step.amount): step.rung.value for step in steps}


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────


def _mapping(where: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise NoPolicy(Fault(Wrong.NO_TABLE, where))
    return value


def _table(where: str, value: Any, readers: Mapping[str, Callable[[Any], tuple[str, Any]]]) -> dict[str, Any]:
    found = {}
    for name, one in _mapping(where, value).items():
        if name not in readers:
            raise NoPolicy(Fault(Wrong.UNKNOWN_NAME, where, str(name), tuple(readers)))
        field, read_one = readers[name](one)
        found[field] = read_one
    return found


def _one(where: str, value: Any, kind: type[Kind]) -> Kind:
    try:
        return kind(value)
    except ValueError:
        raise NoPolicy(Fault(Wrong.NONE_OF_THEM, where, str(value), tuple(one.value for one in kind))) from None


def _principles(value: Any) -> tuple[str, ...]:
    """Plain words, each once; a list that a menu can show."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise NoPolicy(Fault(Wrong.NO_LIST, "principles", known=("customer first",)))
    found = tuple(dict.fromkeys(" ".join(one.split()) for one in value if one.strip()))
    if len(found) > MOST_PRINCIPLES:
        raise NoPolicy(Fault(Wrong.TOO_MANY, "principles", str(len(found)), (str(MOST_PRINCIPLES),)))
    for one in found:
        if len(one) > LONGEST_PRINCIPLE or set(one) & set("<>&*_~`"):
            raise NoPolicy(Fault(Wrong.NO_NAME, "principles", one, (str(LONGEST_PRINCIPLE),)))
    return found


def _each(where: str, value: Any, kind: type[Kind]) -> list[Kind]:
    if not isinstance(value, list):
        raise NoPolicy(Fault(Wrong.NO_LIST, where, known=(next(iter(kind)).value,)))
    return [_one(where, one, kind) for one in value]


def _rung(where: str, value: Any, least: Rung = Rung.PEER) -> Rung:
    found = _one(where, value, Rung)
    if found < least:
        raise NoPolicy(Fault(Wrong.TOO_LOW, where, found.value, (least.value,)))
    return found


def _rungs(where: str, value: Any, kind: type[Kind]) -> dict[Kind, Rung]:
    return {_one(where, name, kind): _rung(where, rung) for name, rung in _mapping(where, value).items()}


def _amount(where: str, value: Any) -> Decimal:
    try:
        found = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        raise NoPolicy(Fault(Wrong.NO_AMOUNT, where, str(value))) from None
    if isinstance(value, bool) or not found.is_finite() or not 0 <= found <= MOST_MONEY:
        raise NoPolicy(Fault(Wrong.OUT_OF_REACH, where, str(value)))
    return found


def _steps(where: str, value: Any) -> tuple[Step, ...]:
    steps = [Step(_amount(where, amount), _rung(where, rung)) for amount, rung in _mapping(where, value).items()]
    ordered = sorted(steps, key=lambda step: step.amount)
    if [step.rung for step in ordered] != sorted((step.rung for step in ordered), key=RUNGS.index):
        raise NoPolicy(Fault(Wrong.DEARER_GOES_LOWER, where))
    return tuple(ordered)


def _effects(value: Table) -> dict[Effect, tuple[Step, ...]]:
    found = {}
    for name, rungs in value.items():
        where = f"lowest_by_effect.{name}"
        effect = _one("lowest_by_effect", name, Effect)
        steps = (Step(Decimal(0), _rung(where, rungs)),) if isinstance(rungs, str) else _steps(where, rungs)
        if not steps or steps[0].amount != 0:
            raise NoPolicy(Fault(Wrong.BEGINS_ABOVE_ZERO, where))
        found[effect] = steps
    return found


def _scale(value: Table) -> dict[int, Rung]:
    for step in value:
        if step not in {"1", "2", "3", "4", "5"}:
            raise NoPolicy(Fault(Wrong.NO_STEP, "lowest_by_step", str(step)))
    return {int(step): _rung("lowest_by_step", rung) for step, rung in value.items()}


def _odds(value: Table) -> dict[Likelihood, Decimal]:
    found = {_one("likelihood", name, Likelihood): _amount(f"likelihood.{name}", odds) for name, odds in value.items()}
    for one, odds in found.items():
        if odds > 1:
            raise NoPolicy(Fault(Wrong.NO_SHARE, f"likelihood.{one.value}"))
    return found


def _names(value: Table) -> dict[Rung, str]:
    """Plain words: what would mark up a message is refused. An empty name is none."""
    found = {_one("rung_names", rung, Rung): str(name).strip() for rung, name in value.items()}
    for rung, name in found.items():
        if len(name) > LONGEST_NAME or set(name) & set("<>&*_~`\n\r\t"):
            raise NoPolicy(Fault(Wrong.NO_NAME, f"rung_names.{rung.value}", name, (str(LONGEST_NAME),)))
    given: dict[str, Rung] = {}
    for rung, name in found.items():
        if name and given.setdefault(name.casefold(), rung) is not rung:
            raise NoPolicy(Fault(Wrong.TWO_OF_ONE_NAME, f"rung_names.{rung.value}", name))
    return {rung: name for rung, name in found.items() if name}


def _days(name: str) -> Callable[[Any], dict[str, Any]]:
    def reads(value: Any) -> dict[str, Any]:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_DAYS:
            raise NoPolicy(Fault(Wrong.NO_DAYS, name, str(value), (str(MOST_DAYS),)))
        return {name: value}

    return reads


def _count(name: str, most: int) -> Callable[[Any], dict[str, Any]]:
    def reads(value: Any) -> dict[str, Any]:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            raise NoPolicy(Fault(Wrong.NO_COUNT, name, str(value), (str(most),)))
        return {name: value}

    return reads


def _worth(value: Table) -> dict[str, Decimal]:
    """Plain names of metrics, and what a unit of each is worth: two can be weighed against each other by it."""
    found: dict[str, Decimal] = {}
    if len(value) > MOST_METRICS:
        raise NoPolicy(Fault(Wrong.TOO_MANY, "worth", str(len(value)), (str(MOST_METRICS),)))
    for label, price in value.items():
        name = " ".join(str(label).split())
        if not name or len(name) > LONGEST_METRIC or set(name) & set("<>&*_~`="):
            raise NoPolicy(Fault(Wrong.NO_NAME, "worth", name, (str(LONGEST_METRIC),)))
        if any(name.casefold() == other.casefold() for other in found):
            raise NoPolicy(Fault(Wrong.TWO_OF_ONE_NAME, "worth", name))
        found[name] = _amount("worth", price)
        if found[name] == 0:
            raise NoPolicy(Fault(Wrong.WORTH_NOTHING, "worth", name))
    return found


def _yes_or_no(where: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise NoPolicy(Fault(Wrong.NO_YES_OR_NO, where, str(value)))
    return value


def _currency(value: Any) -> str:
    if not (isinstance(value, str) and len(value) == 3 and value.isascii() and value.isupper()):
        raise NoPolicy(Fault(Wrong.NO_CURRENCY, "currency", str(value)))
    return value


def _rates(value: Table, before: Rates) -> Rates:
    known = ("on", "source", "per_euro")
    unknown = sorted(set(value) - set(known))
    if unknown:
        raise NoPolicy(Fault(Wrong.UNKNOWN_NAME, "rates", unknown[0], known))
    on, source = value.get("on", before.on), value.get("source", before.source)
    if type(on) is not date:
        raise NoPolicy(Fault(Wrong.NO_DAY_OF_RATES, "rates.on"))
    rates = {
        _currency(name): _amount(f"rates.per_euro.{name}", rate)
        for name, rate in _mapping("rates.per_euro", value.get("per_euro", {})).items()
    }
    for name, rate in rates.items():
        if rate == 0:
            raise NoPolicy(Fault(Wrong.RATE_OF_NONE, f"rates.per_euro.{name}", name))
    return Rates(on, str(source), {**before.per_euro, **rates})
