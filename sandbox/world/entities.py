"""Work objects: an app's own things, shown as a card where they are named."""

from __future__ import annotations

from sandbox.world.kinds import Json


def as_attachment(entity: Json) -> Json:
    """The card a message shows for an entity: its title and, one below the other, its fields."""
    payload = _object(entity.get("entity_payload"))
    attributes = _object(payload.get("attributes"))
    title = _object(attributes.get("title"))
    url = str(entity.get("url") or entity.get("app_unfurl_url") or "")
    name = str(title.get("text") or url)
    head = f"*<{url}|{name}>*" if url else f"*{name}*"
    below = [str(attributes[k]) for k in ("display_id", "display_type", "product_name") if attributes.get(k)]
    blocks: list[Json] = [{"type": "section", "text": {"type": "mrkdwn", "text": head}}]
    if below:
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": " · ".join(below)}]})
    rows = [f"*{label}*\n{value}" for label, value in fields(payload)]
    blocks += [
        {"type": "section", "fields": [{"type": "mrkdwn", "text": row} for row in rows[start : start + 10]]}
        for start in range(0, len(rows), 10)
    ]
    return {"from_url": url, "is_app_unfurl": True, "entity": entity, "blocks": blocks}


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def fields(payload: Json) -> list[tuple[str, str]]:
    """(label, value) of everything an entity says, in its `display_order` where it has one."""
    found: dict[str, tuple[str, str]] = {}
    for key, field in _object(payload.get("fields")).items():
        if isinstance(field, dict):
            found[key] = (str(field.get("label") or key.replace("_", " ").capitalize()), _value(field))
    for field in payload.get("custom_fields") or []:
        if isinstance(field, dict):
            found[str(field.get("key"))] = (str(field.get("label") or field.get("key")), _value(field))
    order = [key for key in payload.get("display_order") or [] if key in found]
    return [found[key] for key in (*order, *(k for k in found if k not in order)) if found[key][1]]


def _value(field: Json) -> str:
    value = field.get("value")
    user = field.get("user")
    if isinstance(user, dict):
        return f"<@{user['user_id']}>" if "user_id" in user else str(user.get("text", ""))
    if isinstance(value, list):
        return ", ".join(_value(one) if isinstance(one, dict) else str(one) for one in value)
    return "" if value is None else str(value)
