"""Limits on app manifests."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import jsonschema
import pytest

from sandbox.limits import check_manifest, load_manifest

Json = dict[str, object]

GOOD: Json = {
    "$schema": "https://example.com/manifest.schema.json",
    "_metadata": {"major_version": 2, "minor_version": 1},
    "display_information": {
        "name": "Threshold",
        "description": "Escalation hygiene",
        "background_color": "#1d3557",
    },
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Threshold", "always_online": True},
        "shortcuts": [
            {
                "name": "Escalate",
                "type": "message",
                "callback_id": "escalate",
                "description": "Bring a decision",
            }
        ],
        "slash_commands": [{"command": "/escalate", "description": "Bring a decision", "usage_hint": "[what]"}],
        "agent_view": {
            "agent_description": "Asks whether the door opens both ways.",
            "suggested_prompts": [{"title": "Escalate", "message": "I want to escalate"}],
        },
    },
    "oauth_config": {
        "scopes": {"bot": ["chat:write", "commands", "users:read.email", "incoming-webhook"]},
        "redirect_urls": ["https://example.com/slack/oauth"],
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
        "org_deploy_enabled": False,
        "token_rotation_enabled": False,
    },
}


PLATFORM: Json = {
    "functions": {
        "search": {
            "title": "Search",
            "description": "Finds decisions",
            "input_parameters": {"query": {"type": "string", "name": "query", "is_required": True}},
            "output_parameters": {"properties": {"found": {"type": "string"}}},
        }
    },
    "workflows": {"weekly": {"title": "Weekly", "description": "A digest", "steps": []}},
    "datastores": {"doors": {"primary_key": "id", "attributes": {"id": {"type": "string"}}}},
    "types": {"door": {"type": "object"}},
    "outgoing_domains": ["api.example.com"],
    "external_auth_providers": {"oauth2": {}},
    "mcp_servers": {"own": {"url": "https://example.com/mcp", "auth_type": "no_auth"}},
}
SEARCH: Json = {
    "search": {"search_function_callback_id": "search", "search_filters_function_callback_id": "filters"},
    "rich_previews": {"is_active": True, "entity_types": ["slack#/entities/item"]},
}


def changed(*path: str | int, to: object) -> Json:
    """The good manifest with one place changed."""
    manifest = copy.deepcopy(GOOD)
    here: object = manifest
    for key in path[:-1]:
        here = here[key]  # type: ignore[index]
    here[path[-1]] = to  # type: ignore[index]
    return manifest


def refusals(manifest: object) -> list[str]:
    problems = check_manifest(manifest)
    assert {problem.error for problem in problems} <= {"invalid_manifest"}
    return [problem.detail for problem in problems]


BAD: list[tuple[Json, str]] = [
    (
        {key: value for key, value in GOOD.items() if key != "display_information"},
        "missing required field: display_information [json-pointer:]",
    ),
    (
        changed("display_information", "name", to="x" * 36),
        "must be less than 36 characters [json-pointer:/display_information/name]",
    ),
    (
        changed("display_information", "long_description", to="x" * 174),
        "must be more than 174 characters [json-pointer:/display_information/long_description]",
    ),
    (changed("colour", to="red"), "invalid additional property: colour [json-pointer:]"),
    (
        changed("features", "modals", to={}),
        "invalid additional property: modals [json-pointer:/features]",
    ),
    (
        changed("features", "slash_commands", 0, "command", to="escalate"),
        "must begin with / and have no spaces [json-pointer:/features/slash_commands/0/command]",
    ),
    (
        changed("features", "slash_commands", to=[]),
        "no less than 1 items allowed [json-pointer:/features/slash_commands]",
    ),
    (
        changed("features", "shortcuts", 0, "type", to="local"),
        "must be a valid enum value [json-pointer:/features/shortcuts/0/type]",
    ),
    (
        changed("features", "agent_view", "agent_description", to="x" * 301),
        "must be less than 301 characters [json-pointer:/features/agent_view/agent_description]",
    ),
    (
        changed("settings", "interactivity", to={}),
        "missing required field: is_enabled [json-pointer:/settings/interactivity]",
    ),
    (
        changed("settings", "event_subscriptions", "bot_events", to=["message.im", "message.im"]),
        "must not contain duplicate items [json-pointer:/settings/event_subscriptions/bot_events]",
    ),
    (
        changed("settings", "socket_mode_enabled", to="yes"),
        "must provide a boolean [json-pointer:/settings/socket_mode_enabled]",
    ),
]
# Slack checks these though its schema does not.
BAD_BEYOND_THE_SCHEMA: list[tuple[Json, str]] = [
    (
        changed("display_information", "background_color", to="blue"),
        "must be a valid hex color [json-pointer:/display_information/background_color]",
    ),
    (
        changed("oauth_config", "scopes", "bot", to=["Chat Write"]),
        "must be a valid scope [json-pointer:/oauth_config/scopes/bot/0]",
    ),
    (
        changed("features", "assistant_view", to={"assistant_description": "Helps"}),
        "must provide either agent_view or assistant_view [json-pointer:/features]",
    ),
    (
        changed("features", "agent_view", to={"suggested_prompts": []}),
        "missing required field: agent_description [json-pointer:/features/agent_view]",
    ),
    ({**GOOD, "functions": {"search": {}}}, "missing required field: title [json-pointer:/functions/search]"),
    (
        {**GOOD, "outgoing_domains": [f"{n}.example.com" for n in range(11)]},
        "no more than 10 items allowed [json-pointer:/outgoing_domains]",
    ),
    (
        changed("features", "slash_commands", to=[{"command": "/escalate", "description": "d"}] * 2),
        '`command` "/escalate" already exists [json-pointer:/features/slash_commands/1/command]',
    ),
]


def test_a_manifest_for_socket_mode_passes() -> None:
    assert refusals(GOOD) == []


@pytest.mark.parametrize(("manifest", "said"), [*BAD, *BAD_BEYOND_THE_SCHEMA])
def test_what_slack_refuses_of_a_manifest_is_refused(manifest: Json, said: str) -> None:
    assert said in refusals(manifest)


def test_without_socket_mode_everything_sent_needs_an_address() -> None:
    manifest = changed("settings", "socket_mode_enabled", to=False)
    assert [problem.pointer for problem in check_manifest(manifest)] == [
        "/settings/event_subscriptions",
        "/settings/interactivity",
        "/features/slash_commands/0",
    ]


# Where Slack's own schema lies beside the project, it judges the same manifests.
_SCHEMA = Path(__file__).parents[3] / "shared/reference/slack/manifest.schema.2.0.0.json"
JUDGES: list[Callable[[Json], bool]] = [lambda manifest: check_manifest(manifest) == []]
if _SCHEMA.exists():
    JUDGES.append(jsonschema.Draft7Validator(json.loads(_SCHEMA.read_text("utf-8"))).is_valid)


@pytest.mark.parametrize("passes", JUDGES)
@pytest.mark.parametrize(("manifest", "fits"), [(GOOD, True), *((manifest, False) for manifest, _ in BAD)])
def test_we_judge_as_slacks_schema_does(passes: Callable[[Json], bool], manifest: Json, fits: bool) -> None:
    assert passes(manifest) is fits


def test_what_slack_hosts_for_an_app_is_taken_and_named_as_not_played() -> None:
    features = {**cast(Json, GOOD["features"]), **SEARCH}
    manifest = load_manifest({**GOOD, **PLATFORM, "features": features})
    assert set(manifest.not_played) == {
        "features.rich_previews", "features.search", "workflows", "datastores", "types",
        "outgoing_domains", "external_auth_providers", "mcp_servers",
    }  # fmt: skip
    assert load_manifest(GOOD).not_played == []


def test_json_may_be_indented_by_tabs(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(GOOD, indent="\t"))
    assert load_manifest(file).data == GOOD


@pytest.mark.parametrize("text", ['{"display_information": {', "display_information:\n\t- x: [", "\tname: x"])
def test_a_broken_manifest_ends_in_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(text)
    with pytest.raises(ValueError, match=r"manifest\.json is not (JSON|YAML).*\.$"):
        load_manifest(file)
    assert_ends_in_a_sentence(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"null", "is empty"),
        (b"\xff\xfe", "is not text in UTF-8"),
        (b"[" * 100_000, "deeper than anybody reads"),
        (b"[]", "must provide an object"),
    ],
)
def test_what_is_no_manifest_is_said_to_be_none(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "manifest.json"
    file.write_bytes(content)
    with pytest.raises(ValueError, match=said):
        load_manifest(file)
    assert_ends_in_a_sentence(file)


def assert_ends_in_a_sentence(file: Path) -> None:
    command = [sys.executable, "-m", "sandbox", "--manifest", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
