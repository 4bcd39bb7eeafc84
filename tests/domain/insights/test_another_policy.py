"""History judged by another policy: what was asked is judged, what was never asked has bounds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.answers import Effect, Setting, Undo, UndoCost
from app.domain.findings import GateName
from app.domain.insights.another_policy import Judged, judged, of_verdict
from app.domain.insights.comparison import Comparison, Moved, changes, gate_changes
from app.domain.ladder import RUNGS, Rung
from app.domain.looking_back import Right
from app.domain.policy.policy import SHIPPED_POLICY, Policy, Step
from app.domain.simulation.answering import answer_of, triaged
from app.domain.triage.doors import Door
from app.domain.triage.questions import Question, next_question
from app.domain.triage.verdict import verdict
from app.words.trying import change_said

SETTING = Setting(date(2026, 11, 30))
STRICT = replace(SHIPPED_POLICY, two_way_undo=frozenset({Undo.HOURS}), two_way_cost=frozenset({UndoCost.PERSON_DAY}))
LOWER = replace(
    SHIPPED_POLICY,
    floor_by_mistake=(Step(Decimal(10_000_000), Rung.DIRECTOR),),
    floor_by_effect={effect: (Step(Decimal(0), Rung.MANAGER),) for effect in Effect},
)
POLICIES = st.sampled_from([SHIPPED_POLICY, STRICT, LOWER])


@given(st.integers(0, 10_000), st.sampled_from(list(Door)), POLICIES)
def test_the_same_policy_judges_as_it_did(seed: int, door: Door, policy: Policy) -> None:
    answers, found = triaged(Door.ONE_WAY if policy is STRICT else door, SETTING, policy, Random(seed))
    assert judged(answers, SETTING, policy) == of_verdict(found)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(list(Door)), POLICIES, st.integers(0, 10_000))
def test_whatever_would_have_been_answered_lies_within_the_bounds(
    seed: int, door: Door, policy: Policy, after: int
) -> None:
    answers, _ = triaged(door, SETTING, SHIPPED_POLICY, Random(seed))
    bounds = judged(answers, SETTING, policy)
    chance = Random(after)
    for one in Door:  # go on answering what that policy asks, as somebody would have
        given_ = answers
        while (question := next_question(given_, SETTING, policy)) is not None:
            value = answer_of(question, one, given_, SETTING, policy, chance)
            given_ = replace(given_, **{question.value: value})
        found = verdict(given_, SETTING, policy)
        assert found is not None
        assert found.door in bounds.doors
        assert found.rung in bounds.levels
        passed = {gate.name: gate.passed for gate in found.gates}
        assert all(passed[name] in told for name, told in bounds.gates.items())


def test_a_question_that_was_never_asked_gives_bounds_and_no_guess() -> None:
    answers, _ = triaged(Door.TWO_WAY, SETTING, SHIPPED_POLICY, Random(3))
    answers = replace(answers, undo=Undo.DAYS, undo_cost=UndoCost.TEAM_SPRINT, trial=None)
    found = judged(answers, SETTING, STRICT)
    assert found.never_asked is Question.TRIAL
    assert found.doors == {Door.TWO_WAY, Door.ONE_WAY}
    assert found.levels == {None, *RUNGS[1:]}
    assert found.gates == {}


def at(*levels: Rung | None, never_asked: Question | None = None) -> Judged:
    doors = frozenset(Door.ONE_WAY if level else Door.TWO_WAY for level in levels)
    return Judged(doors, frozenset(levels), {}, never_asked)


def compared(*moves: tuple[Judged, Judged, Right | None], people: int = 3) -> Comparison:
    found = Comparison()
    for number, (old, new, came) in enumerate(moves):
        found.add(old, new, came, [f"U{number % people}"])
    return found


def test_what_changes_is_crossed_with_how_it_turned_out() -> None:
    fewer = [(at(Rung.VP), at(Rung.DIRECTOR), right) for right in (Right.NO, Right.YES, Right.YES, None)]
    found = compared(*fewer, *[(at(None), at(Rung.VP), Right.YES)] * 7)
    vp, director, team = ({one.level: one for one in changes(found)}[level] for level in (Rung.VP, Rung.DIRECTOR, None))
    fewer_said = "4 fewer; of these 1 was wrong, and nobody has looked back on 1."
    assert change_said(vp) == f"To a VP (4 so far): 7 more; of these 0 were wrong; {fewer_said}"
    assert director.more == Moved(4, 1, 0, 2)
    assert team.fewer == Moved(7, 0, 0, 7)


def test_where_a_question_was_never_asked_the_words_are_bounds() -> None:
    unsure = (at(None), at(None, Rung.MANAGER, Rung.VP, never_asked=Question.TRIAL), Right.NO)
    found = compared(*[unsure] * 3, *[(at(None), at(Rung.VP), None)] * 3)
    vp = {one.level: one for one in changes(found)}[Rung.VP]
    assert "3 to 6 more; of these 0 to 3 were wrong" in (change_said(vp) or "")
    assert found.never_asked == 3


def test_what_moves_of_fewer_than_three_people_is_not_told() -> None:
    found = compared(*[(at(Rung.VP), at(Rung.MANAGER), Right.NO)] * 9, people=2)
    vp = {one.level: one for one in changes(found)}[Rung.VP]
    assert vp.fewer is None
    assert "not told" in (change_said(vp) or "")


def test_parts_that_were_compared_apart_are_put_together() -> None:
    whole, first, second = Comparison(), Comparison(), Comparison()
    for number in range(20):
        answers, kept = triaged(Door.ONE_WAY, SETTING, SHIPPED_POLICY, Random(number))
        for one in (whole, first if number % 2 else second):
            one.add(of_verdict(kept), judged(answers, SETTING, LOWER), None, [f"U{number}"])
    first.merge(second)
    assert first == whole
    assert sum(gate_changes(first)[GateName.TRIED].values()) == 20
    assert first.decisions == 20
