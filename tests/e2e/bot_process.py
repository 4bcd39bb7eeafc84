"""A real bot in a process of its own, to be killed; the nursery calls ``main``.

Prints "up" once its socket is open. It looks at the real clock, as in production, and ticks every second.
"""

import signal

from pydantic import SecretStr
from slack_bolt.adapter.socket_mode import SocketModeHandler

from app.bootstrap import build
from app.settings import Settings


def main(api_url: str, token: str, app_token: str, database_url: str) -> None:
    bot = build(
        Settings(
            slack_bot_token=SecretStr(token),
            slack_app_token=SecretStr(app_token),
            slack_api_url=api_url,
            database_url=database_url,
            threshold_tick_seconds=0.2,
        ),
        pace=0.0,
    )
    handler = SocketModeHandler(bot.app, app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    bot.start()
    print("up", flush=True)
    signal.pause()
