"""A trade-off beside its decision: the sides, the experiment, the verdict, and what each can do next."""

from app.domain.lifecycle import Status
from app.domain.message_kinds import CardKind
from app.domain.tradeoffs.experiment import Plan
from app.domain.tradeoffs.middle import in_the_middle
from app.domain.tradeoffs.sides import speaks
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, section
from app.slack.views.parts.decision import on_day
from app.slack.views.scene import Message, Scene
from app.slack.views.text import block_text, day, escape, inline, mention, mentions
from app.words.tradeoffs.experiments import IN_THE_MIDDLE, effect_lines, rule_said, size_said, verdict_said
from app.words.tradeoffs.objectives import INTERNAL_REMARK

_ON_CARDS = (CardKind.REQUESTER, CardKind.SIGNER, CardKind.READER, CardKind.OWNER)
_ARGUED_IN = (Status.TRIAGE, Status.HELD)


def with_tradeoff(scene: Scene, kind: str, card: Message) -> Message:
    """A card with the trade-off about it, where there is one, and the way to open one."""
    if kind not in _ON_CARDS:
        return card
    rows = [*tradeoff_blocks(scene), *_buttons(scene, kind)]
    return Message(card.text, [*card.blocks, *rows]) if rows else card


def side_lines(scene: Scene) -> list[str]:
    """Each side with its objective, in its own words."""
    lines = []
    number = scene.decision.plans[-1].number if scene.decision.plans else None
    for side in scene.decision.sides:
        agreed = " :white_check_mark:" if number is not None and side.agreed_version == number else ""
        remark = f"\n_{INTERNAL_REMARK}_" if side.metric.internal else ""
        lines.append(f"•  {mention(side.user_id)}: {inline(side.objective, 400)}{agreed}{remark}")
    return lines


def plan_lines(plan: Plan) -> list[str]:
    """What is agreed to."""
    who = f" {inline(plan.who_sees, 200)}." if plan.who_sees else ""
    return [
        f"*Arms:* {', '.join(inline(arm, 60) for arm in plan.arms)}.{who}",
        f"*How many:* {escape(size_said(plan))}",
        f"*The rule:* {escape(rule_said(plan))[:900]}",
    ]


def tradeoff_blocks(scene: Scene) -> list[Block]:
    """The whole entry, as far as it has come."""
    decision, entry = scene.decision, scene.decision.tradeoff
    if entry is None:
        return []
    shared = f"\nShared: {inline(entry.shared, 300)}" if entry.shared else ""
    blocks = [section("\n".join([f"*Two teams disagree*{shared}", *side_lines(scene)])[:2900])]
    if decision.plans:
        blocks.append(
            section("\n".join([_state_said(scene), *plan_lines(decision.plans[-1].plan), *_late_lines(scene)])[:2900])
        )
    if decision.results:
        blocks.append(section(_result_said(scene)))
    if entry.closed_at is not None:
        blocks.append(section(_closed_said(scene)))
    return blocks


def _state_said(scene: Scene) -> str:
    decision = scene.decision
    entry, plan = decision.tradeoff, decision.plans[-1]
    waits = [side.user_id for side in decision.sides if side.agreed_version != plan.number]
    if entry is not None and entry.agreed_at is not None:
        runs = scene.today >= plan.plan.starts
        said = f"*Every side agreed on {on_day(scene, entry.agreed_at)}.*"
        return (
            f"{said} It runs, and is frozen." if runs else f"{said} It starts on {day(plan.plan.starts, scene.today)}."
        )
    return f"*The experiment waits for the yes of {mentions(waits)}.*"


def _late_lines(scene: Scene) -> list[str]:
    return [
        f":warning: *Changed while it ran*, {on_day(scene, one.at)}, {mention(one.author_id)}: {inline(one.why, 300)}"
        for one in scene.decision.plans
        if one.late
    ]


def _result_said(scene: Scene) -> str:
    decision = scene.decision
    plan, last = decision.plans[-1].plan, decision.results[-1]
    mended = f"\n:warning: *Mended after the verdict*: {inline(last.corrects, 300)}" if last.corrects else ""
    sources = ", ".join(dict.fromkeys(inline(one.source, 80) for one in last.results.rows))
    until = day(last.results.until, scene.today)
    lines = [f"*{escape(verdict_said(plan, last.verdict))}*{mended}"]
    lines += [f"•  {escape(line)}" for line in effect_lines(plan, last.verdict)]
    lines.append(f"Until {until}, from {sources}.")
    return "\n".join(lines)[:2900]


def _closed_said(scene: Scene) -> str:
    decision, entry = scene.decision, scene.decision.tradeoff
    assert entry is not None
    assert entry.closed_at is not None
    plan = decision.plans[-1].plan
    untested = not entry.arm or in_the_middle(entry.decided or "", plan.arms)
    lines = [
        f"*{mention(entry.closed_by or '')} closed it on {on_day(scene, entry.closed_at)}:*",
        block_text(entry.decided or "", 900, quote=True),
    ]
    if untested:
        lines.append(f":warning: {IN_THE_MIDDLE}")
    if entry.reasons:
        lines.append(f"Because: {block_text(entry.reasons, 900)}")
    if entry.revisit_on:
        lines.append(f"It is looked at again on *{day(entry.revisit_on, scene.today)}*.")
    return "\n".join(lines)[:2900]


def _buttons(scene: Scene, kind: str) -> list[Block]:
    decision, entry = scene.decision, scene.decision.tradeoff
    if scene.guest or decision.status not in _ARGUED_IN or not decision.title:
        return []
    if entry is None:
        mine = kind == CardKind.REQUESTER and decision.status in _ARGUED_IN
        return (
            [actions(button("Two teams disagree…", Act.TRADEOFF_OPEN, d=decision.id), block_id="tradeoff")]
            if mine
            else []
        )
    side = speaks(decision.sides, scene.viewer)
    if entry.closed_at is not None or (side is None and decision.requester_id != scene.viewer):
        return []
    return [actions(*next_buttons(scene), block_id="tradeoff")]


def next_buttons(scene: Scene) -> list[Block]:
    """What this viewer can do about it now, the next step first. None stands out: the triage above has a step of its
    own."""
    decision, entry = scene.decision, scene.decision.tradeoff
    id, row = decision.id, list[Block]()
    assert entry is not None
    side = speaks(decision.sides, scene.viewer)
    final = bool(decision.results and decision.results[-1].verdict.final)
    if not final and decision.plans and side is not None and side.agreed_version != decision.plans[-1].number:
        row.append(button("We agree to it", Act.TRADEOFF_AGREE, d=id, v=decision.plans[-1].number))
    if final and decision.requester_id == scene.viewer:
        row.append(button("Close the entry…", Act.TRADEOFF_CLOSE_OPEN, d=id))
    if entry.agreed_at is not None:
        label = "Mend the figures…" if final else "Put in the figures…"
        row.append(button(label, Act.TRADEOFF_RESULTS_OPEN, d=id))
    if not final:
        label = "Change the experiment…" if decision.plans else "Plan the experiment…"
        row.append(button(label, Act.TRADEOFF_PLAN_OPEN, d=id))
    if entry.agreed_at is None:
        row.append(button("Change the objectives…", Act.TRADEOFF_OPEN, d=id))
    return row
