"""The manifest and the code, held against each other both ways: nothing unasked for, nothing unanswered."""

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import jsonschema
import pytest
import yaml
from slack_bolt import App
from slack_sdk import WebClient

from app.slack.listeners import EVENTS, Services, register
from app.slack.scopes import EVENTS as EVENT_SCOPES
from app.slack.scopes import METHODS, SCOPES
from app.slack.views.replies.commands import COMMANDS
from sandbox.api import table
from sandbox.limits import check_manifest
from sandbox.world import events as sandbox_events

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
SCHEMA = ROOT.parent / "shared" / "reference" / "slack" / "manifest.schema.2.0.0.json"

ON_SLACK = {"message": ["message.im"]}
"""Bolt's name of an event → the names to subscribe to. Any other event has the one name."""

CALLS = {method.replace(".", "_"): {method} for method in METHODS} | {
    "files_upload_v2": {"files.getUploadURLExternal", "files.completeUploadExternal"}
}
"""The client's name of a call → the methods of the Web API behind it."""


class Listing:
    """Stands where Bolt's app does, and writes down what is registered."""

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.shortcuts: list[tuple[str, str]] = []
        self.events: list[str] = []

    def command(self, name: str) -> Callable[[object], None]:
        self.commands.append(name)
        return lambda _: None

    def shortcut(self, what: dict[str, str]) -> Callable[[object], None]:
        self.shortcuts.append((what["type"], what["callback_id"]))
        return lambda _: None

    def event(self, name: str) -> Callable[[object], None]:
        self.events.append(name)
        return lambda _: None

    def action(self, _: object) -> Callable[[object], None]:
        return lambda _: None

    view = action


@pytest.fixture(scope="module")
def registered() -> Listing:
    listing = Listing()
    register(cast(App, listing), cast(Services, None))
    return listing


def calls() -> Iterator[tuple[str, str]]:
    """Every call of a Web API method in the app: where, and the client's name of it."""
    names = {name for name in dir(WebClient) if "_" in name.strip("_") and not name.startswith("_")} - {"api_call"}
    for file in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node.func.attr


def test_slack_would_take_the_manifest() -> None:
    assert check_manifest(MANIFEST) == []
    if SCHEMA.exists():
        jsonschema.validate(MANIFEST, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_every_command_has_a_listener_and_every_listener_its_command(registered: Listing) -> None:
    assert [one["command"] for one in MANIFEST["features"]["slash_commands"]] == registered.commands


def test_the_usage_hint_names_every_word_that_can_be_typed() -> None:
    hint = MANIFEST["features"]["slash_commands"][0]["usage_hint"]
    typed = [word for word, _ in COMMANDS if word and " " not in word]
    assert hint == f"[a sentence | {' | '.join(typed)}]"


def test_every_shortcut_has_a_listener_and_every_listener_its_shortcut(registered: Listing) -> None:
    declared = [({"message": "message_action"}[one["type"]], one["callback_id"]) for one in shortcuts()]
    assert declared == registered.shortcuts


def shortcuts() -> list[dict[str, str]]:
    found: list[dict[str, str]] = MANIFEST["features"]["shortcuts"]
    return found


def test_every_event_has_a_listener_and_every_listener_its_event(registered: Listing) -> None:
    wanted = [name for event in registered.events for name in ON_SLACK.get(event, [event])]
    assert sorted(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == sorted(wanted)
    assert sorted(EVENTS) == sorted(registered.events)
    assert sorted(EVENT_SCOPES) == sorted(wanted)


def test_every_call_of_slack_is_in_the_table_and_every_line_of_the_table_is_called() -> None:
    made = list(calls())
    unknown = [f"{where} calls {name}" for where, name in made if name not in CALLS]
    assert unknown == [], "app/slack/scopes.py does not say which scope it needs"
    reached = {method for _, name in made for method in CALLS[name]}
    assert reached == set(METHODS), "app/slack/scopes.py names a method that nothing calls"


def test_every_call_is_given_its_scope_and_no_scope_is_asked_for_in_vain() -> None:
    asked = MANIFEST["oauth_config"]["scopes"]["bot"]
    assert asked == sorted(SCOPES)
    assert set(MANIFEST["oauth_config"]["scopes"]) == {"bot"}


@pytest.mark.parametrize("method", sorted(set(METHODS) - set(table.APP_METHODS) - set(table.OPEN_METHODS)))
def test_the_table_gives_a_method_scopes_that_slack_knows_it_by(method: str) -> None:
    known = set(table.METHODS[method].needed(None))
    assert METHODS[method] <= known
    assert bool(METHODS[method]) is bool(known)


@pytest.mark.parametrize("event", sorted(EVENT_SCOPES))
def test_the_table_gives_an_event_the_scope_that_slack_wants_for_it(event: str) -> None:
    known = sandbox_events.SCOPES.get(event)
    assert EVENT_SCOPES[event] == ({known} if known else set())


def test_home_and_messages_are_open_and_buttons_are_heard() -> None:
    tabs: dict[str, Any] = MANIFEST["features"]["app_home"]
    assert tabs == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert MANIFEST["settings"]["interactivity"] == {"is_enabled": True}
