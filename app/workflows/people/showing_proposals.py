"""One card of each proposal to each keeper: when it is made, when it is settled, and to whoever becomes one later."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import keepers
from app.db.models import PolicyProposal, Proposal
from app.workflows.notifying import send_all

CARDS: Mapping[type[Proposal] | type[PolicyProposal], str] = {
    Proposal: "proposal",
    PolicyProposal: "policy_proposal",
}
"""What is proposed → the kind of message that shows it."""


def show_to(session: Session, found: Proposal | PolicyProposal, users: Sequence[str], now: datetime) -> None:
    kind = CARDS[type(found)]
    send_all(session, found.workspace_id, [(kind, user) for user in users], now, None, {"p": found.id})


def hand_out_proposals(session: Session, workspace: str, users: Sequence[str], now: datetime) -> None:
    """What waits for a keeper is shown to those who have just become one."""
    waiting: list[Proposal | PolicyProposal] = [
        *keepers.open_proposals(session, Proposal, workspace),
        *keepers.open_proposals(session, PolicyProposal, workspace),
    ]
    for found in waiting:
        show_to(session, found, [user for user in users if user not in found.places], now)
