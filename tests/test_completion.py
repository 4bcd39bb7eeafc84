"""Tab completes commands, options and values in the shells themselves, where they are installed."""

import os
import pty
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from app.__main__ import _parser, main
from app.commands import completion

BASH, ZSH, FISH = (shutil.which(name) for name in ("bash", "zsh", "fish"))


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where each shell's stands: script / bash. Written with settings that nothing else would start with."""
    monkeypatch.setenv("PORT", "none")
    for shell in completion.SHELLS:
        assert main(["completion", shell]) == 0
        (tmp_path / shell).write_text(capsys.readouterr().out)
    (tmp_path / "decisions.jsonl").touch()
    (tmp_path / "a day.toml").touch()
    return tmp_path


TYPED = {
    "threshold ": {"run", "check", "export", "completion", "--version"},
    "threshold exp": {"export"},
    "threshold export --fo": {"--format"},
    "threshold export --format ": {"json", "csv", "markdown"},
    "threshold completion ": {"bash", "zsh", "fish"},
    "threshold policy s": {"show", "set"},
    "threshold read a": {"amount", "answer"},
    "threshold import deci": {"decisions.jsonl"},
    "threshold export --output a": {"a day.toml"},
    "threshold erase --person ": set(),
}
"""What was typed before Tab → words that have to be offered; none: nothing is."""


def in_bash(folder: Path, typed: str) -> set[str]:
    assert BASH is not None
    words = typed.split(" ")
    line = " ".join(f"'{word}'" for word in words)
    asks = f"source ./bash; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _threshold; "
    asks += "printf '%s\\n' \"${COMPREPLY[@]}\""
    said = subprocess.run([BASH, "-c", asks], cwd=folder, capture_output=True, text=True, check=True)
    assert said.stderr == ""
    return set(said.stdout.splitlines()) - {""}


def in_fish(folder: Path, typed: str) -> set[str]:
    assert FISH is not None
    asks = f"source ./fish; complete -C '{typed}'"
    env = {**os.environ, "HOME": str(folder)}
    said = subprocess.run([FISH, "-c", asks], cwd=folder, capture_output=True, text=True, check=True, env=env)
    return {line.partition("\t")[0] for line in said.stdout.splitlines()}


@pytest.mark.skipif(BASH is None, reason="bash is not installed here")
@pytest.mark.parametrize("typed", TYPED)
def test_bash_offers_what_there_is(script: Path, typed: str) -> None:
    offered = in_bash(script, typed)
    assert TYPED[typed] <= offered
    assert offered or not TYPED[typed]
    assert all(one.startswith(typed.split(" ")[-1]) for one in offered)


@pytest.mark.skipif(BASH is None, reason="bash is not installed here")
def test_bash_reads_an_equals_sign_as_a_word_of_its_own(script: Path) -> None:
    assert in_bash(script, "threshold export --format =") == {"json", "csv", "markdown"}
    assert in_bash(script, "threshold export --format = m") == {"markdown"}


@pytest.mark.skipif(FISH is None, reason="fish is not installed here: apt-get install fish, and this is tried too")
@pytest.mark.parametrize("typed", [typed for typed in TYPED if typed != "threshold "])
def test_fish_offers_what_there_is(script: Path, typed: str) -> None:
    assert TYPED[typed] <= in_fish(script, typed)


@pytest.mark.skipif(ZSH is None, reason="zsh is not installed here: apt-get install zsh, and this is tried too")
@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("threshold workspa", "threshold workspaces"), ("threshold export --for", "threshold export --format"),
        ("threshold export --format mark", "threshold export --format markdown"),
        ("threshold import deci", "threshold import decisions.jsonl"), ("threshold comp", "threshold completion"),
    ],
)  # fmt: skip
def test_zsh_completes_what_was_typed(script: Path, typed: str, becomes: str) -> None:
    assert ZSH is not None
    ours, theirs = pty.openpty()
    env = {**os.environ, "HOME": str(script), "PS1": "", "TERM": "dumb"}
    asks = 'PS1=; autoload -Uz compinit; compinit -D -u; source ./zsh; threshold() { print "got: threshold $*"; }\n'
    with subprocess.Popen([ZSH, "-f", "-i"], stdin=theirs, stdout=theirs, stderr=theirs, cwd=script, env=env) as shell:
        os.close(theirs)
        os.write(ours, asks.encode() + typed.encode() + b"\t\n")
        said, end = "", time.monotonic() + 30
        while f"got: {becomes}" not in said and time.monotonic() < end:
            if select.select([ours], [], [], 0.5)[0]:
                said += os.read(ours, 65536).decode(errors="replace")
        shell.kill()
    os.close(ours)
    assert f"got: {becomes}" in said


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_every_command_and_every_option_is_in_each_script(shell: str) -> None:
    said = completion.script(shell, _parser())
    for command in completion._commands(_parser()):
        assert command.name in said
        for option in command.options:
            assert all(flag.lstrip("-") in said for flag in option.flags)
