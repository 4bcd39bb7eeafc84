"""The requester's card while the memo is written: what is missing, what a reader may raise, and where it goes."""

from datetime import date

from app.domain.ladder import Rung
from app.domain.memo.checks import Check, PartWritten, blocking, check_memo
from app.domain.memo.parts import Memo
from app.slack.ids import Act
from app.slack.views.blocks import actions, button, section
from app.slack.views.cards.verdict import change_select, rename_button, withdraw_button
from app.slack.views.parts.assistant import assistant_row
from app.slack.views.parts.decision import card_message, privacy_button, title_blocks
from app.slack.views.parts.next_step import next_step
from app.slack.views.parts.signing import override_blocks
from app.slack.views.scene import Message, Scene
from app.slack.views.text import count, listed, sentence
from app.words.ladder import rung_said
from app.words.memo.checks import say
from app.words.memo.parts import EXTRA_PARTS, PARTS

MOST_ADVICE = 5
_PART_TITLES = {part.key: part.title for part in (*PARTS, *EXTRA_PARTS)}


def drafting_card(scene: Scene) -> Message:
    decision = scene.decision
    rung = decision.rung or Rung.MANAGER
    today = scene.setting.today
    checks = check_memo(decision.memo or Memo(), today=today)
    empty = blocking(checks)
    ready = decision.memo is not None and not empty
    said = f" {_ready_said(checks, rung)}" if ready else ""
    version = f"memo version {decision.memo_version}" if decision.memo_version else "no memo yet"
    word = "Edit the memo" if decision.memo else "Write the memo"
    send = button(f"Send to the {rung_said(rung)}…", Act.SEND_OPEN, style="primary" if ready else None, d=decision.id)
    write = button(word, Act.MEMO_OPEN, style=None if ready else "primary", d=decision.id)
    first = [send, write] if ready else [write, send] if decision.memo else [write]
    found = _checks_said(checks, empty, today, written=decision.memo is not None)
    blocks = [
        *title_blocks(scene, f"One-way door · {version}", says_next=True),
        section(f":memo: *{next_step(scene)}*{said}\n{found}"),
        *override_blocks(scene),
        actions(*first, change_select(scene), rename_button(scene), privacy_button(scene), withdraw_button(scene)),
        *assistant_row(scene, [check for check in checks if check.rule == "tone" and not check.passed]),
    ]
    return card_message(scene, f"{next_step(scene)}{said}", blocks)


def _ready_said(checks: list[Check], rung: Rung) -> str:
    advice = sum(not check.passed for check in checks)
    if not advice:
        return f"The memo is complete. Send it to the {rung_said(rung)}."
    return f"Ready to send; {count(advice, 'point')} a reader may raise."


def _checks_said(checks: list[Check], empty: list[Check], today: date, *, written: bool) -> str:
    """What the checks found: what is still missing, then advice, with the words at fault."""
    if not written:
        return "Five parts, one page. Your answers have begun it."
    lines = []
    gaps = [check for check in empty if isinstance(check.remark, PartWritten) and check.remark.gap]
    bare = [check for check in empty if check not in gaps]
    if bare:
        lines.append(f"✗  Still empty: {listed([_PART_TITLES[check.part or ''] for check in bare])}.")
    lines += [f"✗  {sentence(say(check, today), 350)}" for check in gaps]
    missing = {check.part for check in empty}
    advice = [c for c in checks if not c.passed and c.rule != "complete" and (c.part is None or c.part not in missing)]
    lines += [f"○  {_place_said(check)}{sentence(say(check, today), 350)}" for check in advice[:MOST_ADVICE]]
    if len(advice) > MOST_ADVICE:
        lines.append(f"○  And {count(len(advice) - MOST_ADVICE, 'more point')} beside the memo.")
    passed = sum(check.passed for check in checks)
    if not lines:
        return f"✓  All {len(checks)} checks pass."
    return "\n".join([*lines, f"✓  {passed} of {len(checks)} checks pass. Advice never keeps you from sending it."])


def _place_said(check: Check) -> str:
    """Where the words at fault stand; the sentence of a tone check does not say it."""
    return f"{_PART_TITLES[check.part]}: " if check.rule == "tone" and check.part else ""
