"""Real `threshold run` processes over HTTP on one database, and what the database's own log says of them."""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.db.session import Database
from tests.databases import PostgresServer, SqliteFiles
from tests.nursery import Child, Nursery
from tests.races import rows
from tests.races.deliveries import Answer, Body, post
from tests.races.rows import Rows
from tests.races.starts import waiting
from tests.races.world import World

HOW_MANY = {"postgresql": 3, "sqlite": 2}
TICK = 0.1
"""Seconds between two looks for due work."""

DEADLOCK = "deadlock detected"
SERVER_SAYS = re.compile(r"(?:ERROR|FATAL|PANIC):\s+(.*)")
UNHARMED = ("could not obtain lock on row", "canceling statement due to user request")


@dataclass
class Replicas:
    """Processes that share a database. ``begin`` puts a beginning into it."""

    kind: str
    world: World
    db: Database
    url: str
    nursery: Nursery
    folder: Path
    server_log: Path | None
    children: list[Child] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)
    _read: dict[Path, int] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": self.world.ws.bot_token,
            "SLACK_SIGNING_SECRET": self.world.slack.signing_secret,
            "SLACK_API_URL": self.world.slack.api_url,
            "DATABASE_URL": self.url,
            "PORT": "0",
            "THRESHOLD_HOST": "127.0.0.1",
            "THRESHOLD_TICK_SECONDS": str(TICK),
        }

    def start(self) -> None:
        for number in range(HOW_MANY[self.kind]):
            log = self.folder / f"{self.kind}-{number}.log"
            plan = {"name": f"{self.kind}-{number}", "clock": str(self.world.folder / "clock")}
            self.children.append(self.nursery.start("tests.crash.bot:run", plan, log=log, env=self.environment))
        for child in self.children:
            said = child.wait_for("on HTTP port", 60)
            self.ports.append(int(re.findall(r"on HTTP port (\d+)", said)[0]))

    def stop(self) -> None:
        for child in self.children:
            child.kill()
        self.db.close()

    def begin(self, all_: Rows) -> None:
        rows.put(self.db, all_)

    def send(self, replica: int, body: Body) -> Answer:
        return post(self.ports[replica], body, self.world.slack.signing_secret)

    def operate(self, words: Sequence[str]) -> Child:
        """`threshold` with these words."""
        plan = {"clock": str(self.world.folder / "clock"), "words": list(words)}
        log = self.folder / f"{self.kind}-operator.log"
        log.unlink(missing_ok=True)
        return self.nursery.start("tests.races.processes:operate", plan, log=log, env=self.environment)

    def rest(self, timeout: float) -> bool:
        """Wait until all that is due is done and sent. Whether it came to that."""
        end = time.monotonic() + timeout
        while True:
            with self.db.read() as session:
                if not waiting(session, self.world.now()):
                    return True
            if time.monotonic() > end:
                return False
            time.sleep(0.02)

    # ── what was said ───────────────────────────────────────────────────────────────────────────────────

    def news(self) -> tuple[list[str], list[str]]:
        """What the database's server complains of since the last look, and what the processes warn of."""
        server = self._new_lines(self.server_log) if self.server_log else []
        complaints = [found[1] for line in server if (found := SERVER_SAYS.search(line))]
        said = [line for child in self.children for line in self._new_lines(child.log)]
        warned = [line for line in said if " WARNING " in line or " ERROR " in line or "Traceback" in line]
        return [one for one in complaints if not one.startswith(UNHARMED)], warned

    def _new_lines(self, log: Path) -> list[str]:
        begin = self._read.get(log, 0)
        with log.open("rb") as opened:
            opened.seek(begin)
            text = opened.read()
        self._read[log] = begin + len(text)
        return text.decode(errors="replace").splitlines()


@contextmanager
def replicas(kind: str, server: PostgresServer | SqliteFiles, world: World, nursery: Nursery) -> Iterator[Replicas]:
    """The processes of one database, up and listening."""
    url = server.url()
    log = server.log if isinstance(server, PostgresServer) else None
    found = Replicas(kind, world, Database(url), url, nursery, world.folder, log)
    rows.count_beyond(found.db)
    try:
        found.start()
        found.news()
        yield found
    finally:
        found.stop()
        server.drop(url)


def at_once(acts: Sequence[tuple[float, Callable[[], object]]]) -> list[object]:
    """Each of these in a thread of its own, so many seconds from now."""
    begin, results = time.monotonic() + 0.01, [None] * len(acts)
    found: list[object] = list(results)

    def run(number: int, after: float, act: Callable[[], object]) -> None:
        while (left := begin + after - time.monotonic()) > 0:
            time.sleep(min(left, 0.001))
        found[number] = act()

    threads = [threading.Thread(target=run, args=(n, after, act)) for n, (after, act) in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
