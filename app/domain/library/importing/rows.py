"""A row as any file has it, checked: taken as a past decision, or left with the reason."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.domain.library.faults import Fault, Missing, NotADay, NotText, Odd, SameId, TooLong
from app.domain.library.past import Dirty, Past

LONGEST_ID = 200
LONGEST_TITLE = 500
LONGEST_TEXT = 200_000
"""Characters. What is longer is no decision that somebody would read."""

_UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass
class Found:
    """What a file holds: decisions, and rows that are left."""

    taken: list[Past] = field(default_factory=list)
    left: list[Dirty] = field(default_factory=list)

    def add(self, one: Past | Dirty) -> None:
        """Two of one id are not both taken: the second is named."""
        if isinstance(one, Past):
            first = self._where.get(one.id)
            if first is not None:
                self.left.append(Dirty(one.where, SameId(one.id, first)))
                return
            self._where[one.id] = one.where
            self.taken.append(one)
        else:
            self.left.append(one)

    _where: dict[str, str] = field(default_factory=dict)


class Wrong(ValueError):
    """A row can't be taken."""

    def __init__(self, why: Fault) -> None:
        super().__init__(why)
        self.why = why


def checked(where: str, row: Mapping[str, Any], days: Mapping[str, date | None] | None = None) -> Past | Dirty:
    """``row``: ``id``, ``title``, ``text``, ``status``, ``proposed``, ``decided``, ``replaces``, of whatever kind.

    ``days``: what the dates mean, where that was settled for the whole file."""
    try:
        text = _text(row, "text", LONGEST_TEXT)
        abstract = _text(row, "abstract", LONGEST_TEXT)
        return Past(
            where=where,
            id=_id(row.get("id")),
            title=_needed(row, "title", LONGEST_TITLE),
            text=f"{abstract}\n\n{text}".strip() if abstract.strip() not in text else text,
            said_status=_text(row, "status", LONGEST_TITLE),
            proposed_on=days["proposed"] if days else day(row.get("proposed"), "proposed"),
            decided_on=days["decided"] if days else day(row.get("decided"), "decided"),
            replaces=_ids(row.get("replaces")),
        )
    except Wrong as wrong:
        return Dirty(where, wrong.why)


def _id(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Wrong(Missing("id") if value is None else NotText("id"))
    found = " ".join(_UNKEPT.sub("", str(value)).split())
    if not found:
        raise Wrong(Missing("id"))
    if len(found) > LONGEST_ID:
        raise Wrong(TooLong("id", LONGEST_ID))
    return found


def _needed(row: Mapping[str, Any], name: str, most: int) -> str:
    found = " ".join(_text(row, name, most).split())
    if not found:
        raise Wrong(Missing(name))
    return found


def _text(row: Mapping[str, Any], name: str, most: int) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Wrong(NotText(name))
    found = _UNKEPT.sub("", value)
    if len(found) > most:
        raise Wrong(TooLong(name, most))
    return found


def _ids(value: Any) -> tuple[str, ...]:
    """One id or several, as a list or with commas between them."""
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        value = re.split(r"[,;\n]", value)
    if isinstance(value, int) and not isinstance(value, bool):
        value = [value]
    if not isinstance(value, Iterable) or isinstance(value, Mapping):
        raise Wrong(Odd.NO_IDS)
    return tuple(dict.fromkeys(_id(one) for one in value if not (isinstance(one, str) and not one.strip())))


def day(value: Any, name: str) -> date | None:
    """A day as ISO 8601 has it, with a time or without."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = re.match(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[T\s])", str(value))
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise Wrong(NotADay(name, str(value)))
