"""``make bench``: one table. Each row names its command; ``python -m benchmarks NAME`` repeats it alone."""

import sys
from collections.abc import Callable

from benchmarks import ack, digest, due, story

ROWS: dict[str, Callable[[], list[tuple[str, str]]]] = {
    "ack": ack.run,
    "due": due.run,
    "digest": digest.run,
    "story": story.run,
}


def main() -> int:
    names = sys.argv[1:] or list(ROWS)
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        print(f"There is no benchmark called {unknown[0]}; there are {', '.join(ROWS)}.", file=sys.stderr)
        return 1
    for name in names:
        print(f"\n{name}  (python -m benchmarks {name})")
        for what, figure in ROWS[name]():
            print(f"  {what:<64} {figure}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
