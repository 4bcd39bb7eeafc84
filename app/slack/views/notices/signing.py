"""Notices of a sign-off: an answer, a question, a condition, a reminder, a date that passed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.db.models import Decision, OpenQuestion
from app.domain.lifecycle import THRESHOLD, UNDER_REVIEW, Status
from app.domain.message_kinds import NoticeKind
from app.domain.people.calendar import zone
from app.domain.policy.intervals import EXPIRES_AFTER
from app.domain.signing.standing import empty_seats, open_questions, signer_of
from app.slack.ids import Act
from app.slack.views.blocks import actions, button, context
from app.slack.views.notices.kinds import (
    CAN_BE_SWITCHED_OFF,
    NO_LONGER_NEEDED,
    Args,
    Notice,
    Said,
    answers,
    by_deadline,
    card_button,
    how_it_ended,
    last_id,
    on_that_day,
    people_said,
    quoted,
    read_button,
    snooze_select,
    you_or_mention,
)
from app.slack.views.parts.decision import deadline_day, on_day
from app.slack.views.parts.signing import climb_button, next_chair, pending_signers
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, day, mention, mentions
from app.words.ladder import rung_said
from app.words.signing.answers import ANSWERS


def _question_id(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return last_id(
        question for question in decision.questions if not question.condition and question.text == args.get("said")
    )


def _answered_question_id(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return last_id(
        question for question in decision.questions if not question.condition and question.answer == args.get("said")
    )


def _named_question(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return int(args["q"]) if "q" in args else None


def _condition_id(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return last_id(
        question for question in decision.questions if question.condition and question.text == args.get("said")
    )


def settles_request_to_sign(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    mine = next((signer for signer in reversed(decision.signers) if signer.user_id == scene.viewer), None)
    if mine is not None and mine.answer is not None and not mine.handed_over:
        when = f" on {on_day(scene, mine.answered_at)}" if mine.answered_at else ""
        return f"Done: you {ANSWERS[mine.answer].yours}{when}."
    if decision.status not in UNDER_REVIEW:
        return f"{NO_LONGER_NEEDED} {how_it_ended(scene)}"
    return NO_LONGER_NEEDED if mine is None or mine.handed_over else None


def _settles_late_signer(scene: Scene, _: int, since: datetime) -> str | None:
    said = settles_request_to_sign(scene, 0, since)
    return said or (_new_date(scene) if scene.decision.climb_offered is None else None)


def _new_date(scene: Scene) -> str:
    on = deadline_day(scene)
    return f"There is a new date: {on}." if on else "There is a new date."


def _settles_deadline_passed(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.status is Status.IN_REVIEW:
        if decision.climb_offered is not None and pending_signers(decision):
            return None
        newest = decision.signers[-1] if decision.signers else None
        if newest and newest.asked_at > since:
            return f"{mention(newest.user_id)} was asked instead."
        answered = [signer.user_id for signer in decision.signers if signer.answered_at and signer.answered_at > since]
        return f"{mentions(answered)} has answered." if answered else _new_date(scene)
    return "An answer came: not yet, if…" if decision.status is Status.NOT_YET else how_it_ended(scene)


def _question_of(scene: Scene, id: int) -> OpenQuestion | None:
    return next((question for question in scene.decision.questions if question.id == id), None)


def _settles_question_asked(scene: Scene, id: int, since: datetime) -> str | None:
    row = _question_of(scene, id)
    if row is not None and row.answer:
        return f"Answered{on_that_day(scene, row.answered_at)}, by {you_or_mention(scene, row.answered_by)}."
    if row is None or row.resolved_at is not None:
        return "Resolved."
    return None if scene.decision.status in UNDER_REVIEW else how_it_ended(scene)


def _settles_question_answered(scene: Scene, id: int, since: datetime) -> str | None:
    row = _question_of(scene, id)
    if row is None or row.resolved_at is not None:
        return f"Resolved{on_that_day(scene, row.resolved_at if row else None)}."
    return None if scene.decision.status in UNDER_REVIEW else how_it_ended(scene)


def _settles_not_yet(scene: Scene, id: int, since: datetime) -> str | None:
    row = _question_of(scene, id)
    if row is not None and row.answer and row.resolved_at is None and scene.decision.status in UNDER_REVIEW:
        when = on_that_day(scene, row.answered_at)
        return f"Done: you said{when} that it is met, and {mention(row.asked_by)} is asked again."
    if scene.decision.status is Status.NOT_YET:
        return None if row is not None and row.resolved_at is None else "That condition is settled."
    return "That condition is settled." if scene.decision.status is Status.IN_REVIEW else how_it_ended(scene)


def _settles_declined(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.looks:
        return f"Looked at again{on_that_day(scene, decision.looks[-1].at)}."
    return f"You look again on {day(decision.look_on, scene.today)}." if decision.look_on else None


def _settles_review_waits(scene: Scene, _: int, since: datetime) -> str | None:
    if scene.decision.status is not Status.IN_REVIEW:
        return None if scene.decision.status is Status.NOT_YET else how_it_ended(scene)
    moved = [e for e in scene.history if e.at > since and e.actor != THRESHOLD and e.what != "snooze"]
    return f"It went on{on_that_day(scene, moved[0].at)}." if moved else None


def settles_approved(scene: Scene, _: int, since: datetime) -> str | None:
    return None if scene.decision.status is Status.APPROVED else how_it_ended(scene)


def _says_not_yet(scene: Scene, args: Args) -> Said:
    return [
        f"*{people_said(args)} says: not yet, if…* "
        f"You are next: meet the condition, and they are asked again.{quoted(args)}",
        actions(button("The condition is met…", Act.CONDITION_OPEN, d=scene.decision.id), read_button(scene)),
    ]


def _says_declined(scene: Scene, args: Args) -> Said:
    return [
        f"*{people_said(args)} declined.* You can go along with it and set a day to look again, "
        f"or start again with what was learned.{quoted(args)}",
        actions(button("Set a day to look again…", Act.REVISIT_OPEN, d=scene.decision.id), read_button(scene)),
    ]


def _says_two_way(scene: Scene, args: Args) -> Said:
    on = f" The learning check is on {day(scene.decision.look_on, scene.today)}." if scene.decision.look_on else ""
    return [f"*{people_said(args)} calls it a two-way door, so you decide.*{on}{quoted(args)}"]


def _says_abstained(scene: Scene, args: Args) -> Said:
    empty = next((one for one in empty_seats(scene.decision.signers) if one.user_id == args.get("who")), None)
    if empty is None:
        return [
            f"*{people_said(args)} abstained.* Somebody else on the rung was asked. You need do nothing.{quoted(args)}"
        ]
    return [
        f"*{people_said(args)} abstained, and nobody else sits on the rung.* You choose who is asked.{quoted(args)}",
        actions(climb_button(scene, empty.user_id, empty.rung), card_button(scene)),
    ]


def _settles_abstained(scene: Scene, _: int, since: datetime) -> str | None:
    if scene.decision.status not in UNDER_REVIEW:
        return how_it_ended(scene)
    return None if empty_seats(scene.decision.signers) else "Somebody else was asked."


def _says_approved(scene: Scene, args: Args) -> Said:
    signed = [signer.user_id for signer in scene.decision.signers if not signer.handed_over and signer.answer]
    by = f", by {mentions(signed)}" if signed else ""
    return [
        f"*Approved{by}.* You are next: tell me when it shipped; the review is dated from that day.",
        actions(
            button("It shipped…", Act.SHIPPED_OPEN, d=scene.decision.id),
            button("Export", Act.EXPORT, d=scene.decision.id),
        ),
    ]


def _says_condition_met(scene: Scene, args: Args) -> Said:
    requester = mention(scene.decision.requester_id)
    return [
        f"*{requester} says your condition is met.* Please answer again{by_deadline(scene)}.{quoted(args)}",
        *answers(scene),
    ]


def _says_question_asked(scene: Scene, args: Args) -> Said:
    asked = [
        question
        for question in scene.decision.questions
        if not question.condition and question.resolved_at is None and question.text == args.get("said")
    ]
    answer = button("Answer…", Act.REPLY_OPEN, d=scene.decision.id, q=asked[-1].id) if asked else card_button(scene)
    return [
        f"*{people_said(args)} asks you a question.* It blocks approval until they call it resolved.{quoted(args)}",
        actions(answer, read_button(scene)),
    ]


def _says_question_answered(scene: Scene, args: Args) -> Said:
    done = [
        question
        for question in scene.decision.questions
        if question.answer == args.get("said") and question.resolved_at is None and not question.condition
    ]
    resolve = button("Resolved", Act.RESOLVE, d=scene.decision.id, q=done[-1].id) if done else card_button(scene)
    return [
        f"*{people_said(args)} answered your question.* You say whether that resolves it.{quoted(args)}",
        actions(resolve, read_button(scene)),
    ]


def _asked_row(scene: Scene, args: Args) -> OpenQuestion | None:
    return next((question for question in scene.decision.questions if question.id == args.get("q")), None)


def _asked_text(scene: Scene, args: Args) -> str:
    found = _asked_row(scene, args)
    return f"\n{block_text(found.text, 600, quote=True)}" if found else ""


def _says_question_waits(scene: Scene, args: Args) -> Said:
    found = _asked_row(scene, args)
    by = f" The answers are asked for{by_deadline(scene)}." if scene.decision.deadline_at else ""
    if found is None or not found.answer:
        who = mention(found.asked_by) if found else "A signer"
        answer = button("Answer…", Act.REPLY_OPEN, d=scene.decision.id, q=args.get("q") or 0)
        return [
            f"*{who} still waits for your answer, and nothing is approved before.*{by}{_asked_text(scene, args)}",
            actions(answer, read_button(scene), snooze_select(scene)),
        ]
    resolve = button("Resolved", Act.RESOLVE, d=scene.decision.id, q=found.id)
    return [
        f"*Your question was answered, and still blocks approval.* Is it resolved?{by}{_asked_text(scene, args)}",
        actions(resolve, read_button(scene), snooze_select(scene)),
    ]


def _says_question_late(scene: Scene, args: Args) -> Said:
    found = _asked_row(scene, args)
    if scene.viewer == scene.decision.requester_id:
        who = mention(found.asked_by) if found else "Whoever asked"
        answered = bool(found and found.answer)
        said = f"{who} has not said whether your answer resolves it" if answered else "A question still has no answer"
        return [
            f"*{said}.* You are next: {'close it' if answered else 'answer it, or close it'} with a reason that your "
            f"signers read.{_asked_text(scene, args)}",
            actions(
                None if answered else button("Answer…", Act.REPLY_OPEN, d=scene.decision.id, q=args.get("q") or 0),
                button("Close it…", Act.CLOSE_QUESTION_OPEN, d=scene.decision.id, q=args.get("q") or 0),
            ),
        ]
    asker = mention(scene.decision.requester_id)
    return [
        f"*Your question is still open, and from now on {asker} may close it with a reason.*{_asked_text(scene, args)}",
        actions(
            button("Resolved", Act.RESOLVE, d=scene.decision.id, q=args.get("q") or 0)
            if found and found.answer
            else None,
            read_button(scene),
        ),
    ]


def _says_question_closed(scene: Scene, args: Args) -> Said:
    found = _asked_row(scene, args)
    whose = "your question" if found and found.asked_by == scene.viewer else "an open question"
    return [
        f"*{people_said(args)} closed {whose}, since its time was up.*{_asked_text(scene, args)}\n*Why*{quoted(args)}",
        *answers(scene),
    ]


def _says_review_waits(scene: Scene, args: Args) -> Said:
    decision = scene.decision
    silent = pending_signers(decision)
    raised = open_questions(decision.questions)
    who = mentions(list(dict.fromkeys([s.user_id for s in silent] or [question.asked_by for question in raised])))
    waits = (
        f"{who} {'has' if len(silent) == 1 else 'have'} not answered" if silent else f"a question of {who} blocks it"
    )
    ends = decision.deadline_at and day(ends_on(scene), scene.today)
    end = f" It closes on {ends} if nothing happens." if ends else ""
    return [
        f"*This still waits for sign-off: {waits}.*{end}",
        actions(
            climb_button(scene, silent[0].user_id, silent[0].rung) if silent and decision.climb_offered else None,
            button("Give it a new date…", Act.EXTEND_OPEN, d=decision.id),
            card_button(scene),
            button("Withdraw…", Act.WITHDRAW_OPEN, d=decision.id),
        ),
    ]


def ends_on(scene: Scene) -> date:
    """The day on which a review that nobody touches closes."""
    decision = scene.decision
    since = max(decision.touched_at, decision.deadline_at or decision.touched_at)
    return (since + EXPIRES_AFTER).astimezone(zone(scene.tz)).date()


def _says_taken_back(scene: Scene, args: Args) -> Said:
    return [f"*{people_said(args)} signs again in their own place.* Your answer is no longer needed."]


def _says_handed_over(scene: Scene, args: Args) -> Said:
    to = people_said(args, "to")
    signer = signer_of(scene.decision.signers, str(args.get("to") or ""))
    seat = f" as {rung_said(signer.rung) if signer.rung else 'bar raiser'}" if signer else ""
    return [f"*{people_said(args)} handed over to {to}*, who answers{seat}{by_deadline(scene)}. You need do nothing."]


def _says_replaced(scene: Scene, args: Args) -> Said:
    return [f"*{people_said(args, 'to')} was asked in your place*, since the date had passed. You need do nothing."]


def _says_withdrawn(scene: Scene, args: Args) -> Said:
    return [f"*{mention(scene.decision.requester_id)} withdrew this.* Your answer is no longer needed.{quoted(args)}"]


def _reminds_to_sign(scene: Scene, args: Args) -> Said:
    label = str(args.get("label") or "")
    at = _moment_of(args.get("deadline")) or scene.decision.deadline_at
    day_ = deadline_day(scene, at) if at else ""
    by = f" by {day_}" if day_ else ""
    who = mention(scene.decision.requester_id)
    opening = {
        "halfway": f"*{who} asks for your answer{by}.* Half of the time is left.",
        "day_before": f"*{who} needs your answer{by}.* One working day is left.",
        "deadline": f"*{who} needs your answer now:* the date you were asked for is {day_ or 'today'}.",
    }
    said = opening.get(label, f"*{who} asks for your answer{by}.*")
    rows = answers(scene, snooze_select(scene))
    return [said, *rows] if label == "deadline" else [said, *rows, context(CAN_BE_SWITCHED_OFF)]


def _moment_of(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _says_deadline_passed(scene: Scene, args: Args) -> Said:
    decision = scene.decision
    silent = pending_signers(decision)
    first = silent[0] if silent else None
    if not args.get("who"):
        raised = mentions(list(dict.fromkeys(question.asked_by for question in open_questions(decision.questions))))
        return [
            f"*The date you set has passed, and a question of {raised or 'a signer'} still blocks approval.*",
            actions(card_button(scene), button("Give it a new date…", Act.EXTEND_OPEN, d=decision.id)),
        ]
    said = (
        f"*{people_said(args)} did not answer by the date you set.* "
        "Nothing climbs by itself: you choose what comes next."
    )
    if first is None:
        return [said, actions(card_button(scene))]
    rung, to = next_chair(scene, first.rung)
    seat = rung_said(rung) if rung else "bar raiser"
    if to:
        offer = f" Next would be {mention(to)} ({seat})."
    elif rung == first.rung:
        offer = " The ladder names nobody else who could answer: choose somebody, or give it a new date."
    else:
        offer = f" Next would be the {seat}; nobody is named there yet."
    return [
        said + offer,
        actions(
            climb_button(scene, first.user_id, first.rung),
            button("Give it a new date…", Act.EXTEND_OPEN, d=decision.id),
            button("Withdraw…", Act.WITHDRAW_OPEN, d=decision.id),
        ),
    ]


def _says_deadline_passed_to_signer(scene: Scene, args: Args) -> Said:
    decision = scene.decision
    was = f" on {deadline_day(scene)}" if decision.deadline_at else ""
    asker = mention(decision.requester_id)
    return [
        f"*The date for your answer passed{was}.* Your answer still counts; {asker} may ask somebody else now.",
        *answers(scene),
    ]


NOTICES = (
    Notice(NoticeKind.REMIND, _reminds_to_sign, settles_request_to_sign),
    Notice(NoticeKind.DEADLINE_PASSED, _says_deadline_passed, _settles_deadline_passed),
    Notice(NoticeKind.DEADLINE_PASSED_SIGNER, _says_deadline_passed_to_signer, _settles_late_signer),
    Notice(NoticeKind.SIGNED_NOT_YET, _says_not_yet, _settles_not_yet, about=_condition_id),
    Notice(NoticeKind.SIGNED_DECLINE, _says_declined, _settles_declined),
    Notice(NoticeKind.SIGNED_TWO_WAY, _says_two_way, settles=None),
    Notice(NoticeKind.SIGNED_ABSTAIN, _says_abstained, _settles_abstained),
    Notice(NoticeKind.APPROVED, _says_approved, settles_approved),
    Notice(NoticeKind.CONDITION_MET, _says_condition_met, settles_request_to_sign),
    Notice(NoticeKind.QUESTION, _says_question_asked, _settles_question_asked, about=_question_id),
    Notice(NoticeKind.ANSWERED, _says_question_answered, _settles_question_answered, about=_answered_question_id),
    Notice(NoticeKind.QUESTION_WAITS, _says_question_waits, _settles_question_answered, about=_named_question),
    Notice(NoticeKind.QUESTION_LATE, _says_question_late, _settles_question_answered, about=_named_question),
    Notice(NoticeKind.QUESTION_CLOSED, _says_question_closed, settles=None),
    Notice(NoticeKind.REVIEW_WAITS, _says_review_waits, _settles_review_waits),
    Notice(NoticeKind.TAKEN_BACK, _says_taken_back, settles=None),
    Notice(NoticeKind.HANDED_OVER, _says_handed_over, settles=None),
    Notice(NoticeKind.REPLACED, _says_replaced, settles=None),
    Notice(NoticeKind.WITHDRAWN, _says_withdrawn, settles=None),
)
