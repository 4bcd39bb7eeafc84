"""The shapes an answer may have: the schema that is sent, and what is made of the answer that comes.

What is asked for is strict, what is read is not: a fence, a word around the JSON, thinking aloud, an extra key or a
part in another form cost nobody their draft. Lengths are in characters. llama.cpp builds a grammar of them, and takes
none of 2,000 or more.
"""

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.assistant.drafts import PARTS

_PART_LIMIT: Final = 1_000
_SENTENCE_LIMIT: Final = 400
_SENTENCES: Final = 8


class WrongShape(Exception):
    """The answer is not the JSON asked for; the message says how, quoting nothing of it. `good` is what can be used."""

    def __init__(self, said: str, good: "Mapping[str, tuple[Said, ...]] | None" = None) -> None:
        super().__init__(said)
        self.good = good or {}


@dataclass(frozen=True)
class Said:
    """A sentence as the model gave it, with the ids of the sources that it named."""

    text: str
    sources: tuple[str, ...] = ()


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
        return _object(properties)

    def read(self, answer: str) -> dict[str, str]:
        """The strings of an answer. Raises WrongShape."""
        found = _unwrapped(found_object(answer, self.limits), self.limits)
        if found is None:
            raise WrongShape("it is not a JSON object of strings")
        texts = {key: found.get(key) for key in self.limits}
        if not all(isinstance(text, str) for text in texts.values()):
            raise WrongShape(f"its keys must be exactly: {', '.join(self.limits)}, each a string")
        for key, limit in self.limits.items():
            if len(str(texts[key])) > limit:
                raise WrongShape(f"{key} is longer than {limit} characters")
        if not any(str(text).strip() for text in texts.values()):
            raise WrongShape("it is empty")
        return {key: str(text) for key, text in texts.items()}


@dataclass(frozen=True)
class MemoShape:
    """The parts of the memo, each a list of sentences with the ids of the sources that they rest on."""

    name: str = "memo"
    parts: tuple[str, ...] = PARTS

    def schema(self, *, bounded: bool) -> dict[str, object]:
        """The JSON schema; without the lengths for endpoints that refuse them."""
        text: dict[str, object] = {"type": "string"}
        named: dict[str, object] = {"type": "array", "items": {"type": "string"}}
        part: dict[str, object] = {"type": "array", "items": {"$ref": "#/$defs/sentence"}}
        if bounded:
            text["maxLength"] = _SENTENCE_LIMIT
            named |= {"maxItems": 4, "items": {"type": "string", "maxLength": 8}}
            part["maxItems"] = _SENTENCES
        schema = _object({key: dict(part) for key in self.parts})
        schema["$defs"] = {"sentence": _object({"text": text, "sources": named})}
        return schema

    def read(self, answer: str) -> dict[str, tuple[Said, ...]]:
        """The sentences of each part. Raises WrongShape, with what is good of it."""
        found = _unwrapped(found_object(answer, self.parts), self.parts)
        if found is None:
            raise WrongShape("it is not a JSON object", _rescued(answer))
        known = {key: _sentences(found[key]) for key in self.parts if key in found}
        good = {key: said for key, said in known.items() if said is not None}
        whole = {key: good.get(key, ()) for key in self.parts}
        if not any(one.text.strip() for said in good.values() for one in said):
            raise WrongShape("it is empty")
        missing = [key for key in self.parts if key not in good]
        if missing:
            raise WrongShape(f"these keys are missing or hold no sentences: {', '.join(missing)}", whole)
        return whole


MEMO: Final = MemoShape()


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


# ── what stands in an answer ────────────────────────────────────────────────────────────────────────────

_THOUGHT: Final = re.compile(
    r"</think(?:ing)?>|</reason(?:ing)?>|\[/THINK\]|◁/think▷|<\|channel\|>final<\|message\|>|</?\|?end_of_thought\|?>",
    re.I,
)
_UNENDED: Final = re.compile(r"<think(?:ing)?>.*", re.I | re.S)


def found_object(answer: str, keys: Mapping[str, int] | tuple[str, ...]) -> dict[str, Any] | None:
    """The JSON object in an answer that has most of the keys, whatever stands around it; None where there is none."""
    text = answer.replace("\ufeff", "").strip()
    text = _THOUGHT.split(text)[-1]
    if "{" not in text:
        text = answer
    text = _unquoted(text)
    found = [one for one in _objects(text) if one]
    if not any(_known(one, keys) for one in found) and (closed := _closed(text)) is not None:
        found = [closed]
    if not found:
        mended = re.sub(r",(\s*[}\]])", r"\1", text)
        found = [one for one in _objects(mended) if one]
    if not found and (said := _python(text)) is not None:
        found = [said]
    if not found:
        return None
    known = {id(one): _known(one, keys) for one in found}
    best = max(found, key=lambda one: known[id(one)])
    if not known[id(best)]:
        return None
    # One object for each part, in a list or one after the other: together they are the draft.
    whole: dict[str, Any] = {}
    for one in [best, *found]:
        for key, value in (_unwrapped(one, keys) or one).items():
            whole.setdefault(_key(str(key)), value)
    return whole


def _known(one: dict[str, Any], keys: Mapping[str, int] | tuple[str, ...]) -> int:
    """How many of its keys were asked for."""
    return sum(_key(str(key)) in keys for key in (_unwrapped(one, keys) or one))


def _unquoted(text: str) -> str:
    """JSON that was written into a JSON string."""
    if text[:1] != '"':
        return text
    try:
        inner = json.loads(text, strict=False)
    except ValueError:
        return text
    return inner if isinstance(inner, str) else text


def _closed(text: str) -> dict[str, Any] | None:
    """An object of which only the last brackets are missing."""
    start = text.find("{")
    if start < 0 or len(text) > 50_000:
        return None
    for end in ("}", "]}", "}]}"):
        try:
            one = json.loads(text[start:].rstrip().rstrip(",") + end, strict=False)
        except (ValueError, RecursionError):
            continue
        return one if isinstance(one, dict) else None
    return None


def _objects(text: str) -> list[dict[str, Any]]:
    reader = json.JSONDecoder(strict=False)
    found: list[dict[str, Any]] = []
    at = text.find("{")
    while at >= 0 and len(found) < 8:
        try:
            one, end = reader.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if isinstance(one, dict):
                found.append(one)
        at = text.find("{", end)
        if end == at and len(text) > 100_000:
            break
    return found


def _python(text: str) -> dict[str, Any] | None:
    """An object with single quotes, as some models write it."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start or end - start > 50_000:
        return None
    try:
        said = ast.literal_eval(text[start : end + 1])
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None
    return said if isinstance(said, dict) else None


_OTHER_KEYS: Final = {
    "the_decision": "decision", "one_way_door": "one_way", "why_it_is_a_one_way_door": "one_way", "oneway": "one_way",
    "why_one_way": "one_way", "the_data": "data", "risk_of_inaction": "inaction", "the_risk_of_inaction": "inaction",
    "risks_of_inaction": "inaction", "the_ask": "ask",
}  # fmt: skip


def _key(key: str) -> str:
    low = re.sub(r"[\s-]+", "_", key.strip().lower())
    return _OTHER_KEYS.get(low, low)


def _unwrapped(
    found: dict[str, Any] | None, keys: Mapping[str, int] | tuple[str, ...], depth: int = 0
) -> dict[str, Any] | None:
    """With the keys that were asked for; also where they stand one level deeper, as in {"memo": {…}}."""
    if found is None:
        return None
    own = {_key(str(key)): value for key, value in found.items()}
    if any(key in own for key in keys):
        return own
    if (listed := _listed(found, keys)) is not None:
        return listed
    for value in found.values():
        if isinstance(value, dict) and depth < _DEEPEST:
            inner = _unwrapped(value, keys, depth + 1)
            if inner and any(key in inner for key in keys):
                return inner
    return own


_DEEPEST: Final = 3


def _listed(found: dict[str, Any], keys: Mapping[str, int] | tuple[str, ...]) -> dict[str, Any] | None:
    """Parts in a list, each with its name: {"sections": [{"name": "decision", "text": …}]}."""
    for value in found.values():
        if not isinstance(value, list):
            continue
        parts: dict[str, Any] = {}
        for one in value:
            if not isinstance(one, dict):
                continue
            name = next((_key(str(one[key])) for key in ("name", "part", "key", "title", "section") if key in one), "")
            said = next((one[key] for key in ("text", "content", "sentences", "body") if key in one), None)
            if name in keys and said is not None:
                parts[name] = said
        if parts:
            return parts
    return None


def _sentences(value: object) -> tuple[Said, ...] | None:
    """A part in whatever form it came; None where it holds no text."""
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(Said(one) for one in split(_bounded(value)))
    if isinstance(value, dict):
        return _sentences([value]) if "text" in value or "sentence" in value else _sentences(value.get("sentences"))
    if isinstance(value, list):
        said: list[Said] = []
        for one in value[: 4 * _SENTENCES]:
            said += _said(one)
        return tuple(said[: 2 * _SENTENCES]) if said or not value else None
    return None


def _said(one: object) -> list[Said]:
    if isinstance(one, str):
        return [Said(text) for text in split(_bounded(one))]
    if isinstance(one, list):
        return [said for inner in one[:_SENTENCES] if not isinstance(inner, list) for said in _said(inner)]
    if isinstance(one, dict):
        text = one.get("text", one.get("sentence"))
        if isinstance(text, str):
            named = one.get("sources", one.get("source"))
            ids = [named] if isinstance(named, str | int) else named if isinstance(named, list) else []
            cited = tuple(str(each).strip("[] ") for each in ids if isinstance(each, str | int))
            return [Said(each, cited) for each in split(_bounded(text))]
    return []


def _bounded(text: str) -> str:
    """At most what a part takes, ended with a sentence; a text without an end to its first one is none."""
    text = text.strip()
    if len(text) <= _PART_LIMIT:
        return text
    head = text[:_PART_LIMIT]
    ends = [m.end() for m in re.finditer(r"[.!?。！？](?=\s|$)", head)]
    return head[: ends[-1]] if ends else ""


_END: Final = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[^\s])|(?<=[。！？])|\n+")
_NO_END: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|ca|no|nr|st|dr|mr|mrs|ms|inc|ltd|co|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|mio|mrd|tsd|z\.b|d\.h|bzw|u\.s|p\.a)|\b[A-Z]|\b\d{1,2})\.$",
    re.I,
)


def split(text: str) -> list[str]:
    """A text in sentences; none for one of blanks."""
    found: list[str] = []
    at = 0
    for m in _END.finditer(text):
        one = text[at : m.start()] + m[0].rstrip()
        if _NO_END.search(one) and "\n" not in m[0]:
            continue
        found.append(one.strip())
        at = m.end()
    found.append(text[at:].strip())
    return [one for one in found if one]


_PAIR: Final = re.compile(
    r'"([A-Za-z_ -]{2,40})"\s*:\s*("(?:[^"\\]|\\.)*"|\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\])', re.S
)


def _rescued(answer: str) -> dict[str, tuple[Said, ...]]:
    """What is whole in an answer that was cut off."""
    good: dict[str, tuple[Said, ...]] = {}
    for m in _PAIR.finditer(answer):
        key = _key(m[1])
        if key not in PARTS:
            continue
        try:
            said = _sentences(json.loads(m[2], strict=False))
        except ValueError:
            continue
        if said:
            good[key] = said
    return {key: good.get(key, ()) for key in PARTS} if good else {}
