"""The verdict: which door it is, why, and the one next step."""

from datetime import date

from app.domain.findings import Gate
from app.domain.ladder import Rung
from app.domain.looking_back import learning_check_on
from app.domain.signing.signoff import needs_bar_raiser
from app.domain.triage.lowest_rung import may_decide
from app.domain.triage.questions import Question
from app.domain.triage.verdict import NextStep, Verdict
from app.slack.ids import Act
from app.slack.views.blocks import (
    Block,
    actions,
    button,
    context,
    datepicker,
    divider,
    input_,
    pick,
    section,
    text_input,
    users_select,
)
from app.slack.views.cards.triage import change_options, refusal_line, typed_values
from app.slack.views.parts.assistant import assistant_row
from app.slack.views.parts.decision import card_message, privacy_button, title_blocks
from app.slack.views.parts.next_step import asked_below, next_step
from app.slack.views.scene import Message, Scene
from app.slack.views.text import block_text, count, mention, mentions, sentence
from app.words.ladder import rung_said

_NO_LEADER = "No leader is needed: your team decides."


def two_way_card(scene: Scene, verdict: Verdict) -> Message:
    """It goes back to the team: who decides, by what it is judged, when they look."""
    decision = scene.decision
    trial = decision.answers.trial
    typed = typed_values(scene, "deflect")
    metric = typed.get("metric") or (trial.metric if trial and trial.possible else "") or decision.metric
    look_on = typed.get("look_on") or _look_day(scene)
    by_trial = verdict.next_step is NextStep.EXPERIMENT
    said = "It is a two-way door, by a small trial." if by_trial else "It is a two-way door."
    blocks = [
        *title_blocks(scene, "Verdict", says_next=True),
        section(f":leftwards_arrow_with_hook: *{said}*\n{_NO_LEADER}\n{_reason_lines(scene, verdict)}"),
        divider(),
        section(f"*{next_step(scene)}* Hand it to whoever decides."),
        input_("owner", "Who decides?", users_select(typed.get("owner") or decision.requester_id)),
        input_(
            "metric",
            "What will show whether it was right?",
            text_input(metric, placeholder="Returns within 30 days stay below 4%", max_length=500),
        ),
        input_("look_on", "When does the team look?", datepicker(look_on)),
        *refusal_line(scene, "deflect"),
        actions(
            button("Hand it to the team", Act.DEFLECT_FORM, style="primary", d=decision.id),
            change_select(scene),
            rename_button(scene),
            privacy_button(scene),
            withdraw_button(scene),
        ),
    ]
    return card_message(scene, f"{said} Your team decides.", blocks)


def one_way_card(scene: Scene, verdict: Verdict) -> Message:
    """Every gate passed: the memo comes next."""
    decision = scene.decision
    rung = verdict.rung or Rung.MANAGER
    notes = "".join(f"\n{sentence(scene.say(note), 300)}" for note in verdict.notes)
    blocks = [
        *title_blocks(scene, "Verdict", says_next=True),
        section(f":door: *It is a one-way door.*\n{_reason_lines(scene, verdict)}"),
        section(f"*Every gate passed*\n{gate_lines(scene, verdict)}"),
        section(f"*Who decides:* {_who_signs(scene, rung)}{notes}"),
        divider(),
        section(f"*{next_step(scene)}* It is the memo: one page, and your answers have begun it."),
        actions(
            button("Write the memo", Act.MEMO_OPEN, style="primary", d=decision.id),
            change_select(scene),
            rename_button(scene),
            privacy_button(scene),
            withdraw_button(scene),
        ),
        *assistant_row(scene),
    ]
    return card_message(scene, f"it is a one-way door for the {rung_said(rung)}. The memo comes next.", blocks)


def held_card(scene: Scene, verdict: Verdict) -> Message:
    """A gate failed: why, and the next step. Going on anyway is always possible, with a reason."""
    decision = scene.decision
    failed = verdict.failed
    said = f"It is a one-way door, held at {count(len(failed), 'gate')}."
    lead, primary, more = _next_step(scene, verdict)
    blocks = [
        *title_blocks(scene, "Held at a gate", says_next=True),
        section(f":raised_hand: *{said}*\n{gate_lines(scene, verdict)}"),
        context(f"Why one-way: {' '.join(sentence(scene.say(why), 300) for why in verdict.why)}"),
        divider(),
        *lead,
        actions(
            primary,
            *more,
            button("Go on anyway…", Act.OVERRIDE_OPEN, d=decision.id),
            change_select(scene),
            rename_button(scene),
            privacy_button(scene),
            withdraw_button(scene),
        ),
        context("“Go on anyway” takes a written reason. Your signers see it, and it is counted."),
    ]
    return card_message(scene, said, blocks)


def gate_lines(scene: Scene, verdict: Verdict) -> str:
    """The failed gates first; each with the reason that names its answer."""
    rows = sorted(verdict.gates, key=lambda gate: gate.passed)
    return "\n".join(_gate_line(scene, gate) for gate in rows)


def change_select(scene: Scene) -> Block | None:
    """Take up one answer again."""
    options = list(change_options(scene))
    return pick(Act.CHANGE, "Change an answer", options) if options else None


def rename_button(scene: Scene) -> Block:
    """The title, for as long as nobody has decided."""
    return button("Change the title…", Act.RENAME_OPEN, d=scene.decision.id)


def withdraw_button(scene: Scene) -> Block:
    return button("Withdraw…", Act.WITHDRAW_OPEN, d=scene.decision.id)


def _gate_line(scene: Scene, gate: Gate) -> str:
    return f"{'✓' if gate.passed else '✗'}  {sentence(scene.say(gate.finding), 600)}"


def _reason_lines(scene: Scene, verdict: Verdict) -> str:
    return "\n".join(f"•  {sentence(scene.say(why), 500)}" for why in verdict.why[:8])


def _look_day(scene: Scene) -> date:
    trial = scene.decision.answers.trial
    if trial and trial.possible and trial.ends and trial.ends > scene.setting.today:
        return trial.ends
    return learning_check_on(scene.setting.today, scene.policy)


def _who_signs(scene: Scene, rung: Rung) -> str:
    """The rung, who sits there, and the bar raiser where one is needed."""
    decision = scene.decision
    seated = [user for user in scene.ladder.seats.get(rung, ()) if user != decision.requester_id][:3]
    who = (
        f"{mentions(seated, 'or')} ({rung_said(rung)})"
        if seated
        else f"the {rung_said(rung)}, whom you name when you send it"
    )
    if not needs_bar_raiser(rung, decision.answers, scene.policy):
        return f"{who}."
    raiser = scene.ladder.bar_raiser(but=[decision.requester_id, *seated[:1]])
    return f"{who}, with {mention(raiser)} as bar raiser." if raiser else f"{who}, with a bar raiser beside them."


def _next_step(scene: Scene, verdict: Verdict) -> tuple[list[Block], Block | None, list[Block]]:
    """The next step in words, its primary button, and buttons that stand beside it."""
    if verdict.next_step is NextStep.TRY_BELOW:
        return _try_below(scene, verdict.below or Rung.PEER)
    if verdict.next_step is NextStep.GATHER_DATA:
        lead = (
            f"*{next_step(scene)}* Name the customer-impacting deadline that waiting blocks, or take the time it needs."
        )
        return [section(lead)], _answer_again_button(scene, Question.DEADLINE, "Name the deadline"), []
    question = Question.COMMITMENT if _only_commitment(verdict) else Question.COSTS
    label = "Look at the commitment again" if question is Question.COMMITMENT else "Look at the costs again"
    below = f"the {rung_said(verdict.below)}" if verdict.below else "your team"
    lead = f"*{next_step(scene)}* Waiting is cheaper than a mistake here: take the time, and decide it with {below}."
    if question is Question.COMMITMENT:
        lead = f"*{next_step(scene)}* No quarterly commitment is at stake: decide it with {below}."
    again = _answer_again_button(scene, question, label)
    if verdict.below is None:
        return [section(lead)], again, []
    ask = button(f"Ask {_whom(verdict.below)}…", Act.ASK_BELOW_OPEN, style="primary", d=scene.decision.id)
    return [section(lead)], ask, [_plain(again)]


def _only_commitment(verdict: Verdict) -> bool:
    return [gate.name.value for gate in verdict.failed] == ["commitment"]


def _answer_again_button(scene: Scene, question: Question, label: str) -> Block:
    return button(label, Act.BACK, style="primary", d=scene.decision.id, q=question.value)


def _whom(below: Rung) -> str:
    return "a peer" if below is Rung.PEER else f"the {rung_said(below)}"


def _plain(element: Block) -> Block:
    """A button beside the primary one."""
    return {key: value for key, value in element.items() if key != "style"}


def _try_below(scene: Scene, below: Rung) -> tuple[list[Block], Block | None, list[Block]]:
    decision = scene.decision
    asked = asked_below(decision)
    if asked:
        via = asked.note.startswith("asked on ") or any(event.what == "ask_below" for event in scene.history)
        if not via:
            said = f"*{next_step(scene)}* You asked {mention(asked.who)} ({rung_said(below)}), and have no answer yet."
            lead = [section(f"{said} I can send them the question, so that their answer shows up here.")]
            return lead, button("Send them the question…", Act.ASK_BELOW_OPEN, style="primary", d=decision.id), []
        here = " Their answer shows up here; nothing waits on you."
        lead = [section(f"*{next_step(scene)}* {mention(asked.who)} ({rung_said(below)}) has the question.{here}")]
        return lead, None, [button("Ask somebody else…", Act.ASK_BELOW_OPEN, d=decision.id)]
    decides = may_decide(below, decision.answers, scene.policy)
    why = "they may well decide it." if decides else "they advise, and may know how to try it small."
    said = f"*{next_step(scene)}* Ask {_whom(below)}: {why}"
    ready = f"\n{block_text(scene.below, 1500, quote=True)}" if scene.below else ""
    lead = [section(f"{said}{' The question is written:' if ready else ''}{ready}")]
    label = f"Ask {_whom(below)}…"
    return lead, button(label, Act.ASK_BELOW_OPEN, style="primary", d=decision.id), []
