"""What stands in the place of a card whose person acts on another one of the same decision."""

from app.domain.message_kinds import CardKind, card_of
from app.slack.ids import Act
from app.slack.views.blocks import button, section
from app.slack.views.parts.decision import named, state_said
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.next_step import next_step
from app.slack.views.scene import Message, Scene

_SAID = {
    CardKind.REQUESTER: "You carry this one now, on a card of its own.",
    CardKind.SIGNER: "You were asked to sign this, on a card of its own.",
    CardKind.OWNER: "You decide this now, on a card of its own.",
    CardKind.ASKED: "You were asked about this, on a card of its own.",
    CardKind.READER: "You read along now, on a card of its own.",
}


def card_of_viewer(scene: Scene) -> CardKind:
    """The one card on which the viewer acts."""
    asked = any(e.what == "ask_below" and e.detail.get("person") == scene.viewer for e in scene.history)
    return card_of(scene.decision, scene.viewer, was_asked=asked)


def stands_elsewhere(scene: Scene, kind: CardKind) -> bool:
    """Whether the viewer acts on another card than this one: two that both answer would go apart."""
    decision, mine = scene.decision, card_of_viewer(scene)
    if mine is kind or kind is CardKind.STATUS:
        return False
    if mine is CardKind.READER:  # they have no part any more, and this is where they read why
        return False
    return kind is not CardKind.OWNER or scene.viewer == decision.owner_id or mine is CardKind.REQUESTER


def elsewhere_card(scene: Scene) -> Message:
    """One line: where it stands, and the way to the card that has the buttons."""
    decision, said = scene.decision, _SAID[card_of_viewer(scene)]
    step = next_step(scene, lambda user: named(scene, user))
    shown = f"{titled(decision.name, decision.title, 300)}\n{said} It is {state_said(decision)}. {step}"
    return Message(f"{decision.name}: {said}", [section(shown, button("Show it", Act.SHOW, d=decision.id))])
