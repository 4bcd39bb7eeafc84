"""What runs here: the version, the commit that it was built from, the schema that it was written for."""

import platform
from pathlib import Path

from app import __version__
from app.schema import schema_revision

HERE = Path(__file__).resolve().parent
STAMP = "REVISION"
"""The file in which an image or a wheel says what it was built from."""
UNKNOWN = "unknown"


def revision() -> str:
    """The commit, its first twelve digits: as the build wrote it down, or of the checkout. Nobody's word: “unknown”."""
    try:
        return (HERE / STAMP).read_text(encoding="utf-8").strip()[:12] or UNKNOWN
    except OSError:
        return checked_out(HERE.parent)[:12] or UNKNOWN


def checked_out(root: Path) -> str:
    """The commit that stands in this folder, as Git's own files have it; empty where it is no checkout."""
    git = root / ".git"
    try:
        if git.is_file():  # a further work tree
            git = root / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref: "):
            return head
        common = git / "commondir"
        shared = git / common.read_text(encoding="utf-8").strip() if common.is_file() else git
        name = head.removeprefix("ref: ")
        if (shared / name).is_file():
            return (shared / name).read_text(encoding="utf-8").strip()
        packed = (shared / "packed-refs").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(" ")[0] for line in packed if line.endswith(f" {name}")), "")


def facts() -> dict[str, str]:
    """For `threshold_build_info`, by label."""
    return {
        "version": __version__,
        "revision": revision(),
        "schema": schema_revision(),
        "python": platform.python_version(),
    }


def said() -> str:
    """For `threshold --version`: 0.1.0 (revision 0a6926e3c1d2, schema 0007, Python 3.13.1)."""
    known = facts()
    rest = ", ".join(f"{name} {known[name]}" for name in ("revision", "schema"))
    return f"{known['version']} ({rest}, Python {known['python']})"
