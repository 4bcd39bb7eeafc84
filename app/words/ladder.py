"""How a rung is called: as people of a workspace say it, where its policy names it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from app.domain.ladder import Rung

_NAMES = {Rung.VP: "VP", Rung.SLT: "SLT"}

_THERE: ContextVar[Mapping[Rung, str]] = ContextVar("names of rungs")


@contextmanager
def called_there(names: Mapping[Rung, str]) -> Iterator[None]:
    """While this lasts, rungs are called so. Whoever draws a message or answers a click opens it once, for the
    workspace it is for."""
    token = _THERE.set(names)
    try:
        yield
    finally:
        _THERE.reset(token)


def rung_said(rung: Rung) -> str:
    return _THERE.get({}).get(rung) or _NAMES.get(rung, rung.value)
