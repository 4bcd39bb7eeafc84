"""What is found: a decision, and what became of it."""

from dataclasses import dataclass
from datetime import date

from app.domain.library.past import PastStatus
from app.domain.lifecycle import Status
from app.domain.triage.doors import Door


@dataclass(frozen=True)
class Newer:
    """What came in a decision's place, where it may be seen."""

    number: int
    imported_id: str | None = None
    decided: bool = True
    """Else it is still open, and what it would replace stands until then."""


@dataclass(frozen=True)
class Hit:
    """One decision that was found. ``imported_id``: how it is called where it was decided; None: here."""

    number: int
    title: str
    status: Status | PastStatus
    imported_id: str | None = None
    door: Door | None = None
    begun_on: date | None = None
    decided_on: date | None = None
    decided_by: tuple[str, ...] = ()
    chose: str = ""
    """Of a two-way door: what its owner decided."""
    learned: str = ""
    newer: Newer | None = None
    opens: int | None = None
    """The decision's id, where whoever asked takes part in it."""
    private: bool = False

    @property
    def name(self) -> str:
        return f"D-{self.number}"
