"""Every method of the Web API the sandbox answers: handler, scopes, rate tier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.api import (
    apps,
    assistants,
    canvases,
    chat,
    conversations,
    entities,
    files,
    functions,
    lists,
    oauth,
    other,
    remote_files,
    search,
    streams,
    unplayed,
    usergroups,
    users,
    views,
)
from sandbox.api.calls import Call
from sandbox.world.errors import SlackError
from sandbox.world.kinds import Json
from sandbox.world.world import World

SPECIAL = 5
"""Slack's special tier: no bucket by the minute."""


@dataclass(frozen=True)
class Method:
    """scopes  any one of them will do
    by_kind  channel kind → scopes, one of which that kind of conversation asks for
    json     arguments may come as a JSON body (a few old methods take forms alone)
    """

    handler: Callable[[Call], Json]
    tier: int
    scopes: tuple[str, ...] = ()
    by_kind: Mapping[str, tuple[str, ...]] | None = None
    json: bool = True

    def needed(self, kind: str | None) -> tuple[str, ...]:
        if self.by_kind is None:
            return self.scopes
        if kind is not None:
            return self.by_kind.get(kind, ())
        return tuple(dict.fromkeys(s for scopes in self.by_kind.values() for s in scopes))


def _kinds(what: str, **also: str) -> dict[str, tuple[str, ...]]:
    """`channels:what`, `groups:what`, … by kind of conversation."""
    names = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
    return {kind: (f"{word}:{what}", *([also[kind]] if kind in also else [])) for kind, word in names.items()}


READ = _kinds("read")
HISTORY = _kinds("history")
WRITE = _kinds("write", channel="channels:manage")
OPEN = WRITE | {"channel": ("channels:manage",)}
TOPIC = {kind: (*OPEN[kind], *scopes) for kind, scopes in _kinds("write.topic").items()}
KICK = {"channel": ("channels:manage",), "group": ("groups:write",)}
INVITE = WRITE | {
    "channel": ("channels:manage", "channels:write.invites"),
    "group": ("groups:write", "groups:write.invites"),
}
SAY = ("chat:write",)
ASSIST = ("assistant:write",)
CANVAS = ("canvases:write",)
GROUPS = ("usergroups:write",)
SEARCH = ("search:read.public",)

METHODS: dict[str, Method] = {
    "agents.sessions.rename": Method(assistants.session_rename, 3, SAY),
    "agents.sessions.setStatus": Method(assistants.session_status, 4, SAY),
    "assistant.search.context": Method(search.context, SPECIAL, SEARCH),
    "assistant.search.info": Method(search.info, 3, SEARCH),
    # Either scope, since changelog/2026/03/05.
    "assistant.threads.setStatus": Method(assistants.status, SPECIAL, ("assistant:write", "chat:write")),
    "assistant.threads.setSuggestedPrompts": Method(assistants.prompts, 4, ASSIST),
    "assistant.threads.setTitle": Method(assistants.title, 4, ASSIST),
    "apps.uninstall": Method(apps.uninstall, 1),
    "auth.revoke": Method(apps.auth_revoke, 3, json=False),
    "auth.teams.list": Method(apps.auth_teams, 2, json=False),
    "auth.test": Method(apps.auth_test, SPECIAL),
    "blocks.validate": Method(other.blocks_validate, 3),
    "bookmarks.add": Method(other.bookmarks_add, 2, ("bookmarks:write",)),
    "bookmarks.edit": Method(other.bookmarks_edit, 2, ("bookmarks:write",)),
    "bookmarks.list": Method(other.bookmarks_list, 3, ("bookmarks:read",)),
    "bookmarks.remove": Method(other.bookmarks_remove, 2, ("bookmarks:write",)),
    "bots.info": Method(users.bots_info, 3, ("users:read",)),
    "canvases.access.delete": Method(canvases.access, 3, CANVAS),
    "canvases.access.set": Method(canvases.access, 3, CANVAS),
    "canvases.create": Method(canvases.create, 2, CANVAS),
    "canvases.delete": Method(canvases.delete, 3, CANVAS),
    "canvases.edit": Method(canvases.edit, 3, CANVAS),
    "canvases.getContent": Method(canvases.content, 3, ("canvases:read",)),
    "canvases.sections.lookup": Method(canvases.lookup, 3, ("canvases:read",)),
    "chat.appendStream": Method(streams.append, 4, SAY),
    "chat.delete": Method(chat.delete, 3, SAY),
    "chat.deleteScheduledMessage": Method(chat.delete_scheduled, 3, SAY),
    "chat.getPermalink": Method(chat.get_permalink, SPECIAL, json=False),
    "chat.meMessage": Method(chat.me_message, 3, SAY),
    "chat.postEphemeral": Method(chat.post_ephemeral, 4, SAY),
    "chat.postMessage": Method(chat.post_message, SPECIAL, SAY),
    "chat.scheduleMessage": Method(chat.schedule_message, 3, SAY),
    "chat.scheduledMessages.list": Method(chat.list_scheduled, 3),
    "chat.startStream": Method(streams.start, 2, SAY),
    "chat.stopStream": Method(streams.stop, 2, SAY),
    "chat.unfurl": Method(entities.unfurl, 3, ("links:write",)),
    "chat.update": Method(chat.update, 3, SAY),
    "conversations.archive": Method(conversations.archive, 2, by_kind=WRITE),
    "conversations.canvases.create": Method(canvases.create_in_channel, 2, CANVAS),
    "conversations.close": Method(conversations.close, 2, by_kind=WRITE),
    "conversations.create": Method(conversations.create, 2, by_kind=WRITE),
    "conversations.history": Method(conversations.history, 3, by_kind=HISTORY),
    "conversations.info": Method(conversations.info, 3, by_kind=READ, json=False),
    "conversations.invite": Method(conversations.invite, 3, by_kind=INVITE),
    "conversations.join": Method(conversations.join, 3, ("channels:join",)),
    "conversations.kick": Method(conversations.kick, 3, by_kind=KICK),
    "conversations.leave": Method(conversations.leave, 3, by_kind=WRITE),
    "conversations.list": Method(conversations.list_, 2, by_kind=READ, json=False),
    "conversations.mark": Method(conversations.mark, 3, by_kind=WRITE),
    "conversations.members": Method(conversations.members, 4, by_kind=READ, json=False),
    "conversations.open": Method(conversations.open_, 3, by_kind=OPEN),
    "conversations.rename": Method(conversations.rename, 2, by_kind=WRITE),
    "conversations.replies": Method(conversations.replies, 3, by_kind=HISTORY, json=False),
    "conversations.setPurpose": Method(conversations.set_purpose, 2, by_kind=TOPIC),
    "conversations.setTopic": Method(conversations.set_topic, 2, by_kind=TOPIC),
    "conversations.unarchive": Method(conversations.unarchive, 2, by_kind=WRITE),
    "dnd.info": Method(users.dnd_info, 3, ("dnd:read",), json=False),
    "dnd.teamInfo": Method(users.dnd_team, 2, ("dnd:read",), json=False),
    "emoji.list": Method(other.emoji_list, 2, ("emoji:read",), json=False),
    "entity.presentDetails": Method(entities.present, 3),
    "files.completeUploadExternal": Method(files.complete, 4, ("files:write",)),
    "files.delete": Method(files.delete, 3, ("files:write",)),
    "files.getUploadURLExternal": Method(files.upload_url, 4, ("files:write",), json=False),
    "files.info": Method(files.info, 4, ("files:read",), json=False),
    "files.list": Method(files.list_, 3, ("files:read",), json=False),
    "files.remote.add": Method(remote_files.add, 2, ("remote_files:write",), json=False),
    "files.remote.info": Method(remote_files.info, 2, ("remote_files:read",), json=False),
    "files.remote.list": Method(remote_files.list_, 2, ("remote_files:read",), json=False),
    "files.remote.remove": Method(remote_files.remove, 2, ("remote_files:write",), json=False),
    "files.remote.share": Method(remote_files.share, 2, ("remote_files:share",), json=False),
    "files.remote.update": Method(remote_files.update, 2, ("remote_files:write",), json=False),
    "functions.completeError": Method(functions.error, 3),
    "functions.completeSuccess": Method(functions.success, 3),
    "pins.add": Method(other.pins_add, 2, ("pins:write",)),
    "pins.list": Method(other.pins_list, 2, ("pins:read",)),
    "pins.remove": Method(other.pins_remove, 2, ("pins:write",)),
    "reactions.add": Method(other.reactions_add, 3, ("reactions:write",)),
    "reactions.get": Method(other.reactions_get, 3, ("reactions:read",), json=False),
    "reactions.list": Method(other.reactions_list, 2, ("reactions:read",), json=False),
    "reactions.remove": Method(other.reactions_remove, 2, ("reactions:write",)),
    **{
        f"slackLists.{name}": Method(handler, 3, scopes)
        for name, handler, scopes in (
            ("access.delete", lists.access, ("lists:write",)),
            ("access.set", lists.access, ("lists:write",)),
            ("create", lists.create, ("lists:write",)),
            ("download.get", lists.download_get, ("lists:read",)),
            ("download.start", lists.download_start, ("lists:read",)),
            ("items.create", lists.item_create, ("lists:write",)),
            ("items.delete", lists.item_delete, ("lists:write",)),
            ("items.deleteMultiple", lists.item_delete_many, ("lists:write",)),
            ("items.info", lists.item_info, ("lists:read",)),
            ("items.list", lists.item_list, ("lists:read",)),
            ("items.update", lists.item_update, ("lists:write",)),
            ("update", lists.update, ("lists:write",)),
        )
    },
    "team.info": Method(users.team_info, 3, ("team:read",)),
    "usergroups.create": Method(usergroups.create, 2, GROUPS),
    "usergroups.disable": Method(usergroups.disable, 2, GROUPS),
    "usergroups.enable": Method(usergroups.enable, 2, GROUPS),
    "usergroups.list": Method(usergroups.list_, 2, ("usergroups:read",), json=False),
    "usergroups.update": Method(usergroups.update, 2, GROUPS),
    "usergroups.users.list": Method(usergroups.users, 2, ("usergroups:read",), json=False),
    "usergroups.users.update": Method(usergroups.set_users, 2, GROUPS),
    "users.conversations": Method(conversations.of_user, 3, by_kind=READ, json=False),
    "users.getPresence": Method(users.presence, 3, ("users:read",), json=False),
    "users.info": Method(users.info, 4, ("users:read",), json=False),
    "users.list": Method(users.list_, 2, ("users:read",), json=False),
    "users.lookupByEmail": Method(users.lookup_by_email, 3, ("users:read.email",), json=False),
    "users.profile.get": Method(users.profile_get, 4, ("users.profile:read",), json=False),
    "views.open": Method(views.open_, 4),
    "views.publish": Method(views.publish, 4),
    "views.push": Method(views.push, 4),
    "views.update": Method(views.update, 4),
}

APP_METHODS = ("apps.connections.open",)
"""Called with the app-level token."""
OPEN_METHODS = ("api.test", "oauth.v2.access")
"""Called without a bot token."""


def answer(world: World, name: str, token: str, args: Json) -> Json:
    """What Slack answers, without its `ok`. SlackError for a refusal."""
    if name == "api.test":
        return apps.api_test(args)
    if name == "oauth.v2.access":
        return oauth.access(world, args)
    if name in APP_METHODS:
        return _with_app_token(world, token)
    method = METHODS.get(name)
    if method is None:
        if unplayed.takes_user_tokens(name):
            _authorised(world, token, args)
            raise SlackError("not_allowed_token_type")
        raise SlackError("unknown_method", req_method=name)
    call = _authorised(world, token, args)
    _scoped(call, method)
    wait = world.rates.check(name, call.team.id, method.tier)
    if wait:
        raise SlackError("ratelimited", retry_after=wait)
    return method.handler(call)


def _with_app_token(world: World, token: str) -> Json:
    if not token:
        raise SlackError("not_authed")
    if token in world.tokens:
        raise SlackError("not_allowed_token_type")
    if token != world.app_token:
        raise SlackError("invalid_auth")
    return oauth.connections_open(world)


def _authorised(world: World, token: str, args: Json) -> Call:
    if not token:
        raise SlackError("not_authed")
    if token == world.app_token:
        raise SlackError("not_allowed_token_type")
    if token in world.revoked:
        raise SlackError("token_revoked")
    if world.expired(token):
        raise SlackError("token_expired")
    team = world.team_of(token, args)
    if team is None:
        raise SlackError("invalid_auth")
    return Call(world, team, token, args)


def _scoped(call: Call, method: Method) -> None:
    """missing_scope, told by the kind of conversation where the bot may know of it."""
    kind = None
    if method.by_kind is not None:
        channel = call.team.channels.get(call.text("channel"))
        member = channel is not None and call.team.bot_user_id in channel.members
        if channel is not None and (member or not channel.is_private):
            kind = channel.kind
    needed = method.needed(kind)
    if needed and not any(call.has_scope(scope) for scope in needed):
        raise conversations.missing_scope(call, *needed)
