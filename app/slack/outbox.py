"""Delivers what was said: after the commit, in order, at Slack's pace, once.

A row is claimed with a lease, rendered from the state as it is now, sent, and marked. A send whose fate is unknown
(the process died, the answer never came) is looked up by the key that travels with the message before it is sent again.
"""

import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import select

from app.db import claims, queries
from app.db.models import Card, Outbox
from app.db.session import Database
from app.domain.errors import ThresholdError
from app.slack import scenes
from app.slack.directory import Directory
from app.slack.errors import Means, code_of, meaning, retry_after
from app.slack.exports import markdown
from app.slack.notes import Notes
from app.slack.views import cards, spoken
from app.slack.views import digest as digest_view
from app.slack.views import home as home_view
from app.slack.views.scene import Message
from app.workflows import channels, triage
from app.workflows.common import tell

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
PACE = 1.0
"""Seconds between two new messages in one channel (Slack: about one a second a channel)."""
MOST_ATTEMPTS = 12
OLDEST = timedelta(days=7)
"""A message that met nothing but Slack's own trouble is given up when it is both: often tried, and this old."""
CARDS = frozenset({"requester", "owner", "signer", "asked", "status", "reader"})
EVENT_TYPE = "threshold"


@dataclass(frozen=True)
class Row:
    """An outbox row, taken out of its session."""

    id: int
    workspace: str
    decision: int | None
    kind: str
    recipient: str
    args: dict[str, Any]
    key: str
    created_at: datetime
    attempts: int


@dataclass(frozen=True)
class Sent:
    """Where a message stands now, and a digest of what it shows; of a notice, when it was written."""

    channel: str
    ts: str
    shown: str = ""
    kind: str = ""
    """Under which kind it is remembered; empty for what is never edited."""


class Postman:
    """One worker that delivers the outbox. Any number of them may run beside each other on one database."""

    def __init__(
        self,
        db: Database,
        client: WebClient,
        directory: Directory,
        clock: Callable[[], datetime],
        *,
        assistant: bool,
        pace: float = PACE,
    ):
        self.db, self.client, self.directory, self.clock = db, client, directory, clock
        self.assistant, self.pace = assistant, pace
        self.notes = Notes(db, client, clock)
        self._woken = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._dms: dict[tuple[str, str], str] = {}
        self._last_post: dict[str, float] = {}

    # ── the worker ──────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        self._thread = threading.Thread(target=self._work, name="postman", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Something was committed: look now."""
        self._woken.set()

    def close(self) -> None:
        """Finish the message in hand and stop."""
        self._closing.set()
        self._woken.set()
        if self._thread:
            self._thread.join(timeout=10)

    def _work(self) -> None:
        while not self._closing.is_set():
            self._woken.wait(timeout=1.0)
            self._woken.clear()
            try:
                while self.run_once():
                    pass
            except ThresholdError as error:
                log.warning("the outbox waits for the database: %s", type(error).__name__)
                time.sleep(0.5)
            except Exception:
                log.exception("the outbox stumbled")
                time.sleep(0.5)

    def run_once(self, limit: int = 20) -> int:
        """Deliver what is due, at most ``limit``. Returns how many rows were dealt with for good."""
        if self._closing.is_set():
            return 0
        now = self.clock()
        with self.db.begin() as session:
            rows = [
                Row(r.id, r.workspace_id, r.decision_id, r.kind, r.recipient, r.args, r.key, r.created_at, r.attempts)
                for r in claims.claim_outbox(session, now, now + LEASE, limit)
            ]
        done, held = 0, dict[str, float]()
        for row in rows:
            if self._closing.is_set() or row.recipient in held:
                self._put_back(row, held.get(row.recipient, 0.0), counted=False)
                continue
            wait = self._pause_for(row)
            if wait > 0:
                held[row.recipient] = wait
                self._put_back(row, wait, counted=False)
                continue
            retry = self._deliver(row)
            if retry is None:
                done += 1
            else:
                held[row.recipient] = retry
        return done

    def _pause_for(self, row: Row) -> float:
        """Seconds until the next new message may go to this recipient. Edits are not counted."""
        last = self._last_post.get(row.recipient)
        if last is None or row.kind in ("home", "settle"):
            return 0.0
        left = last + self.pace - time.monotonic()
        if left <= 0:
            del self._last_post[row.recipient]
            return 0.0
        return left

    def _deliver(self, row: Row) -> float | None:
        """Send one row. None: done for good; otherwise the seconds until it is tried again."""
        try:
            sent = self._send(row)
        except SlackApiError as error:
            return self._refused(row, error)
        except (OSError, HTTPException, ValueError) as error:  # ValueError: a body that is no JSON
            log.warning("outbox %s (%s): Slack did not answer: %s", row.id, row.kind, type(error).__name__)
            return self._again(row, min(60.0, 2.0 ** min(row.attempts, 6) / 2))
        self._done(row, "sent" if sent or row.kind not in CARDS else "moot", sent)
        return None

    def _refused(self, row: Row, error: SlackApiError) -> float | None:
        means = meaning(error)
        if means is Means.SLOWER:
            wait = retry_after(error)
            self._put_back(row, wait, counted=False)
            return wait
        if means is Means.AGAIN:
            log.warning("outbox %s (%s): %s", row.id, row.kind, code_of(error))
            return self._again(row, min(60.0, 2.0 ** min(row.attempts, 6) / 2))
        if means in (Means.PLACE_GONE, Means.NOT_IN) and row.kind in ("status", "digest"):
            archived = code_of(error) == "is_archived"
            self._place_gone(row, "archived" if archived else "gone" if means is Means.PLACE_GONE else "not_in")
        elif means is Means.PERSON_GONE:
            self._dms.pop((row.workspace, row.recipient), None)
            self.directory.ensure(row.workspace, [row.recipient], fresh=True)
        elif means is Means.REFUSED:
            log.error("outbox %s (%s): Slack refused it: %s", row.id, row.kind, code_of(error))
        self._done(row, str(code_of(error)), None)
        return None

    # ── sending ─────────────────────────────────────────────────────────────────────────────────────────

    def _send(self, row: Row) -> Sent | None:
        """Where the message stands, or None where nothing is left to edit later."""
        errand: Callable[[Row], None] | None = {
            "home": self._publish_home,
            "export": self._upload,
            "thread": self._fetch_thread,
            "settle": self.notes.settle,
        }.get(row.kind)
        if errand is not None:
            errand(row)
            return None
        if row.kind in CARDS:
            return self._send_card(row)
        if row.kind == "notice":
            return self._send_notice(row)
        message = self._render(row)
        return self._post(row, message) if message else None

    def _send_card(self, row: Row) -> Sent | None:
        """A card is edited where it stands; posted where it stands nowhere, or is wanted at the bottom."""
        message = self._render(row)
        if message is None or row.decision is None:
            return None
        with self.db.read() as session:
            found = queries.card(session, row.workspace, row.decision, row.kind, row.recipient)
            stands = Sent(found.channel_id, found.ts, found.shown, row.kind) if found else None
        shown = _digest(message)
        if stands and not row.args.get("again"):
            if stands.shown == shown:
                return stands
            try:
                self.client.chat_update(channel=stands.channel, ts=stands.ts, text=message.text, blocks=message.blocks)
                return Sent(stands.channel, stands.ts, shown, row.kind)
            except SlackApiError as error:
                if meaning(error) is not Means.CARD_GONE:
                    raise
        sent = self._post(row, message)
        if stands and stands.ts != sent.ts:
            self._take_away(stands)
        return Sent(sent.channel, sent.ts, shown, row.kind)

    def _send_notice(self, row: Row) -> Sent | None:
        """A notice that asks is remembered: asked again, the older one gives way; answered already, it stays unsaid."""
        found = self.notes.look(row)
        if found is None:
            return None
        if found.over:
            already = self._find(self._channel(row), row) if row.attempts > 1 else None
            return Sent(self._channel(row), already, found.since, found.kind) if already else None
        if found.older:
            self.notes.edit(found.older.channel, found.older.ts, found.again)
        sent = self._post(row, found.message)
        return Sent(sent.channel, sent.ts, found.since, found.kind)

    def _take_away(self, old: Sent) -> None:
        """The card moved down: the old copy would answer clicks with yesterday's state."""
        try:
            self.client.chat_delete(channel=old.channel, ts=old.ts)
        except SlackApiError as error:
            log.info("the old card stays: %s", code_of(error))

    def _render(self, row: Row) -> Message | None:
        now = self.clock()
        with self.db.read() as session:
            if row.kind == "digest":
                since = datetime.fromisoformat(row.args["since"])
                found = scenes.digest_of(session, row.workspace, row.recipient, since, now)
                return digest_view.render(found) if found else None
            if row.kind == "reply":
                return spoken.render(row.args, lambda id: queries.decision(session, row.workspace, id))
            d = queries.decision(session, row.workspace, row.decision or 0)
            if d is None:
                return None
            viewer = scenes.scene(session, d, row.recipient, now, assistant=self.assistant)
            return cards.render(row.kind, viewer)

    def _post(self, row: Row, message: Message) -> Sent:
        channel = self._channel(row)
        if row.attempts > 1:
            already = self._find(channel, row)
            if already:
                return Sent(channel, already)
        answer = self.client.chat_postMessage(
            channel=channel,
            text=message.text,
            blocks=message.blocks,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": row.key}},
            unfurl_links=False,
            unfurl_media=False,
        )
        self._last_post[row.recipient] = time.monotonic()
        return Sent(str(answer["channel"]), str(answer["ts"]))

    def _find(self, channel: str, row: Row) -> str | None:
        """The ts of this very message, if an earlier attempt reached Slack after all."""
        oldest = f"{(row.created_at - timedelta(minutes=1)).timestamp():.6f}"
        cursor = None
        for _ in range(5):
            page = self.client.conversations_history(
                channel=channel, oldest=oldest, include_all_metadata=True, limit=200, cursor=cursor
            )
            for message in page["messages"]:
                if (message.get("metadata") or {}).get("event_payload", {}).get("key") == row.key:
                    return str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        return None

    def _channel(self, row: Row) -> str:
        """The channel of a recipient: itself, or the direct message with a person."""
        if row.recipient[:1] not in ("U", "W"):
            return row.recipient
        known = self._dms.get((row.workspace, row.recipient))
        if known is None:
            opened = self.client.conversations_open(users=row.recipient)
            known = self._dms[row.workspace, row.recipient] = str(opened["channel"]["id"])
        return known

    def _publish_home(self, row: Row) -> None:
        with self.db.read() as session:
            view = home_view.render(scenes.home(session, row.workspace, row.recipient, self.clock()))
        self.client.views_publish(user_id=row.recipient, view=view)

    def _fetch_thread(self, row: Row) -> None:
        """The thread a decision came from: its link and its words, as far as the bot may read them."""
        ts = str(row.args["ts"])
        link, texts = None, [str(row.args.get("text") or "")]
        try:
            link = str(self.client.chat_getPermalink(channel=row.recipient, message_ts=ts)["permalink"])
            found = self.client.conversations_replies(channel=row.recipient, ts=ts, limit=200)
            texts = [f"{m.get('user', 'app')}: {m.get('text', '')}" for m in found["messages"]] or texts
        except SlackApiError as error:
            if meaning(error) in (Means.AGAIN, Means.SLOWER):
                raise
            log.info("a thread stays unread: %s", code_of(error))
        with self.db.begin() as session:
            d = queries.decision(session, row.workspace, row.decision or 0, lock=True)
            if d is not None:
                triage.add_source(session, d, link, "\n".join(texts), self.clock())

    def _upload(self, row: Row) -> None:
        with self.db.read() as session:
            d = queries.decision(session, row.workspace, row.decision or 0)
            if d is None:
                return
            name, text = f"{d.name}.md", markdown(session, d, self.clock())
        self.client.files_upload_v2(
            channel=self._channel(row),
            filename=name,
            title=name,
            content=text,
            initial_comment=f"{d.name} as Markdown.",
        )

    # ── marking ─────────────────────────────────────────────────────────────────────────────────────────

    def _done(self, row: Row, result: str, sent: Sent | None) -> None:
        with self.db.begin() as session:
            stored = session.get(Outbox, row.id)
            if stored is not None:
                stored.done_at, stored.result = self.clock(), result[:200]
            if sent and sent.kind and row.decision is not None:
                if row.kind == "notice":  # whoever moves the decision right now sees this one, or is seen
                    queries.decision(session, row.workspace, row.decision, lock=True)
                found = queries.card(session, row.workspace, row.decision, sent.kind, row.recipient)
                if found is None:
                    found = Card(
                        workspace_id=row.workspace, decision_id=row.decision, kind=sent.kind, recipient=row.recipient
                    )  # fmt: skip
                    session.add(found)
                found.channel_id, found.ts, found.shown = sent.channel, sent.ts, sent.shown
                if row.kind == "notice":
                    self.notes.look_again(session, row, sent.kind)

    def _again(self, row: Row, wait: float) -> float | None:
        if row.attempts >= MOST_ATTEMPTS and self.clock() - row.created_at > OLDEST:
            log.error("outbox %s (%s) is given up after %s attempts", row.id, row.kind, row.attempts)
            self._done(row, "given up", None)
            return None
        self._put_back(row, wait, counted=True)
        return wait

    def _put_back(self, row: Row, wait: float, *, counted: bool) -> None:
        with self.db.begin() as session:
            stored = session.get(Outbox, row.id)
            if stored is None or stored.done_at is not None:
                return
            stored.claimed_until = None
            stored.due_at = self.clock() + timedelta(seconds=wait)
            if not counted:
                stored.attempts = max(0, stored.attempts - 1)

    def _place_gone(self, row: Row, why: str) -> None:
        """A channel that is no more takes no digest; the requester is told once that news will come here."""
        with self.db.begin() as session:
            if row.kind == "digest":
                if why != "not_in":
                    channels.gone(session, row.workspace, row.recipient)
                return
            d = queries.decision(session, row.workspace, row.decision or 0)
            earlier = select(Outbox.args).where(Outbox.decision_id == row.decision, Outbox.kind == "notice")
            told = any(args.get("say") == "channel_gone" for args in session.scalars(earlier))
            if d is not None and not told:
                tell(session, d, d.requester_id, "channel_gone", self.clock(), channel=row.recipient, why=why)


def _digest(message: Message) -> str:
    shown = json.dumps([message.text, message.blocks], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()
