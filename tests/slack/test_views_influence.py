"""Maps and whose yes it needs: Slack takes every form however full, nothing that was typed breaks one, and each says
what it has to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.db.models import Approval, Decision, Journey, MapTeam, Signer
from app.domain.influence.asking import Around, For, need_of_seat, need_of_team, proposed
from app.domain.influence.measured import Measured
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.signing.signoff import Answer
from app.domain.triage.doors import Door
from app.slack.listeners.influence import _effect
from app.slack.views.cards.registry import render_card
from app.slack.views.modals.approvals import approvals_modal, fast_lane_modal, missing_levers, touches_modal
from app.slack.views.modals.influence import lever_modal, map_form_modal, map_modal, maps_modal, team_modal
from app.slack.views.replies.influence import lever_asked_reply, lever_said_reply
from app.slack.views.scene import Group, MapScene
from tests.slack.modal_scenes import BEA, DANA, MIRA, NOW, SAM, TODAY, VIKTOR, decision, scene
from tests.slack.shown import HOSTILE, accepted_message, accepted_view, said


def team(id: int, text: str = "Payments", **other: Any) -> MapTeam:
    lines: dict[str, Any] = {
        "lever": text[:300], "days": 4.5, "measured": False, "metric": text[:100], "unit": text[:40], "effect": 0.4,
        "after": [], "deciders": [SAM, DANA], "deputies": {SAM: BEA}, "group_id": None, "group_name": "",
    }  # fmt: skip
    return MapTeam(id=id, workspace_id="T1", journey_id=1, name=f"{text[:70]} {id}", **{**lines, **other})


def journey(text: str = "Checkout") -> Journey:
    return Journey(id=1, workspace_id="T1", name=text[:80], private=True, by=MIRA, at=NOW)


def map_scene(teams: list[MapTeam], text: str = "Checkout", **other: Any) -> MapScene:
    measured = {team.id: Measured(5.5, 3.0, 9.0, 9, 6) for team in teams[::2]}
    shown: dict[str, Any] = {"worth": {}, "keeps": True, "changes": frozenset(team.id for team in teams), "mine": True}
    return MapScene(journey(text), teams, measured, today=TODAY, **{**shown, **other})


def touching(*teams: MapTeam, status: Status = Status.DRAFTING) -> Any:
    d: Decision = decision(status=status, door=Door.ONE_WAY, rung=Rung.VP)
    d.touches = [one.id for one in teams]
    return scene(d, viewer=MIRA, touched=list(teams), mapped=True)


def around(**known: Any) -> Around:
    return Around(MIRA, usual=2.0, **known)


@pytest.mark.parametrize("text", ["Payments", *HOSTILE, "W" * 300])
def test_slack_takes_every_form_however_full_and_whatever_was_typed(text: str) -> None:
    teams = [team(id, text, metric=f"metric {id % 7}") for id in range(1, 21)]
    teams[3].lever = teams[5].metric = ""
    others = [(journey(text), [team(100 * at + id, text) for id in range(20)]) for at in range(1, 8)]
    groups = [Group(f"S{at}", text[:60] or "x", (SAM,)) for at in range(150)]
    for view in (
        map_modal(map_scene(teams, text)),
        maps_modal([(journey(text), teams)] * 60, text),
        map_form_modal(journey(text)),
        map_form_modal(None),
        team_modal(journey(text), teams[0], teams[1:], groups, keeps=True),
        team_modal(journey(text), None, [], [], keeps=True),
        lever_modal(journey(text), teams[0]),
        touches_modal(touching(*teams), [(journey(text), teams), *others]),
        touches_modal(touching(), []),
        fast_lane_modal(touching(teams[0]), teams[0], text * 8, [SAM]),
    ):
        accepted_view(view)
    found = proposed([need_of_team(one, around()) for one in teams if one.lever], around())
    accepted_view(approvals_modal(touching(*teams), found))
    alone_gives = proposed([need_of_team(team(id, text, deciders=[SAM]), around()) for id in range(20)], around())
    accepted_view(approvals_modal(touching(*teams), alone_gives))
    alone = team(1, text, deciders=[])
    missing = missing_levers(touching(alone), proposed([need_of_team(alone, around())], around()))
    assert missing is not None
    accepted_view(missing)
    for message in (lever_asked_reply(SAM, 1, text, text), lever_said_reply(SAM, text, text)):
        accepted_message(message.text, message.blocks)


def test_a_map_says_what_it_was_measured_by_and_who_is_asked_for_a_lever() -> None:
    teams = [team(1), team(2, "Legal", lever="", days=None), team(3, "Brand", days=1.0, metric="NPS", unit="")]
    shown = said(map_modal(map_scene(teams)))
    assert "You said 4.5 days, measured 5.5 (3 to 9), of 9" in shown
    assert "Take over 5.5 days" in shown
    assert "A name so far: which lever do they hold?" in shown
    assert "Ask which lever they hold" in shown
    assert "The critical path" in shown
    assert "What stands apart can't be weighed" in shown
    weighed = said(map_modal(map_scene(teams, worth={"Payments (Payments)": Decimal(2), "NPS": Decimal(1)})))
    assert "weighed by what each is worth here" in weighed
    assert "What stands apart" not in weighed


def test_whoever_may_not_change_it_sees_the_map_without_buttons() -> None:
    shown = str(map_modal(map_scene([team(1), team(2, "Legal", lever="")], keeps=False, changes=frozenset())))
    for act in ("team_open", "lever_ask", "measured_take", "map_down", "map_form_open"):
        assert act not in shown


def test_each_name_says_why_it_is_there_and_what_nobody_can_give_is_said_first() -> None:
    about = around(away={DANA: date(2026, 12, 21)})
    needs = [
        need_of_seat(For.RUNG, [[VIKTOR]], about, deputies={}),
        need_of_seat(For.BAR_RAISER, [[BEA]], about, deputies={}),
        need_of_team(team(1, "Payments", deciders=[SAM], deputies={}), about),
        need_of_team(team(2, "Legal", deciders=[DANA], deputies={}), about),
        need_of_team(team(3, "Brand", deciders=[MIRA, SAM]), about),
    ]
    shown = said(approvals_modal(touching(team(1), team(2, "Legal")), proposed(needs, about)))
    assert "Three approvals unblock it, expected within 4.5 days." in shown
    assert f"*<@{VIKTOR}>*\n•  decides as VP" in shown
    assert f"*<@{BEA}>*\n•  reads it as bar raiser, beside the rung" in shown
    assert f"*<@{SAM}>*\n•  decides for Payments 1: “Payments”" in shown
    assert f"Nobody can give the yes of Legal 2 now: <@{DANA}> is back on Mon 21 Dec" in shown
    assert "You decide for Brand 3 yourself" in shown
    assert "takes 4.5 days" in shown


def test_a_card_offers_it_only_where_there_are_maps_and_shows_why_once_it_is_sent() -> None:
    d: Decision = decision(status=Status.DRAFTING, door=Door.ONE_WAY, rung=Rung.VP)
    assert "touches_open" not in str(render_card("requester", scene(d, viewer=MIRA)).blocks)
    assert "touches_open" in str(render_card("requester", scene(d, viewer=MIRA, mapped=True)).blocks)
    sent: Decision = decision(status=Status.IN_REVIEW, door=Door.ONE_WAY, rung=Rung.VP, sent_at=NOW)
    sent.approvals.append(
        Approval(
            workspace_id="T1", decision_id=1, kind=For.LEVER, team_id=1, name="Payments", lever="Controls the cutoff",
            days=2.0, user_id=SAM, in_place_of=DANA, others=[],
        )
    )  # fmt: skip
    shown = said({"blocks": render_card("requester", scene(sent, viewer=MIRA)).blocks})
    assert f"<@{SAM}> decides for *Payments*, in place of <@{DANA}>: “Controls the cutoff”" in shown
    assert "touches_open" not in shown


def test_no_team_is_lost_from_the_form_however_many_levers_there_are_and_whoever_sees_them() -> None:
    maps = [(journey(f"Map {at}"), [team(100 * at + id) for id in range(1, 21)]) for at in range(1, 8)]
    base = touching(maps[6][1][5], team(999))
    about = replace(base, touched=[maps[6][1][5]], hidden=frozenset({999}))
    view = touches_modal(about, maps)
    accepted_view(view)
    menus = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    offered = [one["value"] for menu in menus for group in menu["option_groups"] for one in group["options"]]
    chosen = [one["value"] for menu in menus for one in menu.get("initial_options", ())]
    assert len(offered) == len(set(offered)) == 141
    assert sorted(chosen) == ["706", "999"]
    assert "A team on a private map" in said(view)
    gone = replace(base, touched=[], hidden=frozenset())
    assert gone.lost_lever
    for shown in (missing_levers(gone, None), approvals_modal(gone, None)):
        assert shown is not None
        assert "is off its map, or holds no lever any more" in said(shown)
    assert "It touches none" in str(touches_modal(gone, []))


def test_the_note_is_offered_to_those_who_are_waited_for_and_strangers_see_what_was_fixed() -> None:
    sent: Decision = decision(status=Status.IN_REVIEW, door=Door.ONE_WAY, rung=Rung.VP, sent_at=NOW)
    sent.touches = [1, 2, 3]
    for id, user, name in ((1, SAM, "Payments"), (2, DANA, "Legal"), (3, MIRA, "Shop")):
        sent.approvals.append(
            Approval(
                workspace_id="T1", decision_id=1, kind=For.LEVER, team_id=id, name=name, lever="Holds", days=2.0,
                user_id=user, in_place_of=None, others=[],
            )
        )  # fmt: skip
    for user, answer in ((SAM, None), (DANA, Answer.APPROVE)):
        sent.signers.append(
            Signer(workspace_id="T1", decision_id=1, user_id=user, handed_over=False, answer=answer, lever="x", said="",
                   asked_at=NOW)
        )  # fmt: skip
    live = [team(id, "Renamed since") for id in (1, 2, 3)]
    shown = said(approvals_modal(scene(sent, viewer=MIRA, touched=live, mapped=True), None))
    assert "*Payments* takes 2 days" in shown
    assert "*Legal* takes" not in shown
    assert "*Shop* takes" not in shown
    assert "Renamed" not in shown
    unsent = replace(touching(team(1, "Secret")), viewer=SAM)
    assert "Secret" not in said(approvals_modal(unsent, None))


def test_a_million_reads_as_it_was_typed_and_dollars_are_no_euros() -> None:
    big = team(1, effect=1_500_000.0, unit="$")
    assert "1,500,000 $" in str(team_modal(journey(), big, [], [], keeps=True))
    assert _effect("$1.5M") == _effect("1,500,000 $") == (1_500_000.0, "$")
    assert _effect("€1.5M a year") == _effect("1,500,000 € a year") == (1_500_000.0, "€ a year")
    assert [_effect(said) for said in ("0.4 points", "0.4% of carts", "12%")] == [
        (0.4, "points"), (0.4, "% of carts"), (12.0, "%"),
    ]  # fmt: skip
