"""A memo as cards, modals and notices show it alike: its parts, what is advised, what was predicted."""

from collections.abc import Collection

from app.domain.memo.checks import check_memo
from app.domain.memo.parts import Memo, Prediction, reading_minutes
from app.slack.views.blocks import Block, section
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, count, day, inline, sentence
from app.words.memo import checks
from app.words.memo.parts import PARTS
from app.words.memo.predictions import how_sure


def minutes_to_read(written: Memo) -> str:
    """How long it takes to read, to the half minute."""
    halves = max(1, round(reading_minutes(written) * 2))
    if halves == 1:
        return "half a minute to read"
    shown = f"{halves // 2}½" if halves % 2 else str(halves // 2)
    return f"{shown} {'minute' if halves == 2 else 'minutes'} to read"


def memo_parts(memo: Memo, limit: int = 600, but: Collection[str] = ()) -> list[Block]:
    """The five parts, each cut to ``limit``. ``but``: keys of those that stand elsewhere."""
    blocks = []
    for part in (one for one in PARTS[:5] if one.key not in but):
        text = block_text(str(getattr(memo, part.key, "") or ""), limit)
        if text:
            blocks.append(section(f"*{part.title}*\n{text}"))
    return blocks


def memo_advice(scene: Scene) -> str:
    """What the checks would still mend, in one small line; empty where they all pass."""
    if scene.decision.memo is None:
        return ""
    failed = [check for check in check_memo(scene.decision.memo, today=scene.setting.today) if not check.passed]
    if not failed:
        return ""
    more = f" And {count(len(failed) - 1, 'more point')} in the memo." if len(failed) > 1 else ""
    return f"Worth a look: {sentence(checks.say(failed[0], scene.setting.today), 400)}{more}"


def prediction_line(scene: Scene, prediction: Prediction | None) -> str:
    """``trial starts from 12% to 15% by Fri 4 Dec``; empty where nothing was predicted."""
    if prediction is None or not prediction.metric:
        return ""
    line = inline(prediction.metric, 200)
    if prediction.baseline:
        line += f" from {inline(prediction.baseline, 100)}"
    if prediction.target:
        line += f" to {inline(prediction.target, 100)}"
    line += f" by {day(prediction.on, scene.today)}" if prediction.on else ""
    return line + (f" ({how_sure(prediction)})" if prediction.is_typed else "")
