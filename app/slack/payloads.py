"""The shapes of what Slack sends, as far as Bolt and our listeners rely on them.

A payload of another shape is refused before anything looks at it (400 over HTTP, no ack over a socket): a listener may
then take a field for what it says it is. Fields that nobody here reads may be anything.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from app.slack.workspaces import workspace_of

Id = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*$", max_length=32)]
"""Of a workspace, person, channel or message's app. Longer than any there is; no column holds more."""

Mark = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:=/+-]+$", max_length=300)]
"""A trigger, an event's id, a timestamp."""

Address = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]+$", max_length=2000)]


class Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class Ref(Shape):
    """Somebody or something by its id."""

    id: Id
    team_id: Id | None = None
    enterprise_id: Id | None = None


class Loose(Shape):
    """A place or an installation, of which any part may be missing."""

    id: Id | None = None
    user_id: Id | None = None
    team_id: Id | None = None
    enterprise_id: Id | None = None
    team: Id | Ref | None = None
    enterprise: Id | Ref | None = None
    authorizations: None = None
    event: None = None


class Words(Shape):
    """A message inside a payload."""

    ts: Mark | None = None
    thread_ts: Mark | None = None
    text: str | None = None
    user: Id | None = None


# ── events ──────────────────────────────────────────────────────────────────────────────────────────────


class Event(Shape):
    type: str
    team: Id | None = None
    team_id: Id | None = None
    enterprise: Id | Ref | None = None
    enterprise_id: Id | None = None
    user_team: Id | None = None
    user_id: Id | None = None
    user: Id | Ref | None = None
    channel: Id | Loose | None = None
    channel_id: Id | None = None
    item: Loose | None = None
    message: Words | None = None
    previous_message: Words | None = None
    bot_id: Id | None = None
    ts: Mark | None = None
    thread_ts: Mark | None = None
    text: str | None = None
    authorizations: None = None


class MessageEvent(Event):
    user: Id | None = None
    channel: Id
    channel_type: str | None = None
    subtype: str | None = None


class HomeEvent(Event):
    user: Id
    tab: str | None = None


class Names(Shape):
    display_name: str | None = None
    real_name: str | None = None


class Grid(Shape):
    enterprise_id: Id | None = None
    teams: list[Id] | None = None


class Somebody(Ref):
    """A user object, as far as the directory reads it."""

    name: str | None = None
    real_name: str | None = None
    tz: str | None = None
    locale: str | None = None
    profile: Names | None = None
    enterprise_user: Grid | None = None


class UserEvent(Event):
    user: Somebody


class ChannelEvent(Event):
    user: Id | None = None
    channel: Id


class Tokens(Shape):
    bot: list[str] | None = None


class RevokedEvent(Event):
    tokens: Tokens


EVENTS: Mapping[str, type[Event]] = {
    "message": MessageEvent,
    "app_home_opened": HomeEvent,
    "user_change": UserEvent,
    "channel_archive": ChannelEvent,
    "channel_deleted": ChannelEvent,
    "tokens_revoked": RevokedEvent,
}


class Reply(Shape):
    response_url: Address | None = None


ORG_WIDE = ("app_uninstalled", "tokens_revoked")
"""What may be said of a whole org, and then names no workspace."""


class Told(Shape):
    """What every delivery may carry."""

    type: str | None = None
    team_id: Id | None = None
    enterprise_id: Id | None = None
    enterprise: Id | Ref | None = None
    team: Id | Ref | None = None
    user: Id | Ref | None = None
    user_id: Id | None = None
    channel: Id | Loose | None = None
    channel_id: str | None = None
    api_app_id: Id | None = None
    trigger_id: Mark | None = None
    response_url: Address | None = None
    event_id: Mark | None = None
    authorizations: list[Loose] | None = None
    view: dict[str, Any] | None = None
    message: Words | None = None
    previous_message: Words | None = None
    item: Loose | None = None
    assistant_thread: None = None
    function_data: None = None
    response_urls: list[Reply] = []
    event: Event = Event(type="")


class EventCallback(Told):
    team_id: Id | None = None  # an org-wide install may be spoken of without one
    event_id: Mark
    event_time: Annotated[int, Field(ge=0, lt=2**33)] = 0


# ── clicks, forms, commands ─────────────────────────────────────────────────────────────────────────────


class Option(Shape):
    value: str | None = None


class Input(Shape):
    value: str | None = None
    selected_option: Option | None = None
    selected_options: list[Option] | None = None
    selected_user: Id | None = None
    selected_users: list[Id] | None = None
    selected_channel: Id | None = None
    selected_conversation: Id | None = None
    selected_date: str | None = None
    selected_time: str | None = None


class State(Shape):
    values: dict[str, dict[str, Input | None] | None] | None = None


class Action(Shape):
    type: str
    action_id: str
    block_id: str | None = None
    value: str | None = None
    selected_option: Option | None = None


class Block(Shape):
    type: str | None = None
    block_id: str | None = None


class View(Shape):
    type: str
    callback_id: str
    private_metadata: str | None = None
    app_installed_team_id: Id | None = None
    team_id: Id | None = None
    blocks: list[Block] | None = None
    state: State | None = None


class Interaction(Told):
    """Something a person did. By its trigger a second delivery is known for what it is."""

    user: Ref
    trigger_id: Mark
    state: State | None = None
    callback_id: str | None = None


class Clicked(Interaction):
    actions: Annotated[list[Action], Field(min_length=1)]
    view: View | None = None  # type: ignore[assignment]


class Submitted(Interaction):
    view: View  # type: ignore[assignment]


class Closed(Told):
    view: View  # type: ignore[assignment]


class Shortcut(Interaction):
    callback_id: str


class Command(Told):
    command: str
    trigger_id: Mark
    team_id: Id
    user_id: Id
    text: str | None = None
    channel_name: str | None = None


class RateLimited(Told):
    """Slack holds back events of a workspace for the rest of a minute."""

    team_id: Id
    minute_rate_limited: Annotated[int, Field(ge=0, lt=2**33)] = 0


KINDS: Mapping[str, type[Told]] = {
    "app_rate_limited": RateLimited,
    "event_callback": EventCallback,
    "block_actions": Clicked,
    "view_submission": Submitted,
    "view_closed": Closed,
    "message_action": Shortcut,
    "shortcut": Shortcut,
}


def wrong(body: Mapping[str, Any]) -> str | None:
    """Where a payload has not the shape of its kind, or None. Of a kind we don't know, only what Bolt reads counts.

    The place alone: what stands there may be somebody's words.
    """
    kind = body.get("type")
    shape = Command if "command" in body else KINDS.get(kind, Told) if isinstance(kind, str) else Told
    try:
        shape.model_validate(body)
        if shape is EventCallback:
            event = body.get("event")
            told = event.get("type") if isinstance(event, Mapping) else None
            EVENTS.get(told if isinstance(told, str) else "", Event).model_validate(event)
            if told not in ORG_WIDE and workspace_of(body) is None:
                return "team_id"
    except ValidationError as error:
        return ".".join(str(step) for step in error.errors(include_input=False)[0]["loc"])[:80]
    return None
