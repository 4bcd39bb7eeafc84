"""What an operator takes out of the database: every decision with its record, and a channel's digest."""

import json
import re
import time
from argparse import ArgumentTypeError
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.bootstrap import Bot
from app.configured import CannotStart
from app.db import digest_dates, exporting, locks, outgoing, roster
from app.db.claims import UNREADABLE
from app.db.exporting import Whole
from app.db.models import Base
from app.db.plain_json import plain
from app.db.session import Database
from app.slack import spreadsheet
from app.slack.exports import markdown
from app.slack.loading import load_digest
from app.slack.scopes import SCOPES
from app.slack.views.digest import digest_message
from app.slack.views.scene import Message
from app.telemetry import clocks
from app.workflows.notifying import send

SINCE = timedelta(days=7)
"""How far a digest looks back where none was sent before."""

# ── decisions ───────────────────────────────────────────────────────────────────────────────────────────


def export(
    db: Database, *, form: str, workspace: str | None, numbers: list[int], now: datetime
) -> Generator[str, None, None]:
    """Each decision as text: one line of JSON (``form`` json), a row of CSV, or a page of Markdown. Private
    ones too.

    Raises:
        CannotStart: a workspace or a number that is not there; after all others, decisions that can't be read any more.
    """
    with db.read(steady=True) as session:
        known = roster.workspaces(session)
        if workspace is not None and workspace not in known:
            raise CannotStart(f"There is no workspace {workspace} here.")
        chosen = [workspace] if workspace is not None else known
        there = {number for one in chosen for number in exporting.numbers(session, one, numbers)} if numbers else set()
        if missing := sorted(set(numbers) - there):
            where = f" in {workspace}" if workspace else ""
            raise CannotStart(f"There is no {', '.join(f'D-{number}' for number in missing)}{where}.")
        first, unreadable = True, list[str]()
        for found in (found for one in chosen for found in exporting.decisions(session, one, numbers)):
            try:
                page = _page(session, found, form, now)
            except UNREADABLE:  # JSON of another shape, a date that is none: the others can be read
                unreadable.append(f"D-{found if isinstance(found, int) else found.decision.number}")
                continue
            before = {
                "csv": spreadsheet.MARK + spreadsheet.header() if first else "",
                "markdown": "" if first else "\n---\n\n",
            }
            yield before.get(form, "") + page
            first = False
    if unreadable:
        raise CannotStart(
            f"{', '.join(unreadable)} can't be read any more, and {'is' if len(unreadable) == 1 else 'are'} left out. "
            "All others are there. “threshold verify” says what was changed."
        )


def _page(session: Session, found: Whole | int, form: str, now: datetime) -> str:
    """Raises one of ``UNREADABLE`` where that is so."""
    if isinstance(found, int):
        raise ValueError("not even its row can be read")
    if form == "csv":
        return spreadsheet.row(session, found.decision)
    if form == "markdown":
        return markdown(session, found.decision, now).rstrip() + "\n"
    return json.dumps(record(found), ensure_ascii=False) + "\n"


def stream(db: Database, workspace: str, after: int) -> Generator[str, None, None]:
    """The record as lines of JSON, from the entry behind ``after`` on: who did what when, and the hashes that chain it.
    No words of anybody's: those are the export's."""
    with db.read(steady=True) as session:
        names: dict[int, int] = {}
        for entry in exporting.entries(session, workspace, after):
            if entry.decision_id is not None and entry.decision_id not in names:
                names |= exporting.names_of(session, workspace, [entry.decision_id])
            line = {
                "workspace": workspace, "entry": entry.seq, "at": plain(entry.at), "actor": entry.actor,
                "what": entry.what, "decision": f"D-{names[entry.decision_id]}" if entry.decision_id else None,
                "before": entry.before, "after": entry.after, "hash": entry.hash,
            }  # fmt: skip
            yield json.dumps(line, ensure_ascii=False) + "\n"


def number_of(name: str) -> int:
    """42 for D-42. Raises ArgumentTypeError, with what to write instead, for anything else."""
    found = re.fullmatch(r"(?:d\s?-?\s?)?(\d{1,9})", name.strip(), re.IGNORECASE)
    if not found:
        raise ArgumentTypeError(f"“{name}” is no decision. Write it like D-42.")
    return int(found.group(1))


def record(whole: Whole) -> dict[str, Any]:
    """One decision, whole: its own fields, every memo version, every sign-off, question and look, and its history."""
    decision = whole.decision
    return {
        "name": decision.name,
        **_columns(decision),
        "participants": [p.user_id for p in decision.participants],
        "memos": [_columns(memo) for memo in decision.memos],
        "signers": [_columns(signer) for signer in decision.signers],
        "questions": [_columns(question) for question in decision.questions],
        "looks": [_columns(look) for look in decision.looks],
        "suggestions": [_columns(suggestion) for suggestion in whole.suggestions],
        "history": [_columns(event) for event in whole.history],
    }


def _columns(row: Base) -> dict[str, Any]:
    return {one.columns[0].name: plain(getattr(row, one.key)) for one in inspect(type(row)).column_attrs}


# ── who is here ─────────────────────────────────────────────────────────────────────────────────────────


def workspaces(db: Database, now: datetime, erased_after: timedelta) -> Generator[str, None, None]:
    """A line a workspace: installed or removed and when it is erased, its token's age and end, the scopes it lacks."""
    with db.read() as session:
        for found, token in roster.installs(session):
            said = [found.id + (f" {token.team_name}" if token and token.team_name else "")]
            if found.uninstalled_at is not None:
                gone, end = found.uninstalled_at, found.uninstalled_at + erased_after
                said.append(f"removed the app on {gone:%d %b %Y}, and is erased on {end:%d %b %Y}")
            elif token is None:
                said.append("works by the token in the settings, or by its org's")
            else:
                age = now - token.installed_at.replace(tzinfo=UTC)
                said.append(f"installed {clocks.span(age.total_seconds())} ago")
                if token.bot_token_expires_at is not None:
                    said.append(f"its token ends on {token.bot_token_expires_at:%d %b %Y, %H:%M} UTC")
                lacks = sorted(SCOPES - {one.strip() for one in (token.bot_scopes or "").split(",")})
                said.append(f"lacks {', '.join(lacks)}" if lacks else "has every scope")
            yield "; ".join(said) + "\n"


# ── a digest, now ───────────────────────────────────────────────────────────────────────────────────────


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
