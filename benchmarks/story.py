"""One whole one-way decision, from ``/escalate`` to its review: what it costs a person, Slack and the database."""

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from benchmarks.figures import Row
from benchmarks.places import KINDS, Counted, Places
from demo import company
from demo.stage import Stage
from demo.stories import Telling, one_way


def run(quick: bool) -> list[Row]:
    """Interactions of the requester, Slack calls by method beside the fewest, statements, CPU of bot and sandbox."""
    rows: list[Row] = []
    places = Places()
    try:
        for kind in KINDS[:1] if quick else KINDS:
            with Stage(database_url=places.url(kind)) as stage:
                cast = company.found(stage)
                before = len(stage.slack.requests())
                cpu = time.process_time()
                with Counted(stage.bot.db) as counted:
                    one_way.play(Telling(stage, cast))
                cpu = time.process_time() - cpu
                calls = stage.slack.requests()[before:]
                if not rows:
                    done = stage.slack.count_interactions(cast.sam)
                    rows.append(Row("interactions of the requester, all told", str(done)))
                    rows += _calls([(one.method, dict(one.args)) for one in calls])
                rows.append(Row(f"SQL statements, {kind}", str(len(counted.statements))))
                rows.append(Row(f"CPU, bot and sandbox together, {kind}", f"{cpu:.1f} s"))
    finally:
        places.close()
    return rows


def _calls(calls: Sequence[tuple[str, dict[str, Any]]]) -> list[Row]:
    """By method, and the fewest that show the same: a post a message, an edit a change that is to be seen, an opening
    a form, and one look at each person who acts or is relied on. No conversation need be opened: a post to a person
    opens it."""
    made, fewest = Counter(method for method, _ in calls), Counter[str]()
    shown: dict[str, str] = {}
    known: set[str] = set()
    for method, args in calls:
        if method == "users.info":
            needed = str(args.get("user")) not in known
            known.add(str(args.get("user")))
        elif method == "chat.update":
            needed = shown.get(str(args.get("ts"))) != str(args.get("blocks"))
            shown[str(args.get("ts"))] = str(args.get("blocks"))
        else:
            needed = method != "conversations.open"
        fewest[method] += needed
    rows = [Row(f"  {method}: made, fewest", f"{many}, {fewest[method]}") for method, many in made.most_common()]
    return [Row("Slack calls in all: made, fewest", f"{made.total()}, {fewest.total()}"), *rows]
