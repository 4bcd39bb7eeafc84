"""The assistant over a real endpoint: ask, read, check, and hand back a draft."""

import json
import logging
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from app.assistant import figures, prompting
from app.assistant.drafts import PARTS, MemoDraft, PartDraft, Source
from app.assistant.endpoint import Endpoint, Message
from app.assistant.errors import Nonsense
from app.assistant.plain import plain
from app.assistant.shapes import MEMO, Shape, WrongShape

log = logging.getLogger(__name__)

_Read = TypeVar("_Read")
_MARGIN: Final = 200
"""Characters a rewrite may be longer than its original."""
_SHOWN_AGAIN: Final = 8_000
"""Characters of a wrong answer that are sent back for correction."""


class Drafter:
    """An `Assistant` on an endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def draft_memo(self, title: str, sources: Sequence[Source]) -> MemoDraft:
        """Draft the five parts. The title counts as a source. Raises AssistantDown."""
        drawn_on = [Source("answer", "Title of the decision", title), *sources]
        about = "The decision is the source labelled “Title of the decision”."
        found = self._ask("memo", about, MEMO, MEMO.read, drawn_on)
        parts = {part: _checked(found[part], drawn_on) for part in PARTS}
        log.info("memo drafted, %d struck", sum(len(draft.struck) for draft in parts.values()))
        return MemoDraft(parts, self._endpoint.model, prompting.version("memo"))

    def neutral(self, part: str, text: str, sources: Sequence[Source]) -> PartDraft:
        """Rewrite one part. The text itself counts as a source. Raises AssistantDown."""
        if part not in PARTS:
            raise ValueError(f"The memo has no part called {part!r}.")
        if not text.strip():
            raise ValueError("There is nothing to rewrite yet.")
        original = Source("memo", "rewrite this", text)
        # In a block of its own, outside the budget: a text that was cut would lose its facts.
        about = f"The part is {json.dumps(part)}.\n\n{prompting.enclose([original])}"
        shape = Shape("rewrite", {"text": len(text) + _MARGIN})

        def read(answer: str) -> str:
            rewritten = shape.read(answer)["text"]
            lost = figures.strike(text, [rewritten]).struck
            if lost:
                raise WrongShape(f"it left out {', '.join(lost)}")
            return rewritten

        rewritten = self._ask("neutral", about, shape, read, sources)
        draft = _checked(rewritten, [*sources, original])
        log.info("part rewritten, %d struck", len(draft.struck))
        return draft

    def ping(self) -> str:
        """Ask for one word, once. Raises AssistantDown."""
        self._endpoint.ask(
            [Message("user", "Answer with the one word: ready")],
            None,
            self._endpoint.allowance(attempts=1),
        )
        return self._endpoint.model

    def _ask(
        self,
        name: str,
        about: str,
        shape: Shape,
        read: Callable[[str], _Read],
        sources: Sequence[Source],
    ) -> _Read:
        """What `read` makes of the answer, after one correction at most."""
        messages = prompting.conversation(name, about, sources)
        allowance = self._endpoint.allowance()
        answer = self._endpoint.ask(messages, shape, allowance)
        try:
            return read(answer)
        except WrongShape as wrong:
            problem = wrong
        if allowance.seconds <= 0:
            raise _nonsense()
        messages.append(Message("assistant", answer[:_SHOWN_AGAIN]))
        messages.append(Message("user", f"{prompting.prompt('again')}{problem}."))
        try:
            return read(self._endpoint.ask(messages, shape, allowance))
        except WrongShape:
            raise _nonsense() from None


def _checked(text: str, sources: Sequence[Source]) -> PartDraft:
    """A part as it may be shown: plain text, its unsupported figures and dates struck."""
    texts = [piece for source in sources for piece in (source.label, source.text)]
    result = figures.strike(plain(text, texts), texts)
    return PartDraft(result.text.strip(), result.struck)


def _nonsense() -> Nonsense:
    return Nonsense("The model did not give what was asked for. You can write it yourself.")
