"""What a person reads in a payload, and texts that try to break it."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from sandbox.limits import check_message, check_view

CALLS = ("<!channel", "<!here", "<!everyone", "<!subteam")

HOSTILE = (
    "<!channel> <!here|now> <!everyone> <!subteam^S1>",
    "*bold* _it_ ~gone~ `code` ```\nblock\n``` > quote",
    "\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd",
    "a\x00b\x07c\ud800",
    "&" * 3000,
    "<https://evil.example|your bank> <@U1> <#C1>",
    "line\n" * 700,
    "x" * 40_000,
    "\U0001f469\u200d\U0001f680" * 2000,
    "https://a.example " * 400,
)
"""Each once stood for a way to page, to forge or to overflow."""

hostile = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(["<!channel>", "&", "*", "`", "\n", "\u2067", "<@U1>", "wörter", "http://a.b/c"]), max_size=900
    ).map(" ".join),
)  # fmt: skip


def texts(value: Any) -> Iterator[str]:
    """Every text Slack formats: not the values inputs start with, which are shown as they stand."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for key, member in value.items():
            if key != "initial_value":
                yield from texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts(member)


def said(payload: Any) -> str:
    """All of it, to look for words in."""
    return "\n".join(texts(payload))


def accepted_view(view: dict[str, Any]) -> None:
    """Slack takes it, and nobody is paged by what somebody typed."""
    assert check_view(view) == []
    assert len(json.dumps(view, ensure_ascii=False).encode(errors="surrogatepass")) < 250_000
    pages_nobody(view)


def accepted_message(text: str, blocks: list[dict[str, Any]], most: int = 9000) -> None:
    assert check_message(text=text, blocks=blocks) == []
    assert len(blocks) <= 50
    assert sum(len(one) for one in texts(blocks)) <= most
    assert text.strip()
    pages_nobody([{"text": text}, *blocks])


def pages_nobody(payload: Any) -> None:
    found = said(payload)
    assert not [call for call in CALLS if call in found]


def field(view: dict[str, Any], name: str) -> dict[str, Any]:
    """The input of that name."""
    found: dict[str, Any] = next(block for block in view["blocks"] if block.get("block_id") == name)
    return found


def fields(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def offered(view: dict[str, Any], name: str) -> list[str]:
    """What can be chosen there; nothing where Slack offers everybody."""
    return [one["value"] for one in field(view, name)["element"].get("options", [])]


def chosen(view: dict[str, Any], name: str) -> str | None:
    """Who or what is chosen there from the beginning, of the options or of everybody."""
    element = field(view, name)["element"]
    initial: str | None = element.get("initial_option", {}).get("value") or element.get("initial_user")
    return initial


def buttons(payload: Any) -> list[dict[str, Any]]:
    """Every button, wherever it stands."""
    if isinstance(payload, dict):
        here = [payload] if payload.get("type") == "button" else []
        return here + [found for member in payload.values() for found in buttons(member)]
    if isinstance(payload, list):
        return [found for member in payload for found in buttons(member)]
    return []
