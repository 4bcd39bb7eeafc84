"""One whole one-way decision, from ``/escalate`` to its review: what it costs a person, Slack and the database."""

import tempfile
import time
from collections import Counter
from typing import Any

from sqlalchemy import event

from demo import company
from demo.stage import Stage
from demo.stories import Telling, one_way


def run() -> list[tuple[str, str]]:
    """Interactions of the requester, Slack calls by method, statements, CPU seconds of bot and sandbox together."""
    with tempfile.TemporaryDirectory() as folder, Stage(database_url=f"sqlite:///{folder}/bench.db") as stage:
        cast = company.found(stage)
        before = len(stage.slack.requests())
        statements = 0

        def count(*_all: Any) -> None:
            nonlocal statements
            statements += 1

        event.listen(stage.bot.db.engine, "before_cursor_execute", count)
        cpu = time.process_time()
        one_way.play(Telling(stage, cast))
        cpu = time.process_time() - cpu
        calls = Counter(request.method for request in stage.slack.requests()[before:])
        return [
            ("interactions of the requester, all told", str(stage.slack.count_interactions(cast.sam))),
            ("Slack calls by method", ", ".join(f"{name} {times}" for name, times in calls.most_common())),
            ("SQL statements", str(statements)),
            ("CPU, bot and sandbox together", f"{cpu:.1f} s"),
        ]
