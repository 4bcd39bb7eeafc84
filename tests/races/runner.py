"""One try: two acts at the same moment against real processes, held against what each order of them gives alone."""

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app import bootstrap, keeping, records
from app.db.session import Database
from app.domain.errors import ThresholdError
from tests.races import checks, rows
from tests.races.alone import Alone
from tests.races.deliveries import Answer, body
from tests.races.moves import Clock, Leaves, Move, Operator, Verb
from tests.races.picture import Picture, picture
from tests.races.replicas import DEADLOCK, Replicas, at_once
from tests.races.starts import Start, Starts
from tests.races.world import World

JITTER = 0.03
"""Seconds: so far apart at most two clicks are sent."""

LATE = 10.0
"""Seconds after the last click by which every card shows how things stand."""

AFTER_A_TICK = 0.15
"""Seconds within which a replica has looked for due work, and has begun with it."""

TOGETHER = 0.004
"""Every other time they are sent as close as this: the narrower it is, the later one of them looks."""

A_COMMAND = 0.8
"""Seconds that a command takes, as long as none was seen."""

HALVES = "exported as no moment was: "

AWAY = "reach my records"
"""From the sentence that says the database is away. It is not, in a race."""


@dataclass(frozen=True)
class Act:
    """Somebody's move. ``who`` is empty where nobody in particular makes it."""

    move: Move
    who: str = ""

    @property
    def name(self) -> str:
        return f"{self.move.name} by {self.who}" if self.who else self.move.name


@dataclass(frozen=True)
class Pair:
    """Two acts that can meet. ``also``: further copies of the first, at the same moment."""

    name: str
    state: str
    first: Act
    second: Act
    private: bool = False
    also: int = 0

    @property
    def due(self) -> str:
        return next((act.move.kind for act in self.acts if isinstance(act.move, Clock)), "")

    @property
    def acts(self) -> tuple[Act, ...]:
        return (self.first, *[self.first] * self.also, self.second)

    @property
    def key(self) -> str:
        where = f"{self.state}{', private' if self.private else ''}"
        return f"{self.first.name} + {self.second.name} ({where}{f', {self.also} more' if self.also else ''})"


@dataclass
class Outcome:
    """How one try ended. ``order``: which order gives it; empty where none does."""

    pair: Pair
    order: str = ""
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def well(self) -> bool:
        return bool(self.order) and not self.wrong


@dataclass(frozen=True)
class Played:
    """What one order gives, and what is wrong with that by itself."""

    order: str
    picture: Picture
    wrong: frozenset[str]
    refused: tuple[str, ...]


class Runner:
    """Plays pairs on the replicas of one database."""

    def __init__(self, world: World, starts: Starts, replicas: Replicas, orders: "Orders") -> None:
        self.world, self.starts, self.replicas, self.orders = world, starts, replicas, orders
        self._took: dict[str, float] = {}

    def play(self, pair: Pair, dice: random.Random) -> Outcome | None:
        """One try. None where the two can't meet: no such follow-up ever comes due there."""
        start = self.starts.at(pair.state, private=pair.private, due=pair.due)
        if start is None:
            return None
        began = time.monotonic()
        seen, wrong = self._together(pair, start, dice)
        self.replicas.begin({})  # nothing of it comes due while the clock moves for others
        result = Outcome(pair, wrong=wrong.found, notes=wrong.notes)
        nearest: list[str] | None = None
        for played in self.orders.of(pair, start):
            unlike = seen.unlike(played.picture)
            if not unlike:
                result.order = played.order
                result.wrong = [one for one in wrong.found if one not in played.wrong]
                break
            unlike = [f"not {played.order}: {one}" for one in unlike]
            nearest = unlike if nearest is None or len(unlike) < len(nearest) else nearest
        else:
            alone = self.orders.wrong(pair)
            result.wrong = [*(one for one in wrong.found if one not in alone), *(nearest or [])]
        result.seconds = time.monotonic() - began
        return result

    def _together(self, pair: Pair, start: Start, dice: random.Random) -> "tuple[Picture, Wrong]":
        world, there = self.world, self.replicas
        self._set_up(start)
        there.news()
        answers: list[Answer] = []
        timed = self._timed(pair, start, dice, answers)
        at_once(timed)
        wrong = Wrong()
        if not there.rest(LATE):
            wrong.found.append(f"not at rest {LATE:.0f} seconds after the last click")
        wrong.found += self._cards(self.orders.wrong(pair))
        for answer in answers:
            wrong.of(answer)
        wrong.found += checks.accusations(there.db, world.ws.id)
        wrong.found += checks.told_in_public(there.db, world)
        wrong.found += checks.unsaid(there.db, world)
        wrong.found += [f"Slack refused {one}" for one in world.refused()]
        wrong.heard(*there.news())
        wrong.told(world)
        with there.db.read() as session:
            seen = seen_in(session, pair, start, there.db)
        return seen, wrong

    def _set_up(self, start: Start) -> None:
        world = self.world
        world.here_again()
        for user in start.gone:
            world.leave(user)
        world.set(start.moment)
        self.replicas.begin(start.rows)
        world.put_back(start.said)

    def _cards(self, alone: set[str]) -> list[str]:
        """Wrong cards, once they had their time. What nobody has in hand any more is not mended by waiting.
        ``alone``: what is wrong in the orders too."""
        found = checks.shown_wrongly(self.replicas.db, self.world, self.world.now())
        if set(found) - alone:
            time.sleep(0.3)
            self.replicas.rest(LATE)
            found = checks.shown_wrongly(self.replicas.db, self.world, self.world.now())
        return found

    def _timed(
        self, pair: Pair, start: Start, dice: random.Random, answers: list[Answer]
    ) -> list[tuple[float, Callable[[], object]]]:
        """What each thread does, and after how many seconds."""
        early, reach = 0.0, dice.choice((TOGETHER, JITTER))
        if pair.due:
            reach = AFTER_A_TICK
        if command := next((act.move.name for act in pair.acts if isinstance(act.move, Operator)), ""):
            reach = self._took.get(command, A_COMMAND)  # most of which is spent before it begins with its work
            early = reach * 0.4
        places = list(range(len(self.replicas.ports)))
        dice.shuffle(places)
        timed: list[tuple[float, Callable[[], object]]] = []
        for number, act in enumerate(pair.acts):
            place, after = places[number % len(places)], dice.uniform(early, reach)
            if isinstance(act.move, Clock | Operator):
                after = 0.0
            timed.append((after, self._doing(act, start, place, answers)))
        if pair.due:
            assert start.due
            self.world.set(start.due - timedelta(seconds=JITTER))
        return timed

    def _doing(self, act: Act, start: Start, place: int, answers: list[Answer]) -> Callable[[], object]:
        move, there = act.move, self.replicas
        if isinstance(move, Clock):
            return lambda: None  # it runs by itself
        if isinstance(move, Operator):

            def operate() -> None:
                answers.append(operated(there, move))
                self._took[move.name] = answers[-1].seconds

            return operate
        who = move.user if isinstance(move, Leaves) else act.who
        if isinstance(move, Leaves):
            self.world.leave(who)
        sent = body(self.world, who, way_of(move), start.facts)
        return lambda: answers.append(there.send(place, sent))


def operated(there: Replicas, move: Operator) -> Answer:
    """The command in a process of its own; its exit code as a status."""
    began = time.monotonic()
    child = there.operate(move.words)
    code = child.wait(30)
    said = child.said
    status = 200 if code == 0 else 500
    if move.words == ("export",):
        said = "; ".join(f"{HALVES}{one}" for one in halves(said))
        return Answer(status, said, time.monotonic() - began, time.monotonic())
    return Answer(status, f"{move.name}: {said[-2000:]}", time.monotonic() - began, time.monotonic())


def halves(exported: str) -> Iterator[str]:
    """Decisions whose own columns are not what their history says."""
    for line in exported.splitlines():
        with suppress(ValueError):
            one = json.loads(line)
            told = [event["what"] for event in one["history"] if event["what"] in ("private", "public")]
            moves = [event["after"] for event in one["history"] if event["after"]]
            if told and one["private"] != (told[-1] == "private"):
                yield f"{one['name']} is not as private as its history says"
            if moves and moves[-1] != one["status"]:
                yield f"{one['name']} is {one['status']}, and its history says {moves[-1]}"


def way_of(move: Move) -> Any:
    from tests.races.deliveries import Way

    return move.way if isinstance(move, Verb) else Way("user_change")


@dataclass
class Wrong:
    """What is found in one try, and what is only worth a note."""

    found: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, answer: Answer) -> None:
        if answer.status != 200:
            self.found.append(f"answered {answer.status or 'never'} after {answer.seconds:.1f} s: {answer.text[-300:]}")
        if AWAY in answer.text:
            self.found.append("told that the records can't be reached")
        if answer.text.startswith(HALVES):
            self.found.append(answer.text)
        if answer.refused:
            self.notes.append(f"refused: {answer.refused[:150]}")

    def heard(self, server: list[str], warned: list[str]) -> None:
        self.found += [f"deadlock in the server's log: {one}" for one in server if DEADLOCK in one]
        self.notes += [f"server: {one}" for one in server if DEADLOCK not in one]
        self.found += [f"log: {one[-300:]}" for one in warned if " ERROR " in one or "Traceback" in one]
        self.notes += [f"log: {one[-200:]}" for one in warned if " WARNING " in one and "apscheduler" not in one]

    def told(self, world: World) -> None:
        """What was said to one person alone, beside the conversation."""
        with world.slack.world.locked():
            alone = [m for room in world.ws.state.channels.values() for m in room.messages.values() if m.ephemeral_to]
            said = [m.shown + m.text for m in alone]
        self.found += ["told that the records can't be reached" for one in said if AWAY in one]
        self.notes += [f"told alone: {one[:150]}" for one in said if AWAY not in one]


def seen_in(session: Session, pair: Pair, start: Start, db: Database) -> Picture:
    found = picture(session, start.moment)
    erased = [act.move.words[2] for act in pair.acts if isinstance(act.move, Operator) and act.move.words[0] == "erase"]
    return found.with_left(left_behind(rows.dump(db), erased[0])) if erased else found


def left_behind(everything: Mapping[str, list[dict[str, Any]]], user: str) -> set[tuple[str, ...]]:
    """Where somebody's id still stands."""
    return {
        (table, column)
        for table, found in everything.items()
        for row in found
        for column, value in row.items()
        if user in str(value)
    }


SHORTLY, BEFORE = timedelta(milliseconds=5), timedelta(seconds=1)
MOST_WAVES = 4
"""So often at most one follow-up dates another for the same moment."""


@dataclass(frozen=True)
class Order:
    """One way to do it one after the other."""

    name: str
    acts: tuple[Act, ...]
    sent_between: bool
    wave: int = 0
    """How often all that was due had been done when the click came,"""
    some: int = 0
    """and which of the next, a bit each."""
    late: bool = False
    """Whether the click was read after the moment had come."""


# ── one after the other ─────────────────────────────────────────────────────────────────────────────────


class Orders:
    """What each order of two acts gives where nobody else is there. Each is played when it is first asked for."""

    def __init__(self, world: World, alone: Alone, starts: Starts) -> None:
        self.world, self.alone, self.starts = world, alone, starts
        self._played: dict[str, tuple[list[Played], Iterator[Played]]] = {}

    def of(self, pair: Pair, start: Start) -> Iterator[Played]:
        """Both orders; then both with all messages sent between the two acts."""
        if pair.key not in self._played:
            self._played[pair.key] = [], self._all(pair, start)
        played, rest = self._played[pair.key]
        yield from list(played)
        for one in rest:
            played.append(one)
            yield one

    def _all(self, pair: Pair, start: Start) -> Iterator[Played]:
        for sent in (False, True):
            if pair.due:
                yield from self._around_a_moment(pair, start, sent)
                continue
            for place in sorted(range(len(pair.acts)), key=lambda place: (0 < place < len(pair.acts) - 1, -place)):
                acts = [pair.first] * (pair.also + 1)
                acts.insert(place, pair.second)
                order = "second first" if place == 0 else "first first"
                yield self._play(Order(order, tuple(acts), sent), pair, start)[0]

    def _around_a_moment(self, pair: Pair, start: Start, sent: bool) -> Iterator[Played]:
        """The click before anything fires, after some of what comes due together, after all of that, and so on: what
        follows from it and is due at once is a step of its own. Each with the click read just before the moment and
        just after it: people's working hours begin there."""
        click = next(act for act in pair.acts if not isinstance(act.move, Clock))
        for wave in range(MOST_WAVES):
            some = 0
            while True:
                for late in (False, True):
                    order = "the clock first" if wave or some else "the clock second"
                    one, many = self._play(Order(order, (click,), sent, wave, some, late), pair, start)
                    yield one
                some += 1
                if some >= 2**many:
                    break
            if not many:
                return

    def wrong(self, pair: Pair) -> set[str]:
        """What is wrong by itself in the orders that were played so far."""
        return {one for played in self._played.get(pair.key, ([],))[0] for one in played.wrong}

    def _play(self, order: "Order", pair: Pair, start: Start) -> tuple[Played, int]:
        """What it gives; and how many follow-ups were due together when the click came in between."""
        world, alone, refused, many = self.world, self.alone, list[str](), 0
        self.starts.put(start)
        if pair.due:
            many = self._fire_some(order, start)
        for number, act in enumerate(order.acts):
            if order.sent_between and (number or pair.due):
                alone.deliver()
            refused += self._does(act, start)
        if start.due and world.now() < start.due:
            world.set(start.due)
        alone.pump()
        wrong = [
            *checks.shown_wrongly(alone.db, world, world.now()), *checks.accusations(alone.db, world.ws.id),
            *checks.told_in_public(alone.db, world), *checks.unsaid(alone.db, world),
        ]  # fmt: skip
        with alone.db.read() as session:
            seen = seen_in(session, pair, start, alone.db)
        return Played(order.name, seen, frozenset(wrong), tuple(refused)), many

    def _fire_some(self, order: "Order", start: Start) -> int:
        world, alone = self.world, self.alone
        assert start.due
        if not order.wave and not order.some:
            world.set(start.due + SHORTLY if order.late else start.due - BEFORE)
            return alone.due_together(start.due)
        world.set(start.due + SHORTLY)
        for _ in range(order.wave):
            alone.bot.due.run_once()
        many = alone.fire_some(order.some)
        if not order.late:
            world.set(start.due - BEFORE)
        return many

    def _does(self, act: Act, start: Start) -> list[str]:
        """Returns with what it was refused, if it was."""
        move, world, alone = act.move, self.world, self.alone
        assert not isinstance(move, Clock)
        if isinstance(move, Operator):
            return self._operates(move)
        who = move.user if isinstance(move, Leaves) else act.who
        if isinstance(move, Leaves):
            world.leave(who)
        answer = alone.send(body(world, who, way_of(move), start.facts))
        return [answer.refused] if answer.refused else []

    def _operates(self, move: Operator) -> list[str]:
        alone, now = self.alone, self.world.now()
        match move.words:
            case ("erase", "--person", user, *_):
                try:
                    keeping.erase(alone.db, None, user, (), now, sure=True)
                except ThresholdError as error:
                    return [error.sentence]
            case ("export", "--whole"):
                list(keeping.export_whole(alone.db, None, lambda _: None))
            case ("export",):
                list(records.export(alone.db, form="json", workspace=None, numbers=[], now=now))
            case ("audit", *more):
                bootstrap.auditor(alone.settings, alone.db, self.world.now).run(mend=bool(more))
        return []
