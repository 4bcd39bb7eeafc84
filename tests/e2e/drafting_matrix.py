"""Shapes of an answer after faults: a real bot against a server on a socket, one notice and a usable card each."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.assistant import connect
from demo.company import found
from demo.stories import Telling
from sandbox import Limits
from tests.assistant import openai_server as model_says
from tests.assistant.answer_shapes import replies
from tests.assistant.openai_server import OpenAIServer, Reply, raw, status
from tests.e2e import scenes
from tests.e2e.house import BriskStage

TEXT = "Every week until 27 November costs $67k."
SHAPES: dict[str, Reply] = replies(TEXT)
_FULL = {
    "error": {
        "code": 400, "type": "exceed_context_size_error", "message": "the request exceeds the available context size",
        "n_prompt_tokens": 1128, "n_ctx": 1024,
    }
}  # fmt: skip
FAULTS: dict[str, Reply] = {
    "asks for fewer requests": status(429, headers={"Retry-After-Ms": "100"}),
    "crashes": status(500),
    "is behind a gateway that has lost it": status(502),
    "is loading": status(503),
    "takes no schema": status(400, "response_format is not supported"),
    "finds the sources too long": raw(json.dumps(_FULL).encode(), code=400),
    "has no credit left": status(402, "Insufficient Balance"),
    "takes no such key": status(401, "Invalid API key"),
    "says an error with HTTP 200": raw(b'{"error": {"message": "Provider returned error", "code": 502}}'),
    "sends half of its answer": model_says.cut_short,
    "hangs up": model_says.hangs_up,
    "takes too long": model_says.hangs,
}  # fmt: skip
NOTICES = ("for your memo", "has nothing to change in the memo", "The assistant could not draft this.")
"""How a draft may end, in a few words of each notice."""


@dataclass(frozen=True)
class Cell:
    """A server that has a fault, and then answers in a shape; None: the fault goes on."""

    fault: str
    shape: str | None


def cells() -> list[Cell]:
    return [Cell(fault, shape) for fault in FAULTS for shape in (*SHAPES, None)]


@contextmanager
def telling(database_url: str) -> Iterator[tuple[Telling, OpenAIServer]]:
    """A bot with a server of its own, and Sam's memo on its card."""
    with (
        OpenAIServer() as server,
        BriskStage(
            database_url=database_url,
            limits=Limits(rates=False, retry_delays=(0.02, 0.05, 0.1)),
            assistant=connect(api_key=None, base_url=server.url, model="test", sleep=lambda _: None),
            settings=lambda given: given.model_copy(update={"openai_base_url": server.url}),
        ) as stage,
    ):
        stage.begin()
        t = Telling(stage, found(stage))
        scenes.drafting(t)
        yield t, server
        assert stage.refused() == []


def try_one(t: Telling, server: OpenAIServer, cell: Cell) -> str:
    """Which notice came: exactly one, and the card offers what there is to do. A bot that has just started asks."""
    sam = t.cast.sam
    t.stage.bot.due.drafts.assistant = connect(
        api_key=None, base_url=server.url, model="test", timeout=2.0, max_attempts=3, sleep=lambda _: None
    )
    server.replies.clear()
    if cell.shape is None:
        server.default = FAULTS[cell.fault]
    else:
        server.replies.append(FAULTS[cell.fault])
        server.default = SHAPES[cell.shape]
    before = {message.ts for message in sam.sees()}
    t.taps(sam, "assist", on=t.card(sam, "send_open"))
    new = [scenes.text(message) for message in sam.sees() if message.ts not in before]
    came = [words for message in new for words in NOTICES if words in message]
    assert len(came) == 1, f"{cell}: {new}"
    card = t.card(sam, "send_open")
    assert "is drafting" not in str(card.blocks), cell
    said = came[0]
    if said == NOTICES[0]:
        t.taps(sam, "suggestions_open", on=t.card(sam, "suggestions_open"))
        t.stage.slack.wait_for(lambda: sam.modal, what="the suggestions")
        view = sam.modal
        assert view is not None
        assert TEXT in json.dumps(view.body, ensure_ascii=False), cell
        t.must(sam.submit({}))
        t.stage.pump()
    assert "Draft it with the assistant" in str(t.card(sam, "send_open").blocks), cell
    t.must(t.fills(sam, "memo_open", {}, on=t.card(sam, "send_open")))
    return said
