"""`threshold key`: a new key to seal tokens with."""

import argparse

from app.commands.command import Command
from app.settings import Settings


def run(_settings: Settings, _options: argparse.Namespace) -> int:
    from app.db.secret_columns import new_key

    print(new_key())
    return 0


COMMAND = Command("key", "make a key for THRESHOLD_ENCRYPTION_KEY", run)
