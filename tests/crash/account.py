"""The account of a town: what people saw and what is on the record, to be held against a town in which nobody died."""

import re
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from app.db.models import AuditEvent, Card, Decision, Workspace
from app.slack.outbox_rows import CARDS
from tests.crash.town import Town

Line = tuple[str, ...]


@dataclass(frozen=True)
class Account:
    """Told without ids, keys and moments, so that two towns can be compared."""

    history: dict[str, list[Line]]
    """title → every audit event, in order."""
    notices: Counter[Line]
    """Who was told what about which decision, how often."""
    follow_ups: Counter[Line]
    """Every piece of dated work: kind, decision, for whom, and what came of it."""
    files: Counter[Line]
    digests: int


def account(town: Town) -> Account:
    town.note()
    names = {user.id: user.real_name for user in town.ws.state.users.values()}
    history: dict[str, list[Line]] = {}
    with town.db.read() as session:
        titles = {d.id: d.title for d in session.scalars(select(Decision))}
        for event in session.scalars(select(AuditEvent).order_by(AuditEvent.id)):
            line = (event.what, names.get(event.actor, event.actor), event.before or "", event.after or "")
            history.setdefault(titles.get(event.decision_id or 0, ""), []).append(line)
        rows = list(town.rows.values())
        told = [row for row in rows if row.kind == "notice"]
        notices = Counter[Line](
            (
                names.get(row.recipient, "#"),
                str(row.args["say"]),
                str(row.args.get("label", "")),
                titles.get(row.decision_id or 0, ""),
            )
            for row in told
        )
        follow_ups = Counter[Line](
            (work.kind, titles.get(work.decision_id or 0, ""), names.get(work.recipient, "#"), str(work.result))
            for work in town.works.values()
            if work.done_at is not None
        )
    files = Counter[Line](
        (room.name, file["name"]) for room in town.ws.rooms for message in room.messages for file in message.files
    )
    digests = sum(row.kind == "digest" and row.result == "sent" for row in rows)
    return Account(history, notices, follow_ups, files, digests)


def wrongs(town: Town) -> list[str]:
    """What is wrong in a town by itself: said twice, said never, half done. Empty, or there is a fault."""
    town.note()
    found = [f"{key} was posted {len(each)} times" for key, each in town.posts.items() if len(each) > 1]
    found += [f"Slack refused {said} {times} times" for said, times in town.refused.items() if not _harmless(said)]
    posted = {match[1] for key in town.posts for match in [re.search(r'"key": "([^"]+)"', key)] if match}
    standing = Counter[tuple[str, str, str]]()
    with town.db.read() as session:
        rows = {row.key: row for row in town.rows.values()}
        for room in town.ws.rooms:
            for message in room.messages:
                row = rows.get(((message.metadata or {}).get("event_payload") or {}).get("key", ""))
                if row is not None and row.kind in CARDS:
                    standing[str(row.decision_id), row.kind, row.recipient] += 1
        found += [f"the card {card} stands {times} times" for card, times in standing.items() if times > 1]
        cards = session.scalars(select(Card).where(Card.kind.in_(CARDS))).all()
        places = {(room.id, message.ts) for room in town.ws.rooms for message in room.messages}
        found += [
            f"{card.kind} of {card.recipient} is remembered where nothing stands"
            for card in cards
            if (card.channel_id, card.ts) not in places
        ]
        found += [f"posted by nobody: {key}" for key in posted - set(rows)]
        must = {key for key, row in rows.items() if row.kind in ("notice", "digest", "reply") and row.result == "sent"}
        found += [f"never posted: {rows[key].kind} {rows[key].args}" for key in must - posted]
        found += [f"{row.kind} ended as {row.result}" for row in rows.values() if row.result not in ("sent", "moot")]
        found += [f"{work.kind} ended as {work.result}" for work in town.works.values() if work.result == "given up"]
        numbers = sorted(session.scalars(select(Decision.number)))
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(f"the decisions are numbered {numbers}")
        next_number = session.scalars(select(Workspace.next_number)).one()
        if next_number != len(numbers) + 1:
            found.append(f"the next number is {next_number} after {numbers}")
        for d in session.scalars(select(Decision)):
            found += _gaps(
                d.title,
                [(e.before, e.after) for e in session.scalars(
                    select(AuditEvent).where(AuditEvent.decision_id == d.id).order_by(AuditEvent.id)
                ) if e.after],
                d.status.value,
            )  # fmt: skip
    return found


def _gaps(title: str, moves: list[tuple[str | None, str | None]], status: str) -> list[str]:
    """Where a decision's moves do not follow each other, or do not end where it stands."""
    at, found = None, []
    for before, after in moves:
        if at is not None and before != at:
            found.append(f"{title} moved from {before}, and stood at {at}")
        at = after
    if at is not None and at != status:
        found.append(f"{title} stands at {status}, and last moved to {at}")
    return found


def _harmless(said: str) -> bool:
    """A dead process's trigger; a card that was taken away by one that died before it said so."""
    return said.split(": ")[-1] in (
        "message_not_found",
        "exchanged_trigger_id",
        "expired_trigger_id",
        "invalid_trigger_id",
    )
