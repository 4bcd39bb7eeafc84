"""An app's manifest from its file, refused as Slack would refuse it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from sandbox.limits.manifests import check_manifest
from sandbox.world.kinds import Json
from sandbox.world.manifest import Manifest


def load_manifest(source: str | Path | Json | None, *, check: bool = True) -> Manifest:
    """A path to YAML or JSON, the parsed document, or None for an app that may do everything.

    ValueError, with every reason, for one that Slack would refuse or that nobody can read.
    """
    if source is None:
        return Manifest(None)
    data = _read(Path(source)) if isinstance(source, str | Path) else source
    problems = check_manifest(data) if check else []
    if problems or not isinstance(data, dict):
        raise ValueError("Slack would refuse this manifest: " + "; ".join(p.detail for p in problems))
    return Manifest(data)


def _read(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = _parse(path, text)
    except UnicodeDecodeError as broken:
        raise ValueError(f"{path} is not text in UTF-8 (byte {broken.start + 1}).") from broken
    except RecursionError as broken:
        raise ValueError(f"{path} holds lists within lists, deeper than anybody reads.") from broken
    if data is None:
        raise ValueError(f"{path} is empty.")
    return data


def _parse(path: Path, text: str) -> Any:
    """JSON first: it may be indented by tabs, which YAML forbids."""
    try:
        return json.loads(text)
    except ValueError as broken_json:
        if text.lstrip().startswith("{"):
            try:
                return yaml.safe_load(text)  # YAML's own short form begins so too
            except yaml.YAMLError:
                raise ValueError(f"{path} is not JSON: {broken_json}.") from broken_json
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        where = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ValueError(f"{path} is not YAML{where}: {getattr(broken, 'problem', None) or broken}.") from broken
