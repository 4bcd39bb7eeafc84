"""A policy in the inputs of a form: it comes back as it was, and what is typed is read, or refused where it stands."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.answers import Effect, Likelihood, Undo
from app.domain.errors import Unreadable
from app.domain.ladder import Rung
from app.domain.policy.policy import SHIPPED_POLICY, Policy, Step
from app.domain.policy.subjects import Subject
from app.domain.policy.table import DAYS, change_of
from app.words.policy import differences
from app.words.policy_faults import read_change
from app.words.policy_fields import FORMS, read, shown
from tests.policies import POLICIES

EVERY = [(subject, effect) for subject in Subject for effect in (Effect if subject is Subject.EFFECT else (None,))]


@given(POLICIES, st.sampled_from(EVERY))
@settings(max_examples=150, deadline=None)
def test_a_form_that_comes_back_as_it_was_shown_changes_nothing(
    policy: Policy, of: tuple[Subject, Effect | None]
) -> None:
    assert read(*of, shown(*of, policy), policy) == policy


@pytest.mark.parametrize("of", EVERY)
def test_what_is_drawn_is_what_is_filled(of: tuple[Subject, Effect | None]) -> None:
    drawn = [one.name for one in FORMS[of[0]].inputs(SHIPPED_POLICY)]
    assert sorted(drawn) == sorted(shown(*of, SHIPPED_POLICY))


@given(POLICIES, st.sampled_from(EVERY), st.data())
@settings(max_examples=150, deadline=None)
def test_what_was_not_touched_stays_to_the_last_digit(
    policy: Policy, of: tuple[Subject, Effect | None], data: st.DataObject
) -> None:
    typed: dict[str, Any] = dict(shown(*of, policy))
    days = [name for name in typed if name in DAYS]
    if not days:
        return
    name = data.draw(st.sampled_from(days))
    other = replace(policy, **{name: getattr(policy, name) % 366 + 1})
    assert read(*of, {**typed, name: str(getattr(other, name))}, policy) == other


@given(POLICIES, POLICIES)
@settings(max_examples=100, deadline=None)
def test_a_change_travels_as_json_and_is_what_differs(before: Policy, after: Policy) -> None:
    after = replace(after, rates=before.rates)
    change = json.loads(json.dumps(change_of(before, after)))
    assert read_change(change, before) == after
    assert bool(change) == (before != after)
    assert change_of(after, after) == {}


def made(subject: Subject, effect: Effect | None = None, *, locale: str | None = None, **typed: Any) -> Policy:
    values = dict(shown(subject, effect, SHIPPED_POLICY))
    assert typed.keys() <= values.keys()
    return read(subject, effect, {**values, **typed}, SHIPPED_POLICY, locale)


def test_days_money_and_likelihoods_are_read_as_people_write_them() -> None:
    assert made(Subject.CLIMBING, wait_days="two weeks") == SHIPPED_POLICY
    assert made(Subject.CLIMBING, wait_days="3 Wochen", locale="de").wait_days == 21
    assert made(Subject.SIGNING, sign_off_days="a week").sign_off_days == 5
    assert made(Subject.LOOKING_BACK, review_days="a month").review_days == 30
    assert made(Subject.CLIMBING, odds_possible="27,5 %").likelihood[Likelihood.POSSIBLE] == Decimal("0.275")
    found = made(Subject.EFFECT, Effect.CONTRACT, always="director", from_director="", from_vp="$1.2M", from_slt="20m")
    assert found.floor_by_effect[Effect.CONTRACT] == (
        Step(Decimal(0), Rung.DIRECTOR), Step(Decimal(1_200_000), Rung.VP), Step(Decimal(20_000_000), Rung.SLT),
    )  # fmt: skip
    assert made(Subject.MISTAKE, from_vp="").floor_by_mistake == SHIPPED_POLICY.floor_by_mistake[:1]
    assert made(Subject.LOWEST, undo_never="none", undo_months="vp").floor_by_undo == {Undo.MONTHS: Rung.VP}
    assert made(Subject.NAMES, name_vp="Head of department").rung_names == {Rung.VP: "Head of department"}


@pytest.mark.parametrize(
    ("of", "typed", "field", "told"),
    [
        ((Subject.CLIMBING, None), {"wait_days": "soon"}, "wait_days", "as a number of days. Type “14”, “two weeks”"),
        ((Subject.CLIMBING, None), {"wait_days": ""}, "wait_days", "as a number of days"),
        ((Subject.CLIMBING, None), {"wait_days": "400"}, "wait_days", "a number of days from 1 to 366"),
        ((Subject.SIGNING, None), {"sign_off_days": "a month"}, "sign_off_days", "Type “3”, “5 working days”"),
        ((Subject.CLIMBING, None), {"odds_sure": "often"}, "odds_sure", "Write a percentage, like 30%."),
        ((Subject.CLIMBING, None), {"odds_sure": "0.3"}, "odds_sure", "Is that 30% or 0.3%?"),
        ((Subject.CLIMBING, None), {"odds_sure": "101%"}, "odds_sure", "from 0 to 100"),
        ((Subject.EFFECT, Effect.PROMISE), {"from_director": "$5k"}, "from_director", "It is the VP's anyway"),
        ((Subject.EFFECT, Effect.CONTRACT), {"from_vp": "$9k"}, "from_vp", "From $9k on it is the director's already"),
        ((Subject.EFFECT, Effect.CONTRACT), {"from_vp": "€9M"}, "from_vp", "count in USD: write it in USD"),
        ((Subject.EFFECT, Effect.CONTRACT), {"from_vp": "lots"}, "from_vp", "“lots”"),
        ((Subject.EFFECT, Effect.CONTRACT), {"always": "boss"}, "always", "not one of those offered"),
        ((Subject.MISTAKE, None), {"from_manager": "$1M"}, "from_director", "From US$100k on it is the manager's"),
        ((Subject.MISTAKE, None), {"top_from": ""}, "top_from", ""),
        ((Subject.NAMES, None), {"name_vp": "*Head*"}, "name_vp", "in plain words"),
        ((Subject.NAMES, None), {"name_vp": "Head", "name_slt": "head"}, "name_slt", "would be called “head”"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_at_its_input(
    of: tuple[Subject, Effect | None], typed: dict[str, Any], field: str, told: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        made(*of, **typed)
    assert (refused.value.field, told in refused.value.sentence) == (field, True), refused.value.sentence


def test_a_difference_is_told_with_what_was_there_before() -> None:
    after = replace(SHIPPED_POLICY, wait_days=21, rung_names={Rung.VP: "Head"})
    found = {one.heading: one for one in differences(SHIPPED_POLICY, after)}
    assert found["When it climbs"].before[0].startswith("From the director up, 14 days of waiting")
    assert found["When it climbs"].after[0].startswith("From the director up, 21 days of waiting")
    assert (found["Rungs"].before, len(found["Rungs"].after)) == ([], 1)
