"""``python -m tests.access`` writes docs/access.md from the table."""

from pathlib import Path

from tests.access.page import page

if __name__ == "__main__":
    (Path(__file__).resolve().parents[2] / "docs" / "access.md").write_text(page(), encoding="utf-8")
