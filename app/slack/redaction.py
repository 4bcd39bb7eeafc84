"""Takes what became private out of what stands in Slack already: digests, and cards of those who take no part.

A channel's line is a card of its own that is drawn anew. What was only said once to somebody who took part then stays.
"""

from datetime import datetime
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from app.db import posted_cards, queries
from app.db.session import Database
from app.slack.errors import Means, code_of, meaning
from app.slack.views.cards.closed import closed_card
from app.slack.views.digest import without
from app.slack.workspaces import Workspaces


class Errand(Protocol):
    """What is needed of an outbox row. ``recipient``: a channel, or somebody."""

    @property
    def workspace(self) -> str: ...
    @property
    def decision(self) -> int | None: ...
    @property
    def recipient(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...


class Redaction:
    """Doing it twice changes nothing: each message is looked at as it stands, and let go of once it is clean."""

    def __init__(self, db: Database, workspaces: Workspaces):
        self.db, self.workspaces = db, workspaces

    def redact(self, row: Errand) -> None:
        """Raises SlackApiError where something can't be taken out now, or at all."""
        if row.recipient[:1] in ("U", "W"):
            self._close_cards(row)
        else:
            self._clean_digests(row)

    def _close_cards(self, row: Errand) -> None:
        """Of somebody who takes no part any more, or never did."""
        with self.db.read() as session:
            decision = queries.decision(session, row.workspace, row.decision or 0)
            if decision is None or queries.is_participant(session, decision, row.recipient):
                return  # somebody let them in again meanwhile
            said = closed_card(decision.name)
            places = [
                (one.id, one.channel_id, one.ts)
                for one in posted_cards.cards(session, decision)
                if one.recipient == row.recipient
            ]
        client = self.workspaces.client(row.workspace)
        for id, channel, ts in places:
            _unless_gone(client, channel, ts, said.text, said.blocks)
            with self.db.begin() as session:
                posted_cards.forget_card(session, row.workspace, id, ts)

    def _clean_digests(self, row: Errand) -> None:
        with self.db.read() as session:
            decision = queries.decision(session, row.workspace, row.decision or 0)
            if decision is None or not decision.private:
                return  # it was made public again meanwhile
            name = decision.name
            found = [one for one in posted_cards.named_in(session, decision) if one.channel_id == row.recipient]
            places = [(one.id, one.ts) for one in found]
        client = self.workspaces.client(row.workspace)
        for id, ts in places:
            self._clean(client, row.recipient, ts, name)
            with self.db.begin() as session:
                posted_cards.forget_entry(session, row.workspace, id)

    def _clean(self, client: WebClient, channel: str, ts: str, name: str) -> None:
        """One digest, as it stands: Slack has its words, we keep none. One that can't be read is taken away whole."""
        try:
            page = client.conversations_history(channel=channel, latest=ts, oldest=ts, inclusive=True, limit=1)
        except SlackApiError as error:
            if code_of(error) != "missing_scope":
                raise
            client.chat_delete(channel=channel, ts=ts)
            return
        said: dict[str, Any] | None = next((one for one in page["messages"] if str(one.get("ts")) == ts), None)
        if said is None:
            return
        left = without(said, name)
        if left["blocks"] != said.get("blocks") or left["text"] != said.get("text"):
            _unless_gone(client, channel, ts, left["text"], left["blocks"])


def _unless_gone(client: WebClient, channel: str, ts: str, text: str, blocks: list[dict[str, Any]]) -> None:
    """Edit a message, where it still stands."""
    try:
        client.chat_update(channel=channel, ts=ts, text=text, blocks=blocks)
    except SlackApiError as error:
        if meaning(error) is not Means.CARD_GONE:
            raise
