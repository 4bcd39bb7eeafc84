"""Signing, beyond a plain yes: questions, delegates, a no that is committed to, a door that opens after all."""

from datetime import timedelta

from app.domain.lifecycle import Status
from demo.stories import Telling
from sandbox import Person
from tests.e2e import scenes
from tests.stories.seen import keys_sent


def status_of(t: Telling, id: int) -> Status:
    return scenes.decision(t, id).status


def says(t: Telling, person: Person, answer: str, words: str = "Go.") -> None:
    t.must(t.fills(person, f"sign_open:{answer}", {"said": words}))


def test_a_question_blocks_approval_until_the_one_who_asked_calls_it_resolved(told: Telling) -> None:
    cast = told.cast
    id = scenes.in_review(told)
    told.must(told.fills(cast.vera, "question_open", {"text": "How many customers is that?"}))
    assert "asks you a question" in scenes.last(cast.sam)
    assert "You answer an open question" in scenes.everything(cast.sam)
    says(told, cast.vera, "approve")
    says(told, cast.kenji, "approve")
    assert status_of(told, id) is Status.IN_REVIEW, "everybody signed, and the question is open"
    notice = told.card(cast.sam, "reply_open")
    told.must(told.fills(cast.sam, scenes.offer(notice, "reply_open"), {"text": "1,840 on 1 November."}, on=notice))
    assert f"<@{cast.vera.id}> says whether that resolves it" in scenes.everything(cast.sam)
    notice = told.looks(cast.vera)
    assert "answered your question" in scenes.text(notice)
    told.taps(cast.vera, scenes.offer(notice, "resolve"), on=notice)
    assert status_of(told, id) is Status.APPROVED
    assert set(keys_sent(told).values()) == {1}


def test_a_signer_hands_over_and_stays_on_the_record(told: Telling) -> None:
    cast = told.cast
    id = scenes.in_review(told)
    told.must(told.fills(cast.vera, "hand_over_open", {"to": cast.omar}))
    assert "handed over to" in scenes.last(cast.sam)
    assert "You handed this over to" in scenes.everything(cast.vera)
    assert "sign_open" not in scenes.everything(cast.vera)
    assert f"for <@{cast.vera.id}>" in scenes.last(cast.omar)
    says(told, cast.omar, "approve")
    says(told, cast.kenji, "approve")
    d = scenes.decision(told, id)
    assert d.status is Status.APPROVED
    assert [(s.user_id, s.handed_over, s.delegate_of) for s in d.signers if s.rung] == [
        (cast.vera.id, True, None),
        (cast.omar.id, False, cast.vera.id),
    ]


def test_a_no_is_disagreed_with_committed_to_and_looked_at_again(shown: Telling) -> None:
    cast = shown.cast
    id = scenes.in_review(shown)
    says(shown, cast.vera, "decline", "The data covers one region only.")
    assert status_of(shown, id) is Status.DECLINED
    assert "Nothing is asked of you any more" in scenes.everything(cast.kenji)
    shown.must(shown.fills(cast.sam, "revisit_open", {"on": shown.day(28).isoformat()}))
    shown.stage.travel(shown.at(28, 12))
    assert scenes.count(cast.sam, "You set this day to look again") == 1
    looked: dict[str, object] = {"happened": "Contacts rose by 20%.", "right": "no", "learned": "Ask two regions."}
    shown.must(shown.fills(cast.sam, "look_open", looked))
    assert [one.look.look for one in scenes.decision(shown, id).looks] == ["revisit"]
    assert "Looked at again" in scenes.everything(cast.sam)


def test_a_signer_who_calls_it_two_way_gives_it_back(shown: Telling) -> None:
    cast = shown.cast
    id = scenes.in_review(shown)
    says(shown, cast.vera, "two_way", "Try it on new customers for a month.")
    d = scenes.decision(shown, id)
    assert (d.status, d.door, d.owner_id) == (Status.DEFLECTED, "two_way", cast.sam.id)
    assert "so you decide" in scenes.everything(cast.sam)
    assert "went back to the team" in scenes.everything(cast.kenji)
    shown.stage.travel(timedelta(days=15))
    assert scenes.count(cast.sam, "Learning check: was it right") == 1
    assert scenes.count(cast.kenji, "time is left") == 0


def test_withdrawn_is_told_once_to_those_who_were_asked(shown: Telling) -> None:
    cast = shown.cast
    id = scenes.in_review(shown)
    says(shown, cast.kenji, "approve")
    shown.must(shown.fills(cast.sam, "withdraw_open", {"why": "The supplier kept the old price."}))
    assert status_of(shown, id) is Status.WITHDRAWN
    assert scenes.count(cast.vera, "withdrew this") == 1
    assert scenes.count(cast.kenji, "withdrew this") == 0, "nobody waits for his answer"
    shown.stage.travel(timedelta(days=9))
    assert scenes.count(cast.vera, "left") == 0


def test_a_memo_changed_after_a_signature_asks_that_signer_again(told: Telling) -> None:
    cast = told.cast
    id = scenes.in_review(told)
    says(told, cast.vera, "approve")
    told.must(told.fills(cast.sam, "memo_open", {"data": "Contacts rose by 14%. Source: the dashboard"}))
    assert scenes.count(cast.vera, "You are asked again") == 1
    assert scenes.count(cast.kenji, "You are asked again") == 0, "he has not answered yet"
    says(told, cast.kenji, "approve")
    assert status_of(told, id) is Status.IN_REVIEW, "her answer was to another memo"
    says(told, cast.vera, "approve")
    assert status_of(told, id) is Status.APPROVED
    assert [s.answered_version for s in scenes.decision(told, id).signers] == [2, 2]


def test_a_condition_is_met_and_its_signer_is_asked_again(shown: Telling) -> None:
    cast = shown.cast
    id = scenes.in_review(shown)
    says(shown, cast.vera, "not_yet", "Yes, if Legal has read it.")
    assert status_of(shown, id) is Status.NOT_YET
    assert "You meet the condition" in scenes.everything(cast.sam)
    shown.must(shown.fills(cast.sam, "condition_open", {"how": "Legal approved the wording."}))
    assert scenes.count(cast.vera, "says your condition is met") == 1
    assert status_of(shown, id) is Status.IN_REVIEW
