"""What people saw, for a test to count."""

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import queries
from app.db.models import AuditEvent, Decision
from demo.stories import Telling
from sandbox import Message, Person, Request, Room
from tests.e2e.house import BriskStage


def decision(t: Telling, number: int = 1) -> Decision:
    """The decision as it is kept, with everything that belongs to it."""
    with t.stage.bot.db.read() as session:
        found = _numbered(session, t, number)
        _ = (found.memos, found.signers, found.questions, found.looks, found.participants)
        _ = (found.documents, found.dissents, found.overs, found.commitments, found.approvals)
        _ = (found.tradeoffs, found.sides, found.plans, found.results)
        _ = (found.syncs, found.sync_readers, found.remarks)
        return found


def _numbered(session: Session, t: Telling, number: int) -> Decision:
    return session.scalars(select(Decision).filter_by(workspace_id=t.stage.ws.id, number=number)).one()


def history(t: Telling, number: int = 1) -> list[AuditEvent]:
    with t.stage.bot.db.read() as session:
        found = _numbered(session, t, number)
        return list(queries.history(session, found))


def words(message: Message) -> str:
    """Everything a message says."""
    return f"{message.text} {message.shown}"


def said_to(person: Person, room: Room | None = None) -> list[str]:
    return [words(message) for message in person.sees(room)]


def hears(person: Person, what: str, room: Room | None = None) -> int:
    """How many messages in front of somebody hold ``what``."""
    return sum(what in text for text in said_to(person, room))


def requests(t: Telling, method: str | None = None) -> list[Request]:
    """What the bot asked of Slack in this story; a stage may have seen others before."""
    before = t.stage.seen if isinstance(t.stage, BriskStage) else 0
    return [request for request in t.stage.slack.requests(method) if request.number > before]


def keys_sent(t: Telling) -> Counter[str]:
    """How often each outbox key was posted and accepted: 1 everywhere, or something was sent twice."""
    keys: Counter[str] = Counter()
    for request in requests(t, "chat.postMessage"):
        if request.response.get("ok"):
            keys[str(request.args["metadata"])] += 1
    return keys


def refusals(t: Telling) -> list[str]:
    """Requests of the bot's that Slack refused. A well-behaved story has none."""
    return [f"{request.method}: {request.response}" for request in requests(t) if not request.response.get("ok")]
