"""How long each reader of people's text takes over the worst that is typed: eight times the text, how much longer?

`tests/bench/test_reading.py` holds each of ``readers()`` to it on each of ``UNITS``: new ones belong here.
"""

import logging
import time
from collections.abc import Callable
from datetime import date

from app.assistant import claims, figures, plain, quantities
from app.assistant import dates as model_dates
from app.domain import plain_text
from app.domain.errors import Unreadable
from app.domain.memo import checks, evidence, markdown, tone
from app.domain.memo.parts import Memo, Prediction
from app.domain.people.erased import Scrub
from app.domain.reading import days_in_forms
from app.slack import ids, spreadsheet
from app.slack.views.text import block_text, inline, sentence
from app.telemetry import logs
from app.words.reading.days import parse_date
from app.words.reading.money import parse_amount
from benchmarks.figures import Row

TODAY = date(2026, 11, 23)

UNITS = {
    "one word": "x", "one big word": "X", "digits": "7", "digits and commas": "1,", "digits and points": "1.",
    "digits and blanks": "1 ", "digits and slashes": "1/", "digits and dashes": "1-", "digits and colons": "1:",
    "money": "$1", "percent": "9%", "blanks": " ", "tabs": "\t", "lines": "\n", "lines and a word": "x\n",
    "points": ".", "dashes": "-", "commas": ",", "colons": ":", "slashes": "/", "less than": "<", "more than": ">",
    "brackets": "[", "round brackets": "(", "quotes": '"', "apostrophes": "'", "stars": "*", "lines below": "_",
    "backticks": "`", "pipes": "|", "at": "@", "ampersands": "&", "links begun": "http://", "links": "http://a.b ",
    "mentions begun": "<@U", "mentions": "<@U012345678> ", "addresses": "a@b.", "tokens begun": "xoxb-",
    "bearers": "Bearer ", "names": "Anna ", "months": "May ", "words": "a word and ", "emoji": "🙂", "accents": "é",
}  # fmt: skip
"""44 shapes, each a piece that is repeated."""

SIZES = (5_000, 10_000, 20_000, 40_000)
"""Characters."""


def shaped(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def readers() -> dict[str, Callable[[str], object]]:
    """Everything that looks at what people wrote, by name."""
    scrub = Scrub("U012345678", "left-1", ["Vera Marlow"])

    def of_a_memo(text: str) -> object:
        prediction = Prediction(text, text, text, TODAY)
        whole = Memo(text, text, text, text, text, text, text, prediction)
        return checks.check_memo(whole, today=TODAY)

    def of_an_amount(text: str) -> object:
        try:
            return parse_amount(text)
        except Unreadable:
            return None

    def of_a_date(text: str) -> object:
        try:
            return parse_date(text, today=TODAY)
        except Unreadable:
            return None

    def of_a_line(text: str) -> object:
        record = logging.LogRecord("elsewhere", logging.WARNING, "", 0, text, None, None)
        return logs.TextLines().format(record)

    return {
        "log filter": logs.struck, "log line of a library": of_a_line, "memo checks": of_a_memo,
        "tone": tone.find_tone, "amount": of_an_amount, "date": of_a_date,
        "dates in a text": lambda text: days_in_forms.find_dates(text, today=TODAY),
        "has a figure": lambda text: evidence.has_figure(text, TODAY), "has a source": evidence.has_source,
        "has a verb": evidence.has_verb, "has a customer": evidence.has_customer, "has a name": evidence.has_name,
        "is written": evidence.is_written, "words": evidence.count_words, "typed": plain_text.plain,
        "quoted": plain_text.quoted,
        "Markdown": markdown.block, "Markdown in a line": markdown.inline, "kept": ids.kept,
        "Slack, in a line": inline, "Slack, a block": block_text,
        "Slack, whole": lambda text: block_text(text, 10**9), "Slack, a sentence": sentence,
        "model's claims": claims.claims, "struck figures": lambda text: figures.strike(text, [text]),
        "quantities": quantities.quantities, "model's dates": lambda text: list(model_dates.dates(text)),
        "disarmed": lambda text: plain.plain(text, [text]), "erasing": scrub.text, "erasing in a thread": scrub.thread,
        "spreadsheet": spreadsheet._cell,
    }  # fmt: skip


def seconds(read: Callable[[str], object], text: str) -> float:
    """The better of two, of this thread's own time: others of the machine are left out."""
    found = []
    for _ in range(2):
        began = time.thread_time()
        read(text)
        found.append(time.thread_time() - began)
    return min(found)


A_LINE = 200
"""Characters of a long log line."""
LINES = {
    **UNITS, "addresses with a password": "https://a:b@c/ ", "addresses to write to": "https://hooks.slack.com/x ",
    "addresses of calls": "asked https://slack.com/api/chat.postMessage?x ",
    "ours": "outbox 12 (notice): T0123456789 D-42 ", "keys begun": "sk-",
    "Slack's tokens": "xoxb-1234567890 ", "triggers": "12345678.12345678.",
    "addresses alone": "a://", "all of them": "xoxb. xapp- sk- Bearer Basic 12345678.1 http://a?b ",
}  # fmt: skip


def microseconds(do: Callable[[str], object], line: str) -> float:
    """What it costs once, of this thread's own time: the best of twenty times fifty."""
    found = []
    for _ in range(20):
        began = time.thread_time()
        for _ in range(50):
            do(line)
        found.append((time.thread_time() - began) / 50)
    return min(found) * 1e6


def run(quick: bool) -> list[Row]:
    sizes = (50, 400) if quick else SIZES
    costs = {name: microseconds(logs.struck, shaped(piece, A_LINE)) for name, piece in LINES.items()}
    dearest = max(costs, key=lambda name: costs[name])
    rows = [Row(f"log filter: a line of {A_LINE} characters, the dearest ({dearest})", f"{costs[dearest]:.0f} µs")]
    for name, read in readers().items():
        read(shaped("x ", sizes[0]))  # what is only done once is not counted
        worst, shape, longest = 0.0, "", 0.0
        for piece_name, piece in UNITS.items():
            took = [seconds(read, shaped(piece, size)) for size in sizes]
            if took[-1] < 0.002:  # too short to say anything
                continue
            longest = max(longest, took[-1])
            growth = took[-1] / max(took[0], 1e-6)
            if growth > worst:
                worst, shape = growth, piece_name
        said = f"× {worst:.1f} ({shape}), {longest * 1000:.0f} ms at most" if worst else "under 2 ms"
        rows.append(Row(f"{name}: {sizes[-1] // sizes[0]} times the text", said))
    return rows
