"""Decisions as rows of a spreadsheet: one each, what a table is sorted and counted by."""

import csv
import io
import re
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.db import roster
from app.db.models import Decision, Signer
from app.domain.stored_words import ANSWERED
from app.words.signing.answers import ANSWER_SAID

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


def row(session: Session, decision: Decision) -> str:
    """One decision. Dates are ISO 8601 in UTC; people are named where their name is known."""
    users = {decision.requester_id, decision.owner_id, *(signer.user_id for signer in decision.signers)}
    people = roster.people(session, decision.workspace_id, users)

    def name(user: str) -> str:
        return people[user].name or user if user in people else user

    signed = [
        f"{name(signer.user_id)} ({signer.role}): {_answer_said(signer)}"
        for signer in decision.signers
        if not signer.handed_over
    ]
    blocking = [question for question in decision.questions if question.resolved_at is None]
    values = (
        decision.workspace_id,
        decision.name,
        decision.title,
        decision.status.value,
        decision.door,
        decision.rung,
        name(decision.requester_id),
        name(decision.owner_id),
        decision.channel_id,
        "yes" if decision.private else "no",
        decision.created_at,
        decision.sent_at,
        decision.deadline_on or decision.deadline_at,
        decision.decided_at,
        decision.shipped_on,
        decision.memo_version,
        "; ".join(signed),
        len(blocking),
        decision.override_reason,
    )
    return _line(values)


def _answer_said(signer: Signer) -> str:
    return ANSWER_SAID.get(signer.answer, ANSWERED) if signer.answer else "no answer yet"


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
