"""What Slack has and this sandbox has not, by name: a call of it is refused as Slack refuses what it does not know.

Whatever the SDK that is installed knows stands here or in `table.METHODS`; a test holds that, so an upgrade shows what
is new.
"""

from __future__ import annotations

FAMILIES: dict[str, str] = {
    "admin.": "for an Enterprise Grid's administrators; takes the token of a person",
    "apps.auth.external.": "accounts elsewhere, for apps that run on Slack's own machines",
    "apps.datastore.": "tables of apps that run on Slack's own machines",
    "apps.manifest.": "configures apps from outside, with configuration tokens",
    "calls.": "other people's calls",
    "channels.": "retired in 2021; conversations.* does it",
    "developer.": "data for Slack's own samples",
    "groups.": "retired in 2021; conversations.* does it",
    "im.": "retired in 2021; conversations.* does it",
    "mpim.": "retired in 2021; conversations.* does it",
    "openid.": "Sign in with Slack",
    "reminders.": "takes the token of a person",
    "rtm.": "the old socket; Socket Mode took its place",
    "search.": "assistant.search.context is the app's own; this takes the token of a person",
    "slackbot.": "skills of Slack's own bot",
    "stars.": "retired in 2023; takes the token of a person",
    "workflows.": "steps of the retired workflow builder, and what a channel features",
}
"""Beginning of a method's name → why it is not played."""

PERSONAL = (
    "dnd.endDnd",
    "dnd.endSnooze",
    "dnd.setSnooze",
    "files.revokePublicURL",
    "files.sharedPublicURL",
    "users.deletePhoto",
    "users.discoverableContacts.lookup",
    "users.identity",
    "users.profile.set",
    "users.setActive",
    "users.setPhoto",
    "users.setPresence",
)
"""Methods that act for a person."""
USER_TOKENS = ("admin.", "reminders.", "search.", "stars.", *PERSONAL)
"""Beginnings of what Slack refuses to a bot's token: `not_allowed_token_type`."""

METHODS: dict[str, str] = {
    **dict.fromkeys(
        (
            "agents.conversations.archive",
            "agents.conversations.create",
            "agents.conversations.getCanvas",
            "agents.conversations.listViews",
            "agents.conversations.removeView",
            "agents.conversations.setCanvasContent",
            "agents.conversations.setCommands",
            "agents.conversations.setProperties",
            "agents.conversations.setView",
        ),
        "code channels",
    ),
    **dict.fromkeys(
        (
            "conversations.acceptSharedInvite",
            "conversations.approveSharedInvite",
            "conversations.declineSharedInvite",
            "conversations.externalInvitePermissions.set",
            "conversations.inviteShared",
            "conversations.listConnectInvites",
            "conversations.requestSharedInvite.approve",
            "conversations.requestSharedInvite.deny",
            "conversations.requestSharedInvite.list",
            "team.externalTeams.disconnect",
            "team.externalTeams.list",
        ),
        "Slack Connect",
    ),
    **dict.fromkeys(PERSONAL, "acts for a person, and takes the token of a person"),
    **dict.fromkeys(
        (
            "team.accessLogs",
            "team.billableInfo",
            "team.billing.info",
            "team.integrationLogs",
            "team.preferences.list",
            "team.profile.get",
        ),
        "for a workspace's administrators",
    ),
    **dict.fromkeys(("files.comments.delete", "files.upload", "dialog.open", "oauth.access"), "retired"),
    **dict.fromkeys(
        ("migration.exchange", "tooling.tokens.rotate", "oauth.v2.exchange"), "one-time migrations of tokens"
    ),
    **dict.fromkeys(
        ("apps.user.connection.bulkUpdate", "apps.user.connection.requestAuth", "apps.user.connection.update"),
        "accounts elsewhere that a person connects",
    ),
    "apps.event.authorizations.list": "an event here names all who authorised it",
    "apps.icon.set": "configures apps from outside, with configuration tokens",
    "apps.managed.permissions.set": "configures apps from outside, with configuration tokens",
    "bots.list": "internal",
    "oauth.v2.user.access": "user tokens",
}
"""Method → why it is not played."""

EVENTS: dict[str, str] = {
    **dict.fromkeys(
        ("app_deleted", "app_installed", "app_requested", "app_uninstalled_team", "team_access_granted",
         "team_access_revoked", "grid_migration_finished", "grid_migration_started"),
        "an organisation's own affairs",
    ),
    **dict.fromkeys(
        ("channel_shared", "channel_unshared", "shared_channel_invite_accepted", "shared_channel_invite_approved",
         "shared_channel_invite_declined", "shared_channel_invite_received", "shared_channel_invite_requested"),
        "Slack Connect",
    ),
    **dict.fromkeys(
        ("channel_history_changed", "group_history_changed", "im_history_changed"), "bulk deletion of history"
    ),
    **dict.fromkeys(("star_added", "star_removed", "file_comment_added", "file_comment_deleted",
                     "file_comment_edited", "message.app_home"), "retired"),
    **dict.fromkeys(("group_close", "group_open", "im_close", "im_created", "im_open"), "goes to user tokens"),
    **dict.fromkeys(("workflow_deleted", "workflow_published", "workflow_step_deleted", "workflow_step_execute",
                     "workflow_unpublished"), "steps of the retired workflow builder"),
    **dict.fromkeys(("dnd_updated", "dnd_updated_user", "user_huddle_changed"), "nobody here is away or in a huddle"),
    **dict.fromkeys(("email_domain_changed", "emoji_changed", "team_domain_change", "team_rename"),
                    "a workspace's settings do not change here"),
    **dict.fromkeys(("resources_added", "resources_removed", "scope_denied", "scope_granted", "user_resource_denied",
                     "user_resource_granted", "user_resource_removed"), "workspace apps, retired in 2021"),
    "app_rate_limited": "nothing here sends 30,000 events an hour",
    "call_rejected": "calls",
    "channel_id_changed": "ids do not change here",
    "code_channel_action": "code channels",
    "file_unshared": "files stay where they were shared",
    "invite_requested": "invitations",
    "message_stream_stopped": "agent_session_stopped tells of it",
    "url_verification": "a request of its own, sent by `verify_events_url`",
}  # fmt: skip
"""Event → why it is never sent."""

BLOCKS: dict[str, str] = {
    "call": "drawn by name only",
    "file": "comes from Slack alone, with files.remote.share",
}
"""Block → what of it is not played."""


def takes_user_tokens(method: str) -> bool:
    """Whether Slack has the method, and refuses a bot's token for it (`not_allowed_token_type`)."""
    return method.startswith(USER_TOKENS)


def why_not(method: str) -> str | None:
    """Why a method is not played; None where it is, or nobody has heard of it."""
    if method in METHODS:
        return METHODS[method]
    return next((why for family, why in FAMILIES.items() if method.startswith(family)), None)
