"""A bounded record of every Web API request and every delivery to the app."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.world.kinds import Json


@dataclass(frozen=True)
class Request:
    """One call of the Web API. `figures` tells how near it came to a limit."""

    number: int
    at: datetime
    team: str
    method: str
    args: Json
    status: int
    response: Json
    ms: float
    fault: str = ""
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.response.get("ok") is True

    @property
    def error(self) -> str:
        return str(self.response.get("error", ""))


@dataclass
class Delivery:
    """One attempt to hand something to the app.

    kind  events_api, slash_commands, interactive or options; `name` is the event or action type
    via   socket, http or none
    """

    number: int
    at: datetime
    kind: str
    name: str
    payload: Json
    via: str
    attempt: int = 0
    retry_reason: str = ""
    acked: bool = False
    ack_ms: float = 0.0
    ack_body: Json | None = None
    status: int = 0
    error: str = ""
    fault: str = ""
    done: bool = False


class Log:
    def __init__(self, keep: int = 5000) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._requests: deque[Request] = deque(maxlen=keep)
        self._deliveries: deque[Delivery] = deque(maxlen=keep)

    def number(self) -> int:
        return next(self._numbers)

    def request(self, request: Request) -> None:
        with self._lock:
            self._requests.append(request)

    def delivery(self, delivery: Delivery) -> Delivery:
        with self._lock:
            self._deliveries.append(delivery)
        return delivery

    def requests(self, method: str | None = None) -> list[Request]:
        with self._lock:
            return [r for r in self._requests if method in (None, r.method)]

    def deliveries(self, kind: str | None = None, name: str | None = None) -> list[Delivery]:
        with self._lock:
            return [d for d in self._deliveries if kind in (None, d.kind) and name in (None, d.name)]
