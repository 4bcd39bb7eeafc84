"""Home: what waits on you, what is yours, and what you still have to look back on."""

from collections.abc import Sequence
from typing import Any

from app.db.models import Decision
from app.domain import stored_words
from app.domain.people.calendar import weekend_of
from app.domain.who_acts_next import who_acts_next
from app.slack.ids import COMMAND, Act
from app.slack.views.blocks import Block, actions, button, context, divider, header, input_, section, text_input
from app.slack.views.parts.decision_line import open_button, said_in_list, standing_in_list, titled
from app.slack.views.scene import HomeScene
from app.slack.views.text import inline
from app.words.working_time import summary

MOST_ROWS = 16
"""Rows of one list. Three full lists stay well below Slack's hundred blocks."""


def home_view(scene: HomeScene) -> dict[str, Any]:
    """The view of Home, for ``views.publish``."""
    waiting, mine, looks = scene.totals or (len(scene.waiting), len(scene.mine), len(scene.looks))
    starts = "" if scene.guest else f" {_COMMAND} starts a decision from anywhere."
    blocks: list[Block] = [
        section(
            "*Most decisions open both ways.* Threshold finds those that don't, and helps you carry them to the "
            "lowest rung that can decide.",
        ),
        context(GUESTS)
        if scene.guest
        else actions(
            button("Start a decision", Act.START_OPEN, style="primary"), button("Write it first…", Act.WRITE_START)
        ),
        find_field(),
        *_list("Waiting on you", scene.waiting, waiting, _nothing_waits(scene), scene),
        *_list("Yours", scene.mine, mine, f"You have nothing open.{starts}", scene),
        *_list(
            "To look back on",
            scene.looks,
            looks,
            "Nothing to look back on yet. It starts once something is decided.",
            scene,
        ),
        divider(),
        *_working_time(scene),
        *_reminders(scene.muted),
    ]
    return {"type": "home", "blocks": blocks}


GUESTS = "You are a guest here: members start decisions, and you read along where they add you."
_COMMAND = f"`{COMMAND}`"
_NO_LOOKS = "Nothing to look back on yet. It starts once something is decided."


def find_field() -> Block:
    """One field, and Enter: what was decided before."""
    element = {
        **text_input(placeholder="return window, price of the small plan, …", max_length=300),
        "action_id": Act.FIND.value,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    block = input_("words", "Was it decided before?", element, "Type a few words and press Enter.", optional=True)
    return {**block, "dispatch_action": True}


def _nothing_waits(scene: HomeScene) -> str:
    """Nobody waits; but what is theirs may still need them."""
    acting = any(
        scene.viewer in who_acts_next(standing_in_list(decision, scene.standings, scene.tz), scene.today).who
        for decision in scene.mine
        if not stored_words.within(decision.status)
    )
    return "Nobody else waits on you." if acting else "Nothing waits on you. Enjoy the quiet."


def _list(title: str, decisions: Sequence[Decision], total: int, empty: str, scene: HomeScene) -> list[Block]:
    shown = decisions[:MOST_ROWS]
    more = total - len(shown)
    blocks = [header(f"{title} ({total})" if total else title)]
    blocks += [_row(decision, scene) for decision in shown] or [context(empty)]
    if more > 0:
        blocks.append(context(f"and {more} more: `{COMMAND} list`"))
    return blocks


def _row(decision: Decision, scene: HomeScene) -> Block:
    step = said_in_list(decision, scene.standings, scene.viewer, scene.today, scene.tz)
    return section(f"{titled(decision.name, decision.title)}\n{step}", open_button(decision, scene.viewer))


def _working_time(scene: HomeScene) -> list[Block]:
    """Reminders come in working time; when that is can be changed."""
    if scene.hours is None:
        return []
    told = summary(scene.hours, weekend_of(scene.hours, scene.today))
    text = f"You hear from me in your working time: {inline(told, 300)}."
    return [section(text, button("Change…", Act.HOURS_OPEN))]


def _reminders(muted: bool) -> list[Block]:
    """Optional reminders can be switched off; those that somebody waits for can't."""
    said = (
        "Optional reminders are *off*. You still hear when"
        if muted
        else "Optional reminders are *on*. Off, you hear only when"
    )
    text = f"{said} somebody waits for your answer or a deadline has passed."
    return [section(text, button("Switch on" if muted else "Switch off", Act.MUTE, on=not muted))]
