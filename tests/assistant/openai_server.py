"""A small OpenAI-compatible server on a loopback socket, told by tests how to behave.

    with OpenAIServer() as server:
        server.replies.append(status(503))   # once, then back to good drafts
        connect(api_key=None, base_url=server.url, model="test", sleep=...)

With no reply queued it writes a plausible draft out of the sources it was sent, so that it serves
where a whole bot is run. `requests` records everything it was asked.
"""

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

TITLE = "Title of the decision"


@dataclass(frozen=True)
class Asked:
    """One request as it came in; `headers` have lower-case names."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        """All messages, joined."""
        return "\n".join(str(message["content"]) for message in self.body["messages"])

    @property
    def sources(self) -> list[dict[str, str]]:
        """The sources of every block between <sources> and </sources>."""
        asked = str(next(m for m in self.body["messages"] if m["role"] == "user")["content"])
        blocks = re.findall(r"^<sources>\n(.*)\n</sources>$", asked, re.M)
        return [source for block in blocks for source in json.loads(block)]

    @property
    def format(self) -> str | None:
        """The type of the response_format asked for."""
        wanted = self.body.get("response_format")
        return None if wanted is None else str(wanted["type"])


class Exchange(BaseHTTPRequestHandler):
    """One connection, given to a reply to do with what it likes."""

    protocol_version = "HTTP/1.1"
    server: "_Listener"
    asked: Asked

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.asked = Asked(self.path, headers, json.loads(body))
        self.close_connection = True
        reply = self.server.owner.take(self.asked)
        with suppress(ConnectionError):  # the client hangs up on some of these, as it should
            reply(self)

    def head(self, code: int, headers: Mapping[str, str]) -> None:
        """Send the status line and the headers, and say that the connection ends here."""
        self.send_response(code)
        for name, value in {"Connection": "close", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def pause(self, seconds: float) -> bool:
        """Wait; False once the server is being stopped."""
        return not self.server.owner.stopping.wait(seconds)

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: `requests` is the record."""


Reply = Callable[[Exchange], None]


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    owner: "OpenAIServer"


class OpenAIServer:
    """The server, a context manager. Replies are used up in order, then `default` answers."""

    def __init__(self, default: Reply | None = None) -> None:
        self.replies: deque[Reply] = deque()
        self.default: Reply = default or draft
        self.requests: list[Asked] = []
        self.paths = {"/v1/chat/completions", "/v1/embeddings"}
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._listener = _Listener(("127.0.0.1", 0), Exchange)
        self._listener.owner = self
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """The base URL, its /v1 included."""
        return f"{self.bare_url}/v1"

    @property
    def bare_url(self) -> str:
        """The base URL as people often give it: host and port alone."""
        return f"http://127.0.0.1:{self._listener.server_port}"

    def take(self, asked: Asked) -> Reply:
        """Record a request and say how to answer it."""
        with self._lock:
            self.requests.append(asked)
            if asked.path.replace("+", "%20") not in self.paths:
                return status(404, "Not Found")
            return self.replies.popleft() if self.replies else self.default

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()


# Good answers


def completion(text: str | None, finish_reason: str | None = "stop", refusal: str | None = None) -> bytes:
    """The body of a chat completion."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1_795_000_000, "model": "test"}
    return json.dumps({**body, "choices": [choice]}).encode()


def raw(body: bytes, content_type: str = "application/json", code: int = 200) -> Reply:
    """These bytes, whatever they are."""

    def reply(exchange: Exchange) -> None:
        exchange.head(code, {"Content-Type": content_type, "Content-Length": str(len(body))})
        exchange.wfile.write(body)

    return reply


def says(text: str | None, finish_reason: str | None = "stop", refusal: str | None = None) -> Reply:
    """A completion with this content."""
    return raw(completion(text, finish_reason, refusal))


def parts(**given: str) -> Reply:
    """A draft with these parts; those not given are empty."""
    names = ("decision", "one_way", "data", "inaction", "ask")
    return says(json.dumps({name: given.get(name, "") for name in names}))


def draft(exchange: Exchange) -> None:
    """A plausible answer to what was asked: a memo, a rewrite, or one word."""
    asked = exchange.asked
    if "JSON object" not in asked.prompt:
        content = "ready"
    elif '"one_way"' in asked.prompt:
        content = json.dumps(_memo(asked.sources))
    else:
        content = json.dumps({"text": _calm(asked.sources[0]["text"])})
    says(content)(exchange)


def embeddings(meaning: Callable[[str], Sequence[float]]) -> Reply:
    """Vectors of what was sent, the last first: a server may answer in any order."""

    def reply(exchange: Exchange) -> None:
        sent = list(enumerate(exchange.asked.body["input"]))
        data = [{"object": "embedding", "index": at, "embedding": list(meaning(text))} for at, text in reversed(sent)]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        raw(json.dumps({"object": "list", "data": data, "model": "test", "usage": usage}).encode())(exchange)

    return reply


def _memo(sources: list[dict[str, str]]) -> dict[str, str]:
    title = next((s["text"] for s in sources if s["label"] == TITLE), "this decision")
    answers = [s for s in sources if s["kind"] == "answer" and s["label"] != TITLE]
    figures = [s for s in sources if re.search(r"\d", s["text"]) and s["label"] != TITLE]
    said = [f"{s['label']}: {s['text'].strip()}" for s in answers] or ["The sources do not say."]
    return {
        "decision": f"We need a decision: {title.strip()}"[:900],
        "one_way": said[0][:900],
        "data": "; ".join(f"{s['text'].strip()} ({s['label']})" for s in figures[:3])[:900],
        "inaction": said[-1][:900],
        "ask": f"Please decide: {title.strip()}"[:900],
    }


def _calm(text: str) -> str:
    words = r"\b(?:very|extremely|absolutely|totally|terrible|terribly|horrible)\s+"
    return re.sub(words, "", text, flags=re.I).replace("!", ".")


# Misbehaviour


def status(code: int, message: str = "no", headers: Mapping[str, str] | None = None, code_name: str = "") -> Reply:
    """An error as the API words it."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": code_name or None}}).encode()

    def reply(exchange: Exchange) -> None:
        lengths = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        exchange.head(code, lengths | dict(headers or {}))
        exchange.wfile.write(body)

    return reply


def only(*formats: str | None) -> Reply:
    """Good drafts, but a 400 to any response_format that is not one of these types."""

    def reply(exchange: Exchange) -> None:
        good = exchange.asked.format in formats
        (draft if good else status(400, "response_format is not supported"))(exchange)

    return reply


def unbounded(exchange: Exchange) -> None:
    """Good drafts, but a 400 to any schema with a maxLength in it."""
    bounded = "maxLength" in json.dumps(exchange.asked.body.get("response_format"))
    (status(400, "'maxLength' is not permitted") if bounded else draft)(exchange)


def web_page(exchange: Exchange) -> None:
    """A login page where an API was expected."""
    raw(b"<!doctype html>\n<html><body>Sign in</body></html>", "text/html")(exchange)


def cut_short(exchange: Exchange) -> None:
    """Half of the bytes that were announced."""
    body = completion("{}")
    exchange.head(200, {"Content-Type": "application/json", "Content-Length": str(len(body))})
    exchange.wfile.write(body[: len(body) // 2])


def cut_chunks(exchange: Exchange) -> None:
    """A chunked answer whose connection ends in the middle of a chunk."""
    body = completion("{}")
    exchange.head(200, {"Content-Type": "application/json", "Transfer-Encoding": "chunked"})
    exchange.wfile.write(b"%x\r\n" % len(body) + body[: len(body) // 2])


def corrupt(exchange: Exchange) -> None:
    """An answer of the right length with a hole in its JSON."""
    body = completion("{}")
    raw(body[:40] + b"\x00\xff" * 10 + body[60:])(exchange)


def hangs(exchange: Exchange) -> None:
    """No byte at all, for as long as the client waits."""
    while exchange.pause(0.05):
        pass


def trickles(exchange: Exchange) -> None:
    """A body that never ends, a byte at a time, never slow enough for a read time-out."""
    exchange.head(200, {"Content-Type": "application/json"})
    while exchange.pause(0.02):
        exchange.wfile.write(b" ")


def trickles_headers(exchange: Exchange) -> None:
    """The same before the body: one more header, and one more."""
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while exchange.pause(0.02):
        exchange.wfile.write(b"X-More: 1\r\n")


def huge(exchange: Exchange) -> None:
    """Ten megabytes of a part."""
    says('{"decision": "' + "a" * 10_000_000 + '"}')(exchange)


def hangs_up(exchange: Exchange) -> None:
    """The connection is closed without an answer."""
