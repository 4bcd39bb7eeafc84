"""The guided tour leads where it says: both stories, to the review four weeks later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from demo.live import Live
from demo.stage import Stage
from tests.page.conftest import Windows

PRESSED = {
    "It is a two-way door": "Hand it to the team",
    "Yes, if…": "Not yet",
    "Say how": "Ask again",
}
"""Steps that point at a field: what is pressed once it is filled in."""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Stage(database_url=f"sqlite:///{tmp_path}/tour.db") as stage:
        yield stage


@pytest.fixture
def live(stage: Stage) -> Iterator[Live]:
    company = Live(stage)
    company.open()
    company.catch_up()
    yield company
    company.stop()


def take(page: Page, step: dict[str, object]) -> None:
    """Do what one step asks, as a newcomer would."""
    coach = page.locator("section.coach")
    title = str(step["title"])
    expect(coach.get_by_role("heading", name=title, exact=True)).to_be_visible()
    away = coach.get_by_role("button", name="Take me there").or_(coach.get_by_role("button", name="Be ", exact=False))
    if away.count():
        away.first.click()
    if "fill" in step:
        coach.get_by_role("button", name="Write it for me").click()
        if title in PRESSED:
            _press(page, PRESSED[title])
        else:
            page.keyboard.press("Enter")
    elif "target" in step:
        _press(page, str(step["target"]))
    else:
        coach.get_by_role("button", name="Done").click()


def _press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).last.click()


def test_the_tour_ends_with_the_review_four_weeks_later(live: Live, look: Windows) -> None:
    steps = live.stage.slack.tour
    page = look()
    for step in steps:
        take(page, step)
    expect(page.locator("section.coach")).to_have_count(0)
    assert live.stage.clock.now() > live.began
    expect(page.get_by_role("dialog")).to_contain_text("What you predicted")
