"""`threshold read`: what the product makes of a person's words, as JSON. It is what a bug report quotes.

It calls the readers that cards, forms and messages call, and decides nothing itself. No setting, database or network is
needed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from app.assistant.figures import facts
from app.configured import CannotStart
from app.domain.reading.days_in_forms import read_day
from app.domain.reading.money import read_amount
from app.domain.triage.questions import Question
from app.domain.understood import Read, Refused
from app.slack.message_text import read_text
from app.words.triage.typed_answers import read_answer

KINDS = ("day", "amount", "answer", "text", "facts")


def read(
    kind: str, text: str, *, now: datetime, locale: str | None = None, question: Question | None = None
) -> Read[Any] | Refused[Any]:  # fmt: skip
    """One text by the reader of its kind. `now`: where the writer is; `locale`: theirs, like "en-US"; `question`: what
    an answer is to."""
    if kind == "day":
        return read_day(text, now.date(), locale=locale, at=now.time())
    if kind == "amount":
        return read_amount(text, locale=locale)
    if kind == "answer" and question is not None:
        return read_answer(text, question, today=now.date(), locale=locale, at=now.time())
    return read_text(text)


def read_facts(source: Path, draft: Path) -> str:
    """One line: {"stands": […], "struck": […]}, the figures and dates of a draft in its own words, held against one
    source. Raises CannotStart for a file that can't be read."""
    found = facts(_text_of(draft), [_text_of(source)])
    return json.dumps({"stands": list(found.stands), "struck": list(found.struck)}, ensure_ascii=False)


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise CannotStart(f"{file} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CannotStart(f"{file} is no text in UTF-8.") from None


def to_json(found: Read[Any] | Refused[Any]) -> str:
    """One line: {"read": …, "said": …} or {"refused": …, "candidates": […], "left_over": […]}."""
    if isinstance(found, Read):
        told: dict[str, Any] = {"read": _plain(found.value), "said": found.said}
    else:
        candidates = [_plain(one.value) for one in found.candidates]
        told = {"refused": found.sentence, "candidates": candidates, "left_over": list(found.left_over)}
    return json.dumps(told, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """A value of the domain as JSON has it: a day as ISO 8601, a figure as its digits."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        digits = f"{value:f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Set):
        return sorted(_plain(one) for one in value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
