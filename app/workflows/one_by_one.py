"""What is done to many, one after the other: one to whom it can't be done does not keep it from the others."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from app.db.database_errors import trouble


class Stuck(Exception):
    """It can't be done to this one, by a fault of ours. ``whose``: the id to pass over at the next look."""

    def __init__(self, whose: int | str) -> None:
        super().__init__(whose)
        self.whose = whose


@contextmanager
def alone(whose: int | str) -> Iterator[None]:
    """Say of whom a fault comes. A database that is away is no fault of this one's.

    Raises:
        Stuck: for whatever else is raised inside.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, SQLAlchemyError) and trouble(error) is not None:
            raise
        raise Stuck(whose) from error
