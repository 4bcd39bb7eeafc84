"""Vectors that are due: what a model is to read of the library, outside any transaction, and what comes of it."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import islice

from sqlalchemy.orm import Session

from app.assistant.embedding import Embedder
from app.assistant.errors import AssistantDown
from app.db import locks
from app.db.library import vectors
from app.db.library.vectors import Unread
from app.db.session import Database
from app.domain.library.likeness import blended, packed, pieces
from app.workflows.cards import show
from app.workflows.library.finding import alike, begins

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Entries that are read in one go."""

NEWEST = 2000
"""So far back what is new is looked for at each tick; the hour looks at everything."""


class Vectors:
    """Any number of these may run beside each other: what two have read is kept once."""

    def __init__(self, db: Database, embedder: Embedder, clock: Callable[[], datetime]) -> None:
        self.db, self.embedder, self.clock = db, embedder, clock
        self._away = ""
        self.closing = False

    def read_new(self) -> int:
        """What came or changed lately. Returns how many were read."""
        with self.db.read() as session:
            newest = vectors.newest_entry(session)
        return self._read(max(0, newest - NEWEST))

    def read_all(self, workspace: str | None = None, step: Callable[[int], object] = lambda _more: None) -> int:
        """All that this model has not read, of a workspace or of all. Returns how many were read."""
        return self._read(0, workspace, step)

    def _read(
        self, after: int, workspace: str | None = None, step: Callable[[int], object] = lambda _more: None
    ) -> int:
        done = 0
        while not self.closing:
            with self.db.read(steady=True) as session:
                some, after = vectors.unread(session, self.embedder.model, after, AT_ONCE, workspace)
            try:
                read = self._keep(some)
                self._away = ""
            except AssistantDown as down:
                if type(down).__name__ != self._away:  # said once, not at every tick
                    log.warning("the library is not read by %s for now: %s", self.embedder.model, type(down).__name__)
                self._away = type(down).__name__
                return done
            done += read
            step(len(some))
            if not after:
                return done
        return done

    def _keep(self, some: Sequence[Unread]) -> int:
        parts = [(one, found) for one in some if (found := pieces(one.said, one.text))]
        if not parts:
            return 0
        read = iter(self.embedder.embed([piece for _, found in parts for piece in found]))
        made: list[tuple[Unread, bytes]] = []
        for one, found in parts:
            vectors_of = list(islice(read, len(found)))
            with suppress(ValueError):  # it means nothing to the model
                made.append((one, packed(blended(vectors_of, title=bool(one.said.strip())))))
        with self.db.begin() as session:
            kept = vectors.keep(session, self.embedder.model, made)
        for one, _ in made:
            if one.begins:
                self.db.run(partial(self._shown, one))
        return kept

    def _shown(self, one: Unread, session: Session) -> None:
        """A triage that was begun a moment ago shows what means the same, where there is any."""
        decision = locks.for_change(session, one.workspace, one.decision_id or 0)
        if decision is not None and begins(decision) and alike(session, decision):
            show(session, decision, self.clock())
