"""What Slack's own composer makes of what a person types: the text of the message, and its rich_text block.

Slack sends people's messages twice: as `text`, in which `&`, `<` and `>` are entities and people, channels, groups and
addresses are references between angle brackets, and as one rich_text block, in which every word is as it was typed.
"""

from __future__ import annotations

import re

from sandbox.world.kinds import Json

_REFERENCE = re.compile(
    r"<(?:@[UW][A-Z0-9]+(?:\|[^<>\n]*)?|#[CG][A-Z0-9]+(?:\|[^<>\n]*)?|!subteam\^S[A-Z0-9]+(?:\|[^<>\n]*)?"
    r"|!(?:here|channel|everyone)(?:\|[^<>\n]*)?|(?:https?://|mailto:)[^\s<>|]+(?:\|[^<>\n]*)?)>"
)
"""What a person picks from Slack's lists, and links with a label. Written like this it is taken for picked."""

_ADDRESS = re.compile(
    r"(?P<web>(?<![\w/])https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"])"
    r"|(?P<mail>(?<![\w.+/@-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w@]))"
)
_FENCE = "```"
_BULLET = "• "
_NUMBER = re.compile(r"\d+\. ")


def encoded(typed: str) -> str:
    """The `text` of a message of which this was typed."""
    out: list[str] = []
    at = 0
    for found in _REFERENCE.finditer(typed):
        out += [_linked(typed[at : found.start()]), _picked(found.group())]
        at = found.end()
    return "".join([*out, _linked(typed[at:])])


def _picked(reference: str) -> str:
    """Of a link the address and the label are escaped; the marks around them stay."""
    return f"<{entities(reference[1:-1])}>"


def _linked(words: str) -> str:
    out: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(words):
        address = entities(found.group())
        link = f"<mailto:{address}|{address}>" if found["mail"] else f"<{address}>"
        out += [entities(words[at : found.start()]), link]
        at = found.end()
    return "".join([*out, entities(words[at:])])


def entities(words: str) -> str:
    """Slack's three entities, and no others."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(text: str) -> str:
    """`entities` taken back, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


_MARKED = re.compile(
    r"(?P<reference><[^<>\n]+>)"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?<![\w*])\*(?=\S)(?P<bold>[^*\n]*[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=\S)(?P<italic>[^_\n]*[^\s_])_(?![\w_])"
    r"|(?<![\w~])~(?=\S)(?P<strike>[^~\n]*[^\s~])~(?![\w~])"
    r"|(?<![\w:]):(?P<emoji>[a-z][a-z0-9_+-]*):(?![\w:])"
)


def rich_text(text: str) -> list[Json]:
    """The block that comes with an encoded text; none where nothing was typed (a file alone)."""
    if not text.strip():
        return []
    parts: list[Json] = []
    # Every other piece between two fences is code; a fence that nothing closes is only typed.
    pieces = text.split(_FENCE)
    if len(pieces) % 2 == 0:
        pieces[-2:] = [_FENCE.join(pieces[-2:])]
    for index, piece in enumerate(pieces):
        if index % 2:
            parts.append({"type": "rich_text_preformatted", "elements": _text(piece.strip("\n"), {})})
        elif words := piece.strip("\n") if len(pieces) > 1 else piece:
            _lines(parts, words)
    return [{"type": "rich_text", "elements": parts}]


def _lines(parts: list[Json], text: str) -> None:
    lines: list[str] = []
    for line in text.split("\n"):
        number = _NUMBER.match(line)
        if line.startswith("&gt; "):
            _section(parts, lines)
            _quote(parts, line.removeprefix("&gt; "))
        elif line.startswith(_BULLET) or number:
            _section(parts, lines)
            style = "ordered" if number else "bullet"
            _item(parts, style, line[number.end() :] if number else line.removeprefix(_BULLET))
        else:
            lines.append(line)
    _section(parts, lines)


def _section(parts: list[Json], lines: list[str]) -> None:
    if lines:
        parts.append({"type": "rich_text_section", "elements": _leaves("\n".join(lines), {})})
        lines.clear()


def _item(parts: list[Json], style: str, line: str) -> None:
    if not parts or parts[-1].get("style") != style:
        parts.append({"type": "rich_text_list", "style": style, "indent": 0, "border": 0, "elements": []})
    parts[-1]["elements"].append({"type": "rich_text_section", "elements": _leaves(line, {})})


def _quote(parts: list[Json], line: str) -> None:
    leaves = _leaves(line, {})
    if parts and parts[-1]["type"] == "rich_text_quote":
        parts[-1]["elements"] += [{"type": "text", "text": "\n"}, *leaves]
    else:
        parts.append({"type": "rich_text_quote", "elements": leaves})


def _leaves(text: str, style: dict[str, bool]) -> list[Json]:
    out: list[Json] = []
    at = 0
    for found in _MARKED.finditer(text):
        out += _text(text[at : found.start()], style)
        kind, inside = str(found.lastgroup), str(found[str(found.lastgroup)])
        if kind == "reference":
            out.append(_reference(inside[1:-1], style))
        elif kind == "emoji":
            out.append({"type": "emoji", "name": inside})
        elif kind == "code":
            out += _text(inside, {**style, "code": True})
        else:
            out += _leaves(inside, {**style, kind: True})
        at = found.end()
    return [*out, *_text(text[at:], style)]


def _text(words: str, style: dict[str, bool]) -> list[Json]:
    if not words:
        return []
    leaf: Json = {"type": "text", "text": typed(words)}
    return [{**leaf, "style": style} if style else leaf]


def _reference(inside: str, style: dict[str, bool]) -> Json:
    target, _, label = inside.partition("|")
    leaf: Json
    if target.startswith("@"):
        leaf = {"type": "user", "user_id": target[1:]}
    elif target.startswith("#"):
        leaf = {"type": "channel", "channel_id": target[1:]}
    elif target.startswith("!subteam^"):
        leaf = {"type": "usergroup", "usergroup_id": target.split("^")[1]}
    elif target.startswith("!"):
        leaf = {"type": "broadcast", "range": target[1:]}
    else:
        leaf = {"type": "link", "url": typed(target)}
        if label:
            leaf["text"] = typed(label)
    return {**leaf, "style": style} if style else leaf
