"""Clicks that nobody's window offers, clicks on what is long over, and people who may not."""

import json
from datetime import timedelta
from itertools import cycle

import pytest

from app.domain.lifecycle import Status
from app.slack.ids import Act, Modal
from app.slack.listeners.table import FORMS
from app.workflows.admission import Actor
from app.workflows.triage import intake
from tests.e2e import scenes
from tests.e2e.house import Tale
from tests.e2e.scenes import does


def test_a_stranger_who_clicks_in_the_channel_is_told_whom_to_ask(shown: Tale) -> None:
    id = scenes.in_review(shown)
    omar, sam, retail = shown.cast.omar, shown.cast.sam, shown.cast.retail
    card = omar.latest(retail)
    assert scenes.post(shown, omar, "memo_read", json.dumps({"d": id}), on=card)
    assert omar.modal is None
    assert f"Ask <@{sam.id}> to add you" in scenes.last(omar, retail)
    assert "to add you" not in scenes.everything(sam, retail), "only who clicked is told"
    assert scenes.decision(shown, id).status is Status.IN_REVIEW


def test_a_private_decision_does_not_even_exist_for_a_stranger(shown: Tale) -> None:
    id = scenes.asks(shown)
    shown.taps(shown.cast.sam, "private")
    reply = shown.command(shown.cast.omar, "D-1", shown.cast.retail)
    assert "I can't find D-1" in reply.text
    shown.command(shown.cast.omar, "Something of my own")
    assert scenes.post(shown, shown.cast.omar, "memo_read", json.dumps({"d": id}))
    assert "I can't find that decision" in scenes.last(shown.cast.omar)


OWN = (
    Act.LINK, Act.START_OPEN, Act.WRITE_START, Act.MUTE, Act.LADDER_OPEN, Act.POLICY_OPEN, Act.DIGEST_OPEN,
    Act.HOURS_OPEN, Act.HELP_SHOW, Act.FIND, Act.MAP_OPEN, Act.MAP_FORM_OPEN, Act.TRADEOFFS_EXPORT,
)  # fmt: skip
OWN_FORMS = (
    Modal.START, Modal.LADDER, Modal.DIGEST, Modal.HOURS, Modal.FIND, Modal.POLICY_FORM, Modal.POLICY_CONFIRM,
    Modal.MAP_FORM, Modal.TEAM, Modal.LEVER,
)  # fmt: skip
STRANGE = [act for act in Act if act not in OWN]


def test_no_click_of_a_stranger_changes_or_opens_anything(shown: Tale) -> None:
    id = scenes.in_review(shown)
    omar = shown.cast.omar
    shown.command(omar, "Something of my own")
    before, taken = _history(shown, id), list[Act]()
    for act in STRANGE:
        value = {
            "d": id,
            "q": "undo",
            "a": "months",
            "p": 1,
            "v": 1,
            "old": shown.cast.vera.id,
            "to": omar.id,
            "days": 1,
        }
        assert scenes.post(shown, omar, act.value, json.dumps(value | {"on": True})), act
        if ":warning:" not in scenes.last(omar) or omar.modal is not None:
            taken.append(act)
            if omar.modal is not None:
                omar.close_modal(everything=True)
    assert taken == []
    assert _history(shown, id) == before
    assert "Tighten" not in scenes.everything(omar)


def test_no_form_of_a_stranger_changes_anything(shown: Tale) -> None:
    id = scenes.in_review(shown)
    before, taken = _history(shown, id), list[tuple[Modal, str]]()
    values = scenes.typed(
        said="Yes, do it.", text="Why?", reason="I really want this one", why="x", how="y", on="2026-11-02",
        at="09:30", rows="metric,arm,seen,hits,source\nclicks,one slot,10,1,dashboard",
    )  # fmt: skip
    values |= {"to": {"value": {"type": "users_select", "selected_user": shown.cast.omar.id}}}
    values |= {
        "person": values["to"],
        "right": {"value": {"type": "radio_buttons", "selected_option": {"value": "yes"}}},
    }
    values |= {"signer": values["to"], "decide_by": {"value": {"type": "datepicker", "selected_date": "2026-11-20"}}}
    chosen = {"answer": "approve", "kind": "narrative", "degree": "disagree", "result": "keep", "arm": "one slot"}
    values |= {
        name: {"value": {"type": "static_select", "selected_option": {"value": one}}} for name, one in chosen.items()
    }
    values |= {"until": values["decide_by"], "revisit": values["decide_by"]}
    for modal in Modal:
        if modal in OWN_FORMS or modal not in FORMS:  # what is only read has no button that sends it
            continue
        said = "cannot_decide" if modal is Modal.BELOW else "approve"
        packed = json.dumps(
            {
                "d": id,
                "v": 1,
                "a": said,
                "q": 1,
                "look": "review",
                "old": shown.cast.vera.id,
                "s": "opening",
                "t": 1,
                "r": 1,
            }
        )
        body = scenes.submit(shown, shown.cast.omar, modal.value, packed, values)
        if "open to its requester" not in str(body.get("errors")):
            taken.append((modal, str(body)[:160]))
    assert taken == []
    assert _history(shown, id) == before


def _history(t: Tale, id: int) -> list[tuple[str, str]]:
    from app.db import queries

    with t.stage.bot.db.read() as session:
        d = queries.decision(session, t.stage.ws.id, id)
        assert d is not None
        return [(event.actor, event.what) for event in queries.history(session, d)]


FORGED = [
    "", "null", "[]", "{}", "not json", '{"d":', '{"d":null}', '{"d":"1"}', '{"d":true}', '{"d":-1}', '{"d":1e400}',
    '{"d":99999999999999999999999999}', '{"d":4611686018427387903}', '{"d":1.5}', '{"d":[1]}', '{"d":{"d":1}}',
]  # fmt: skip


def test_no_forged_value_of_a_button_does_anything_but_say_so(told: Tale) -> None:
    sam = told.cast.sam
    told.command(sam, "Something of my own")
    for value, act in zip(FORGED, cycle(("answer", "memo_open", "export", "climb", "snooze")), strict=False):
        assert scenes.post(told, sam, act, value), value
        assert ":warning:" in scenes.last(sam), value
    assert scenes.decisions(told) == 1


def test_odd_values_beside_a_real_number_are_refused_in_words(told: Tale) -> None:
    id = scenes.asks(told)
    sam = told.cast.sam
    odd: list[tuple[str, dict[str, object]]] = [
        ("answer", {"q": "undo", "a": "yesterday"}),
        ("answer", {"q": "shoe size", "a": "months"}),
        ("answer", {"q": "costs", "a": "no"}),
        ("answer_form", {"q": "commitment"}),
        ("answer_form", {"q": 7}),
        ("back", {"q": "nothing"}),
        ("climb", {"old": "", "to": "", "rung": "emperor"}),
        ("climb", {"old": "U1", "to": ""}),
        ("sign_open", {"a": "perhaps"}),
        ("look_open", {"look": "away"}),
        ("reply_open", {"q": "x"}),
        ("resolve", {"q": 10**30}),
        ("parked_to", {"p": 10**15}),
        ("parked_new", {"p": -1}),
        ("below_can_open", {}),
    ]
    for act, more in odd:
        assert scenes.post(told, sam, act, json.dumps({"d": id, **more})), act
        assert ":warning:" in scenes.last(sam) or sam.modal is not None, (act, more)
        if sam.modal is not None:
            sam.close_modal(everything=True)
    assert scenes.post(told, sam, "snooze", json.dumps({"d": id, "days": 10**18}))
    assert "reminds you before" in scenes.last(sam)
    assert scenes.decision(told, id).answers.undo is None


def test_a_form_with_forged_or_missing_state_is_answered_in_words(told: Tale) -> None:
    id = scenes.in_review(told)
    vera = told.cast.vera
    for metadata in (*FORGED, json.dumps({"d": id}), json.dumps({"d": id, "a": "perhaps", "v": 1})):
        body = scenes.submit(told, vera, "sign", metadata, scenes.typed(said="Yes."))
        assert body["errors"]["said"], metadata
    for values in (None, {}, {"said": None}, {"said": {"value": None}}, {"said": {"other": {"value": "x"}}}):
        body = scenes.submit(told, vera, "sign", json.dumps({"d": id, "a": "decline", "v": 1}), values)
        assert "Write why" in body["errors"]["said"], values
    assert scenes.happened(told, id, "sign") == 0
    forged = {"tz": "../../etc/passwd", "at": "99:99"}
    body = scenes.submit(told, vera, "digest", json.dumps({"c": told.cast.retail.id}), scenes.typed(**forged))
    assert body["errors"]["said"]
    person = {"value": {"type": "users_select", "selected_user": "UNOBODY"}}
    told.stage.meant = {"users.info: user_not_found"}
    body = scenes.submit(told, vera, "hand_over", json.dumps({"d": id}), {"to": person})
    assert "has left" in body["errors"]["said"] or "can't" in body["errors"]["said"]


@pytest.fixture
def elsewhere(told: Tale) -> int:
    """A decision of another workspace."""
    there = Actor("T0ELSEWHERE", "U0ELSEWHERE")
    return does(told, lambda s: intake.start(s, "A secret of somebody else", there, told.stage.clock.now()).id)


def test_another_workspace_is_another_world(told: Tale, elsewhere: int) -> None:
    sam = told.cast.sam
    told.stage.meant = {"conversations.open: user_not_found", "users.info: user_not_found"}
    reply = told.command(sam, "D-1", told.cast.retail)
    assert "I can't find D-1" in reply.text
    told.command(sam, "Something of my own")
    for act in ("answer", "memo_read", "export", "withdraw_open", "show"):
        assert scenes.post(told, sam, act, json.dumps({"d": elsewhere, "q": "undo", "a": "months"}))
        assert ":warning:" in scenes.last(sam)
    assert "secret" not in scenes.everything(sam)


# ── what was on the screen last month ───────────────────────────────────────────────────────────────────


def test_last_month_s_verdict_card_says_what_became_of_it(shown: Tale) -> None:
    id = scenes.two_way(shown)
    sam = shown.cast.sam
    old = shown.card(sam, "deflect_form")
    shown.taps(sam, "deflect_form", fill={"metric": "Baskets a visit"})
    shown.stage.travel(timedelta(days=30))
    assert sam.click(old, "deflect_form", stale=True, fill={"metric": "Something else"}).acked
    shown.stage.pump()
    assert "back with the team" in scenes.last(sam)
    assert scenes.decision(shown, id).metric == "Baskets a visit"
    assert scenes.happened(shown, id, "deflect") == 1


def test_a_card_that_moved_down_still_answers_from_where_it_stood(shown: Tale) -> None:
    id = scenes.asks(shown)
    sam = shown.cast.sam
    old = shown.card(sam, "answer")
    shown.command(sam, "D-1", shown.cast.retail)
    assert scenes.count(sam, "Question 1") == 1
    assert sam.click(old, "answer:months", stale=True).acked
    shown.stage.pump()
    assert str(scenes.decision(shown, id).answers.undo) == "months"
    assert scenes.count(sam, "Question 2") == 1


# ── who may sign ────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_signs_their_own_memo_and_a_colleague_does_not_sign_for_others(shown: Tale) -> None:
    id = scenes.in_review(shown)
    sam, priya = shown.cast.sam, shown.cast.priya
    shown.must(shown.fills(sam, "reader_open", {"to": priya}))
    packed = json.dumps({"d": id, "a": "approve", "v": 1})
    body = scenes.submit(shown, sam, "sign", packed, scenes.typed(said="I like it."))
    assert "Nobody signs their own memo" in str(body["errors"])
    body = scenes.submit(shown, priya, "sign", packed, scenes.typed(said="I like it too."))
    assert "Only the named signers" in str(body["errors"])
    assert scenes.happened(shown, id, "sign") == 0


def test_requester_guest_app_and_who_left_are_refused_as_signers(shown: Tale) -> None:
    id = scenes.drafting(shown)
    cast, ws = shown.cast, shown.stage.ws
    guest, gone = ws.add_user("Gus", guest=True), ws.add_user("Gone")
    gone.deactivate()
    shown.stage.pump()
    bot = ws.person(ws.bot_user_id)
    for person, words in ((cast.sam, "own memo"), (guest, "guest"), (bot, "An app"), (gone, "has left")):
        chosen = {
            name: {"value": {"type": "users_select", "selected_user": one.id}}
            for name, one in (("signer", person), ("bar_raiser", cast.kenji))
        }
        by = {"decide_by": {"value": {"type": "datepicker", "selected_date": "2026-11-06"}}}
        refused = str(scenes.submit(shown, cast.sam, "send", json.dumps({"d": id}), chosen | by)["errors"])
        assert words in refused
        assert "<@" not in refused, "a form shows no mentions"
    shown.taps(cast.sam, "send_open")
    done = cast.sam.submit({"signer": cast.vera, "bar_raiser": cast.kenji, "decide_by": "2026-10-06"})
    assert "has passed" in done.errors["decide_by"]
    shown.must(cast.sam.submit({"signer": cast.vera, "bar_raiser": cast.kenji, "decide_by": "2026-11-06"}))


def test_a_delegate_who_left_is_refused_and_the_signer_stays_asked(shown: Tale) -> None:
    id = scenes.in_review(shown)
    vera, omar = shown.cast.vera, shown.cast.omar
    shown.taps(vera, "hand_over_open")
    omar.deactivate()
    shown.stage.pump()
    done = vera.submit({"to": omar})
    assert "omar has left" in done.errors["to"].lower()
    assert [s.user_id for s in scenes.decision(shown, id).signers] == [vera.id, shown.cast.kenji.id]
