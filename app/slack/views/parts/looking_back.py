"""What was predicted beside what happened, on cards, in forms and notices."""

from datetime import date

from app.domain.memo.parts import Prediction
from app.domain.writing.document import predictions
from app.slack.ids import Act
from app.slack.views.blocks import Block, button, fields, section
from app.slack.views.parts.memo import prediction_line
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, day, inline
from app.words.looking_back import RIGHT_SAID


def promises(scene: Scene) -> tuple[Prediction, ...]:
    """The outcomes of its document, which it is held to."""
    return predictions(scene.decision.document) if scene.decision.document else ()


def target_day(scene: Scene) -> date | None:
    """The day that the prediction names, while it is still ahead."""
    prediction = scene.decision.memo.prediction if scene.decision.memo else None
    return prediction.on if prediction and prediction.on and prediction.on > scene.today else None


def target_ahead(scene: Scene) -> str:
    """Where the review comes before the day that the prediction names."""
    ahead = target_day(scene)
    return f"\nThe target day, {day(ahead, scene.today)}, is still ahead: say where it stands." if ahead else ""


def later_button(scene: Scene) -> Block | None:
    """The review waits for the day of the prediction in one tap; None where that has come."""
    ahead = target_day(scene)
    return button(f"Ask me on {day(ahead, scene.today)}", Act.LOOK_LATER, d=scene.decision.id) if ahead else None


def predicted_and_happened(scene: Scene, *, in_channel: bool = False) -> list[Block]:
    """What was predicted beside what happened, and what was learned. ``in_channel``: nobody's words call anybody there,
    and link nowhere."""
    words = inline if in_channel else block_text
    decision = scene.decision
    if not decision.looks:
        return []
    look = decision.looks[-1].look
    memo = decision.memo
    lines = [prediction_line(scene, one) for one in (memo.prediction if memo else None, *promises(scene))]
    expected = "\n".join(filter(None, dict.fromkeys(lines))) or inline(decision.metric or "", 300)
    blocks = [
        *([section(f"*What was chosen*\n{words(look.chose, 600)}")] if look.chose.strip() else []),
        fields(
            f"*Predicted*\n{expected or 'Nothing was written down.'}",
            f"*What happened*\n{words(look.happened, 1200)}",
        ),
        section(f"*Knowing what we know now:* {RIGHT_SAID[look.right]}."),
    ]
    if look.learned:
        blocks.append(section(f"*Learned*\n{words(look.learned, 1200)}"))
    return blocks
