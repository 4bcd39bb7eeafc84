"""`threshold audit`: what should have happened and did not."""

import argparse
import json
from contextlib import closing

from app import starting
from app.auditor import FAULT
from app.bootstrap import auditor
from app.commands import progress
from app.commands.command import Command
from app.settings import Settings


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one object: ok, and what is missing")
    parser.add_argument("--mend", action="store_true", help="and do it, as the running bot does every hour")


def run(settings: Settings, options: argparse.Namespace) -> int:
    how = starting.open_up_to_date if options.mend else starting.open_to_read
    with closing(how(settings.database_url)) as db:
        looking = auditor(settings, db)
        total = looking.to_look_at()
        then = "What is missing is done, one decision after the other." if options.mend else "Nothing is changed."
        progress.announce(f"Looking at {total:,} decisions in which something is still to come. {then}")
        with progress.shown(total, "decisions") as step:
            found = looking.run(mend=options.mend, step=step)
        if options.json:
            lines = [{"workspace": one.workspace, "what": one.what, "said": str(one)} for one in found]
            done = options.mend or not found
            print(json.dumps({"ok": done, "mended" if options.mend else "missing": lines}, ensure_ascii=False))
            return 0 if done else 1
        for one in found:
            print(one)
        missing = sum(one.what != FAULT for one in found)
        if not found:
            print("Nothing is missing.")
        elif options.mend:
            print(f"{missing} mended. Messages go out with the running bot.")
        else:
            print(f"{missing} missing. “threshold audit --mend” does what is missing.")
    return 1 if (found if not options.mend else len(found) > missing) else 0


COMMAND = Command(
    "audit",
    "look for what should have happened and didn't: work not dated, cards that never came",
    run,
    _arguments,
    stopped="Stopped. What was mended stays mended, and nothing is half done.",
)
