"""What a person typed or tapped, read into the domain's types. The one place that knows Slack's state values.

Raises ``Unreadable`` with the field at fault, so that the form can point at it and keep what was typed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any, TypeVar

from app.domain.answers import (
    Answers,
    Attempt,
    Commitment,
    Costs,
    Deadline,
    Effect,
    Likelihood,
    Result,
    Trial,
    Undo,
    UndoCost,
)
from app.domain.errors import Unreadable
from app.domain.ladder import RUNGS, Rung
from app.domain.memo.parts import Memo, Prediction
from app.domain.reading.amounts import Amount, Per, Rate
from app.domain.reading.days_in_forms import read_day, say_date, split_deadline
from app.domain.reading.money import Found, find
from app.domain.triage.questions import Question
from app.domain.understood import Read
from app.slack.ids import VALUE, kept
from app.words.ladder import rung_said
from app.words.reading.days import check_reach, parse_date
from app.words.reading.figures import read_interval, read_probability
from app.words.reading.money import parse_amount, parse_rate
from app.words.triage.typed_answers import read_answer

T = TypeVar("T")
_PERSON = re.compile(r"[UW][A-Z0-9]{2,}")
"""An id of somebody, which none of our other options looks like."""


@dataclass(frozen=True)
class Fields:
    """The inputs of a form, by field name, as Slack sent them."""

    values: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, state: Mapping[str, Any] | None) -> "Fields":
        """From ``state`` of a message's or a modal's payload. Anything that is no input of ours is left out."""
        values = (state or {}).get("values")
        found: dict[str, Mapping[str, Any]] = {}
        for name, inputs in (values if isinstance(values, Mapping) else {}).items():
            one = inputs.get(VALUE) if isinstance(inputs, Mapping) else None
            if isinstance(one, Mapping):
                found[str(name)] = one
        return cls(found)

    def __contains__(self, field: str) -> bool:
        return field in self.values

    def text(self, field: str) -> str:
        one = self.values.get(field, {})
        return kept(str(one.get("value") or one.get("selected_date") or one.get("selected_time") or "")).strip()

    def option(self, field: str) -> str:
        chosen = self.values.get(field, {}).get("selected_option")
        return str(chosen.get("value") or "") if isinstance(chosen, Mapping) else ""

    def options(self, field: str) -> list[str]:
        chosen = self.values.get(field, {}).get("selected_options") or []
        return [str(one.get("value")) for one in chosen if isinstance(one, Mapping)]

    def user(self, field: str) -> str:
        """Whom somebody chose, of everybody or of those who may."""
        return str(self.values.get(field, {}).get("selected_user") or "") or self._person_chosen(field)

    def _person_chosen(self, field: str) -> str:
        chosen = self.option(field)
        return chosen if _PERSON.fullmatch(chosen) else ""

    def users(self, field: str) -> list[str]:
        return [str(user) for user in self.values.get(field, {}).get("selected_users") or []]

    def channel(self, field: str) -> str:
        one = self.values.get(field, {})
        return str(one.get("selected_channel") or one.get("selected_conversation") or "")

    def day(self, field: str) -> date | None:
        picked = self.text(field)
        if not picked:
            return None
        try:
            return date.fromisoformat(picked)
        except ValueError:
            raise Unreadable(f"I can't read “{picked[:40]}” as a day. Write it like 2026-12-04.", field) from None

    def needed_day(self, field: str, sentence: str) -> date:
        found = self.day(field)
        if found is None:
            raise Unreadable(sentence, field)
        return found

    def put(self, field: str, value: str) -> "Fields":
        """The same inputs with this one filled in by a button, which goes before a day picked earlier."""
        kept_values = {name: one for name, one in self.values.items() if name != "picked"}
        return Fields({**kept_values, field: {"value": value}})

    def raw(self) -> dict[str, Any]:
        """Everything as typed, to be shown again: a string, or a list of option values or user ids."""
        shown: dict[str, Any] = {}
        for name in self.values:
            value: Any = (
                self.text(name) or self.option(name) or self.user(name) or self.users(name) or self.options(name)
                or self.channel(name)
            )  # fmt: skip
            if value:
                shown[name] = value
        return shown

    def chosen_people(self) -> set[str]:
        """Every user that was picked anywhere in the form."""
        return {u for field in self.values for u in [self.user(field), *self.users(field)] if u}


def chosen(kind: type[T], value: str, field: str) -> T:
    """An enum's member, for a value that came from a button or a select."""
    try:
        return kind(value)  # type: ignore[call-arg]
    except ValueError:
        raise Unreadable("That choice is not one of those offered. Please choose again.", field) from None


# ── triage ──────────────────────────────────────────────────────────────────────────────────────────────


def tapped(question: Question, value: str) -> Any:
    """The answer behind a one-tap button."""
    if question is Question.UNDO:
        return chosen(Undo, value, "undo")
    if question is Question.UNDO_COST:
        return chosen(UndoCost, value, "undo_cost")
    if question is Question.EFFECTS and value == "none":
        return frozenset[Effect]()
    if question is Question.EFFECTS:
        return frozenset(chosen(Effect, one, "effects") for one in value.split("+"))
    if question is Question.COMMITMENT and value.startswith(YES) and value.removeprefix(YES).strip():
        return Commitment(True, value.removeprefix(YES).strip())
    if value == "no" and question is Question.TRIAL:
        return Trial(possible=False)
    if value == "no" and question is Question.DEADLINE:
        return Deadline(blocks=False)
    if value == "no" and question is Question.COMMITMENT:
        return Commitment(threatened=False)
    raise Unreadable("That choice is not one of those offered. Please choose again.", question.value)


@dataclass(frozen=True)
class Asker:
    """What the reader of a form knows of who filled it in: their day, their locale in Slack, their answers so far."""

    today: date
    answers: Answers = field(default_factory=Answers)
    locale: str | None = None
    at: time | None = None


def filled(question: Question, fields: Fields, asker: Asker) -> Any:
    """The answer behind a filled-in form."""
    return FORMS[question](fields, asker)


def _effects(fields: Fields, asker: Asker) -> frozenset[Effect]:
    found = frozenset(chosen(Effect, value, "effects") for value in fields.options("effects"))
    if not found:
        raise Unreadable("Tick what could not be taken back, or press “None of these”.", "effects")
    return found


def _trial(fields: Fields, asker: Asker) -> Trial:
    what, metric = fields.text("trial"), fields.text("metric")
    if not what:
        raise Unreadable("Say what the small trial would be, or press “No, it is all or nothing”.", "trial")
    if not metric:
        raise Unreadable("Name the metric that would tell you whether the trial worked.", "metric")
    ends = fields.day("ends")
    if ends is not None and ends <= asker.today:
        raise Unreadable("The trial needs an end that is still to come.", "ends")
    if ends is not None:
        check_reach(ends, asker.today, "ends")
    return Trial(True, what, metric, ends, lasting="yes" in fields.options("lasting"))


def _deadline(fields: Fields, asker: Asker) -> Deadline:
    what = fields.text("what")
    if not what:
        raise Unreadable("Name what waiting blocks for customers, or press “There is none”.", "what")
    return Deadline(True, what, _typed_or_picked(fields, asker))


def _typed_or_picked(fields: Fields, asker: Asker) -> date:
    """The day that was typed, or the one picked where it could not be read. Two that differ are asked back."""
    today, locale, at = asker.today, asker.locale, asker.at
    picked = fields.day("picked")
    if picked is None:
        return parse_date(fields.text("on"), today=today, field="on", locale=locale, at=at)
    chosen_day = check_reach(parse_date(picked.isoformat(), today=today, field="picked"), today, "picked")
    typed = read_day(fields.text("on"), today, locale=locale, at=at)
    if isinstance(typed, Read) and typed.value != chosen_day:
        both = (Read(chosen_day, say_date(chosen_day, today)), typed)
        raise Unreadable(f"You picked {both[0].said} and typed {both[1].said}: tap the one you mean.", "on", both)
    return chosen_day


def _costs(fields: Fields, asker: Asker) -> Costs:
    """Both sides in one currency, or both on the five-step scale."""
    likelihood = chosen(Likelihood, fields.option("likelihood"), "likelihood") if fields.option("likelihood") else None
    if likelihood is None:
        raise Unreadable("Choose how likely the mistake is.", "likelihood")
    delay_step, mistake_step = fields.option("delay_step"), fields.option("mistake_step")
    delay, mistake = fields.text("delay"), fields.text("mistake")
    if not delay and not mistake and (delay_step or mistake_step or "delay" not in fields):
        if fields.text("lost"):
            raise Unreadable("On the scale no money is counted: leave this empty, and let the step hold it.", "lost")
        return Costs(
            likelihood, delay_step=_step(delay_step, "delay_step"), mistake_step=_step(mistake_step, "mistake_step")
        )
    waiting = _delay(delay, fields.option("per"), asker)
    cost = waiting if isinstance(waiting, Amount) else waiting.amount
    money = _money(mistake, "mistake", asker)
    lost = _money(fields.text("lost"), "lost", asker) if fields.text("lost") else None
    named = {one.currency for one in (cost, money, lost) if one} - {NONE_NAMED}
    if not named:
        parse_amount(mistake, field="mistake", locale=asker.locale)  # refuses: no currency anywhere
    if len(named) > 1:
        raise Unreadable(
            f"Use one currency for all: I read {' and '.join(sorted(named))}.",
            "mistake",
        )
    currency = named.pop()
    cost, mistaken = Amount(cost.value, currency), Amount(money.value, currency)
    more = Amount(lost.value, currency) if lost else None
    if isinstance(waiting, Amount):
        return Costs(likelihood, delay_total=cost, mistake=mistaken, lost=more)
    return Costs(likelihood, delay=Rate(cost, waiting.per), mistake=mistaken, lost=more)


def _money(text: str, name: str, asker: Asker) -> Amount:
    return parse_amount(text, default_currency=NONE_NAMED, field=name, locale=asker.locale)


def _delay(text: str, span: str, asker: Asker) -> Rate | Amount:
    """What waiting costs. A period that was typed wins over the one that was chosen; a total stays a total."""
    found = find(text, locale=asker.locale)
    whole = isinstance(found, Found) and found.money.per is None and (found.whole or span == "wait")
    if whole:
        return _money(text, "delay", asker)
    per: Per = "week" if span == "week" else "day"
    return parse_rate(text, per=per, default_currency=NONE_NAMED, field="delay", locale=asker.locale)


NONE_NAMED = "XXX"
"""ISO 4217 for no currency: this side takes over the other side's."""


def _step(value: str, field: str) -> int:
    if value not in {"1", "2", "3", "4", "5"}:
        raise Unreadable("Choose a step from 1 to 5 for both sides, so that they can be compared.", field)
    return int(value)


def _tried(fields: Fields, asker: Asker) -> tuple[Attempt, ...]:
    note, before = fields.text("note"), asker.answers.tried
    shown = next((one.note for one in before or () if one.note), "")  # one input for all: unchanged, each keeps its own
    found = []
    for rung in RUNGS:
        told, result = asker.answers.attempt(rung), fields.option(f"result_{rung.value}")
        if not result:
            found += [told] if told and f"result_{rung.value}" not in fields else []  # it was not asked about now
            continue
        who = fields.user(f"who_{rung.value}")
        attempt = _attempt(rung, chosen(Result, result, f"result_{rung.value}"), who, note)
        if told is None and before and attempt.result is Result.NOT_ASKED:
            continue
        same = told is not None and (told.who, told.result) == (attempt.who, attempt.result)
        kept = told.note if told and note == shown else note
        found.append(replace(attempt, said=told.said, note=kept) if told and same else attempt)  # their own words stay
    if not found:
        raise Unreadable("Say for each rung whether it was asked.", "result_peer")
    return tuple(found)


def _attempt(rung: Rung, result: Result, who: str, note: str) -> Attempt:
    """Who was asked and what they said belong together: one without the other is no answer."""
    if who and result is Result.NOT_ASKED:
        raise Unreadable(
            f"What did the {rung_said(rung)} say? Choose the result below their name.", f"result_{rung.value}"
        )
    if not who and result is not Result.NOT_ASKED:
        raise Unreadable(f"Choose who was asked as {rung_said(rung)}.", f"who_{rung.value}")
    return Attempt(rung, result, who=who, note=note)


def _commitment(fields: Fields, asker: Asker) -> Commitment:
    which = fields.text("which")
    if not which:
        raise Unreadable("Name the quarterly commitment, or press “No”.", "which")
    return Commitment(True, which)


FORMS: dict[Question, Callable[[Fields, Asker], Any]] = {
    Question.EFFECTS: _effects,
    Question.TRIAL: _trial,
    Question.DEADLINE: _deadline,
    Question.COSTS: _costs,
    Question.TRIED: _tried,
    Question.COMMITMENT: _commitment,
}


# ── an answer written as a message ──────────────────────────────────────────────────────────────────────


def written(question: Question, text: str, asker: Asker) -> Read[Any]:
    """The answer in a typed message, where words are enough; a form is pointed at where they are not.

    Raises Unreadable, with what could be meant; for a day, with the field of the form that takes it.
    """
    found = read_answer(text, question, today=asker.today, locale=asker.locale, at=asker.at)
    if isinstance(found, Read):
        return found
    days = [Read(one.value.on, say_date(one.value.on, asker.today)) for one in found.candidates if _is_dated(one.value)]
    if days:
        raise Unreadable(found.sentence, "on", tuple(days))
    raise Unreadable(found.sentence, None, found.candidates)


def _is_dated(value: object) -> bool:
    return isinstance(value, Deadline) and value.on is not None


def tap_of(question: Question, value: Any) -> str:
    """What a button packs for this answer, so that ``tapped`` takes it."""
    if question in (Question.UNDO, Question.UNDO_COST):
        return str(value.value)
    if question is Question.EFFECTS:
        return "+".join(sorted(effect.value for effect in value)) or "none"
    if question is Question.COMMITMENT and value.threatened:
        return f"{YES}{value.which}"
    return "no"


YES = "yes: "
"""Before the name of what is threatened, in a button's value."""


def as_typed(question: Question, text: str, today: date) -> dict[str, str]:
    """What a message says to the fields of this question's form, to be shown there again."""
    what, on = split_deadline(text, today=today) if question is Question.DEADLINE else (text, "")
    return {"what": what[:300], "on": on[:80]}


# ── the memo ────────────────────────────────────────────────────────────────────────────────────────────


def memo(fields: Fields) -> Memo:
    metric, baseline, target = fields.text("metric"), fields.text("baseline"), fields.text("target")
    on = fields.day("target_on")
    probability = read_probability(fields.text("sure"), "sure") if fields.text("sure") else None
    low, high = read_interval(fields.text("between"), "between") if fields.text("between") else (None, None)
    foretold = Prediction(metric, baseline, target, on, probability, low, high)
    prediction = foretold if metric or baseline or target or on or foretold.is_typed else None
    return Memo(
        decision=fields.text("decision"),
        one_way=fields.text("one_way"),
        data=fields.text("data"),
        inaction=fields.text("inaction"),
        ask=fields.text("ask"),
        premortem=fields.text("premortem"),
        alternatives=fields.text("alternatives"),
        prediction=prediction,
    )
