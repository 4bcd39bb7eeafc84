"""Decisions as rows of a spreadsheet: one each, what a table is sorted and counted by."""

import csv
import io
import re
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.db import roster
from app.db.models import Decision
from app.domain.newer import ANSWERED
from app.domain.signoff import ANSWER_SAID

COLUMNS = (
    "workspace", "name", "title", "status", "door", "rung", "requester", "owner", "channel", "private", "created",
    "sent", "deadline", "decided", "shipped", "memo version", "sign-offs", "open questions",
    "went on although a gate failed",
)  # fmt: skip

MARK = "\ufeff"
"""How a file begins: without it Excel takes UTF-8 for the code page of its country, and umlauts for two signs each."""

FORMULA = re.compile(r"(^|[;\t\r\n|])(?=[\s\u200b-\u200f\u2060\ufeff]{0,16}[=+\-@＝＋－＠\t\r])")
"""Where a cell begins that a spreadsheet would compute: at the start, and behind what another country's spreadsheet
takes for the end of a cell; behind blanks too, and written in full width."""


def header() -> str:
    return _line(COLUMNS)


def row(session: Session, d: Decision) -> str:
    """One decision. Dates are ISO 8601 in UTC; people are named where their name is known."""
    users = {d.requester_id, d.owner_id, *(s.user_id for s in d.signers)}
    people = roster.people(session, d.workspace_id, users)

    def name(user: str) -> str:
        return people[user].name or user if user in people else user

    signed = [
        f"{name(s.user_id)} ({s.role}): {ANSWER_SAID.get(s.answer, ANSWERED) if s.answer else 'no answer yet'}"
        for s in d.signers
        if not s.handed_over
    ]
    blocking = [q for q in d.questions if q.resolved_at is None]
    values = (
        d.workspace_id, d.name, d.title, d.status.value, d.door, d.rung, name(d.requester_id), name(d.owner_id),
        d.channel_id, "yes" if d.private else "no", d.created_at, d.sent_at, d.deadline_on or d.deadline_at,
        d.decided_at, d.shipped_on, d.memo_version, "; ".join(signed), len(blocking), d.override_reason,
    )  # fmt: skip
    return _line(values)


def _line(values: tuple[object, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([_cell(value) for value in values])
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return FORMULA.sub(r"\1'", str(value))
