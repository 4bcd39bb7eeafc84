"""A channel's digest: most urgent first, who acts next, what was settled; it fits whatever its size."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from app.domain.digests import Waited
from app.domain.lifecycle import Status
from app.domain.who_acts_next import NOBODY, NextAct
from app.domain.who_acts_next import Act as NextActKind
from app.slack.views.digest import digest_message
from app.slack.views.scene import DigestLine, DigestScene, Message
from app.words.insights import days_said
from tests.slack.modal_scenes import BEA, DANA, LEE, MIRA, SAM, TODAY, VIKTOR
from tests.slack.shown import HOSTILE, accepted_message, hostile, said


def line(
    name: str, who: Sequence[str] = (VIKTOR,), days: int | None = 2, title: str = "Rename the Pro plan"
) -> DigestLine:
    by = TODAY + timedelta(days=days) if days is not None else None
    step = NextAct(NextActKind.SIGN, tuple(who), by, overdue=by is not None and by < TODAY)
    return DigestLine(name, title, step, Status.IN_REVIEW)


def render(**changes: Any) -> Message:
    given_: dict[str, Any] = {
        "channel": "C1", "today": TODAY, "overdue": [], "this_week": [], "waiting": [], "deflected": 0, "decided": [],
        "waited": None, "names": {VIKTOR: "Viktor", BEA: "Bea", SAM: "Sam"},
    }  # fmt: skip
    message = digest_message(DigestScene(**(given_ | changes)))
    accepted_message(message.text, message.blocks)
    return message


def test_the_most_urgent_comes_first_with_who_acts_next() -> None:
    message = render(
        overdue=[line("D-1", days=-2)], this_week=[line("D-2", (VIKTOR, BEA))], waiting=[line("D-3", (SAM,), None)]
    )
    page = said(message.blocks)
    assert page.index("D-1") < page.index("D-2") < page.index("D-3")
    assert "→ *Viktor* signs, overdue since *Sat 21 Nov*." in page
    assert "→ *Viktor* and *Bea* sign by *Wed 25 Nov*." in page
    assert "→ *Sam* signs." in page
    assert "3 open decisions, 1 overdue" in message.text


def test_what_was_settled_is_told_in_three_lines() -> None:
    message = render(
        decided=[DigestLine("D-9", "End of the beta", NOBODY, Status.APPROVED)], deflected=3, waited=Waited(1.5, 12)
    )
    page = said(message.blocks)
    assert "*D-9*  End of the beta: approved" in page
    assert "3 two-way doors went back to the teams that own them." in page
    assert "Half of the last year's 12 decisions had their answer within 1.5 days." in page
    assert "Nothing is open here." in page


def test_one_two_way_door_is_told_in_the_singular() -> None:
    assert "1 two-way door went back to the team that owns it." in said(render(deflected=1).blocks)


def test_three_hundred_open_decisions_fit_and_the_rest_is_counted() -> None:
    everyone = (VIKTOR, BEA, DANA, SAM, MIRA, LEE)
    many = [line(f"D-{number}", everyone, -number, "wide " * 60) for number in range(300, 0, -1)]
    message = render(
        overdue=many, decided=[line(f"D-{number}") for number in range(400, 440)], deflected=12, waited=Waited(3, 12)
    )
    page = said(message.blocks)
    assert "and 270 more" in page
    assert "Overdue (300)" in page
    assert "D-300" in page
    assert "*D-270*" not in page


def test_urgent_decisions_leave_less_room_for_those_that_wait() -> None:
    message = render(
        overdue=[line(f"D-{n}", days=-1) for n in range(25)], waiting=[line(f"D-{n}", days=40) for n in range(100, 150)]
    )
    page = said(message.blocks)
    assert "Waiting (50)" in page
    assert "*D-104*" in page
    assert "*D-105*" not in page
    assert "and 45 more" in page


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.001, "less than an hour"),
        (0.04, "1 hour"),
        (0.5, "12 hours"),
        (1, "1 day"),
        (1.02, "1 day"),
        (2.54, "2.5 days"),
    ],
)
def test_a_wait_is_said_as_people_say_it(days: float, words: str) -> None:
    assert days_said(days) == words


def shows(title: str) -> None:
    lines = [line(f"D-{n}", days=9, title=title) for n in range(40)]
    render(overdue=lines, this_week=lines, waiting=lines, decided=lines, deflected=1, waited=Waited(0.1, 12))


@settings(max_examples=20, deadline=None)
@given(hostile)
def test_no_title_can_break_the_digest_or_page_the_channel(title: str) -> None:
    shows(title)


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_no_known_trick_works_on_the_digest(title: str) -> None:
    shows(title)
