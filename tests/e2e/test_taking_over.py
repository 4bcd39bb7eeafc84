"""A requester's account is switched off: one message to each who is concerned, one button, and one new requester."""

import json

from app.domain.lifecycle import Status
from tests.e2e import scenes
from tests.e2e.house import Tale
from tests.e2e.test_bad_input_people import leaves
from tests.e2e.test_settled import asking, now


def test_the_manager_takes_over_what_a_requester_who_left_had_in_sign_off(told: Tale) -> None:
    cast, id = told.cast, scenes.in_review(told)
    told.stage.slack.faults.add("duplicate", event="user_change")
    leaves(told, cast.sam)
    assert scenes.said(told, id, "requester_left") == 1
    offered, heard = asking(cast.marco, "has left this workspace"), asking(cast.vera, "has left this workspace")
    assert "Its signers answer by" in scenes.text(offered)
    assert f"<@{cast.marco.id}> may take it over" in scenes.text(heard)
    told.taps(cast.marco, "take_over")
    d = scenes.decision(told, id)
    assert (d.requester_id, d.owner_id) == (cast.marco.id, cast.marco.id)
    assert "You took it over." in now(cast.marco, offered)
    assert f"<@{cast.marco.id}> took it over." in now(cast.vera, heard)
    assert f"<@{cast.marco.id}> asks for your answer" in scenes.text(told.card(cast.vera, "sign_open:approve"))
    told.must(told.fills(cast.vera, "question_open", {"text": "What happens to gifts?"}))
    told.must(told.fills(cast.marco, "reply_open", {"text": "They keep 30 days."}))
    told.taps(cast.vera, "resolve", on=asking(cast.vera, "answered your question"))
    for person in (cast.vera, cast.kenji):
        told.must(told.fills(person, "sign_open:approve", {"said": "Go."}))
    assert scenes.decision(told, id).status is Status.APPROVED
    assert "You are next: tell me when it shipped" in scenes.everything(cast.marco)
    told.taps(cast.marco, "memo_read")
    assert cast.marco.modal
    assert f"taken over from <@{cast.sam.id}>" in json.dumps(cast.marco.modal.body)
    assert told.stage.bot.auditor.run() == []


def test_whom_a_signer_lets_read_along_takes_a_private_decision_over(shown: Tale) -> None:
    cast, id = shown.cast, scenes.in_review(shown)
    shown.taps(cast.sam, "private", on=shown.card(cast.sam, "private"))
    leaves(shown, cast.sam)
    assert scenes.count(cast.marco, "has left this workspace") == 0
    shown.must(shown.fills(cast.vera, "reader_open", {"to": cast.nia}))
    shown.must(shown.fills(cast.kenji, "reader_open", {"to": cast.omar}))
    shown.card(cast.omar, "take_over")
    shown.taps(cast.nia, "take_over")
    assert scenes.decision(shown, id).requester_id == cast.nia.id
    assert not any("take_over" in str(message.blocks) for message in cast.omar.sees())
    scenes.post(shown, cast.omar, "take_over", json.dumps({"d": id}))  # from a card that was not drawn anew yet
    assert f"<@{cast.nia.id}> has taken it over already." in scenes.last(cast.omar)


def test_a_requester_who_comes_back_goes_on_and_nothing_is_offered_any_more(shown: Tale) -> None:
    cast = shown.cast
    id = scenes.drafting(shown)
    leaves(shown, cast.sam)
    offered = asking(cast.marco, "has left this workspace")
    assert "you write the memo and send it. If nobody does, it closes on" in scenes.text(offered)
    assert "Its requester has left: somebody has to take it over." in scenes.everything(cast.dana, cast.retail)
    cast.sam.reactivate()
    shown.stage.pump()
    assert f"<@{cast.sam.id}> is here again and goes on with it." in now(cast.marco, offered)
    scenes.post(shown, cast.marco, "take_over", json.dumps({"d": id}))
    assert f"<@{cast.sam.id}> is here and goes on with it." in scenes.last(cast.marco)
    assert scenes.decision(shown, id).requester_id == cast.sam.id
