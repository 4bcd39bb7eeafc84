"""What the assistant is at, and what it may be asked for."""

from collections.abc import Sequence

from app.domain.memo.checks import Check
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context
from app.slack.views.scene import Scene
from app.slack.views.text import count
from app.words.memo.parts import EXTRA_PARTS, PARTS

PART_TITLES = {part.key: part.title for part in (*PARTS, *EXTRA_PARTS)}


def assistant_row(scene: Scene, toned: Sequence[Check] = ()) -> list[Block]:
    """What the assistant is at, or may be asked for."""
    decision = scene.decision
    if scene.drafting:
        said = "The assistant is drafting. Its words will stand beside yours; nothing changes until you say so."
        return [context(said), actions(button("What would help?", Act.HELP_OPEN, d=decision.id))]
    offered = len(scene.suggestions)
    row: list[Block] = [button("What would help?", Act.HELP_OPEN, d=decision.id)]
    if offered:
        row.append(button(f"See {count(offered, 'suggestion')}", Act.SUGGESTIONS_OPEN, d=decision.id))
    elif scene.assistant:
        row.append(button("Draft it with the assistant", Act.ASSIST, d=decision.id))
        for check in toned[:2]:
            title = PART_TITLES[check.part or ""]
            label = f"Neutral words for “{title}”"
            row.append(button(label, Act.ASSIST, suffix=check.part, d=decision.id, part=check.part))
    return [actions(*row)]
