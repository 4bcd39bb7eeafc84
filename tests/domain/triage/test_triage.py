"""Triage: exactly one verdict, each with its reasons, and no question whose answer could not matter."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import partial
from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.answers import (
    Answers,
    Attempt,
    Commitment,
    Costs,
    Deadline,
    Effect,
    Likelihood,
    Result,
    Setting,
    Trial,
    Undo,
    UndoCost,
)
from app.domain.findings import Finding, GateName
from app.domain.ladder import RUNGS, Rung
from app.domain.policy.policy import SHIPPED_POLICY as POLICY
from app.domain.reading.amounts import Amount, Rate
from app.domain.signing import signoff
from app.domain.triage import lowest_rung
from app.domain.triage import questions as triage_questions
from app.domain.triage import verdict as triage_verdict
from app.domain.triage.doors import Door
from app.domain.triage.gates import costs_gate
from app.domain.triage.questions import QUESTIONS, Question, answered
from app.domain.triage.verdict import STEP_AFTER, NextStep, Verdict
from app.words.triage.answers import (
    COST_SAID,
    EFFECT_LASTS,
    EFFECT_SAID,
    EFFECT_WANTS,
    LIKELIHOOD_SAID,
    RESULT_GIVEN,
    RESULT_SAID,
    UNDO_SAID,
)
from app.words.triage.verdict import Background, question_for_below, say

verdict = partial(triage_verdict.verdict, policy=POLICY)
asked = partial(triage_questions.asked, policy=POLICY)
next_question = partial(triage_questions.next_question, policy=POLICY)
settle = partial(triage_questions.settle, policy=POLICY)
rung_below = partial(lowest_rung.rung_below, policy=POLICY)
lower_rungs = partial(lowest_rung.lower_rungs, policy=POLICY)
needs_bar_raiser = partial(signoff.needs_bar_raiser, policy=POLICY)

TODAY = date(2026, 11, 23)
NONE: frozenset[Effect] = frozenset()


def usd(value: int) -> Amount:
    return Amount(Decimal(value), "USD")


def money(delay: int, mistake: int, likelihood: Likelihood = Likelihood.POSSIBLE) -> Costs:
    return Costs(likelihood, Rate(usd(delay), "day"), usd(mistake))


def steps(delay: int, mistake: int, likelihood: Likelihood = Likelihood.EVEN) -> Costs:
    return Costs(likelihood, delay_step=delay, mistake_step=mistake)


NO_TRIAL = Trial(False)
SMALL_TRIAL = Trial(True, "three slots for one seller", "revenue a slot", TODAY + timedelta(days=14))
LASTING_TRIAL = replace(SMALL_TRIAL, lasting=True)
SOON = Deadline(True, "the holiday returns", TODAY + timedelta(days=8))
GONE_BY = Deadline(True, "the holiday returns", TODAY - timedelta(days=1))
NO_DEADLINE = Deadline(False)

TRIALS = (NO_TRIAL, SMALL_TRIAL, LASTING_TRIAL)
DEADLINES = (SOON, GONE_BY, NO_DEADLINE, Deadline(True, "", TODAY))
COSTS = (
    money(1, 99_999), money(200_000, 100_000), money(1_000, 999_999), money(500_000, 1_000_000),
    money(1, 10_000_000), steps(5, 3), steps(2, 4), steps(5, 5), steps(4, 4, Likelihood.UNLIKELY),
)  # fmt: skip
TRIED: tuple[tuple[Attempt, ...], ...] = (
    (),
    (Attempt(Rung.PEER, Result.CANNOT_DECIDE, "UP"),),
    (Attempt(Rung.PEER, Result.DISAGREE, "UP"), Attempt(Rung.MANAGER, Result.CANNOT_DECIDE, "UM")),
    (Attempt(Rung.PEER, Result.NOT_ASKED), Attempt(Rung.MANAGER, Result.NO_ANSWER, "UM")),
    tuple(Attempt(rung, Result.DISAGREE, f"U{rung}") for rung in (Rung.PEER, Rung.MANAGER, Rung.DIRECTOR)),
    tuple(Attempt(rung, Result.CANNOT_DECIDE, f"U{rung}") for rung in RUNGS[:-1]),
)
COMMITMENTS = (Commitment(False), Commitment(True, "Launch in Q4"))
SETTINGS = tuple(Setting(TODAY, rung) for rung in (None, *RUNGS))
SOME_EFFECTS: tuple[frozenset[Effect], ...] = (
    NONE,
    *(frozenset({effect}) for effect in Effect),
    frozenset({Effect.SECURITY, Effect.PEOPLE}),
    frozenset(Effect),
)


def complete(**changed: Any) -> Answers:
    """A one-way door whose gates all pass, at the manager's rung."""
    base = Answers(
        Undo.MONTHS, NONE, UndoCost.TEAM_SPRINT, NO_TRIAL, SOON, money(20_000, 50_000), TRIED[2], Commitment(False)
    )
    return replace(base, **changed)


def told(finding: Finding, a: Answers) -> str:
    """The finding as whoever answered so reads it."""
    return say(finding, Background(a, TODAY, {"UM": "Mia"}))


def every_door() -> Iterator[Answers]:
    for undo, effects, cost, trial in product(Undo, SOME_EFFECTS, UndoCost, TRIALS):
        yield complete(undo=undo, effects=effects, undo_cost=cost, trial=trial)


def every_climb() -> Iterator[tuple[Answers, Setting]]:
    doors: tuple[dict[str, Any], ...] = (
        {},
        {"undo": Undo.NEVER},
        {"effects": frozenset({Effect.SECURITY})},
        {"effects": frozenset({Effect.PROMISE})},
    )
    for door, deadline, costs, tried, commitment, setting in product(
        doors, DEADLINES[:3], COSTS, TRIED, COMMITMENTS, SETTINGS
    ):
        yield complete(**door, deadline=deadline, costs=costs, tried=tried, commitment=commitment), setting


def check_verdict(a: Answers, setting: Setting) -> Verdict | None:
    """What holds of every combination of answers. Returns the verdict."""
    found = verdict(a, setting)
    settled = settle(a, setting)
    assert (found is None) == (next_question(settled, setting) is not None)
    assert settle(settled, setting) == settled
    assert verdict(settled, setting) == found
    if found is None:
        return None
    assert found.why
    assert all(_is_a_sentence(one) for one in (told(each, settled) for each in (*found.why, *found.notes)))
    if found.door is Door.TWO_WAY:
        assert found.next_step in (NextStep.DEFLECT, NextStep.EXPERIMENT)
        assert (found.rung, found.gates, found.below) == (None, (), None)
        return found
    own = setting.requester_rung or Rung.PEER
    assert found.rung is not None
    assert found.rung >= Rung.MANAGER
    assert found.below is not None
    assert found.below < found.rung
    threatened = settled.commitment is not None and settled.commitment.threatened
    assert (found.rung is Rung.SLT) == threatened
    # On top of the ladder another VP decides, since the SLT wants a threatened commitment.
    assert found.rung > own or own >= Rung.VP
    names = [gate.name for gate in found.gates]
    assert names[:2] == [GateName.DEADLINE, GateName.TRIED]
    assert (GateName.COSTS in names) == (found.rung >= Rung.DIRECTOR)
    assert (GateName.COMMITMENT in names) == (found.rung is Rung.SLT)
    assert all(_is_a_sentence(told(gate.finding, settled)) for gate in found.gates)
    if found.failed:
        assert found.next_step in {STEP_AFTER[gate.name] for gate in found.failed}
    assert (found.next_step is NextStep.WRITE_MEMO) == (not found.failed)
    return found


def _is_a_sentence(text: str) -> bool:
    return text[:1].isupper() and text.endswith(".") and ". " not in text and "?" not in text and "  " not in text


# ── every combination ───────────────────────────────────────────────────────────────────────────────────


def test_every_door_has_exactly_one_verdict() -> None:
    doors = {found.door for a in every_door() if (found := check_verdict(a, SETTINGS[0]))}
    assert doors == set(Door)


def test_every_climb_has_exactly_one_verdict() -> None:
    found = [check_verdict(a, setting) for a, setting in every_climb()]
    assert None not in found
    assert {one.next_step for one in found if one} == set(NextStep) - {NextStep.DEFLECT, NextStep.EXPERIMENT}
    assert {one.rung for one in found if one} == set(RUNGS) - {Rung.PEER}


VALUES: dict[Question, st.SearchStrategy[Any]] = {
    Question.UNDO: st.sampled_from(Undo),
    Question.EFFECTS: st.frozensets(st.sampled_from(Effect)),
    Question.UNDO_COST: st.sampled_from(UndoCost),
    Question.TRIAL: st.sampled_from(TRIALS),
    Question.DEADLINE: st.sampled_from(DEADLINES),
    Question.COSTS: st.builds(
        money, st.integers(0, 10**8), st.integers(0, 10**8), likelihood=st.sampled_from(Likelihood)
    )
    | st.builds(steps, st.integers(1, 5), st.integers(1, 5), likelihood=st.sampled_from(Likelihood)),
    Question.TRIED: st.lists(
        st.builds(Attempt, st.sampled_from(RUNGS), st.sampled_from(Result), st.sampled_from(["", "UM"])),
        unique_by=lambda one: one.rung,
        max_size=5,
    ).map(tuple),
    Question.COMMITMENT: st.sampled_from(COMMITMENTS),
}
ANSWERS = st.builds(Answers, **{question.value: st.none() | values for question, values in VALUES.items()})
FULL = st.builds(Answers, **{question.value: values for question, values in VALUES.items()})
SETTING = st.sampled_from(SETTINGS)


@given(ANSWERS, SETTING)
@settings(max_examples=300)
def test_any_answers_have_a_verdict_or_a_question_left(a: Answers, setting: Setting) -> None:
    check_verdict(a, setting)


@given(ANSWERS, ANSWERS, SETTING)
@settings(max_examples=300)
def test_a_question_that_is_not_asked_changes_nothing(a: Answers, other: Answers, setting: Setting) -> None:
    before, questions = verdict(a, setting), asked(a, setting)
    for question in QUESTIONS:
        if question not in questions:
            filled = replace(a, **{question.value: getattr(other, question.value)})
            assert asked(filled, setting) == questions
            assert verdict(filled, setting) == before


ANYTHING: dict[Question, tuple[Any, ...]] = {
    Question.UNDO: tuple(Undo),
    Question.EFFECTS: SOME_EFFECTS,
    Question.UNDO_COST: tuple(UndoCost),
    Question.TRIAL: TRIALS,
    Question.DEADLINE: DEADLINES,
    Question.COSTS: COSTS,
    Question.TRIED: TRIED,
    Question.COMMITMENT: COMMITMENTS,
}


COMPLETIONS = (complete(), complete(commitment=COMMITMENTS[1]), complete(trial=LASTING_TRIAL, tried=()))


@given(FULL, SETTING)
@settings(max_examples=60)
def test_a_question_can_still_change_the_verdict_when_it_is_asked(full: Answers, setting: Setting) -> None:
    so_far = Answers()
    while (question := next_question(so_far, setting)) is not None:
        open_ones = {one.value for one in QUESTIONS if not answered(so_far, one)}
        rests = [replace(so_far, **{one: getattr(rest, one) for one in open_ones}) for rest in COMPLETIONS]
        assert any(_matters(question, rest, setting) for rest in rests), question
        so_far = settle(replace(so_far, **{question.value: getattr(full, question.value)}), setting)


def _matters(question: Question, rest: Answers, setting: Setting) -> bool:
    found = [verdict(replace(rest, **{question.value: value}), setting) for value in ANYTHING[question]]
    return any(one != found[0] for one in found)


@given(FULL, SETTING)
@settings(max_examples=120)
def test_answering_in_order_never_brings_up_an_earlier_question(full: Answers, setting: Setting) -> None:
    a, order = Answers(), list[Question]()
    while (question := next_question(a, setting)) is not None:
        assert list(asked(a, setting)[: len(order)]) == order
        order.append(question)
        a = settle(replace(a, **{question.value: getattr(full, question.value)}), setting)
        assert list(asked(a, setting)[: len(order)]) == order
    assert order == sorted(order, key=QUESTIONS.index)
    assert tuple(order) == asked(a, setting)
    assert verdict(a, setting) == verdict(full, setting)


@given(FULL, FULL, SETTING)
@settings(max_examples=120)
def test_a_changed_answer_leaves_no_trace(first: Answers, then: Answers, setting: Setting) -> None:
    a = settle(first, setting)
    for question in QUESTIONS:
        if question in asked(a, setting):
            a = settle(replace(a, **{question.value: getattr(then, question.value)}), setting)
    fresh = Answers()
    while (question := next_question(fresh, setting)) is not None:  # type: ignore[assignment]
        fresh = settle(replace(fresh, **{question.value: getattr(then, question.value)}), setting)
    assert a == fresh
    assert verdict(a, setting) == verdict(fresh, setting)


# ── the door ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_door_is_clearly_two_way_within_days_without_effect_by_one_team() -> None:
    for undo, effects, cost in product(Undo, SOME_EFFECTS, UndoCost):
        found = verdict(complete(undo=undo, effects=effects, undo_cost=cost), SETTINGS[0])
        assert found
        clearly = (
            undo in (Undo.HOURS, Undo.DAYS) and not effects and cost in (UndoCost.PERSON_DAY, UndoCost.TEAM_SPRINT)
        )
        assert (found.next_step is NextStep.DEFLECT) == clearly


def test_a_small_trial_opens_any_door_that_it_does_not_itself_close() -> None:
    for undo, effects in product(Undo, SOME_EFFECTS):
        a = complete(undo=undo, effects=effects, undo_cost=UndoCost.CANNOT_BUY_BACK)
        by_trial = verdict(replace(a, trial=SMALL_TRIAL), SETTINGS[0])
        lasting = verdict(replace(a, trial=LASTING_TRIAL), SETTINGS[0])
        assert by_trial
        assert by_trial.next_step is NextStep.EXPERIMENT
        assert lasting
        assert lasting.door is Door.ONE_WAY


def test_a_two_way_door_is_never_asked_about_money() -> None:
    a = Answers(Undo.DAYS, NONE, UndoCost.PERSON_DAY)
    assert asked(a, SETTINGS[0]) == (Question.UNDO, Question.EFFECTS, Question.UNDO_COST)


def test_the_cost_to_undo_is_not_asked_where_an_effect_settles_it() -> None:
    assert Question.UNDO_COST not in asked(Answers(Undo.DAYS, frozenset({Effect.PROMISE})), SETTINGS[0])
    assert Question.UNDO_COST in asked(Answers(Undo.DAYS, NONE), SETTINGS[0])
    assert Question.UNDO_COST in asked(Answers(Undo.MONTHS, NONE), SETTINGS[0])


# ── the rung ────────────────────────────────────────────────────────────────────────────────────────────


FLAT = [(effect, steps[0].rung) for effect, steps in POLICY.floor_by_effect.items() if len(steps) == 1]


@pytest.mark.parametrize(("effect", "rung"), FLAT)
def test_each_effect_has_its_lowest_rung(effect: Effect, rung: Rung) -> None:
    found = verdict(complete(effects=frozenset({effect})), SETTINGS[0])
    assert found
    assert found.rung is rung
    assert any(EFFECT_WANTS[effect] in told(note, Answers()) for note in found.notes)


@pytest.mark.parametrize(
    ("mistake", "rung"), [(4_000, Rung.MANAGER), (10_000, Rung.DIRECTOR), (50_000, Rung.VP), (500_000, Rung.VP)]
)
def test_an_effect_may_want_a_rung_by_its_amount(mistake: int, rung: Rung) -> None:
    """A contract of $4k is no VP's matter."""
    found = verdict(complete(effects=frozenset({Effect.CONTRACT}), costs=money(1, mistake), tried=()), SETTINGS[0])
    assert found
    assert found.rung is rung


def test_on_the_scale_an_effect_wants_the_most_that_its_amounts_do() -> None:
    found = verdict(complete(effects=frozenset({Effect.CONTRACT}), costs=steps(5, 1)), SETTINGS[0])
    assert found
    assert found.rung is Rung.VP


@pytest.mark.parametrize(
    ("amount", "rung", "told"),
    [
        (
            Amount(Decimal(1_200_000), "JPY"),
            Rung.MANAGER,
            "A mistake of JPY 1.2M counts as about $7.63k at the rates of",
        ),
        (Amount(Decimal(10_000_000), "IDR"), Rung.MANAGER, "A mistake of IDR 10M counts as about $551 at the rates of"),
        (Amount(Decimal(95_000), "GBP"), Rung.DIRECTOR, "A mistake of £95k counts as about $127k at the rates of"),
        (Amount(Decimal(200_000_000), "JPY"), Rung.VP, "A mistake of JPY 200M counts as about $1.27M at the rates of"),
    ],
)
def test_another_currency_counts_by_its_worth_and_not_by_its_digits(amount: Amount, rung: Rung, told: str) -> None:
    costs = Costs(Likelihood.POSSIBLE, None, amount, delay_total=amount)
    a = complete(costs=costs, tried=())
    assert Question.COMMITMENT not in asked(a, SETTINGS[0])
    found = verdict(a, SETTINGS[0])
    assert found
    assert found.rung is rung
    said = [say(note, Background(a, TODAY)) for note in found.notes]
    assert [one for one in said if one.startswith(told)] == [one for one in said if "rates" in one] != []


@pytest.mark.parametrize(
    ("mistake", "rung"),
    [
        (99_999, Rung.MANAGER),
        (100_000, Rung.DIRECTOR),
        (999_999, Rung.DIRECTOR),
        (1_000_000, Rung.VP),
        (9_999_999, Rung.VP),
        (10_000_000, Rung.VP),
    ],
)
def test_a_dearer_mistake_needs_a_higher_rung(mistake: int, rung: Rung) -> None:
    a = complete(costs=money(10, mistake), tried=(), commitment=Commitment(False))
    found = verdict(a, SETTINGS[0])
    assert found
    assert found.rung is rung


@pytest.mark.parametrize(("step", "rung"), list(enumerate([Rung.MANAGER] * 3 + [Rung.DIRECTOR, Rung.VP], start=1)))
def test_the_five_step_scale_finds_the_same_rungs(step: int, rung: Rung) -> None:
    found = verdict(complete(costs=steps(5, step), tried=()), SETTINGS[0])
    assert found
    assert found.rung is rung


def test_the_slt_is_in_reach_from_ten_million_and_the_commitment_decides() -> None:
    a = complete(costs=money(1, 10_000_000), commitment=None)
    assert next_question(a, SETTINGS[0]) is Question.COMMITMENT
    assert Question.COMMITMENT not in asked(replace(a, costs=money(1, 9_999_999)), SETTINGS[0])
    threatened = verdict(replace(a, commitment=Commitment(True, "Launch in Q4")), SETTINGS[0])
    assert threatened
    assert threatened.rung is Rung.SLT
    assert (
        told(threatened.gates[-1].finding, complete(commitment=Commitment(True, "Launch in Q4")))
        == "It threatens a quarterly commitment: “Launch in Q4”."
    )


def test_a_rung_that_cannot_settle_it_is_passed() -> None:
    for count, rung in ((1, Rung.MANAGER), (2, Rung.DIRECTOR), (3, Rung.VP), (4, Rung.VP)):
        tried = tuple(Attempt(one, Result.CANNOT_DECIDE) for one in RUNGS[:count])
        found = verdict(complete(tried=tried), SETTINGS[0])
        assert found
        assert found.rung is rung


@given(FULL, SETTING, st.sampled_from(RUNGS[1:]))
def test_the_rung_below_is_lower(a: Answers, setting: Setting, rung: Rung) -> None:
    assert rung_below(rung, a, setting) < rung


@given(FULL, SETTING)
def test_the_rung_that_has_to_be_tried_is_asked_about_or_is_reached_by_climbing(a: Answers, setting: Setting) -> None:
    rungs = lower_rungs(a, setting)
    assert list(rungs) == sorted(set(rungs))
    own = setting.requester_rung or Rung.PEER
    found = verdict(a, setting)
    if found and found.below:
        assert found.below in rungs or found.below > max(rungs)
        assert found.below >= min(own, Rung.DIRECTOR), "nobody asks below those who know it as well as they do"
    assert own in rungs or own > max(rungs)


def test_a_manager_asks_another_manager_and_not_a_peer() -> None:
    manager = Setting(TODAY, Rung.MANAGER)
    a = complete(undo=Undo.NEVER, tried=(Attempt(Rung.MANAGER, Result.NOT_ASKED),))
    found = verdict(a, manager)
    assert found
    assert (found.rung, found.below) == (Rung.DIRECTOR, Rung.MANAGER)
    background = Background(a, TODAY, own=Rung.MANAGER)
    assert (
        say(found.failed[0].finding, background) == "Nobody asked another manager yet; the director comes after that."
    )


# ── the gates ───────────────────────────────────────────────────────────────────────────────────────────


def gate(a: Answers, name: GateName, setting: Setting = SETTINGS[0]) -> tuple[bool, str]:
    found = verdict(a, setting)
    assert found
    one = next(one for one in found.gates if one.name is name)
    return one.passed, told(one.finding, a)


def test_the_deadline_gate_names_the_deadline() -> None:
    assert gate(complete(), GateName.DEADLINE) == (True, "Waiting blocks “the holiday returns” on Tue 1 Dec.")
    passed, reason = gate(complete(deadline=GONE_BY), GateName.DEADLINE)
    assert not passed
    assert "the holiday returns" in reason
    assert not gate(complete(deadline=NO_DEADLINE), GateName.DEADLINE)[0]


def test_a_deadline_today_still_counts() -> None:
    assert gate(complete(deadline=replace(SOON, on=TODAY)), GateName.DEADLINE)[0]


@pytest.mark.parametrize("result", list(Result))
def test_the_rung_below_counts_as_tried_once_it_has_answered(result: Result) -> None:
    a = complete(undo=Undo.NEVER, tried=(Attempt(Rung.MANAGER, result, "UM"),))
    passed, reason = gate(a, GateName.TRIED)
    assert passed == (result in (Result.CANNOT_DECIDE, Result.DISAGREE, Result.SHOWED_TWO_WAY))
    assert "manager" in reason
    assert ("Mia" in reason) == (result is not Result.NOT_ASKED)


def test_waiting_must_cost_more_than_a_mistake_is_expected_to() -> None:
    less = complete(undo=Undo.NEVER, costs=money(2_142, 100_000))
    assert gate(less, GateName.COSTS) == (
        False,
        "Waiting 14 days costs $29,988; that does not exceed the $30k a mistake is expected to cost (30% × $100k).",
    )
    assert gate(replace(less, costs=money(2_143, 100_000)), GateName.COSTS)[0]


@given(st.integers(1, 5), st.integers(1, 5), st.sampled_from(Likelihood))
def test_on_the_scale_and_with_money_the_same_odds_decide(waiting: int, mistake: int, odds: Likelihood) -> None:
    """A step weighs as much as the same sum: what passes in money passes on the scale."""
    in_money = Costs(odds, delay_total=usd(waiting * 100_000), mistake=usd(mistake * 100_000))
    on_scale = Costs(odds, delay_step=waiting, mistake_step=mistake)
    found = [costs_gate(complete(costs=one), SETTINGS[0], POLICY).passed for one in (in_money, on_scale)]
    assert found[0] == found[1] == (waiting > mistake * POLICY.likelihood[odds])


@given(FULL, SETTING, st.sampled_from(RUNGS[:-1]))
def test_the_question_below_speaks_of_no_then_without_one_and_of_no_passed_deadline_as_one_that_waits(
    a: Answers, setting: Setting, below: Rung
) -> None:
    asked = question_for_below("Move the warehouse", a, setting, below, Rung.VP, POLICY)
    on = a.deadline.on if a.deadline and a.deadline.blocks else None
    assert "until then" not in asked.lower()
    assert ("Waiting blocks" in asked) == (on is not None and on >= setting.today)
    assert ("passed on" in asked) == (on is not None and on < setting.today)
    assert asked.startswith("Can you decide") == (below >= lowest_rung.floor(a, POLICY))


def test_a_tie_is_said_as_a_tie_in_money_and_on_the_scale() -> None:
    even = complete(undo=Undo.NEVER, costs=money(3_000, 140_000))
    assert gate(even, GateName.COSTS) == (
        False,
        "Waiting 14 days costs $42k; that is just the $42k a mistake is expected to cost (30% × $140k), and a tie does "
        "not climb.",
    )
    assert gate(complete(undo=Undo.NEVER, costs=steps(2, 4)), GateName.COSTS) == (
        False,
        "Waiting (2 of 5) weighs the same as a mistake (4 of 5, 50% likely: 2), and a tie does not climb.",
    )


def test_a_weekly_cost_is_counted_by_the_day() -> None:
    costs = Costs(Likelihood.EVEN, Rate(usd(70_000), "week"), usd(279_500))
    a = complete(undo=Undo.NEVER, costs=costs)
    assert gate(a, GateName.COSTS)[1].startswith("Waiting 14 days costs $140k; that exceeds the $139.75k")


def test_a_total_stays_a_total_whatever_the_deadline_is() -> None:
    costs = Costs(Likelihood.EVEN, None, usd(300_000), delay_total=usd(200_000))
    for deadline in (SOON, NO_DEADLINE, replace(SOON, on=TODAY + timedelta(days=90))):
        passed, said = gate(complete(undo=Undo.NEVER, deadline=deadline, costs=costs), GateName.COSTS)
        assert passed
        assert said.startswith("Waiting costs $200k; that exceeds the $150k")


def test_what_goes_with_the_deadline_counts_where_that_falls_into_the_wait() -> None:
    costs = replace(money(1_000, 400_000), lost=usd(500_000))
    soon = complete(undo=Undo.NEVER, costs=costs)
    assert gate(soon, GateName.COSTS) == (
        True,
        "Waiting 14 days costs $14k, and $500k more is lost on Tue 1 Dec; that exceeds the $120k a mistake is expected "
        "to cost (30% × $400k).",
    )
    late = replace(soon, deadline=replace(SOON, on=TODAY + timedelta(days=15)))
    assert gate(late, GateName.COSTS)[0] is False


DAYS = st.integers(0, 60)
MONEY = st.integers(0, 10**7)


@given(MONEY, MONEY, MONEY, st.sampled_from(Likelihood), DAYS, MONEY, DAYS, DAYS)
def test_waiting_that_costs_more_a_nearer_deadline_and_time_never_make_it_climb_less(
    delay: int, lost: int, mistake: int, odds: Likelihood, days: int, more: int, nearer: int, pass_by: int
) -> None:
    def passes(delay: int, lost: int, days: int, today: date) -> bool:
        costs = replace(money(delay, mistake, odds), lost=usd(lost), told_on=TODAY)
        a = complete(undo=Undo.NEVER, costs=costs, deadline=replace(SOON, on=TODAY + timedelta(days=days)))
        return costs_gate(a, Setting(today), POLICY).passed

    if passes(delay, lost, days, TODAY):
        assert passes(delay + more, lost, days, TODAY)
        assert passes(delay, lost + more, days, TODAY)
        assert passes(delay, lost, max(0, days - nearer), TODAY)
        assert passes(delay, lost, days, TODAY + timedelta(days=pass_by))


@given(MONEY, MONEY, MONEY, st.sampled_from(Likelihood), st.sampled_from(Likelihood))
def test_a_dearer_or_likelier_mistake_never_makes_it_climb_more(
    delay: int, mistake: int, more: int, odds: Likelihood, other: Likelihood
) -> None:
    def passes(mistake: int, odds: Likelihood) -> bool:
        return costs_gate(complete(costs=money(delay, mistake, odds)), SETTINGS[0], POLICY).passed

    if not passes(mistake, odds):
        assert not passes(mistake + more, odds)
        if POLICY.likelihood[other] >= POLICY.likelihood[odds]:
            assert not passes(mistake, other)


@pytest.mark.parametrize(("delay", "mistake", "likelihood"), list(product(range(1, 6), range(1, 6), Likelihood)))
def test_on_the_scale_every_odd_counts_as_it_does_with_money(delay: int, mistake: int, likelihood: Likelihood) -> None:
    a = complete(undo=Undo.NEVER, costs=steps(delay, mistake, likelihood))
    in_money = Costs(likelihood, None, usd(mistake * 1000), delay_total=usd(delay * 1000))
    assert gate(a, GateName.COSTS)[0] == costs_gate(complete(costs=in_money), SETTINGS[0], POLICY).passed


def test_asking_below_comes_before_every_other_step() -> None:
    everything_failed = complete(undo=Undo.NEVER, deadline=NO_DEADLINE, costs=money(0, 500_000), tried=())
    found = verdict(everything_failed, SETTINGS[0])
    assert found
    assert len(found.failed) == 3
    assert found.next_step is NextStep.TRY_BELOW


def test_a_failed_gate_gives_its_own_next_step() -> None:
    gather = verdict(complete(undo=Undo.NEVER, deadline=NO_DEADLINE, costs=money(100_000, 200_000)), SETTINGS[0])
    below = verdict(complete(undo=Undo.NEVER, costs=money(0, 200_000)), SETTINGS[0])
    assert gather
    assert gather.next_step is NextStep.GATHER_DATA
    assert below
    assert below.next_step is NextStep.DECIDE_BELOW


def test_every_answer_and_every_gate_has_its_words_and_its_step() -> None:
    tables: tuple[tuple[Mapping[Any, str], type[Enum]], ...] = (
        (UNDO_SAID, Undo),
        *((told_of, Effect) for told_of in (EFFECT_SAID, EFFECT_LASTS, EFFECT_WANTS)),
        (COST_SAID, UndoCost),
        (LIKELIHOOD_SAID, Likelihood),
        (RESULT_GIVEN, Result),
    )
    more: tuple[tuple[Mapping[Any, object], type[Enum]], ...] = ((RESULT_SAID, Result), (STEP_AFTER, GateName))
    for words, kind in (*tables, *more):
        assert set(words) == set(kind)
    assert set(POLICY.likelihood) == set(Likelihood)


# ── the stories ─────────────────────────────────────────────────────────────────────────────────────────


def tell(setting: Setting, *said: Any) -> tuple[Answers, Verdict, list[Question]]:
    """Give answers in the order in which they are asked for; the questions that came up."""
    a, order = Answers(), []
    for value in said:
        question = next_question(a, setting)
        assert question is not None
        assert verdict(a, setting) is None
        order.append(question)
        a = settle(replace(a, **{question.value: value}), setting)
    found = verdict(a, setting)
    assert found is not None
    return a, found, order


def test_the_wording_of_a_button_goes_back_after_three_answers() -> None:
    a, found, order = tell(SETTINGS[0], Undo.HOURS, NONE, UndoCost.PERSON_DAY)
    assert order == [Question.UNDO, Question.EFFECTS, Question.UNDO_COST]
    assert (found.door, found.next_step, found.rung) == (Door.TWO_WAY, NextStep.DEFLECT, None)
    assert tuple(told(why, a) for why in found.why) == (
        "It can be undone within hours.", "Nothing about it lasts.", "Undoing it costs one person for a day.",
    )  # fmt: skip


@pytest.mark.parametrize("undo", [Undo.MONTHS, Undo.NEVER])
def test_the_return_policy_climbs_to_a_vp_with_a_bar_raiser(undo: Undo) -> None:
    tried = (Attempt(Rung.PEER, Result.CANNOT_DECIDE, "UP"), Attempt(Rung.MANAGER, Result.CANNOT_DECIDE, "UM"))
    a, found, order = tell(
        SETTINGS[0], undo, frozenset({Effect.PROMISE}), NO_TRIAL, SOON, money(200_000, 3_500_000), tried
    )
    assert order == [
        Question.UNDO, Question.EFFECTS, Question.TRIAL, Question.DEADLINE, Question.COSTS, Question.TRIED,
    ]  # fmt: skip
    assert (found.door, found.rung, found.below) == (Door.ONE_WAY, Rung.VP, Rung.MANAGER)
    assert found.failed == ()
    assert found.next_step is NextStep.WRITE_MEMO
    assert [told(one.finding, a) for one in found.gates] == [
        "Waiting blocks “the holiday returns” on Tue 1 Dec.",
        "You asked Mia (manager): can't decide it.",
        "Waiting 14 days costs $2.8M; that exceeds the $1.05M a mistake is expected to cost (30% × $3.5M).",
    ]
    assert needs_bar_raiser(Rung.VP, a)


def test_the_budget_is_held_until_the_manager_was_asked() -> None:
    in_three_days = Deadline(True, "the campaign", TODAY + timedelta(days=3))
    costs = Costs(Likelihood.POSSIBLE, Rate(Amount(Decimal(200_000) / 3, "USD"), "day"), usd(400_000))
    peer = Attempt(Rung.PEER, Result.CANNOT_DECIDE)
    a, held, _ = tell(
        SETTINGS[0], Undo.MONTHS, NONE, UndoCost.SEVERAL_TEAMS, NO_TRIAL, in_three_days, costs,
        (peer, Attempt(Rung.MANAGER, Result.NOT_ASKED)),
    )  # fmt: skip
    assert (held.rung, held.below, held.next_step) == (Rung.DIRECTOR, Rung.MANAGER, NextStep.TRY_BELOW)
    assert [told(one.finding, a) for one in held.failed] == [
        "Nobody asked the manager yet; the director comes after that."
    ]
    asked = question_for_below("Double the campaign budget?", a, SETTINGS[0], Rung.MANAGER, held.rung, POLICY)
    assert asked == (
        "What would you do: Double the campaign budget? Waiting blocks “the campaign” on Thu 26 Nov. "
        "Waiting costs $66.7k per day. "
        "You can't close it on your rung: it goes to the director with your advice. If you know a small trial that "
        "makes it two-way, it need not climb."
    )
    beside = question_for_below("Double the campaign budget?", a, SETTINGS[0], Rung.DIRECTOR, Rung.VP, POLICY)
    assert beside.startswith("Can you decide this: Double the campaign budget?")
    assert beside.endswith("If you can, it stops here and you decide. If you can't, say so, and it goes to the VP.")
    passed = verdict(replace(a, tried=(peer, Attempt(Rung.MANAGER, Result.CANNOT_DECIDE, "UM"))), SETTINGS[0])
    assert passed
    assert (passed.rung, passed.failed, passed.next_step) == (Rung.DIRECTOR, (), NextStep.WRITE_MEMO)


def test_ad_slots_become_an_experiment() -> None:
    a, found, order = tell(SETTINGS[0], Undo.WEEKS, NONE, UndoCost.TEAM_SPRINT, SMALL_TRIAL)
    assert order[-1] is Question.TRIAL
    assert (found.door, found.next_step, found.rung) == (Door.TWO_WAY, NextStep.EXPERIMENT, None)
    assert tuple(told(why, a) for why in found.why) == (
        "It can be tried small first: “three slots for one seller”, until Mon 7 Dec.",
        "The trial tells by “revenue a slot”, and leaves nothing behind.",
    )


def test_two_directors_who_disagree_stay_with_the_vp() -> None:
    director = Setting(TODAY, Rung.DIRECTOR)
    tried = (Attempt(Rung.PEER, Result.DISAGREE), Attempt(Rung.DIRECTOR, Result.DISAGREE, "UD"))
    _, found, order = tell(
        director, Undo.MONTHS, NONE, UndoCost.SEVERAL_TEAMS, NO_TRIAL, SOON, money(200_000, 400_000), tried,
        Commitment(False),
    )  # fmt: skip
    assert order[-1] is Question.COMMITMENT
    assert found.rung is Rung.VP
    stays = "No quarterly commitment is threatened, so this stays at VP and does not reach the SLT."
    assert told(found.notes[0], Answers()) == stays


def test_a_small_matter_of_a_director_does_not_pass_the_vp() -> None:
    a = complete(
        undo=Undo.NEVER, costs=money(1_000, 5_000), tried=TRIED[1], commitment=Commitment(True, "Launch in Q4")
    )
    found = verdict(a, Setting(TODAY, Rung.DIRECTOR))
    assert found
    assert found.rung is Rung.VP


def test_effects_of_every_kind_are_all_named() -> None:
    for effects in chain.from_iterable(combinations(Effect, size) for size in range(len(Effect) + 1)):
        found = verdict(complete(effects=frozenset(effects)), SETTINGS[0])
        assert found
        why = [told(one, Answers()) for one in found.why]
        assert [EFFECT_LASTS[one] in why for one in Effect] == [one in effects for one in Effect]
