"""Every card in every state: what Slack takes, and the requester's way from the question to the memo."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.db.models import Decision
from app.domain.answers import Costs, Likelihood
from app.domain.errors import Unreadable
from app.domain.findings import ToldBefore
from app.domain.lifecycle import Status
from app.domain.memo.parts import Prediction
from app.domain.reading.amounts import Amount, typed_amount
from app.domain.signing.signoff import Answer
from app.domain.triage.questions import Question
from app.slack.forms import Asker, Fields, filled
from app.slack.ids import VALUE, Act, act_of, unpack
from app.slack.views.cards.registry import CARDS, render_card
from app.slack.views.cards.triage import question_card
from app.words.reading.money import parse_amount, parse_rate
from sandbox.limits import check_message, near
from tests.slack import card_scenes as world
from tests.slack.card_reading import acts, elements, fields, packed, primary, shown, spoken, words
from tests.slack.card_scenes import ANA, BO, DANA, MAX, NOW, SCENES, SETTING

# ── every card ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", SCENES)
def test_slack_takes_every_card(name: str) -> None:
    message = shown(name)
    assert check_message(text=message.text, blocks=message.blocks) == []
    assert near(text=message.text, blocks=message.blocks).characters < 9_000


@pytest.mark.parametrize("name", SCENES)
def test_every_button_names_its_decision_and_no_action_id_stands_twice(name: str) -> None:
    message = shown(name)
    ids = [e["action_id"] for e in elements(message) if e["action_id"] != VALUE]
    assert len(ids) == len(set(ids))
    for element in elements(message):
        if "value" in element:
            assert unpack(element["value"])["d"] == 42
        if act_of(element["action_id"]) == Act.CHANGE:
            assert all(unpack(option["value"])["q"] in list(Question) for option in element["options"])
    assert len(fields(message)) == len(set(fields(message)))


@pytest.mark.parametrize("name", SCENES)
def test_at_most_one_button_stands_out_and_at_most_one_emoji(name: str) -> None:
    message = shown(name)
    assert len(primary(message)) <= 1
    marks = re.findall(r"(?<!\w):[a-z_]+:", words(message).replace(":warning:", ""))
    assert len(marks) <= 1


def test_every_kind_of_card_is_drawn_here() -> None:
    assert {kind for kind, _ in SCENES.values()} == set(CARDS)


def test_every_state_of_a_decision_is_drawn_for_its_requester() -> None:
    drawn = {make().decision.status for kind, make in SCENES.values() if kind == "requester"}
    assert drawn == set(Status)


NASTY = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        [
            "<!channel> <!here>",
            "*" * 50,
            "`" * 50,
            "\n" * 400,
            "x" * 40_000,
            "&" * 40_000,
            "שלום <!everyone>",
            "\x00\x1b",
            " ",
        ]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SCENES)), NASTY, NASTY)
def test_nothing_a_person_types_breaks_a_card_or_pages_a_channel(name: str, title: str, text: str) -> None:
    kind, make = SCENES[name]
    scene = make()
    poison(scene.decision, title, text)
    message = render_card(kind, scene)
    assert check_message(text=message.text, blocks=message.blocks) == []
    assert near(text=message.text, blocks=message.blocks).characters < 9_000
    for said in spoken(message):
        assert not re.search(r"<(?!@[UW][A-Z0-9]+>|!date\^\d|https?://)", said)


@pytest.mark.parametrize("name", SCENES)
def test_the_longest_text_everywhere_still_fits(name: str) -> None:
    kind, make = SCENES[name]
    for text in ("word & <word>\n" * 3_000, "🙂" * 20_000):
        scene = make()
        poison(scene.decision, text[:300], text)
        message = render_card(kind, scene)
        assert check_message(text=message.text, blocks=message.blocks) == []
        assert near(text=message.text, blocks=message.blocks).characters < 9_000


def poison(d: Decision, title: str, text: str) -> None:
    """Put ``text`` wherever a person can type."""
    d.title = title if d.title else d.title
    d.metric, d.override_reason = text, text if d.override_reason else None
    for signer in d.signers:
        signer.said = text
    for question in d.questions:
        question.text, question.answer = text, text if question.answer else None
    for version in d.memos:
        parts = dict.fromkeys(("decision", "one_way", "data", "inaction", "ask"), text[:3000])  # what an input takes
        version.memo = replace(version.memo, **parts, prediction=Prediction(text, text, text))
    for look in d.looks:
        look.look = replace(look.look, happened=text, learned=text)
    if d.typed:
        d.typed = {**d.typed, "values": dict.fromkeys(d.typed["values"], text), "sentence": text}
    a = d.answers
    d.answers = replace(
        a,
        trial=a.trial and replace(a.trial, what=text, metric=text),
        deadline=a.deadline and replace(a.deadline, what=text),
        tried=a.tried and tuple(replace(one, note=text, said=text) for one in a.tried),
    )
    if d.verdict:
        gates = tuple(replace(gate, finding=ToldBefore(text)) for gate in d.verdict.gates)
        d.verdict = replace(d.verdict, why=(ToldBefore(text),) * len(d.verdict.why), gates=gates)


# ── triage ──────────────────────────────────────────────────────────────────────────────────────────────

FORMS = {
    "question undo": [],
    "question effects": ["effects"],
    "question undo cost": [],
    "question trial": ["trial", "metric", "ends", "lasting"],
    "question deadline": ["what", "on"],
    "question costs": ["delay", "per", "mistake", "lost", "likelihood"],
    "question commitment": ["which"],
    "two-way": ["owner", "metric", "look_on"],
    "no title": ["title"],
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_the_fields_its_listener_reads(name: str) -> None:
    assert fields(shown(name)) == FORMS[name]


def test_the_rungs_asked_about_each_have_a_person_and_a_result() -> None:
    found = fields(shown("question tried"))
    assert found[:2] == ["who_peer", "result_peer"]
    assert found[-1] == "note"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("question undo", ["hours", "days", "weeks", "months", "never"]),
        ("question undo cost", ["person_day", "team_sprint", "several_teams", "cannot_buy_back"]),
        ("question effects", ["none"]),
        ("question trial", ["no"]),
        ("question deadline", ["no"]),
        ("question commitment", ["no"]),
    ],
)
def test_a_tap_answers_where_a_tap_can(name: str, values: list[str]) -> None:
    assert [answer["a"] for answer in packed(shown(name), Act.ANSWER)] == values


def test_progress_is_shown_and_promises_no_end_that_moves() -> None:
    assert "Question 2" in words(shown("question effects"))
    assert "of at most" not in words(shown("question effects"))


@pytest.mark.parametrize("name", ["effects", "trial", "deadline", "commitment"])
def test_a_refusal_names_the_button_as_it_is_labelled(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        filled(Question(name), Fields({}), Asker(SETTING.today))
    (label,) = re.findall("press “(.+?)”", refused.value.sentence)
    assert label in [one["text"]["text"] for one in elements(shown(f"question {name}")) if one["type"] == "button"]


def test_the_first_question_has_no_way_back_and_the_second_has() -> None:
    assert Act.BACK not in acts(shown("question undo"))
    assert [back["q"] for back in packed(shown("question effects"), Act.BACK)] == ["undo"]


def test_what_was_said_so_far_stands_below_the_question() -> None:
    assert "Way back: *only after weeks*" in words(shown("question effects"))


def test_what_could_not_be_read_is_kept_with_the_reason_right_above_the_button() -> None:
    message = shown("question deadline, refused")
    initial = [block["element"].get("initial_value") for block in message.blocks if block["type"] == "input"]
    assert initial == ["the audit", "soonish"]
    at = next(i for i, block in enumerate(message.blocks) if ":warning:" in json.dumps(block))
    assert message.blocks[at + 1]["elements"][0]["action_id"] == Act.ANSWER_FORM


def test_a_changed_question_shows_the_answer_given_before() -> None:
    chosen = [e["text"]["text"] for e in elements(shown("question changed")) if e.get("style") == "primary"]
    assert chosen == ["Days"]


def test_a_private_triage_says_so_and_can_be_made_public() -> None:
    message = shown("question undo cost")
    assert "private" in message.blocks[1]["elements"][0]["text"]
    assert packed(message, Act.PRIVATE) == [{"d": 42, "on": False}]


@pytest.mark.parametrize("name", sorted(name for name, (kind, _) in SCENES.items() if kind == "requester"))
def test_who_may_know_can_be_changed_on_every_card_of_the_requester(name: str) -> None:
    private = SCENES[name][1]().decision.private
    assert packed(shown(name), Act.PRIVATE) == [{"d": 42, "on": not private}]


def test_a_trial_fills_the_deflection_with_its_metric_and_its_end() -> None:
    owner, metric, look_on = (
        block["element"] for block in shown("two-way by trial").blocks if block["type"] == "input"
    )
    assert owner["initial_user"] == ANA
    assert metric["initial_value"] == "failed payments per day"
    assert look_on["initial_date"] == "2026-12-18"


def test_without_a_trial_the_team_looks_after_two_weeks() -> None:
    look_on = [block["element"] for block in shown("two-way").blocks if block["type"] == "input"][-1]
    assert look_on["initial_date"] == "2026-12-07"


# ── verdict ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_one_way_door_names_who_sits_on_its_rung() -> None:
    assert f"<@{DANA}> or <@U0NOOR> (director)" in words(shown("one-way"))
    assert f"<@{BO}> as bar raiser" in words(shown("one-way, public promise"))
    assert primary(shown("one-way")) == [Act.MEMO_OPEN]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("held, try below", [Act.ASK_BELOW_OPEN]),
        ("held, asked below", []),
        ("held, gather data", [Act.BACK]),
        ("held, decide below", [Act.ASK_BELOW_OPEN]),
    ],
)
def test_a_failed_gate_gives_the_next_step_and_never_a_dead_end(name: str, first: list[str]) -> None:
    message = shown(name)
    assert primary(message) == first
    assert {Act.OVERRIDE_OPEN, Act.CHANGE, Act.WITHDRAW_OPEN} <= acts(message)
    assert "✗" in words(message)


def test_the_question_for_the_rung_below_is_written_already() -> None:
    assert "> What would you do: Retire the v1 payments API on 1 March?" in words(shown("held, try below"))
    assert f"<@{MAX}> (manager) has the question." in words(shown("held, asked below"))


# ── memo ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_memo_is_written_first_and_sent_once_it_is_complete() -> None:
    assert primary(shown("drafting, nothing yet")) == [Act.MEMO_OPEN]
    assert Act.SEND_OPEN not in acts(shown("drafting, nothing yet"))
    assert primary(shown("drafting, toned")) == [Act.MEMO_OPEN]
    assert primary(shown("drafting, ready")) == [Act.SEND_OPEN]


def test_a_memo_that_can_go_out_says_how_many_points_are_left() -> None:
    passing = replace(world.MEMO, ask="Dana (director) to approve by 4 Dec, so that customers hear of it in time.")
    said = words(render_card("requester", world.scene(world.with_memo(passing, Status.DRAFTING))))
    assert "The memo is complete. Send it to the director." in said
    advised = replace(passing, prediction=None)
    said = words(render_card("requester", world.scene(world.with_memo(advised, Status.DRAFTING))))
    assert "Ready to send; 1 point a reader may raise." in said
    assert "Name the metric and its target" in said


def test_the_checks_name_the_words_at_fault_and_what_is_still_empty() -> None:
    said = words(shown("drafting, toned"))
    assert "Still empty: The ask" in said
    assert "“disaster”" in said
    assert packed(shown("drafting, toned"), Act.ASSIST) == [{"d": 42}, {"d": 42, "part": "inaction"}]


def test_the_assistant_is_offered_only_where_one_is_configured() -> None:
    scene = world.scene(world.decision(world.PASSED, Status.DRAFTING))
    assert Act.ASSIST not in acts(render_card("requester", scene))
    assert Act.ASSIST not in acts(shown("drafting, assistant at work"))
    assert "The assistant is drafting" in words(shown("drafting, assistant at work"))
    assert Act.SUGGESTIONS_OPEN in acts(shown("drafting, ready"))


def test_where_the_ask_names_another_day_than_was_chosen_the_requester_reads_it_until_somebody_answers() -> None:
    def card(**changed: Any) -> str:
        d = world.reviewing(deadline_set_at=NOW, **changed)
        return words(render_card("requester", world.scene(d)))

    said = "The ask in your memo says Fri 27 Nov; your signers were asked for Thu 26 Nov"
    assert said in card()
    assert "The ask in your memo" not in card(deadline_at=NOW + timedelta(days=4))
    assert "The ask in your memo" not in card(sent_at=NOW - timedelta(days=1)), "the date was moved on purpose"
    answered = world.reviewing(world.signer(DANA, answer=Answer.APPROVE), world.signer(BO, None), deadline_set_at=NOW)
    assert "The ask in your memo" not in words(render_card("requester", world.scene(answered)))


# ── what a form shows is what it reads ──────────────────────────────────────────────────────────────────


@given(
    st.decimals(0, Decimal(10) ** 13, places=4, allow_nan=False, allow_infinity=False),
    st.sampled_from(["USD", "EUR", "JPY", "GBP", "SEK", "CAD", "KWD"]),
)
def test_a_figure_in_a_form_is_read_as_the_same_figure(value: Decimal, currency: str) -> None:
    """$999,600 came back as $1M, and moved the rung."""
    amount = Amount(value, currency)
    assert parse_amount(typed_amount(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("200000", "€200k"), ("999600", "€999.6k"), ("1234.5", "€1,234.50"), ("0.125", "0.1250 EUR"), ("950", "€950")],
)
def test_a_figure_is_short_where_that_says_all_of_it(amount: str, shown: str) -> None:
    assert typed_amount(Amount(Decimal(amount), "EUR")) == shown


WAITS = [
    Costs(Likelihood.EVEN, parse_rate("$999,600 a day"), parse_amount("$1,000,400")),
    Costs(Likelihood.SURE, parse_rate("12,345 EUR a week"), parse_amount("7 EUR"), lost=parse_amount("950.50 EUR")),
    Costs(Likelihood.LIKELY, None, parse_amount("$3M"), delay_total=parse_amount("$1,234,567")),
    Costs(Likelihood.UNLIKELY, delay_step=2, mistake_step=5),
]


@pytest.mark.parametrize("costs", WAITS)
def test_the_costs_shown_again_and_sent_are_the_costs_that_were_told(costs: Costs) -> None:
    answers = replace(world.HELD, costs=costs, tried=None)
    message = question_card(world.scene(world.decision(answers, Status.TRIAGE)), Question.COSTS)
    state: dict[str, dict[str, Any]] = {}
    for block in message.blocks:
        element = block.get("element")
        if block["type"] != "input" or element is None:
            continue
        chosen = element.get("initial_option")
        value = {"value": element.get("initial_value"), "selected_option": chosen, "type": element["type"]}
        state[block["block_id"]] = {element["action_id"]: value}
    assert filled(Question.COSTS, Fields.of({"values": state}), Asker(world.TODAY, answers)) == costs
