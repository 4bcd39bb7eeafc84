"""Notices that ask for something: remembered where they stand, and edited to one line once nothing is left to do."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError
from sqlalchemy.orm import Session

from app.db import posted_cards
from app.db.models import Decision
from app.db.session import Database
from app.domain.message_kinds import NOTICE
from app.domain.stored_words import ANSWERED
from app.slack.errors import Means, code_of, meaning
from app.slack.loading import Cases, load_scene, scene_for
from app.slack.views.notices.registry import (
    ASKED_AGAIN,
    NOTICES,
    remembered_as,
    render_notice,
    settled_line,
    settled_notice,
)
from app.slack.views.scene import Message
from app.slack.workspaces import Workspaces
from app.workflows.cards import card

log = logging.getLogger(__name__)


class Unknown(Exception):
    """This release does not know what a message is or holds; a newer one, which wrote it, does."""


class NoticeRow(Protocol):
    """What is needed of an outbox row."""

    @property
    def workspace(self) -> str: ...
    @property
    def decision(self) -> int | None: ...
    @property
    def recipient(self) -> str: ...
    @property
    def args(self) -> dict[str, Any]: ...
    @property
    def created_at(self) -> datetime: ...


@dataclass(frozen=True)
class MessagePlace:
    """Where a remembered notice stands."""

    channel: str
    ts: str


@dataclass(frozen=True)
class DrawnNotice:
    """A notice about to be sent."""

    message: Message
    kind: str  # under which it is remembered; empty for one that asks for nothing
    since: str  # when it was written, ISO
    newer: bool  # its decision holds what only a newer release knows
    over: bool  # answered before it was sent
    older: MessagePlace | None  # the same, asked before
    again: Message  # what the older one says from now on
    version: int  # of the decision, as it was drawn


class NoticeDelivery:
    """Remembers what asks, and settles it."""

    def __init__(self, db: Database, workspaces: Workspaces, clock: Callable[[], datetime]):
        self.db, self.workspaces, self.clock = db, workspaces, clock

    def look(self, row: NoticeRow, cases: Cases) -> DrawnNotice | None:
        """The notice of this row as it is now; None where its decision is gone, or none of theirs any more."""
        with self.db.read() as session:
            case = cases.case(session, row.workspace, row.decision or 0, row.recipient)
            if case is None or not any(part.user_id == row.recipient for part in case.decision.participants):
                return None  # it is gone; or they were taken out since this was written
            scene, say = scene_for(case, row.recipient, self.clock()), str(row.args["say"])
            if say not in NOTICES:
                raise Unknown("a notice")
            kind = "" if scene.newer else remembered_as(say, scene, row.args) or ""
            found = posted_cards.card(session, row.workspace, case.decision.id, kind, row.recipient) if kind else None
            return DrawnNotice(
                message=render_notice(say, scene, row.args),
                kind=kind,
                since=row.created_at.isoformat(),
                newer=scene.newer,
                over=bool(kind) and settled_notice(kind, scene, row.created_at) is not None,
                older=MessagePlace(found.channel_id, found.ts) if found else None,
                again=settled_line(scene, ASKED_AGAIN),
                version=case.decision.version,
            )

    def look_again(self, session: Session, decision: Decision, row: NoticeRow, kind: str) -> None:
        """It may have been answered between the rendering and this moment; the caller holds the decision."""
        now = self.clock()
        scene = load_scene(session, decision, row.recipient, now)
        if not scene.newer and settled_notice(kind, scene, row.created_at) is not None:
            card(session, decision, "settle", row.recipient, now)

    def settle(self, row: NoticeRow, cases: Cases) -> None:
        """Edit what no longer asks, and forget it. Doing it twice shows the same line twice."""
        over: list[tuple[int, MessagePlace, Message]] = []
        failed: Exception | None = None
        with self.db.read() as session:
            case = cases.case(session, row.workspace, row.decision or 0, row.recipient)
            if case is None:
                return
            scene = scene_for(case, row.recipient, self.clock())
            if scene.newer:
                raise Unknown(f"{case.decision.name} was {ANSWERED}")
            for shown in posted_cards.cards(session, case.decision):
                if shown.recipient == row.recipient and shown.kind.startswith(NOTICE):
                    try:
                        said = settled_notice(shown.kind, scene, datetime.fromisoformat(shown.shown))
                    except Exception as error:  # noqa: BLE001 — raised below, when the others are settled
                        failed = error
                        continue
                    if said is not None:
                        over.append((shown.id, MessagePlace(shown.channel_id, shown.ts), said))
        for id, place, said in over:
            self.edit(row, place.channel, place.ts, said)
            with self.db.begin() as session:
                posted_cards.forget_card(session, row.workspace, id, place.ts)
        if failed is not None:
            raise failed

    def edit(self, row: NoticeRow, channel: str, ts: str, message: Message) -> None:
        """In place, without a ping. A message that can't be edited any more is let go.

        Raises:
            SlackApiError: Slack's own trouble; worth another attempt.
        """
        try:
            client = self.workspaces.client(row.workspace)
            client.chat_update(channel=channel, ts=ts, text=message.text, blocks=message.blocks)
        except SlackApiError as error:
            if meaning(error) in (Means.AGAIN, Means.SLOWER):
                raise
            log.info("a notice stays as it is: %s", code_of(error))
