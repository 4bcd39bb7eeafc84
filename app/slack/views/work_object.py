"""A decision as a work object: what Slack shows under the channel's line, and beside it once somebody opens it.

Source: Slack's work objects (task), and the EntityMetadata of its SDKs. Its texts know no markup: they are raw.
"""

from app.domain.lifecycle import OPEN
from app.domain.who_acts_next import deadline_of
from app.slack.views.blocks import Block
from app.slack.views.parts.decision import name_of, state_said
from app.slack.views.parts.decision_line import LONGEST_TITLE
from app.slack.views.parts.next_step import next_step
from app.slack.views.scene import Scene
from app.slack.views.text import inline, raw
from app.words.ladder import rung_said

KIND = "slack#/entities/task"


def work_object(scene: Scene, address: str) -> Block | None:
    """What everybody in the channel may see of it: no more than its line. None for what is private.

    ``address``: under which a decision is found by its name.
    """
    return None if scene.decision.private else _shown(scene, address)


def details(scene: Scene, address: str) -> Block:
    """The same for one viewer who opened it and may see it, with who acts next."""
    shown = _shown(scene, address)
    said = next_step(scene, lambda user: inline(name_of(scene, user), 80) or "somebody")
    rows = [("next", "Who acts next", raw(said).replace("*", ""))]
    if scene.decision.rung:
        rows.append(("rung", "Rung", rung_said(scene.decision.rung)))
    custom = [{"key": key, "label": label, "type": "string", "value": value} for key, label, value in rows if value]
    return {**shown, "entity_payload": {**shown["entity_payload"], "custom_fields": custom}}


def _shown(scene: Scene, address: str) -> Block:
    decision = scene.decision
    fields: Block = {
        "status": {"value": state_said(decision).capitalize()},
        "created_by": {"type": "slack#/types/user", "user": {"user_id": decision.requester_id}},
    }
    due = deadline_of(decision, scene.tz)
    if due is not None and decision.status in OPEN:
        fields["due_date"] = {"type": "slack#/types/date", "value": due.isoformat()}
    return {
        "entity_type": KIND,
        "url": address.rstrip("/") + "/" + decision.name,
        "external_ref": {"id": decision.name, "type": "decision"},
        "entity_payload": {
            "attributes": {
                "title": {"text": raw(inline(decision.title, LONGEST_TITLE)) or "Not named yet"},
                "display_id": decision.name,
                "display_type": "Decision",
                "product_name": "Threshold",
            },
            "fields": fields,
        },
    }
