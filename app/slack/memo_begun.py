"""The memo as the answers begin it, where nobody has saved one yet: what stands in its form when it is first opened."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Decision
from app.domain.memo.parts import Memo
from app.slack.loading import load_scene
from app.slack.views.modals.memo import memo_from_values
from app.slack.views.parts.memo_prefill import prefilled_memo


def begun_memo(session: Session, decision: Decision, now: datetime) -> Memo:
    """As its requester would meet it."""
    return memo_from_values(prefilled_memo(load_scene(session, decision, decision.requester_id, now)))
