"""What stands in Slack of a decision, and what is kept up to date with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    bindparam,
    delete,
    literal_column,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from app.db.models import Card, Decision, DigestEntry, Outbox, Participant, Person, table_of
from app.db.statements import HERE, insert_into

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


IN_PART = "in part"
"""In ``card.shown``, of a card that was drawn by a release which did not know all that it should show. The audit of one
that does draws it anew."""


def cards(session: Session, decision: Decision) -> Sequence[Card]:
    return session.scalars(_CARDS, {"here": decision.workspace_id, "id": decision.id}).all()


_CARDS = select(Card).where(Card.workspace_id == HERE, Card.decision_id == bindparam("id")).order_by(Card.id)


def card(session: Session, workspace: str, decision_id: int, kind: str, recipient: str) -> Card | None:
    given = {"here": workspace, "id": decision_id, "kind": kind, "recipient": recipient}
    return session.scalar(_CARD, given)


_CARD = select(Card).where(
    Card.workspace_id == HERE,
    Card.decision_id == bindparam("id"),
    Card.kind == bindparam("kind"),
    Card.recipient == bindparam("recipient"),
)


def card_at(session: Session, workspace: str, channel: str, ts: str) -> Card | None:
    """Which card a message is, so that an answer in its thread reaches the right decision."""
    return session.scalar(select(Card).where(Card.workspace_id == workspace, Card.channel_id == channel, Card.ts == ts))


def remember_card(
    session: Session, workspace: str, decision_id: int, kind: str, recipient: str, *, channel: str, ts: str, shown: str
) -> None:
    """Where a card stands from now on, and what it shows. Nobody else sends to this recipient meanwhile."""
    place = {"workspace_id": workspace, "decision_id": decision_id, "kind": kind, "recipient": recipient}
    stands = {"channel_id": channel, "ts": ts, "shown": shown}
    session.connection().execute(_stands(session.get_bind().dialect.name), {**place, **stands})


@cache
def _stands(dialect: str) -> "postgresql.Insert | sqlite.Insert":
    new = insert_into(dialect, Card)
    return new.on_conflict_do_update(
        index_elements=("decision_id", "kind", "recipient"),
        set_={name: new.excluded[name] for name in ("channel_id", "ts", "shown")},
    )


def move_card(
    session: Session, workspace: str, decision_id: int, kind: str, recipient: str, *, channel: str, ts: str, shown: str
) -> None:
    """As ``remember_card``, for one that was edited where it stood. Was it let go of meanwhile, it stays so."""
    place = {"here": workspace, "decision": decision_id, "of_kind": kind, "for_whom": recipient}
    session.connection().execute(_MOVED, {**place, "channel": channel, "at": ts, "showing": shown})


_MOVED = (
    update(table_of(Card))
    .where(
        table_of(Card).c.workspace_id == HERE,
        table_of(Card).c.decision_id == bindparam("decision"),
        table_of(Card).c.kind == bindparam("of_kind"),
        table_of(Card).c.recipient == bindparam("for_whom"),
    )
    .values(channel_id=bindparam("channel"), ts=bindparam("at"), shown=bindparam("showing"))
)


def forget_card(session: Session, workspace: str, id: int, ts: str) -> None:
    """Let go of a message that is no longer edited, unless another took its place meanwhile."""
    session.execute(delete(Card).where(Card.workspace_id == workspace, Card.id == id, Card.ts == ts))


def named_in(session: Session, decision: Decision) -> Sequence[DigestEntry]:
    """The digests in which a decision stands with its title, oldest first."""
    here = (DigestEntry.workspace_id == decision.workspace_id, DigestEntry.decision_id == decision.id)
    return session.scalars(select(DigestEntry).where(*here).order_by(DigestEntry.id)).all()


def forget_entry(session: Session, workspace: str, id: int) -> None:
    """A decision stands in that digest no more."""
    session.execute(delete(DigestEntry).where(DigestEntry.workspace_id == workspace, DigestEntry.id == id))


def announced(session: Session, workspace: str, channel: str, ids: Collection[int]) -> set[int]:
    """Those of these decisions, by id, whose line stands in the channel."""
    if not ids or not channel:
        return set()
    stands = (Card.workspace_id == workspace, Card.kind == "status", Card.recipient == channel)
    return set(session.scalars(select(Card.decision_id).where(*stands, Card.decision_id.in_(ids))))


@dataclass(frozen=True)
class Around:
    """What is kept up to date with a decision."""

    standing: list[tuple[str, str]]
    """Kind and recipient of the cards and notices that stand in Slack, oldest first."""
    waiting: set[tuple[str, str]]
    """Kind and recipient of what is on its way and not yet taken up. What waits is not taken up before we are through,
    or it would show what stood before our change."""
    homes: list[str]
    """Who takes part and has opened Home, which is kept fresh from then on."""


def around(session: Session, decision: Decision) -> Around:
    """All three, asked at once."""
    session.flush()
    rows = session.connection().execute(_AROUND, {"here": decision.workspace_id, "id": decision.id}).all()
    return Around(
        standing=[(kind, who) for _, kind, who in sorted(row for row in rows if row.place > 0)],
        waiting={(row.kind, row.who) for row in rows if row.place == 0},
        homes=sorted(row.who for row in rows if row.place < 0),
    )


def _around() -> CompoundSelect[Any]:
    outbox, card, person, participant = map(table_of, (Outbox, Card, Person, Participant))
    id = bindparam("id", type_=BigInteger())
    waiting = (
        select(literal_column("0").label("place"), outbox.c.kind, outbox.c.recipient.label("who"))
        .where(outbox.c.workspace_id == HERE, outbox.c.decision_id == id)
        .where(outbox.c.done_at.is_(None), outbox.c.attempts == 0)
        .with_for_update(read=True)
        .cte("waiting")
    )
    standing = select(card.c.id, card.c.kind, card.c.recipient).where(
        card.c.workspace_id == HERE, card.c.decision_id == id
    )
    homes = (
        select(literal_column("-1"), literal_column("'home'"), person.c.user_id)
        .join(participant, participant.c.user_id == person.c.user_id)
        .where(person.c.workspace_id == HERE, person.c.home_opened.is_(True))
        .where(participant.c.workspace_id == HERE, participant.c.decision_id == id)
    )
    return union_all(select(waiting), standing, homes)


_AROUND = _around()
