"""One decision in one line, wherever decisions are listed: its name and title, who acts next, and by when."""

from collections.abc import Callable, Sequence
from datetime import UTC, date

from app.db.models import Decision
from app.digest import Row, acts_next
from app.domain import newer
from app.domain.calendar import zone
from app.slack.views.text import day, inline, listed, mention

LONGEST_TITLE = 120
"""Characters of a title in a list; the card shows it whole."""


def due_day(decision: Decision, tz: str = "UTC") -> date | None:
    """The day the signers are asked for; before they are asked, the deadline that waiting blocks."""
    if decision.deadline_on is not None:
        return decision.deadline_on
    if decision.deadline_at is not None:  # sent before days were kept
        return decision.deadline_at.astimezone(zone(tz)).date()
    deadline = decision.answers.deadline
    return deadline.on if deadline and deadline.blocks else None


def digest_row(decision: Decision, acting: Sequence[str], tz: str = "UTC") -> Row:
    """A decision as the digest counts it; ``acting`` are those who were asked and have not answered."""
    created = decision.created_at.astimezone(UTC).date()
    return Row(
        decision.name,
        decision.title,
        decision.status,
        decision.rung,
        decision.requester_id,
        tuple(acting),
        due_day(decision, tz),
        created,
    )


def titled(name: str, title: str, limit: int = LONGEST_TITLE) -> str:
    """``*D-42*  Tighten the return policy``, safe to show."""
    return f"*{name}*  {inline(title, limit) or 'Not named yet'}"


def who_acts_next(one: Row, viewer: str, today: date) -> str:
    """``You sign by Fri 4 Dec`` or ``<@U2> to sign by Fri 4 Dec``; overdue is said plainly."""
    if newer.within(one.status):
        return f"{newer.ANSWERED.capitalize()}: shown whole once the update is through."
    who, act = acts_next(one)
    return next_step(who, act, one.deadline, today, viewer)


def next_step(
    who: Sequence[str], act: str, on: date | None, today: date, viewer: str = "", call: Callable[[str], str] = mention
) -> str:
    """``call`` says how somebody is named: a mention, or a plain name where nobody should be notified."""
    if not who:
        return "Nobody has to act."
    others = [call(user) for user in who if user != viewer]
    step = f"{listed(['You', *others])} {act}" if viewer in who else f"{listed(others)} to {act}"
    if on is None:
        return step
    return f"{step}, overdue since *{day(on, today)}*" if on < today else f"{step} by *{day(on, today)}*"
