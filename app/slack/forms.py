"""What a person typed or tapped, read into the domain's types. The one place that knows Slack's state values.

Raises ``Unreadable`` with the field at fault, so that the form can point at it and keep what was typed.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, TypeVar

from app.domain.amounts import Amount, Per, Rate, parse_amount, parse_rate
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
from app.domain.dates import check_reach, parse_date, read_day, say_date, split_deadline
from app.domain.errors import Unreadable
from app.domain.ladder import RUNGS, Rung
from app.domain.memo import Memo, Prediction
from app.domain.triage import Question
from app.domain.understood import Read
from app.slack.ids import VALUE, kept
from app.words.answers import COST_SAID, EFFECT_SAID

T = TypeVar("T")


@dataclass(frozen=True)
class Fields:
    """The inputs of a form, by field name, as Slack sent them."""

    values: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, state: Mapping[str, Any] | None) -> "Fields":
        """From ``state`` of a message's or a modal's payload. Anything that is no input of ours is left out."""
        values = (state or {}).get("values")
        found: dict[str, Mapping[str, Any]] = {}
        for field, inputs in (values if isinstance(values, Mapping) else {}).items():
            one = inputs.get(VALUE) if isinstance(inputs, Mapping) else None
            if isinstance(one, Mapping):
                found[str(field)] = one
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
        return str(self.values.get(field, {}).get("selected_user") or "")

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
        for field in self.values:
            value: Any = (
                self.text(field) or self.option(field) or self.user(field) or self.users(field) or self.options(field)
                or self.channel(field)
            )  # fmt: skip
            if value:
                shown[field] = value
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
    if value == "no" and question is Question.TRIAL:
        return Trial(possible=False)
    if value == "no" and question is Question.DEADLINE:
        return Deadline(blocks=False)
    if value == "no" and question is Question.COMMITMENT:
        return Commitment(threatened=False)
    raise Unreadable("That choice is not one of those offered. Please choose again.", question.value)


def filled(question: Question, fields: Fields, today: date, answers: Answers, at: time | None = None) -> Any:
    """The answer behind a filled-in form; ``answers`` are those given so far, ``at`` is the writer's time of day."""
    if question is Question.DEADLINE:
        return _deadline(fields, today, at)
    return FORMS[question](fields, today, answers)


def _effects(fields: Fields, today: date, _answers: Answers) -> frozenset[Effect]:
    found = frozenset(chosen(Effect, value, "effects") for value in fields.options("effects"))
    if not found:
        raise Unreadable("Tick what could not be taken back, or press “None of these”.", "effects")
    return found


def _trial(fields: Fields, today: date, _answers: Answers) -> Trial:
    what, metric = fields.text("trial"), fields.text("metric")
    if not what:
        raise Unreadable("Say what the small trial would be, or press “No, it is all or nothing”.", "trial")
    if not metric:
        raise Unreadable("Name the metric that would tell you whether the trial worked.", "metric")
    ends = fields.day("ends")
    if ends is not None and ends <= today:
        raise Unreadable("The trial needs an end that is still to come.", "ends")
    if ends is not None:
        check_reach(ends, today, "ends")
    return Trial(True, what, metric, ends, lasting="yes" in fields.options("lasting"))


def _deadline(fields: Fields, today: date, at: time | None) -> Deadline:
    what = fields.text("what")
    if not what:
        raise Unreadable("Name what waiting blocks for customers, or press “There is none”.", "what")
    return Deadline(True, what, _typed_or_picked(fields, today, at))


def _typed_or_picked(fields: Fields, today: date, at: time | None) -> date:
    """The day that was typed, or the one picked where it could not be read. Two that differ are asked back."""
    picked = fields.day("picked")
    if picked is None:
        return parse_date(fields.text("on"), today=today, field="on", at=at)
    chosen_day = check_reach(parse_date(picked.isoformat(), today=today, field="picked"), today, "picked")
    typed = read_day(fields.text("on"), today, at=at)
    if isinstance(typed, Read) and typed.value != chosen_day:
        both = (Read(chosen_day, say_date(chosen_day, today)), typed)
        raise Unreadable(f"You picked {both[0].said} and typed {both[1].said}: tap the one you mean.", "on", both)
    return chosen_day


def _costs(fields: Fields, today: date, answers: Answers) -> Costs:
    """Both sides in one currency, or both on the five-step scale."""
    likelihood = chosen(Likelihood, fields.option("likelihood"), "likelihood") if fields.option("likelihood") else None
    if likelihood is None:
        raise Unreadable("Choose how likely the mistake is.", "likelihood")
    delay_step, mistake_step = fields.option("delay_step"), fields.option("mistake_step")
    delay, mistake = fields.text("delay"), fields.text("mistake")
    if not delay and not mistake and (delay_step or mistake_step):
        if fields.text("lost"):
            raise Unreadable("On the scale no money is counted: leave this empty, and let the step hold it.", "lost")
        return Costs(
            likelihood, delay_step=_step(delay_step, "delay_step"), mistake_step=_step(mistake_step, "mistake_step")
        )
    waiting = _delay(delay, fields.option("per"))
    cost = waiting if isinstance(waiting, Amount) else waiting.amount
    money = parse_amount(mistake, default_currency=NONE_NAMED, field="mistake")
    lost = parse_amount(fields.text("lost"), default_currency=NONE_NAMED, field="lost") if fields.text("lost") else None
    named = {one.currency for one in (cost, money, lost) if one} - {NONE_NAMED}
    if not named:
        parse_amount(mistake, field="mistake")  # refuses: no currency anywhere
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


def _delay(text: str, span: str) -> Rate | Amount:
    """What waiting costs. A period that was typed wins over the one that was chosen; a total stays a total."""
    with suppress(Unreadable):
        return parse_rate(text, default_currency=NONE_NAMED, field="delay")
    if span == "wait":
        return parse_amount(text, default_currency=NONE_NAMED, field="delay")
    per: Per = "week" if span == "week" else "day"
    return parse_rate(text, per=per, default_currency=NONE_NAMED, field="delay")


NONE_NAMED = "XXX"
"""ISO 4217 for no currency: this side takes over the other side's."""


def _step(value: str, field: str) -> int:
    if value not in {"1", "2", "3", "4", "5"}:
        raise Unreadable("Choose a step from 1 to 5 for both sides, so that they can be compared.", field)
    return int(value)


def _tried(fields: Fields, today: date, answers: Answers) -> tuple[Attempt, ...]:
    note = fields.text("note")
    found = []
    for rung in RUNGS:
        result = fields.option(f"result_{rung.value}")
        if result:
            who = fields.user(f"who_{rung.value}")
            attempt = _attempt(rung, chosen(Result, result, f"result_{rung.value}"), who, note)
            told = answers.attempt(rung)
            same = told is not None and (told.who, told.result) == (attempt.who, attempt.result)
            found.append(replace(attempt, said=told.said) if told and same else attempt)  # their own words stay
    if not found:
        raise Unreadable("Say for each rung whether it was asked.", "result_peer")
    return tuple(found)


def _attempt(rung: Rung, result: Result, who: str, note: str) -> Attempt:
    """Who was asked and what they said belong together: one without the other is no answer."""
    if who and result is Result.NOT_ASKED:
        raise Unreadable(f"What did the {rung.said} say? Choose the result below their name.", f"result_{rung.value}")
    if not who and result is not Result.NOT_ASKED:
        raise Unreadable(f"Choose who was asked as {rung.said}.", f"who_{rung.value}")
    return Attempt(rung, result, who=who, note=note)


def _commitment(fields: Fields, today: date, _answers: Answers) -> Commitment:
    which = fields.text("which")
    if not which:
        raise Unreadable("Name the quarterly commitment, or press “No”.", "which")
    return Commitment(True, which)


FORMS: dict[Question, Callable[[Fields, date, Answers], Any]] = {
    Question.EFFECTS: _effects,
    Question.TRIAL: _trial,
    Question.COSTS: _costs,
    Question.TRIED: _tried,
    Question.COMMITMENT: _commitment,
}


# ── an answer written as a message ──────────────────────────────────────────────────────────────────────

NO = frozenset({"no", "none", "nothing", "n", "nope", "not really", "none of these"})


def written(question: Question, text: str, today: date, at: time | None = None) -> Any:
    """The answer in a typed message, where words are enough; a form is pointed at where they are not."""
    said = " ".join(text.lower().replace(".", " ").split())
    if question is Question.UNDO:
        return _one_of({one: one.value for one in Undo}, said, "hours, days, weeks, months or never")
    if question is Question.UNDO_COST:
        return _one_of(COST_SAID, said, "one person for a day, one team for a sprint, several teams, or can't buy back")
    if said in NO:
        return tapped(question, "none" if question is Question.EFFECTS else "no")
    if question is Question.EFFECTS:
        found = {one for one, words in EFFECT_SAID.items() if any(w in said for w in KEYWORDS[one]) or words in said}
        if found:
            return frozenset(found)
        raise Unreadable("Tick what could not be taken back on the card above, or write “none”.")
    if question is Question.DEADLINE:
        what, when = split_deadline(text, today=today, at=at)
        if what and when:
            return Deadline(True, what, parse_date(when, today=today, field="on", at=at))
        raise Unreadable("Write what waiting blocks and when, like “holiday peak, 2026-12-04”, or “none”.")
    if question is Question.COMMITMENT:
        return Commitment(True, text.strip())
    raise Unreadable("This one has a few fields: please fill them in on the card above. It is still there.")


def as_typed(question: Question, text: str, today: date) -> dict[str, str]:
    """What a message says to the fields of this question's form, to be shown there again."""
    what, on = split_deadline(text, today=today) if question is Question.DEADLINE else (text, "")
    return {"what": what[:300], "on": on[:80]}


KEYWORDS: dict[Effect, tuple[str, ...]] = {
    Effect.MONEY_OR_DATA: ("lose money", "lose data", "customers lose"),
    Effect.CONTRACT: ("contract", "legal", "regulat"),
    Effect.PROMISE: ("promise", "price", "policy", "pricing"),
    Effect.SECURITY: ("security", "privacy"),
    Effect.DATA_GONE: ("deleted", "migrat"),
    Effect.PEOPLE: ("people", "hiring", "reorg", "redundan"),
}


def _one_of(offered: Mapping[T, str], said: str, choices: str) -> T:
    found = [one for one, words in offered.items() if words in said or said in words]
    if len(found) == 1 and said:
        return found[0]
    raise Unreadable(f"Tap one on the card above, or write one of: {choices}.")


# ── the memo ────────────────────────────────────────────────────────────────────────────────────────────


def memo(fields: Fields) -> Memo:
    metric, baseline, target = fields.text("metric"), fields.text("baseline"), fields.text("target")
    on = fields.day("target_on")
    prediction = Prediction(metric, baseline, target, on) if metric or baseline or target or on else None
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
