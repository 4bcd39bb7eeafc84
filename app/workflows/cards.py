"""The cards of a decision, the notices that ask, and Home: shown, and brought up to date."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import outgoing, posted_cards
from app.db.models import Decision
from app.domain.lifecycle import Status
from app.domain.message_kinds import NOTICE, CardKind
from app.workflows import agenda
from app.workflows.notifying import send, send_all

CARDS = frozenset(kind.value for kind in CardKind)


def card(
    session: Session, decision: Decision, kind: str, recipient: str, now: datetime, *, again: bool = False
) -> None:
    """Show a card, or bring it up to date. ``again``: at the bottom of the conversation, instead of where it was."""
    if again:
        send(session, decision.workspace_id, kind, recipient, now, decision, again=True)
    else:
        session.flush()
        _put_out(session, decision, [(kind, recipient)], outgoing.waiting_about(session, decision), now)


def _put_out(
    session: Session,
    decision: Decision,
    wanted: Iterable[tuple[str, str]],
    waiting: Collection[tuple[str, str]],
    now: datetime,
) -> None:
    """A row for each of these cards, but for those that are on their way already."""
    missing = [one for one in dict.fromkeys(wanted) if one not in waiting]
    send_all(session, decision.workspace_id, missing, now, decision)


def show(session: Session, decision: Decision, now: datetime) -> None:
    """Bring its sync, every card of this decision, the notices that ask, and the Home of everybody who takes part up to
    date."""
    agenda.follow(session, decision, now)
    found = posted_cards.around(session, decision)
    beside = [(kind, who) for kind, who in found.standing if kind in CARDS]
    wanted = [*cards_of(session, decision, found.standing), *beside, *_asked(found.standing)]
    _put_out(session, decision, wanted, found.waiting, now)
    _homes(session, decision.workspace_id, found.homes, now)


def cards_of(session: Session, decision: Decision, standing: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The cards that it has in the state it is in, as (kind, recipient). Who was asked below has one beside them.

    ``standing``: those that stand in Slack.
    """
    found = [("requester", decision.requester_id)]
    if decision.owner_id != decision.requester_id and decision.status in (Status.DEFLECTED, Status.LEARNED):
        found.append(("owner", decision.owner_id))
    if decision.sent_at is not None:  # before that nobody was asked to sign
        found += [("signer", signer.user_id) for signer in decision.signers]
    if decision.channel_id and not decision.private and _announced(session, decision, standing):
        found.append(("status", decision.channel_id))
    return list(dict.fromkeys(found))


def _announced(session: Session, decision: Decision, standing: Sequence[tuple[str, str]]) -> bool:
    """Whether the channel hears of it: a triage, also one that ends, is nobody's but its requester's until a verdict.
    Taken up again after one, it is the channel's news that it moves."""
    heard = any(kind == "status" for kind, _ in standing)
    if decision.status is Status.TRIAGE:
        return heard
    if decision.status in (Status.WITHDRAWN, Status.EXPIRED):
        return heard or outgoing.sent_since(
            session, decision, "status", decision.channel_id or "", decision.created_at - timedelta(days=1)
        )
    return True


def settle(session: Session, decision: Decision, now: datetime) -> None:
    """Have a look at the notices that asked somebody: what is answered stops asking."""
    found = posted_cards.around(session, decision)
    _put_out(session, decision, _asked(found.standing), found.waiting, now)


def _asked(standing: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("settle", who) for kind, who in standing if kind.startswith(NOTICE)]


def home(session: Session, workspace: str, user: str, now: datetime) -> None:
    """Show somebody's Home anew."""
    _homes(session, workspace, [user], now)


def _homes(session: Session, workspace: str, users: Sequence[str], now: datetime) -> None:
    if users:
        waiting = outgoing.homes_waiting(session, workspace, users)
        send_all(session, workspace, [("home", user) for user in users if user not in waiting], now)
