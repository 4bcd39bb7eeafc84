"""Column types: aware UTC datetimes on every database, and domain objects as JSON."""

from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from app.domain.stored_words import StoredEnum, reading_stored
from app.domain.triage.verdict import Verdict
from app.words.triage.verdict import told_before


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC. A naive one is refused: it would mean another moment elsewhere."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumOf(TypeDecorator[StrEnum]):
    """One of our words, stored by its value. One of a newer release stays as it stands: ``app.domain.stored_words``."""

    impl = String(16)
    cache_ok = True

    def __init__(self, kind: type[StoredEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.value if isinstance(value, self.kind) else str(self.kind(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        if value is None:
            return None
        try:
            return self.kind(value)
        except ValueError:
            with reading_stored():
                return self.kind(value)


class JsonOf(TypeDecorator[Any]):
    """A domain dataclass, kept as JSON and read back typed."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__(none_as_null=True)
        self.kind = kind
        self.adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.adapter.dump_python(value, mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.read(value)

    def read(self, value: Any) -> Any:
        """JSON, typed. Raises ValueError where it has another shape; words that we don't know are those of a newer
        release."""
        try:
            return self.adapter.validate_python(value)
        except ValueError:
            with reading_stored():
                return self.adapter.validate_python(value)


class VerdictJson(JsonOf):
    """A verdict with its findings, in a form that the release before reads too: it kept sentences in their places.

    ``found`` holds the findings; beside it stand the sentences, without what anybody typed, for as long as that release
    may still run beside this one. What it wrote itself has sentences alone: they are read as ``ToldBefore``.
    """

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(Verdict)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        stored = super().process_bind_param(value, dialect)
        if stored is None:
            return None
        told = told_before(value)
        gates = [
            {"name": gate.name.value, "passed": gate.passed, "reason": reason}
            for gate, reason in zip(value.gates, told.gates, strict=True)
        ]
        found = {name: stored[name] for name in ("why", "gates", "notes")}
        return {**stored, "why": told.why, "gates": gates, "notes": told.notes, "found": found}

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        if "found" in value:
            with suppress(ValueError):  # a finding that only a newer release knows: its sentence stands beside it
                return super().process_result_value({**value, **value["found"]}, dialect)
        gates = [{**gate, "finding": _told(gate["reason"])} for gate in value["gates"]]
        told = {name: [_told(one) for one in value[name]] for name in ("why", "notes")}
        return super().process_result_value({**value, **told, "gates": gates}, dialect)


def _told(sentence: str) -> dict[str, str]:
    return {"kind": "told_before", "text": sentence}
