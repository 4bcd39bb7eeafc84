"""Column types: aware UTC datetimes on every database, and domain objects as JSON."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import JSON, DateTime, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from app.domain.newer import StoredEnum, reading_stored


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
    """One of our words, stored by its value. One of a newer release is kept as it stands: ``app.domain.newer``."""

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
