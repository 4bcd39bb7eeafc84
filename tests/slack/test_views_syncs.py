"""Pre-reads and syncs as people see them: who can do what, and forms that Slack takes however much there is to say."""

from datetime import timedelta

from app.db.models import Person
from app.domain.syncs.life import Of, Off, RemarkKind, SyncState
from app.domain.syncs.slots import Slot
from app.slack.ids import unpack
from app.slack.views.cards.registry import render_card
from app.slack.views.modals.syncs import (
    move_modal,
    preread_at_modal,
    preread_modal,
    remark_answer_modal,
    remark_modal,
    remarks_modal,
    sync_again_modal,
    sync_modal,
)
from app.slack.views.parts.syncs import agenda_now, keep_clock_input, reader_row
from app.slack.views.scene import Scene
from app.words.syncs import given_back_said, off_said, outside_said, read_said
from sandbox.limits import check_view
from tests.slack.card_reading import acts, words
from tests.slack.card_scenes import ANA, BO, DANA, NOW, VERA, out

LONG = "Who counted the resellers, and when? " * 80


def on_card(scene: Scene, kind: str = "reader") -> str:
    return words(render_card(kind, scene))


def test_a_reader_can_do_four_things_in_a_click_each_and_a_guest_three() -> None:
    four = {"preread_read", "remark_open", "approve_written"}
    assert four <= {one.partition(":")[0] for one in acts(render_card("reader", out(VERA)))}
    guest = {one.partition(":")[0] for one in acts(render_card("reader", out(VERA, guest=True)))}
    assert four - guest == {"approve_written"}
    assert "preread_read" not in {one.partition(":")[0] for one in acts(render_card("reader", out(BO)))}, (
        "Bo has read version 2"
    )


def test_everybody_sees_who_has_read_it_who_is_waited_for_and_what_is_open() -> None:
    for viewer, kind in ((ANA, "requester"), (DANA, "reader"), (VERA, "reader")):
        said = on_card(out(viewer), kind)
        assert "1 of 3 have read version 2" in said
        assert "not answered yet: <@U0VERA>" in said
        assert "Who counted the resellers?" in said
        assert "It reads well." not in said, "what need not be settled stands below “Comments”"
    assert "remark_resolve" in on_card(out(DANA)), "whoever asked calls it resolved"
    assert "remark_resolve" not in on_card(out(VERA))


def test_what_became_of_it_stands_on_the_card() -> None:
    scene = out(DANA)
    sync = scene.decision.syncs[0]
    sync.state = scene.decision.sync_state = SyncState.CANCELLED
    sync.off, sync.minutes_back = Off.SETTLED, 150
    assert "cancelled: all settled in writing, 150 minutes of five people given back" in on_card(scene)
    sync.state = scene.decision.sync_state = SyncState.OVER
    assert "1 question stayed open" in on_card(scene)
    assert "preread_read" not in on_card(scene), "nobody is asked to read any more"


def test_slack_takes_every_form_however_much_was_said() -> None:
    scene = out(DANA, begun=True)
    first = scene.decision.remarks[0]
    first.text = first.answer = LONG
    first.answered_by = ANA
    for number in range(30):
        scene.decision.remarks.append(
            type(first)(
                id=100 + number, workspace_id="T1", decision_id=42, user_id=DANA, kind=RemarkKind.QUESTION,
                subject=first.subject, version=2, part="data", text=LONG, at=NOW,
            )
        )  # fmt: skip
    assert len(agenda_now(scene)) == 31
    readers = [f"U0R{number}" for number in range(20)]
    people = {user: Person(user_id=user, tz="Asia/Tokyo") for user in readers}
    slots = [Slot(NOW + timedelta(days=n), tuple((i, timedelta(minutes=90 + n)) for i in range(20))) for n in range(5)]
    for view in (
        preread_modal(scene),
        preread_at_modal(scene, readers, True, slots, people),
        preread_at_modal(scene, readers, True, [], people),
        move_modal(scene, readers, slots, people),
        remark_modal(scene, RemarkKind.QUESTION),
        remark_answer_modal(scene, first.id),
        remarks_modal(scene),
        sync_modal(scene),
        sync_again_modal(scene, {"answer_7": LONG, "signer_9": LONG}, "Somebody answered."),
    ):
        assert check_view(view) == [], view["title"]
    assert "and 11 more questions" in str(sync_modal(scene))
    again = str(sync_again_modal(scene, {"answer_7": "Retail.", "signer_9": "Stands."}, "Somebody answered."))
    assert again.index("Somebody answered.") < again.index("Stands.") < again.index("Retail."), "nothing typed is lost"
    assert render_card("requester", out(ANA)).blocks


def test_a_new_version_asks_whether_it_has_to_be_read_anew_only_while_a_pre_read_of_it_is_out() -> None:
    scene = out(ANA)
    assert len(keep_clock_input(scene, Of.MEMO)) == 1
    assert keep_clock_input(scene, Of.DOCUMENT) == []
    assert keep_clock_input(out(ANA, begun=True), Of.MEMO) == []
    sync = scene.decision.syncs[0]
    sync.state, sync.off = SyncState.CANCELLED, Off.SETTLED
    assert len(keep_clock_input(scene, Of.MEMO)) == 1, "they may have to read it anew"
    sync.off = Off.BY_HAND
    assert keep_clock_input(scene, Of.MEMO) == []


def test_each_click_carries_the_version_beside_it_and_an_approval_of_something_else_hides_nothing() -> None:
    scene = out(VERA)
    sync, asked = scene.decision.syncs[0], scene.decision.remarks[0]
    row = next(one for one in reader_row(scene) if one.get("block_id") == "preread")
    assert {unpack(one["value"])["v"] for one in row["elements"]} == {2}
    approval = type(asked)(
        id=9, workspace_id="T1", decision_id=42, user_id=VERA, kind=RemarkKind.APPROVAL, subject=Of.DOCUMENT,
        version=2, part="", text="", at=NOW,
    )  # fmt: skip
    scene.decision.remarks.append(approval)
    assert "approve_written" in str(reader_row(scene))
    approval.subject = Of.MEMO
    assert "approve_written" not in str(reader_row(scene))
    sync.planned_at = NOW + timedelta(minutes=1)
    assert "approve_written" in str(reader_row(scene)), "that was said to an earlier pre-read"
    scene.decision.requester_id = VERA
    assert reader_row(scene) == [], "they took it over"


def test_the_words() -> None:
    assert off_said(Off.SETTLED, 150, 5) == "cancelled: all settled in writing, 150 minutes of five people given back"
    assert given_back_said(0, 3) == ""
    assert given_back_said(600, 20) == "600 minutes of 20 people given back"
    assert off_said(Off.BY_HAND, 0, 3) == "called off by the requester"
    assert read_said(4, 5, 3) == "4 of 5 have read version 3"
    assert outside_said(timedelta(minutes=270)) == "4 h 30 min outside working hours"
