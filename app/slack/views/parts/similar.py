"""What was decided of this kind before, with what was predicted and what came: read, not concluded from."""

from collections.abc import Sequence

from app.domain.library.hits import Similar
from app.slack.views.blocks import Block, section
from app.slack.views.parts.hits import hit_said
from app.slack.views.parts.memo import prediction_line
from app.slack.views.scene import Scene
from app.slack.views.text import inline


def similar_blocks(scene: Scene, similar: Sequence[Similar], heading: str) -> list[Block]:
    """A section each. It is named, to be opened by its name: this stands on cards and in forms alike."""
    blocks: list[Block] = []
    for at, one in enumerate(similar):
        lines = [hit_said(one.hit, scene.today)]
        if line := prediction_line(scene, one.predicted):
            lines.append(f"Predicted: {line}")
        if one.happened.strip():
            lines.append(f"What came: {inline(one.happened, 240)}")
        said = "\n".join([f"*{heading}*", *lines] if not at else lines)
        blocks.append(section(said))
    return blocks
