"""Reading blocks as a person does: what they say, what can be clicked, what is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.world.kinds import Json, StateKey

CLICKED = {"button", "overflow", "workflow_button", "feedback_buttons", "icon_button"}
"""Elements without a value of their own: they never stand in `state.values`."""


SIDES = ("positive_button", "negative_button")
"""Of feedback buttons."""


@dataclass(frozen=True)
class Element:
    """One thing a person can click or fill, with the words that name it."""

    block: Json
    body: Json
    label: str

    @property
    def block_id(self) -> str:
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        return str(self.body.get("action_id", ""))

    @property
    def key(self) -> StateKey:
        return (self.block_id, self.action_id)

    @property
    def type(self) -> str:
        return str(self.body.get("type", ""))

    @property
    def is_input(self) -> bool:
        return self.block.get("type") == "input"

    @property
    def dispatches(self) -> bool:
        """A change is told to the app at once."""
        return not self.is_input or self.block.get("dispatch_action") is True

    def named(self, name: str) -> bool:
        return name in (self.action_id, self.block_id, self.label)

    @property
    def options(self) -> list[Json]:
        """What can be chosen in it; the two sides of feedback buttons are such."""
        grouped = [option for group in self.groups for option in group.get("options", [])]
        sides = [self.body[side] for side in SIDES if isinstance(self.body.get(side), dict)]
        return [*(self.body.get("options") or []), *grouped, *sides]

    @property
    def groups(self) -> list[Json]:
        return list(self.body.get("option_groups") or [])


def plain(text: Any) -> str:
    """The words of a text object."""
    return str(text.get("text", "")) if isinstance(text, dict) else ""


NESTED = {"container": "child_blocks", "carousel": "elements", "plan": "tasks"}
"""Block → where it holds blocks of its own. A layout holds them in rows of items."""


def flat(blocks: list[Json]) -> Iterator[Json]:
    """Every block, and every block within one, in the order shown."""
    for block in blocks:
        yield block
        kind = block.get("type")
        inner = block.get(NESTED.get(str(kind), ""))
        if kind == "layout":
            inner = [b for row in block.get("rows") or [] for item in row.get("items") or [] for b in item["blocks"]]
        if isinstance(inner, list):
            yield from flat([b for b in inner if isinstance(b, dict)])


def elements(blocks: list[Json]) -> list[Element]:
    """Everything interactive, in the order shown, each with the block it stands in."""
    return [Element(block, body, _label(block, body)) for block in flat(blocks) for body in _inside(block)]


def _inside(block: Json) -> Iterator[Json]:
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict) and "action_id" in block[key]:
            yield block[key]
    for key in ("elements", "actions"):
        for body in block.get(key) or []:
            if isinstance(body, dict) and "action_id" in body:
                yield body


def _label(block: Json, body: Json) -> str:
    if block.get("type") == "input":
        return plain(block.get("label"))
    if isinstance(body.get("text"), dict):
        return plain(body["text"])
    return plain(body.get("placeholder"))


def clickable(found: list[Element]) -> list[str]:
    """What a person would call each of them."""
    names: list[str] = []
    for element in found:
        if element.type == "feedback_buttons":
            names += [plain(side.get("text")) for side in element.options]
        else:
            names.append(element.label or element.action_id)
    return names


def words(blocks: list[Json]) -> list[str]:
    """Every piece of text a person reads, in order, with what the inputs are called."""
    found: list[str] = []
    for block in blocks:
        _collect(block, found)
    return [line for line in found if line]


SAID = ("mrkdwn", "plain_text", "markdown", "raw_text", "raw_number", "url")
"""Objects whose `text` is read."""
NAMED = ("alt_text", "caption", "initial_value", "label", "title")
"""Keys whose bare words are read."""


def _collect(value: Any, found: list[str]) -> None:
    if isinstance(value, list):
        for item in value:
            _collect(item, found)
    elif isinstance(value, dict):
        if value.get("type") == "rich_text":
            found.append(_rich(value))
        elif isinstance(value.get("text"), str) and value.get("type") in SAID:
            found.append(value["text"])
        elif value.get("type") == "raw_number":
            found.append(str(value.get("value")))
        elif isinstance(value.get("label"), str) and isinstance(value.get("value"), int | float):
            found.append(f"{value['label']}: {value['value']}")
        else:
            for key, item in value.items():
                if key in NAMED and isinstance(item, str):
                    found.append(item)
                elif key not in ("confirm", "state", "fallback"):
                    _collect(item, found)


def _rich(value: Any) -> str:
    if isinstance(value, list):
        return "".join(_rich(item) for item in value)
    if not isinstance(value, dict):
        return ""
    if value.get("type") == "user":
        return f"<@{value.get('user_id')}>"
    if value.get("type") == "channel":
        return f"<#{value.get('channel_id')}>"
    if value.get("type") == "usergroup":
        return f"<!subteam^{value.get('usergroup_id')}>"
    if value.get("type") == "broadcast":
        return f"@{value.get('range')}"
    if value.get("type") == "emoji":
        return f":{value.get('name')}:"
    if isinstance(value.get("text"), str):
        return str(value["text"])
    if value.get("type") == "link":
        return str(value.get("url", ""))
    parts = [_rich(item) for item in value.get("elements", [])]
    joint = "\n" if value.get("type") in ("rich_text", "rich_text_list") else ""
    return joint.join(parts)


# State: what Slack sends as state.values

SLOTS: dict[str, tuple[str, str, Any]] = {
    # element type: (key in state, key of its initial value, what empty looks like)
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "users_select": ("selected_user", "initial_user", None),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "channels_select": ("selected_channel", "initial_channel", None),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "checkboxes": ("selected_options", "initial_options", []),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "multi_users_select": ("selected_users", "initial_users", []),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "file_input": ("files", "", []),
}


def state_of(element: Element, filled: dict[StateKey, Json]) -> Json:
    """`{"type": …, "<slot>": …}` of one element: filled by the person, else its initial value."""
    if element.key in filled:
        return filled[element.key]
    slot, initial, empty = SLOTS[element.type]
    return {"type": element.type, slot: element.body.get(initial, empty)}


def state_values(blocks: list[Json], filled: dict[StateKey, Json]) -> Json:
    values: dict[str, Json] = {}
    for element in elements(blocks):
        if element.type in SLOTS:
            values.setdefault(element.block_id, {})[element.action_id] = state_of(element, filled)
    return values


def find(blocks: list[Json], name: str, value: object = None, *, where: str) -> Element:
    """The element a person means by a label, an action_id, a block_id or one of its options.

    Where several share the name, `value` (a button's value) tells them apart. AssertionError, with
    what there is, where nothing or more than one thing fits.
    """
    everything = elements(blocks)
    fits = [e for e in everything if e.named(name)]
    if not fits:
        fits = [e for e in everything if any(_is_option(o, name) for o in e.options)]
    if not fits:
        fits = [e for e in everything if any(plain(group.get("label")) == name for group in e.groups)]
    if len(fits) > 1 and value is not None:
        fits = [e for e in fits if e.body.get("value") == value] or [
            e for e in fits if any(_is_option(o, value) for o in e.options)
        ]
    if len(fits) == 1:
        return fits[0]
    there = ", ".join(f"«{e.label}» ({e.type} {e.action_id})" for e in everything) or "nothing"
    problem = f"{len(fits)} things are called" if fits else "there is nothing called"
    raise AssertionError(f"{problem} {name!r} in {where}; to click or fill there is: {there}")


def _is_option(option: Json, wanted: object) -> bool:
    return wanted in (option.get("value"), plain(option.get("text")))


def choose(element: Element, value: object) -> Json:
    """The state an element has once a person has put `value` in. AssertionError if it cannot be."""
    slot, _, empty = SLOTS[element.type]
    return {"type": element.type, slot: _slot(element, slot, empty, value)}


def _slot(element: Element, slot: str, empty: Any, value: object) -> Any:
    if value is None or value == "":
        return empty
    many = isinstance(value, (list, tuple, set))
    values: list[object] = list(value) if isinstance(value, (list, tuple, set)) else [value]
    if slot == "selected_option":
        assert not many, f"«{element.label}» takes one option, not {value!r}"
        return _option(element, value)
    if slot == "selected_options":
        return [_option(element, item) for item in values]
    if slot == "rich_text_value" and isinstance(value, str):
        text = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
        return {"type": "rich_text", "elements": [text]}
    if slot == "files":
        return values
    if slot == "selected_date_time":
        stamp = getattr(value, "timestamp", None)
        return int(stamp()) if callable(stamp) else int(str(value))
    if slot in ("selected_users", "selected_conversations", "selected_channels"):
        return [_id(item) for item in values]
    if slot in ("selected_user", "selected_conversation", "selected_channel"):
        return _id(value)
    return value if slot == "rich_text_value" else str(value)


def _id(value: object) -> str:
    return str(getattr(value, "id", value))


def _option(element: Element, wanted: object) -> Json:
    if element.type.endswith("external_select") and isinstance(wanted, dict):
        return wanted
    for option in element.options:
        if _is_option(option, getattr(wanted, "id", wanted)):  # a person is chosen by their id
            return option
    names = ", ".join(f"{plain(o.get('text'))!r}" for o in element.options) or "no options"
    raise AssertionError(f"«{element.label or element.action_id}» has no {wanted!r}; it has {names}")


def is_empty(state: Json) -> bool:
    return all(value in (None, "", []) for key, value in state.items() if key != "type")


def refusals(blocks: list[Json], filled: dict[StateKey, Json]) -> dict[str, str]:
    """block_id → why Slack's own client would not submit this form."""
    found: dict[str, str] = {}
    for element in elements(blocks):
        if element.is_input and element.type in SLOTS:
            reason = _refusal(element, state_of(element, filled))
            if reason:
                found[element.block_id] = reason
    return found


def _refusal(element: Element, state: Json) -> str:
    if is_empty(state):
        return "" if element.block.get("optional") else "Please complete this required field."
    value = next(v for k, v in state.items() if k != "type")
    body = element.body
    if isinstance(value, str) and element.type.endswith("text_input"):
        if len(value) < int(body.get("min_length") or 0):
            return f"Please enter at least {body['min_length']} characters."
        longest = body.get("max_length") or 3000
        if len(value) > int(longest):
            return f"Please enter no more than {longest} characters."
    if element.type == "email_text_input" and "@" not in value.strip("@"):
        return "Please enter a valid email address."
    if element.type == "url_text_input" and "://" not in value:
        return "Please enter a valid URL."
    if element.type == "number_input":
        return _number_refusal(body, value)
    if isinstance(value, list) and len(value) > int(body.get("max_selected_items") or len(value)):
        return f"Please choose no more than {body['max_selected_items']}."
    return ""


def _number_refusal(body: Json, value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not body.get("is_decimal_allowed") and "." in value:
        return "Please enter a whole number."
    if body.get("min_value") is not None and number < float(body["min_value"]):
        return f"Please enter a number of at least {body['min_value']}."
    if body.get("max_value") is not None and number > float(body["max_value"]):
        return f"Please enter a number of at most {body['max_value']}."
    return ""


def action_of(element: Element, state: Json | None, value: object, action_ts: str) -> Json:
    """One entry of a block_actions payload's `actions`."""
    action: Json = {
        "type": element.type,
        "action_id": element.action_id,
        "block_id": element.block_id,
        "action_ts": action_ts,
    }
    for key in ("text", "placeholder", "style", "confirm", "initial_option", "initial_date"):
        if key in element.body:
            action[key] = element.body[key]
    if state is not None:
        return action | {k: v for k, v in state.items() if k != "type"}
    if element.type == "overflow":
        return action | {"selected_option": _option(element, value)}
    if element.type == "feedback_buttons":
        chosen = next((side for side in element.options if _is_option(side, value)), None)
        assert chosen, f"{element.action_id} has no {value!r}"
        return action | {"text": chosen["text"], "value": chosen.get("value", "")}
    if "value" in element.body:
        action["value"] = element.body["value"]
    return action
