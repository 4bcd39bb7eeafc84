"""A model behind one small interface: it drafts, a person decides.

Off unless an endpoint is configured, and everything else works without it. Called from queued
follow-ups only (an answer can take a minute). It reads what it is handed, writes nothing anywhere,
and every draft that leaves this package has been checked: a figure or a date that stands in none
of the sources is struck, and nothing in it can page anyone or open a link nobody posted.

`connect` gives an `Assistant`; `figures` holds the rule about figures; `prompts/` the instructions.
"""

from collections.abc import Callable

from app.assistant.away import NoAssistant
from app.assistant.drafts import PARTS, Assistant, Dropped, Kind, MemoDraft, PartDraft, Sentence, Source, Why
from app.assistant.errors import (
    AssistantDown,
    Declined,
    Failing,
    Garbled,
    Loading,
    NoModel,
    Nonsense,
    NoRoom,
    RateLimited,
    Rejected,
    TooLong,
    TooSlow,
    Unreachable,
)

__all__ = [
    "PARTS",
    "Assistant",
    "AssistantDown",
    "Declined",
    "Dropped",
    "Failing",
    "Garbled",
    "Kind",
    "Loading",
    "MemoDraft",
    "NoAssistant",
    "NoModel",
    "NoRoom",
    "Nonsense",
    "PartDraft",
    "RateLimited",
    "Rejected",
    "Sentence",
    "Source",
    "TooLong",
    "TooSlow",
    "Unreachable",
    "Why",
    "connect",
]


def connect(
    *,
    api_key: str | None,
    base_url: str | None,
    model: str,
    timeout: float = 60.0,
    max_attempts: int = 3,
    sleep: Callable[[float], None],
) -> Assistant:
    """The assistant these settings describe; `NoAssistant` with neither a key nor a base URL.

    `base_url` may be given with or without its /v1, with a query, or complete to /chat/completions, and needs no key:
    local endpoints take any.
    `timeout` is in seconds and covers one request from first byte sent to last byte read.
    Opens no connection and imports no client: the first call does. Raises ValueError for a base
    URL that is not http(s).
    """
    if not api_key and not base_url:
        return NoAssistant()
    from app.assistant.drafter import Drafter
    from app.assistant.endpoint import Endpoint

    return Drafter(
        Endpoint(
            api_key=api_key,
            base_url=base_url,
            model=model,
            timeout=timeout,
            max_attempts=max_attempts,
            sleep=sleep,
        )
    )
