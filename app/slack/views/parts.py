"""What several cards show alike: the title, sign-offs, open questions, predictions, and who acts next."""

from collections.abc import Callable
from datetime import datetime

from app.db.models import Decision, OpenQuestion, Signer
from app.domain.answers import Attempt, Result
from app.domain.lifecycle import OPEN, SAID, Status
from app.domain.looking_back import RIGHT_SAID
from app.domain.memo.checks import check_memo
from app.domain.memo.parts import PARTS, Memo, Prediction
from app.domain.people.calendar import zone
from app.domain.signing.signoff import Answer
from app.domain.triage.verdict import Door
from app.slack.ids import Act
from app.slack.views.kit import Block, button, context, fields, header, section
from app.slack.views.scene import Message, Scene
from app.slack.views.words import block_text, count, day, inline, mention, sentence
from app.words import memo
from app.words.triage.answers import RESULT_SAID
from app.workflows.people.taking_over import waits_for_requester
from app.workflows.signing.open_questions import may_resolve

UNDER_REVIEW = (Status.IN_REVIEW, Status.NOT_YET)
MOST_QUESTIONS = 5
"""Open questions on a card; the memo shows them all."""

ANSWERED = {
    Answer.APPROVE: "approved",
    Answer.NOT_YET: "said not yet",
    Answer.DECLINE: "declined",
    Answer.TWO_WAY: "calls it a two-way door",
}


def top(scene: Scene, note: str) -> list[Block]:
    """The title, and one quiet line with its name and where it stands."""
    decision = scene.decision
    title = decision.title or "A new decision"
    shown = header(title) if len(title) <= 150 else section(f"*{inline(title, 600)}*")
    return [shown, context(" · ".join(filter(None, [decision.name, note, "private" if decision.private else ""])))]


def privacy(scene: Scene) -> Block:
    """Who may know can be changed at any time."""
    decision = scene.decision
    return button(
        "Make it public" if decision.private else "Make it private", Act.PRIVATE, d=decision.id, on=not decision.private
    )


def message(scene: Scene, said: str, blocks: list[Block]) -> Message:
    """``said`` is what a notification reads out, after the decision's name and title."""
    decision = scene.decision
    title = f" {inline(decision.title, 150)}" if decision.title else ""
    return Message(f"{decision.name}{title}: {said}", blocks)


def door(decision: Decision) -> str:
    """Which door it was that the team keeps: a person below may also have taken a one-way one."""
    return "Decided below" if decision.door is Door.ONE_WAY else "Two-way door"


def on_day(scene: Scene, at: datetime) -> str:
    """The day a moment falls on, where the viewer is."""
    return day(at.astimezone(zone(scene.tz)).date(), scene.today)


def deadline_day(scene: Scene, at: datetime | None = None) -> str:
    """The day the signers are asked for, the same for every reader; empty while there is none. ``at``: that of another
    date than the one that stands."""
    decision = scene.decision
    if at is not None and at != decision.deadline_at:
        return on_day(scene, at)
    if decision.deadline_on is not None:
        return day(decision.deadline_on, scene.today)
    return on_day(scene, decision.deadline_at) if decision.deadline_at else ""


def name_of(scene: Scene, user: str) -> str:
    """A person's name in plain text, raw; empty where Slack has not told us."""
    person = scene.people.get(user)
    return person.name if person else ""


def has_gone(scene: Scene, user: str) -> bool:
    """Whether somebody has left the workspace, as far as Slack has told us."""
    person = scene.people.get(user)
    return person is not None and not person.active


def named(scene: Scene, user: str) -> str:
    """A person by name, so that nobody is paged; a mention where the name is not known."""
    name = name_of(scene, user)
    return inline(name, 80) if name else mention(user)


# ── sign-off ────────────────────────────────────────────────────────────────────────────────────────────


def waiting(decision: Decision) -> list[Signer]:
    """Signers who were asked and have not answered."""
    return [s for s in decision.signers if not s.handed_over and s.answer is None]


def role(signer: Signer) -> str:
    return f"{signer.role}, for {mention(signer.delegate_of)}" if signer.delegate_of else signer.role


def sign_offs(scene: Scene, *, but: str = "") -> str:
    """One line a signer: who, in which seat, and where they stand."""
    return "\n".join(_sign_off(scene, s) for s in scene.decision.signers[-12:] if s.user_id != but)


def _sign_off(scene: Scene, signer: Signer) -> str:
    who = f"{mention(signer.user_id)} ({role(signer)})"
    if signer.answer is not None and not signer.handed_over:
        mark = "✓" if signer.answer is Answer.APPROVE else "✗" if signer.answer is Answer.DECLINE else "○"
        when = f" on {on_day(scene, signer.answered_at)}" if signer.answered_at else ""
        quoted = signer.said and not (signer.answer is Answer.NOT_YET and scene.decision.status is Status.NOT_YET)
        said = f": “{inline(signer.said, 300)}”" if quoted else ""  # an open condition stands by itself
        return f"{mark} {who} {ANSWERED[signer.answer]}{when}{said}"
    if signer.handed_over:
        to = next((s.user_id for s in scene.decision.signers if s.delegate_of == signer.user_id), None)
        return f"– {who} handed over to {mention(to)}" if to else f"– {who} is no longer asked"
    if scene.decision.status in UNDER_REVIEW:
        return f"○ {who} has had it since {on_day(scene, signer.asked_at)}"
    return f"– {who} had not answered"


def told_below(scene: Scene) -> list[Block]:
    """Why the rungs below can't decide it, in their own words; nothing where nobody gave a reason."""
    told = [one for one in scene.decision.answers.tried or () if one.who and one.said.strip()]
    return [
        section(
            f"*{mention(one.who)} ({one.rung.said}) was asked: {RESULT_SAID[one.result]}*\n"
            f"{block_text(one.said, 700, quote=True)}"
        )
        for one in told
    ]


def open_questions(decision: Decision) -> list[OpenQuestion]:
    """Questions that nobody has called resolved; conditions stand with their signer's answer."""
    return [question for question in decision.questions if question.resolved_at is None and not question.condition]


BLOCKING = "Each blocks approval until the one who asked calls it resolved."


def question_blocks(scene: Scene, lead: str = BLOCKING) -> list[Block]:
    """Each open question with the one thing the viewer can do about it; nothing where none is open."""
    left = open_questions(scene.decision)
    blocks = [section(f"*Open questions.* {lead}")] if left else []
    for question in left[:MOST_QUESTIONS]:
        lines = [f"{mention(question.asked_by)} asks\n{block_text(question.text, 500, quote=True)}"]
        if question.answer:
            lines.append(
                f"{mention(question.answered_by or '')} answered\n{block_text(question.answer, 400, quote=True)}"
            )
        blocks.append(section("\n".join(lines), _about(scene, question)))
    if len(left) > MOST_QUESTIONS:
        blocks.append(context(f"{count(len(left) - MOST_QUESTIONS, 'more question')} in the memo."))
    return blocks


def _about(scene: Scene, question: OpenQuestion) -> Block | None:
    decision, suffix = scene.decision, str(question.id)
    if scene.viewer in may_resolve(decision, question):
        return button("Resolved", Act.RESOLVE, suffix=suffix, d=decision.id, q=question.id)
    label = "Answer again…" if question.answer else "Answer…"
    return button(label, Act.REPLY_OPEN, suffix=suffix, d=decision.id, q=question.id)


# ── the memo ────────────────────────────────────────────────────────────────────────────────────────────


def memo_parts(memo: Memo, limit: int = 600) -> list[Block]:
    """The five parts, each cut to ``limit``."""
    blocks = []
    for part in PARTS[:5]:
        text = block_text(str(getattr(memo, part.key, "") or ""), limit)
        if text:
            blocks.append(section(f"*{part.title}*\n{text}"))
    return blocks


def advice(scene: Scene) -> str:
    """What the checks would still mend, in one small line; empty where they all pass."""
    if scene.decision.memo is None:
        return ""
    failed = [check for check in check_memo(scene.decision.memo, today=scene.setting.today) if not check.passed]
    if not failed:
        return ""
    more = f" And {count(len(failed) - 1, 'more point')} in the memo." if len(failed) > 1 else ""
    return f"Worth a look: {sentence(memo.say(failed[0], scene.setting.today), 400)}{more}"


def prediction_line(scene: Scene, prediction: Prediction | None) -> str:
    """``trial starts from 12% to 15% by Fri 4 Dec``; empty where nothing was predicted."""
    if prediction is None or not prediction.metric:
        return ""
    line = inline(prediction.metric, 200)
    if prediction.baseline:
        line += f" from {inline(prediction.baseline, 100)}"
    if prediction.target:
        line += f" to {inline(prediction.target, 100)}"
    return line + (f" by {day(prediction.on, scene.today)}" if prediction.on else "")


def against(scene: Scene) -> list[Block]:
    """What was predicted beside what happened, and what was learned."""
    decision = scene.decision
    look = decision.looks[-1].look
    memo = decision.memo
    expected = prediction_line(scene, memo.prediction if memo else None) or inline(decision.metric or "", 300)
    blocks = [
        fields(
            f"*Predicted*\n{expected or 'Nothing was written down.'}",
            f"*What happened*\n{block_text(look.happened, 1200)}",
        ),
        section(f"*Knowing what we know now:* {RIGHT_SAID[look.right]}."),
    ]
    if look.learned:
        blocks.append(section(f"*Learned*\n{block_text(look.learned, 1200)}"))
    return blocks


# ── who acts next ───────────────────────────────────────────────────────────────────────────────────────


def asked_below(decision: Decision) -> Attempt | None:
    """Who on the rung below has the question now, while the decision is held."""
    below = decision.verdict.below if decision.verdict else None
    attempt = decision.answers.attempt(below) if below else None
    return attempt if attempt and attempt.who and attempt.result is Result.NO_ANSWER else None


ORPHANED = "Its requester has left: somebody has to take it over."


def acts_next(scene: Scene, person: Callable[[str], str] = mention) -> str:
    """Who acts next and by when, in a sentence."""
    decision = scene.decision
    if decision.status not in OPEN:
        return _after(scene, person)
    you = person(decision.requester_id)
    orphaned = ORPHANED if has_gone(scene, decision.requester_id) else ""
    if decision.status is Status.TRIAGE:
        return orphaned or f"{you} answers the questions next."
    if decision.status is Status.HELD:
        asked = asked_below(decision)
        return f"{person(asked.who)} has the question." if asked else orphaned or f"{you} takes the next step."
    if decision.status is Status.DRAFTING:
        return orphaned or f"{you} writes the memo next."
    if decision.status is Status.NOT_YET:
        return orphaned or f"{you} meets the condition next."
    asked_now = [person(s.user_id) for s in waiting(decision)]
    if asked_now:
        by = f" by {deadline_day(scene)}" if decision.deadline_at else ""
        return f"{' and '.join(asked_now)} {'answers' if len(asked_now) == 1 else 'answer'}{by}."
    unanswered = [question for question in open_questions(decision) if not question.answer]
    if unanswered:
        return orphaned or f"{you} answers {count(len(unanswered), 'open question')} next."
    raised = dict.fromkeys(person(question.asked_by) for question in open_questions(decision))
    return f"{' and '.join(raised)} says whether that resolves it." if raised else f"{you} acts next."


def _after(scene: Scene, person: Callable[[str], str]) -> str:
    decision, owner = scene.decision, person(scene.decision.owner_id)
    on = day(decision.look_on, scene.today) if decision.look_on else ""
    if waits_for_requester(decision) and has_gone(scene, decision.requester_id):
        return ORPHANED
    if decision.status is Status.DEFLECTED:
        return f"{owner} decides." + (f" Learning check on {on}." if on else "")
    if decision.status is Status.APPROVED:
        return f"{owner} says when it shipped."
    if decision.status is Status.IMPLEMENTED:
        return f"{owner} reviews it on {on}." if on else f"{owner} reviews it."
    if decision.status is Status.DECLINED and on:
        return f"{person(decision.requester_id)} looks again on {on}."
    return "Nobody has to act."


def state(decision: Decision) -> str:
    """Where it stands, in words."""
    return SAID[decision.status]
