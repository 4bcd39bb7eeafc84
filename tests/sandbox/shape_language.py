"""Reads a line of `shapes` and holds an answer against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.sandbox.conftest import Json

Check = Callable[[Any, str], list[str]]
"""(value, where it stands) → what does not fit."""
TOKEN = re.compile(r"[\[\]{}<>|:]|@?[\w.]+\??")
PLAIN: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float), "bool": (bool,)}


def misfits(answer: Any, line: str, kinds: Mapping[str, str], at: str = "") -> list[str]:
    """What does not fit: a field that is missing, of another type, or nowhere written down."""
    return Reader(line, kinds).fields()(answer, at)


class Reader:
    """A line, token by token; each part read is a check of (value, where)."""

    def __init__(self, line: str, kinds: Mapping[str, str]) -> None:
        self.tokens = TOKEN.findall(line)
        self.kinds = kinds

    def fields(self, end: str = "") -> Check:
        named: dict[str, Check] = {}
        while self.tokens and self.tokens[0] != end:
            name = self.tokens.pop(0)
            self.take(":")
            named[name] = self.either()
        if end:
            self.take(end)

        def check(value: Any, at: str) -> list[str]:
            if not isinstance(value, dict):
                return [f"{at}: no object"]
            return [*_missing(value, named, at), *_each(value, named, at)]

        return check

    def either(self) -> Check:
        checks = [self.one()]
        while self.tokens and self.tokens[0] == "|":
            self.take("|")
            checks.append(self.one())

        def check(value: Any, at: str) -> list[str]:
            found = [one(value, at) for one in checks]
            return min(found, key=len)

        return check

    def one(self) -> Check:
        token = self.tokens.pop(0)
        if token == "{":
            return self.fields("}")
        if token in ("[", "<"):
            inner = self.either()
            self.take("]" if token == "[" else ">")
            return _many(inner, list if token == "[" else dict)
        if token.startswith("@"):
            return lambda value, at: misfits(value, self.kinds[token[1:]], self.kinds, at)
        return lambda value, at: [] if _is(value, token) else [f"{at}: {value!r} is no {token}"]

    def take(self, token: str) -> None:
        assert self.tokens.pop(0) == token


def _is(value: Any, token: str) -> bool:
    if token == "any":
        return True
    if token == "null":
        return value is None
    return isinstance(value, PLAIN[token]) and isinstance(value, bool) == (token == "bool")


def _many(inner: Check, kind: type[list[Any]] | type[dict[str, Any]]) -> Check:
    def check(value: Any, at: str) -> list[str]:
        if not isinstance(value, kind):
            return [f"{at}: {value!r} is no {kind.__name__}"]
        rows = list(value.items() if isinstance(value, dict) else enumerate(value))
        return [said for key, row in rows for said in inner(row, f"{at}/{key}")]

    return check


def _missing(value: Json, named: Mapping[str, Check], at: str) -> list[str]:
    return [f"{at}/{name}: missing" for name in named if not name.endswith("?") and name not in value]


def _each(value: Json, named: Mapping[str, Check], at: str) -> list[str]:
    found: list[str] = []
    for name, row in value.items():
        check = named.get(name) or named.get(f"{name}?")
        found += [f"{at}/{name}: not in the table"] if check is None else check(row, f"{at}/{name}")
    return found
