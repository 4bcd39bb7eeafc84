"""What can be set from outside, and nothing else. Frozen; secrets never print. No instance is made at import."""

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from the environment and from ``.env``. The README's table lists every one of them."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: SecretStr | None = Field(None, description="The bot's token, `xoxb-…`.")
    slack_app_token: SecretStr | None = Field(
        None, description="The app-level token, `xapp-…`. Set: Socket Mode. Not set: HTTP on `PORT`."
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="Checks that a request is Slack's. Needed for HTTP."
    )
    slack_client_id: str | None = Field(
        None, description="With the client secret, and without a bot token: any workspace can install it."
    )
    slack_client_secret: SecretStr | None = Field(None, description="The app's client secret, for installs.")
    slack_api_url: str = Field("https://slack.com/api/", description="Any server that speaks Slack's protocol.")

    database_url: str = Field(
        "sqlite:///threshold.db",
        description="SQLite upgrades itself at start; PostgreSQL waits for `threshold migrate`. "
        "Behind PgBouncer it ends in `?pooler=transaction`.",
    )
    port: int = Field(
        3000, ge=0, le=65535, description="HTTP: `POST /slack/events`, `GET /healthz`, `/readyz`, `/metrics`."
    )

    openai_api_key: SecretStr | None = Field(None, description="Key of the model's endpoint. None: no assistant.")
    openai_base_url: str | None = Field(None, description="An OpenAI-compatible endpoint; a local one needs no key.")
    openai_model: str = Field("gpt-5-mini", description="The model that drafts.")
    openai_embedding_model: str | None = Field(
        None,
        description="The endpoint's model that reads decisions, so that they are found by what they mean too, e.g. "
        "`text-embedding-3-small`. None: the package's, where `threshold[search]` is installed, else words alone.",
    )
    openai_timeout: float = Field(
        60.0,
        gt=0,
        le=600,
        description="Seconds that one answer of the model may take; a small one on a laptop needs more.",
    )

    threshold_host: str | None = Field(
        None, description="The address that `PORT` is on. None: all of them, or in Socket Mode `127.0.0.1`."
    )
    threshold_country: str | None = Field(
        None,
        description="Whose public holidays are days off for who has chosen no country on Home and whose time zone lies "
        "in none, e.g. `US` or `DE-BY`; of the country it names, the part counts for everybody there.",
    )
    threshold_decisions_url: str | None = Field(
        None,
        pattern=r"https://\S+",
        description="Where your decisions have a page of their own, e.g. `https://wiki.example.com/decisions`: then a "
        "channel's line is a work object in Slack, with `D-42` behind this address. None: it is a line.",
    )
    threshold_encryption_key: SecretStr | None = Field(
        None, description="Seals stored tokens; `threshold key` makes one. Several, by commas: the first seals."
    )
    threshold_erase_after_days: int = Field(
        30, ge=0, le=36_500, description="Days after which a workspace that removed the app is erased."
    )
    threshold_keep_days: int | None = Field(
        None,
        ge=1,
        le=36_500,
        description="Days after which the words of a closed decision are erased. None: they are kept.",
    )
    threshold_may_install: str | None = Field(
        None, description="Ids of the workspaces (`T…`) and orgs (`E…`) that may install it, by commas. None: any."
    )
    threshold_listeners: int = Field(16, ge=1, le=1000, description="Slack deliveries worked on at the same time.")
    threshold_tick_seconds: float = Field(5.0, gt=0, le=300, description="How often due work is looked for.")
    threshold_log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    threshold_log_format: Literal["text", "json"] = Field("text", description="`text`, or `json` for an object a line.")
    threshold_traces: str | None = Field(
        None, description="Where OpenTelemetry traces go (OTLP/HTTP), e.g. `http://localhost:4318`. None: nowhere."
    )

    @property
    def listens_on(self) -> str:
        """In Socket Mode nothing has to be reachable from outside: health and figures are for this machine."""
        from_outside = self.slack_app_token is None or self.many_workspaces  # which are added at a page
        return self.threshold_host or ("0.0.0.0" if from_outside else "127.0.0.1")  # noqa: S104

    @property
    def many_workspaces(self) -> bool:
        """Tokens come from installs, not from the settings."""
        return self.slack_bot_token is None and bool(self.slack_client_id or self.slack_client_secret)

    @property
    def may_install(self) -> frozenset[str]:
        """Ids of workspaces and orgs; empty: whoever likes."""
        given = (one.strip() for one in (self.threshold_may_install or "").split(","))
        return frozenset(one for one in given if one)

    @property
    def model_configured(self) -> bool:
        """A key, or an endpoint of one's own."""
        return bool(self.openai_api_key or self.openai_base_url)
