"""`check` says 0 exactly when `run` would work with the same settings. What is wrong is one sentence, never a secret.

Each case is tried whole, both commands in a process of their own.
"""

import json
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import make_url

from app.settings import Settings
from sandbox import Limits, Sandbox
from tests.connect_proxy import proxy
from tests.databases import HAS_POSTGRESQL, Servers
from tests.nursery import Nursery
from tests.tls_front import certificates, front

ROOT = Path(__file__).resolve().parent.parent


class Portal(BaseHTTPRequestHandler):
    """Answers whatever is asked with a page, as a hotel's network or a wrong host does."""

    def do_POST(self) -> None:
        page = b"<html>Please sign in</html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_GET = do_POST

    def do_CONNECT(self) -> None:
        self.send_error(403)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@dataclass
class Around:
    """What the cases need of the world."""

    slack: Sandbox
    portal: str
    taken: str
    """A port that somebody has."""
    secure: Sandbox
    ca: Path
    proxies: dict[str, str]
    """By what they do: lets everything through; strict: opens no tunnel; picky: none to the socket; asks: for a
    user and a password, which are user and hu@sh."""

    def base(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": self.slack.workspace("Acme").bot_token, "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url, "THRESHOLD_HOST": "127.0.0.1", "PORT": "0",
        }  # fmt: skip

    def filled(self, value: str) -> str:
        return (
            value.replace("{portal}", self.portal)
            .replace("{taken}", self.taken)
            .replace("{secret}", self.slack.signing_secret)
            .replace("{https}", self.slack.api_url.replace("http:", "https:"))
            .replace("{proxy}", self.proxies["lets"])
            .replace("{no_tunnels}", self.proxies["strict"])
            .replace("{picky}", self.proxies["picky"])
            .replace("{with_password}", self.proxies["asks"].replace("//", "//user:hu%40sh@"))
            .replace("{another_password}", self.proxies["asks"].replace("//", "//user:hush@"))
            .replace("{tls}", self.secure.api_url.replace("localhost", "127.0.0.1"))  # its socket is at localhost
            .replace("{tls_token}", self.secure.workspace("Acme").bot_token)
            .replace("{ca}", str(self.ca))
            .replace("{bare}", self.slack.api_url.rstrip("/"))
        )


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Around]:
    ca, own = certificates(tmp_path_factory.mktemp("ca"))
    portal = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=portal.serve_forever, daemon=True).start()
    with (
        Sandbox(ROOT / "manifest.yml", limits=Limits(rates=False)) as slack,
        socket.create_server(("127.0.0.1", 0)) as taken,
        Sandbox(ROOT / "manifest.yml", limits=Limits(rates=False)) as secure,
        front(urlsplit(secure.url).port or 0, own) as tls,
        proxy() as lets,
        proxy(tunnels=False) as strict,
        proxy(not_to="localhost") as picky,
        proxy(password="hu@sh") as asks,
    ):
        secure.world.base_url = f"https://localhost:{tls}"
        page, port = f"http://127.0.0.1:{portal.server_address[1]}/", str(taken.getsockname()[1])
        proxies = {"lets": lets.url, "strict": strict.url, "picky": picky.url, "asks": asks.url}
        yield Around(slack, page, port, secure, ca, proxies)
    portal.shutdown()
    portal.server_close()


TLS = {"SLACK_API_URL": "{tls}", "SLACK_BOT_TOKEN": "{tls_token}", "SSL_CERT_FILE": "{ca}"}
"""A Slack that speaks TLS, by a CA of one's own."""
HTTP = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "{secret}"}
WORKS = ""

CASES: dict[str, tuple[dict[str, str], str]] = {
    "as it should be": ({}, WORKS),
    "over HTTP": (HTTP, WORKS),
    "a port that is taken": ({**HTTP, "PORT": "{taken}"}, "Something else listens on 127.0.0.1:"),
    "a port that is taken, in Socket Mode": ({"PORT": "{taken}"}, WORKS),
    "an address that is not ours": ({**HTTP, "THRESHOLD_HOST": "10.99.99.99"}, "I can't listen on 10.99.99.99:0."),
    "a host that is none": ({**HTTP, "THRESHOLD_HOST": "no such host"}, "I can't listen on no such host:0."),
    "an address of Slack's that is none": ({"SLACK_API_URL": "nonsense"}, "SLACK_API_URL can't be used"),
    "a password in Slack's address": ({"SLACK_API_URL": "http://a:hush@127.0.0.1:9/api/"}, "holds a user, a password"),
    "a query in Slack's address": ({"SLACK_API_URL": "http://127.0.0.1:9/?token=hush"}, "holds a user, a password"),
    "another protocol": ({"SLACK_API_URL": "ftp://127.0.0.1/"}, "SLACK_API_URL can't be used"),
    "a port past the last": ({"SLACK_API_URL": "http://127.0.0.1:99999/api/"}, "SLACK_API_URL can't be used"),
    "a blank in the address": ({"SLACK_API_URL": "http://127.0.0.1:9/a pi/"}, "SLACK_API_URL can't be used"),
    "no slash at the end": ({"SLACK_API_URL": "{bare}"}, WORKS),
    "nobody there": ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "nothing listens there"),
    "a page instead of Slack": ({"SLACK_API_URL": "{portal}"}, "is not Slack: it sends a page."),
    "no TLS there": ({"SLACK_API_URL": "{https}"}, "it speaks no TLS that we understand"),
    "a proxy that is away": ({"HTTP_PROXY": "http://127.0.0.1:9"}, "The way there is the proxy in HTTP_PROXY."),
    "a proxy that sends a page": ({"HTTP_PROXY": "{portal}"}, "is not Slack: it sends a page."),
    "a proxy that lets everything through": ({**TLS, "HTTPS_PROXY": "{proxy}"}, WORKS),
    "a proxy that lets WebSockets through to no host": ({**TLS, "HTTPS_PROXY": "{picky}"}, "let WebSockets (wss)"),
    "a proxy that opens no tunnel": ({**TLS, "HTTPS_PROXY": "{no_tunnels}"}, "the proxy does not let us through (403)"),
    "a proxy that wants a password and gets it": ({**TLS, "HTTPS_PROXY": "{with_password}"}, WORKS),
    "a proxy that wants another password": ({**TLS, "HTTPS_PROXY": "{another_password}"}, "us through (407). Check"),
    "a proxy that wants another password, without TLS": ({"HTTP_PROXY": "{another_password}"}, "us through (407). C"),
    "a socket without TLS behind a proxy": ({"HTTP_PROXY": "{proxy}"}, "let WebSockets (wss) through?"),
    "a CA of one's own that nobody named": ({**TLS, "SSL_CERT_FILE": "", "HTTPS_PROXY": "{proxy}"}, "SSL_CERT_FILE"),
    "a proxy at no address": ({"HTTP_PROXY": "nonsense"}, "The way there is the proxy in HTTP_PROXY."),
    "a proxy's address that is none": ({"HTTP_PROXY": "http://user:hush@:none/"}, "HTTP_PROXY"),
    "a proxy for everything that no model's client knows": (
        {"ALL_PROXY": "socks5://user:hush@127.0.0.1:9", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, WORKS),
    "a proxy of the model's that is none": (
        {"ALL_PROXY": "hush", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, WORKS),
    "a CA's file that is not there": ({"SSL_CERT_FILE": "/nowhere/hush.pem"}, WORKS),
    "traces to nowhere": ({"THRESHOLD_TRACES": "nonsense"}, "THRESHOLD_TRACES can't be used"),
    "traces past the last port": ({"THRESHOLD_TRACES": "http://127.0.0.1:99999"}, "THRESHOLD_TRACES can't be used"),
    "a model at no address": ({"OPENAI_BASE_URL": "ftp://model"}, "OPENAI_BASE_URL can't be used"),
    "a model that is away": ({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, WORKS),
    "a key that is none": ({"OPENAI_API_KEY": "sk-hush…"}, "OPENAI_API_KEY holds a character that none has"),
    "a misspelt setting": ({"THRESHOLD_LOGLEVEL": "DEBUG"}, WORKS),
    "a country nobody knows": ({"THRESHOLD_COUNTRY": "XX"}, "whose holidays I don't know"),
    "a tick that is no number": ({"THRESHOLD_TICK_SECONDS": "nan"}, "THRESHOLD_TICK_SECONDS can't be used"),
    "an unknown driver": ({"DATABASE_URL": "postgresql+hush://a:hush@127.0.0.1/t"}, "DATABASE_URL can't be used"),
    "SQLite's time-out is no number": ({"DATABASE_URL": "sqlite:///t.db?timeout=hush"}, "DATABASE_URL can't be used"),
    "a folder for a database": ({"DATABASE_URL": "sqlite:////tmp"}, "that is a folder"),
    "nobody on the database's port": ({"DATABASE_URL": "postgresql://a:hush@127.0.0.1:9/t"}, "Nothing listens where"),
    "a host without an address": ({"DATABASE_URL": "postgresql://a:hush@x.invalid/t"}, "host has no address"),
    "a password with an @": ({"DATABASE_URL": "postgresql://a:hu@hush/x@127.0.0.1:9/t"}, "it holds more than one @"),
    "a password with a #": ({"DATABASE_URL": "postgresql://a:hu#hush@127.0.0.1:9/t"}, "Nothing listens where"),
    "a password with a /": ({"DATABASE_URL": "postgresql://a:hu/hush@127.0.0.1:9/t"}, "Nothing listens where"),
    "a password for a port": ({"DATABASE_URL": "postgresql://a:hush/t"}, "its port is no number"),
    "a secret with a blank": ({**HTTP, "SLACK_SIGNING_SECRET": "hu sh"}, "SLACK_SIGNING_SECRET holds a character"),
}  # fmt: skip


def check_and_run(nursery: Nursery, folder: Path, given: dict[str, str]) -> tuple[int, str, bool, str]:
    """The exit code and the words of `check`; whether `run` started, and its words."""
    empty = {name.upper(): "" for name in Settings.model_fields}
    clean = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"), "")
    env = {**empty, **clean, "DATABASE_URL": f"sqlite:///{folder / 't.db'}", **given}
    checked = nursery.start("app.__main__:main", ["check"], log=folder / "check", env=env)
    code = checked.wait(60)
    running = nursery.start("app.__main__:main", ["run"], log=folder / "run", env=env)
    end = time.monotonic() + 60
    while running.alive and " works for " not in running.said:
        assert time.monotonic() < end, running.said
        time.sleep(0.02)
    started = " works for " in running.said
    running.send(signal.SIGTERM)
    ended = running.wait(30)
    assert ended == (0 if started else 1), running.said
    return code, checked.said, started, running.said


def same(nursery: Nursery, folder: Path, given: dict[str, str], sentence: str) -> tuple[str, str]:
    """Both say the same, in one sentence. Returns the words of both."""
    code, checked, started, ran = check_and_run(nursery, folder, given)
    assert started is (sentence == WORKS), ran
    assert (code == 0) is started, checked
    for said in (checked, ran):
        assert "Traceback" not in said
        assert ".Error" not in said
        assert "hush" not in said
    if not started:
        assert ran.count("\n") == 1
        assert sentence in ran
        assert sentence in checked
    return checked, ran


@pytest.mark.parametrize("case", CASES)
def test_check_is_runs_word(around: Around, nursery: Nursery, tmp_path: Path, case: str) -> None:
    given, sentence = CASES[case]
    filled = {name: around.filled(value) for name, value in given.items()}
    same(nursery, tmp_path, around.base() | filled, sentence)


def test_a_misspelt_setting_is_named_and_what_kubernetes_sets_is_not(
    around: Around, nursery: Nursery, tmp_path: Path
) -> None:
    given = {"THRESHOLD_LOGLEVEL": "DEBUG", "THRESHOLD_PORT": "tcp://10.0.0.1:80", "THRESHOLD_SERVICE_HOST": "10.0.0.1"}
    checked, ran = same(nursery, tmp_path, around.base() | given, WORKS)
    for said in (checked, ran):
        assert "THRESHOLD_LOGLEVEL is no setting, and does nothing. Was THRESHOLD_LOG_LEVEL meant?" in said
        assert said.count("is no setting") == 1


def test_a_start_says_which_database_it_has_and_that_a_file_is_new(
    around: Around, nursery: Nursery, tmp_path: Path
) -> None:
    _, ran = same(nursery, tmp_path, around.base(), WORKS)
    assert f"with SQLite, {tmp_path / 't.db'} (a new file), over Socket Mode" in ran
    (tmp_path / "run").unlink()
    _, ran = same(nursery, tmp_path, around.base(), WORKS)
    assert f"with SQLite, {tmp_path / 't.db'}, over Socket Mode" in ran


def test_a_start_that_fails_says_so_in_the_logs_format(around: Around, nursery: Nursery, tmp_path: Path) -> None:
    given = {**around.base(), "SLACK_API_URL": "nonsense", "THRESHOLD_LOG_FORMAT": "json"}
    _, _, started, ran = check_and_run(nursery, tmp_path, given)
    assert not started
    line = json.loads(ran)
    assert line["level"] == "CRITICAL"
    assert line["message"].startswith("SLACK_API_URL can't be used")


def test_check_speaks_json(around: Around, nursery: Nursery, tmp_path: Path) -> None:
    env = {name.upper(): "" for name in Settings.model_fields} | around.base()
    env |= {"DATABASE_URL": f"sqlite:///{tmp_path / 't.db'}", "THRESHOLD_COUNTRY": "XX"}
    child = nursery.start("app.__main__:main", ["check", "--json"], log=tmp_path / "check", env=env)
    assert child.wait(60) == 1
    said = json.loads(child.said)
    assert said["ok"] is False
    assert {"level": "ok", "about": "socket", "said": "Slack lets me open one."} in said["findings"]
    assert [one["about"] for one in said["findings"] if one["level"] == "PROBLEM"] == ["settings"]


if HAS_POSTGRESQL:
    ASKED = {
        "an unknown option": ({"banana": "1"}, {}, "one of its options is unknown"),
        "TLS of a kind that is none": ({"sslmode": "hush"}, {}, "can't be secured as asked"),
        "no such database": ({}, {"database": "nowhere"}, "There is no such database (PostgreSQL, nowhere on"),
        "no such user": ({}, {"username": "nobody", "password": "hush"}, "does not accept its user and password"),
    }  # fmt: skip

    @pytest.mark.parametrize("case", ASKED)
    def test_each_refusal_of_postgresql_is_a_sentence_of_its_own(
        around: Around, nursery: Nursery, tmp_path: Path, servers: Servers, case: str
    ) -> None:
        server = servers.of("postgresql")
        url = server.url()
        more, other, sentence = ASKED[case]
        given = make_url(url).update_query_dict(more).set(**other)  # type: ignore[arg-type]
        database = {"DATABASE_URL": given.render_as_string(hide_password=False)}
        same(nursery, tmp_path, around.base() | database, sentence)
        server.drop(url)
