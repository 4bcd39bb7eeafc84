"""What each person's card asks of them, and what it must not show."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import Look
from app.domain.signing.signoff import Answer
from app.slack.ids import Act
from app.slack.views.cards.registry import render_card
from app.slack.views.scene import Scene
from sandbox.limits import check_message
from tests.slack import card_scenes as world
from tests.slack.card_reading import acts, packed, primary, shown, words
from tests.slack.card_scenes import ANA, BO, CHANNEL, DANA, MAX, NOW, PAT, SCENES

# ── sign-off ────────────────────────────────────────────────────────────────────────────────────────────

ANSWERS = {Act.SIGN_OPEN, Act.HAND_OVER_OPEN}


@pytest.mark.parametrize(
    "name", ["signer asked", "signer asked, toned memo", "signer asked again", "signer late", "signer delegate"]
)
def test_a_signer_who_is_asked_has_every_answer_for_the_version_shown(name: str) -> None:
    message = shown(name)
    answers = packed(message, Act.SIGN_OPEN)
    assert [answer["a"] for answer in answers] == ["approve", "not_yet", "decline", "two_way", "abstain"]
    assert {answer["v"] for answer in answers} == {2}
    assert {Act.MEMO_READ, Act.QUESTION_OPEN, Act.HAND_OVER_OPEN} <= acts(message)


@pytest.mark.parametrize(
    "name",
    ["signer handed over", "signer replaced", "signer approved", "signer not yet", "signer declined", "signer closed"],
)
def test_a_signer_who_is_no_longer_asked_can_only_read(name: str) -> None:
    message = shown(name)
    assert not acts(message) & ANSWERS
    assert Act.MEMO_READ in acts(message)


def test_the_first_line_says_what_is_asked_of_whom_by_when() -> None:
    first = shown("signer asked").blocks[2]["text"]["text"]
    assert f"<@{ANA}> asks for your answer by Thu 26 Nov" in first
    assert "as director" in first


def test_a_delegate_is_told_for_whom_and_the_original_stays_on_the_record() -> None:
    said = words(shown("signer delegate"))
    assert f"for <@{DANA}>" in said
    assert f"<@{DANA}> (director) handed over to <@U0NOOR>" in said


def test_whoever_was_asked_in_place_of_somebody_is_told_so_above_the_memo() -> None:
    said = words(render_card("signer", world.scene(world._replaced(), world.VERA)))
    assert said.index(f"Asked in place of <@{DANA}>.") < said.index("The data")
    assert "in place of" not in words(shown("signer asked"))


def test_a_signer_reads_who_declined_it() -> None:
    d = world._declined()
    d.signers.append(world.signer(BO, None, Answer.APPROVE, "Numbers hold."))
    assert f"You approved on Mon 23 Nov.* <@{DANA}> declined it." in words(render_card("signer", world.scene(d, BO)))
    assert "declined it" not in words(shown("signer declined"))
    said = words(shown("declined"))
    assert "start again with what was learned" in said
    assert Act.START_OPEN in acts(shown("declined"))


def test_the_rung_below_is_asked_once() -> None:
    for name, asks in (("asked", "can you decide this"), ("asked, as written", "what would you do:")):
        assert words(shown(name)).lower().count(asks) == 1


def test_the_override_reason_stands_before_the_memo() -> None:
    said = words(shown("signer asked"))
    assert said.index(world.REASON) < said.index(world.MEMO.inaction)


def test_only_the_one_who_asked_can_call_a_question_resolved() -> None:
    assert [one["q"] for one in packed(shown("signer asked, questions"), Act.RESOLVE)] == [1]
    assert [one["q"] for one in packed(shown("signer approved"), Act.RESOLVE)] == [2]
    assert packed(shown("in review, questions"), Act.RESOLVE) == []
    assert [one["q"] for one in packed(shown("in review, questions"), Act.REPLY_OPEN)] == [1, 2]


def test_after_a_silent_deadline_the_next_chair_is_one_click_away() -> None:
    message = shown("in review, late")
    assert packed(message, Act.CLIMB) == [{"d": 42, "old": DANA, "to": "U0NOOR", "rung": "director"}]
    assert "Ask Noor Haddad (director)" in words(message)
    assert Act.EXTEND_OPEN in acts(message)


def test_no_next_chair_is_offered_while_there_is_time() -> None:
    assert not acts(shown("in review")) & {Act.CLIMB, Act.CLIMB_OPEN}
    assert Act.EXTEND_OPEN in acts(shown("in review")), "the date can be moved all the same"


def test_a_vacant_chair_asks_who_it_should_be() -> None:
    d = world.reviewing(seat_to_fill=Rung.VP, deadline_at=NOW - timedelta(hours=1), ladder=Ladder())
    message = render_card("requester", world.scene(d, ladder=Ladder()))
    assert packed(message, Act.CLIMB) == []
    assert packed(message, Act.CLIMB_OPEN) == [{"d": 42, "old": DANA, "rung": "vp"}]


def test_a_silent_bar_raiser_gives_way_to_another_bar_raiser() -> None:
    ladder = Ladder(world.LADDER.seats, (BO, PAT))
    d = world.reviewing(
        world.signer(BO, None), seat_to_fill=Rung.VP, deadline_at=NOW - timedelta(hours=1), ladder=ladder
    )
    assert packed(render_card("requester", world.scene(d)), Act.CLIMB) == [{"d": 42, "old": BO, "to": PAT, "rung": ""}]


def test_a_condition_is_quoted_with_the_name_of_who_set_it() -> None:
    said = words(shown("not yet"))
    assert f"<@{DANA}>: yes, if" in said
    assert said.count("every reseller has confirmed") == 2  # in the notification and on the card
    assert primary(shown("not yet")) == [Act.CONDITION_OPEN]


# ── afterwards ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("approved", Act.SHIPPED_OPEN),
        ("declined", Act.REVISIT_OPEN),
        ("implemented", Act.LOOK_OPEN),
        ("deflected", Act.LOOK_OPEN),
        ("owner", Act.LOOK_OPEN),
        ("expired", Act.START_OPEN),
    ],
)
def test_what_was_decided_leads_to_the_next_thing(name: str, act: Act) -> None:
    assert act in acts(shown(name))


def test_the_prediction_stands_beside_what_happened() -> None:
    columns = next(block for block in shown("reviewed").blocks if "fields" in block)["fields"]
    assert columns[0]["text"] == "*Predicted*\ncustomers on v1 from 38 to 0 by Mon 1 Mar 2027"
    assert columns[1]["text"].startswith("*What happened*\n2 customers")


def test_the_rung_below_decides_where_policy_lets_it_and_advises_everywhere() -> None:
    advice = {Act.BELOW_CANNOT_OPEN, Act.BELOW_TWO_WAY_OPEN, Act.BELOW_DISAGREE_OPEN}
    offered = acts(shown("asked"))
    assert advice <= offered
    assert Act.BELOW_CAN_OPEN not in offered
    assert "The lowest rung that can decide this is the" in words(shown("asked"))
    for name in ("asked, can't", "asked, decided", "asked, withdrawn"):
        assert not acts(shown(name)) & {Act.BELOW_CAN_OPEN, *advice}


def test_what_waiting_costs_is_said_once() -> None:
    assert words(shown("asked")).count("$200k per week") == 1
    assert words(shown("asked, as written")).count("$200k per week") == 1


# ── who must not see what ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [name for name, (kind, _) in SCENES.items() if kind == "status"])
def test_the_channel_sees_one_line_and_nothing_of_the_memo(name: str) -> None:
    message = shown(name)
    said = words(message)
    assert len(message.blocks) == 1
    assert acts(message) <= {Act.READ_HERE}
    assert "<@" not in said  # whoever has to act has a message of their own
    for part in ("412 customers", "double running", "letters to the 38", "Go.", "certificate"):
        assert part not in said


def test_the_channel_learns_nothing_of_a_private_decision() -> None:
    said = words(render_card("status", world.scene(world.reviewing(private=True), CHANNEL)))
    assert "payments" not in said
    assert "sign-off" not in said


def test_a_reader_can_read_and_answer_and_nothing_else() -> None:
    assert acts(shown("reader")) == {Act.MEMO_READ, Act.REPLY_OPEN}


def test_the_person_on_the_rung_below_sees_no_memo() -> None:
    d = world.with_memo(world.MEMO, Status.DRAFTING)
    assert "412 customers" not in words(render_card("asked", world.scene(d, MAX)))


def test_a_card_does_not_depend_on_names_that_slack_has_not_told_us() -> None:
    for name, (kind, make) in SCENES.items():
        bare: Scene = replace(make(), people={}, ladder=Ladder())
        message = render_card(kind, bare)
        assert check_message(text=message.text, blocks=message.blocks) == [], name


# ── what the rungs below said ───────────────────────────────────────────────────────────────────────────


def test_a_signer_reads_why_the_rung_below_can_not_decide_it() -> None:
    said = words(shown("signer asked"))
    assert f"<@{MAX}> (manager) can’t decide it:\\n> It touches three other teams." in said
    assert said.index("It touches three other teams.") < said.index(world.MEMO.inaction)
    assert f"<@{PAT}> (peer) can’t decide it, as <@{ANA}> wrote it down." in said  # gave no answer by himself


# ── closed ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_closed_decision_has_one_heading_for_its_requester_and_its_owner() -> None:
    d = world.looked(world._deflected(owner_id=PAT, status=Status.LEARNED), Look.LEARNING)
    quiet = {
        kind: render_card(kind, world.scene(d, who)).blocks[1] for kind, who in (("requester", ANA), ("owner", PAT))
    }
    assert quiet["requester"] == quiet["owner"]
    assert "Closed" in str(quiet["owner"])
