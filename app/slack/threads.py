"""The words of a thread, page by page. Where they are more than can be kept, the newest stay, and it is said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.slack import message_text
from app.slack.ids import kept

KEPT = 40_000
"""Characters that wait with an outbox row while a long thread is read by pages."""


@dataclass
class Thread:
    """What was read of it so far, a message a line: ``name: words``."""

    lines: list[str] = field(default_factory=list)
    first: str = ""
    left_out: int = 0
    """Messages between the first and the oldest that is kept."""
    cursor: str | None = None
    over: bool = False
    messages: list[dict[str, str]] = field(default_factory=list)
    """Each message that is kept: its writer's id and name, its words, and Slack's number of it. The first stays."""

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> "Thread":
        """What an earlier attempt had read."""
        return cls(**dict(stored)) if stored else cls()

    def kept(self) -> dict[str, Any]:
        return {
            "lines": self.lines,
            "first": self.first,
            "left_out": self.left_out,
            "cursor": self.cursor,
            "messages": self.messages,
        }

    def take(self, messages: Iterable[Mapping[str, Any]], names: Callable[[str], Mapping[str, str]]) -> None:
        """One page, oldest first. Slack begins every page of a thread with the message that it hangs from."""
        for message in messages:
            user = str(message.get("user") or "")
            raw = kept(message_text.encoded(message))
            if not raw.strip():
                continue
            who = names(f"<@{user}>").get(user) if user else None
            name, words = str(who or message.get("username") or "app"), message_text.text(raw, names(raw))
            line = f"{name}: {words}"
            self.messages.append({"user": user, "who": name, "text": words, "ts": str(message.get("ts") or "")})
            begins = message.get("ts") == message.get("thread_ts", message.get("ts"))
            if begins and not self.first:
                self.first = line
            elif not begins:
                self.lines.append(line)
        self._shorten(KEPT)
        while len(self.messages) > 2 and sum(len(one["text"]) for one in self.messages) > KEPT:
            del self.messages[1]

    def linked(self, permalink: str | None, root: str) -> list[dict[str, str]]:
        """Each message with the link that opens it, made from the link of the thread's first."""
        return [
            {**{key: one[key] for key in ("user", "who", "text")}, "link": message_link(permalink, one["ts"], root)}
            for one in self.messages
        ]

    def _shorten(self, most: int) -> None:
        while len(self.lines) > 1 and sum(len(line) + 1 for line in self.lines) > most:
            self.lines.pop(0)
            self.left_out += 1

    def words(self, most: int) -> str:
        """At most ``most`` characters: how it began, what was left out, and the newest."""
        whole = "\n".join(filter(None, [self.first, *self.lines]))
        if not self.left_out and len(whole) <= most:
            return whole
        first = self.first[: most // 4]
        cut = "" if first == self.first else "…"
        self._shorten(most - len(first) - 80)
        left = f"({self.left_out} earlier messages are left out here.)" if self.left_out else ""
        told = "\n".join(filter(None, [first + cut, left]))
        newest = "\n".join(self.lines)
        room = most - len(told) - 1
        return f"{told}\n{newest if len(newest) <= room else '…' + newest[-(room - 1) :]}"


def message_link(permalink: str | None, ts: str, root: str) -> str:
    """The link of a message in a thread, from that of the message it hangs from; "" where there is none."""
    head, slash, _ = (permalink or "").partition("?")[0].rpartition("/p")
    if not slash or not ts:
        return permalink or ""
    channel = head.rpartition("/")[2]
    own = f"{head}/p{ts.replace('.', '')}"
    return own if ts == root else f"{own}?thread_ts={root}&cid={channel}"
