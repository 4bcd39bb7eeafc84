"""Real proxies around real processes: nginx and Caddy in front of two replicas, a CONNECT proxy on the way out."""

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.settings import Settings
from sandbox import Limits, Sandbox
from tests.connect_proxy import proxy
from tests.nursery import Child, Nursery
from tests.tls_front import certificates, front

ROOT = Path(__file__).resolve().parent.parent
NGINX, CADDY, TINYPROXY = (
    shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") for name in ("nginx", "caddy", "tinyproxy")
)
NO_PROXY = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"), "")


def missing(program: str) -> str:
    return f"{program} is not installed here: apt-get install {program}, and this is tried too"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def until_listening(port: int, said: Callable[[], str]) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end, said()
            time.sleep(0.02)


@contextmanager
def running(given: list[str], port: int, folder: Path) -> Iterator[None]:
    log = folder / "proxy.log"
    env = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with log.open("w") as out, subprocess.Popen(given, stdout=out, stderr=out, cwd=folder, env=env) as process:
        try:
            until_listening(port, log.read_text)
            yield
        finally:
            process.terminate()


def nginx(folder: Path, port: int, replicas: tuple[int, int]) -> list[str]:
    """The command that runs docs/nginx.conf, on these ports and in this folder."""
    assert NGINX is not None
    conf = (ROOT / "docs" / "nginx.conf").read_text().replace("listen 8443;", f"listen 127.0.0.1:{port};")
    for named, given in zip((3000, 3001), replicas, strict=True):
        assert f"127.0.0.1:{named} " in conf
        conf = conf.replace(f"127.0.0.1:{named} ", f"127.0.0.1:{given} ")
    paths = "".join(
        f" {kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = conf.replace("http {", f"http {{ access_log off;{paths}", 1)
    (folder / "nginx.conf").write_text(conf)
    return [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr",
            "-g", f"pid {folder}/pid; daemon off; master_process off;"]  # fmt: skip


def caddy(folder: Path, port: int, replicas: tuple[int, int]) -> list[str]:
    """The command that runs docs/Caddyfile, on these ports and without TLS."""
    assert CADDY is not None
    conf = (ROOT / "docs" / "Caddyfile").read_text()
    assert "bot.example.com {" in conf
    assert "127.0.0.1:3000 127.0.0.1:3001" in conf
    version = subprocess.run([CADDY, "version"], capture_output=True, text=True, check=True).stdout
    if "2.6." in version:
        conf = conf.replace("request_buffers 3MB", "buffer_requests")
    conf = conf.replace("bot.example.com {", f"{{\n\tadmin off\n}}\nhttp://127.0.0.1:{port} {{")
    conf = conf.replace("127.0.0.1:3000 127.0.0.1:3001", " ".join(f"127.0.0.1:{one}" for one in replicas))
    (folder / "Caddyfile").write_text(conf)
    return [CADDY, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


FRONTS = [
    pytest.param(nginx, marks=pytest.mark.skipif(NGINX is None, reason=missing("nginx")), id="nginx"),
    pytest.param(caddy, marks=pytest.mark.skipif(CADDY is None, reason=missing("caddy")), id="caddy"),
]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("made", FRONTS)
def test_no_command_is_lost_while_two_replicas_are_replaced_one_by_one(
    made: Callable[[Path, int, tuple[int, int]], list[str]], nursery: Nursery, tmp_path: Path
) -> None:
    ports, door = (free_port(), free_port()), free_port()
    with Sandbox(ROOT / "manifest.yml", limits=Limits(rates=False)) as slack:
        ws = slack.workspace("Acme")
        ana = ws.add_user("Ana")
        room = ws.add_channel("ops", [ana])
        clean = {name.upper(): "" for name in Settings.model_fields} | NO_PROXY
        env = clean | {
            "SLACK_BOT_TOKEN": ws.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url, "DATABASE_URL": f"sqlite:///{tmp_path / 't.db'}",
            "THRESHOLD_HOST": "127.0.0.1",
        }  # fmt: skip
        started = 0

        def start(port: int) -> Child:
            nonlocal started
            started += 1
            log = tmp_path / f"bot{started}"
            bot = nursery.start("app.__main__:main", ["run"], log=log, env=env | {"PORT": str(port)})
            bot.wait_for("on HTTP port")
            return bot

        bots = [start(port) for port in ports]
        heard, over = list[bool](), threading.Event()

        def commands() -> None:
            while not over.wait(0.05):
                heard.append(ana.command("/escalate", "help", room).acked)

        try:
            with running(made(tmp_path, door, ports), door, tmp_path):
                slack.send_events_to(f"http://127.0.0.1:{door}/slack/events")
                for path in ("/metrics", "/readyz", "/healthz", "/"):
                    with pytest.raises(urllib.error.HTTPError, match="404"):
                        urllib.request.urlopen(f"http://127.0.0.1:{door}{path}", timeout=10)
                asking = threading.Thread(target=commands)
                asking.start()
                for at, port in enumerate(ports):
                    some_more(heard)
                    bots[at].send(signal.SIGTERM)
                    assert bots[at].wait(20) == 0
                    some_more(heard)
                    bots[at] = start(port)
                over.set()
                asking.join()
                slack.send_events_to("")
        finally:
            over.set()
            for bot in bots:
                bot.send(signal.SIGTERM)
                bot.wait(20)
                bot.kill()
        assert len(heard) > 20
        assert heard.count(False) == 0, f"{heard.count(False)} of {len(heard)} were lost"


def some_more(heard: list[bool]) -> None:
    """Wait until a few more commands were answered, in one way or the other."""
    before, end = len(heard), time.monotonic() + 60
    while len(heard) <= before + 5:
        assert time.monotonic() < end
        time.sleep(0.02)


Way = tuple[str, Callable[[], str]]
"""A proxy's address, and what it says that it has done."""


@contextmanager
def tinyproxy(folder: Path) -> Iterator[Way]:
    assert TINYPROXY is not None
    port, log = free_port(), folder / "tinyproxy.log"
    log.touch()
    said = [f"Port {port}", "Listen 127.0.0.1", "Allow 127.0.0.1", "Timeout 60", f'LogFile "{log}"', "LogLevel Connect"]
    (folder / "tinyproxy.conf").write_text("\n".join(said) + "\n")
    with running([TINYPROXY, "-d", "-c", str(folder / "tinyproxy.conf")], port, folder):
        yield f"http://127.0.0.1:{port}", log.read_text


@contextmanager
def ours(_: Path) -> Iterator[Way]:
    with proxy(password="hu@sh") as passed:
        yield passed.url.replace("//", "//user:hu%40sh@"), lambda: "\n".join(f"CONNECT {one}" for one in passed.tunnels)


OUTWARD = [
    pytest.param(ours, id="one with a password"),
    pytest.param(tinyproxy, marks=pytest.mark.skipif(TINYPROXY is None, reason=missing("tinyproxy")), id="tinyproxy"),
]


@pytest.mark.parametrize("way", OUTWARD)
def test_socket_mode_works_through_a_connect_proxy_and_comes_back_through_it(
    way: Callable[[Path], AbstractContextManager[Way]], nursery: Nursery, tmp_path: Path
) -> None:
    ca, own = certificates(tmp_path)
    with (
        Sandbox(ROOT / "manifest.yml", limits=Limits(rates=False)) as slack,
        front(urlsplit(slack.url).port or 0, own) as tls,
        way(tmp_path) as (address, log),
    ):
        slack.world.base_url = f"https://localhost:{tls}"
        ws = slack.workspace("Acme")
        ana = ws.add_user("Ana")
        room = ws.add_channel("ops", [ana])
        env = {name.upper(): "" for name in Settings.model_fields} | NO_PROXY | {
            "SLACK_BOT_TOKEN": ws.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": f"sqlite:///{tmp_path / 't.db'}", "PORT": "0", "HTTPS_PROXY": address,
            "SSL_CERT_FILE": str(ca),
        }  # fmt: skip
        bot = nursery.start("app.__main__:main", ["run"], log=tmp_path / "bot", env=env)
        try:
            bot.wait_for("over Socket Mode")
            assert "is started" in ana.command("/escalate", "Move the warehouse", room).text
            slack.wait_for(ana.latest, 20)
            slack.close_sockets()
            slack.wait_for(lambda: slack.sockets > 0, 30)
            assert "is started" in ana.command("/escalate", "Move the archive", room).text
        finally:
            bot.send(signal.SIGTERM)
            bot.wait(20)
            bot.kill()
        assert len(re.findall(rf"CONNECT localhost:{tls}", log())) >= 4, "both the API and each socket"
        assert "hu@sh" not in bot.said
        assert "hu%40sh" not in bot.said
        assert "Traceback" not in bot.said
