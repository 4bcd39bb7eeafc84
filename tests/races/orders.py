"""What each order of two acts gives where nobody else is there: in this process, on a database of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app import bootstrap
from app.commands import erase, export, whole_workspace
from app.db.session import Database
from app.domain.errors import ThresholdError
from tests.races import checks, rows
from tests.races.alone import Alone
from tests.races.deliveries import body
from tests.races.moves import Act, Clock, Leaves, Operator, Pair, way_of
from tests.races.picture import Picture, picture
from tests.races.starts import Start, Starts
from tests.races.world import World


@dataclass(frozen=True)
class Played:
    """What one order gives, and what is wrong with that by itself."""

    order: str
    picture: Picture
    wrong: frozenset[str]
    refused: tuple[str, ...]


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
                order = "in the other order" if place == 0 else "in this order"
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
                    order = "clock first" if wave or some else "clock second"
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
            seen = seen_in(session, pair, start, alone.db, world)
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
                    erase.erase(alone.db, None, user, (), now, sure=True)
                except ThresholdError as error:
                    return [error.sentence]
            case ("export", "--whole"):
                list(whole_workspace.export_whole(alone.db, None, lambda _: None))
            case ("export",):
                list(export.export(alone.db, form="json", workspace=None, numbers=[], now=now))
            case ("audit", *more):
                bootstrap.auditor(alone.settings, alone.db, self.world.now).run(mend=bool(more))
        return []


def seen_in(session: Session, pair: Pair, start: Start, db: Database, world: World) -> Picture:
    found = picture(session, start.moment)
    erased = [act.move.words[2] for act in pair.acts if isinstance(act.move, Operator) and act.move.words[0] == "erase"]
    for user in erased:
        messages = ("messages in Slack", str(len(world.dm(user).messages)))
        found = found.with_left({*left_behind(rows.dump(db), user), messages})
    return found


def left_behind(everything: Mapping[str, list[dict[str, Any]]], user: str) -> set[tuple[str, ...]]:
    """Where somebody's id still stands."""
    return {
        (table, column)
        for table, found in everything.items()
        for row in found
        for column, value in row.items()
        if user in str(value)
    }
