"""What the bot asks a workspace for, and what for. The manifest asks for exactly this.

Source: the `scope` of each method and event in Slack's reference.
"""

METHODS: dict[str, frozenset[str]] = {
    "auth.test": frozenset(),
    "oauth.v2.access": frozenset(),  # asks the client secret
    "apps.uninstall": frozenset(),  # the client secret too
    "apps.connections.open": frozenset(),  # asks the app-level token for connections:write
    "blocks.validate": frozenset(),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "chat.delete": frozenset({"chat:write"}),
    "chat.getPermalink": frozenset(),
    "entity.presentDetails": frozenset(),
    "conversations.info": frozenset({"channels:read"}),  # a private channel stays “#channel”: its name is its own
    "conversations.open": frozenset({"im:write"}),
    "conversations.history": frozenset({"im:history", "channels:history", "groups:history"}),
    "conversations.replies": frozenset({"im:history", "channels:history", "groups:history"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "usergroups.list": frozenset({"usergroups:read"}),
    "users.info": frozenset({"users:read"}),
    "views.open": frozenset(),
    "views.push": frozenset(),
    "views.update": frozenset(),
    "views.publish": frozenset(),
}
"""Every Web API method the bot calls → the scopes of the conversations in which it calls it."""

EVENTS: dict[str, frozenset[str]] = {
    "message.im": frozenset({"im:history"}),
    "app_home_opened": frozenset(),
    "user_change": frozenset({"users:read"}),
    "channel_archive": frozenset({"channels:read"}),
    "channel_deleted": frozenset({"channels:read"}),
    "entity_details_requested": frozenset(),
    "app_uninstalled": frozenset(),
    "tokens_revoked": frozenset(),
}
"""Every event the manifest subscribes to → the scope Slack wants for it."""

COMMANDS = frozenset({"commands"})
"""For the slash command and the message shortcut."""

SCOPES = COMMANDS.union(*METHODS.values(), *EVENTS.values())
