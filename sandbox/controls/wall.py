"""The glass wall: what went between the app and this Slack lately, and how near a limit it came."""

from __future__ import annotations

import re
from datetime import timedelta

from sandbox import limits
from sandbox.api.table import METHODS
from sandbox.driver.slack import LocalSlack
from sandbox.world.kinds import Json
from sandbox.world.log import Delivery, Request
from sandbox.world.rates import TIERS

KEPT = 200
"""Rows the wall shows; the log keeps more."""
MINUTE = timedelta(minutes=1)
_POINTER = re.compile(r"^(?:\[ERROR\] )?(.*?)\s*\[json-pointer:(/[^\]]*)\]$", re.DOTALL)


def rows(slack: LocalSlack, _args: Json) -> list[Json]:
    """The newest requests and deliveries, oldest first, without their payloads."""
    found = [_request(r) for r in slack.requests()[-KEPT:]]
    found += [_delivery(d) for d in slack.deliveries()[-KEPT:]]
    return sorted(found, key=lambda row: int(row["number"]))[-KEPT:]


def entry(slack: LocalSlack, args: Json) -> Json:
    """One of them in full: what was sent, what came back, its figures and problems."""
    number = int(args["number"])
    requests = slack.requests()
    for request in requests:
        if request.number == number:
            return _request(request) | {
                "payload": request.args,
                "answer": request.response,
                "figures": figures(request, requests),
            }
    for delivery in slack.deliveries():
        if delivery.number == number:
            return _delivery(delivery) | {"payload": delivery.payload, "answer": delivery.ack_body, "figures": []}
    raise KeyError(number)


def _request(request: Request) -> Json:
    return {
        "number": request.number,
        "at": request.at.isoformat(),
        "from_app": True,
        "name": request.method,
        "kind": "Web API",
        "status": "ok" if request.ok else request.error or str(request.status),
        "good": request.ok,
        "ms": request.ms,
        "fault": request.fault,
        "problems": problems(request.response),
        "percent": request.figures.get("percent", 0),
    }


def _delivery(delivery: Delivery) -> Json:
    again = f", attempt {delivery.attempt + 1}" if delivery.attempt else ""
    status = "acked" if delivery.acked else delivery.error if delivery.done else "under way"
    return {
        "number": delivery.number,
        "at": delivery.at.isoformat(),
        "from_app": False,
        "name": delivery.name,
        "kind": delivery.kind + again,
        "status": status,
        "good": delivery.acked or not delivery.done,
        "ms": delivery.ack_ms,
        "fault": delivery.fault,
        "problems": [],
        "percent": 0,
    }


def problems(response: Json) -> list[Json]:
    """Why a payload was refused: `{message, pointer}`, the pointer "" where Slack names no place."""
    metadata = response.get("response_metadata")
    lines = metadata.get("messages") if isinstance(metadata, dict) else None
    found: list[Json] = []
    for line in lines if isinstance(lines, list) and not response.get("ok") else []:
        match = _POINTER.match(str(line))
        message = match[1] if match else str(line).removeprefix("[ERROR] ")
        found.append({"message": message, "pointer": match[2] if match else ""})
    return found


def figures(request: Request, requests: list[Request]) -> list[Json]:
    """`{name, value, most}` for every limit the call could meet."""
    args = request.args
    view = args.get("view")
    blocks = view.get("blocks") if isinstance(view, dict) else args.get("blocks")
    text = args.get("text")
    found: list[Json] = []
    if isinstance(blocks, list) or isinstance(text, str):
        said = text if isinstance(text, str) else ""
        near = limits.near(text=said, blocks=blocks if isinstance(blocks, list) else None, view=isinstance(view, dict))
        found += [
            {"name": "blocks", "value": near.blocks, "most": near.blocks_limit},
            {"name": "characters", "value": near.characters, "most": near.characters_limit},
            {"name": f"longest text, {near.largest}", "value": near.largest_length, "most": near.largest_limit},
        ]
    return [*found, *_rate(request, requests)]


def _rate(request: Request, requests: list[Request]) -> list[Json]:
    """Calls in the minute before it, of what Slack allows a minute (messages: one a second a channel)."""
    method = METHODS.get(request.method)
    posts = request.method == "chat.postMessage"
    most = 60 if posts else TIERS.get(method.tier, 0) if method else 0
    if not most:
        return []
    channel = request.args.get("channel")
    same = [
        r
        for r in requests
        if r.method == request.method
        and r.team == request.team
        and request.at - MINUTE < r.at <= request.at
        and (not posts or r.args.get("channel") == channel)
    ]
    return [{"name": "calls in a minute", "value": len(same), "most": most}]
