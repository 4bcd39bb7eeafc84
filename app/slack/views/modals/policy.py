"""The policy subject by subject, the form of each, and what a change would mean before it is made."""

from collections.abc import Mapping
from typing import Any

from app.domain.answers import Effect
from app.domain.policy.policy import Policy
from app.domain.policy.subjects import Subject
from app.domain.policy.table import change_of
from app.slack.ids import Act, Modal, pack
from app.slack.views.blocks import (
    Block,
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
from app.words.people import NO_KEEPER
from app.words.policy import NOTHING_YET, differences, said_of, subject_said
from app.words.policy_fields import FORMS, shown
from app.words.policy_inputs import Choice, Input, Text, Ticks

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
    form = FORMS[subject]
    blocks += [section(f"*{sentence(subject_said(subject, effect), 150)}*\n{form.begins}")]
    blocks += [_drawn(one, values[one.name]) for one in form.inputs(scene.policy)]
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


def _drawn(one: Input, value: Any) -> Block:
    match one.takes:
        case Text(example=example, longest=longest, lines=lines):
            element = text_input(value, multiline=lines, placeholder=example, max_length=longest)
        case Choice(options=options, open=True):
            element = radio(options, value)
        case Choice(options=options):
            element = select(options, value)
        case Ticks(options=options):
            element = checkboxes(options, value)
    return input_(one.name, one.label, element, one.hint, one.optional)
