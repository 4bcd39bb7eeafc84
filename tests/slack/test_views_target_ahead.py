"""A review that comes before the day its prediction names says so."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.looking_back import Look
from app.domain.memo.parts import Prediction
from app.slack.views.modals.looking_back import look_modal
from app.slack.views.notices.registry import render_notice
from tests.slack.card_scenes import SCENES


@pytest.mark.parametrize(("days", "said"), [(1, True), (0, False), (-5, False)])
def test_a_target_day_that_is_still_ahead_is_named(days: int, said: bool) -> None:
    scene = SCENES["implemented"][1]()
    version = scene.decision.memos[-1]
    on = scene.today + timedelta(days=days)
    version.memo = replace(version.memo, prediction=Prediction("contacts", "12%", "5%", on))
    notice = json.dumps(render_notice("review_due", scene, {}).blocks)
    form = json.dumps(look_modal(scene, Look.REVIEW))
    for shown in (notice, form):
        assert ("is still ahead: say where it stands." in shown) is said
