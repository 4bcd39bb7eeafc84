"""`threshold find`: what was decided, by words; as the operator sees it, or as one person does."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from sqlalchemy.orm import Session

from app import starting
from app.commands.command import Command, workspace_option
from app.configured import CannotStart
from app.db.library import finding
from app.db.session import Database
from app.domain.library.asking import ANYTHING, Wanted
from app.domain.library.hits import Hit
from app.domain.library.marks import Sight
from app.domain.library.tokens import tokens
from app.settings import Settings
from app.words.library import DOOR_SAID, NO_LETTERS, NO_WORDS, NOTHING, called, came_of_it
from app.words.reading.wanted import wanted
from app.workflows.admission import Actor
from app.workflows.library.finding import find as find_for

FIELDS = ("status", "door", "in", "by", "since", "until")


def look(db: Database, workspace: str, user: str | None, words: str, narrowed: Wanted, most: int) -> list[Hit]:
    """What is found, best first. ``user``: as this person finds it; None: all, private ones too.

    Raises:
        NotAllowed: somebody who is not let in.
    """
    with db.read() as session:
        return _look(session, workspace, user, words, narrowed, most)


def _look(session: Session, workspace: str, user: str | None, words: str, narrowed: Wanted, most: int) -> list[Hit]:
    if user is not None:
        return find_for(session, Actor(workspace, user), words, narrowed, most)
    return finding.find(session, Sight(workspace), words, narrowed, most)


def as_json(hit: Hit) -> dict[str, Any]:
    newer = hit.newer if hit.newer is not None and hit.newer.decided else None
    found: dict[str, Any] = {"decision": hit.name}
    if hit.imported_id is not None:
        found["imported_id"] = hit.imported_id
    return found | {
        "title": hit.title, "status": str(hit.status.value), "door": hit.door.value if hit.door else None,
        "begun": hit.begun_on.isoformat() if hit.begun_on else None,
        "decided": hit.decided_on.isoformat() if hit.decided_on else None,
        "decided_by": list(hit.decided_by), "chose": hit.chose or None, "learned": hit.learned or None,
        "superseded_by": (newer.imported_id or f"D-{newer.number}") if newer else None,
    }  # fmt: skip


def _lines(hits: Iterable[Hit]) -> Iterator[str]:
    for hit in hits:
        door = f", {DOOR_SAID[hit.door]}" if hit.door in DOOR_SAID else ""
        on = f", {hit.decided_on:%d %b %Y}" if hit.decided_on else ""
        yield f"{called(hit)}  {hit.title}\n    {came_of_it(hit)}{on}{door}"
        if hit.chose:
            yield f"    chosen: {' '.join(hit.chose.split())}"
        if hit.learned:
            yield f"    learned: {' '.join(hit.learned.split())}"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="WORDS", help="what to look for; without, a line of stdin each")
    workspace_option(parser)
    parser.add_argument("--as", dest="user", metavar="U…", help="as this person finds it; without, all of it")
    parser.add_argument("--json", action="store_true", help="a list of the hits, on one line")
    parser.add_argument("--most", type=int, default=10, metavar="N", help="so many at most (%(default)s)")
    parser.add_argument("--status", metavar="S", help="like approved, declined, open; several with commas")
    parser.add_argument("--door", metavar="D", help="one-way or two-way")
    parser.add_argument("--channel", dest="in", metavar="C…", help="from this channel")
    parser.add_argument("--person", dest="by", metavar="U…", help="whose it was, or who decided it")
    parser.add_argument("--since", metavar="DAY", help="decided from this day on, like 2026-03-01, 2026-03 or 2026")
    parser.add_argument("--until", metavar="DAY", help="decided until this day")


def run(settings: Settings, options: argparse.Namespace) -> int:
    narrowed = wanted({name: str(getattr(options, name) or "") for name in FIELDS})
    with closing(starting.open_to_read(settings.database_url)) as db:
        workspace = starting.the_workspace(db, options.workspace)
        if options.words or narrowed != ANYTHING:
            return _say(db, workspace, options, " ".join(options.words), narrowed)
        if sys.stdin.isatty():
            raise CannotStart(NO_WORDS)
        asked = 0
        for line in sys.stdin:  # many at once cost one start
            asked += 1
            _say(db, workspace, options, line.strip(), narrowed)
        if not asked:
            raise CannotStart(NO_WORDS)
    return 0


def _say(db: Database, workspace: str, options: argparse.Namespace, words: str, narrowed: Wanted) -> int:
    if not tokens(words) and narrowed == ANYTHING and not options.json:
        print(NO_LETTERS)
        return 1
    hits = look(db, workspace, options.user, words, narrowed, max(1, options.most))
    if options.json:
        print(json.dumps([as_json(hit) for hit in hits], ensure_ascii=False), flush=True)
        return 0
    print("\n".join(_lines(hits)) or NOTHING, flush=True)
    return 0


COMMAND = Command("find", "find what was decided, by words, best first, with what became of it", run, _arguments)
