"""Messages, modals and Homes as one static page that looks like Slack, to judge them by eye.

    page([message, modal_view, Item(home_view, caption="Home of Ana")], names=..., tz=..., title=...)

The page is self-contained: no script, no font, no picture from elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from html import escape

from sandbox.show import values
from sandbox.show.markup import Sheet, blocks_html, lines_html
from sandbox.show.rich import items
from sandbox.show.spans import Words, mrkdwn, zone
from sandbox.show.style import CSS
from sandbox.show.terminal import author, is_ephemeral, said_at

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Item:
    """A message or view with a line above it and, for a modal, its errors by block_id."""

    payload: Json
    caption: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def page(
    items: Sequence[Json | Item],
    *,
    names: Mapping[str, str],
    tz: tzinfo | str,
    title: str,
    images: Mapping[str, str] | None = None,
) -> str:
    """An HTML document. A payload of type "modal" or "home" is a view, any other a message as
    Slack stores it. `images` gives pictures by URL or file id as `data:` or `file:` sources."""
    words = Words(names, zone(tz))
    parts: list[str] = []
    for one in items:
        item = one if isinstance(one, Item) else Item(one)
        if item.caption:
            parts.append(f'<div class="caption">{escape(item.caption)}</div>')
        sheet = Sheet(words, item.payload.get("state"), item.errors, images or {})
        draw = {"modal": _modal, "home": _home}.get(str(item.payload.get("type")), _message)
        parts.append(draw(item.payload, sheet))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{CSS}</style></head>"
        f"<body>{''.join(parts)}</body></html>"
    )


def _message(msg: Json, sheet: Sheet) -> str:
    words = sheet.words
    who = author(msg, words) or "App"
    badge = '<span class="badge">APP</span>' if msg.get("bot_id") or msg.get("bot_profile") else ""
    hidden = is_ephemeral(msg)
    parts = [f'<div class="who"><b>{escape(who)}</b>{badge}<time>{escape(said_at(msg, words))}</time></div>']
    if hidden:
        parts.insert(0, '<div class="note">Only visible to you</div>')
    if items(msg.get("blocks")):
        parts.append(blocks_html(msg.get("blocks"), sheet))
    elif msg.get("text"):
        parts.append(lines_html(mrkdwn(str(msg["text"]), words)))
    parts += [_attachment(one, sheet) for one in items(msg.get("attachments"))]
    for file in items(msg.get("files")):
        name = escape(str(file.get("title") or file.get("name") or file.get("id") or ""))
        source = sheet.images.get(str(file.get("id")))
        picture = f'<img class="picture" src="{escape(source)}" alt="{name}">' if source else ""
        parts.append(f'<div class="note">{name}</div>{picture}')
    if msg.get("edited"):
        parts.append('<div class="note">(edited)</div>')
    parts.append(_feet(msg, sheet))
    return (
        f'<div class="message{" ephemeral" if hidden else ""}">'
        f'<div class="avatar">{escape(who[:1].upper())}</div>'
        f'<div class="said">{"".join(parts)}</div></div>'
    )


def _feet(msg: Json, sheet: Sheet) -> str:
    pills = [
        f"<span>{lines_html(mrkdwn(':' + str(one.get('name')) + ':', sheet.words))}"
        f" {escape(str(one.get('count', 1)))}</span>".replace("<div>", "").replace("</div>", "")
        for one in items(msg.get("reactions"))
    ]
    foot = f'<div class="reactions">{"".join(pills)}</div>' if pills else ""
    replies = msg.get("reply_count")
    if isinstance(replies, int) and replies:
        foot += f'<a href="#">{replies} {"reply" if replies == 1 else "replies"}</a>'
    return foot


def _attachment(attachment: Json, sheet: Sheet) -> str:
    words = sheet.words
    parts = [
        lines_html(mrkdwn(str(attachment[key]), words)) for key in ("pretext", "title", "text") if attachment.get(key)
    ]
    for one in items(attachment.get("fields")):
        parts.append(f"<b>{escape(str(one.get('title') or ''))}</b>")
        parts.append(lines_html(mrkdwn(str(one.get("value") or ""), words)))
    if attachment.get("blocks"):
        parts.append(blocks_html(attachment["blocks"], sheet))
    if not parts and attachment.get("fallback"):
        parts.append(lines_html(mrkdwn(str(attachment["fallback"]), words)))
    return f'<div class="attachment">{"".join(parts)}</div>'


def _modal(view: Json, sheet: Sheet) -> str:
    def words(key: str) -> str:
        return escape(values.flat(view.get(key), sheet.words))

    submit = f'<span class="button primary">{words("submit")}</span>' if "submit" in view else ""
    return (
        f'<div class="veil"><div class="modal"><h1><span>{words("title")}</span><i>×</i></h1>'
        f"{blocks_html(view.get('blocks'), sheet)}"
        f'<footer><span class="button">{words("close") or "Cancel"}</span>{submit}</footer>'
        "</div></div>"
    )


def _home(view: Json, sheet: Sheet) -> str:
    tabs = '<div class="tabs"><b>Home</b>Messages</div>'
    return f'<div class="home">{tabs}{blocks_html(view.get("blocks"), sheet)}</div>'
