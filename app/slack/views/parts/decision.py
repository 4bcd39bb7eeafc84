"""What every surface shows of a decision alike: its title, where it stands, its days and its people."""

from datetime import datetime

from app.db.models import Decision
from app.domain.lifecycle import Status
from app.domain.people.calendar import zone
from app.domain.triage.doors import Door
from app.slack.ids import Act
from app.slack.views.blocks import Block, button, context, header, section
from app.slack.views.parts.next_step import next_act, next_step
from app.slack.views.scene import Message, Scene
from app.slack.views.text import day, inline, mention
from app.words.states import STATUS_SAID

STATUS_MARK = {
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


def title_blocks(scene: Scene, note: str, *, says_next: bool = False) -> list[Block]:
    """The title, and below it quietly its name, where it stands, and who acts next. ``says_next``: the card says that
    itself."""
    decision = scene.decision
    title = decision.title or "A new decision"
    shown = header(title) if len(title) <= 150 else section(f"*{inline(title, 600)}*")
    lines = [" · ".join(filter(None, [decision.name, note, "private" if decision.private else ""]))]
    if not says_next and next_act(scene).act is not None:
        lines.append(f"→ {next_step(scene, lambda user: named(scene, user))}")
    return [shown, context("\n".join(lines))]


def privacy_button(scene: Scene) -> Block:
    """Who may know can be changed at any time."""
    decision = scene.decision
    return button(
        "Make it public" if decision.private else "Make it private", Act.PRIVATE, d=decision.id, on=not decision.private
    )


def card_message(scene: Scene, said: str, blocks: list[Block]) -> Message:
    """``said`` is what a notification reads out, after the decision's name and title."""
    decision = scene.decision
    title = f" {inline(decision.title, 150)}" if decision.title else ""
    return Message(f"{decision.name}{title}: {said}", blocks)


def door_said(decision: Decision) -> str:
    """Which door it was that the team keeps: a person below may also have taken a one-way one."""
    return "Decided below" if decision.door is Door.ONE_WAY else "Two-way door"


def on_day(scene: Scene, at: datetime) -> str:
    """The day a moment falls on, where the viewer is."""
    return day(at.astimezone(zone(scene.tz)).date(), scene.today)


def deadline_day(scene: Scene, at: datetime | None = None) -> str:
    """The day the signers are asked for, the same for every reader; empty while there is none. ``at``: that of another
    date than the one that stands."""
    decision = scene.decision
    if at is not None and at != decision.deadline_at:
        return on_day(scene, at)
    if decision.deadline_on is not None:
        return day(decision.deadline_on, scene.today)
    return on_day(scene, decision.deadline_at) if decision.deadline_at else ""


def name_of(scene: Scene, user: str) -> str:
    """A person's name in plain text, raw; empty where Slack has not told us."""
    person = scene.people.get(user)
    return person.name if person else ""


def has_left_workspace(scene: Scene, user: str) -> bool:
    """Whether somebody has left the workspace, as far as Slack has told us."""
    person = scene.people.get(user)
    return person is not None and not person.active


def named(scene: Scene, user: str) -> str:
    """A person by name, so that nobody is paged; a mention where the name is not known."""
    name = name_of(scene, user)
    return inline(name, 80) if name else mention(user)


def state_said(decision: Decision) -> str:
    """Where it stands, in words."""
    return STATUS_SAID[decision.status]
