"""Sends one message of the outbox: a card where it stands, a notice once, a keeper's proposal, a digest, a reply."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError
from sqlalchemy.orm import Session

from app.db import keepers, policies, posted_cards, queries, roster
from app.db.models import Decision, PolicyProposal, Proposal
from app.db.session import Database
from app.domain.message_kinds import CardKind
from app.domain.stored_words import ANSWERED
from app.slack import parked_prompts
from app.slack.blocks_accepted import Accepted, Newer
from app.slack.directory import Directory
from app.slack.errands import Errands
from app.slack.errors import Means, code_of, meaning
from app.slack.loading import Cases, load_digest, load_insights, scene_for
from app.slack.notice_delivery import NoticeDelivery, Unknown
from app.slack.outbox_rows import CARDS, KINDS, Row, Sent, fingerprint_of
from app.slack.posting import Posting, metadata_of
from app.slack.redaction import Redaction
from app.slack.views.blocks import Block
from app.slack.views.cards.proposal import policy_proposal_card, proposal_card
from app.slack.views.cards.registry import render_card
from app.slack.views.digest import digest_message, numbers_in
from app.slack.views.insights import insights_message
from app.slack.views.replies.registry import REPLIES, render_reply
from app.slack.views.replies.trying import tried_reply
from app.slack.views.scene import DigestScene, Message
from app.slack.views.work_object import work_object
from app.slack.workspaces import Workspaces
from app.words.ladder import called_there
from app.workflows import notifying
from app.workflows.agenda import CALENDAR
from app.workflows.insights.trying import TRIED, tried
from app.workflows.monthly_insights import INSIGHTS, PICTURE

log = logging.getLogger(__name__)
T = TypeVar("T")

NEWER_COMES_WITHIN = timedelta(seconds=20)
"""For so long what this release can show only in part is left to a newer one that may run beside it."""


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
        self.accepted = Accepted()
        self.notices = NoticeDelivery(db, workspaces, clock)
        self.posting = Posting(db, workspaces, holds=holds, give_way=give_way)
        self.errands = Errands(db, self.posting, directory, clock, self.accepted)
        self.redaction = Redaction(db, workspaces)

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
            "home": self.errands.publish_home,
            "export": self.errands.upload,
            "document_md": self.errands.upload,
            "document_docx": self.errands.upload,
            CALENDAR: self.errands.upload_calendar,
            "thread": self.errands.fetch_thread,
            "redact": self.redaction.redact,
            "parked": self._close_prompt,
            PICTURE: self.errands.upload_picture,
            "tradeoffs_md": self.errands.upload_log,
            "tradeoffs_csv": self.errands.upload_log,
            "tradeoff_chart": self.errands.upload_arms,
        }.get(row.kind)
        if errand is not None:
            errand(row)
            return None
        if row.kind == "settle":
            self.notices.settle(row, cases)
            return None
        if row.kind in CARDS:
            return self._send_card(row, cases)
        if row.kind in PROPOSALS:
            return self._send_proposal(row)
        if row.kind == "notice":
            return self._send_notice(row, cases)
        if row.kind == "digest":
            return self._send_digest(row)
        if row.kind == INSIGHTS:
            return self._send_insights(row)
        if row.kind == TRIED:
            return self._send_tried(row)
        sent = self.posting.post(row, self._render(row))
        if row.args.get("view") == "which_triage":
            self._remember_prompt(row, sent)
        return sent

    def _remember_prompt(self, row: Row, sent: Sent) -> None:
        """Where the question stands which decision a message is for; it may have been settled on its way."""
        if parked_prompts.remember(self.db, row.workspace, row.args, sent.channel, sent.ts):
            parked_prompts.close(self.db, self.workspaces.client(row.workspace), row.workspace, int(row.args["parked"]))

    def _close_prompt(self, row: Row) -> None:
        parked_prompts.close(self.db, self.workspaces.client(row.workspace), row.workspace, int(row.args["p"]))

    def _send_tried(self, row: Row) -> Sent:
        change = row.args.get("change")
        with self.db.read(steady=True) as session:
            found, before, after = tried(
                session, row.workspace, change if isinstance(change, dict) else {}, self.clock()
            )
        counts = (found.same, len(found.otherwise), len(found.unknown))
        return self.posting.post(row, tried_reply(*counts, found.compared, before, after))

    def _send_insights(self, row: Row) -> Sent:
        """With Slack's own charts, where the workspace takes them."""
        with self.db.read(steady=True) as session:
            report = load_insights(session, row.workspace, str(row.args.get("channel") or ""), self.clock())
        whole = not row.args.get("channel")
        drawn = insights_message(report, whole=whole, charts=True)
        if not any(block["type"] == Newer.CHART.value for block in drawn.blocks):
            return self.posting.post(row, drawn)
        plain = insights_message(report, whole=whole)
        return self.accepted.send(
            row.workspace, Newer.CHART, lambda charts: self.posting.post(row, drawn if charts else plain)
        )

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
        sent = self.posting.post(row, message)
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
            self.posting.client(row).chat_delete(channel=sent.channel, ts=sent.ts)
        elif fingerprint_of(now) != fingerprint_of(said):
            self.posting.client(row).chat_update(channel=sent.channel, ts=sent.ts, text=now.text, blocks=now.blocks)

    def _send_card(self, row: Row, cases: Cases) -> Sent | None:
        """A card is edited where it stands; posted where it stands nowhere, or is wanted at the bottom."""
        with self.db.read() as session:
            case = cases.case(session, row.workspace, row.decision or 0, row.recipient)
            if case is None or not (row.kind == CardKind.STATUS or takes_part(case.decision, row.recipient)):
                return None  # it is gone; or they were taken out since this was written
            found = cases.card(session, case.decision, row.kind, row.recipient)
        self.posting.give_way()
        viewer = scene_for(case, row.recipient, self.clock(), assistant=self.assistant)
        if viewer.newer:
            self._rather_newer(row, case.decision)
        message = render_card(row.kind, viewer)
        shown = posted_cards.IN_PART if viewer.newer else fingerprint_of(message)
        entity = (
            work_object(viewer, self.decisions_url)
            if self.decisions_url and self._is_object(row) and not viewer.newer
            else None
        )
        stands = Sent(found.channel_id, found.ts, found.shown, row.kind, as_before=True) if found else None
        if stands is None and row.args.get("lost"):
            stands = self.posting.where(row)
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
        sent = self._offer(row, entity, lambda offered: self.posting.post(row, message, offered))
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
            self.posting.client(row).chat_update(
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
            already = self.posting.find(self.posting.channel(row), row) if row.attempts > 1 else None
            if not already:
                return None
            return Sent(self.posting.channel(row), already, found.since, found.kind, anew=True, version=found.version)
        if found.older:
            self.notices.edit(row, found.older.channel, found.older.ts, found.again)
        sent = self.posting.post(row, found.message)
        return Sent(sent.channel, sent.ts, found.since, found.kind, anew=True, version=found.version)

    def _send_proposal(self, row: Row) -> Sent | None:
        """A keeper's card: posted once, and edited where it stands."""
        kind, drawn = PROPOSALS[row.kind]
        with self.db.read() as session:
            found: Proposal | PolicyProposal | None = keepers.proposal(session, kind, row.workspace, int(row.args["p"]))
            if found is None:
                return None
            message, stands = drawn(session, found, row.recipient), found.places.get(row.recipient)
            if stands is None and found.settled_at is not None:
                return None
        if stands is not None:
            self.posting.client(row).chat_update(
                channel=stands[0], ts=stands[1], text=message.text, blocks=message.blocks
            )
            return Sent(stands[0], stands[1])
        sent = self.posting.post(row, message)

        def keep(session: Session) -> None:
            id = int(row.args["p"])
            noted = keepers.note_place(session, kind, row.workspace, id, row.recipient, sent.channel, sent.ts)
            if noted is not None and noted.settled_at is not None:  # while this one was on its way
                notifying.send(session, row.workspace, row.kind, row.recipient, self.clock(), p=id)

        self.db.run(keep)
        return sent

    def _rather_newer(self, row: Row, decision: Decision | None = None) -> None:
        """Let a newer release draw it, if one runs beside us; after a while it is drawn here, as far as we know it."""
        if self.clock() - row.created_at < NEWER_COMES_WITHIN:
            raise Unknown("its decision" if decision is None else f"{decision.name} was {ANSWERED}")

    def _take_away(self, row: Row, old: Sent) -> None:
        """The card moved down: the old copy would answer clicks with yesterday's state."""
        try:
            self.posting.client(row).chat_delete(channel=old.channel, ts=old.ts)
        except SlackApiError as error:
            log.info("the old card stays: %s", code_of(error))

    def _render(self, row: Row) -> Message:
        """A reply."""
        with self.db.read() as session:
            if row.args["view"] not in REPLIES:
                raise Unknown("an answer")
            return render_reply(row.args, lambda id: queries.decision(session, row.workspace, id))


def takes_part(decision: Decision, user: str) -> bool:
    """Whether a card is still for them."""
    return any(part.user_id == user for part in decision.participants)


def _of_ladder(session: Session, found: Any, viewer: str) -> Message:
    return proposal_card(found, roster.own_ladder(session, found.workspace_id, found.channel_id), viewer)


def _of_policy(session: Session, found: Any, viewer: str) -> Message:
    return policy_proposal_card(found, policies.version_from(session, found.workspace_id, found.version), viewer)


PROPOSALS: Mapping[str, tuple[Any, Callable[[Session, Any, str], Message]]] = {
    "proposal": (Proposal, _of_ladder),
    "policy_proposal": (PolicyProposal, _of_policy),
}
"""The kind of message → what is proposed, and how its card is drawn."""
