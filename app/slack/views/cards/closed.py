"""What stands in a card's place for somebody who takes no part any more."""

from app.slack.views.blocks import context
from app.slack.views.scene import Message


def closed_card(name: str) -> Message:
    """``name``: of the decision. Its title is no longer theirs to read."""
    said = f"{name} is open to those who take part in it. You no longer do; its requester can let you read along."
    return Message(said, [context(said)])
