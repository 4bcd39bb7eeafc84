"""Who may do something, and who keeps the ladder, in sentences; people as mentions."""

from collections.abc import Mapping, Sequence

from app.domain.permissions import Who

WHO_SAID: Mapping[Who, str] = {
    Who.PARTICIPANTS: "the people who take part",
    Who.REQUESTER: "the requester",
    Who.REQUESTER_OR_OWNER: "the requester and the owner",
    Who.MEETS_CONDITION: "the requester, and whoever meets the condition",
    Who.SIGNS_NOW: "those who sign now",
    Who.EVER_SIGNED: "the signers",
    Who.ASKED_BELOW: "whoever was asked on the rung below",
    Who.ADDS_READERS: "the requester, the owner and those who sign now",
    Who.MAY_DIFFER: "those who take part, about what others decide",
    Who.DECIDER: "whoever decided it",
}
"""Behind “That is for…”."""

MOST = 5
NO_KEEPER = (
    "Nobody is known to keep it yet: Slack has named no owner or admin of this workspace to me. "
    "Once one of them types “/escalate keepers” I know them, and whoever runs Threshold can name somebody with "
    "“threshold keepers add”."
)
"""Where nobody is known as owner or admin of Slack, and nobody was named."""


def named(users: Sequence[str], last: str = "or") -> str:
    """ "@a, @b or @c", and how many more."""
    shown = [f"<@{user}>" for user in users[:MOST]]
    if len(users) > MOST:
        return f"{', '.join(shown)} and {len(users) - MOST} more"
    return f" {last} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def only_keepers(keepers: Sequence[str], channel: str) -> str:
    """Why somebody doesn't change a ladder themselves, and who does."""
    whose = (
        "Whoever sits on this channel's ladder changes it, and so do the keepers"
        if channel
        else "The keepers change it"
    )
    if not keepers:
        return f"{whose}. {NO_KEEPER}"
    return f"{whose}: {named(keepers)}. “/escalate ladder” proposes a change to them."


def fills(keepers: Sequence[str]) -> str:
    """Who can fill an empty seat."""
    if not keepers:
        return f"“/escalate ladder” proposes somebody. {NO_KEEPER}"
    return f"{named(keepers)} can seat somebody with “/escalate ladder”."
