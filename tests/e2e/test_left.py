"""Somebody was erased while the bot runs: the cards say so, nothing is sent to them, and the work goes on."""

from app.commands.erase import erase
from app.commands.verify import verify
from app.domain.lifecycle import Status
from demo.stories import Telling
from tests.e2e import scenes


def test_the_cards_of_the_others_show_that_a_signer_has_left_and_the_decision_goes_on(told: Telling) -> None:
    cast, stage = told.cast, told.stage
    id = scenes.in_review(told)
    told.must(told.fills(cast.vera, "sign_open:not_yet", {"said": "Yes, if Legal has read it."}))
    standing = scenes.everything(cast.vera)
    said, _ = erase(stage.bot.db, stage.ws.id, cast.vera.id, (), stage.bot.clock(), sure=True)
    assert "is now “someone who has left”" in said
    stage.bot.outbox.wake()
    stage.pump()
    card = scenes.text(told.card(cast.sam, "climb_open"))
    assert "omeone who has left" in card
    assert cast.vera.id not in card
    assert "Yes, if Legal has read it." not in scenes.text(told.card(cast.kenji, "sign_open"))
    assert scenes.everything(cast.vera) == standing, "nothing more is sent to her"
    assert scenes.decision(told, id).status in (Status.IN_REVIEW, Status.NOT_YET)
    assert verify(stage.bot.db, stage.ws.id, None, lambda _: None)
