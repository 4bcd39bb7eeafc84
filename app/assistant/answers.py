"""What a body of an endpoint holds: the text of an answer, or why there is none."""

import json
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.assistant.errors import Declined, Garbled, Rejected, TooLong
from app.assistant.refusals import error_in, refused


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    content: str | list[Any] | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    model_config = ConfigDict(extra="ignore")
    message: _Turn
    finish_reason: str | None = None


class _Completion(BaseModel):
    """The little of a chat completion we read. The client's own class accepts anything."""

    model_config = ConfigDict(extra="ignore")
    choices: list[_Choice] = Field(min_length=1)


@dataclass(frozen=True)
class Answer:
    """The text of an answer: not yet parsed, never empty. `cut`: the model ran out of room before it was whole."""

    text: str
    cut: bool = False


def content(body: bytes) -> Answer:
    """The text of a completion. Raises AssistantDown, and Refusal for an error that came with HTTP 200."""
    if body.lstrip()[:1] == b"<":
        raise Rejected("A web page answered instead of a model. Check the model's base URL.")
    try:
        found = json.loads(body)
    except ValueError:
        # Also where the length was not announced and the end never came.
        raise cut_off() from None
    if isinstance(found, dict) and (status := error_in(found)) is not None:
        raise refused(status, None, found)
    try:
        completion = _Completion.model_validate(found)
    except ValidationError:
        raise cut_off() from None
    choice = completion.choices[0]
    if choice.finish_reason == "content_filter":
        raise Declined("The endpoint's content filter stopped this draft.")
    if choice.message.refusal:
        raise Declined("The model declined to write this draft.")
    text = _text(choice.message.content)
    if choice.finish_reason == "length":
        if not text.strip():
            raise TooLong("The model ran out of room before the draft was whole.")
        return Answer(text, cut=True)
    if not text.strip():
        raise Garbled("The model gave an empty answer. Try again in a few minutes.")
    return Answer(text)


def _text(content: str | list[Any] | None) -> str:
    """The text of a turn: a string, or a list of parts of which some are text."""
    if isinstance(content, list):
        parts = [one if isinstance(one, str) else one.get("text") for one in content if isinstance(one, str | dict)]
        return "".join(one for one in parts if isinstance(one, str))
    return content or ""


def cut_off() -> Garbled:
    """What is said of an answer that is no whole one."""
    return Garbled("The model's answer arrived damaged or cut off. Try again in a few minutes.")
