"""Which decisions something is still to come of: asked by the audit, and by what lets go of old work."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_

from app.db.models import Decision
from app.domain.lifecycle import Status


def something_is_to_come(owing: Iterable[Status]) -> ColumnElement[bool]:
    """A decision in one of these states, or one whose dissent is still to be looked at again, whatever became of it."""
    return or_(Decision.status.in_(owing), Decision.revisit_on.is_not(None))
