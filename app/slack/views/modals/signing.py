"""What a signer writes, and what the requester does about it: answers, questions, delegates, the next rung."""

from collections.abc import Sequence

from app.db.models import Signer
from app.domain.ladder import Rung
from app.domain.people.calendar import WorkingHours, add_working_days
from app.domain.people.working_time import hours_of
from app.domain.permissions import bar_raisers, signers
from app.domain.signing.signoff import Answer
from app.domain.signing.standing import signer_of, signing_now
from app.slack.ids import Modal
from app.slack.views.blocks import Block, context, datepicker, input_, modal, radio, section, text_input, users_select
from app.slack.views.modals.sending import late_inputs
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.people import decider_select, signer_select
from app.slack.views.parts.signing import others_for_team
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, mention, mentions
from app.words.ladder import rung_said
from app.words.signing.answers import ANSWERS


def sign_modal(scene: Scene, answer: Answer, version: int | None = None) -> Block:
    """A written answer to the memo version that was shown; only an approval may come without words."""
    decision = scene.decision
    words = ANSWERS[answer]
    shown = decision.memo_version if version is None else version
    blocks = [section(titled(decision.name, decision.title, 300))]
    if decision.memo and decision.memo.ask.strip():
        blocks.append(section(f"*The ask*\n{block_text(decision.memo.ask, 1200, quote=True)}"))
    blocks += [
        context(
            f"You answer version {shown}, asked by {mention(decision.requester_id)}. Your answer is kept in writing."
        ),
        _text_input("said", words.label, words.hint, words.example, optional=words.needs is None),
        *(_meeting_inputs(scene) if answer is Answer.NOT_YET else []),
    ]
    return modal(Modal.SIGN, words.title, blocks, submit=words.submit, d=decision.id, a=answer.value, v=shown)


def _meeting_inputs(scene: Scene, *, optional: bool = False) -> list[Block]:
    """Who meets a condition, and by when: proposed are the requester, and the day the answers are asked for."""
    decision = scene.decision
    on = decision.deadline_on if decision.deadline_on and decision.deadline_on > scene.today else None
    day_ = on or add_working_days(scene.today, scene.policy.sign_off_days, WorkingHours(scene.tz))
    return [
        input_(
            "meets",
            "Who meets it?",
            users_select(decision.requester_id),
            hint="They are told, and may say that it is met.",
            optional=optional,
        ),
        input_("met_by", "By which day?", datepicker(day_), optional=optional),
    ]


def change_answer_modal(scene: Scene) -> Block:
    """A signer answers otherwise than they did; both answers stay on the record, with why."""
    decision = scene.decision
    mine = signer_of(decision.signers, scene.viewer)
    now_ = f"You {ANSWERS[mine.answer].yours}." if mine is not None and mine.answer is not None else ""
    options = [(words.title, answer.value) for answer, words in ANSWERS.items()]
    blocks = [
        section(f"{titled(decision.name, decision.title, 300)}\n{now_}"),
        input_("answer", "What is your answer now?", radio(options)),
        _text_input(
            "said",
            "In your words",
            "The condition, the reason, or a note for the record.",
            "Yes, if legal has read the new terms.",
            optional=True,
        ),
        _text_input(
            "why",
            "Why do you change it?",
            "It stands beside both answers, and everybody who signs reads it.",
            "The figures of the second region came in, and they hold.",
        ),
        context("Where you say “not yet”:"),
        *_meeting_inputs(scene, optional=True),
    ]
    v = decision.memo_version
    return modal(Modal.CHANGE_ANSWER, "Change my answer", blocks, submit="Change it", d=decision.id, v=v)


def question_modal(scene: Scene) -> Block:
    decision = scene.decision
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        _text_input(
            "text",
            "What do you need to know?",
            "Nothing is approved while it is open. You call it resolved.",
            "How many customers are on the old plan today, and since when?",
        ),
        context(f"{mention(decision.requester_id)} is told, and answers next."),
    ]
    return modal(Modal.QUESTION, "Ask a question", blocks, submit="Ask", d=decision.id)


def reply_modal(scene: Scene, question_id: int) -> Block:
    decision = scene.decision
    asked = next((question for question in decision.questions if question.id == question_id), None)
    blocks = [section(titled(decision.name, decision.title, 300))]
    if asked is not None:
        blocks.append(section(f"{mention(asked.asked_by)} asks\n{block_text(asked.text, 2000, quote=True)}"))
    blocks.append(
        _text_input(
            "text",
            "Your answer",
            "Whoever asked decides whether that resolves it.",
            "1,840 on 1 November; here is the report: …",
        )
    )
    return modal(Modal.REPLY, "Answer a question", blocks, submit="Answer", d=decision.id, q=question_id)


def close_question_modal(scene: Scene, question_id: int) -> Block:
    """The requester closes a question whose time is up, with a reason."""
    decision = scene.decision
    asked = next((question for question in decision.questions if question.id == question_id), None)
    blocks = [section(titled(decision.name, decision.title, 300))]
    if asked is not None:
        blocks.append(section(f"{mention(asked.asked_by)} asks\n{block_text(asked.text, 2000, quote=True)}"))
    blocks.append(
        _text_input(
            "reason",
            "Why is it closed?",
            "Your signers read this, and it stays on the record.",
            "The report answers it on page 2, and nobody has asked on since Tuesday.",
        )
    )
    return modal(Modal.CLOSE_QUESTION, "Close the question", blocks, submit="Close it", d=decision.id, q=question_id)


def condition_modal(scene: Scene) -> Block:
    """The requester says how the open condition was met."""
    decision = scene.decision
    blocks = [section(titled(decision.name, decision.title, 300))]
    open_ = [
        one
        for one in decision.questions
        if one.condition
        and one.resolved_at is None
        and not one.answer
        and scene.viewer in (decision.requester_id, one.meets)
    ]
    blocks += [
        section(f"{mention(question.asked_by)} says yes, if\n{block_text(question.text, 2000, quote=True)}")
        for question in open_[:5]
    ]
    blocks.append(
        _text_input(
            "how",
            "How is it met?",
            "They are asked to sign again; a link helps.",
            "Legal has read the terms on 2 December, see …",
        )
    )
    return modal(Modal.CONDITION, "Condition met", blocks, submit="Ask again", d=decision.id)


def hand_over_modal(scene: Scene) -> Block:
    decision = scene.decision
    mine = signer_of(decision.signers, scene.viewer)
    signing = [one.user_id for one in signing_now(decision.signers)]
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        *_what_is_handed_over(scene),
        input_("to", "Who signs in your place?", _in_place_of(scene, mine, mine.rung if mine else None, signing)),
        context(
            f"They get the memo at once. You stay on the record, {mention(decision.requester_id)} is told, and you can "
            "take it back until they have answered."
        ),
    ]
    return modal(Modal.HAND_OVER, "Hand over", blocks, submit="Hand over", d=decision.id)


def _what_is_handed_over(scene: Scene) -> list[Block]:
    """Whose answer theirs counts as, and who may give it."""
    mine = signer_of(scene.decision.signers, scene.viewer)
    if mine is None:
        return []
    ladder = scene.decision.ladder or scene.ladder
    able = signers(mine.rung, ladder) if mine.rung else bar_raisers(ladder)
    if mine.lever:
        able = others_for_team(scene, mine)
    others = [user for user in able if user not in (scene.viewer, scene.decision.requester_id)]
    may = f" {mentions(others[:8], 'or')} may give it." if others else ""
    article = f"the {mine.role}"
    said = f"You hand over your sign-off: their answer counts as that of {article}.{may}"
    return [section(said)]


def climb_modal(scene: Scene, old: str, rung: Rung | str | None) -> Block:
    """Somebody has to be chosen in place of ``old``; without a rung, a bar raiser."""
    decision = scene.decision
    signing = [one.user_id for one in signing_now(decision.signers)]
    silent = signer_of(decision.signers, old)
    role = rung_said(Rung(rung)) if rung else silent.role if silent else "bar raiser"
    person = scene.people.get(old)
    gone = person is not None and not person.active
    headline = titled(decision.name, decision.title, 300)
    why = f"{mention(old)} has left this workspace." if gone else f"{mention(old)} has not answered."
    blocks = [
        section(f"{headline}\n{why} Nothing climbs by itself: you choose who is asked next."),
        input_("to", f"Who signs as {role}?", _in_place_of(scene, silent, Rung(rung) if rung else None, signing)),
        context(f"They get at least {scene.policy.sign_off_days} working days. {mention(old)} stays on the record."),
    ]
    return modal(Modal.CLIMB, "Ask somebody else", blocks, submit="Ask", d=decision.id, old=old, rung=rung or "")


def _in_place_of(scene: Scene, signer: Signer | None, rung: Rung | None, signing: Sequence[str]) -> Block:
    """Who may sign in somebody's place: on the ladder, or for their team."""
    if signer is not None and signer.lever:
        return decider_select(scene, others_for_team(scene, signer), signing)
    return signer_select(scene, rung, None, signing)


def extend_modal(scene: Scene) -> Block:
    """The day that stands, while it is to come; else one that leaves the signers the working days of the policy."""
    decision = scene.decision
    person = scene.people.get(decision.requester_id)
    hours = hours_of(person) if person else WorkingHours(scene.tz)
    stands = decision.deadline_on if decision.deadline_at and decision.deadline_at > scene.now else None
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        input_(
            "decide_by",
            "By which day do you need the answer now?",
            datepicker(stands or add_working_days(scene.today, scene.policy.sign_off_days, hours)),
            hint="Your signers are told, and reminded towards the new day; the old reminders end.",
        ),
        *late_inputs(scene, stands),
    ]
    return modal(Modal.EXTEND, "Move the date", blocks, submit="Move the date", d=decision.id)


def _text_input(field: str, label: str, hint: str, example: str, *, optional: bool = False) -> Block:
    return input_(field, label, text_input(multiline=True, placeholder=example), hint=hint, optional=optional)
