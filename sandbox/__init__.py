"""A Slack that runs on this machine, over the real protocol and with the real limits.

    with Sandbox(manifest="manifest.yml") as slack:
        acme = slack.workspace("Acme")
        ana = acme.add_user("Ana", tz="America/New_York")
        reply = ana.command("/escalate", "Move the database?")

Point any Bolt app at it: SLACK_API_URL is `slack.api_url`, the bot token `acme.bot_token`, the app
token `slack.app_token` (Socket Mode), the signing secret `slack.signing_secret` (HTTP).

`slack` is the whole, `people` the driver, `api/` the Web API, `courier` what carries events to the
app, `limits/` Slack's limits, `control` the same as the driver over HTTP.
"""

from __future__ import annotations

from sandbox.clock import Clock
from sandbox.faults import Fault, FaultKind
from sandbox.interactions import Reply, Submitted
from sandbox.log import Delivery, Request
from sandbox.model import Message, View
from sandbox.people import Person
from sandbox.places import Grid, Room, Workspace
from sandbox.settings import SLACK_RETRY_DELAYS, Limits
from sandbox.slack import Sandbox

__all__ = [
    "SLACK_RETRY_DELAYS",
    "Clock",
    "Delivery",
    "Fault",
    "FaultKind",
    "Grid",
    "Limits",
    "Message",
    "Person",
    "Reply",
    "Request",
    "Room",
    "Sandbox",
    "Submitted",
    "View",
    "Workspace",
]
