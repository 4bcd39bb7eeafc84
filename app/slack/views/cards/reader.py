"""The card of people who read along."""

from app.domain.lifecycle import UNDER_REVIEW
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, section
from app.slack.views.parts.decision import STATUS_MARK, card_message, named, state_said, title_blocks
from app.slack.views.parts.next_step import next_step
from app.slack.views.parts.signing import question_blocks
from app.slack.views.parts.taking_over import take_over_button
from app.slack.views.scene import Message, Scene


def reader_card(scene: Scene) -> Message:
    decision = scene.decision
    mark = f"{STATUS_MARK[decision.status]} " if decision.status in STATUS_MARK else ""
    blocks: list[Block] = [
        *title_blocks(scene, "You read along", says_next=True),
        section(f"{mark}*{state_said(decision).capitalize()}.* {next_step(scene, lambda user: named(scene, user))}"),
    ]
    if decision.status in UNDER_REVIEW:
        blocks += question_blocks(scene, "If you know the answer, write it.")
    row = [
        take_over_button(scene),
        button("Read the memo", Act.MEMO_READ, d=decision.id) if decision.memo is not None else None,
    ]
    if any(row):
        blocks.append(actions(*row))
    return card_message(scene, f"{state_said(decision)}.", blocks)
