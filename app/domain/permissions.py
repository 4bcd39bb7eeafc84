"""Who may do what: in a decision by the part they have in it, on a rung by who sits there.

Who is let in at all, also to a private decision, is told where one is opened (``app/workflows/opening.py``); why a
signer may not answer or hand over, in ``app/domain/signing/signoff.py``.

What a decision is made of is described by protocols: rows of the database fit them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple, Protocol

from app.domain.decided import Decided
from app.domain.ladder import RUNGS, Ladder, Rung
from app.domain.lifecycle import OPEN, Status
from app.domain.policy.policy import Policy
from app.domain.signing import standing
from app.domain.signing.signoff import needs_bar_raiser


class QuestionAsked(Protocol):
    @property
    def asked_by(self) -> str: ...


class Account(Protocol):
    """Somebody as the workspace knows them."""

    @property
    def user_id(self) -> str: ...
    @property
    def active(self) -> bool: ...
    @property
    def bot(self) -> bool: ...
    @property
    def guest(self) -> bool: ...
    @property
    def outside(self) -> bool: ...


class Who(Enum):
    """Who it is for, where everybody else is refused. ``app/words/people.py`` calls them by their words."""

    PARTICIPANTS = auto()
    REQUESTER = auto()
    REQUESTER_OR_OWNER = auto()
    MEETS_CONDITION = auto()  # and the requester
    SIGNS_NOW = auto()
    EVER_SIGNED = auto()
    ASKED_BELOW = auto()
    ADDS_READERS = auto()
    MAY_DIFFER = auto()  # from what others decide
    DECIDER = auto()


class Allowed(NamedTuple):
    """Who may do something, by their ids and by their part."""

    users: frozenset[str]
    who: Who


# ── by the part they have in a decision ─────────────────────────────────────────────────────────────────


def everybody(decision: Decided) -> Allowed:
    return Allowed(frozenset(part.user_id for part in decision.participants), Who.PARTICIPANTS)


def requester(decision: Decided) -> Allowed:
    return Allowed(frozenset({decision.requester_id}), Who.REQUESTER)


def requester_or_owner(decision: Decided) -> Allowed:
    return Allowed(frozenset({decision.requester_id, decision.owner_id}), Who.REQUESTER_OR_OWNER)


def may_meet(decision: Decided) -> Allowed:
    """Who says that a condition is met: the requester, and whoever its signer named."""
    named = [one.meets for one in standing.open_conditions(decision.questions) if one.meets]
    return Allowed(frozenset([decision.requester_id, *named]), Who.MEETS_CONDITION)


def signing_now(decision: Decided) -> Allowed:
    """Who was asked to sign and still is, whether they have answered or not."""
    return Allowed(frozenset(seat.user_id for seat in standing.signing_now(decision.signers)), Who.SIGNS_NOW)


def ever_signing(decision: Decided) -> Allowed:
    """Whoever was asked to sign, also those who handed over or were replaced."""
    return Allowed(frozenset(seat.user_id for seat in decision.signers), Who.EVER_SIGNED)


def asked_below(decision: Decided) -> Allowed:
    tried = decision.answers.tried or ()
    return Allowed(frozenset(one.who for one in tried if one.who), Who.ASKED_BELOW)


def may_add_readers(decision: Decided) -> Allowed:
    """Who may let others read along: a signer who handed over or was replaced no longer does."""
    users = {decision.requester_id, decision.owner_id, *signing_now(decision).users}
    return Allowed(frozenset(users), Who.ADDS_READERS)


def may_take_out(decision: Decided, user: str) -> Allowed:
    """Who may end that ``user`` reads along: whoever may add readers, and they themselves."""
    adding = may_add_readers(decision)
    return Allowed(adding.users | {user}, adding.who)


def reading_along(decision: Decided) -> list[str]:
    """Those who take part and have no other part in it: they were added, and can be taken out again."""
    other = {decision.requester_id, decision.owner_id, *ever_signing(decision).users, *asked_below(decision).users}
    return [part.user_id for part in decision.participants if part.user_id not in other]


def may_resolve(decision: Decided, question: QuestionAsked) -> frozenset[str]:
    """Who raised it; once they handed over or were replaced, those who sign now too: nothing blocks for ever."""
    signing = signing_now(decision).users
    return frozenset({question.asked_by}) | (frozenset() if question.asked_by in signing else signing)


# ── going on in place of a requester who has left ───────────────────────────────────────────────────────

OWNER_ACTS = frozenset({Status.DEFLECTED, Status.APPROVED, Status.IMPLEMENTED})
"""Here the owner acts: mostly the requester, but somebody else's decision waits for nobody who left."""

MAY_WAIT_FOR_REQUESTER = OPEN | OWNER_ACTS | {Status.DECLINED}


def waits_for_requester(decision: Decided) -> bool:
    """Whether something is still to come that only its requester can do."""
    if decision.status in OWNER_ACTS:
        return decision.owner_id == decision.requester_id
    return decision.status in OPEN or (decision.status is Status.DECLINED and decision.look_on is not None)


def signs(decision: Decided, ladder: Ladder, policy: Policy, gone: Collection[str] = ()) -> set[str]:
    """Who signs it; before it was sent, whoever will have to: the only one in a seat that signs, and whoever would
    leave nobody, were they the requester, by the one check of who signs. ``gone``: those there who have left."""
    if decision.sent_at is not None:
        return set(signing_now(decision).users)
    if decision.rung is None:
        return set()
    seats = [ladder.seats.get(decision.rung, ())]
    if needs_bar_raiser(decision.rung, decision.answers, policy):
        seats.append(ladder.bar_raisers)
    alone = {seat[0] for seat in seats if len(seat) == 1}
    able = signers(decision.rung, ladder)
    found = {user for user in able if empty_seat(decision.rung, ladder, requester=user, gone=gone)}
    return alone | found


def may_take_over(
    decision: Decided, person: Account | None, ladder: Ladder, policy: Policy, gone: Collection[str] = ()
) -> bool:
    """Whether this person could go on with it, going by who they are here."""
    if person is None or person.user_id == decision.requester_id:
        return False
    return is_member(person) and person.user_id not in signs(decision, ladder, policy, gone)


def is_member(person: Account) -> bool:
    """Whether somebody can be relied on here: to sign, own, be asked, sit on a rung."""
    return person.active and not (person.bot or person.guest or person.outside)


# ── in a seat of the ladder ─────────────────────────────────────────────────────────────────────────────


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
