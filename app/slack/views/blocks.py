"""The few Block Kit shapes the views are made of, as plain dicts.

Text given to these helpers is ready to be shown: what a person typed went through ``text`` first. Initial values of
inputs are the exception, since Slack shows those as they stand. ``packed`` is what a value carries, see ``ids.pack``.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from app.slack.ids import VALUE, Act, Modal, pack
from app.slack.views.text import escape, inline, raw

Block = dict[str, Any]
Option = tuple[str, str]
"""(what is shown, the value)"""

LONGEST_INPUT = 3000
_USER = re.compile(r"[UW][A-Z0-9]+\Z")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
_CHANNEL = re.compile(r"[CGD][A-Z0-9]+\Z")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z")


def plain(text: str, limit: int = 75) -> Block:
    """A plain_text object. ``text`` is raw: it is escaped and cut here."""
    return {"type": "plain_text", "text": inline(text, limit) or "…"}


def mrkdwn(text: str) -> Block:
    """A mrkdwn object. ``verbatim``: Slack finds no mention or channel that was not written as one."""
    return {"type": "mrkdwn", "text": text or "…", "verbatim": True}


# ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────


def header(text: str) -> Block:
    """``text`` is raw."""
    return {"type": "header", "text": plain(text, 150)}


def section(text: str, accessory: Block | None = None) -> Block:
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    return block


def fields(*texts: str) -> Block:
    """Two columns; at most ten texts of 2,000 characters."""
    return {"type": "section", "fields": [mrkdwn(text) for text in texts]}


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


LONGEST_ALERT = 200
"""Characters of an alert's text."""


def alert(text: str, level: str = "default") -> Block:
    """A sentence that stands out in a form; ``level``: default, info (advice on the field above) or warning. One that
    is longer than an alert holds is a line, as for clients that take none."""
    block: Block = {"type": "alert", "text": mrkdwn(text), "level": level}
    return block if len(text.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_ALERT else _line_of(block)


def has_alert(view: Block) -> bool:
    return any(block["type"] == "alert" for block in view["blocks"])


def without_alerts(view: Block) -> Block:
    """The same form with each alert as the line it was before there were any."""
    return {**view, "blocks": [_line_of(block) if block["type"] == "alert" else block for block in view["blocks"]]}


def _line_of(block: Block) -> Block:
    text = str(block["text"]["text"])
    if block["level"] == "warning":
        return section(f":warning: {text}")
    return context(f"↑ {text}" if block["level"] == "info" else text)


def container(title: str, children: list[Block], *, collapsed: bool = False) -> Block:
    """Blocks under a title, which fold away; at most ten. ``title`` is raw."""
    return {
        "type": "container",
        "title": plain(title, 150),
        "child_blocks": children,
        "is_collapsible": True,
        "default_collapsed": collapsed,
    }


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[Block]], page_size: int) -> Block:
    """A data table: at most 200 rows of 20 cells, 20,000 characters. Its texts know no markup: see ``text.raw``."""
    return {
        "type": "data_table",
        "caption": caption,
        "rows": [[cell(title) for title in header], *map(list, rows)],
        "page_size": page_size,
        "row_header_column_index": 0,
    }


def cell(text: str) -> Block:
    """``text`` went through ``text.raw``."""
    return {"type": "raw_text", "text": text or "–"}


def cell_naming(line: str) -> Block:
    """A cell with a line that was made for mrkdwn: its mentions stay people, its words are raw again."""
    leaves = [
        {"type": "user", "user_id": part} if index % 2 else {"type": "text", "text": raw(part)}
        for index, part in enumerate(_MENTION.split(line))
        if part
    ]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": leaves}]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block | None, block_id: str | None = None) -> Block:
    """A row of buttons; ``None`` among them is left out."""
    block: Block = {"type": "actions", "elements": [element for element in elements if element is not None]}
    if block_id:
        block["block_id"] = block_id
    return block


def input_(field: str, label: str, element: Block, hint: str | None = None, optional: bool = False) -> Block:
    """An input; ``field`` is its block_id, by which the listener finds it."""
    block: Block = {
        "type": "input",
        "block_id": field,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, 2000)
    return block


# ── what is clicked ─────────────────────────────────────────────────────────────────────────────────────


def button(
    label: str,
    act: Act,
    style: str | None = None,
    suffix: str | None = None,
    confirm: Block | None = None,
    **packed: Any,
) -> Block:
    """``style``: primary or danger. ``suffix`` keeps the action_id unique where an act stands twice in a message."""
    element: Block = {
        "type": "button",
        "text": plain(label),
        "action_id": action_id(act, suffix),
        "value": pack(**packed),
    }
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    return element


def pick(act: Act, placeholder: str, options: Iterable[tuple[str, dict[str, Any]]], suffix: str | None = None) -> Block:
    """A select that acts at once; each option packs its own value."""
    return {
        "type": "static_select",
        "action_id": action_id(act, suffix),
        "placeholder": plain(placeholder, 150),
        "options": [{"text": plain(label), "value": pack(**packed)} for label, packed in options],
    }


def overflow(act: Act, options: Iterable[tuple[str, dict[str, Any]]], suffix: str | None = None) -> Block:
    """The three dots; each option packs its own value."""
    return {
        "type": "overflow",
        "action_id": action_id(act, suffix),
        "options": [{"text": plain(label), "value": pack(**packed)} for label, packed in options],
    }


def confirm(title: str, text: str, yes: str, no: str = "Go back") -> Block:
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def action_id(act: Act, suffix: str | None = None) -> str:
    return f"{act.value}:{suffix}" if suffix else act.value


# ── what is filled in; action_id is always VALUE ────────────────────────────────────────────────────────


def text_input(
    initial: str | None = None,
    multiline: bool = False,
    placeholder: str | None = None,
    max_length: int = LONGEST_INPUT,
) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": VALUE,
        "multiline": multiline,
        "max_length": max_length,
    }
    return _with(element, placeholder, initial_value=(initial or "")[:max_length])


def select(options: Sequence[Option], initial: str | None = None, placeholder: str | None = None) -> Block:
    made = _options(options)
    chosen = next((option for option in made if option["value"] == initial), None)
    return _with({"type": "static_select", "action_id": VALUE, "options": made}, placeholder, initial_option=chosen)


def multi_select(
    options: Sequence[tuple[str, Sequence[Option]]], initial: Iterable[str] = (), most: int = 100
) -> Block:
    """Several options, in groups that have a title each; at most 100 of either. Slack takes no empty group."""
    made = [(title, _options(some)) for title, some in options if some]
    groups: list[Block] = [{"label": plain(title), "options": some} for title, some in made]
    wanted = set(initial)
    chosen = [option for _, some in made for option in some if option["value"] in wanted]
    element: Block = {"type": "multi_static_select", "action_id": VALUE, "option_groups": groups}
    element["max_selected_items"] = most
    return _with(element, "Choose teams", initial_options=chosen)


def radio(options: Sequence[Option], initial: str | None = None) -> Block:
    made = _options(options)
    chosen = next((option for option in made if option["value"] == initial), None)
    return _with({"type": "radio_buttons", "action_id": VALUE, "options": made}, None, initial_option=chosen)


def checkboxes(options: Sequence[Option], initial: Iterable[str] = ()) -> Block:
    made, ticked = _options(options), set(initial)
    chosen = [option for option in made if option["value"] in ticked]
    return _with({"type": "checkboxes", "action_id": VALUE, "options": made}, None, initial_options=chosen)


def datepicker(initial: date | str | None = None, placeholder: str | None = None) -> Block:
    return _with({"type": "datepicker", "action_id": VALUE}, placeholder, initial_date=_iso(initial))


def timepicker(initial: str | None = None, placeholder: str | None = None) -> Block:
    at = initial if initial and _CLOCK.match(initial) else None
    return _with({"type": "timepicker", "action_id": VALUE}, placeholder, initial_time=at)


def users_select(initial: str | None = None, placeholder: str | None = None) -> Block:
    user = initial if initial and _USER.match(initial) else None
    return _with({"type": "users_select", "action_id": VALUE}, placeholder, initial_user=user)


def multi_users_select(initial: Iterable[str] = (), placeholder: str | None = None, most: int | None = None) -> Block:
    users = [user for user in initial if _USER.match(user)]
    element: Block = {"type": "multi_users_select", "action_id": VALUE}
    if most:
        element["max_selected_items"] = most
    return _with(element, placeholder, initial_users=users)


def channels_select(initial: str | None = None, placeholder: str | None = None) -> Block:
    channel = initial if initial and _CHANNEL.match(initial) else None
    return _with({"type": "channels_select", "action_id": VALUE}, placeholder, initial_channel=channel)


# ── views ───────────────────────────────────────────────────────────────────────────────────────────────


def modal(
    callback: Modal, title: str, blocks: list[Block], submit: str | None = None, close: str | None = None, **packed: Any
) -> Block:
    """A modal view. ``close`` is "Cancel" where there is something to submit, else "Close"."""
    view: Block = {
        "type": "modal",
        "callback_id": callback.value,
        "title": plain(title, 24),
        "blocks": blocks,
        "close": plain(close or ("Cancel" if submit else "Close"), 24),
        "private_metadata": pack(**packed),
    }
    if submit:
        view["submit"] = plain(submit, 24)
    return view


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────


def _options(options: Sequence[Option]) -> list[Block]:
    return [{"text": plain(label), "value": value} for label, value in options]


def _with(element: Block, placeholder: str | None, **initial: Any) -> Block:
    """The element with its placeholder and initial value, where it has any: Slack refuses empty ones."""
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    element.update({name: value for name, value in initial.items() if value})
    return element


def _iso(day: date | str | None) -> str | None:
    if isinstance(day, date):
        return day.isoformat()
    try:
        return date.fromisoformat(day).isoformat() if day else None
    except ValueError:
        return None


def code(text: str) -> str:
    """Something to be typed as it stands, like a command. ``text`` is raw."""
    return f"`{escape(text)}`"
