"""Slack's limits on what an app sends, checked as Slack checks them: pure, no state, no network.

    check_message(text=..., blocks=..., attachments=..., metadata=...) -> list[Problem]
    check_chunks(chunks) -> list[Problem]
    check_view(view) -> list[Problem]
    check_manifest(manifest) -> list[Problem]
    load_manifest(path, document or None) -> Manifest
    near(text=..., blocks=...) -> Near

An empty list means Slack would take it. The figures stand in `figures.LIMITS`, each with its
source; the shapes of blocks, elements and objects in the modules of those names.
"""

from __future__ import annotations

from sandbox.limits.chunks import check_chunks
from sandbox.limits.figures import LIMITS, Limit
from sandbox.limits.manifest_files import load_manifest
from sandbox.limits.manifests import check_manifest
from sandbox.limits.messages import check_message
from sandbox.limits.problems import Problem
from sandbox.limits.reading import Near, near
from sandbox.limits.views import check_view

__all__ = [
    "LIMITS",
    "Limit",
    "Near",
    "Problem",
    "check_chunks",
    "check_manifest",
    "check_message",
    "check_view",
    "load_manifest",
    "near",
]
