"""Who may sign in a seat: one rule for sending, replacing and handing over, over any ladder and requester."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ladder import RUNGS, Ladder, Rung
from app.domain.permissions import check_signs_as
from app.words.signing.refusals import may_not_sign

PEOPLE = ["U0ANA", "U0BO", "U0CAI", "U0DANA", "U0EVE"]
WHO = st.sampled_from(PEOPLE)
SEATS = st.lists(WHO, max_size=2, unique=True).map(tuple)
LADDERS = st.builds(
    Ladder, st.dictionaries(st.sampled_from(RUNGS), SEATS), SEATS, st.dictionaries(WHO, WHO, max_size=2)
)
PLACE = st.sampled_from([*RUNGS, None])


def able(rung: Rung | None, ladder: Ladder, requester: str, gone: frozenset[str]) -> list[str]:
    checked = {one: check_signs_as(one, rung, ladder, requester=requester, gone=gone) for one in PEOPLE}
    return [one for one, refused in checked.items() if refused is None and one not in gone and one != requester]


@given(PLACE, LADDERS, WHO, st.frozensets(WHO))
def test_for_every_ladder_and_requester_there_is_a_way_or_the_sentence_that_names_the_empty_seat(
    rung: Rung | None, ladder: Ladder, requester: str, gone: frozenset[str]
) -> None:
    here = [one for one in PEOPLE if one not in gone and one != requester]
    if here and not able(rung, ladder, requester, gone):
        refused = check_signs_as(here[0], rung, ladder, requester=requester, gone=gone)
        assert refused
        said = may_not_sign(refused, ["U0ADA"])
        if refused.seated:
            assert set(refused.seated) & {*PEOPLE} - gone - {requester}
        else:
            assert said.startswith("The seat of the ")
            assert "is empty for this one" in said
            assert "<@U0ADA> can seat somebody with “/escalate ladder”." in said
            assert (f"<@{requester}> is the requester" in said) or " left" in said


@given(st.sampled_from(RUNGS), LADDERS, WHO, WHO)
def test_whoever_signs_sits_there_or_higher_or_is_a_deputy_of_one_who_does(
    rung: Rung, ladder: Ladder, requester: str, user: str
) -> None:
    seated = {one for at in RUNGS if at >= rung for one in ladder.seats.get(at, ())}
    deputies = {deputy for one, deputy in ladder.deputies.items() if one in seated}
    refused = check_signs_as(user, rung, ladder, requester=requester)
    if seated and user != requester:
        assert (refused is None) == (user in seated | deputies)
        if refused:
            assert refused.seated == () or set(refused.seated) <= seated | deputies


@given(st.sampled_from(RUNGS), LADDERS, WHO)
def test_a_requester_is_never_named_as_who_may(rung: Rung, ladder: Ladder, requester: str) -> None:
    for user in PEOPLE:
        refused = check_signs_as(user, rung, ladder, requester=requester)
        assert refused is None or requester not in refused.seated


def test_a_director_does_not_sign_as_vp_unless_the_vp_named_them() -> None:
    ladder = Ladder({Rung.DIRECTOR: ("U0DANA",), Rung.VP: ("U0ANA",)})
    refused = check_signs_as("U0DANA", Rung.VP, ladder, requester="U0BO")
    assert refused
    assert may_not_sign(refused, []).startswith("As VP may sign here: <@U0ANA>.")
    named = Ladder(ladder.seats, (), {"U0ANA": "U0DANA"})
    assert check_signs_as("U0DANA", Rung.VP, named, requester="U0BO") is None
    assert check_signs_as("U0ANA", Rung.DIRECTOR, ladder, requester="U0BO") is None, "a higher rung may"


def test_the_only_vp_cannot_have_their_own_decided_by_anybody_who_is_picked() -> None:
    ladder = Ladder({Rung.VP: ("U0ANA",)})
    refused = check_signs_as("U0EVE", Rung.VP, ladder, requester="U0ANA")
    assert refused
    assert may_not_sign(refused, ["U0ADA"]) == (
        "The seat of the VP is empty for this one: <@U0ANA> is the requester, and nobody decides their own. "
        "<@U0ADA> can seat somebody with “/escalate ladder”."
    )
    assert "threshold keepers add" in may_not_sign(refused, []), "where nobody is known to keep it, what to do"


def test_a_vp_who_has_left_leaves_a_seat_that_is_named_as_empty() -> None:
    ladder = Ladder({Rung.VP: ("U0ANA",)})
    refused = check_signs_as("U0EVE", Rung.VP, ladder, requester="U0BO", gone=["U0ANA"])
    assert refused
    assert may_not_sign(refused, ["U0ADA"]) == (
        "The seat of the VP is empty for this one: <@U0ANA> has left. "
        "<@U0ADA> can seat somebody with “/escalate ladder”."
    )


def test_where_the_only_bar_raiser_signs_already_somebody_else_reads_it() -> None:
    ladder = Ladder({Rung.VP: ("U0ANA",)}, ("U0ANA",))
    assert check_signs_as("U0EVE", None, ladder, requester="U0BO", beside=["U0ANA"]) is None
