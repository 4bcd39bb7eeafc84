"""What is on its way while the decision changes: drawn before, sent after. Each meets its change between the two."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import outgoing
from app.db.models import Card, Outbox
from app.workflows.notifying import send
from app.workflows.people import taking_over
from app.workflows.people.profiles import Profile, update
from app.workflows.record import erasing
from app.workflows.signing import readers, signoffs
from app.workflows.signing import sending as signing_sending
from app.workflows.triage import answering, intake, verdicts
from sandbox import Person
from tests.e2e import scenes
from tests.e2e.house import Tale

Change = Callable[[Session], Any]


def while_on_its_way(t: Tale, kind: str, recipient: str, change: Change) -> None:
    """Let ``change`` commit when a message of this kind for this recipient was drawn and is about to be sent."""
    outbox, left = t.stage.bot.outbox, [change]

    def meets() -> None:
        id = outbox._sending
        if not left or id is None:
            return
        with t.stage.bot.db.read() as session:
            row = outgoing.outbox_row(session, t.stage.ws.id, id)
        if row is not None and (row.kind, row.recipient) == (kind, recipient):
            with t.stage.bot.db.begin() as session:
                left.pop()(session)

    before, outbox.sending.posting.give_way = outbox.sending.posting.give_way, meets
    try:
        t.stage.pump()
    finally:
        outbox.sending.posting.give_way = before
    assert left == [], f"no {kind} for {recipient} was sent"


def writes(t: Tale, work: Change) -> None:
    """A transaction whose messages still wait."""
    with t.stage.bot.db.begin() as session:
        work(session)


def remembered(t: Tale) -> set[tuple[str, str]]:
    with t.stage.bot.db.read() as session:
        return {(card.kind, card.recipient) for card in session.scalars(select(Card))}


def by(t: Tale, person: Person) -> tuple[Any, Any]:
    return scenes.actor(t, person), t.stage.clock.now()


def named(t: Tale, title: str) -> int:
    """A decision of Sam's in #retail that the channel hears of with the next move."""
    return scenes.asks(t, len(scenes.ONE_WAY), title=title)


def test_a_decision_that_is_made_private_while_the_channel_hears_of_it_stands_there_without_its_title(
    shown: Tale,
) -> None:
    cast, (sam, now) = shown.cast, by(shown, shown.cast.sam)
    id = named(shown, "Leave Zanzibar for good")
    writes(shown, lambda s: verdicts.start_memo(s, id, sam, now))
    while_on_its_way(shown, "status", cast.retail.id, lambda s: intake.set_private(s, id, True, sam, now))
    assert scenes.count(cast.dana, "Zanzibar", cast.retail) == 0
    assert scenes.count(cast.dana, "is private", cast.retail) == 1


def test_a_digest_that_was_drawn_before_a_decision_became_private_is_corrected(shown: Tale) -> None:
    cast, ws, (sam, now) = shown.cast, shown.stage.ws.id, by(shown, shown.cast.sam)
    secret, other = named(shown, "Leave Zanzibar for good"), named(shown, "Extend the return window")
    for id in (secret, other):
        scenes.does(shown, lambda s, id=id: verdicts.start_memo(s, id, sam, now).id)  # type: ignore[misc]
    since = (now - timedelta(days=7)).isoformat()
    writes(shown, lambda s: send(s, ws, "digest", cast.retail.id, now, since=since))
    while_on_its_way(shown, "digest", cast.retail.id, lambda s: intake.set_private(s, secret, True, sam, now))
    digest = next(m for m in reversed(cast.dana.sees(cast.retail)) if "Waiting (" in scenes.text(m))
    assert "Extend the return window" in scenes.text(digest)
    assert scenes.count(cast.dana, "Zanzibar", cast.retail) == 0


def test_the_rung_below_is_not_asked_any_more_once_the_requester_went_on(shown: Tale) -> None:
    """The question was drawn, the requester went on, and only then was it posted: nobody else would ever mend it."""
    cast, now = shown.cast, shown.stage.clock.now()
    id = scenes.asks(shown, len(scenes.ONE_WAY) - 1)
    held = [(scenes.ONE_WAY[-1][0], scenes.ONE_WAY[-1][1][:1])]
    for question, value in held:
        scenes.does(shown, lambda s, q=question, v=value: answering.answer(s, id, q, v, *by(shown, cast.sam)))  # type: ignore[misc]
    assert scenes.decision(shown, id).status.value == "held"
    writes(shown, lambda s: verdicts.ask_below(s, id, cast.marco.id, "Can you?", scenes.actor(shown, cast.sam), now))
    while_on_its_way(
        shown,
        "asked",
        cast.marco.id,
        lambda s: verdicts.go_on_anyway(s, id, "The peak does not wait", *by(shown, cast.sam)),
    )
    assert "below_can_open" not in scenes.last(cast.marco)
    assert "This question is settled" in scenes.last(cast.marco)


def test_whose_card_is_on_its_way_while_they_are_erased_is_remembered_nowhere(shown: Tale) -> None:
    cast, now = shown.cast, shown.stage.clock.now()
    id = scenes.drafting(shown)
    sending = signing_sending.Sending(cast.vera.id, cast.kenji.id, now.date().replace(day=6))
    writes(shown, lambda s: signing_sending.send(s, id, sending, scenes.actor(shown, cast.sam), now))
    ws, stood = shown.stage.ws.id, len(cast.vera.sees())
    while_on_its_way(shown, "signer", cast.vera.id, lambda s: erasing.erase_person(s, ws, cast.vera.id, now))
    assert not {one for one in remembered(shown) if cast.vera.id in one}
    assert len(cast.vera.sees()) == stood, "nobody writes to somebody who was just erased"
    assert scenes.said(shown, id, "signer_left") == 1
    assert "has left" in scenes.everything(cast.sam), "not taken for the one whose id in the outbox it was given"
    with shown.stage.bot.db.read() as session:
        assert cast.vera.id not in session.scalars(select(Outbox.recipient)).all()


def test_the_card_of_a_requester_who_left_is_not_brought_back_by_an_edit_on_its_way(shown: Tale) -> None:
    cast, ws, now = shown.cast, shown.stage.ws.id, shown.stage.clock.now()
    id = scenes.in_review(shown)
    gone = Profile("Sam", "UTC", active=False)
    writes(shown, lambda s: update(s, ws, cast.sam.id, gone, now))
    while_on_its_way(
        shown,
        "requester",
        cast.sam.id,
        lambda s: taking_over.take_over(s, id, *by(shown, cast.marco)),
    )
    assert {who for kind, who in remembered(shown) if kind == "requester"} == {cast.marco.id}


def test_a_reader_s_card_follows_the_decision_like_everybody_s(shown: Tale) -> None:
    cast = shown.cast
    id = scenes.in_review(shown)
    scenes.does(shown, lambda s: readers.add_reader(s, id, cast.priya.id, *by(shown, cast.sam)))
    assert "Withdrawn" not in scenes.last(cast.priya)
    scenes.does(shown, lambda s: signoffs.withdraw(s, id, "Not needed any more", *by(shown, cast.sam)))
    assert "Withdrawn" in scenes.last(cast.priya)
