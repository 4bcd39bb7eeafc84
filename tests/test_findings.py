"""The scripts in `findings/` run by hand; what they say of themselves and of the tests is held here."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted((ROOT / "findings").glob("*.sh"))
README = (ROOT / "findings" / "README.md").read_text(encoding="utf-8")
ROWS = {
    row[0]: row for row in re.findall(r"^\| `([\w-]+\.sh)` \| .*?`([\w/.-]+)` \| `([\w/.]+)::(\w+)` \|$", README, re.M)
}


def test_every_finding_is_listed_once_with_what_it_protects() -> None:
    assert sorted(ROWS) == [script.name for script in SCRIPTS]
    assert len(re.findall(r"^\| `[\w-]+\.sh`", README, re.M)) == len(ROWS)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_finding_names_a_file_and_a_test_that_exist(script: Path) -> None:
    _, protected, file, test = ROWS[script.name]
    assert (ROOT / protected).is_file()
    assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_finding_says_first_what_it_saw_pins_what_it_installs_and_fails_when_that_changes(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0] == "#!/bin/sh"
    assert re.match(r"# .*\d+\.\d+", lines[1]), "the first line names a version"
    assert "set -eu" in lines
    assert re.search(r"(pip|npm) install|-m pip install", text)
    assert not re.search(r"^\s*(?:from|import) app\b", text, re.M), "a finding runs without the product"
    assert re.search(r"exit 1|diff ", text)
    assert "://" not in text, "no address of a registry"
