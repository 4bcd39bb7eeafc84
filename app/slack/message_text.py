"""Messages as Slack hands them over, as people read them.

In the text of message events, shortcuts and threads `&`, `<` and `>` are entities, and people, channels, groups and
links stand between angle brackets (docs.slack.dev, "Formatting message text"). Both are undone here, once. What comes
of it is plain text that is escaped again before it is shown: it names people and pages nobody. Values of forms come raw
and never pass here.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.domain.understood import Read
from app.words.reading.asked_back import AskedBack

Json = Mapping[str, Any]
Names = Mapping[str, str]
"""How people and channels are called, by id."""

_REFERENCE = re.compile(r"<([^<>\n]+)>")
_ENTITY = re.compile("&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
"""What begins a new line, too: U+000B is PowerPoint's, U+2028 a word processor's."""
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)")
_CALLS = r"<(?:@[UW][A-Z0-9]+|!subteam\^[A-Z0-9]+|!(?:here|channel|everyone))(?:\|[^<>\n]*)?>"
_AT_THE_END = re.compile(rf"(?:[\s,;:–—-]*(?:\bcc\b:?\s*)?{_CALLS})+[\s.]*$", re.IGNORECASE)
_AT_THE_BEGINNING = re.compile(rf"^(?:\s*{_CALLS}[\s,:;–—-]*)+")


def read_text(raw: str) -> Read[str] | AskedBack[str]:
    """A message's text, for who knows no names: a person is called by their label, or else by their id."""
    said = text(raw, {})
    return Read(said, said) if said.strip() else AskedBack("There are no words in it.")


def people_in(raw: str) -> list[str]:
    """Who is mentioned, in order, each once."""
    return list(dict.fromkeys(_PERSON.findall(raw)))


def channels_in(raw: str) -> list[str]:
    """Which channels are named without a label, in order, each once."""
    return list(dict.fromkeys(found[1] for found in re.finditer(r"<#([CG][A-Z0-9]+)(?:\|)?>", raw)))


def text(raw: str, names: Names) -> str:
    """The words of an encoded text, as people read them."""
    out: list[str] = []
    at = 0
    for found in _REFERENCE.finditer(raw):
        out += [_decoded(raw[at : found.start()]), _said(found[1], names)]
        at = found.end()
    return _BREAK.sub("\n", "".join([*out, _decoded(raw[at:])]))


def title(raw: str, names: Names) -> str:
    """The words of a message as one line, to name a decision by. Who is called at its beginning or at the end of its
    first line, or of the whole, is called by it and is no part of what it says."""
    lines = _BREAK.sub("\n", raw).strip().split("\n")
    bare = [_AT_THE_END.sub("", lines[0]), *lines[1:]]
    if any(line.strip() for line in bare):
        bare[-1] = _AT_THE_END.sub("", bare[-1])
        bare[0] = _AT_THE_BEGINNING.sub("", bare[0]) or bare[0]
    whole = "\n".join(bare if any(line.strip() for line in bare) else lines)
    return " ".join(text(whole, names).split())


def _decoded(words: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITIES[found[1]], words)


def _said(inside: str, names: Names) -> str:
    """What stands for a reference: `@Vera`, `#retail`, a link's label; anything else stays as it was written."""
    target, _, label = inside.partition("|")
    label = _decoded(label).strip()
    if target.startswith("@") and re.fullmatch(r"@[UW][A-Z0-9]+", target):
        return "@" + (names.get(target[1:]) or label.removeprefix("@") or target[1:])
    if re.fullmatch(r"#[CG][A-Z0-9]+", target):
        return "#" + (label or names.get(target[1:]) or target[1:]).removeprefix("#")
    if target.startswith("!subteam^"):
        return "@" + (label.removeprefix("@") or "group")
    if target in ("!here", "!channel", "!everyone"):
        return "@" + target[1:]
    if target.startswith("!date^"):
        return label or "a date"
    if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
        address = _decoded(target)
        return label or address.removeprefix("mailto:")
    return label or f"<{_decoded(inside)}>"


# ── the words of a whole message ────────────────────────────────────────────────────────────────────────


def words(message: Json, names: Names) -> str:
    """What a person reads in a message: its text, or where that says nothing its blocks and attachments.

    Apps, alerts above all, often leave the text empty, or say there that a client can't show the message.
    """
    return text(encoded(message), names)


def encoded(message: Json) -> str:
    """As ``words``, as Slack encodes it."""
    said = str(message.get("text") or "")
    if said.strip() and not _EMPTY.match(said):
        return "\n".join([said, *_unsaid(said, _attached(message))])
    return "\n".join([*_blocks(message.get("blocks")), *_attached(message)]).strip() or said


_EMPTY = re.compile(r"^(?:this content can.t be displayed|\[no preview available\])\.?$", re.IGNORECASE)


def _attached(message: Json) -> list[str]:
    lines: list[str] = []
    for one in _objects(message.get("attachments")):
        told = [*_texts(one, "pretext", "author_name", "title", "text"), *_blocks(one.get("blocks"))]
        told += [" ".join(_texts(field, "title", "value")) for field in _objects(one.get("fields"))]
        lines += told or [each for each in _texts(one, "fallback") if not _EMPTY.match(each)]
    return lines


def _unsaid(said: str, lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line.strip() and line not in said]


def _blocks(blocks: object) -> list[str]:
    return [line for block in _objects(blocks) for line in _block(block) if line.strip()]


def _block(block: Json) -> list[str]:
    """The words of one block, a line each; of what has none, nothing."""
    kind = block.get("type")
    if kind == "rich_text":
        return [line for part in _objects(block.get("elements")) for line in _rich(part)]
    if kind == "table":
        rows = block.get("rows")
        return (
            [" | ".join(_cell(cell) for cell in _objects(row)) for row in rows if isinstance(row, list)]
            if isinstance(rows, list)
            else []
        )
    lines = _text_of(block.get("text"), markdown=kind == "markdown")
    lines += [line for one in _objects(block.get("fields")) for line in _text_of(one)]
    if kind == "context":
        lines += [line for one in _objects(block.get("elements")) for line in _text_of(one)]
    lines += _text_of(block.get("title")) if kind in ("image", "video", "card", "alert") else []
    return lines + _texts(block, "alt_text") * (kind == "image" and not lines)


def _text_of(value: object, *, markdown: bool = False) -> list[str]:
    """A text object's words, encoded: mrkdwn is already, plain text is not."""
    if isinstance(value, str):
        return [_encoded(value) if markdown else value]
    if isinstance(value, Mapping) and isinstance(value.get("text"), str):
        said = str(value["text"])
        return [said if value.get("type") == "mrkdwn" else _encoded(said)]
    return []


def _cell(cell: Json) -> str:
    if cell.get("type") == "rich_text":
        return " ".join(_block(cell))
    return _encoded(str(cell.get("text") or ""))


def _rich(part: Json) -> list[str]:
    inner = _objects(part.get("elements"))
    if part.get("type") == "rich_text_list":
        return ["• " + "".join(_leaf(leaf) for leaf in _objects(item.get("elements"))) for item in inner]
    mark = "&gt; " if part.get("type") == "rich_text_quote" else ""
    whole = "".join(_leaf(leaf) for leaf in inner)
    return [mark + line for line in whole.split("\n")]


_LEAVES: Mapping[str, Callable[[Json], str]] = {
    "text": lambda leaf: _encoded(str(leaf.get("text") or "")),
    "link": lambda leaf: _link(str(leaf.get("url") or ""), str(leaf.get("text") or "")),
    "user": lambda leaf: f"<@{leaf.get('user_id')}>",
    "channel": lambda leaf: f"<#{leaf.get('channel_id')}>",
    "usergroup": lambda leaf: f"<!subteam^{leaf.get('usergroup_id')}>",
    "broadcast": lambda leaf: f"<!{leaf.get('range')}>",
    "emoji": lambda leaf: f":{leaf.get('name')}:",
    "date": lambda leaf: _encoded(str(leaf.get("fallback") or "")),
    "color": lambda leaf: _encoded(str(leaf.get("value") or "")),
}


def _leaf(leaf: Json) -> str:
    said = _LEAVES.get(str(leaf.get("type")))
    return said(leaf) if said else ""


def _link(url: str, label: str) -> str:
    return f"<{_encoded(url)}|{_encoded(label)}>" if label else f"<{_encoded(url)}>"


def _encoded(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _objects(value: object) -> list[Json]:
    """The objects of a list; whatever else stands there is no shape of Slack's."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _texts(one: Json, *keys: str) -> list[str]:
    return [str(one[key]) for key in keys if isinstance(one.get(key), str) and str(one[key]).strip()]
