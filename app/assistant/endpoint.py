"""One question to an OpenAI-compatible endpoint, and everything that can go wrong with it.

The client's own retries are switched off: we retry, obey Retry-After, and keep the sum of it all
within a bound. A plain request is used, not a stream: a draft is of no use until it is whole.
Nothing that was sent or received is logged or put into an exception, only lengths and causes.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.assistant.errors import (
    AssistantDown,
    Declined,
    Failing,
    Garbled,
    Loading,
    RateLimited,
    Rejected,
    TooLong,
    TooSlow,
    Unreachable,
)
from app.assistant.shapes import Shape
from app.telemetry import metrics, traces

if TYPE_CHECKING:
    import openai

log = logging.getLogger(__name__)

OPENAI_URL: Final = "https://api.openai.com/v1"
MAX_BODY: Final = 1_000_000
"""Bytes. Five parts are some 10 kB, so a body past this is not an answer."""
FIRST_WAIT: Final = 0.5
"""Seconds before the second attempt where the endpoint names none; doubled each time."""

Role = Literal["system", "user", "assistant"]
Format = Literal["strict schema", "plain schema", "json object"]
_NEXT_FORMAT: Final[Mapping[Format, Format]] = {
    "strict schema": "plain schema",
    "plain schema": "json object",
}


@dataclass(frozen=True)
class Message:
    """One turn of the conversation."""

    role: Role
    content: str


@dataclass
class Allowance:
    """What one call of the assistant may still spend, retries and corrections included.

    Waits are subtracted as asked for, so that the bound holds under a clock that is not real.
    """

    attempts: int
    seconds: float


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    model_config = ConfigDict(extra="ignore")
    message: _Turn
    finish_reason: str | None = None


class _Completion(BaseModel):
    """The little of a chat completion we read. The client's own class accepts anything."""

    model_config = ConfigDict(extra="ignore")
    choices: list[_Choice] = Field(min_length=1)


class _FormatRefused(Exception):
    """The endpoint does not take this response_format; `step` is the next one worth trying."""

    def __init__(self, step: Format, otherwise: AssistantDown) -> None:
        super().__init__(step)
        self.step = step
        self.otherwise = otherwise


class Endpoint:
    """A chat-completions endpoint and the model asked there. Opens nothing until `ask`."""

    def __init__(
        self,
        *,
        api_key: str | None,
        base_url: str | None,
        model: str,
        timeout: float,
        max_attempts: int,
        sleep: Callable[[float], None],
    ) -> None:
        self.model = model
        self._base_url = _with_version(base_url) if base_url else OPENAI_URL
        # A local endpoint takes any key, the client insists on one. With no base URL there is
        # always a real key: connect() sees to it.
        self._api_key = api_key or "no-key-needed"
        self._timeout = timeout
        self._max_attempts = max_attempts
        self._sleep = sleep
        self._format: Format = "strict schema"
        self._lock = threading.Lock()
        self._client: openai.OpenAI | None = None

    def __repr__(self) -> str:
        return f"Endpoint(model={self.model!r})"

    def allowance(self, *, attempts: int | None = None) -> Allowance:
        """What one call may spend: `timeout` seconds for each attempt, waits included."""
        attempts = attempts or self._max_attempts
        return Allowance(attempts=attempts, seconds=self._timeout * attempts)

    def ask(self, messages: Sequence[Message], shape: Shape | None, allowance: Allowance) -> str:
        """The text of the model's answer: not yet parsed, never empty. Raises AssistantDown.

        With a `shape`, the strictest response_format the endpoint takes is used, and what it
        takes is remembered as long as this object lives.
        """
        # Importing the client takes a second the first time: that is no endpoint's fault.
        self._connected()
        wanted = self._format
        wait = FIRST_WAIT
        while True:
            began = time.monotonic()
            try:
                with _counted():
                    text = self._once(messages, shape, wanted, min(self._timeout, allowance.seconds))
            except _FormatRefused as refused:
                allowance.seconds -= time.monotonic() - began
                if allowance.seconds <= 0:
                    raise refused.otherwise from None
                wanted = refused.step
                continue
            except AssistantDown as down:
                allowance.attempts -= 1
                allowance.seconds -= time.monotonic() - began
                pause = wait if down.retry_after is None else down.retry_after
                log.warning("no answer from %s: %s", self.model, type(down).__name__)
                if not down.passing or allowance.attempts < 1 or pause >= allowance.seconds:
                    raise
                self._sleep(pause)
                allowance.seconds -= pause
                wait *= 2
                continue
            allowance.attempts -= 1
            allowance.seconds -= time.monotonic() - began
            if shape is not None and wanted != self._format:
                log.info("%s takes no stricter answer format than: %s", self.model, wanted)
                self._format = wanted
            return text

    def _once(self, messages: Sequence[Message], shape: Shape | None, wanted: Format, seconds: float) -> str:
        response_format = None if shape is None else _response_format(shape, wanted)
        try:
            body = _within(seconds, lambda: self._post(messages, response_format, seconds))
        except _Refusal as refusal:
            down = refusal.down
            if response_format is not None and refusal.step is not None:
                step = _next_format(wanted, refusal.step)
                if step is not None:
                    raise _FormatRefused(step, down) from None
            raise down from None
        return _content(body)

    def _post(self, messages: Sequence[Message], response_format: Any, seconds: float) -> bytes:
        import httpx2
        import openai

        deadline = time.monotonic() + seconds
        body = bytearray()
        try:
            with self._connected().chat.completions.with_streaming_response.create(
                model=self.model,
                messages=[_turn(message) for message in messages],
                response_format=openai.omit if response_format is None else response_format,
                timeout=seconds,
                # A small compressed body can unpack into one of any size.
                extra_headers={"Accept-Encoding": "identity"},
            ) as response:
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > MAX_BODY:
                        raise TooLong("The model's answer is far too long to be a memo.")
                    if time.monotonic() > deadline:
                        raise _too_slow()
        except openai.APIStatusError as err:
            raise _refusal(err) from None
        except (openai.APITimeoutError, httpx2.TimeoutException):
            raise _too_slow() from None
        except openai.APIConnectionError:
            raise Unreachable("Nothing answers at the model's address. Check that it runs and its base URL.") from None
        except (openai.OpenAIError, httpx2.HTTPError):
            raise _cut_off() from None
        return bytes(body)

    def _connected(self) -> "openai.OpenAI":
        with self._lock:
            if self._client is None:
                import openai

                # At DEBUG the client logs whole requests: memos and threads stay out of logs.
                client_log = logging.getLogger("openai")
                client_log.setLevel(max(client_log.level, logging.INFO))
                self._client = openai.OpenAI(api_key=self._api_key, base_url=self._base_url, max_retries=0)
            return self._client


@contextmanager
def _counted() -> Iterator[None]:
    """One request to the model: timed, counted by its outcome, traced."""
    began, outcome = time.monotonic(), "ok"
    with traces.span("model"):
        try:
            yield
        except _FormatRefused:
            outcome = "FormatRefused"
            raise
        except AssistantDown as down:
            outcome = type(down).__name__
            raise
        finally:
            traces.note("outcome", outcome)
            metrics.MODEL_CALLS.labels(outcome).inc()
            metrics.MODEL_SECONDS.observe(time.monotonic() - began)


@dataclass
class _Refusal(Exception):
    """An HTTP status other than 2xx: what to say, and whether the answer format may be why."""

    down: AssistantDown
    step: Literal["loosen", "drop"] | None


def _refusal(err: "openai.APIStatusError") -> _Refusal:
    status = err.status_code
    wait = retry_after(err.response.headers)
    if status == 429:
        if err.code == "insufficient_quota":
            return _Refusal(Rejected("The model's account has no credit left."), None)
        sentence = "The model is taking no more requests for now. Try again in a few minutes."
        return _Refusal(RateLimited(sentence, wait), None)
    if status == 503:
        return _Refusal(Loading("The model is still loading. Try again in a minute.", wait), None)
    if status in (408, 409, 425) or status >= 500:
        sentence = f"The model's endpoint failed (HTTP {status}). Try again in a few minutes."
        return _Refusal(Failing(sentence, wait), None)
    if status in (401, 403):
        return _Refusal(Rejected("The model's endpoint does not accept our key. Check it."), None)
    if status == 404:
        sentence = "The endpoint knows no such model. Check the model's name and the base URL."
        return _Refusal(Rejected(sentence), None)
    if err.code == "content_filter":
        return _Refusal(Declined("The endpoint's content filter stopped this draft."), None)
    sentence = f"The model's endpoint did not accept the request (HTTP {status})."
    if status in (400, 422):
        # Some take a schema but no bounds in it; some take no schema at all.
        # llama.cpp turns bounds into a grammar and, past a size, says that it cannot parse that.
        said = f"{err.message} {err.body}".lower()
        bounds = any(word in said for word in ("maxlength", "grammar", "repetition"))
        return _Refusal(Rejected(sentence), "loosen" if bounds else "drop")
    return _Refusal(Rejected(sentence), None)


def _next_format(wanted: Format, step: Literal["loosen", "drop"]) -> Format | None:
    if step == "drop" and wanted != "json object":
        return "json object"
    return _NEXT_FORMAT.get(wanted)


def _response_format(shape: Shape, wanted: Format) -> dict[str, object]:
    if wanted == "json object":
        return {"type": "json_object"}
    schema = shape.schema(bounded=wanted == "strict schema")
    return {
        "type": "json_schema",
        "json_schema": {"name": shape.name, "strict": True, "schema": schema},
    }


def _turn(message: Message) -> Any:
    return {"role": message.role, "content": message.content}


def _content(body: bytes) -> str:
    if body.lstrip()[:1] == b"<":
        raise Rejected("A web page answered instead of a model. Check the model's base URL.")
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError:
        # Also where the length was not announced and the end never came.
        raise _cut_off() from None
    choice = completion.choices[0]
    if choice.finish_reason == "length":
        raise TooLong("The model ran out of room before the draft was whole.")
    if choice.finish_reason == "content_filter":
        raise Declined("The endpoint's content filter stopped this draft.")
    if choice.message.refusal:
        raise Declined("The model declined to write this draft.")
    if not choice.message.content or not choice.message.content.strip():
        raise Garbled("The model gave an empty answer. Try again in a few minutes.")
    return choice.message.content


def _cut_off() -> Garbled:
    return Garbled("The model's answer arrived damaged or cut off. Try again in a few minutes.")


def _too_slow() -> TooSlow:
    return TooSlow("The model took too long to answer. Try again in a few minutes.")


def _within(seconds: float, work: Callable[[], bytes]) -> bytes:
    """`work()`, given up on after so many seconds.

    A thread of its own, since the client's time-outs are per read: name look-ups and an answer
    whose headers come a byte a minute have none. What is given up on ends by itself: at its next
    byte past the deadline, or when the other side hangs up.
    """
    outcome: Future[bytes] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as err:  # noqa: BLE001 - carried to the caller, who raises it
            outcome.set_exception(err)

    threading.Thread(target=run, name="assistant-request", daemon=True).start()
    try:
        return outcome.result(timeout=seconds)
    except TimeoutError:
        raise _too_slow() from None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the endpoint asks us to wait, or None.

    Retry-After is a number of seconds or a date (RFC 9110, section 10.2.3); a date is counted
    from the answer's own Date header where there is one, so that no clock needs to agree with
    ours. Some endpoints send milliseconds in Retry-After-Ms.
    """
    milliseconds = _seconds(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    plain = _seconds(value)
    if plain is not None or value is None:
        return plain
    until = _date(value)
    if until is None:
        return None
    since = _date(headers.get("date", "")) or datetime.now(UTC)
    return max(0.0, (until - since).total_seconds())


def _seconds(value: str | None) -> float | None:
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _with_version(base_url: str) -> str:
    """`base_url` with a /v1 where it names no version: "http://localhost:11434" is enough.

    A version anywhere in the path is left as it is, such as /openai/v1/ or /v1beta/openai/.
    """
    url = urlsplit(base_url.strip())
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError("The model's base URL must start with http:// or https:// and a host.")
    path = url.path.rstrip("/").removesuffix("/chat/completions")
    steps = path.split("/")
    if not any(step[:1] == "v" and step[1:2].isdigit() for step in steps):
        path += "/v1"
    return url._replace(path=path, fragment="").geturl()
