"""Deliveries that no Slack sends: real payloads, spoilt at any depth, and bodies spoilt as text."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

Json = Any
Path = tuple[str | int, ...]

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def deep(levels: int) -> Json:
    found: Json = []
    for _ in range(levels):
        found = [found]
    return found


NASTY: tuple[Json, ...] = (
    None, True, False, 0, -1, 1.5, 2**70, float("nan"), float("inf"), "", " ", "\x00", "a\x00b", "\ud800", "x" * 4000,
    "U" * 400, "X", "null", "[]", '{"d":1}', '{"d":"1"}', '{"d":1e999}', '{"q":"undo","a":"x"}', "[" * 1500, "{" * 1500,
    "<!channel>", "../../etc", "\u202e", "🎉" * 300, [], {}, [[]], [None], [1], {"id": None}, {"id": "U1"}, {"": ""},
    deep(100),
)  # fmt: skip
"""No address among them: nothing here may leave this machine."""


class Kept:
    """A delivery as Slack made it: events_api, interactive or slash_commands.

    No dataclass: hypothesis would print every one it had to choose from. A failing check shows the payload itself.
    """

    def __init__(self, kind: str, payload: Json) -> None:
        self.kind, self.payload = kind, payload

    def __repr__(self) -> str:
        return f"Kept({self.kind})"


DEEPEST = 12
"""Steps into a payload: deeper than any real one."""


def paths(value: Json, at: Path = ()) -> Iterator[Path]:
    """Every place in a payload."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield (*at, key)
        if len(at) < DEEPEST:
            yield from paths(one, (*at, key))


@st.composite
def spoilt(draw: st.DrawFn, payloads: list[Kept]) -> Kept:
    """One to four things wrong with it: missing, of another kind, huge, deep, doubled, renamed."""
    kept = draw(st.sampled_from(payloads))
    payload = json.loads(json.dumps(kept.payload))
    for _ in range(draw(st.integers(1, 4))):
        places = list(paths(payload))
        if not places:
            break
        *way, last = draw(st.sampled_from(places))
        holder = payload
        for step in way:
            holder = holder[step]
        how = draw(st.sampled_from((_leave_out, _replace, _replace, _replace, _wrap, _double)))
        how(holder, last, deepcopy(draw(st.sampled_from(NASTY))))
    return Kept(kept.kind, payload)


def _leave_out(holder: Json, key: Any, _: Json) -> None:
    del holder[key]


def _replace(holder: Json, key: Any, nasty: Json) -> None:
    holder[key] = nasty


def _wrap(holder: Json, key: Any, _: Json) -> None:
    holder[key] = [holder[key]]


def _double(holder: Json, key: Any, nasty: Json) -> None:
    """As it is, with something beside it."""
    if isinstance(holder, list):
        holder.append(nasty)
    else:
        holder[f"{key}x"] = nasty
        if isinstance(holder[key], str):
            holder[key] *= 2


# ── over HTTP ───────────────────────────────────────────────────────────────────────────────────────────


def encoded(one: Kept) -> tuple[str, bytes]:
    """(content type, body), as Slack writes each kind."""
    if one.kind == "events_api" or not isinstance(one.payload, dict):
        return JSON, json.dumps(one.payload).encode()
    if one.kind == "slash_commands":
        plain = {key: value if isinstance(value, str) else json.dumps(value) for key, value in one.payload.items()}
        return FORM, urlencode(plain, errors="replace").encode()
    return FORM, urlencode({"payload": json.dumps(one.payload)}).encode()


TEXTUAL: tuple[Callable[[bytes], bytes], ...] = (
    lambda body: body,
    lambda body: body,
    lambda body: body,
    lambda body: body[: len(body) // 2],
    lambda body: body + b"}",
    lambda body: body.replace(b":", b"::", 1),
    lambda body: body[:40] + b"\xff\xfe" + body[40:],
    lambda body: b'{"type":"event_callback",' + body[1:] if body.startswith(b"{") else body + b"&payload={",
    lambda body: body.replace(b'"', b"'", 3),
    lambda body: b"\xef\xbb\xbf" + body,
    lambda body: body.replace(b"null", b"NaN"),
    lambda body: b"[" * 20_000 + body,
    lambda body: body + b"&team_id=T1&team_id=T2&user_id=" + b"U" * 50,
)
"""What can be wrong with the text itself: cut, doubled keys, other quotes, no UTF-8, endless depth."""


@st.composite
def bodies(draw: st.DrawFn, payloads: list[Kept]) -> tuple[str, bytes]:
    """(content type, body) to be signed and sent."""
    kind, body = encoded(draw(spoilt(payloads)))
    body = draw(st.sampled_from(TEXTUAL))(body)
    return draw(st.sampled_from((kind, kind, kind, JSON, FORM, "text/plain", "Application/JSON; charset=utf-8"))), body
