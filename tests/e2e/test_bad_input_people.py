"""People who leave, channels that end, cards that are deleted, two triages at once."""

import json
import threading

import pytest

from app.domain.lifecycle import Status
from sandbox import Message, Person
from tests.e2e import scenes
from tests.e2e.house import Tale


def leaves(t: Tale, person: Person) -> None:
    """Her conversation with the bot ends with her account."""
    t.stage.meant = {"chat.postMessage: is_archived", "chat.update: is_archived"}
    person.deactivate()
    t.stage.pump()


def test_a_signer_who_left_is_replaced_with_one_choice(told: Tale) -> None:
    id = scenes.in_review(told)
    cast = told.cast
    told.stage.slack.faults.add("duplicate", event="user_change")
    leaves(told, cast.vera)
    assert scenes.said(told, id, "signer_left") == 1
    assert "has left this workspace" in scenes.last(cast.sam)
    told.must(told.fills(cast.sam, "climb_open", {"to": cast.omar}))
    assert [s.user_id for s in scenes.decision(told, id).signers if not s.handed_over] == [cast.kenji.id, cast.omar.id]
    for person in (cast.omar, cast.kenji):
        told.must(told.fills(person, "sign_open:approve", {"said": "Go."}))
    assert scenes.decision(told, id).status is Status.APPROVED


def test_an_approval_stands_when_its_signer_leaves(shown: Tale) -> None:
    id = scenes.in_review(shown)
    shown.must(shown.fills(shown.cast.vera, "sign_open:approve", {"said": "Go."}))
    leaves(shown, shown.cast.vera)
    assert scenes.said(shown, id, "signer_left") == 0
    shown.must(shown.fills(shown.cast.kenji, "sign_open:approve", {"said": ""}))
    assert scenes.decision(shown, id).status is Status.APPROVED


def test_a_condition_of_somebody_who_left_does_not_block_for_ever(shown: Tale) -> None:
    id = scenes.in_review(shown)
    cast = shown.cast
    shown.must(shown.fills(cast.vera, "sign_open:not_yet", {"said": "Yes, if Legal has read it."}))
    leaves(shown, cast.vera)
    assert "has left this workspace" in scenes.last(cast.sam)
    shown.must(shown.fills(cast.sam, "climb_open", {"to": cast.omar}))
    for person in (cast.omar, cast.kenji):
        shown.must(shown.fills(person, "sign_open:approve", {"said": ""}))
    assert scenes.decision(shown, id).status is Status.APPROVED


def test_a_question_of_somebody_who_left_does_not_block_for_ever(shown: Tale) -> None:
    id = scenes.in_review(shown)
    cast = shown.cast
    shown.must(shown.fills(cast.vera, "question_open", {"text": "Has Legal read it?"}))
    leaves(shown, cast.vera)
    shown.must(shown.fills(cast.sam, "climb_open", {"to": cast.omar}))
    for person in (cast.omar, cast.kenji):
        shown.must(shown.fills(person, "sign_open:approve", {"said": ""}))
    if scenes.decision(shown, id).status is not Status.APPROVED:
        shown.taps(cast.omar, scenes.offer(shown.card(cast.omar, "resolve"), "resolve"))
    assert scenes.decision(shown, id).status is Status.APPROVED


# ── channels ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("end", ["archived", "deleted"])
def test_a_channel_that_ends_half_way_stops_nothing_and_is_said_once(shown: Tale, end: str) -> None:
    id = scenes.in_review(shown)
    cast, retail = shown.cast, shown.cast.retail
    shown.command(cast.sam, "digest on", retail)
    stage = shown.stage
    codes = ("is_archived", "channel_not_found", "message_not_found", "cant_update_message")
    stage.meant = {f"{m}: {code}" for m in ("chat.update", "chat.postMessage") for code in codes}
    retail.archive() if end == "archived" else retail.delete()
    stage.pump()
    shown.must(shown.fills(cast.vera, "sign_open:not_yet", {"said": "Yes, if Legal has read it."}))
    shown.must(shown.fills(cast.sam, "condition_open", {"how": "They have."}))
    for person in (cast.vera, cast.kenji):
        shown.must(shown.fills(person, "sign_open:approve", {"said": ""}))
    assert scenes.decision(shown, id).status is Status.APPROVED
    assert scenes.count(cast.sam, "I can't post in") == 1
    assert "Nothing else changes" in scenes.everything(cast.sam)


def test_a_channel_without_the_bot_is_said_once_with_how_to_invite_it(shown: Tale) -> None:
    cast = shown.cast
    private = shown.stage.ws.add_channel("quiet", members=[cast.sam], private=True, bot=False)
    codes = ("not_in_channel", "channel_not_found")
    shown.stage.meant = {f"{m}: {code}" for m in ("chat.postMessage", "chat.update") for code in codes}
    shown.command(cast.sam, "Move the warehouse", private)
    for act in ("answer:hours", "answer:none", "answer:person_day"):
        shown.taps(cast.sam, act)
    shown.taps(cast.sam, "deflect_form", fill={"metric": "Parcels a day"})
    shown.command(
        cast.sam, "Move the other warehouse", shown.stage.ws.add_channel("open", members=[cast.sam], bot=False)
    )
    assert scenes.count(cast.sam, "/invite") == 1
    assert "back with the team" in scenes.everything(cast.sam)


def test_a_deleted_card_comes_back_with_the_next_change(shown: Tale) -> None:
    id = scenes.in_review(shown)
    vera = shown.cast.vera
    card = shown.card(vera, "sign_open")
    shown.stage.meant = {"chat.update: message_not_found", "chat.delete: message_not_found"}
    shown.stage.bot.workspaces.client(shown.stage.ws.id).chat_delete(channel=card.channel, ts=card.ts)
    shown.stage.pump()
    shown.must(shown.fills(shown.cast.sam, "memo_open", {"decision": "Shorten it to 7 days from 1 December."}))
    assert scenes.count(vera, "sign_open") == 1
    shown.must(shown.fills(vera, "sign_open:approve", {"said": "Go."}))
    assert scenes.happened(shown, id, "sign") == 1


# ── two triages at once ─────────────────────────────────────────────────────────────────────────────────


def _first_card(t: Tale, name: str) -> Message:
    return next(m for m in reversed(t.cast.sam.sees()) if m.text.startswith(name))


def test_two_triages_at_once_do_not_mix(told: Tale) -> None:
    sam, stage = told.cast.sam, told.stage
    one, two = scenes.asks(told, title="Move the warehouse"), scenes.asks(told, title="Change the logo")
    sam.say("never", thread_ts=_first_card(told, "D-1").ts)
    stage.pump()
    sam.say("hours", thread_ts=_first_card(told, "D-2").ts)
    stage.pump()
    assert [str(scenes.decision(told, id).answers.undo) for id in (one, two)] == ["never", "hours"]
    sam.say("none")
    stage.pump()
    assert "Which decision is this for?" in scenes.last(sam)
    which = sam.latest()
    assert which is not None
    button = next(b["accessory"] for b in which.blocks if "accessory" in b and "Move" in json.dumps(b))
    assert scenes.post(told, sam, button["action_id"], button["value"], on=which)
    assert scenes.decision(told, one).answers.effects == frozenset()
    assert scenes.decision(told, two).answers.effects is None
    assert scenes.post(told, sam, button["action_id"], button["value"], on=which)
    assert "taken up already" in scenes.last(sam)
    assert scenes.decisions(told) == 2


def test_a_parked_message_becomes_a_decision_of_its_own_with_every_word(told: Tale) -> None:
    sam = told.cast.sam
    scenes.asks(told, title="Move the warehouse")
    scenes.asks(told, title="Change the logo")
    sam.say("Raise the price of shipping\nfrom 1 December")
    told.stage.pump()
    which = told.card(sam, "parked_new")
    clicks = [threading.Thread(target=sam.click, args=(which, "parked_new"), kwargs={"stale": True}) for _ in range(4)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    told.stage.pump()
    assert sam.alerts == []
    assert scenes.decisions(told) == 3
    assert "Raise the price of shipping from 1 December" in scenes.everything(sam)


@pytest.mark.parametrize(
    "text", ["Should we move the launch by two weeks?", "Hire three people for months of extra work", "Not now"]
)
def test_a_new_sentence_is_not_taken_for_the_answer_to_another_question(shown: Tale, text: str) -> None:
    id = scenes.asks(shown)
    shown.cast.sam.say(text)
    shown.stage.pump()
    assert scenes.decision(shown, id).answers.undo is None
    assert "Which decision is this for?" in scenes.last(shown.cast.sam)


@pytest.mark.parametrize(("text", "undo"), [("weeks", "weeks"), ("two weeks", "weeks"), ("Never.", "never")])
def test_a_plain_answer_outside_the_thread_is_taken(shown: Tale, text: str, undo: str) -> None:
    id = scenes.asks(shown)
    shown.cast.sam.say(text)
    shown.stage.pump()
    assert str(scenes.decision(shown, id).answers.undo) == undo


def test_words_that_are_no_answer_are_given_back_with_the_reason(shown: Tale) -> None:
    id = scenes.asks(shown, 4)
    sam = shown.cast.sam
    card = shown.card(sam, "answer_form")
    sam.say("a lot of money, I think", thread_ts=card.ts)
    shown.stage.pump()
    assert "please fill them in on the card above" in scenes.last(sam, thread=card.ts)
    assert "a lot of money, I think" in scenes.last(sam, thread=card.ts)
    assert scenes.decision(shown, id).answers.costs is None
