"""Looking at the database for those who ask how we are, without making them wait for it.

The look is taken in a thread of its own. Whoever asks waits a moment for it; where it takes longer they are told what
the last one saw, and after a while that the database does not answer.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.db import claims
from app.db.claims import Backlog
from app.db.session import Database
from app.domain.errors import Busy, ThresholdError
from app.words.errors import busy

log = logging.getLogger(__name__)

AT_MOST = 0.08
"""Seconds that somebody waits for a look: an answer to `/healthz` and the others is due within a tenth of a second."""
PATIENCE = 1.0
"""Seconds that a look may take before what the last one saw counts no more."""


@dataclass(frozen=True)
class Seen:
    """What a look found. ``why``: why the database can't be worked with, in a few words; None where it can."""

    why: str | None
    backlog: Backlog | None


NOTHING_YET = Seen(busy().why, None)


class Looking:
    """One for a process; its thread lives as long as it does, and sleeps while nobody asks."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db, self._clock = db, clock
        self.at_most = AT_MOST
        self._change = threading.Condition()
        self._wanted = self._taken = 0
        self._began: float | None = None
        self._seen = NOTHING_YET
        self._thread = threading.Thread(target=self._look_when_asked, name="looking", daemon=True)

    def first(self, seconds: float = 2.0) -> None:
        """Look once, and wait for it: whoever asks afterwards hears of that at least."""
        self.see(seconds)

    def see(self, at_most: float | None = None) -> Seen:
        """How it stands now, or did a moment ago."""
        with self._change:
            if not self._thread.is_alive():
                self._thread = threading.Thread(target=self._look_when_asked, name="looking", daemon=True)
                self._thread.start()
            if self._began is None or self._wanted == self._taken:
                self._wanted += 1
                self._change.notify_all()
            mine = self._wanted
            self._change.wait_for(lambda: self._taken >= mine, self.at_most if at_most is None else at_most)
            if self._taken < mine and self._began is not None and time.monotonic() - self._began > PATIENCE:
                return NOTHING_YET
            return self._seen

    def _look_when_asked(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._wanted > self._taken)
                mine, self._began = self._wanted, time.monotonic()
            found = self._look()
            with self._change:
                self._seen, self._taken, self._began = found, mine, None
                self._change.notify_all()

    def _look(self) -> Seen:
        try:
            self._db.ping()
            with self._db.read() as session:
                return Seen(None, claims.backlog(session, self._clock()))
        except Busy as error:
            return Seen(error.why, None)
        except ThresholdError:
            return NOTHING_YET
        except Exception:  # whatever it is: the others who ask wait for this thread
            log.exception("how the database stands could not be asked")
            return NOTHING_YET
