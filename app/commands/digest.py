"""`threshold digest`: a channel's digest as it stands now."""

import argparse
import time
from contextlib import closing
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app import bootstrap, starting
from app.bootstrap import Bot, build
from app.commands.command import Command, workspace_option
from app.configured import CannotStart
from app.db import digest_dates, locks, outgoing, roster
from app.db.session import Database
from app.settings import Settings
from app.slack.loading import load_digest
from app.slack.views.digest import digest_message
from app.slack.views.scene import Message
from app.workflows.notifying import send

SINCE = timedelta(days=7)
"""How far a digest looks back where none was sent before."""


def digest(db: Database, workspace: str, channel: str, now: datetime) -> str:
    """The channel's digest as it would be posted now, as text."""
    with db.read() as session:
        found = load_digest(session, workspace, channel, _since(session, workspace, channel, now), now)
        return _as_text(digest_message(found)) if found else "Nothing to say: no decision is open there."


def _since(session: Session, workspace: str, channel: str, now: datetime) -> datetime:
    plan = roster.digest_plan(session, workspace, channel)
    return (plan.last_at if plan else None) or now - SINCE


def _as_text(message: Message) -> str:
    """Slack's markup reads well enough in a terminal; only its escapes are taken out."""
    lines: list[str] = []
    for block in message.blocks:
        texts = [block.get("text"), *block.get("fields", []), *block.get("elements", [])]
        said = [str(text["text"]) for text in texts if isinstance(text, dict) and isinstance(text.get("text"), str)]
        lines += said
    whole = "\n\n".join(lines)
    return whole.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def post_digest(bot: Bot, workspace: str, channel: str, timeout: float = 30.0) -> str:
    """Put the digest into the outbox and deliver it. Returns one sentence about it.

    Raises:
        CannotStart: Slack refused it, or did not take it in ``timeout`` seconds; then it stays in the outbox.
    """
    now = bot.clock()
    with bot.db.begin() as session:
        plan = locks.hold_plan(session, workspace, channel)
        since = _since(session, workspace, channel, now)
        if load_digest(session, workspace, channel, since, now) is None:
            return "Nothing to say: no decision is open there, so nothing was posted."
        send(session, workspace, "digest", channel, now, since=since.isoformat())
        if plan is not None:
            plan.last_at = now
        session.flush()
        id = digest_dates.newest_digest(session, workspace, channel)
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        bot.outbox.run_once()
        with bot.db.read() as session:
            row = outgoing.outbox_row(session, workspace, id) if id is not None else None
            if row is not None and row.done_at is not None:
                if row.result == "sent":
                    return f"Posted to {channel}."
                raise CannotStart(f"Slack did not take it for {channel} ({row.result}). Is the bot in that channel?")
        time.sleep(0.2)
    raise CannotStart(f"Slack did not answer in {timeout:.0f} seconds. The digest waits, and goes out when it does.")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--channel", required=True, metavar="C…", help="the channel's id")
    workspace_option(parser)
    parser.add_argument("--post", action="store_true", help="post it to the channel instead of printing it")


def run(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        workspace = starting.the_workspace(db, options.workspace)
        if not options.post:
            print(digest(db, workspace, options.channel, bootstrap.wall_clock()))
            return 0
    bot = build(settings)
    try:
        print(post_digest(bot, workspace, options.channel))
    finally:
        bot.stop()
    return 0


COMMAND = Command("digest", "show a channel's digest as it stands now", run, _arguments)
