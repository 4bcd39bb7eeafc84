"""Brings decisions that were made elsewhere into the library: all that can be read of a file, once, or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.db import ledger, locks
from app.db.library import past, shelving
from app.db.models import AuditEvent, PastDecision
from app.domain.library.past import Past
from app.workflows.opening import ensure_workspace

IMPORTED = "import"
"""The verb of the entry that it leaves in the record."""


@dataclass(frozen=True)
class Brought:
    """What became of the rows that were taken."""

    new: int
    changed: int
    same: int


def bring(
    session: Session, workspace: str, rows: Sequence[Past], by: str, now: datetime,
    step: Callable[[int], object] = lambda _more: None,
) -> Brought:  # fmt: skip
    """Keep these. What was brought before stands there once, as the file has it now.

    Each gets a name of ours, in the order of the file; what one replaces is linked wherever that is known here.
    ``step`` is told of each as its words come into the index.
    """
    ensure_workspace(session, workspace, now)
    locks.hold_workspace(session, workspace)  # whoever begins a decision waits for a number; so does another import
    known = past.by_imported_id(session, workspace)
    changed, new = list[PastDecision](), list[Past]()
    for row in rows:
        kept = known.get(row.id)
        if kept is None:
            new.append(row)
        elif past.facts(kept) != (facts := _facts(row)):
            past.change(kept, facts, now)
            changed.append(kept)
    session.flush()
    added = past.add(session, workspace, [_facts(row) | {"imported_id": row.id} for row in new], now)
    shelving.shelve_past(session, [*changed, *added], step)
    past.link(session, workspace, [*changed, *added], now)
    found = Brought(len(added), len(changed), len(rows) - len(added) - len(changed))
    if added or changed:
        detail = {"new": found.new, "changed": found.changed}
        entry = AuditEvent(workspace_id=workspace, decision_id=None, at=now, actor=by, what=IMPORTED, detail=detail)
        ledger.append(session, entry)
    return found


def _facts(row: Past) -> dict[str, Any]:
    return {
        "title": row.title, "text": row.text, "status": row.status, "said_status": row.said_status,
        "proposed_on": row.proposed_on, "decided_on": row.decided_on, "replaces": list(row.replaces),
    }  # fmt: skip
