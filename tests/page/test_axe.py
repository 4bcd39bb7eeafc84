"""The main views, light and dark, by axe's rules: nothing serious."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from demo.company import Company
from demo.stage import Stage
from tests.page.conftest import Windows

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_main_views_can_be_used_by_everybody(
    scheme: Literal["light", "dark"], look: Windows, stage: Stage, cast: Company
) -> None:
    page = look(cast.nia, "home", color_scheme=scheme)
    expect(page.get_by_role("heading", name="Waiting on you")).to_be_visible()
    found = {"home": serious(page)}
    page.get_by_role("button", name="Start a decision").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".input.wrong")).to_be_visible()
    found["a form with an error"] = serious(page)
    page.get_by_role("button", name="Cancel").click()
    page.goto(f"{page.url.split('#')[0]}#/{cast.nia.id}/{cast.retail.id}")
    page.get_by_label("Message #retail").fill("/escalate Should we rename the basket?")
    page.get_by_label("Message #retail").press("Enter")
    expect(page.get_by_role("link", name="Answer it")).to_be_visible()
    page.get_by_label("Message #retail").fill("/e")
    found["a channel, writing a command"] = serious(page)
    page.get_by_role("link", name="Answer it").click()
    page.get_by_role("button", name="Months").click()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    page.get_by_role("button", name="Glass wall").click()
    page.locator(".wall-row").last.click()
    expect(page.locator(".json")).not_to_have_count(0)
    page.get_by_role("button", name="You are Nia").click()
    expect(page.get_by_role("menu")).to_be_visible()
    found["a question, the glass wall, the people"] = serious(page)
    assert found == {view: [] for view in found}


def serious(page: Page) -> list[str]:
    """`rule: what it hit`, for serious and critical findings."""
    page.evaluate(AXE)
    results: dict[str, Any] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa']})"
    )
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in results["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
