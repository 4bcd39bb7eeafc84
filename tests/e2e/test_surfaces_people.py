"""What people do to a decision besides answering: snooze, privacy, export, readers, two windows, a changed answer."""

import json
from datetime import timedelta

import pytest

from app.domain.lifecycle import Status
from app.workflows import memo
from demo.stories import Telling
from sandbox import Message
from tests.e2e import scenes
from tests.e2e.scenes import DECISION


def status_of(t: Telling, id: int) -> Status:
    return scenes.decision(t, id).status


def status_line(t: Telling) -> Message:
    """The bot's one line in #retail."""
    lines = [m for m in t.cast.retail.messages if m.user == t.stage.ws.bot_user_id]
    assert len(lines) == 1, "one line, edited in place"
    return lines[0]


# ── left in peace ───────────────────────────────────────────────────────────────────────────────────────


def test_a_snooze_defers_the_reminder_and_does_not_swallow_it(told: Telling) -> None:
    vera = told.cast.vera
    scenes.in_review(told)
    told.stage.travel(told.at(2, 17))
    assert scenes.count(vera, "Half of the time is left") == 1
    vera.click(told.card(vera, "snooze"), "snooze", "tomorrow")
    told.stage.pump()
    assert "Nothing about this one reminds you before Thu 5 Nov." in scenes.everything(vera)
    told.stage.travel(told.at(3, 23))
    reminders = scenes.count(vera, "One working day is left")
    assert reminders == 1, "the snooze ended this morning, so the reminder of today came"


def test_a_snooze_over_several_reminders_brings_the_latest_alone(shown: Telling) -> None:
    cast = shown.cast
    scenes.in_review(shown)
    shown.stage.travel(shown.at(2, 17))
    cast.vera.click(shown.card(cast.vera, "snooze"), "snooze", "in 3 days")
    shown.stage.travel(shown.at(6, 23))
    before = len(cast.vera.sees())
    assert scenes.count(cast.sam, "did not answer by the date you set") == 0, "that is for his own working hours"
    shown.stage.travel(shown.at(7, 12))
    said = [scenes.text(m) for m in cast.vera.sees()[before:]]
    assert len(said) == 1
    assert "The date for your answer passed" in said[0]
    assert "One working day is left" not in scenes.everything(cast.vera), "that was no longer true on Monday"


# ── who may know ────────────────────────────────────────────────────────────────────────────────────────


def test_private_takes_the_words_out_of_the_channel_and_public_brings_them_back(told: Telling) -> None:
    cast = told.cast
    id = scenes.in_review(told)
    assert DECISION in scenes.text(status_line(told))
    private(told, id, True)
    line = scenes.text(status_line(told))
    assert DECISION not in line
    assert "is private" in line
    told.must(told.fills(cast.vera, "sign_open:decline", {"said": "Too early."}))
    assert "Too early" not in scenes.everything(cast.nia, cast.retail)
    assert "declin" not in scenes.text(status_line(told)).lower(), "not even where it stands"
    told.command(cast.nia, "list", cast.retail)
    assert DECISION not in scenes.last(cast.nia, cast.retail)
    told.command(cast.nia, "D-1", cast.retail)
    assert "can't find D-1" in scenes.last(cast.nia, cast.retail), "its existence is not told"
    private(told, id, False)
    assert DECISION in scenes.text(status_line(told))


def private(t: Telling, id: int, on: bool) -> None:
    value = json.dumps({"d": id, "on": on})
    assert scenes.post(t, t.cast.sam, "private", value)


def test_the_card_in_triage_offers_to_keep_it_private(shown: Telling) -> None:
    sam = shown.cast.sam
    scenes.asks(shown, 1)
    shown.taps(sam, "private")
    assert scenes.decision(shown, scenes.the_one(shown)).private
    shown.taps(sam, "private")
    assert not scenes.decision(shown, scenes.the_one(shown)).private, "and back"


def test_an_export_comes_once_as_a_file_that_holds_the_whole_record(shown: Telling) -> None:
    sam = shown.cast.sam
    id = approved(shown)
    card = shown.card(sam, "export")
    shown.taps(sam, "export", on=card)
    shown.taps(sam, "export", on=card)
    files = [file for message in sam.sees() for file in message.files]
    assert [file["name"] for file in files] == ["D-1.md"], "a double click asks for one"
    content = file_text(shown, files[0])
    for words in (DECISION, "Shorten the return window", "Contacts rose by 12%", "Vera", "Kenji", "approved"):
        assert words in content, words
    shown.stage.travel(timedelta(minutes=1))
    shown.taps(sam, "export", on=card)
    assert len([file for message in sam.sees() for file in message.files]) == 2
    assert scenes.happened(shown, id, "approve") == 1


def file_text(t: Telling, file: dict[str, object]) -> str:
    with t.stage.slack.world.locked():
        stored = t.stage.slack.world.uploads[str(file["id"])]
        assert stored.content is not None
        return stored.content.decode()


def approved(t: Telling) -> int:
    id = scenes.in_review(t)
    t.must(t.fills(t.cast.vera, "sign_open:approve", {"said": "Go."}))
    t.must(t.fills(t.cast.kenji, "sign_open:approve", {}))
    assert status_of(t, id) is Status.APPROVED
    return id


def test_a_reader_opens_the_memo_and_answers_a_question_but_signs_nothing(shown: Telling) -> None:
    cast = shown.cast
    scenes.in_review(shown)
    shown.must(shown.fills(cast.sam, "reader_open", {"to": cast.nia}))
    assert "You read along" in scenes.last(cast.nia)
    shown.taps(cast.nia, "memo_read")
    assert cast.nia.modal is not None
    assert "A public promise" in json.dumps(cast.nia.modal.body)
    cast.nia.close_modal()
    assert "sign_open" not in scenes.everything(cast.nia)
    shown.must(shown.fills(cast.vera, "question_open", {"text": "How many customers?"}))
    shown.command(cast.nia, "D-1", cast.retail)
    card = shown.looks(cast.nia)
    shown.must(shown.fills(cast.nia, scenes.offer(card, "reply_open"), {"text": "1,840 on 1 November."}, on=card))
    assert scenes.count(cast.vera, "answered your question") == 1
    assert scenes.count(cast.omar, "D-1") == 0


# ── two windows, a changed mind ─────────────────────────────────────────────────────────────────────────


def test_two_windows_lose_no_text(told: Telling) -> None:
    sam = told.cast.sam
    id = scenes.drafting(told)
    told.taps(sam, "memo_open")
    other = scenes.memo(told, data="Contacts rose by 14%. Source: the dashboard")  # from the telephone
    scenes.does(told, lambda s: bool(memo.save(s, id, other, 1, scenes.actor(told, sam), told.stage.clock.now())))
    assert scenes.decision(told, id).memo_version == 2
    done = sam.submit({"data": "Contacts rose by 16%. Source: my own count"})
    told.must(done)
    assert sam.modal is not None
    assert "saved version 2 while you were writing" in json.dumps(sam.modal.body)
    assert "16%" in json.dumps(sam.modal.body), "what was typed is still there"
    assert "Sam saved" in json.dumps(sam.modal.body), "a form shows names, not ids"
    told.must(sam.submit({}))
    told.stage.pump()
    d = scenes.decision(told, id)
    assert d.memo_version == 3
    assert d.memo is not None
    assert "16%" in d.memo.data
    assert [m.memo.data[:22] for m in d.memos[1:]] == ["Contacts rose by 14%. ", "Contacts rose by 16%. "]


@pytest.mark.parametrize("at", ["verdict", "drafting"])
def test_an_answer_is_changed_after_the_verdict(shown: Telling, at: str) -> None:
    sam = shown.cast.sam
    id = scenes.one_way(shown) if at == "verdict" else scenes.drafting(shown)
    card = shown.card(sam, "change")
    sam.click(card, "change", option(card, "undo"))
    shown.stage.pump()
    assert status_of(shown, id) is Status.TRIAGE
    assert scenes.decision(shown, id).verdict is None
    assert "Question 1" in scenes.text(shown.card(sam, "answer"))
    shown.taps(sam, "answer:never")
    d = scenes.decision(shown, id)
    assert d.verdict is not None
    assert d.verdict.door == "one_way"
    if at == "drafting":
        assert d.memo is not None
        assert d.memo_version == 1, "the memo that was written is kept"
    shown.must(shown.fills(sam, "memo_open", {"data": "Contacts rose by 12%. Source: the dashboard"}))
    assert status_of(shown, id) is Status.DRAFTING


def option(message: Message, question: str) -> str:
    """The label under which a question stands in the select of a card."""
    for block in message.blocks:
        for element in block.get("elements", []):
            for one in element.get("options", []):
                if f'"q":"{question}"' in one["value"]:
                    return str(one["text"]["text"])
    raise AssertionError(f"no {question} to change on {scenes.text(message)[:300]}")


def test_signers_who_were_asked_close_the_way_back(shown: Telling) -> None:
    sam = shown.cast.sam
    id = scenes.in_review(shown)
    assert all("change" not in str(m.blocks) for m in sam.sees())
    assert scenes.post(shown, sam, "change", json.dumps({"d": id, "q": "undo"}))
    assert status_of(shown, id) is Status.IN_REVIEW
    assert ":warning:" in scenes.last(sam)


def test_dropped_after_approval_the_record_says_why_and_nobody_is_asked_again(shown: Telling) -> None:
    cast = shown.cast
    id = approved(shown)
    shown.must(shown.fills(cast.sam, "drop_open", {"why": "The market moved before we did."}))
    assert status_of(shown, id) is Status.WITHDRAWN
    card = scenes.everything(cast.sam)
    assert "dropped it before it shipped" in card
    assert "The market moved" in card
    shown.stage.travel(timedelta(days=60))
    assert scenes.count(cast.sam, "Has it shipped?") == 0
    assert scenes.count(cast.sam, "how did it turn out?") == 0
