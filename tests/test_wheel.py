"""The wheel holds all that it needs: installed into an empty environment, outside of the checkout, it checks, migrates,
runs and verifies. Only what it depends on is lent to it, so that no network is needed."""

import os
import shutil
import signal
import site
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
import venv
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from app import __version__
from app.settings import Settings
from sandbox import Limits, Sandbox

ROOT = Path(__file__).resolve().parent.parent
REVISION = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment's programs."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    source = folder / "source"
    for name in ("app", "demo", "migrations", "sandbox"):  # a copy: building leaves files behind
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", "manifest.yml"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    build = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(source)]
    subprocess.run([*pip, *build], check=True, cwd=folder, env=os.environ | {"REVISION": REVISION})
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*pip, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)], check=True)
    (packages,) = (folder / "env" / "lib").glob("python*/site-packages")
    (packages / "lent.pth").write_text("\n".join(site.getsitepackages()))
    return python.parent


@pytest.mark.timeout(600)  # two builds and six starts, on a machine that may do much else
def test_installed_from_its_wheel_it_checks_migrates_runs_and_verifies(installed: Path, tmp_path: Path) -> None:
    with Sandbox(ROOT / "manifest.yml", limits=Limits(rates=False)) as slack:
        ours = {name.upper() for name in Settings.model_fields} | {"PYTHONPATH", "PYTHONHOME"}
        env = {name: value for name, value in os.environ.items() if name not in ours} | {
            "SLACK_BOT_TOKEN": slack.workspace("Acme").bot_token, "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url, "PORT": "0",
        }  # fmt: skip

        def threshold(*command: str) -> str:
            done = subprocess.run(
                [str(installed / "threshold"), *command],
                cwd=tmp_path,
                env=env,
                capture_output=True,
                text=True,
                timeout=60,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            return done.stdout

        assert threshold("--version").startswith(f"threshold {__version__} (revision {REVISION[:12]}, schema 0")
        where = subprocess.run(
            [str(installed / "python"), "-c", "import app, app.schema as s; print(app.__file__, s.MIGRATIONS)"],
            cwd=tmp_path, env=env, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert str(ROOT) not in where, "the wheel's own, not the checkout's"
        assert "Everything is in place." in threshold("check")
        assert threshold("migrate") == "The schema was brought up to date.\n"
        with open(tmp_path / "log", "w+") as log:
            bot = subprocess.Popen([str(installed / "threshold"), "run"], cwd=tmp_path, env=env, stderr=log)
            try:
                end = time.monotonic() + 60
                while "works for Acme" not in (tmp_path / "log").read_text():
                    assert time.monotonic() < end
                    time.sleep(0.05)
            finally:
                bot.send_signal(signal.SIGTERM)
                assert bot.wait(20) == 0
        assert threshold("verify") == "Nothing has been recorded yet.\n"


def test_installed_from_its_wheel_the_demo_opens_its_page_and_ends(installed: Path, tmp_path: Path) -> None:
    """With what the extra ``demo`` brings, and outside of the checkout."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    brought = {Requirement(one).name for one in project["optional-dependencies"]["demo"]}
    assert brought == {"aiohttp", "pyyaml"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SLACK_", "DATABASE_"))}
    with open(tmp_path / "said", "w+") as said:
        demo = subprocess.Popen(
            [str(installed / "threshold"), "demo", "--page-only", "--port", str(port)],
            cwd=tmp_path, env=env, stdout=said, stderr=said,
        )  # fmt: skip
        try:
            end = time.monotonic() + 120
            while f"http://127.0.0.1:{port}/" not in (tmp_path / "said").read_text():
                assert demo.poll() is None, (tmp_path / "said").read_text()
                assert time.monotonic() < end
                time.sleep(0.1)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
                assert b"<script" in page.read()
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(60)
    assert "Traceback" not in (tmp_path / "said").read_text()


def test_every_folder_of_ours_is_in_the_wheel() -> None:
    """One that is added and not named here is missed only where it was installed."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    folders = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for room in ("app", "demo", "sandbox")
        for file in (ROOT / room).rglob("*.py")
    }
    assert folders | {"app.migrations", "app.migrations.versions"} == set(tools["packages"])


def test_what_everybody_has_to_install_brings_no_client_of_the_web_along() -> None:
    """`requests` came with a package for one word list; only whoever sends traces has it now. `urllib3` keeps the
    connections to Slack."""

    def brought(name: str) -> set[str]:
        try:
            wanted = [Requirement(one) for one in metadata.requires(name) or ()]
        except metadata.PackageNotFoundError:  # for another system
            return {name}
        needed = [one.name for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})]
        return {name}.union(*(brought(one) for one in needed))

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    everything = set[str]().union(*(brought(Requirement(one).name) for one in project["dependencies"]))
    assert "flask" in {one.lower() for one in everything}
    assert not {"requests", "vadersentiment"} & {one.lower() for one in everything}
