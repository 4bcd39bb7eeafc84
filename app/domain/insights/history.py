"""Decisions that were made elsewhere, as insights see them: when each was proposed and decided. Nobody is named."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from app.domain.insights.cases import Case
from app.domain.insights.survival import End
from app.domain.lifecycle import Status


def case_of(id: str, proposed: date, decided: date | None, *, withdrawn: bool) -> Case:
    """``id``: each stands for somebody of its own, since it is not known who was behind it."""
    ended = None if decided is None else _begin_of(max(decided, proposed))
    end = None if ended is None else End.WITHDRAWN if withdrawn else End.DECIDED
    status = Status.TRIAGE if end is None else Status.WITHDRAWN if withdrawn else Status.APPROVED
    return Case(_begin_of(proposed), status, frozenset({f"imported {id}"}), ended, end, imported=True)


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
