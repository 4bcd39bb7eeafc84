"""Rungs are called as people of a workspace say them: on every card, notice and form, in the policy, in a refusal."""

from dataclasses import replace

import pytest

from app.domain.errors import Unreadable
from app.domain.ladder import RUNGS, Rung
from app.domain.permissions import MayNotSign
from app.domain.policy.file import write
from app.domain.policy.policy import SHIPPED_POLICY
from app.slack.views.cards.registry import render_card
from app.slack.views.notices.registry import render_notice
from app.words.ladder import called_there, rung_said
from app.words.policy import said
from app.words.policy_faults import read_file
from app.words.signing.refusals import may_not_sign
from tests.slack.card_reading import words
from tests.slack.card_scenes import SCENES
from tests.slack.test_views_notices import TOLD

NAMES = {rung: f"Stufe {number}" for number, rung in enumerate(RUNGS, 1)}


def test_no_card_and_no_notice_says_a_rung_by_another_name() -> None:
    ours = ("(director)", "(VP)", "(manager)", "the director", "the VP", "the manager", "as director", "as VP")
    with called_there(NAMES):
        shown = {name: words(render_card(kind, make())) for name, (kind, make) in SCENES.items()}
        shown |= {f"notice {name}": words(render_notice(say, make(), args)) for name, (say, make, args) in TOLD.items()}
    wrong = {name: found for name, text in shown.items() if (found := [one for one in ours if one in text])}
    assert wrong == {}
    assert any("Stufe 3" in text for text in shown.values())


def test_outside_of_a_workspace_they_are_called_as_we_do() -> None:
    with called_there({Rung.VP: "Head"}):
        assert (rung_said(Rung.VP), rung_said(Rung.SLT)) == ("Head", "SLT")
    assert rung_said(Rung.VP) == "VP"


def test_a_refusal_and_the_policy_say_them_so() -> None:
    with called_there(NAMES):
        assert may_not_sign(MayNotSign(Rung.VP, ("U1",)), []).startswith("As Stufe 4 may sign here: <@U1>.")
        assert "Stufe 4" in str(said(replace(SHIPPED_POLICY, rung_names=NAMES)))


def test_the_policys_file_holds_them_and_refuses_what_would_mark_up_a_message() -> None:
    policy = replace(SHIPPED_POLICY, rung_names={Rung.VP: "Head of department"})
    assert read_file(write(policy), SHIPPED_POLICY) == policy
    assert read_file('[rung_names]\nvp = ""', policy).rung_names == {}, "an empty name is none"
    bad_names = ('vp = "<!channel>"', 'vp = "*Head*"', 'vp = "Head"\nslt = "head"', 'emperor = "x"')
    for bad in (*bad_names, f'vp = "{"x" * 41}"'):
        with pytest.raises(Unreadable):
            read_file(f"[rung_names]\n{bad}", SHIPPED_POLICY)
