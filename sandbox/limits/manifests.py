"""What an app manifest may say: the rules of Slack's published schema (version 2.0.0) for apps
that are hosted elsewhere, and the few that its schema leaves to the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.limits.problems import Problem
from sandbox.limits.shapes import Anything, Array, Bool, Named, Notes, Obj, Str, Whole, one_of

_WEB = r"https?://\S+"
_DOMAIN = r"(?![.\-])[-a-z0-9.]+[a-z0-9]"
_BYTE = r"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_ADDRESS = rf"({_BYTE}\.){{3}}{_BYTE}(/(3[0-2]|[12]?\d))?"


@dataclass(frozen=True, slots=True)
class _Set:
    """A list whose items are said once."""

    items: Array

    def check(self, value: object, at: str, notes: Notes) -> None:
        self.items.check(value, at, notes)
        if isinstance(value, list | tuple) and len({repr(item) for item in value}) < len(value):
            notes.append((at, "must not contain duplicate items"))


def _url(limit: str = "manifest.url", pattern: str = _WEB) -> Str:
    return Str(limit, pattern, "must be a valid URL")


_SCOPE = Str("manifest.scope", r"[a-z][a-z0-9_.-]*(:[a-z0-9_.]+)*", "must be a valid scope")
_SCOPES = _Set(Array(_SCOPE, "manifest.scopes.items"))
_EVENT = Str("manifest.event", r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*", "must be a valid event")
_EVENTS = _Set(Array(_EVENT, "manifest.events.items"))
_PROMPT = Obj({"title": Str(), "message": Str()})

_DISPLAY = Obj(
    {"name": Str("manifest.name")},
    {
        "description": Str("manifest.description"),
        "long_description": Str("manifest.long_description"),
        "background_color": Str(pattern=r"#([0-9a-fA-F]{3}){1,2}", said="must be a valid hex color"),
    },
)

_COMMAND = Obj(
    {
        "command": Str("manifest.command", r"/\S+", "must begin with / and have no spaces"),
        "description": Str("manifest.command_description"),
    },
    {"url": _url(), "usage_hint": Str("manifest.usage_hint"), "should_escape": Bool()},
)

_CALLBACK = Str("manifest.callback_id")
_WORKFLOW_STEP = Obj({"name": Str("manifest.workflow_step"), "callback_id": Str("manifest.workflow_step")})

_SHORTCUT = Obj(
    {
        "name": Str("manifest.shortcut_name"),
        "type": one_of("message", "global"),
        "callback_id": Str("manifest.callback_id"),
        "description": Str("manifest.shortcut_description"),
    }
)


def _one_assistant(value: Mapping[str, object], at: str, notes: Notes) -> None:
    """The schema is silent; the agent's view replaced the assistant's, so an app has one."""
    if "agent_view" in value and "assistant_view" in value:
        notes.append((at, "must provide either agent_view or assistant_view"))


def _commands_once(value: Mapping[str, object], at: str, notes: Notes) -> None:
    commands = value.get("slash_commands")
    seen: set[object] = set()
    for index, one in enumerate(commands if isinstance(commands, list | tuple) else []):
        name = one.get("command") if isinstance(one, Mapping) else None
        if isinstance(name, str):
            if name in seen:
                where = f"{at}/slash_commands/{index}/command"
                notes.append((where, f'`command` "{name}" already exists'))
            seen.add(name)


def _features_agree(value: Mapping[str, object], at: str, notes: Notes) -> None:
    _one_assistant(value, at, notes)
    _commands_once(value, at, notes)


_FEATURES = Obj(
    optional={
        "app_home": Obj(
            optional={
                "home_tab_enabled": Bool(),
                "messages_tab_enabled": Bool(),
                "messages_tab_read_only_enabled": Bool(),
            }
        ),
        "bot_user": Obj({"display_name": Str("manifest.bot_name")}, {"always_online": Bool()}),
        "shortcuts": Array(_SHORTCUT, "manifest.shortcuts.items"),
        "slash_commands": Array(_COMMAND, "manifest.commands.items"),
        "unfurl_domains": _Set(
            Array(Str("manifest.domain", _DOMAIN, "must be a valid domain"), "manifest.unfurl.items")
        ),
        "functions": Array(Anything(), "manifest.functions.items"),
        "workflow_steps": Array(_WORKFLOW_STEP, "manifest.workflow_steps.items"),
        "search": Obj({"search_function_callback_id": _CALLBACK}, {"search_filters_function_callback_id": _CALLBACK}),
        "rich_previews": Obj({"is_active": Bool()}, {"entity_types": Array(Str())}),
        "user_connections": Anything(),
        "assistant_view": Obj({"assistant_description": Str()}, {"suggested_prompts": Array(_PROMPT)}),
        "agent_view": Obj(
            {"agent_description": Str("manifest.agent_description")},
            {
                "suggested_prompts": Array(_PROMPT, "manifest.prompts.items"),
                "actions": Array(Obj({"name": Str(), "description": Str()})),
            },
        ),
    },
    between=_features_agree,
)

_OAUTH = Obj(
    optional={
        "redirect_urls": _Set(Array(Str("manifest.redirect"), "manifest.redirects.items")),
        "scopes": Obj(optional=dict.fromkeys(("bot", "user", "bot_optional", "user_optional"), _SCOPES)),
        "token_management_enabled": Bool(),
        "pkce_enabled": Bool(),
    }
)

_REQUEST = _url("manifest.request_url")
_SETTINGS = Obj(
    optional={
        "allowed_ip_address_ranges": _Set(
            Array(Str(pattern=_ADDRESS, said="must be a valid IP range"), "manifest.addresses.items")
        ),
        "event_subscriptions": Obj(
            optional={
                "request_url": _REQUEST,
                "bot_events": _EVENTS,
                "user_events": _EVENTS,
                "metadata_subscriptions": _Set(
                    Array(
                        Obj({"app_id": Str(), "event_type": Str("manifest.event")}),
                        "manifest.metadata.items",
                    )
                ),
            }
        ),
        "incoming_webhooks": Obj(optional={"incoming_webhooks_enabled": Bool()}),
        "interactivity": Obj(
            {"is_enabled": Bool()},
            {"request_url": _REQUEST, "message_menu_options_url": _REQUEST},
        ),
        "siws_links": Obj(optional={"initiate_uri": _url("manifest.request_url", r"https://\S+")}),
        **{
            flag: Bool()
            for flag in (
                "org_deploy_enabled",
                "socket_mode_enabled",
                "is_hosted",
                "token_rotation_enabled",
                "is_mcp_enabled",
            )
        },
        "hermes_app_type": Str(),
        "function_runtime": Str(),
    }
)


def _part(value: object, *path: str) -> object:
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _reachable(manifest: Mapping[str, object], at: str, notes: Notes) -> None:
    """Without Socket Mode, whatever Slack sends needs an address to go to."""
    if _part(manifest, "settings", "socket_mode_enabled") is True:
        return
    events = _part(manifest, "settings", "event_subscriptions")
    if isinstance(events, Mapping) and "request_url" not in events and (
        events.get("bot_events") or events.get("user_events")
    ):  # fmt: skip
        said = "Event Subscription requires either Request URL or Socket Mode Enabled"
        notes.append((f"{at}/settings/event_subscriptions", said))
    buttons = _part(manifest, "settings", "interactivity")
    if isinstance(buttons, Mapping) and buttons.get("is_enabled") is True and (
        "request_url" not in buttons
    ):  # fmt: skip
        said = "Interactivity requires either Request URL or Socket Mode Enabled"
        notes.append((f"{at}/settings/interactivity", said))
    commands = _part(manifest, "features", "slash_commands")
    for index, one in enumerate(commands if isinstance(commands, list | tuple) else []):
        if isinstance(one, Mapping) and "url" not in one:
            said = "Slash command requires either Request URL or Socket Mode Enabled"
            notes.append((f"{at}/features/slash_commands/{index}", said))


# Slack's samples name a function's parameters both in `properties` and without.
_FUNCTION = Obj({"title": Str(), "description": Str(), "input_parameters": Anything(), "output_parameters": Anything()})
_WORKFLOW = Obj(
    {"title": Str(), "description": Str(), "steps": Array(Anything())},
    {"input_parameters": Anything(), "suggested_triggers": Array(Anything())},
)
_MCP_SERVER = Obj(
    {
        "url": _url("manifest.mcp_url", r"https://\S+"),
        "auth_type": one_of("dynamic_client_registration", "no_auth", "manual_auth", "slack_identity_auth"),
    },
    {"headers": Named(Str()), "auth_provider_key": Str("manifest.category")},
)
_DIRECTORY = Obj(
    {
        "installation_landing_page": _url("manifest.page"),
        "privacy_policy_url": _url("manifest.page"),
        "support_url": _url("manifest.page"),
        "support_email": Str(pattern=r"[^@\s]+@[^@\s]+", said="must be a valid email address"),
        "supported_languages": Array(Str(), "manifest.languages.items"),
        "pricing": Str(),
    },
    {
        "app_directory_categories": Array(Str("manifest.category"), "manifest.categories.items"),
        "use_direct_install": Bool(),
        "direct_install_url": _url("manifest.page"),
    },
)

MANIFEST = Obj(
    {"display_information": _DISPLAY},
    {
        "$schema": _url(),
        "_metadata": Obj(
            optional={key: Whole() for key in ("schema_version", "min_version", "major_version", "minor_version")}
        ),
        "features": _FEATURES,
        "oauth_config": _OAUTH,
        "settings": _SETTINGS,
        "app_directory": _DIRECTORY,
        "functions": Named(_FUNCTION, "manifest.functions.items"),
        "workflows": Named(_WORKFLOW, "manifest.workflows.items"),
        "datastores": Named(Obj({"primary_key": Str(), "attributes": Anything()}), "manifest.datastores.items"),
        "types": Named(Anything(), "manifest.types.items"),
        "outgoing_domains": _Set(
            Array(Str("manifest.outgoing", _DOMAIN, "must be a valid domain"), "manifest.outgoing.items")
        ),
        "external_auth_providers": Anything(),
        "mcp_servers": Named(_MCP_SERVER, "manifest.mcp_servers.items"),
    },
    _reachable,
)


def check_manifest(manifest: object) -> list[Problem]:
    """Every reason Slack would refuse a manifest for, under its code "invalid_manifest"; pointers
    begin at the manifest's own root. What of it the sandbox does not play, `Manifest.not_played` names."""
    notes: Notes = []
    MANIFEST.check(manifest, "", notes)
    return [Problem("invalid_manifest", at, said) for at, said in notes]
