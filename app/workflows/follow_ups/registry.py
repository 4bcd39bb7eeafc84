"""Every kind of dated work by its name, and what of it a decision is owed: the workflows date by the same rules that
the audit checks against. To add one: ``kind.py`` says how; a new chapter's file is named here."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db.models import Decision
from app.workflows.follow_ups import (
    asked_below,
    commitments,
    conditions,
    customer_deadline,
    date_passed,
    digest,
    drafts,
    idle,
    insights,
    looking_back,
    questions,
    signing,
)
from app.workflows.follow_ups.kind import GIVEN_UP, Dated, FollowUpKind, Known

KINDS: dict[str, FollowUpKind] = {
    kind.name: kind
    for chapter in (
        idle,
        asked_below,
        signing,
        questions,
        conditions,
        customer_deadline,
        date_passed,
        drafts,
        looking_back,
        commitments,
    )
    for kind in chapter.KINDS
}
"""Those about a decision."""

NAMES = frozenset({*KINDS, digest.NAME, insights.NAME})
"""Every kind of dated work that this release does."""

DATING = tuple(dict.fromkeys(event for kind in KINDS.values() for event in kind.dated_by))
"""Events whose moment a kind counts from."""

OWING = frozenset().union(*(kind.owed_in for kind in KINDS.values() if not kind.after_dissent))
"""The states in which anything is owed. The others are at their end, but where dissent is to be looked at again."""

AGAIN_AFTER = timedelta(days=1)
"""What was given up is tried again after this long: by then somebody may have mended what was wrong."""


def owed(session: Session, decision: Decision, known: Known, now: datetime) -> list[Dated]:
    """The work that should be dated for this decision and is not. Empty, unless something was lost."""
    failed = {
        (row.kind, row.recipient)
        for row in known.rows
        if row.result == GIVEN_UP and row.done_at is not None and row.done_at > now - AGAIN_AFTER
    }
    kinds = [kind for kind in KINDS.values() if decision.status in kind.owed_in]
    missing = [one for kind in kinds for one in kind.owed(session, decision, known, now)]
    return [one for one in missing if (one.kind, one.recipient) not in failed]
