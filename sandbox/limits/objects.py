"""Composition objects: text, options, confirmation dialogs, filters (docs.slack.dev,
reference/block-kit/composition-objects)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.limits.shapes import (
    URL,
    Array,
    Bool,
    Notes,
    Obj,
    Shape,
    Str,
    Whole,
    below,
    one_of,
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text object; `plain` refuses mrkdwn. `emoji` goes with plain_text, `verbatim` with mrkdwn."""

    limit: str = "text"
    plain: bool = False

    def check(self, value: object, at: str, notes: Notes) -> None:
        if not isinstance(value, Mapping):
            notes.append((at, "must provide an object"))
            return
        kind = value.get("type")
        if kind is None:
            notes.append((at, "missing required field: type"))
            return
        allowed = ("plain_text",) if self.plain else ("plain_text", "mrkdwn")
        if kind not in allowed:
            notes.append((at, f"unsupported type: {kind}"))
            return
        option: dict[str, Shape] = {"emoji": Bool()} if kind == "plain_text" else {"verbatim": Bool()}
        Obj({"type": Str(), "text": Str(self.limit)}, option).check(value, at, notes)


def plain(limit: str) -> Text:
    return Text(limit, plain=True)


def _option(*, mrkdwn: bool = False, url: bool = False) -> Obj:
    optional: dict[str, Shape] = {
        "description": Text("option.description", plain=not mrkdwn),
    }
    if url:
        optional["url"] = URL
    return Obj({"text": Text("option.text", plain=not mrkdwn), "value": Str("option.value")}, optional)


# mrkdwn is for radio buttons and checkboxes, url for the overflow menu.
OPTION = _option()
CHOICE = _option(mrkdwn=True)
LINK_OPTION = _option(url=True)

OPTION_GROUP = Obj({"label": plain("option_group.label"), "options": Array(OPTION, "option_group.options.items")})

STYLE = one_of("primary", "danger")

CONFIRM = Obj(
    {
        "title": plain("confirm.title"),
        "text": Text("confirm.text"),
        "confirm": plain("confirm.confirm"),
        "deny": plain("confirm.deny"),
    },
    {"style": STYLE},
)

DISPATCH = Obj(
    optional={"trigger_actions_on": Array(one_of("on_enter_pressed", "on_character_entered"), "dispatch.items")}
)


def _filter_says_something(value: Mapping[str, object], at: str, notes: Notes) -> None:
    if not value:
        notes.append((at, "must have at least one property"))


FILTER = Obj(
    optional={
        "include": Array(one_of("im", "mpim", "private", "public"), "filter.include.items"),
        "exclude_external_shared_channels": Bool(),
        "exclude_bot_users": Bool(),
    },
    between=_filter_says_something,
)


def _id_or_url(value: Mapping[str, object], at: str, notes: Notes) -> None:
    if ("id" in value) == ("url" in value):
        notes.append((at, "must provide either id or url"))


SLACK_FILE = Obj(optional={"id": Str(), "url": URL}, between=_id_or_url)

_PARAMETER = Obj({"name": Str(), "value": Str()})
WORKFLOW = Obj(
    {
        "trigger": Obj(
            {"url": URL},
            {"customizable_input_parameters": Array(_PARAMETER)},
        )
    }
)


def image_source(value: Mapping[str, object], at: str, notes: Notes) -> None:
    """An image comes from a URL or from a file in Slack, never from both."""
    if ("image_url" in value) == ("slack_file" in value):
        notes.append((at, "must provide either image_url or slack_file"))


def _flat_options(value: Mapping[str, object]) -> list[object]:
    options = value.get("options")
    found: list[object] = list(options) if isinstance(options, list | tuple) else []
    groups = value.get("option_groups")
    for group in groups if isinstance(groups, list | tuple) else []:
        inner = group.get("options") if isinstance(group, Mapping) else None
        found.extend(inner if isinstance(inner, list | tuple) else [])
    return found


def _same(one: object, other: object) -> bool:
    """Slack compares the text and the value; flags such as emoji may differ."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return False
    words = [o["text"].get("text") if isinstance(o.get("text"), Mapping) else None
             for o in (one, other)]  # fmt: skip
    return one.get("value") == other.get("value") and words[0] == words[1]


def options_agree(value: Mapping[str, object], at: str, notes: Notes) -> None:
    """Options or groups, one of them; values said once; what is chosen at first is an option."""
    if "options" in value and "option_groups" in value:
        notes.append((at, "must provide either options or option_groups"))
    if "options" not in value and "option_groups" not in value:
        notes.append((at, "missing required field: options"))
    options = _flat_options(value)
    if "initial_option" in value and not any(_same(value["initial_option"], option) for option in options):
        notes.append((below(at, "initial_option"), "must be one of the provided options"))
    initial = value.get("initial_options")
    for index, chosen in enumerate(initial if isinstance(initial, list | tuple) else []):
        if not any(_same(chosen, option) for option in options):
            where = below(below(at, "initial_options"), index)
            notes.append((where, "must be one of the provided options"))


def selection_fits(value: Mapping[str, object], at: str, notes: Notes) -> None:
    """No more is chosen at first than may be chosen."""
    most = value.get("max_selected_items")
    if not isinstance(most, int):
        return
    for key, chosen in value.items():
        if key.startswith("initial_") and isinstance(chosen, list | tuple) and len(chosen) > most:
            notes.append((below(at, key), f"no more than {most} items allowed"))


LINES = Whole("rich_text_input.lines")
