"""One decision in one line, wherever decisions are listed: its name and title, who acts next, and by when."""

from collections.abc import Mapping
from datetime import date

from app.db.models import Decision
from app.domain import stored_words
from app.domain.lifecycle import Status
from app.domain.who_acts_next import Standing, deadline_of, standing_of
from app.slack.ids import Act
from app.slack.views.blocks import Block, button
from app.slack.views.parts.next_step import next_step_in_list, next_step_in_table
from app.slack.views.text import inline

LONGEST_TITLE = 120
"""Characters of a title in a list; the card shows it whole."""


def titled(name: str, title: str, limit: int = LONGEST_TITLE) -> str:
    """``*D-42*  Tighten the return policy``, safe to show."""
    return f"*{name}*  {inline(title, limit) or 'Not named yet'}"


def open_button(decision: Decision, viewer: str, label: str = "Open", suffix: str | None = None) -> Block:
    """Opens a decision where it is looked at; one's own triage has a form of its own, and comes as a message."""
    own_triage = decision.status is Status.TRIAGE and decision.requester_id == viewer
    return button(label, Act.SHOW if own_triage else Act.OPEN, suffix=suffix, d=decision.id)


def said_in_list(
    decision: Decision, standings: Mapping[int, Standing], viewer: str, today: date, tz: str = "UTC"
) -> str:
    """``You sign by *Fri 4 Dec*.`` ``standings``: by the decision's id; where one is missing, nobody was asked."""
    if stored_words.within(decision.status):
        return f"{stored_words.ANSWERED.capitalize()}: shown whole once the update is through."
    return next_step_in_list(standing_in_list(decision, standings, tz), today, viewer)


def said_in_table(
    decision: Decision, standings: Mapping[int, Standing], viewer: str, today: date, tz: str = "UTC"
) -> tuple[str, str]:
    """The same in two cells: ``You and <@U2> sign``, and ``Fri 4 Dec``."""
    if stored_words.within(decision.status):
        return f"{stored_words.ANSWERED.capitalize()}: shown whole once the update is through.", ""
    return next_step_in_table(standing_in_list(decision, standings, tz), today, viewer)


def standing_in_list(decision: Decision, standings: Mapping[int, Standing], tz: str) -> Standing:
    found = standings.get(decision.id)
    return found or standing_of(decision, (), (), deadline=deadline_of(decision, tz))
