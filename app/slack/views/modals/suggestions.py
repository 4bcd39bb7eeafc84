"""Choosing between your words and the assistant's: what stands now, what is suggested, where each sentence is from."""

from app.db.models import Suggestion
from app.domain.memo.parts import Memo
from app.slack.ids import Modal
from app.slack.views.blocks import Block, context, divider, input_, modal, radio, section, text_input
from app.slack.views.modals.memo import memo_from_values
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.memo_prefill import LONGEST_PART, prefilled_memo
from app.slack.views.parts.word_changes import changed_words
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, inline, listed
from app.words.memo.parts import EXTRA_PARTS, PARTS
from app.words.suggestions import NO_SOURCE, WHY_DROPPED

_MOST_CITED = 8
"""Sentences of one part whose sources are shown."""


def suggestions_modal(scene: Scene) -> Block:
    """Your words and the suggested ones, one above the other. Nothing changes before a choice is saved."""
    decision = scene.decision
    titles = {part.key: part.title for part in (*PARTS, *EXTRA_PARTS)}
    shown = [one for one in scene.suggestions if one.part in titles]
    if not shown:
        blocks = [section("There is no suggestion left to look at. The memo is as you wrote it.")]
        return modal(Modal.SUGGESTIONS, "Suggestions", blocks, d=decision.id)
    standing = decision.memo or memo_from_values(prefilled_memo(scene))
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        context("Drafted from your answers and your text. Nothing changes until you choose and save."),
    ]
    for one in shown:
        blocks += _suggestion_blocks(one, titles[one.part], standing)
    return modal(
        Modal.SUGGESTIONS, "Suggestions", blocks, submit="Save my choice", d=decision.id, v=decision.memo_version
    )


def _suggestion_blocks(one: Suggestion, title: str, standing: Memo) -> list[Block]:
    """Yours is what stands now: what you wrote since it was suggested, or what your answers began."""
    yours = str(getattr(standing, one.part))
    shown = block_text(yours, 2900, quote=True) if yours.strip() else "> _Nothing written yet_"
    blocks = [divider(), section(f"*{title}*"), section(f"Yours\n{shown}")]
    if yours.strip() != one.original.strip():
        blocks.append(context("You have changed this part since the assistant read it."))
    words = text_input(one.text[:LONGEST_PART], multiline=True, max_length=LONGEST_PART)
    blocks.append(input_(f"words_{one.part}", "Suggested; change it as you like", words, optional=True))
    if changes := changed_words(yours, one.text):
        blocks.append(context(f"What would change: {changes}"))
    blocks += [*_cited(one), *_left_out(one)]
    choice = radio([("Keep mine", "keep"), ("Take the suggested words", "take")], "keep")
    blocks.append(input_(f"part_{one.part}", f"{title}: which one?", choice))
    return blocks


def _cited(one: Suggestion) -> list[Block]:
    """Where each sentence comes from: its message, opened by its link, or the answer it rests on."""
    lines = []
    for sentence in (one.cited or [])[:_MOST_CITED]:
        sources = [_source(source) for source in sentence.get("sources") or []]
        said = f"from {listed(sources)}" if sources else NO_SOURCE
        lines.append(f"“{inline(str(sentence.get('text') or ''), 80)}”: {said}")
    return [context("\n".join(lines))] if lines else []


def _source(source: dict[str, str]) -> str:
    label = inline(str(source.get("label") or "a message"), 60)
    link = str(source.get("link") or "")
    opens = link.startswith("https://") and not set(link) & set("<>|\n ")
    return f"<{link}|{label}>" if opens and "|" not in label else label


def _left_out(one: Suggestion) -> list[Block]:
    blocks: list[Block] = []
    if one.struck:
        figures = ", ".join(inline(str(figure), 40) for figure in one.struck[:10])
        blocks.append(context(f"Left out, because the source it names does not say it: {figures}"))
    if one.dropped:
        lines = [
            f"“{inline(str(gone.get('text') or ''), 120)}”: {WHY_DROPPED.get(str(gone.get('why')), NO_SOURCE)}"
            for gone in one.dropped[:4]
        ]
        blocks.append(context("Left out:\n" + "\n".join(lines)))
    return blocks
