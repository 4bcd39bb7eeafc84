"""`threshold read`: what the product makes of a person's words, as JSON. It is what a bug report quotes.

It calls the readers that cards, forms and messages call, and decides nothing itself. No setting, database or network is
needed.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from app import bootstrap
from app.assistant.figures import facts
from app.commands.command import Command
from app.configured import CannotStart
from app.domain.reading.days_in_forms import read_day
from app.domain.reading.money import read_amount
from app.domain.triage.questions import Question
from app.domain.understood import Read
from app.settings import Settings
from app.slack.message_text import read_text
from app.words.reading import days, money
from app.words.reading.asked_back import AskedBack
from app.words.triage.typed_answers import read_answer

KINDS = ("day", "amount", "answer", "text", "facts")


def read(
    kind: str, text: str, *, now: datetime, locale: str | None = None, question: Question | None = None
) -> Read[Any] | AskedBack[Any]:  # fmt: skip
    """One text by the reader of its kind. `now`: where the writer is; `locale`: theirs, like "en-US"; `question`: what
    an answer is to."""
    if kind == "day":
        day = read_day(text, now.date(), locale=locale, at=now.time())
        return day if isinstance(day, Read) else days.asked_back(day, now.date())
    if kind == "amount":
        amount = read_amount(text, locale=locale)
        return amount if isinstance(amount, Read) else money.asked_back(amount)
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


def to_json(found: Read[Any] | AskedBack[Any]) -> str:
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


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser._negative_number_matcher = re.compile(r"-[^-].*")  # “-5k” is what somebody typed, and no option of ours
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("text", nargs="?", metavar="TEXT", help="of all kinds but facts")
    parser.add_argument("--source", type=Path, metavar="FILE", help="facts: what a draft may draw on")
    parser.add_argument("--draft", type=Path, metavar="FILE", help="facts: whose figures and dates are held against it")
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day it is read on, like 2026-12-04; today without")
    parser.add_argument("--locale", metavar="L", help="the person's in Slack, like en-US")
    parser.add_argument(
        "--question", type=Question, choices=list(Question), metavar="Q",
        help=f"what an answer is to: {', '.join(Question)}",
    )  # fmt: skip


def _day(text: str) -> date:
    """For argparse, which names the option where this raises ValueError."""
    return date.fromisoformat(text)


def run(_settings: Settings, options: argparse.Namespace) -> int:
    if options.kind == "facts":
        if options.source is None or options.draft is None or options.text is not None:
            raise CannotStart("Facts are read from two files: threshold read facts --source FILE --draft FILE.")
        print(read_facts(options.source, options.draft))
        return 0
    if options.text is None:
        raise CannotStart(f"What is to be read is missing: threshold read {options.kind} TEXT.")
    if options.kind == "answer" and options.question is None:
        raise CannotStart(f"An answer needs its question: --question {', '.join(Question)}.")
    now = bootstrap.wall_clock()
    if options.on is not None:
        now = datetime.combine(options.on, now.time(), now.tzinfo)
    found = read(options.kind, options.text, now=now, locale=options.locale, question=options.question)
    print(to_json(found))
    return 0 if isinstance(found, Read) else 1


COMMAND = Command(
    "read", "say as JSON how a day, an amount, an answer, a text or a draft's facts are read", run, _arguments
)
