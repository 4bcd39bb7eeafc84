"""Who can decide, rung by rung, and who is asked next."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ladder import RUNGS, Ladder, Rung, above
from app.words.ladder import rung_said

USERS = st.sampled_from([f"U{n}" for n in range(6)])
LADDERS = st.builds(
    Ladder,
    st.dictionaries(st.sampled_from(RUNGS), st.lists(USERS, unique=True, max_size=3).map(tuple)),
    st.lists(USERS, unique=True, max_size=2).map(tuple),
)


def test_rungs_stand_from_peer_to_slt() -> None:
    assert list(RUNGS) == sorted(RUNGS)
    assert RUNGS[0] is Rung.PEER
    assert RUNGS[-1] is Rung.SLT


@pytest.mark.parametrize(("a", "b"), list(product(RUNGS, RUNGS)))
def test_rungs_compare_by_height_and_not_by_their_letters(a: Rung, b: Rung) -> None:
    assert (a < b) == (a.height < b.height)
    assert (a >= b) == (a.height >= b.height)


def test_above_is_one_rung_up_until_the_top() -> None:
    assert [above(rung) for rung in RUNGS] == [*RUNGS[1:], None]


def test_rungs_are_said_as_people_say_them() -> None:
    assert [rung_said(rung) for rung in RUNGS] == ["peer", "manager", "director", "VP", "SLT"]


@given(LADDERS, LADDERS)
def test_a_channels_ladder_stands_over_the_workspaces_rung_by_rung(channel: Ladder, workspace: Ladder) -> None:
    both = channel.over(workspace)
    for rung in RUNGS:
        own = channel.seats.get(rung, ())
        assert both.seats[rung] == (own or workspace.seats.get(rung, ()))
    assert both.bar_raisers == (channel.bar_raisers or workspace.bar_raisers)


@given(LADDERS)
def test_a_ladder_over_nothing_or_under_nothing_stays_itself(ladder: Ladder) -> None:
    full = ladder.over(Ladder())
    assert full == Ladder().over(ladder)
    assert full == ladder.over(ladder)


@given(LADDERS, USERS)
def test_somebody_counts_with_the_highest_rung_they_sit_on(ladder: Ladder, user: str) -> None:
    sits = [rung for rung in RUNGS if user in ladder.seats.get(rung, ())]
    assert ladder.rung_of(user) == (sits[-1] if sits else None)


@given(LADDERS, st.sampled_from(RUNGS), st.sets(USERS))
def test_the_first_choice_sits_unless_left_out(ladder: Ladder, rung: Rung, but: set[str]) -> None:
    sits = [user for user in ladder.seats.get(rung, ()) if user not in but]
    assert ladder.sitting(rung, but=but) == (sits[0] if sits else None)
    raisers = [user for user in ladder.bar_raisers if user not in but]
    assert ladder.bar_raiser(but=but) == (raisers[0] if raisers else None)


SEATED = Ladder({Rung.MANAGER: ("Mia", "Max"), Rung.DIRECTOR: ("Dana",), Rung.VP: ("Vera",), Rung.SLT: ("Sol",)})


def test_somebody_else_on_the_rung_is_offered_first() -> None:
    assert SEATED.next_chair(Rung.MANAGER, but={"Mia"}, slt=False) == (Rung.MANAGER, "Max")


def test_the_next_rung_is_offered_where_nobody_else_sits_on_this_one() -> None:
    assert SEATED.next_chair(Rung.DIRECTOR, but={"Dana"}, slt=False) == (Rung.VP, "Vera")


def test_a_vacant_next_rung_is_offered_without_a_name() -> None:
    ladder = Ladder({Rung.MANAGER: ("Mia",)})
    assert ladder.next_chair(Rung.MANAGER, but={"Mia"}, slt=False) == (Rung.DIRECTOR, None)
    assert SEATED.next_chair(Rung.DIRECTOR, but={"Dana", "Vera"}, slt=False) == (Rung.VP, None)


def test_the_slt_is_offered_only_where_a_commitment_is_at_stake() -> None:
    assert SEATED.next_chair(Rung.VP, but={"Vera"}, slt=False) is None
    assert SEATED.next_chair(Rung.VP, but={"Vera"}, slt=True) == (Rung.SLT, "Sol")


def test_nobody_is_offered_above_the_top() -> None:
    assert SEATED.next_chair(Rung.SLT, but={"Sol"}, slt=True) is None


@given(LADDERS, st.sampled_from(RUNGS), st.sets(USERS), st.booleans())
def test_who_is_left_out_is_never_offered_and_nothing_skips_a_rung(
    ladder: Ladder, rung: Rung, but: set[str], slt: bool
) -> None:
    offered = ladder.next_chair(rung, but=but, slt=slt)
    if offered is None:
        return
    higher, user = offered
    assert higher in (rung, above(rung))
    assert user not in but
    assert higher is rung or higher is not Rung.SLT or slt
