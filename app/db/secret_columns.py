"""Columns that hold a secret: sealed before they reach the database, opened as they are read."""

from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import MetaData, Table, Text, func, select, update
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from app.db.models import Base
from app.db.session import Database

SECRETS = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url")
"""Whoever has one of these speaks for somebody."""


class BadKey(ValueError):
    """This is no key."""


class WrongKey(Exception):
    """What is stored was sealed with a key that we were not given."""


class Box:
    """Seals with the first key, opens with any of them."""

    def __init__(self, keys: str) -> None:
        """``keys``: one or several, separated by commas, as `new_key` makes them.

        Raises:
            BadKey: one of them is none.
        """
        try:
            self._fernet = MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])
        except ValueError:
            raise BadKey() from None

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises WrongKey."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise WrongKey() from None

    def renewed(self, sealed: str) -> str:
        """The same secret, sealed with the first key. Raises WrongKey."""
        try:
            return self._fernet.rotate(sealed.encode()).decode()
        except InvalidToken:
            raise WrongKey() from None

    def lid(self, table: Table) -> Table:
        """The table as it is read and written through this box."""
        copy = table.to_metadata(MetaData())
        for name in SECRETS:
            if name in copy.c:
                copy.c[name].type = Sealed(self)
        return copy


class Sealed(TypeDecorator[str]):
    """Text that stands sealed in the database."""

    impl = Text
    cache_ok = True

    def __init__(self, box: Box) -> None:
        super().__init__()
        self.box = box

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.box.seal(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.box.open(str(value))


def new_key() -> str:
    """A key nobody else has: 32 random bytes, in 44 characters."""
    return Fernet.generate_key().decode()


def to_seal(db: Database) -> int:
    """How many rows hold secrets."""
    with db.read() as session:
        counts = (select(func.count()).select_from(Base.metadata.tables[name]) for name in ("bot", "installation"))
        return sum(session.scalar(one) or 0 for one in counts)


def reseal(db: Database, box: Box, step: Callable[[int], object] = lambda _more: None) -> int:
    """Seal every stored secret anew with the first key, one row at a time: the bot may run meanwhile.

    A row that is renewed at the same moment is left as it was just written. Returns how many secrets were sealed.
    Where it is stopped, each row is sealed with one key or the other, and the keys of both are needed. ``step`` is told
    of each row.

    Raises:
        WrongKey: none of the keys opens one.
    """
    count = 0
    for table in (Base.metadata.tables[name] for name in ("bot", "installation")):
        columns = [table.c[name] for name in SECRETS if name in table.c]
        with db.read() as session:
            rows = session.execute(select(table.c.workspace_id, table.c.id, *columns)).all()
        for workspace, id, *stored in rows:
            old = {column: one for column, one in zip(columns, stored, strict=True) if one is not None}
            same = [column == one for column, one in old.items()]
            fresh = {column.name: box.renewed(one) for column, one in old.items()}
            with db.begin() as session:
                here = update(table).where(table.c.workspace_id == workspace, table.c.id == id, *same).values(fresh)
                count += len(old) * session.connection().execute(here).rowcount
            step(1)
    return count
