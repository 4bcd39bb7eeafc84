"""Deciding by clicking alone: from Home in two clicks, and questions that fit a laptop's screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from app.slack.views.cards.registry import render_card
from demo.company import Company
from demo.stage import Stage
from demo.stories import Telling
from sandbox import Person, Room
from tests.e2e import scenes
from tests.page.conftest import Windows
from tests.slack.card_scenes import SCENES

LAPTOP = 768
"""Pixels of a small laptop's screen, from top to bottom."""


def test_a_vp_approves_from_home_in_two_clicks(look: Windows, stage: Stage, cast: Company) -> None:
    told = Telling(stage, cast)
    id = scenes.in_review(told)
    page = look(cast.vera, "home")
    home = page.get_by_role("region", name="Home")
    expect(home).to_contain_text("Waiting on you (1)")
    home.get_by_role("button", name="Open").click()
    form = page.get_by_role("dialog")
    expect(form).to_contain_text("Why it comes to you")
    form.get_by_role("button", name="Approve", exact=True).click()
    expect(form).to_have_count(0)
    stage.slack.wait_for(lambda: any(one.answer for one in scenes.decision(told, id).signers))


@pytest.mark.parametrize("name", ["question effects", "question trial", "question deadline", "question costs"])
def test_a_question_fits_the_screen_of_a_laptop(
    look: Windows, client: WebClient, ana: Person, room: Room, name: str
) -> None:
    kind, make = SCENES[name]
    card = render_card(kind, make())
    client.chat_postMessage(channel=room.id, text=card.text, blocks=card.blocks)
    page = look(ana, room)
    article = page.get_by_role("article").last
    expect(article).to_contain_text("Question")
    box = article.bounding_box()
    assert box is not None
    assert box["height"] < LAPTOP
