"""A Slack that runs on this machine, over the real protocol and with the real limits.

    with Sandbox(manifest="manifest.yml") as slack:
        acme = slack.workspace("Acme")
        ana = acme.add_user("Ana", tz="America/New_York")
        reply = ana.command("/escalate", "Move the database?")

Point any Bolt app at it: SLACK_API_URL is `slack.api_url`, the bot token `acme.bot_token`, the app
token `slack.app_token` (Socket Mode), the signing secret `slack.signing_secret` (HTTP).

The rooms, each above those it may use: `world/` what a Slack holds and its clock, `limits/` what Slack
refuses, `api/` the Web API, `deliveries/` what goes over the line, `driver/` people and places as plain
calls, `controls/` the same over HTTP and the page in `page/`. `show/` draws messages as text and HTML.
"""

from __future__ import annotations

from sandbox.controls.sandbox import Sandbox
from sandbox.deliveries.interactions import Reply, Submitted
from sandbox.driver.people import Person
from sandbox.driver.places import Grid, Workspace
from sandbox.driver.rooms import Room
from sandbox.world.clock import Clock
from sandbox.world.faults import Fault, FaultKind
from sandbox.world.log import Delivery, Request
from sandbox.world.model import Message, View
from sandbox.world.settings import SLACK_RETRY_DELAYS, Limits

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
