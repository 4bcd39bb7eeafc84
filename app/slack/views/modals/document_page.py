"""A published document on a page, for everybody who takes part."""

from app.domain.writing.document import Document
from app.slack.ids import Act, Modal
from app.slack.views.blocks import Block, actions, button, context, divider, header, modal, section
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.pieces import pieces
from app.slack.views.parts.writing import checks_of, named_in
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, count, inline, mention, moment, sentence
from app.words.writing.checks import say
from app.words.writing.page import Part, parts_of
from app.words.writing.sections import KIND_SAID

_MOST_ROWS = 20
_MOST_BLOCKS = 90
_MOST_ADVICE = 8


def document_page_modal(scene: Scene) -> Block:
    """The version that was published last, whole. Nothing to submit."""
    decision = scene.decision
    document = decision.document
    assert document is not None
    title = document.headline or decision.title
    top = header(title) if 0 < len(title) <= 150 else section(f"*{inline(title, 600)}*")
    blocks = [top, context(_facts_said(scene, document))]
    for part in parts_of(document, scene.today, lambda quote: named_in(scene, quote)):
        blocks += _part_blocks(part)
    tail = [*_advice(scene, document), divider(), context(_versions_said(scene)), _buttons(scene)]
    room = _MOST_BLOCKS - len(tail)
    if len(blocks) > room:
        blocks = [*blocks[:room], context("It goes on: the export has all of it.")]
    return modal(Modal.DOCUMENT_PAGE, KIND_SAID[document.kind].capitalize(), [*blocks, *tail], d=decision.id)


def _facts_said(scene: Scene, document: Document) -> str:
    decision = scene.decision
    said = [titled(decision.name, decision.title, 150), f"version {decision.document_version}"]
    if document.principle:
        said.append(f"serves “{inline(document.principle, 100)}”")
    return "  ·  ".join(said)


def _part_blocks(part: Part) -> list[Block]:
    blocks: list[Block] = []
    first, *rest = pieces(part.text) or [""]
    if first:
        blocks.append(section(f"*{part.title}*\n{block_text(first, 2900)}"))
        blocks += [section(block_text(one, 2900)) for one in rest]
    else:
        blocks.append(section(f"*{part.title}*"))
    blocks += [section(f"{block_text(words, 900, quote=True)}\n_{inline(whose, 300)}_") for words, whose in part.quotes]
    for row in part.rows[:_MOST_ROWS]:
        cells = [f"{label}: {inline(cell, 300) or 'not named'}" for label, cell in zip(part.head, row, strict=True)]
        blocks.append(section(f"•  *{inline(row[0], 300)}*\n{'  ·  '.join(cells[1:])}"))
    if len(part.rows) > _MOST_ROWS:
        blocks.append(context(f"and {count(len(part.rows) - _MOST_ROWS, 'more line')}"))
    for question, answer in part.pairs:
        first, *rest = pieces(answer) or [""]
        blocks.append(section(f"*{inline(question, 300)}*\n{block_text(first, 2500)}"))
        blocks += [section(block_text(one, 2900)) for one in rest]
    return blocks


def _advice(scene: Scene, document: Document) -> list[Block]:
    failed = [one for one in checks_of(scene, document) if not one.passed]
    if not failed:
        return [
            divider(),
            context("Checked: complete, the customer first, every figure with a source, three outcomes."),
        ]
    lines = "\n".join(f"•  {sentence(say(one, scene.setting.today), 250)}" for one in failed[:_MOST_ADVICE])
    return [divider(), section("*What a careful reader would ask*"), context(lines)]


def _versions_said(scene: Scene) -> str:
    latest = list(reversed(scene.decision.documents))[:5]
    return "\n".join(f"Version {one.number} by {mention(one.author_id)}, {moment(one.created_at)}" for one in latest)


def _buttons(scene: Scene) -> Block:
    id = scene.decision.id
    return actions(
        button("Take it along as Markdown", Act.DOCUMENT_EXPORT, suffix="md", d=id, as_="md"),
        button("As a Word file", Act.DOCUMENT_EXPORT, suffix="docx", d=id, as_="docx"),
    )
