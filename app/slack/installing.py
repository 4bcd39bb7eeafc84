"""The way into a workspace: the install page, Slack's consent, and back. A person reads a short page at every end."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape
from http.client import HTTPException
from urllib.parse import urljoin

from flask import Flask, Response, request
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.adapter.flask.handler import to_bolt_request, to_flask_response
from slack_bolt.error import BoltError
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import OAuthStateStore
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import delete

from app.db.models import OauthState
from app.db.session import Database
from app.domain.errors import Busy
from app.slack.errors import NoAnswer
from app.slack.installed import Installed
from app.slack.scopes import SCOPES
from app.words.errors import RECORDS_AWAY

log = logging.getLogger(__name__)

INSTALL, BACK = "/slack/install", "/slack/oauth_redirect"
ALIVE = timedelta(minutes=10)
"""How long somebody may take at Slack's page."""

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body{{font:17px/1.5 system-ui,sans-serif;max-width:34rem;margin:14vh auto;padding:0 1.5rem;color:#1d1c1d;
background:#fff}}h1{{font-size:1.5rem}}
a{{display:inline-block;margin-top:.5rem;padding:.6rem 1.1rem;border-radius:.4rem;
background:#1f3a5f;color:#fff;text-decoration:none}}a:focus-visible{{outline:3px solid #1264a3;outline-offset:2px}}
</style></head><body><main><h1>{title}</h1><p>{text}</p>{link}</main></body></html>
"""
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address holds the code and the state
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}

AGAIN = ("Start again", INSTALL)
CANCELLED = ("Nothing was installed", "You cancelled it, and that is all that happened.")
TOO_LATE = ("That link has run out", "It works once, for ten minutes, in the browser that began. Please start again.")
NOT_TAKEN = ("Slack did not finish it", "Nothing was installed. Please start again; it often works the second time.")
LATER = "Nothing was installed. Please start again in a minute."
AWAY = (RECORDS_AWAY, LATER)
SILENT = ("Slack did not answer", LATER)

NOT_LISTED = (
    "This workspace is not on the list",
    "Nothing was installed. Whoever runs this Threshold names who may install it: give them your id, {where}, and "
    "start again once they have added it.",
)

ENDS = {
    "access_denied": CANCELLED,
    "invalid_browser": TOO_LATE,
    "invalid_state": TOO_LATE,
    "missing_code": TOO_LATE,
}
"""Bolt's and Slack's words for an install that came to nothing → what the person reads. Any other: `NOT_TAKEN`."""


def page(title: str, text: str, link: tuple[str, str] | None = None) -> str:
    """A page of one sentence or two. The words may hold anything: they are escaped."""
    shown = f'<a href="{escape(link[1])}">{escape(link[0])}</a>' if link else ""
    return PAGE.format(title=escape(title), text=escape(text), link=shown)


class States(OAuthStateStore):
    """Who began an install: good once, also where two browsers or two of our processes ask at the same moment."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db, self._clock = db, clock

    def issue(self, *args: object, **kwargs: object) -> str:
        state, now = secrets.token_urlsafe(32), self._clock()
        with self._db.begin() as session:
            session.execute(delete(OauthState).where(OauthState.expire_at <= now))
            session.add(OauthState(state=state, expire_at=now + ALIVE))
        return state

    def consume(self, state: str) -> bool:
        mine = delete(OauthState).where(OauthState.state == state, OauthState.expire_at > self._clock())
        with self._db.begin() as session:
            return session.execute(mine.returning(OauthState.state)).first() is not None


class NotListed(BoltError):
    """Somebody whom the settings do not name has installed it. The message names where, for the page."""


class Flow(OAuthFlow):
    """Bolt's flow, with our page before it, and only for whom the settings name."""

    may_install: frozenset[str] = frozenset()
    """Ids of workspaces and orgs; empty: whoever likes."""

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        return page(
            "Add Threshold to Slack",
            "It asks of a decision whether it can be undone, hands it back to the team if so, and carries the rest up "
            "the ladder with one page. Slack shows you what it may do before you say yes.",
            ("Choose a workspace", url),
        )

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """Keep the token, or hand it back.

        Raises:
            NotListed: it was handed back, and nothing was kept.
        """
        team = None if installation.is_enterprise_install else installation.team_id
        ids = {id for id in (team, installation.enterprise_id) if id}
        if self.may_install and not ids & self.may_install:
            self._hand_back(installation, str(team or installation.enterprise_id))
            raise NotListed(team or installation.enterprise_id or "")
        super().store_installation(request, installation)

    def _hand_back(self, installation: Installation, where: str) -> None:
        """Take the app out again, so that its token is nobody's; but where we work already, that goes on."""
        log.warning("an install in %s was refused: THRESHOLD_MAY_INSTALL does not name it", where)
        if self.installed.knows(where):
            return
        try:
            self.client.apps_uninstall(
                client_id=self.settings.client_id,
                client_secret=self.settings.client_secret,
                token=installation.bot_token,
            )
        except (SlackApiError, OSError, HTTPException) as error:  # the token is forgotten all the same
            log.warning("Slack did not take it out again: %s", type(error).__name__)

    @property
    def installed(self) -> Installed:
        store = self.settings.installation_store
        assert isinstance(store, Installed)
        return store


def flow(
    installed: Installed,
    states: States,
    client: WebClient,
    client_id: str,
    client_secret: str,
    api_url: str,
    *,
    may_install: frozenset[str] = frozenset(),
) -> Flow:
    """The install flow against the Slack at ``api_url``. ``may_install``: as `Flow.may_install`."""
    quiet = logging.Logger("threshold.oauth", logging.CRITICAL)  # Bolt would write codes and states into the log
    settings = OAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=sorted(SCOPES),
        user_scopes=[],
        authorization_url=urljoin(api_url, "../oauth/v2/authorize"),
        installation_store=installed,
        state_store=states,
        state_expiration_seconds=int(ALIVE.total_seconds()),
        callback_options=CallbackOptions(success=_installed, failure=_ended),
        install_path=INSTALL,
        redirect_uri_path=BACK,
        logger=quiet,
    )
    way = Flow(client=client, logger=quiet, settings=settings)
    way.may_install = may_install
    return way


def _installed(args: SuccessArgs) -> BoltResponse:
    installation = args.installation
    name = installation.team_name or installation.enterprise_name or "your workspace"
    where = installation.team_id or installation.enterprise_id
    log.info("installed in %s", where)
    return BoltResponse(
        status=200,
        body=page(
            f"Threshold is in {name}",
            "Type /escalate and a sentence in any channel, and the first question comes as a direct message. "
            "Invite it to a channel to give that channel a digest.",
            ("Open Slack", f"https://slack.com/app_redirect?app={installation.app_id}&team={where}"),
        ),
        headers={**HEADERS, "Set-Cookie": args.settings.state_utils.build_set_cookie_for_deletion()},
    )


def _ended(args: FailureArgs) -> BoltResponse:
    if isinstance(args.error, NotListed):
        title, text = NOT_LISTED
        body = page(title, text.format(where=args.error), AGAIN)
        return BoltResponse(status=403, body=body, headers={**HEADERS})
    log.info("an install came to nothing: %s", args.reason if args.reason in ENDS else "Slack's answer was no")
    title, text = ENDS.get(args.reason, NOT_TAKEN)
    return BoltResponse(status=args.suggested_status_code, body=page(title, text, AGAIN), headers={**HEADERS})


def add_routes(flask: Flask, way: Flow) -> None:
    """`GET /slack/install` and `GET /slack/oauth_redirect`."""

    def answered(step: Callable[[BoltRequest], BoltResponse]) -> Response:
        try:
            answer = to_flask_response(step(to_bolt_request(request)))
        except Busy:
            return Response(page(*AWAY, AGAIN), 503, HEADERS)
        except (OSError, HTTPException) as error:  # Bolt asks by a client of its own, too
            how = error.how if isinstance(error, NoAnswer) else type(error).__name__
            log.warning("an install came to nothing: %s", how)
            return Response(page(*SILENT, AGAIN), 502, HEADERS)
        answer.headers.update(HEADERS)
        return answer

    @flask.get(INSTALL)
    def install() -> Response:
        return answered(way.handle_installation)

    @flask.get(BACK)
    def back() -> Response:
        return answered(way.handle_callback)
