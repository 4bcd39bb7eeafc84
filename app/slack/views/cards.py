"""Every card by its kind. A card is one message a person or channel gets, edited in place from then on."""

from collections.abc import Callable

from app.slack.views.in_part import in_newer_version
from app.slack.views.others import asked, owner, reader, status
from app.slack.views.requester import requester
from app.slack.views.scene import Message, Scene
from app.slack.views.signer import signer

CARDS: dict[str, Callable[[Scene], Message]] = {
    "requester": requester,  # a direct message to whoever ran /escalate
    "signer": signer,  # a direct message to each signer
    "asked": asked,  # a direct message to the person on the rung below
    "owner": owner,  # a direct message to the owner of a two-way door
    "reader": reader,  # a direct message to people who were added
    "status": status,  # a message in the channel the decision came from
}


def render(kind: str, scene: Scene) -> Message:
    """The card of this kind, as ``scene.viewer`` meets it. Raises KeyError for a kind that does not exist."""
    return in_newer_version(scene, title=kind != "status") if scene.newer else CARDS[kind](scene)
