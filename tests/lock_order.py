"""Listens to every statement that reaches PostgreSQL in these tests: whoever waits for locks takes them in one order.

What a statement locks is read from its words. A row that only is inserted is waited for by nobody who follows the
order, and what is claimed with SKIP LOCKED waits for nobody.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

from app.db.locks import ORDER

RANK = {name: rank for rank, name in enumerate(ORDER)}

_TURN = re.compile(r"pg_advisory_xact_lock\(7468237,")
_LOCKING = re.compile(r"\bFOR (?:NO KEY UPDATE|UPDATE|SHARE)\b(?! OF \w+ SKIP| SKIP)")
_FROM = re.compile(r"\bFROM (\w+)")
_CHANGING = re.compile(r"\b(?:UPDATE|DELETE FROM) (\w+)(?: SET| WHERE| AS)")
_BEGUN = re.compile(r"\bINSERT INTO decision ")
_UPSERTING = re.compile(r"\bINSERT INTO (\w+) .*ON CONFLICT .*DO UPDATE", re.DOTALL)


def locked_by(statement: str) -> list[str]:
    """The tables whose rows a statement waits for, as it names them; of those that have a place in the order."""
    said = " ".join(statement.split())
    found = ["turn"] if _TURN.search(said) else []
    for lock in _LOCKING.finditer(said):
        found += _FROM.findall(said[: lock.start()])[-1:]
    if "SKIP LOCKED" not in said:
        found += _CHANGING.findall(said) + _UPSERTING.findall(said)
    return [table for table in found if table in RANK]


@dataclass
class Held:
    """What one transaction holds so far."""

    tables: list[str] = field(default_factory=list)
    decisions: set[int] = field(default_factory=set)
    said: list[str] = field(default_factory=list)


class LockOrder:
    """Who broke the order, with all that their transaction had locked by then."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def heard(self, held: Held, statement: str, given: Mapping[str, Any]) -> None:
        if _BEGUN.search(statement) and "decision" not in held.tables:
            held.tables.append("decision")  # nobody else knows of it yet, so nobody waits for it
            held.said.append("decision: begun here")
        for table in locked_by(statement):
            held.said.append(f"{table}: {' '.join(statement.split())[:160]}")
            late = table not in held.tables and any(RANK[one] > RANK[table] for one in held.tables)
            ids = _decisions(given) if table == "decision" and "FOR NO KEY UPDATE" in statement else set()
            new = ids - held.decisions
            if late or (held.decisions and new and min(new) < max(held.decisions)):
                self.broken.append("\n    ".join(["locked out of order, last of:", *held.said]))
            if table not in held.tables:
                held.tables.append(table)
            held.decisions |= ids


def _decisions(given: Mapping[str, Any]) -> set[int]:
    return {value for name, value in given.items() if name.startswith("id") and isinstance(value, int)}


@contextmanager
def listening() -> Iterator[LockOrder]:
    """To all engines of this process, as long as the block lasts."""
    found = LockOrder()

    def begin(connection: Connection) -> None:
        connection.info["held"] = Held()

    def execute(connection: Connection, _cursor: Any, said: str, given: Any, _context: Any, _many: bool) -> None:
        held = connection.info.get("held")
        if held is not None and connection.dialect.name == "postgresql":
            for one in given if isinstance(given, list) else [given]:
                found.heard(held, said, one if isinstance(one, Mapping) else {})

    event.listen(Engine, "begin", begin)
    event.listen(Engine, "before_cursor_execute", execute)
    try:
        yield found
    finally:
        event.remove(Engine, "begin", begin)
        event.remove(Engine, "before_cursor_execute", execute)
