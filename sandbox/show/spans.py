"""One small reader of Slack's text, for every way of showing it: mrkdwn, plain text, rich text and
markdown become lines of spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from sandbox.show.emoji import emojify

Style = Literal["bold", "italic", "strike", "code", "mention"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one look; `url` where it is a link. The text is final: names resolved,
    entities turned back into characters."""

    text: str
    styles: frozenset[Style] = frozenset()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as its writer broke it. `marker` is a list's bullet or number."""

    spans: tuple[Span, ...]
    kind: Literal["text", "quote", "code", "heading"] = "text"
    marker: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """What turns ids and times into words: `names` by user, channel and group id."""

    names: Mapping[str, str]
    tz: tzinfo

    def user(self, user_id: str, label: str = "") -> str:
        return "@" + self.names.get(user_id, label.removeprefix("@") or user_id)

    def channel(self, channel_id: str, label: str = "") -> str:
        return "#" + self.names.get(channel_id, label or channel_id).removeprefix("#")

    def group(self, group_id: str, label: str = "") -> str:
        return "@" + self.names.get(group_id, label or group_id).removeprefix("@")

    def date(self, timestamp: int, layout: str) -> str:
        """A `{date}`-style layout filled in; relative words ("today") need a clock and are not."""
        moment = datetime.fromtimestamp(timestamp, self.tz)
        return re.sub(r"\{(\w+)\}", lambda match: _moment(moment, match[1], match[0]), layout)

    def clock(self, timestamp: float) -> str:
        return _moment(datetime.fromtimestamp(timestamp, self.tz), "time", "")


def zone(tz: tzinfo | str) -> tzinfo:
    return ZoneInfo(tz) if isinstance(tz, str) else tz


def _ordinal(day: int) -> str:
    if day % 100 in (11, 12, 13):
        return f"{day}th"
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"


def _moment(when: datetime, name: str, literal: str) -> str:
    """One placeholder of a date layout (docs.slack.dev, messaging/formatting-message-text)."""
    hour = when.hour % 12 or 12
    month = when.strftime("%B")
    name = name.removesuffix("_pretty")
    match name:
        case "date_num":
            return when.strftime("%Y-%m-%d")
        case "date_slash":
            return when.strftime("%m/%d/%Y")
        case "date":
            return f"{month} {_ordinal(when.day)}, {when.year}"
        case "date_short":
            return f"{when.strftime('%b')} {when.day}, {when.year}"
        case "date_long":
            return f"{when.strftime('%A')}, {month} {_ordinal(when.day)}, {when.year}"
        case "time":
            return f"{hour}:{when.minute:02} {'AM' if when.hour < 12 else 'PM'}"
        case "time_secs":
            return f"{hour}:{when.minute:02}:{when.second:02} {'AM' if when.hour < 12 else 'PM'}"
        case _:
            return literal


def unescape(text: str) -> str:
    """Slack's three entities, once: `&amp;lt;` becomes `&lt;` and stays it."""
    table = {"amp": "&", "lt": "<", "gt": ">"}
    return re.sub(r"&(amp|lt|gt);", lambda match: table[match[1]], text)


Inline = Callable[[str], list[Span]]

_ATOM = re.compile(r"`([^`\n]+)`|<([^<>\n]+)>")
_EDGE = r"(?<![\w{0}]){1}(?=\S)([^\n]*?\S){1}(?![\w{0}])"
_MRKDWN: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("bold", re.compile(_EDGE.format("*", r"\*"))),
    ("italic", re.compile(_EDGE.format("_", "_"))),
    ("strike", re.compile(_EDGE.format("~", "~"))),
)
_MARKDOWN: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("bold", re.compile(r"(?:\*\*|__)(?=\S)([^\n]*?\S)(?:\*\*|__)")),
    ("italic", re.compile(r"(?<![\w*])\*(?=[^\s*])([^\n*]*?\S)\*(?![\w*])")),
    ("italic", re.compile(_EDGE.format("_", "_"))),
    ("strike", re.compile(r"~~(?=\S)([^\n]*?\S)~~")),
)
_FENCE = re.compile(r"```[ \t]*\n?(.*?)\n?```\n?", re.DOTALL)


def plain(text: str, *, emoji: bool = True) -> list[Line]:
    """Plain text: no marks, no mentions."""
    words = unescape(text)
    return [Line((Span(emojify(line) if emoji else line),)) for line in words.split("\n")]


def mrkdwn(text: str, words: Words) -> list[Line]:
    """Slack's own marks: *bold* _italic_ ~strike~ `code`, ``` fences, > quotes and <references>."""
    return list(_lines(text, lambda line: _inline(line, words, _MRKDWN)))


def _lines(text: str, inline: Inline) -> Iterator[Line]:
    at = 0
    for fence in _FENCE.finditer(text):
        yield from _prose(text[at : fence.start()].removesuffix("\n"), inline, fenced=True)
        for line in fence[1].split("\n"):
            yield Line((Span(unescape(line)),), "code")
        at = fence.end()
    yield from _prose(text[at:], inline, fenced=at > 0)


def _prose(text: str, inline: Inline, *, fenced: bool) -> Iterator[Line]:
    """Lines outside of fences; nothing at all beside a fence is no empty line."""
    if fenced and not text:
        return
    for line in text.split("\n"):
        quote = re.match(r"(?:&gt;|>)\s?", line)
        if quote:
            yield Line(tuple(inline(line[quote.end() :])), "quote")
        else:
            yield Line(tuple(inline(line)))


_Rules = tuple[tuple[Style, re.Pattern[str]], ...]


def _inline(line: str, words: Words, rules: _Rules) -> list[Span]:
    """One line. Code and references are set aside first, so that marks inside them stay text."""
    atoms: dict[str, Span] = {}
    spare = (chr(code) for code in range(0xF0000, 0xFFFFD) if chr(code) not in line)

    def aside(match: re.Match[str]) -> str:
        found = Span(unescape(match[1]), frozenset({"code"})) if match[1] is not None else reference(match[2], words)
        if found is None:
            return match[0]
        name = next(spare)
        atoms[name] = found
        return name

    return _styled(_ATOM.sub(aside, line), frozenset(), rules, atoms)


def _styled(text: str, styles: frozenset[Style], rules: _Rules, atoms: Mapping[str, Span]) -> list[Span]:
    first: tuple[re.Match[str], Style] | None = None
    for style, pattern in rules:
        match = pattern.search(text)
        if match and (first is None or match.start() < first[0].start()):
            first = (match, style)
    if first is None:
        return _leaves(text, styles, atoms)
    match, style = first
    return [
        *_leaves(text[: match.start()], styles, atoms),
        *_styled(match[1], styles | {style}, rules, atoms),
        *_styled(text[match.end() :], styles, rules, atoms),
    ]


def _leaves(text: str, styles: frozenset[Style], atoms: Mapping[str, Span]) -> list[Span]:
    spans: list[Span] = []
    run = ""
    for character in text:
        atom = atoms.get(character)
        if atom is None:
            run += character
            continue
        if run:
            spans.append(Span(emojify(unescape(run)), styles))
        spans.append(replace(atom, styles=atom.styles | styles))
        run = ""
    if run:
        spans.append(Span(emojify(unescape(run)), styles))
    return spans


_MENTION: frozenset[Style] = frozenset({"mention"})


def reference(inside: str, words: Words) -> Span | None:
    """What stands between < and >: a person, a channel, a group, a call to all, a date or a link.
    None if it is none of these and stays as written."""
    target, _, label = inside.partition("|")
    label = unescape(label)
    if target.startswith("@"):
        return Span(words.user(target[1:], label), _MENTION)
    if target.startswith("#"):
        return Span(words.channel(target[1:], label), _MENTION)
    if target.startswith("!subteam^"):
        return Span(words.group(target.split("^")[1], label), _MENTION)
    if target.startswith("!date^"):
        return _date(target, label, words)
    if target in ("!here", "!channel", "!everyone"):
        return Span("@" + target[1:], _MENTION)
    if re.match(r"[a-z][a-z0-9+.-]*:", target):
        url = unescape(target)
        return Span(emojify(label) or url, url=url)
    return None


def _date(target: str, fallback: str, words: Words) -> Span:
    parts = target.split("^")
    if len(parts) < 3 or not re.fullmatch(r"-?\d{1,11}", parts[1]):
        return Span(fallback or target)
    text = words.date(int(parts[1]), unescape(parts[2]))
    return Span(text, url=unescape(parts[3]) if len(parts) > 3 else "")


def markdown(text: str, words: Words) -> list[Line]:
    """Standard markdown, as the markdown block takes it: headings, lists, quotes, fences, links."""
    linked = re.sub(r"\[([^\]\n]+)\]\((\S+?)\)", r"<\2|\1>", text)
    return [_markdown_line(line) for line in _lines(linked, _marked(words))]


def _marked(words: Words) -> Inline:
    return lambda line: _inline(line, words, _MARKDOWN)


_LIST = re.compile(r"(\s*)([-*+]|\d+[.)])\s+")


def _markdown_line(line: Line) -> Line:
    if line.kind != "text" or not line.spans:
        return line
    head, *rest = line.spans
    heading = re.match(r"#{1,6}\s+", head.text)
    if heading:
        return replace(line, spans=(replace(head, text=head.text[heading.end() :]), *rest), kind="heading")
    item = _LIST.match(head.text)
    if item:
        marker = "•" if item[2] in "-*+" else item[2]
        spans = (replace(head, text=head.text[item.end() :]), *rest)
        return replace(line, spans=spans, marker=marker, indent=len(item[1]) // 2)
    return line
