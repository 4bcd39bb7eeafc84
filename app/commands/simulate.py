"""`threshold simulate`: a company that never was, living by the same rules, to see what insights find in it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from app import files
from app.commands import progress
from app.commands.command import Command, day
from app.commands.histories import FORMAT, SIMULATION
from app.configured import CannotStart
from app.db.plain_json import plain
from app.domain.simulation.company import company
from app.domain.simulation.life import PLANTED, Lived, decisions_in, live
from app.settings import Settings

BEGIN = date(2025, 1, 1)
MOST_PEOPLE, MOST_DAYS = 100_000, 3660


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=5000, metavar="N", help="how many work there; 5000 without")
    parser.add_argument("--days", type=int, default=365, metavar="N", help="how long; 365 without")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same seed gives the same company; 1 without"
    )
    parser.add_argument("--begin", type=day, default=BEGIN, metavar="DAY", help="its first day; 2025-01-01 without")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="a line of JSON a decision")


def run(_settings: Settings, options: argparse.Namespace) -> int:
    if not (1 <= options.people <= MOST_PEOPLE and 1 <= options.days <= MOST_DAYS):
        raise CannotStart(f"A company has 1 to {MOST_PEOPLE:,} people, and lives 1 to {MOST_DAYS:,} days.")
    total = decisions_in(options.people, options.days)
    progress.announce(f"Living {options.days} days of {options.people:,} people: some {total:,} decisions.")
    try:
        with files.whole(options.out) as out:
            written = lines(options.people, options.days, options.seed, options.begin)
            out.writelines(progress.watched(written, total + 1, "decisions"))
    except OSError as error:
        raise CannotStart(f"{options.out} can't be written: {error.strerror}.") from None
    print(f"{options.out} holds the company. “threshold insights --from {options.out}” says what can be seen of it.")
    return 0


def lines(people: int, days: int, seed: int, begin: date) -> Iterator[str]:
    """The company, and what was planted; then each decision, in order. The same from the same seed, to the byte."""
    teams = company(people, Random(seed))
    over = datetime.combine(begin + timedelta(days=days), time.min, UTC)
    yield _line({
        "threshold": SIMULATION, "format": FORMAT, "people": people, "days": days, "seed": seed,
        "begin": begin.isoformat(), "on": over.isoformat(), "planted": plain(PLANTED),
        "teams": {team.name: plain(team.ladder) for team in teams},
    })  # fmt: skip
    for one in live(people, days, seed, begin):
        yield _line(_said(one))


def _said(one: Lived) -> dict[str, Any]:
    return {
        "id": f"S-{one.number}", "team": one.team, "case": plain(one.case), "answers": plain(one.answers),
        "today": one.setting.today.isoformat(), "requester_rung": one.setting.requester_rung,
        "verdict": plain(one.verdict),
    }  # fmt: skip


def _line(what: dict[str, Any]) -> str:
    return json.dumps(what, sort_keys=True, separators=(",", ":")) + "\n"


COMMAND = Command(
    "simulate",
    "write a company that never was, living by the same rules, to try insights on",
    run,
    _arguments,
    stopped="Stopped. Nothing was written, and an earlier file stands as it was.",
)
