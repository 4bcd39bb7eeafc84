"""The requester's one card: the question, the verdict, the memo, the sign-off, the outcome. Edited in place."""

from datetime import date

from app.db.models import Signer
from app.domain.ladder import Rung
from app.domain.lifecycle import Status
from app.domain.memo.checks import Check, blocking, check_memo
from app.domain.memo.parts import EXTRA_PARTS, PARTS, Memo
from app.domain.people.calendar import zone
from app.domain.triage.questions import Question, next_question
from app.domain.triage.verdict import Door, NextStep, Verdict
from app.slack.ids import Act
from app.slack.views.kit import Block, actions, button, context, divider, section
from app.slack.views.outcome import outcome
from app.slack.views.parts import (
    deadline_day,
    message,
    name_of,
    open_questions,
    privacy,
    question_blocks,
    sign_offs,
    top,
    waiting,
)
from app.slack.views.prefill import ask_says
from app.slack.views.questions import question_card, title_card
from app.slack.views.scene import Message, Scene
from app.slack.views.verdict import change, held, one_way, two_way, withdraw
from app.slack.views.words import block_text, count, day, inline, listed, mention, mentions, sentence
from app.words.memo import say

MOST_ADVICE = 5
_TITLES = {part.key: part.title for part in (*PARTS, *EXTRA_PARTS)}


def requester(scene: Scene) -> Message:
    decision = scene.decision
    if decision.status is Status.TRIAGE:
        if not decision.title:
            return title_card(scene)
        question = scene.question or next_question(decision.answers, scene.setting, scene.policy)
        if scene.question is None and decision.verdict:
            return _verdict(scene, decision.verdict)
        return question_card(scene, question or Question.UNDO)
    if decision.status is Status.HELD and decision.verdict:
        return held(scene, decision.verdict)
    if decision.status is Status.DRAFTING:
        return drafting(scene)
    if decision.status is Status.IN_REVIEW:
        return in_review(scene)
    if decision.status is Status.NOT_YET:
        return not_yet(scene)
    return outcome(scene)


def _verdict(scene: Scene, verdict: Verdict) -> Message:
    if verdict.door is Door.TWO_WAY:
        return two_way(scene, verdict)
    return one_way(scene, verdict) if verdict.next_step is NextStep.WRITE_MEMO else held(scene, verdict)


# ── the memo ────────────────────────────────────────────────────────────────────────────────────────────


def drafting(scene: Scene) -> Message:
    decision = scene.decision
    rung = decision.rung or Rung.MANAGER
    today = scene.setting.today
    checks = check_memo(decision.memo or Memo(), today=today)
    empty = blocking(checks)
    ready = decision.memo is not None and not empty
    said = _ready(checks, rung) if ready else "You are next: write the memo."
    version = f"memo version {decision.memo_version}" if decision.memo_version else "no memo yet"
    word = "Edit the memo" if decision.memo else "Write the memo"
    send = button(f"Send to the {rung.said}…", Act.SEND_OPEN, style="primary" if ready else None, d=decision.id)
    write = button(word, Act.MEMO_OPEN, style=None if ready else "primary", d=decision.id)
    first = [send, write] if ready else [write, send] if decision.memo else [write]
    blocks = [
        *top(scene, f"One-way door · {version}"),
        section(f":memo: *{said}*\n{_checked(checks, empty, today, written=decision.memo is not None)}"),
        *override(scene),
        actions(*first, change(scene), privacy(scene), withdraw(scene)),
        *_assistant(scene, [check for check in checks if check.rule == "tone" and not check.passed]),
    ]
    return message(scene, said, blocks)


def _ready(checks: list[Check], rung: Rung) -> str:
    advice = sum(not check.passed for check in checks)
    if not advice:
        return f"The memo is complete. Send it to the {rung.said}."
    return f"Ready to send; {count(advice, 'point')} a reader may raise."


def _checked(checks: list[Check], empty: list[Check], today: date, *, written: bool) -> str:
    """What the checks found: what is still missing, then advice, with the words at fault."""
    if not written:
        return "Five parts, one page. Your answers have begun it."
    lines = []
    if empty:
        lines.append(f"✗  Still empty: {listed([_TITLES[check.part or ''] for check in empty])}.")
    missing = {check.part for check in empty}
    advice = [c for c in checks if not c.passed and c.rule != "complete" and (c.part is None or c.part not in missing)]
    lines += [f"○  {_place(check)}{sentence(say(check, today), 350)}" for check in advice[:MOST_ADVICE]]
    if len(advice) > MOST_ADVICE:
        lines.append(f"○  And {count(len(advice) - MOST_ADVICE, 'more point')} beside the memo.")
    passed = sum(check.passed for check in checks)
    if not lines:
        return f"✓  All {len(checks)} checks pass."
    return "\n".join([*lines, f"✓  {passed} of {len(checks)} checks pass. Advice never keeps you from sending it."])


def _place(check: Check) -> str:
    """Where the words at fault stand; the sentence of a tone check does not say it."""
    return f"{_TITLES[check.part]}: " if check.rule == "tone" and check.part else ""


def override(scene: Scene) -> list[Block]:
    """The reason for which a failed gate was passed, in plain sight."""
    decision = scene.decision
    if not decision.override_reason:
        return []
    failed = " ".join(
        sentence(scene.say(gate.finding), 300) for gate in (decision.verdict.failed if decision.verdict else ())
    )
    who = "You went on" if scene.viewer == decision.requester_id else f"{mention(decision.requester_id)} went on"
    return [
        section(f"*{who} although a gate failed.* {failed}\n{block_text(decision.override_reason, 700, quote=True)}")
    ]


def _assistant(scene: Scene, toned: list[Check]) -> list[Block]:
    decision = scene.decision
    if scene.drafting:
        return [
            context("The assistant is drafting. Its words will stand beside yours; nothing changes until you say so.")
        ]
    offered = len(scene.suggestions)
    row: list[Block] = []
    if offered:
        row.append(button(f"See {count(offered, 'suggestion')}", Act.SUGGESTIONS_OPEN, d=decision.id))
    elif scene.assistant:
        row.append(button("Draft it with the assistant", Act.ASSIST, d=decision.id))
        for check in toned[:2]:
            label = f"Neutral words for “{_TITLES[check.part or '']}”"
            row.append(button(label, Act.ASSIST, suffix=check.part, d=decision.id, part=check.part))
    return [actions(*row)] if row else []


# ── the sign-off ────────────────────────────────────────────────────────────────────────────────────────


def in_review(scene: Scene) -> Message:
    decision = scene.decision
    unanswered = [question for question in open_questions(decision) if not question.answer]
    silent = waiting(decision)
    late = decision.climb_offered is not None and bool(silent)
    said = _awaited(scene, late, len(unanswered), silent)
    blocks = [
        *top(scene, f"In sign-off · memo version {decision.memo_version}"),
        section(f":hourglass_flowing_sand: {said}"),
    ]
    if late:
        blocks.append(late_row(scene, silent[0]))
    blocks += [section(f"*Sign-offs*\n{sign_offs(scene)}"), *_two_days(scene)]
    blocks += [*question_blocks(scene), *override(scene), divider(), _memo_row(scene)]
    return message(scene, _aloud(scene, late, len(unanswered), silent), blocks)


def _two_days(scene: Scene) -> list[Block]:
    """Where the ask names another day than the one that was chosen. Said while the memo can be mended for free: once
    somebody has answered, a change asks them again."""
    decision = scene.decision
    sent, due = decision.sent_at, decision.deadline_at
    if (
        not (decision.memo and sent and due and decision.signers)
        or decision.deadline_set_at != sent
        or any(s.answer for s in decision.signers)
    ):
        return []
    requester, signer = scene.people.get(decision.requester_id), scene.people.get(decision.signers[0].user_id)
    named = ask_says(decision.memo.ask, sent.astimezone(zone(requester.tz if requester else "UTC")).date())
    chosen = decision.deadline_on or due.astimezone(zone(signer.tz if signer else "UTC")).date()
    if named is None or named == chosen:
        return []
    says, asked = day(named, scene.today), day(chosen, scene.today)
    return [context(f"The ask in your memo says {says}; your signers were asked for {asked}, and read both days.")]


def _awaited(scene: Scene, late: bool, unanswered: int, silent: list[Signer]) -> str:
    decision = scene.decision
    who = mentions([s.user_id for s in silent])
    if late and decision.deadline_at:
        was = deadline_day(scene)
        return f"*{who} {_has(silent)} not answered.* The date was {was}. You choose what comes next."
    if unanswered:
        by = f" {who} {_answers(silent)} by {deadline_day(scene)}." if silent and decision.deadline_at else ""
        return f"*You are next: answer {count(unanswered, 'question')}.*{by}"
    if silent:
        by = f" by {deadline_day(scene)}" if decision.deadline_at else ""
        return f"*{who} {_answers(silent)}{by}.* Nothing waits on you."
    asked = list(dict.fromkeys(question.asked_by for question in open_questions(decision)))
    return f"*{mentions(asked)} {'says' if len(asked) == 1 else 'say'} whether your answer resolves it.*"


def _aloud(scene: Scene, late: bool, unanswered: int, silent: list[Signer]) -> str:
    """The same for a notification, where a date has to be plain."""
    by = f" by {deadline_day(scene)}" if scene.decision.deadline_at else ""
    if late:
        return f"{mentions([s.user_id for s in silent])} {_has(silent)} not answered. You choose what comes next."
    if unanswered:
        return f"you are next: {count(unanswered, 'open question')}."
    return f"waiting for sign-off{by}."


def _has(signers: list[Signer]) -> str:
    return "has" if len(signers) == 1 else "have"


def _answers(signers: list[Signer]) -> str:
    return "answers" if len(signers) == 1 else "answer"


def late_row(scene: Scene, silent: Signer) -> Block:
    """One click asks the next chair; nothing climbs by itself."""
    decision = scene.decision
    return actions(
        climb_button(scene, silent.user_id, silent.rung),
        button("Give it a new date…", Act.EXTEND_OPEN, d=decision.id),
        button("Ask somebody else…", Act.CLIMB_OPEN, d=decision.id, old=silent.user_id, rung=silent.rung or "")
        if next_chair(scene, silent.rung)[1]
        else None,
    )


def climb_button(scene: Scene, old: str, rung: Rung | None) -> Block:
    """``Ask Dana (director)`` in one click; where nobody sits there, somebody is chosen first."""
    decision = scene.decision
    next_rung, to = next_chair(scene, rung)
    seat = next_rung.said if next_rung else "bar raiser"
    if to is None:
        label = "Ask somebody else…" if next_rung == rung else f"Ask the {seat}…"
        return button(label, Act.CLIMB_OPEN, style="primary", d=decision.id, old=old, rung=next_rung or "")
    name = name_of(scene, to)
    label = f"Ask {name[:50]} ({seat})" if name else f"Ask the next {seat}"
    return button(label, Act.CLIMB, style="primary", d=decision.id, old=old, to=to, rung=next_rung or "")


def next_chair(scene: Scene, rung: Rung | None) -> tuple[Rung | None, str | None]:
    """Who could answer in place of a silent signer, by the frozen ladder; no rung is the bar raiser's seat."""
    decision = scene.decision
    ladder = decision.ladder or scene.ladder
    but = {decision.requester_id, *(s.user_id for s in decision.signers)}
    if rung is None:
        return None, ladder.bar_raiser(but=but)
    commitment = decision.answers.commitment
    slt = rung is Rung.SLT or bool(commitment and commitment.threatened)
    return ladder.next_chair(rung, but=but, slt=slt) or (rung, None)


def not_yet(scene: Scene) -> Message:
    decision = scene.decision
    conditions = [question for question in decision.questions if question.condition and question.resolved_at is None]
    by = list(dict.fromkeys(question.asked_by for question in conditions))
    quoted = "\n".join(
        f"{mention(question.asked_by)}: yes, if\n{block_text(question.text, 700, quote=True)}"
        for question in conditions[:3]
    )
    blocks = [
        *top(scene, f"Not yet · memo version {decision.memo_version}"),
        section(
            ":large_yellow_circle: *You are next: meet the condition.* "
            f"Then {mentions(by) or 'your signer'} will be asked again."
        ),
        section(quoted or "The condition stands with the sign-off below."),
        actions(
            button("The condition is met…", Act.CONDITION_OPEN, style="primary", d=decision.id),
            button("Edit the memo", Act.MEMO_OPEN, d=decision.id),
            button("Read", Act.MEMO_READ, d=decision.id),
            privacy(scene),
            withdraw(scene),
        ),
    ]
    if len(decision.signers) > 1:
        blocks.insert(-1, section(f"*Sign-offs*\n{sign_offs(scene)}"))
    if open_questions(decision):
        blocks += [divider(), *question_blocks(scene)]
    first = inline(conditions[0].text, 150) if conditions else "a condition is open"
    return message(scene, f"not yet, if: {first}", blocks)


def _memo_row(scene: Scene) -> Block:
    decision = scene.decision
    return actions(
        button("Edit the memo", Act.MEMO_OPEN, d=decision.id),
        button("Read", Act.MEMO_READ, d=decision.id),
        button("Let somebody read along…", Act.READER_OPEN, d=decision.id),
        privacy(scene),
        withdraw(scene),
    )
