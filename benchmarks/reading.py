"""How long each reader of people's text takes over the worst that is typed: eight times the text, how much longer?

`tests/bench/test_reading.py` holds each of ``readers()`` to it on each of ``UNITS``: new ones belong here.
"""

import logging
import time
from collections.abc import Callable
from datetime import date

from app.assistant import dates as model_dates
from app.assistant import figures, plain, quantities
from app.domain import dates, markdown, memo, reading, tone, typed
from app.domain.amounts import parse_amount
from app.domain.errors import Unreadable
from app.domain.gone import Scrub
from app.domain.memo import Memo, Prediction
from app.slack import ids, spreadsheet
from app.slack.views.text import block_text, inline, sentence
from app.telemetry import logs
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
        return memo.check_memo(whole, today=TODAY)

    def of_an_amount(text: str) -> object:
        try:
            return parse_amount(text)
        except Unreadable:
            return None

    def of_a_date(text: str) -> object:
        try:
            return dates.parse_date(text, today=TODAY)
        except Unreadable:
            return None

    def of_a_line(text: str) -> object:
        record = logging.LogRecord("elsewhere", logging.WARNING, "", 0, text, None, None)
        return logs.TextLines().format(record)

    return {
        "log filter": logs.struck, "log line of a library": of_a_line, "memo checks": of_a_memo,
        "tone": tone.find_tone, "amount": of_an_amount, "date": of_a_date,
        "dates in a text": lambda text: dates.find_dates(text, today=TODAY),
        "has a figure": lambda text: reading.has_figure(text, TODAY), "has a source": reading.has_source,
        "has a verb": reading.has_verb, "has a customer": reading.has_customer, "has a name": reading.has_name,
        "is written": reading.is_written, "words": reading.count_words, "typed": typed.plain, "quoted": typed.quoted,
        "Markdown": markdown.block, "Markdown in a line": markdown.inline, "kept": ids.kept,
        "Slack, in a line": inline, "Slack, a block": block_text,
        "Slack, whole": lambda text: block_text(text, 10**9), "Slack, a sentence": sentence,
        "model's claims": figures.claims, "struck figures": lambda text: figures.strike(text, [text]),
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


def run(quick: bool) -> list[Row]:
    sizes = (200, 1_600) if quick else SIZES
    rows = []
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
