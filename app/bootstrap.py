"""The composition root: settings in, a running bot out. The one clock is handed in here, so that time can travel."""

import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import BoltContext

from app.assistant import Assistant, NoAssistant, connect
from app.assistant.embedding import Embedder, Reader, connect_embedder
from app.auditor import Auditor
from app.db import roster
from app.db.leases import Leases
from app.db.models import FollowUp
from app.db.session import Database
from app.domain.errors import Busy
from app.due import Due
from app.settings import Settings
from app.slack.bolt_app import BoltApp
from app.slack.calls import Client
from app.slack.directory import Directory
from app.slack.listeners import Services, faults, register
from app.slack.memo_begun import begun_memo
from app.slack.outbox import PACE, OutboxWorker
from app.slack.outdated_cards import is_outdated
from app.slack.workspaces import BRISK, PATIENT, NotInstalled, OneWorkspace, Workspaces, enterprise_of, workspace_of
from app.telemetry import metrics
from app.telemetry.pools import Pool

if TYPE_CHECKING:  # imported where they are needed: one workspace is up sooner without
    from app.db.secret_columns import Box
    from app.slack.installed import Installed
    from app.slack.installing import Flow

log = logging.getLogger(__name__)


Clock = Callable[[], datetime]


TICK = "tick"
"""The scheduler's name for it."""


def wall_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


class NotConfigured(Exception):
    """A setting is missing; the message says which, and where to get it."""


@dataclass
class Bot:
    """Everything that runs, tied together and not yet started."""

    settings: Settings
    db: Database
    app: BoltApp
    due: Due
    workspaces: Workspaces
    way_in: "Flow | None"
    """How further workspaces come in; None where the settings hold the one token."""
    outbox: OutboxWorker
    assistant: Assistant
    clock: Clock
    scheduler: BackgroundScheduler
    executor: Pool
    leases: Leases
    auditor: Auditor
    _away: str = ""
    """Why the last look for due work could not be taken."""

    def start(self) -> None:
        """Begin to deliver and to look for due work. What waited since the last stop goes out at once."""
        self.leases.start()
        self.outbox.start()
        self.scheduler.start()
        self.outbox.wake()

    def tick(self) -> None:
        """One look for due work, and one for messages whose time has come; and SQLite's file is brought up to date."""
        with metrics.TICK_SECONDS.time(), self.due.pulse.work():
            try:
                while self.due.run_once():
                    pass
                self.due.read_new()
                self._away = ""
                self.due.pulse.went_well()
            except Busy as error:
                if error.why != self._away:  # said once, not at every tick
                    log.warning("what is due waits: %s", error.why)
                self._away = error.why
            except Exception as error:
                if type(error).__name__ != self._away:  # as above: the watchdog tells for how long
                    log.exception("the look for due work stumbled")
                self._away = type(error).__name__
                self.due.pulse.failed()
        self.outbox.wake()
        self.db.checkpoint()

    def clean_up(self) -> None:
        """What was kept long enough goes: workspaces that removed the app, the words of decisions long closed."""
        keep = self.settings.threshold_keep_days
        self._until_done(self._place_arrives)
        self._until_done(partial(self.due.erase_once, timedelta(days=self.settings.threshold_erase_after_days)))
        if keep is not None:
            self._until_done(partial(self.due.forget_once, timedelta(days=keep)))
        self._until_done(self.due.shelve_once)
        self._until_done(self.due.read_all)
        self._until_done(self.due.tidy_once)

    def _place_arrives(self) -> bool:
        """Whose holidays count where nobody says so: as the settings have it by now. Done at once."""
        with self.db.begin() as session:
            roster.set_default_place(session, self.settings.threshold_country)
        return False

    def _until_done(self, once: Callable[[], bool]) -> None:
        """One kind of cleaning up that fails does not keep the others from being done."""
        try:
            while once():
                pass
            while self.due.take_up_once():
                pass
        except Busy as error:
            log.warning("cleaning up waits: %s", error.why)
        except Exception:
            log.exception("cleaning up stumbled")

    def renew_tokens(self) -> None:
        """Renew what runs out soon. A job of its own: Slack may take its time."""
        try:
            self.workspaces.refresh_due()
        except Busy as error:
            log.warning("tokens are renewed later: %s", error.why)

    def tick_beside(self) -> None:
        """Let one more tick run beside one that hangs. What that one had claimed is done by whoever comes first."""
        with suppress(Busy):
            self.leases.give_back(FollowUp)
        job = self.scheduler.get_job(TICK)
        job.modify(max_instances=job.max_instances + 1)

    def let_go(self) -> None:
        """Take up no more work, and give back what is in hand and not begun: whoever else is awake goes on with it."""
        for part in (self.outbox, self.due):
            try:
                part.let_go()
            except Busy:
                log.warning("the database is away: what is in hand goes on when its lease has run out")

    def stop(self) -> None:
        """Stop taking up work, finish what is in hand, give the database back."""
        self.let_go()
        if self.scheduler.running:
            self.scheduler.shutdown(wait=True)
        self.outbox.close()
        self.executor.shutdown(wait=True)
        self.leases.close()
        self.db.close()


def build(
    settings: Settings, *, clock: Clock = wall_clock, assistant: Assistant | None = None, pace: float = PACE
) -> Bot:
    """Put the bot together. Nothing has started, nothing was asked of Slack.

    Raises:
        NotConfigured: the bot token is missing.
    """
    check_install_settings(settings)
    db = Database(settings.database_url)
    clock = db.by_its_clock(clock)
    if assistant is None:
        assistant = connect_assistant(settings)
    client, way_in = web_client(settings), None
    workspaces: Workspaces = OneWorkspace(client, web_client(settings, timeout=BRISK))
    asked: dict[str, Any] = {}
    if settings.many_workspaces:
        workspaces, way_in = _many_workspaces(settings, db, clock)
        asked = {"before_authorize": name_the_workspace, "authorize": workspaces}
    executor = Pool("listener", settings.threshold_listeners)
    secret = settings.slack_signing_secret
    with _without_bolts_own_settings():
        app = BoltApp(
            client=client,
            signing_secret=secret.get_secret_value() if secret else "socket-mode-needs-none",
            listener_executor=executor,
            token_verification_enabled=False,
            request_verification_enabled=secret is not None,
            raise_error_for_unhandled_request=False,
            user_facing_authorize_error_message=NotInstalled().sentence,
            **asked,
        )
    directory = Directory(db, workspaces, clock, settings.threshold_country)
    leases = Leases(db, clock)
    outbox = OutboxWorker(
        db, workspaces, directory, clock,
        assistant=settings.model_configured, leases=leases, pace=pace, acks=app.in_hand,
        decisions_url=settings.threshold_decisions_url,
    )  # fmt: skip
    embedder = connect_to_embedder(settings)
    due = Due(db, assistant, clock, outbox.wake, leases, begun_memo, embedder)
    services = Services(
        db=db, clock=clock, wake=outbox.wake, directory=directory, assistant=settings.model_configured,
        accepted=outbox.sending.accepted, decisions_url=settings.threshold_decisions_url,
        reader=Reader(embedder) if embedder is not None else None,
    )  # fmt: skip
    register(app, services)
    faults.guard(app)
    scheduler = BackgroundScheduler(timezone=UTC)
    audits = auditor(settings, db, clock, outbox.wake)
    bot = Bot(settings, db, app, due, workspaces, way_in, outbox, assistant, clock, scheduler, executor, leases, audits)
    scheduler.add_job(
        bot.tick, "interval", id=TICK, seconds=settings.threshold_tick_seconds, coalesce=True, max_instances=1,
        misfire_grace_time=None, next_run_time=datetime.now(UTC),
    )  # fmt: skip
    scheduler.add_job(
        bot.renew_tokens, "interval", minutes=1, coalesce=True, max_instances=1, misfire_grace_time=None,
        next_run_time=datetime.now(UTC),
    )  # fmt: skip
    scheduler.add_job(
        audits.hourly, "interval", hours=1, coalesce=True, max_instances=1, misfire_grace_time=None,
        next_run_time=datetime.now(UTC),
    )  # fmt: skip
    scheduler.add_job(
        bot.clean_up, "interval", hours=1, coalesce=True, max_instances=1, misfire_grace_time=None,
        next_run_time=datetime.now(UTC),
    )  # fmt: skip
    return bot


def check_install_settings(settings: Settings) -> None:
    """Raises NotConfigured for what is missing, in one sentence: the one token, or what installs need."""
    key = settings.threshold_encryption_key
    if settings.slack_bot_token is not None:
        return
    if not settings.many_workspaces:
        raise NotConfigured("SLACK_BOT_TOKEN is missing. The README's “A real workspace” shows where to copy it from.")
    if settings.slack_client_id is None or settings.slack_client_secret is None:
        missing = "SLACK_CLIENT_SECRET" if settings.slack_client_id else "SLACK_CLIENT_ID"
        raise NotConfigured(f"{missing} is missing. Copy it from your app's page, under Basic Information.")
    if key is None:
        raise NotConfigured("THRESHOLD_ENCRYPTION_KEY is missing: it seals the tokens. `threshold key` makes one.")
    if wrong := sorted(one for one in settings.may_install if not re.fullmatch("[TE][A-Z0-9]{2,}", one)):
        raise NotConfigured(
            f"THRESHOLD_MAY_INSTALL can't be used: “{wrong[0]}” is no id. Write those of workspaces (T…) and orgs (E…) "
            "with commas; “threshold workspaces” lists who is here."
        )
    from app.db.secret_columns import BadKey

    try:
        sealing_box(settings)
    except BadKey:
        raise NotConfigured(
            "THRESHOLD_ENCRYPTION_KEY can't be used: it is one key that `threshold key` made, or several with commas."
        ) from None


def sealing_box(settings: Settings) -> "Box":
    """What seals the tokens. Raises BadKey."""
    from app.db.secret_columns import Box

    assert settings.threshold_encryption_key is not None
    return Box(settings.threshold_encryption_key.get_secret_value())


def _many_workspaces(settings: Settings, db: Database, clock: Clock) -> "tuple[Installed, Flow]":
    from app.slack.installed import Installed
    from app.slack.installing import States, flow

    assert settings.slack_client_id
    assert settings.slack_client_secret
    id, secret, url = settings.slack_client_id, settings.slack_client_secret.get_secret_value(), settings.slack_api_url

    def make(token: str | None, timeout: int) -> Client:
        return Client(token=token, base_url=url, timeout=timeout, retry_handlers=[])

    installed = Installed(db, sealing_box(settings), id, secret, make, clock)
    with _without_bolts_own_settings():
        client, listed = make(None, PATIENT), settings.may_install
        return installed, flow(installed, States(db, clock), client, id, secret, url, may_install=listed)


def name_the_workspace(context: BoltContext, body: dict[str, Any], next: Callable[[], None]) -> None:
    """The token is looked for where the listeners will look, also where Bolt reads a payload otherwise."""
    context["team_id"], context["enterprise_id"] = workspace_of(body), enterprise_of(body)
    next()


def auditor(
    settings: Settings, db: Database, clock: Clock = wall_clock, wake: Callable[[], None] = lambda: None
) -> Auditor:
    return Auditor(db, clock, wake, partial(is_outdated, assistant=settings.model_configured))


@contextmanager
def _without_bolts_own_settings() -> Iterator[None]:
    """Bolt reads the environment too: a client id there would make it drop our token and wait for an installation."""
    names = (
        "SLACK_BOT_TOKEN",
        "SLACK_CLIENT_ID",
        "SLACK_CLIENT_SECRET",
        "SLACK_VERIFICATION_TOKEN",
        "SLACK_SCOPES",
        "SLACK_USER_SCOPES",
        "SLACK_REDIRECT_URI",
        "SLACK_INSTALL_PATH",
        "SLACK_REDIRECT_URI_PATH",
    )
    hidden = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


def web_client(settings: Settings, timeout: int = PATIENT) -> Client:
    """Slack, or whatever speaks its protocol at ``SLACK_API_URL``. Retries are the outbox's work, not the client's.

    ``timeout``: seconds; a listener's own questions to Slack get less, since its ack is due within three.
    """
    token = settings.slack_bot_token
    return Client(
        token=token.get_secret_value() if token else None,
        base_url=settings.slack_api_url,
        timeout=timeout,
        retry_handlers=[],
    )


def connect_assistant(settings: Settings) -> Assistant:
    if not settings.model_configured:
        return NoAssistant()
    key = settings.openai_api_key
    return connect(
        api_key=key.get_secret_value() if key else None,
        base_url=settings.openai_base_url,
        model=settings.openai_model,
        timeout=settings.openai_timeout,
        sleep=time.sleep,
    )


def connect_to_embedder(settings: Settings) -> Embedder | None:
    """What reads the library, where there is anything."""
    key = settings.openai_api_key
    return connect_embedder(
        api_key=key.get_secret_value() if key else None,
        base_url=settings.openai_base_url,
        model=settings.openai_embedding_model,
    )
