"""The time machine, the glass wall and the tour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Person, Room, Sandbox
from sandbox.driver.time_machine import Upcoming, target
from tests.page.conftest import Windows
from tests.sandbox.conftest import section

FRIDAY = datetime(2026, 11, 6, 22, 30, tzinfo=UTC)


def test_a_jump_is_read_on_the_persons_own_clock() -> None:
    new_york = "America/New_York"
    assert target(FRIDAY, jump="hour") == FRIDAY + timedelta(hours=1)
    assert target(FRIDAY, jump="working_day", tz=new_york) == datetime(2026, 11, 9, 14, tzinfo=UTC)
    assert target(FRIDAY, to="2026-11-09T09:00", tz=new_york) == datetime(2026, 11, 9, 14, tzinfo=UTC)
    before_summer_ended = datetime(2026, 10, 23, 13, tzinfo=UTC)
    assert target(before_summer_ended, jump="week", tz="Europe/Berlin") == datetime(2026, 10, 30, 14, tzinfo=UTC)
    for wrong in ({"to": "2026-11-01T09:00"}, {"jump": "yesterday"}, {"to": "soon"}):
        with pytest.raises(ValueError):
            target(FRIDAY, **wrong)


def test_time_moves_and_what_was_scheduled_comes(
    look: Windows, slack: Sandbox, client: WebClient, ana: Person, room: Room
) -> None:
    slack.clock.set(FRIDAY)
    client.chat_scheduleMessage(channel=room.id, text="Monday!", post_at=int((FRIDAY + timedelta(days=2)).timestamp()))
    page = look(ana, room)
    expect(page.locator("#clock-now")).to_have_text("Fri 6 Nov, 5:30 PM")
    expect(page.locator("#next")).to_contain_text("scheduled: Monday! · #checkout")
    page.get_by_role("button", name="Next working day").click()
    expect(page.locator(".message")).to_contain_text("Monday!")
    expect(page.locator("#clock-now")).to_have_text("Mon 9 Nov, 9:00 AM")
    page.get_by_role("button", name="To a date…").click()
    page.get_by_label("A day and a time in New York").fill("2026-11-01T09:00")
    page.get_by_label("A day and a time in New York").press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="To a date…").click()
    page.get_by_label("A day and a time in New York").fill("2026-12-01T09:00")
    page.get_by_role("button", name="Go").click()
    expect(page.locator("#clock-now")).to_have_text("Tue 1 Dec, 9:00 AM")


def test_an_app_brings_its_own_time_machine(look: Windows, slack: Sandbox, ana: Person, room: Room) -> None:
    class Machine:
        went: list[datetime]

        def __init__(self) -> None:
            self.went = []

        def travel(self, to: datetime) -> None:
            self.went.append(to)
            slack.clock.set(to)

        def upcoming(self, limit: int) -> list[Upcoming]:
            return [Upcoming(slack.clock.now() + timedelta(days=1), "the pre-read ends", "Ben")]

    machine = slack.time_machine = Machine()
    slack.clock.set(FRIDAY)
    page = look(ana, room)
    page.get_by_role("button", name="+4 weeks").click()
    expect(page.locator("#clock-now")).to_have_text("Fri 4 Dec, 5:30 PM")
    page.locator("#next").click()
    expect(page.get_by_role("dialog", name="What comes next")).to_contain_text("the pre-read ends")
    assert [at.date() for at in machine.went] == [FRIDAY.date() + timedelta(weeks=4)]


def test_the_wall_shows_what_was_refused_and_where(
    look: Windows, slack: Sandbox, client: WebClient, ana: Person, room: Room
) -> None:
    page = look(ana, room)
    page.get_by_role("button", name="Glass wall").click()
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=room.id, text="t", blocks=[section("fine"), section("x" * 3001)])
    client.chat_postMessage(channel=room.id, text="near", blocks=[section("x" * 2900)])
    wall = page.get_by_role("region", name="Glass wall")
    bad = wall.get_by_role("button", name="invalid_blocks")
    expect(wall.get_by_text("96%")).to_be_visible()
    bad.click()
    entry = page.get_by_role("region", name="The one chosen")
    expect(entry.locator(".problems")).to_contain_text("/blocks/1/text/text")
    expect(entry.locator(".json-row.refused .json-key").first).to_have_text("text")
    expect(entry).to_contain_text("3001 of 3000")
    wall.get_by_label("Filter").fill("invalid")
    expect(wall.locator(".wall-row")).to_have_count(1)


def test_a_tour_leads_on_as_its_steps_are_done(
    look: Windows, slack: Sandbox, ana: Person, ben: Person, room: Room
) -> None:
    slack.tour = [
        {"title": "Say hello", "text": "To everybody.", "as": ana.id, "at": room.id, "target": "#composer-text",
         "fill": "Hello!", "wait": {"event": "message", "channel": room.id}},
        {"title": "Now be Ben", "text": "He reads it.", "as": ben.id, "at": room.id, "wait": {"shows": "Welcome"}},
        {"title": "That is all", "text": "Thank you."},
    ]  # fmt: skip
    ben.say("Welcome", room)  # said long before: it ends no step
    page = look(ana, "home")
    coach = page.get_by_label("Guided tour", exact=True).and_(page.locator("section"))
    expect(coach).to_contain_text("Say hello")
    coach.get_by_role("button", name="Take me there").click()
    coach.get_by_role("button", name="Write it for me").click()
    page.get_by_label("Message #checkout").press("Enter")
    expect(coach).to_contain_text("Now be Ben")
    coach.get_by_role("button", name="Be Ben").click()
    expect(page.get_by_role("button", name="You are Ben")).to_be_visible()
    expect(coach.get_by_role("button", name="Next")).to_be_visible()
    ana.say("Welcome, Ben", room)
    expect(coach).to_contain_text("That is all")
    assert f"#/{ben.id}/{room.id}" in page.url
    coach.get_by_role("button", name="Done").click()
    expect(coach).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Message #checkout")).to_be_visible()
    expect(coach).to_have_count(0)
