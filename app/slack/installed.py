"""The tokens that installs gave us: kept sealed, found by workspace, renewed before they run out.

Slack tells of an install in two ids. ``team_id`` names the workspace; it is empty where somebody installed the app for
a whole org, and then one token, kept under the org's id, speaks for each of its workspaces. Which org a workspace
belongs to comes with its deliveries and stands in its row. Where both speak for a workspace, the newer install counts.
"""

import copy
import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_bolt.context import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import InstallationStore
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.models.bot import Bot as Token
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from sqlalchemy import ColumnElement, Connection, Engine, Table, or_, select, update

from app.db import models, roster
from app.db.secret_columns import Box, WrongKey
from app.db.session import Database
from app.domain.errors import Busy
from app.slack.errors import NoAnswer, code_of
from app.slack.workspaces import BRISK, PATIENT, NotInstalled, Refreshing
from app.telemetry.refusals import REFUSALS
from app.workflows.people import installs

log = logging.getLogger(__name__)

EARLY = timedelta(hours=2)
"""How long before its end a token is renewed. It lives for twelve hours."""
AT_ONCE = timedelta(minutes=1)
"""A token with less than this left is not used any more."""
FETCHING = timedelta(seconds=30)
"""For how long one of us has the renewal of a token in hand; and the pause after Slack refused it."""

Make = Callable[[str | None, int], WebClient]
"""A client, from a token and the seconds after which its calls are given up."""


class _Store(SQLAlchemyInstallationStore):
    """slack_sdk's store on our tables and inside a transaction of ours, so that an install is one commit."""

    def __init__(self, client_id: str, connection: Connection, bots: Table, installations: Table) -> None:
        super().__init__(client_id, cast(Engine, _Within(connection)))
        self.bots, self.installations = bots, installations


class _Within:
    """An engine whose transactions are the one that is under way."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self) -> AbstractContextManager[Connection]:
        return nullcontext(self._connection)

    connect = begin


class Installed(InstallationStore, Authorize):
    """Any number of workspaces, and any number of processes beside us that know them too."""

    def __init__(
        self, db: Database, box: Box, client_id: str, client_secret: str, make: Make, clock: Callable[[], datetime]
    ) -> None:
        self.db, self.clock = db, clock
        self._client_id, self._client_secret, self._make = client_id, client_secret, make
        self._bots = box.lid(cast(Table, models.Bot.__table__))
        self._installations = box.lid(cast(Table, models.Installation.__table__))
        self._unsaved: dict[tuple[str, int], dict[str, Any]] = {}
        """What Slack gave us while the database was away. It can't be asked for again."""
        self._lock = threading.Lock()

    # ── for whoever talks to Slack ──────────────────────────────────────────────────────────────────────

    def client(self, workspace: str, *, timeout: int = PATIENT) -> WebClient:
        """See `Workspaces`."""
        return self._make(self.token(workspace, timeout=timeout).bot_token, timeout)

    def token(self, workspace: str, enterprise: str | None = None, *, timeout: int = PATIENT) -> Token:
        """The bot token that speaks for a workspace now, and whose it is. Raises as `Workspaces.client` does."""
        id, token = self._find(workspace, enterprise)
        if not self._ends_within(token, AT_ONCE):
            return token
        self._renew(id, token, timeout)
        id, token = self._find(workspace, enterprise)
        if self._ends_within(token, AT_ONCE):
            raise Refreshing()
        return token

    def knows(self, owner: str) -> bool:
        """Whether this workspace (``T…``) or org (``E…``) has given us a token."""
        with self.db.read() as session:
            return roster.has_token(session, owner)

    def _find(self, workspace: str, enterprise: str | None) -> tuple[int, Token]:
        bots = self._bots.c
        org = select(models.Workspace.enterprise_id).where(models.Workspace.id == workspace).scalar_subquery()
        wide = bots.is_enterprise_install.is_(True) & or_(bots.workspace_id == org, bots.workspace_id == enterprise)
        query = (
            self._bots.select()
            .where(bots.client_id == self._client_id, or_(bots.workspace_id == workspace, wide))
            .order_by(bots.installed_at.desc(), bots.id.desc())
            .limit(1)
        )
        try:
            with self.db.read() as session:
                row = session.execute(query).mappings().first()
        except WrongKey:
            REFUSALS.note(workspace, "wrong_key")
            log.error("the token of %s was sealed with a key that THRESHOLD_ENCRYPTION_KEY does not hold", workspace)
            raise NotInstalled() from None
        if row is None:
            raise NotInstalled()
        return int(row["id"]), _Store.build_bot_entity(row)

    def _ends_within(self, token: Token, span: timedelta) -> bool:
        ends = token.bot_token_expires_at
        return ends is not None and datetime.fromtimestamp(ends, UTC) <= self.clock() + span

    def __call__(
        self,
        *,
        context: BoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """Bolt's question about a delivery. None: nobody installed us there. Asks Slack nothing."""
        if team_id is None:
            return None
        try:
            token = self.token(team_id, enterprise_id, timeout=BRISK)
        except NotInstalled:
            return None
        if enterprise_id:
            self._belongs(team_id, enterprise_id)
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, user_id=user_id, bot_id=token.bot_id,
            bot_user_id=token.bot_user_id, bot_token=token.bot_token, bot_scopes=token.bot_scopes,
        )  # fmt: skip

    def _belongs(self, workspace: str, enterprise: str) -> None:
        """Remember which org a workspace is in, so that what is sent at night finds the org's token."""
        with self.db.read() as session:
            known = roster.workspace(session, workspace)
        if known is None or known.enterprise_id != enterprise or known.uninstalled_at is not None:
            with self.db.begin() as session:
                installs.added(session, workspace, enterprise, self.clock())

    # ── installed ───────────────────────────────────────────────────────────────────────────────────────

    def save(self, installation: Installation) -> None:
        """Keep the tokens of an install in the place of those before, and let the workspace's work go on: one commit.

        Raises:
            Busy: the database is away; nothing was kept.
        """
        now = self.clock()
        kept = copy.copy(installation)
        kept.installed_at = now.timestamp()
        if installation.bot_token_expires_at is not None:  # Slack said for how long; by our clock, not the machine's
            life = installation.bot_token_expires_at - int(installation.installed_at)
            kept.bot_token_expires_at = int(now.timestamp()) + life
        team, org = (None if kept.is_enterprise_install else kept.team_id), kept.enterprise_id
        with self.db.begin() as session:
            roster.forget_tokens(session, str(team or org))
            _Store(self._client_id, session.connection(), self._bots, self._installations).save(kept)
            if team:
                installs.added(session, team, org, now)
            elif org:
                installs.added_everywhere(session, org)

    # ── renewed ─────────────────────────────────────────────────────────────────────────────────────────

    def refresh_due(self) -> None:
        """See `Workspaces`."""
        self._keep_unsaved()
        bots = self._bots.c
        with self.db.read() as session:
            found = session.execute(select(bots.workspace_id, bots.id).where(*self._due())).all()
        for owner, id in found:
            try:
                if not self._renew_one(owner, id):
                    return  # Slack is silent: the others can wait, and the follow-ups behind us need not
            except Busy:
                raise
            except WrongKey:
                log.error("a token that is due to be renewed was sealed with a key that THRESHOLD_ENCRYPTION_KEY lacks")
            except Exception:  # an answer of Slack's that we can't read: the other tokens run out too
                log.exception("a token was not renewed")

    def _due(self) -> tuple[ColumnElement[bool], ...]:
        soon = (self.clock() + EARLY).astimezone(UTC).replace(tzinfo=None)
        return self._bots.c.client_id == self._client_id, self._bots.c.bot_token_expires_at <= soon

    def _renew_one(self, owner: str, id: int) -> bool:
        bots = self._bots.c
        with self.db.read() as session:
            still = self._bots.select().where(bots.workspace_id == owner, bots.id == id, *self._due())
            row = session.execute(still).mappings().first()
        return row is None or self._renew(id, _Store.build_bot_entity(row), PATIENT)

    def _renew(self, id: int, token: Token, timeout: int) -> bool:
        """Fetch the successor of a token, unless somebody beside us is at it: a refresh token is good once.

        Returns False where Slack did not answer.
        """
        if token.bot_refresh_token is None or not self._take(id, token):
            return True
        try:
            answer = self._make(None, timeout).oauth_v2_access(
                client_id=self._client_id,
                client_secret=self._client_secret,
                grant_type="refresh_token",
                refresh_token=token.bot_refresh_token,
            )
            fresh = {
                "bot_token": str(answer["access_token"]),
                "bot_refresh_token": str(answer["refresh_token"]),
                "bot_token_expires_at": self._at(int(answer["expires_in"])),
                "refreshing_until": None,
            }
        except SlackApiError as error:
            whose = token.team_name or token.team_id or token.enterprise_id
            log.error(
                "Slack does not renew the token of %s (%s); installing it again mends that", whose, code_of(error)
            )
            return True
        except NoAnswer as error:
            log.warning("a token was not renewed, Slack did not answer: %s", error.how)
            return False
        with self._lock:
            self._unsaved[_owner(token), id] = fresh
        self._keep_unsaved()
        return True

    def _take(self, id: int, token: Token) -> bool:
        """Whether the renewal is ours: nobody else is at it, and nobody has done it since we looked."""
        now, ends = self.clock(), token.bot_token_expires_at
        seen = datetime.fromtimestamp(ends or 0, UTC).replace(tzinfo=None)
        free = or_(models.Bot.refreshing_until.is_(None), models.Bot.refreshing_until < now)
        with self.db.begin() as session:
            taken = session.execute(
                update(models.Bot)
                .where(
                    models.Bot.workspace_id == _owner(token),
                    models.Bot.id == id,
                    models.Bot.bot_token_expires_at == seen,
                    free,
                )
                .values(refreshing_until=now + FETCHING)
                .returning(models.Bot.id)
            )
            return taken.first() is not None

    def _keep_unsaved(self) -> None:
        """Raises Busy while the database is away; then it is tried again with the next look."""
        with self._lock:
            for (owner, id), fresh in list(self._unsaved.items()):
                bots = self._bots.c
                with self.db.begin() as session:
                    session.execute(update(self._bots).where(bots.workspace_id == owner, bots.id == id).values(fresh))
                del self._unsaved[owner, id]

    def _at(self, seconds: int) -> datetime:
        """So many seconds from now, to the second: slack_sdk counts in whole ones, and `_take` compares."""
        return (self.clock() + timedelta(seconds=seconds)).astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _owner(token: Token) -> str:
    """The id that a token is kept under: its team's, or its org's."""
    return str((None if token.is_enterprise_install else token.team_id) or token.enterprise_id)
