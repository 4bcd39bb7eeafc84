"""What is asked back where somebody's words could not be read: the sentence, and what they could mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from app.domain.understood import Read

T = TypeVar("T")


@dataclass(frozen=True)
class AskedBack(Generic[T]):
    """As ``Refused``, in words: `sentence` says why and what to do."""

    sentence: str
    candidates: tuple[Read[T], ...] = ()
    left_over: tuple[str, ...] = ()
