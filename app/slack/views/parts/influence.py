"""Whose yes a decision needs, as its cards show it: the levers it touches, who is asked and why, who is told."""

from app.domain.influence.asking import For
from app.domain.lifecycle import OPEN, Status
from app.domain.message_kinds import CardKind
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context
from app.slack.views.scene import Message, Scene
from app.slack.views.text import inline, listed, mention, sentence
from app.words.fragments import quoted
from app.words.influence import told_said

MOST_LINES = 8
"""Yeses on a card; the page has all of them."""

_SHOWN_TO = (CardKind.SIGNER, CardKind.READER, CardKind.OWNER)


def with_influence(scene: Scene, kind: str, card: Message) -> Message:
    """A card with whose yes it needs, where it touches levers or could."""
    rows = _requester_rows(scene) if kind == CardKind.REQUESTER else _reader_rows(scene, kind)
    return Message(card.text, [*card.blocks, *rows]) if rows else card


def _requester_rows(scene: Scene) -> list[Block]:
    decision = scene.decision
    if decision.sent_at is not None:
        return [*why_lines(scene), *_buttons(scene)] if decision.approvals else []
    judged = decision.status is not Status.TRIAGE or decision.verdict is not None
    if not scene.mapped or decision.status not in OPEN or not judged:
        return []
    names = [inline(team.name, 80) for team in scene.touched[:MOST_LINES]]
    names += ["a team on a private map"] if scene.hidden else []
    one = len(scene.touched) + len(scene.hidden) == 1
    lines = [context(f"It touches what {listed(names)} hold{'s' if one else ''}.")] if names else []
    return [*lines, *_buttons(scene)]


def _buttons(scene: Scene) -> list[Block]:
    decision = scene.decision
    touch = button("Which teams does it touch?…", Act.TOUCHES_OPEN, d=decision.id) if decision.sent_at is None else None
    why = (
        button("Whose yes, and why…", Act.APPROVALS_OPEN, d=decision.id)
        if scene.touched or scene.hidden or decision.approvals
        else None
    )
    row = [one for one in (touch, why) if one is not None]
    return [actions(*row, block_id="influence")] if row else []


def _reader_rows(scene: Scene, kind: str) -> list[Block]:
    return why_lines(scene) if kind in _SHOWN_TO and scene.decision.approvals else []


def why_lines(scene: Scene) -> list[Block]:
    """Who is asked for whose lever, as it was fixed when it was sent; and who was told."""
    rows = [row for row in scene.decision.approvals if row.kind is For.LEVER]
    if not rows:
        return []
    lines = [
        f"{mention(row.user_id)} decides for *{inline(row.name, 80)}*"
        + (", and said yes by asking" if row.user_id == scene.decision.requester_id else "")
        + (f", in place of {mention(row.in_place_of)}" if row.in_place_of else "")
        + (f": {sentence(quoted(row.lever), 200)}" if row.lever else "")
        for row in rows[:MOST_LINES]
    ]
    if len(rows) > MOST_LINES:
        lines.append(f"and {len(rows) - MOST_LINES} more")
    told = told_said(told_of(scene))
    return [
        context("\n".join(["*The fewest approvals that unblock it*", *lines, *([sentence(told, 600)] if told else [])]))
    ]


def told_of(scene: Scene) -> list[str]:
    """Who was told of it when it was sent, and asked nothing."""
    fixed = [event.detail for event in scene.history if event.what == "approvals"]
    told = fixed[-1].get("told", []) if fixed else []
    return [str(user) for user in told] if isinstance(told, list) else []
