"""What an operator does with a workspace's policy (show, set, history), and its verdicts worked out again."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select

from app.configured import CannotStart
from app.db import keepers as db_keepers
from app.db import policies, roster
from app.db.models import Decision
from app.db.session import Database
from app.domain.policy.file import write
from app.domain.policy.policy import SHIPPED_POLICY, Policy
from app.domain.triage.replay import NotReplayable
from app.words.policy import NOTHING_YET, changed
from app.words.policy_faults import read_file
from app.words.triage.replay import WHY_NOT
from app.workflows.people.keepers import add_keeper, remove_keeper
from app.workflows.policy import set_policy
from app.workflows.record.replaying import replayed

OPERATOR = "operator"
"""Who changed it, where it was done by the command line."""


def show(db: Database, workspace: str) -> str:
    """The policy that counts, as the file that sets it."""
    with db.read() as session:
        found = policies.history(session, workspace)
        return write(found[0].policy if found else SHIPPED_POLICY)


def set_from(db: Database, workspace: str, file: Path, now: datetime) -> str:
    """Make the policy of a file the newest version. Returns what it means, in sentences.

    Raises:
        CannotStart: a file that can't be read.
        Unreadable: it says something that can't be.
        NotNow: it changes nothing.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise CannotStart(f"{file} can't be read: {why}.") from None
    with db.begin() as session:
        _, before = policies.current(session, workspace, now)
        after = read_file(text, before)
        number = set_policy(session, workspace, after, OPERATOR, now)
    return "\n".join([f"Version {number} counts from now on.", *_lines(before, after), NOTHING_YET])


def history(db: Database, workspace: str) -> Iterator[str]:
    """Each version with its day, who set it, and what it changed; the newest first."""
    with db.read() as session:
        found = policies.history(session, workspace)
    if not found:
        yield "Version 1, the policy that came with the product. Nobody has changed it."
        return
    for newer, older in pairwise([*found, None]):
        assert newer
        by = "with the product" if newer.by == "threshold" else f"by {newer.by}"
        yield f"Version {newer.version}, {newer.at:%d %b %Y %H:%M} UTC, {by}"
        if older:
            yield from _lines(older.policy, newer.policy)


def _lines(before: Policy, after: Policy) -> list[str]:
    return [f"  now: {line}" for line in changed(before, after)]


def keepers(db: Database, workspace: str) -> Iterator[str]:
    """Who keeps the ladder, one a line, and why."""
    with db.read() as session:
        named = {one.user_id: one for one in db_keepers.named(session, workspace)}
        found = db_keepers.keepers(session, workspace)
        people = roster.people(session, workspace, found)
    if not found:
        yield "Nobody yet: Slack has named no owner or admin. “threshold keepers add U…” names somebody."
    for user in found:
        one = named.get(user)
        why = f"named by {one.named_by} on {one.named_at:%d %b %Y}" if one else "owner or admin of Slack"
        yield f"{user}  {people[user].name}  {why}"
    for user in named.keys() - set(found):
        yield f"{user}  named, and not a member here any more"


def change_keepers(db: Database, workspace: str, add: bool, user: str, now: datetime) -> None:
    """Name somebody, or take it back.

    Raises:
        ThresholdError: no member of the workspace, or nothing would change.
    """
    change = add_keeper if add else remove_keeper
    with db.begin() as session:
        change(session, workspace, user, OPERATOR, now)


def replay(db: Database, workspace: str, say: Callable[[str], object]) -> bool:
    """Work every verdict out again. Says each that comes out otherwise, and each that can't be; whether none does."""
    same = other = unknown = 0
    with db.read() as session:
        query = select(Decision).where(Decision.workspace_id == workspace, Decision.verdict.is_not(None))
        for decision in session.scalars(query.order_by(Decision.number)):
            found = replayed(session, decision)
            if isinstance(found, NotReplayable):
                unknown += 1
                say(f"{decision.name} is not replayable: {WHY_NOT[found]}")
            elif found != decision.verdict:
                other += 1
                say(
                    f"{decision.name} comes out otherwise than it is kept: somebody changed its answers or its verdict."
                )
            else:
                same += 1
    say(f"{same} verdicts come out as they are kept, {other} otherwise, {unknown} can't be worked out again.")
    return not other
