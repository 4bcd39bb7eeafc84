"""Sends one message of the outbox: a card where it stands, a notice once, a digest, Home, a file."""

import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar
from urllib.request import Request, urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy.orm import Session

from app.db import auditor_queries, keepers, outgoing, policies, posted_cards, queries, roster
from app.db.models import Decision
from app.db.session import Database
from app.domain.message_kinds import CardKind
from app.domain.stored_words import ANSWERED
from app.slack.blocks_accepted import Accepted, Newer
from app.slack.calls import answered
from app.slack.directory import Directory
from app.slack.errors import Means, NoAnswer, code_of, meaning
from app.slack.exports import markdown
from app.slack.loading import Cases, load_digest, load_home, scene_for
from app.slack.notice_delivery import NoticeDelivery, Unknown
from app.slack.redaction import Redaction
from app.slack.threads import Thread
from app.slack.views.blocks import Block
from app.slack.views.cards.proposal import proposal_card
from app.slack.views.cards.registry import render_card
from app.slack.views.digest import digest_message, numbers_in
from app.slack.views.home import home_view
from app.slack.views.replies.registry import REPLIES, render_reply
from app.slack.views.scene import DigestScene, Message
from app.slack.views.work_object import work_object
from app.slack.workspaces import Workspaces
from app.words.ladder import called_there
from app.workflows import notifying
from app.workflows.triage import intake

log = logging.getLogger(__name__)
T = TypeVar("T")

CARDS = frozenset(kind.value for kind in CardKind)
ERRANDS = frozenset({"home", "export", "thread", "settle", "redact"})
"""What leaves no message of its own to remember."""
NEWER_COMES_WITHIN = timedelta(seconds=20)
"""For so long what this release can show only in part is left to a newer one that may run beside it."""
KINDS = CARDS | ERRANDS | {"notice", "digest", "reply", "proposal"}
"""Every kind of message that this release sends."""
EVENT_TYPE = "threshold"
A_PAGE = 200
"""Messages asked for at once. Slack may give fewer: fifteen, to an app from outside its marketplace."""
MOST_PAGES = 200
"""Of one look. By then the message would have to be older than thousands of others."""


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

    FAULTS: ClassVar = "faults"
    """Under which its arguments count the attempts that failed by a fault of ours; Slack's trouble is not among them.
    """

    @classmethod
    def of(cls, stored: Any) -> "Row":
        """Raises TypeError where what goes with the message is no object."""
        if not isinstance(stored.args, dict):
            raise TypeError("the arguments are no object")
        return cls(
            stored.id, stored.workspace_id, stored.decision_id, stored.kind, stored.recipient, stored.args, stored.key,
            stored.created_at, stored.attempts,
        )  # fmt: skip

    @property
    def faults(self) -> int:
        counted = self.args.get(self.FAULTS)
        return counted if isinstance(counted, int) else 0

    @property
    def to(self) -> tuple[str, str]:
        """Whom it is for. In Enterprise Grid the same person may be met in several workspaces."""
        return self.workspace, self.recipient


@dataclass(frozen=True)
class Sent:
    """Where a message stands now, and a digest of what it shows; of a notice, when it was written."""

    channel: str
    ts: str
    shown: str = ""
    kind: str = ""
    """Under which kind it is remembered; empty for what is never edited."""
    as_before: bool = False
    """It stands where it stood and shows what it showed."""
    found: bool = False
    """It stood there already, from an attempt whose end nobody heard of."""
    anew: bool = False
    """It did not stand there, or nobody knew that it did."""
    version: int | None = None
    """Of the decision, as it was drawn."""
    names: tuple[int, ...] = ()
    """Of a digest: the decisions that stand in it, by their numbers."""


class NoMore(Exception):
    """The message was deleted while it was in hand: whoever it was for has been erased, and is not written to."""


class TakenOver(Exception):
    """This thread hung for so long that somebody else sends the message, or has sent it."""


class Sending:
    """Puts a row into Slack's words and sends it. What a send failed with is for the caller to judge."""

    def __init__(
        self,
        db: Database,
        workspaces: Workspaces,
        clock: Callable[[], datetime],
        *,
        directory: Directory,
        assistant: bool,
        holds: Callable[[int], bool],
        give_way: Callable[[], None],
        decisions_url: str | None = None,
    ):
        """``holds``: whether a row, by its id, is still ours to send. ``give_way``: let whoever is in a hurry by.
        ``decisions_url``: where a decision has a page; with one, a channel's line is a work object too.
        """
        self.decisions_url = decisions_url
        self.db, self.workspaces, self.clock, self.assistant = db, workspaces, clock, assistant
        self.directory, self.holds, self.give_way = directory, holds, give_way
        self.accepted = Accepted()
        self.notices = NoticeDelivery(db, workspaces, clock)
        self.redaction = Redaction(db, workspaces)
        self.last_post: dict[tuple[str, str], float] = {}
        """When something new was last posted to a recipient, on the monotonic clock."""
        self._dms: dict[tuple[str, str], str] = {}

    def _client(self, row: Row) -> WebClient:
        return self.workspaces.client(row.workspace)

    def send(self, row: Row, cases: Cases) -> Sent | None:
        """Where the message stands, or None where nothing is left to edit later.

        ``cases``: the decisions that were looked at in this round of deliveries.

        Raises:
            Unknown: a newer release wrote it, and it is left to that one.
        """
        if row.kind not in KINDS:
            raise Unknown("a kind of message")
        with self.db.read() as session:
            names = policies.rung_names(session, row.workspace)
        with called_there(names):
            return self._send(row, cases)

    def _send(self, row: Row, cases: Cases) -> Sent | None:
        errand: Callable[[Row], None] | None = {
            "home": self._publish_home,
            "export": self._upload,
            "thread": self._fetch_thread,
            "redact": self.redaction.redact,
        }.get(row.kind)
        if errand is not None:
            errand(row)
            return None
        if row.kind == "settle":
            self.notices.settle(row, cases)
            return None
        if row.kind in CARDS:
            return self._send_card(row, cases)
        if row.kind == "proposal":
            return self._send_proposal(row)
        if row.kind == "notice":
            return self._send_notice(row, cases)
        if row.kind == "digest":
            return self._send_digest(row)
        return self._post(row, self._render(row))

    def _send_digest(self, row: Row) -> Sent | None:
        """In containers, where the workspace takes them."""
        scene = self._load_digest(row)
        if scene is None:
            return None
        message = digest_message(scene, containers=True)
        if not any(block["type"] == "container" for block in message.blocks):
            return self._post_digest(row, scene, containers=False)
        return self.accepted.send(
            row.workspace,
            Newer.CONTAINER,
            lambda containers: self._post_digest(row, scene, containers=containers),
        )

    def _load_digest(self, row: Row) -> DigestScene | None:
        """None where nothing is left to say."""
        with self.db.read() as session:
            since = datetime.fromisoformat(row.args["since"])
            return load_digest(session, row.workspace, row.recipient, since, self.clock())

    def _post_digest(self, row: Row, scene: DigestScene, *, containers: bool) -> Sent:
        message = digest_message(scene, containers=containers)
        sent = self._post(row, message)
        self._take_back(row, sent, message, containers=containers)
        return replace(sent, names=numbers_in(scene))

    def _take_back(self, row: Row, sent: Sent, said: Message, *, containers: bool) -> None:
        """A decision that was made private while its digest was on the way stands in a channel now, with its title.
        Whoever makes it so after this look finds the digest by what is kept of it (``digests.posted``). In this order
        (drawn, made private, posted, looked at again) they meet in
        ``test_a_digest_that_was_drawn_before_a_decision_became_private_is_corrected``."""
        scene = self._load_digest(row)
        now = digest_message(scene, containers=containers) if scene else None
        if now is None:
            self._client(row).chat_delete(channel=sent.channel, ts=sent.ts)
        elif digest_of(now) != digest_of(said):
            self._client(row).chat_update(channel=sent.channel, ts=sent.ts, text=now.text, blocks=now.blocks)

    def _send_card(self, row: Row, cases: Cases) -> Sent | None:
        """A card is edited where it stands; posted where it stands nowhere, or is wanted at the bottom."""
        with self.db.read() as session:
            case = cases.case(session, row.workspace, row.decision or 0, row.recipient)
            if case is None or not (row.kind == CardKind.STATUS or takes_part(case.decision, row.recipient)):
                return None  # it is gone; or they were taken out since this was written
            found = cases.card(session, case.decision, row.kind, row.recipient)
        self.give_way()
        viewer = scene_for(case, row.recipient, self.clock(), assistant=self.assistant)
        if viewer.newer:
            self._rather_newer(row, case.decision)
        message = render_card(row.kind, viewer)
        shown = posted_cards.IN_PART if viewer.newer else digest_of(message)
        entity = (
            work_object(viewer, self.decisions_url)
            if self.decisions_url and self._is_object(row) and not viewer.newer
            else None
        )
        stands = Sent(found.channel_id, found.ts, found.shown, row.kind, as_before=True) if found else None
        if stands is None and row.args.get("lost"):
            stands = self._where(row)
        if stands and not row.args.get("again"):
            if stands.shown == shown and row.attempts == 1:  # tried before: it may show what we never heard of
                return stands
            try:
                self._edit(row, stands, message, entity)
                lost = found is None  # nobody knew where it stands
                return Sent(stands.channel, stands.ts, shown, row.kind, anew=lost, version=case.decision.version)
            except SlackApiError as error:
                if meaning(error) is not Means.CARD_GONE:
                    raise
        sent = self._offer(row, entity, lambda offered: self._post(row, message, offered))
        if sent.found:  # it was posted as things stood then
            self._edit(row, sent, message, entity)
        if stands and stands.ts != sent.ts:
            self._take_away(row, stands)
        return Sent(sent.channel, sent.ts, shown, row.kind, anew=True, version=case.decision.version)

    def _is_object(self, row: Row) -> bool:
        """A channel's line, where decisions have a page: nobody else's messages show more than they did."""
        return bool(self.decisions_url) and row.kind == "status"

    def _offer(self, row: Row, entity: Block | None, send: Callable[[Block | None], T]) -> T:
        """Send it as a work object where the workspace takes one."""
        if entity is None:
            return send(None)
        return self.accepted.send(row.workspace, Newer.ENTITY, lambda taken: send(entity if taken else None))

    def _edit(self, row: Row, stands: Sent, message: Message, entity: Block | None) -> None:
        def edit(offered: Block | None) -> None:
            more: dict[str, Any] = {}
            if self._is_object(row):  # also to take away what is private now
                more = {"metadata": metadata_of(row, offered), "attachments": []}
            self._client(row).chat_update(
                channel=stands.channel, ts=stands.ts, text=message.text, blocks=message.blocks, **more
            )

        self._offer(row, entity, edit)

    def _send_notice(self, row: Row, cases: Cases) -> Sent | None:
        """A notice that asks is remembered: asked again, the older one gives way; answered already, it stays unsaid."""
        found = self.notices.look(row, cases)
        if found is None:
            return None
        if found.newer:
            self._rather_newer(row)
        if found.over:
            already = self._find(self._channel(row), row) if row.attempts > 1 else None
            if not already:
                return None
            return Sent(self._channel(row), already, found.since, found.kind, anew=True, version=found.version)
        if found.older:
            self.notices.edit(row, found.older.channel, found.older.ts, found.again)
        sent = self._post(row, found.message)
        return Sent(sent.channel, sent.ts, found.since, found.kind, anew=True, version=found.version)

    def _send_proposal(self, row: Row) -> Sent | None:
        """A keeper's card: posted once, and edited where it stands."""
        with self.db.read() as session:
            found = keepers.proposal(session, row.workspace, int(row.args["p"]))
            if found is None:
                return None
            own = roster.own_ladder(session, row.workspace, found.channel_id)
            message, stands = proposal_card(found, own, row.recipient), found.places.get(row.recipient)
            if stands is None and found.settled_at is not None:
                return None
        if stands is not None:
            self._client(row).chat_update(channel=stands[0], ts=stands[1], text=message.text, blocks=message.blocks)
            return Sent(stands[0], stands[1])
        sent = self._post(row, message)

        def keep(session: Session) -> None:
            id = int(row.args["p"])
            noted = keepers.note_place(session, row.workspace, id, row.recipient, sent.channel, sent.ts)
            if noted is not None and noted.settled_at is not None:  # while this one was on its way
                notifying.send(session, row.workspace, "proposal", row.recipient, self.clock(), p=id)

        self.db.run(keep)
        return sent

    def _rather_newer(self, row: Row, decision: Decision | None = None) -> None:
        """Let a newer release draw it, if one runs beside us; after a while it is drawn here, as far as we know it."""
        if self.clock() - row.created_at < NEWER_COMES_WITHIN:
            raise Unknown("its decision" if decision is None else f"{decision.name} was {ANSWERED}")

    def _take_away(self, row: Row, old: Sent) -> None:
        """The card moved down: the old copy would answer clicks with yesterday's state."""
        try:
            self._client(row).chat_delete(channel=old.channel, ts=old.ts)
        except SlackApiError as error:
            log.info("the old card stays: %s", code_of(error))

    def _render(self, row: Row) -> Message:
        """A reply."""
        with self.db.read() as session:
            if row.args["view"] not in REPLIES:
                raise Unknown("an answer")
            return render_reply(row.args, lambda id: queries.decision(session, row.workspace, id))

    def _post(self, row: Row, message: Message, entity: Block | None = None) -> Sent:
        channel = self._channel(row)
        if row.attempts > 1:
            already = self._find(channel, row)
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
        answer = self._client(row).chat_postMessage(
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

    def _where(self, row: Row) -> Sent | None:
        """Where a card stands whose place was forgotten: every one of its messages carries a key that we gave out."""
        with self.db.read() as session:
            keys, since = auditor_queries.keys_of(session, row.workspace, row.decision, row.kind, row.recipient)
        if since is None:
            return None
        channel = self._channel(row)
        ts = self._find(channel, row, keys, since)
        return Sent(channel, ts, "", row.kind) if ts else None

    def _find(
        self,
        channel: str,
        row: Row,
        keys: frozenset[str] = frozenset(),
        since: datetime | None = None,
    ) -> str | None:
        """The ts of this very message, if an earlier attempt reached Slack after all; or the newest of ``keys``."""
        wanted = keys or {row.key}
        return self._first(
            channel,
            row,
            lambda said: (said.get("metadata") or {}).get("event_payload", {}).get("key") in wanted,
            since,
        )

    def _first(
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
            return self._client(row).conversations_replies(ts=str(thread), cursor=looked.get("cursor"), **asked)
        return self._client(row).conversations_history(oldest=oldest, latest=looked.get("before"), **asked)

    def _looked(self, row: Row, looked: dict[str, Any] | None) -> None:
        """Keep how far a look came; ``None``: the next one begins anew."""
        if looked != row.args.get("looked"):
            self._keep(row, "looked", looked)

    def _keep(self, row: Row, key: str, value: Any) -> None:
        """Write something beside what a row asks for, for its next attempt."""
        with self.db.begin() as session:
            stored = outgoing.outbox_row(session, row.workspace, row.id)
            if stored is not None:
                stored.args = {**{name: one for name, one in stored.args.items() if name != key}}
                if value is not None:
                    stored.args = {**stored.args, key: value}

    def _channel(self, row: Row) -> str:
        """The channel of a recipient: itself, or the direct message with a person."""
        if row.recipient[:1] not in ("U", "W"):
            return row.recipient
        known = self._dms.get(row.to)
        if known is None:
            opened = self._client(row).conversations_open(users=row.recipient)
            known = self._dms[row.to] = str(opened["channel"]["id"])
        return known

    def _publish_home(self, row: Row) -> None:
        with self.db.read() as session:
            view = home_view(load_home(session, row.workspace, row.recipient, self.clock()))
        self._client(row).views_publish(user_id=row.recipient, view=view)

    def forget(self, row: Row) -> None:
        """This person is not to be reached where we thought."""
        self._dms.pop(row.to, None)

    def _fetch_thread(self, row: Row) -> None:
        """The thread a decision came from: its link and its words to the end, as far as the bot may read them."""
        ts, link = str(row.args["ts"]), None
        told = Thread.of(row.args.get("read"))
        try:
            link = str(self._client(row).chat_getPermalink(channel=row.recipient, message_ts=ts)["permalink"])
            while not told.over:
                page = self._client(row).conversations_replies(
                    channel=row.recipient, ts=ts, limit=A_PAGE, cursor=told.cursor
                )
                told.take(page["messages"], lambda raw: self.directory.names(row.workspace, raw))
                told.cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
                told.over = told.cursor is None
        except (SlackApiError, NoAnswer) as error:
            if not isinstance(error, SlackApiError) or meaning(error) in (Means.AGAIN, Means.SLOWER):
                self._keep(row, "read", told.kept())
                raise
            log.info("a thread stays unread: %s", code_of(error))
        words = told.words(intake.LONGEST_SOURCE) or str(row.args.get("text") or "")
        with self.db.begin() as session:
            decision = queries.decision(session, row.workspace, row.decision or 0, lock=True)
            if decision is not None:
                intake.add_source(session, decision, link, words, self.clock())

    def _upload(self, row: Row) -> None:
        """A file carries no key of ours; Slack's own id for it, kept before it is shown, tells an earlier attempt's."""
        with self.db.read() as session:
            decision = queries.decision(session, row.workspace, row.decision or 0)
            if decision is None:
                return
            name, text = f"{decision.name}.md", markdown(session, decision, self.clock())
        channel, file = self._channel(row), str(row.args.get("file") or "")
        if file and self._first(channel, row, lambda said: file in {one.get("id") for one in said.get("files") or ()}):
            return
        if not file:
            file = self._bring(row, name, text.encode())
        try:
            self._client(row).files_completeUploadExternal(
                files=[{"id": file, "title": name}], channel_id=channel, initial_comment=f"{name[:-3]} as Markdown."
            )
        except SlackApiError as error:
            if code_of(error) == "file_not_found":  # brought too long ago: the next attempt brings it anew
                self._keep(row, "file", None)
            raise

    def _bring(self, row: Row, name: str, content: bytes) -> str:
        """Hand a file to Slack, where nobody sees it yet. Its id."""
        client = self._client(row)
        given = client.files_getUploadURLExternal(filename=name, length=len(content))
        request = Request(str(given["upload_url"]), data=content, method="POST")  # noqa: S310 — the address is Slack's
        with answered(), urlopen(request, timeout=client.timeout, context=client.ssl) as answer:  # noqa: S310
            answer.read()
        self._keep(row, "file", str(given["file_id"]))
        return str(given["file_id"])


def takes_part(decision: Decision, user: str) -> bool:
    """Whether a card, or a notice, is still for them."""
    return any(part.user_id == user for part in decision.participants)


def metadata_of(row: Row, entity: Block | None) -> dict[str, Any]:
    """What goes with a message unseen: the key it is found by, and the work object it stands for."""
    known: dict[str, Any] = {"event_type": EVENT_TYPE, "event_payload": {"key": row.key}}
    return known | ({"entities": [entity]} if entity else {})


def digest_of(message: Message) -> str:
    """What a card shows, short: an unchanged card is not sent again."""
    shown = json.dumps([message.text, message.blocks], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()
