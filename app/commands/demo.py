"""`threshold demo`: a Slack in the browser with the real bot in it, where that was installed along."""

import argparse
import importlib

from app.commands.command import Command
from app.configured import CannotStart
from app.settings import Settings

NOT_HERE = "The demo is not installed. It comes with the extra of that name: pip install 'threshold[demo]'."


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("stories", nargs="*", metavar="STORY", help="the stories told in the terminal; all without one")
    parser.add_argument("--port", default="3900", metavar="N", help="of the page; 3900 without")
    parser.add_argument("--page-only", action="store_true", help="tell no stories in the terminal")


def run(_settings: Settings, options: argparse.Namespace) -> int:
    """Stays up until Ctrl-C. It takes nothing from the settings: its Slack, its database and its tokens are its own.

    Raises:
        CannotStart: the demo or what it needs is not installed.
    """
    try:
        demo = importlib.import_module("demo.__main__")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("demo", "sandbox", "aiohttp", "yaml"):
            raise CannotStart(NOT_HERE) from None
        raise
    given = [*options.stories, f"--port={options.port}", *(["--page-only"] if options.page_only else [])]
    return int(demo.main(given, name="threshold demo"))


COMMAND = Command("demo", "open a Slack in your browser, with the bot in it, to play with", run, _arguments)
