"""The audit on a real Slack: what was lost is there again, and nobody sees anything twice."""

from sqlalchemy import delete, select

from app.db.models import Card, FollowUp, Outbox
from tests.e2e import scenes
from tests.e2e.house import Tale


def test_whatever_is_taken_out_of_the_database_people_see_what_they_saw(told: Tale) -> None:
    """Cards that nobody remembers are found by the key they carry, messages that never left are sent."""
    cast, stage = told.cast, told.stage
    id = scenes.in_review(told)
    rooms = {cast.vera: None, cast.kenji: None, cast.sam: None, cast.dana: cast.retail}
    before = {person.name: len(person.sees(room)) for person, room in rooms.items()}
    with stage.bot.db.begin() as session:
        session.execute(delete(Card))
        session.execute(delete(FollowUp))
    found = stage.bot.auditor.run()
    assert {one.what for one in found} == {"card", "follow_up"}
    stage.pump()
    assert {person.name: len(person.sees(room)) for person, room in rooms.items()} == before
    assert stage.bot.auditor.run() == []
    told.must(told.fills(cast.vera, "sign_open:approve", {"said": "Go."}))
    assert scenes.count(cast.vera, "You approved") == 1, "the card that was found is the one that is edited"
    assert scenes.happened(told, id, "sign") == 1


def test_an_edit_that_was_lost_is_made_up_for_and_a_card_that_never_left_is_sent(told: Tale) -> None:
    cast, stage = told.cast, told.stage
    scenes.in_review(told)
    told.taps(cast.vera, "sign_open:approve")
    assert cast.vera.submit({"said": "Go."}).acked
    stage.calm()
    reply = cast.nia.command("/escalate", "Move the warehouse", channel=cast.retail)
    assert reply.acked
    stage.calm()
    with stage.bot.db.begin() as session:
        assert session.scalars(select(Outbox.kind).where(Outbox.done_at.is_(None))).all()
        session.execute(delete(Outbox).where(Outbox.done_at.is_(None)))
    stage.bot.auditor.run()
    stage.pump()
    assert scenes.count(cast.vera, "You approved") == 1
    assert scenes.count(cast.vera, "sign_open:approve") == 0
    assert scenes.count(cast.nia, "Question 1") == 1
    assert stage.bot.auditor.run() == []
