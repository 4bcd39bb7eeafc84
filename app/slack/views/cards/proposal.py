"""What somebody proposed to the keepers: one card each, edited once it is settled."""

from app.db.models import PolicyProposal, Proposal
from app.domain.errors import Unreadable
from app.domain.ladder import Ladder
from app.domain.policy.policy import Policy
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context, section
from app.slack.views.replies.people import seats_lines
from app.slack.views.scene import Message
from app.slack.views.text import mention, mentions, sentence
from app.words.policy import NOTHING_YET, differences
from app.words.policy_faults import read_change


def proposal_card(proposal: Proposal, own: Ladder, viewer: str) -> Message:
    """The change, who sits there now, and two buttons; afterwards what became of it. ``own``: that ladder today."""
    lines = seats_lines(proposal.channel_id, proposal.seats)
    said = f"{mention(proposal.by)} proposes a change of the ladder"
    if proposal.settled_at is not None:
        return _settled(said, proposal, viewer, [section("\n".join([f"*{said}.*", *lines]))])
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


def policy_proposal_card(proposal: PolicyProposal, shown: Policy, viewer: str) -> Message:
    """As of a ladder, with the lines of the policy that would change. ``shown``: what the proposer saw."""
    said = f"{mention(proposal.by)} proposes a change of the policy"
    try:
        found = differences(shown, read_change(proposal.change, shown))
    except Unreadable:  # a newer release proposed what this one doesn't know
        found = []
    blocks = [
        section("\n".join([f"*{one.heading}*", *_lines("now", one.after), *_lines("before", one.before)]))
        for one in found
    ]
    if proposal.settled_at is not None:
        return _settled(said, proposal, viewer, [section(f"*{said}.*"), *blocks])
    return Message(
        f"{said}: keep it, or decline.",
        [
            section(f":scales: *{said}.* You are next: keep it, or decline."),
            *blocks,
            context(NOTHING_YET),
            actions(
                button("Keep it", Act.POLICY_KEEP, style="primary", p=proposal.id),
                button("Decline", Act.POLICY_DECLINE, p=proposal.id),
            ),
        ],
    )


def _lines(what: str, lines: list[str]) -> list[str]:
    return [f"•  {what}: {sentence(line, 600)}" for line in lines]


def _settled(said: str, proposal: Proposal | PolicyProposal, viewer: str, blocks: list[Block]) -> Message:
    """What became of it, in place of its buttons."""
    who = "You" if proposal.settled_by == viewer else mention(proposal.settled_by or "")
    done = f"{who} {'kept' if proposal.kept else 'declined'} it."
    return Message(f"{said}. {done}", [*blocks, context(done)])
