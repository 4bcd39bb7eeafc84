"""Who signs, in sentences."""

from app.domain.permissions import MayNotSign, OnlyAdvises

MOST = 5


def only_advises(found: OnlyAdvises | MayNotSign) -> str:
    """Why somebody who was asked on the rung below can't decide, and what they can do."""
    can = "You can advise, show how to make it two-way, or say that you disagree."
    if isinstance(found, OnlyAdvises):
        return f"The lowest rung that can decide this is the {found.lowest.said}, and you were asked as {found.rung.said}. {can}"
    return f"You were asked as {found.rung.said if found.rung else 'bar raiser'}, and sit on no rung that decides this. {can}"


def may_not_sign(found: MayNotSign) -> str:
    """Why somebody may not sign in a seat, and who may; people as mentions."""
    if not found.seated:
        assert found.rung
        return (
            f"Nobody but the requester sits as {found.rung.said} or higher, and nobody decides their own. "
            "“/escalate ladder” seats somebody beside them."
        )
    shown = [f"<@{user}>" for user in found.seated[:MOST]]
    more = f" and {len(found.seated) - MOST} more" if len(found.seated) > MOST else ""
    named = f"{' or '.join([', '.join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)}{more}"
    if found.rung is None:
        return f"The bar raisers here are {named}. “/escalate ladder” changes it."
    return (
        f"As {found.rung.said} may sign here: {named}. “/escalate ladder” seats people, and whoever sits there names a "
        "deputy with “/escalate deputy @name”."
    )
