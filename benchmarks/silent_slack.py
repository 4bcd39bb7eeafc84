"""The smallest Web API that the bot can live with: it answers at once and remembers nothing but how often it was asked.

The sandbox would take more of the machine than the bot that is measured.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs

TEAM = "T1"
TOKEN = "xoxb-bench"
SECRET = "benchmarks"


class SilentSlack:
    """Serve on a port of this machine until closed."""

    def __init__(self) -> None:
        numbers = count(1)
        self.calls = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # head and body go out in two writes, and the second one would wait

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                outer.calls += 1
                method = self.path.rsplit("/", 1)[-1]
                answer = json.dumps({"ok": True, **_answers(method, body, next(numbers))}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST

            def log_message(self, format: str, *args: Any) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _answers(method: str, body: str, number: int) -> dict[str, Any]:
    given = {key: values[0] for key, values in parse_qs(body).items()}
    if method == "auth.test":
        return {
            "team_id": TEAM, "team": "Bench", "user_id": "UBOT", "bot_id": "BBOT", "user": "threshold", "url": "https://x/",
        }  # fmt: skip
    if method == "users.info":
        user = given.get("user", "U0")
        return {"user": {"id": user, "name": user.lower(), "team_id": TEAM, "tz": "UTC", "profile": {}}}
    if method == "conversations.open":
        return {"channel": {"id": f"D{given.get('users', '0')}"}}
    return {"channel": given.get("channel", "D0"), "ts": f"1793628000.{number:06}"}
