"""A notice that was answered stops asking: one line in its place, no button, and no new message."""

from datetime import timedelta

import pytest

from demo.stories import Telling
from sandbox import Message, Person
from tests.e2e import scenes
from tests.e2e.test_follow_ups import approved


def asking(person: Person, words: str) -> Message:
    """The newest message that says so, with something to click."""
    return next(m for m in reversed(person.sees()) if words in scenes.text(m) and "action_id" in str(m.blocks))


def now(person: Person, message: Message) -> str:
    """What the same message says by now; it has no button any more."""
    found = next(m for m in person.sees() if m.ts == message.ts)
    assert "action_id" not in str(found.blocks)
    return scenes.text(found)


def test_a_question_that_was_answered_no_longer_asks(told: Telling) -> None:
    sam, vera = told.cast.sam, told.cast.vera
    scenes.in_review(told)
    told.must(told.fills(vera, "question_open", {"text": "What happens to gifts?"}))
    notice = asking(sam, "asks you a question")
    before = len(sam.sees())
    told.must(told.fills(sam, "reply_open", {"text": "They keep 30 days."}))
    assert "Answered on Mon 2 Nov, by you." in now(sam, notice)
    assert len(sam.sees()) == before
    asked_her = asking(vera, "answered your question")
    told.taps(vera, "resolve", on=asked_her)
    assert "Resolved on Mon 2 Nov." in now(vera, asked_her)


def test_two_questions_stand_side_by_side_until_each_is_answered(shown: Telling) -> None:
    sam = shown.cast.sam
    scenes.in_review(shown)
    for person, words in ((shown.cast.vera, "What of gifts?"), (shown.cast.kenji, "What of members?")):
        shown.must(shown.fills(person, "question_open", {"text": words}))
    first, second = asking(sam, "What of gifts?"), asking(sam, "What of members?")
    shown.must(shown.fills(sam, "reply_open", {"text": "They keep 30 days."}, on=second))
    assert "Answered" in now(sam, second)
    assert asking(sam, "*<@").ts, "the other one still asks"
    assert "What of gifts?" in scenes.text(next(m for m in sam.sees() if m.ts == first.ts))


def test_approved_and_has_it_shipped_say_what_came_of_it(shown: Telling) -> None:
    sam = shown.cast.sam
    approved(shown)
    told_so = asking(sam, "tell me when it shipped")
    shown.stage.travel(shown.at(15, 12))
    first = asking(sam, "Has it shipped?")
    shown.stage.travel(timedelta(hours=1))
    shown.taps(sam, "not_shipped", on=first)
    assert "Not yet: I ask again." in now(sam, first)
    shown.stage.travel(shown.at(32, 12))
    second = asking(sam, "Has it shipped?")
    shown.must(shown.fills(sam, "shipped_open", {"on": shown.day(16).isoformat()}))
    for message in (told_so, second):
        assert "It shipped on" in now(sam, message)


def test_what_is_asked_again_stands_once(shown: Telling) -> None:
    sam = shown.cast.sam
    approved(shown)
    shown.must(shown.fills(sam, "shipped_open", {"on": shown.day(0).isoformat()}))
    shown.stage.travel(shown.at(29, 12))
    first = asking(sam, "how did it turn out?")
    shown.stage.travel(shown.at(36, 12))
    assert "Asked again below." in now(sam, first)
    second = asking(sam, "how did it turn out?")
    assert second.ts != first.ts
    shown.must(shown.fills(sam, "look_open", {"happened": "+2%.", "right": "yes", "learned": "Pilot."}, on=second))
    assert "Done: you wrote the review on" in now(sam, second)


@pytest.mark.parametrize("restart", [False, True])
def test_a_reminder_is_settled_by_the_answer_and_by_the_end(told: Telling, restart: bool) -> None:
    vera, kenji = told.cast.vera, told.cast.kenji
    scenes.in_review(told)
    told.stage.travel(told.at(3, 12))
    hers, his = asking(vera, "is left"), asking(kenji, "is left")
    if restart:
        told.stage.restart()
    told.must(told.fills(vera, "sign_open:approve", {"said": "Go."}))
    assert "Done: you approved on Thu 5 Nov." in now(vera, hers)
    assert asking(kenji, "is left").ts == his.ts, "he is still asked"
    told.must(told.fills(told.cast.sam, "withdraw_open", {"why": "Another way was found."}))
    assert "This decision was withdrawn on" in now(kenji, his)


def test_an_expired_triage_leaves_no_reminder_that_asks(shown: Telling) -> None:
    sam = shown.cast.sam
    scenes.asks(shown, 1)
    shown.stage.travel(timedelta(days=3))
    notice = asking(sam, "This waits for you where you left it")
    shown.stage.travel(timedelta(days=33))
    assert "This decision expired on" in now(sam, notice)


def test_a_notice_that_was_deleted_meanwhile_breaks_nothing(shown: Telling) -> None:
    sam = shown.cast.sam
    id = scenes.in_review(shown)
    shown.must(shown.fills(shown.cast.vera, "question_open", {"text": "What of gifts?"}))
    notice = asking(sam, "asks you a question")
    shown.stage.bot.workspaces.client(shown.stage.ws.id).chat_delete(channel=notice.channel, ts=notice.ts)
    vars(shown.stage)["meant"] = {"chat.update: message_not_found"}
    answer = f"reply_open:{scenes.decision(shown, id).questions[0].id}"
    for words in ("They keep 30 days.", "And a voucher."):
        shown.must(shown.fills(sam, answer, {"text": words}))
    assert len([r for r in shown.stage.slack.requests("chat.update") if r.args.get("ts") == notice.ts]) == 1, (
        "forgotten"
    )
    assert "And a voucher." in scenes.everything(shown.cast.vera)
