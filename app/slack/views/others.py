"""Cards for everybody else: the rung below, the owner, the channel, and people who read along."""

from app.domain.answers import Attempt, Result
from app.domain.lifecycle import OPEN, Status
from app.domain.looking_back import Look
from app.domain.triage.verdict import Door
from app.slack.ids import Act
from app.slack.views.kit import Block, actions, button, context, fields, section
from app.slack.views.left import take_over
from app.slack.views.parts import (
    UNDER_REVIEW,
    acts_next,
    against,
    door,
    message,
    name_of,
    named,
    on_day,
    question_blocks,
    state,
    top,
)
from app.slack.views.scene import Message, Scene
from app.slack.views.words import block_text, day, inline, mention
from app.words.triage.verdict import question_for_below, waiting_costs

MARK = {
    Status.HELD: ":raised_hand:",
    Status.DRAFTING: ":memo:",
    Status.IN_REVIEW: ":hourglass_flowing_sand:",
    Status.NOT_YET: ":large_yellow_circle:",
    Status.APPROVED: ":white_check_mark:",
    Status.DECLINED: ":no_entry:",
    Status.IMPLEMENTED: ":package:",
    Status.DEFLECTED: ":leftwards_arrow_with_hook:",
    Status.LEARNED: ":mag:",
    Status.REVIEWED: ":mag:",
}


# ── the person on the rung below ────────────────────────────────────────────────────────────────────────


def asked(scene: Scene) -> Message:
    decision = scene.decision
    attempt = next((one for one in decision.answers.tried or () if one.who == scene.viewer), None)
    waits = decision.status is Status.HELD and attempt is not None and attempt.result is Result.NO_ANSWER
    if attempt is None or not waits:
        return _no_longer_asked(scene, attempt)
    question = _question(scene)
    cost = _waiting(scene)
    asks = "asks you:" if "can you decide" in question.lower() else "asks: can you decide this?"
    lead = f":question: *{mention(decision.requester_id)} {asks}*"
    blocks = [
        *top(scene, f"A question to you as {attempt.rung.said}"),
        section(f"{lead}\n{block_text(question, 2000, quote=True)}"),
    ]
    if cost and cost not in question:
        blocks.append(context(f"Waiting costs {cost}."))
    blocks += [
        actions(
            None if scene.guest else button("I can decide this…", Act.BELOW_CAN_OPEN, style="primary", d=decision.id),
            button("I can't decide this…", Act.BELOW_CANNOT_OPEN, d=decision.id),
        ),
        context(
            "You are a guest here, and only members decide. Say that you can't, and it goes on."
            if scene.guest
            else "Either answer helps."
        ),
    ]
    return message(scene, f"{mention(decision.requester_id)} asks whether you can decide this.", blocks)


def _question(scene: Scene) -> str:
    """The question as it was sent, raw."""
    decision = scene.decision
    sent = [e for e in scene.history if e.what == "ask_below" and e.detail.get("person") == scene.viewer]
    text = str(sent[-1].detail.get("text") or "") if sent else scene.below
    up = decision.verdict.rung if decision.verdict else None
    return text or question_for_below(decision.title, decision.answers, scene.setting, up)


def _waiting(scene: Scene) -> str:
    """What waiting costs, in money or on the scale; empty where nobody said."""
    costs = scene.decision.answers.costs
    return waiting_costs(costs) or f"{costs.delay_step or 1} of 5" if costs else ""


def _no_longer_asked(scene: Scene, attempt: Attempt | None) -> Message:
    decision = scene.decision
    if decision.owner_id == scene.viewer and decision.status in (Status.DEFLECTED, Status.LEARNED):
        return owner(scene)
    said = "This question is settled. Thank you."
    if attempt and attempt.result is Result.CANNOT_DECIDE:
        said = "You said that you can't decide this. Thank you: it goes on."
    elif attempt and attempt.result is Result.DISAGREE:
        said = "You two see it differently, so it goes on. Thank you."
    told = block_text(attempt.said, 900, quote=True) if attempt and attempt.said else ""
    blocks = [*top(scene, state(decision).capitalize()), section(f"*{said}*" + (f"\n{told}" if told else ""))]
    blocks.append(context(acts_next(scene, lambda user: named(scene, user))))
    return message(scene, said, blocks)


# ── the owner of a two-way door ─────────────────────────────────────────────────────────────────────────


def owner(scene: Scene) -> Message:
    decision = scene.decision
    on = day(decision.look_on, scene.today) if decision.look_on else "a day to be set"
    if decision.looks:
        row = decision.looks[-1]
        blocks = [
            *top(scene, "Closed"),
            section(f":mag: *Looked back on {on_day(scene, row.at)}*, by {mention(row.by)}."),
            *against(scene),
        ]
        return message(scene, "the learning check is written.", blocks)
    if decision.status is not Status.DEFLECTED or decision.owner_id != scene.viewer:
        said = f"Nothing is asked of you here: it is {state(decision)}."
        return message(scene, said, [*top(scene, door(decision)), section(f"*{said}*")])
    from_ = f" {mention(decision.requester_id)} hands it to you." if decision.requester_id != scene.viewer else ""
    why = f"{from_} It can be undone, so no leader is needed."
    if decision.door is Door.ONE_WAY:
        why = f" You said so to {mention(decision.requester_id)}, and it stops here."
    blocks = [
        *top(scene, door(decision)),
        section(f":leftwards_arrow_with_hook: *You decide this.*{why}"),
        fields(f"*Judged by*\n{inline(decision.metric or '', 600) or 'Nothing yet.'}", f"*Learning check*\n{on}"),
        actions(button("Learning check now…", Act.LOOK_OPEN, d=decision.id, look=Look.LEARNING.value)),
        context("On that day I will ask you two things: was it right, and what did you learn?"),
    ]
    return message(scene, f"you decide this. Learning check on {on}.", blocks)


# ── the channel ─────────────────────────────────────────────────────────────────────────────────────────


def status(scene: Scene) -> Message:
    """One line for everybody in the channel: the title, where it stands, who acts next. Never the memo.

    People are named, not mentioned: whoever has to act has a message of their own.
    """
    decision = scene.decision
    if decision.private:
        return Message(
            f"{decision.name} is private.",
            [context(f"{decision.name} is private. Its people find it in their messages.")],
        )
    mark = f"{MARK[decision.status]} " if decision.status in MARK else ""
    next_ = ""
    if decision.status in OPEN or decision.look_on or decision.status in (Status.APPROVED, Status.DEFLECTED):
        next_ = acts_next(scene, lambda user: inline(name_of(scene, user), 80) or "somebody")
    line = f"{mark}*{decision.name}* {inline(decision.title, 300)}: *{state(decision)}*. {next_}".rstrip()
    return Message(f"{decision.name} {inline(decision.title, 150)}: {state(decision)}.", [section(line)])


# ── people who read along ───────────────────────────────────────────────────────────────────────────────


def reader(scene: Scene) -> Message:
    decision = scene.decision
    mark = f"{MARK[decision.status]} " if decision.status in MARK else ""
    blocks: list[Block] = [
        *top(scene, "You read along"),
        section(f"{mark}*{state(decision).capitalize()}.* {acts_next(scene, lambda user: named(scene, user))}"),
    ]
    if decision.status in UNDER_REVIEW:
        blocks += question_blocks(scene, "If you know the answer, write it.")
    row = [
        take_over(scene),
        button("Read the memo", Act.MEMO_READ, d=decision.id) if decision.memo is not None else None,
    ]
    if any(row):
        blocks.append(actions(*row))
    return message(scene, f"{state(decision)}.", blocks)
