"""What was predicted beside what happened, on cards, in forms and notices."""

from app.domain.memo.parts import Prediction
from app.domain.writing.document import predictions
from app.slack.views.blocks import Block, fields, section
from app.slack.views.parts.memo import prediction_line
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, day, inline
from app.words.looking_back import RIGHT_SAID


def promises(scene: Scene) -> tuple[Prediction, ...]:
    """The outcomes of its document, which it is held to."""
    return predictions(scene.decision.document) if scene.decision.document else ()


def target_ahead(scene: Scene) -> str:
    """Where the review comes before the day that the prediction names."""
    prediction = scene.decision.memo.prediction if scene.decision.memo else None
    if prediction is None or prediction.on is None or prediction.on <= scene.today:
        return ""
    return f"\nThe target day, {day(prediction.on, scene.today)}, is still ahead: say where it stands."


def predicted_and_happened(scene: Scene) -> list[Block]:
    """What was predicted beside what happened, and what was learned."""
    decision = scene.decision
    if not decision.looks:
        return []
    look = decision.looks[-1].look
    memo = decision.memo
    lines = [prediction_line(scene, one) for one in (memo.prediction if memo else None, *promises(scene))]
    expected = "\n".join(filter(None, dict.fromkeys(lines))) or inline(decision.metric or "", 300)
    blocks = [
        *([section(f"*What was chosen*\n{block_text(look.chose, 600)}")] if look.chose.strip() else []),
        fields(
            f"*Predicted*\n{expected or 'Nothing was written down.'}",
            f"*What happened*\n{block_text(look.happened, 1200)}",
        ),
        section(f"*Knowing what we know now:* {RIGHT_SAID[look.right]}."),
    ]
    if look.learned:
        blocks.append(section(f"*Learned*\n{block_text(look.learned, 1200)}"))
    return blocks
