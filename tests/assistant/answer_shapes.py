"""Every shape in which servers were seen to answer: what stands around a draft, and how its parts are written."""

import json
from typing import Any

from tests.assistant.openai_server import Reply, raw, says


def memo(text: str, **other: Any) -> str:
    """The JSON of a draft whose decision is `text`; `other` are parts in other shapes."""
    return json.dumps({"decision": text, "one_way": "", "data": "", "inaction": "", "ask": "", **other})


def cited(text: str) -> dict[str, Any]:
    """As the schema asks for it."""
    return {"decision": [{"text": text, "sources": ["s2"]}], "one_way": [], "data": [], "inaction": [], "ask": []}


def contents(text: str) -> dict[str, str]:
    """What a model may write, of which all is good."""
    whole = memo(text)
    return {
        "sentences with their sources": json.dumps(cited(text)),
        "strings": whole,
        "lists of strings": memo(text, decision=[text]),
        "one object for a list": memo(text, decision={"text": text, "sources": "s2"}),
        "sources as numbers": memo(text, decision=[{"text": text, "sources": [2]}]),
        "null parts": memo(text, one_way=None, data=None),
        "an extra key": memo(text, title="x", confidence=0.9),
        "inside an object of its own": json.dumps({"memo": json.loads(whole)}),
        "keys in other spellings": json.dumps(
            {"Decision": text, "one-way": "", "Data": "", "risk of inaction": "", "ASK": ""}
        ),
        "in a fence": f"```json\n{whole}\n```",
        "in a fence without a name": f"```\n{whole}\n```",
        "in prose": f"Sure! Here is the memo:\n\n{whole}\n\nLet me know.",
        "in prose with braces": f"I use {{these}} keys: {whole} {{}}",
        "behind a byte order mark": "\ufeff" + whole,
        "behind thinking": f"<think>Hm, {{so}}.</think>\n{whole}",
        "behind thinking without its opening tag": f"First I look at {{it}}.\n</think>\n\n{whole}",
        "behind thinking by another name": f"<thinking>…</thinking>{whole}",
        "behind a channel": f"<|channel|>analysis<|message|>hm<|end|><|channel|>final<|message|>{whole}",
        "with a trailing comma": whole[:-1] + ",}",
        "with a line break in a string": memo(text + "\nSo choose.").replace("\\n", "\n"),
        "with single quotes": str(json.loads(whole)),
        "with a part that is too long": memo(text, data="Usage fell 12%. " * 100),
        "with a part that has no end": memo(text, data="a" * 3000),
        "with an empty list of parts": memo(text, ask=[]),
        "two levels deep": json.dumps({"output": {"memo": json.loads(whole)}}),
        "an object for each part": json.dumps([{key: value} for key, value in json.loads(whole).items()]),
        "a list of named parts": json.dumps(
            {"sections": [{"name": key, "text": value} for key, value in json.loads(whole).items()]}
        ),
        "as a string of JSON": json.dumps(whole),
        "without its last bracket": whole[:-1],
        "an object of sentences without its last bracket": json.dumps(
            {**json.loads(whole), "decision": [{"text": text, "sources": []}]}
        )[:-1],
        "a list in a list": memo(text, decision=[[text]]),
    }


def partly(text: str) -> dict[str, str]:
    """What a model may write, of which a part is good."""
    whole = memo(text)
    return {
        "a part is missing": json.dumps({"decision": text}),
        "a part is a number": memo(text, ask=5),
        "cut off": whole[: whole.index('"inaction"') + 14],
    }


def lists(text: str) -> dict[str, list[Any]]:
    """Contents that come as a list of parts."""
    whole = memo(text)
    return {
        "one part": [{"type": "text", "text": whole}],
        "a part of thinking": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": whole}],
        "two parts": [{"type": "text", "text": whole[:20]}, {"type": "text", "text": whole[20:]}],
        "a string in a list": [whole],
    }


def body(content: Any) -> Reply:
    """A completion with any content."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    said = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return raw(json.dumps(said).encode())


def replies(text: str) -> dict[str, Reply]:
    """All of them, as a server plays them."""
    written = {**contents(text), **partly(text)}
    return {name: says(one) for name, one in written.items()} | {
        name: body(content) for name, content in lists(text).items()
    }
