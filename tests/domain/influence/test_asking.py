"""Whose yes a decision needs: any who decides there, a deputy for whoever is away, nobody twice, the others told."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.influence.asking import Around, For, Need, away_until, back_in, need_of_seat, need_of_team, proposed
from app.domain.people.calendar import WorkingHours
from tests.domain.influence.test_journeys import Row

BACK = date(2027, 1, 4)
RITA = "URITA"


def around(**known: object) -> Around:
    return Around(RITA, **known)  # type: ignore[arg-type]


def seats(about: Around) -> list[Need]:
    return [
        need_of_seat(For.RUNG, [["UVERA", "UDANA"]], about, deputies={"UVERA": "UDANA"}),
        need_of_seat(For.BAR_RAISER, [["UBEA"]], about, deputies={}),
    ]


def team(id: int, *deciders: str, deputy: str = "", days: float = 2.0) -> Row:
    return Row(
        id, f"Team {id}", days=days, deciders=deciders, deputies=dict.fromkeys(deciders, deputy) if deputy else {}
    )


def test_whoever_decides_on_the_rung_gives_the_lever_too_and_each_has_a_reason() -> None:
    about = around(usual=2.0)
    needs = [*seats(about), need_of_team(team(1, "UVERA"), about), need_of_team(team(2, "UPAT", "UBEA"), about)]
    found = proposed(needs, about)
    asked = {
        one.user: [need.what if need.what is not For.LEVER else need.name for need in one.needs] for one in found.asked
    }
    assert asked == {"UVERA": [For.RUNG, "Team 1"], "UBEA": [For.BAR_RAISER, "Team 2"]}
    assert found.told == ("UPAT",), "who decides there too is told, not asked"
    assert not found.missing


def test_a_deputy_gives_the_yes_of_whoever_is_away_and_nobody_elses() -> None:
    about = around(away={"UPAT": BACK})
    need = need_of_team(team(1, "UPAT", deputy="UEVE"), about)
    assert (need.givers, need.in_place) == (("UEVE",), {"UEVE": "UPAT"})
    assert need_of_team(team(1, "UPAT", deputy="UEVE"), around()).givers == ("UPAT",), "while they are here"
    assert need_of_team(team(1, "UPAT"), about, {"UPAT": "UDAN"}).givers == ("UDAN",), "the ladder's deputy"
    assert proposed([need], about).asked[0].in_place_of == ("UPAT",)


def test_where_nobody_can_give_a_yes_it_is_said_with_who_is_back_when_and_the_rest_is_still_found() -> None:
    about = around(away={"UPAT": BACK}, gone=frozenset({"UGUS"}))
    needs = [need_of_team(team(1, "UPAT"), about), need_of_team(team(2, "UGUS"), about),
             need_of_team(team(3), about), need_of_team(team(4, "UDAN"), about)]  # fmt: skip
    found = proposed(needs, about)
    assert [(one.team, dict(one.away)) for one in found.missing] == [(1, {"UPAT": BACK}), (2, {}), (3, {})]
    assert [one.user for one in found.asked] == ["UDAN"]


def test_what_the_requester_decides_themselves_is_given_by_asking() -> None:
    about = around()
    found = proposed([need_of_team(team(1, RITA, "UPAT"), about)], about)
    assert (found.asked, [one.team for one in found.held], found.told) == ((), [1], ("UPAT",))


def test_once_the_seats_are_chosen_the_rest_is_found_beside_them() -> None:
    about = around()
    needs = [
        need_of_seat(For.RUNG, [["UVERA"]], about, deputies={}, chosen="UDANA"),
        need_of_team(team(1, "UVERA", "UPAT"), about),
        need_of_team(team(2, "UDANA", "UVERA"), about),
    ]
    found = proposed(needs, about)
    assert {one.user for one in found.asked} == {"UDANA", "UVERA"}
    assert found.told == ("UPAT",)


def test_the_nearest_rung_decides_and_little_work_lifts_nothing_up_the_ladder() -> None:
    rungs = [["UDIRK"], ["UVERA"], ["USLT"]]
    deputies = {"UDIRK": "UDEP", "UVERA": "UVDEP"}
    busy = {"UDIRK": 9, "UDEP": 3}

    def givers(**known: object) -> tuple[str, ...]:
        about = around(waiting=busy, **known)
        need = need_of_seat(For.RUNG, rungs, about, deputies=deputies)
        found = proposed([need], about)
        assert not need.givers or found.asked[0].user in need.givers
        return need.givers

    assert givers() == ("UDIRK",), "neither the deputy of who is here, nor who sits above"
    assert givers(away={"UDIRK": BACK}) == ("UDEP",)
    assert givers(gone=frozenset({"UDIRK", "UDEP"})) == ("UVERA",), "wider only where nobody near is here"
    assert givers(away=dict.fromkeys(["UDIRK", "UDEP", "UVERA", "UVDEP", "USLT"], BACK)) == ()


def test_away_is_who_is_off_until_after_the_day_and_no_weekend() -> None:
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    off = WorkingHours("UTC", off=frozenset(date(2026, 11, day) for day in range(23, 31)))
    assert away_until(off, friday, monday) == date(2026, 12, 1)
    assert away_until(off, friday, date(2026, 12, 1)) is None, "back in time"
    assert away_until(WorkingHours("UTC"), date(2026, 11, 28), date(2026, 11, 29)) is None, (
        "a weekend is nobody's absence"
    )

    leaves = WorkingHours("UTC", off=frozenset(date(2026, 11, day) for day in (30, *range(24, 28))))
    assert away_until(leaves, date(2026, 11, 23), date(2026, 11, 27)) == date(2026, 12, 1), "here today alone"
    assert away_until(leaves, date(2026, 11, 23), date(2026, 11, 23)) is None, "which is enough for an answer today"


def test_of_two_who_decide_there_who_is_back_sooner_is_asked() -> None:
    monday = date(2026, 11, 23)
    off = WorkingHours("UTC", off=frozenset({monday, date(2026, 11, 24)}))
    assert [back_in(hours, monday) for hours in (off, WorkingHours("UTC"))] == [2, 0]
    about = around(back_in={"UPAT": 2}, waiting={"UEVE": 7})
    found = proposed([need_of_team(team(1, "UPAT", "UEVE", days=3.0), about)], about)
    assert [(one.user, one.days) for one in found.asked] == [("UEVE", 3.0)]
    alone = proposed([need_of_team(team(1, "UPAT", days=3.0), about)], about)
    assert (alone.asked[0].days, alone.days) == (5.0, 5.0)


USERS = [f"U{at}" for at in range(9)]


@given(
    st.lists(st.lists(st.sampled_from(USERS), max_size=4, unique=True), max_size=6),
    st.sets(st.sampled_from(USERS)),
    st.sets(st.sampled_from(USERS)),
    st.booleans(),
)
def test_every_yes_is_given_once_by_somebody_who_can_or_said_to_be_missing(
    deciders: list[list[str]], away: set[str], gone: set[str], seated: bool
) -> None:
    about = Around(
        "U0", frozenset(gone), dict.fromkeys(away - gone, BACK), {user: at for at, user in enumerate(USERS)}, 2.0
    )
    needs = [
        *(
            [
                need_of_seat(For.RUNG, [["U0", "U1", "U2"]], about, deputies={}),
                need_of_seat(For.BAR_RAISER, [["U1", "U3"]], about, deputies={}),
            ]
            if seated
            else []
        ),
        *(need_of_team(team(at, *users, deputy="U8" if at % 2 else ""), about) for at, users in enumerate(deciders)),
    ]
    found = proposed(needs, about)
    given_ = [need for one in found.asked for need in one.needs]
    assert sorted(map(id, [*given_, *found.missing, *found.held])) == sorted(map(id, needs)), "each once"
    for one in found.asked:
        assert one.needs, "each name has a reason"
        assert all(one.user in need.givers for need in one.needs)
        assert one.user not in away | gone | {"U0"}
    seats_ = [one.user for one in found.asked for need in one.needs if need.what is not For.LEVER]
    assert len(set(seats_)) == len(seats_), "nobody reads it as bar raiser beside themselves"
    people = {one.user for one in found.asked}
    decide = {user for users in deciders for user in users}
    assert set(found.told) == decide - people - gone - {"U0"}
