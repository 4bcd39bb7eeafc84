"""A Bolt app that does nothing but ack, behind the same server: ``python -m benchmarks.bare API_URL PORT``."""

import re
import signal
import sys

from slack_bolt import Ack, App
from slack_sdk import WebClient

from app.slack.http import Door, web_app
from benchmarks.silent_slack import SECRET, TOKEN

LISTENERS = 16


def main(api_url: str, port: str) -> None:
    app = App(client=WebClient(TOKEN, base_url=api_url), signing_secret=SECRET, token_verification_enabled=False)
    app.command("/escalate")(_ack)
    app.action(re.compile(".*"))(_ack)
    app.view(re.compile(".*"))(_ack)
    door = Door(web_app(app, lambda: None), "127.0.0.1", int(port), LISTENERS)
    door.start()
    signal.pause()


def _ack(ack: Ack) -> None:
    ack()


if __name__ == "__main__":
    main(*sys.argv[1:])
