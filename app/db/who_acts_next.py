"""Where many decisions stand, in one question: what ``domain.who_acts_next`` wants to know of each.

Of one decision that is loaded whole, ``standing_of`` tells the same; a test holds that the two agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Integer, Select, Text, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from app.db.models import Decision, OpenQuestion, Person, Signer
from app.db.prereads import pre_readings
from app.domain.signing.signoff import Answer
from app.domain.who_acts_next import PreReading, Standing, deadline_of, standing_of


@dataclass(frozen=True)
class Asked:
    """A signer who has not answered."""

    user_id: str
    handed_over: bool = False
    answer: Answer | None = None


@dataclass(frozen=True)
class Raised:
    """A question that nobody has called resolved, or a condition."""

    asked_by: str
    answer: str | None
    condition: bool = False
    resolved_at: datetime | None = None
    meets: str | None = None
    met_by: date | None = None


@dataclass
class Around:
    """Who has which part in some decisions, by the decision's id, and how people are called."""

    signers: dict[int, list[Asked]] = field(default_factory=dict)
    questions: dict[int, list[Raised]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    prereads: dict[int, PreReading] = field(default_factory=dict)

    def standing(self, decision: Decision, tz: str) -> Standing:
        """``tz``: where the deadline's day is told."""
        return standing_of(
            decision,
            self.signers.get(decision.id, ()),
            self.questions.get(decision.id, ()),
            deadline=deadline_of(decision, tz),
            requester_left=decision.requester_id in self.left,
            preread=self.prereads.get(decision.id),
        )


def standings(session: Session, workspace: str, decisions: Sequence[Decision], tz: str) -> dict[int, Standing]:
    """By the decision's id, in one question."""
    around = around_all(session, workspace, decisions, tz)
    return {decision.id: around.standing(decision, tz) for decision in decisions}


def around_all(session: Session, workspace: str, decisions: Sequence[Decision], tz: str = "UTC") -> Around:
    """One question, however many decisions; a few more where pre-reads are out. ``tz``: where a sync's day is told."""
    found = Around()
    if not decisions:
        return found
    found.prereads = pre_readings(session, workspace, decisions, tz)
    requesters = sorted({decision.requester_id for decision in decisions})
    for kind, id, user, text, place in session.execute(_parts(workspace, [one.id for one in decisions], requesters)):
        if kind == "person":
            found.names[user] = text or ""
            found.left.update([] if place else [user])
        elif kind == "signer":
            found.signers.setdefault(id, []).append(Asked(user))
        elif kind == "question":
            found.questions.setdefault(id, []).append(Raised(user, text))
        else:
            met_by = date.fromisoformat(text) if text else None
            found.questions.setdefault(id, []).append(Raised("", None, True, meets=user or None, met_by=met_by))
    return found


def _parts(workspace: str, ids: Sequence[int], requesters: Sequence[str]) -> Select[str, int, str, str | None, int]:
    asked = select(
        literal("signer").label("kind"), Signer.decision_id.label("decision"), Signer.user_id.label("who"),
        cast(null(), Text).label("text"), Signer.id.label("place"),
    ).where(
        Signer.workspace_id == workspace, Signer.decision_id.in_(ids), Signer.handed_over.is_(False),
        Signer.answer.is_(None),
    )  # fmt: skip
    raised = select(
        literal("question"), OpenQuestion.decision_id, OpenQuestion.asked_by, OpenQuestion.answer, OpenQuestion.id
    ).where(
        OpenQuestion.workspace_id == workspace, OpenQuestion.decision_id.in_(ids),
        OpenQuestion.condition.is_(False), OpenQuestion.resolved_at.is_(None),
    )  # fmt: skip
    conditions = select(
        literal("condition"), OpenQuestion.decision_id, func.coalesce(OpenQuestion.meets, ""),
        cast(OpenQuestion.met_by, Text), OpenQuestion.id,
    ).where(
        OpenQuestion.workspace_id == workspace, OpenQuestion.decision_id.in_(ids),
        OpenQuestion.condition.is_(True), OpenQuestion.resolved_at.is_(None), OpenQuestion.answer.is_(None),
    )  # fmt: skip
    named = select(literal("person"), literal(0), Person.user_id, Person.name, cast(Person.active, Integer)).where(
        Person.workspace_id == workspace,
        or_(
            Person.user_id.in_(requesters),
            Person.user_id.in_(select(asked.subquery().c.who)),
            Person.user_id.in_(
                select(OpenQuestion.meets).where(
                    OpenQuestion.workspace_id == workspace,
                    OpenQuestion.decision_id.in_(ids),
                    OpenQuestion.meets.is_not(None),
                )
            ),
        ),
    )
    found = union_all(asked, raised, conditions, named).subquery()
    return select(found.c.kind, found.c.decision, found.c.who, found.c.text, found.c.place).order_by(found.c.place)
