"""A channel's digest: only what can be acted on, most urgent first, and what was settled since the last one."""

from collections.abc import Sequence
from typing import Any

from app.slack.ids import COMMAND
from app.slack.views.blocks import Block, container, context, divider, header, section
from app.slack.views.parts.decision_line import titled
from app.slack.views.scene import DigestLine, DigestScene, Message
from app.slack.views.text import count, day, inline
from app.words.insights import waited_said
from app.words.who_acts_next import next_step

MOST_LINES = 30
"""Open decisions that are named; the rest is counted. Keeps the message below 9,000 characters."""
MOST_SETTLED = 8
MOST_CHILDREN = 10
"""Blocks in a container."""
MOST_IN_TEXT = 10
"""Decisions named in the text of a message that older clients can't draw."""
WAITING = "Waiting"
_TITLE = 90


def digest_message(scene: DigestScene, *, containers: bool = False) -> Message:
    """The message for the channel. It names who acts next and notifies nobody: signers are reminded on their own.

    ``containers``: each group folds away, where the workspace takes such blocks. Clients that don't know them show the
    text, which then holds what is urgent.
    """
    late, soon, rest = totals = scene.totals or (len(scene.overdue), len(scene.this_week), len(scene.waiting))
    groups = [
        ("Overdue", scene.overdue, late),
        ("Due this week", scene.this_week, soon),
        (WAITING, scene.waiting, rest),
    ]
    total = sum(totals)
    blocks: list[Block] = [header(f"Open decisions, {day(scene.today, scene.today)}")]
    if not total:
        blocks.append(section("Nothing is open here. No decision waits for anybody."))
    left = MOST_LINES
    for title, lines, of in groups:
        blocks += _group(title, lines[:left], of, scene, containers=containers)
        left -= min(left, len(lines))
    if total > MOST_LINES:
        blocks.append(context(f"and {total - MOST_LINES} more: `{COMMAND} list`"))
    blocks += _settled_blocks(scene)
    text = _notification(late, total)
    if containers and total:
        urgent = [*scene.overdue, *scene.this_week][:MOST_IN_TEXT]
        text = "\n".join([text, *(_line(line, scene).replace("\n", " ") for line in urgent)])
    return Message(text, blocks)


def numbers_in(scene: DigestScene) -> tuple[int, ...]:
    """The decisions that stand in it by name, as their numbers."""
    open_ = [*scene.overdue, *scene.this_week, *scene.waiting][:MOST_LINES]
    return tuple(int(line.name.removeprefix("D-")) for line in [*open_, *scene.decided[:MOST_SETTLED]])


def without(said: Block, name: str) -> Block:
    """A digest as Slack gives it back (``text`` and ``blocks``), with the title and next step of one decision taken
    out. What else it said stays as it was said."""
    return {"text": _without(str(said.get("text") or ""), name), "blocks": _clean(said.get("blocks") or [], name)}


def _clean(value: Any, name: str) -> Any:
    if isinstance(value, list):
        return [_clean(one, name) for one in value]
    if isinstance(value, dict):
        return {
            key: _without(one, name) if key == "text" and isinstance(one, str) else _clean(one, name)
            for key, one in value.items()
        }
    return value


def _without(text: str, name: str) -> str:
    lines: list[str] = []
    hidden = False
    for line in text.split("\n"):
        hidden = hidden and line.startswith("→ ")  # the step of the one above
        if line.startswith(f"*{name}*"):
            hidden = True
            lines.append(f"*{name}* is private.")
        elif not hidden:
            lines.append(line)
    return "\n".join(lines)


def _group(title: str, lines: Sequence[DigestLine], total: int, scene: DigestScene, *, containers: bool) -> list[Block]:
    """A section a decision, so that they stand apart; what merely waits is folded away, where that can be."""
    if not lines:
        return []
    titled_ = f"{title} ({total})"
    said = [_line(line, scene) for line in lines]
    if not containers:
        return [section(f"*{titled_}*"), *map(section, said)]
    each = -(-len(said) // MOST_CHILDREN)  # decisions in one section: one, unless there are more than it may hold
    children = [section("\n".join(said[at : at + each])) for at in range(0, len(said), each)]
    return [container(titled_, children, collapsed=title == WAITING)]


def _line(line: DigestLine, scene: DigestScene) -> str:
    def call(user: str) -> str:
        return f"*{inline(scene.names.get(user) or 'somebody', 40)}*"

    step = next_step(line.step, scene.today, call, dated=lambda day: f"*{day}*")
    return f"{titled(line.name, line.title, _TITLE)}\n→ {step}"


def _settled_blocks(scene: DigestScene) -> list[Block]:
    """Deflected is counted, not named: those decisions are their team's own."""
    blocks: list[Block] = []
    if scene.decided:
        named = [
            f"{titled(line.name, line.title, _TITLE)}: {line.status.value}" for line in scene.decided[:MOST_SETTLED]
        ]
        more = len(scene.decided) - MOST_SETTLED
        lines = [f"*Decided since the last digest ({len(scene.decided)})*", *named]
        blocks.append(section("\n".join(lines + ([f"and {more} more"] if more > 0 else []))))
    said = []
    if scene.deflected:
        back = "went back to the team that owns it" if scene.deflected == 1 else "went back to the teams that own them"
        said.append(f"{count(scene.deflected, 'two-way door')} {back}.")
    if scene.waited is not None and (scene.decided or scene.deflected):
        said.append(waited_said(scene.waited))
    if said:
        blocks.append(context(" ".join(said)))
    return [divider(), *blocks] if blocks else []


def _notification(overdue: int, total: int) -> str:
    """What a notification says."""
    if not total:
        return "Nothing is open here. No decision waits for anybody."
    late = f", {overdue} overdue" if overdue else ""
    return f"{count(total, 'open decision')}{late}. See who acts next."
