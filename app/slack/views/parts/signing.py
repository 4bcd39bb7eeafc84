"""A sign-off as cards, modals and notices show it alike: who signed, what is open, who could be asked next."""

from app.db.models import Decision, OpenQuestion, Signer
from app.domain.ladder import Rung
from app.domain.lifecycle import UNDER_REVIEW, Status
from app.domain.people.calendar import WorkingHours
from app.domain.people.working_time import hours_of
from app.domain.permissions import is_member, may_resolve
from app.domain.signing import standing
from app.domain.signing.question_time import time_is_up
from app.domain.signing.signoff import LEAVES_SEAT_EMPTY, Answer
from app.domain.signing.standing import still_to_answer
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context, section
from app.slack.views.parts.decision import name_of, on_day
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, count, day, inline, mention, sentence
from app.words.ladder import rung_said
from app.words.signing.answers import ANSWERS

MOST_QUESTIONS = 5
"""Open questions on a card; the memo shows them all."""


def pending_signers(decision: Decision) -> list[Signer]:
    """Signers who were asked and have not answered."""
    return still_to_answer(decision.signers)


def seat_said(signer: Signer) -> str:
    return f"{signer.role}, for {mention(signer.delegate_of)}" if signer.delegate_of else signer.role


def sign_offs(scene: Scene, *, but: str = "") -> str:
    """One line a signer: who, in which seat, and where they stand."""
    return "\n".join(_sign_off_line(scene, signer) for signer in scene.decision.signers[-12:] if signer.user_id != but)


def _sign_off_line(scene: Scene, signer: Signer) -> str:
    who = f"{mention(signer.user_id)} ({seat_said(signer)})"
    if signer.answer is not None and (not signer.handed_over or signer.answer in LEAVES_SEAT_EMPTY):
        words = ANSWERS[signer.answer]
        when = f" on {on_day(scene, signer.answered_at)}" if signer.answered_at else ""
        quoted = signer.said and not (signer.answer is Answer.NOT_YET and scene.decision.status is Status.NOT_YET)
        said = f": “{inline(signer.said, 300)}”" if quoted else ""  # an open condition stands by itself
        return f"{words.mark} {who} {words.given}{when}{said}{_changed_said(scene, signer)}"
    if signer.handed_over:
        to = next((one.user_id for one in scene.decision.signers if one.delegate_of == signer.user_id), None)
        return f"– {who} handed over to {mention(to)}" if to else f"– {who} is no longer asked"
    if scene.decision.status in UNDER_REVIEW:
        return f"○ {who} has had it since {on_day(scene, signer.asked_at)}"
    return f"– {who} had not answered"


def _changed_said(scene: Scene, signer: Signer) -> str:
    """What they answered before, and why they changed it."""
    found = [e for e in scene.history if e.what == "change_answer" and e.actor == signer.user_id]
    was = found[-1].detail if found else {}
    if was.get("answer") != signer.answer or was.get("was") not in {one.value for one in ANSWERS}:
        return ""
    return f"\n      before: {ANSWERS[Answer(was['was'])].said}. Changed since {inline(str(was.get('why') or ''), 200)}"


def answer_rows(scene: Scene, *, also: Block | None = None, but: Answer | None = None) -> list[Block]:
    """What whoever signs can answer, wherever they are asked: on their card, a reminder, under the memo, in a form.

    Empty for everybody else. A guest is told that only members sign: they may have become one since. ``but``: the
    answer that the form itself gives. ``also``: one more button beside those that answer nothing.
    """
    decision = scene.decision
    if not asks_to_sign(scene):
        return []
    ask = button("Ask a question…", Act.QUESTION_OPEN, d=decision.id)
    if scene.guest:
        said = (
            f"You are a guest here now, and only members sign. {mention(decision.requester_id)} can ask somebody else"
        )
        return [context(f"{said} once the date has passed."), actions(ask, also)]

    def answer(given: Answer) -> Block:
        label, value = f"{ANSWERS[given].offered or ANSWERS[given].title}…", given.value
        style = "primary" if given is Answer.APPROVE else None
        return button(label, Act.SIGN_OPEN, style=style, suffix=value, d=decision.id, a=value, v=decision.memo_version)

    return [
        actions(*(answer(given) for given in ANSWERS if given is not but)),
        actions(ask, button("Hand over…", Act.HAND_OVER_OPEN, d=decision.id), also),
    ]


def asks_to_sign(scene: Scene) -> bool:
    """Whether the viewer was asked to sign and has not answered."""
    return scene.decision.status in UNDER_REVIEW and any(
        signer.user_id == scene.viewer for signer in pending_signers(scene.decision)
    )


def condition_lines(scene: Scene, *, but: str = "") -> list[Block]:
    """The conditions of a “not yet” that are open: whose, who meets it and by when. ``but``: whose is left out."""
    found = [
        one
        for one in scene.decision.questions
        if one.condition and one.resolved_at is None and not one.answer and one.asked_by != but
    ]
    return [section(condition_said(scene, one)) for one in found[:3]]


def condition_said(scene: Scene, one: OpenQuestion) -> str:
    """A condition in its signer's words, and who meets it by when."""
    meets = one.meets or scene.decision.requester_id
    who = "You meet it" if meets == scene.viewer else f"{mention(meets)} meets it"
    by = f" by {day(one.met_by, scene.today)}" if one.met_by else ""
    return f"*{mention(one.asked_by)}: yes, if*\n{block_text(one.text, 700, quote=True)}\n{who}{by}."


def open_questions(decision: Decision) -> list[OpenQuestion]:
    """Questions that nobody has called resolved; conditions stand with their signer's answer."""
    return standing.open_questions(decision.questions)


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
        blocks.append(section("\n".join(lines), _question_button(scene, question)))
    if len(left) > MOST_QUESTIONS:
        blocks.append(context(f"{count(len(left) - MOST_QUESTIONS, 'more question')} in the memo."))
    return blocks


def closed_blocks(scene: Scene) -> list[Block]:
    """Questions that the requester closed once their time was up, with the reason: whoever signs sees it."""
    closed = [question for question in scene.decision.questions if question.closed_because]
    return [
        section(
            f"*{mention(question.closed_by or '')} closed a question of {mention(question.asked_by)}*, past its time\n"
            f"{block_text(question.text, 300, quote=True)}\n*Why*\n"
            f"{block_text(question.closed_because or '', 400, quote=True)}"
        )
        for question in closed[-3:]
    ]


def may_close(scene: Scene, question: OpenQuestion) -> bool:
    """Whether the viewer may close it with a reason: the requester, once its time is up."""
    person = scene.people.get(scene.decision.requester_id)
    hours = hours_of(person) if person else WorkingHours("UTC")
    up = time_is_up(question, scene.policy, hours)
    return scene.viewer == scene.decision.requester_id and scene.now >= up


def _question_button(scene: Scene, question: OpenQuestion) -> Block | None:
    decision, suffix = scene.decision, str(question.id)
    if question.answer and may_close(scene, question):
        return button("Close it…", Act.CLOSE_QUESTION_OPEN, suffix=suffix, d=decision.id, q=question.id)
    if scene.viewer in may_resolve(decision, question):
        return button("Resolved", Act.RESOLVE, suffix=suffix, d=decision.id, q=question.id)
    label = "Answer again…" if question.answer else "Answer…"
    return button(label, Act.REPLY_OPEN, suffix=suffix, d=decision.id, q=question.id)


def override_blocks(scene: Scene) -> list[Block]:
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


def climb_button(scene: Scene, old: Signer) -> Block:
    """``Ask Dana (director)`` in one click; where nobody sits there, somebody is chosen first."""
    decision, rung = scene.decision, old.rung
    next_rung, to = next_chair(scene, old)
    seat = rung_said(next_rung) if next_rung else old.role
    if to is None:
        label = "Ask somebody else…" if next_rung == rung else f"Ask the {seat}…"
        return button(label, Act.CLIMB_OPEN, style="primary", d=decision.id, old=old.user_id, rung=next_rung or "")
    name = name_of(scene, to)
    label = f"Ask {name[:50]} ({seat})" if name else f"Ask the next {seat}"
    return button(label, Act.CLIMB, style="primary", d=decision.id, old=old.user_id, to=to, rung=next_rung or "")


def next_chair(scene: Scene, silent: Signer) -> tuple[Rung | None, str | None]:
    """Who could answer in place of a silent signer, by the frozen ladder, or for their team by what was fixed; no rung
    is the bar raiser's seat, or a team's."""
    decision, rung = scene.decision, silent.rung
    if silent.lever:
        return None, next(iter(others_for_team(scene, silent)), None)
    ladder = decision.ladder or scene.ladder
    but = {decision.requester_id, *(signer.user_id for signer in decision.signers)}
    if rung is None:
        return None, ladder.bar_raiser(but=but)
    commitment = decision.answers.commitment
    slt = rung is Rung.SLT or bool(commitment and commitment.threatened)
    return ladder.next_chair(rung, but=but, slt=slt) or (rung, None)


def others_for_team(scene: Scene, signer: Signer) -> list[str]:
    """Who else could decide for a signer's teams, as it was fixed when it was sent."""
    decision = scene.decision
    out = {decision.requester_id, *(one.user_id for one in standing.signing_now(decision.signers))}
    rows = [row for row in decision.approvals if row.user_id == signer.user_id]
    able = [user for row in rows[:1] for user in row.others if all(user in other.others for other in rows)]
    gone = {user for user, person in scene.people.items() if not is_member(person)}
    return [user for user in able if user not in out | gone]
