"""What a kind of notice is, and the buttons and phrases that several of them use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.db.models import Decision
from app.domain.lifecycle import Status
from app.domain.message_kinds import NoticeKind
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, pick
from app.slack.views.parts.decision import deadline_day, on_day
from app.slack.views.parts.signing import answer_rows
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, day, mention, mentions

Args = Mapping[str, Any]
"""What the workflow sent along."""

Said = Sequence[Any]
"""The sentence, and the blocks below it."""

Settled = Callable[[Scene, int, datetime], str | None]
"""The line that takes a notice's place, or None while it still asks: of the decision now, the row it asks about, and
the moment it was written."""


@dataclass(frozen=True)
class Notice:
    """One kind of notice.

    says: the sentence, with its buttons.
    settles: None for one that asks for nothing: it is never edited.
    about: which row it asks about, where several may stand side by side (two questions, two conditions).
    """

    kind: NoticeKind
    says: Callable[[Scene, Args], Said]
    settles: Settled | None
    about: Callable[[Decision, Args], int | None] | None = None


def last_id(rows: Any) -> int | None:
    return max((row.id for row in rows), default=None)


def you_or_mention(scene: Scene, user: str | None) -> str:
    return "you" if user == scene.viewer else mention(user or "")


def how_it_ended(scene: Scene) -> str:
    """What became of a decision that no longer waits for this."""
    decision = scene.decision
    when = f" on {on_day(scene, decision.decided_at)}" if decision.decided_at else ""
    dropped = any(event.what == "drop" for event in scene.history)
    shipped = f" on {day(decision.shipped_on, scene.today)}" if decision.shipped_on else ""
    decides = "decide" if decision.owner_id == scene.viewer else "decides"
    back = f"It went back to its team: {you_or_mention(scene, decision.owner_id)} {decides}."
    return {
        Status.WITHDRAWN: "It was dropped before it shipped." if dropped else f"This decision was withdrawn{when}.",
        Status.EXPIRED: f"This decision expired{when}.",
        Status.DECLINED: f"This decision was declined{when}.",
        Status.APPROVED: f"This decision was approved{when}.",
        Status.DEFLECTED: back,
        Status.LEARNED: back,
        Status.IMPLEMENTED: f"It shipped{shipped}.",
        Status.REVIEWED: f"It shipped{shipped}, and was reviewed.",
    }.get(decision.status, "It has moved on: the card says where it stands.")


NO_LONGER_NEEDED = "Your answer is no longer needed."


def on_that_day(scene: Scene, at: datetime | None) -> str:
    return f" on {on_day(scene, at)}" if at else ""


CAN_BE_SWITCHED_OFF = "You can switch optional reminders off on my Home tab."


def people_said(args: Args, key: str = "who") -> str:
    value = args.get(key)
    users = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value or "")]
    return mentions([user for user in users if user]) or "Somebody"


def quoted(args: Args, limit: int = 1200) -> str:
    text = str(args.get("said") or "").strip()
    return f"\n{block_text(text, limit, quote=True)}" if text else ""


def read_button(scene: Scene) -> Block:
    return button("Read", Act.MEMO_READ, d=scene.decision.id)


def card_button(scene: Scene, label: str = "Show the card") -> Block:
    return button(label, Act.SHOW, d=scene.decision.id)


def answers(scene: Scene, also: Block | None = None) -> list[Block]:
    """What can be answered to a notice that asks to sign, without a look for the card; ``also``: one more element. Who
    signs no more has what can be read."""
    rows = answer_rows(scene, also=button("Read it all", Act.MEMO_READ, d=scene.decision.id))
    if not rows:
        return [actions(read_button(scene), card_button(scene), also)]
    return [*rows[:-1], {**rows[-1], "elements": [*rows[-1]["elements"], *([also] if also else [])]}]


def snooze_select(scene: Scene) -> Block:
    options = [
        ("tomorrow" if days == 1 else f"in {days} days", {"d": scene.decision.id, "days": days}) for days in (1, 3, 7)
    ]
    return pick(Act.SNOOZE, "Remind me…", options)


def by_deadline(scene: Scene) -> str:
    return f" by {deadline_day(scene)}" if scene.decision.deadline_at else ""
