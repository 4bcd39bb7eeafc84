"""The stories, told once: the demo prints them, the tests hold them to what people must and must not see."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from demo.company import NEW_YORK, Company
from demo.stage import Stage
from sandbox import Message, Person, Reply, Room, Submitted, View


class StoryBroke(AssertionError):
    """A step of a story did not do what the story says."""


@dataclass
class Narrator:
    """Hears what happens. The silent one keeps the lines, for a test that wants them."""

    lines: list[str] = field(default_factory=list)

    def says(self, line: str) -> None:
        self.lines.append(line)

    def shows(self, person: Person, message: Message) -> None:
        """``person`` looks at ``message``."""

    def shows_modal(self, person: Person, view: View) -> None:
        """``person`` looks at a form."""


@dataclass
class Telling:
    """One story being told: a stage, a cast, and somebody who listens."""

    stage: Stage
    cast: Company
    narrator: Narrator = field(default_factory=Narrator)
    from_monday: bool = True

    def __post_init__(self) -> None:
        """Every story begins on a Monday, at nine in New York; or today, where it does not matter."""
        here = self.stage.clock.now().astimezone(ZoneInfo(NEW_YORK))
        ahead = (7 - here.weekday()) % 7 if here.weekday() or here.hour > 9 else 0
        if not self.from_monday:
            ahead = 0
        self.monday = here.date() + timedelta(days=ahead)
        if ahead:
            self.stage.travel(self.at(0, 9))

    def day(self, number: int) -> date:
        """A day of the story; 0 is its Monday."""
        return self.monday + timedelta(days=number)

    def at(self, number: int, hour: int, tz: str = NEW_YORK) -> datetime:
        """A moment of the story."""
        return datetime.combine(self.day(number), time(hour), ZoneInfo(tz))

    def says(self, line: str) -> None:
        self.narrator.says(line)

    def name_of(self, person: Person) -> str:
        """The D-number on the newest card in front of somebody."""
        found = [str(one) for message in person.sees() for one in re.findall(r"D-\d+", str(message.blocks))]
        return found[-1]

    def looks(self, person: Person, channel: Room | None = None) -> Message:
        """What stands last in front of somebody."""
        message = person.latest(channel)
        if message is None:
            raise StoryBroke(f"{person.name} sees nothing there")
        self.narrator.shows(person, message)
        return message

    def looks_at(self, person: Person, words: str) -> Message:
        """The newest message in front of somebody that says ``words``: a card edited in place is not the last one."""
        found = [message for message in person.sees() if words in str(message.blocks)]
        if not found:
            raise StoryBroke(f"nothing in front of {person.name} says {words}")
        self.narrator.shows(person, found[-1])
        return found[-1]

    def command(self, person: Person, text: str, channel: Room | None = None) -> Reply:
        self.says(f"{person.name} types /escalate {text}".rstrip())
        reply = person.command("/escalate", text, channel=channel)
        if not reply.acked:
            raise StoryBroke(f"/escalate {text}: {reply.error}")
        self.stage.pump()
        return reply

    def taps(self, person: Person, what: str, fill: dict[str, object] | None = None, on: Message | None = None) -> None:
        """``person`` presses something on the newest card that has it, or on ``on``."""
        message = on or self.card(person, what)
        reply = person.click(message, what, fill=fill)
        if not reply.acked:
            raise StoryBroke(f"{person.name} pressed {what}: {reply.error}")
        self.stage.pump()

    def card(self, person: Person, what: str) -> Message:
        """The newest message in front of somebody that offers ``what``."""
        for message in reversed(person.sees()):
            if what in str(message.blocks):
                return message
        raise StoryBroke(f"nothing in front of {person.name} offers {what}")

    def fills(self, person: Person, what: str, values: dict[str, object], on: Message | None = None) -> Submitted:
        """``person`` opens a form with ``what``, fills it in and submits it."""
        self.taps(person, what, on=on)
        view = self.stage.slack.wait_for(lambda: person.modal, what=f"what {what} opens for {person.name}")
        self.narrator.shows_modal(person, view)
        done = person.submit(values)
        self.stage.pump()
        return done

    def must(self, done: Submitted) -> None:
        if done.errors or not done.acked:
            raise StoryBroke(f"the form was refused: {done.errors or done.error}")


Story = Callable[[Telling], None]
