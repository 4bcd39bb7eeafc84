"""Errands of the outbox, which leave no message of their own to remember: Home, a thread's words, a file."""

import logging
from collections.abc import Callable
from datetime import datetime
from urllib.request import Request, urlopen

from slack_sdk.errors import SlackApiError
from sqlalchemy.orm import Session

from app.db import queries
from app.db.models import Decision
from app.db.session import Database
from app.domain.tradeoffs.sides import shown
from app.slack import arm_chart, pictures
from app.slack.blocks_accepted import Accepted, Newer
from app.slack.calendar_file import calendar_file
from app.slack.calls import answered
from app.slack.directory import Directory
from app.slack.document_files import document_file
from app.slack.errors import Means, NoAnswer, code_of, meaning
from app.slack.exports import markdown
from app.slack.loading import load_home, load_insights
from app.slack.outbox_rows import Row
from app.slack.posting import A_PAGE, Posting
from app.slack.threads import Thread
from app.slack.tradeoff_log import log_file
from app.slack.views.home import home_view
from app.slack.views.insights import SLACKS_OWN, picture_said
from app.words.tradeoffs.experiments import effect_lines
from app.workflows.triage import intake

log = logging.getLogger(__name__)


def _file(session: Session, decision: Decision, kind: str, now: datetime) -> tuple[str, bytes] | None:
    """The name of the file that was asked for, and what stands in it; None where it is gone."""
    if kind == "export":
        return f"{decision.name}.md", markdown(session, decision, now).encode()
    return document_file(session, decision, kind.removeprefix("document_"), now)


def _comment(name: str) -> str:
    stem, _, form = name.rpartition(".")
    return f"{stem} as {'a Word file' if form == 'docx' else 'Markdown'}."


class Errands:
    """Each may be run again from where it came to."""

    def __init__(
        self,
        db: Database,
        posting: Posting,
        directory: Directory,
        clock: Callable[[], datetime],
        accepted: Accepted,
    ):
        self.db, self.posting, self.directory, self.clock = db, posting, directory, clock
        self.accepted = accepted

    def publish_home(self, row: Row) -> None:
        with self.db.read() as session:
            view = home_view(load_home(session, row.workspace, row.recipient, self.clock()))
        self.posting.client(row).views_publish(user_id=row.recipient, view=view)

    def fetch_thread(self, row: Row) -> None:
        """The thread a decision came from: its link and its words to the end, as far as the bot may read them."""
        ts, link = str(row.args["ts"]), None
        told = Thread.of(row.args.get("read"))
        try:
            link = str(self.posting.client(row).chat_getPermalink(channel=row.recipient, message_ts=ts)["permalink"])
            while not told.over:
                page = self.posting.client(row).conversations_replies(
                    channel=row.recipient, ts=ts, limit=A_PAGE, cursor=told.cursor
                )
                told.take(page["messages"], lambda raw: self.directory.names(row.workspace, raw))
                told.cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
                told.over = told.cursor is None
        except (SlackApiError, NoAnswer) as error:
            if not isinstance(error, SlackApiError) or meaning(error) in (Means.AGAIN, Means.SLOWER):
                self.posting.keep(row, "read", told.kept())
                raise
            log.info("a thread stays unread: %s", code_of(error))
        words = told.words(intake.LONGEST_SOURCE) or str(row.args.get("text") or "")
        with self.db.begin() as session:
            decision = queries.decision(session, row.workspace, row.decision or 0, lock=True)
            if decision is not None:
                intake.add_source(session, decision, link, words, self.clock())

    def upload(self, row: Row) -> None:
        """A file carries no key of ours; Slack's own id for it, kept before it is shown, tells an earlier attempt's."""
        with self.db.read() as session:
            decision = queries.decision(session, row.workspace, row.decision or 0)
            if decision is None:
                return
            found = _file(session, decision, row.kind, self.clock())
        if found is not None:
            name, content = found
            self._hand_over(row, name, content, _comment(name))

    def upload_log(self, row: Row) -> None:
        """The log of trade-offs, as far as whoever asked may read it."""
        form = row.kind.removeprefix("tradeoffs_")
        with self.db.read() as session:
            content = log_file(session, row.workspace, row.recipient, form)
        self._hand_over(row, f"tradeoffs.{form}", content, "The trade-off log.")

    def upload_arms(self, row: Row) -> None:
        """The chart of an experiment's arms with their intervals."""
        with self.db.read() as session:
            decision = queries.decision(session, row.workspace, row.decision or 0)
            version = shown(decision) if decision is not None else None
            if decision is None or not decision.results or version is None:
                return
            plan, verdict, name = version.plan, decision.results[-1].verdict, decision.name
        if not pictures.can_draw():
            return  # the same stands in the message, in words and figures
        picture = arm_chart.draw_aside(plan, verdict)
        if picture is not None:
            said = "; ".join(effect_lines(plan, verdict))[:990]
            self._hand_over(row, f"{name}-arms.png", picture, f"{name}: each arm with its interval. {said}", said)

    def upload_calendar(self, row: Row) -> None:
        """A file for somebody's calendar: that it is planned, or that nobody has to come."""
        with self.db.read() as session:
            decision = queries.decision(session, row.workspace, row.decision or 0)
            if decision is None:
                return
            sync, sequence = int(row.args.get("sync") or 0), int(row.args.get("sequence") or 0)
            asked = any(one.user_id == row.recipient and one.sync_id == sync for one in decision.sync_readers)
            if not asked and not queries.is_participant(session, decision, row.recipient):
                return  # whoever was asked and reads along no more still hears that it is off for them
            found = calendar_file(session, decision, row.recipient, sync, sequence, self.clock())
        if found is not None:
            name, content = found
            off = name.endswith("-cancelled.ics")
            said = "takes the sync out of your calendar" if off else "brings the sync into your calendar"
            self._hand_over(row, name, content, f"This file {said}, on your own clock.")

    def upload_picture(self, row: Row) -> None:
        """A chart that Slack has none of its own for, or of which this workspace takes none."""
        chart = str(row.args.get("chart"))
        if chart not in pictures.CHARTS or not pictures.can_draw():
            return  # the same stands in the message, in words and figures
        if chart in SLACKS_OWN and self.accepted.takes(row.workspace, Newer.CHART) is not False:
            return
        with self.db.read(steady=True) as session:
            report = load_insights(session, row.workspace, str(row.args.get("channel") or ""), self.clock())
        picture = pictures.draw_aside(chart, report)
        if picture is not None:
            self._hand_over(row, f"{chart}.png", picture, f"{picture_said(chart, report)}", picture_said(chart, report))

    def _hand_over(self, row: Row, name: str, content: bytes, comment: str, alt: str | None = None) -> None:
        channel, file = self.posting.channel(row), str(row.args.get("file") or "")
        if file and self.posting.first(
            channel, row, lambda said: file in {one.get("id") for one in said.get("files") or ()}
        ):
            return
        if not file:
            file = self._bring(row, name, content, alt)
        try:
            self.posting.client(row).files_completeUploadExternal(
                files=[{"id": file, "title": name}], channel_id=channel, initial_comment=comment
            )
        except SlackApiError as error:
            if code_of(error) == "file_not_found":  # brought too long ago: the next attempt brings it anew
                self.posting.keep(row, "file", None)
            raise

    def _bring(self, row: Row, name: str, content: bytes, alt: str | None) -> str:
        """Hand a file to Slack, where nobody sees it yet. Its id."""
        client = self.posting.client(row)
        given = client.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=alt)
        request = Request(str(given["upload_url"]), data=content, method="POST")  # noqa: S310 — the address is Slack's
        with answered(), urlopen(request, timeout=client.timeout, context=client.ssl) as answer:  # noqa: S310
            answer.read()
        self.posting.keep(row, "file", str(given["file_id"]))
        return str(given["file_id"])
