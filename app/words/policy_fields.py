"""A policy in the inputs of a form, and back: what stands in each, and what somebody made of it.

An input that comes back as it was shown leaves its figure as it is kept, to the last digit.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from app.domain.answers import Effect, Likelihood, Undo, UndoCost
from app.domain.errors import Unreadable
from app.domain.ladder import RUNGS, Rung
from app.domain.plain_text import quoted
from app.domain.policy.policy import Policy, Step
from app.domain.policy.subjects import Subject
from app.domain.policy.table import NOBODY, plain_figure
from app.domain.reading.amounts import Amount, typed_amount
from app.domain.reading.day_counts import read_day_count
from app.words import policy_inputs
from app.words.ladder import rung_said
from app.words.policy_faults import read_change
from app.words.policy_inputs import ABOVE_PEER, MEMBERS, NOTHING_MORE, PARTICIPANTS, Input
from app.words.reading.money import parse_amount

Shown = dict[str, str | list[str]]
Typed = Mapping[str, Any]
"""By the input's name: what was typed, the chosen option, or the ticked ones."""

DECIMAL = re.compile(r"(\d{1,3}(?:[.,]\d{1,20})?)\s*(%|percent|per cent)?", re.IGNORECASE)
T = TypeVar("T", Undo, UndoCost, int)


def shown(subject: Subject, effect: Effect | None, policy: Policy) -> Shown:
    """What stands in the inputs of a subject's form."""
    return FORMS[subject].shown(policy, effect)


def _two_way_shown(policy: Policy, _: Effect | None) -> Shown:
    return {
        "undo": [one.value for one in Undo if one in policy.two_way_undo],
        "cost": [one.value for one in UndoCost if one in policy.two_way_cost],
    }


def _effect_shown(policy: Policy, effect: Effect | None) -> Shown:
    steps = policy.floor_by_effect[_known(effect)]
    more = [step for step in steps[1:] if step.rung > steps[0].rung]
    return {"always": _wanted(steps[0].rung), **_amounts(more, policy)}


def _lowest_shown(policy: Policy, _: Effect | None) -> Shown:
    return {
        "lowest": policy.floor.value,
        **{f"undo_{one.value}": _wanted(policy.floor_by_undo.get(one)) for one in Undo},
        **{f"cost_{one.value}": _wanted(policy.floor_by_cost.get(one)) for one in UndoCost},
    }


def _mistake_shown(policy: Policy, _: Effect | None) -> Shown:
    return {
        **_amounts(policy.floor_by_mistake, policy),
        **{f"step_{step}": _wanted(policy.floor_by_step.get(step)) for step in range(1, 6)},
        "top_from": typed_amount(Amount(policy.slt_mistake, policy.currency)),
    }


def _climbing_shown(policy: Policy, _: Effect | None) -> Shown:
    odds = {f"odds_{one.value}": f"{plain_figure(policy.likelihood[one] * 100)}%" for one in Likelihood}
    return {"wait_days": str(policy.wait_days), **odds}


def _signing_shown(policy: Policy, _: Effect | None) -> Shown:
    return {
        "sign_off_days": str(policy.sign_off_days),
        "below": policy.bar_raiser_below.value,
        "for": [one.value for one in Effect if one in policy.bar_raiser_for],
    }


def _looking_back_shown(policy: Policy, _: Effect | None) -> Shown:
    return {"learning_check_days": str(policy.learning_check_days), "review_days": str(policy.review_days)}


def _writing_shown(policy: Policy, _: Effect | None) -> Shown:
    asked = policy.document_from.value if policy.document_from else NOBODY
    return {"document_from": asked, "principles": "\n".join(policy.principles)}


def _reading_shown(policy: Policy, _: Effect | None) -> Shown:
    return {"reading": MEMBERS if policy.channel_reading else PARTICIPANTS}


def _names_shown(policy: Policy, _: Effect | None) -> Shown:
    return {f"name_{rung.value}": policy.rung_names.get(rung, "") for rung in RUNGS}


def _known(effect: Effect | None) -> Effect:
    if effect is None:
        raise Unreadable("I can't tell which effect this is about. “/escalate policy” shows them all.")
    return effect


def _wanted(rung: Rung | None) -> str:
    return NOTHING_MORE if rung is None or rung is Rung.PEER else rung.value


def _amounts(steps: Iterable[Step], policy: Policy) -> Shown:
    found: Shown = {f"from_{rung.value}": "" for rung in ABOVE_PEER}
    for step in steps:
        if not found.get(name := f"from_{step.rung.value}", "…"):
            found[name] = typed_amount(Amount(step.amount, policy.currency))
    return found


# ── and back ────────────────────────────────────────────────────────────────────────────────────────────


def read(subject: Subject, effect: Effect | None, typed: Typed, policy: Policy, locale: str | None = None) -> Policy:
    """The policy as the form has it. ``locale``: of whoever typed.

    Raises:
        Unreadable: ``field`` is the input at fault.
    """
    form = _Form(shown(subject, effect, policy), typed, policy, locale)
    if not form.touched(form.before):
        return policy
    try:
        return read_change(FORMS[subject].read(form, effect), policy)
    except Unreadable as error:
        name = FIELDS.get(error.field or "", error.field)
        if name and name.startswith("rung_names."):
            name = f"name_{name.removeprefix('rung_names.')}"
        raise Unreadable(error.sentence, name, error.candidates) from None


FIELDS = {"lowest": "lowest", "bar_raiser.below": "below", "bar_raiser.for": "for"}
"""Key of the policy's table → input."""


class _Form:
    """One form that came back: what was shown, and what was typed."""

    def __init__(self, before: Shown, typed: Typed, policy: Policy, locale: str | None) -> None:
        self.before, self.typed, self.policy, self.locale = before, typed, policy, locale

    def touched(self, names: Iterable[str]) -> bool:
        return any(not self._same(name) for name in names)

    def _same(self, name: str) -> bool:
        was, now = self.before[name], self.typed.get(name) or ""
        return set(was) == set(now) if isinstance(was, list) else was == now

    def text(self, name: str) -> str:
        return str(self.typed.get(name) or "")

    def ticked(self, name: str) -> list[str]:
        found = self.typed.get(name) or []
        return list(found) if isinstance(found, list) else [str(found)]

    def rung(self, name: str) -> Rung:
        try:
            return Rung(self.text(name))
        except ValueError:
            raise Unreadable("That choice is not one of those offered. Please choose again.", name) from None

    def wanted(self, kept: Mapping[T, Rung], names: Mapping[str, T]) -> dict[str, str]:
        """A rung for each of ``names`` that wants one; one that was not touched stays as it is kept."""
        found = {}
        for name, one in names.items():
            if self._same(name):
                rung = kept.get(one)
            else:
                rung = None if self.text(name) == NOTHING_MORE else self.rung(name)
            if rung is not None:
                found[str(one)] = rung.value
        return found

    def amount(self, name: str, kept: Decimal | None) -> Decimal:
        if kept is not None and self._same(name):
            return kept
        here = self.policy.currency
        found = parse_amount(self.text(name), default_currency=here, field=name, locale=self.locale)
        if found.currency != here:
            raise Unreadable(f"Amounts of the policy count in {here}: write it in {here}.", name)
        return found.value

    def steps(self, kept: Iterable[Step], base: Rung | None = None) -> dict[str, str]:
        """From which amount on each rung decides; above ``base``, which decides from zero on."""
        first: dict[Rung, Decimal] = {}
        for step in kept:
            first.setdefault(step.rung, step.amount)
        found = {"0": base.value} if base else {}
        highest, lower = Decimal(0), base
        for rung in ABOVE_PEER:
            name = f"from_{rung.value}"
            if not self.text(name):
                continue
            if base and rung <= base:
                why = f"It is the {rung_said(base)}'s anyway, whatever a mistake costs"
                raise Unreadable(f"{why}. Leave this empty, or choose a lower rung above.", name)
            value = self.amount(name, first.get(rung))
            if found and value <= highest:
                why = f"From {self.text(name)} on it is the {rung_said(lower or rung)}'s already"
                raise Unreadable(f"{why}: a higher rung takes a higher amount.", name)
            found[plain_figure(value)], highest, lower = rung.value, value, rung
        return found

    def days(self, name: str, *, working: bool = False) -> int:
        found = read_day_count(self.text(name), locale=self.locale, working=working)
        if found is None:
            example = "“3”, “5 working days” or “a week”" if working else "“14”, “two weeks” or “a month”"
            raise Unreadable(f"I can't read {quoted(self.text(name))} as a number of days. Type {example}.", name)
        return found

    def share(self, name: str, kept: Decimal) -> str:
        if self._same(name):
            return str(kept)
        said = DECIMAL.fullmatch(self.text(name).strip())
        if said is None:
            raise Unreadable("Write a percentage, like 30%.", name)
        value = Decimal(said[1].replace(",", "."))
        if 0 < value < 1 and not said[2]:
            raise Unreadable(
                f"Is that {plain_figure(value * 100)}% or {plain_figure(value)}%? Write it with its %.", name
            )
        if value > 100:
            raise Unreadable("A likelihood is a percentage from 0 to 100.", name)
        return str(value / 100)


def _two_way(form: _Form, _: Effect | None) -> dict[str, Any]:
    return {"two_way": {"undo": form.ticked("undo"), "cost": form.ticked("cost")}}


def _effect(form: _Form, effect: Effect | None) -> dict[str, Any]:
    one = _known(effect)
    base = Rung.PEER if form.text("always") == NOTHING_MORE else form.rung("always")
    return {"lowest_by_effect": {one.value: form.steps(form.policy.floor_by_effect[one][1:], base)}}


def _lowest(form: _Form, _: Effect | None) -> dict[str, Any]:
    policy = form.policy
    return {
        "lowest": form.text("lowest"),
        "lowest_by_undo": form.wanted(policy.floor_by_undo, {f"undo_{one.value}": one for one in Undo}),
        "lowest_by_cost": form.wanted(policy.floor_by_cost, {f"cost_{one.value}": one for one in UndoCost}),
    }


def _mistake(form: _Form, _: Effect | None) -> dict[str, Any]:
    policy, money = form.policy, [f"from_{rung.value}" for rung in ABOVE_PEER]
    steps = {"lowest_by_mistake": form.steps(policy.floor_by_mistake)} if form.touched(money) else {}
    return {
        **steps,
        "lowest_by_step": form.wanted(policy.floor_by_step, {f"step_{step}": step for step in range(1, 6)}),
        "top_from": plain_figure(form.amount("top_from", policy.slt_mistake)),
    }


def _climbing(form: _Form, _: Effect | None) -> dict[str, Any]:
    odds = {one.value: form.share(f"odds_{one.value}", form.policy.likelihood[one]) for one in Likelihood}
    return {"wait_days": form.days("wait_days"), "likelihood": odds}


def _signing(form: _Form, _: Effect | None) -> dict[str, Any]:
    return {
        "sign_off_days": form.days("sign_off_days", working=True),
        "bar_raiser": {"below": form.text("below"), "for": form.ticked("for")},
    }


def _looking_back(form: _Form, _: Effect | None) -> dict[str, Any]:
    return {name: form.days(name) for name in ("learning_check_days", "review_days")}


def _writing(form: _Form, _: Effect | None) -> dict[str, Any]:
    lines = [line.strip(" •-\t") for line in form.text("principles").splitlines()]
    return {"document_from": form.text("document_from"), "principles": [line for line in lines if line]}


def _reading(form: _Form, _: Effect | None) -> dict[str, Any]:
    if form.text("reading") not in (MEMBERS, PARTICIPANTS):
        raise Unreadable("That choice is not one of those offered. Please choose again.", "reading")
    return {"channel_reading": form.text("reading") == MEMBERS}


def _names(form: _Form, _: Effect | None) -> dict[str, Any]:
    return {"rung_names": {rung.value: form.text(f"name_{rung.value}") for rung in RUNGS}}


# ── every form ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class SubjectForm:
    """``begins``: the sentence above the inputs. ``inputs``: as they are drawn, each of a name that ``shown`` fills and
    ``read`` reads."""

    begins: str
    inputs: Callable[[Policy], Iterable[Input]]
    shown: Callable[[Policy, Effect | None], Shown]
    read: Callable[[_Form, Effect | None], dict[str, Any]]


FORMS: Mapping[Subject, SubjectForm] = {
    Subject.TWO_WAY: SubjectForm(
        "A door is two-way, clearly, that is undone so soon and for so little, with nothing lasting.",
        policy_inputs.two_way, _two_way_shown, _two_way,
    ),
    Subject.EFFECT: SubjectForm(
        "The lowest rung that decides where this could not be taken back, by what a mistake would cost.",
        policy_inputs.effect, _effect_shown, _effect,
    ),
    Subject.LOWEST: SubjectForm(
        "The lowest rung that decides a one-way door, and where undoing it wants a higher one.",
        policy_inputs.lowest, _lowest_shown, _lowest,
    ),
    Subject.MISTAKE: SubjectForm(
        "The lowest rung that decides, by what a mistake would cost, in money or on the scale of 1 to 5.",
        policy_inputs.mistake, _mistake_shown, _mistake,
    ),
    Subject.CLIMBING: SubjectForm(
        "It climbs where waiting so long costs more than likelihood × mistake.",
        policy_inputs.climbing, _climbing_shown, _climbing,
    ),
    Subject.SIGNING: SubjectForm(
        "How long a signer has, and where a bar raiser signs too.",
        policy_inputs.signing, _signing_shown, _signing,
    ),
    Subject.LOOKING_BACK: SubjectForm(
        "When Threshold asks how it went.",
        policy_inputs.looking_back, _looking_back_shown, _looking_back,
    ),
    Subject.WRITING: SubjectForm(
        "Which one-way doors are asked for a press release or a narrative, and what those serve.",
        policy_inputs.writing, _writing_shown, _writing,
    ),
    Subject.READING: SubjectForm(
        "What is private is read by those who take part alone. What you choose counts at once.",
        policy_inputs.reading, _reading_shown, _reading,
    ),
    Subject.NAMES: SubjectForm(
        "As people here say them, on every card and in every message. Empty: as Threshold says them.",
        policy_inputs.names, _names_shown, _names,
    ),
}  # fmt: skip
"""Drawn by the views, filled and read here."""
