"""How log lines look, and what they never hold: a token, or anything that people wrote.

Our own lines name kinds, ids and codes. What others hand us is not trusted to: of a library's line only the words that
its authors wrote are kept, of an exception only its type and what can't quote anybody, and whatever still looks like a
secret is struck out of the finished line.
"""

import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from copy import copy
from types import TracebackType
from typing import Any, Literal, TextIO

from pythonjsonlogger.json import JsonFormatter

from app.telemetry.about import FIELDS

Style = Literal["text", "json"]

OURS = "app"
STRUCK = "[struck]"

SECRETS = (
    (("bearer", "basic"), re.compile(r"(?:Bearer|Basic)\s+[\w.~+/=-]{8,}", re.IGNORECASE)),
    (("xox",), re.compile(r"xox[a-z](?:[.-][\w.-]+)+|xoxe\.[\w.-]+", re.IGNORECASE)),  # Slack's tokens
    (("xapp-",), re.compile(r"xapp-[\w-]+", re.IGNORECASE)),
    (("sk-",), re.compile(r"\bsk-[\w-]{8,}", re.IGNORECASE)),  # a model's key
)
"""What a secret looks like, and behind which letters it is looked for at all: most lines have none of them.
The first may hold any of the others."""
TRIGGER = re.compile(r"(?<![\w.])\d{8,}\.\d{8,}\.[0-9a-f]{16,}", re.IGNORECASE)

ADDRESS_GOES_ON = re.compile(r"""[^\s"'\\<>]*""")
SCHEME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-")
HAS_QUERIES = ("http", "https", "ws", "wss")
WRITABLE, READABLE = "hooks.slack.com/", "files.slack.com/"
"""Whoever has such an address may write there, or read a file."""

FILLED_IN = re.compile(r"[:({\[\"'<=«“]")
"""Where the words of a library's line end and what it filled in begins."""

SAID_BY_US = frozenset({"slack_sdk.web.base_client", "waitress.queue"})
"""The one writes a line for every call that Slack does not answer; whoever made the call says what comes of it. The
other one for every delivery that waits for a thread, when time is short; `threshold_pool_waiting` counts them."""

SPEAKS_OF_CODE = (AttributeError, TypeError, NameError, ImportError, AssertionError, NotImplementedError)
"""Exceptions whose messages are about the program, not about what it was given."""


def set_up(level: str, style: Style) -> None:
    """Our own lines at ``level`` and above; libraries only where something is wrong. One line each on stderr."""
    logging.getLogger(OURS).setLevel(level.upper())
    root = logging.getLogger()
    if root.handlers:  # whoever runs us inside a program of their own has said where lines go
        return
    root.addHandler(handler(style, sys.stderr))
    root.setLevel(logging.WARNING)
    threading.excepthook = _thread_failed
    sys.excepthook = _process_failed


def say_why_not(sentence: str, style: Style) -> None:
    """Why a command could not do what was asked: a sentence on stderr, or an object a line like all other lines."""
    if style == "text":
        print(sentence, file=sys.stderr)
        return
    record = logging.LogRecord(OURS, logging.CRITICAL, __file__, 0, "%s", (sentence,), None)
    print(JsonLines().format(record), file=sys.stderr)


def handler(style: Style, to: TextIO) -> logging.Handler:
    """Writes lines that hold no secret and nobody's words, whatever is handed to it."""
    writes = logging.StreamHandler(to)
    writes.setFormatter(JsonLines() if style == "json" else TextLines())
    writes.addFilter(worth_saying)
    return writes


def worth_saying(record: logging.LogRecord) -> bool:
    """A library below WARNING writes down what it sends and receives, whatever its level was set to."""
    return ours(record.name) or (record.levelno >= logging.WARNING and record.name not in SAID_BY_US)


def ours(name: str) -> bool:
    return name == OURS or name.startswith(f"{OURS}.")


def struck(line: str) -> str:
    """The last line of defence: without whatever looks like a secret. The time it takes grows with the line alone."""
    low = line.lower()
    if "://" in line and ("@" in line or "?" in line or WRITABLE in low or READABLE in low):
        line = _without_secret_addresses(line)
    for letters, pattern in SECRETS:
        if any(one in low for one in letters):
            line = pattern.sub(STRUCK, line)
    return TRIGGER.sub(STRUCK, line) if line.count(".") > 1 else line


def _without_secret_addresses(line: str) -> str:
    """Those with a password, with a query (a ticket, a signature), and those that whoever has them may write to."""
    kept, done = list[str](), 0
    at = line.find("://")
    while at >= 0:
        begin = at
        while begin > done and line[begin - 1] in SCHEME:
            begin -= 1
        goes_on = ADDRESS_GOES_ON.match(line, at + 3)
        end = goes_on.end() if goes_on else at + 3
        secret = _is_secret(line[begin:at].lower(), line[at + 3 : end])
        kept += (line[done:begin], STRUCK if secret else line[begin:end])
        done = end
        at = line.find("://", end)
    return "".join([*kept, line[done:]])


def _is_secret(scheme: str, rest: str) -> bool:
    if "@" in rest or ("?" in rest and scheme.endswith(HAS_QUERIES)):
        return True
    low = rest.lower()
    return WRITABLE in low or READABLE in low


def authors_words(record: logging.LogRecord) -> str:
    """Of a library's line: its template, with numbers filled in; of a finished sentence, what comes before the first
    bracket, colon or quote."""
    message = str(record.msg)
    if not record.args:
        return FILLED_IN.split(message, maxsplit=1)[0].strip() or "…"
    if isinstance(record.args, Mapping):  # logging's own way of filling in by name
        return message % {name: _Unsaid() for name in record.args}
    values = record.args
    try:
        return message % tuple(value if isinstance(value, int | float) else _Unsaid() for value in values)
    except (TypeError, ValueError):
        return FILLED_IN.split(message, maxsplit=1)[0].strip() or "…"


class _Unsaid:
    def __repr__(self) -> str:
        return "…"

    __str__ = __repr__


def told(error: BaseException) -> str:
    """An exception and those behind it: where it happened and of which type, without a word of what it says."""
    return "\n".join(_chain(error))


def _chain(error: BaseException) -> Iterator[str]:
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind is not None:
        yield from _chain(behind)
        yield "then:"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    detail = _detail(error)
    yield f"{type(error).__module__}.{type(error).__qualname__}{f': {detail}' if detail else ''}"


def _detail(error: BaseException) -> str:
    """What an operator needs of the message, where it can't quote anybody."""
    if isinstance(error, SPEAKS_OF_CODE):
        return str(error)
    if isinstance(error, OSError):
        return os.strerror(error.errno) if isinstance(error.errno, int) and error.errno > 0 else ""
    original = getattr(error, "orig", None)  # SQLAlchemy's: PostgreSQL's code, or SQLite's
    for holder in (error, original):
        for name in ("sqlstate", "sqlite_errorname"):
            code = getattr(holder, name, None)
            if isinstance(code, str):
                return code
    return ""


class _Lines(logging.Formatter):
    """What both styles share. ``record`` stays as it is, for whoever else looks at it."""

    def prepared(self, record: logging.LogRecord) -> logging.LogRecord:
        line = copy(record)
        if not ours(record.name):
            line.msg, line.args = authors_words(record), ()
        line.exc_text = line.stack_info = None
        return line

    def formatException(self, ei: Any) -> str:
        return told(ei[1])


class TextLines(_Lines):
    """Time, level, logger, words, and what it is about."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = self.prepared(record)
        known = " ".join(value for field in FIELDS.values() if (value := field.get()))
        if known:
            line.msg, line.args = f"{line.getMessage()} [{known}]", ()
        return struck(super().format(line))


class JsonLines(_Lines, JsonFormatter):
    """One JSON object a line: time, level, logger, message; workspace, decision and delivery where there is one."""

    def __init__(self) -> None:
        JsonFormatter.__init__(
            self,
            "%(levelname)s %(name)s %(message)s",
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "error"},
            timestamp="time",
            json_ensure_ascii=False,
        )

    def format(self, record: logging.LogRecord) -> str:
        line = self.prepared(record)
        for name, field in FIELDS.items():
            if value := field.get():
                setattr(line, name, value)
        return struck(JsonFormatter.format(self, line))


# ── what nobody caught ──────────────────────────────────────────────────────────────────────────────────

log = logging.getLogger("app")


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None and not issubclass(failed.exc_type, SystemExit):
        name = failed.thread.name if failed.thread else "?"
        log.critical("the thread %s ended", name, exc_info=failed.exc_value)


def _process_failed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        log.critical("Threshold ended", exc_info=error)
