"""The command line. Every failure to start is one sentence on stderr and exit code 1."""

import gc
import os
import signal

if __name__ == "__main__":  # the first process of a container ignores what it has not asked for
    signal.signal(signal.SIGTERM, lambda *_: os._exit(143))

gc.disable()  # of what is loaded now nothing is garbage: looking for some would be a tenth of a start

import argparse
import sys
from collections.abc import Callable, Sequence

from app import built, configured
from app.bootstrap import NotConfigured
from app.commands import completion
from app.commands.table import COMMANDS
from app.configured import CannotStart
from app.domain.errors import ThresholdError
from app.settings import Settings
from app.telemetry import logs

gc.freeze()
gc.enable()


INTERRUPTED = 130
"""The exit code of what somebody stopped with Ctrl-C: 128 and the signal's number, as every shell has it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 when it did what was asked, 1 when it could not, 2 for a typo."""
    options = _parser().parse_args(argv)
    if options.run is None:  # asked by a shell that starts: whatever the settings are
        print(completion.script(options.shell, _parser()), end="")
        return 0
    style = (os.environ.get("THRESHOLD_LOG_FORMAT") or "").lower()
    try:
        settings = configured.load_settings()
        style = settings.threshold_log_format
        logs.set_up(settings.threshold_log_level, settings.threshold_log_format)
        command: Callable[[Settings, argparse.Namespace], int] = options.run
        return command(settings, options)
    except (CannotStart, NotConfigured) as error:
        logs.say_why_not(str(error), "json" if style == "json" else "text")
    except ThresholdError as error:
        print(error.sentence, file=sys.stderr)
    except KeyboardInterrupt:
        print(f"\n{options.stopped}" if sys.stderr.isatty() else options.stopped, file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read our output has seen enough
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="threshold", description="Two-way doors go back to the team, one-way doors climb with a memo."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say what this is, and end")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[Settings, argparse.Namespace], int] | None, does: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=does, description=f"{does[:1].upper()}{does[1:]}.")
        one.set_defaults(run=run)
        return one

    for command in COMMANDS:
        one = add(command.name, command.run, command.does)
        one.set_defaults(stopped=command.stopped)
        command.arguments(one)
    shells = add("completion", None, "write what bash, zsh or fish needs to complete all of this with Tab")
    shells.add_argument("shell", choices=sorted(completion.SHELLS), help="your shell")
    return parser


class _Version(argparse.Action):
    """Says what this is where it is asked for, and looks for it only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"threshold {built.said()}")
        parser.exit()


if __name__ == "__main__":
    sys.exit(main())
