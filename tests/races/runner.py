"""One try: two acts at the same moment against real processes, held against what each order of them gives alone."""

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from tests.races import checks
from tests.races.deliveries import Answer, body
from tests.races.moves import Act, Clock, Leaves, Operator, Pair, way_of
from tests.races.orders import Orders, seen_in
from tests.races.picture import Picture
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
            seen = seen_in(session, pair, start, there.db, world)
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
