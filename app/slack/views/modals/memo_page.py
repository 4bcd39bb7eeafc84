"""The memo on one page, for everybody who takes part: its parts, its checks, who signed, what is open, its versions."""

import re

from app.db.models import Decision, OpenQuestion, Signer
from app.domain.lifecycle import TAKE_OVER
from app.domain.memo.checks import check_memo
from app.domain.memo.parts import Memo, word_count
from app.slack.ids import Act, Modal
from app.slack.views.blocks import Block, actions, button, context, divider, fields, header, modal, mrkdwn, section
from app.slack.views.parts.below import told_below
from app.slack.views.parts.commitments import dissent_blocks
from app.slack.views.parts.decision import deadline_day, on_day
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.memo import minutes_to_read
from app.slack.views.parts.memo_prefill import LONGEST_PART
from app.slack.views.parts.pieces import pieces
from app.slack.views.parts.readers import readers_blocks
from app.slack.views.parts.signing import answer_rows, condition_lines
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, count, day, escape, inline, mention, sentence
from app.words.ladder import rung_said
from app.words.memo.checks import say
from app.words.memo.parts import EXTRA_PARTS, PARTS
from app.words.memo.predictions import how_sure
from app.words.signing.answers import ANSWER_SAID
from app.words.states import STATUS_SAID

_MOST_VERSIONS = 5
_MOST_QUESTIONS = 8
_MOST_SIGNERS = 12


def memo_page_modal(scene: Scene, *, takes_part: bool = True) -> Block:
    """The whole memo. Nothing to submit; Export for those who take part and don't sign. ``takes_part``: whether the
    viewer does; else they read it in the channel that was told of it."""
    decision = scene.decision
    written = decision.memo
    title = f"{decision.name}  {decision.title}"
    blocks = [
        header(title) if len(title) <= 150 else section(titled(decision.name, decision.title, 600)),
        context(_facts_said(scene, written)),
    ]
    if written is None:
        blocks.append(section(f"Nothing is written yet. {mention(decision.requester_id)} writes the memo next."))
    else:
        blocks += _page_blocks(written, scene)
    blocks += (
        _override_blocks(scene)
        + _told_below_blocks(scene)
        + _signer_blocks(scene)
        + condition_lines(scene)
        + _question_blocks(decision)
        + [divider() for _ in decision.dissents[:1]]
        + dissent_blocks(scene)
        + _check_blocks(written, scene)
        + readers_blocks(scene)
        + _version_lines(scene)
    )
    if decision.source_link and (link := _link(decision.source_link, "Where it came from")):
        blocks.append(context(link))
    signs = scene.viewer in {signer.user_id for signer in decision.signers}
    if written is not None and takes_part and not signs:
        blocks.append(actions(button("Export", Act.EXPORT, d=decision.id)))
    answers = answer_rows(scene)
    blocks += [divider(), *answers] if answers else []
    return modal(Modal.READ, f"Memo of {decision.name}", blocks, d=decision.id)


def _facts_said(scene: Scene, written: Memo | None) -> str:
    decision = scene.decision
    said = [STATUS_SAID[decision.status].capitalize()]
    if decision.rung:
        said.append(f"rung: {rung_said(decision.rung)}")
    first = next((str(event.detail.get("of") or "") for event in scene.history if event.what == TAKE_OVER), "")
    said.append(f"by {mention(decision.requester_id)}" + (f", taken over from {mention(first)}" if first else ""))
    if written:
        said += [f"version {decision.memo_version}", count(word_count(written), "word"), minutes_to_read(written)]
    if decision.deadline_at and decision.sent_at:
        said.append(f"answer by {deadline_day(scene)}")
    return "  ·  ".join(said)


def _page_blocks(written: Memo, scene: Scene) -> list[Block]:
    blocks: list[Block] = []
    for number, part in enumerate(PARTS, 1):
        blocks += _part_sections(f"{number}. {part.title}", getattr(written, part.key), "_Not written yet_")
    behind = [part for part in EXTRA_PARTS if getattr(written, part.key).strip()]
    if behind or written.prediction:
        blocks.append(divider())
    for part in behind:
        blocks += _part_sections(part.title, getattr(written, part.key), "")
    if prediction := written.prediction:
        on = day(prediction.on, scene.today) if prediction.on else "no day named"
        cells = [("Metric", prediction.metric), ("Today", prediction.baseline), ("Target", prediction.target)]
        shown = [f"*{label}*\n{inline(text, 500) or 'not named'}" for label, text in cells]
        sure = [f"*How sure*\n{how_sure(prediction)}"] if prediction.is_typed else []
        blocks.append(fields(*shown, f"*On*\n{on}", *sure) | {"text": mrkdwn("*The predicted result*")})
    return blocks


def _part_sections(title: str, text: str, empty: str) -> list[Block]:
    whole = text if len(text) <= LONGEST_PART else text[:LONGEST_PART] + "…"
    first, *rest = pieces(whole) or [""]
    shown = block_text(first, 2900) or empty
    return [section(f"*{title}*\n{shown}"), *(section(block_text(piece, 2900)) for piece in rest)]


def _override_blocks(scene: Scene) -> list[Block]:
    decision = scene.decision
    if not decision.override_reason:
        return []
    failed = (
        [f"• {sentence(scene.say(gate.finding), 500)}" for gate in decision.verdict.failed] if decision.verdict else []
    )
    said = f"*Went on although a gate failed*\n{block_text(decision.override_reason, 1500, quote=True)}"
    return [divider(), section("\n".join([said, *failed]))]


def _told_below_blocks(scene: Scene) -> list[Block]:
    told = told_below(scene)
    return [divider(), *told] if told else []


def _signer_blocks(scene: Scene) -> list[Block]:
    decision = scene.decision
    if not decision.signers:
        return []
    lines = [_signer_line(scene, one) for one in decision.signers[-_MOST_SIGNERS:]]
    return [divider(), section("\n".join(["*Sign-off*", *lines]))]


def _signer_line(scene: Scene, one: Signer) -> str:
    who = f"{mention(one.user_id)}, {one.role}: "
    if one.handed_over:
        to = next((signer.user_id for signer in scene.decision.signers if signer.delegate_of == one.user_id), None)
        return who + (f"handed over to {mention(to)}" if to else "no longer asked")
    if one.answer is None:
        return f"{who}asked on {on_day(scene, one.asked_at)}, no answer yet"
    at = f", {on_day(scene, one.answered_at)}" if one.answered_at else ""
    version = f" (version {one.answered_version})" if one.answered_version else ""
    said = f"\n{block_text(one.said, 160, quote=True)}" if one.said.strip() else ""
    return f"{who}*{ANSWER_SAID[one.answer]}*{version}{at}{said}"


def _question_blocks(decision: Decision) -> list[Block]:
    asked = [question for question in decision.questions if question.resolved_at is None]
    resolved = len(decision.questions) - len(asked)
    if not decision.questions:
        return []
    lines = [_question_line(question) for question in asked[:_MOST_QUESTIONS]]
    if len(asked) > _MOST_QUESTIONS:
        lines.append(f"and {len(asked) - _MOST_QUESTIONS} more")
    if resolved:
        lines.append(f"{count(resolved, 'question')} resolved.")
    lines += [
        f"{mention(one.closed_by or '')} closed “{inline(one.text, 100)}”: {inline(one.closed_because, 300)}"
        for one in decision.questions
        if one.closed_because
    ][-3:]
    return [divider(), section("\n".join(["*Open questions*", *lines]))]


def _question_line(question: OpenQuestion) -> str:
    kind = "says yes, if" if question.condition else "asks"
    said = f"{mention(question.asked_by)} {kind}: {inline(question.text, 150)}"
    if question.answer and question.answered_by:
        said += f"\n> {mention(question.answered_by)}: {inline(question.answer, 150)}"
    return said


def _check_blocks(written: Memo | None, scene: Scene) -> list[Block]:
    if written is None:
        return []
    today = scene.setting.today
    failed = [check for check in check_memo(written, today=today) if not check.passed]
    if not failed:
        return [
            divider(),
            context("Checked: complete, one page, neutral words, figures with a source, the customer first."),
        ]
    lines = "\n".join(f"• {sentence(say(check, today), 220)}" for check in failed)
    return [divider(), section("*What a careful reader would ask*"), context(lines)]


def _version_lines(scene: Scene) -> list[Block]:
    decision = scene.decision
    if not decision.memos:
        return []
    latest = list(reversed(decision.memos))[:_MOST_VERSIONS]
    lines = [f"Version {one.number} by {mention(one.author_id)}, {on_day(scene, one.created_at)}" for one in latest]
    earlier = len(decision.memos) - len(latest)
    return [context("\n".join(lines + ([f"and {count(earlier, 'earlier version')}"] if earlier else [])))]


def _link(url: str, label: str) -> str:
    """A link, where ``url`` is one; nothing else gets between the brackets."""
    return f"<{escape(url)}|{label}>" if re.fullmatch(r"https?://[^\s<>|]+", url) else ""
