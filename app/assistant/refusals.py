"""What an endpoint says when it says no, read for its cause: its status, its words, and the numbers in them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from app.assistant.errors import (
    AssistantDown,
    Declined,
    Failing,
    Loading,
    NoRoom,
    RateLimited,
    Rejected,
)

Step = Literal["loosen", "drop", "fold"]
"""What another request would leave out: the lengths of the schema, the schema, the system role."""


@dataclass
class Refusal(Exception):
    """A status other than 2xx: what to say, and what the endpoint could not do, where that can be told."""

    down: AssistantDown
    step: Step | None = None
    crashed: bool = False
    """It failed on its own side, which a schema can be the reason of."""
    absent: bool = False
    """Nothing is at this address."""


_ROOM: Final = re.compile(
    r"context (?:size|length|window)|context_length_exceeded|exceed_context|contextwindow|maximum context"
    r"|prompt is too long"
    r"|prompt too long|input is too long|input token count|too many tokens|tokens? limit|max_model_len"
    r"|maximum number of tokens"
    r"|too large for model|exceeds the (?:available|model)|request too large|reduce the length|n_ctx",
    re.I,
)
_SYSTEM: Final = re.compile(
    r"system (?:role|message|prompt|instruction)s?[^.]{0,40}(?:not|n't|un)[ -]?(?:be )?(?:support|allow|enabled"
    r"|permitted)"
    r"|(?:not|n't) support (?:the )?(?:system|developer)|developer instruction is not enabled"
    r"|system role not supported"
    r"|only user(?:,| and) (?:assistant|model) roles|conversation roles must alternate|roles must alternate",
    re.I,
)
_BOUNDS: Final = re.compile(r"maxlength|maxitems|grammar|repetition|\$ref|\$defs", re.I)
_NO_CREDIT: Final = re.compile(r"insufficient[_ ](?:quota|balance|credit|funds)|billing|credit balance|payment", re.I)


def refused(status: int, headers_wait: float | None, body: object) -> Refusal:
    """What a status and a body (bytes, or what was read of them) say."""
    said, code, told = _words(body)
    if (status in (400, 413, 422, 500) or status == 429) and _ROOM.search(f"{said} {code}"):
        asked, room = numbers(said, told)
        if status != 429 or asked is not None:
            return Refusal(no_room(asked, room))
    if status == 429:
        if code == "insufficient_quota" or "insufficient_quota" in said:
            return Refusal(Rejected("The model's account has no credit left. Top it up, or choose another model."))
        sentence = "The model is taking no more requests for now. Try again in a few minutes."
        return Refusal(RateLimited(sentence, headers_wait))
    if status == 402 or (status in (400, 403) and _NO_CREDIT.search(f"{said} {code}")):
        return Refusal(
            Rejected("The model's account has no credit left (HTTP 402). Top it up, or choose another model.")
        )
    if status == 413:
        return Refusal(no_room(None, None))
    if status in (400, 422, 500, 501) and _SYSTEM.search(said):
        why = "This model takes no instructions beside the question. Choose another model, or write it yourself."
        return Refusal(Rejected(why), "fold")
    if status == 503:
        return Refusal(Loading("The model is still loading. Try again in a minute.", headers_wait))
    if status in (408, 409, 425) or status >= 500:
        sentence = f"The model's endpoint failed (HTTP {status}). Try again in a few minutes."
        return Refusal(Failing(sentence, headers_wait), crashed=status in (500, 501))
    if status in (401, 403):
        return Refusal(Rejected("The model's endpoint does not accept our key. Check it."))
    if status in (404, 405):
        return Refusal(
            Rejected("The endpoint knows no such model. Check the model's name and the base URL."), absent=True
        )
    if code == "content_filter" or "content_filter" in said:
        return Refusal(Declined("The endpoint's content filter stopped this draft."))
    sentence = f"The model's endpoint did not accept the request (HTTP {status})."
    if status in (400, 422):
        # Some take a schema but no bounds in it; some take no schema at all.
        # llama.cpp turns bounds into a grammar and, past a size, says that it cannot parse that.
        return Refusal(Rejected(sentence), "loosen" if _BOUNDS.search(said) else "drop")
    return Refusal(Rejected(sentence))


def no_room(asked: int | None, room: int | None) -> NoRoom:
    """The sources are more than the model can read, by how much where that was said."""
    by = f": {asked:,} of {room:,} tokens" if asked and room else f": it takes {room:,} tokens" if room else ""
    how = "Give the model a larger context, or choose another one."
    return NoRoom(f"The sources are too long for this model{by}. {how}", asked, room)


_ASKED_KEYS: Final = ("n_prompt_tokens", "prompt_tokens", "input_tokens", "num_prompt_tokens")
_ROOM_KEYS: Final = ("n_ctx", "max_context_length", "context_length", "max_model_len", "max_tokens_allowed")
_OF: Final = re.compile(r"(\d[\d,]{1,9}) tokens? ?> ?(\d[\d,]{1,9})", re.I)
_LIMIT: Final = re.compile(
    r"(?:maximum context length (?:is|of)|maximum (?:is|of)|context (?:size|window|length)(?: is| of)?"
    r"|limit(?: is| of)?"
    r"|maximum number of tokens(?: allowed)?|n_ctx[ =:]+|max_model_len[ =:]+)\W{0,4}(\d[\d,]{1,9})"
    r"|(\d[\d,]{1,9})\W{0,2}"
    r" ?(?:tokens? )?(?:maximum|max(?:imum)? context)",
    re.I,
)
_ASKED: Final = re.compile(
    r"(?:requested|resulted in|contains?|has|have|input(?: token count)?(?: is| of)?|prompt(?: is| has| of)?"
    r"|exceeds?|count|your (?:messages|request|prompt)[^\d]{0,24})\W{0,4}(?:about )?(\d[\d,]{1,9})"
    r"|request \((\d[\d,]*)",
    re.I,
)


def numbers(said: str, told: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """(tokens asked for, tokens that fit), as far as the endpoint says so."""
    asked = next((int(told[key]) for key in _ASKED_KEYS if isinstance(told.get(key), int | float)), None)
    room = next((int(told[key]) for key in _ROOM_KEYS if isinstance(told.get(key), int | float)), None)
    if m := _OF.search(said):
        asked, room = asked or _int(m[1]), room or _int(m[2])
    if room is None and (m := _LIMIT.search(said)):
        room = _int(m[1] or m[2])
    if asked is None:
        found = [_int(m[1] or m[2]) for m in _ASKED.finditer(said)]
        asked = next((one for one in found if room is None or one > room), None)
    if asked is None and room is not None:
        others = [_int(m) for m in re.findall(r"\d[\d,]{1,9}", said)]
        asked = next((one for one in others if one > room), None)
    return asked, room


def _int(text: str) -> int:
    return int(text.replace(",", ""))


def _words(body: object) -> tuple[str, str, Mapping[str, Any]]:
    """What a body says: its words, its code, and its fields. Nothing of it is shown or logged."""
    if isinstance(body, bytes | str):
        try:
            body = json.loads(body)
        except ValueError:
            return str(body)[:4000], "", {}
    if not isinstance(body, Mapping):
        return str(body)[:4000], "", {}
    inner = body.get("error", body)
    told: Mapping[str, Any] = inner if isinstance(inner, Mapping) else {}
    code = str(told.get("code") or told.get("type") or body.get("code") or "")
    return json.dumps(body)[:4000], code, told


def error_in(body: Mapping[str, Any]) -> int | None:
    """The status of an error that came with HTTP 200; None where the body is none."""
    inner = body.get("error")
    if not inner or body.get("choices"):
        return None
    told = inner if isinstance(inner, Mapping) else {}
    for key in ("code", "status", "status_code", "http_status"):
        code = told.get(key) or body.get(key)
        if isinstance(code, int) and 400 <= code < 600:
            return code
        if isinstance(code, str) and re.fullmatch(r"[45]\d\d", code):
            return int(code)
    words = json.dumps(body).lower()
    for status, word in ((429, "rate"), (429, "insufficient_quota"), (401, "api key"), (401, "auth"),
                         (503, "loading"), (503, "overloaded"), (404, "not found"), (400, "invalid")):  # fmt: skip
        if word in words:
            return status
    return 400 if _ROOM.search(words) else 500
