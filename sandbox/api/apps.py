"""auth.*, oauth.*, apps.*, api.test: who the app is, and how it gets in."""

from __future__ import annotations

import secrets

from sandbox import events
from sandbox.api.calls import Call
from sandbox.errors import SlackError
from sandbox.model import Json, Team
from sandbox.objects import team_json
from sandbox.world import World


def api_test(args: Json) -> Json:
    if args.get("error"):
        raise SlackError(str(args["error"]), args=args)
    return {"args": args}


def auth_test(call: Call) -> Json:
    return {
        "url": f"https://{call.team.domain}.slack.com/",
        "team": call.team.name,
        "user": call.bot.name,
        "team_id": call.team.id,
        "user_id": call.bot.id,
        "bot_id": call.bot.bot_id,
        "is_enterprise_install": False,
    }


def auth_teams(call: Call) -> Json:
    return {"teams": [{"id": call.team.id, "name": call.team.name}]}


def auth_revoke(call: Call) -> Json:
    if call.flag("test"):
        return {"revoked": False}
    revoke(call.world, call.team)
    return {"revoked": True}


def uninstall(call: Call) -> Json:
    if call.text("client_id") != call.world.client_id:
        raise SlackError("invalid_client_id")
    if call.text("client_secret") != call.world.client_secret:
        raise SlackError("bad_client_secret")
    remove(call.world, call.team)
    return {}


def revoke(world: World, team: Team) -> None:
    """The bot token stops working and the app is told so."""
    token = team.bot_token
    world.tokens.pop(token, None)
    world.revoked.add(token)
    event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot_user_id]}}
    events.emit(world, team, "tokens_revoked", event)
    world.changed("revoked", team=team.id)


def remove(world: World, team: Team) -> None:
    """Uninstall: tokens are revoked, the app hears of both, nothing else is delivered any more."""
    team.installed = False
    revoke(world, team)
    events.emit(world, team, "app_uninstalled", {"type": "app_uninstalled"})
    world.changed("uninstalled", team=team.id)


def install(world: World, team: Team) -> str:
    """A bot token for the team; a fresh one after every uninstall."""
    number = len(world.revoked) + 1
    team.bot_token = f"xoxb-{team.id.lower()}-{number}-{secrets.token_hex(8)}"
    team.installed = True
    world.tokens[team.bot_token] = team.id
    world.changed("installed", team=team.id)
    return team.bot_token


def connections_open(world: World) -> Json:
    ticket = secrets.token_hex(16)
    world.tickets.add(ticket)
    base = world.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={ticket}&app_id={world.app_id}"}


def oauth_access(world: World, args: Json) -> Json:
    """Exchange a code once. Client id and secret come as Basic authorisation or as arguments."""
    if args.get("client_id") != world.client_id:
        raise SlackError("invalid_client_id")
    if args.get("client_secret") != world.client_secret:
        raise SlackError("bad_client_secret")
    grant = world.codes.pop(str(args.get("code", "")), None)
    if grant is None:
        raise SlackError("invalid_code")
    team_id, redirect_uri = grant
    if redirect_uri and args.get("redirect_uri", redirect_uri) != redirect_uri:
        raise SlackError("bad_redirect_uri")
    team = world.teams[team_id]
    if not team.installed or team.bot_token not in world.tokens:
        install(world, team)
    installer = next((u.id for u in team.users.values() if not u.is_bot), "U0SANDBOX")
    return {
        "access_token": team.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(team.scopes or ())),
        "bot_user_id": team.bot_user_id,
        "app_id": world.app_id,
        "team": {"id": team.id, "name": team_json(team)["name"]},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": installer},
    }
