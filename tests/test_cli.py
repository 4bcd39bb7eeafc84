"""The command line as an operator meets it: what it says, its exit code, and never a secret or a traceback."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update

from app import __version__, built
from app.__main__ import main
from app.bootstrap import build
from app.db.models import AuditEvent, AuditUnlock, FollowUp, Outbox
from app.db.session import Database
from app.domain.lifecycle import Status
from app.schema import schema_revision
from app.settings import Settings
from app.workflows.admission import Actor
from app.workflows.triage import intake
from sandbox import Limits, Person, Room, Sandbox, Workspace
from tests.assistant.openai_server import OpenAIServer, says, status
from tests.databases import HAS_POSTGRESQL, DatabaseUrls, Servers
from tests.nursery import Nursery

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "OPENAI_API_KEY")


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    with Sandbox(ROOT / "manifest.yml", limits=Limits(rates=False)) as running:
        yield running


@pytest.fixture
def acme(slack: Sandbox) -> Workspace:
    return slack.workspace("Acme")


@pytest.fixture
def ana(acme: Workspace) -> Person:
    return acme.people[0] if acme.people else acme.add_user("Ana")


@pytest.fixture
def checkout(slack: Sandbox, acme: Workspace, ana: Person) -> Room:
    return acme.add_channel(f"checkout-{len(acme.state.channels)}", [ana])


@pytest.fixture
def env(
    slack: Sandbox, acme: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[pytest.MonkeyPatch]:
    """A configured bot in an empty folder. The environment, the folder and the signal handlers are put back."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", acme.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", slack.app_token)
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    monkeypatch.setenv("THRESHOLD_HOST", "127.0.0.1")
    monkeypatch.setenv("PORT", "0")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield monkeypatch
    for number, handler in handlers.items():
        signal.signal(number, handler)


class Said:
    """What one command answered."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
        for name in SECRETS:
            assert (os.environ.get(name) or "no secret") not in out + err, f"{name} was printed"
        assert "Traceback" not in out + err


Run = Callable[..., Said]


@pytest.fixture
def threshold(env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*argv: str) -> Said:
        capsys.readouterr()
        code = main(argv)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


def refused(said: Said) -> str:
    """The one sentence of a command that could not do what was asked."""
    assert said.code == 1
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    return said.err.strip()


# ── starting ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "value", "says_so"),
    [
        ("SLACK_BOT_TOKEN", None, "SLACK_BOT_TOKEN is missing."),
        ("SLACK_BOT_TOKEN", "", "SLACK_BOT_TOKEN is missing."),
        ("SLACK_BOT_TOKEN", "xoxb-…", "SLACK_BOT_TOKEN holds a character that none has"),
        ("SLACK_APP_TOKEN", "xapp-1 ", "SLACK_APP_TOKEN holds a character that none has"),
        ("SLACK_BOT_TOKEN", "xoxb-not-a-token", "Slack does not accept SLACK_BOT_TOKEN (invalid_auth)."),
        ("SLACK_APP_TOKEN", None, "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set"),
        ("SLACK_APP_TOKEN", "xapp-not-a-token", "Slack does not accept SLACK_APP_TOKEN (invalid_auth)."),
        (
            "SLACK_API_URL",
            "http://127.0.0.1:9/api/",
            "at http://127.0.0.1:9/api/: nothing listens there.",
        ),
        ("DATABASE_URL", "sqlite:///missing/folder/t.db", "there is no folder missing/folder"),
        (
            "DATABASE_URL",
            "postgresql://ana:hush@127.0.0.1:9/t",
            "Nothing listens where the database should be (Po",
        ),
        ("DATABASE_URL", "mysql://ana:hush@127.0.0.1/t", "DATABASE_URL can't be used"),
        ("DATABASE_URL", "hush", "DATABASE_URL can't be used"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL names no file"),
        ("SLACK_API_URL", "nonsense", "SLACK_API_URL can't be used"),
        ("PORT", "many", "PORT can't be used"),
        ("PORT", "70000", "PORT can't be used"),
        ("THRESHOLD_LOG_LEVEL", "LOUD", "THRESHOLD_LOG_LEVEL can't be used"),
    ],
)
def test_a_start_that_fails_is_one_sentence(
    threshold: Run, env: pytest.MonkeyPatch, name: str, value: str | None, says_so: str
) -> None:
    env.delenv(name) if value is None else env.setenv(name, value)
    sentence = refused(threshold("run"))
    assert says_so in sentence
    assert "hush" not in sentence


@pytest.mark.parametrize("country", ["XX", "DE-XX"])
def test_a_country_that_nobody_knows_stops_a_start_in_the_words_of_check_before_anything_is_opened(
    threshold: Run, env: pytest.MonkeyPatch, country: str
) -> None:
    """It would run, and the holidays that were meant would not count."""
    env.setenv("THRESHOLD_COUNTRY", country)
    sentence = refused(threshold("run"))
    assert sentence.startswith(f"THRESHOLD_COUNTRY is {country}, whose holidays I don't know.")
    assert f"PROBLEM  settings  {sentence}\n" in threshold("check").out
    assert not Path("threshold.db").exists()


@pytest.mark.parametrize(("country", "missing"), [("GB", "Easter Monday"), ("CA", "Thanksgiving Day")])
def test_a_country_whose_parts_each_have_holidays_of_their_own_is_named_with_what_is_missing(
    threshold: Run, env: pytest.MonkeyPatch, country: str, missing: str
) -> None:
    from app.configured import check_country
    from app.domain.people.places import missing_without_part
    from app.settings import Settings

    env.setenv("THRESHOLD_COUNTRY", country)
    said = check_country(Settings())
    assert said is not None
    assert said in threshold("check").out
    assert missing in missing_without_part(country, 2026)
    assert f"like {country}-" in said
    env.setenv("THRESHOLD_COUNTRY", "AU-NSW Western")
    assert "The public holidays of AU-NSW Western are days off." in threshold("check").out


def test_a_file_of_settings_that_is_no_utf8_is_one_sentence(threshold: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("THRESHOLD_COUNTRY=Österreich\n".encode("latin-1"))
    for command in ("run", "check"):
        assert refused(threshold(command)).startswith("The file .env can't be read: it is no UTF-8.")


def test_a_name_that_is_nearly_one_of_ours_is_named_and_other_peoples_are_not(
    threshold: Run, env: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_SIGNING_SECRT", "SLACK_TEAM_ID", "OPENAI_ORG_ID", "OPENAI_API_KEYS", "DATABASE_URLS"):
        env.setenv(name, "hush")
    said = threshold("check").out
    assert "SLACK_SIGNING_SECRT is no setting, and does nothing. Was SLACK_SIGNING_SECRET meant?" in said
    assert "Was OPENAI_API_KEY meant?" in said
    assert "Was DATABASE_URL meant?" in said
    assert said.count("is no setting") == 3
    assert "hush" not in said


def test_a_file_that_is_no_database_is_said(threshold: Run, env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "t.db").write_text("a shopping list, and a long one: " * 100)
    env.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 't.db'}")
    assert "no database" in refused(threshold("run"))


def test_a_database_from_a_newer_version_is_said(threshold: Run, env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert threshold("migrate").code == 0
    db = Database(f"sqlite:///{tmp_path / 'threshold.db'}")
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from-the-future', works_with = '9001'")
    for command in ("run", "migrate", "export"):
        assert "A newer Threshold" in refused(threshold(command))
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE alembic_version DROP COLUMN works_with")
    db.close()
    assert "A newer Threshold" in refused(threshold("run"))


def test_a_database_that_is_one_release_ahead_is_as_good_as_our_own(threshold: Run, tmp_path: Path) -> None:
    assert threshold("migrate").code == 0
    db = Database(f"sqlite:///{tmp_path / 'threshold.db'}")
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from-the-future'")
    db.close()
    assert threshold("migrate").out == (
        "A newer Threshold has upgraded this database already, and this version works with it.\n"
    )
    assert threshold("export").err == "No decisions yet.\n"
    assert "this one works too" in threshold("check").out


def test_a_busy_port_stops_http_and_is_only_a_warning_in_socket_mode(
    threshold: Run, env: pytest.MonkeyPatch, slack: Sandbox, nursery: Nursery, tmp_path: Path
) -> None:
    env.setenv("THRESHOLD_LOG_FORMAT", "json")
    env.setenv("THRESHOLD_TRACES", "http://127.0.0.1:9")  # nobody is there, and nobody waits for them
    with socket.create_server(("127.0.0.1", 0)) as taken:
        env.setenv("PORT", str(taken.getsockname()[1]))
        env.delenv("SLACK_APP_TOKEN")
        env.setenv("SLACK_SIGNING_SECRET", slack.signing_secret)
        assert "Something else listens on 127.0.0.1:" in refused(threshold("run"))
        env.setenv("SLACK_APP_TOKEN", slack.app_token)
        with Running(nursery, tmp_path) as bot:
            slack.wait_for(lambda: slack.sockets, 20)
            bot.wait_for("works for Acme, with SQLite, ")
        assert "Nothing answers /healthz" in bot.log
        assert all({"time", "level", "logger", "message"} <= json.loads(line).keys() for line in bot.log.splitlines())
        assert bot.code == 0


if HAS_POSTGRESQL:

    def test_postgresql_waits_for_migrate(threshold: Run, env: pytest.MonkeyPatch, servers: Servers) -> None:
        server = servers.of("postgresql")
        url = server.url(migrated=False)
        env.setenv("DATABASE_URL", url)
        assert "Run “threshold migrate”" in refused(threshold("run"))
        assert "its schema is old" in threshold("check").out
        assert threshold("migrate").out == "The schema was brought up to date.\n"
        assert threshold("migrate").out == "The schema is up to date.\n"
        assert threshold("check").code == 0
        server.drop(url)


# ── running ─────────────────────────────────────────────────────────────────────────────────────────────


class Running:
    """`threshold run` in a process of its own, asked to stop at the end."""

    def __init__(self, nursery: Nursery, folder: Path) -> None:
        set_here = {name.upper(): os.environ.get(name.upper(), "") for name in Settings.model_fields}
        set_here["DATABASE_URL"] = f"sqlite:///{folder / 'threshold.db'}"
        self.process = nursery.start("app.__main__:main", ["run"], log=folder / "log", env=set_here)
        self.wait_for = self.process.wait_for

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send(signal.SIGTERM)
        try:
            self.code = self.process.wait(20)
        finally:
            self.process.kill()

    @property
    def log(self) -> str:
        return self.process.said

    def ask(self, port: str, path: str) -> tuple[int, Any]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())


def test_socket_mode_works_reconnects_says_how_it_is_and_ends_in_order(
    env: pytest.MonkeyPatch, slack: Sandbox, ana: Person, checkout: Room, nursery: Nursery, tmp_path: Path
) -> None:
    env.setenv("SLACK_CLIENT_ID", "1.2")  # Bolt alone would take these two for a wish to use OAuth
    env.setenv("SLACK_CLIENT_SECRET", "secret")
    with Running(nursery, tmp_path) as bot:
        port = bot.wait_for("over Socket Mode").rsplit(" ", 1)[1]
        assert bot.ask(port, "/readyz") == (200, {"ok": True})
        assert "is started" in ana.command("/escalate", "Shorten the return window", checkout).text
        slack.wait_for(ana.latest, 10)
        slack.faults.add("server_error", method="apps.connections.open", times=999)
        slack.close_sockets()
        slack.wait_for(lambda: bot.ask(port, "/readyz")[0] == 503, 20)
        assert bot.ask(port, "/healthz") == (200, {"ok": True})
        slack.faults.clear()
        slack.wait_for(lambda: bot.ask(port, "/readyz")[0] == 200, 60)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as page:
            figures = page.read().decode()
        assert f'revision="{built.revision()}",schema="{schema_revision()}",version="{__version__}"' in figures
        assert 'threshold_deliveries_total{kind="command",status="200"} 1.0' in figures
        assert 'threshold_well{part="database"} 1.0' in figures
    assert bot.code == 0
    assert bot.log.rstrip().endswith("stopped")
    assert not slack.sockets


def test_the_version_says_from_which_commit_and_for_which_schema(
    threshold: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    revision = built.revision()
    assert revision in capsys.readouterr().out
    asked = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    assert revision == (asked.stdout.strip()[:12] or built.UNKNOWN)
    assert built.checked_out(tmp_path) == ""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    assert built.checked_out(tmp_path) == ""
    (tmp_path / ".git" / "packed-refs").write_text(f"# pack-refs with: peeled\n{'ab' * 20} refs/heads/main\n")
    assert built.checked_out(tmp_path) == "ab" * 20
    (tmp_path / ".git" / "HEAD").write_text("cd" * 20)
    assert built.checked_out(tmp_path) == "cd" * 20, "no branch"


def test_http_works_and_ends_in_order(
    env: pytest.MonkeyPatch, slack: Sandbox, ana: Person, checkout: Room, nursery: Nursery, tmp_path: Path
) -> None:
    env.delenv("SLACK_APP_TOKEN")
    env.setenv("SLACK_SIGNING_SECRET", slack.signing_secret)
    with Running(nursery, tmp_path) as bot:
        port = bot.wait_for("on HTTP port").rsplit(" ", 1)[1]
        slack.send_events_to(f"http://127.0.0.1:{port}/slack/events")
        assert bot.ask(port, "/readyz") == (200, {"ok": True})
        assert "is started" in ana.command("/escalate", "Move the warehouse", checkout).text
        ana.open_home()
        slack.wait_for(ana.home, 10)
        slack.send_events_to("")
    assert bot.code == 0


# ── auditing ────────────────────────────────────────────────────────────────────────────────────────────


def test_an_audit_by_hand_says_what_is_missing_and_does_it_when_told_to(threshold: Run) -> None:
    assert threshold("migrate").code == 0
    assert threshold("audit").out == "Nothing is missing.\n"
    db, now = Database("sqlite:///threshold.db"), datetime.now(UTC)
    with db.begin() as session:
        intake.start(session, "Move the warehouse", Actor("T1", "U1"), now)
        session.execute(delete(FollowUp).where(FollowUp.kind == "expire"))
    db.close()
    looked = threshold("audit")
    assert looked.code == 1
    assert "T1 D-1: expire for U1 is not dated; it belongs on" in looked.out
    assert "1 missing." in looked.out
    assert threshold("audit", "--mend").out.endswith("1 mended. Messages go out with the running bot.\n")
    assert threshold("audit").code == 0


# ── checking ────────────────────────────────────────────────────────────────────────────────────────────


def test_check_says_what_is_configured_and_what_everyone_answered(threshold: Run) -> None:
    said = threshold("check")
    assert said.code == 0
    for words in ("Socket Mode", "in Acme", "All 10", "Slack lets me open one", "There is no database yet", "No model"):
        assert words in said.out
    assert "PROBLEM" not in said.out
    assert not Path("threshold.db").exists()
    assert threshold("migrate").code == 0
    assert "SQLite, threshold.db: answers, schema up to date." in threshold("check").out


def test_check_says_what_is_late_and_what_was_given_up(threshold: Run) -> None:
    assert threshold("migrate").code == 0
    assert "Nothing is late, and nothing was given up." in threshold("check").out
    now, db = datetime.now(UTC), Database("sqlite:///threshold.db")

    def row(minutes: int, *, given_up: bool = False) -> Outbox:
        at, result = now - timedelta(minutes=minutes), "given up" if given_up else None
        return Outbox(
            workspace_id="T1", kind="home", recipient="U1", args={}, key=str(minutes), due_at=at, created_at=at,
            attempts=0, done_at=now if given_up else None, result=result,
        )  # fmt: skip

    with db.begin() as session:
        session.add(row(0))
    said = threshold("check")
    assert "One message waits to be sent, the oldest for " in said.out
    assert "Does a bot run?" not in said.out
    with db.begin() as session:
        late = {"workspace_id": "T1", "recipient": "C1", "args": {}, "attempts": 0}
        session.add_all([row(130), row(9, given_up=True), row(8, given_up=True)])
        session.add(FollowUp(kind="digest", due_at=now - timedelta(days=1, minutes=1), **late))
        session.add(FollowUp(kind="digest", due_at=now - timedelta(minutes=3), **late))
        session.add(FollowUp(kind="digest", due_at=now + timedelta(hours=3), **late))
    db.close()
    said = threshold("check")
    assert said.code == 0
    for words in (
        "2 messages wait to be sent, the oldest for 2 hours.",
        "2 follow-ups are due, the oldest for 1 day.",
        "2 were given up in the last 7 days: 2 home messages since ",
        "(outbox ",
        "Does a bot run?",
    ):
        assert words in said.out


@pytest.mark.parametrize("named", [["alembic_version"], ["follow_up"], ["parked", "suggestion"]])
def test_check_names_a_table_that_somebody_dropped_and_no_start_takes_the_schema_for_whole(
    threshold: Run, env: pytest.MonkeyPatch, servers: Servers, database_kind: str, named: list[str]
) -> None:
    server = servers.of(database_kind)
    url = server.url(migrated=False)
    env.setenv("DATABASE_URL", url)
    assert threshold("migrate").code == 0
    with closing(Database(url)) as db, db.begin() as session:
        for one in named:
            session.execute(text(f"DROP TABLE {one}"))
    sentence = refused(threshold("run"))
    assert sentence.startswith(
        f"The table {named[0]} is missing from" if len(named) == 1 else "The tables parked, suggestion are missing from"
    )
    assert sentence.endswith("Restore a backup.")
    assert refused(threshold("migrate")) == sentence
    said = threshold("check")
    assert said.code == 1
    assert f"PROBLEM  database  {sentence}\n" in said.out
    server.drop(url)


def test_swapped_tokens_are_called_swapped(
    threshold: Run, env: pytest.MonkeyPatch, slack: Sandbox, acme: Workspace
) -> None:
    env.setenv("SLACK_BOT_TOKEN", slack.app_token)
    env.setenv("SLACK_APP_TOKEN", acme.bot_token)
    said = threshold("check")
    assert "They look swapped." in said.out
    assert said.out.endswith("Something needs fixing: see PROBLEM above.\n")


def test_a_command_that_only_reads_makes_no_database(threshold: Run) -> None:
    for command in (["export"], ["digest", "--channel", "C0000000C"], ["digest", "--channel", "C0000000C", "--post"]):
        said = refused(threshold(*command))
        assert said == "There is no database yet at threshold.db; `threshold run` makes it."
    assert not Path("threshold.db").exists()


def test_an_export_of_nothing_says_so_beside_the_output(threshold: Run) -> None:
    threshold("migrate")
    said = threshold("export")
    assert (said.code, said.out, said.err) == (0, "", "No decisions yet.\n")


def test_check_names_the_scopes_that_are_missing_and_those_that_nobody_needs(threshold: Run, acme: Workspace) -> None:
    before = acme.state.scopes
    try:
        acme.set_scopes(set(before or ()) - {"files:write", "im:write"} | {"reactions:read"})
        said = threshold("check")
    finally:
        acme.set_scopes(before)
    assert said.code == 1
    assert "Missing: files:write, im:write." in said.out
    assert "Granted and not needed: reactions:read." in said.out


@pytest.mark.parametrize(
    ("name", "value", "says_so"),
    [
        ("SLACK_BOT_TOKEN", None, "SLACK_BOT_TOKEN is missing"),
        ("SLACK_BOT_TOKEN", "xapp-swapped", "SLACK_BOT_TOKEN does not begin with xoxb-"),
        ("SLACK_APP_TOKEN", "xapp-…", "SLACK_APP_TOKEN holds a character that none has"),
        ("SLACK_APP_TOKEN", None, "Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"),
        ("SLACK_APP_TOKEN", "xapp-not-a-token", "Slack does not accept SLACK_APP_TOKEN (invalid_auth)."),
        ("SLACK_API_URL", "http://127.0.0.1:9/api/", "Slack does not answer at"),
        ("DATABASE_URL", "postgresql://ana:hush@127.0.0.1:9/t", "Nothing listens where the database should be"),
        ("OPENAI_BASE_URL", "ftp://model", "OPENAI_BASE_URL can't be used"),
        ("THRESHOLD_COUNTRY", "XX", "THRESHOLD_COUNTRY is XX"),
        ("THRESHOLD_COUNTRY", "DE-XX", "THRESHOLD_COUNTRY is DE-XX"),
    ],
)
def test_check_names_the_problem_and_goes_on_to_the_next_question(
    threshold: Run, env: pytest.MonkeyPatch, name: str, value: str | None, says_so: str
) -> None:
    env.delenv(name) if value is None else env.setenv(name, value)
    said = threshold("check")
    assert said.code == 1
    assert says_so in said.out
    assert "hush" not in said.out
    assert said.out.rstrip().endswith("see PROBLEM above.")


def test_check_asks_the_model(threshold: Run, env: pytest.MonkeyPatch) -> None:
    with OpenAIServer(says("ok")) as model:
        env.setenv("OPENAI_BASE_URL", model.url)
        env.setenv("OPENAI_API_KEY", "sk-very-secret")
        assert "answers" in threshold("check").out
    with OpenAIServer(status(401)) as model:
        env.setenv("OPENAI_BASE_URL", model.url)
        said = threshold("check")
        assert said.code == 0, "`run` works"
        assert "LOOK     assistant" in said.out
        assert "does not accept our key" in said.out
        assert said.out.endswith("It works: see LOOK above for the rest.\n")


# ── exporting, digesting ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def two_decisions(env: pytest.MonkeyPatch, acme: Workspace, ana: Person, database_urls: DatabaseUrls) -> str:
    """A database with D-1 and D-2 in it; its URL is set."""
    url = database_urls()
    env.setenv("DATABASE_URL", url)
    db = Database(url)
    with db.begin() as session:
        for title in ("Shorten the <return> window", "Größere Kartons"):
            intake.start(session, title, Actor(acme.id, ana.id), NOW)
    db.close()
    return url


def test_export_writes_every_decision_with_its_record(threshold: Run, two_decisions: str, ana: Person) -> None:
    said = threshold("export")
    assert (said.code, said.err) == (0, "")
    first, second = (json.loads(line) for line in said.out.splitlines())
    assert (first["name"], first["title"]) == ("D-1", "Shorten the <return> window")
    assert (second["name"], second["title"]) == ("D-2", "Größere Kartons")
    assert first["requester_id"] == ana.id
    assert first["participants"] == [ana.id]
    assert first["created_at"] == NOW.isoformat()
    assert first["answers"]["undo"] is None
    assert first["history"][0]["actor"] == ana.id


def test_export_writes_chosen_decisions_as_markdown_into_a_file(
    threshold: Run, two_decisions: str, tmp_path: Path
) -> None:
    said = threshold("export", "--format", "markdown", "--decision", "D-2", "--output", "out.md")
    assert (said.code, said.out) == (0, "")
    page = (tmp_path / "out.md").read_text(encoding="utf-8")
    assert page.startswith("# D-2")
    assert "Größere Kartons" in page
    assert "D-1" not in page
    assert "There is no D-9." in refused(threshold("export", "--decision", "D-9", "--output", "out.md"))
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == page


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_export_into_a_pipe_that_closes_early_is_no_traceback(two_decisions: str) -> None:
    command = [sys.executable, "-m", "app", "export"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait(20) == 1


def test_export_says_which_decision_there_is_not(
    threshold: Run, two_decisions: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(threshold("export", "--decision", "D-9", "--decision", "d-1")) == "There is no D-9."
    assert refused(threshold("export", "--workspace", "T-nowhere")) == "There is no workspace T-nowhere here."
    assert "can't be written" in refused(threshold("export", "--output", str(tmp_path / "no" / "out.jsonl")))
    with pytest.raises(SystemExit) as typo:
        threshold("export", "--decision", "forty-two")
    assert typo.value.code == 2
    assert "“forty-two” is no decision. Write it like D-42." in capsys.readouterr().err


@pytest.mark.parametrize("form", ["json", "csv", "markdown"])
def test_a_decision_that_cant_be_read_is_named_and_all_others_are_exported(
    threshold: Run, two_decisions: str, form: str
) -> None:
    with closing(Database(two_decisions)) as db, db.begin() as session:
        session.execute(text("""UPDATE decision SET answers = '{"undo": ["hours"]}' WHERE number = 1"""))
    said = threshold("export", "--format", form)
    assert (said.code, "Größere Kartons" in said.out) == (1, True)
    assert said.err.startswith("D-1 can't be read any more, and is left out.")
    assert said.out.startswith("\ufeffworkspace,name," if form == "csv" else "")


def test_a_whole_workspace_is_carried_over_and_a_person_taken_out_of_it(
    threshold: Run, env: pytest.MonkeyPatch, two_decisions: str, acme: Workspace, ana: Person
) -> None:
    assert threshold("export", "--whole", "--output", "whole.jsonl").code == 0
    assert "leave --decision" in refused(threshold("export", "--whole", "--format", "csv"))
    env.setenv("DATABASE_URL", "sqlite:///elsewhere.db")
    said = threshold("import", "whole.jsonl")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("a record of 2 entries that verifies.\n")
    assert "in use here already" in refused(threshold("import", "whole.jsonl"))
    assert (
        threshold("export", "--format", "csv").out.splitlines()[2].startswith(f"{acme.id},D-2,Größere Kartons,triage")
    )
    assert "would leave 2 decisions" in threshold("erase", "--person", ana.id).out
    assert ana.id in threshold("export").out
    said = threshold("erase", "--person", ana.id, "--yes")
    assert (said.code, said.err) == (0, "")
    assert "Theirs that were still open: 2, withdrawn." in said.out
    assert ana.id not in threshold("export").out
    assert "someone who has left" in threshold("export", "--format", "markdown").out
    assert threshold("verify").code == 0
    assert "Nobody by the id" in refused(threshold("erase", "--person", ana.id))


def test_verify_says_that_the_record_is_as_it_was_written_and_names_what_is_not(
    threshold: Run, two_decisions: str, acme: Workspace
) -> None:
    said = threshold("verify")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"{acme.id}: the record verifies. 2 entries, the last is 2:")
    noted = said.out.split()[-1]
    assert threshold("verify", "--workspace", acme.id, "--expect", noted).code == 0
    assert refused(threshold("verify", "--workspace", "T-nowhere")) == "There is no workspace T-nowhere here."
    db = Database(two_decisions)
    with db.engine.begin() as connection:
        connection.execute(insert(AuditUnlock).values(workspace_id=acme.id))
        connection.execute(update(AuditEvent).where(AuditEvent.seq == 1).values(actor="U0000000X"))
        connection.execute(delete(AuditUnlock))
    db.close()
    said = threshold("verify")
    assert said.code == 1
    assert f"{acme.id}: D-1: entry 1 (start, 23 Nov 2026, 09:00 UTC) was changed." in said.out
    assert "does NOT verify" in said.out


def test_digest_prints_and_posts_what_is_open(
    threshold: Run, env: pytest.MonkeyPatch, acme: Workspace, ana: Person, checkout: Room, tmp_path: Path
) -> None:
    threshold("migrate")
    assert "No workspace has used Threshold yet" in refused(threshold("digest", "--channel", checkout.id))
    open_in(checkout, acme, ana)
    printed = threshold("digest", "--channel", checkout.id)
    assert printed.code == 0
    assert "*D-1* Shorten the <return> window" in printed.out.replace("·", "").replace("  ", " ")
    posted = threshold("digest", "--channel", checkout.id, "--post")
    assert (posted.code, posted.out) == (0, f"Posted to {checkout.id}.\n")
    latest = ana.latest(checkout)
    assert latest is not None
    assert "D-1" in latest.shown
    assert "nothing was posted" in threshold("digest", "--channel", "C-elsewhere", "--post").out
    assert "--workspace" in refused(threshold("digest", "--channel", checkout.id, "--workspace", "T-nowhere"))


def test_a_digest_that_slack_refuses_is_said(
    threshold: Run, env: pytest.MonkeyPatch, acme: Workspace, ana: Person
) -> None:
    private = acme.add_channel(f"quiet-{len(acme.state.channels)}", [ana], bot=False, private=True)
    threshold("migrate")
    open_in(private, acme, ana)
    assert "Is the bot in that channel?" in refused(threshold("digest", "--channel", private.id, "--post"))


def open_in(room: Room, acme: Workspace, ana: Person) -> None:
    """A decision of this channel that others hear of."""
    bot = build(Settings(), clock=lambda: NOW)
    with bot.db.begin() as session:
        d = intake.start(session, "Shorten the <return> window", Actor(acme.id, ana.id), NOW, channel=room.id)
        d.status = Status.DRAFTING
    bot.stop()


# ── what an operator takes out ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "command", [["verify"], ["export"], ["export", "--whole"], ["audit"], ["record"], ["backup", "copy.db"]]
)
def test_what_only_reads_leaves_a_copy_as_it_was(
    threshold: Run, env: pytest.MonkeyPatch, two_decisions: str, tmp_path: Path, command: list[str]
) -> None:
    assert threshold("backup", "kept/../one.db").code == 1, "there is no such folder"
    folder = tmp_path / "kept"
    folder.mkdir()
    assert threshold("backup", "kept/one.db").code == 0
    before = (folder / "one.db").read_bytes()
    for one in (folder / "one.db", folder):
        one.chmod(one.stat().st_mode & ~0o222)
    env.setenv("DATABASE_URL", f"sqlite:///{folder / 'one.db'}")
    try:
        said = threshold(*command)
        assert said.code == 0, said.err
    finally:
        folder.chmod(0o755)
    assert (folder / "one.db").read_bytes() == before
    assert [one.name for one in folder.iterdir()] == ["one.db"]


def test_what_only_reads_does_not_migrate(
    threshold: Run, env: pytest.MonkeyPatch, two_decisions: str, tmp_path: Path
) -> None:
    with closing(Database(two_decisions)) as db, db.begin() as session:
        known = session.scalar(text("SELECT version_num FROM alembic_version"))
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    for command in ("verify", "export", "audit", "record"):
        assert "this command changes nothing. Run “threshold migrate” first" in refused(threshold(command))
    with closing(Database(two_decisions)) as db, db.begin() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "0001"
        session.execute(text("UPDATE alembic_version SET version_num = :known"), {"known": known})


def test_what_people_wrote_is_for_its_owner_alone(
    threshold: Run, env: pytest.MonkeyPatch, two_decisions: str, tmp_path: Path
) -> None:
    open_to_all = tmp_path / "out.jsonl"
    open_to_all.write_text("an earlier one")
    open_to_all.chmod(0o644)
    for command in (["export"], ["export", "--whole"], ["record"]):
        assert threshold(*command, "--output", "out.jsonl").code == 0
        assert stat.S_IMODE(open_to_all.stat().st_mode) == 0o600
    env.setenv("DATABASE_URL", "sqlite:///fresh.db")
    assert threshold("migrate").code == 0
    assert stat.S_IMODE((tmp_path / "fresh.db").stat().st_mode) == 0o600
    assert threshold("backup", "copy.db").code == 0
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


def test_a_backup_is_whole_and_writes_over_nothing(
    threshold: Run, env: pytest.MonkeyPatch, two_decisions: str, tmp_path: Path, database_kind: str
) -> None:
    if database_kind == "postgresql":
        assert "pg_dump --format=custom --file=copy.db" in refused(threshold("backup", "copy.db"))
        assert not (tmp_path / "copy.db").exists()
        return
    verified = threshold("verify").out
    said = threshold("backup", "copy.db")
    assert "and is sound" in said.out
    assert "is there already" in refused(threshold("backup", "copy.db"))
    env.setenv("DATABASE_URL", "sqlite:///copy.db")
    assert threshold("verify").out == verified


def test_the_record_is_streamed_from_an_entry_on_and_holds_no_words(
    threshold: Run, two_decisions: str, acme: Workspace, ana: Person
) -> None:
    lines = [json.loads(line) for line in threshold("record").out.splitlines()]
    assert [(one["entry"], one["decision"], one["what"], one["actor"]) for one in lines] == [
        (1, "D-1", "start", ana.id), (2, "D-2", "start", ana.id),
    ]  # fmt: skip
    assert lines[-1]["hash"] == threshold("verify").out.rsplit(":", 1)[1].strip()
    assert "Kartons" not in threshold("record").out
    assert [json.loads(line)["entry"] for line in threshold("record", "--after", "1").out.splitlines()] == [2]
    assert threshold("record", "--after", "2").out == ""


def test_verify_and_audit_speak_json(threshold: Run, two_decisions: str, acme: Workspace) -> None:
    said = json.loads(threshold("verify", "--json").out)
    assert (said["workspace"], said["sound"], said["entries"], said["wrong"]) == (acme.id, True, 2, [])
    with closing(Database(two_decisions)) as db, db.begin() as session:
        session.execute(text("UPDATE decision SET title = 'Forged' WHERE number = 2"))
        session.execute(delete(FollowUp).where(FollowUp.kind == "expire", FollowUp.workspace_id == acme.id))
    looked = threshold("verify", "--json")
    assert looked.code == 1
    assert json.loads(looked.out)["sound"] is False
    looked = threshold("audit", "--json")
    assert looked.code == 1
    assert {one["what"] for one in json.loads(looked.out)["missing"]} >= {"follow_up"}


def test_erasing_shows_each_line_that_would_change_before_it_asks(
    threshold: Run, two_decisions: str, ana: Person
) -> None:
    said = threshold("erase", "--person", ana.id, "--also", "Größere")
    assert "- Größere Kartons\n+ someone who has left Kartons\n" in said.out
    assert said.out.endswith("Nothing was changed. Run it again with --yes to do it.\n")
    assert "Größere" in threshold("export").out
    assert threshold("erase", "--person", ana.id, "--also", "Größere", "--yes").code == 0
    assert "Größere" not in threshold("export").out
