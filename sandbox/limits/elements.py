"""Block elements, each with its keys, and which block may hold which (docs.slack.dev,
reference/block-kit/block-elements)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from zoneinfo import available_timezones

from sandbox.limits.objects import (
    CHOICE,
    CONFIRM,
    DISPATCH,
    FILTER,
    LINES,
    LINK_OPTION,
    OPTION,
    OPTION_GROUP,
    SLACK_FILE,
    STYLE,
    WORKFLOW,
    image_source,
    options_agree,
    plain,
    selection_fits,
)
from sandbox.limits.rich_text import RICH_TEXT
from sandbox.limits.shapes import (
    IMAGE_URL,
    URL,
    Array,
    Between,
    Bool,
    Notes,
    Obj,
    Shape,
    Str,
    Whole,
    below,
    typed,
)

_ACTION: dict[str, Shape] = {"action_id": Str("action_id")}
_ASKS: dict[str, Shape] = {**_ACTION, "confirm": CONFIRM, "focus_on_load": Bool()}
_HINTED: dict[str, Shape] = {**_ASKS, "placeholder": plain("placeholder")}
_TYPED: dict[str, Shape] = {
    **_ACTION,
    "placeholder": plain("placeholder"),
    "focus_on_load": Bool(),
    "dispatch_action_config": DISPATCH,
}
_LABEL: dict[str, Shape] = {"accessibility_label": Str("button.accessibility_label")}
_OPTIONS = Array(OPTION, "select.options.items")
_GROUPS = Array(OPTION_GROUP, "select.option_groups.items")
_MANY: dict[str, Shape] = {"max_selected_items": Whole("multi_select.max_selected_items")}
_INITIAL = "multi_select.initial.items"


def _both(*checks: Between) -> Between:
    def run(value: Mapping[str, object], at: str, notes: Notes) -> None:
        for check in checks:
            check(value, at, notes)

    return run


class _Day:
    """A day of the calendar, YYYY-MM-DD."""

    def check(self, value: object, at: str, notes: Notes) -> None:
        try:
            fits = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        except ValueError:
            fits = False
        if not fits:
            notes.append((at, "must be a valid date in the format YYYY-MM-DD"))


@cache
def _zones() -> set[str]:
    return available_timezones()


class _Zone:
    """A zone of the IANA database."""

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, str) or value not in _zones():
            notes.append((at, "must be a valid IANA time zone"))


class _Moment:
    """A UNIX time in seconds, ten digits."""

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or len(str(value)) != 10:
            notes.append((at, "must be a UNIX timestamp of 10 digits"))


def _length_order(value: Mapping[str, object], at: str, notes: Notes) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        notes.append((below(at, "min_length"), "must not be greater than max_length"))
    first = value.get("initial_value")
    if isinstance(first, str) and isinstance(most, int) and first and len(first) > most:
        notes.append((below(at, "initial_value"), f"must be less than {most + 1} characters"))


def _number_order(value: Mapping[str, object], at: str, notes: Notes) -> None:
    """Numbers travel as strings here; their order still has to hold."""
    figures: dict[str, float] = {}
    for key in ("min_value", "max_value", "initial_value"):
        word = value.get(key)
        if not isinstance(word, str):
            continue
        try:
            figures[key] = float(word)
        except ValueError:
            notes.append((below(at, key), "must be a valid number"))
            continue
        if value.get("is_decimal_allowed") is False and not figures[key].is_integer():
            notes.append((below(at, key), "must be a whole number"))
    least, most = figures.get("min_value"), figures.get("max_value")
    if least is not None and most is not None and least > most:
        notes.append((below(at, "min_value"), "must not be greater than max_value"))
    first = figures.get("initial_value")
    if first is not None and ((least is not None and first < least) or (most is not None and first > most)):
        notes.append((below(at, "initial_value"), "must be between min_value and max_value"))


def _line_order(value: Mapping[str, object], at: str, notes: Notes) -> None:
    least, most = value.get("min_lines"), value.get("max_lines")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        notes.append((below(at, "min_lines"), "must not be greater than max_lines"))


_CONVERSATIONS: dict[str, Shape] = {"default_to_current_conversation": Bool(), "filter": FILTER}
_ANSWERS: dict[str, Shape] = {"response_url_enabled": Bool()}
_QUERY: dict[str, Shape] = {"min_query_length": Whole()}
_STATIC: dict[str, Shape] = {"options": _OPTIONS, "option_groups": _GROUPS}
_FEEDBACK = Obj({"text": plain("button.text"), "value": Str("button.value")}, _LABEL)

ELEMENTS: Mapping[str, Shape] = {
    "button": typed(
        {"text": plain("button.text")},
        {
            **_ACTION,
            **_LABEL,
            "url": URL,
            "value": Str("button.value"),
            "style": STYLE,
            "confirm": CONFIRM,
            "agent_prompt": Str("button.agent_prompt"),
            "agent_prompt_display": Str(),
            "visible_to_user_ids": Array(Str()),
        },
    ),
    "workflow_button": typed(
        {"text": plain("button.text"), "workflow": WORKFLOW},
        {**_ACTION, **_LABEL, "style": STYLE, "confirm": CONFIRM},
    ),
    "icon_button": typed(
        {"icon": Str(), "text": plain("button.text")},
        {
            **_ACTION,
            **_LABEL,
            "value": Str("button.value"),
            "confirm": CONFIRM,
            "visible_to_user_ids": Array(Str(), "icon_button.visible_to.items"),
        },
    ),
    "feedback_buttons": typed(
        {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {**_ACTION}
    ),
    "overflow": typed(
        {"options": Array(LINK_OPTION, "overflow.options.items")}, {**_ACTION, "confirm": CONFIRM}
    ),
    "image": typed(
        {"alt_text": Str("image.alt_text")},
        {"image_url": IMAGE_URL, "slack_file": SLACK_FILE},
        image_source,
    ),
    "checkboxes": typed(
        {"options": Array(CHOICE, "checkboxes.options.items")},
        {**_ASKS, "initial_options": Array(CHOICE, "checkboxes.options.items")},
        options_agree,
    ),
    "radio_buttons": typed(
        {"options": Array(CHOICE, "radio_buttons.options.items")},
        {**_ASKS, "initial_option": CHOICE},
        options_agree,
    ),
    "datepicker": typed({}, {**_HINTED, "initial_date": _Day()}),
    "timepicker": typed(
        {},
        {
            **_HINTED,
            "initial_time": Str(pattern=r"([01]\d|2[0-3]):[0-5]\d", said="must be a valid time in the format HH:mm"),
            "timezone": _Zone(),
        },
    ),
    "datetimepicker": typed({}, {**_ASKS, "initial_date_time": _Moment()}),
    "plain_text_input": typed(
        {},
        {
            **_TYPED,
            "initial_value": Str("plain_text_input.initial_value"),
            "multiline": Bool(),
            "min_length": Whole("plain_text_input.min_length"),
            "max_length": Whole("plain_text_input.max_length"),
        },
        _length_order,
    ),
    "email_text_input": typed({}, {**_TYPED, "initial_value": Str()}),
    "url_text_input": typed({}, {**_TYPED, "initial_value": Str()}),
    "number_input": typed(
        {"is_decimal_allowed": Bool()},
        {**_TYPED, "initial_value": Str(), "min_value": Str(), "max_value": Str()},
        _number_order,
    ),
    "rich_text_input": typed(
        {}, {**_TYPED, "initial_value": RICH_TEXT, "min_lines": LINES, "max_lines": LINES},
        _line_order,
    ),
    "file_input": typed(
        {}, {**_ACTION, "filetypes": Array(Str()), "max_files": Whole("file_input.max_files")}
    ),
    "static_select": typed({}, {**_HINTED, **_STATIC, "initial_option": OPTION}, options_agree),
    "external_select": typed({}, {**_HINTED, **_QUERY, "initial_option": OPTION}),
    "users_select": typed({}, {**_HINTED, "initial_user": Str()}),
    "conversations_select": typed(
        {}, {**_HINTED, **_CONVERSATIONS, **_ANSWERS, "initial_conversation": Str()}
    ),
    "channels_select": typed({}, {**_HINTED, **_ANSWERS, "initial_channel": Str()}),
    "multi_static_select": typed(
        {}, {**_HINTED, **_MANY, **_STATIC, "initial_options": Array(OPTION, _INITIAL)},
        _both(options_agree, selection_fits),
    ),
    "multi_external_select": typed(
        {}, {**_HINTED, **_MANY, **_QUERY, "initial_options": Array(OPTION, _INITIAL)},
        selection_fits,
    ),
    "multi_users_select": typed(
        {}, {**_HINTED, **_MANY, "initial_users": Array(Str(), _INITIAL)}, selection_fits
    ),
    "multi_conversations_select": typed(
        {}, {**_HINTED, **_MANY, **_CONVERSATIONS, "initial_conversations": Array(Str(), _INITIAL)},
        selection_fits,
    ),
    "multi_channels_select": typed(
        {}, {**_HINTED, **_MANY, "initial_channels": Array(Str(), _INITIAL)}, selection_fits
    ),
    "url": typed({"url": URL, "text": Str()}),
}  # fmt: skip

SELECTS = frozenset(f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels"))
MULTI_SELECTS = frozenset(f"multi_{kind}" for kind in SELECTS)
_PICKS = SELECTS | MULTI_SELECTS | {"checkboxes", "radio_buttons", "datepicker", "timepicker"}

# Which block holds which: the "compatible elements" of each block's page.
IN_SECTION = _PICKS | {"button", "workflow_button", "overflow", "image"}
IN_ACTIONS = _PICKS | {
    "button", "workflow_button", "overflow", "datetimepicker", "rich_text_input",
}  # fmt: skip
IN_INPUT = _PICKS | {
    "datetimepicker", "plain_text_input", "email_text_input", "url_text_input", "number_input",
    "rich_text_input", "file_input",
}  # fmt: skip
IN_CONTEXT_ACTIONS = frozenset({"feedback_buttons", "icon_button"})


def pick(kinds: frozenset[str]) -> Mapping[str, Shape]:
    """The shapes of some kinds."""
    return {kind: ELEMENTS[kind] for kind in sorted(kinds)}
