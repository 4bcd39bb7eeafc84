"""What an app may say in a message (docs.slack.dev, reference/methods/chat.postMessage)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from sandbox.limits.blocks import check_blocks
from sandbox.limits.entities import check_entity
from sandbox.limits.figures import LIMITS
from sandbox.limits.problems import Problem
from sandbox.limits.reading import characters
from sandbox.limits.shapes import Notes, below


def check_message(
    *,
    text: object,
    blocks: object,
    attachments: object = None,
    metadata: object = None,
    update: bool = False,
) -> list[Problem]:
    """Every reason Slack would refuse a message for, most telling first; empty if it would pass.

    None stands for an argument that was not sent. `update` takes chat.update's shorter limit of
    text. A message of nothing but blocks passes: Slack only warns that its text is missing.
    """
    problems = _check_text(text, has_more=bool(blocks) or bool(attachments), update=update)
    if blocks is not None:
        problems += _check_blocks(blocks)
    if attachments is not None:
        problems += _check_attachments(attachments)
    if metadata is not None:
        problems += _check_metadata(metadata)
    return problems


def _check_text(text: object, *, has_more: bool, update: bool) -> list[Problem]:
    if text is not None and not isinstance(text, str):
        return [Problem("invalid_arguments", "/text", "must provide a string")]
    if not (text or "").strip() and not has_more:
        return [Problem("no_text", "/text", "No message text provided.")]
    most = LIMITS["update.text" if update else "message.text"].most
    if text is not None and len(text) > most:
        return [Problem("msg_too_long", "/text", f"must be less than {most + 1} characters")]
    return []


def _check_blocks(blocks: object) -> list[Problem]:
    if not isinstance(blocks, list | tuple):
        return [Problem("invalid_blocks_format", "/blocks", "must provide an array")]
    notes: Notes = []
    check_blocks(blocks, "/blocks", "message", notes)
    _check_totals(blocks, notes)
    _few_charts(blocks, notes)
    problems = [Problem("invalid_blocks", at, said) for at, said in notes]
    problems += _check_tables(blocks)
    most = LIMITS["message.blocks_text"].most
    total = characters([b for b in blocks if not isinstance(b, Mapping) or b.get("type") != "data_table"])
    if total > most:
        said = f"blocks hold {total} characters in all, must be less than {most + 1} characters"
        problems.append(Problem("msg_blocks_too_long", "/blocks", said))
    return problems


def _check_totals(blocks: list[object] | tuple[object, ...], notes: Notes) -> None:
    """Markdown and tables have a limit each over a whole message."""
    for kind, name in (("markdown", "markdown.total"), ("table", "table.total"), ("data_table", "data_table.total")):
        total, most, crossed = 0, LIMITS[name].most, False
        for index, block in enumerate(blocks):
            if isinstance(block, Mapping) and block.get("type") == kind:
                total += characters(block)
                if total > most and not crossed:
                    crossed = True
                    said = f"must be less than {most + 1} characters over all {kind} blocks"
                    notes.append((below("/blocks", index), said))


def _few_charts(blocks: list[object] | tuple[object, ...], notes: Notes) -> None:
    most = LIMITS["chart.charts.items"].most
    places = [i for i, b in enumerate(blocks) if isinstance(b, Mapping) and b.get("type") == "data_visualization"]
    notes += [
        (below("/blocks", index), f"no more than {most} data_visualization blocks allowed") for index in places[most:]
    ]


def _check_tables(blocks: list[object] | tuple[object, ...]) -> list[Problem]:
    """A message holds one table; Slack's words for a second are not worded as the others."""
    places = [
        index
        for index, block in enumerate(blocks)
        if isinstance(block, Mapping) and block.get("type") in ("table", "data_table")
    ]
    return [Problem("invalid_attachments", below("/blocks", index), "only_one_table_allowed") for index in places[1:]]


def _check_attachments(attachments: object) -> list[Problem]:
    if not isinstance(attachments, list | tuple):
        return [Problem("invalid_attachments", "/attachments", "must provide an array")]
    problems: list[Problem] = []
    most = LIMITS["message.attachments.items"].most
    if len(attachments) > most:
        said = f"no more than {most} items allowed"
        problems.append(Problem("too_many_attachments", "/attachments", said))
    for index, attachment in enumerate(attachments):
        at = below("/attachments", index)
        if not isinstance(attachment, Mapping):
            problems.append(Problem("invalid_attachments", at, "must provide an object"))
            continue
        if "blocks" in attachment:
            notes: Notes = []
            check_blocks(attachment["blocks"], f"{at}/blocks", "message", notes)
            problems += [Problem("invalid_attachments", where, said) for where, said in notes]
    return problems


def _check_metadata(metadata: object) -> list[Problem]:
    """A type and a payload of plain values: one level of objects, as Slack's own types have it."""
    if not isinstance(metadata, Mapping):
        return [_bad_metadata("/metadata", "must provide an object")]
    problems = [
        _bad_metadata("/metadata", f"invalid additional property: {key}")
        for key in metadata
        if key not in ("event_type", "event_payload", "entities")
    ]
    if "entities" in metadata:
        problems += _check_entities(metadata["entities"])
    if "entities" not in metadata or {"event_type", "event_payload"} & metadata.keys():
        problems += [
            _bad_metadata("/metadata", f"missing required field: {key}")
            for key in ("event_type", "event_payload")
            if key not in metadata
        ]
    kind = metadata.get("event_type")
    limit = LIMITS["metadata.event_type"]
    if kind is not None and (not isinstance(kind, str) or re.fullmatch(r"[A-Za-z0-9_.:-]+", kind) is None):
        problems.append(_bad_metadata("/metadata/event_type", "must be an alphanumeric string"))
    elif isinstance(kind, str) and len(kind) > limit.most:
        said = f"must be less than {limit.most + 1} characters"
        problems.append(_bad_metadata("/metadata/event_type", said))
    if "event_payload" in metadata:
        problems += _check_payload(metadata["event_payload"])
    size = len(json.dumps(metadata, ensure_ascii=False, default=str).encode(errors="replace"))
    if size > LIMITS["metadata.bytes"].most:
        said = f"must be less than {LIMITS['metadata.bytes'].most + 1} bytes"
        problems.append(Problem("metadata_too_large", "/metadata", said))
    return problems


def _check_entities(entities: object) -> list[Problem]:
    at = "/metadata/entities"
    if not isinstance(entities, list | tuple) or not entities:
        return [_bad_metadata(at, "must provide an array")]
    return [
        _bad_metadata(where, said)
        for index, entity in enumerate(entities)
        for where, said in check_entity(entity, below(at, index))
    ]


def _check_payload(payload: object) -> list[Problem]:
    at = "/metadata/event_payload"
    if not isinstance(payload, Mapping):
        return [_bad_metadata(at, "must provide an object")]
    problems: list[Problem] = []
    for key, value in payload.items():
        inner = value if isinstance(value, list | tuple) else [value]
        flat = all(_plain(one) or (isinstance(one, Mapping) and all(map(_plain, one.values()))) for one in inner)
        if not flat:
            said = "must be a string, a number, a boolean, or a flat object of those"
            problems.append(_bad_metadata(below(at, key), said))
    return problems


def _plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | bool)


def _bad_metadata(pointer: str, message: str) -> Problem:
    return Problem("invalid_metadata_format", pointer, message)
