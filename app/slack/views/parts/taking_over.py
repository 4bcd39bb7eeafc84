"""What is said and offered where the requester of a decision has left."""

from collections.abc import Mapping
from typing import Any

from app.domain.lifecycle import OPEN, Status
from app.domain.people.erased import has_left
from app.domain.permissions import may_take_over, waits_for_requester
from app.domain.policy.intervals import EXPIRES_AFTER
from app.slack.ids import Act
from app.slack.views.blocks import Block, button
from app.slack.views.parts.decision import deadline_day, has_left_workspace, on_day
from app.slack.views.scene import Scene
from app.slack.views.text import mention

_NEXT_STEPS = {
    Status.TRIAGE: "you finish the triage",
    Status.HELD: "you take the next step",
    Status.DRAFTING: "you write the memo and send it",
    Status.IN_REVIEW: "you answer for its memo",
    Status.NOT_YET: "you meet the condition",
    Status.DEFLECTED: "you decide it, and look back on it",
    Status.APPROVED: "you say when it shipped",
    Status.IMPLEMENTED: "you write the review",
    Status.DECLINED: "you look at the no again",
}


def requester_left_said(args: Mapping[str, Any]) -> str:
    """That they left: by name, unless they were erased and have none."""
    user = str(args.get("who") or "")
    return f"{'Its requester' if not user or has_left(user) else mention(user)} has left this workspace"


def taking_over_means(scene: Scene) -> str:
    """What whoever takes it over does next, and until when that can be done."""
    decision = scene.decision
    then = ""
    if decision.status is Status.IN_REVIEW:
        then = f" Its signers answer by {deadline_day(scene)}." if decision.deadline_at else ""
    elif decision.status in OPEN:
        then = f" If nobody does, it closes on {on_day(scene, decision.touched_at + EXPIRES_AFTER)}."
    return f"{_NEXT_STEPS.get(decision.status, 'you see it through')}.{then}"


def take_over_button(scene: Scene) -> Block | None:
    """The button for whoever may go on in place of a requester who has left; None for everybody else."""
    decision = scene.decision
    if not has_left_workspace(scene, decision.requester_id) or not waits_for_requester(decision):
        return None
    if not may_take_over(decision, scene.people.get(scene.viewer), scene.ladder, scene.policy):
        return None
    return button("Take it over", Act.TAKE_OVER, style="primary", d=decision.id)
