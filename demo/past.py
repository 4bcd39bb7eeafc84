"""A year of decisions that the company has behind it: as people there would have answered, with what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from app.db.models import Decision, Look, MemoVersion, Participant, Signer
from app.domain.answers import Setting, Undo
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import Look as LookKind
from app.domain.looking_back import LookBack, Right, Undone
from app.domain.memo.parts import Memo, Prediction
from app.domain.policy.policy import SHIPPED_POLICY
from app.domain.signing.signoff import Answer
from app.domain.simulation.answering import triaged
from app.domain.triage.doors import Door

FIRST = 1000
"""The number of the first one: what is decided in a story comes before, and nobody's numbers meet."""


def a_year(
    session: Session, workspace: str, channel: str, people: Sequence[str], now: datetime, *,
    count: int = 48, private: bool = False, title: str = "Something that was settled", first: int = FIRST,
) -> None:  # fmt: skip
    """``count`` decisions of these people, half of them two-way doors; all but every twelfth are decided."""
    for at in range(count):
        door = Door.TWO_WAY if at % 2 == 0 else Door.ONE_WAY
        begun = now - timedelta(days=300 - at * 4, hours=3)
        decided = None if at % 12 == 11 else begun + timedelta(days=1 + at % 7)
        who, wrong = people[at // 2 % len(people)], at % 6 == 0
        setting = Setting(begun.date())
        answers, verdict = triaged(door, setting, SHIPPED_POLICY, Random(at))
        done = Status.LEARNED if door is Door.TWO_WAY else Status.REVIEWED
        decision = Decision(
            workspace_id=workspace, number=first + at, title=title, status=done if decided else Status.IN_REVIEW,
            door=door, rung=verdict.rung, requester_id=who, owner_id=who, private=private, channel_id=channel,
            answers=answers, judged_in=setting, verdict=verdict, policy_version=1, created_at=begun,
            touched_at=decided or begun, decided_at=decided, memo_version=1,
        )  # fmt: skip
        session.add(decision)
        session.flush()
        here = {"workspace_id": workspace, "decision_id": decision.id}
        session.add(Participant(**here, user_id=who))
        prediction = Prediction("returns", "4%", "6%", None, 0.7, 10, 14)
        memo = Memo("a", "b", "c", "d", "e", prediction=prediction)
        session.add(MemoVersion(**here, number=1, memo=memo, author_id=who, created_at=begun))
        if door is Door.ONE_WAY:
            _signed(session, here, people[at % len(people)], begun, decided)
        if decided is not None:
            _looked_back(session, here, at, who, decided, wrong=wrong, two_way=door is Door.TWO_WAY)


def _signed(session: Session, here: dict[str, object], who: str, begun: datetime, decided: datetime | None) -> None:
    answer = Answer.APPROVE if decided else None
    session.add(Signer(**here, user_id=who, rung=Rung.VP, asked_at=begun, answer=answer, answered_at=decided))


def _looked_back(
    session: Session, here: dict[str, object], at: int, who: str, decided: datetime, *, wrong: bool, two_way: bool
) -> None:
    look = LookBack(
        LookKind.LEARNING if two_way else LookKind.REVIEW,
        Right.NO if wrong else Right.YES,
        "It came as it came.",
        undone=Undone.YES if at % 3 == 0 else Undone.NO,
        undo_took=(Undo.MONTHS if wrong else Undo.DAYS) if at % 3 == 0 else None,
        reached=at % 10 < 7,
        actual=12.0 if at % 5 else 20.0,
    )
    session.add(Look(**here, by=who, at=decided + timedelta(days=35), look=look))
