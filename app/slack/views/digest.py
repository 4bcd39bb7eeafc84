"""A channel's digest: only what can be acted on, most urgent first, and what was settled since the last one."""

from collections.abc import Sequence

from app.slack.ids import COMMAND
from app.slack.views.blocks import Block, context, divider, header, section
from app.slack.views.parts.decision_line import titled
from app.slack.views.scene import DigestLine, DigestScene, Message
from app.slack.views.text import count, day, inline
from app.words.next_step import next_step

MOST_LINES = 30
"""Open decisions that are named; the rest is counted. Keeps the message below 9,000 characters."""
MOST_SETTLED = 8
_TITLE = 90


def digest_message(scene: DigestScene) -> Message:
    """The message for the channel. It names who acts next and notifies nobody: signers are reminded on their own."""
    late, soon, rest = totals = scene.totals or (len(scene.overdue), len(scene.this_week), len(scene.waiting))
    groups = [
        ("Overdue", scene.overdue, late),
        ("Due this week", scene.this_week, soon),
        ("Waiting", scene.waiting, rest),
    ]
    total = sum(totals)
    blocks: list[Block] = [header(f"Open decisions, {day(scene.today, scene.today)}")]
    if not total:
        blocks.append(section("Nothing is open here. No decision waits for anybody."))
    left = MOST_LINES
    for title, lines, of in groups:
        blocks += _group(title, lines[:left], of, scene)
        left -= min(left, len(lines))
    if total > MOST_LINES:
        blocks.append(context(f"and {total - MOST_LINES} more: `{COMMAND} list`"))
    blocks += _settled_blocks(scene)
    return Message(_notification(late, total), blocks)


def _group(title: str, lines: Sequence[DigestLine], total: int, scene: DigestScene) -> list[Block]:
    """A section a decision, so that they stand apart."""
    if not lines:
        return []
    return [section(f"*{title} ({total})*"), *(section(_line(line, scene)) for line in lines)]


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
    if scene.waited_days is not None:
        said.append(f"From start to decision: {wait_said(scene.waited_days)} (median).")
    if said:
        blocks.append(context(" ".join(said)))
    return [divider(), *blocks] if blocks else []


def wait_said(days: float) -> str:
    """A wait in days as people say it: ``5 hours``, ``2.5 days``."""
    if days < 1:
        hours = round(days * 24)
        return count(hours, "hour") if hours else "less than an hour"
    rounded = f"{days:.1f}".removesuffix(".0")
    return f"{rounded} {'day' if rounded == '1' else 'days'}"


def _notification(overdue: int, total: int) -> str:
    """What a notification says."""
    if not total:
        return "Nothing is open here. No decision waits for anybody."
    late = f", {overdue} overdue" if overdue else ""
    return f"{count(total, 'open decision')}{late}. See who acts next."
