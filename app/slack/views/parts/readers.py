"""Who reads along, where everybody who takes part can see it."""

from app.domain.permissions import may_add_readers, reading_along
from app.slack.ids import Act
from app.slack.views.blocks import Block, button, section
from app.slack.views.scene import Scene
from app.slack.views.text import mentions

MOST = 20


def readers_blocks(scene: Scene) -> list[Block]:
    """One line, with the way to take somebody out for those who may; nothing where nobody reads along."""
    decision = scene.decision
    found = reading_along(decision)
    if not found:
        return []
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    may = scene.viewer in may_add_readers(decision).users
    out = button("Take somebody out…", Act.READER_OUT_OPEN, d=decision.id) if may else None
    return [section(f"*Reads along:* {mentions(found[:MOST])}{more}", out)]
