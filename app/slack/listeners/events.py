"""What happens in the workspace: Home is opened, somebody changes or leaves, a channel ends."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed, ThresholdError
from app.slack.calls import call
from app.slack.directory import profile_of
from app.slack.listeners.requests import Body, workspace_of_event
from app.slack.listeners.services import Services
from app.slack.views.work_object import details
from app.slack.workspaces import enterprise_of, is_org_wide, workspace_of
from app.telemetry.refusals import REFUSALS
from app.workflows.admission import Actor
from app.workflows.opening import open_numbered
from app.workflows.people import profiles

NAME = re.compile(r"D-(\d{1,9})")


def home_opened(services: Services) -> Callable[..., None]:
    def listener(ack: Ack, body: Body, event: dict[str, Any]) -> None:
        if event.get("tab") == "home":
            actor = Actor(workspace_of_event(body), str(event["user"]))
            services.know(actor)
            with suppress(NotAllowed):  # somebody of another workspace: there is no Home to show
                services.do(
                    actor,
                    str(body.get("event_id") or ""),
                    lambda session, now: profiles.open_home(session, actor, now),
                )
        ack()

    return listener


def user_changed(services: Services) -> Callable[..., None]:
    """Somebody moved to another zone, became a guest, or left: what waits for them gets a way on."""

    def listener(ack: Ack, body: Body, event: dict[str, Any]) -> None:
        user = event["user"]
        actor = Actor(workspace_of_event(body), str(user["id"]))
        profile = profile_of(user, actor.workspace, services.directory.country)
        services.do(
            actor,
            str(body.get("event_id") or ""),
            lambda session, now: _keep(profiles.update(session, actor.workspace, actor.user, profile, now)),
        )
        ack()

    return listener


def channel_gone(services: Services, work: Callable[[Session, str, str, datetime], None]) -> Callable[..., None]:
    """``work``: what becomes of the channel's digest."""

    def listener(ack: Ack, body: Body, event: dict[str, Any]) -> None:
        actor = Actor(workspace_of_event(body), str(event.get("user") or ""))
        channel = str(event["channel"])
        services.do(
            actor,
            str(body.get("event_id") or ""),
            lambda session, now: work(session, actor.workspace, channel, now),
        )
        ack()

    return listener


def details_requested(services: Services) -> Callable[..., None]:
    """Somebody opened a decision that stands in a channel as a work object: they read what they may see of it."""

    def listener(ack: Ack, body: Body, event: dict[str, Any], client: WebClient) -> None:
        ack()
        actor = Actor(workspace_of_event(body), str(event["user"]))
        reference = event.get("external_ref") or {}
        number = NAME.fullmatch(str(reference.get("id") or ""))
        answer: dict[str, Any] = {"error": {"status": "not_found"}}
        if number and services.decisions_url:
            services.know(actor)
            try:
                with services.db.read() as session:
                    decision = open_numbered(session, actor, int(number[1]))
                    scene = services.scene_of(session, decision, actor.user)
                    answer = {"metadata": details(scene, services.decisions_url)}
            except ThresholdError as error:
                said = services.plain(actor, error.sentence)
                answer = {"error": {"status": "custom", "custom_title": "Not for you", "custom_message": said}}
        with call("entity.presentDetails"):
            client.entity_presentDetails(trigger_id=str(event["trigger_id"]), **answer)

    return listener


def app_removed(services: Services) -> Callable[..., None]:
    """Somebody removed the app, or took its token away: from this commit on nothing is sent there.

    A word about an install that was replaced since comes too late to count.
    """

    def listener(ack: Ack, body: Body, event: dict[str, Any]) -> None:
        bots = event["tokens"].get("bot") if event["type"] == "tokens_revoked" else True
        if bots:  # a person's own token is none of ours
            REFUSALS.note(str(workspace_of(body) or enterprise_of(body)), "token_revoked")  # where it is the only one
            services.forget(workspace_of(body), enterprise_of(body), is_org_wide(body), _said_at(body))
        ack()

    return listener


def _said_at(body: Body) -> datetime:
    return datetime.fromtimestamp(int(body.get("event_time") or 0), UTC)


def _keep(_: object) -> None:
    return None
