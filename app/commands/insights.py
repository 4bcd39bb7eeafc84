"""`threshold insights`: how a workspace decides, as figures."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from app import bootstrap, starting
from app.commands import histories, progress
from app.commands.command import Command, day, workspace_option
from app.configured import CannotStart
from app.db.session import Database
from app.domain.insights.figures import COLUMNS, as_json, as_rows
from app.domain.insights.report import Report, report
from app.settings import Settings
from app.words import insights as words
from app.workflows.insights.reporting import insights_of


def _arguments(parser: argparse.ArgumentParser) -> None:
    workspace_option(parser)
    parser.add_argument("--channel", metavar="C…", help="of this channel only")
    parser.add_argument("--since", type=day, metavar="DAY", help="of decisions that began on this day or later")
    parser.add_argument("--until", type=day, metavar="DAY", help="of decisions that began before this day")
    parser.add_argument("--on", type=day, metavar="DAY", help="as known on that day: what was decided later is open")
    parser.add_argument("--imported", action="store_true", help="with what was decided elsewhere and brought here")
    parser.add_argument(
        "--from", dest="file", type=Path, metavar="FILE",
        help="of a file instead: what `threshold simulate` wrote, or a history as JSON lines",
    )  # fmt: skip
    parser.add_argument("--charts", type=Path, metavar="DIR", help="draw the charts into this folder too")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--json", action="store_true", help="one object; null: not known yet, or of fewer than three people"
    )
    how.add_argument("--csv", action="store_true", help="a row a figure, with its interval and its base")


def run(settings: Settings, options: argparse.Namespace) -> int:
    on = _end_of(options.on) if options.on else None
    since = _begin_of(options.since) if options.since else None
    until = _begin_of(options.until) if options.until else None
    if options.file is not None:
        found, workspace = _of_file(options.file, on, since, until), str(options.file)
    else:
        with closing(starting.open_to_read(settings.database_url)) as db:
            workspace = starting.the_workspace(db, options.workspace)
            found = _of_workspace(db, workspace, options, on or bootstrap.wall_clock(), since, until)
    if options.charts is not None:
        _draw(found, options.charts)
    if options.json:
        print(json.dumps({"workspace": workspace, **as_json(found)}, ensure_ascii=False))
    elif options.csv:
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(as_rows(found))
    else:
        for line in in_words(found):
            print(line)
    return 0


def _of_workspace(
    db: Database, workspace: str, options: argparse.Namespace, on: datetime, since: datetime | None,
    until: datetime | None,
) -> Report:  # fmt: skip
    progress.announce(f"Reading the decisions of {workspace}. Nothing is changed.")
    with db.read(steady=True) as session, progress.shown(None, "decisions") as step:
        return insights_of(
            session, workspace, on, channel=options.channel, since=since, until=until, imported=options.imported,
            step=step,
        )  # fmt: skip


def _of_file(file: Path, on: datetime | None, since: datetime | None, until: datetime | None) -> Report:
    progress.announce(f"Reading {file}. Nothing is changed.")
    found = histories.read(file, lambda said: print(said, file=sys.stderr))
    cases = progress.watched((one for one in found.cases if until is None or one.begun < until), None, "decisions")
    return report(cases, on or found.on or bootstrap.wall_clock(), since)


def _draw(found: Report, folder: Path) -> None:
    from app.slack import pictures

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in pictures.all_of(found).items():
            (folder / f"{name}.png").write_bytes(picture)
    except pictures.CannotDraw as error:
        raise CannotStart(str(error)) from None
    except OSError as error:
        raise CannotStart(f"{folder} can't be written: {error.strerror}.") from None


def in_words(found: Report) -> Iterator[str]:
    """Each figure as a sentence, chapter by chapter."""
    yield f"{found.cases:,} decisions, as known on {found.on:%d %b %Y}. Private ones are left out."
    yield "\nTime to decide"
    yield from (words.waits_said(name, one) for name, one in found.waits.items())
    if found.kept_back:
        yield f"{found.kept_back} {'group is' if found.kept_back == 1 else 'groups are'} of fewer than three people."
    if found.signers:
        yield "\nWaiting for signers"
        yield from (words.signers_said(name, one) for name, one in found.signers.items())
    yield "\nDoors"
    yield words.deflected_said(found.deflected)
    if settled := words.settled_said(found.settled):
        yield settled
    yield from words.doors_said(found.doors)
    if found.overridden:
        yield "\nGates that failed"
        yield from (words.became_said(gate, one) for gate, one in found.overridden.items())
    if dissent := list(words.dissent_said(found)):
        yield "\nDissent"
        yield from dissent
    if given_back := list(words.syncs_said(found.syncs)):
        yield "\nSyncs given back"
        yield from given_back
    yield "\nPredictions"
    yield from words.calibration_said(found.calibration)
    yield from (f"  {words.step_said(step)}" for step in found.calibration.steps)


def _begin_of(day_: date) -> datetime:
    return datetime.combine(day_, time.min, UTC)


def _end_of(day_: date) -> datetime:
    """The moment that day is over, in UTC."""
    return _begin_of(day_) + timedelta(days=1)


COMMAND = Command(
    "insights", "say how a workspace decides: how long it takes, and whether it was right", run, _arguments
)
