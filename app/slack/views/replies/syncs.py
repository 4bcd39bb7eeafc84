"""What is said where a comment was typed."""

from app.slack.ids import Act
from app.slack.views.blocks import actions, button, section
from app.slack.views.scene import Message
from app.slack.views.text import inline


def remarked_reply(name: str, decision: int, remark: int) -> Message:
    """A reply in the thread was taken down as a comment; a tap makes more of it."""
    said = f"Taken down as your comment on {inline(name, 40)}. Does it have to be settled before you decide?"
    raise_it = button("Make it an open question", Act.REMARK_RAISE, d=decision, r=remark)
    return Message(said, [section(said), actions(raise_it)])
