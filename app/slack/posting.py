"""Posts a new message once: where an earlier attempt may have reached Slack after all, it is looked for first."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from app.db import auditor_queries, outgoing
from app.db.session import Database
from app.slack.errors import NoAnswer
from app.slack.outbox_rows import NoMore, Row, Sent, TakenOver
from app.slack.views.blocks import Block
from app.slack.views.scene import Message
from app.slack.workspaces import Workspaces

EVENT_TYPE = "threshold"
A_PAGE = 200
"""Messages asked for at once. Slack may give fewer: fifteen, to an app from outside its marketplace."""
MOST_PAGES = 200
"""Of one look. By then the message would have to be older than thousands of others."""


class Posting:
    """Conversations, what was posted to them, and which of it is ours."""

    def __init__(
        self, db: Database, workspaces: Workspaces, *, holds: Callable[[int], bool], give_way: Callable[[], None]
    ):
        """``holds``: whether a row, by its id, is still ours to send. ``give_way``: let whoever is in a hurry by."""
        self.db, self.workspaces, self.holds, self.give_way = db, workspaces, holds, give_way
        self.last_post: dict[tuple[str, str], float] = {}
        """When something new was last posted to a recipient, on the monotonic clock."""
        self._dms: dict[tuple[str, str], str] = {}

    def client(self, row: Row) -> WebClient:
        return self.workspaces.client(row.workspace)

    def post(self, row: Row, message: Message, entity: Block | None = None) -> Sent:
        channel = self.channel(row)
        if row.attempts > 1:
            already = self.find(channel, row)
            if already:
                return Sent(channel, already, found=True)
        self._looked(row, None)
        self.give_way()
        if not self.holds(row.id):
            raise TakenOver()
        # Claimed, erased meanwhile, sent: asked once more, as late as can be. test_overtaken_messages has them meet in
        # test_whose_card_is_on_its_way_while_they_are_erased_is_remembered_nowhere.
        with self.db.read() as session:
            if not outgoing.stands(session, row.workspace, row.id, row.key):
                raise NoMore()
        answer = self.client(row).chat_postMessage(
            channel=channel,
            text=message.text,
            blocks=message.blocks,
            metadata=metadata_of(row, entity),
            client_msg_id=row.key,  # Slack answers with the message it has, where it has one of this id
            thread_ts=row.args.get("thread"),
            unfurl_links=False,
            unfurl_media=False,
        )
        self.last_post[row.to] = time.monotonic()
        return Sent(str(answer["channel"]), str(answer["ts"]))

    def where(self, row: Row) -> Sent | None:
        """Where a card stands whose place was forgotten: every one of its messages carries a key that we gave out."""
        with self.db.read() as session:
            keys, since = auditor_queries.keys_of(session, row.workspace, row.decision, row.kind, row.recipient)
        if since is None:
            return None
        channel = self.channel(row)
        ts = self.find(channel, row, keys, since)
        return Sent(channel, ts, "", row.kind) if ts else None

    def find(
        self,
        channel: str,
        row: Row,
        keys: frozenset[str] = frozenset(),
        since: datetime | None = None,
    ) -> str | None:
        """The ts of this very message, if an earlier attempt reached Slack after all; or the newest of ``keys``."""
        wanted = keys or {row.key}
        return self.first(
            channel,
            row,
            lambda said: (said.get("metadata") or {}).get("event_payload", {}).get("key") in wanted,
            since,
        )

    def first(
        self,
        channel: str,
        row: Row,
        is_it: Callable[[dict[str, Any]], bool],
        since: datetime | None = None,
    ) -> str | None:
        """The ts of the newest such message that was posted since this row was written, or ``since``.

        Slack lets an app that is distributed outside its marketplace read fifteen messages a minute: how far we came is
        kept with the row, so that the next attempt goes on there and comes to an end.
        """
        oldest = f"{((since or row.created_at) - timedelta(minutes=1)).timestamp():.6f}"
        looked: dict[str, Any] = dict(row.args.get("looked") or {})
        try:
            while int(looked.get("pages", 0)) < MOST_PAGES:
                page = self._page(row, channel, oldest, looked)
                for message in page["messages"]:
                    if is_it(message):
                        return str(message["ts"])
                cursor = (page.get("response_metadata") or {}).get("next_cursor")
                if not cursor:
                    break
                before = page["messages"][-1]["ts"] if page["messages"] else looked.get("before")
                looked = {"cursor": cursor, "before": before, "pages": int(looked.get("pages", 0)) + 1}
        except (SlackApiError, NoAnswer):
            self._looked(row, looked or None)
            raise
        return None

    def _page(self, row: Row, channel: str, oldest: str, looked: dict[str, Any]) -> Any:
        """Messages of a conversation, newest first; or, for what goes into a thread, of that thread, oldest first.

        A conversation is read on by the time of the last message seen: a cursor may count what was deleted since.
        """
        asked: dict[str, Any] = {"channel": channel, "include_all_metadata": True, "limit": A_PAGE}
        thread = row.args.get("thread")
        if thread:
            return self.client(row).conversations_replies(ts=str(thread), cursor=looked.get("cursor"), **asked)
        return self.client(row).conversations_history(oldest=oldest, latest=looked.get("before"), **asked)

    def _looked(self, row: Row, looked: dict[str, Any] | None) -> None:
        """Keep how far a look came; ``None``: the next one begins anew."""
        if looked != row.args.get("looked"):
            self.keep(row, "looked", looked)

    def keep(self, row: Row, key: str, value: Any) -> None:
        """Write something beside what a row asks for, for its next attempt."""
        with self.db.begin() as session:
            stored = outgoing.outbox_row(session, row.workspace, row.id)
            if stored is not None:
                stored.args = {**{name: one for name, one in stored.args.items() if name != key}}
                if value is not None:
                    stored.args = {**stored.args, key: value}

    def channel(self, row: Row) -> str:
        """The channel of a recipient: itself, or the direct message with a person."""
        if row.recipient[:1] not in ("U", "W"):
            return row.recipient
        known = self._dms.get(row.to)
        if known is None:
            opened = self.client(row).conversations_open(users=row.recipient)
            known = self._dms[row.to] = str(opened["channel"]["id"])
        return known

    def forget(self, row: Row) -> None:
        """This person is not to be reached where we thought."""
        self._dms.pop(row.to, None)


def metadata_of(row: Row, entity: Block | None) -> dict[str, Any]:
    """What goes with a message unseen: the key it is found by, and the work object it stands for."""
    known: dict[str, Any] = {"event_type": EVENT_TYPE, "event_payload": {"key": row.key}}
    return known | ({"entities": [entity]} if entity else {})
