"""``make demo``: seven stories in the terminal, against a Slack that runs here. Sandbox and bot stay up afterwards."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass, field
from types import FrameType

from demo import company
from demo.stage import Stage
from demo.stories import Narrator, Story, StoryBroke, Telling, held, one_way, quiet, silent, slt, trial, two_way
from sandbox import Message, Person, View, show

STORIES: dict[str, tuple[str, Story]] = {
    "two-way": ("1 · Two-way: the wording of a button", two_way.play),
    "one-way": ("2 · One-way: a stricter return policy", one_way.play),
    "held": ("3 · Held: nobody asked the manager", held.play),
    "trial": ("4 · Made two-way: a trial of ad slots", trial.play),
    "slt": ("5 · The SLT, refused", slt.play),
    "silent": ("6 · The silent signer", silent.play),
    "quiet": ("7 · The quiet one", quiet.play),
}


@dataclass
class Printer(Narrator):
    """Prints what each person sees, as they would see it."""

    stage: Stage | None = None
    names: dict[str, str] = field(default_factory=dict)
    colour: bool = False
    width: int = 78

    def says(self, line: str) -> None:
        super().says(line)
        assert self.stage
        when = self.stage.clock.now().strftime("%a %d %b %Y, %H:%M UTC")
        print(f"\n{self._bold('▶ ' + line)}  {self._dim(when)}")

    def shows(self, person: Person, message: Message) -> None:
        print(self._dim(f"  what {person.name} sees"))
        text = show.message(asdict(message), names=self.names, tz=person.state.tz, width=self.width, colour=self.colour)
        print(_indented(text))

    def shows_modal(self, person: Person, view: View) -> None:
        print(self._dim(f"  the form in front of {person.name}, before it is filled in"))
        print(_indented(show.modal(view.body, names=self.names, tz=person.state.tz, colour=self.colour)))

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def _dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text


def _indented(text: str) -> str:
    return "\n".join(f"  │ {line}".rstrip() for line in text.splitlines())


def main() -> int:
    options = _options()
    folder = tempfile.mkdtemp(prefix="threshold-demo-")
    try:
        return _tell(options, f"sqlite:///{folder}/demo.db")
    except StoryBroke as error:
        print(f"\nThe story broke: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Port {options.port} can't be had ({error.strerror}). Try: make demo PORT=3901", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("stories", nargs="*", metavar="STORY", help=f"any of {', '.join(STORIES)}; all without one")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "3900")), help="of the sandbox")
    parser.add_argument("--leave", action="store_true", help="stop when the stories are told, instead of staying up")
    options = parser.parse_args()
    unknown = [name for name in options.stories if name not in STORIES]
    if unknown:
        parser.error(f"there is no story called {unknown[0]}; there are {', '.join(STORIES)}")
    return options


def _tell(options: argparse.Namespace, database_url: str) -> int:
    width = min(78, shutil.get_terminal_size().columns - 4)
    printer = Printer(colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ, width=max(40, width))
    with Stage(database_url=database_url, port=options.port) as stage:
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
        if not options.leave:
            _stay(stage)
    return 0


def _stay(stage: Stage) -> None:
    """Leave the sandbox and the bot running, on their own threads and on one clock, until Ctrl-C."""
    stage.bot.start()
    slack = stage.slack
    print(
        f"\n{'═' * 78}\nThe sandbox and the bot stay up, with everything the stories left behind.\n\n"
        f"  look     curl {slack.url}/sandbox\n"
        f"  Web API  {slack.api_url}   (the bot's token is {stage.ws.bot_token})\n\n"
        "Ctrl-C stops both."
    )
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    stopped.wait()
    print("\nStopped.")


if __name__ == "__main__":
    sys.exit(main())
