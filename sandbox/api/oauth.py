"""How an app gets its tokens and loses them: installs, codes, refreshes, revocation. One team, or a whole org.

Tokens never run out unless the manifest says ``token_rotation_enabled``: then after twelve hours of the sandbox's
clock, and a refresh token, good once, fetches the next. The one before lives on until its own time is over.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode

from sandbox.world import events
from sandbox.world.errors import SlackError
from sandbox.world.kinds import Json
from sandbox.world.model import Org, Team
from sandbox.world.world import World

LIFE = timedelta(hours=12)
"""Of an access token, with token rotation."""


def connections_open(world: World) -> Json:
    ticket = secrets.token_hex(16)
    world.tickets.add(ticket)
    base = world.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={ticket}&app_id={world.app_id}"}


# ── installed, and removed ──────────────────────────────────────────────────────────────────────────────


def install(world: World, owner: Team | Org) -> str:
    """A bot token for a team, or for all teams of an org; a fresh one after every uninstall."""
    for team in _teams(world, owner):
        team.installed = True
    world.changed("installed", team=owner.id)
    return _issue(world, owner)


def revoke(world: World, owner: Team | Org) -> None:
    """The bot tokens stop working and the app is told so."""
    for token in [token for token, of in world.tokens.items() if of == owner.id]:
        world.tokens.pop(token)
        world.expires.pop(token, None)
        world.revoked.add(token)
    for refresh in [refresh for refresh, of in world.refreshes.items() if of == owner.id]:
        world.refreshes.pop(refresh)
    team = _teams(world, owner)[0]
    event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot_user_id]}}
    events.emit(world, team, "tokens_revoked", event, org_wide=isinstance(owner, Org))
    world.changed("revoked", team=owner.id)


def remove(world: World, owner: Team | Org) -> None:
    """Uninstall: tokens are revoked, the app hears of both, nothing else is delivered any more."""
    teams = _teams(world, owner)
    for team in teams:
        team.installed = team is not owner and team.bot_token in world.tokens
    revoke(world, owner)
    events.emit(world, teams[0], "app_uninstalled", {"type": "app_uninstalled"}, org_wide=isinstance(owner, Org))
    world.changed("uninstalled", team=owner.id)


def _teams(world: World, owner: Team | Org) -> list[Team]:
    return [owner] if isinstance(owner, Team) else [t for t in world.teams.values() if t.org is owner]


def _issue(world: World, owner: Team | Org) -> str:
    number = len(world.revoked) + len(world.tokens) + 1
    begins = "xoxe.xoxb" if world.manifest.rotates_tokens else "xoxb"
    owner.bot_token = f"{begins}-{owner.id.lower()}-{number}-{secrets.token_hex(8)}"
    world.tokens[owner.bot_token] = owner.id
    if world.manifest.rotates_tokens:
        world.expires[owner.bot_token] = world.clock.now() + LIFE
    return owner.bot_token


# ── oauth.v2.access ─────────────────────────────────────────────────────────────────────────────────────


def access(world: World, args: Json) -> Json:
    """Exchange a code or a refresh token, once. Client id and secret come as Basic authorisation or as arguments."""
    if args.get("client_id") != world.client_id:
        raise SlackError("invalid_client_id")
    if args.get("client_secret") != world.client_secret:
        raise SlackError("bad_client_secret")
    if args.get("grant_type") == "refresh_token":
        found = world.refreshes.pop(str(args.get("refresh_token", "")), None)
        if found is None:
            raise SlackError("invalid_refresh_token")
        return _granted(world, owner_of(world, found))
    grant = world.codes.pop(str(args.get("code", "")), None)
    if grant is None:
        raise SlackError("invalid_code")
    id, redirect_uri = grant
    if redirect_uri and args.get("redirect_uri", redirect_uri) != redirect_uri:
        raise SlackError("bad_redirect_uri")
    owner = owner_of(world, id)
    world.changed("installed", team=owner.id)
    for team in _teams(world, owner):
        team.installed = True
    return _granted(world, owner)


def with_query(address: str, query: Mapping[str, str]) -> str:
    """An address with more in its query; it may have one already."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def owner_of(world: World, id: str) -> Team | Org:
    return world.teams[id] if id in world.teams else world.orgs[id]


def _granted(world: World, owner: Team | Org) -> Json:
    """The answer that carries a token. Without rotation it is the one that there is."""
    if world.manifest.rotates_tokens or owner.bot_token not in world.tokens:
        _issue(world, owner)
    team = _teams(world, owner)[0]
    org = owner if isinstance(owner, Org) else owner.org
    answer: Json = {
        "access_token": owner.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(team.scopes or ())),
        "bot_user_id": team.bot_user_id,
        "app_id": world.app_id,
        "team": {"id": owner.id, "name": owner.name} if isinstance(owner, Team) else None,
        "enterprise": {"id": org.id, "name": org.name} if org else None,
        "is_enterprise_install": isinstance(owner, Org),
        "authed_user": {"id": next((u.id for u in team.users.values() if not u.is_bot), "U0SANDBOX")},
    }
    if world.manifest.rotates_tokens:
        refresh = f"xoxe-1-{secrets.token_hex(24)}"
        world.refreshes[refresh] = owner.id
        answer |= {"refresh_token": refresh, "expires_in": int(LIFE.total_seconds())}
    return answer
