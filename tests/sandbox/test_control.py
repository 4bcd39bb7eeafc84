"""The same Slack over HTTP, for a page in a browser, another language, or a terminal."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Person, Room, Sandbox, Workspace
from sandbox.driver import company
from tests.sandbox.conftest import TEXT, Ear, Json, actions, button, error, field, modal
from tests.sandbox.every_method import ENTITY


def call(slack: Sandbox, method: str, path: str, body: Json | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    url = f"{slack.url}/sandbox/{path}"
    request = urllib.request.Request(url, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)
    except urllib.error.HTTPError as refused:
        with refused:
            return {"status": refused.code, **json.load(refused)}


def test_the_index_says_who_is_there_and_what_can_be_asked(slack: Sandbox, ana: Person, checkout: Room) -> None:
    told = call(slack, "GET", "")
    assert told["page"] == f"{slack.url}/"
    (acme,) = [ws for ws in told["workspaces"] if ws["id"] == ana.state.team_id]
    assert {"id": ana.id, "name": ana.name} in acme["people"]
    assert {"id": checkout.id, "name": checkout.name, "private": False} in acme["channels"]
    listed = {(route["method"], route["path"]) for route in told["routes"]}
    assert {("GET", "/sandbox"), ("POST", "/sandbox/people/{user}/say"), ("GET", "/sandbox/stream")} <= listed
    assert all(1 < len(route["does"].split()) < 30 for route in told["routes"])
    with urllib.request.urlopen(f"{slack.url}/sandbox") as response:
        assert json.load(response) == told


def test_a_person_can_be_played_over_http(
    slack: Sandbox, ana: Person, checkout: Room, client: WebClient, ear: Ear
) -> None:
    me = f"people/{ana.id}"
    here: Json = {"channel": checkout.id}
    ear.answer = lambda _heard: (200, '{"text": "Welcome"}')
    reply = call(slack, "POST", f"{me}/command", {"command": "/ask", "text": "why", **here})
    assert (reply["acked"], reply["text"]) == (True, "Welcome")
    ear.answer = lambda _heard: (200, "")
    trigger = ear.payloads("command")[0]["trigger_id"]
    client.views_open(trigger_id=trigger, view=modal(field("What?", "what", TEXT)))
    screen = call(slack, "GET", f"{me}/screen?channel={checkout.id}")
    assert [m["text"] for m in screen["messages"]] == ["Welcome"]
    assert screen["modals"][0]["can_click"][0]["label"] == "What?"
    refused = call(slack, "POST", f"{me}/submit", {"values": {}})
    assert refused["errors"] == {"what": "Please complete this required field."}
    assert call(slack, "POST", f"{me}/submit", {"values": {"What?": "x"}})["closed"] is True

    sent = client.chat_postMessage(channel=checkout.id, text="t", blocks=[actions(button("Go", "go"))])
    clicked = call(slack, "POST", f"{me}/click", {"ts": sent["ts"], "what": "Go", **here})
    assert clicked["acked"] is True
    wrong = call(slack, "POST", f"{me}/click", {"ts": sent["ts"], "what": "Stop", **here})
    assert (wrong["status"], "nothing called 'Stop'" in wrong["error"]) == (400, True)
    said = call(slack, "POST", f"{me}/say", {"text": "hi", **here})
    call(slack, "POST", f"{me}/react", {"ts": said["ts"], "emoji": "eyes", **here})
    assert call(slack, "POST", f"{me}/home", {}) == {"home": None}
    assert call(slack, "POST", "people/U404/say", {"text": "hi"})["status"] == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("people/U404/say", {"text": "hi"}),
        ("workspaces/T404/users", {"name": "Ana"}),
        ("workspaces/T404/channels", {"name": "checkout"}),
        ("workspaces/T404/app", {"what": "uninstall"}),
        ("channels/C404", {"what": "archive"}),
    ],
)
def test_what_nobody_knows_is_said_at_once(slack: Sandbox, acme: Workspace, path: str, body: Json) -> None:
    told = call(slack, "POST", path, body)
    assert told["status"] == 404
    assert path.split("/")[1] in told["error"]


def test_the_world_can_be_built_and_broken_over_http(slack: Sandbox) -> None:
    team = call(slack, "POST", "workspaces", {"name": "Globex"})
    user = call(slack, "POST", "workspaces/Globex/users", {"name": "Hank", "tz": "Asia/Tokyo"})
    made: Json = {"name": "plans", "members": [user["id"]], "private": True}
    channel = call(slack, "POST", f"workspaces/{team['id']}/channels", made)
    assert channel["is_private"] is True
    archived = call(slack, "POST", f"channels/{channel['id']}", {"what": "archive"})
    assert archived["is_archived"] is True
    call(slack, "POST", "workspaces/Globex/app", {"what": "set_scopes", "scopes": ["chat:write"]})
    seen = call(slack, "GET", "state")["workspaces"][0]
    assert (seen["name"], seen["scopes"]) == ("Globex", ["chat:write"])
    assert [u["tz"] for u in seen["users"]] == ["UTC", "Asia/Tokyo"]

    moved = call(slack, "POST", "clock", {"set": "2026-12-24T08:00:00+00:00", "frozen": True})
    assert moved["now"] == "2026-12-24T08:00:00+00:00"
    assert call(slack, "POST", "clock", {"advance": 3600})["now"].startswith("2026-12-24T09:00")
    assert call(slack, "POST", "clock", {"set": "2026-12-24T08:00:00"})["status"] == 400
    fault: Json = {"kind": "server_error", "method": "auth.test"}
    assert call(slack, "POST", "faults", fault)["times"] == 1
    assert len(call(slack, "GET", "faults")) == 1
    assert call(slack, "DELETE", "faults") == []
    assert call(slack, "POST", "meddle", {"what": "earthquake"})["status"] == 400
    assert call(slack, "POST", "meddle", {"what": "expire_triggers"})["sockets"] == 0


def test_requests_and_deliveries_can_be_read_from_where_one_left_off(
    slack: Sandbox, ana: Person, client: WebClient, ear: Ear
) -> None:
    client.auth_test()
    client.users_info(user=ana.id)
    rows = call(slack, "GET", "requests")
    assert [r["method"] for r in rows] == ["auth.test", "users.info"]
    later = call(slack, "GET", f"requests?after={rows[0]['number']}")
    assert [r["method"] for r in later] == ["users.info"]
    ana.command("/ask")
    assert call(slack, "GET", "deliveries?kind=slash_commands")[0]["acked"] is True


def test_every_change_is_streamed(slack: Sandbox, ana: Person) -> None:
    seen: list[str] = []
    ready, done = threading.Event(), threading.Event()

    def listen() -> None:
        with urllib.request.urlopen(f"{slack.url}/sandbox/stream") as stream:
            for line in stream:
                ready.set()
                if line.startswith(b"data: "):
                    seen.append(json.loads(line[6:])["kind"])
                if "message" in seen:
                    done.set()
                    return

    listener = threading.Thread(target=listen)
    listener.start()
    ready.wait(5)
    ana.say("hello")
    assert done.wait(5)
    listener.join()


# OAuth


def test_an_installation_goes_through_a_code_that_serves_once(slack: Sandbox) -> None:
    globex = slack.workspace("Globex", installed=False)
    globex.add_user("Hank")
    query = urllib.parse.urlencode(
        {
            "client_id": slack.client_id,
            "scope": "chat:write,commands",
            "state": "s1",
            "redirect_uri": f"{slack.url}/sandbox/state",
            "team": globex.id,
        }
    )
    with urllib.request.urlopen(f"{slack.url}/oauth/v2/authorize?{query}") as response:
        answered = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(response.url).query))
    assert answered["state"] == "s1"
    client = WebClient(base_url=slack.api_url)
    exchange: Json = {"client_id": slack.client_id, "client_secret": slack.client_secret}
    granted: Any = client.oauth_v2_access(code=answered["code"], **exchange)
    assert (granted["team"]["name"], granted["scope"]) == ("Globex", "chat:write,commands")
    assert WebClient(granted["access_token"], slack.api_url).auth_test()["team"] == "Globex"
    spent = {**exchange, "code": answered["code"]}
    assert error(lambda: client.oauth_v2_access(**spent)) == "invalid_code"


# On its own


def test_it_runs_alone_and_says_how_to_join(tmp_path: Path) -> None:
    (tmp_path / "company.yml").write_text(
        "workspaces: [{name: Initech, users: [{name: Bill, tz: Europe/Paris}],"
        " channels: [{name: tps, members: [Bill]}]}]"
    )
    (tmp_path / "manifest.yml").write_text("display_information: {name: Reporter}")
    command = [sys.executable, "-m", "sandbox", "--port", "0"]
    command += ["--manifest", str(tmp_path / "manifest.yml")]
    command += ["--company", str(tmp_path / "company.yml")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while not any(line.startswith("POST") for line in lines):
            lines.append(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    text = "".join(lines)
    assert "# Initech (T0000000A): Bill" in text
    assert "export SLACK_BOT_TOKEN=xoxb-" in text
    assert "export SLACK_API_URL=http://127.0.0.1:" in text


def test_a_company_needs_its_list_of_workspaces(tmp_path: Path) -> None:
    (tmp_path / "company.yml").write_text("people: []")
    with pytest.raises(ValueError, match="it needs a list called workspaces"):
        company.read(tmp_path / "company.yml")


def test_the_small_company_settles_in(slack: Sandbox) -> None:
    acme: Workspace = company.settle_in(slack, company.SMALL)[0]
    assert [p.name for p in acme.people] == ["Ana Souza", "Ben Okafor", "Chen Li"]
    assert [r.name for r in acme.rooms] == ["general", "checkout"]


def test_an_agent_is_met_over_http(
    slack: Sandbox, acme: Workspace, ana: Person, checkout: Room, client: WebClient
) -> None:
    me = f"people/{ana.id}"
    root = call(slack, "POST", f"{me}/open_assistant", {"seen_in": checkout.id})
    call(slack, "POST", f"{me}/look_at", {"channel": checkout.id})
    here: Json = {"channel_id": root["channel"], "thread_ts": root["ts"]}
    client.assistant_threads_setStatus(status="is thinking…", **here)
    assert call(slack, "GET", f"{me}/assistant?thread_ts={root['ts']}")["status"] == "is thinking…"
    client.api_call("agents.sessions.setStatus", json={"status": "active", "title": "x", **here})
    call(slack, "POST", f"{me}/rename_session", {"thread_ts": root["ts"], "title": "Doors"})
    assert [kept["title"] for kept in acme.state.sessions.values()] == ["Doors"]
    call(slack, "POST", f"{me}/stop_session", {"thread_ts": root["ts"]})
    step = call(slack, "POST", f"{me}/run_step", {"callback_id": "decide"})
    client.functions_completeSuccess(function_execution_id=step["id"], outputs={"door": "two-way"})
    assert call(slack, "GET", f"{me}/step?id={step['id']}")["outputs"] == {"door": "two-way"}
    entity = {**ENTITY, "url": "https://example.com/1"}
    client.chat_postMessage(channel=checkout.id, text="x", metadata={"entities": [entity]})
    message = ana.latest(checkout)
    assert message is not None
    where: Json = {"channel": checkout.id, "ts": message.ts}
    assert call(slack, "POST", f"{me}/open_entity", {"url": "https://example.com/1", **where}) == {}
    assert call(slack, "GET", f"{me}/flexpane") == {"flexpane": None}
    call(slack, "POST", f"{me}/react", {"emoji": "eyes", **where})
    call(slack, "POST", f"{me}/unreact", {"emoji": "eyes", **where})
    call(slack, "POST", f"{me}/pin", where)
    assert list(checkout.state.pins) == [message.ts]
    file = {"name": "memo.txt", "content": "c2hvcnQ=", "channel": checkout.id, "text": "Read"}
    assert call(slack, "POST", f"{me}/share_file", file)["files"][0]["name"] == "memo.txt"
