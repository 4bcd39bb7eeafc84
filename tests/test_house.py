"""Rules of the house that no linter knows: what the docs say is so, and the repository speaks of the product alone."""

import fnmatch
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_bolt import App

from app import __version__
from app.__main__ import main
from app.bootstrap import build
from app.schema import schema_revision
from app.settings import Settings
from app.slack.ids import COMMAND
from app.slack.views.replies.commands import COMMANDS
from tests.databases import DatabaseUrls

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])

REGISTRIES = ("pypi" + ".org", "python" + "hosted", "npm" + "js.com", "registry" + ".npm", "crates" + ".io")
MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/[\w.-]+")


def written() -> Iterator[Path]:
    """Every file of the repository: all there is here, but for what .gitignore names."""
    patterns = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line]
    ignored = re.compile("|".join(fnmatch.translate(pattern) for pattern in [".git", *patterns]))
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if not ignored.match(name)]
        yield from (Path(folder, name) for name in files if not ignored.match(name))


def shown(default: object) -> str:
    return "–" if default is None else f"`{default}`"


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_the_readme_has_every_setting_with_its_default_and_its_meaning(name: str) -> None:
    field = Settings.model_fields[name]
    assert f"| `{name.upper()}` | {shown(field.default)} | {field.description} |" in README.splitlines()


def test_the_readme_has_no_setting_that_is_not_there() -> None:
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)
    assert named == [name.upper() for name in Settings.model_fields]


@pytest.mark.parametrize("typed", [typed for typed, _ in COMMANDS])
def test_the_readme_has_every_form_of_the_command(typed: str) -> None:
    assert f"| `{f'{COMMAND} {typed}'.strip()}` |" in README


def test_the_readme_names_every_command_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    names = re.findall(r"^    (\w+)(?: |$)", capsys.readouterr().out, re.MULTILINE)
    assert names == [
        "run", "check", "migrate", "key", "reseal", "export", "import", "erase", "verify", "workspaces", "record",
        "backup", "audit", "policy", "keepers", "replay", "find", "insights", "simulate", "digest", "demo", "read",
        "completion",
    ]  # fmt: skip
    words = " ".join(README.split())
    assert [name for name in names if f"`threshold {name}" not in words] == []


def test_every_target_that_the_docs_name_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {word for doc in DOCS for word in re.findall(r"(?:`|^)make (\w+)", doc.read_text(), re.MULTILINE)}
    assert {"demo", "test"} <= named <= targets


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_every_link_and_every_path_in_the_docs_leads_somewhere(doc: Path) -> None:
    text = doc.read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    paths = re.findall(r"`((?:app|sandbox|demo|docs|migrations|tests)/[\w./]+)`", text)
    missing = [link for link in links if link and not (doc.parent / link).exists()]
    missing += [path for path in paths if not (ROOT / path).exists()]
    assert missing == []


def test_the_image_copies_what_there_is_and_what_docker_is_shown() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+) ", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert set(copied) == let_in
    assert all((ROOT / name).exists() for name in copied)


def test_no_file_names_a_package_registry_or_a_path_of_some_machine() -> None:
    found = []
    for path in written():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {host}" for host in REGISTRIES if host in text]
        found += [f"{path.relative_to(ROOT)}: {one.group()}" for one in MACHINE.finditer(text)]
    assert found == []


def test_the_bot_acks_nothing_before_its_listener_has_run(database_urls: DatabaseUrls) -> None:
    """Bolt acks events at once unless it is told not to; an event that met a dead database was lost."""
    bot = build(Settings(slack_bot_token="xoxb-1", database_url=database_urls()))
    listeners = bot.app._listeners
    bot.stop()
    assert isinstance(bot.app, App)
    assert len(listeners) > 10
    assert [one for one in listeners if one.auto_acknowledgement] == []


def test_every_version_has_its_page_of_upgrade_with_the_schema_that_it_needs() -> None:
    page = (ROOT / "docs" / "upgrades.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\d.]+) \| (\d{4}) \| from schema (\d{4}) on \|", page, re.MULTILINE)
    newest = sorted((ROOT / "migrations" / "versions").glob("[0-9]*_*.py"))[-1].read_text(encoding="utf-8")
    assert rows[0] == (__version__, schema_revision(), re.findall(r'^works_with = "(\d+)"', newest, re.MULTILINE)[0])
    assert all(f"\n## {version}\n" in page for version, _, _ in rows)


@pytest.mark.parametrize("page", DOCS, ids=lambda path: path.name)
def test_every_file_that_the_docs_name_is_there(page: Path) -> None:
    named = re.findall(
        r"`((?:app|tests|demo|sandbox|benchmarks|migrations)/[\w./]+)`", page.read_text(encoding="utf-8")
    )
    rooms = "domain|words|workflows|db|slack"
    named += [f"app/{path}" for path in re.findall(rf"`((?:{rooms})/[\w./]+)`", page.read_text(encoding="utf-8"))]
    assert [path for path in named if not (ROOT / path).exists()] == []
