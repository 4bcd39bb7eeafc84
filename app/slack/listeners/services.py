"""How every listener answers: know who it is, do the work in one transaction, commit, then ack.

What was acked is durable. What was not acked left nothing half done: Slack tells the person, or delivers again.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app.assistant.embedding import Reader
from app.db import policies, roster
from app.db.models import Decision
from app.db.session import Database
from app.domain.errors import Busy
from app.domain.library.likeness import Near
from app.slack.blocks_accepted import Accepted
from app.slack.directory import Directory
from app.slack.loading import load_whole_scene
from app.slack.turns import Turns
from app.slack.views.scene import Scene
from app.words.ladder import called_there
from app.workflows.admission import Actor, first_time
from app.workflows.opening import open_decision
from app.workflows.people import installs

MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")


@dataclass(frozen=True)
class Services:
    """What a listener needs at hand."""

    db: Database
    clock: Callable[[], datetime]
    wake: Callable[[], None]
    directory: Directory
    assistant: bool
    turns: Turns = field(default_factory=Turns)
    """To start a decision: each takes its workspace's next number, and holds it until its commit."""
    accepted: Accepted = field(default_factory=Accepted)
    decisions_url: str | None = None
    reader: Reader | None = None
    """Reads what is looked for, where there is a model."""

    def do(self, actor: Actor, identity: str, work: Callable[[Session, datetime], None]) -> bool:
        """Run ``work`` once for this delivery, and commit. False: it was done before.

        ``work`` is begun anew where it met somebody else: what it leaves outside the session, the last time counts.

        Raises:
            ThresholdError: what the person has to be told; nothing was written.
        """
        now = self.clock()

        def once(session: Session) -> bool:
            new = first_time(session, actor.workspace, identity[:128], now)
            if new:
                work(session, now)
            return new

        if not self.db.run(once):
            return False
        self.wake()
        return True

    def near(self, words: str) -> Near | None:
        """What is looked for, as the model reads it; None where there is none, or it can't be had at once."""
        return self.reader.near(words) if self.reader is not None and words else None

    @contextmanager
    def as_said_there(self, workspace: str) -> Iterator[None]:
        """While this lasts, rungs are called as people of the workspace say them.

        Raises:
            Busy: the database is away. It was waited for once, which is all that an ack allows.
        """
        with self.db.read() as session:
            names = policies.rung_names(session, workspace)
        with called_there(names):
            yield

    def scene(self, actor: Actor, id: int) -> Scene:
        """The decision as this person may see it."""
        with self.db.read() as session:
            decision = open_decision(session, actor, id, lock=False)
            return self.scene_of(session, decision, actor.user)

    def scene_of(self, session: Session, decision: Decision, viewer: str) -> Scene:
        return load_whole_scene(session, decision, viewer, self.clock(), assistant=self.assistant)

    def know(self, actor: Actor, others: Iterable[str] = ()) -> None:
        """Know who acts, and freshly whoever they are about to rely on.

        Raises:
            Busy: the database is away. It was waited for once, which is all that an ack allows.
        """
        if self.directory.ensure(actor.workspace, [actor.user]):
            self.directory.ensure(actor.workspace, others, fresh=True)

    def forget(self, workspace: str | None, enterprise: str | None, org_wide: bool, said_at: datetime) -> None:
        """The app was removed, at ``said_at`` by Slack's clock."""
        self.accepted.forget(str(workspace))
        with self.db.begin() as session:
            installs.forget(session, workspace, enterprise, org_wide, said_at, self.clock())

    def plain(self, actor: Actor, sentence: str) -> str:
        """A sentence for a place that shows no mentions: people by their names."""
        try:
            with self.db.read() as session:
                return MENTION.sub(lambda found: _name(session, actor.workspace, found[1]), sentence)
        except Busy:
            return MENTION.sub("somebody", sentence)


def _name(session: Session, workspace: str, user: str) -> str:
    person = roster.person(session, workspace, user)
    return person.name if person and person.name else user
