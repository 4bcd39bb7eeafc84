"""How long a person waits for the ack of ``/escalate``, beside a Bolt listener that does nothing but ack."""

import statistics
import tempfile

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from demo.stage import PATIENT, Stage
from sandbox import Person, Sandbox

ROUNDS = 300


def _waits(person: Person, rounds: int = ROUNDS) -> list[float]:
    """Milliseconds from the command to its ack, as the sandbox saw them."""
    person.command("/escalate", "warm up")
    return [person.command("/escalate", f"Decision number {n}").ms for n in range(rounds)]


def _bare() -> list[float]:
    """The same command, over the same protocol, to a listener that only acks."""
    with Sandbox(limits=PATIENT) as slack:
        ws = slack.workspace("Acme")
        app = App(client=WebClient(ws.bot_token, base_url=slack.api_url), token_verification_enabled=False)
        app.command("/escalate")(lambda ack: ack("seen"))
        handler = SocketModeHandler(app, slack.app_token)
        handler.connect()  # type: ignore[no-untyped-call]
        slack.wait_for(lambda: slack.sockets > 0)
        try:
            return _waits(ws.add_user("Ana"))
        finally:
            handler.close()  # type: ignore[no-untyped-call]


def _threshold() -> list[float]:
    with tempfile.TemporaryDirectory() as folder, Stage(database_url=f"sqlite:///{folder}/bench.db") as stage:
        return _waits(stage.ws.add_user("Ana"))


def run() -> list[tuple[str, str]]:
    """p50 and p99 in milliseconds, and the ratio to the bare listener."""
    bare, ours = _bare(), _threshold()
    rows = []
    for name, share in (("p50", 50), ("p99", 99)):
        nothing, all_of_it = (statistics.quantiles(waits, n=100)[share - 1] for waits in (bare, ours))
        rows.append(
            (f"ack of /escalate, {name}: bare listener, Threshold (SQLite)", f"{nothing:.1f} ms, {all_of_it:.1f} ms")
        )
        rows.append((f"  ratio at {name}", f"{all_of_it / nothing:.2f}"))
    return rows
