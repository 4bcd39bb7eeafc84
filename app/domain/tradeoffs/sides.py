"""Who takes part in a trade-off, and for which side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from app.domain.permissions import Allowed, Who


class Side(Protocol):
    @property
    def user_id(self) -> str: ...


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
