"""A channel's monthly insights: posted, and the next ones dated."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db import lists, roster
from app.db.models import FollowUp
from app.workflows.follow_ups.kind import MOOT, SENT
from app.workflows.monthly_insights import INSIGHTS, date_monthly, send_insights

NAME = INSIGHTS


def post_insights(session: Session, work: FollowUp, now: datetime) -> str:
    """Returns how it ended. Where nothing was ever brought up there is nothing to say."""
    plan = roster.digest_plan(session, work.workspace_id, work.recipient)
    if plan is None or not plan.monthly:
        return MOOT
    date_monthly(session, plan, now)
    if not lists.ever_had_a_decision(session, work.workspace_id, work.recipient):
        return "nothing to say"
    send_insights(session, work.workspace_id, work.recipient, work.recipient, now)
    return SENT
