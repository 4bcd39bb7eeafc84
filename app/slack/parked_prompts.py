"""The question which decision a message is for: remembered where it stands, and closed once it asks no more."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from app.db import parked_messages
from app.db.session import Database
from app.slack.errors import Means, code_of, meaning
from app.slack.views.replies.triage import settled_prompt

log = logging.getLogger(__name__)


def remember(db: Database, workspace: str, args: Mapping[str, Any], channel: str, ts: str) -> bool:
    """Where the question stands. Returns whether it is to be closed at once: it was settled while it was on its way."""
    id = int(args["parked"])
    return db.run(lambda session: parked_messages.note_place(session, workspace, id, channel, ts))


def close(db: Database, client: WebClient, workspace: str, id: int) -> None:
    """Edit it to the one line that is left to say. Doing it twice shows the same line twice.

    Raises:
        SlackApiError: Slack's own trouble; worth another attempt.
    """
    with db.read() as session:
        row = parked_messages.parked(session, workspace, id)
        if row is None or row.channel_id is None or row.ts is None:
            return
        channel, ts, message = row.channel_id, row.ts, settled_prompt(row.text, row.taken_as)
    try:
        client.chat_update(channel=channel, ts=ts, text=message.text, blocks=message.blocks)
    except SlackApiError as error:
        if meaning(error) in (Means.AGAIN, Means.SLOWER):
            raise
        log.info("a question stays as it is: %s", code_of(error))
