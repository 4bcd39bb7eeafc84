"""Home: what waits on you, what is yours, what to look back on; warm when there is nothing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from app.db.models import Decision
from app.domain.answers import Answers
from app.domain.lifecycle import Status
from app.domain.who_acts_next import Standing
from app.slack.ids import Act, unpack
from app.slack.views.home import home_view
from app.slack.views.scene import HomeScene
from tests.slack.modal_scenes import BEA, DANA, LEE, MIRA, NOW, TODAY, VIKTOR, decision
from tests.slack.shown import HOSTILE, accepted_view, buttons, hostile, said


def built(**changes: Any) -> HomeScene:
    given_: dict[str, Any] = {"viewer": VIKTOR, "now": NOW, "tz": "Europe/Berlin", "muted": False}
    return HomeScene(**(given_ | changes))


def waiting(id: int = 42, days: int = 2, status: Status = Status.IN_REVIEW, **changes: Any) -> Decision:
    return decision(id, status=status, deadline_at=NOW + timedelta(days=days), **changes)


def to_sign(who: list[str]) -> Standing:
    """Decision 42 or 1, as ``waiting`` makes it, with these who have not answered."""
    return Standing(Status.IN_REVIEW, LEE, LEE, to_sign=tuple(who), deadline=TODAY + timedelta(days=2))


def test_the_first_thing_is_a_button_to_start_a_decision() -> None:
    view = home_view(built())
    first = buttons(view)[0]
    assert (first["action_id"], first["style"]) == (Act.START_OPEN, "primary")
    assert view["type"] == "home"


def test_with_nothing_to_do_home_is_warm() -> None:
    page = said(home_view(built()))
    assert "Nothing waits on you." in page
    assert "You have nothing open." in page
    assert "Nothing to look back on yet." in page


def test_each_row_says_who_acts_next_by_when_and_opens_with_one_button() -> None:
    view = home_view(built(waiting=[waiting()], standings={42: to_sign([VIKTOR])}))
    assert "*D-42*  Shorten the return window" in said(view)
    assert "You sign by *Wed 25 Nov*." in said(view)
    opens = [one for one in buttons(view) if one["action_id"] == Act.OPEN]
    assert [unpack(one["value"]) for one in opens] == [{"d": 42}]


def test_the_other_signers_and_an_overdue_day_are_said_plainly() -> None:
    late = replace(to_sign([VIKTOR, BEA]), deadline=TODAY - timedelta(days=2))
    page = said(home_view(built(waiting=[waiting(days=-2)], standings={42: late})))
    assert f"You and <@{BEA}> sign, overdue since *Sat 21 Nov*." in page


def test_yours_say_whose_turn_it_is() -> None:
    mine = [
        waiting(1, requester_id=VIKTOR),
        decision(2, status=Status.DRAFTING, requester_id=VIKTOR),
        decision(3, status=Status.TRIAGE, title="", answers=Answers(), verdict=None, requester_id=VIKTOR),
    ]
    page = said(home_view(built(mine=mine, standings={1: to_sign([DANA])})))
    assert f"<@{DANA}> signs by *Wed 25 Nov*." in page
    assert "You finish the memo and send it by *Fri 4 Dec*." in page
    assert "Not named yet\nYou finish the triage" in page


def test_an_empty_list_does_not_hide_what_is_ones_own_to_do() -> None:
    assert "Nothing waits on you" in said(home_view(built()))
    assert "Nothing waits on you" in said(home_view(built(mine=[waiting(1)], standings={1: to_sign([DANA])})))
    assert "Nobody else waits on you." in said(home_view(built(mine=[decision(2, requester_id=VIKTOR)])))


def test_looks_say_what_to_look_at_and_since_when() -> None:
    looks = [
        decision(1, status=Status.DEFLECTED, look_on=TODAY - timedelta(days=1)),
        decision(2, status=Status.APPROVED),
        decision(3, status=Status.IMPLEMENTED, look_on=date(2026, 12, 1)),
    ]
    page = said(home_view(built(looks=looks)))
    assert "and looks back: due since *Sun 22 Nov*." in page
    assert " when it shipped." in page
    assert "reviews it on *Tue 1 Dec*." in page


def test_optional_reminders_are_switched_at_the_end() -> None:
    for muted in (False, True):
        switch = buttons(home_view(built(muted=muted)))[-1]
        assert switch["action_id"] == Act.MUTE
        assert unpack(switch["value"]) == {"on": not muted}
        assert switch["text"]["text"] == ("Switch on" if muted else "Switch off")


def test_sixty_decisions_fit_and_the_rest_is_counted() -> None:
    many = [waiting(id) for id in range(1, 21)]
    view = home_view(built(waiting=many, mine=many, looks=[decision(id, status=Status.APPROVED) for id in range(20)]))
    accepted_view(view)
    assert len(view["blocks"]) <= 100
    assert said(view).count("and 4 more: `/escalate list`") == 3
    assert "Waiting on you (20)" in said(view)


def test_a_home_of_hundreds_fits_too() -> None:
    many = [waiting(id) for id in range(1, 301)]
    accepted_view(home_view(built(waiting=many, mine=many, looks=many)))


def shows(title: str) -> None:
    rows = [waiting(title=title), decision(2, status=Status.DRAFTING, title=title, requester_id=LEE)]
    asked = {42: to_sign([VIKTOR, BEA])}
    accepted_view(home_view(built(waiting=rows, mine=rows, looks=rows, viewer=MIRA, standings=asked)))


@settings(max_examples=20, deadline=None)
@given(hostile)
def test_no_title_can_break_home_or_page_anybody(title: str) -> None:
    shows(title)


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_no_known_trick_works_on_home(title: str) -> None:
    shows(title)
