"""Conversations: long ones, threads, what is new, what was edited, and a sandbox that went away."""

from __future__ import annotations

from playwright.sync_api import expect
from slack_sdk import WebClient

from sandbox import Limits, Person, Room, Sandbox
from tests.page.conftest import Windows


def test_two_thousand_messages_stay_usable(look: Windows, ana: Person, ben: Person, room: Room) -> None:
    for number in range(2000):
        ben.say(f"message {number}", room)
    page = look(ana, room)
    expect(page.locator(".message").last).to_contain_text("message 1999")
    expect(page.locator(".message")).to_have_count(60)
    expect(page.get_by_role("navigation", name="Workspace")).to_contain_text("checkout")
    page.get_by_role("button", name="Show earlier messages (1940)").click()
    expect(page.locator(".message")).to_have_count(120)
    expect(page.get_by_text("message 1940", exact=True)).to_be_in_viewport()
    began = page.evaluate("performance.now()")
    page.get_by_label("Message #checkout").fill("still quick")
    page.get_by_label("Message #checkout").press("Enter")
    expect(page.get_by_text("still quick")).to_be_visible()
    assert page.evaluate("performance.now()") - began < 3000


def test_unread_counts_rise_and_fall(look: Windows, ana: Person, ben: Person, room: Room) -> None:
    page = look(ana, "home")
    link = page.get_by_role("navigation", name="Workspace").get_by_role("link", name="checkout")
    expect(link).to_be_visible()
    ben.say("one", room)
    ben.say("two", room)
    expect(link).to_contain_text("2")
    link.click()
    expect(page.locator(".day.new")).to_be_visible()
    expect(link).not_to_contain_text("unread")


def test_a_thread_opens_beside_the_conversation(look: Windows, ana: Person, ben: Person, room: Room) -> None:
    parent = ben.say("Shall we?", room)
    page = look(ana, room)
    page.locator(".message").hover()
    page.get_by_role("link", name="Reply in a thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    thread.get_by_label("Reply", exact=True).fill("We shall.")
    thread.get_by_label("Reply", exact=True).press("Enter")
    expect(thread.locator(".message")).to_have_count(2)
    expect(page.get_by_role("link", name="1 reply")).to_be_visible()
    ben.say("Good.", room, thread_ts=parent.ts)
    expect(thread.locator(".message").last).to_contain_text("Good.")
    page.keyboard.press("Escape")
    expect(thread).to_be_hidden()


def test_edits_deletions_and_whispers_show_as_such(
    look: Windows, client: WebClient, ana: Person, ben: Person, room: Room
) -> None:
    sent = client.chat_postMessage(channel=room.id, text="first")
    page, other = look(ana, room), look(ben, room)
    client.chat_update(channel=room.id, ts=str(sent["ts"]), text="second")
    expect(page.locator(".message")).to_contain_text("second (edited)")
    client.chat_postEphemeral(channel=room.id, user=ana.id, text="a word")
    expect(page.locator(".message.ephemeral")).to_contain_text("Only visible to you")
    client.chat_delete(channel=room.id, ts=str(sent["ts"]))
    expect(other.get_by_text("second")).to_have_count(0)
    expect(other.get_by_text("a word")).to_have_count(0)
    expect(other.get_by_text("Nothing was said here yet.")).to_be_visible()


def test_people_write_to_each_other_and_the_app_does_not_hear(
    look: Windows, slack: Sandbox, client: WebClient, ana: Person, ben: Person, room: Room
) -> None:
    page = look(ana, room)
    page.get_by_role("button", name="Write to somebody").click()
    page.get_by_role("menuitem", name="Ben").click()
    page.get_by_label("Message Ben").fill("psst")
    page.get_by_label("Message Ben").press("Enter")
    expect(page.locator(".message")).to_contain_text("psst")
    known = client.conversations_list(types="im")["channels"]
    assert {c["user"] for c in known} == {ana.id}, "her own talk with the app alone"
    assert slack.deliveries(name="message.im") == []


def test_an_unknown_command_is_answered_here(look: Windows, tmp_path: object, ana: Person, room: Room) -> None:
    page = look(ana, room)
    page.get_by_label("Message #checkout").fill("/nothing")
    page.get_by_label("Message #checkout").press("Enter")
    expect(page.locator(".notice")).to_contain_text("/nothing failed with the error “dispatch_failed”")


def test_a_sandbox_that_comes_back_is_found_again(look: Windows, slack: Sandbox, ana: Person, room: Room) -> None:
    page = look(ana, room)
    expect(page.get_by_label("Message #checkout")).to_be_visible()
    port = int(slack.url.rpartition(":")[2])
    slack.stop()
    expect(page.locator("#banner")).to_contain_text("The sandbox does not answer")
    with Sandbox(limits=Limits(rates=False), port=port) as again:
        acme = again.workspace("Acme")
        people = [acme.add_user("Ana"), acme.add_user("Ben")]
        there = acme.add_channel("checkout", people)
        people[1].say("Here again", there)
        expect(page.locator(".message")).to_contain_text("Here again")
        page.close()
