"""Help with the memo that needs no model: questions to named people, what a bar raiser would ask, one page, a start."""

from collections.abc import Sequence

from app.domain import helping
from app.domain.library.hits import Similar
from app.domain.memo.parts import Memo
from app.domain.signing.signoff import needs_bar_raiser
from app.slack.ids import Act, Modal
from app.slack.views.blocks import Block, actions, button, context, divider, modal, section
from app.slack.views.modals.memo import memo_from_values
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.memo_prefill import prefilled_memo
from app.slack.views.parts.similar import similar_blocks
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, count, mention, sentence
from app.words import helping as words
from app.words.memo.parts import PARTS

_MOST = 8
"""Questions of one kind that are shown: who reads more of them answers none."""
_TITLES = {part.key: part.title for part in PARTS}


def help_modal(scene: Scene, similar: Sequence[Similar] = ()) -> Block:
    """Everything follows from the checks and the record; no model is asked. ``similar``: what was decided of this kind
    before, as far as the viewer may see it."""
    decision = scene.decision
    memo = decision.memo or memo_from_values(prefilled_memo(scene))
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        context("From your answers and the checks alone. Nothing here changes the memo."),
        *_missing(scene, memo),
        *_raised(scene, memo),
        *_before(scene, similar),
        *_page(scene, memo),
        *_starters(scene, memo),
        actions(button("Write the memo", Act.MEMO_OPEN, style="primary", d=decision.id)),
    ]
    return modal(Modal.READ, "What would help", blocks, d=decision.id)


def _missing(scene: Scene, memo: Memo) -> list[Block]:
    decision = scene.decision
    found = helping.missing(
        memo, decision.answers, decision.ladder or scene.ladder,
        requester=decision.requester_id, owner=decision.owner_id, rung=decision.rung,
        writers={one.get("user", ""): one.get("text", "") for one in decision.source_messages or ()},
        today=scene.setting.today,
    )  # fmt: skip
    if not found:
        return [divider(), section("*What is missing*\nNothing that a check can find.")]
    lines = [f"•  {_person(scene, one.to)}: {sentence(words.question(one), 300)}" for one in found[:_MOST]]
    return [divider(), section("\n".join(["*What is missing, and who knows it*", *lines, *_more(len(found))]))]


def _person(scene: Scene, user: str) -> str:
    return "You" if user == scene.viewer else mention(user)


def _more(many: int) -> list[str]:
    return [f"•  and {count(many - _MOST, 'more')}"] if many > _MOST else []


def _raised(scene: Scene, memo: Memo) -> list[Block]:
    """In the name of the bar raiser who will read it, where there is one."""
    decision = scene.decision
    if decision.verdict is None:
        return []
    raiser = scene.ladder.bar_raiser(but=[decision.requester_id])
    named = bool(raiser) and decision.rung is not None
    reads = named and needs_bar_raiser(decision.rung or decision.verdict.rung, decision.answers, scene.policy)  # type: ignore[arg-type]
    who = mention(raiser) if reads and raiser else "a bar raiser"
    found = helping.raised(memo, decision.answers, decision.verdict.gates, scene.policy, today=scene.setting.today)
    lines = [
        f"•  {sentence(words.asked(one, lambda one: scene.say(one.gate.finding) if one.gate else ''), 400)}"
        for one in found[:_MOST]
    ]
    return [divider(), section("\n".join([f"*What {who} would ask*", *lines, *_more(len(found))]))]


def _before(scene: Scene, similar: Sequence[Similar]) -> list[Block]:
    if not similar:
        return []
    heading = "Similar past decisions, with what was predicted and what came"
    return [divider(), *similar_blocks(scene, similar, heading)]


def _page(scene: Scene, memo: Memo) -> list[Block]:
    """The difference: what stays, and struck through what would go behind a link."""
    cuts = helping.cut_to_a_page(memo, today=scene.setting.today)
    if not cuts:
        return []
    blocks = [divider(), section("*Cut to one page*\nWhat is struck through may go behind a link.")]
    for cut in cuts:
        gone = "\n".join(f"~{_unstruck(one)}~" for one in cut.moved)
        blocks.append(section(f"*{_TITLES[cut.part]}*\n{block_text(cut.kept, 1200, quote=True)}\n{gone[:1500]}"))
    return blocks


def _unstruck(text: str) -> str:
    return block_text(text.replace("~", "").replace("\n", " "), 400)


def _starters(scene: Scene, memo: Memo) -> list[Block]:
    effects = helping.starters(scene.decision.answers)
    if not effects or memo.premortem.strip():
        return []
    lines = [f"•  {sentence(words.start_of(effect), 300)}" for effect in effects]
    return [divider(), section("\n".join(["*A pre-mortem may begin*", *lines]))]
