"""How every listener answers: know who it is, do the work in one transaction, commit, then ack.

What was acked is durable. What was not acked left nothing half done: Slack tells the person, or delivers again.
"""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient
from sqlalchemy.orm import Session

from app.db import roster
from app.db.models import Decision
from app.db.session import Database
from app.domain.errors import Busy, NotFound, ThresholdError
from app.slack import scenes
from app.slack.calls import call
from app.slack.directory import Directory
from app.slack.errors import NoAnswer, code_of
from app.slack.ids import Modal
from app.slack.views import modals, replies
from app.slack.views.kit import modal
from app.slack.views.scene import Message, Scene
from app.slack.workspaces import enterprise_of, workspace_of
from app.workflows.admission import Actor, first_time
from app.workflows.opening import open_decision
from app.workflows.people import installs

log = logging.getLogger(__name__)

Body = dict[str, Any]
MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
TOO_LATE = frozenset({"expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "invalid_trigger_id"})


@dataclass(frozen=True)
class Desk:
    """What a listener needs at hand."""

    db: Database
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    directory: Directory
    assistant: bool

    def do(self, actor: Actor, identity: str, work: Callable[[Session, datetime], None]) -> bool:
        """Run ``work`` once for this delivery, and commit. False: it was done before.

        ``work`` is begun anew where it met somebody else: what it leaves outside the session, the last time counts.

        Raises:
            ThresholdError: what the person has to be told; nothing was written.
        """
        now = self.clock()

        def once(session: Session) -> bool:
            new = first_time(session, actor.workspace, identity[:128], now)
            if new:
                work(session, now)
            return new

        if not self.db.run(once):
            return False
        self.wake()
        return True

    def scene(self, actor: Actor, id: int) -> Scene:
        """The decision as this person may see it."""
        with self.db.read() as session:
            decision = open_decision(session, actor, id, lock=False)
            return self.scene_of(session, decision, actor.user)

    def scene_of(self, session: Session, decision: Decision, viewer: str) -> Scene:
        return scenes.whole(session, decision, viewer, self.clock(), assistant=self.assistant)

    def know(self, actor: Actor, others: Iterable[str] = ()) -> None:
        """Know who acts, and freshly whoever they are about to rely on.

        Raises:
            Busy: the database is away. It was waited for once, which is all that an ack allows.
        """
        if self.directory.ensure(actor.workspace, [actor.user]):
            self.directory.ensure(actor.workspace, others, fresh=True)

    def forget(self, workspace: str | None, enterprise: str | None, org_wide: bool, said_at: datetime) -> None:
        """The app was removed, at ``said_at`` by Slack's clock."""
        with self.db.begin() as session:
            installs.forget(session, workspace, enterprise, org_wide, said_at, self.clock())

    def plain(self, actor: Actor, sentence: str) -> str:
        """A sentence for a place that shows no mentions: people by their names."""
        try:
            with self.db.read() as session:
                return MENTION.sub(lambda found: _name(session, actor.workspace, found[1]), sentence)
        except Busy:
            return MENTION.sub("somebody", sentence)


def _name(session: Session, workspace: str, user: str) -> str:
    person = roster.person(session, workspace, user)
    return person.name if person and person.name else user


# ── who, and what about ─────────────────────────────────────────────────────────────────────────────────


def actor_of(body: Mapping[str, Any]) -> Actor:
    """Who did it, from any payload that a person causes, and whether Slack says that they are of another workspace."""
    user, team_id = body.get("user"), workspace_of(body)
    user_id = user.get("id") if isinstance(user, Mapping) else body.get("user_id")
    if not user_id or not team_id:
        raise NotFound("I can't tell who this came from, so I changed nothing. Please try again from Slack.")
    home = user.get("team_id") if isinstance(user, Mapping) else None
    return Actor(team_id, str(user_id), is_outside(body, team_id, home))


def team_of(body: Mapping[str, Any]) -> str:
    """The workspace of an event. Raises NotFound where it names none."""
    found = workspace_of(body)
    if found is None:
        raise NotFound("I can't tell which workspace this came from, so I changed nothing.")
    return found


def is_outside(body: Mapping[str, Any], team: str, home: object) -> bool:
    """Whether ``home``, the workspace Slack names for a person, is another than the one this happened in.

    Within an Enterprise Grid that is no stranger yet: there the person's profile says where they belong.
    """
    return bool(home) and home != team and enterprise_of(body) is None


def number(packed: Mapping[str, Any], key: str = "d") -> int:
    """An id out of a packed value. A forged one finds nothing."""
    found = packed.get(key)
    if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 2**62:
        return found
    raise NotFound("I can't tell which decision this is about. “/escalate list” shows yours.")


def identity_of(body: Mapping[str, Any]) -> str:
    """What makes a person's act unique: Slack gives each a trigger of its own."""
    return str(body.get("trigger_id") or "")


def messages_link(team: str, app_id: str) -> str:
    """Opens the conversation with the bot."""
    return f"slack://app?team={team}&id={app_id}&tab=messages"


# ── telling ─────────────────────────────────────────────────────────────────────────────────────────────


def tell(body: Body, client: WebClient, message: Message) -> None:
    """Answer only to the person who acted: in place where Slack lets us, in a small modal otherwise."""
    url = body.get("response_url")
    try:
        if url:
            with call("response_url"):
                WebhookClient(str(url), timeout=5).send(
                    text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=False
                )
        elif body.get("trigger_id"):
            _show(body, client, modal(Modal.TOLD, "Threshold", message.blocks))
    except (SlackApiError, NoAnswer) as error:
        log.warning("an answer did not reach the person: %s", type(error).__name__)


def refuse(body: Body, client: WebClient, error: ThresholdError, typed: str | None = None) -> None:
    tell(body, client, replies.refused(error.sentence, typed))


def open_modal(body: Body, client: WebClient, view: dict[str, Any]) -> None:
    """Open a modal while the trigger lives; say so when it came too late."""
    try:
        _show(body, client, view)
    except SlackApiError as error:
        log.warning("a modal did not open: %s", code_of(error))
        if code_of(error) in TOO_LATE:
            tell(
                body,
                client,
                replies.refused("That took me too long, and Slack closed the door. Please press it again."),
            )
        else:
            tell(
                body,
                client,
                replies.refused("I couldn't open the form just now. Nothing is lost: please press it again."),
            )
    except NoAnswer as error:
        log.warning("a modal did not open: %s", error.how)
        tell(body, client, replies.refused("Slack didn't answer me just now. Nothing is lost: please press it again."))


def _show(body: Body, client: WebClient, view: dict[str, Any]) -> None:
    """On top of the modal that was clicked in, or as the first one. Bolt's own client is not one that counts."""
    if (body.get("view") or {}).get("type") == "modal":
        with call("views.push"):
            client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        with call("views.open"):
            client.views_open(trigger_id=body["trigger_id"], view=view)


def ack_errors(ack: Ack, view: Mapping[str, Any], field: str | None, sentence: str) -> None:
    """Keep the modal open with everything typed, and point at the field; without inputs, say it in a modal's place."""
    fields = [b.get("block_id") for b in view.get("blocks", []) if b.get("type") == "input"]
    if field in fields or fields:
        ack(response_action="errors", errors={str(field if field in fields else fields[0]): sentence[:2000]})
    else:
        ack(response_action="update", view=modals.told("Threshold", sentence))
