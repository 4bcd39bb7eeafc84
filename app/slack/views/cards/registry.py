"""Every card by its kind. A card is one message a person or channel gets, edited in place from then on."""

from collections.abc import Callable

from app.slack.views.cards.asked_below import asked_below_card
from app.slack.views.cards.channel import channel_card
from app.slack.views.cards.owner import owner_card
from app.slack.views.cards.reader import reader_card
from app.slack.views.cards.requester import requester_card
from app.slack.views.cards.signer import signer_card
from app.slack.views.parts.newer_release import in_newer_version
from app.slack.views.scene import Message, Scene

CARDS: dict[str, Callable[[Scene], Message]] = {
    "requester": requester_card,  # a direct message to whoever ran /escalate
    "signer": signer_card,  # a direct message to each signer
    "asked": asked_below_card,  # a direct message to the person on the rung below
    "owner": owner_card,  # a direct message to the owner of a two-way door
    "reader": reader_card,  # a direct message to people who were added
    "status": channel_card,  # a message in the channel the decision came from
}


def render_card(kind: str, scene: Scene) -> Message:
    """The card of this kind, as ``scene.viewer`` meets it. Raises KeyError for a kind that does not exist."""
    return in_newer_version(scene, title=kind != "status") if scene.newer else CARDS[kind](scene)
