"""Whether what stands in Slack is behind the state it shows."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.models import Card, Decision
from app.domain.message_kinds import NOTICE
from app.slack.loading import load_scene
from app.slack.outbox_rows import fingerprint_of
from app.slack.views.cards.registry import render_card
from app.slack.views.notices.registry import settled_notice


def is_outdated(session: Session, decision: Decision, shown: Card, now: datetime, *, assistant: bool) -> bool:
    """Whether this card would look otherwise now, or this notice has nothing left to ask.

    A day is named with its year once that is over. Where that alone is new, nothing was left unsaid.
    """
    viewer = load_scene(session, decision, shown.recipient, now, assistant=assistant)
    if viewer.newer:  # a newer release may know; this one would only draw less
        return False
    if shown.kind.startswith(NOTICE):
        return settled_notice(shown.kind, viewer, datetime.fromisoformat(shown.shown)) is not None
    if fingerprint_of(render_card(shown.kind, viewer)) == shown.shown:
        return False
    if decision.touched_at.year == now.year:
        return True
    viewer = load_scene(session, decision, shown.recipient, decision.touched_at, assistant=assistant)
    return fingerprint_of(render_card(shown.kind, viewer)) != shown.shown
