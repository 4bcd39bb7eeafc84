"""What each method answers: every field with its type.

Read on 2026-11-30 from the response types of @slack/web-api 8.2.0, the sample answers of Slack's Java SDK, and the
pages of docs.slack.dev/reference/methods; where those leave a field out, an answer of Slack's was looked at. `name?` is
a field that is there only sometimes, `@kind` one of KINDS, `[…]` a list, `<…>` an object whose keys are ids, `any` what
the app itself sent. `ok` is in every answer and not written down.
"""

from __future__ import annotations

CURSOR = "response_metadata:{next_cursor:str}"
PAGING = "paging:{count:int total:int page:int pages:int}"

KINDS: dict[str, str] = {
    "bookmark": "id:str channel_id:str title:str type:str link:str emoji:str app_id:str icon_url:null entity_id:null "
    "date_created:int date_updated:int rank:str last_updated_by_user_id:str last_updated_by_team_id:str "
    "shortcut_id:null app_action_id:null",
    "bot": "id:str app_id:str name:str deleted:bool updated:int user_id:str icons:@icons",
    "bot_profile": "id:str app_id:str name:str icons:@icons deleted:bool updated:int team_id:str user_id:str",
    "brief": "id:str",
    "channel": "id:str created:int updated:int is_archived:bool is_im:bool is_mpim:bool is_org_shared:bool "
    "context_team_id:str name:str name_normalized:str is_channel:bool is_group:bool is_private:bool is_general:bool "
    "is_member:bool is_shared:bool is_ext_shared:bool is_pending_ext_shared:bool pending_shared:[str] "
    "pending_connected_team_ids:[str] shared_team_ids:[str] parent_conversation:null creator:str unlinked:int "
    "topic:@said purpose:@said previous_names:[str] num_members?:int",
    "cell": "key:str column_id:str value:any text?:str rich_text?:any",
    "column": "id:str key:str name:str type:str is_primary_column?:bool",
    "dnd": "dnd_enabled:bool next_dnd_start_ts:int next_dnd_end_ts:int",
    "file": "id:str created:int timestamp:int name:str title:str mimetype:str filetype:str pretty_type:str user:str "
    "user_team:str username:str editable:bool size:int mode:str is_external:bool external_type:str is_public:bool "
    "public_url_shared:bool display_as_bot:bool is_starred:bool has_rich_preview:bool has_more_shares:bool "
    "media_display_type:str file_access:str comments_count:int channels:[str] groups:[str] ims:[str] shares:@shares "
    "url_private:str permalink:str url_private_download?:str alt_txt?:str external_id?:str external_url?:str "
    "app_id?:str app_name?:str",
    "found": "author_user_id:str author_name:str team_id:str channel_id:str channel_name:str message_ts:str "
    "content:str is_author_bot:bool permalink:str",
    "icons": "image_36:str image_48:str image_72:str",
    "im": "id:str created:int updated:int is_archived:bool is_im:bool is_mpim:bool is_org_shared:bool "
    "context_team_id:str user:str is_open:bool priority:int is_user_deleted:bool",
    "item": "id:str list_id:str date_created:int created_by:str updated_by:str updated_timestamp:str fields:[@cell]",
    "list": "id:str name:str title:str filetype:str mode:str list_metadata:@list_metadata",
    "list_metadata": "schema:[@column] subtask_schema:[@column] views:[any]",
    "message": "type:str user:str text:str ts:str team:str subtype?:str client_msg_id?:str bot_id?:str app_id?:str "
    "bot_profile?:@bot_profile streaming_state?:str blocks?:[any] thread_ts?:str parent_user_id?:str root?:@message "
    "reply_count?:int reply_users?:[str] reply_users_count?:int latest_reply?:str is_locked?:bool subscribed?:bool "
    "edited?:@edit files?:[@file] attachments?:[any] reactions?:[@reaction] pinned_to?:[str] permalink?:str "
    "metadata?:any",
    "edit": "user:str ts:str",
    "marked": "type:str channel:str message:@message",
    "pin": "type:str channel:str created:int created_by:str message:@message",
    "profile": "title:str real_name:str real_name_normalized:str display_name:str display_name_normalized:str "
    "status_text:str status_emoji:str status_emoji_display_info:[any] status_text_canonical:str status_expiration:int "
    "avatar_hash:str phone:str skype:str image_24:str image_32:str image_48:str image_72:str image_192:str "
    "image_512:str huddle_state:str huddle_state_expiration_ts:int team:str first_name:str last_name:str email?:str "
    "bot_id?:str api_app_id?:str fields?:any",
    "reaction": "name:str users:[str] count:int",
    "said": "value:str creator:str last_set:int",
    "scheduled": "id:str channel_id:str post_at:int date_created:int text:str",
    "share": "ts:str channel_name:str team_id:str share_user_id:str",
    "shares": "public?:<[@share]> private?:<[@share]>",
    "team": "id:str name:str domain:str email_domain:str url:str is_verified:bool avatar_base_url:str "
    "icon:{image_default:bool image_34:str image_44:str image_68:str image_88:str image_102:str image_132:str "
    "image_230:str}",
    "unsent": "type:str user:str text:str team:str bot_id:str app_id:str bot_profile:@bot_profile",
    "user": "id:str team_id:str name:str deleted:bool profile:@profile is_bot:bool is_app_user:bool updated:int "
    "real_name:str tz:str tz_label:str tz_offset:int is_admin:bool is_owner:bool is_primary_owner:bool "
    "is_restricted:bool is_ultra_restricted:bool is_email_confirmed:bool color:str who_can_share_contact_card:str "
    "locale?:str",
    "usergroup": "id:str team_id:str is_usergroup:bool is_subteam:bool name:str description:str handle:str "
    "is_external:bool is_visible:bool is_membership_locked:bool is_idp_group:bool is_section:bool "
    "enterprise_subteam_id:str channel_count:int date_create:int date_update:int date_delete:int auto_type:null "
    "auto_provision:bool created_by:str updated_by:str prefs:{channels:[str] groups:[str]} users:[str] user_count:int",
    "view": "id:str team_id:str type:str blocks:[any] private_metadata:str callback_id:str state:{values:any} hash:str "
    "title:any clear_on_close:bool notify_on_close:bool close:any submit:any submit_disabled:bool "
    "previous_view_id:str|null root_view_id:str app_id:str external_id:str app_installed_team_id:str bot_id:str",
}

METHODS: dict[str, str] = {
    "agents.sessions.rename": "title:str",
    "agents.sessions.setStatus": "status:str agent_status:str title:str",
    "api.test": "args:any",
    "apps.connections.open": "url:str",
    "assistant.search.context": f"results:{{messages:[@found]}} {CURSOR}",
    "assistant.search.info": "is_ai_search_enabled:bool",
    "auth.revoke": "revoked:bool",
    "auth.teams.list": "teams:[{id:str name:str}]",
    "auth.test": "url:str team:str user:str team_id:str user_id:str bot_id:str is_enterprise_install:bool",
    "bookmarks.list": "bookmarks:[@bookmark]",
    "bots.info": "bot:@bot",
    "canvases.getContent": "content:str",
    "canvases.sections.lookup": "sections:[{id:str}]",
    "chat.getPermalink": "channel:str permalink:str",
    "chat.postEphemeral": "message_ts:str",
    "chat.scheduleMessage": "channel:str scheduled_message_id:str post_at:int message:@unsent",
    "chat.scheduledMessages.list": f"scheduled_messages:[@scheduled] {CURSOR}",
    "chat.update": "channel:str ts:str text:str message:@message",
    "conversations.history": "messages:[@message] has_more:bool pin_count:int channel_actions_ts:null "
    f"channel_actions_count:int {CURSOR}",
    "conversations.info": "channel:@channel|@im",
    "conversations.list": f"channels:[@channel|@im] {CURSOR}",
    "conversations.members": f"members:[str] {CURSOR}",
    "conversations.open": "channel:@im|@brief no_op?:bool already_open?:bool",
    "conversations.replies": f"messages:[@message] has_more:bool {CURSOR}",
    "dnd.info": KINDS["dnd"],
    "dnd.teamInfo": "users:<@dnd>",
    "emoji.list": "emoji:any cache_ts:str",
    "files.completeUploadExternal": "files:[@file]",
    "files.getUploadURLExternal": "upload_url:str file_id:str",
    "files.info": f"file:@file comments:[any] {CURSOR}",
    "files.list": f"files:[@file] {PAGING}",
    "files.remote.list": f"files:[@file] {CURSOR}",
    "oauth.v2.access": "access_token:str token_type:str scope:str bot_user_id:str app_id:str team:{id:str name:str} "
    "enterprise:null is_enterprise_install:bool authed_user:{id:str}",
    "pins.list": "items:[@pin]",
    "reactions.get": KINDS["marked"],
    "reactions.list": f"items:[@marked] {PAGING} {CURSOR}",
    "slackLists.create": "list_id:str list_metadata:@list_metadata",
    "slackLists.download.get": "status:str download_url:str",
    "slackLists.download.start": "job_id:str",
    "slackLists.items.create": "item:@item",
    "slackLists.items.info": "list:@list record:@item subtasks:[@item]",
    "slackLists.items.list": f"items:[@item] {CURSOR}",
    "team.info": "team:@team",
    "usergroups.list": "usergroups:[@usergroup]",
    "usergroups.users.list": "users:[str]",
    "users.conversations": f"channels:[@channel|@im] {CURSOR}",
    "users.getPresence": "presence:str online?:bool auto_away?:bool manual_away?:bool connection_count?:int",
    "users.info": "user:@user",
    "users.list": f"members:[@user] cache_ts:int {CURSOR}",
    "users.lookupByEmail": "user:@user",
    "users.profile.get": "profile:@profile",
    **dict.fromkeys(("bookmarks.add", "bookmarks.edit"), "bookmark:@bookmark"),
    **dict.fromkeys(
        ("canvases.access.delete", "canvases.access.set"),
        "failed_to_update_channel_ids:[str] failed_to_update_user_ids:[str]",
    ),
    **dict.fromkeys(("canvases.create", "conversations.canvases.create"), "canvas_id:str"),
    **dict.fromkeys(("chat.appendStream", "chat.delete", "chat.meMessage", "chat.startStream"), "channel:str ts:str"),
    **dict.fromkeys(("chat.postMessage", "chat.stopStream"), "channel:str ts:str message:@message"),
    **dict.fromkeys((f"conversations.{what}" for what in ("create", "invite", "join", "rename")), "channel:@channel"),
    **dict.fromkeys(("conversations.setPurpose", "conversations.setTopic"), "channel:@channel"),
    **dict.fromkeys((f"files.remote.{what}" for what in ("add", "info", "share", "update")), "file:@file"),
    **dict.fromkeys(
        (f"usergroups.{what}" for what in ("create", "disable", "enable", "update", "users.update")),
        "usergroup:@usergroup",
    ),
    **dict.fromkeys((f"views.{what}" for what in ("open", "publish", "push", "update")), "view:@view"),
    # Nothing but ok.
    **dict.fromkeys(
        (
            "apps.uninstall",
            *(f"assistant.threads.{what}" for what in ("setStatus", "setSuggestedPrompts", "setTitle")),
            "blocks.validate",
            "bookmarks.remove",
            "canvases.delete",
            "canvases.edit",
            "chat.deleteScheduledMessage",
            "chat.unfurl",
            *(f"conversations.{what}" for what in ("archive", "close", "kick", "leave", "mark", "unarchive")),
            "entity.presentDetails",
            "files.delete",
            "files.remote.remove",
            "functions.completeError",
            "functions.completeSuccess",
            *(f"{what}.{how}" for what in ("pins", "reactions") for how in ("add", "remove")),
            *(f"slackLists.access.{how}" for how in ("delete", "set")),
            *(f"slackLists.items.{how}" for how in ("delete", "deleteMultiple", "update")),
            "slackLists.update",
        ),
        "",
    ),
}
