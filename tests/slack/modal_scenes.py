"""Realistic scenes for modals, Home and replies, built in memory: plain model objects, no database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.db.models import Decision, MemoVersion, OpenQuestion, Person, Signer, Suggestion
from app.domain.answers import (
    Answers,
    Attempt,
    Costs,
    Deadline,
    Effect,
    Likelihood,
    Result,
    Setting,
    Trial,
    Undo,
    UndoCost,
)
from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Status
from app.domain.memo.parts import Memo, Prediction
from app.domain.policy.policy import SHIPPED_POLICY as POLICY
from app.domain.reading.amounts import Amount, Rate
from app.domain.signing.signoff import Answer
from app.domain.triage.verdict import verdict
from app.slack.views.scene import Scene

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MIRA, SAM, DANA, VIKTOR, BEA, LEE = "UMIRA", "USAM", "UDANA", "UVIKTOR", "UBEA", "ULEE"
NAMES = {MIRA: "Mira", SAM: "Sam", DANA: "Dana", VIKTOR: "Viktor", BEA: "Bea", LEE: "Lee"}
TITLE = "Shorten the return window from 60 to 30 days"
SETTING = Setting(TODAY, None)

LADDER = Ladder(
    {Rung.PEER: (LEE,), Rung.MANAGER: (SAM,), Rung.DIRECTOR: (DANA,), Rung.VP: (VIKTOR,)},
    bar_raisers=(BEA,),
)
PEOPLE = {
    user: Person(
        workspace_id="T1", user_id=user, name=name, tz="Europe/Berlin", country=None, active=True, guest=False,
        bot=False, muted=False, home_opened=True,
    )
    for user, name in NAMES.items()
}  # fmt: skip

ANSWERS = Answers(
    undo=Undo.MONTHS,
    effects=frozenset({Effect.PROMISE}),
    undo_cost=UndoCost.SEVERAL_TEAMS,
    trial=Trial(False),
    deadline=Deadline(True, "the spring catalogue", date(2026, 12, 4)),
    costs=Costs(Likelihood.POSSIBLE, Rate(Amount(Decimal(200_000), "USD"), "day"), Amount(Decimal(3_500_000), "USD")),
    tried=(
        Attempt(Rung.PEER, Result.DISAGREE, LEE),
        Attempt(Rung.MANAGER, Result.CANNOT_DECIDE, SAM),
        Attempt(Rung.DIRECTOR, Result.CANNOT_DECIDE, DANA),
    ),
)

MEMO = Memo(
    decision="Customers who buy after 1 January can return within 30 days instead of 60.",
    one_way="Once the new window is printed in the spring catalogue, taking it back breaks a public promise.",
    data="81% of returns arrive within 30 days; late returns cost $1.1M a quarter (source: returns board, October).",
    inaction="From 4 December the catalogue is printed with 60 days, and waiting costs $200k per day.",
    ask=f"<@{VIKTOR}> approves the 30-day window by 2 December, so that the catalogue can be printed.",
    premortem="Support was flooded in January, since the old window stood on 400 pages.",
    alternatives="Store credit after 30 days: keeps the promise, and saves a third of it.",
    prediction=Prediction("Late returns per 100 orders", "4.2 in October", "below 1.5", date(2027, 4, 1)),
)


def decision(id: int = 42, **changes: Any) -> Decision:
    """A decision as the database would hand it out."""
    given: dict[str, Any] = {
        "workspace_id": "T1", "number": id, "title": TITLE, "status": Status.DRAFTING, "door": None, "rung": Rung.VP,
        "requester_id": MIRA, "owner_id": MIRA, "private": False, "channel_id": "C1",
        "source_link": "https://acme.example/archives/C1/p1763884800000100", "answers": ANSWERS,
        "verdict": verdict(ANSWERS, SETTING, POLICY), "override_reason": None, "metric": None, "look_on": None,
        "memo_version": 0, "ladder": None, "deadline_at": None, "seat_to_fill": None,
        "created_at": NOW - timedelta(days=3), "touched_at": NOW, "sent_at": None, "decided_at": None,
        "shipped_on": None,
    }  # fmt: skip
    return Decision(id=id, **(given | changes))


def with_memo(d: Decision, memo: Memo = MEMO, versions: int = 1) -> Decision:
    d.memo_version = versions
    d.memos = [
        MemoVersion(
            id=number, workspace_id="T1", decision_id=d.id, number=number, memo=memo, author_id=MIRA,
            created_at=NOW - timedelta(hours=versions - number),
        )
        for number in range(1, versions + 1)
    ]  # fmt: skip
    return d


def signer(user: str, rung: Rung | None = Rung.VP, **changes: Any) -> Signer:
    given: dict[str, Any] = {
        "id": 1, "workspace_id": "T1", "decision_id": 42, "user_id": user, "rung": rung, "delegate_of": None,
        "handed_over": False, "asked_at": NOW - timedelta(hours=5), "answer": None, "said": "",
        "answered_version": None, "answered_at": None,
    }  # fmt: skip
    return Signer(**(given | changes))


def asked(
    id: int = 7, by: str = VIKTOR, text: str = "How many customers bought on the old terms?", **changes: Any
) -> OpenQuestion:
    given: dict[str, Any] = {
        "workspace_id": "T1", "decision_id": 42, "asked_by": by, "condition": False, "text": text, "asked_at": NOW,
        "answer": None, "answered_by": None, "answered_at": None, "resolved_at": None,
    }  # fmt: skip
    return OpenQuestion(id=id, **(given | changes))


def suggestion(part: str, original: str, text: str, struck: Sequence[str] = ()) -> Suggestion:
    return Suggestion(
        id=1, workspace_id="T1", decision_id=42, part=part, original=original, text=text, struck=list(struck),
        created_at=NOW, settled=None,
    )  # fmt: skip


def in_review() -> Decision:
    """With its signers: Viktor was asked, Dana handed over to Bea who approved, one question is open."""
    d = with_memo(decision(status=Status.IN_REVIEW, sent_at=NOW, deadline_at=NOW + timedelta(days=2)), versions=3)
    d.signers = [
        signer(VIKTOR),
        signer(DANA, None, handed_over=True),
        signer(
            BEA, None, delegate_of=DANA, answer=Answer.APPROVE, answered_version=3, answered_at=NOW,
            said="Fine by me: the promise stays for what was bought before.",
        ),
    ]  # fmt: skip
    d.questions = [
        asked(answer="12,400 since September; see the dashboard.", answered_by=MIRA, answered_at=NOW),
        asked(8, BEA, resolved_at=NOW),
    ]
    return d


def scene(d: Decision | None = None, viewer: str = MIRA, **changes: Any) -> Scene:
    built = Scene(
        decision=d if d is not None else decision(), viewer=viewer, now=NOW, setting=SETTING, tz="Europe/Berlin",
        people=PEOPLE, ladder=LADDER, policy=POLICY,
    )  # fmt: skip
    return replace(built, **changes)
