"""What the page is made of, and what it is served with: no browser needed."""

from __future__ import annotations

import graphlib
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sandbox
from sandbox import Person, Room, Sandbox

PAGE = Path(sandbox.__file__).parent / "page"
FILES = sorted(path for path in PAGE.rglob("*") if path.is_file())


def ask(url: str, body: object = None, **headers: str) -> tuple[int, Any]:
    """The status, and the answer where it is JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refused:
        with refused:
            kind = refused.headers.get_content_type()
            return refused.code, json.load(refused) if kind == "application/json" else refused.read()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_is_served_under_a_strict_policy(slack: Sandbox, file: Path) -> None:
    with urllib.request.urlopen(f"{slack.url}/page/{file.relative_to(PAGE)}") as response:
        assert response.read() == file.read_bytes()
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "img-src 'self' data:" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_file_makes_markup_of_text_or_asks_anybody_else(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser", text
    )
    assert not re.search(r"""(?:src|href|import|url)\s*[=(]?\s*["'(]https?://""", text)
    assert not re.search(r"<script(?! type=\"module\" src=)|\son[a-z]+=\"|\sstyle=\"", text)
    assert len(text.splitlines()) < 400


def test_no_script_imports_itself_by_way_of_others() -> None:
    imports = {
        path.name: set(re.findall(r"""(?:from|import\()\s*["']\./([\w.]+)["']""", path.read_text("utf-8")))
        for path in FILES
        if path.suffix == ".js"
    }
    # An import within a comment names a type, and ties two files together all the same.
    assert all(names <= imports.keys() for names in imports.values())
    list(graphlib.TopologicalSorter(imports).static_order())  # CycleError names the files


@pytest.mark.parametrize("path", ["../__main__.py", "%2e%2e/__main__.py", "js/nothing.js", "js", "../controls/page.py"])
def test_nothing_else_is_served(slack: Sandbox, path: str) -> None:
    assert ask(f"{slack.url}/page/{path}")[0] == 404


def test_another_sites_page_may_not_play_anybody(slack: Sandbox, ana: Person, room: Room) -> None:
    say = f"{slack.url}/sandbox/people/{ana.id}/say"
    status, answer = ask(say, {"text": "hi", "channel": room.id}, Origin="https://elsewhere.example")
    assert (status, room.messages) == (403, [])
    assert "own page" in answer["error"]
    assert ask(say, {"text": "hi", "channel": room.id}, Origin=slack.url)[0] == 200


def test_a_window_holds_what_its_person_may_see_and_no_more(
    slack: Sandbox, ana: Person, ben: Person, room: Room
) -> None:
    acme = slack.workspace("Acme")
    private = acme.add_channel("leads", [ben], private=True)
    ben.say("secret", private)
    between = acme.direct(ben, acme.add_user("Chen"))
    ben.say("whisper", between)
    for place in (private, between):
        seen = ask(f"{slack.url}/sandbox/people/{ana.id}/window?channel={place.id}")[1]
        assert seen["place"] is None
        assert place.id not in [known["id"] for known in seen["rooms"]]
        assert not re.search("secret|whisper|leads", json.dumps(seen))
        assert ask(f"{slack.url}/sandbox/people/{ana.id}/join", {"channel": place.id})[0] == 404
    assert ask(f"{slack.url}/sandbox/people/{ben.id}/window?channel={private.id}")[1]["place"]["messages"]


def test_a_stream_asked_after_a_number_it_never_gave_starts_over(slack: Sandbox, ana: Person) -> None:
    """As a window does whose sandbox was started anew."""
    request = urllib.request.Request(f"{slack.url}/sandbox/stream", headers={"Last-Event-ID": "999999"})
    with urllib.request.urlopen(request, timeout=5) as stream:
        first = next(line for line in lines(stream) if line.startswith("id:"))
    assert first == "id: 1"


def lines(stream: Any) -> Iterator[str]:
    for raw in stream:
        yield raw.decode().rstrip()


def test_a_form_that_is_closed_takes_no_clicks(slack: Sandbox, ana: Person) -> None:
    act = f"{slack.url}/sandbox/people/{ana.id}/act"
    assert ask(act, {"view": "V1", "block_id": "b", "action_id": "a"}) == (400, {"error": "That form is closed."})
