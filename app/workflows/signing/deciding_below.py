"""The rung below answers. Where policy lets it decide, it does so in writing; else it advises, and it climbs."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import policies, roster
from app.db.models import Decision, MemoVersion
from app.domain.answers import Attempt, Result
from app.domain.errors import NotAllowed, NotNow, Unreadable
from app.domain.lifecycle import THRESHOLD, WRITABLE, Move, Status
from app.domain.memo.evidence import count_words
from app.domain.message_kinds import NoticeKind
from app.domain.permissions import check_decides
from app.domain.signing.signoff import Answer, needs_bar_raiser
from app.domain.triage.below import RESULT_OF, Advice, DecidedBelow
from app.domain.triage.lowest_rung import floor
from app.domain.triage.questions import Question
from app.words.memo.decided import memo_of_decided
from app.words.signing.refusals import only_advises
from app.words.states import STATUS_SAID
from app.words.triage.verdict import Background
from app.workflows.admission import Actor, members_only
from app.workflows.cards import show
from app.workflows.follow_ups import idle, kind
from app.workflows.follow_ups import signing as review
from app.workflows.moving import move, record
from app.workflows.notifying import tell
from app.workflows.opening import gone_from, open_decision, rely_on
from app.workflows.signing.deadline import new_deadline
from app.workflows.signing.outcome import approve
from app.workflows.signing.sending import add_signer, ask_to_sign, check_can_sign, check_seat, frozen_ladder
from app.workflows.triage.answering import ask_again, conclude
from app.workflows.triage.setting import setting_of
from app.workflows.triage.verdicts import note_attempt

NEEDS_WORDS = {
    Advice.TWO_WAY: "Write how it can be made two-way: what to try small, and what would tell.",
    Advice.DISAGREE: "Write why you disagree, in a sentence: whoever decides reads it.",
}
FEWEST_WORDS = 3
"""Of a sentence that says what was decided."""


def advise_below(session: Session, id: int, advice: Advice, said: str, actor: Actor, now: datetime) -> Decision:
    """Whoever was asked can't decide it, shows how to make it two-way, or disagrees; the verdict is worked out anew.

    Raises:
        NotAllowed / NotNow: see ``_asked``.
        Unreadable: an answer that needs words came without.
    """
    decision = open_decision(session, actor, id)
    attempt = _asked(decision, actor)
    if advice in NEEDS_WORDS and not said.strip():
        raise Unreadable(NEEDS_WORDS[advice], "said")
    note_attempt(decision, replace(attempt, result=RESULT_OF[advice], said=said.strip()))
    record(session, decision, EVENTS[advice], actor.user, now, rung=attempt.rung.value, said=said.strip())
    move(session, decision, Move.RECONSIDER, THRESHOLD, now)
    if advice is Advice.TWO_WAY:
        ask_again(session, decision, Question.TRIAL, now)
    else:
        conclude(session, decision, now)
    tell(session, decision, decision.requester_id, NOTICES[advice], now, who=actor.user, said=said.strip())
    return decision


def own_words(session: Session, id: int, said: str, actor: Actor, now: datetime) -> Decision:
    """Somebody whose answer the requester wrote down puts it in their own words: whoever decides reads those. The
    verdict stays; what they say may disagree with it.

    Raises:
        NotAllowed: nobody wrote an answer of theirs down. NotNow: it is decided. Unreadable: no words.
    """
    decision = open_decision(session, actor, id)
    attempt = next((one for one in decision.answers.tried or () if one.who == actor.user), None)
    if attempt is None or attempt.result in (Result.NO_ANSWER, Result.NOT_ASKED):
        raise NotAllowed("Nobody wrote an answer of yours down here. Nothing was changed.")
    if decision.status not in WRITABLE:
        raise NotNow(f"This decision has moved on: it is {STATUS_SAID[decision.status]}.")
    if count_words(said) < FEWEST_WORDS:
        raise Unreadable("Write a sentence: whoever decides reads it.", "said")
    note_attempt(decision, replace(attempt, said=said.strip()))
    record(session, decision, "own_words_below", actor.user, now, rung=attempt.rung.value, said=said.strip())
    tell(session, decision, decision.requester_id, NoticeKind.OWN_WORDS_BELOW, now, who=actor.user, said=said.strip())
    show(session, decision, now)
    return decision


EVENTS = {
    Advice.CANNOT_DECIDE: "cannot_decide",
    Advice.TWO_WAY: "shows_two_way",
    Advice.DISAGREE: "disagrees_below",
}
NOTICES = {
    Advice.CANNOT_DECIDE: NoticeKind.BELOW_CANNOT,
    Advice.TWO_WAY: NoticeKind.BELOW_TWO_WAY,
    Advice.DISAGREE: NoticeKind.BELOW_DISAGREES,
}


def decide_below(session: Session, id: int, decided: DecidedBelow, actor: Actor, now: datetime) -> Decision:
    """Whoever was asked decides, in writing: their answer is the sign-off of their rung, on a page made of what they
    wrote and of the triage's answers. A bar raiser reads it beside them, where policy wants one.

    Raises:
        NotAllowed: policy wants a higher rung, or they sit on none that decides it.
        NotNow: see ``_asked``.
        Unreadable: no sentence, no pre-mortem, or no bar raiser who can be one; ``field`` names the input.
    """
    decision = open_decision(session, actor, id)
    attempt = _asked(decision, actor)
    rely_on(session, decision.workspace_id, actor.user)
    members_only(session, actor, "only members decide")
    _check_decides(session, decision, attempt, actor)
    if count_words(decided.what) < FEWEST_WORDS:
        raise Unreadable("Write in a sentence what you decided: the team acts on it.", "what")
    if not decided.premortem.strip():
        raise Unreadable("Write one line: it is a year from now and this went wrong. What happened?", "premortem")
    bar_raiser = _bar_raiser(session, decision, attempt, decided, actor)
    record(session, decision, "decides_below", actor.user, now, rung=attempt.rung.value, said=decided.what.strip())
    decision.rung = attempt.rung
    ladder = roster.ladder_of(session, decision.workspace_id, decision.channel_id)
    decision.ladder = frozen_ladder(ladder, attempt.rung, actor.user, bar_raiser)
    move(session, decision, Move.RECONSIDER, THRESHOLD, now)
    move(session, decision, Move.DRAFT, THRESHOLD, now)
    _write_down(session, decision, decided, bar_raiser, actor, now)
    decision.sent_at = decision.deadline_set_at = now
    move(session, decision, Move.SEND, actor.user, now, signer=actor.user, bar_raiser=bar_raiser)
    signer = add_signer(session, decision, actor.user, attempt.rung, now)
    signer.answer, signer.said = Answer.APPROVE, decided.what.strip()
    signer.answered_version, signer.answered_at = decision.memo_version, now
    record(session, decision, "sign", actor.user, now, answer=signer.answer.value, version=1, said=signer.said)
    if bar_raiser:
        new_deadline(session, decision, bar_raiser, now)
        ask_to_sign(session, decision, bar_raiser, None, now)
        waits = review.REVIEW_WAITS.dated(session, decision, idle.rests_since(decision))
        kind.date_all(session, decision, [waits])
    else:
        approve(session, decision, actor, now)
    told = {"who": actor.user, "said": decided.what.strip(), "bar_raiser": bar_raiser}
    tell(session, decision, decision.requester_id, NoticeKind.BELOW_DECIDES, now, **told)
    show(session, decision, now)
    return decision


def _asked(decision: Decision, actor: Actor) -> Attempt:
    """What they were asked.

    Raises:
        NotAllowed: the question went to somebody else.
        NotNow: the decision has moved on, or they answered already.
    """
    asked = [one for one in decision.answers.tried or () if one.who == actor.user]
    if not asked:
        raise NotAllowed("That question went to somebody else. Nothing was changed.")
    if actor.user == decision.requester_id:
        raise NotAllowed("You took it over, and nobody answers their own question. Its card asks somebody else.")
    if decision.status is not Status.HELD:
        raise NotNow("This decision has moved on; your answer is no longer needed. Thank you.")
    attempt = next((one for one in asked if one.result is Result.NO_ANSWER), None)
    if attempt is None:
        raise NotNow("You answered that question already. Nothing was changed.")
    return attempt


def _check_decides(session: Session, decision: Decision, attempt: Attempt, actor: Actor) -> None:
    ladder = roster.ladder_of(session, decision.workspace_id, decision.channel_id)
    gone = gone_from(session, decision.workspace_id, ladder)
    lowest = floor(decision.answers, policies.of(session, decision))
    asker = decision.requester_id
    refused = check_decides(actor.user, attempt.rung, lowest, ladder, requester=asker, gone=gone)
    if refused is not None:
        raise NotAllowed(only_advises(refused))


def _bar_raiser(
    session: Session, decision: Decision, attempt: Attempt, decided: DecidedBelow, actor: Actor
) -> str | None:
    """Who reads it beside whoever decides; None where policy wants nobody."""
    if not needs_bar_raiser(attempt.rung, decision.answers, policies.of(session, decision)):
        return None
    if not decided.bar_raiser:
        raise Unreadable("This one needs a bar raiser too: somebody independent who reads it beside you.", "bar_raiser")
    if decided.bar_raiser == actor.user:
        raise Unreadable("The bar raiser is somebody else than you: two people read it, not one twice.", "bar_raiser")
    check_can_sign(session, decision, decided.bar_raiser, "bar_raiser")
    check_seat(session, decision, decided.bar_raiser, None, "bar_raiser", beside=[actor.user])
    return decided.bar_raiser


def _write_down(
    session: Session, decision: Decision, decided: DecidedBelow, bar_raiser: str | None, actor: Actor, now: datetime
) -> None:
    """The page that it is decided on: a version like any other."""
    setting = setting_of(session, decision, now)
    memo = memo_of_decided(
        decided, bar_raiser, decision.verdict, Background(decision.answers, setting.today), actor.user
    )
    decision.memo_version += 1
    decision.memos.append(
        MemoVersion(
            workspace_id=decision.workspace_id, decision_id=decision.id, number=decision.memo_version, memo=memo,
            author_id=actor.user, created_at=now,
        )
    )  # fmt: skip
    session.flush()
    record(session, decision, "memo", actor.user, now, version=decision.memo_version)
