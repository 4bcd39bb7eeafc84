"""Decisions that were made elsewhere: as a file tells of them, and what their states mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.library.faults import Fault
from app.domain.library.tokens import plain
from app.domain.stored_words import StoredEnum


class PastStatus(StoredEnum):
    """What a state that was written elsewhere comes to."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    PROPOSED = "proposed"  # nobody has decided it, as far as the file tells
    UNKNOWN = "unknown"  # it says something else


@dataclass(frozen=True)
class Past:
    """One decision as a file has it. ``where``: the line, or the file, to be named where it can't be taken."""

    where: str
    id: str
    title: str
    text: str
    said_status: str = ""
    proposed_on: date | None = None
    decided_on: date | None = None
    replaces: tuple[str, ...] = ()

    @property
    def status(self) -> PastStatus:
        return status_of(self.said_status)


@dataclass(frozen=True)
class Dirty:
    """A row that is left where it is, and why."""

    where: str
    why: Fault


_MEANS: Sequence[tuple[PastStatus, str]] = (
    (PastStatus.SUPERSEDED, "supersed replaced obsolete deprecat abgelost ersetzt veraltet remplac obsolet sustitu"),
    (PastStatus.SUPERSEDED, "reemplaz reversed 廃止 置換"),
    (PastStatus.WITHDRAWN, "withdrawn abandon cancel zuruckgezogen retir 取り下け 取り下げ 撤回"),
    (PastStatus.REJECTED, "reject declin abgelehnt verworfen rejet refus rechaz 却下 否決"),
    (PastStatus.PROPOSED, "propos draft defer provision pending open entwurf vorgeschlagen offen brouillon borrador"),
    (PastStatus.PROPOSED, "review discuss 提案 草案 下書き 検討"),
    (PastStatus.ACCEPTED, "accept approv final active adopt implement decided done complet angenommen beschlossen"),
    (PastStatus.ACCEPTED, "genehmigt umgesetzt approuv adopt decid aprob acept 承認 採択 決定 採用"),
)
"""How states begin, in small letters without accents. What ended a decision goes before what had been decided."""


def status_of(said: str) -> PastStatus:
    """What a state comes to. Of several lines the last that means something counts, but what replaced it always."""
    found = [one for line in re.split(r"[\n;]", plain(said)) if (one := _meaning(line)) is not None]
    if PastStatus.SUPERSEDED in found:
        return PastStatus.SUPERSEDED
    return found[-1] if found else PastStatus.UNKNOWN


def _meaning(line: str) -> PastStatus | None:
    if re.search(r"\b(supersedes|replaces|obsoletes)\b", line):
        return None  # it came in the place of another
    if re.search(r"\b(not|never|nicht|pas|no)\b", line):
        return PastStatus.REJECTED if re.search(r"\b(accept|approv|adopt|angenommen)", line) else None
    for status, beginnings in _MEANS:
        for one in beginnings.split():
            if re.search(rf"\b{one}" if one.isascii() else one, line):
                return status
    return None
