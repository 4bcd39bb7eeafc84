"""Every card by its kind. A card is one message a person or channel gets, edited in place from then on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.message_kinds import CardKind
from app.slack.views.cards.asked_below import asked_below_card
from app.slack.views.cards.channel import channel_card
from app.slack.views.cards.elsewhere import elsewhere_card, stands_elsewhere
from app.slack.views.cards.owner import owner_card
from app.slack.views.cards.reader import reader_card
from app.slack.views.cards.requester import requester_card
from app.slack.views.cards.signer import signer_card
from app.slack.views.parts.commitments import with_dissent
from app.slack.views.parts.influence import with_influence
from app.slack.views.parts.newer_release import in_newer_version
from app.slack.views.parts.syncs import with_sync
from app.slack.views.parts.tradeoffs import with_tradeoff
from app.slack.views.parts.writing import with_document
from app.slack.views.scene import Message, Scene


@dataclass(frozen=True)
class Card:
    """One kind of card. ``for_everybody``: a whole channel reads it; of a private decision no more than its name."""

    kind: CardKind
    draw: Callable[[Scene], Message]
    for_everybody: bool = False


CARDS: Mapping[str, Card] = {
    card.kind: card
    for card in (
        Card(CardKind.REQUESTER, requester_card),
        Card(CardKind.SIGNER, signer_card),
        Card(CardKind.ASKED, asked_below_card),
        Card(CardKind.OWNER, owner_card),
        Card(CardKind.READER, reader_card),
        Card(CardKind.STATUS, channel_card, for_everybody=True),
    )
}


def render_card(kind: str, scene: Scene) -> Message:
    """The card of this kind, as ``scene.viewer`` meets it. Raises KeyError for a kind that does not exist."""
    card = CARDS[kind]
    if scene.newer:
        return in_newer_version(scene, title=not card.for_everybody)
    if card.for_everybody:
        return card.draw(scene)
    if stands_elsewhere(scene, card.kind):
        return elsewhere_card(scene)
    drawn = with_document(scene, kind, with_influence(scene, kind, card.draw(scene)))
    return with_dissent(scene, kind, with_tradeoff(scene, kind, with_sync(scene, kind, drawn)))
