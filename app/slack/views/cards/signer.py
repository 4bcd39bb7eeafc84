"""A signer's one card: what is asked of them by when, the memo in brief, and the answers they can give."""

from datetime import datetime

from app.db.models import Decision, OpenQuestion, Signer
from app.domain.findings import GateName
from app.domain.lifecycle import UNDER_REVIEW, Status
from app.domain.signing.signoff import Answer
from app.domain.triage.doors import Door
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context, divider, section
from app.slack.views.parts.below import answered_below, told_below
from app.slack.views.parts.decision import card_message, deadline_day, on_day, state_said, title_blocks
from app.slack.views.parts.looking_back import predicted_and_happened
from app.slack.views.parts.memo import memo_advice, memo_parts, prediction_line
from app.slack.views.parts.signing import (
    answer_rows,
    closed_blocks,
    condition_lines,
    open_questions,
    override_blocks,
    question_blocks,
    sign_offs,
)
from app.slack.views.scene import Message, Scene
from app.slack.views.text import block_text, day, inline, mention, sentence
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
    mine = seat_of(scene)
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
    read = button("Read it all", Act.MEMO_READ, d=decision.id)
    blocks = [
        *title_blocks(scene, f"Memo version {decision.memo_version}"),
        *asking_blocks(scene, mine),
        *answer_rows(scene, also=read),
        *_page(scene),
    ]
    day_ = f" by {deadline_day(scene)}" if decision.deadline_at else ""
    return card_message(scene, f"{mention(decision.requester_id)} asks for your sign-off{day_}.", blocks)


def asking_blocks(scene: Scene, mine: Signer) -> list[Block]:
    """What a signer needs to decide, in the order in which they ask for it: what is asked by when, what is decided and
    by which rule it came to them, what is predicted, what was said below, and who else signs on which condition."""
    others = sign_offs(scene, but=scene.viewer)
    return [
        section(_ask_said(scene, mine)),
        *_in_place_of(scene.decision, mine),
        *_met_conditions(scene, mine),
        *_what_is_decided(scene),
        *override_blocks(scene),
        *_why_it_came(scene),
        section(_predicted_said(scene)),
        *told_below(scene),
        # What was decided of this kind before stands here, between what was said of it now and who else signs.
        *([section(f"*Who else signs*\n{others}")] if others else []),
        *condition_lines(scene, but=scene.viewer),
        *question_blocks(scene),
        *closed_blocks(scene),
    ]


def seat_of(scene: Scene) -> Signer | None:
    """The viewer's latest seat."""
    return next((signer for signer in reversed(scene.decision.signers) if signer.user_id == scene.viewer), None)


def _ask_said(scene: Scene, mine: Signer) -> str:
    """Who asks for what by when, in the requester's own words."""
    decision = scene.decision
    seat = f"as {mine.role}" + (f", for {mention(mine.delegate_of)}" if mine.delegate_of else "")
    by = f" by {deadline_day(scene)}" if decision.deadline_at else ""
    late = decision.requester_chooses and decision.deadline_at is not None and decision.deadline_at < scene.now
    asks = f":pencil2: *{mention(decision.requester_id)} asks for your answer{by}*, {seat}.{_late_said(late)}"
    ask = block_text(decision.memo.ask, 500, quote=True) if decision.memo else ""
    return f"{asks}\n{ask}" if ask else asks


def _what_is_decided(scene: Scene) -> list[Block]:
    memo = scene.decision.memo
    text = block_text(memo.decision, 500) if memo else ""
    return [section(f"*What is decided*\n{text}")] if text else []


def _why_it_came(scene: Scene) -> list[Block]:
    """The rule by which it climbed to them: why it can't be undone, why no lower rung, and each gate with its sums. A
    gate that failed stands with the reason for which it was passed."""
    verdict = scene.decision.verdict
    if verdict is None or verdict.door is not Door.ONE_WAY:
        return []
    one_way = " ".join(sentence(scene.say(why), 300) for why in verdict.why[:6])
    lines = [f"•  {sentence(scene.say(note), 300)}" for note in verdict.notes]
    below = bool(answered_below(scene))  # who was asked stands in a part of its own, with their words
    lines += [
        f"✓  {sentence(scene.say(gate.finding), 300)}"
        for gate in verdict.gates
        if gate.passed and not (below and gate.name is GateName.TRIED)
    ]
    return [section("\n".join(["*Why it comes to you*", one_way, *lines]))]


def _predicted_said(scene: Scene) -> str:
    memo = scene.decision.memo
    line = prediction_line(scene, memo.prediction if memo else None)
    return f"*Predicted:* {line}." if line else "*Predicted:* nothing that the review could be held against."


def _page(scene: Scene) -> list[Block]:
    """The rest of the page, below the answers: what was not said above."""
    memo = scene.decision.memo
    parts = memo_parts(memo, 500, but=("decision", "ask")) if memo else []
    advice = memo_advice(scene)
    return [*([divider()] if parts else []), *parts, *([context(advice)] if advice else [])]


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


def _answered_card(scene: Scene, mine: Signer, answer: Answer) -> Message:
    decision = scene.decision
    words = ANSWERS[answer]
    said = f"You {words.yours}"
    when = _on_day(scene, mine.answered_at)
    quoted = f"\n{block_text(mine.said, 900, quote=True)}" if mine.said else ""
    open_still = decision.status in UNDER_REVIEW  # later on, what followed says where it stands
    blocks = [
        *title_blocks(scene, f"Memo version {decision.memo_version}", says_next=not open_still),
        section(f"{words.emoji} *{said}{when}.* {_what_followed(scene, answer)}{quoted}"),
    ]
    if decision.looks:
        blocks += predicted_and_happened(scene)
    if len(decision.signers) > 1:
        blocks.append(section(f"*Sign-offs*\n{sign_offs(scene)}"))
    if decision.status in UNDER_REVIEW:
        blocks += [*condition_lines(scene, but=scene.viewer), *question_blocks(scene)]
    blocks += closed_blocks(scene)
    change = button("Change my answer…", Act.CHANGE_ANSWER_OPEN, d=decision.id)
    may_change = decision.status in UNDER_REVIEW and not scene.guest
    blocks.append(actions(button("Read", Act.MEMO_READ, d=decision.id), change if may_change else None))
    return card_message(scene, f"{said.lower()}{when}.", blocks)


def _what_followed(scene: Scene, answer: Answer) -> str:
    decision = scene.decision
    if decision.status is Status.NOT_YET and answer is Answer.NOT_YET:
        open_ = [one for one in decision.questions if one.condition and one.resolved_at is None]
        mine = next((one for one in reversed(open_) if one.asked_by == scene.viewer), None)
        who = mention((mine.meets if mine else None) or decision.requester_id)
        by = f" by {day(mine.met_by, scene.today)}" if mine and mine.met_by else ""
        return f"{who} meets your condition{by}, and you will be asked again."
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


def _on_day(scene: Scene, at: datetime | None) -> str:
    return f" on {on_day(scene, at)}" if at else ""
