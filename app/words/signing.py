"""Who signs, in sentences."""

from collections.abc import Sequence

from app.domain.permissions import MayNotSign, OnlyAdvises
from app.words.people import fills, named


def only_advises(found: OnlyAdvises | MayNotSign) -> str:
    """Why somebody who was asked on the rung below can't decide, and what they can do."""
    can = "You can advise, show how to make it two-way, or say that you disagree."
    if isinstance(found, OnlyAdvises):
        return (
            f"The lowest rung that can decide this is the {found.lowest.said}, and you were asked as "
            f"{found.rung.said}. {can}"
        )
    asked_as = found.rung.said if found.rung else "bar raiser"
    return f"You were asked as {asked_as}, and sit on no rung that decides this. {can}"


def may_not_sign(found: MayNotSign, keepers: Sequence[str]) -> str:
    """Why somebody may not sign in a seat, and who may; where nobody may, who can fill it. People as mentions."""
    if not found.seated:
        assert found.rung
        why = [f"<@{found.requester}> is the requester, and nobody decides their own"] if found.requester else []
        if found.gone:
            why.append(f"{named(found.gone, 'and')} {'has' if len(found.gone) == 1 else 'have'} left")
        return f"The seat of the {found.rung.said} is empty for this one: {'; '.join(why)}. {fills(keepers)}"
    shown = named(found.seated)
    if found.rung is None:
        return f"The bar raisers here are {shown}. “/escalate ladder” changes it."
    return (
        f"As {found.rung.said} may sign here: {shown}. “/escalate ladder” seats people, and whoever sits there names a "
        "deputy with “/escalate deputy @name”."
    )
