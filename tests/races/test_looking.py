"""What the races look at: every verb is really done by its delivery, and whatever is wrong in the end is seen."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from app.db.models import Card, Decision, FollowUp, Outbox, Signer
from app.domain.lifecycle import Status
from tests.access.kinds import State
from tests.races import checks
from tests.races.alone import Alone
from tests.races.moves import VERBS, Act, Pair, Verb, named
from tests.races.orders import Order, Orders
from tests.races.pairs import REVIEW, Meetings
from tests.races.picture import picture
from tests.races.starts import BEGUN, Starts
from tests.races.world import World
from tests.workflows.colleagues import BEA, CHANNEL, MONDAY, RITA, VERA


@pytest.fixture(scope="module")
def meetings() -> Iterator[Meetings]:
    with tempfile.TemporaryDirectory(prefix="races-") as folder, World(Path(folder)) as world:
        alone = Alone(world, Path(folder))
        yield Meetings(Starts(world, alone))
        alone.close()


@pytest.fixture
def review(meetings: Meetings) -> Alone:
    """A decision with its signers, as races begin with it."""
    meetings.starts.put(meetings.starts.at(REVIEW))
    return meetings.starts.alone


LOOKS = (
    "see the policy", "leave a triage", "list what is open", "see who sits", "see who keeps", "open Home",
    "bring up its card", "bring it up by", "find what was decided", "see how", "try a policy", "read the published",
    "read the trade-off log",
    "read what was said",
    "see the maps", "see whose yes",
)  # fmt: skip
"""What changes nothing but cards and Home."""

OPENS = (
    "/escalate write", "/escalate tradeoff", "/escalate map", "form:policy", "form:policy_form", "form:preread",
)  # fmt: skip
"""What leads to a form, and changes nothing before that one is sent."""

NOT_BEGUN = ("form:own_words", "ask_read", "measured_take")
"""What no race begins with yet: it wants an answer that was written down for somebody, a channel that reads, and five
answers of a team."""
RACED = [verb for verb in VERBS if verb.way.by not in NOT_BEGUN]


@pytest.mark.parametrize("verb", RACED, ids=lambda verb: verb.name)
def test_the_delivery_of_every_verb_does_what_the_table_says(meetings: Meetings, verb: Verb) -> None:
    starts = meetings.starts
    state = next((one for one in BEGUN if verb.name in {act.move.name for act in meetings.verbs(one)}), None)
    assert state, "no race begins where this can be done"
    act = next(act for act in meetings.verbs(state) if act.move.name == verb.name)
    start = starts.at(state)
    assert start
    starts.put(start)
    with starts.alone.db.read() as session:
        before = picture(session, start.moment)
    pair = Pair("", state, act, act)
    played, _ = Orders(starts.world, starts.alone, starts)._play(Order("alone", (act,), False), pair, start)
    assert not played.refused
    assert not played.wrong
    if not verb.row.does.startswith(LOOKS) and verb.way.by not in OPENS:
        assert played.picture.unlike(before)


def test_the_orders_of_two_are_told_apart(meetings: Meetings) -> None:
    starts = meetings.starts
    pair = Pair("", REVIEW, Act(named("sign (form:sign approve)"), VERA), Act(named("(form:sign decline)"), BEA))
    start = starts.at(pair.state)
    assert start
    one, other, *more = Orders(starts.world, starts.alone, starts).of(pair, start)
    assert any("approve" in said for said in one.picture.unlike(other.picture))
    assert more[0].picture.unlike(one.picture) == []


def test_a_lost_update_is_seen(meetings: Meetings, review: Alone) -> None:
    with review.db.read() as session:
        before = picture(session, meetings.starts.world.now())
    with review.db.engine.begin() as connection:
        connection.execute(update(Decision).values(status=Status.HELD))
        connection.execute(update(Signer).where(Signer.user_id == VERA).values(handed_over=True))
        connection.execute(delete(FollowUp).where(FollowUp.recipient == BEA))
    with review.db.read() as session:
        said = " ".join(picture(session, meetings.starts.world.now()).unlike(before))
    assert "+ D-1 | number=1" in said
    assert "handed_over=true" in said
    assert f"- D-1 | remind_halfway | {BEA}" in said
    team = meetings.starts.world.ws.id
    assert any("behind the record's back" in one for one in checks.accusations(review.db, team))
    assert any("stands at held" in one for one in checks.unsaid(review.db, meetings.starts.world))


def test_entries_in_another_order_are_seen(meetings: Meetings, review: Alone) -> None:
    with review.db.read() as session:
        seen = picture(session, meetings.starts.world.now())
    turned = replace(seen, record=(*seen.record[:-2], seen.record[-1], seen.record[-2]))
    assert turned.unlike(seen)[0].startswith("record: in another order")


def test_a_card_of_an_earlier_state_is_seen(meetings: Meetings, review: Alone) -> None:
    world = meetings.starts.world
    assert [one for one in checks.shown_wrongly(review.db, world, world.now()) if "reader" not in one] == []
    with review.db.engine.begin() as connection:
        connection.execute(update(Decision).values(title="Something else"))
    assert f"card: D-1's requester for {RITA} shows another state" in checks.shown_wrongly(
        review.db, world, world.now()
    )


def test_a_card_that_nobody_looks_after_is_seen(meetings: Meetings, review: Alone) -> None:
    world = meetings.starts.world
    with review.db.engine.begin() as connection:
        connection.execute(delete(Card).where(Card.kind == "signer", Card.recipient == VERA))
    said = checks.shown_wrongly(review.db, world, world.now())
    assert f"card: a signer for {VERA} stands with its buttons, and nobody looks after it" in said


def test_a_private_title_in_the_channel_is_seen(meetings: Meetings, review: Alone) -> None:
    world = meetings.starts.world
    assert checks.told_in_public(review.db, world) == []
    with review.db.engine.begin() as connection:
        connection.execute(update(Decision).values(private=True))
    assert checks.told_in_public(review.db, world) == ["private: the title of D-1 stands in the channel"]


def test_a_message_that_slack_would_not_take_is_seen(meetings: Meetings, review: Alone) -> None:
    with review.db.engine.begin() as connection:
        connection.execute(update(Outbox).where(Outbox.recipient == CHANNEL).values(result="given up"))
    assert any("ended as given up" in one for one in checks.unsaid(review.db, meetings.starts.world))


def test_a_message_that_is_never_sent_is_seen(meetings: Meetings, review: Alone) -> None:
    """Such as one that is left to a newer release: without this, a card behind it is all that can be seen."""
    with review.db.engine.begin() as connection:
        connection.execute(update(Outbox).where(Outbox.recipient == CHANNEL).values(done_at=None, result=None))
    assert any("was never sent" in one for one in checks.unsaid(review.db, meetings.starts.world))


def test_what_was_told_twice_is_seen(meetings: Meetings) -> None:
    meetings.starts.put(meetings.starts.at(State.APPROVED.value))
    with meetings.starts.alone.db.read() as session:
        before = picture(session, MONDAY)
    assert before.told
    twice = replace(before, told=before.told + before.told)
    assert any(said.startswith("told: + D-1 | notice") for said in twice.unlike(before))
