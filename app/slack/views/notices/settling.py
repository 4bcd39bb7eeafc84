"""What a notice says once nothing is left to do about it: one line, no button, edited in place.

A notice with buttons is remembered under a kind, ``n:<say>`` or ``n:<say>:<id>`` where several may stand side by side
(two questions, two conditions); the id is that of the row it asks about.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.db.models import Decision, OpenQuestion, Signer
from app.domain.answers import Result
from app.domain.lifecycle import OPEN, Status
from app.domain.signoff import Answer
from app.slack.views.blocks import context
from app.slack.views.parts.decision import deadline_day, has_left_workspace, on_day
from app.slack.views.parts.signing import UNDER_REVIEW, pending_signers
from app.slack.views.scene import Message, Scene
from app.slack.views.text import day, inline, mention, mentions
from app.workflows.common import NOTICE, THRESHOLD
from app.workflows.taking_over import TAKE_OVER, waits_for_requester

ASKED_AGAIN = "Asked again below."
LONGEST_KIND = 40
"""Characters of a card's kind."""

YOU_ANSWERED = {
    Answer.APPROVE: "you approved",
    Answer.NOT_YET: "you said not yet",
    Answer.DECLINE: "you declined",
    Answer.TWO_WAY: "you called it a two-way door",
}


def remembered_as(say: str, scene: Scene, args: Mapping[str, Any]) -> str | None:
    """Under which kind a notice is remembered; None for one that asks for nothing."""
    if say not in SETTLED:
        return None
    find = ABOUT.get(say)
    id = find(scene.decision, args) if find else None
    return f"{NOTICE}{say}{f':{id}' if id else ''}"[:LONGEST_KIND]


def settled_notice(kind: str, scene: Scene, since: datetime) -> Message | None:
    """The line that takes a notice's place; None while it still asks. ``since``: when it was written."""
    say, _, id = kind.removeprefix(NOTICE).partition(":")
    said = SETTLED[say](scene, int(id) if id.isdigit() else 0, since) if say in SETTLED else None
    return settled_line(scene, said) if said else None


def settled_line(scene: Scene, said: str) -> Message:
    decision = scene.decision
    title = f" {inline(decision.title, 150)}" if decision.title else ""
    return Message(f"{decision.name}: {said}", [context(f"*{decision.name}*{title}: {said}")])


def _asked(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return _last(
        question for question in decision.questions if not question.condition and question.text == args.get("said")
    )


def _answer(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return _last(
        question for question in decision.questions if not question.condition and question.answer == args.get("said")
    )


def _condition(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return _last(
        question for question in decision.questions if question.condition and question.text == args.get("said")
    )


def _leaver(decision: Decision, args: Mapping[str, Any]) -> int | None:
    return _last(s for s in decision.signers if s.user_id == args.get("who"))


def _last(rows: Any) -> int | None:
    return max((row.id for row in rows), default=None)


ABOUT: dict[str, Callable[[Decision, Mapping[str, Any]], int | None]] = {
    "question": _asked,
    "answered": _answer,
    "signed_not_yet": _condition,
    "signer_left": _leaver,
}


# ── what came of it ─────────────────────────────────────────────────────────────────────────────────────

Settled = Callable[[Scene, int, datetime], str | None]


def _who(scene: Scene, user: str | None) -> str:
    return "you" if user == scene.viewer else mention(user or "")


def _ended(scene: Scene) -> str:
    """What became of a decision that no longer waits for this."""
    decision = scene.decision
    when = f" on {on_day(scene, decision.decided_at)}" if decision.decided_at else ""
    dropped = any(event.what == "drop" for event in scene.history)
    shipped = f" on {day(decision.shipped_on, scene.today)}" if decision.shipped_on else ""
    decides = "decide" if decision.owner_id == scene.viewer else "decides"
    back = f"It went back to its team: {_who(scene, decision.owner_id)} {decides}."
    return {
        Status.WITHDRAWN: "It was dropped before it shipped." if dropped else f"This decision was withdrawn{when}.",
        Status.EXPIRED: f"This decision expired{when}.",
        Status.DECLINED: f"This decision was declined{when}.",
        Status.APPROVED: f"This decision was approved{when}.",
        Status.DEFLECTED: back,
        Status.LEARNED: back,
        Status.IMPLEMENTED: f"It shipped{shipped}.",
        Status.REVIEWED: f"It shipped{shipped}, and was reviewed.",
    }.get(decision.status, "It has moved on: the card says where it stands.")


def _below_asked(scene: Scene, _: int, since: datetime) -> str | None:
    attempt = next((one for one in scene.decision.answers.tried or () if one.who == scene.viewer), None)
    if scene.decision.status is Status.HELD and attempt and attempt.result is Result.NO_ANSWER:
        return None
    if attempt and attempt.result is Result.NO_ANSWER:
        return f"Your answer is no longer needed. {_ended(scene)}" if scene.decision.status not in OPEN else NO_LONGER
    return "Done: you answered. Thank you." if attempt else NO_LONGER


NO_LONGER = "Your answer is no longer needed."


def _below_cannot(scene: Scene, _: int, since: datetime) -> str | None:
    if scene.decision.status in (Status.TRIAGE, Status.HELD):
        return None
    return "You went on with it." if scene.decision.status in OPEN else _ended(scene)


def _to_sign(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    mine = next((s for s in reversed(decision.signers) if s.user_id == scene.viewer), None)
    if mine is not None and mine.answer is not None and not mine.handed_over:
        when = f" on {on_day(scene, mine.answered_at)}" if mine.answered_at else ""
        return f"Done: {YOU_ANSWERED[mine.answer]}{when}."
    if decision.status not in UNDER_REVIEW:
        return f"{NO_LONGER} {_ended(scene)}"
    return NO_LONGER if mine is None or mine.handed_over else None


def _late_signer(scene: Scene, _: int, since: datetime) -> str | None:
    said = _to_sign(scene, 0, since)
    return said or (_new_date(scene) if scene.decision.climb_offered is None else None)


def _new_date(scene: Scene) -> str:
    on = deadline_day(scene)
    return f"There is a new date: {on}." if on else "There is a new date."


def _late(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.status is Status.IN_REVIEW:
        if decision.climb_offered is not None and pending_signers(decision):
            return None
        newest = decision.signers[-1] if decision.signers else None
        if newest and newest.asked_at > since:
            return f"{mention(newest.user_id)} was asked instead."
        answered = [s.user_id for s in decision.signers if s.answered_at and s.answered_at > since]
        return f"{mentions(answered)} has answered." if answered else _new_date(scene)
    return "An answer came: not yet, if…" if decision.status is Status.NOT_YET else _ended(scene)


def _left(scene: Scene, id: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.status not in UNDER_REVIEW:
        return _ended(scene)
    row: Signer | None = next((s for s in decision.signers if s.id == id), None)
    if row is not None and not row.handed_over:
        return None
    to = next((s.user_id for s in decision.signers if s.id > id), None)
    return f"{mention(to)} was asked instead." if to else "Somebody else was asked instead."


def _requester_left(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if has_left_workspace(scene, decision.requester_id):
        return None if waits_for_requester(decision) else _ended(scene)
    taken = [event for event in scene.history if event.what == TAKE_OVER and event.at >= since]
    if taken:
        return f"{'You' if taken[-1].actor == scene.viewer else mention(taken[-1].actor)} took it over."
    return f"{mention(decision.requester_id)} is here again and goes on with it."


def _row(scene: Scene, id: int) -> OpenQuestion | None:
    return next((question for question in scene.decision.questions if question.id == id), None)


def _question(scene: Scene, id: int, since: datetime) -> str | None:
    row = _row(scene, id)
    if row is not None and row.answer:
        return f"Answered{_when(scene, row.answered_at)}, by {_who(scene, row.answered_by)}."
    if row is None or row.resolved_at is not None:
        return "Resolved."
    return None if scene.decision.status in UNDER_REVIEW else _ended(scene)


def _resolves(scene: Scene, id: int, since: datetime) -> str | None:
    row = _row(scene, id)
    if row is None or row.resolved_at is not None:
        return f"Resolved{_when(scene, row.resolved_at if row else None)}."
    return None if scene.decision.status in UNDER_REVIEW else _ended(scene)


def _when(scene: Scene, at: datetime | None) -> str:
    return f" on {on_day(scene, at)}" if at else ""


def _not_yet(scene: Scene, id: int, since: datetime) -> str | None:
    row = _row(scene, id)
    if row is not None and row.answer and row.resolved_at is None and scene.decision.status in UNDER_REVIEW:
        return (
            f"Done: you said{_when(scene, row.answered_at)} that it is met, and {mention(row.asked_by)} is asked again."
        )
    if scene.decision.status is Status.NOT_YET:
        return None if row is not None and row.resolved_at is None else "That condition is settled."
    return "That condition is settled." if scene.decision.status is Status.IN_REVIEW else _ended(scene)


def _declined(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.looks:
        return f"Looked at again{_when(scene, decision.looks[-1].at)}."
    return f"You look again on {day(decision.look_on, scene.today)}." if decision.look_on else None


def _approved(scene: Scene, _: int, since: datetime) -> str | None:
    return None if scene.decision.status is Status.APPROVED else _ended(scene)


def _ask_shipped(scene: Scene, _: int, since: datetime) -> str | None:
    later = any(event.what == "not_shipped" and event.at > since for event in scene.history)
    return "Not yet: I ask again." if later and scene.decision.status is Status.APPROVED else _approved(scene, 0, since)


def _looks(status: Status, said: str) -> Settled:
    def came(scene: Scene, _: int, since: datetime) -> str | None:
        decision = scene.decision
        if decision.status is status:
            return None
        row = decision.looks[-1] if decision.looks else None
        return f"Done: {_who(scene, row.by)} {said}{_when(scene, row.at)}." if row else _ended(scene)

    return came


def _revisit(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.looks:
        return f"Done: {_who(scene, decision.looks[-1].by)} looked again{_when(scene, decision.looks[-1].at)}."
    if decision.look_on and decision.look_on > scene.today:
        return f"You chose another day: {day(decision.look_on, scene.today)}."
    return None if decision.status is Status.DECLINED and decision.look_on else _ended(scene)


def _idle(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.status not in OPEN:
        return _ended(scene)
    moved = [e for e in scene.history if e.at > since and e.actor != THRESHOLD and e.what != "snooze"]
    return f"It was taken up again{_when(scene, moved[0].at)}." if moved else None


def _drafted(scene: Scene, _: int, since: datetime) -> str | None:
    if scene.decision.status in (Status.DRAFTING, *UNDER_REVIEW):
        return None if scene.suggestions else "Done: you went through the suggestions."
    return _ended(scene) if scene.decision.status not in OPEN else "The memo waits until the triage is over."


def _away(scene: Scene, _: int, since: datetime) -> str | None:
    if scene.drafting or scene.suggestions:
        return "It was tried again."
    return _ended(scene) if scene.decision.status not in OPEN else None


SETTLED: dict[str, Settled] = {
    "asked_reminder": _below_asked,
    "below_cannot": _below_cannot,
    "memo_changed": _to_sign,
    "condition_met": _to_sign,
    "remind": _to_sign,
    "deadline_passed_signer": _late_signer,
    "deadline_passed": _late,
    "signer_left": _left,
    "requester_left": _requester_left,
    "requester_left_signer": _requester_left,
    "question": _question,
    "answered": _resolves,
    "signed_not_yet": _not_yet,
    "signed_decline": _declined,
    "approved": _approved,
    "ask_shipped": _ask_shipped,
    "review_due": _looks(Status.IMPLEMENTED, "wrote the review"),
    "learning_due": _looks(Status.DEFLECTED, "wrote it down"),
    "revisit_due": _revisit,
    "left_alone": _idle,
    "expiring": _idle,
    "drafted": _drafted,
    "assistant_away": _away,
}
