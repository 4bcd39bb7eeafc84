"""The requester's card while it is signed: who has not answered, what is open, and what comes next."""

from app.db.models import Signer
from app.domain.people.calendar import zone
from app.domain.signing.standing import empty_seats
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context, divider, section
from app.slack.views.cards.verdict import rename_button, withdraw_button
from app.slack.views.parts.decision import card_message, deadline_day, privacy_button, title_blocks
from app.slack.views.parts.memo_prefill import day_asked_for
from app.slack.views.parts.next_step import next_act, next_step
from app.slack.views.parts.readers import readers_blocks
from app.slack.views.parts.signing import (
    climb_button,
    condition_lines,
    next_chair,
    open_questions,
    override_blocks,
    pending_signers,
    question_blocks,
    sign_offs,
)
from app.slack.views.scene import Message, Scene
from app.slack.views.text import day, inline, mentions


def in_review_card(scene: Scene) -> Message:
    decision = scene.decision
    unanswered = [question for question in open_questions(decision) if not question.answer]
    silent = pending_signers(decision)
    empty = empty_seats(decision.signers)
    late = decision.requester_chooses and bool(silent) and not empty
    said = _empty_seat_said(empty) if empty else _awaited_said(scene, late, len(unanswered), silent)
    blocks = [
        *title_blocks(scene, f"In sign-off · memo version {decision.memo_version}", says_next=True),
        section(f":hourglass_flowing_sand: *{next_step(scene)}*{said}"),
    ]
    if late or empty:
        blocks.append(late_row(scene, (empty or silent)[0]))
    blocks += [section(f"*Sign-offs*\n{sign_offs(scene)}"), *_two_days_said(scene)]
    blocks += [*question_blocks(scene), *override_blocks(scene), divider(), *readers_blocks(scene)]
    blocks.append(_memo_row(scene, None if late else _move_button(scene)))
    return card_message(scene, _notification(scene, late, len(unanswered), silent), blocks)


def _two_days_said(scene: Scene) -> list[Block]:
    """Where the ask names another day than the one that was chosen. Said while the memo can be mended for free: once
    somebody has answered, a change asks them again."""
    decision = scene.decision
    sent, due = decision.sent_at, decision.deadline_at
    if (
        not (decision.memo and sent and due and decision.signers)
        or decision.deadline_set_at != sent
        or any(signer.answer for signer in decision.signers)
    ):
        return []
    requester, signer = scene.people.get(decision.requester_id), scene.people.get(decision.signers[0].user_id)
    named = day_asked_for(decision.memo.ask, sent.astimezone(zone(requester.tz if requester else "UTC")).date())
    chosen = decision.deadline_on or due.astimezone(zone(signer.tz if signer else "UTC")).date()
    if named is None or named == chosen:
        return []
    says, asked = day(named, scene.today), day(chosen, scene.today)
    return [context(f"The ask in your memo says {says}; your signers were asked for {asked}, and read both days.")]


def _awaited_said(scene: Scene, late: bool, unanswered: int, silent: list[Signer]) -> str:
    decision = scene.decision
    who = mentions([signer.user_id for signer in silent])
    if late and decision.deadline_at:
        return f" {who} {_has_verb(silent)} not answered by {deadline_day(scene)}."
    if unanswered:
        by = f" {who} {_answer_verb(silent)} by {deadline_day(scene)}." if silent and decision.deadline_at else ""
        return f"{by} Nothing is approved while one is open."
    return " Nothing waits on you." if scene.viewer not in next_act(scene).who else ""


def _empty_seat_said(empty: list[Signer]) -> str:
    return f" Nobody signs as {empty[0].role} now: choose who is asked."


def _notification(scene: Scene, late: bool, unanswered: int, silent: list[Signer]) -> str:
    """The same for a notification, where a date has to be plain."""
    by = f" by {deadline_day(scene)}" if scene.decision.deadline_at else ""
    if late:
        who = mentions([signer.user_id for signer in silent])
        return f"{who} {_has_verb(silent)} not answered. You choose what comes next."
    if unanswered:
        return next_step(scene)
    return f"waiting for sign-off{by}."


def _has_verb(signers: list[Signer]) -> str:
    return "has" if len(signers) == 1 else "have"


def _answer_verb(signers: list[Signer]) -> str:
    return "answers" if len(signers) == 1 else "answer"


def late_row(scene: Scene, silent: Signer) -> Block:
    """One click asks the next chair; nothing climbs by itself."""
    decision = scene.decision
    return actions(
        climb_button(scene, silent),
        button("Give it a new date…", Act.EXTEND_OPEN, d=decision.id),
        button("Ask somebody else…", Act.CLIMB_OPEN, d=decision.id, old=silent.user_id, rung=silent.rung or "")
        if next_chair(scene, silent)[1]
        else None,
    )


def not_yet_card(scene: Scene) -> Message:
    decision = scene.decision
    conditions = [question for question in decision.questions if question.condition and question.resolved_at is None]
    by = list(dict.fromkeys(question.asked_by for question in conditions))
    blocks = [
        *title_blocks(scene, f"Not yet · memo version {decision.memo_version}", says_next=True),
        section(
            f":large_yellow_circle: *{next_step(scene)}* Then {mentions(by) or 'your signer'} will be asked again."
        ),
        *(condition_lines(scene) or [section("The condition stands with the sign-off below.")]),
        actions(
            button("The condition is met…", Act.CONDITION_OPEN, style="primary", d=decision.id),
            button("Edit the memo", Act.MEMO_OPEN, d=decision.id),
            button("Read", Act.MEMO_READ, d=decision.id),
            _move_button(scene),
            rename_button(scene),
            privacy_button(scene),
            withdraw_button(scene),
        ),
    ]
    if len(decision.signers) > 1:
        blocks.insert(-1, section(f"*Sign-offs*\n{sign_offs(scene)}"))
    if open_questions(decision):
        blocks += [divider(), *question_blocks(scene)]
    first = inline(conditions[0].text, 150) if conditions else "a condition is open"
    return card_message(scene, f"not yet, if: {first}", blocks)


def _move_button(scene: Scene) -> Block:
    """The date is the requester's to move, at any time."""
    return button("Move the date…", Act.EXTEND_OPEN, d=scene.decision.id)


def _memo_row(scene: Scene, move: Block | None) -> Block:
    decision = scene.decision
    return actions(
        button("Edit the memo", Act.MEMO_OPEN, d=decision.id),
        button("Read", Act.MEMO_READ, d=decision.id),
        move,
        button("Let somebody read along…", Act.READER_OPEN, d=decision.id),
        rename_button(scene),
        privacy_button(scene),
        withdraw_button(scene),
    )
