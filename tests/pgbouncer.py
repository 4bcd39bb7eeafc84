"""A real PgBouncer in transaction mode before a PostgreSQL of the tests, on a socket in a folder of its own."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
from sqlalchemy import make_url

BINARY = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
WHY_SKIPPED = "PgBouncer is not installed here (Debian's package is called pgbouncer)"
SERVER_USER = "pgserver"
"""Whom the wheel runs PostgreSQL as where we are root; PgBouncer refuses root as well."""


class PgBouncer:
    """Started at once. Every client gets in; ``size`` connections to a database are shared by all of them."""

    def __init__(self, server: str, size: int = 4, **settings: str) -> None:
        """``server``: the URL of any database on it. ``settings``: further lines of pgbouncer.ini."""
        assert BINARY
        self._server = make_url(server)
        self._folder = Path(tempfile.mkdtemp(prefix="pgb-"))
        self._user = SERVER_USER if os.geteuid() == 0 else None
        lines = {
            "listen_addr": "", "unix_socket_dir": str(self._folder), "auth_type": "trust",
            "auth_file": str(self._folder / "users"), "pool_mode": "transaction", "max_client_conn": "500",
            "default_pool_size": str(size), "server_connect_timeout": "2", "server_login_retry": "1", **settings,
        }  # fmt: skip
        ini = ["[databases]", f"* = host={self._server.query['host']}", "[pgbouncer]"]
        (self._folder / "pgbouncer.ini").write_text("\n".join([*ini, *(f"{a} = {b}" for a, b in lines.items())]) + "\n")
        (self._folder / "users").write_text(f'"{self._server.username}" ""\n')
        if self._user:
            owner = pwd.getpwnam(self._user)
            for one in (self._folder, *self._folder.iterdir()):
                os.chown(one, owner.pw_uid, owner.pw_gid)
        self.start()

    def start(self) -> None:
        """Returns when it listens. Its socket stands in the folder a moment earlier, and refuses everybody."""
        with (self._folder / "log").open("ab") as log:
            said_before = log.tell()
            self._process = subprocess.Popen(
                [str(BINARY), str(self._folder / "pgbouncer.ini")], stdout=log, stderr=log, user=self._user
            )
        end = time.monotonic() + 20
        while "process up" not in self.said[said_before:]:
            assert self._process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.01)

    def stop(self) -> None:
        """At once: every line to it, and through it, is cut in the middle of whatever it carries."""
        self._process.terminate()
        self._process.wait(20)

    def close(self) -> None:
        if self._process.poll() is None:
            self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str, *, announced: bool = True) -> str:
        """The address of a database of the server's (by its direct URL) through the pooler."""
        query = {"host": str(self._folder), "port": "6432"} | ({"pooler": "transaction"} if announced else {})
        return make_url(database).set(query=query).render_as_string(hide_password=False)

    def lent(self, database: str) -> int:
        """How many connections it holds open to this database."""
        direct = make_url(database)
        plain = direct.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as line:
            asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
            found = line.execute(asked, [direct.database]).fetchone()
        assert found
        return int(found[0])

    @property
    def said(self) -> str:
        return (self._folder / "log").read_text()
