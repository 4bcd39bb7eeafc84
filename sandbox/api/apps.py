"""auth.*, apps.*, api.test: who the app is."""

from __future__ import annotations

from sandbox.api import oauth
from sandbox.api.calls import Call
from sandbox.world.errors import SlackError
from sandbox.world.kinds import Json
from sandbox.world.model import Org


def api_test(args: Json) -> Json:
    if args.get("error"):
        raise SlackError(str(args["error"]), args=args)
    return {"args": args}


def auth_test(call: Call) -> Json:
    org = call.team.org
    return ({"enterprise_id": org.id} if org else {}) | {
        "url": f"https://{call.team.domain}.slack.com/",
        "team": call.team.name,
        "user": call.bot.name,
        "team_id": call.team.id,
        "user_id": call.bot.id,
        "bot_id": call.bot.bot_id,
        "is_enterprise_install": isinstance(call.owner, Org),
    }


def auth_teams(call: Call) -> Json:
    if isinstance(call.owner, Org):
        theirs = [team for team in call.world.teams.values() if team.org is call.owner]
    else:
        theirs = [call.team]
    return {"teams": [{"id": team.id, "name": team.name} for team in theirs]}


def auth_revoke(call: Call) -> Json:
    if call.flag("test"):
        return {"revoked": False}
    oauth.revoke(call.world, call.owner)
    return {"revoked": True}


def uninstall(call: Call) -> Json:
    if call.text("client_id") != call.world.client_id:
        raise SlackError("invalid_client_id")
    if call.text("client_secret") != call.world.client_secret:
        raise SlackError("bad_client_secret")
    oauth.remove(call.world, call.owner)
    return {}
