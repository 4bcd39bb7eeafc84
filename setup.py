"""Writes into a wheel which commit it was built from, and the app's manifest beside the demo that reads it. Everything
else stands in pyproject.toml."""

import os
import shutil
import subprocess
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


def revision() -> str:
    """As the builder says in REVISION, else as Git says here; empty where neither does."""
    if given := os.environ.get("REVISION"):
        return given
    asked = ["git", "rev-parse", "HEAD"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, cwd=Path(__file__).parent, check=False)  # noqa: S603
    except OSError:
        return ""
    return said.stdout.strip()


class Stamped(build_py):
    def run(self) -> None:
        super().run()
        if not self.editable_mode and (found := revision()):
            (Path(self.build_lib) / "app" / "REVISION").write_text(f"{found}\n", encoding="utf-8")
        manifest = Path(__file__).parent / "manifest.yml"
        if not self.editable_mode and manifest.exists():
            shutil.copyfile(manifest, Path(self.build_lib) / "demo" / "manifest.yml")


setup(cmdclass={"build_py": Stamped})
