"""Every notice: one sentence, who acts next, and the one thing to click."""

import ast
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import app.workflows
from app.domain.lifecycle import Status
from app.domain.message_kinds import CardKind, NoticeKind
from app.slack.ids import Act
from app.slack.views.cards.registry import CARDS
from app.slack.views.notices.registry import NOTICES, render_notice
from app.slack.views.scene import Message, Scene
from sandbox.limits import check_message, near
from tests.slack import card_scenes as world
from tests.slack.card_reading import acts, elements, packed, spoken, words
from tests.slack.card_scenes import ANA, BO, DANA, MAX, NOW, PAT, SCENES, VERA

DEADLINE = (NOW + timedelta(days=1)).isoformat()
SAID = "every reseller has confirmed in writing"


def of(name: str) -> Callable[[], Scene]:
    return SCENES[name][1]


TOLD: Mapping[str, tuple[str, Callable[[], Scene], dict[str, Any]]] = {
    "below decides": ("below_decides", of("decided below"), {"who": MAX}),
    "below can't": ("below_cannot", of("held, try below"), {"who": MAX, "said": "It touches three teams."}),
    "below disagrees": ("below_disagrees", of("held, try below"), {"who": MAX, "said": "It is cheaper by sea."}),
    "below two-way": ("below_two_way", of("question undo"), {"who": MAX, "said": "Try it with ten customers."}),
    "asked again below": ("asked_reminder", of("asked"), {}),
    "memo changed": ("memo_changed", of("signer asked"), {"parts": ["data", "ask", "prediction"], "version": 3}),
    "memo rewritten": ("memo_changed", of("signer asked"), {"parts": ["all"], "version": 3}),
    "not yet": ("signed_not_yet", of("not yet"), {"who": DANA, "said": SAID}),
    "declined": ("signed_decline", of("declined"), {"who": DANA, "said": "38 customers are too many."}),
    "two-way": ("signed_two_way", of("called two-way"), {"who": DANA, "said": "Renew the certificate."}),
    "abstained": ("signed_abstain", of("in review, questions"), {"who": DANA, "said": "Its vendor is my brother's."}),
    "approved": ("approved", of("approved"), {}),
    "condition met": ("condition_met", of("signer asked again"), {"said": "All 12 have."}),
    "question": (
        "question",
        of("in review, questions"),
        {"who": DANA, "said": "What happens to refunds of payments made by v1?"},
    ),
    "answered": ("answered", of("signer approved"), {"who": ANA, "said": "Yes, since 12 Nov."}),
    "question waits": ("question_waits", of("in review, questions"), {"q": 1}),
    "question waits, answered": ("question_waits", of("signer approved"), {"q": 2}),
    "question late": ("question_late", of("in review, questions"), {"q": 2}),
    "question late, signer": ("question_late", of("signer approved"), {"q": 2}),
    "question closed": ("question_closed", of("signer asked, questions"), {"who": ANA, "q": 1, "said": SAID}),
    "review waits": ("review_waits", of("in review, late"), {}),
    "owner left": ("owner_left", of("owner"), {"who": MAX}),
    "taken back": ("taken_back", of("signer replaced"), {"who": VERA}),
    "handed over": ("handed_over", of("in review"), {"who": DANA, "to": PAT}),
    "replaced": ("replaced", of("signer replaced"), {"to": VERA}),
    "withdrawn": ("withdrawn", of("signer closed"), {"said": "The gateway got a new certificate."}),
    "left alone": ("left_alone", of("question costs"), {}),
    "expiring": ("expiring", of("question costs"), {}),
    "expired": ("expired", of("expired"), {}),
    "halfway": ("remind", of("signer asked"), {"label": "halfway", "deadline": DEADLINE}),
    "day before": ("remind", of("signer asked"), {"label": "day_before", "deadline": DEADLINE}),
    "at the deadline": ("remind", of("signer asked"), {"label": "deadline", "deadline": DEADLINE}),
    "date moved": ("date_moved", of("signer asked"), {}),
    "snoozed past": ("snoozed_past", of("in review"), {"who": DANA, "until": DEADLINE}),
    "asks to read": ("asks_to_read", of("in review"), {"who": PAT}),
    "still shown": ("still_shown", of("in review"), {"channel": "C0PAY"}),
    "blocked soon": ("blocked_soon", of("signer asked"), {}),
    "blocked soon, requester": ("blocked_soon", of("drafting, ready"), {}),
    "blocked, gone": ("blocked_gone", of("signer asked"), {}),
    "condition yours": ("condition_yours", of("not yet"), {"q": 3}),
    "condition due": ("condition_due", of("not yet"), {"q": 3}),
    "condition done": ("condition_done", of("in review"), {"who": PAT, "said": "All 12 have, see the tracker."}),
    "answer changed": (
        "answer_changed",
        of("not yet"),
        {"who": DANA, "was": "approve", "answer": "not_yet", "said": SAID, "why": "Legal wrote to me."},
    ),
    "answer changed, signer": (
        "answer_changed",
        of("signer asked"),
        {"who": BO, "was": "not_yet", "answer": "approve", "said": "", "why": "Legal wrote to me."},
    ),
    "renamed": ("renamed", of("signer asked"), {"was": "Retire v1", "said": "The day was chosen."}),
    "spoken for": ("spoken_for", lambda: world.scene(world.reviewing(), PAT), {}),
    "own words": ("own_words_below", of("in review"), {"who": PAT, "said": "I would ask resellers first."}),
    "reviewed": ("looked_back", of("reviewed"), {}),
    "deadline passed": ("deadline_passed", of("in review, late"), {"who": [DANA]}),
    "deadline passed, signer": ("deadline_passed_signer", of("signer late"), {}),
    "shipped?": ("ask_shipped", of("approved"), {}),
    "review": ("review_due", of("implemented"), {}),
    "learning": ("learning_due", of("owner"), {}),
    "revisit": ("revisit_due", of("declined, revisit dated"), {}),
    "signer left": ("signer_left", of("in review"), {"who": DANA}),
    "requester left": ("requester_left", of("reader, requester left"), {"who": ANA}),
    "requester left, signer": (
        "requester_left_signer",
        lambda: world.gone(of("signer asked")()),
        {"who": ANA, "asked": [MAX, PAT]},
    ),
    "channel gone": ("channel_gone", of("in review"), {"channel": "C0PAY"}),
    "assistant away": ("assistant_away", of("drafting, nothing yet"), {"sentence": "It did not answer in time."}),
    "assistant away, worth another try": (
        "assistant_away",
        of("drafting, nothing yet"),
        {"sentence": "It did not answer in time.", "again": True, "part": "data"},
    ),
    "drafted": ("drafted", of("drafting, ready"), {"count": 3}),
    "nothing drafted": ("nothing_drafted", of("drafting, ready"), {}),
    "dissent": ("dissent", of("signer asked"), {"who": DANA, "said": SAID, "degree": "disagree"}),
    "state asked": ("state_asked", of("approved"), {}),
    "commit asked": ("commit_asked", of("approved"), {}),
    "commit reminded": ("commit_reminded", of("approved"), {}),
    "cannot commit": ("cannot_commit", of("approved"), {"who": DANA, "said": SAID, "until": "2026-12-04"}),
    "revisit dissent": ("revisit_dissent", of("approved"), {}),
    "revisited": ("revisited", of("approved"), {}),
    "tradeoff opened": ("tradeoff_opened", of("argued"), {"who": ANA}),
    "tradeoff asked": ("tradeoff_asked", of("argued"), {"who": ANA}),
    "tradeoff agreed": ("tradeoff_agreed", of("argued"), {}),
    "tradeoff ended": ("tradeoff_ended", of("argued"), {}),
    "tradeoff result": ("tradeoff_result", of("argued"), {}),
    "tradeoff closed": ("tradeoff_closed", of("argued, closed"), {"who": ANA}),
    "tradeoff agreed to a change": ("tradeoff_agreed", of("argued"), {"late": True}),
    "tradeoff change asked": ("tradeoff_asked", of("argued"), {"who": ANA, "late": True}),
    "guideline due": ("guideline_due", of("argued, closed"), {}),
    "preread": ("preread", lambda: world.out(DANA), {"who": ANA}),
    "preread reminded": ("preread_reminded", lambda: world.out(DANA), {}),
    "preread version": (
        "preread_version",
        lambda: world.out(DANA),
        {"version": 2, "parts": ["data"], "kept": "", "start": "2026-11-26T14:00:00+00:00", "moved": True},
    ),
    "preread version, kept": (
        "preread_version",
        lambda: world.out(DANA),
        {"version": 2, "parts": ["data"], "kept": "A comma.", "start": "2026-11-26T14:00:00+00:00", "moved": False},
    ),
    "preread version, back": (
        "preread_version",
        lambda: world.out(DANA),
        {"version": 2, "parts": ["data"], "kept": "", "start": "2026-11-26T14:00:00+00:00", "back": True},
    ),
    "sync back, version": ("sync_back", lambda: world.out(ANA), {"start": "2026-11-26T14:00:00+00:00", "version": 2}),
    "sync off": (
        "sync_off",
        lambda: world.out(DANA),
        {"why": "settled", "minutes": 150, "people": 5, "start": "2026-11-26T14:00:00+00:00"},
    ),
    "sync back": ("sync_back", lambda: world.out(DANA), {"start": "2026-11-26T14:00:00+00:00"}),
    "sync moved": ("sync_moved", lambda: world.out(DANA), {"who": ANA, "start": "2026-11-26T14:00:00+00:00"}),
    "sync begins": ("sync_begins", lambda: world.out(DANA, begun=True), {}),
    "sync unsettled": ("sync_unsettled", lambda: world.out(VERA, begun=True), {}),
    "remark": ("remark", lambda: world.out(ANA), {"who": DANA, "said": SAID, "said_as": "question", "remark": 7}),
    "remark, comment": ("remark", lambda: world.out(ANA), {"who": DANA, "said": SAID, "said_as": "comment"}),
    "remark answered": ("remark_answered", lambda: world.out(DANA), {"who": ANA, "said": SAID, "remark": 7}),
    "name asked": ("name_asked", of("drafting, ready"), {"who": ANA, "said": "Eight seconds.", "quote": "a1b2"}),
    "name lent": ("name_lent", of("drafting, ready"), {"who": VERA, "said": "Eight seconds."}),
    "told, not asked": ("told_not_asked", of("signer asked"), {}),
    "fast lane": ("fast_lane", of("signer asked"), {"who": ANA, "said": "Three days cost $200k of holiday sales."}),
    "name kept": ("name_kept", of("drafting, ready"), {"who": VERA}),
}


def shown(name: str) -> Message:
    say, make, args = TOLD[name]
    return render_notice(say, make(), args)


def test_every_notice_is_told_here() -> None:
    assert {say for say, _, _ in TOLD.values()} == set(NOTICES)


NEVER_SETTLES = {
    NoticeKind.TAKEN_BACK,
    NoticeKind.QUESTION_CLOSED,
    NoticeKind.EXPIRED,
    NoticeKind.SIGNED_TWO_WAY,
    NoticeKind.HANDED_OVER,
    NoticeKind.REPLACED,
    NoticeKind.WITHDRAWN,
    NoticeKind.CHANNEL_GONE,
    NoticeKind.STILL_SHOWN,
    NoticeKind.NOTHING_DRAFTED,
    NoticeKind.NAME_LENT,
    NoticeKind.DISSENT,
    NoticeKind.CANNOT_COMMIT,
    NoticeKind.REVISITED,
    NoticeKind.TRADEOFF_OPENED,
    NoticeKind.TRADEOFF_AGREED,
    NoticeKind.TRADEOFF_CLOSED,
    NoticeKind.GUIDELINE_DUE,
    NoticeKind.NAME_KEPT,
    NoticeKind.SYNC_OFF,
    NoticeKind.SYNC_BACK,
    NoticeKind.SYNC_MOVED,
    NoticeKind.LOOKED_BACK,
    NoticeKind.CONDITION_DONE,
    NoticeKind.ANSWER_CHANGED,
    NoticeKind.RENAMED,
    NoticeKind.OWN_WORDS_BELOW,
    NoticeKind.TOLD_NOT_ASKED,
    NoticeKind.FAST_LANE,
}
"""They tell, and ask for nothing: there is nothing left to do about them from the beginning."""


def test_every_kind_that_can_be_sent_has_its_words_and_a_way_to_settle() -> None:
    assert set(NOTICES) == set(NoticeKind)
    assert {kind for kind, notice in NOTICES.items() if notice.settles is None} == NEVER_SETTLES
    assert set(CARDS) == set(CardKind)


def test_no_notice_is_named_by_anything_but_its_kind() -> None:
    """A name put together while the bot runs would escape the types, and the test above."""
    folder = Path(app.workflows.__file__).parent
    calls = [
        (path.name, node)
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tell"
    ]
    assert len(calls) > 10
    for name, call in calls:
        assert not isinstance(call.args[3], ast.Constant | ast.JoinedStr | ast.BinOp), f"{name}:{call.lineno}"


@pytest.mark.parametrize("name", TOLD)
def test_slack_takes_every_notice_and_it_is_short(name: str) -> None:
    message = shown(name)
    assert check_message(text=message.text, blocks=message.blocks) == []
    assert len(message.blocks) <= 4
    assert near(text=message.text, blocks=message.blocks).characters < 800


@pytest.mark.parametrize("name", TOLD)
def test_a_notice_names_its_decision_and_says_something_without_blocks(name: str) -> None:
    message = shown(name)
    assert "*D-42* Retire the v1 payments API on 1 March" in words(message)
    assert message.text.startswith("D-42: ")
    assert "*" not in message.text


TEXT = st.one_of(
    st.text(max_size=200),
    st.sampled_from(["<!channel>", "x" * 40_000, "&" * 40_000, "\n" * 500, "שלום <!here>", "\x00", " ", "*`_~"]),
)


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(sorted(TOLD)),
    TEXT,
    st.sampled_from(["said", "sentence", "who", "to", "channel", "deadline", "label"]),
)
def test_whatever_travels_along_pages_nobody(name: str, text: str, key: str) -> None:
    say, make, args = TOLD[name]
    scene = make()
    scene.decision.title = text
    message = render_notice(say, scene, {**args, key: text})
    assert check_message(text=message.text, blocks=message.blocks) == []
    for said in spoken(message):
        assert not re.search(r"<(?!@[UW][A-Z0-9]+>|!date\^\d|https?://|#[CG])", said)


@pytest.mark.parametrize("name", TOLD)
def test_a_notice_stands_without_what_should_travel_along(name: str) -> None:
    say, make, _ = TOLD[name]
    message = render_notice(say, make(), {})
    assert check_message(text=message.text, blocks=message.blocks) == []
    assert "None" not in words(message)


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("below can't", Act.SHOW),
        ("asked again below", Act.BELOW_CANNOT_OPEN),
        ("memo changed", Act.SIGN_OPEN),
        ("not yet", Act.CONDITION_OPEN),
        ("declined", Act.REVISIT_OPEN),
        ("approved", Act.SHIPPED_OPEN),
        ("deadline passed", Act.EXTEND_OPEN),
        ("shipped?", Act.NOT_SHIPPED),
        ("assistant away", Act.MEMO_OPEN),
        ("drafted", Act.SUGGESTIONS_OPEN),
    ],
)
def test_a_notice_leads_to_the_next_thing(name: str, act: Act) -> None:
    assert act in acts(shown(name))


def test_after_the_deadline_one_click_asks_the_next_chair() -> None:
    assert packed(shown("deadline passed"), Act.CLIMB) == [{"d": 42, "old": DANA, "to": "U0NOOR", "rung": "director"}]


def test_where_a_signer_left_somebody_is_chosen_for_the_same_seat() -> None:
    assert packed(shown("signer left"), Act.CLIMB_OPEN) == [{"d": 42, "old": DANA, "rung": "director"}]
    bar_raiser = render_notice("signer_left", of("in review")(), {"who": BO})
    assert packed(bar_raiser, Act.CLIMB_OPEN) == [{"d": 42, "old": BO, "rung": ""}]


def test_a_question_is_answered_and_resolved_from_its_notice() -> None:
    assert packed(shown("question"), Act.REPLY_OPEN) == [{"d": 42, "q": 1}]
    assert packed(shown("answered"), Act.RESOLVE) == [{"d": 42, "q": 2}]


@pytest.mark.parametrize(("name", "look"), [("review", "review"), ("learning", "learning"), ("revisit", "revisit")])
def test_a_look_back_opens_its_own_form_and_recalls_the_prediction(name: str, look: str) -> None:
    message = shown(name)
    assert packed(message, Act.LOOK_OPEN) == [{"d": 42, "look": look}]
    assert ("Judged by:" if name == "learning" else "Predicted:") in words(message)


@pytest.mark.parametrize("name", ["left alone", "halfway", "day before"])
def test_what_can_be_switched_off_says_how(name: str) -> None:
    assert "Home" in json.dumps(shown(name).blocks[-1])


@pytest.mark.parametrize("name", ["left alone", "halfway", "at the deadline", "asked again below", "learning"])
def test_a_reminder_can_be_put_off_by_days(name: str) -> None:
    select = next(element for element in elements(shown(name)) if element["action_id"] == Act.SNOOZE)
    assert [json.loads(option["value"]) for option in select["options"]] == [
        {"d": 42, "days": 1},
        {"d": 42, "days": 3},
        {"d": 42, "days": 7},
    ]


def test_a_reminder_keeps_the_deadline_it_was_dated_for() -> None:
    scene = world.scene(world.reviewing(deadline_at=NOW + timedelta(days=9)), DANA)
    said = words(render_notice("remind", scene, {"label": "halfway", "deadline": DEADLINE}))
    assert "by Tue 24 Nov" in said


def test_an_unknown_notice_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        render_notice("gossip", world.scene(world.decision(world.UNDO, Status.TRIAGE, look_on=date(2026, 12, 1))), {})
