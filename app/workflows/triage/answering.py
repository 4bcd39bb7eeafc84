"""A triage is answered, question by question, to its verdict. Changeable, and it can be left and taken up again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import policies, posted_cards, queries
from app.db.models import Decision
from app.domain.answers import Attempt, Costs, Setting
from app.domain.errors import NotNow, Unreadable
from app.domain.lifecycle import OPEN, THRESHOLD, Move, Status
from app.domain.message_kinds import card_of
from app.domain.policy.policy import Policy
from app.domain.triage.questions import Question, asked, next_question, settle
from app.domain.triage.verdict import verdict
from app.domain.understood import Read
from app.words.states import STATUS_SAID
from app.workflows.admission import Actor, only
from app.workflows.cards import card, show
from app.workflows.follow_ups import customer_deadline, date_passed, kind
from app.workflows.moving import move, record
from app.workflows.opening import open_decision
from app.workflows.triage.intake import close_prompts, in_triage, shorten
from app.workflows.triage.setting import setting_and_policy_of, setting_of


def reworded(session: Session, before: str, after: str, actor: Actor, now: datetime) -> Decision | None:
    """The message that named a decision says something else now. Its sentence follows while nobody else has read it.

    Returns None where no open decision of theirs has this sentence, or somebody else takes part by now.
    """
    title, rest = shorten(before)
    anew, whole = shorten(after)
    id = queries.titled(session, actor.workspace, actor.user, title) if title and anew and title != anew else None
    decision = open_decision(session, actor, id) if id is not None else None
    if (
        decision is None
        or decision.title != title
        or len(decision.participants) > 1
        or any(one.recipient != actor.user for one in posted_cards.cards(session, decision))
    ):
        return None
    decision.title, decision.source_text = (
        anew,
        "\n\n".join(filter(None, [whole, _without(decision.source_text, rest)])) or None,
    )
    record(session, decision, "name", actor.user, now)
    show(session, decision, now)
    return decision


def _without(source: str | None, rest: str | None) -> str | None:
    """A source without the long form of the old sentence."""
    return source.replace(rest, "", 1).strip() or None if source and rest else source


def answer(session: Session, id: int, question: Question, value: Any, actor: Actor, now: datetime) -> Decision:
    """Answer a question, or change an answer. The verdict follows when nothing is left to ask.

    Raises:
        NotNow: the triage is over, or this question is no longer asked.
        Unreadable: the requester named themselves as the rung that was asked.
    """
    decision = in_triage(session, id, actor)
    setting, decision.policy_version, policy = setting_and_policy_of(session, decision, now)
    if question not in asked(decision.answers, setting, policy):
        raise NotNow("That question is no longer asked: an earlier answer settled it.")
    if question is Question.TRIED:
        _check_asked(decision, value)
    if question is Question.COSTS:
        value = _told(decision.answers.costs, value, setting, policy)
    decision.answers = replace(
        decision.answers, **{question.value: value}
    )  # later answers wait: they may be asked for again
    decision.asking, decision.typed = None, None
    record(session, decision, "answer", actor.user, now, question=question.value)
    if question is Question.DEADLINE:
        _date_deadline(session, decision, now)
    conclude(session, decision, now, setting)
    return decision


def _date_deadline(session: Session, decision: Decision, now: datetime) -> None:
    """What is said of the day that waiting blocks, and that every card follows it."""
    named = customer_deadline.deadline_work(session, decision, now)
    kind.date_all(session, decision, [*named, *date_passed.passing(session, decision, now)])


def _check_asked(decision: Decision, tried: tuple[Attempt, ...]) -> None:
    own = next((one for one in tried if one.who == decision.requester_id), None)
    if own is not None:
        raise Unreadable("Name somebody else: you can't have asked yourself.", f"who_{own.rung.value}")


def _told(before: Costs | None, costs: Costs, setting: Setting, policy: Policy) -> Costs:
    """The costs with the day of this answer; the same ones told again keep theirs.

    Raises:
        Unreadable: a currency that the policy has no rate for.
    """
    if costs.mistake and policy.in_currency(costs.mistake) is None:
        code = costs.mistake.currency
        raise Unreadable(
            f"I have no exchange rate for {code}, and our thresholds are in {policy.currency}. "
            f"Say it in {policy.currency}, or leave the amounts empty and use the scale.",
            "mistake",
        )
    same = before is not None and replace(costs, told_on=before.told_on) == before
    return before if before and same else replace(costs, told_on=setting.today)


def conclude(session: Session, decision: Decision, now: datetime, setting: Setting | None = None) -> None:
    """Work out the verdict; hold the decision where a gate failed. ``setting``: where it is known already."""
    judge(session, decision, setting or setting_of(session, decision, now))
    if decision.verdict is not None:
        _date_deadline(session, decision, now)
        decision.door, decision.rung = decision.verdict.door, decision.verdict.rung
        record(
            session,
            decision,
            "verdict",
            THRESHOLD,
            now,
            door=decision.verdict.door.value,
            next_step=decision.verdict.next_step.value,
        )
        if decision.verdict.failed:
            failed = [gate.name.value for gate in decision.verdict.failed]
            move(session, decision, Move.HOLD, THRESHOLD, now, gates=failed)
            close_prompts(session, decision, now)
    show(session, decision, now)


def judge(session: Session, decision: Decision, setting: Setting) -> None:
    """The verdict of the answers as they stand, kept with all that it takes to work it out again."""
    policy = policies.of(session, decision)
    decision.verdict = verdict(decision.answers, setting, policy)
    decision.judged_in, decision.not_replayable = (setting, None) if decision.verdict else (None, None)
    if decision.verdict is not None:
        decision.answers = settle(decision.answers, setting, policy)


def _retyped(one: Read[Any]) -> str:
    """What a field takes for what could be meant."""
    return one.value.isoformat() if isinstance(one.value, date) else one.said


def mistyped(
    session: Session, id: int, where: str, values: dict[str, Any], sentence: str, actor: Actor,
    field: str | None = None, candidates: Sequence[Read[Any]] = (),
) -> Decision:  # fmt: skip
    """Keep what could not be read, with the sentence that says why, so that it can be mended in place; and what could
    be meant in this ``field``, to be taken by a tap."""
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status is not Status.TRIAGE:  # an old card: its form is no longer there to be mended
        raise NotNow(f"That no longer fits: this decision is {STATUS_SAID[decision.status]}.")
    before = decision.typed or {}
    if where == before.get("where") and "scale" in (kept := before.get("values") or {}):
        values = {**values, "scale": kept["scale"]}  # the form stays as it was chosen
    decision.typed = {"where": where, "values": values, "sentence": sentence}
    if field is not None:
        decision.typed |= {"field": field, "candidates": [[_retyped(one), one.said] for one in candidates]}
    return decision


def say_costs(session: Session, id: int, how: str, actor: Actor, now: datetime) -> Decision:
    """Ask for the costs in money, or on the scale: ``how`` is one of the two. Nothing is answered yet."""
    decision = in_triage(session, id, actor)
    decision.typed = {"where": Question.COSTS.value, "values": {"scale": how}, "sentence": ""}
    card(session, decision, "requester", decision.requester_id, now)
    return decision


def go_to(session: Session, id: int, question: Question | None, actor: Actor, now: datetime) -> Decision:
    """Ask a question again: back, or a change of an answer. From a verdict this takes up the triage again.

    Raises:
        NotNow: signers have been asked already, or the decision has closed.
    """
    decision = open_decision(session, actor, id)
    only(actor, [decision.requester_id], "the requester")
    if decision.status is not Status.TRIAGE:
        move(session, decision, Move.RECONSIDER, actor.user, now)
    ask_again(session, decision, question, now)
    return decision


def ask_again(session: Session, decision: Decision, question: Question | None, now: datetime) -> None:
    """Put a question on the card again, and the verdict away until it is answered."""
    setting = setting_of(session, decision, now)
    questions = asked(decision.answers, setting, policies.of(session, decision))
    decision.asking = question if question in questions else questions[0]
    decision.verdict, decision.door, decision.rung, decision.typed, decision.override_reason = (
        None,
        None,
        None,
        None,
        None,
    )
    decision.judged_in, decision.not_replayable = None, None
    show(session, decision, now)


def current_question(session: Session, decision: Decision, now: datetime) -> Question | None:
    """The question on the card: the one gone back to, or the first without an answer."""
    return question_of(decision, setting_of(session, decision, now), policies.of(session, decision))


def question_of(decision: Decision, setting: Setting, policy: Policy) -> Question | None:
    """As ``current_question``, where the setting and the policy are known."""
    if decision.asking in asked(decision.answers, setting, policy):
        return decision.asking
    return next_question(decision.answers, setting, policy)


def take_up(session: Session, id: int, actor: Actor, now: datetime) -> Decision:
    """Somebody takes up what was left alone: it stays open from now on, and its card stands at the bottom."""
    decision = open_decision(session, actor, id)
    if decision.status in OPEN and actor.user == decision.requester_id:
        record(session, decision, "take_up", actor.user, now)  # it has rested since now: what is dated goes by that
        show(session, decision, now)
    resume(session, decision, actor, now)
    return decision


def resume(session: Session, decision: Decision, actor: Actor, now: datetime) -> None:
    """Show the card again at the bottom of the conversation."""
    sent = any(
        e.what == "ask_below" and e.detail.get("person") == actor.user for e in queries.history(session, decision)
    )
    kind = card_of(decision, actor.user, was_asked=sent)
    card(session, decision, kind, actor.user, now, again=True)
