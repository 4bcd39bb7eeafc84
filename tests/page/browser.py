"""The browser the page is tried in: the Chromium that is installed, driven by Playwright."""

from __future__ import annotations

import importlib.util
import os
import shutil

CHROMIUM = os.environ.get("CHROMIUM") or next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
PLAYWRIGHT = importlib.util.find_spec("playwright") is not None
AXE = importlib.util.find_spec("axe_playwright_python") is not None
HAS_BROWSER = bool(CHROMIUM) and PLAYWRIGHT and AXE

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def header() -> str:
    if HAS_BROWSER:
        return f"browser: {CHROMIUM}"
    if not CHROMIUM:
        return (
            "browser: none, so the tests of the page are left out. Get one with: apt-get install chromium, "
            "or name yours with CHROMIUM=/path/to/it"
        )
    return "browser: no Playwright, so the tests of the page are left out. Get it with: make install"
