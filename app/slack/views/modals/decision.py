"""A decision as it opens from Home and from a list: what its card shows, with what can be answered, in one place."""

from app.domain.signing.signoff import Answer
from app.slack.ids import Act, Modal
from app.slack.views.blocks import Block, button, divider, input_, modal, text_input
from app.slack.views.cards.elsewhere import card_of_viewer
from app.slack.views.cards.registry import render_card
from app.slack.views.cards.signer import asking_blocks, seat_of
from app.slack.views.parts.decision import title_blocks
from app.slack.views.parts.signing import answer_rows, asks_to_sign
from app.slack.views.scene import Scene
from app.words.signing.answers import ANSWERS

MOST_BLOCKS = 98
"""Of a hundred that a view may have."""


def decision_modal(scene: Scene) -> Block:
    """The card of whoever looks. Who is asked to sign approves with the form itself, and answers otherwise by a button.

    The card of a triage has inputs of its own, and is answered where it stands. ``o`` tells that it is drawn anew after
    a click in it.
    """
    decision = scene.decision
    mine = seat_of(scene)
    if mine is None or not asks_to_sign(scene) or scene.guest:
        card = render_card(card_of_viewer(scene), scene)
        return modal(Modal.READ, decision.name, card.blocks[:MOST_BLOCKS], d=decision.id, o=True)
    words = ANSWERS[Answer.APPROVE]
    read = button("Read it all", Act.MEMO_READ, d=decision.id)
    blocks = [
        *title_blocks(scene, f"Memo version {decision.memo_version}"),
        *asking_blocks(scene, mine),
        divider(),
        *answer_rows(scene, also=read, but=Answer.APPROVE),
        input_("said", words.label, text_input(multiline=True, placeholder=words.example), words.hint, optional=True),
    ]
    a, v = Answer.APPROVE.value, decision.memo_version
    return modal(Modal.SIGN, decision.name, blocks[:MOST_BLOCKS], submit=words.submit, d=decision.id, a=a, v=v, o=True)
