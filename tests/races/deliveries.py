"""What Slack would send for one act of one person: a click, a form, a command, an event. Signed, and sent over HTTP.

``GIVEN`` says what an act or a form carries beside the decision; a form's fields are looked up in ``TYPED`` by their
names. An act that needs neither is delivered as it stands, so that most new verbs need nothing here.
"""

import http.client
import json
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from app.domain.answers import Likelihood
from app.domain.writing.document import Document, Section, quote_fingerprint, section_fingerprint, with_prose
from app.words.tradeoffs.experiments import measure_said
from sandbox.deliveries.courier import signature
from sandbox.world.model import APP_ID
from sandbox.world.objects import user_json
from tests.access.kinds import LEADER, NAN, ROSE
from tests.races.world import World
from tests.workflows.colleagues import BEA, CHANNEL, EVE, MIA, OTTO, PAT, VERA
from tests.workflows.tradeoffs.argued import ARMS, CONVERSION, REVENUE, SIDES

ANSWERS_THE_LAST = "one person for a day"
"""In words, where the last question of a two-way door is still to be answered."""

SLACK_WAITS = 3.0
"""Seconds until Slack takes a delivery for lost."""


@dataclass(frozen=True)
class Facts:
    """What a click on the decision of a race carries."""

    decision: int
    number: int
    version: int
    question: int
    remark: int
    comment: int
    parked: int
    proposal: int
    policy_proposal: int
    journey: int
    """Of the map; ``team`` is on it with its lever, ``nameless`` without."""
    team: int
    nameless: int
    thread: str
    """The ts of the requester's card."""


@dataclass(frozen=True)
class Body:
    """What is sent: its kind decides how it is written down."""

    kind: str
    payload: dict[str, Any]

    @property
    def encoded(self) -> tuple[str, str]:
        """Content type and body."""
        if self.kind == "events_api":
            return "application/json", json.dumps(self.payload)
        fields = self.payload if self.kind == "slash_commands" else {"payload": json.dumps(self.payload)}
        return "application/x-www-form-urlencoded", urlencode(fields)

    def signed(self, secret: str) -> tuple[dict[str, str], str]:
        kind, text = self.encoded
        return {"Content-Type": kind, **signature(secret, text)}, text


@dataclass(frozen=True)
class Answer:
    """What came back. ``status`` 0: nothing did."""

    status: int
    text: str
    seconds: float
    at: float = 0.0
    """When it came, on the monotonic clock."""

    @property
    def refused(self) -> str:
        """The sentence of a form that stays open, or of a command that was refused; empty where it was taken."""
        try:
            body = json.loads(self.text) if self.text.strip() else {}
        except ValueError:
            return ""
        if body.get("response_action") == "errors":
            return " ".join(map(str, body["errors"].values()))
        if body.get("response_action") == "update":  # the form again with what is wrong, or what comes after it
            shown = json.dumps(body["view"])
            return shown[:300] if ":warning:" in shown or '"level": "warning"' in shown else ""
        return str(body.get("text", "")) if ":warning:" in self.text else ""


def post(port: int, body: Body, secret: str) -> Answer:
    """Send it to the process that listens there, and wait for the answer as long as Slack does."""
    headers, text = body.signed(secret)
    began, line = time.monotonic(), http.client.HTTPConnection("127.0.0.1", port, timeout=SLACK_WAITS)
    try:
        line.request("POST", "/slack/events", text.encode(), headers)
        answer = line.getresponse()
        status, said = answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException) as error:
        status, said = 0, type(error).__name__
    finally:
        line.close()
    now = time.monotonic()
    return Answer(status, said, now - began, now)


# ── what an act or a form carries ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Way:
    """One way to do it: an act, ``form:`` and a modal, a command or an event, as the access table has it."""

    by: str
    packed: Mapping[str, Any] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    """What a command or a message says."""


FIGURES = "\n".join(
    ["metric,arm,seen,hits,mean,spread,source"]
    + [f"{REVENUE.name},{arm},9000,,0.05,0.2,dashboard" for arm in ARMS]
    + [f"{CONVERSION.name},{arm},9000,360,,,dashboard" for arm in ARMS]
)
OPENED = with_prose(Document(), Section.OPENING, "Shoppers send a gift back from their phone.")

Given = Callable[[Facts], dict[str, Any]]

GIVEN: dict[str, Given] = {
    "change": lambda _: {"q": "undo"},
    "back": lambda _: {"q": "undo"},
    "private": lambda _: {"on": True},
    "climb": lambda _: {"old": VERA, "to": EVE, "rung": "vp"},
    "resolve": lambda facts: {"q": facts.question},
    "remark_open": lambda _: {"k": "question"},
    "form:remark": lambda _: {"k": "question"},
    "approve_written": lambda _: {"v": 1},
    "remark_answer_open": lambda facts: {"r": facts.remark},
    "form:remark_answer": lambda facts: {"r": facts.remark},
    "remark_resolve": lambda facts: {"r": facts.remark},
    "remark_raise": lambda facts: {"r": facts.comment},
    "form:preread_at": lambda _: {"who": [OTTO, ROSE]},
    "snooze": lambda _: {"days": 3},
    "mute": lambda _: {"on": True},
    "parked_to": lambda facts: {"p": facts.parked},
    "parked_new": lambda facts: {"p": facts.parked},
    "form:below": lambda _: {"a": "cannot_decide"},
    "form:close_question": lambda facts: {"q": facts.question},
    "reader_add": lambda _: {"to": NAN},
    "reader_decline": lambda _: {"to": NAN},
    "proposal_keep": lambda facts: {"p": facts.proposal},
    "proposal_decline": lambda facts: {"p": facts.proposal},
    "settled_by": lambda _: {"n": 900},
    "replaces": lambda _: {"n": 900, "on": True},
    "policy_form_open": lambda _: {"s": "climbing"},
    "form:policy_form": lambda _: {"s": "climbing", "v": 1},
    "policy_try": lambda _: {"c": {"wait_days": 9}, "v": 1},
    "form:policy_confirm": lambda _: {"c": {"wait_days": 9}, "v": 1},
    "policy_keep": lambda facts: {"p": facts.policy_proposal},
    "policy_decline": lambda facts: {"p": facts.policy_proposal},
    "form:memo": lambda facts: {"v": facts.version},
    "section_open": lambda _: {"s": "opening"},
    "form:section": lambda _: {"s": "opening", "v": section_fingerprint(OPENED, Section.OPENING)},
    "lend_name": lambda _: {"w": quote_fingerprint(LEADER), "on": True},
    "form:suggestions": lambda facts: {"v": facts.version},
    "form:sign": lambda facts: {"a": "approve", "v": facts.version},
    "form:change_answer": lambda facts: {"v": facts.version},
    "form:reply": lambda facts: {"q": facts.question},
    "form:climb": lambda _: {"old": VERA, "rung": "vp"},
    "form:look": lambda _: {"look": "review"},
    "map_open": lambda facts: {"j": facts.journey},
    "map_down": lambda facts: {"j": facts.journey},
    "team_open": lambda facts: {"j": facts.journey, "t": facts.team},
    "team_off": lambda facts: {"j": facts.journey, "t": facts.nameless},
    "lever_ask": lambda facts: {"j": facts.journey, "t": facts.nameless},
    "lever_open": lambda facts: {"t": facts.nameless},
    "measured_take": lambda facts: {"j": facts.journey, "t": facts.team},
    "fast_lane_open": lambda facts: {"t": facts.team},
    "form:team": lambda facts: {"j": facts.journey, "t": facts.team},
    "form:lever": lambda facts: {"t": facts.nameless},
    "form:fast_lane": lambda facts: {"t": facts.team},
    "form:ladder": lambda _: {"c": CHANNEL},
    "form:digest": lambda _: {"c": CHANNEL},
    "tradeoff_agree": lambda _: {"v": 1},
    "tradeoffs_export": lambda _: {"as_": "md"},
}


def text(value: str) -> dict[str, Any]:
    return {"type": "plain_text_input", "value": value}


def one(value: str) -> dict[str, Any]:
    return {"type": "static_select", "selected_option": {"value": value}}


def some(*values: str) -> dict[str, Any]:
    return {"type": "checkboxes", "selected_options": [{"value": value} for value in values]}


def several(*values: str) -> dict[str, Any]:
    return {"type": "multi_static_select", "selected_options": [{"value": value} for value in values]}


def at(time: str) -> dict[str, Any]:
    return {"type": "timepicker", "selected_time": time}


def person(user: str) -> dict[str, Any]:
    return {"type": "users_select", "selected_user": user}


def people(*users: str) -> dict[str, Any]:
    return {"type": "multi_users_select", "selected_users": list(users)}


def day(world: World, ahead: int) -> dict[str, Any]:
    return {"type": "datepicker", "selected_date": (world.now() + timedelta(days=ahead)).date().isoformat()}


MEMO = {
    "decision": text("Gifts come back until 20 January."), "one_way": text("A promise."), "data": text("4%."),
    "inaction": text("$200k a day."), "ask": text("Vera approves by 27 Nov."), "premortem": text("They forget."),
    "alternatives": text("A voucher."), "metric": text("returns"), "baseline": text("4%"), "target": text("6%"),
}  # fmt: skip

SEATS = {name: people() for name in ("peer", "director", "slt")} | {
    "manager": people(MIA), "vp": people(VERA), "bar_raiser": people(BEA), "scope": one("channel"),
}  # fmt: skip

TYPED: dict[str, dict[str, Any]] = {
    "title_form": {"title": text("Extend the return window to January")},
    "answer_form": {"who_peer": person(PAT), "result_peer": one("cannot_decide"), "note": text("Stand-up")},
    "deflect_form": {"owner": person(OTTO), "metric": text("returns")},
    "form:start": {"sentence": text("Move the warehouse")},
    "form:override": {"reason": text("Nobody stands in for her this week.")},
    "form:ask_below": {"person": person(EVE), "text": text("Can you decide this?")},
    "form:below": {"said": text("Try it with ten customers first.")},
    "form:decide_below": {
        "what": text("We extend it for members."),
        "premortem": text("Nobody knew."),
        "bar_raiser": person(BEA),
    },
    "form:own_words": {"said": text("I would try it in one store first.")},
    "form:rename": {"title": text("Extend the return window for gifts"), "note": text("Gifts only.")},
    "form:close_question": {"reason": text("The report answers it.")},
    "form:memo": MEMO,
    "form:write": {"kind": one("press_release")},
    "form:section": {"text": text("Shoppers send a gift back in eight seconds.")},
    "form:preread": {"readers": people(OTTO, ROSE)},
    "form:preread_at": {"on": 4, "at": at("15:00")},
    "form:remark": {"part": one("all"), "text": text("And January?")},
    "form:remark_answer": {"text": text("Retail does.")},
    "form:sync": {"answer_{remark}": text("Retail does.")},
    "form:sync_move": {"on": 7, "at": at("15:00")},
    "form:dissent": {"degree": one("disagree"), "text": text("January differs.")},
    "form:state": {"decided": text("We ship it."), "reasons": text("The promise."), "on": 35},
    "form:cannot": {"why": text("Legal has not read it."), "until": 7},
    "form:again": {"happened": text("Contacts +2%."), "result": one("keep"), "evidence": text("A report")},
    "form:tradeoff": {
        **{f"objective_{at}": text(side.objective) for at, side in enumerate(SIDES, 1)},
        **{f"speaker_{at}": person(side.user) for at, side in enumerate(SIDES, 1)},
    },
    "form:tradeoff_plan": {
        "arms": text("0, 1, 2, 3 slots"),
        "measures": text("\n".join(map(measure_said, (REVENUE, CONVERSION)))),
        "a_day": text("60000"),
        "starts": 0,
        "why": text("A holiday."),
    },
    "form:tradeoff_results": {"rows": text(FIGURES), "until": 0, "stopped": some("yes"), "corrects": text("Swapped.")},
    "form:tradeoff_close": {
        "decided": text("One slot."),
        "arm": one("1 slot"),
        "reasons": text("It was stopped."),
        "revisit": 35,
    },
    "form:map_form": {"journey": text("Returns")},
    "form:team": {
        "name": text("Payments"),
        "lever": text("Controls the cutoff"),
        "deciders": people(MIA),
        "deputy": person(EVE),
        "days": text("3"),
        "metric": text("Conversion"),
        "effect": text("0.4 points"),
    },
    "form:lever": {"lever": text("Signs the terms"), "days": text("2")},
    "form:touches": {"teams": lambda facts: several(str(facts.team))},
    "form:fast_lane": {"text": text("Three days cost $600k."), "to": person(MIA)},
    "form:send": {"signer": person(VERA), "bar_raiser": person(BEA), "decide_by": 4},
    "form:suggestions": {"part_data": one("take")},
    "form:find": {"words": text("return window")},
    "form:reader": {"to": person(EVE)},
    "form:reader_out": {"reader": one(ROSE)},
    "form:sign": {"said": text("Yes, if Legal has read it.")},
    "form:change_answer": {"answer": one("approve"), "said": text("Go."), "why": text("The figures came in.")},
    "form:question": {"text": text("Who pays?")},
    "form:reply": {"text": text("We do.")},
    "form:hand_over": {"to": person(EVE)},
    "form:condition": {"how": text("Legal has read it.")},
    "form:climb": {"to": person(EVE)},
    "form:extend": {"decide_by": 9, "late": some("yes")},
    "form:withdraw": {"why": text("Not needed.")},
    "form:shipped": {"on": 0},
    "form:drop": {"why": text("The supplier left.")},
    "form:look": {
        "chose": text("We kept it."),
        "right": one("yes"),
        "happened": text("Returns fell by 2%."),
        "learned": text("Ask earlier."),
    },
    "form:revisit": {"on": 30},
    "form:ladder": {**SEATS, "peer": people(PAT)},
    "form:policy_form": {"wait_days": text("9"), **{f"odds_{one}": text("50%") for one in Likelihood}},
    "form:hours": {
        "place": text("Germany"),
        "days": some("0", "1", "2", "3"),
        "start": at("08:00"),
        "end": at("16:00"),
        "off": text("2027-01-04 to 2027-01-08"),
    },
    "form:digest": {"on": one("on"), "days": some("0", "3"), "at": text("09:00"), "tz": text("UTC")},
}
"""What is typed into a form; a number is a day, so many from today."""

WORDS = {
    "/escalate": "Move the warehouse",
    "/escalate …": "Move the warehouse",
    "message": "Move the warehouse",
    "/escalate digest": "digest mon,thu 9:30 Europe/Berlin",
    "/escalate map": "map",
    "/escalate insights": "insights",
    "/escalate insights workspace": "insights workspace",
    "/escalate insights monthly": "insights monthly",
    "/escalate deputy @name": f"deputy <@{EVE}|eve>",
}


def body(world: World, user: str, way: Way, facts: Facts) -> Body:
    """The delivery by which this person does it, now."""
    name, name_ = way.by, way.by.split(" ")[0]
    packed = {"d": facts.decision, **(GIVEN[name](facts) if name in GIVEN else {}), **way.packed}
    typed = {**TYPED.get(name, {}), **way.typed}
    typed = {field: given(facts) if callable(given) else given for field, given in typed.items()}
    typed = {key.format(remark=facts.remark): said for key, said in typed.items()}
    state = {key: {"value": day(world, said) if isinstance(said, int) else said} for key, said in typed.items()}
    if name_ == "/escalate":
        said = name.removeprefix("/escalate").strip().replace("D-42", f"D-{facts.number}").replace("…", "")
        return _command(world, user, way.words or WORDS.get(name) or said)
    if name.startswith("message"):
        return _event(
            world,
            _message(world, user, way.words or WORDS["message"], facts.thread if name == "message in a thread" else ""),
        )
    if name == "app_home_opened":
        return _event(world, {"type": name, "user": user, "tab": "home", "channel": world.dm(user).id})
    if name == "user_change":
        return _event(world, {"type": name, "user": user_json(world.ws.state.users[user], world.now())})
    if name in ("escalate_thread", "tradeoff_thread"):
        return _shortcut(world, user, name)
    if name.startswith("form:"):
        return _submitted(world, user, name.removeprefix("form:"), packed, state)
    return _clicked(world, user, name, packed, state)


def _who(world: World, kind: str, user: str) -> dict[str, Any]:
    return {
        "type": kind,
        "team": {"id": world.ws.id, "domain": "acme"},
        "user": {"id": user, "username": user, "name": user, "team_id": world.ws.id},
        "api_app_id": APP_ID,
        "token": world.slack.world.verification_token,
    }


def _trigger(world: World, user: str) -> str:
    return world.slack.world.new_trigger(world.ws.state, user)


def _answers_to(world: World, user: str) -> str:
    return world.slack.world.new_response_url(world.ws.state, world.dm(user), user)


def _clicked(world: World, user: str, act: str, packed: dict[str, Any], state: dict[str, Any]) -> Body:
    room = world.dm(user)
    action = {"type": "button", "action_id": act, "block_id": "b", "value": json.dumps(packed), "action_ts": "1.1"}
    return Body(
        "interactive",
        _who(world, "block_actions", user) | {
            "container": {"type": "message", "message_ts": "1.1", "channel_id": room.id},
            "channel": {"id": room.id, "name": "directmessage"},
            "trigger_id": _trigger(world, user), "response_url": _answers_to(world, user), "actions": [action],
            "state": {"values": state},
        },
    )  # fmt: skip


def _submitted(world: World, user: str, modal: str, packed: dict[str, Any], state: dict[str, Any]) -> Body:
    blocks = [
        {"type": "input", "block_id": key, "label": {"type": "plain_text", "text": key}, "element": {"type": "x"}}
        for key in state or {"said": 1}
    ]
    view = {
        "id": "V1", "type": "modal", "callback_id": modal, "private_metadata": json.dumps(packed), "blocks": blocks,
        "state": {"values": state},
    }  # fmt: skip
    return Body(
        "interactive", _who(world, "view_submission", user) | {"trigger_id": _trigger(world, user), "view": view}
    )


def _shortcut(world: World, user: str, name: str) -> Body:
    said = {"ts": "1.1", "text": "Shall we move the warehouse?", "user": user}
    more = {"callback_id": name, "message_ts": "1.1", "message": said, "action_ts": "1.1"}
    channel = {"id": CHANNEL, "name": "retail"}
    return Body(
        "interactive",
        _who(world, "message_action", user)
        | {**more, "channel": channel, "trigger_id": _trigger(world, user), "response_url": _answers_to(world, user)},
    )


def _command(world: World, user: str, said: str) -> Body:
    payload = {
        "token": world.slack.world.verification_token, "team_id": world.ws.id, "team_domain": "acme",
        "channel_id": CHANNEL, "channel_name": "retail", "user_id": user, "user_name": user, "command": "/escalate",
        "text": said, "api_app_id": APP_ID, "is_enterprise_install": "false", "trigger_id": _trigger(world, user),
        "response_url": _answers_to(world, user),
    }  # fmt: skip
    return Body("slash_commands", payload)


def _message(world: World, user: str, said: str, thread: str) -> dict[str, Any]:
    """In a direct message, or in the thread of a card there."""
    room, ts = world.dm(user), f"{world.now().timestamp():.6f}"
    event = {
        "type": "message", "channel": room.id, "channel_type": "im", "user": user, "text": said, "ts": ts,
        "team": world.ws.id,
    }  # fmt: skip
    if thread:
        event["thread_ts"] = thread
    return event


def _event(world: World, event: dict[str, Any]) -> Body:
    payload = {
        "token": world.slack.world.verification_token, "team_id": world.ws.id, "api_app_id": APP_ID, "event": event,
        "type": "event_callback", "event_id": f"Ev{uuid.uuid4().hex[:10].upper()}",
        "event_time": int(world.now().timestamp()),
        "authorizations": [{"team_id": world.ws.id, "user_id": world.ws.bot_user_id, "is_bot": True}],
    }  # fmt: skip
    return Body("events_api", payload)
