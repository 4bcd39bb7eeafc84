"""The questions of a triage: one at a time, a tap where a tap can answer, and nothing typed is ever lost."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.domain.answers import Commitment, Deadline, Effect, Likelihood, Result, Trial, Undo, UndoCost
from app.domain.reading.amounts import typed_amount
from app.domain.triage.lowest_rung import lower_rungs
from app.domain.triage.questions import IN_MONEY, ON_SCALE, Question, answered, asked
from app.domain.understood import MOST_CANDIDATES
from app.slack.ids import Act
from app.slack.views.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    datepicker,
    input_,
    section,
    select,
    text_input,
    users_select,
)
from app.slack.views.parts.answers import QUESTION_NAMES, answers_so_far
from app.slack.views.parts.before import decided_before
from app.slack.views.parts.decision import card_message, privacy_button, title_blocks
from app.slack.views.scene import Message, Scene
from app.slack.views.text import sentence
from app.words.ladder import rung_said
from app.words.triage.answers import EFFECT_SAID, RESULT_SAID, likelihood_said

QUESTION_ASKED = {
    Question.UNDO: "If this turns out wrong, how long until you are back where you are today?",
    Question.EFFECTS: "Which of these could you not take back?",
    Question.UNDO_COST: "What would it cost to undo?",
    Question.TRIAL: "Could you try it small first?",
    Question.DEADLINE: "Which customer-impacting deadline does waiting block?",
    Question.COSTS: "What does waiting cost, and what would a mistake cost?",
    Question.TRIED: "Who has been asked about it already?",
    Question.COMMITMENT: "Does it threaten a quarterly commitment?",
}
QUESTION_HELP = {
    Question.TRIAL: "A flag, a pilot, one region: enough to see whether it works.",
    Question.DEADLINE: "Something customers would notice, and its day.",
    Question.COSTS: "A rough figure is enough, in one currency.",
    Question.TRIED: "Leave a line empty where nobody was asked.",
}

_UNDO = {Undo.HOURS: "Hours", Undo.DAYS: "Days", Undo.WEEKS: "Weeks", Undo.MONTHS: "Months", Undo.NEVER: "Never"}
_COST = {
    UndoCost.PERSON_DAY: "One person, a day",
    UndoCost.TEAM_SPRINT: "One team, a sprint",
    UndoCost.SEVERAL_TEAMS: "Several teams",
    UndoCost.CANNOT_BUY_BACK: "Can't be bought back",
}
_STEPS = (
    ("1 · hardly noticed", "1"),
    ("2 · a nuisance", "2"),
    ("3 · it hurts", "3"),
    ("4 · serious", "4"),
    ("5 · severe", "5"),
)


def title_card(scene: Scene) -> Message:
    """The first question where ``/escalate`` came without a sentence."""
    decision = scene.decision
    typed = typed_values(scene, "title")
    blocks = [
        *title_blocks(scene, "Triage"),
        section("*What has to be decided?*\nOne sentence is enough. The questions that follow take a minute or two."),
        input_(
            "title", "The decision", text_input(_typed_text(typed, "title"), placeholder="Tighten the return policy")
        ),
        *refusal_line(scene, "title"),
        actions(
            button("Go on", Act.TITLE_FORM, style="primary", d=decision.id),
            privacy_button(scene),
            button("Withdraw…", Act.WITHDRAW_OPEN, d=decision.id),
        ),
    ]
    return card_message(scene, "what has to be decided?", blocks)


def question_card(scene: Scene, question: Question) -> Message:
    """One question, with its one-tap answers or its form."""
    decision = scene.decision
    order = asked(decision.answers, scene.setting, scene.policy)
    number = order.index(question) + 1 if question in order else 1
    help_ = f"\n{QUESTION_HELP[question]}" if question in QUESTION_HELP else ""
    told = answers_so_far(decision.answers, scene.today, scene.policy)
    so_far = [context(f"So far: {' · '.join(told)}")] if told else []  # in a line or two: the form has to fit a screen
    blocks = [
        *title_blocks(scene, f"Question {number}"),
        section(f"*{QUESTION_ASKED[question]}*{help_}"),
        *_QUESTION_FORMS[question](scene),
        *decided_before(scene),
        *so_far,
        _leave_row(scene, order[number - 2] if number > 1 else None),
    ]
    return card_message(scene, f"question {number}: {QUESTION_ASKED[question]}", blocks)


# ── one question each ───────────────────────────────────────────────────────────────────────────────────


def _answer_button(scene: Scene, question: Question, label: str, value: str, chosen: bool) -> Block:
    style = "primary" if chosen else None
    return button(label, Act.ANSWER, style=style, suffix=value, d=scene.decision.id, q=question.value, a=value)


def _form_button(scene: Scene, question: Question, label: str) -> Block:
    return button(label, Act.ANSWER_FORM, style="primary", d=scene.decision.id, q=question.value)


def _undo_form(scene: Scene) -> list[Block]:
    now = scene.decision.answers.undo
    return [
        actions(
            *(_answer_button(scene, Question.UNDO, label, undo.value, undo is now) for undo, label in _UNDO.items())
        )
    ]


def _undo_cost_form(scene: Scene) -> list[Block]:
    now = scene.decision.answers.undo_cost
    taps = (_answer_button(scene, Question.UNDO_COST, label, cost.value, cost is now) for cost, label in _COST.items())
    return [actions(*taps)]


def _effects_form(scene: Scene) -> list[Block]:
    typed = typed_values(scene, Question.EFFECTS)
    now = _typed_list(typed, "effects") or [effect.value for effect in scene.decision.answers.effects or ()]
    options = [(_capital(EFFECT_SAID[effect]), effect.value) for effect in Effect]
    return [
        input_("effects", "Tick all that apply", checkboxes(options, now)),
        *refusal_line(scene, Question.EFFECTS),
        actions(
            _form_button(scene, Question.EFFECTS, "These can't be undone"),
            _answer_button(scene, Question.EFFECTS, "None of these", "none", chosen=False),
        ),
    ]


def _trial_form(scene: Scene) -> list[Block]:
    typed, now = typed_values(scene, Question.TRIAL), scene.decision.answers.trial or Trial(False)
    lasting = _typed_list(typed, "lasting") or (["yes"] if now.lasting else [])
    return [
        actions(_answer_button(scene, Question.TRIAL, "No, it is all or nothing", "no", chosen=False)),
        input_(
            "trial", "Yes: what would you try?", text_input(_typed_text(typed, "trial") or now.what, max_length=300)
        ),
        input_(
            "metric",
            "Which metric would tell you?",
            text_input(_typed_text(typed, "metric") or now.metric, max_length=300),
        ),
        input_("ends", "When would you know?", datepicker(_typed_text(typed, "ends") or now.ends), optional=True),
        input_(
            "lasting",
            "Would the trial itself last?",
            checkboxes([("Yes, even the trial would leave something behind", "yes")], lasting),
            optional=True,
        ),
        *refusal_line(scene, Question.TRIAL),
        actions(_form_button(scene, Question.TRIAL, "Yes, try this")),
    ]


def _deadline_form(scene: Scene) -> list[Block]:
    typed, now = typed_values(scene, Question.DEADLINE), scene.decision.answers.deadline or Deadline(False)
    on = _typed_text(typed, "on") or (now.on.isoformat() if now.on else None)
    soon = f"{date(scene.today.year + (scene.today.month == 12), scene.today.month % 12 + 1, 4).isoformat()}"
    return [
        actions(_answer_button(scene, Question.DEADLINE, "There is none", "no", chosen=False)),
        input_("what", "What does waiting block?", text_input(_typed_text(typed, "what") or now.what, max_length=300)),
        input_("on", "On which day?", text_input(on, placeholder=f"{soon}, next Friday, in two weeks", max_length=80)),
        *refusal_line(scene, Question.DEADLINE),
        *offered_answers(scene, Question.DEADLINE),
        *_day_picker(scene, typed),
        actions(_form_button(scene, Question.DEADLINE, "That is the deadline")),
    ]


def _day_picker(scene: Scene, typed: dict[str, Any]) -> list[Block]:
    """Where a day could not be read, it can be picked."""
    if not typed or (scene.decision.typed or {}).get("field") not in ("on", "picked"):
        return []
    return [input_("picked", "Or pick the day", datepicker(_typed_text(typed, "picked")), optional=True)]


SPANS = [("a day", "day"), ("a week", "week"), ("the whole wait", "wait")]


def _lost_input(shown: str | None) -> Block:
    """Where a deadline was named: waiting may cost little by the day, and much once it is missed."""
    return input_(
        "lost", "Lost at once with the deadline, beside that", text_input(shown, placeholder="$500k"), optional=True
    )


def on_scale(scene: Scene) -> bool:
    """Whether the costs are weighed on the scale: chosen by a tap, or as they were answered."""
    typed, now = typed_values(scene, Question.COSTS), scene.decision.answers.costs
    if "scale" in typed:
        return bool(typed["scale"] == ON_SCALE)
    if typed:
        return bool(typed.get("delay_step") or typed.get("mistake_step"))
    return bool(now and now.delay_step)


def _costs_form(scene: Scene) -> list[Block]:
    deadline = scene.decision.answers.deadline
    typed, now = typed_values(scene, Question.COSTS), scene.decision.answers.costs
    asked = (now.delay.amount if now.delay else now.delay_total) if now else None
    delay = typed_amount(asked) if asked else None
    mistake = typed_amount(now.mistake) if now and now.mistake else None
    lost = typed_amount(now.lost) if now and now.lost else None
    per = now.delay.per if now and now.delay else "wait" if now and now.delay_total else "week"
    odds = [(_capital(likelihood_said(one, scene.policy)), one.value) for one in Likelihood]
    likely = _typed_text(typed, "likelihood") or (now.likelihood.value if now else None)
    steps = [str(step) if step else None for step in ((now.delay_step, now.mistake_step) if now else (None, None))]
    likelihood = input_("likelihood", "How likely is a mistake?", select(odds, likely, "Choose one"))
    if on_scale(scene):
        return [
            input_("delay_step", "Waiting", select(_STEPS, _typed_text(typed, "delay_step") or steps[0], "1 to 5")),
            input_(
                "mistake_step", "A mistake", select(_STEPS, _typed_text(typed, "mistake_step") or steps[1], "1 to 5")
            ),
            likelihood,
            *refusal_line(scene, Question.COSTS),
            actions(
                _form_button(scene, Question.COSTS, "Go on"),
                _answer_button(scene, Question.COSTS, "I can put money on it", IN_MONEY, chosen=False),
            ),
        ]
    return [
        input_("delay", "Waiting costs", text_input(_typed_text(typed, "delay") or delay, placeholder="$200k")),
        input_("per", "Counted over", select(SPANS, _typed_text(typed, "per") or per)),
        input_(
            "mistake",
            "A mistake costs",
            text_input(_typed_text(typed, "mistake") or mistake, placeholder="$3M"),
        ),
        *([_lost_input(_typed_text(typed, "lost") or lost)] if deadline and deadline.blocks else []),
        likelihood,
        *refusal_line(scene, Question.COSTS),
        *offered_answers(scene, Question.COSTS),
        actions(
            _form_button(scene, Question.COSTS, "Go on"),
            _answer_button(scene, Question.COSTS, "I can't put money on it", ON_SCALE, chosen=False),
        ),
    ]


def _tried_form(scene: Scene) -> list[Block]:
    typed, answers = typed_values(scene, Question.TRIED), scene.decision.answers
    results = [(_capital(RESULT_SAID[one]), one.value) for one in Result]
    blocks: list[Block] = []
    for rung in lower_rungs(answers, scene.setting, scene.policy):
        now = answers.attempt(rung)
        who = _typed_text(typed, f"who_{rung.value}") or (now.who if now else None) or None
        result = _typed_text(typed, f"result_{rung.value}") or (now.result if now else Result.NOT_ASKED).value
        label = _capital(rung_said(rung))
        blocks += [
            input_(f"who_{rung.value}", f"{label}: who was asked?", users_select(who, "Nobody yet"), optional=True),
            input_(f"result_{rung.value}", f"{label}: with what result?", select(results, result)),
        ]
    note = _typed_text(typed, "note") or next((one.note for one in answers.tried or () if one.note), None)
    return [
        *blocks,
        input_("note", "When and where, or a link", text_input(note, max_length=500), optional=True),
        *refusal_line(scene, Question.TRIED),
        actions(_form_button(scene, Question.TRIED, "Go on")),
    ]


def _commitment_form(scene: Scene) -> list[Block]:
    typed, now = typed_values(scene, Question.COMMITMENT), scene.decision.answers.commitment or Commitment(False)
    return [
        actions(_answer_button(scene, Question.COMMITMENT, "No", "no", chosen=False)),
        input_("which", "Yes: which one?", text_input(_typed_text(typed, "which") or now.which, max_length=300)),
        *refusal_line(scene, Question.COMMITMENT),
        actions(_form_button(scene, Question.COMMITMENT, "Yes, this one")),
    ]


_QUESTION_FORMS = {
    Question.UNDO: _undo_form,
    Question.EFFECTS: _effects_form,
    Question.UNDO_COST: _undo_cost_form,
    Question.TRIAL: _trial_form,
    Question.DEADLINE: _deadline_form,
    Question.COSTS: _costs_form,
    Question.TRIED: _tried_form,
    Question.COMMITMENT: _commitment_form,
}


# ── around the question ─────────────────────────────────────────────────────────────────────────────────


def _leave_row(scene: Scene, before: Question | None) -> Block:
    decision = scene.decision
    return actions(
        button("Back", Act.BACK, d=decision.id, q=before.value) if before else None,
        button("Leave it for now", Act.LEAVE, d=decision.id),
        privacy_button(scene),
        button("Withdraw…", Act.WITHDRAW_OPEN, d=decision.id),
    )


def change_options(scene: Scene) -> Iterable[tuple[str, dict[str, Any]]]:
    """For the select that takes an answer up again: the questions that have one."""
    answers = scene.decision.answers
    return [
        (QUESTION_NAMES[question], {"d": scene.decision.id, "q": question.value})
        for question in asked(answers, scene.setting, scene.policy)
        if answered(answers, question)
    ]


def typed_values(scene: Scene, where: str) -> dict[str, Any]:
    """What was typed into this form and could not be read; empty where all was well."""
    typed = scene.decision.typed or {}
    values = typed.get("values") if typed.get("where") == where else None
    return values if isinstance(values, dict) else {}


def refusal_line(scene: Scene, where: str) -> list[Block]:
    """The sentences that say what could not be read, one for each input at fault, right above the button."""
    typed = scene.decision.typed or {}
    if typed.get("where") != where or not typed.get("sentence"):
        return []
    return [context(f":warning: {sentence(one, 600)}") for one in str(typed["sentence"]).split("\n")[:4]]


def offered_answers(scene: Scene, question: Question) -> list[Block]:
    """What could be meant, each on a button that answers with it."""
    typed = scene.decision.typed or {}
    candidates = typed.get("candidates") if typed.get("where") == question else None
    field = str(typed.get("field") or "")
    if not isinstance(candidates, list) or not candidates or not field:
        return []
    return [
        actions(
            *(
                button(
                    said,
                    Act.ANSWER_FORM,
                    suffix=f"{field}:{value}"[:60],
                    d=scene.decision.id,
                    q=question.value,
                    f=field,
                    v=value,
                )
                for value, said in candidates[:MOST_CANDIDATES]
            )
        )
    ]


def _typed_text(typed: dict[str, Any], field: str) -> str | None:
    value = typed.get(field)
    return str(value) if isinstance(value, str | int) and value != "" else None


def _typed_list(typed: dict[str, Any], field: str) -> list[str]:
    value = typed.get(field)
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
