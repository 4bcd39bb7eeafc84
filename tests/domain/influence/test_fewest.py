"""The fewest people who give every yes: held against an integer program, and against every set there is."""

import random
from collections.abc import Sequence
from itertools import combinations

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from app.domain.influence.fewest import Able, Apart, days_of, fewest, ungiven

APART = (0, 1)


def people(needs: int, most: int) -> st.SearchStrategy[list[Able]]:
    gives = st.frozensets(st.integers(0, needs - 1), max_size=4)
    one = st.tuples(gives, st.sampled_from([0.5, 1.0, 2.0, 5.0]), st.integers(0, 3))
    return st.lists(one, max_size=most).map(lambda found: [Able(f"U{at}", *each) for at, each in enumerate(found)])


def gives_all(chosen: Sequence[Able], needs: int, apart: Apart) -> bool:
    if set().union(*(one.gives for one in chosen)) < set(range(needs)):
        return False
    return apart is None or any(
        a is not b and apart[0] in a.gives and apart[1] in b.gives for a in chosen for b in chosen
    )


def cost(chosen: Sequence[Able]) -> tuple[int, float, int]:
    return len(chosen), days_of(chosen), sum(one.waiting for one in chosen)


def by_integer_program(able: Sequence[Able], needs: int, apart: Apart) -> tuple[int, float, int] | None:
    """(people, days, waiting) at the least, one after the other. For the two who read apart by Hall: whoever can give
    either is there twice."""
    rows = [[need in one.gives for one in able] for need in range(needs)]
    least = [1] * needs
    if apart:
        rows.append([bool({*apart} & one.gives) for one in able])
        least.append(2)
    cover = LinearConstraint(numpy.array(rows, dtype=float), least, numpy.inf)

    def solve(
        objective: Sequence[float], *more: LinearConstraint, upper: Sequence[float] | None = None
    ) -> float | None:
        found = milp(
            numpy.array(objective, dtype=float), constraints=[cover, *more], integrality=numpy.ones(len(able)),
            bounds=Bounds(0, 1 if upper is None else numpy.array(upper)),
        )  # fmt: skip
        return None if found.x is None else float(found.fun)

    if not able:
        return None
    size = solve([1.0] * len(able))
    if size is None:
        return None
    so_many = LinearConstraint(numpy.ones((1, len(able))), round(size), round(size))
    for days in sorted({one.days for one in able}):
        within = [float(one.days <= days) for one in able]
        waiting = solve([one.waiting for one in able], so_many, upper=within)
        if waiting is not None:
            return round(size), days, round(waiting)
    raise AssertionError("no days are enough for what was possible")


@settings(max_examples=150, deadline=None)
@given(people(5, 8), st.booleans())
def test_it_is_the_best_of_all_sets_and_of_equals_the_one_named_first(able: list[Able], two: bool) -> None:
    apart = APART if two else None
    sets = [
        chosen for size in range(len(able) + 1) for chosen in combinations(able, size) if gives_all(chosen, 5, apart)
    ]
    best = min(sets, key=lambda chosen: (cost(chosen), [able.index(one) for one in chosen]), default=None)
    assert fewest(able, 5, apart) == best
    assert (best is None) == bool(ungiven(able, 5, apart))


@settings(max_examples=40, deadline=None)
@given(people(12, 30), st.booleans())
def test_it_agrees_with_an_integer_program(able: list[Able], two: bool) -> None:
    apart = APART if two else None
    found = fewest(able, 12, apart)
    assert (None if found is None else cost(found)) == by_integer_program(able, 12, apart)
    if found is not None:
        assert gives_all(found, 12, apart)


def large(seed: int, density: float) -> list[Able]:
    """20 teams, the rung and a bar raiser; 60 people."""
    drawn = random.Random(seed)
    return [
        Able(
            f"U{at}",
            frozenset(need for need in range(22) if drawn.random() < density) or frozenset({drawn.randrange(22)}),
            drawn.choice([1.0, 2.0, 3.0, 5.0, 8.0]),
            drawn.randrange(6),
        )
        for at in range(60)
    ]


@pytest.mark.parametrize("density", [0.05, 0.08, 0.12, 0.15, 0.18, 0.25, 0.4])
def test_twenty_teams_and_sixty_people_come_out_as_of_an_integer_program(density: float) -> None:
    able = large(round(density * 100), density)
    found = fewest(able, 22, APART)
    assert (None if found is None else cost(found)) == by_integer_program(able, 22, APART)


def test_it_is_not_greedy() -> None:
    """Whoever gives most is not among them: the two halves are enough."""
    halves = [Able("U1", frozenset({0, 1, 2})), Able("U2", frozenset({3, 4, 5}))]
    most = Able("U3", frozenset({1, 2, 3, 4}))
    found = fewest([most, *halves], 6)
    assert found is not None
    assert [one.user for one in found] == ["U1", "U2"]


def test_of_equals_whoever_answers_sooner_is_asked_then_whoever_has_less_waiting() -> None:
    def one(user: str, days: float, waiting: int) -> Able:
        return Able(user, frozenset({0}), days, waiting)

    assert fewest([one("U1", 5, 0), one("U2", 1, 9)], 1) == (one("U2", 1, 9),)
    assert fewest([one("U1", 1, 3), one("U2", 1, 2)], 1) == (one("U2", 1, 2),)
    assert fewest([one("U1", 1, 2), one("U2", 1, 2)], 1) == (one("U1", 1, 2),)


def test_nobody_reads_as_bar_raiser_beside_themselves() -> None:
    both = Able("U1", frozenset({0, 1, 2}))
    assert fewest([both], 3, (0, 1)) is None
    assert ungiven([both], 3, (0, 1)) == {1}
    other = Able("U2", frozenset({1}))
    assert fewest([both, other], 3, (0, 1)) == (both, other)


def test_the_order_of_the_same_people_changes_only_what_is_equal() -> None:
    able = large(7, 0.15)
    turned = list(reversed(able))
    one, other = fewest(able, 22, APART), fewest(turned, 22, APART)
    assert one is not None
    assert other is not None
    assert cost(one) == cost(other)
