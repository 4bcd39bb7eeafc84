"""Notices of a trade-off."""

from datetime import datetime

from app.domain.message_kinds import NoticeKind
from app.domain.tradeoffs.sides import shown, speaks, standing
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button
from app.slack.views.notices.kinds import Args, Notice, Said, card_button, how_it_ended, people_said, snooze_select
from app.slack.views.parts.tradeoffs import mended_lines, plan_lines, side_lines
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, day, escape, inline
from app.words.tradeoffs.experiments import OUTCOME_SAID, effect_lines, verdict_said


def _says_opened(scene: Scene, args: Args) -> Said:
    lines = [f"*{people_said(args)} opened a trade-off, and named you to speak for a side.*", *side_lines(scene)]
    then = "Next, an experiment that touches all of you: you are asked before it starts."
    return ["\n".join([*lines, then])[:2800], actions(card_button(scene))]


def _asks_to_agree(scene: Scene, args: Args) -> Said:
    decision = scene.decision
    if not decision.plans:
        return ["*You are asked to agree to an experiment.*"]
    plan = decision.plans[-1]
    if args.get("late"):
        asks = "asks whether your side agrees to change the experiment, which runs"
        then = f"Why: {inline(plan.why, 300)}\nUntil every side has said yes, what was agreed before counts."
    else:
        asks = "asks whether your side agrees to this experiment"
        then = "From its start it is frozen, and decides by its rule."
    lines = [f"*{people_said(args)} {asks}.* {then}"]
    row: list[Block] = []
    if not scene.guest:
        row.append(button("We agree to it", Act.TRADEOFF_AGREE, style="primary", d=decision.id, v=plan.number))
        row.append(button("Change the experiment…", Act.TRADEOFF_PLAN_OPEN, d=decision.id))
    return ["\n".join([*lines, *side_lines(scene), *plan_lines(plan.plan)])[:2800], actions(*row, card_button(scene))]


def _settles_agreed(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    side = speaks(decision.sides, scene.viewer)
    if side is None:
        return "Somebody else speaks for that side now."
    plan = decision.plans[-1] if decision.plans else None
    if plan is not None and plan.at > since:
        return "The experiment was changed since; you are asked anew below."
    if plan is not None and side.agreed_version == plan.number:
        return "You agreed to it."
    if decision.results and decision.results[-1].verdict.final:
        return "It has its verdict, by what every side had agreed to."
    return None if decision.tradeoff and decision.tradeoff.closed_at is None else how_it_ended(scene)


def _says_agreed(scene: Scene, args: Args) -> Said:
    version = shown(scene.decision)
    assert version is not None
    plan = version.plan
    starts, ends = day(plan.starts, scene.today), day(plan.ends, scene.today)
    if args.get("late"):
        said = f"*Every side agreed to the change.* It stays marked; its figures decide after {ends}."
        return [said, actions(card_button(scene))]
    said = f"*Every side agreed.* It starts on {starts}, and is frozen from then; its figures decide after {ends}."
    return [said, actions(card_button(scene))]


def _asks_for_figures(scene: Scene, args: Args) -> Said:
    decision = scene.decision
    return [
        "*The experiment has come to its planned end.* Put in what each arm showed: it decides once, by the rule that "
        "every side agreed to.",
        actions(
            button("Put in the figures…", Act.TRADEOFF_RESULTS_OPEN, "primary", d=decision.id), snooze_select(scene)
        ),
    ]


def _settles_figures(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    if decision.results and decision.results[-1].verdict.final:
        return f"Done: its verdict is “{OUTCOME_SAID.get(decision.results[-1].verdict.outcome, 'there')}”."
    if (stood := standing(decision)) is not None and stood.plan.ends >= scene.today:
        return "The experiment was changed since: it runs longer."
    return None if decision.tradeoff and decision.tradeoff.closed_at is None else how_it_ended(scene)


def _says_result(scene: Scene, args: Args) -> Said:
    decision = scene.decision
    version = shown(decision)
    if not decision.results or version is None:
        return ["*The experiment has a verdict.*"]
    plan, verdict = version.plan, decision.results[-1].verdict
    lines = [
        f"*{escape(verdict_said(plan, verdict, version.late))}*",
        *mended_lines(scene),
        *(f"•  {escape(line)}" for line in effect_lines(plan, verdict)),
    ]
    row = [card_button(scene)]
    if decision.requester_id == scene.viewer and decision.tradeoff and decision.tradeoff.closed_at is None:
        row.insert(0, button("Close the entry…", Act.TRADEOFF_CLOSE_OPEN, "primary", d=decision.id))
    return ["\n".join(lines)[:2800], actions(*row)]


def _settles_result(scene: Scene, _: int, since: datetime) -> str | None:
    decision = scene.decision
    entry = decision.tradeoff
    if entry is not None and entry.closed_at is not None:
        return "The entry is closed: the card says what was decided."
    if decision.requester_id != scene.viewer:
        return None
    return how_it_ended(scene) if entry is None else None


def _says_closed(scene: Scene, args: Args) -> Said:
    entry = scene.decision.tradeoff
    if entry is None or entry.closed_at is None:
        return ["*A trade-off was closed.*"]
    again = f"\nIt is looked at again on {day(entry.revisit_on, scene.today)}." if entry.revisit_on else ""
    said = f"*{people_said(args)} closed the trade-off.*\n{block_text(entry.decided or '', 900, quote=True)}{again}"
    return [said, actions(card_button(scene))]


def _says_due(scene: Scene, args: Args) -> Said:
    entry = scene.decision.tradeoff
    if entry is None or not entry.decided:
        return ["*A guideline is looked at again today.*"]
    said = "*Today is the day to look again at what the trade-off decided:*"
    then = "Does it still hold? Where it does not, another trade-off tests what would: “/escalate tradeoff”."
    return [f"{said}\n{block_text(entry.decided, 900, quote=True)}\n{then}", actions(card_button(scene))]


NOTICES = (
    Notice(NoticeKind.TRADEOFF_OPENED, _says_opened, None),
    Notice(NoticeKind.TRADEOFF_ASKED, _asks_to_agree, _settles_agreed),
    Notice(NoticeKind.TRADEOFF_AGREED, _says_agreed, None),
    Notice(NoticeKind.TRADEOFF_ENDED, _asks_for_figures, _settles_figures),
    Notice(NoticeKind.TRADEOFF_RESULT, _says_result, _settles_result),
    Notice(NoticeKind.TRADEOFF_CLOSED, _says_closed, None),
    Notice(NoticeKind.GUIDELINE_DUE, _says_due, None),
)
