"""``make demo``: a Slack that runs here, with a page to play in and twelve stories in the terminal."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from types import FrameType

from demo import company
from demo.live import Live
from demo.stage import Stage
from demo.stories import (
    Narrator,
    Story,
    StoryBroke,
    Telling,
    a_year,
    committed,
    eight_teams,
    finance,
    held,
    lower_threshold,
    one_way,
    quiet,
    settled_before,
    silent,
    slots,
    slt,
    synced,
    trial,
    two_way,
    written,
)
from sandbox import Message, Person, View, show

LAST_PORT = 65535
MEMO_FORM = "memo"

STORIES: dict[str, tuple[str, Story]] = {
    "two-way": ("1 · Two-way: the wording of a button", two_way.play),
    "one-way": ("2 · One-way: a stricter return policy", one_way.play),
    "held": ("3 · Held: nobody asked the manager", held.play),
    "trial": ("4 · Made two-way: a trial of ad slots", trial.play),
    "slt": ("5 · The SLT, refused", slt.play),
    "silent": ("6 · The silent signer", silent.play),
    "quiet": ("7 · The quiet one", quiet.play),
    "written": ("8 · Written first", written.play),
    "synced": ("9 · The sync that was needed", synced.play),
    "committed": ("10 · Disagree and commit", committed.play),
    "slots": ("11 · Between teams: the ad slots", slots.play),
    "finance": ("12 · Finance, and the $200k", finance.play),
    "eight-teams": ("13 · Eight teams, two approvals, one of them away", eight_teams.play),
    "settled-before": ("14 · Settled in March, and asked again", settled_before.play),
    "a-year": ("15 · A year's insights, for a VP", a_year.play),
    "lower-threshold": ("16 · A lower threshold, tried on last year and left", lower_threshold.play),
}


@dataclass
class Printer(Narrator):
    """Prints what each person sees, as they would see it."""

    stage: Stage | None = None
    names: dict[str, str] = field(default_factory=dict)
    colour: bool = False
    width: int = 78
    saw_memo: bool = False

    def says(self, line: str) -> None:
        super().says(line)
        print(f"\n{self._bold('▶ ' + line)}  {self._dim(self._when())}")

    def shows(self, person: Person, message: Message) -> None:
        print(self._dim(f"  what {person.name} sees, {self._when()}"))
        text = show.message(asdict(message), names=self.names, tz=person.state.tz, width=self.width, colour=self.colour)
        print(_indented(text))

    def shows_modal(self, person: Person, view: View) -> None:
        """The memo's form is long: it is shown once, then only named."""
        if view.body.get("callback_id") == MEMO_FORM:
            if self.saw_memo:
                print(self._dim(f"  {person.name} fills in the memo's form"))
                return
            self.saw_memo = True
        print(self._dim(f"  the form in front of {person.name}, before it is filled in"))
        print(_indented(show.modal(view.body, names=self.names, tz=person.state.tz, colour=self.colour)))

    def _when(self) -> str:
        assert self.stage
        return self.stage.clock.now().strftime("%a %d %b %Y, %H:%M UTC")

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def _dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text


def _indented(text: str) -> str:
    return "\n".join(f"  │ {line}".rstrip() for line in text.splitlines())


def main(argv: Sequence[str] | None = None, *, name: str = "make demo") -> int:
    """``name``: how it was begun, for what is said of it."""
    options = _options(argv, name)
    folder = tempfile.mkdtemp(prefix="threshold-demo-")
    try:
        if options.leave:
            _tell(options, f"sqlite:///{folder}/stories.db")
            return 0
        return _stay_up(options, folder)
    except StoryBroke as error:
        print(f"\nThe story broke: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _options(argv: Sequence[str] | None, name: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=name, description=__doc__)
    parser.add_argument("stories", nargs="*", metavar="STORY", help=f"any of {', '.join(STORIES)}; all without one")
    parser.add_argument("--port", default=os.environ.get("PORT") or "3900", help="of the page; PORT sets it too")
    parser.add_argument("--page-only", action="store_true", help="tell no stories in the terminal")
    parser.add_argument("--leave", action="store_true", help="only tell the stories, without the page, and stop")
    options = parser.parse_args(argv)
    options.again = f"{name} PORT=3901" if name == "make demo" else f"{name} --port 3901"
    if not (options.port.isdecimal() and options.port.isascii() and int(options.port) <= LAST_PORT):
        parser.exit(2, f"“{options.port}” is no port: choose a number up to {LAST_PORT}, like 3901.\n")
    options.port = int(options.port)
    unknown = [name for name in options.stories if name not in STORIES]
    if unknown:
        parser.error(f"there is no story called {unknown[0]}; there are {', '.join(STORIES)}")
    return options


def _stay_up(options: argparse.Namespace, folder: str) -> int:
    """The page and its company, and meanwhile the stories here in the terminal. Until Ctrl-C."""
    signal.signal(signal.SIGTERM, _interrupt)
    stage = Stage(database_url=f"sqlite:///{folder}/company.db", port=options.port, start=datetime.now(UTC))
    try:
        stage.__enter__()
    except OSError:
        print(
            f"Port {options.port} is taken, perhaps by another demo. Stop that one, or: {options.again}",
            file=sys.stderr,
        )
        return 1
    live = Live(stage)
    try:
        live.open()
        _greet(stage)
        print(
            "\nThe company lives through its last nine weeks; the tour begins when it has arrived at today…", flush=True
        )
        live.catch_up()
        if not options.page_only:
            _tell(options, f"sqlite:///{folder}/stories.db")
            _greet(stage)
        threading.Event().wait()
    finally:
        live.stop()
        stage.__exit__(None, None, None)
    return 0


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _greet(stage: Stage) -> None:
    line = "═" * 78
    print(
        f"\n{line}\n  Slack on your desk:  {stage.slack.url}/\n"
        "  Be anybody, press anything, travel four weeks in a second. Ctrl-C stops all of it.\n"
        f"  The same for programs, as JSON:  {stage.slack.url}/sandbox\n"
        f"{line}",
        flush=True,
    )
    if sys.stdout.isatty() and not os.environ.get("SSH_CONNECTION"):
        webbrowser.open(f"{stage.slack.url}/")


def _tell(options: argparse.Namespace, database_url: str) -> None:
    """The stories, on a stage of their own, so that nobody's page jumps through time."""
    width = min(78, shutil.get_terminal_size().columns - 4)
    printer = Printer(colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ, width=max(40, width))
    with Stage(database_url=database_url) as stage:
        cast = company.found(stage)
        printer.stage = stage
        printer.names = cast.names | {stage.ws.bot_user_id: "Threshold"}
        for key in options.stories or STORIES:
            title, play = STORIES[key]
            print(f"\n{'═' * 78}\n{title}\n{'═' * 78}")
            before = {person.id: stage.slack.count_interactions(person) for person in cast.people}
            play(Telling(stage, cast, printer))
            counted = ((p.name, stage.slack.count_interactions(p) - before[p.id]) for p in cast.people)
            print("\nInteractions: " + ", ".join(f"{name} {number}" for name, number in counted if number))


if __name__ == "__main__":
    sys.exit(main())
