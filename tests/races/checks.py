"""What is wrong at the end of a race by itself, whatever order it is held against."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db import posted_cards
from app.db.models import AuditEvent, Card, Decision, Outbox, PolicyProposal, Proposal
from app.db.session import Database
from app.db.verifying import Record, verify
from app.domain.message_kinds import NOTICE
from app.domain.people.erased import has_left
from app.slack.loading import load_case, scene_for
from app.slack.outbox_rows import CARDS
from app.slack.views.cards.registry import render_card
from app.slack.views.notices.registry import settled_notice
from sandbox.world.forms import elements
from tests.races.world import World, drawn
from tests.workflows.colleagues import CHANNEL


def accusations(db: Database, workspace: str) -> list[str]:
    """What `threshold verify` says."""
    with db.read(steady=True) as session:
        return [f"verify: {said}" for said in verify(session, workspace, Record())]


def shown_wrongly(db: Database, world: World, now: datetime) -> list[str]:
    """Cards and notices that show another state than the database's, stand twice, or stand nowhere."""
    with db.read() as session:
        return [*_behind(session, world, now), *_double(session, world), *_still_proposed(session, world)]


def _behind(session: Session, world: World, now: datetime) -> Iterator[str]:
    """The product draws each card anew, and it is held against what stands in Slack."""
    for d in session.scalars(select(Decision)).all():
        standing = posted_cards.cards(session, d)
        case = load_case(session, d, *(card.recipient for card in standing))
        for card in standing:
            name = f"{d.name}'s {card.kind.rstrip('0123456789')} for {card.recipient}"
            stands, scene = world.shown_at(card.channel_id, card.ts), scene_for(case, card.recipient, now)
            if stands is None:
                if card.recipient not in _left(world):
                    yield f"card: {name} is remembered where nothing stands"
            elif card.kind.startswith(NOTICE):
                if settled_notice(card.kind, scene, datetime.fromisoformat(card.shown)) is not None:
                    yield f"card: {name} still asks"
            elif stands != drawn(render_card(card.kind, scene)):
                yield f"card: {name} shows another state"


def _still_proposed(session: Session, world: World) -> Iterator[str]:
    """What was kept or declined offers no choice any more."""
    of_ladders = session.scalars(select(Proposal).where(Proposal.settled_at.is_not(None)))
    of_policy = session.scalars(select(PolicyProposal).where(PolicyProposal.settled_at.is_not(None)))
    for found in [*of_ladders, *of_policy]:
        for keeper, (channel, ts) in found.places.items():
            message = world.ws.room(channel).state.messages.get(ts)
            if message and _offers(message.blocks):
                yield f"card: a settled proposal for {keeper} still asks"


def _left(world: World) -> set[str]:
    return {user.id for user in world.ws.state.users.values() if user.deleted}


def _double(session: Session, world: World) -> Iterator[str]:
    """One card of each kind for everybody, and no other that still offers buttons."""
    rows = {row.key: row for row in session.scalars(select(Outbox))}
    known = {(card.channel_id, card.ts) for card in session.scalars(select(Card))}
    standing, keys = Counter[tuple[int | None, str, str]](), Counter[str]()
    for room in world.ws.rooms:
        for message in room.messages:
            key = ((message.metadata or {}).get("event_payload") or {}).get("key", "")
            row = rows.get(key)
            if not key:
                continue
            keys[key] += 1
            if row is None or row.recipient in _left(world) or has_left(row.recipient):
                continue
            if row.kind in CARDS:
                standing[row.decision_id, row.kind, row.recipient] += 1
            asks = row.kind == "notice" and bool(elements(message.all_blocks()))
            if (row.kind in CARDS or asks) and (room.id, message.ts) not in known and _offers(message.all_blocks()):
                about = row.args.get("say", row.kind)
                yield f"card: a {about} for {row.recipient} stands with its buttons, and nobody looks after it"
    for (_, kind, who), times in standing.items():
        if times > 1:
            yield f"card: the {kind} card for {who} stands {times} times"
    for key, times in keys.items():
        if times > 1:
            yield f"message {key} stands {times} times"


REPEATABLE = frozenset({"show", "memo_read", "link", "export", "snooze", "start_open", "mute"})
"""What may be pressed at any time: a message that offers no more than this asks for nothing."""


def _offers(blocks: list[dict[str, object]]) -> bool:
    return any(one.action_id.partition(":")[0] not in REPEATABLE for one in elements(blocks))


def told_in_public(db: Database, world: World) -> list[str]:
    """The titles of private decisions in the channel, once everything has settled."""
    with db.read() as session:
        private = [d for d in session.scalars(select(Decision).where(Decision.private.is_(True))) if d.title]
    said = " ".join(message.shown + message.text for message in world.ws.room(CHANNEL).messages)
    return [f"private: the title of {d.name} stands in the channel" for d in private if d.title in said]


def unsaid(db: Database, world: World) -> list[str]:
    """Messages that ended otherwise than sent, or with nothing left to say; the record's gaps."""
    with db.read() as session:
        rows = session.scalars(
            select(Outbox).where(or_(Outbox.done_at.is_(None), Outbox.result.not_in(["sent", "moot"])))
        )
        here = [row for row in rows if row.recipient not in _left(world)]
        found = [f"message: a {row.kind} for {row.recipient} {_ended(row)}" for row in here]
        for d in session.scalars(select(Decision)):
            found += _gaps(session, d)
    return found


def _ended(row: Outbox) -> str:
    return f"ended as {row.result}" if row.done_at else "was never sent"


def _gaps(session: Session, d: Decision) -> Iterator[str]:
    """Where its moves do not follow each other, or do not end where it stands."""
    at = None
    moves = select(AuditEvent).where(AuditEvent.decision_id == d.id, AuditEvent.after.is_not(None))
    for event in session.scalars(moves.order_by(AuditEvent.seq)):
        if at is not None and event.before != at:
            yield f"record: {d.name} moved from {event.before}, and stood at {at}"
        at = event.after
    if at is not None and at != d.status.value:
        yield f"record: {d.name} stands at {d.status.value}, and last moved to {at}"
