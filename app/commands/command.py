"""What a command of the command line is."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.settings import Settings

OPERATOR = "operator"
"""Who changed something, where it was done by the command line."""


def _none(_parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


@dataclass(frozen=True)
class Command:
    """One command. ``run`` is given the settings and what was typed, and returns the exit code: 0 when it did what was
    asked, 1 when it could not. It raises CannotStart or ThresholdError for whatever one sentence can say."""

    name: str
    does: str
    """What it does, as the help says it: begins small, ends without a full stop."""
    run: Callable[[Settings, argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = _none
    """Adds what it takes."""
    stopped: str = "Stopped. Nothing was changed."
    """What is said where somebody stops it with Ctrl-C: what stands then."""


def workspace_option(parser: argparse.ArgumentParser) -> None:
    """``--workspace``, for what is done to one of them."""
    parser.add_argument("--workspace", metavar="T…", help="needed where there are several")


def day(text: str) -> date:
    """For argparse, which names the option where this raises ValueError."""
    return date.fromisoformat(text)
