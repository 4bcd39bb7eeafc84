"""Who may do what, as rules over a ladder: one check wherever somebody comes to sign."""

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.ladder import RUNGS, Ladder, Rung


def may_change_ladder(user: str, own: Ladder, keepers: Collection[str], channel: str) -> bool:
    """Whether somebody changes a ladder without asking: a keeper any, and whoever sits on a channel's ``own`` that one.
    The workspace's has an empty ``channel``, and is the keepers' alone."""
    return user in keepers or (channel != "" and user in own.seated)


@dataclass(frozen=True)
class MayNotSign:
    """Why somebody may not sign in a seat. ``seated``: who may; where nobody may, the seat is empty for this decision,
    since whoever sits there or higher asks for it (``requester``) or has left (``gone``)."""

    rung: Rung | None  # None: as bar raiser
    seated: tuple[str, ...]
    requester: str | None = None
    gone: tuple[str, ...] = ()


def check_signs_as(
    user: str,
    rung: Rung | None,
    ladder: Ladder,
    *,
    requester: str,
    beside: Collection[str] = (),
    gone: Collection[str] = (),
) -> MayNotSign | None:
    """Whether somebody may sign in a seat: None, or why not. The same for sending, replacing and handing over.

    On a rung: who sits there or higher, or whoever one of them named as deputy. Where nobody sits there or higher, a
    young ladder has nobody to keep to, and anybody may. Beside it: a bar raiser or their deputy, and anybody where no
    other than ``beside`` (who signs already) and the requester is named.

    ``gone``: those on the ladder who have left.
    """
    able = bar_raisers(ladder) if rung is None else signers(rung, ladder)
    others = [one for one in able if one != requester and one not in gone and (rung or one not in beside)]
    if user in others:
        return None
    if others:
        return MayNotSign(rung, tuple(others))
    if rung is None or not able:
        return None
    return MayNotSign(rung, (), requester if requester in able else None, tuple(one for one in able if one in gone))


@dataclass(frozen=True)
class OnlyAdvises:
    """Why somebody on a rung below can't decide: policy wants ``lowest``, or somebody higher."""

    rung: Rung
    lowest: Rung


def check_decides(
    user: str,
    rung: Rung,
    lowest: Rung,
    ladder: Ladder,
    *,
    requester: str,
    gone: Collection[str] = (),
) -> OnlyAdvises | MayNotSign | None:
    """Whether somebody who was asked as ``rung`` decides: None, or why they only advise.

    ``lowest``: the lowest rung that can decide what is at stake. Whoever decides could also sign: one check for both.
    """
    if rung < lowest:
        return OnlyAdvises(rung, lowest)
    return check_signs_as(user, rung, ladder, requester=requester, gone=gone)


def empty_seat(
    rung: Rung | None, ladder: Ladder, *, requester: str, beside: Collection[str] = (), gone: Collection[str] = ()
) -> MayNotSign | None:
    """Why nobody at all may sign in a seat, for this requester; None where somebody may."""
    found = check_signs_as("", rung, ladder, requester=requester, beside=beside, gone=gone)
    return found if found is not None and not found.seated else None


def signers(rung: Rung, ladder: Ladder) -> list[str]:
    """Who may sign as ``rung``, the nearest first: those who sit there, their deputies, those above."""
    found: dict[str, None] = {}
    for one in RUNGS[rung.height :]:
        seated = ladder.seats.get(one, ())
        found |= dict.fromkeys(seated)
        found |= dict.fromkeys(ladder.deputies[user] for user in seated if user in ladder.deputies)
    return list(found)


def bar_raisers(ladder: Ladder) -> list[str]:
    deputies = [ladder.deputies[user] for user in ladder.bar_raisers if user in ladder.deputies]
    return list(dict.fromkeys([*ladder.bar_raisers, *deputies]))
