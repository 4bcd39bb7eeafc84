"""The assistant over a real endpoint: ask, read, check, and hand back a draft."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from app.assistant import prompting
from app.assistant.citing import check, supporting
from app.assistant.drafts import EXTRA_PARTS, PARTS, Dropped, MemoDraft, PartDraft, Sentence, Source
from app.assistant.endpoint import Allowance, AnyShape, Endpoint, Message
from app.assistant.errors import Nonsense, NoRoom, TooLong
from app.assistant.neutrality import worse
from app.assistant.plain import plain
from app.assistant.prompting import BUDGET, Sent
from app.assistant.shapes import MEMO, Said, Shape, WrongShape

log = logging.getLogger(__name__)

_Read = TypeVar("_Read")
_MARGIN: Final = 200
"""Characters a rewrite may be longer than its original before it is read at all."""
_SHOWN_AGAIN: Final = 8_000
"""Characters of a wrong answer that are sent back for correction."""
_LEAST_BUDGET: Final = 1_000
"""Characters of sources below which a draft is of no use."""


class Drafter:
    """An `Assistant` on an endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def draft_memo(self, title: str, sources: Sequence[Source]) -> MemoDraft:
        """Draft the five parts. The title counts as a source. Raises AssistantDown."""
        drawn_on = [Source("answer", "Title of the decision", title), *sources]
        about = "The decision is the source labelled “Title of the decision”."
        found, sent = self._ask("memo", about, MEMO, MEMO.read, drawn_on)
        parts = {part: _part(found.get(part, ()), sent) for part in PARTS}
        log.info(
            "memo drafted, %d struck, %d sentences dropped, %d messages left out",
            sum(len(draft.struck) for draft in parts.values()),
            sum(len(draft.dropped) for draft in parts.values()),
            sent.left_out,
        )
        return MemoDraft(parts, self._endpoint.model, prompting.version("memo"), sent.left_out)

    def neutral(self, part: str, text: str, sources: Sequence[Source]) -> PartDraft:
        """Rewrite one part. The text itself counts as a source. Raises AssistantDown."""
        if part not in (*PARTS, *EXTRA_PARTS):
            raise ValueError(f"The memo has no part called {part!r}.")
        if not text.strip():
            raise ValueError("There is nothing to rewrite yet.")
        original = Source("memo", "rewrite this", text)
        # In a block of its own, outside the budget: a text that was cut would lose its facts.
        about = f"The part is {json.dumps(part)}.\n\n{prompting.enclose([original])}"
        shape = Shape("rewrite", {"text": len(text) + _MARGIN})

        def read(answer: str) -> str:
            rewritten = shape.read(answer)["text"].strip()
            if problem := worse(text, rewritten):
                raise WrongShape(problem)
            return plain(rewritten, [text]).strip()

        # The text is all that a rewrite needs: sources beside it would only tempt a model to add from them.
        rewritten, _ = self._ask("neutral", about, shape, read, ())
        log.info("part rewritten")
        return PartDraft(rewritten, model=self._endpoint.model, prompt_version=prompting.version("neutral"))

    @property
    def model(self) -> str:
        """The model's name."""
        return self._endpoint.model

    def ping(self) -> str:
        """Ask for a small draft with the real schema, once. Raises AssistantDown."""
        about = "The decision is the source labelled “Title of the decision”."
        sent = prompting.sent([Source("answer", "Title of the decision", "Should the button say “Buy now”?")])
        answer = self._endpoint.ask(
            prompting.conversation("memo", about, sent), MEMO, self._endpoint.allowance(attempts=1)
        )
        try:
            MEMO.read(answer.text)
        except WrongShape as wrong:
            if not wrong.good and "empty" not in str(wrong):
                raise Nonsense(
                    f"{self._endpoint.model} answers, but not with the JSON that a draft needs. Choose another model."
                ) from None
        return self._endpoint.model

    def _ask(
        self,
        name: str,
        about: str,
        shape: AnyShape,
        read: Callable[[str], _Read],
        sources: Sequence[Source],
    ) -> tuple[_Read, Sent]:
        """What `read` makes of the answer, and what was sent; with fewer sources where they were too long."""
        allowance = self._endpoint.allowance()
        budget, first = self._endpoint.budget or BUDGET, None
        while True:
            sent = prompting.sent(sources, budget)
            try:
                found = self._read(prompting.conversation(name, about, sent), shape, read, allowance)
            except Nonsense:
                self._endpoint.doubt()
                raise
            except NoRoom as full:
                size = sum(len(one.label) + len(one.text) for one in sent.sources.values())
                budget = _smaller(size, full)
                first = first or full
                if budget < _LEAST_BUDGET or allowance.attempts < 1 or allowance.seconds <= 0:
                    raise first from None
                log.info("the sources were too long for %s: %d characters are tried", self._endpoint.model, budget)
                continue
            if budget != BUDGET:
                self._endpoint.budget = budget
            return found, sent

    def _read(
        self, messages: list[Message], shape: AnyShape, read: Callable[[str], _Read], allowance: Allowance
    ) -> _Read:
        """What `read` makes of the answer, after one correction at most."""
        answer = self._endpoint.ask(messages, shape, allowance)
        try:
            return read(answer.text)
        except WrongShape as wrong:
            problem = wrong
        if answer.cut:
            if (good := _good(problem)) is not None:
                return good  # type: ignore[return-value]
            raise TooLong("The model ran out of room before the draft was whole.")
        if allowance.seconds <= 0:
            return _best(problem)
        messages.append(Message("assistant", answer.text[:_SHOWN_AGAIN]))
        messages.append(Message("user", f"{prompting.prompt('again')}{problem}."))
        try:
            return read(self._endpoint.ask(messages, shape, allowance).text)
        except WrongShape as wrong:
            return _best(wrong if _good(wrong) is not None else problem)


def _good(problem: WrongShape) -> Mapping[str, tuple[Said, ...]] | None:
    return problem.good if any(one.text.strip() for said in problem.good.values() for one in said) else None


def _best(problem: WrongShape) -> _Read:  # type: ignore[type-var]
    """What is good of an answer in the wrong shape: a part that came is not lost with one that did not."""
    good = _good(problem)
    if good is None:
        raise Nonsense("The model did not give what was asked for. You can write it yourself.")
    return good  # type: ignore[return-value]


def _smaller(size: int, full: NoRoom) -> int:
    """Characters of sources to try next: by the numbers that the endpoint named, else half."""
    if full.asked and full.room and full.room < full.asked:
        # What is not sources (the instructions, the answer) takes its part of the room too.
        return min(size // 2, int(size * full.room / full.asked * 0.6))
    return size // 2


def _part(said: Sequence[Said], sent: Sent) -> PartDraft:
    """A part as it may be shown: its sentences checked against what they rest on."""
    sources = list(sent.sources.values())
    sentences: list[Sentence] = []
    struck: dict[str, None] = {}
    dropped: list[Dropped] = []
    for one in said:
        cited = [sent.sources[id] for id in one.sources if id in sent.sources]
        checked = check(one.text, cited, sources)
        struck |= dict.fromkeys(checked.struck)
        if checked.sentence is not None and checked.sentence.text:
            sentences.append(checked.sentence)
        if checked.dropped is not None:
            dropped.append(checked.dropped)
    return PartDraft(" ".join(one.text for one in sentences), tuple(struck), tuple(sentences), tuple(dropped))


__all__ = ["Drafter", "supporting"]
