"""A trade-off's forms: the sides, the experiment, what it showed, what is decided."""

from datetime import timedelta

from app.domain.commitments import revisit_day
from app.domain.people.calendar import WorkingHours
from app.domain.people.working_time import hours_of
from app.domain.tradeoffs.experiment import measure_of
from app.domain.tradeoffs.sides import shown
from app.domain.tradeoffs.verdict import Outcome
from app.slack.ids import Modal, pack
from app.slack.views.blocks import (
    Block,
    channels_select,
    checkboxes,
    context,
    datepicker,
    input_,
    modal,
    section,
    select,
    text_input,
    users_select,
)
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.tradeoffs import plan_lines, side_lines
from app.slack.views.scene import Scene
from app.slack.views.text import escape, inline
from app.words.tradeoffs.experiments import measure_said, verdict_said

NO_ARM = "-"
_MOST_CARRIED = 2900
"""Characters of a form's private_metadata; Slack takes 3,000."""
_EXAMPLES = (
    "Boost ad click-through rate by 0.3 points",
    "Reduce latency for media uploads by 200 ms",
    "Increase same-day delivery adoption by 15%",
    "Keep checkout conversion above 4%",
)


def sides_modal(
    scene: Scene | None, me: str, *, title: str = "", channel: str = "", text: str = "", closed: bool = False
) -> Block:
    """Who disagrees, and about what each is: one sentence a team. Without a decision, the first field begins one."""
    standing = list(scene.decision.sides) if scene is not None else []
    blocks: list[Block] = []
    if scene is not None:
        blocks.append(section(titled(scene.decision.name, scene.decision.title, 300)))
    else:
        example = "How many ad slots does the product page have?"
        blocks.append(
            input_("title", "What do they disagree about?", text_input(title, placeholder=example, max_length=300))
        )
    for number in (1, 2, 3, 4):
        side = standing[number - 1] if number <= len(standing) else None
        user = side.user_id if side else me if number == 1 else None
        optional = number > 2
        blocks += [
            input_(
                f"objective_{number}",
                f"Side {number}: its objective, in one sentence",
                text_input(side.objective if side else None, placeholder=_EXAMPLES[number - 1], max_length=500),
                hint="It ends in a figure that a customer feels: which way, by how much." if number == 1 else None,
                optional=optional,
            ),
            input_(f"speaker_{number}", "Who speaks for it?", users_select(user, "Choose a person"), optional=optional),
        ]
    shared = scene.decision.tradeoff.shared if scene is not None and scene.decision.tradeoff else ""
    hint = "What all of them want for customers in the end."
    blocks.append(
        input_("shared", "The customer metric they share", text_input(shared, max_length=300), hint=hint, optional=True)
    )
    if scene is None:
        blocks += [
            input_(
                "channel", "Which channel hears of it?", channels_select(channel, "Choose a channel"),
                hint="Of its outcome; never what stands in it.", optional=True,
            ),
            input_(
                "private", "Who may know?",
                checkboxes([("Keep it private: only people who take part", "yes")]), optional=True,
            ),
        ]  # fmt: skip
        while len(pack(c=channel, text=text, closed=closed)) > _MOST_CARRIED:
            text = text[: len(text) * 3 // 4]
        return modal(Modal.TRADEOFF, "Two teams disagree", blocks, submit="Go on", c=channel, text=text, closed=closed)
    return modal(Modal.TRADEOFF, "Two teams disagree", blocks, submit="Go on", d=scene.decision.id)


def plan_modal(scene: Scene) -> Block:
    """The experiment that touches all of them, and its rule."""
    decision = scene.decision
    plan = decision.plans[-1].plan if decision.plans else None
    metrics = [measure_of(side.metric) for side in decision.sides]
    begun = plan.measures if plan else metrics
    lines = []
    for one in begun:
        line = measure_said(one)
        lines.append(
            line
            if one.today is not None
            else line.replace("; ", "; today ?; ", 1)
            if "; " in line
            else f"{line}; today ?"
        )
    starts = plan.starts if plan else scene.today + timedelta(days=1)
    frozen = bool(decision.tradeoff and decision.tradeoff.agreed_at and plan and scene.today >= plan.starts)
    blocks = [
        section("\n".join([titled(decision.name, decision.title, 300), *side_lines(scene)])),
        input_(
            "arms",
            "The arms, as it is today first",
            text_input(", ".join(plan.arms) if plan else None, placeholder="0, 1, 2, 3 slots", max_length=500),
        ),
        input_(
            "measures",
            "What is measured, and the rule",
            text_input("\n".join(lines), multiline=True),
            hint="A line each; the first decides. “today 4.2%” for a share, “today 2.40 ± 6.1” for a mean and its "
            "standard deviation; “matters from”, “may lose”: the loss nobody may exceed; “worth 40” instead of the "
            "order: what one unit is worth. Add lines for what may not suffer.",
        ),
        input_(
            "a_day",
            "How many customers a day, over all arms?",
            text_input(f"{plan.a_day:g}" if plan and plan.a_day else None, placeholder="12,000", max_length=20),
            hint="From it follows how long it runs, in whole weeks.",
        ),
        input_("starts", "First day", datepicker(starts)),
        input_(
            "who_sees",
            "Who sees what?",
            text_input(
                plan.who_sees if plan else None, placeholder="Everybody who opens a product page", max_length=300
            ),
            optional=True,
        ),
        input_("ends", "Last day", datepicker(None, "As long as it takes"), optional=True),
    ]
    if frozen:
        blocks.append(
            input_("why", "It runs. Why does it change?", text_input(multiline=True), hint="It stays marked.")
        )
    return modal(Modal.TRADEOFF_PLAN, "The experiment", blocks, submit="Ask every side", d=decision.id)


def results_modal(scene: Scene, rows: str) -> Block:
    """What the arms showed, as a table that can be pasted."""
    decision = scene.decision
    version = shown(decision)
    assert version is not None
    plan = version.plan
    final = decision.results[-1] if decision.results and decision.results[-1].verdict.final else None
    until = final.results.until if final else min(plan.ends, scene.today)
    blocks = [
        section("\n".join([titled(decision.name, decision.title, 300), *plan_lines(plan)])),
        input_(
            "rows",
            "The figures",
            text_input(rows, multiline=True),
            hint="As CSV. Counts: seen and hits; means: seen, mean, spread; or effect, low, high against the first "
            "arm, in the metric's unit. Each with its source.",
        ),
        input_("until", "The last day they count", datepicker(until)),
        input_(
            "stopped", "Has it ended?",
            checkboxes([("It was stopped: no more figures come", "yes")]), optional=True,
        ),
    ]  # fmt: skip
    if final is not None:
        blocks.append(
            input_("corrects", "What was mistyped?", text_input(multiline=True), hint="It stays marked; the days stay.")
        )
    return modal(Modal.TRADEOFF_RESULTS, "What it showed", blocks, submit="Put it in", d=decision.id)


def close_modal(scene: Scene) -> Block:
    """What is decided, which nobody has to argue about again until its day."""
    decision = scene.decision
    version, verdict = shown(decision), decision.results[-1].verdict
    assert version is not None
    plan = version.plan
    person = scene.people.get(scene.viewer)
    hours = hours_of(person) if person is not None else WorkingHours(scene.tz)
    arms = [(inline(arm, 70), arm[:75]) for arm in plan.arms] + [("None of these: no arm tested it", NO_ARM)]
    told = verdict.outcome is Outcome.THIS_ARM
    blocks = [
        section(f"{titled(decision.name, decision.title, 300)}\n*{escape(verdict_said(plan, verdict, version.late))}*"),
        input_("arm", "What is chosen?", select(arms, verdict.arm[:75] if told else None, "Choose an arm")),
        input_(
            "decided",
            "The guideline, in a sentence",
            text_input(multiline=True, placeholder="Product pages have one ad slot, and no more."),
        ),
        input_(
            "reasons",
            "Why, where the figures don't say it",
            text_input(multiline=True, placeholder="What tipped it, and what you take from those who differ."),
            hint="Then everybody is asked whether they commit, and it is looked at again in four to six weeks.",
            optional=told,
        ),
        input_("revisit", "When do we look again?", datepicker(revisit_day(scene.today, hours))),
        context("The entry closes with its date, the objectives, the experiment, its result and what is decided."),
    ]
    return modal(Modal.TRADEOFF_CLOSE, "Close the entry", blocks, submit="Close it", d=decision.id)
