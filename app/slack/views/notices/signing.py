"""Notices of a sign-off: an answer, a condition, a reminder, a date that passed. Questions: ``open_questions.py``."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.db.models import Decision
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
)
from app.slack.views.notices.open_questions import question_of
from app.slack.views.parts.decision import deadline_day, on_day
from app.slack.views.parts.signing import climb_button, next_chair, pending_signers
from app.slack.views.scene import Scene
from app.slack.views.text import day, mention, mentions
from app.words.ladder import rung_said
from app.words.signing.answers import ANSWERS


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
    return said or (_new_date(scene) if not scene.decision.requester_chooses else None)


def _new_date(scene: Scene) -> str:
    on = deadline_day(scene)
    return f"There is a new date: {on}." if on else "There is a new date."


def _settles_deadline_passed(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.status is Status.IN_REVIEW:
        if decision.requester_chooses and pending_signers(decision):
            return None
        newest = decision.signers[-1] if decision.signers else None
        if newest and newest.asked_at > since:
            return f"{mention(newest.user_id)} was asked instead."
        answered = [signer.user_id for signer in decision.signers if signer.answered_at and signer.answered_at > since]
        return f"{mentions(answered)} has answered." if answered else _new_date(scene)
    return "An answer came: not yet, if…" if decision.status is Status.NOT_YET else how_it_ended(scene)


def _settles_not_yet(scene: Scene, id: int, since: datetime) -> str | None:
    row = question_of(scene, id)
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
        actions(climb_button(scene, empty), card_button(scene)),
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
            climb_button(scene, silent[0]) if silent and decision.requester_chooses else None,
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
        "deadline": f"*{who} needs your answer today:* the date you were asked for is {day_ or 'today'}."
        if at is None or at.astimezone(zone(scene.tz)).date() == scene.today
        else f"*{who} needs your answer{by}.* This is your last working day before it.",
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
    rung, to = next_chair(scene, first)
    seat = rung_said(rung) if rung else first.role
    if to:
        offer = f" Next would be {mention(to)} ({seat})."
    elif rung == first.rung:
        knows = "Its map" if first.lever else "The ladder"
        offer = f" {knows} names nobody else who could answer: choose somebody, or give it a new date."
    else:
        offer = f" Next would be the {seat}; nobody is named there yet."
    return [
        said + offer,
        actions(
            climb_button(scene, first),
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


def _says_date_moved(scene: Scene, args: Args) -> Said:
    who = mention(scene.decision.requester_id)
    return [
        f"*{who} moved the date: your answer is needed{by_deadline(scene)}.* I remind you towards that day.",
        actions(card_button(scene, "Show what to answer"), read_button(scene), snooze_select(scene)),
    ]


def _settles_snoozed_past(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.status not in UNDER_REVIEW:
        return how_it_ended(scene)
    if any(event.what == "extend" and event.at > since for event in scene.history):
        return _new_date(scene)
    return None if pending_signers(decision) else "An answer came."


def _says_snoozed_past(scene: Scene, args: Args) -> Said:
    """To whoever waits: somebody rests past the date that they were asked for."""
    until, due = _moment_of(args.get("until")), deadline_day(scene)
    on = f" until {on_day(scene, until)}" if until else ""
    after = f", which is after {due}, the date you asked for" if due else ""
    return [
        f"*{people_said(args)} hears nothing about this{on}{after}.* You can move the date, or write to them.",
        actions(button("Move the date…", Act.EXTEND_OPEN, d=scene.decision.id), card_button(scene)),
    ]


NOTICES = (
    Notice(NoticeKind.DATE_MOVED, _says_date_moved, settles_request_to_sign),
    Notice(NoticeKind.SNOOZED_PAST, _says_snoozed_past, _settles_snoozed_past),
    Notice(NoticeKind.REMIND, _reminds_to_sign, settles_request_to_sign),
    Notice(NoticeKind.DEADLINE_PASSED, _says_deadline_passed, _settles_deadline_passed),
    Notice(NoticeKind.DEADLINE_PASSED_SIGNER, _says_deadline_passed_to_signer, _settles_late_signer),
    Notice(NoticeKind.SIGNED_NOT_YET, _says_not_yet, _settles_not_yet, about=_condition_id),
    Notice(NoticeKind.SIGNED_DECLINE, _says_declined, _settles_declined),
    Notice(NoticeKind.SIGNED_TWO_WAY, _says_two_way, settles=None),
    Notice(NoticeKind.SIGNED_ABSTAIN, _says_abstained, _settles_abstained),
    Notice(NoticeKind.APPROVED, _says_approved, settles_approved),
    Notice(NoticeKind.CONDITION_MET, _says_condition_met, settles_request_to_sign),
    Notice(NoticeKind.REVIEW_WAITS, _says_review_waits, _settles_review_waits),
    Notice(NoticeKind.TAKEN_BACK, _says_taken_back, settles=None),
    Notice(NoticeKind.HANDED_OVER, _says_handed_over, settles=None),
    Notice(NoticeKind.REPLACED, _says_replaced, settles=None),
    Notice(NoticeKind.WITHDRAWN, _says_withdrawn, settles=None),
)
