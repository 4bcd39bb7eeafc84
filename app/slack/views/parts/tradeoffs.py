"""A trade-off beside its decision: the sides, the experiment, the verdict, and what each can do next."""

from app.domain.lifecycle import Status
from app.domain.message_kinds import CardKind
from app.domain.tradeoffs.experiment import Plan
from app.domain.tradeoffs.middle import in_the_middle
from app.domain.tradeoffs.sides import proposed, shown, speaks, standing
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, section
from app.slack.views.parts.decision import on_day
from app.slack.views.scene import Message, Scene
from app.slack.views.text import block_text, day, escape, inline, mention, mentions
from app.words.tradeoffs.experiments import (
    IN_THE_MIDDLE,
    UNTESTED,
    effect_lines,
    measure_said,
    rule_said,
    size_said,
    verdict_said,
)
from app.words.tradeoffs.objectives import INTERNAL_REMARK

_ON_CARDS = (CardKind.REQUESTER, CardKind.SIGNER, CardKind.READER, CardKind.OWNER)
_OPENED_IN = (Status.TRIAGE, Status.HELD)
_RESTS_IN = (Status.WITHDRAWN, Status.EXPIRED)


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
        agreed = "  ✓ agreed" if number is not None and side.agreed_version == number else ""
        remark = f"\n_{INTERNAL_REMARK}_" if side.metric.internal else ""
        lines.append(f"•  {mention(side.user_id)}: {inline(side.objective, 400)}{agreed}{remark}")
    return lines


def plan_lines(plan: Plan) -> list[str]:
    """What is agreed to."""
    who = f" {inline(plan.who_sees, 200)}." if plan.who_sees else ""
    return [
        f"*Arms:* {', '.join(inline(arm, 60) for arm in plan.arms)}.{who}",
        f"*How many:* {escape(size_said(plan))}",
        *(f"*Measured:* {inline(measure_said(one), 300)}" for one in plan.measures),
        f"*The rule:* {escape(rule_said(plan))[:900]}",
    ]


def tradeoff_blocks(scene: Scene) -> list[Block]:
    """The whole entry, as far as it has come."""
    decision, entry = scene.decision, scene.decision.tradeoff
    if entry is None:
        return []
    shared = f"\nShared: {inline(entry.shared, 300)}" if entry.shared else ""
    blocks = [section("\n".join([f"*Two teams disagree*{shared}", *side_lines(scene)])[:2900])]
    if version := shown(decision):
        blocks.append(section("\n".join([_state_said(scene), *plan_lines(version.plan), *_late_lines(scene)])[:2900]))
    if decision.results:
        blocks.append(section(_result_said(scene)))
    if entry.closed_at is not None:
        blocks.append(section(_closed_said(scene)))
    return blocks


def _state_said(scene: Scene) -> str:
    decision = scene.decision
    entry, plan = decision.tradeoff, standing(decision)
    if entry is not None and entry.agreed_at is not None and plan is not None:
        runs = scene.today >= plan.plan.starts
        said = f"*Every side agreed on {on_day(scene, entry.agreed_at)}.*"
        return (
            f"{said} It runs, and is frozen." if runs else f"{said} It starts on {day(plan.plan.starts, scene.today)}."
        )
    if not decision.plans[-1].late and scene.today > decision.plans[-1].plan.starts:
        return "*Its first day has passed before every side agreed.* Plan it with a first day still to come."
    return f"*The experiment waits for the yes of {mentions(waits_for(scene))}.*"


def waits_for(scene: Scene) -> list[str]:
    """Who has not said yes to what was written last."""
    decision = scene.decision
    number = decision.plans[-1].number if decision.plans else None
    return [side.user_id for side in decision.sides if side.agreed_version != number]


def _late_lines(scene: Scene) -> list[str]:
    change = proposed(scene.decision)
    lines = [
        f":warning: *Changed while it ran*, {on_day(scene, one.at)}, {mention(one.author_id)}: {inline(one.why, 300)}"
        for one in scene.decision.plans
        if one.late and one is not change
    ]
    if change is None:
        return lines
    who, when = mention(change.author_id), on_day(scene, change.at)
    waits = f"It waits for the yes of {mentions(waits_for(scene))}; until then what stands above counts."
    said = f":warning: *A change is asked for while it runs*, {when}, {who}: {inline(change.why, 300)}\n{waits}"
    return [*lines, said, *plan_lines(change.plan)]


def _result_said(scene: Scene) -> str:
    decision = scene.decision
    last, version = decision.results[-1], shown(decision)
    assert version is not None
    plan = version.plan
    sources = ", ".join(dict.fromkeys(inline(one.source, 80) for one in last.results.rows))
    until = day(last.results.until, scene.today)
    lines = [f"*{escape(verdict_said(plan, last.verdict, version.late))}*", *mended_lines(scene)]
    lines += [f"•  {escape(line)}" for line in effect_lines(plan, last.verdict)]
    lines.append(f"Until {until}, from {sources}.")
    return "\n".join(lines)[:2900]


def mended_lines(scene: Scene) -> list[str]:
    """Whatever was mended after a verdict stays marked."""
    mended = [one.corrects for one in scene.decision.results if one.corrects]
    return [f":warning: *Mended after the verdict*: {inline(one, 300)}" for one in mended]


def _closed_said(scene: Scene) -> str:
    decision, entry = scene.decision, scene.decision.tradeoff
    assert entry is not None
    assert entry.closed_at is not None
    version = shown(decision)
    middle = in_the_middle(entry.decided or "", version.plan.arms if version else ())
    lines = [
        f"*{mention(entry.closed_by or '')} closed it on {on_day(scene, entry.closed_at)}:*",
        block_text(entry.decided or "", 900, quote=True),
    ]
    if middle or not entry.arm:
        lines.append(f":warning: {IN_THE_MIDDLE if middle else UNTESTED}")
    if entry.reasons:
        lines.append(f"Because: {block_text(entry.reasons, 900)}")
    if entry.revisit_on:
        lines.append(f"It is looked at again on *{day(entry.revisit_on, scene.today)}*.")
    return "\n".join(lines)[:2900]


def _buttons(scene: Scene, kind: str) -> list[Block]:
    decision, entry = scene.decision, scene.decision.tradeoff
    if scene.guest or decision.status in _RESTS_IN or not decision.title:
        return []
    if entry is None:
        mine = kind == CardKind.REQUESTER and decision.status in _OPENED_IN
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
    last = decision.plans[-1] if decision.plans else None
    passed = last is not None and not last.late and scene.today > last.plan.starts
    if not final and last is not None and not passed and side is not None and side.agreed_version != last.number:
        row.append(button("We agree to it", Act.TRADEOFF_AGREE, d=id, v=last.number))
    if final and decision.requester_id == scene.viewer:
        row.append(button("Close the entry…", Act.TRADEOFF_CLOSE_OPEN, d=id))
    if entry.agreed_at is not None:
        label = "Mend the figures…" if final else "Put in the figures…"
        row.append(button(label, Act.TRADEOFF_RESULTS_OPEN, d=id))
    if not final:
        label = "Change the experiment…" if decision.plans else "Plan the experiment…"
        row.append(button(label, Act.TRADEOFF_PLAN_OPEN, d=id))
    if entry.agreed_at is None and decision.status in _OPENED_IN:
        row.append(button("Change the objectives…", Act.TRADEOFF_OPEN, d=id))
    return row
