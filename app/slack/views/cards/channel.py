"""The one line that a channel reads about a decision."""

from app.domain.lifecycle import OPEN, Status
from app.slack.ids import Act
from app.slack.views.blocks import button, context, section
from app.slack.views.parts.decision import STATUS_MARK, name_of, state_said
from app.slack.views.parts.looking_back import predicted_and_happened
from app.slack.views.parts.next_step import next_step
from app.slack.views.scene import Message, Scene
from app.slack.views.text import inline


def channel_card(scene: Scene) -> Message:
    """One line for everybody in the channel: the title, where it stands, who acts next. Never the memo.

    People are named, not mentioned: whoever has to act has a message of their own.
    """
    decision = scene.decision
    if decision.private:
        return Message(
            f"{decision.name} is private.",
            [context(f"{decision.name} is private. Its people find it in their messages.")],
        )
    mark = f"{STATUS_MARK[decision.status]} " if decision.status in STATUS_MARK else ""
    next_ = ""
    if decision.status in OPEN or decision.look_on or decision.status in (Status.APPROVED, Status.DEFLECTED):
        next_ = next_step(scene, lambda user: inline(name_of(scene, user), 80) or "somebody")
    line = f"{mark}*{decision.name}* {inline(decision.title, 300)}: *{state_said(decision)}*. {next_}".rstrip()
    came = (
        predicted_and_happened(scene, in_channel=True) if decision.status in (Status.REVIEWED, Status.LEARNED) else []
    )
    reads = scene.channel_reads and decision.memo is not None
    read = button("Read", Act.READ_HERE, d=decision.id) if reads else None
    said = f"{decision.name} {inline(decision.title, 150)}: {state_said(decision)}."
    return Message(said, [section(line, read), *came])
