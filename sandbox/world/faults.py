"""An ordered list of rules that make the sandbox misbehave."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Literal, get_args

FaultKind = Literal[
    "ratelimited",  # 429 with Retry-After, nothing done
    "server_error",  # 500, nothing done
    "server_error_after",  # the work is done, then 500
    "timeout_before",  # no answer, nothing done
    "timeout_after",  # the work is done, no answer
    "corrupt",  # the work is done, the answer is broken JSON
    "half_answer",  # the work is done, the line is cut in the middle of the answer
    "closed",  # the line is cut at once, nothing done
    "unavailable",  # 503, nothing done
    "internal_error",  # 200 with that error, nothing done
    "fatal_error",  # 200 with that error, and the work may be done: here it is
    "slow",  # the answer comes `seconds` late
    "close_sockets",  # every socket is cut as the request or delivery comes
    "duplicate",  # the delivery is sent twice
    "reorder",  # the delivery is sent after the next one
    "delay",  # the delivery is sent `seconds` late
    "lose_ack",  # the app's ack never reaches Slack
]
DELIVERY_KINDS = ("duplicate", "reorder", "delay", "lose_ack", "close_sockets")


@dataclass
class Fault:
    """One rule. An empty matcher matches everything; a rule is used up after `times` hits.

    method   a Web API method, for what happens to a request
    event    an event type (`message.im`), `slash_commands` or `interactive`, for a delivery
    channel  a conversation's id
    seconds  how long, for slow and delay; for a time-out how long the line is held before it is
             cut (0: until the caller hangs up)
    """

    kind: FaultKind
    method: str = ""
    event: str = ""
    channel: str = ""
    times: int = 1
    seconds: float = 0.0
    retry_after: int = 1
    hits: int = 0

    def matches(self, name: str, channel: str, *, delivery: bool) -> bool:
        if self.hits >= self.times:
            return False
        if delivery and (self.method or self.kind not in DELIVERY_KINDS):
            return False
        if not delivery and (self.event or (self.kind in DELIVERY_KINDS and not self.method)):
            return False
        wanted = self.event if delivery else self.method
        return wanted in ("", name) and self.channel in ("", channel)


class Faults:
    def __init__(self) -> None:
        self._rules: list[Fault] = []
        self._lock = threading.Lock()

    def add(
        self,
        kind: FaultKind,
        *,
        method: str = "",
        event: str = "",
        channel: str = "",
        times: int = 1,
        seconds: float = 0.0,
        retry_after: int = 1,
    ) -> Fault:
        if kind not in get_args(FaultKind):
            raise ValueError(f"no such fault: {kind}; there are {', '.join(get_args(FaultKind))}")
        fault = Fault(kind, method, event, channel, times, seconds, retry_after)
        with self._lock:
            self._rules.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def all(self) -> list[Fault]:
        with self._lock:
            return list(self._rules)

    def for_request(self, method: str, channel: str) -> Fault | None:
        return self._take(method, channel, delivery=False)

    def for_delivery(self, event: str, channel: str) -> Fault | None:
        return self._take(event, channel, delivery=True)

    def _take(self, name: str, channel: str, *, delivery: bool) -> Fault | None:
        with self._lock:
            for fault in self._rules:
                if fault.matches(name, channel, delivery=delivery):
                    fault.hits += 1
                    return fault
        return None
