"""A channel's digest: nothing to say, nothing posted; and the next one is dated."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import lists, roster
from app.db.models import FollowUp
from app.workflows.digests import date_digest
from app.workflows.follow_ups.kind import MOOT, SENT
from app.workflows.notifying import send

NAME = "digest"
"""The one kind of dated work that is about no decision."""


def post_digest(session: Session, work: FollowUp, now: datetime) -> str:
    """Returns how it ended."""
    plan = roster.digest_plan(session, work.workspace_id, work.recipient)
    if plan is None or not plan.on:
        return MOOT
    since = plan.last_at or now - timedelta(days=7)
    date_digest(session, plan, now)
    if not lists.anything_to_say(session, work.workspace_id, work.recipient, since):
        return "nothing to say"
    plan.last_at = now
    send(session, work.workspace_id, "digest", work.recipient, now, since=since.isoformat())
    return SENT
