"""One decision in every state a card can meet, as plain objects: no database, no clock."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.db.models import AuditEvent, Decision, Look, MemoVersion, OpenQuestion, Person, Signer, Suggestion
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
from app.domain.findings import (
    BelowAnswered,
    CostsInMoney,
    DeadlineBlocked,
    EffectLasts,
    Gate,
    GateName,
    LowestForEffect,
    NoAnswerYet,
    NobodyAsked,
    NoCommitment,
    NoDeadline,
    NoTrial,
    NoWayBack,
)
from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Status
from app.domain.looking_back import Look as LookKind
from app.domain.looking_back import LookBack, Right
from app.domain.memo.parts import Memo, Prediction
from app.domain.policy.policy import SHIPPED_POLICY as POLICY
from app.domain.signing.signoff import Answer
from app.domain.triage.doors import Door
from app.domain.triage.questions import Question, asked, next_question
from app.domain.triage.verdict import NextStep, Verdict, verdict
from app.slack.views.scene import Scene
from app.words.reading.money import parse_amount, parse_rate
from app.words.triage.verdict import question_for_below

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ANA, PAT, MAX, DANA, VERA, BO, NOOR, CHANNEL = "U0ANA", "U0PAT", "U0MAX", "U0DANA", "U0VERA", "U0BO", "U0NOOR", "C0PAY"
NAMES = {
    ANA: "Ana Ruiz", PAT: "Pat Lee", MAX: "Max Weber", DANA: "Dana Cole", VERA: "Vera Okoro", BO: "Bo Lind",
    NOOR: "Noor Haddad",
}  # fmt: skip
LADDER = Ladder(
    {Rung.PEER: (PAT,), Rung.MANAGER: (MAX,), Rung.DIRECTOR: (DANA, NOOR), Rung.VP: (VERA,)}, bar_raisers=(BO,)
)
SETTING = Setting(TODAY, None)
TITLE = "Retire the v1 payments API on 1 March"

UNDO = Answers(undo=Undo.WEEKS)
TWO_WAY = Answers(undo=Undo.DAYS, effects=frozenset(), undo_cost=UndoCost.TEAM_SPRINT)
TRIAL = replace(
    UNDO,
    effects=frozenset({Effect.PROMISE}),
    trial=Trial(True, "switch off v1 for 20 customers in Sweden", "failed payments per day", date(2026, 12, 18)),
)
LASTING = Answers(
    undo=Undo.NEVER,
    effects=frozenset({Effect.MONEY_OR_DATA, Effect.DATA_GONE}),
    undo_cost=UndoCost.SEVERAL_TEAMS,
    trial=Trial(False),
)
COSTS = Costs(
    Likelihood.POSSIBLE,
    delay=parse_rate("$200k a week", default_currency="USD"),
    mistake=parse_amount("$900k", default_currency="USD"),
)
HELD = replace(
    LASTING,
    deadline=Deadline(True, "the certificate of the old gateway runs out", date(2026, 12, 18)),
    costs=COSTS,
    tried=(Attempt(Rung.PEER, Result.CANNOT_DECIDE, who=PAT), Attempt(Rung.MANAGER, Result.NOT_ASKED)),
)
PASSED = replace(
    HELD,
    tried=(
        Attempt(Rung.PEER, Result.CANNOT_DECIDE, who=PAT),
        Attempt(Rung.MANAGER, Result.CANNOT_DECIDE, who=MAX, said="It touches three other teams."),
    ),
)
MEMO = Memo(
    decision="Retire the v1 payments API on 1 March 2027. Customers who have not moved can no longer pay by v1.",
    one_way="Once the old gateway's certificate has run out, payments by v1 cannot be brought back for any customer.",
    data="38 of 412 customers still use v1, 2% of revenue (source: https://example.com/d/payments?from=v1&to=v2).",
    inaction="From 18 Dec each week of waiting costs $200k in double running and fines.",
    ask="Dana Cole approves the date by 27 Nov, so that the letters to the 38 customers go out on 30 Nov.",
    premortem="A reseller had wired v1 into their tills and found out on the day.",
    prediction=Prediction("customers on v1", "38", "0", date(2027, 3, 1)),
)
TONED = replace(MEMO, inaction="Waiting would be a terrible disaster, and finance is obviously to blame.", ask="")


WHY = (EffectLasts(Effect.MONEY_OR_DATA), NoWayBack(), NoTrial())
BLOCKS = Gate(GateName.DEADLINE, True, DeadlineBlocked(date(2026, 12, 18)))
ASKED = Gate(GateName.TRIED, True, BelowAnswered(Rung.MANAGER, MAX, Result.CANNOT_DECIDE))
NOT_ASKED = Gate(GateName.TRIED, False, NobodyAsked(Rung.MANAGER, Rung.DIRECTOR))
NO_ANSWER = Gate(GateName.TRIED, False, NoAnswerYet(Rung.MANAGER, MAX))


def costs(mistake: str, expected: str) -> CostsInMoney:
    delay = parse_amount("$714k")
    return CostsInMoney(delay, 14, None, None, Decimal("0.3"), parse_amount(mistake), parse_amount(expected))


WORTH_IT = Gate(GateName.COSTS, True, costs("$900k", "$270k"))
CHEAP = Gate(GateName.COSTS, False, costs("$9M", "$2.7M"))
NO_DEADLINE = Gate(GateName.DEADLINE, False, NoDeadline())
NO_COMMITMENT = Gate(GateName.COMMITMENT, False, NoCommitment())


def one_way(*gates: Gate, step: NextStep = NextStep.WRITE_MEMO, rung: Rung = Rung.DIRECTOR) -> Verdict:
    note = LowestForEffect(Rung.DIRECTOR, Effect.MONEY_OR_DATA)
    return Verdict(Door.ONE_WAY, WHY, step, rung, gates or (BLOCKS, ASKED, WORTH_IT), Rung.MANAGER, (note,))


def decision(answers: Answers, status: Status, v: Verdict | None = None, **changed: Any) -> Decision:
    """D-42 with these answers, and this verdict or the one that follows from them."""
    if v is None and next_question(answers, SETTING, POLICY) is None:
        v = one_way() if answers == PASSED else verdict(answers, SETTING, POLICY)
    given: dict[str, Any] = {
        "id": 42, "workspace_id": "T1", "number": 42, "title": TITLE, "status": status, "requester_id": ANA,
        "owner_id": ANA, "private": False, "channel_id": CHANNEL, "answers": answers, "asking": None, "typed": None,
        "verdict": v, "door": v.door if v else None, "rung": v.rung if v else None, "override_reason": None,
        "metric": None, "look_on": None, "memo_version": 0, "ladder": None, "deadline_at": None,
        "seat_to_fill": None, "created_at": NOW, "touched_at": NOW, "sent_at": None, "decided_at": None,
        "shipped_on": None,
    }  # fmt: skip
    return Decision(**(given | changed))


def scene(d: Decision, viewer: str = ANA, **changed: Any) -> Scene:
    people = {
        user: Person(
            workspace_id="T1", user_id=user, name=name, tz="UTC", active=True, guest=False, outside=False, bot=False
        )
        for user, name in NAMES.items()
    }  # fmt: skip
    questions = asked(d.answers, SETTING, POLICY)
    question = next_question(d.answers, SETTING, POLICY) if d.status is Status.TRIAGE else None
    given: dict[str, Any] = {
        "decision": d, "viewer": viewer, "now": NOW, "setting": SETTING, "tz": "Europe/Berlin", "people": people,
        "ladder": LADDER, "policy": POLICY, "question": question, "questions": questions,
    }  # fmt: skip
    return Scene(**(given | changed))


def with_memo(memo: Memo, status: Status, **changed: Any) -> Decision:
    given: dict[str, Any] = {"memo_version": 2, "ladder": LADDER} | changed
    d = decision(PASSED, status, **given)
    d.memos = [
        MemoVersion(id=n, workspace_id="T1", decision_id=42, number=n, memo=memo, author_id=ANA, created_at=NOW)
        for n in (1, 2)
    ]
    return d


def signer(
    user: str, rung: Rung | None = Rung.DIRECTOR, answer: Answer | None = None, said: str = "", **more: Any
) -> Signer:
    given: dict[str, Any] = {
        "workspace_id": "T1", "decision_id": 42, "user_id": user, "rung": rung, "delegate_of": None,
        "handed_over": False, "asked_at": NOW - timedelta(days=1), "answer": answer, "said": said,
        "answered_version": 2 if answer else None, "answered_at": NOW if answer else None,
    }  # fmt: skip
    return Signer(**(given | more))


def question(id: int, by: str, text: str, **more: Any) -> OpenQuestion:
    given: dict[str, Any] = {
        "id": id, "workspace_id": "T1", "decision_id": 42, "asked_by": by, "condition": False, "text": text,
        "asked_at": NOW, "answer": None, "answered_by": None, "answered_at": None, "resolved_at": None,
    }  # fmt: skip
    return OpenQuestion(**(given | more))


def reviewing(*signers: Signer, status: Status = Status.IN_REVIEW, memo: Memo = MEMO, **changed: Any) -> Decision:
    given: dict[str, Any] = {"deadline_at": NOW + timedelta(days=3, hours=8), "sent_at": NOW} | changed
    d = with_memo(memo, status, **given)
    d.signers = list(signers or (signer(DANA),))
    return d


def looked(d: Decision, kind: LookKind, learned: str = "") -> Decision:
    happened = "2 customers were still on v1 on the day; both moved within a week."
    look = LookBack(kind, Right.PARTLY, happened, learned)
    d.looks = [Look(id=1, workspace_id="T1", decision_id=42, by=ANA, at=NOW, look=look)]
    return d


def event(what: str, actor: str = ANA, **detail: Any) -> AuditEvent:
    return AuditEvent(
        id=1, workspace_id="T1", decision_id=42, at=NOW, actor=actor, what=what, before=None, after=None, detail=detail
    )


def suggestion(part: str) -> Suggestion:
    return Suggestion(
        id=1, workspace_id="T1", decision_id=42, part=part, original="", text="…", struck=[], created_at=NOW
    )


# ── every state ─────────────────────────────────────────────────────────────────────────────────────────


def _triage(answers: Answers, **changed: Any) -> Scene:
    return scene(decision(answers, Status.TRIAGE, **changed))


def _typed(answers: Answers, where: str, sentence: str, **values: Any) -> Scene:
    return _triage(answers, typed={"where": where, "values": values, "sentence": sentence})


def _held(**changed: Any) -> Scene:
    d = decision(HELD, Status.HELD, one_way(BLOCKS, NOT_ASKED, WORTH_IT, step=NextStep.TRY_BELOW))
    return scene(
        d, **({"below": question_for_below(TITLE, HELD, SETTING, Rung.MANAGER, Rung.DIRECTOR, POLICY)} | changed)
    )


def _asked_below(status: Status = Status.HELD, **changed: Any) -> Decision:
    attempt = Attempt(Rung.MANAGER, Result.NO_ANSWER, who=MAX, note="asked on 2026-11-23")
    assert HELD.tried
    v = one_way(BLOCKS, NO_ANSWER, WORTH_IT, step=NextStep.TRY_BELOW)
    return decision(replace(HELD, tried=(HELD.tried[0], attempt)), status, v, **changed)


def _late(**changed: Any) -> Decision:
    return reviewing(deadline_at=NOW - timedelta(hours=3), seat_to_fill=Rung.DIRECTOR, **changed)


def _questions() -> Decision:
    d = reviewing(signer(DANA), signer(BO, None, Answer.APPROVE))
    d.questions = [
        question(1, DANA, "What happens to refunds of payments made by v1?"),
        question(2, BO, "Does legal know?", answer="Yes, since 12 Nov.", answered_by=ANA, answered_at=NOW),
    ]
    return d


def _condition(**changed: Any) -> Decision:
    said = "every reseller has confirmed in writing that they have moved"
    d = reviewing(signer(DANA, answer=Answer.NOT_YET, said=said), signer(BO, None), status=Status.NOT_YET)
    d.questions = [question(3, DANA, said, condition=True, **changed)]
    return d


def _met() -> Decision:
    d = _condition(answer="All 12 have, see the tracker.", answered_by=ANA, answered_at=NOW)
    d.status, d.signers[0].answer = Status.IN_REVIEW, None
    return d


def _over(status: Status, **changed: Any) -> Decision:
    return reviewing(signer(DANA, answer=Answer.APPROVE, said="Go."), status=status, decided_at=NOW, **changed)


def _declined(**changed: Any) -> Decision:
    said = "38 customers are too many. Bring it back below ten."
    return reviewing(signer(DANA, answer=Answer.DECLINE, said=said), status=Status.DECLINED, decided_at=NOW, **changed)


def _deflected(answers: Answers = TWO_WAY, status: Status = Status.DEFLECTED, **changed: Any) -> Decision:
    given: dict[str, Any] = {
        "metric": "failed payments per day",
        "look_on": date(2026, 12, 7),
        "decided_at": NOW,
    } | changed
    return decision(answers, status, None, **given)


def _called_two_way() -> Decision:
    d = reviewing(signer(DANA, answer=Answer.TWO_WAY, said="You can renew the certificate for a month."))
    d.status, d.metric, d.look_on, d.decided_at = Status.DEFLECTED, "customers on v1", date(2026, 12, 7), NOW
    d.door = Door.TWO_WAY
    return d


def _handed_over() -> Decision:
    return reviewing(signer(DANA, handed_over=True), signer(NOOR, delegate_of=DANA))


def _replaced() -> Decision:
    return reviewing(signer(DANA, handed_over=True), signer(VERA, Rung.VP, asked_at=NOW))


REASON = "The certificate cannot be renewed, and my manager is away until 21 Dec."


def gone(made: Scene, user: str = ANA) -> Scene:
    """The same once somebody has left."""
    made.people[user].active = False
    return made


SCENES: Mapping[str, tuple[str, Callable[[], Scene]]] = {
    "no title": ("requester", lambda: _triage(Answers(), title="")),
    "no title, refused": (
        "requester",
        lambda: scene(
            decision(
                Answers(),
                Status.TRIAGE,
                title="",
                typed={"where": "title", "values": {"title": " "}, "sentence": "Say it."},
            )
        ),
    ),
    "question undo": ("requester", lambda: _triage(Answers())),
    "question effects": ("requester", lambda: _triage(UNDO)),
    "question undo cost": ("requester", lambda: _triage(replace(UNDO, effects=frozenset()), private=True)),
    "question trial": ("requester", lambda: _triage(replace(LASTING, trial=None))),
    "question deadline": ("requester", lambda: _triage(LASTING)),
    "question deadline, refused": (
        "requester",
        lambda: _typed(
            LASTING,
            "deadline",
            "I can't read “soonish” as a date. Type it like 2026-12-04.",
            what="the audit",
            on="soonish",
        ),
    ),
    "question costs": ("requester", lambda: _triage(replace(LASTING, deadline=HELD.deadline))),
    "question tried": ("requester", lambda: _triage(replace(HELD, tried=None))),
    "question commitment": (
        "requester",
        lambda: scene(
            decision(
                replace(PASSED, costs=replace(COSTS, mistake=parse_amount("$20M", default_currency="USD"))),
                Status.TRIAGE,
            ),
            question=Question.COMMITMENT,
        ),
    ),
    "question changed": ("requester", lambda: scene(decision(TWO_WAY, Status.TRIAGE), question=Question.UNDO)),
    "two-way": ("requester", lambda: _triage(TWO_WAY)),
    "two-way by trial": ("requester", lambda: _triage(TRIAL)),
    "one-way": ("requester", lambda: scene(decision(PASSED, Status.TRIAGE), question=None)),
    "one-way, public promise": (
        "requester",
        lambda: scene(
            decision(replace(PASSED, effects=frozenset({Effect.PROMISE})), Status.TRIAGE, one_way(rung=Rung.VP)),
            question=None,
        ),
    ),
    "held, try below": ("requester", _held),
    "held, asked below": ("requester", lambda: scene(_asked_below())),
    "held, gather data": (
        "requester",
        lambda: scene(decision(PASSED, Status.HELD, one_way(NO_DEADLINE, ASKED, step=NextStep.GATHER_DATA))),
    ),
    "held, decide below": (
        "requester",
        lambda: scene(decision(PASSED, Status.HELD, one_way(BLOCKS, ASKED, CHEAP, step=NextStep.DECIDE_BELOW))),
    ),
    "held, no commitment": (
        "requester",
        lambda: scene(decision(PASSED, Status.HELD, one_way(BLOCKS, NO_COMMITMENT, step=NextStep.DECIDE_BELOW))),
    ),
    "drafting, nothing yet": ("requester", lambda: scene(decision(PASSED, Status.DRAFTING), assistant=True)),
    "drafting, assistant at work": (
        "requester",
        lambda: scene(decision(PASSED, Status.DRAFTING), assistant=True, drafting=True),
    ),
    "drafting, toned": (
        "requester",
        lambda: scene(with_memo(TONED, Status.DRAFTING, override_reason=REASON), assistant=True),
    ),
    "drafting, ready": (
        "requester",
        lambda: scene(with_memo(MEMO, Status.DRAFTING), assistant=True, suggestions=[suggestion("data")]),
    ),
    "in review": (
        "requester",
        lambda: scene(reviewing(signer(DANA), signer(BO, None, Answer.APPROVE, "Numbers hold."))),
    ),
    "in review, questions": ("requester", lambda: scene(_questions())),
    "in review, late": ("requester", lambda: scene(_late())),
    "in review, late, handed over": ("requester", lambda: scene(_replaced())),
    "not yet": ("requester", lambda: scene(_condition())),
    "approved": ("requester", lambda: scene(_over(Status.APPROVED))),
    "declined": ("requester", lambda: scene(_declined())),
    "declined, revisit dated": ("requester", lambda: scene(_declined(look_on=date(2027, 2, 1)))),
    "declined, looked again": ("requester", lambda: scene(looked(_declined(), LookKind.REVISIT))),
    "implemented": (
        "requester",
        lambda: scene(_over(Status.IMPLEMENTED, shipped_on=date(2026, 11, 20), look_on=date(2026, 12, 18))),
    ),
    "reviewed": (
        "requester",
        lambda: scene(looked(_over(Status.REVIEWED), LookKind.REVIEW, "Ask resellers first; they hold the long tail.")),
    ),
    "deflected": ("requester", lambda: scene(_deflected())),
    "deflected to another": ("requester", lambda: scene(_deflected(owner_id=PAT))),
    "decided below": ("requester", lambda: scene(_deflected(PASSED, owner_id=MAX))),
    "called two-way": ("requester", lambda: scene(_called_two_way())),
    "learned": ("requester", lambda: scene(looked(_deflected(status=Status.LEARNED), LookKind.LEARNING))),
    "withdrawn": (
        "requester",
        lambda: scene(_over(Status.WITHDRAWN), history=[event("withdraw", why="The gateway got a new certificate.")]),
    ),
    "expired": ("requester", lambda: scene(decision(UNDO, Status.EXPIRED))),
    "signer asked": ("signer", lambda: scene(reviewing(override_reason=REASON), DANA)),
    "signer asked, toned memo": ("signer", lambda: scene(reviewing(memo=TONED), DANA)),
    "signer asked, questions": ("signer", lambda: scene(_questions(), DANA)),
    "signer asked again": ("signer", lambda: scene(_met(), DANA)),
    "signer late": ("signer", lambda: scene(_late(), DANA)),
    "signer delegate": ("signer", lambda: scene(_handed_over(), NOOR)),
    "signer handed over": ("signer", lambda: scene(_handed_over(), DANA)),
    "signer replaced": ("signer", lambda: scene(_replaced(), DANA)),
    "signer approved": ("signer", lambda: scene(_questions(), BO)),
    "signer not yet": ("signer", lambda: scene(_condition(), DANA)),
    "signer declined": ("signer", lambda: scene(_declined(), DANA)),
    "signer closed": ("signer", lambda: scene(reviewing(status=Status.WITHDRAWN), DANA)),
    "signer nobody": ("signer", lambda: scene(reviewing(), PAT)),
    "asked": (
        "asked",
        lambda: scene(_asked_below(), MAX, history=[event("ask_below", person=MAX, text="Can you decide this?")]),
    ),
    "asked, as written": ("asked", lambda: scene(_asked_below(), MAX)),
    "asked, can't": ("asked", lambda: scene(decision(PASSED, Status.TRIAGE), MAX)),
    "asked, decided": ("asked", lambda: scene(_deflected(PASSED, owner_id=MAX), MAX)),
    "asked, withdrawn": ("asked", lambda: scene(_asked_below(status=Status.WITHDRAWN), MAX)),
    "owner": ("owner", lambda: scene(_deflected(owner_id=PAT), PAT)),
    "owner, learned": (
        "owner",
        lambda: scene(looked(_deflected(owner_id=PAT, status=Status.LEARNED), LookKind.LEARNING), PAT),
    ),
    "owner, stranger": ("owner", lambda: scene(_deflected(owner_id=PAT), BO)),
    "status held": ("status", lambda: scene(_asked_below(), CHANNEL)),
    "status in review": ("status", lambda: scene(reviewing(), CHANNEL)),
    "status deflected": ("status", lambda: scene(_deflected(), CHANNEL)),
    "status approved": ("status", lambda: scene(_over(Status.APPROVED), CHANNEL)),
    "status withdrawn": ("status", lambda: scene(_over(Status.WITHDRAWN), CHANNEL)),
    "status private": ("status", lambda: scene(reviewing(private=True), CHANNEL)),
    "reader": ("reader", lambda: scene(_questions(), PAT)),
    "reader, requester left": ("reader", lambda: gone(scene(decision(PASSED, Status.DRAFTING), PAT))),
    "reader, early": ("reader", lambda: scene(decision(PASSED, Status.DRAFTING), PAT)),
}
"""Each by its name: the kind of card, and the scene."""
