"""A workspace adds the app, removes it, comes back, or is forgotten."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import locks, roster
from app.db.erasure import erase_workspace
from app.db.models import Workspace
from app.workflows.one_by_one import alone
from app.workflows.opening import ensure_workspace


def added(session: Session, workspace: str, enterprise: str | None, now: datetime) -> Workspace:
    """The app is there, for the first time or again: what rested goes on where it stood."""
    ensure_workspace(session, workspace, now)
    found = locks.hold_workspace(session, workspace)
    assert found
    found.uninstalled_at, found.enterprise_id = None, enterprise or found.enterprise_id
    return found


def back(session: Session, workspace: str) -> None:
    """The settings hold a token again that works there: if it was removed before, it goes on."""
    found = locks.hold_workspace(session, workspace)
    if found is not None:
        found.uninstalled_at = None


def added_everywhere(session: Session, enterprise: str) -> None:
    """An org added the app for all of its workspaces: those we know go on."""
    for found in roster.workspaces_of(session, enterprise):
        found.uninstalled_at = None


def forget(
    session: Session, workspace: str | None, enterprise: str | None, org_wide: bool, said_at: datetime, now: datetime
) -> None:
    """The app was removed: nothing is sent or dated from now on, and no token is kept. The rest waits for its time.

    Told twice (Slack speaks of the tokens and of the app), the first time counts. ``org_wide``: an org removed it for
    all of its workspaces, but for those that added it for themselves. Where an install came after ``said_at`` (to the
    second, as Slack counts), it was replaced, and nothing is over.
    """
    owner = enterprise if org_wide or workspace is None else workspace
    if owner is None or roster.installed_after(session, owner, said_at):
        return
    roster.forget_tokens(session, owner)
    here = [locks.hold_workspace(session, workspace)] if workspace else []
    for found in [*here, *(roster.workspaces_of(session, owner) if owner == enterprise else [])]:
        if found is not None and found.uninstalled_at is None and not _served(session, found):
            found.uninstalled_at = now


def _served(session: Session, found: Workspace) -> bool:
    """Whether a token still speaks for it: its own, or its org's."""
    owners = [found.id, *([found.enterprise_id] if found.enterprise_id else [])]
    return any(roster.has_token(session, owner) for owner in owners)


def erase_forgotten(session: Session, now: datetime, after: timedelta, but: Collection[str] = ()) -> str | None:
    """Erase one workspace that removed the app ``after`` ago or earlier, and did not come back. None: there is none.

    Replicas that look at the same time take different ones: each is erased once.

    Raises:
        Stuck: it can't be done with this one; the next look passes it over by ``but``.
    """
    found = roster.forgotten_workspace(session, now - after, but)
    if found is None:
        return None
    id = found.id
    with alone(id):
        erase_workspace(session, id)
    return id
