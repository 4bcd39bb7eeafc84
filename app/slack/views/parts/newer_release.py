"""What is shown of a decision that a newer release knows more about than this one."""

from app.domain.stored_words import ANSWERED
from app.slack.views.blocks import section
from app.slack.views.scene import Message, Scene
from app.slack.views.text import inline


def in_newer_version(scene: Scene, *, title: bool) -> Message:
    """One sentence in place of a card or notice. ``title``: whether the reader may see it; a channel may not, where the
    decision was made private meanwhile."""
    decision = scene.decision
    about = f"*{decision.name}* {inline(decision.title, 200)}" if title and decision.title else f"*{decision.name}*"
    said = (
        f"It was {ANSWERED} of Threshold than the one that writes this. Whoever runs me is finishing an update, and "
        "then it is shown whole. Nothing is lost, and nobody else has to do anything."
    )
    return Message(f"{decision.name} was {ANSWERED}.", [section(f"{about}\n{said}")])
