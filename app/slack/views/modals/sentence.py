"""One sentence in a modal's place."""

from app.slack.ids import Modal
from app.slack.views.blocks import Block, modal, section
from app.slack.views.text import sentence


def sentence_modal(title: str, sentence_: str) -> Block:
    """One sentence; nothing to submit."""
    return modal(Modal.TOLD, title, [section(sentence(sentence_))])
