"""Which of an app's methods, events and blocks this sandbox does not play, found in its manifest or its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.api import table, unplayed
from sandbox.limits.blocks import BLOCKS
from sandbox.limits.elements import ELEMENTS
from sandbox.limits.manifest_files import load_manifest
from sandbox.world import events
from sandbox.world.manifest import Manifest

SOURCES = (".py", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx", ".java", ".kt", ".go", ".rb")
SKIPPED = ("node_modules", ".venv", "venv", ".git", "dist", "build", "__pycache__")
KNOWN_METHODS = frozenset((*table.METHODS, *table.APP_METHODS, *table.OPEN_METHODS))
_FAMILIES = frozenset(name.partition(".")[0] for name in (*KNOWN_METHODS, *unplayed.METHODS, *unplayed.FAMILIES))
_NAMED = re.compile(r"""["'`]([a-z][A-Za-z]+(?:\.[a-z][A-Za-z]+)+)["'`]""")
_CALLED = re.compile(
    r"\bclient\.(?!api_?[cC]all\b)([a-z][A-Za-z]+(?:[._][A-Za-z]+)+)\s*\("
    r"""|\bapi_?[cC]all\(\s*["'`]([A-Za-z.]+)["'`]"""
)
_ELSEWHERE = ("chat.completions.",)
"""What clients of others than Slack are called by."""
_HEARD = re.compile(r"""\b(?:event|on)\(\s*["'`]([a-z_.]+)["'`]""")
_BLOCK = re.compile(r"""["']?\btype["']?\s*[:=]\s*["'`]([a-z_]+)["'`]""")


@dataclass
class Coverage:
    """What is not played: name → why. Names nobody has heard of are not in it."""

    methods: dict[str, str] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    manifest: list[str] = field(default_factory=list)
    """Parts of the manifest."""

    @property
    def whole(self) -> bool:
        return not (self.methods or self.events or self.blocks or self.manifest)

    def lines(self) -> list[str]:
        """A sentence each."""
        found = [f"method {name}: {why}" for name, why in sorted(self.methods.items())]
        found += [f"event {name}: {why}" for name, why in sorted(self.events.items())]
        found += [f"block {name}: {why}" for name, why in sorted(self.blocks.items())]
        return found + [f"manifest {name}: accepted, and nothing is done with it" for name in self.manifest]


def of_manifest(manifest: Manifest) -> Coverage:
    return Coverage(
        events={name: unsent(name) for name in manifest.events if name not in events.PLAYED},
        manifest=manifest.not_played,
    )


def unsent(event: str) -> str:
    return unplayed.EVENTS.get(event, "Slack's reference does not name it")


def of_file(path: Path) -> Coverage:
    """A manifest, a source file, or a folder of both. ValueError for what cannot be read."""
    found = Coverage()
    files = list(_files(path))
    if not files:
        raise ValueError(f"{path} holds no manifest and no source in a language known here.")
    for file in files:
        if file.suffix in SOURCES:
            _read_source(file.read_text(encoding="utf-8", errors="replace"), found)
        elif file == path or _is_manifest(file):
            one = of_manifest(load_manifest(file))
            found.events |= one.events
            found.manifest = sorted({*found.manifest, *one.manifest})
    return found


def _is_manifest(file: Path) -> bool:
    """Whether a file of a folder is a Slack app's manifest: browsers have some of that name too."""
    return "manifest" in file.name and "display_information" in file.read_text(encoding="utf-8", errors="replace")


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        for child in sorted(path.iterdir()):
            if child.name not in SKIPPED:
                yield from _files(child)
    elif not path.exists():
        raise ValueError(f"There is no {path}.")
    elif path.suffix in SOURCES or path.suffix in (".json", ".yml", ".yaml"):
        yield path


def _read_source(text: str, found: Coverage) -> None:
    called = {_method(dotted or quoted) for dotted, quoted in _CALLED.findall(text)}
    for name in {*_NAMED.findall(text), *called} - KNOWN_METHODS:
        why = unplayed.why_not(name) or (_unheard(name) if name in called else None)
        if why:
            found.methods[name] = why
    for name in _HEARD.findall(text):
        if name in unplayed.EVENTS:
            found.events[name] = unplayed.EVENTS[name]
    for name in _BLOCK.findall(text):
        if name in unplayed.BLOCKS:
            found.blocks[name] = unplayed.BLOCKS[name]


def _unheard(called: str) -> str | None:
    """Why something called like a method of Slack's is none; None where it looks like somebody else's."""
    if called.partition(".")[0] not in _FAMILIES or called.startswith(_ELSEWHERE):
        return None
    return "Slack's reference does not name it"


def _method(called: str) -> str:
    """`chat_postMessage` of Python as `chat.postMessage`."""
    return called.replace("_", ".")


def kinds() -> frozenset[str]:
    """Every block and element whose shape is known here."""
    return frozenset((*BLOCKS, *ELEMENTS))
