"""What the workflow would refuse a guest is not offered to them: on no card, notice, reply, and not on Home."""

from collections.abc import Iterator

import pytest

from app.domain.ladder import Ladder, Rung
from app.slack.ids import Act
from app.slack.views.cards.registry import render_card
from app.slack.views.home import home_view
from app.slack.views.notices.registry import render_notice
from app.slack.views.replies.commands import help_reply, list_reply
from app.slack.views.replies.digests import digest_reply
from app.slack.views.replies.people import ladder_reply
from app.slack.views.replies.triage import which_triage_reply
from app.slack.views.scene import ChannelSettings, HomeScene, Message, Scene
from sandbox.limits import check_message
from tests.access.table import ROWS
from tests.slack.card_reading import acts, words
from tests.slack.card_scenes import DANA, NOW, PAT, SCENES, TODAY
from tests.slack.test_views_notices import TOLD

A_GUEST = "You are a guest here"
MEMBERS_ONLY = {
    Act.BELOW_CAN_OPEN.value,
    Act.PARKED_NEW.value,
    *(by for row in ROWS if any(said.startswith(A_GUEST) for said in (row.refusal, *row.otherwise.values()))
      for by in row.by),
}  # fmt: skip
"""As docs/access.md says; and what ends in one of those workflows."""


def as_guest(made: Scene) -> Scene:
    person = made.people.get(made.viewer)
    if person is not None:
        person.guest = True
    return made


def everything() -> Iterator[tuple[str, Message]]:
    for name, (kind, make) in SCENES.items():
        yield name, render_card(kind, as_guest(make()))
    for name, (say, make, args) in TOLD.items():
        if not say.startswith("requester_left"):  # told to members alone
            yield f"notice {name}", render_notice(say, as_guest(make()), args)
    yield "help", help_reply(guest=True)
    yield "list", list_reply([], PAT, TODAY, {}, guest=True)
    yield "which triage", which_triage_reply(1, "Move it", [], guest=True)
    for ladder in (Ladder(), Ladder({Rung.VP: (DANA,)})):
        yield "ladder", ladder_reply(ChannelSettings("C1", ladder, guest=True))
    yield "digest", digest_reply(ChannelSettings("C1", guest=True))


def test_no_guest_is_offered_what_only_members_do() -> None:
    assert {Act.SIGN_OPEN, Act.HAND_OVER_OPEN, Act.START_OPEN, Act.LADDER_OPEN, Act.TAKE_OVER} < MEMBERS_ONLY
    offered = {name: both for name, message in everything() if (both := acts(message) & MEMBERS_ONLY)}
    assert offered == {}


def test_what_is_left_for_a_guest_is_something_slack_takes() -> None:
    for name, message in everything():
        assert check_message(text=message.text, blocks=message.blocks) == [], name


@pytest.mark.parametrize(
    ("name", "left", "words_"),
    [
        ("signer asked", {Act.MEMO_READ, Act.QUESTION_OPEN}, "only members sign"),
        ("asked", {Act.BELOW_CANNOT_OPEN, Act.BELOW_TWO_WAY_OPEN, Act.BELOW_DISAGREE_OPEN}, "only members decide"),
        ("reader, requester left", set(), "somebody has to take it over"),
    ],
)
def test_a_guest_keeps_what_they_may_do_and_reads_why_the_rest_is_not_there(
    name: str, left: set[Act], words_: str
) -> None:
    kind, make = SCENES[name]
    card = render_card(kind, as_guest(make()))
    assert acts(card) == left
    assert words_ in words(card)


def test_home_offers_a_guest_no_start() -> None:
    def page(*, guest: bool) -> str:
        return str(home_view(HomeScene(viewer=PAT, now=NOW, tz="UTC", muted=False, guest=guest)))

    assert Act.START_OPEN in page(guest=False)
    assert Act.START_OPEN not in page(guest=True)
    assert "members start decisions" in page(guest=True)
