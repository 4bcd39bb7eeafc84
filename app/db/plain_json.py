"""Domain values as plain JSON, and JSON in the one form that is hashed."""

import json
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from app.domain.stored_words import ADDED_LATER


def plain(value: Any) -> Any:
    """A domain value as JSON has it: dates as ISO 8601, amounts as text, sets in order."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        held = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: plain(one) for field, one in held if one != field.default or not _came_later(field)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(one) for one in value), key=str)
    return [plain(one) for one in value]


def _came_later(field: Field[Any]) -> bool:
    return any(field.metadata.get(key) for key in ADDED_LATER)


def canonical(value: Any) -> bytes:
    """Plain JSON as the same bytes wherever it is written: keys in order, no blanks, ASCII."""
    return _ENCODER.encode(value).encode()


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)
"""One for all: making it takes longer than what it does here."""
