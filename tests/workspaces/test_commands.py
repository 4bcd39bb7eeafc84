"""The command line where tokens come from installs: what it says, and one bot that really runs."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.__main__ import main
from app.db.secret_columns import Box, new_key
from app.settings import Settings
from demo.browser import Browser
from demo.stage import KEY, MANIFEST
from sandbox import Limits, Sandbox

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(manifest=MANIFEST, limits=Limits(rates=False)) as slack:
        yield slack


@pytest.fixture
def env(slack: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Installs are set up, in an empty folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "SLACK_CLIENT_ID": slack.client_id,
        "SLACK_CLIENT_SECRET": slack.client_secret,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "THRESHOLD_ENCRYPTION_KEY": KEY,
        "THRESHOLD_HOST": "127.0.0.1",
        "PORT": "0",
    }.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.fixture
def threshold(env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*argv: str) -> tuple[int, str]:
        capsys.readouterr()
        handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
        code = main(argv)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert KEY not in said.out + said.err
        assert os.environ["SLACK_CLIENT_SECRET"] not in said.out + said.err or not os.environ["SLACK_CLIENT_SECRET"]
        return code, said.out + said.err

    return run


@pytest.mark.parametrize(
    ("name", "value", "says_so"),
    [
        ("SLACK_CLIENT_ID", "", "SLACK_CLIENT_ID is missing. Copy it from your app's page"),
        ("SLACK_CLIENT_SECRET", "", "SLACK_CLIENT_SECRET is missing. Copy it from your app's page"),
        ("THRESHOLD_ENCRYPTION_KEY", "", "THRESHOLD_ENCRYPTION_KEY is missing: it seals the tokens. `threshold key`"),
        ("THRESHOLD_ENCRYPTION_KEY", "hush", "THRESHOLD_ENCRYPTION_KEY can't be used"),
        ("THRESHOLD_MAY_INSTALL", "T0123, acme", "THRESHOLD_MAY_INSTALL can't be used: “acme” is no id."),
        ("THRESHOLD_ERASE_AFTER_DAYS", "-1", "THRESHOLD_ERASE_AFTER_DAYS can't be used"),
    ],
)
def test_what_is_missing_for_installs_is_one_sentence(
    threshold: Run, env: pytest.MonkeyPatch, name: str, value: str, says_so: str
) -> None:
    env.setenv(name, value)
    for command in ("run", "check"):
        code, said = threshold(command)
        assert code == 1
        assert says_so in said
        assert "hush" not in said


def test_a_key_that_was_made_is_one_that_can_be_used(threshold: Run) -> None:
    code, key = threshold("key")
    assert code == 0
    assert Box(key.strip()).open(Box(key).seal("x")) == "x"


@pytest.mark.parametrize("table", ["bot", "installation"])
def test_a_dropped_table_of_installs_is_named_once_by_check(threshold: Run, tmp_path: Path, table: str) -> None:
    assert threshold("migrate")[0] == 0
    with closing(sqlite3.connect(tmp_path / "threshold.db")) as connection:
        connection.execute(f"DROP TABLE {table}")
    code, said = threshold("check")
    assert code == 1
    assert said.count(f"The table {table} is missing from the database") == 1


def test_with_one_token_in_the_settings_nothing_is_sealed(threshold: Run, env: pytest.MonkeyPatch) -> None:
    env.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert threshold("reseal") == (
        1, "SLACK_BOT_TOKEN is in the settings, so no token is stored and there is nothing to seal.\n",
    )  # fmt: skip


def test_a_bot_without_a_token_is_added_works_is_checked_and_changes_its_key(
    threshold: Run, env: pytest.MonkeyPatch, slack: Sandbox, tmp_path: Path
) -> None:
    """One process over Socket Mode, whose HTTP side lets a workspace in."""
    code, said = threshold("check")
    assert code == 0
    assert "No workspace has installed it yet." in said
    acme = slack.workspace("Acme", installed=False)
    ana = acme.add_user("Ana")
    with open(tmp_path / "log", "w") as log:
        bot = subprocess.Popen([sys.executable, "-m", "app", "run"], stderr=log, cwd=tmp_path, env=environment())
        try:
            found = slack.wait_for(lambda: re.search(r"on port (\d+)$", read(tmp_path), re.MULTILINE), 30)
            url = f"http://127.0.0.1:{found[1]}"
            slack.redirect_to(f"{url}/slack/oauth_redirect")
            assert Browser().install(url, acme).title == "Threshold is in Acme"
            assert "is started" in ana.command("/escalate", "Move the warehouse").text
            slack.wait_for(ana.latest, 10)
        finally:
            bot.send_signal(signal.SIGTERM)
            assert bot.wait(20) == 0
    assert "works for 0 workspaces, with SQLite, threshold.db (a new file), over Socket Mode" in read(tmp_path)
    code, said = threshold("check")
    assert code == 0, said
    assert f"Acme ({acme.id}): the token works." in said

    code, said = threshold("workspaces")
    assert (code, said.startswith(f"{acme.id} Acme; installed ")) == (0, True)
    assert said.endswith("; has every scope\n")

    env.setenv("THRESHOLD_MAY_INSTALL", "TSOMEBODY")
    code, said = threshold("check")
    assert code == 0
    assert "By TSOMEBODY alone (THRESHOLD_MAY_INSTALL)." in said
    assert f"LOOK     installs  Acme ({acme.id}) works here, and THRESHOLD_MAY_INSTALL does not name it." in said
    env.setenv("THRESHOLD_MAY_INSTALL", f"TSOMEBODY,{acme.id}")
    assert "does not name it" not in threshold("check")[1]

    env.setenv("THRESHOLD_ENCRYPTION_KEY", new_key())
    for command in ("run", "check", "reseal"):
        code, said = threshold(command)
        assert code == 1
        assert f"THRESHOLD_ENCRYPTION_KEY does not open 1 of 1 stored tokens: Acme ({acme.id})." in said
    new = os.environ["THRESHOLD_ENCRYPTION_KEY"]
    env.setenv("THRESHOLD_ENCRYPTION_KEY", f"{new},{KEY}")
    assert threshold("reseal")[0] == 0
    env.setenv("THRESHOLD_ENCRYPTION_KEY", new)
    assert threshold("check")[0] == 0

    before = acme.state.scopes
    acme.set_scopes(set(before or ()) - {"im:write"})
    code, said = threshold("check")
    assert code == 0, "it works for all others"
    assert f"LOOK     scopes    Acme ({acme.id}) lacks im:write. It has to install it again" in said
    acme.set_scopes(before)

    with slack.world.locked():
        slack.world.revoked.add(acme.bot_token)
        slack.world.tokens.pop(acme.bot_token)
    code, said = threshold("check")
    assert code == 0
    assert f"LOOK     Slack     Acme ({acme.id}): token_revoked. It has to install it again." in said


def read(folder: Path) -> str:
    return (folder / "log").read_text()


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
