"""Every modal: Slack takes it whatever was typed, it packs what its listener reads, and it says what follows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings

from app.db.models import Decision, DigestPlan
from app.domain.answers import Attempt, Result
from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import Look
from app.domain.memo.parts import Memo, Prediction
from app.domain.policy.policy import SHIPPED_POLICY as POLICY
from app.domain.signing.signoff import Answer
from app.domain.triage.below import Advice
from app.domain.triage.verdict import verdict
from app.slack.ids import Modal, unpack
from app.slack.views.modals.digests import digest_modal
from app.slack.views.modals.looking_back import drop_modal, look_modal, revisit_modal, shipped_modal
from app.slack.views.modals.memo import memo_modal
from app.slack.views.modals.memo_page import memo_page_modal
from app.slack.views.modals.people import ladder_modal, reader_modal
from app.slack.views.modals.sending import send_modal
from app.slack.views.modals.sentence import sentence_modal
from app.slack.views.modals.signing import (
    climb_modal,
    condition_modal,
    extend_modal,
    hand_over_modal,
    question_modal,
    reply_modal,
    sign_modal,
)
from app.slack.views.modals.suggestions import suggestions_modal
from app.slack.views.modals.triage import (
    advise_below_modal,
    ask_below_modal,
    decide_below_modal,
    override_modal,
    start_modal,
    withdraw_modal,
)
from app.slack.views.scene import ChannelSettings, Scene
from tests.slack.modal_scenes import (
    ANSWERS,
    BEA,
    DANA,
    LADDER,
    LEE,
    MEMO,
    MIRA,
    NOW,
    PEOPLE,
    SETTING,
    VIKTOR,
    asked,
    decision,
    in_review,
    scene,
    signer,
    suggestion,
    with_memo,
)
from tests.slack.shown import HOSTILE, accepted_view, buttons, chosen, field, fields, hostile, said

UNTRIED = replace(ANSWERS, tried=(Attempt(Rung.PEER, Result.NOT_ASKED),))


def held(**changes: Any) -> Decision:
    return decision(status=Status.HELD, answers=UNTRIED, verdict=verdict(UNTRIED, SETTING, POLICY), **changes)


def everything(text: str) -> Scene:
    """A decision with ``text`` wherever somebody can type; an input takes 3,000 characters of it."""
    d = in_review()
    d.title, text = text, text[:3000]
    d.metric, d.source_link, d.override_reason = text, text, text
    prediction = Prediction(text, text, text, date(2027, 4, 1))
    with_memo(d, Memo(text, text, text, text, text, text, text, prediction), versions=12)
    deadline = replace(UNTRIED.deadline, what=text) if UNTRIED.deadline else None
    d.verdict = verdict(replace(UNTRIED, deadline=deadline), SETTING, POLICY)
    for one in d.signers:
        one.said, one.answer = text, Answer.DECLINE
    d.questions = [asked(id, text=text, answer=text, answered_by=MIRA, condition=id % 2 == 0) for id in range(1, 15)]
    d.status = Status.IN_REVIEW
    parts = ("decision", "one_way", "data", "inaction", "ask", "premortem", "alternatives")
    offered = [suggestion(part, text, text, [text] * 3) for part in parts]
    return scene(d, below=text, suggestions=offered)


CHANNEL = ChannelSettings("C1", Ladder({Rung.VP: (VIKTOR,)}), LADDER, tz="Europe/Berlin")

BUILDERS: dict[str, Callable[[Scene], dict[str, Any]]] = {
    "start": lambda s: start_modal(s.decision.title, "C1"),
    "override": override_modal,
    "ask_below": ask_below_modal,
    "decide_below": decide_below_modal,
    "below": lambda s: advise_below_modal(s, Advice.CANNOT_DECIDE),
    "below two-way": lambda s: advise_below_modal(s, Advice.TWO_WAY),
    "below disagrees": lambda s: advise_below_modal(s, Advice.DISAGREE),
    "memo": memo_modal,
    "memo, typed": lambda s: memo_modal(s, {"data": s.decision.title, "target_on": s.decision.title}, s.decision.title),
    "read": memo_page_modal,
    "read, by a signer": lambda s: memo_page_modal(replace(s, viewer=VIKTOR)),
    "send": send_modal,
    "suggestions": suggestions_modal,
    "reader": reader_modal,
    **{f"sign {answer}": partial(sign_modal, answer=answer) for answer in Answer},
    "question": question_modal,
    "reply": lambda s: reply_modal(s, 7),
    "hand_over": hand_over_modal,
    "condition": condition_modal,
    "climb": lambda s: climb_modal(s, VIKTOR, Rung.SLT),
    "extend": extend_modal,
    "withdraw": withdraw_modal,
    "shipped": shipped_modal,
    "drop": drop_modal,
    **{f"look {look}": partial(look_modal, look=look) for look in Look},
    "revisit": revisit_modal,
    "told": lambda s: sentence_modal("Threshold", s.decision.title),
    "ladder": lambda s: ladder_modal(CHANNEL),
    "digest": lambda s: digest_modal(CHANNEL),
}


@pytest.mark.parametrize("name", BUILDERS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_slack_takes_every_modal_whatever_was_typed(name: str, text: str) -> None:
    accepted_view(BUILDERS[name](everything(text)))


@settings(max_examples=12, deadline=None)
@given(hostile)
def test_no_text_can_break_a_modal_or_page_anybody(text: str) -> None:
    built = everything(text)
    for name in ("override", "memo", "read", "suggestions", "reply", "look review", "withdraw"):
        accepted_view(BUILDERS[name](built))


@pytest.mark.parametrize("name", BUILDERS)
def test_slack_takes_every_modal_of_a_decision_that_has_hardly_begun(name: str) -> None:
    accepted_view(BUILDERS[name](scene(decision(title="", verdict=None, rung=None), people={}, ladder=Ladder())))


CALLBACKS = {name: Modal(name.split(",")[0].split(" ")[0]) for name in BUILDERS}


@pytest.mark.parametrize("name", BUILDERS)
def test_every_modal_answers_to_its_name_and_knows_its_decision(name: str) -> None:
    view = BUILDERS[name](scene(in_review()))
    assert view["callback_id"] == CALLBACKS[name]
    packed = unpack(view["private_metadata"])
    if CALLBACKS[name] in (Modal.START, Modal.TOLD):
        assert packed == {}
    elif CALLBACKS[name] in (Modal.LADDER, Modal.DIGEST):
        assert packed == {"c": "C1"}
    else:
        assert packed["d"] == 42


EXPECTED_FIELDS = {
    "start": ["sentence", "channel", "private"],
    "override": ["reason"],
    "ask_below": ["person", "text"],
    "below": ["said"],
    "decide_below": ["what", "premortem", "bar_raiser", "metric"],
    "memo": [
        "decision", "one_way", "data", "inaction", "ask", "premortem", "alternatives", "metric", "baseline", "target",
        "target_on", "sure", "between",
    ],
    "read": [],
    "send": ["signer", "bar_raiser", "decide_by", "late", "readers"],
    "reader": ["to"],
    "sign approve": ["said"],
    "question": ["text"],
    "reply": ["text"],
    "hand_over": ["to"],
    "condition": ["how"],
    "climb": ["to"],
    "extend": ["decide_by", "late"],
    "withdraw": ["why"],
    "shipped": ["on"],
    "drop": ["why"],
    "look review": ["happened", "undone", "undo_took", "right", "learned"],
    "revisit": ["on"],
    "told": [],
    "ladder": ["scope", "slt", "vp", "director", "manager", "peer", "bar_raiser"],
    "digest": ["on", "days", "at", "tz"],
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED_FIELDS)
def test_every_modal_has_the_fields_its_listener_reads(name: str) -> None:
    assert fields(BUILDERS[name](scene(in_review()))) == EXPECTED_FIELDS[name]


def test_a_new_decision_starts_from_the_words_typed_already() -> None:
    view = start_modal("Drop the beta flag", "C7")
    assert field(view, "sentence")["element"]["initial_value"] == "Drop the beta flag"
    assert field(view, "channel")["element"]["initial_channel"] == "C7"
    assert field(view, "private")["optional"]


def test_going_on_anyway_shows_the_gate_that_failed() -> None:
    view = override_modal(scene(held()))
    assert "Nobody asked the" in said(view)
    assert not field(view, "reason")["optional"]


def test_the_question_below_is_ready_to_send_to_whoever_sits_there() -> None:
    view = ask_below_modal(scene(held(), below="Can you decide this?"))
    assert field(view, "text")["element"]["initial_value"] == "Can you decide this?"
    below = held().verdict
    assert below
    assert below.below
    assert field(view, "person")["element"]["initial_user"] == LADDER.sitting(below.below)


@pytest.mark.parametrize("advice", Advice)
def test_the_rung_below_advises_with_words_but_where_it_just_cannot(advice: Advice) -> None:
    view = advise_below_modal(scene(held(), LEE), advice)
    assert unpack(view["private_metadata"]) == {"d": 42, "a": advice.value}
    assert field(view, "said")["optional"] is (advice is Advice.CANNOT_DECIDE)


def test_deciding_below_asks_what_was_decided_what_could_go_wrong_and_for_the_bar_raiser() -> None:
    view = decide_below_modal(scene(held(), LEE))
    assert not field(view, "what")["optional"]
    assert not field(view, "premortem")["optional"]
    assert chosen(view, "bar_raiser") == LADDER.bar_raiser(), "a manager's wants one"


@pytest.mark.parametrize("answer", Answer)
def test_an_answer_needs_words_unless_it_approves(answer: Answer) -> None:
    view = sign_modal(scene(in_review(), VIKTOR), answer)
    assert field(view, "said")["optional"] is (answer is Answer.APPROVE)
    assert unpack(view["private_metadata"]) == {"d": 42, "a": answer.value, "v": 3}
    assert "You answer version 3" in said(view)


def test_an_answer_stands_for_the_version_that_was_shown() -> None:
    view = sign_modal(scene(in_review(), VIKTOR), Answer.APPROVE, version=2)
    assert unpack(view["private_metadata"])["v"] == 2


def test_a_reply_shows_the_question_it_answers() -> None:
    view = reply_modal(scene(in_review()), 7)
    assert "How many customers bought on the old terms?" in said(view)
    assert unpack(view["private_metadata"]) == {"d": 42, "q": 7}


def test_the_requester_sees_the_condition_they_have_to_meet() -> None:
    d = in_review()
    d.questions = [
        asked(1, text="legal has read it", condition=True),
        asked(2, text="old", condition=True, resolved_at=NOW),
    ]
    view = condition_modal(scene(d))
    assert "legal has read it" in said(view)
    assert "old" not in said(view)


def test_choosing_the_next_signer_says_why_and_in_which_seat() -> None:
    view = climb_modal(scene(in_review()), VIKTOR, Rung.SLT)
    assert "has not answered" in said(view)
    assert "Who signs as SLT?" in said(view)
    assert unpack(view["private_metadata"]) == {"d": 42, "old": VIKTOR, "rung": "slt"}


def test_a_bar_raiser_who_left_is_replaced_by_a_bar_raiser() -> None:
    person = PEOPLE[BEA]
    gone = type(person)(user_id=BEA, name="Bea", tz="UTC", active=False)
    view = climb_modal(scene(in_review(), people={**PEOPLE, BEA: gone}), BEA, None)
    assert "has left this workspace" in said(view)
    assert "Who signs as bar raiser?" in said(view)
    assert unpack(view["private_metadata"])["rung"] == ""


def test_a_withdrawal_names_who_will_be_told() -> None:
    assert f"<@{VIKTOR}> will be told once" in said(withdraw_modal(scene(in_review())))
    assert f"<@{DANA}>" not in said(withdraw_modal(scene(in_review())))
    assert "Nobody was asked yet" in said(withdraw_modal(scene()))


def test_the_review_holds_the_prediction_against_what_happened() -> None:
    view = look_modal(scene(with_memo(decision(shipped_on=date(2026, 10, 26)))), Look.REVIEW)
    for words in ("Late returns per 100 orders", "4.2 in October", "below 1.5", "Thu 1 Apr 2027", "Mon 26 Oct"):
        assert words in said(view)
    assert unpack(view["private_metadata"]) == {"d": 42, "look": "review"}


def test_a_review_without_a_prediction_says_so() -> None:
    view = look_modal(scene(with_memo(decision(), replace(MEMO, prediction=None))), Look.REVIEW)
    assert "no prediction" in said(view)


def test_the_learning_check_shows_the_metric_and_the_revisit_the_no() -> None:
    assert "Returns per 100 orders" in said(look_modal(scene(decision(metric="Returns per 100 orders")), Look.LEARNING))
    d = in_review()
    d.signers = [
        signer(VIKTOR, answer=Answer.DECLINE, said="One region only."),
        signer(BEA, None, answer=Answer.APPROVE, said="Fine by me."),
    ]
    view = look_modal(scene(d), Look.REVISIT)
    assert "One region only." in said(view)
    assert "Fine by me." not in said(view)


def test_the_review_is_dated_from_the_day_it_shipped() -> None:
    view = shipped_modal(scene())
    assert field(view, "on")["element"]["initial_date"] == "2026-11-23"
    assert "4 weeks" in said(view)


def test_a_refusal_keeps_its_mention_and_has_nothing_to_submit() -> None:
    view = sentence_modal("Threshold", f"That is for <@{MIRA}>. <!here> Nothing was changed.")
    assert f"<@{MIRA}>" in said(view)
    assert "submit" not in view


# ── settings ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_channel_sees_which_rungs_the_workspace_fills() -> None:
    view = ladder_modal(CHANNEL)
    assert field(view, "vp")["element"]["initial_users"] == [VIKTOR]
    assert "initial_users" not in field(view, "director")["element"]
    assert f"From the workspace: <@{DANA}>" in said(view)


def test_the_workspace_ladder_has_no_scope_to_choose() -> None:
    view = ladder_modal(ChannelSettings("", LADDER, LADDER))
    assert "scope" not in fields(view)
    assert "From the workspace" not in said(view)
    assert unpack(view["private_metadata"]) == {"c": ""}


def test_a_digest_starts_on_working_days_at_nine_in_the_zone_of_who_asks() -> None:
    view = digest_modal(ChannelSettings("C1", tz="Europe/Berlin"))
    assert [one["value"] for one in field(view, "days")["element"]["initial_options"]] == ["0", "1", "2", "3", "4"]
    assert field(view, "at")["element"]["initial_time"] == "09:00"
    assert field(view, "tz")["element"]["initial_value"] == "Europe/Berlin"
    assert field(view, "on")["element"]["initial_option"]["value"] == "on"


def test_a_digest_shows_what_is_set() -> None:
    plan = DigestPlan(on=False, days=[3], at="16:30", tz="Asia/Tokyo")
    view = digest_modal(ChannelSettings("C1", plan=plan, next_at=NOW + timedelta(days=1)))
    assert [one["value"] for one in field(view, "days")["element"]["initial_options"]] == ["3"]
    assert field(view, "on")["element"]["initial_option"]["value"] == "off"
    assert field(view, "tz")["element"]["initial_value"] == "Asia/Tokyo"


def test_no_form_but_what_shows_a_decision_has_buttons_of_its_own() -> None:
    with_buttons = {name for name, build in BUILDERS.items() if buttons(build(scene(in_review())))}
    assert with_buttons == {"read", "read, by a signer"}
