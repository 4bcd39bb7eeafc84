"""Who people are: Slack's profiles, kept in the database and looked up when they are missing or old."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from sqlalchemy.orm import Session

from app.db import roster
from app.db.session import Database
from app.domain.errors import Busy
from app.domain.people.erased import has_left
from app.slack.errors import Means, NoAnswer, code_of, meaning
from app.slack.ids import kept
from app.slack.message_text import channels_in, people_in
from app.slack.views.scene import Group
from app.slack.workspaces import BRISK, NotInstalled, Refreshing, Workspaces
from app.workflows.people import profiles
from app.workflows.people.profiles import Profile

log = logging.getLogger(__name__)

FRESH = timedelta(days=1)
REMEMBERED = timedelta(minutes=5)
MOST_REMEMBERED = 10_000
MOST_NAMED = 5
"""People, and channels, that one message is looked up for: its ack waits for it."""
UNNAMED = "channel"


def group_of(row: Mapping[str, Any]) -> Group:
    handle = kept(str(row.get("handle") or row.get("name") or ""))[:80]
    return Group(str(row["id"]), handle, tuple(str(user) for user in row.get("users") or ()))


class Directory:
    def __init__(self, db: Database, workspaces: Workspaces, clock: Callable[[], datetime], country: str | None = None):
        self.db, self.workspaces, self.clock, self.country = db, workspaces, clock, country
        self._channels: dict[tuple[str, str], str] = {}
        self._groups: dict[str, tuple[datetime, tuple[Group, ...]]] = {}
        self._known: dict[tuple[str, str], datetime] = {}
        """Until when nobody asks the database again: most clicks follow another one of the same person."""

    def ensure(self, workspace: str, users: Iterable[str | None], *, fresh: bool = False) -> bool:
        """Know these people. ``fresh``: ask Slack in any case, since somebody is about to be relied on.

        Slack being away is no reason to stop: who is not known counts as present, in UTC, until the next look.
        Returns False where Slack did not answer in time. One such wait is all that an ack allows, so the rest is not
        asked about.
        """
        now = self.clock()
        wanted = {user for user in users if user and not has_left(user)}
        wanted = {user for user in wanted if fresh or self._known.get((workspace, user), now) <= now}
        if not wanted:
            return True
        with self.db.read() as session:
            known = roster.people(session, workspace, wanted)
        for user in sorted(wanted):
            person = known.get(user)
            if not fresh and person and person.looked_up_at and person.looked_up_at > now - FRESH:
                self._remember(workspace, user, min(now + REMEMBERED, person.looked_up_at + FRESH))
                continue
            try:
                self._know(workspace, user, now, new=person is None)
            except (NoAnswer, NotInstalled, Refreshing) as error:
                how = error.how if isinstance(error, NoAnswer) else type(error).__name__
                log.warning("Slack did not say who %s is: %s", user, how)
                return False
            except Busy:
                raise
            except Exception:  # a profile that we can't read: the others can be
                log.exception("who %s is can't be kept", user)
        return True

    def _know(self, workspace: str, user: str, now: datetime, *, new: bool) -> None:
        """``new``: nobody had met them a moment ago. Of many at once most are."""
        profile = self._look_up(workspace, user)
        if not profile:
            return

        def keep(session: Session) -> None:
            if not (new and profiles.meet(session, workspace, user, profile, now)):
                profiles.update(session, workspace, user, profile, now)

        self.db.run(keep)

    def names(self, workspace: str, raw: str) -> dict[str, str]:
        """How the people and channels in a text of Slack's are called, by id; who is not found is “somebody”."""
        users, channels = people_in(raw)[:MOST_NAMED], channels_in(raw)[:MOST_NAMED]
        if not users and not channels:
            return {}
        self.ensure(workspace, users)
        with self.db.read() as session:
            known = roster.people(session, workspace, users)
        named = {
            user: known[user].name if user in known and known[user].name else "somebody" for user in people_in(raw)
        }
        return named | {channel: self._channel(workspace, channel) for channel in channels}

    def _channel(self, workspace: str, channel: str) -> str:
        """A channel's name; of one that the bot may not see, “a channel” is all that can be said."""
        known = self._channels.get((workspace, channel))
        if known is None:
            try:
                answer = self.workspaces.client(workspace, timeout=BRISK).conversations_info(channel=channel)
                known = kept(str((answer["channel"] or {}).get("name") or ""))
            except SlackApiError as error:
                log.info("a channel stays unnamed: %s", code_of(error))
                known = ""
            except (NoAnswer, NotInstalled, Refreshing) as error:
                log.warning("Slack did not say how a channel is called: %s", type(error).__name__)
                return UNNAMED
            if len(self._channels) >= MOST_REMEMBERED:
                self._channels.clear()
            self._channels[workspace, channel] = known
        return known or UNNAMED

    def groups(self, workspace: str) -> Sequence[Group]:
        """The user groups of a workspace, by their handles; none where Slack says nothing of them in time, or the app
        was installed before it asked for them."""
        until, found = self._groups.get(workspace, (self.clock(), ()))
        if until > self.clock():
            return found
        try:
            answer = self.workspaces.client(workspace, timeout=BRISK).usergroups_list(include_users=True)
            rows = answer["usergroups"] or []
            found = tuple(sorted((group_of(row) for row in rows if row.get("id")), key=lambda one: one.handle))
        except SlackApiError as error:
            log.info("user groups stay unknown: %s", code_of(error))
            found = ()
        except (NoAnswer, NotInstalled, Refreshing) as error:
            log.warning("Slack did not say which user groups there are: %s", type(error).__name__)
            return ()
        if len(self._groups) >= MOST_REMEMBERED:
            self._groups.clear()
        self._groups[workspace] = (self.clock() + REMEMBERED, found)
        return found

    def _remember(self, workspace: str, user: str, until: datetime) -> None:
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[workspace, user] = until

    def _look_up(self, workspace: str, user: str) -> Profile | None:
        try:
            answer = self.workspaces.client(workspace, timeout=BRISK).users_info(user=user, include_locale=True)
        except SlackApiError as error:
            if meaning(error) is Means.PERSON_GONE:
                return Profile(name="", tz="UTC", active=False)
            log.warning("Slack did not say who %s is: %s", user, code_of(error))
            return None
        return profile_of(answer["user"], workspace, self.country)


def profile_of(user: dict[str, Any], workspace: str, country: str | None = None) -> Profile:
    """Slack's user object, as we keep it."""
    profile = user.get("profile") or {}
    gone = bool(user.get("deleted", False))
    handles = () if gone else (user.get("name"), user["id"])  # whoever left is known by their name already
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), *handles)
    return Profile(
        name=next((name for name in map(kept, filter(None, names)) if name.strip()), ""),
        tz=kept(user.get("tz") or "UTC")[:64],
        active=not gone,
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        outside=_outside(user, workspace),
        bot=bool(user.get("is_bot")),
        admin=not gone and any(user.get(role) for role in ("is_admin", "is_owner", "is_primary_owner")),
        country=country,
        locale=kept(str(user.get("locale") or ""))[:16] or None,
    )


def _outside(user: dict[str, Any], workspace: str) -> bool:
    """Whether somebody met in a shared channel belongs elsewhere.

    On an Enterprise Grid a person is of every workspace that Slack lists for them, whichever they came from first.
    """
    if user.get("is_stranger"):
        return True
    home, grid = user.get("team_id"), user.get("enterprise_user") or {}
    return bool(home) and workspace not in (home, grid.get("enterprise_id"), *(grid.get("teams") or ()))
