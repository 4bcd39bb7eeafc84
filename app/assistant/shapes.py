"""The shapes an answer may have: one table for the schema that is sent and the check that is made.

Lengths are in characters. llama.cpp builds a grammar of them, and takes none of 2,000 or more.
"""

from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError

from app.assistant.drafts import PARTS

_PART_LIMIT: Final = 1_000


class WrongShape(Exception):
    """The answer is not the JSON asked for; the message says how, quoting nothing of it."""


@dataclass(frozen=True)
class Shape:
    """A flat JSON object of bounded strings, all of them required, and nothing else."""

    name: str
    limits: dict[str, int]

    def schema(self, *, bounded: bool) -> dict[str, object]:
        """The JSON schema; without the lengths for endpoints that refuse them."""
        properties = {
            key: {"type": "string", "maxLength": limit} if bounded else {"type": "string"}
            for key, limit in self.limits.items()
        }
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def read(self, answer: str) -> dict[str, str]:
        """The strings of an answer, a code fence around it allowed. Raises WrongShape."""
        try:
            found = _STRINGS.validate_json(_unfenced(answer))
        except ValidationError:
            raise WrongShape("it is not a JSON object of strings") from None
        if set(found) != set(self.limits):
            raise WrongShape(f"its keys must be exactly: {', '.join(self.limits)}")
        for key, limit in self.limits.items():
            if len(found[key]) > limit:
                raise WrongShape(f"{key} is longer than {limit} characters")
        if not any(text.strip() for text in found.values()):
            raise WrongShape("it is empty")
        return found


MEMO: Final = Shape("memo", dict.fromkeys(PARTS, _PART_LIMIT))

_STRINGS: Final = TypeAdapter(dict[str, str])


def _unfenced(answer: str) -> str:
    """The JSON in an answer, for models that think aloud first or cannot leave a code fence out."""
    answer = answer.strip()
    if answer.startswith("<think>"):
        answer = answer.partition("</think>")[2].strip()
    if answer.startswith("{") or "```" not in answer:
        return answer
    inside = answer.partition("```")[2].partition("```")[0].strip()
    return inside.removeprefix("json").removeprefix("JSON").strip()
