"""What the SDK that is installed knows is played here, or named as not played: an upgrade shows what is new."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from slack_sdk.models import blocks as kit
from slack_sdk.models.blocks import block_elements
from slack_sdk.models.messages import chunk
from slack_sdk.models.metadata import EntityMetadata
from slack_sdk.web.client import WebClient

from sandbox.api import coverage, table, unplayed
from sandbox.limits import check_message
from sandbox.limits.blocks import BLOCKS
from sandbox.limits.chunks import CHUNKS
from sandbox.limits.elements import ELEMENTS
from sandbox.limits.rich_text import INLINE
from sandbox.world import events
from sandbox.world.forms import CLICKED, SLOTS

METHODS = sorted(set(re.findall(r'api_call\(\s*"([a-zA-Z0-9.]+)"', inspect.getsource(WebClient))))


def kinds(*bases: type) -> set[str]:
    """The `type` of every model below these."""
    found: set[str] = set()
    for base in bases:
        model: type
        for model in base.__subclasses__():
            if isinstance(kind := vars(model).get("type"), str):
                found.add(kind)
            found |= kinds(model)
    return found


def test_every_method_of_the_sdk_is_played_or_named() -> None:
    assert len(METHODS) > 300
    known = coverage.KNOWN_METHODS
    unnamed = [name for name in METHODS if name not in known and unplayed.why_not(name) is None]
    assert unnamed == []


def test_no_method_is_both_played_and_named_as_not_played() -> None:
    assert [name for name in coverage.KNOWN_METHODS if unplayed.why_not(name)] == []
    assert sorted(events.PLAYED & unplayed.EVENTS.keys()) == []


def test_every_block_of_the_sdk_is_known() -> None:
    assert kinds(kit.Block) - BLOCKS.keys() == set()


def test_every_element_of_the_sdk_is_known_and_can_be_used() -> None:
    pieces = {"rich_text_list", "rich_text_preformatted", "rich_text_quote", "rich_text_section"}
    elements = kinds(block_elements.BlockElement) - pieces
    parts = {k.type for k in vars(block_elements.RichTextElementParts).values() if hasattr(k, "type")}
    assert parts - INLINE.keys() == set()
    assert elements - ELEMENTS.keys() - INLINE.keys() == set()
    used = ELEMENTS.keys() - {"image", "url"}
    assert used - SLOTS.keys() - CLICKED == set()


def test_every_chunk_of_the_sdk_is_known() -> None:
    assert kinds(chunk.Chunk) == CHUNKS.keys()


def test_an_entity_of_the_sdk_passes_as_metadata() -> None:
    entity = EntityMetadata(
        entity_type="slack#/entities/item",
        external_ref={"id": "42"},
        url="https://example.com/42",
        entity_payload={"attributes": {"title": {"text": "D-42"}}},
    )
    assert check_message(text="x", blocks=None, metadata={"entities": [entity.to_dict()]}) == []


def test_the_docs_name_every_family_and_method_that_is_not_played() -> None:
    text = Path("docs/sandbox.md").read_text(encoding="utf-8")
    table_of_docs = text[text.index("## What is not played") :]
    for name in (*unplayed.FAMILIES, *unplayed.METHODS, *unplayed.EVENTS):
        assert f"`{name}" in table_of_docs, name
    for name in re.findall(r"`([a-z][A-Za-z]+(?:\.[A-Za-z]+)+)`", table_of_docs):
        assert name not in table.METHODS, name


def checked(path: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "sandbox", "--check", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("app.py", "client.calls_add(id='x')\napp.event('star_added')\n{'type': 'call'}\nclient.chat_postMessage()"),
        ("app.js", "client.calls.add({})\napp.event('star_added', f)\n({type: 'call'})\nclient.chat.postMessage({})"),
    ],
)
def test_an_apps_source_is_checked_in_any_language(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    status, said = checked(tmp_path)
    assert status == 1
    assert [line.split(":")[0] for line in said.splitlines()] == ["method calls.add", "event star_added", "block call"]


def test_what_nobody_has_heard_of_is_named_and_what_is_somebody_elses_is_not(tmp_path: Path) -> None:
    lines = (
        "client.chat_sendMessage()",
        "client.api_call('conversations.hide')",
        "await client.apps.datastore.put({})",
        "await client.chat.completions.create({})",
        "client.messages.create()",
        "client.chat.postMessage({})",
    )
    (tmp_path / "app.js").write_text("\n".join(lines))
    (tmp_path / "manifest.webmanifest.json").write_text(json.dumps({"name": "A page", "icons": []}))
    status, said = checked(tmp_path)
    assert status == 1
    assert [line.partition(":")[0] for line in said.splitlines()] == [
        "method apps.datastore.put",
        "method chat.sendMessage",
        "method conversations.hide",
    ]


def test_a_manifest_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    names = ["message.im", "star_added", "no_such_event"]
    settings = {"socket_mode_enabled": True, "event_subscriptions": {"bot_events": names}}
    file.write_text(json.dumps({"display_information": {"name": "Door"}, "settings": settings, "types": {"a": {}}}))
    status, said = checked(file)
    assert status == 1
    assert "star_added: retired" in said
    assert "no_such_event: Slack's reference does not name it" in said
    assert "manifest types" in said
    assert checked(Path("manifest.yml")) == (0, "Everything in it is played here.\n")
    assert checked(tmp_path / "nothing")[0] == 2


def test_every_event_named_as_played_is_sent_somewhere() -> None:
    """By its own name, or by the name of its kind: `{kind}_archive` for channel_archive and group_archive."""
    source = "\n".join(path.read_text("utf-8") for path in Path("sandbox").rglob("*.py") if path.name != "unplayed.py")
    tables = Path("sandbox/world/events.py").read_text("utf-8")
    sent = source.replace(tables[tables.index("SCOPES:") : tables.index("PLAYED =")], "")
    spoken = {
        *(f"{kind}_{what}" for kind in ("channel", "group") for what in ("archive", "unarchive", "deleted", "rename")),
        "channel_created",
        "user_profile_changed",
        "user_status_changed",
    }
    assert [name for name in events.PLAYED if f'"{name}"' not in sent and name not in spoken] == []
