"""Who takes part in a trade-off, and for which side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from app.domain.permissions import Allowed, Who


class Side(Protocol):
    @property
    def user_id(self) -> str: ...
    @property
    def agreed_version(self) -> int | None: ...


class Version(Protocol):
    @property
    def number(self) -> int: ...


V = TypeVar("V", bound=Version, covariant=True)


class Planned(Protocol[V]):
    @property
    def sides(self) -> Sequence[Side]: ...
    @property
    def plans(self) -> Sequence[V]: ...


class Argued(Protocol):
    @property
    def requester_id(self) -> str: ...
    @property
    def sides(self) -> Sequence[Side]: ...


S = TypeVar("S", bound=Side)


def may_argue(decision: Argued) -> Allowed:
    """Whoever speaks for a side, and the requester."""
    users = frozenset({decision.requester_id, *(side.user_id for side in decision.sides)})
    return Allowed(users, Who.ARGUES)


def speaks(sides: Iterable[S], user: str) -> S | None:
    return next((one for one in sides if one.user_id == user), None)


def standing(decision: Planned[V]) -> V | None:
    """The version of the experiment that counts: the last that every side agreed to; None before they have. What one
    side changes once it runs counts for nothing until all have said yes again."""
    agreed = min((side.agreed_version or 0 for side in decision.sides), default=0)
    return next((one for one in reversed(decision.plans) if one.number <= agreed), None)


def shown(decision: Planned[V]) -> V | None:
    """The version that counts; before there is one, the last that was written."""
    return standing(decision) or next(reversed(decision.plans), None)


def proposed(decision: Planned[V]) -> V | None:
    """The change of what counts that not every side has agreed to."""
    stood = standing(decision)
    last = decision.plans[-1] if decision.plans else None
    return last if stood is not None and last is not stood else None
