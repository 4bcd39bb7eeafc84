"""Messages, modals and Homes as terminal text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from sandbox.show import values
from sandbox.show.blocks import Screen, boxed, draw
from sandbox.show.lines import Paint, clean, paragraph, shorten
from sandbox.show.rich import items
from sandbox.show.spans import Line, Span, Words, mrkdwn, zone

Json = Mapping[str, object]


def _screen(
    names: Mapping[str, str],
    tz: tzinfo | str,
    width: int,
    colour: bool,
    state: object = None,
    errors: Mapping[str, str] | None = None,
) -> Screen:
    return Screen(Words(names, zone(tz)), width, Paint(colour), state, errors)


def author(msg: Json, words: Words) -> str:
    """Who a message is from, by the name it shows."""
    profile = msg.get("bot_profile")
    bot = str(profile.get("name") or "") if isinstance(profile, Mapping) else ""
    user = str(msg.get("user") or "")
    return str(msg.get("username") or "") or bot or (words.user(user)[1:] if user else "")


def is_ephemeral(msg: Json) -> bool:
    return bool(msg.get("ephemeral") or msg.get("is_ephemeral"))


def said_at(msg: Json, words: Words) -> str:
    """The time of a message, from its ts; empty if it has none."""
    try:
        return words.clock(float(str(msg.get("ts"))))
    except (ValueError, OverflowError, OSError):
        return ""


def message(
    msg: Json,
    *,
    names: Mapping[str, str],
    tz: tzinfo | str,
    width: int = 78,
    colour: bool = False,
) -> str:
    """A message as Slack stores it (`text`, `blocks`, `attachments`, `edited`, `files`, ...), as
    lines of at most `width` columns. Blocks stand in for text where there are any, as in Slack.
    `names` gives people, channels and groups by id; `ephemeral` marks what one person sees."""
    screen = _screen(names, tz, width, colour, msg.get("state"))
    words, paint = screen.words, screen.paint
    rows: list[str] = []
    who = clean(author(msg, words))
    if who:
        badge = " APP" if msg.get("bot_id") or msg.get("bot_profile") else ""
        rows.append(f"{paint(who, 'bold')}{badge}  {paint(said_at(msg, words), 'dim')}".rstrip())
    if is_ephemeral(msg):
        rows.append(paint("Only visible to you", "dim"))
    if items(msg.get("blocks")):
        rows += draw(msg.get("blocks"), screen)
    elif msg.get("text"):
        rows += paragraph(mrkdwn(str(msg["text"]), words), width, paint)
    for attachment in items(msg.get("attachments")):
        rows += [f"▎ {row}" for row in _attachment(attachment, screen.narrower(2))]
    for file in items(msg.get("files")):
        name = str(file.get("title") or file.get("name") or file.get("id") or "")
        rows.append(paint(clean(f"[file: {name}]"), "dim"))
    if msg.get("edited"):
        rows.append(paint("(edited)", "dim"))
    reactions = [f":{one.get('name')}: {one.get('count', 1)}" for one in items(msg.get("reactions"))]
    if reactions:
        rows += paragraph(mrkdwn("  ".join(reactions), words), width, paint)
    replies = msg.get("reply_count")
    if isinstance(replies, int) and replies:
        rows.append(paint(f"{replies} {'reply' if replies == 1 else 'replies'}", "link"))
    return "\n".join(row.rstrip() for row in rows)


def _attachment(attachment: Json, screen: Screen) -> list[str]:
    words, paint, width = screen.words, screen.paint, screen.width
    rows: list[str] = []
    for key, looks in (("pretext", ()), ("title", ("bold",)), ("text", ())):
        if attachment.get(key):
            rows += paragraph(mrkdwn(str(attachment[key]), words), width, paint, looks)
    for field in items(attachment.get("fields")):
        title = Line((Span(str(field.get("title") or ""), frozenset({"bold"})),))
        rows += paragraph([title, *mrkdwn(str(field.get("value") or ""), words)], width, paint)
    rows += draw(attachment.get("blocks"), screen)
    if not rows and attachment.get("fallback"):
        rows += paragraph(mrkdwn(str(attachment["fallback"]), words), width, paint)
    return rows


def modal(
    view: Json,
    *,
    names: Mapping[str, str],
    tz: tzinfo | str,
    width: int = 64,
    colour: bool = False,
    errors: Mapping[str, str] | None = None,
) -> str:
    """A modal in a frame, with the answers of its `state` and, by block_id, its `errors`."""
    outer = _screen(names, tz, width, colour, view.get("state"), errors)
    words, paint = outer.words, outer.paint
    room = width // 2 - 8
    buttons = [f"[ {shorten(values.flat(view.get('close'), words), room) or 'Cancel'} ]"]
    if view.get("submit") is not None:
        submit = f"[ {shorten(values.flat(view.get('submit'), words), room)} ]"
        buttons.append(paint(submit, "primary"))
    title = paint(shorten(values.flat(view.get("title"), words), width - 6), "bold")
    rows = draw(view.get("blocks"), outer.narrower(4))
    return "\n".join(boxed(rows, title, "  ".join(buttons), width))


def home(
    view: Json,
    *,
    names: Mapping[str, str],
    tz: tzinfo | str,
    width: int = 78,
    colour: bool = False,
) -> str:
    """An app's Home: its blocks, top to bottom."""
    screen = _screen(names, tz, width, colour, view.get("state"))
    return "\n".join(row.rstrip() for row in draw(view.get("blocks"), screen))
