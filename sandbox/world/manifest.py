"""What the app's manifest allows. Without a manifest everything is allowed."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.world.kinds import Json

NOT_PLAYED = (
    ("features", "rich_previews"),
    ("features", "search"),
    ("features", "user_connections"),
    ("features", "workflow_steps"),
    ("oauth_config", "scopes", "user"),
    ("settings", "event_subscriptions", "user_events"),
    ("app_directory",),
    ("workflows",),
    ("datastores",),
    ("types",),
    ("outgoing_domains",),
    ("external_auth_providers",),
    ("mcp_servers",),
)


@dataclass(frozen=True)
class Manifest:
    data: Json | None = None

    def _at(self, *path: str) -> object:
        here: object = self.data or {}
        for key in path:
            here = here.get(key) if isinstance(here, dict) else None
        return here

    def _rows(self, *path: str) -> list[Json]:
        rows = self._at(*path)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    @property
    def not_played(self) -> list[str]:
        """Parts of it that nothing here does anything with."""
        return [".".join(path) for path in NOT_PLAYED if self._at(*path)]

    @property
    def name(self) -> str:
        return str(
            self._at("features", "bot_user", "display_name") or self._at("display_information", "name") or "sandbox-app"
        )

    @property
    def bot_scopes(self) -> set[str] | None:
        if self.data is None:
            return None
        scopes = self._at("oauth_config", "scopes", "bot")
        return {str(scope) for scope in scopes} if isinstance(scopes, list) else set()

    @property
    def commands(self) -> list[Json]:
        return self._rows("features", "slash_commands")

    @property
    def shortcuts(self) -> list[Json]:
        return self._rows("features", "shortcuts")

    @property
    def prompts(self) -> list[Json]:
        """What an agent suggests to say first: `{title, message}`."""
        rows = self._rows("features", "agent_view", "suggested_prompts")
        return rows or self._rows("features", "assistant_view", "suggested_prompts")

    def command(self, name: str) -> Json | None:
        """The declared command, `{}` without a manifest, None where it is not declared."""
        if self.data is None:
            return {}
        return next((row for row in self.commands if row.get("command") == name), None)

    def shortcut(self, callback_id: str, kind: str) -> bool:
        """kind: `message` or `global`."""
        return self.data is None or any(
            row.get("callback_id") == callback_id and row.get("type") == kind for row in self.shortcuts
        )

    def subscribed(self, event_name: str) -> bool:
        if self.data is None:
            return True
        return event_name in self.events

    @property
    def unfurl_domains(self) -> list[str]:
        domains = self._at("features", "unfurl_domains")
        return [str(domain) for domain in domains] if isinstance(domains, list) else []

    @property
    def redirect_urls(self) -> list[str] | None:
        """Where consent may lead; None without a manifest."""
        if self.data is None:
            return None
        urls = self._at("oauth_config", "redirect_urls")
        return [str(url) for url in urls] if isinstance(urls, list) else []

    def function(self, callback_id: str) -> Json | None:
        """The declared step, None where there is none of that name."""
        declared = self._at("functions", callback_id)
        return declared if isinstance(declared, dict) else None

    def follows_metadata(self, app_id: str, event_type: str) -> bool:
        """Whether metadata of that type, posted by that app, is to be told of."""
        return self.data is None or any(
            row.get("app_id") in ("*", app_id) and row.get("event_type") in ("*", event_type)
            for row in self._rows("settings", "event_subscriptions", "metadata_subscriptions")
        )

    @property
    def events(self) -> list[str]:
        """What the app subscribes to."""
        events = self._at("settings", "event_subscriptions", "bot_events")
        return [str(event) for event in events] if isinstance(events, list) else []

    @property
    def is_agent(self) -> bool:
        """The agents feature is on: its own view in Slack, and no guests."""
        return bool(self._at("features", "agent_view") or self._at("features", "assistant_view"))

    @property
    def has_assistant_threads(self) -> bool:
        """The older view: every conversation with the assistant is a thread of its own."""
        return self.data is None or bool(self._at("features", "assistant_view"))

    @property
    def interactive(self) -> bool:
        return self.data is None or self._at("settings", "interactivity", "is_enabled") is True

    @property
    def rotates_tokens(self) -> bool:
        """Tokens run out after twelve hours, and are refreshed."""
        return self._at("settings", "token_rotation_enabled") is True

    @property
    def home_tab(self) -> bool:
        return self.data is None or self._at("features", "app_home", "home_tab_enabled") is True

    @property
    def messages_tab(self) -> bool:
        """On unless switched off; an agent or assistant always has one."""
        if self.data is None or self.is_agent:
            return True
        return self._at("features", "app_home", "messages_tab_enabled") is not False

    @property
    def messages_read_only(self) -> bool:
        """People may read the app's direct messages and not write there."""
        return self._at("features", "app_home", "messages_tab_read_only_enabled") is True
