"""Slack is asked over connections that are kept: a real server on a socket, which may end them when it likes."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from slack_sdk.errors import SlackApiError

from app.slack import kept_connections
from app.slack.calls import Client
from app.slack.errors import NoAnswer, meaning, retry_after
from app.slack.kept_connections import Connections


class Slack:
    """Answers every method with ``ok`` over connections that it keeps open, unless told otherwise."""

    def __init__(self) -> None:
        self.lines: list[socket.socket] = []
        """Each connection that was made."""
        self.asked: list[str] = []
        self.status, self.body, self.headers = 200, b'{"ok": true}', dict[str, str]()
        self.cut = False
        """Whether it hangs up where an answer is due."""
        slack = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                super().setup()
                slack.lines.append(self.connection)

            def do_POST(self) -> None:
                slack.asked.append(self.rfile.read(int(self.headers["Content-Length"] or 0)).decode())
                if slack.cut:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    self.close_connection = True
                    return
                self.send_response(slack.status)
                for name, value in {**slack.headers, "Content-Length": str(len(slack.body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(slack.body)

            def log_message(self, format: str, *args: object) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.client = Client(
            token="xoxb-1", base_url=f"http://127.0.0.1:{self._server.server_port}/api/", timeout=5, retry_handlers=[]
        )
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def hang_up(self) -> None:
        """End every connection from its side, between two requests."""
        for line in self.lines:
            line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slack]:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    fresh = Connections()
    monkeypatch.setattr("app.slack.calls.connections", lambda: fresh)
    server = Slack()
    yield server
    fresh.close()
    server.close()


def test_requests_one_after_the_other_go_over_one_connection(slack: Slack) -> None:
    for number in range(5):
        slack.client.chat_postMessage(channel="C1", text=f"Nr. {number}, 5 € & more")
    assert len(slack.lines) == 1
    assert json.loads(slack.asked[4]) == {"channel": "C1", "text": "Nr. 4, 5 € & more"}


def test_what_slack_has_ended_meanwhile_is_not_used_again(slack: Slack) -> None:
    slack.client.auth_test()
    slack.hang_up()
    slack.client.auth_test()
    assert len(slack.lines) == 2


def test_a_connection_that_nobody_used_for_long_is_not_trusted(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    slack.client.auth_test()
    monkeypatch.setattr(kept_connections, "IDLE_SECONDS", -1.0)
    slack.client.auth_test()
    assert len(slack.lines) == 2


def test_an_answer_that_is_cut_is_no_answer_and_asks_nothing_twice(slack: Slack) -> None:
    slack.client.auth_test()
    slack.cut = True
    with pytest.raises(NoAnswer):
        slack.client.chat_postMessage(channel="C1", text="once")
    assert sum("once" in one for one in slack.asked) == 1


def test_a_refusal_says_its_code_and_how_long_to_wait(slack: Slack) -> None:
    slack.status, slack.body, slack.headers = 429, b'{"ok": false, "error": "ratelimited"}', {"Retry-After": "7"}
    with pytest.raises(SlackApiError) as refused:
        slack.client.chat_postMessage(channel="C1", text="once")
    assert (meaning(refused.value).name, retry_after(refused.value)) == ("SLOWER", 7.0)


def test_nobody_there_and_silence_are_errors_of_the_network(slack: Slack) -> None:
    slack.client.timeout = 1
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        slack.client.base_url = f"http://127.0.0.1:{deaf.getsockname()[1]}/api/"
        with pytest.raises(NoAnswer) as silent:
            slack.client.auth_test()
    assert isinstance(silent.value.__cause__, TimeoutError)
    with pytest.raises(NoAnswer) as gone:
        slack.client.auth_test()
    assert isinstance(gone.value.__cause__, ConnectionRefusedError)


def test_threads_at_once_each_have_an_answer_of_their_own(slack: Slack) -> None:
    answers: list[bool] = []
    threads = [threading.Thread(target=lambda: answers.append(bool(slack.client.auth_test()["ok"]))) for _ in range(30)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers == [True] * 30
