"""What the JavaScript SDK's types say, as facts: the project needs no node to hold itself to them.

Read from @slack/types 3.2.0 and @slack/web-api 8.2.0 on 2026-11-30. Each line names the fields of one kind besides its
`type`; `name?` is one that may be left out. To read a newer one: list the properties of each exported interface with
the TypeScript compiler, and mark the optional ones.
"""

from __future__ import annotations

BLOCKS: dict[str, str] = {
    "actions": "elements block_id?",
    "alert": "text block_id? level?",
    "card": "actions? block_id? body? hero_image? icon? subtitle? title?",
    "carousel": "elements block_id?",
    "container": "child_blocks block_id? default_collapsed? has_header_divider? icon? is_collapsible? "
    "rich_text_title? subtitle? title? width?",
    "context": "elements block_id?",
    "context_actions": "elements block_id?",
    "data_table": "caption rows block_id? page_size? row_header_column_index?",
    "divider": "block_id?",
    "file": "external_id source block_id?",
    "header": "text block_id?",
    "image": "alt_text block_id? image_url? slack_file? title?",
    "input": "element label block_id? dispatch_action? hint? optional?",
    "markdown": "text block_id?",
    "plan": "title block_id? tasks?",
    "rich_text": "elements block_id?",
    "section": "accessory? block_id? expand? fields? text?",
    "table": "rows block_id? column_settings?",
    "task_card": "status task_id title block_id? details? output? sources?",
    "video": "alt_text thumbnail_url title video_url author_name? block_id? description? provider_icon_url? "
    "provider_name? title_url?",
}
"""Blocks."""
ELEMENTS: dict[str, str] = {
    "button": "text accessibility_label? action_id? confirm? style? url? value?",
    "channels_select": "action_id? confirm? focus_on_load? initial_channel? placeholder? response_url_enabled?",
    "checkboxes": "options action_id? confirm? focus_on_load? initial_options?",
    "conversations_select": "action_id? confirm? default_to_current_conversation? filter? focus_on_load? "
    "initial_conversation? placeholder? response_url_enabled?",
    "datepicker": "action_id? confirm? focus_on_load? initial_date? placeholder?",
    "datetimepicker": "action_id? confirm? focus_on_load? initial_date_time?",
    "email_text_input": "action_id? dispatch_action_config? focus_on_load? initial_value? placeholder?",
    "external_select": "action_id? confirm? focus_on_load? initial_option? min_query_length? placeholder?",
    "feedback_buttons": "negative_button positive_button action_id?",
    "file_input": "action_id? filetypes? max_files?",
    "icon_button": "icon text accessibility_label? action_id? confirm? value? visible_to_user_ids?",
    "image": "alt_text image_url? slack_file?",
    "multi_channels_select": "action_id? confirm? focus_on_load? initial_channels? max_selected_items? placeholder?",
    "multi_conversations_select": "action_id? confirm? default_to_current_conversation? filter? focus_on_load? "
    "initial_conversations? max_selected_items? placeholder?",
    "multi_external_select": "action_id? confirm? focus_on_load? initial_options? max_selected_items? "
    "min_query_length? placeholder?",
    "multi_static_select": "action_id? confirm? focus_on_load? initial_options? max_selected_items? option_groups? "
    "options? placeholder?",
    "multi_users_select": "action_id? confirm? focus_on_load? initial_users? max_selected_items? placeholder?",
    "number_input": "is_decimal_allowed action_id? dispatch_action_config? focus_on_load? initial_value? max_value? "
    "min_value? placeholder?",
    "overflow": "options action_id? confirm?",
    "plain_text_input": "action_id? dispatch_action_config? focus_on_load? initial_value? max_length? min_length? "
    "multiline? placeholder?",
    "radio_buttons": "options action_id? confirm? focus_on_load? initial_option?",
    "rich_text_input": "action_id? dispatch_action_config? focus_on_load? initial_value? max_lines? min_lines? "
    "placeholder?",
    "static_select": "action_id? confirm? focus_on_load? initial_option? option_groups? options? placeholder?",
    "timepicker": "action_id? confirm? focus_on_load? initial_time? placeholder? timezone?",
    "url": "text url",
    "url_text_input": "action_id? dispatch_action_config? focus_on_load? initial_value? placeholder?",
    "users_select": "action_id? confirm? focus_on_load? initial_user? placeholder?",
    "workflow_button": "text workflow accessibility_label? action_id? confirm? style?",
}
"""What people click, fill in and look at within blocks."""
RICH_TEXT: dict[str, str] = {
    "broadcast": "range style?",
    "channel": "channel_id style?",
    "color": "value style?",
    "date": "format timestamp fallback? style? url?",
    "emoji": "name style? unicode? url?",
    "link": "url style? text? unsafe?",
    "team": "team_id style?",
    "text": "text style?",
    "user": "user_id style?",
    "usergroup": "usergroup_id style?",
}
"""Pieces of rich text, the least."""
RICH_TEXT_ELEMENTS: dict[str, str] = {
    "rich_text_list": "elements style border? indent?",
    "rich_text_preformatted": "elements border?",
    "rich_text_quote": "elements border?",
    "rich_text_section": "elements",
}
"""Pieces of rich text that hold others."""
OBJECTS: dict[str, str] = {
    "Confirm": "text confirm? deny? style? title?",
    "DispatchActionConfig": "trigger_actions_on?",
    "MrkdwnOption": "text description? url? value?",
    "PlainTextOption": "text description? url? value?",
    "OptionGroup": "label options",
    "PlainTextElement": "text emoji?",
    "MrkdwnElement": "text verbatim?",
    "RawNumberElement": "text value",
    "RawTextElement": "text",
}
"""Composition objects, by the name of their type."""
CHUNKS: dict[str, str] = {
    "blocks": "blocks",
    "markdown_text": "text",
    "plan_update": "title",
    "task_update": "id status title details? output? sources?",
}
"""What is streamed."""
VIEWS: dict[str, str] = {
    "home": "blocks callback_id? external_id? private_metadata?",
    "modal": "blocks title callback_id? clear_on_close? close? external_id? notify_on_close? private_metadata? submit?",
}
"""Views."""
ENTITIES: dict[str, str] = {
    "EntityActionButton": "action_id text accessibility_label? processing_state? style? url? value?",
    "EntityArrayItemField": "alt_text? edit? entity_ref? format? icon? image_url? label? link? long? slack_file? "
    "tag_color? user? value?",
    "EntityAttributes": "title display_id? display_type? full_size_preview? locale? metadata_last_modified? "
    "product_icon? product_name?",
    "EntityBooleanCheckboxField": "text description?",
    "EntityBooleanTextField": "false_text true_text false_description? true_description?",
    "EntityCustomField": "key label alt_text? boolean? edit? entity_ref? format? icon? image_url? item_type? link? "
    "long? slack_file? tag_color? user? value?",
    "EntityEditSupport": "enabled hint? number? optional? placeholder? select? text?",
    "EntityFullSizePreview": "is_supported error? mime_type? preview_url?",
    "EntityIconField": "alt_text slack_file? url?",
    "EntityImageField": "alt_text image_url? label? slack_file? title?",
    "EntityMetadata": "entity_payload entity_type external_ref url app_unfurl_url?",
    "EntityRefField": "entity_url external_ref title display_type? icon?",
    "EntityStringField": "value edit? format? icon? label? link? long? tag_color?",
    "EntityTimestampField": "value edit? label?",
    "EntityTypedField": "alt_text? edit? entity_ref? format? icon? image_url? label? link? long? slack_file? "
    "tag_color? user? value?",
    "EntityUserField": "text email? icon? url?",
    "EntityUserIDField": "user_id",
    "ExternalRef": "id",
}
"""Parts of a work object, by the name of their type."""
EVENTS: dict[str, str] = {
    "agent_session_stopped": "channel event_ts streaming_message_ts thread_ts user",
    "agent_session_title_changed": "channel event_ts team_id thread_ts title user previous_title?",
    "app_context_changed": "channel context event_ts user",
    "app_deleted": "app_id app_name app_owner_id event_ts team_domain team_id",
    "app_home_opened": "channel event_ts user context? tab? view?",
    "app_installed": "app_id app_name app_owner_id event_ts team_domain team_id user_id",
    "app_mention": "channel event_ts text ts attachments? blocks? bot_id? bot_profile? client_msg_id? display_as_bot? "
    "edited? files? source_team? subtype? team? thread_ts? upload? user? user_profile? user_team? "
    "username?",
    "app_rate_limited": "api_app_id minute_rate_limited team_id token",
    "app_requested": "app_request date_created is_user_app_collaborator message previous_resolution scopes team user",
    "app_uninstalled": "",
    "app_uninstalled_team": "app_id app_name app_owner_id event_ts team_domain team_id user_id",
    "assistant_thread_context_changed": "assistant_thread event_ts",
    "assistant_thread_started": "assistant_thread event_ts",
    "call_rejected": "call_id channel_id external_unique_id user_id",
    "channel_archive": "channel event_ts user is_moved?",
    "channel_created": "channel event_ts",
    "channel_deleted": "channel",
    "channel_history_changed": "event_ts latest ts",
    "channel_id_changed": "event_ts new_channel_id old_channel_id",
    "channel_left": "actor_id channel event_ts",
    "channel_rename": "channel event_ts",
    "channel_shared": "channel connected_team_id event_ts",
    "channel_unarchive": "channel event_ts user",
    "channel_unshared": "channel event_ts is_ext_shared previously_connected_team_id",
    "dnd_updated": "dnd_status event_ts user",
    "dnd_updated_user": "dnd_status event_ts user",
    "email_domain_changed": "email_domain event_ts",
    "emoji_changed": "event_ts subtype name? names? new_name? old_name? value?",
    "entity_details_requested": "channel? entity_url event_ts external_ref? link message_ts? thread_ts? trigger_id "
    "user user_locale app_unfurl_url?",
    "file_change": "file file_id",
    "file_comment_deleted": "comment file file_id",
    "file_created": "event_ts file file_id user_id",
    "file_deleted": "event_ts file_id channel_ids?",
    "file_public": "event_ts file file_id user_id",
    "file_shared": "channel_id event_ts file file_id user_id",
    "file_unshared": "channel_id event_ts file file_id user_id",
    "function_executed": "bot_access_token event_ts function function_execution_id inputs workflow_execution_id",
    "grid_migration_finished": "enterprise_id",
    "grid_migration_started": "enterprise_id",
    "group_archive": "channel event_ts is_moved user",
    "group_close": "channel user",
    "group_deleted": "actor_id channel date_deleted event_ts",
    "group_history_changed": "event_ts latest ts",
    "group_left": "actor_id channel event_ts",
    "group_open": "channel user",
    "group_rename": "channel event_ts",
    "group_unarchive": "actor_id channel event_ts",
    "im_close": "channel event_ts user",
    "im_created": "channel user",
    "im_history_changed": "event_ts latest ts",
    "im_open": "channel event_ts user",
    "invite_requested": "invite_request",
    "link_shared": "channel event_ts is_bot_user_member links message_ts user source? thread_ts? unfurl_id?",
    "member_joined_channel": "channel channel_type event_ts team user enterprise? inviter?",
    "member_left_channel": "channel channel_type event_ts team user",
    "message": "channel channel_type event_ts ts user app_context? assistant_thread? attachments? blocks? bot_id? "
    "bot_profile? client_msg_id? edited? files? is_starred? parent_user_id? pinned_to? reactions? team? "
    "text? thread_ts?",
    "message/bot_message": "bot_id channel channel_type event_ts subtype text ts attachments? blocks? edited? icons? "
    "streaming_state? thread_ts? user? username?",
    "message/channel_archive": "channel channel_type event_ts subtype team text ts user",
    "message/channel_join": "channel channel_type event_ts inviter subtype team text ts user",
    "message/channel_leave": "channel channel_type event_ts subtype team text ts user",
    "message/channel_name": "channel channel_type event_ts name old_name subtype team text ts user",
    "message/channel_posting_permissions": "channel channel_type event_ts subtype text ts user",
    "message/channel_purpose": "channel channel_type event_ts purpose subtype text ts user",
    "message/channel_topic": "channel channel_type event_ts subtype text topic ts user",
    "message/channel_unarchive": "channel channel_type event_ts subtype team text ts user",
    "message/ekm_access_denied": "channel channel_type event_ts subtype text ts user",
    "message/file_share": "channel channel_type event_ts subtype text ts user attachments? blocks? display_as_bot? "
    "files? parent_user_id? thread_ts? upload? x_files?",
    "message/me_message": "channel channel_type event_ts subtype text ts user",
    "message/message_changed": "channel channel_type event_ts hidden message previous_message subtype ts",
    "message/message_deleted": "channel channel_type deleted_ts event_ts hidden previous_message subtype ts",
    "message/message_replied": "channel channel_type event_ts hidden message subtype ts",
    "message/thread_broadcast": "channel channel_type client_msg_id event_ts root subtype text ts user attachments? "
    "blocks? thread_ts?",
    "message_metadata_deleted": "app_id channel_id deleted_ts event_ts message_ts previous_metadata team_id user_id "
    "bot_id?",
    "message_metadata_posted": "app_id channel_id event_ts message_ts metadata team_id user_id bot_id?",
    "message_metadata_updated": "app_id channel_id event_ts message_ts metadata previous_metadata team_id user_id "
    "bot_id?",
    "pin_added": "channel_id event_ts item item_user pin_count pinned_info user",
    "pin_removed": "channel_id event_ts has_pins item item_user pin_count pinned_info user",
    "reaction_added": "event_ts item item_user reaction user",
    "reaction_removed": "event_ts item item_user reaction user",
    "shared_channel_invite_accepted": "accepting_user approval_required channel event_ts invite teams_in_channel",
    "shared_channel_invite_approved": "approving_team_id approving_user channel event_ts invite teams_in_channel",
    "shared_channel_invite_declined": "channel declining_team_id declining_user event_ts invite teams_in_channel",
    "shared_channel_invite_received": "channel event_ts invite",
    "shared_channel_invite_requested": "actor channel_date_created channel_id "
    "channel_message_latest_counted_timestamp channel_name channel_type event_ts "
    "event_type is_external_limited target_users teams_in_channel",
    "star_added": "event_ts item user",
    "star_removed": "event_ts item user",
    "subteam_created": "event_ts subteam",
    "subteam_members_changed": "date_previous_update date_update event_ts subteam_id team_id added_users? "
    "added_users_count? removed_users? removed_users_count?",
    "subteam_self_added": "event_ts subteam_id",
    "subteam_self_removed": "event_ts subteam_id",
    "subteam_updated": "event_ts subteam",
    "team_access_granted": "event_ts team_ids",
    "team_access_revoked": "event_ts team_ids",
    "team_domain_change": "domain url",
    "team_join": "cache_ts event_ts user",
    "team_rename": "name",
    "tokens_revoked": "tokens",
    "user_change": "cache_ts event_ts user",
    "user_huddle_changed": "cache_ts event_ts user",
    "user_profile_changed": "cache_ts event_ts user",
    "user_status_changed": "cache_ts event_ts user",
    "workflow_deleted": "event_ts workflow_draft_configuration workflow_id",
    "workflow_published": "event_ts workflow_id workflow_published_configuration",
    "workflow_step_deleted": "event_ts workflow_draft_configuration workflow_id workflow_published_configuration?",
    "workflow_step_execute": "callback_id event_ts workflow_step",
    "workflow_unpublished": "event_ts workflow_draft_configuration workflow_id",
}
"""Events; messages by their subtype."""
