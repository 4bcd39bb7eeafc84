"""``python -m tests.races``: plays pairs, and prints a line for each. Exit code 1 where one of them ended wrongly."""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from tests.databases import KINDS, Servers
from tests.nursery import Nursery
from tests.races.moves import Pair
from tests.races.pairs import NAMED, dice_of, drawn
from tests.races.replicas import HOW_MANY
from tests.races.runner import Outcome, Runner
from tests.races.town import Town, town


def main() -> int:
    options = _options()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(2**32)
    print(f"python -m tests.races {' '.join(sys.argv[1:])} (seed {seed}, {datetime.now(UTC):%Y-%m-%d})\n")
    print("| pair | tries | database, replicas | ended | each |\n| --- | --- | --- | --- | --- |", flush=True)
    kinds = tuple(kind for kind in KINDS if options.database in ("both", kind))
    bad = 0
    with ExitStack() as stack:
        servers = Servers(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        stack.callback(servers.stop)
        nursery = Nursery()
        stack.callback(nursery.close)
        found = stack.enter_context(town(servers, nursery, kinds))
        for name, kind, pairs in _chosen(found, kinds, options, seed):
            bad += _table_row(found.runners[kind], name, kind, pairs, seed, options.verbose)
    print(f"\n{bad} tries ended wrongly." if bad else "\nEvery try ended as one of its orders does.")
    return 1 if bad else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.races", description=__doc__)
    parser.add_argument(
        "--pairs", default="named", help="named, every, drawn, or words that a named pair or both moves' names hold"
    )
    parser.add_argument("--tries", type=int, default=10)
    parser.add_argument("--database", choices=("postgresql", "sqlite", "both"), default="both")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--part", default="1/1", metavar="1/4", help="of every pair, the first quarter")
    parser.add_argument("--only", type=int, help="of drawn pairs this one, counted from 1")
    parser.add_argument("--verbose", action="store_true", help="print each wrong try whole")
    return parser.parse_args()


def _chosen(
    found: Town, kinds: tuple[str, ...], options: argparse.Namespace, seed: int
) -> Iterator[tuple[str, str, list[Pair]]]:
    """Name, database, and one pair for each try."""
    tries, dice = options.tries, random.Random(seed)
    if options.pairs == "drawn":
        for number, pair in enumerate(drawn(found.meetings, seed, tries)):
            if options.only in (None, number + 1):
                yield f"{number + 1}: {pair.name}", kinds[number % len(kinds)], [pair]
        return
    if options.pairs == "every":
        part, parts = (int(one) for one in options.part.split("/"))
        every = list(found.meetings.every())
        for number, (one, other, states) in enumerate(every):
            if number * parts // len(every) == part - 1:
                pairs = [found.meetings.drawn_in(dice.choice(states), one, other, dice) for _ in range(tries)]
                for kind in kinds:
                    yield pairs[0].name, kind, pairs
        return
    for pair in NAMED:
        if options.pairs == "named" or options.pairs in pair.name:
            for kind in kinds:
                yield pair.name, kind, [pair] * tries


def _table_row(runner: Runner, name: str, kind: str, pairs: list[Pair], seed: int, verbose: bool) -> int:
    """Play them, print what came of it. How many ended wrongly."""
    began = time.monotonic()
    outcomes = [runner.play(pair, dice_of(seed, pair, kind, n)) for n, pair in enumerate(pairs)]
    played = [one for one in outcomes if one is not None]
    bad = [one for one in played if not one.well]
    orders = Counter(one.order.partition(",")[0] for one in played if one.order)
    said = ", ".join(f"{times} {order}" for order, times in sorted(orders.items()))
    if bad:
        said = f"**{len(bad)} wrong**: {_reasons(bad)}" + (f"; {said}" if said else "")
    each = (time.monotonic() - began) / max(1, len(played))
    print(f"| {name} | {len(played)} | {kind}, {HOW_MANY[kind]} | {said} | {each:.2f} s |", flush=True)
    if verbose:
        for one in bad:
            print(f"    {one.pair.key}", *one.wrong, *one.notes, sep="\n      ", flush=True)
    return len(bad)


def _reasons(bad: list[Outcome]) -> str:
    """What went wrong, most often first."""
    counted = Counter(reason for one in bad for reason in {_short(said) for said in one.wrong})
    return "; ".join(f"{times} × {said}" for said, times in counted.most_common(6))


def _short(said: str) -> str:
    if said.startswith("not "):
        return "no order: " + said.partition(": ")[2][:90]
    return said[:110]


if __name__ == "__main__":
    sys.exit(main())
