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
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from app.assistant.addresses import Address, addresses
from app.assistant.answers import Answer, content, cut_off
from app.assistant.errors import (
    AssistantDown,
    TooLong,
    TooSlow,
    Unreachable,
)
from app.assistant.refusals import Refusal, refused
from app.assistant.shapes import MemoShape, Shape
from app.assistant.waits import retry_after
from app.telemetry import metrics, traces

if TYPE_CHECKING:
    import openai

log = logging.getLogger(__name__)

OPENAI_URL: Final = "https://api.openai.com/v1"
MAX_BODY: Final = 1_000_000
"""Bytes. Five parts are some 10 kB, so a body past this is not an answer."""
FIRST_WAIT: Final = 0.5
"""Seconds before the second attempt where the endpoint names none; doubled each time."""

Result = TypeVar("Result")

AnyShape = Shape | MemoShape
Role = Literal["system", "user", "assistant"]
Format = Literal["strict schema", "plain schema", "json object", "none"]
_NEXT_FORMAT: Final[Mapping[Format, Format]] = {
    "strict schema": "plain schema",
    "plain schema": "json object",
    "json object": "none",
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


@dataclass(frozen=True)
class _Manner:
    """How an endpoint is asked: the answer format, whether the system role is folded into the question, which of the
    addresses that its base URL may mean."""

    format: Format = "strict schema"
    folded: bool = False
    address: int = 0


class _Refused(Exception):
    """The endpoint does not take what was asked in this manner; `manner` is the next one worth trying."""

    def __init__(self, manner: _Manner, otherwise: AssistantDown, *, crashed: bool) -> None:
        super().__init__(manner)
        self.manner = manner
        self.otherwise = otherwise
        self.crashed = crashed


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
        self._addresses = addresses(base_url) if base_url else (Address(OPENAI_URL),)
        # A local endpoint takes any key, the client insists on one. With no base URL there is
        # always a real key: connect() sees to it.
        self._api_key = api_key or "no-key-needed"
        self._timeout = timeout
        self._max_attempts = max_attempts
        self._sleep = sleep
        self._manner = _Manner()
        self._crashes = 0
        self._crashed_last = False
        self._lock = threading.Lock()
        self._clients: dict[int, openai.OpenAI] = {}
        self.budget: int | None = None
        """Characters of sources that this model was seen to take; None where all of them fit."""

    def __repr__(self) -> str:
        return f"Endpoint(model={self.model!r})"

    def allowance(self, *, attempts: int | None = None) -> Allowance:
        """What one call may spend: `timeout` seconds for each attempt, waits included."""
        attempts = attempts or self._max_attempts
        return Allowance(attempts=attempts, seconds=self._timeout * attempts)

    def ask(self, messages: Sequence[Message], shape: AnyShape | None, allowance: Allowance) -> Answer:
        """The model's answer. Raises AssistantDown.

        With a `shape`, the strictest response_format the endpoint takes is used. What it takes, how it wants to be
        addressed and whether it knows a system role is remembered as long as this object lives.
        """
        # Importing the client takes a second the first time: that is no endpoint's fault.
        self._connected(0)
        manner, wait = self._manner, FIRST_WAIT
        while True:
            began = time.monotonic()
            try:
                with _counted():
                    answer = self._once(messages, shape, manner, min(self._timeout, allowance.seconds))
            except _Refused as refused:
                allowance.seconds -= time.monotonic() - began
                last = allowance.attempts <= 1
                if refused.crashed and not last:
                    # A crash may pass, or be the schema's doing: the next attempt waits, and leaves it out.
                    allowance.attempts -= 1
                    if wait >= allowance.seconds:
                        raise refused.otherwise from None
                    self._sleep(wait)
                    allowance.seconds -= wait
                    wait *= 2
                if allowance.seconds <= 0:
                    raise refused.otherwise from None
                manner = refused.manner
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
            if manner != self._manner:
                self._remember(manner, shape)
            elif shape is not None and manner.format == "strict schema":
                self._crashes = 0  # it can, and failed for another reason
            return answer

    def doubt(self) -> None:
        """What came without a schema was of no use: a server that only failed for a while is asked with one again."""
        if self._crashes and self._manner.format != "strict schema":
            self._crashes, self._manner = 0, replace(self._manner, format="strict schema")

    def _remember(self, manner: _Manner, shape: AnyShape | None) -> None:
        """What answered is asked for from the first; after one crash alone the schema is given another chance."""
        if shape is None:
            manner = replace(manner, format=self._manner.format)
        elif manner.format != self._manner.format and self._crashed_last:
            self._crashes += 1
            if self._crashes < 2:
                manner = replace(manner, format=self._manner.format)
        if manner != self._manner:
            log.info("%s is asked from now on with: %s", self.model, manner)
            self._manner = manner

    def _once(self, messages: Sequence[Message], shape: AnyShape | None, manner: _Manner, seconds: float) -> Answer:
        response_format = None if shape is None else _response_format(shape, manner.format)
        try:
            body = within(seconds, lambda: self._post(messages, response_format, seconds, manner))
            return content(body)
        except Refusal as refusal:
            then = self._next(manner, refusal, shape is not None)
            if then is not None:
                self._crashed_last = refusal.crashed
                raise _Refused(then, refusal.down, crashed=refusal.crashed) from None
            raise refusal.down from None

    def _next(self, manner: _Manner, refusal: Refusal, shaped: bool) -> _Manner | None:
        """The next manner worth trying after a refusal; None where there is none."""
        if refusal.absent and manner.address + 1 < len(self._addresses):
            return replace(manner, address=manner.address + 1)
        if refusal.step == "fold" and not manner.folded:
            return replace(manner, folded=True)
        if shaped and (refusal.step in ("loosen", "drop") or refusal.crashed):
            step = _next_format(manner.format, "drop" if refusal.crashed or refusal.step == "drop" else "loosen")
            return replace(manner, format=step) if step is not None else None
        return None

    def _post(self, messages: Sequence[Message], response_format: Any, seconds: float, manner: _Manner) -> bytes:
        import httpx2
        import openai

        deadline = time.monotonic() + seconds
        body = bytearray()
        try:
            with self._connected(manner.address).chat.completions.with_streaming_response.create(
                model=self.model,
                messages=[_turn(message) for message in (_folded(messages) if manner.folded else messages)],
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
            raise refused(err.status_code, retry_after(err.response.headers), err.body or err.message) from None
        except (openai.APITimeoutError, httpx2.TimeoutException):
            raise _too_slow() from None
        except openai.APIConnectionError:
            raise Unreachable("Nothing answers at the model's address. Check that it runs and its base URL.") from None
        except (openai.OpenAIError, httpx2.HTTPError):
            raise cut_off() from None
        return bytes(body)

    def _connected(self, address: int) -> "openai.OpenAI":
        with self._lock:
            if address not in self._clients:
                import openai

                # At DEBUG the client logs whole requests: memos and threads stay out of logs.
                client_log = logging.getLogger("openai")
                client_log.setLevel(max(client_log.level, logging.INFO))
                where = self._addresses[address]
                self._clients[address] = openai.OpenAI(
                    api_key=self._api_key,
                    base_url=where.base,
                    default_query=dict(where.query),
                    # A deployment of Azure takes its key in a header of its own.
                    default_headers={"api-key": self._api_key} if "/deployments/" in where.base else {},
                    max_retries=0,
                )
            return self._clients[address]


@contextmanager
def _counted() -> Iterator[None]:
    """One request to the model: timed, counted by its outcome, traced."""
    began, outcome = time.monotonic(), "ok"
    with traces.span("model"):
        try:
            yield
        except _Refused:
            outcome = "FormatRefused"
            raise
        except AssistantDown as down:
            outcome = type(down).__name__
            raise
        finally:
            traces.note("outcome", outcome)
            metrics.MODEL_CALLS.labels(outcome).inc()
            metrics.MODEL_SECONDS.observe(time.monotonic() - began)


def _next_format(wanted: Format, step: Literal["loosen", "drop"]) -> Format | None:
    if step == "drop" and wanted in ("strict schema", "plain schema"):
        return "json object"
    return _NEXT_FORMAT.get(wanted)


def _folded(messages: Sequence[Message]) -> list[Message]:
    """The instructions at the head of the first question, for models that know no system role."""
    system = "\n\n".join(one.content for one in messages if one.role == "system")
    rest = [one for one in messages if one.role != "system"]
    return [Message(rest[0].role, f"{system}\n\n{rest[0].content}"), *rest[1:]] if system and rest else list(messages)


def _response_format(shape: AnyShape, wanted: Format) -> dict[str, object] | None:
    if wanted == "none":
        return None
    if wanted == "json object":
        return {"type": "json_object"}
    schema = shape.schema(bounded=wanted == "strict schema")
    return {
        "type": "json_schema",
        "json_schema": {"name": shape.name, "strict": True, "schema": schema},
    }


def _turn(message: Message) -> Any:
    return {"role": message.role, "content": message.content}


def _too_slow() -> TooSlow:
    return TooSlow("The model took too long to answer. Try again in a few minutes.")


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """`work()`, given up on after so many seconds.

    A thread of its own, since the client's time-outs are per read: name look-ups and an answer
    whose headers come a byte a minute have none. What is given up on ends by itself: at its next
    byte past the deadline, or when the other side hangs up.
    """
    outcome: Future[Result] = Future()

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
