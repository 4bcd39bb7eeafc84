"""Whoever was erased: a name that names nobody stands in their place, and the decision stands."""

import re
from collections.abc import Collection, Mapping
from typing import Any

SOMEONE = "someone who has left"
"""How a person who was erased is called from then on."""

ERASED = "(erased)"
"""What stands where their own words stood and nothing may be empty."""

_GONE = re.compile(r"left-\d+\Z")


def pseudonym(number: int) -> str:
    """What stands for the ``number``-th person who was erased in a workspace, where an id stood."""
    return f"left-{number}"


def has_left(user: str) -> bool:
    """Whether this is nobody any more: there is no one to send anything to."""
    return bool(_GONE.match(user))


class Scrub:
    """Takes a person out of what was written: their id, mentions of them, and their name as whole words."""

    def __init__(self, user: str, as_: str, names: Collection[str] = ()) -> None:
        self.user, self.as_ = user, as_
        self._id = re.compile(rf"<@{re.escape(user)}(?:\|[^<>]*)?>|(?<!\w){re.escape(user)}(?!\w)")
        self.names = sorted({name.strip() for name in names if len(name.strip()) > 2}, key=len, reverse=True)
        self.changed: list[tuple[str, str]] = []
        """Each line that held one of the names, as it was and as it is."""
        self._names = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in self.names]

    def bare(self) -> "Scrub":
        """The same without the names."""
        return Scrub(self.user, self.as_)

    def id(self, value: str) -> str:
        return self.as_ if value == self.user else value

    def text(self, value: str) -> str:
        if value == self.user:
            return self.as_
        value = self._id.sub(SOMEONE, value)
        before = value
        for name in self._names:
            value = name.sub(SOMEONE, value)
        if value != before:
            lines = zip(before.splitlines(), value.splitlines(), strict=False)
            self.changed += [(was, now) for was, now in lines if was != now]
        return value

    def json(self, value: Any) -> Any:
        """The same through lists and objects."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.json(key): self.json(one) for key, one in value.items()}
        return [self.json(one) for one in value] if isinstance(value, list | tuple) else value

    def thread(self, value: str) -> str:
        """A thread's text: what they said in it goes, up to the next speaker; a mention of them is taken out."""
        said = re.compile(rf"^{re.escape(self.user)}: .*?(?=^[UWB][A-Z0-9]+: |^app: |\Z)", re.MULTILINE | re.DOTALL)
        return self.text(said.sub(f"{SOMEONE}: {ERASED}\n", value)).rstrip("\n")
