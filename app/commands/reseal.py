"""`threshold reseal`: every stored token sealed anew, so that an old key can go."""

import argparse
from contextlib import closing

from app import starting
from app.bootstrap import check_install_settings, sealing_box
from app.commands import progress
from app.commands.command import Command
from app.configured import CannotStart
from app.settings import Settings


def run(settings: Settings, _options: argparse.Namespace) -> int:
    from app.db.secret_columns import reseal, to_seal

    if not settings.many_workspaces:
        why = "SLACK_BOT_TOKEN is in the settings" if settings.slack_bot_token else "SLACK_CLIENT_ID is not set"
        raise CannotStart(f"{why}, so no token is stored and there is nothing to seal.")
    check_install_settings(settings)
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        starting.check_seals(settings, db)
        total = to_seal(db)
        progress.announce(f"Sealing the tokens of {total:,} installations anew, one after the other.")
        with progress.shown(total, "installations") as step:
            sealed = reseal(db, sealing_box(settings), step)
    print(f"{sealed} secrets are sealed with the first key. Keys behind it are no longer needed for them.")
    return 0


COMMAND = Command(
    "reseal",
    "seal every stored token anew with the first key of THRESHOLD_ENCRYPTION_KEY",
    run,
    stopped="Stopped. Some tokens are sealed anew and some are not: keep both keys, and run it again.",
)
