"""What somebody proposed to the keepers: one card each, edited once it is settled."""

from app.db.models import Proposal
from app.domain.ladder import Ladder
from app.slack.ids import Act
from app.slack.views.blocks import actions, button, context, section
from app.slack.views.replies.people import seats_lines
from app.slack.views.scene import Message
from app.slack.views.text import mention, mentions


def proposal_card(proposal: Proposal, own: Ladder, viewer: str) -> Message:
    """The change, who sits there now, and two buttons; afterwards what became of it. ``own``: that ladder today."""
    lines = seats_lines(proposal.channel_id, proposal.seats)
    said = f"{mention(proposal.by)} proposes a change of the ladder"
    if proposal.settled_at is not None:
        who = "You" if proposal.settled_by == viewer else mention(proposal.settled_by or "")
        done = f"{who} {'kept' if proposal.kept else 'declined'} it."
        return Message(f"{said}. {done}", [section("\n".join([f"*{said}.*", *lines])), context(done)])
    now = [
        f"{rung.replace('_', ' ')}: {mentions(list(own.on(rung)[:8]), 'or') if own.on(rung) else 'nobody'}"
        for rung in proposal.seats
    ]
    blocks = [
        section("\n".join([f":ladder: *{said}.* You are next: keep it, or decline.", *lines])),
        context(f"Today: {'; '.join(now)}."),
        actions(
            button("Keep it", Act.PROPOSAL_KEEP, style="primary", p=proposal.id),
            button("Decline", Act.PROPOSAL_DECLINE, p=proposal.id),
        ),
    ]
    return Message(f"{said}: keep it, or decline.", blocks)
