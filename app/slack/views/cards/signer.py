"""A signer's one card: what is asked of them by when, the memo in brief, and the answers they can give."""

from datetime import datetime

from app.db.models import Decision, OpenQuestion, Signer
from app.domain.lifecycle import UNDER_REVIEW, Status
from app.domain.signing.signoff import Answer
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context, divider, section
from app.slack.views.parts.decision import card_message, deadline_day, on_day, state_said, title_blocks
from app.slack.views.parts.memo import memo_advice, memo_parts
from app.slack.views.parts.signing import (
    closed_blocks,
    open_questions,
    override_blocks,
    question_blocks,
    sign_offs,
    told_below,
)
from app.slack.views.scene import Message, Scene
from app.slack.views.text import block_text, inline, mention
from app.words.signing.answers import ANSWERS

OUTCOME_SAID = {
    Status.APPROVED: "It was approved.",
    Status.DEFLECTED: "It went back to the team as a two-way door.",
    Status.LEARNED: "It went back to the team, and they have looked back on it.",
    Status.IMPLEMENTED: "It was approved and has shipped.",
    Status.REVIEWED: "It was approved, has shipped and was reviewed.",
    Status.WITHDRAWN: "It was withdrawn.",
    Status.EXPIRED: "It closed, since nobody touched it.",
}


def signer_card(scene: Scene) -> Message:
    """The card for ``scene.viewer``, by their latest seat on this decision."""
    decision = scene.decision
    mine = next((signer for signer in reversed(decision.signers) if signer.user_id == scene.viewer), None)
    if mine is None:
        return _settled_card(scene, "You are not asked to sign this.", None)
    if mine.handed_over:
        return _settled_card(scene, _no_longer_signs(scene, mine), mine, _take_back_button(scene, mine))
    if mine.answer is not None:
        return _answered_card(scene, mine, mine.answer)
    if decision.status not in UNDER_REVIEW:
        said = _outcome_said(decision) or f"It is {state_said(decision)}."
        return _settled_card(scene, f"Nothing is asked of you any more. {said}", mine)
    return _asking_card(scene, mine)


def _asking_card(scene: Scene, mine: Signer) -> Message:
    decision = scene.decision
    seat = f"as {mine.role}" + (f", for {mention(mine.delegate_of)}" if mine.delegate_of else "")
    by = f" by {deadline_day(scene)}" if decision.deadline_at else ""
    late = decision.requester_chooses and decision.deadline_at is not None and decision.deadline_at < scene.now
    blocks = [
        *title_blocks(scene, f"Memo version {decision.memo_version}"),
        section(f":pencil2: *{mention(decision.requester_id)} asks for your answer{by}*, {seat}.{_late_said(late)}"),
        *_in_place_of(decision, mine),
        *_met_conditions(scene, mine),
        *override_blocks(scene),
        *told_below(scene),
        *(memo_parts(decision.memo) if decision.memo else []),
    ]
    if memo_advice(scene):
        blocks.append(context(memo_advice(scene)))
    others = sign_offs(scene, but=scene.viewer)
    if others:
        blocks.append(section(f"*Also asked*\n{others}"))
    blocks += [*question_blocks(scene), *closed_blocks(scene)]
    blocks += [divider(), *_answer_buttons(scene)]
    day = f" by {deadline_day(scene)}" if decision.deadline_at else ""
    return card_message(scene, f"{mention(decision.requester_id)} asks for your sign-off{day}.", blocks)


def _replaced_by(decision: Decision, old: Signer) -> Signer | None:
    """Who was asked once ``old`` no longer was."""
    return next(
        (signer for signer in decision.signers if signer.asked_at > old.asked_at and not signer.delegate_of), None
    )


def _in_place_of(decision: Decision, mine: Signer) -> list[Block]:
    delegated = {signer.delegate_of for signer in decision.signers}
    gone = [signer for signer in decision.signers if signer.handed_over and signer.user_id not in delegated]
    old = next((signer for signer in gone if _replaced_by(decision, signer) is mine), None)
    return [context(f"Asked in place of {mention(old.user_id)}.")] if old else []


def _outcome_said(decision: Decision) -> str:
    """How it ended, for somebody whose answer is in or no longer needed; empty while it is open."""
    if decision.status is Status.DECLINED:
        no = next((signer for signer in reversed(decision.signers) if signer.answer is Answer.DECLINE), None)
        return f"{mention(no.user_id)} declined it." if no else "It was declined."
    return OUTCOME_SAID.get(decision.status, "")


def _late_said(late: bool) -> str:
    return " That date has passed; your answer still counts." if late else ""


def _met_conditions(scene: Scene, mine: Signer) -> list[Block]:
    """Their own condition beside how it was met, when they are asked again."""
    met = [
        question
        for question in scene.decision.questions
        if question.condition and question.asked_by == mine.user_id and question.answer and not question.resolved_at
    ]
    return [
        section(
            f"*You said: yes, if*\n{block_text(question.text, 500, quote=True)}\n"
            f"*{mention(question.answered_by or scene.decision.requester_id)} says it is met:*\n"
            f"{block_text(question.answer or '', 600, quote=True)}"
        )
        for question in met[-1:]
    ]


def _answer_buttons(scene: Scene) -> list[Block]:
    """What they can do; somebody may have become a guest since they were asked, and guests don't sign."""
    decision = scene.decision
    read = button("Read it all", Act.MEMO_READ, d=decision.id)
    ask = button("Ask a question…", Act.QUESTION_OPEN, d=decision.id)
    if scene.guest:
        said = (
            f"You are a guest here now, and only members sign. {mention(decision.requester_id)} can ask somebody else"
        )
        return [context(f"{said} once the date has passed."), actions(read, ask)]

    def answer(given: Answer) -> Block:
        label, value = f"{ANSWERS[given].offered or ANSWERS[given].title}…", given.value
        style = "primary" if given is Answer.APPROVE else None
        return button(label, Act.SIGN_OPEN, style=style, suffix=value, d=decision.id, a=value, v=decision.memo_version)

    return [
        actions(*(answer(given) for given in ANSWERS)),
        actions(read, ask, button("Hand over…", Act.HAND_OVER_OPEN, d=decision.id)),
    ]


def _answered_card(scene: Scene, mine: Signer, answer: Answer) -> Message:
    decision = scene.decision
    words = ANSWERS[answer]
    said = f"You {words.yours}"
    when = _on_day(scene, mine.answered_at)
    quoted = f"\n{block_text(mine.said, 900, quote=True)}" if mine.said else ""
    blocks = [
        *title_blocks(scene, f"Memo version {decision.memo_version}"),
        section(f"{words.emoji} *{said}{when}.* {_what_followed(scene, answer)}{quoted}"),
    ]
    if len(decision.signers) > 1:
        blocks.append(section(f"*Sign-offs*\n{sign_offs(scene)}"))
    if decision.status in UNDER_REVIEW:
        blocks += question_blocks(scene)
    blocks += closed_blocks(scene)
    blocks.append(_read_button(scene))
    return card_message(scene, f"{said.lower()}{when}.", blocks)


def _what_followed(scene: Scene, answer: Answer) -> str:
    decision = scene.decision
    if decision.status is Status.NOT_YET and answer is Answer.NOT_YET:
        return f"{mention(decision.requester_id)} works on it, and you will be asked again."
    if decision.status in UNDER_REVIEW:
        if any(question.asked_by == scene.viewer for question in open_questions(decision)):
            return "Your own question still blocks approval: call it resolved once it is."
        return ""
    return "" if decision.status is Status.DECLINED and answer is Answer.DECLINE else _outcome_said(decision)


def _take_back_button(scene: Scene, mine: Signer) -> Block | None:
    """Until the delegate has answered, whoever handed over may sign again in their own place."""
    decision = scene.decision
    delegate = next((s for s in reversed(decision.signers) if s.delegate_of == mine.user_id), None)
    if scene.guest or decision.status not in UNDER_REVIEW or delegate is None:
        return None
    if delegate.handed_over or delegate.answer is not None:
        return None
    return button("Take it back", Act.TAKE_BACK, d=decision.id)


def _settled_card(scene: Scene, said: str, mine: Signer | None, also: Block | None = None) -> Message:
    decision = scene.decision
    blocks = [*title_blocks(scene, f"Memo version {decision.memo_version}"), section(f"*{said}*")]
    own = [question for question in open_questions(decision) if mine is not None and question.asked_by == mine.user_id]
    if own and decision.status in UNDER_REVIEW:
        blocks += [_own_question(scene, question) for question in own[:5]]
    blocks.append(actions(button("Read", Act.MEMO_READ, d=scene.decision.id), also))
    return card_message(scene, said, blocks)


def _own_question(scene: Scene, question: OpenQuestion) -> Block:
    """A question outlives the seat of the one who asked it."""
    resolve = button("Resolved", Act.RESOLVE, suffix=str(question.id), d=scene.decision.id, q=question.id)
    answer = f"\n{block_text(question.answer, 400, quote=True)}" if question.answer else ""
    return section(f"You asked: {inline(question.text, 400)}{answer}", resolve)


def _no_longer_signs(scene: Scene, mine: Signer) -> str:
    decision = scene.decision
    delegate = next((signer for signer in decision.signers if signer.delegate_of == mine.user_id), None)
    if delegate:
        return f"You handed this over to {mention(delegate.user_id)}, who signs now. You stay on the record."
    after = _replaced_by(decision, mine)
    return f"{mention(after.user_id)} was asked in your place." if after else "You are no longer asked to sign this."


def _read_button(scene: Scene) -> Block:
    return actions(button("Read", Act.MEMO_READ, d=scene.decision.id))


def _on_day(scene: Scene, at: datetime | None) -> str:
    return f" on {on_day(scene, at)}" if at else ""
