"""The policy subject by subject, the form of each, and what a change would mean before it is made."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.answers import Effect, Likelihood, Undo, UndoCost
from app.domain.ladder import RUNGS, Rung
from app.domain.policy.policy import Policy
from app.domain.policy.subjects import Subject
from app.domain.policy.table import (
    LONGEST_METRIC,
    LONGEST_NAME,
    LONGEST_PRINCIPLE,
    MOST_METRICS,
    MOST_PRINCIPLES,
    NOBODY,
    change_of,
)
from app.slack.ids import Act, Modal, pack
from app.slack.views.blocks import (
    LONGEST_INPUT,
    Block,
    Option,
    alert,
    button,
    checkboxes,
    context,
    input_,
    modal,
    radio,
    section,
    select,
    text_input,
)
from app.slack.views.scene import PolicyScene
from app.slack.views.text import mentions, sentence
from app.words.ladder import rung_said
from app.words.people import NO_KEEPER
from app.words.policy import NOTHING_YET, differences, said_of, subject_said
from app.words.policy_fields import ABOVE_PEER, MEMBERS, NOTHING_MORE, PARTICIPANTS, shown
from app.words.triage.answers import COST_SAID, EFFECT_SAID, LIKELIHOOD_SAID, UNDO_SAID

LONGEST_FIGURE = 60
Typed = Mapping[str, Any]


def policy_modal(scene: PolicyScene) -> Block:
    """What the policy says, and a button for each subject."""
    blocks = [section(f"*The policy of this workspace*, version {scene.version}"), *_who_decides(scene)]
    for subject in Subject:
        for effect in Effect if subject is Subject.EFFECT else (None,):
            title = sentence(subject_said(subject, effect), 150)
            lines = [f"•  {sentence(line, 600)}" for line in said_of(subject, effect, scene.policy)]
            packed: dict[str, Any] = {"s": subject.value} | ({"e": effect.value} if effect else {})
            change = button("Change", Act.POLICY_FORM_OPEN, suffix="-".join(packed.values()), **packed)
            blocks.append(section("\n".join([f"*{title}*", *lines]), change))
    blocks.append(
        context("The currency and its exchange rates are changed by whoever runs Threshold, with “threshold policy”.")
    )
    return modal(Modal.POLICY, "The policy", blocks)


LONGEST_VALUE = 2000
"""Characters of a button's value."""


def _try_it(scene: PolicyScene, after: Policy) -> list[Block]:
    """A keeper may see first what it would have done. What no button can carry is tried by “threshold replay”."""
    carried: dict[str, Any] = {"v": scene.version, "c": change_of(scene.policy, after)}
    if not scene.keeps or len(pack(**carried)) > LONGEST_VALUE:
        return []
    said = "What would it have done to the last year's decisions? The answer comes as a message."
    return [section(said, button("Try it", Act.POLICY_TRY, **carried))]


def _who_decides(scene: PolicyScene) -> list[Block]:
    if scene.keeps:
        return []
    if not scene.keepers:
        return [context(sentence(NO_KEEPER, 600))]
    who = mentions(list(scene.keepers[:8]), "or")
    return [context(f"You propose it: {who} decides, and you hear what became of it.")]


def policy_form_modal(
    scene: PolicyScene, subject: Subject, effect: Effect | None, typed: Typed | None = None, told: str = ""
) -> Block:
    """One subject's figures. ``typed``: what somebody made of them already, with what has to be said about it."""
    values: dict[str, Any] = dict(shown(subject, effect, scene.policy))
    if typed is not None:
        values = {name: typed.get(name) or type(value)() for name, value in values.items()}
    blocks = [alert(sentence(told, 600), "warning")] if told else []
    blocks += [section(f"*{sentence(subject_said(subject, effect), 150)}*\n{BEGINS[subject]}")]
    blocks += INPUTS[subject](values, scene.policy)
    packed: dict[str, Any] = {"s": subject.value, "v": scene.version} | ({"e": effect.value} if effect else {})
    return modal(Modal.POLICY_FORM, "Change the policy", blocks, submit="Next", **packed)


def policy_confirm_modal(scene: PolicyScene, after: Policy, told: str = "") -> Block:
    """What would change, in plain words, and what it means for what is open."""
    blocks = [alert(sentence(told, 600), "warning")] if told else []
    for one in differences(scene.policy, after):
        lines = [f"•  now: {sentence(line, 600)}" for line in one.after]
        lines += [f"•  {'before' if one.after else 'no longer'}: {sentence(line, 600)}" for line in one.before]
        blocks.append(section("\n".join([f"*{one.heading}*", *lines])))
    blocks.append(context(NOTHING_YET))
    blocks += [*_try_it(scene, after), *_who_decides(scene)]
    return modal(
        Modal.POLICY_CONFIRM, "This would change", blocks, submit="Set it" if scene.keeps else "Propose it",
        close="Back", v=scene.version, c=change_of(scene.policy, after),
    )  # fmt: skip


# ── the inputs of each subject ──────────────────────────────────────────────────────────────────────────

BEGINS = {
    Subject.TWO_WAY: "A door is two-way, clearly, that is undone so soon and for so little, with nothing lasting.",
    Subject.EFFECT: "The lowest rung that decides where this could not be taken back, by what a mistake would cost.",
    Subject.LOWEST: "The lowest rung that decides a one-way door, and where undoing it wants a higher one.",
    Subject.MISTAKE: "The lowest rung that decides, by what a mistake would cost, in money or on the scale of 1 to 5.",
    Subject.CLIMBING: "It climbs where waiting so long costs more than likelihood × mistake.",
    Subject.SIGNING: "How long a signer has, and where a bar raiser signs too.",
    Subject.LOOKING_BACK: "When Threshold asks how it went.",
    Subject.WRITING: "Which one-way doors are asked for a press release or a narrative, and what those serve.",
    Subject.WORTH: "By this the maps weigh teams that move different metrics. A metric without a line is shown apart.",
    Subject.READING: "What is private is read by those who take part alone. What you choose counts at once.",
    Subject.NAMES: "As people here say them, on every card and in every message. Empty: as Threshold says them.",
}


def _rungs(*rungs: Rung, nothing: str = "") -> list[Option]:
    more = [(nothing, NOTHING_MORE)] if nothing else []
    return more + [(_capital(rung_said(rung)), rung.value) for rung in rungs]


NOTHING = "No more than the lowest rung"


def _two_way(values: Typed, policy: Policy) -> Iterator[Block]:
    yield input_(
        "undo", "It can be undone", checkboxes([(_capital(UNDO_SAID[one]), one.value) for one in Undo], values["undo"]),
        optional=True,
    )  # fmt: skip
    yield input_(
        "cost", "Undoing it costs",
        checkboxes([(_capital(COST_SAID[one]), one.value) for one in UndoCost], values["cost"]), optional=True,
    )  # fmt: skip


def _effect(values: Typed, policy: Policy) -> Iterator[Block]:
    wanted = select(_rungs(*ABOVE_PEER, nothing=NOTHING), values["always"])
    yield input_("always", "Whatever a mistake costs, at least", wanted)
    yield from _amounts(values, policy)


def _amounts(values: Typed, policy: Policy) -> Iterator[Block]:
    for rung in ABOVE_PEER:
        name = f"from_{rung.value}"
        yield input_(
            name, f"{_capital(rung_said(rung))}, from a mistake of",
            text_input(values[name], placeholder=f"{policy.currency} 100k", max_length=LONGEST_FIGURE),
            hint=f"In {policy.currency}. Empty: no amount alone is the {rung_said(rung)}'s matter.", optional=True,
        )  # fmt: skip


def _lowest(values: Typed, policy: Policy) -> Iterator[Block]:
    yield input_("lowest", "Every one-way door, at least", select(_rungs(*ABOVE_PEER), values["lowest"]))
    for undo in Undo:
        name = f"undo_{undo.value}"
        yield input_(name, f"It can be undone {UNDO_SAID[undo]}", _wants(values[name]))
    for cost in UndoCost:
        name = f"cost_{cost.value}"
        yield input_(name, f"Undoing it costs {COST_SAID[cost]}", _wants(values[name]))


def _wants(chosen: str) -> Block:
    return select(_rungs(*ABOVE_PEER, nothing=NOTHING), chosen)


def _mistake(values: Typed, policy: Policy) -> Iterator[Block]:
    yield from _amounts(values, policy)
    for step in range(1, 6):
        yield input_(f"step_{step}", f"{step} of 5 on the scale", _wants(values[f"step_{step}"]))
    yield input_(
        "top_from", f"The {rung_said(Rung.SLT)} is in reach from a mistake of",
        text_input(values["top_from"], max_length=LONGEST_FIGURE),
        hint=f"In {policy.currency}; and only where a quarterly commitment is threatened.",
    )  # fmt: skip


def _climbing(values: Typed, policy: Policy) -> Iterator[Block]:
    yield _days("wait_days", "How long a decision waits that does not climb", values, "14, or two weeks")
    for one in Likelihood:
        name = f"odds_{one.value}"
        label = f"A mistake that is {LIKELIHOOD_SAID[one]} counts"
        yield input_(name, label, text_input(values[name], placeholder="30%", max_length=LONGEST_FIGURE))


def _signing(values: Typed, policy: Policy) -> Iterator[Block]:
    yield _days("sign_off_days", "Working days a signer has, where the memo names no date", values, "2")
    yield input_("below", "A bar raiser signs too below the", select(_rungs(*RUNGS), values["below"]))
    ticks = [(_capital(EFFECT_SAID[one]), one.value) for one in Effect]
    yield input_("for", "…and always for", checkboxes(ticks, values["for"]), optional=True)


def _looking_back(values: Typed, policy: Policy) -> Iterator[Block]:
    yield _days("learning_check_days", "A two-way door, so long after it was decided", values, "14, or two weeks")
    yield _days("review_days", "A one-way door, so long after it shipped", values, "28, or four weeks")


def _reading(values: Typed, policy: Policy) -> Iterator[Block]:
    options = [
        ("Members of the channel that was told of it, there", MEMBERS),
        ("Only those who take part", PARTICIPANTS),
    ]
    yield input_("reading", "Who reads a decision?", radio(options, values["reading"]))


def _days(name: str, label: str, values: Typed, example: str) -> Block:
    return input_(name, label, text_input(values[name], placeholder=example, max_length=LONGEST_FIGURE))


def _writing(values: Typed, policy: Policy) -> Iterator[Block]:
    rungs = [("None is asked for one", NOBODY), *_rungs(*ABOVE_PEER)]
    yield input_("document_from", "From this rung up", select(rungs, values["document_from"]))
    longest = MOST_PRINCIPLES * (LONGEST_PRINCIPLE + 1)
    lines = text_input(values["principles"], multiline=True, max_length=longest)
    yield input_(
        "principles", "Principles", lines, hint="One a line: a document says which of them it serves.", optional=True
    )


def _worth(values: Typed, policy: Policy) -> Iterator[Block]:
    longest = MOST_METRICS * (LONGEST_METRIC + 20)
    example = "conversion (points) = 50000\npage load (ms) = 20"
    lines = text_input(values["worth"], multiline=True, placeholder=example, max_length=min(longest, LONGEST_INPUT))
    hint = "One a line: the metric with its unit, as the maps name it, and what a unit of it is worth, in any measure."
    yield input_("worth", "What a unit is worth", lines, hint=hint, optional=True)


def _names(values: Typed, policy: Policy) -> Iterator[Block]:
    for rung in RUNGS:
        name, ours = f"name_{rung.value}", OURS[rung]
        yield input_(
            name, _capital(ours), text_input(values[name], placeholder=ours, max_length=LONGEST_NAME), optional=True
        )


OURS = {rung: {Rung.VP: "VP", Rung.SLT: "SLT"}.get(rung, rung.value) for rung in RUNGS}


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


INPUTS = {
    Subject.TWO_WAY: _two_way,
    Subject.EFFECT: _effect,
    Subject.LOWEST: _lowest,
    Subject.MISTAKE: _mistake,
    Subject.CLIMBING: _climbing,
    Subject.SIGNING: _signing,
    Subject.LOOKING_BACK: _looking_back,
    Subject.WRITING: _writing,
    Subject.WORTH: _worth,
    Subject.READING: _reading,
    Subject.NAMES: _names,
}
