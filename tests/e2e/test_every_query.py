"""Every statement that the bot sends to its database names the workspace, of each table in it.

The statements are heard as the database gets them, while a company lives through the longest story. Whoever sent one
is the innermost function of the app on the stack.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import event

import app
from app.db.models import Base
from demo.stories import one_way
from tests.e2e.house import Tale, Two

HOME = str(Path(app.__file__).parent)

OWNED = {table.name for table in Base.metadata.sorted_tables if "workspace_id" in table.c} | {"workspace"}

ALL_WORKSPACES = {
    "claims._lease": "due work is taken oldest first, whosever it is; each row says whose",
    "claims.renew": "a process holds on to what it claimed, by its own name and the ids it was given",
    "claims.give_back": "and gives it back the same way",
    "pruning": "what is done and old is swept away, whosever it was, by the ids that were found",
    "auditor_queries": "the auditor goes through all decisions, page by page",
    "installed.refresh_due": "the clock looks for tokens that run out soon",
    "old_verdicts.told_once": "the clock looks for verdicts of an earlier release, one by one",
    "roster.workspaces": "the clock takes each workspace in turn, to bring its old rows up to date",
    "shelving.unshelved": "the clock looks for decisions that never came into the library",
    "roster.forgotten_workspace": "the clock looks for a workspace whose time has come",
    "roster.workspaces_of": "an org's install or removal is about each of its workspaces",
}
"""Which function, or which whole module, may look past one workspace, and why. None of it is shown to a person."""

TABLE = re.compile(r"(?:\b(?:FROM|JOIN|UPDATE|INTO)\s+|,\s*)(\w+)(?:\s+AS\s+(\w+))?(?=[\s,)]|$)", re.IGNORECASE)
BOUND = re.compile(
    r"(\w+)\.workspace_id\s*(?:=|IN\b)|=\s*(\w+)\.workspace_id|\((\w+)\.workspace_id\s*(?:,|\|\|)[^()]*\)\s+IN|(\bworkspace)\.id\s*(?:=|IN\b)"
    r"|FROM (\w+) WHERE workspace_id =",  # SQLite's RETURNING names no tables
    re.IGNORECASE,
)


@lru_cache(maxsize=5000)
def unnamed(sql: str) -> tuple[str, ...]:
    """The tables of a statement (by alias, where it has one) whose workspace no condition or value names."""
    flat = " ".join(sql.split())
    if flat.startswith("INSERT"):
        columns = flat.partition("(")[2].partition(")")[0]
        table = flat.split()[2]
        return (table,) if table in OWNED - {"workspace"} and "workspace_id" not in columns.split(", ") else ()
    body = re.sub(r"^SELECT .*? FROM ", "FROM ", flat) if flat.startswith("SELECT") else flat
    named = {one for found in BOUND.findall(body) for one in found if one}
    used = {alias or table: table for table, alias in TABLE.findall(body)}
    return tuple(sorted(alias for alias, table in used.items() if table in OWNED and alias not in named))


def sender() -> str | None:
    """The innermost function of the app on the stack; None where a test sent it."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(HOME) and not file.endswith("db/session.py"):
            return f"{Path(file).stem}.{frame.f_code.co_name}"
        if "/tests/" in file:
            return None
        frame = frame.f_back
    return None


@contextmanager
def listening(tale: Tale) -> Iterator[dict[str, str]]:
    """What was sent without naming its workspace: the statement → who sent it."""
    found: dict[str, str] = {}
    count = 0

    def hear(_c: Any, _cursor: Any, statement: str, _p: Any, _context: Any, _many: Any) -> None:
        nonlocal count
        count += 1
        left = unnamed(statement)
        who = sender() if left else None
        if who and not {who, who.partition(".")[0]} & ALL_WORKSPACES.keys():
            found[f"{', '.join(left)} in: {statement}"] = who

    engine = tale.stage.bot.db.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    assert count > 200, "somebody spoke to the database"


@pytest.mark.parametrize(
    ("sql", "left"),
    [
        ("SELECT a.id FROM decision WHERE decision.id = ?", ("decision",)),
        ("SELECT a.id FROM decision WHERE decision.workspace_id = ? AND decision.id = ?", ()),
        ("SELECT decision.workspace_id FROM decision WHERE decision.id = ?", ("decision",)),
        ("SELECT 1 FROM decision AS d JOIN signer ON signer.decision_id = d.id WHERE d.workspace_id = ?", ("signer",)),
        (
            "SELECT 1 FROM decision AS d JOIN signer ON signer.workspace_id = d.workspace_id "
            "AND signer.decision_id = d.id WHERE d.workspace_id = ?",
            (),
        ),
        (
            "SELECT 1 FROM outbox WHERE outbox.workspace_id NOT IN (SELECT workspace.id FROM workspace)",
            ("outbox", "workspace"),
        ),
        ("UPDATE decision SET title=? WHERE decision.id = ? AND decision.workspace_id = ?", ()),
        ("UPDATE decision SET title=? WHERE decision.id = ?", ("decision",)),
        ("DELETE FROM card WHERE card.id = ?", ("card",)),
        ("INSERT INTO card (workspace_id, ts) VALUES (?, ?)", ()),
        ("INSERT INTO card (ts) VALUES (?)", ("card",)),
        ("SELECT 1 FROM signer WHERE (signer.workspace_id, signer.decision_id) IN ((?, ?))", ()),
        ("SELECT 1 FROM follow_up WHERE (follow_up.workspace_id || ?) IN (?) AND follow_up.id IN (?)", ()),
        ("SELECT workspace.id FROM workspace WHERE workspace.id = ?", ()),
        ("SELECT 1 FROM alembic_version", ()),
    ],
)
def test_a_statement_that_leaves_a_workspace_out_is_seen(sql: str, left: tuple[str, ...]) -> None:
    assert unnamed(sql) == left


def test_every_statement_of_a_decision_from_start_to_end_names_its_workspace(two: Two) -> None:
    with listening(two.here) as found:
        one_way.play(two.here)
        around(two.here)
    assert found == {}


def around(tale: Tale) -> None:
    """What the stories leave out: lists, Home, digests, exports, people who leave, channels that end."""
    cast, say = tale.cast, tale.cast.sam.command
    for text in (
        "list",
        "ladder",
        "help",
        "digest daily 9:00",
        "digest",
        "D-1",
        "digest off",
        "find warehouse",
        "find returns since:2020",
    ):
        say("/escalate", text, cast.retail)
    cast.sam.open_home()
    cast.sam.say("Is it a good idea to move the warehouse to another town?")
    cast.sam.say("hello")
    tale.stage.pump()
    for person in (cast.vera, cast.nia):
        person.deactivate()
    cast.ads.archive()
    tale.stage.pump()
    tale.stage.bot.renew_tokens()
    tale.stage.bot.clean_up()
    tale.stage.bot.auditor.hourly()
