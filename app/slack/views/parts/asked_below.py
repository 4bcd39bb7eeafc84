"""What whoever was asked on the rung below may answer: the same buttons on their card and on a reminder."""

from app.domain.answers import Attempt
from app.domain.permissions import check_decides
from app.domain.triage.lowest_rung import floor
from app.slack.ids import Act
from app.slack.views.blocks import Block, button
from app.slack.views.scene import Scene


def decides_below(scene: Scene, attempt: Attempt) -> bool:
    """Whether the viewer may decide what they were asked: by policy, and by where they sit."""
    decision = scene.decision
    gone = {user for user, person in scene.people.items() if not person.active or person.guest or person.bot}
    lowest = floor(decision.answers, scene.policy)
    asker = decision.requester_id
    return not scene.guest and (
        check_decides(scene.viewer, attempt.rung, lowest, scene.ladder, requester=asker, gone=gone) is None
    )


def below_buttons(scene: Scene, attempt: Attempt) -> list[Block]:
    id = scene.decision.id
    decides = decides_below(scene, attempt)
    found = [button("I decide this…", Act.BELOW_CAN_OPEN, style="primary", d=id)] if decides else []
    return [
        *found,
        button("I can't decide this…" if decides else "My advice…", Act.BELOW_CANNOT_OPEN, d=id),
        button("It can be made two-way…", Act.BELOW_TWO_WAY_OPEN, d=id),
        button("I disagree…", Act.BELOW_DISAGREE_OPEN, d=id),
    ]
