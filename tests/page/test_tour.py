"""The guided tour leads where it says: both stories, to the review four weeks later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from demo.live import Live
from demo.stage import Stage
from tests.page.conftest import Windows


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
    """Do what one step asks, as a newcomer would: press what the ring points at, until the step is over."""
    coach, ring = page.locator("section.coach"), page.locator(".coach-ring")
    title = str(step["title"])
    expect(coach.get_by_role("heading", name=title, exact=True)).to_be_visible()
    away = coach.get_by_role("button", name="Take me there").or_(coach.get_by_role("button", name="Be ", exact=False))
    if away.count():
        away.first.click()
    for _ in range(12):
        if is_over(page, title):
            return
        write = coach.get_by_role("button", name="Write it for me")
        written = write.count() > 0
        if written:
            before = seen(page)
            write.click()
            page.wait_for_function("was => window.tourSeen() !== was", arg=before)
        before = seen(page)
        try:
            box = ring.bounding_box(timeout=2_000)
        except TimeoutError:  # the step ended meanwhile
            box = None
        if box is None:  # or it was on its way to what is pressed next
            continue
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        if written:  # what was written and sent ends the step
            with suppress(AssertionError):  # the button moved under the pointer, and the click went beside it
                expect(coach.get_by_role("heading", name=title, exact=True)).to_have_count(0)
            continue
        with suppress(TimeoutError):  # or a card was redrawn
            page.wait_for_function("was => window.tourSeen() !== was", arg=before, timeout=4_000)
    raise AssertionError(f"the step “{title}” does not end")


def is_over(page: Page, title: str) -> bool:
    """Waits for the next thing to press, or for the step's end; between the two the ring is hidden. What it points at
    lies under neither the ring nor the card: a click in its middle reaches it, or this times out."""
    page.wait_for_function(
        """title => {
            const ring = document.querySelector(".coach-ring"), card = document.querySelector("section.coach");
            if (!card || card.querySelector("h2").textContent !== title) return true;
            if (!ring || ring.hidden) return false;
            const spot = ring.getBoundingClientRect();
            const hit = document.elementFromPoint(spot.left + spot.width / 2, spot.top + spot.height / 2);
            return hit && !hit.closest(".coach, .coach-ring") && !!hit.closest("button,a,input,textarea,select,label");
        }""",
        arg=title,
        timeout=40_000,
    )
    return page.locator("section.coach").get_by_role("heading", name=title, exact=True).count() == 0


TOUR_SEEN = """() => { window.tourSeen = () => {
    const ring = document.querySelector(".coach-ring"), card = document.querySelector("section.coach");
    return `${card && card.querySelector("h2").textContent}/${ring && !ring.hidden && ring.style.cssText}`;
}; }"""


def seen(page: Page) -> object:
    page.evaluate(TOUR_SEEN)
    return page.evaluate("window.tourSeen()")


def test_the_tour_ends_with_the_review_four_weeks_later(live: Live, look: Windows) -> None:
    steps = live.stage.slack.tour
    assert len(steps) == 10
    page = look()
    for step in steps:
        take(page, step)
    expect(page.locator("section.coach")).to_have_count(0)
    assert live.stage.clock.now() > live.began
    expect(page.get_by_role("dialog")).to_contain_text("What you predicted")
