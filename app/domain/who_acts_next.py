"""Who acts next, on what, and by when: one answer, which every surface says.

A card reads it from the decision it has at hand, a list from what one question brings for many; both go through
``who_acts_next``, so that they can't disagree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from app.domain.answers import Answers, Result
from app.domain.decided import Decided
from app.domain.lifecycle import Status
from app.domain.people.calendar import zone
from app.domain.signing.standing import Asks, Signs, open_conditions, open_questions, still_to_answer, unanswered
from app.domain.syncs.life import Said, open_remarks
from app.domain.triage.verdict import Verdict


class Act(StrEnum):
    """What somebody has to do."""

    ANSWER_TRIAGE = "answer_triage"
    ACCEPT_VERDICT = "accept_verdict"  # the answers are there: go on with what follows from them
    ANSWER_BELOW = "answer_below"  # the question to the rung below is out
    TAKE_NEXT_STEP = "take_next_step"  # a gate failed
    WRITE_MEMO = "write_memo"
    READ = "read"  # a pre-read is out
    SIGN = "sign"
    CHOOSE_AFTER_DEADLINE = "choose_after_deadline"  # the date has passed and signers are silent
    ANSWER_QUESTIONS = "answer_questions"
    RESOLVE_QUESTIONS = "resolve_questions"  # answered: whoever asked says whether that settles it
    MEET_CONDITION = "meet_condition"
    TAKE_OVER = "take_over"  # the requester has left
    DECIDE = "decide"  # two-way: the owner decides, and looks back on the day
    TELL_SHIPPED = "tell_shipped"
    REVIEW = "review"
    REVISIT = "revisit"


@dataclass(frozen=True)
class PreReading:
    """A pre-read that is out: which readers have not answered, how many open questions have no answer, who says whether
    the others are settled, and on which day they would meet."""

    to_answer: tuple[str, ...]
    unanswered: int
    to_resolve: tuple[str, ...]
    on: date


@dataclass(frozen=True)
class Standing:
    """What of a decision tells who acts next."""

    status: Status
    requester: str
    owner: str
    requester_left: bool = False  # nobody has taken it over yet
    judged: bool = False  # a triage whose verdict stands
    asked_below: str | None = None  # who has the question of a held decision
    to_sign: tuple[str, ...] = ()  # asked, and not answered yet
    unanswered: int = 0  # open questions without an answer
    to_resolve: tuple[str, ...] = ()  # who raised the open questions that are answered
    requester_chooses: bool = False  # who is asked instead of a silent signer: the date has passed, and they were told
    meets: tuple[str, ...] = ()  # who meets the open conditions; nobody named: the requester
    met_by: date | None = None  # the first day by which one is asked for
    deadline: date | None = None
    look_on: date | None = None
    preread: PreReading | None = None  # while the memo is drafted


@dataclass(frozen=True)
class NextAct:
    """``who`` (user ids; nobody once it has ended) does ``act``. ``count``: how many, of open questions."""

    act: Act | None
    who: tuple[str, ...] = ()
    by: date | None = None
    overdue: bool = False
    count: int = 0


NOBODY = NextAct(None)


def who_acts_next(standing: Standing, today: date) -> NextAct:
    """The one answer. Whoever was asked comes before the requester, and what can be done before what waits."""
    act, who, count = _open_act(standing) or _later_act(standing) or (None, (), 0)
    if act is None:
        return NOBODY
    if standing.requester_left and who == (standing.requester,):
        act, who, count = Act.TAKE_OVER, (), 0
    by = standing.look_on if act in (Act.DECIDE, Act.REVIEW, Act.REVISIT) else standing.deadline
    if act is Act.TELL_SHIPPED:
        by = None
    if standing.preread is not None and standing.status is Status.DRAFTING and act is not Act.WRITE_MEMO:
        by = standing.preread.on
    if act is Act.MEET_CONDITION and standing.met_by is not None:
        by = standing.met_by
    passed = by is not None and (by < today or act is Act.CHOOSE_AFTER_DEADLINE)
    return NextAct(act, who, by, passed, count)


Found = tuple[Act, tuple[str, ...], int]


def _open_act(standing: Standing) -> Found | None:
    requester = (standing.requester,)
    match standing.status:
        case Status.TRIAGE:
            return (Act.ACCEPT_VERDICT if standing.judged else Act.ANSWER_TRIAGE), requester, 0
        case Status.HELD if standing.asked_below is not None:
            return Act.ANSWER_BELOW, (standing.asked_below,), 0
        case Status.HELD:
            return Act.TAKE_NEXT_STEP, requester, 0
        case Status.DRAFTING if standing.preread is not None:
            return _preread_act(standing.preread, requester)
        case Status.DRAFTING:
            return Act.WRITE_MEMO, requester, 0
        case Status.NOT_YET:
            return Act.MEET_CONDITION, standing.meets or requester, 0
        case Status.IN_REVIEW:
            return _review_act(standing, requester)
    return None


def _preread_act(preread: PreReading, requester: tuple[str, ...]) -> Found:
    if preread.unanswered:
        return Act.ANSWER_QUESTIONS, requester, preread.unanswered
    if preread.to_answer:
        return Act.READ, preread.to_answer, 0
    if preread.to_resolve:
        return Act.RESOLVE_QUESTIONS, preread.to_resolve, len(preread.to_resolve)
    return Act.WRITE_MEMO, requester, 0


def _review_act(standing: Standing, requester: tuple[str, ...]) -> Found:
    """A question may be all that keeps the others from answering, so it comes first; then who was asked to sign."""
    if standing.unanswered:
        return Act.ANSWER_QUESTIONS, requester, standing.unanswered
    if standing.requester_chooses and (standing.to_sign or not standing.to_resolve):
        return Act.CHOOSE_AFTER_DEADLINE, requester, 0
    if standing.to_sign:
        return Act.SIGN, standing.to_sign, 0
    return Act.RESOLVE_QUESTIONS, standing.to_resolve, len(standing.to_resolve)


def _later_act(standing: Standing) -> Found | None:
    match standing.status:
        case Status.DEFLECTED:
            return Act.DECIDE, (standing.owner,), 0
        case Status.APPROVED:
            return Act.TELL_SHIPPED, (standing.owner,), 0
        case Status.IMPLEMENTED:
            return Act.REVIEW, (standing.owner,), 0
        case Status.DECLINED if standing.look_on is not None:
            return Act.REVISIT, (standing.requester,), 0
    return None


def standing_of(
    decision: Decided,
    signers: Sequence[Signs],
    raised: Sequence[Asks],
    *,
    deadline: date | None,
    requester_left: bool = False,
    preread: PreReading | None = None,
) -> Standing:
    """``signers`` and ``raised``: its rows. ``deadline``: see ``deadline_of``."""
    asked, conditions = open_questions(raised), unanswered(open_conditions(raised))
    waiting = unanswered(asked)
    return Standing(
        status=decision.status,
        requester=decision.requester_id,
        owner=decision.owner_id,
        requester_left=requester_left,
        judged=decision.verdict is not None,
        asked_below=asked_below(decision.answers, decision.verdict),
        to_sign=tuple(signer.user_id for signer in still_to_answer(signers)),
        unanswered=len(waiting),
        to_resolve=tuple(dict.fromkeys(one.asked_by for one in asked if one not in waiting)),
        requester_chooses=decision.requester_chooses,
        meets=tuple(dict.fromkeys(one.meets or decision.requester_id for one in conditions)),
        met_by=min((one.met_by for one in conditions if one.met_by), default=None),
        deadline=deadline,
        look_on=decision.look_on,
        preread=preread,
    )


class Written(Said, Protocol):
    @property
    def answer(self) -> str | None: ...


def pre_reading(to_answer: Sequence[str], said: Iterable[Written], on: date) -> PreReading:
    """``said``: what was said in writing. ``on``: the day of the sync."""
    open_ = open_remarks(said)
    waiting = [one for one in open_ if not one.answer]
    resolve = dict.fromkeys(one.user_id for one in open_ if one.answer)
    return PreReading(tuple(to_answer), len(waiting), tuple(resolve), on)


def deadline_of(decision: Decided, tz: str) -> date | None:
    """The day the signers are asked for; before they are asked, the deadline that waiting blocks. ``tz``: where the day
    is told of a decision that was sent before days were kept."""
    if decision.deadline_on is not None:
        return decision.deadline_on
    if decision.deadline_at is not None:
        return decision.deadline_at.astimezone(zone(tz)).date()
    blocked = decision.answers.deadline
    return blocked.on if blocked and blocked.blocks else None


def asked_below(answers: Answers, verdict: Verdict | None) -> str | None:
    """Who on the rung below has the question and has not answered, while the decision is held."""
    attempt = answers.attempt(verdict.below) if verdict and verdict.below else None
    return attempt.who if attempt and attempt.who and attempt.result is Result.NO_ANSWER else None
