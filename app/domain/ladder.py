"""The ladder: who can decide, rung by rung, and who has to sign.

Climbing is the exception. The rung is the lowest that can decide what is at stake; a copy of the ladder is frozen
when a decision starts to climb, so that a reorganisation in the middle changes nobody's question.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.domain.stored_words import StoredEnum


class Rung(StoredEnum):
    PEER = "peer"
    MANAGER = "manager"
    DIRECTOR = "director"
    VP = "vp"
    SLT = "slt"

    @property
    def height(self) -> int:
        return _height(self)

    # All four by hand: a StrEnum has str's, and would put the director below the manager.
    def __lt__(self, other: str) -> bool:
        return _height(self) < _height(other)

    def __le__(self, other: str) -> bool:
        return _height(self) <= _height(other)

    def __gt__(self, other: str) -> bool:
        return _height(self) > _height(other)

    def __ge__(self, other: str) -> bool:
        return _height(self) >= _height(other)


RUNGS: tuple[Rung, ...] = tuple(Rung)
_HEIGHTS: Mapping[str, int] = {rung: at for at, rung in enumerate(RUNGS)}
"""A verdict compares rungs some sixty times, and a replay works out a hundred thousand verdicts."""


def _height(rung: str) -> int:
    """Raises ValueError for what is no rung, or is one that only a newer release knows."""
    found = _HEIGHTS.get(rung)
    if found is None:
        raise ValueError(f"{rung!r} is no rung")
    return found


BAR_RAISER = "bar_raiser"
"""Not a rung: the seat of the independent signer, kept beside the ladder."""


def above(rung: Rung) -> Rung | None:
    """The next rung up, or None on top of the ladder."""
    return RUNGS[rung.height + 1] if rung is not Rung.SLT else None


@dataclass(frozen=True)
class Ladder:
    """User ids per rung, first choice first; ``bar_raisers`` stand beside it."""

    seats: Mapping[Rung, tuple[str, ...]] = field(default_factory=dict)
    bar_raisers: tuple[str, ...] = ()
    deputies: Mapping[str, str] = field(default_factory=dict)  # who sits somewhere -> who may sign in their place

    def over(self, base: "Ladder") -> "Ladder":
        """This ladder (a channel's), its empty rungs filled from ``base`` (the workspace's)."""
        seats = {rung: self.seats.get(rung) or base.seats.get(rung, ()) for rung in RUNGS}
        return Ladder(seats, self.bar_raisers or base.bar_raisers, {**base.deputies, **self.deputies})

    @property
    def seated(self) -> set[str]:
        """Whoever sits on it or beside it."""
        return {user for users in self.seats.values() for user in users} | {*self.bar_raisers}

    @property
    def everybody(self) -> set[str]:
        """Whoever sits on it or beside it, and their deputies."""
        return self.seated | {*self.deputies.values()}

    def without(self, user: str) -> "Ladder":
        """The same with nobody in ``user``'s seats."""
        seats = {rung: tuple(one for one in users if one != user) for rung, users in self.seats.items()}
        deputies = {one: deputy for one, deputy in self.deputies.items() if user not in (one, deputy)}
        return Ladder(seats, tuple(one for one in self.bar_raisers if one != user), deputies)

    def on(self, chair: str) -> tuple[str, ...]:
        """Who sits on a rung, named as it is stored, or beside the ladder as bar raiser."""
        return self.bar_raisers if chair == BAR_RAISER else self.seats.get(Rung(chair), ())

    def rung_of(self, user: str) -> Rung | None:
        """The highest rung on which ``user`` sits."""
        return max((rung for rung, users in self.seats.items() if user in users), default=None)

    def sitting(self, rung: Rung, *, but: Collection[str] = ()) -> str | None:
        """Who sits on ``rung``, leaving out ``but`` (the requester, people who are away)."""
        return next((user for user in self.seats.get(rung, ()) if user not in but), None)

    def bar_raiser(self, *, but: Collection[str] = ()) -> str | None:
        return next((user for user in self.bar_raisers if user not in but), None)

    def next_chair(self, rung: Rung, *, but: Collection[str], slt: bool) -> tuple[Rung, str | None] | None:
        """Who could answer in place of a silent signer on ``rung``: somebody else on it, else the next rung up.

        The user is None where the next rung is vacant; the SLT only where ``slt`` (a quarterly commitment is at
        stake). None: nobody is left to offer.
        """
        beside = self.sitting(rung, but=but)
        if beside:
            return rung, beside
        higher = above(rung)
        if higher is None or (higher is Rung.SLT and not slt):
            return None
        return higher, self.sitting(higher, but=but)
