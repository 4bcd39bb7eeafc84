"""Question 7: a result belongs to a person, and a person to a result."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.db import queries
from app.domain.answers import Answers, Attempt, Result
from app.domain.ladder import Rung
from app.domain.triage.below import Advice
from app.domain.triage.questions import Question
from app.slack.exports import markdown
from app.slack.forms import FORMS, Asker, Fields
from app.workflows import memo
from app.workflows.signing import deciding_below
from app.workflows.signing import sending as signing_sending
from app.workflows.triage import answering, verdicts
from demo.stories import Telling
from tests.e2e import scenes


@pytest.mark.parametrize(
    ("who", "result", "sentence"),
    [
        (None, "cannot_decide", "Choose who was asked as peer."),
        (None, "no_answer", "Choose who was asked as peer."),
        ("sam", "disagree", "Name somebody else: you can't have asked yourself."),
        ("priya", "not_asked", "What did the peer say? Choose the result below their name."),
    ],
)
def test_a_rung_counts_as_asked_with_a_person_and_what_they_said(
    shown: Telling, who: str | None, result: str, sentence: str
) -> None:
    sam = shown.cast.sam
    id = scenes.asks(shown, 5)
    person = {"who_peer": getattr(shown.cast, who)} if who else {}
    shown.taps(sam, "answer_form", fill={**person, "result_peer": result})
    assert sentence in scenes.last(sam)
    assert scenes.decision(shown, id).answers.tried is None
    shown.taps(sam, "answer_form", fill={"who_peer": shown.cast.priya, "result_peer": "cannot_decide"})
    tried = scenes.decision(shown, id).answers.tried
    assert tried
    assert tried[0].who == shown.cast.priya.id


def test_the_reason_of_the_rung_below_reaches_whoever_signs_and_stays_on_the_record(shown: Telling) -> None:
    sam, vera = shown.cast.sam, shown.cast.vera
    id, below = scenes.asks(shown, 5), scenes.actor(shown, shown.cast.marco)
    why = "The carrier's contract says 60 days."

    def work(session: Session) -> None:
        who, now = scenes.actor(shown, sam), shown.stage.clock.now()
        answering.answer(session, id, Question.TRIED, (Attempt(Rung.MANAGER, Result.NOT_ASKED),), who, now)
        verdicts.ask_below(session, id, below.user, "Can you decide this?", who, now)
        deciding_below.advise_below(session, id, Advice.CANNOT_DECIDE, why, below, now)
        verdicts.start_memo(session, id, who, now)
        memo.save(session, id, scenes.memo(shown), 0, who, now)
        sending = signing_sending.Sending(vera.id, shown.cast.kenji.id, date(2026, 11, 6))
        signing_sending.send(session, id, sending, who, now)

    scenes.does(shown, work)
    assert why in scenes.text(shown.card(vera, "sign_open"))
    shown.taps(vera, "memo_read")
    page = shown.stage.slack.wait_for(lambda: vera.modal, what="the memo")
    assert why in str(page)
    with shown.stage.bot.db.read() as session:
        d = queries.decision(session, shown.stage.ws.id, id)
        assert d is not None
        exported = markdown(session, d, shown.stage.clock.now())
    assert f"Marco: can't decide it. {why}" in exported.replace("\\", "")


def test_a_reason_given_to_the_bot_stays_while_the_same_answer_stands_and_goes_with_it() -> None:
    told = Attempt(Rung.PEER, Result.CANNOT_DECIDE, "U1", said="It touches three other teams.")

    def again(who: str, result: str) -> str:
        chosen = {
            "who_peer": {"value": {"type": "users_select", "selected_user": who}},
            "result_peer": {"value": {"type": "static_select", "selected_option": {"value": result}}},
        }
        read = FORMS[Question.TRIED](Fields.of({"values": chosen}), Asker(date(2026, 11, 23), Answers(tried=(told,))))
        return str(read[0].said)

    assert again("U1", "cannot_decide") == told.said
    assert again("U1", "disagree") == ""
    assert again("U2", "cannot_decide") == ""
