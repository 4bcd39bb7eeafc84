"""The card of whoever decides a two-way door."""

from app.domain.lifecycle import Status
from app.domain.looking_back import Look
from app.domain.triage.doors import Door
from app.slack.ids import Act
from app.slack.views.blocks import actions, button, context, fields, section
from app.slack.views.parts.decision import card_message, door_said, on_day, state_said, title_blocks
from app.slack.views.parts.looking_back import predicted_and_happened
from app.slack.views.parts.next_step import next_step
from app.slack.views.scene import Message, Scene
from app.slack.views.text import day, inline, mention


def owner_card(scene: Scene) -> Message:
    decision = scene.decision
    on = day(decision.look_on, scene.today) if decision.look_on else "a day to be set"
    if decision.looks:
        row = decision.looks[-1]
        blocks = [
            *title_blocks(scene, "Closed"),
            section(f":mag: *Looked back on {on_day(scene, row.at)}*, by {mention(row.by)}."),
            *predicted_and_happened(scene),
        ]
        return card_message(scene, "the learning check is written.", blocks)
    if decision.status is not Status.DEFLECTED or decision.owner_id != scene.viewer:
        said = f"Nothing is asked of you here: it is {state_said(decision)}."
        return card_message(scene, said, [*title_blocks(scene, door_said(decision)), section(f"*{said}*")])
    from_ = f" {mention(decision.requester_id)} hands it to you." if decision.requester_id != scene.viewer else ""
    why = f"{from_} It can be undone, so no leader is needed."
    if decision.door is Door.ONE_WAY:
        why = f" You said so to {mention(decision.requester_id)}, and it stops here."
    blocks = [
        *title_blocks(scene, door_said(decision), says_next=True),
        section(f":leftwards_arrow_with_hook: *{next_step(scene)}*{why}"),
        fields(f"*Judged by*\n{inline(decision.metric or '', 600) or 'Nothing yet.'}", f"*Learning check*\n{on}"),
        actions(button("Learning check now…", Act.LOOK_OPEN, d=decision.id, look=Look.LEARNING.value)),
        context("On that day I will ask you three things: what did you choose, was it right, and what did you learn?"),
    ]
    return card_message(scene, f"you decide this. Learning check on {on}.", blocks)
