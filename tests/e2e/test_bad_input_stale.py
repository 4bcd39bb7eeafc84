"""Too late or twice: expired triggers, forms that outlived their decision, double clicks, repeated deliveries."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.domain.lifecycle import Status
from app.domain.signing.signoff import Answer
from app.workflows.people import ladders
from app.workflows.signing import signoffs
from sandbox import Message, Person
from tests.e2e import scenes
from tests.e2e.house import Tale
from tests.e2e.scenes import actor, does


def test_a_trigger_that_came_too_late_says_press_it_again(shown: Tale) -> None:
    id = scenes.in_review(shown)
    vera = shown.cast.vera
    card = shown.card(vera, "sign_open")
    shown.stage.meant = {"views.open: expired_trigger_id"}
    value = json.dumps({"a": "approve", "d": id, "v": 1})
    assert scenes.post(shown, vera, "sign_open:approve", value, on=card, late=True)
    assert vera.modal is None
    assert "Please press it again" in scenes.last(vera)
    shown.must(shown.fills(vera, "sign_open:approve", {"said": "Go."}, on=card))
    assert scenes.happened(shown, id, "sign") == 1


def test_a_form_that_outlived_its_decision_keeps_the_words_and_says_what_became_of_it(told: Tale) -> None:
    id = scenes.in_review(told)
    vera, sam = told.cast.vera, told.cast.sam
    told.taps(vera, "sign_open:not_yet")
    told.taps(sam, "memo_open")
    does(told, lambda s: bool(signoffs.withdraw(s, id, "No longer needed.", actor(told, sam), told.stage.clock.now())))
    done = vera.submit({"said": "Yes, if Legal has read it."})
    assert "withdrawn" in done.errors["said"]
    assert vera.modal is not None
    assert "Yes, if Legal has read it." in str(vera.modal.filled)
    saved = sam.submit({"decision": "Something else by now."})
    assert "Copy your text" in str(saved.errors)
    assert scenes.happened(told, id, "sign") == 0
    assert scenes.decision(told, id).memo_version == 1


def test_an_answer_to_a_memo_that_changed_meanwhile_is_not_taken_for_the_new_one(shown: Tale) -> None:
    id = scenes.in_review(shown)
    vera = shown.cast.vera
    shown.taps(vera, "sign_open:approve")
    shown.must(shown.fills(shown.cast.sam, "memo_open", {"decision": "Shorten it to 7 days from 1 December."}))
    done = vera.submit({"said": "Go."})
    assert "version 2" in done.errors["said"]
    assert scenes.happened(shown, id, "sign") == 0


def test_two_windows_on_one_memo_lose_no_word(shown: Tale) -> None:
    """The second save is shown again on top of the first."""
    id = scenes.drafting(shown)
    sam = shown.cast.sam
    shown.taps(sam, "memo_open")
    assert sam.modal is not None
    opened = sam.modal.body["private_metadata"]
    shown.must(sam.submit({"data": "12% more contacts (dashboard, November)."}))
    late = scenes.typed(decision="Shorten it.", data="13% more contacts (dashboard, November).")
    body = scenes.submit(shown, sam, "memo", opened, late)
    assert body["response_action"] == "update"
    assert "13% more contacts" in str(body["view"])
    assert "while you were writing" in str(body["view"])
    assert scenes.decision(shown, id).memo_version == 2
    scenes.submit(shown, sam, "memo", body["view"]["private_metadata"], late)
    memo = scenes.decision(shown, id).memo
    assert memo is not None
    assert memo.data.startswith("13%")
    assert scenes.decision(shown, id).memo_version == 3


# ── twice on the same rendered message ──────────────────────────────────────────────────────────────────


def twice(t: Tale, person: Person, what: str, fill: dict[str, object] | None = None) -> Message:
    """Two clicks without looking in between."""
    card = t.card(person, what)
    name = scenes.offer(card, what)
    for _ in range(2):
        assert person.click(card, name, fill=fill, stale=True).acked
    t.stage.pump()
    return card


def _answers(t: Tale) -> None:
    id = scenes.asks(t)
    twice(t, t.cast.sam, "answer:months")
    assert str(scenes.decision(t, id).answers.undo) == "months"
    assert "could you not take back" in scenes.last(t.cast.sam)


def _forms(t: Tale) -> None:
    id = scenes.asks(t, 5)
    peer = {"who_peer": t.cast.priya, "result_peer": "cannot_decide"}
    manager = {"who_manager": t.cast.marco, "result_manager": "cannot_decide"}
    twice(t, t.cast.sam, "answer_form", {**peer, **manager})
    assert scenes.happened(t, id, "verdict") <= 2
    assert scenes.decision(t, id).verdict is not None
    assert scenes.count(t.cast.sam, "memo_open") == 1


def _hold(t: Tale) -> None:
    id = scenes.asks(t, 5)
    twice(t, t.cast.sam, "answer_form", {"result_peer": "not_asked", "result_manager": "not_asked"})
    assert scenes.decision(t, id).status is Status.HELD
    assert scenes.happened(t, id, "hold") == 1


def _deflects(t: Tale) -> None:
    id = scenes.two_way(t)
    twice(t, t.cast.sam, "deflect_form", {"metric": "Baskets a visit"})
    assert scenes.happened(t, id, "deflect") == 1
    assert scenes.count(t.cast.sam, "Learning check") == 1


def _writes(t: Tale) -> None:
    id = scenes.one_way(t)
    twice(t, t.cast.sam, "memo_open")
    assert scenes.happened(t, id, "draft") == 1
    assert t.cast.sam.modal is not None


def _private(t: Tale) -> None:
    id = scenes.asks(t)
    twice(t, t.cast.sam, "private")
    assert scenes.decision(t, id).private


DOUBLE: dict[str, Callable[[Tale], None]] = {
    "a one-tap answer": _answers,
    "the last form": _forms,
    "a form that holds it": _hold,
    "handing it back": _deflects,
    "starting the memo": _writes,
    "private": _private,
}


@pytest.mark.parametrize("what", DOUBLE)
def test_a_double_click_in_triage_does_it_once(shown: Tale, what: str) -> None:
    DOUBLE[what](shown)


def test_a_double_click_on_a_way_on_asks_one_more_person_not_two(told: Tale) -> None:
    cast, now = told.cast, told.stage.clock.now()
    two = {"vp": [cast.vera.id, cast.omar.id]}
    does(told, lambda s: ladders.seat(s, "", two, actor(told, cast.dana), now))
    id = scenes.in_review(told)
    told.stage.travel(timedelta(days=8))
    nobody = json.dumps({"d": id, "old": cast.vera.id, "to": "", "rung": "vp"})
    assert scenes.post(told, cast.sam, "climb", nobody)
    assert "Choose somebody" in scenes.last(cast.sam)
    twice(told, told.cast.sam, "climb")
    asked = [s for s in scenes.decision(told, id).signers if not s.handed_over]
    assert len(asked) == 2
    assert scenes.happened(told, id, "climb") == 1
    assert scenes.said(told, id, "replaced") == 1


def test_a_double_click_on_resolved_and_on_shipped_counts_once(told: Tale) -> None:
    id = scenes.in_review(told)
    sam, vera, kenji = told.cast.sam, told.cast.vera, told.cast.kenji
    told.must(told.fills(vera, "question_open", {"text": "Has Legal read it?"}))
    told.must(told.fills(vera, "sign_open:approve", {"said": ""}))
    told.must(told.fills(kenji, "sign_open:approve", {"said": ""}))
    assert scenes.decision(told, id).status is Status.IN_REVIEW
    twice(told, vera, "resolve")
    assert scenes.decision(told, id).status is Status.APPROVED
    assert scenes.happened(told, id, "approve") == 1
    assert scenes.said(told, id, "approved") == 1
    told.stage.travel(timedelta(days=15))
    due = told.card(sam, "not_shipped")
    for _ in range(2):
        assert sam.click(due, "not_shipped", stale=True).acked
    told.stage.pump()
    told.stage.travel(timedelta(days=14))
    assert scenes.said(told, id, "ask_shipped") == 2


def test_a_double_click_on_export_sends_one_file(shown: Tale) -> None:
    scenes.drafting(shown)
    scenes_before = len(shown.stage.slack.requests("files.completeUploadExternal"))
    card = shown.card(shown.cast.sam, "memo_open")
    value = f'{{"d":{scenes.value_of(card, "memo_open")["d"]}}}'
    desk_click(shown, shown.cast.sam, "export", value, card)
    assert len(shown.stage.slack.requests("files.completeUploadExternal")) == scenes_before + 1


def desk_click(t: Tale, person: Person, action: str, value: str, on: Message) -> None:
    """Two made-up clicks, and only then what follows."""
    pump = t.stage.pump
    vars(t.stage)["pump"] = lambda: None
    try:
        assert scenes.post(t, person, action, value, on=on)
        assert scenes.post(t, person, action, value, on=on)
    finally:
        del vars(t.stage)["pump"]
    pump()


def test_a_double_click_on_the_assistant_asks_it_once(shown: Tale) -> None:
    id = scenes.drafting(shown)
    card = shown.card(shown.cast.sam, "memo_open")
    desk_click(shown, shown.cast.sam, "assist", json.dumps({"d": id}), card)
    assert scenes.happened(shown, id, "ask_assistant") == 1
    assert scenes.said(shown, id, "assistant_away") == 1


def test_two_submissions_of_one_form_sign_once(told: Tale) -> None:
    id = scenes.in_review(told)
    vera = told.cast.vera
    told.taps(vera, "sign_open:approve")
    assert vera.modal is not None
    opened = vera.modal.body["private_metadata"]
    told.must(vera.submit({"said": "Go."}))
    again = scenes.submit(told, vera, "sign", opened, scenes.typed(said="Go, go."))
    assert "You answered this version already: approved" in str(again["errors"])
    assert scenes.happened(told, id, "sign") == 1
    signer = next(s for s in scenes.decision(told, id).signers if s.user_id == vera.id)
    assert (signer.answer, signer.said) == (Answer.APPROVE, "Go.")


# ── the same delivery, more than once ───────────────────────────────────────────────────────────────────


def test_a_message_that_slack_delivers_three_times_starts_one_triage(told: Tale) -> None:
    sam, faults = told.cast.sam, told.stage.slack.faults
    faults.add("lose_ack", event="message.im")
    sam.say("Move the warehouse to Rotterdam")
    told.stage.slack.wait_for(lambda: len(_deliveries(told, "message.im")) >= 2, what="the second delivery")
    told.stage.pump()
    faults.add("duplicate", event="message.im")
    sam.say("weeks", thread_ts=None)
    told.stage.pump()
    assert scenes.decisions(told) == 1
    assert scenes.happened(told, scenes.the_one(told), "answer") == 1
    assert scenes.count(sam, "Rotterdam") == 2  # her own words, and the card
    assert scenes.count(sam, "Question 2") == 1


def _deliveries(t: Tale, name: str) -> list[Any]:
    seen = t.stage.slack.deliveries("events_api")
    return [d for d in seen if d.name == name and d.payload["event"].get("user") == t.cast.sam.id]


def test_a_command_a_click_and_a_form_delivered_twice_count_once(told: Tale) -> None:
    sam, faults = told.cast.sam, told.stage.slack.faults
    faults.add("duplicate", event="slash_commands")
    told.command(sam, "Move the warehouse to Rotterdam", told.cast.retail)
    assert scenes.decisions(told) == 1
    faults.add("duplicate", event="interactive")
    told.taps(sam, "answer:months")
    assert scenes.happened(told, scenes.the_one(told), "answer") == 1
    told.taps(sam, "withdraw_open")
    faults.add("duplicate", event="interactive")
    told.must(sam.submit({"why": "Not needed."}))
    told.stage.pump()
    assert scenes.happened(told, scenes.the_one(told), "withdraw") == 1
    assert sam.alerts == []
