"""Files that insights are worked out of: what `threshold simulate` wrote, and histories of decisions made elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from app.configured import CannotStart
from app.domain.insights.cases import Case
from app.domain.insights.history import case_of

SIMULATION = "simulation"
FORMAT = 1


@dataclass(frozen=True)
class History:
    """``on``: the day up to which it was lived, where the file says so."""

    cases: Iterator[Case]
    on: datetime | None


def read(file: Path, warn: Callable[[str], object]) -> History:
    """The decisions of a file. A line that can't be read is named to ``warn``, and left.

    Raises:
        CannotStart: there is no such file, or nothing of it can be read.
    """
    try:
        with file.open(encoding="utf-8-sig") as lines:
            first = _parsed(next(iter(lines), ""))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise CannotStart(f"{file} can't be read: {why}.") from None
    if first is None:
        raise CannotStart(f"{file} holds no JSON lines: one decision a line, with “proposed” and “decided”.")
    if first.get("threshold") == SIMULATION:
        if first.get("format") != FORMAT:
            raise CannotStart(f"{file} was written by another version of Threshold. Simulate it again.")
        return History(_simulated(file), datetime.fromisoformat(str(first["on"])))
    return History(_decided_elsewhere(file, warn), None)


_CASE = TypeAdapter(Case)


def _simulated(file: Path) -> Iterator[Case]:
    with file.open(encoding="utf-8") as lines:
        next(lines)
        for number, line in enumerate(lines, 2):
            try:
                yield _CASE.validate_python(json.loads(line)["case"])
            except (ValueError, KeyError, TypeError):
                raise CannotStart(f"{file} was changed: line {number} can't be read. Simulate it again.") from None


def _decided_elsewhere(file: Path, warn: Callable[[str], object]) -> Iterator[Case]:
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            found = _parsed(line)
            try:
                assert found is not None
                decided = date.fromisoformat(str(found["decided"])) if found.get("decided") else None
                withdrawn = "withdraw" in str(found.get("status", "")).lower()
                yield case_of(
                    str(found["id"]), date.fromisoformat(str(found["proposed"])), decided, withdrawn=withdrawn
                )
            except (AssertionError, KeyError, ValueError):
                warn(f"Line {number} is left out: it needs an “id” and a day in “proposed”, like 2026-03-14.")


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
