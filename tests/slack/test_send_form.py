"""The form that asks for sign-off, as it opens: a way for every ladder and requester, or who can make one."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.db.models import Person
from app.domain.ladder import RUNGS, Ladder, Rung
from app.domain.permissions import check_signs_as
from app.slack.views.modals.sending import send_modal
from tests.domain.test_permissions import LADDERS, PEOPLE, WHO
from tests.slack.modal_scenes import ANSWERS, decision, scene, with_memo
from tests.slack.shown import accepted_view, field, fields, said

KEEPER = "U0ADA"


def person(user: str, gone: bool) -> Person:
    return Person(
        workspace_id="T1", user_id=user, name=user, tz="UTC", active=not gone, guest=False, outside=False, bot=False
    )


def chosen(view: dict[str, Any], name: str) -> str | None:
    """Who stands in an input, be it a picker of people or a list of those who may."""
    element = field(view, name)["element"]
    found = element.get("initial_user") or element.get("initial_option", {}).get("value")
    return str(found) if found else None


@given(st.sampled_from(RUNGS), LADDERS, WHO, st.frozensets(WHO))
@settings(max_examples=200, deadline=None)
def test_it_opens_with_somebody_who_may_sign_or_names_the_empty_seat_and_who_can_fill_it(
    rung: Rung, ladder: Ladder, requester: str, gone: frozenset[str]
) -> None:
    gone -= {requester}
    people = {one: person(one, one in gone) for one in PEOPLE}
    d = with_memo(decision(rung=rung, requester_id=requester, answers=ANSWERS))
    view = send_modal(scene(d, viewer=requester, ladder=ladder, people=people), [KEEPER])
    accepted_view(view)
    if "submit" not in view:
        assert f"The seat of the {'SLT' if rung is Rung.SLT else 'VP' if rung is Rung.VP else rung.value}" in said(view)
        assert f"<@{KEEPER}> can seat somebody with “/escalate ladder”." in said(view)
        assert not any(
            check_signs_as(one, rung, ladder, requester=requester, gone=gone) is None
            for one in {*PEOPLE} - gone - {requester}
        )
        return
    proposed = chosen(view, "signer")
    able = [
        one
        for one in PEOPLE
        if one != requester
        and one not in gone
        and check_signs_as(one, rung, ladder, requester=requester, gone=gone) is None
    ]
    if any(ladder.seats.get(at) for at in RUNGS[rung.height :]):
        assert proposed in able, "whoever it proposes is let in when it is sent"
    else:
        assert proposed is None
        assert able or not {*PEOPLE} - gone - {requester}, "a young ladder: anybody may"
    if "bar_raiser" in fields(view):
        raiser = chosen(view, "bar_raiser")
        refused = raiser and check_signs_as(
            raiser, None, ladder, requester=requester, beside=[proposed or ""], gone=gone
        )
        assert not refused
        assert raiser != proposed or raiser is None


def test_the_only_vp_who_asks_is_told_that_their_seat_is_empty_and_one_above_is_proposed() -> None:
    mine = Ladder({Rung.VP: ("U0BO",)})
    d = with_memo(decision(rung=Rung.VP, requester_id="U0BO"))
    view = send_modal(scene(d, viewer="U0BO", ladder=mine), [KEEPER])
    assert "<@U0BO> is the requester, and nobody decides their own" in said(view)
    above = replace(mine, seats={**mine.seats, Rung.SLT: ("U0ANA",)})
    view = send_modal(scene(d, viewer="U0BO", ladder=above), [KEEPER])
    assert chosen(view, "signer") == "U0ANA"
