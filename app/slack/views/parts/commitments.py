"""Dissent and commitment, as cards, pages and forms show them alike: verbatim, and silence as silence."""

from app.db.models import Dissent, OverDissent
from app.domain.commitments import DISSENTED_IN, Pledge, committed, decider, may_dissent, silent
from app.domain.message_kinds import CardKind
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, section
from app.slack.views.parts.decision import on_day
from app.slack.views.scene import Message, Scene
from app.slack.views.text import block_text, count, day, inline, mention, mentions
from app.words.commitments import DEGREES, RESULT_SAID
from app.words.looking_back import RIGHT_SAID

_ON_CARDS = (CardKind.REQUESTER, CardKind.SIGNER, CardKind.READER, CardKind.OWNER)
_MOST_ON_A_CARD = 6
_ROOM = 400
"""Characters of each on a card; the page has all of them, whole."""


def with_dissent(scene: Scene, kind: str, card: Message) -> Message:
    """A card with who differs and why, who commits, and the way to say so."""
    if kind not in _ON_CARDS:
        return card
    rows = [*dissent_blocks(scene, _ROOM, _MOST_ON_A_CARD), *_buttons(scene)]
    return Message(card.text, [*card.blocks, *rows]) if rows else card


def dissent_blocks(scene: Scene, room: int = 2600, most: int = 12) -> list[Block]:
    """Who differs, in their own words; what was decided over it, who commits, and what came of looking again."""
    decision = scene.decision
    if not decision.dissents and not decision.overs:
        return []
    lines = [dissent_said(scene, one, room) for one in decision.dissents[-most:]]
    more = len(decision.dissents) - most
    blocks = _in_sections("*Who sees it differently*", lines) if lines else []
    if more > 0:
        blocks.append(section(f"and {count(more, 'earlier one')}, on the page"))
    for over in decision.overs:
        blocks += _over_blocks(scene, over, room)
    return blocks


def _in_sections(title: str, lines: list[str]) -> list[Block]:
    """As few sections as hold them."""
    blocks, text = [], title
    for line in lines:
        if len(text) + len(line) > 2800:
            blocks.append(section(text))
            text = line
        else:
            text = f"{text}\n{line}"
    return [*blocks, section(text)]


def dissent_said(scene: Scene, one: Dissent, room: int) -> str:
    words = DEGREES.get(one.degree)
    said = words.says if words else "differs"
    right = f" Looking back: {RIGHT_SAID[one.was_right].split(',')[0]}." if one.was_right in RIGHT_SAID else ""
    who = f":left_speech_bubble: {mention(one.user_id)} *{said}* ({on_day(scene, one.at)}).{right}"
    return f"{who}\n{block_text(one.text, room, quote=True)}"


def _over_blocks(scene: Scene, over: OverDissent, room: int) -> list[Block]:
    decision = scene.decision
    yes, all_ = committed(decision.commitments)
    lines = [
        f"*Decided over it by {mention(over.by)} on {on_day(scene, over.at)}*",
        block_text(over.decided, room, quote=True),
        f"Because: {block_text(over.reasons, room)}",
    ]
    if all_:
        lines.append(f"{yes} of {all_} commit." + _others_said(scene))
    if over.result is None:
        lines.append(f"It is looked at again on *{day(over.revisit_on, scene.today)}*.")
    else:
        at = f" on {on_day(scene, over.revisited_at)}" if over.revisited_at else ""
        next_ = f": D-{over.next_number}" if over.next_number else ""
        lines.append(f"*Looked at again{at}: {RESULT_SAID.get(over.result, 'written')}{next_}.*")
        if over.evidence:
            lines.append(f"Before its day, because: {block_text(over.evidence, room)}")
        lines.append(block_text(over.happened or "", room, quote=True))
    return _in_sections(lines[0], lines[1:])


def _others_said(scene: Scene) -> str:
    """Who can't, and who has said nothing: as it is."""
    pledges = scene.decision.commitments
    said = "".join(
        f"\n{mention(one.user_id)} can't: “{inline(one.said, 300)}”"
        + (f" (to be settled by {day(one.until, scene.today)})" if one.until else "")
        for one in pledges
        if one.answer is Pledge.CANNOT
    )
    quiet = silent(pledges)
    return said + (f"\nNo answer from {mentions(quiet[:10])}." if quiet else "")


def _buttons(scene: Scene) -> list[Block]:
    decision, viewer = scene.decision, scene.viewer
    row: list[Block] = []
    asked = next((one for one in decision.commitments if one.user_id == viewer), None)
    if decider(decision) == viewer and decision.dissents and not decision.overs and not scene.guest:
        row.append(button("State what was decided…", Act.STATE_OPEN, style="primary", d=decision.id))
    if asked is not None and decision.revisit_on is not None and not scene.guest:
        if asked.answer is not Pledge.COMMIT:
            row.append(button("I commit", Act.COMMIT, d=decision.id))
        if asked.answer is None:
            row.append(button("I can't, because…", Act.CANNOT_OPEN, d=decision.id))
    if decision.overs and decision.revisit_on is not None and decision.overs[-1].by == viewer and not scene.guest:
        row.append(button("Look at it again…", Act.AGAIN_OPEN, d=decision.id))
    if viewer in may_dissent(decision) and decision.status in DISSENTED_IN:
        row.append(button("I see it differently…", Act.DISSENT_OPEN, d=decision.id))
    return [actions(*row, block_id="dissent")] if row else []
