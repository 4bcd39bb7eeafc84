"""The card of the person on the rung below: the question, and two ways to answer it."""

from app.domain.answers import Attempt, Result
from app.domain.lifecycle import Status
from app.domain.triage.lowest_rung import floor
from app.slack.views.blocks import actions, context, section
from app.slack.views.cards.owner import owner_card
from app.slack.views.parts.asked_below import below_buttons, decides_below
from app.slack.views.parts.decision import card_message, named, state_said, title_blocks
from app.slack.views.parts.next_step import next_step
from app.slack.views.scene import Message, Scene
from app.slack.views.text import block_text, mention
from app.words.ladder import rung_said
from app.words.triage.verdict import question_for_below, waiting_costs


def asked_below_card(scene: Scene) -> Message:
    decision = scene.decision
    attempt = next((one for one in decision.answers.tried or () if one.who == scene.viewer), None)
    waits = decision.status is Status.HELD and attempt is not None and attempt.result is Result.NO_ANSWER
    if attempt is None or not waits:
        return _no_longer_asked(scene, attempt)
    question = _question_sent(scene, attempt)
    cost = _cost_of_waiting(scene)
    decides = decides_below(scene, attempt)
    asks = "asks: can you decide this?" if decides and "can you decide" not in question.lower() else "asks you:"
    lead = f":question: *{mention(decision.requester_id)} {asks}*"
    blocks = [
        *title_blocks(scene, f"A question to you as {rung_said(attempt.rung)}"),
        section(f"{lead}\n{block_text(question, 2000, quote=True)}"),
    ]
    if cost and cost not in question:
        blocks.append(context(f"Waiting costs {cost}."))
    blocks += [actions(*below_buttons(scene, attempt)), context(_what_helps(scene, attempt))]
    asked = "asks whether you can decide this" if decides else "asks what you would do"
    return card_message(
        scene,
        f"{mention(decision.requester_id)} {asked}.",
        blocks,
    )


def _what_helps(scene: Scene, attempt: Attempt) -> str:
    if scene.guest:
        return "You are a guest here, and only members decide. Give your advice, and it goes on."
    if decides_below(scene, attempt):
        return "Each answer helps. Deciding takes a sentence, and a line on what could go wrong."
    lowest = floor(scene.decision.answers, scene.policy)
    if attempt.rung < lowest:
        return f"The lowest rung that can decide this is the {rung_said(lowest)}; whoever decides reads your answer."
    return "You sit on no rung that decides this; whoever decides reads your answer."


def _question_sent(scene: Scene, attempt: Attempt) -> str:
    """The question as it was sent, raw."""
    decision = scene.decision
    sent = [e for e in scene.history if e.what == "ask_below" and e.detail.get("person") == scene.viewer]
    text = str(sent[-1].detail.get("text") or "") if sent else scene.below
    up = decision.verdict.rung if decision.verdict else None
    return text or question_for_below(decision.title, decision.answers, scene.setting, attempt.rung, up, scene.policy)


def _cost_of_waiting(scene: Scene) -> str:
    """What waiting costs, in money or on the scale; empty where nobody said."""
    costs = scene.decision.answers.costs
    return waiting_costs(costs) or f"{costs.delay_step or 1} of 5" if costs else ""


def _no_longer_asked(scene: Scene, attempt: Attempt | None) -> Message:
    decision = scene.decision
    if decision.owner_id == scene.viewer and decision.status in (Status.DEFLECTED, Status.LEARNED):
        return owner_card(scene)
    said = "This question is settled. Thank you."
    if attempt and attempt.result is Result.CANNOT_DECIDE:
        said = "You said that you can't decide this. Thank you: it goes on."
    elif attempt and attempt.result is Result.SHOWED_TWO_WAY:
        said = "You showed how to make it two-way. Thank you: the requester looks at the trial."
    elif attempt and attempt.result is Result.DISAGREE:
        said = "You two see it differently, so it goes on. Thank you."
    told = block_text(attempt.said, 900, quote=True) if attempt and attempt.said else ""
    blocks = [
        *title_blocks(scene, state_said(decision).capitalize(), says_next=True),
        section(f"*{said}*" + (f"\n{told}" if told else "")),
    ]
    blocks.append(context(next_step(scene, lambda user: named(scene, user))))
    return card_message(scene, said, blocks)
