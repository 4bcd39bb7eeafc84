"""``make bench``: one table. Each part names its command: ``python -m benchmarks NAME`` repeats it alone.

``--quick`` runs all of it on small numbers, in seconds: the figures say nothing then, but that it still works.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks import ack, assistant, beside, burst, digest, due, find, memory, rate, reading, replay, story
from benchmarks.figures import Row

PARTS: dict[str, Callable[[bool], list[Row]]] = {
    "ack": ack.run,
    "rate": rate.run,
    "burst": burst.run,
    "due": due.run,
    "assistant": assistant.run,
    "digest": digest.run,
    "find": find.run,
    "story": story.run,
    "memory": memory.run,
    "reading": reading.run,
    "replay": replay.run,
}


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(PARTS)}; all of them where none is given")
    parser.add_argument("--quick", action="store_true", help="small numbers, to see that it works")
    parser.add_argument("--events", type=int, default=memory.EVENTS, help="how many `memory` delivers (%(default)s)")
    parser.add_argument("--beside", type=Path, metavar="FOLDER", help="another checkout, which `ack` is compared with")
    asked = parser.parse_args(given)
    parts: dict[str, Callable[[bool], list[Row]]] = {**PARTS, "memory": partial(memory.run, events=asked.events)}
    if asked.beside is not None:
        parts["ack"] = partial(beside.run, asked.beside)
    unknown = [name for name in asked.names if name not in PARTS]
    if unknown:
        print(f"There is no benchmark called {unknown[0]}; there are {', '.join(PARTS)}.", file=sys.stderr)
        return 1
    for name in asked.names or list(PARTS):
        print(f"\n{name}  (python -m benchmarks {name})", flush=True)
        for row in parts[name](asked.quick):
            print(f"  {row.what:<72} {row.figure}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
