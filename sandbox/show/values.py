"""What an element stands at now: the answer given, else what it began with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.show.rich import items, rich_text
from sandbox.show.spans import Line, Words, mrkdwn, plain

Json = Mapping[str, object]

_TEXT_INPUTS = frozenset(
    (
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
    )
)
_CHOICES = frozenset(("checkboxes", "radio_buttons"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of checkboxes or radio buttons."""

    text: list[Line]
    description: list[Line]
    chosen: bool


def is_text_input(element: Json) -> bool:
    return element.get("type") in _TEXT_INPUTS


def is_choice(element: Json) -> bool:
    return element.get("type") in _CHOICES


def text(value: object, words: Words) -> list[Line]:
    """The lines of a text object, or of a bare string."""
    if isinstance(value, str):
        return plain(value)
    if not isinstance(value, Mapping):
        return []
    inside = str(value.get("text") or "")
    if value.get("type") == "mrkdwn":
        return mrkdwn(inside, words)
    return plain(inside, emoji=value.get("emoji") is not False)


def flat(value: object, words: Words) -> str:
    """The same on one line, without looks."""
    return " ".join("".join(span.text for span in line.spans) for line in text(value, words)).strip()


def answer(state: object, block: Json, element: Json) -> Json | None:
    """The state of one element, from a view's or payload's `state.values`."""
    values: object = state.get("values", state) if isinstance(state, Mapping) else None
    for key in (block.get("block_id"), element.get("action_id")):
        values = values.get(key) if isinstance(values, Mapping) else None
    return values if isinstance(values, Mapping) else None


def options(element: Json) -> list[Json]:
    found = items(element.get("options"))
    for group in items(element.get("option_groups")):
        found += items(group.get("options"))
    return found


def choices(element: Json, given: Json | None, words: Words) -> list[Choice]:
    """The lines of checkboxes or radio buttons, with the chosen ones marked."""
    chosen = {option.get("value") for option in _selected(element, given)}
    return [
        Choice(
            text(option.get("text"), words),
            text(option.get("description"), words),
            option.get("value") in chosen,
        )
        for option in options(element)
    ]


def _selected(element: Json, given: Json | None) -> list[Json]:
    source, prefix = (element, "initial") if given is None else (given, "selected")
    one = source.get(f"{prefix}_option")
    many = items(source.get(f"{prefix}_options"))
    return [one] if isinstance(one, Mapping) else many


def value(element: Json, given: Json | None, words: Words) -> str:
    """What the element says now in words; empty if nothing was entered or chosen."""
    kind = str(element.get("type"))
    if is_text_input(element):
        held = (given or {}).get("value") if given is not None else element.get("initial_value")
        if kind == "rich_text_input":
            held = (given or {}).get("rich_text_value") if given is not None else held
        if isinstance(held, Mapping):
            lines = rich_text(held, words)
            return "\n".join("".join(span.text for span in line.spans) for line in lines)
        return str(held) if held is not None else ""
    if kind in ("static_select", "external_select", "multi_static_select", "multi_external_select"):
        return ", ".join(flat(one.get("text"), words) for one in _selected(element, given))
    if kind == "file_input":
        return ", ".join(str(one.get("name", "file")) for one in items((given or {}).get("files")))
    return ", ".join(_named(element, given, words))


def _named(element: Json, given: Json | None, words: Words) -> list[str]:
    """People, channels, days and times."""
    source, prefix = (element, "initial") if given is None else (given, "selected")
    found: list[str] = []
    for noun in ("user", "channel", "conversation"):
        ids = source.get(f"{prefix}_{noun}s")
        one = source.get(f"{prefix}_{noun}")
        for each in [*(ids if isinstance(ids, list | tuple) else []), *([one] if one else [])]:
            name = str(each)
            is_person = noun == "user" or name.startswith(("U", "W"))
            found.append(words.user(name) if is_person else words.channel(name))
    for noun in ("date", "time"):
        held = source.get(f"{prefix}_{noun}")
        if isinstance(held, str) and held:
            found.append(held)
    moment = source.get(f"{prefix}_date_time")
    if isinstance(moment, int):
        found.append(words.date(moment, "{date_num} {time}"))
    return found


def chart(block: Mapping[str, object]) -> list[str]:
    """The figures of a data visualization, in words: a line a slice or a point."""
    of = block.get("chart")
    of = of if isinstance(of, Mapping) else {}
    lines = [f"{one.get('label')}: {one.get('value')}" for one in items(of.get("segments"))]
    for row in items(of.get("series")):
        points = ", ".join(f"{point.get('label')} {point.get('value')}" for point in items(row.get("data")))
        lines.append(f"{row.get('name')}: {points}")
    return lines
