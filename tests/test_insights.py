"""Insights, a replay by another policy and a simulated company on the command line; long work that can be stopped."""

import csv
import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from app import files
from app.commands import histories, insights, progress, replay
from app.commands.history import import_history
from app.commands.simulate import BEGIN, lines
from app.db.session import Database
from app.db.verifying import Record, verify
from app.domain.insights.report import ALL, Waits, report
from app.domain.ladder import Rung
from app.domain.policy.file import read
from app.domain.policy.policy import SHIPPED_POLICY
from app.words.insights import waits_said
from app.workflows.insights.reporting import insights_of
from tests.workflows.colleagues import PROMISE, Company

HISTORY = [
    {"id": 1, "title": "One", "status": "Final", "proposed": "2026-01-01", "decided": "2026-01-05"},
    {"id": 2, "title": "Two", "status": "Final", "proposed": "2026-01-02", "decided": "2026-01-04"},
    {"id": 3, "title": "Three", "status": "Rejected", "proposed": "2026-01-03", "decided": "2026-01-20"},
    {"id": 4, "title": "Four", "status": "Final", "proposed": "2026-01-03", "decided": "2026-01-13"},
    {"id": 5, "title": "Five", "status": "Withdrawn", "proposed": "2026-01-03", "decided": "2026-01-06"},
    {"id": 6, "title": "Six", "status": "Final", "proposed": "2026-01-03", "decided": "2026-02-03"},
    {"id": 7, "title": "Seven", "status": "Draft", "proposed": "2026-01-03", "decided": ""},
]


@pytest.fixture
def company(db: Database) -> Company:
    return Company(db).settle_in()


@pytest.fixture
def history(tmp_path: Path) -> Path:
    file = tmp_path / "history.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in HISTORY), encoding="utf-8")
    return file


def threshold(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{cwd}/t.db"}
    return subprocess.run(
        [sys.executable, "-m", "app", *words], capture_output=True, text=True, env=environment, timeout=100, check=False
    )


def test_a_history_is_added_up_with_what_is_open_and_dirty_lines_are_named(history: Path, tmp_path: Path) -> None:
    with history.open("a", encoding="utf-8") as more:
        more.write('{"id": 8, "proposed": "soon"}\nno json\n')
    done = threshold("insights", "--from", str(history), "--on", "2026-03-01", "--json", cwd=tmp_path)
    found = json.loads(done.stdout)["time_to_decide"]["all"]
    assert (found["cases"], found["decided"], found["withdrawn"], found["open"]) == (7, 5, 1, 1)
    assert found["median_days"] == 17
    assert found["median_low"] <= 17
    assert done.stderr.count("is left out") == 2
    table = list(csv.reader(io.StringIO(threshold(
        "insights", "--from", str(history), "--on", "2026-03-01", "--csv", cwd=tmp_path
    ).stdout)))  # fmt: skip
    assert table[3][:4] == ["time_to_decide", "all", "median_days", "17.0"]


def test_as_known_on_a_day_the_median_may_not_be_known_yet(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = histories.read(history, print)
    then = report(found.cases, insights._end_of(BEGIN.replace(year=2026, day=15)))
    said = "\n".join(insights.in_words(then))
    assert "not yet known: fewer than 5 were decided" in said
    assert capsys.readouterr().out == ""


def test_the_same_seed_writes_the_same_file_and_insights_read_it(tmp_path: Path) -> None:
    for name in ("one", "two"):
        words = ("simulate", "--people", "80", "--days", "200", "--seed", "5", "--out", str(tmp_path / name))
        assert threshold(*words, cwd=tmp_path).returncode == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    found = json.loads(threshold("insights", "--from", str(tmp_path / "one"), "--json", cwd=tmp_path).stdout)
    header = json.loads((tmp_path / "one").read_text(encoding="utf-8").splitlines()[0])
    assert found["decisions"] == len((tmp_path / "one").read_text(encoding="utf-8").splitlines()) - 1
    assert found["on"] == header["on"]
    assert abs(found["deflected"]["share"] - header["planted"]["deflected"]) < 0.05


def test_another_policy_is_tried_on_what_was_decided_and_nothing_is_written(company: Company, tmp_path: Path) -> None:
    for _ in range(6):
        company.triage(PROMISE)
    other = read('[lowest_by_effect]\npromise = "director"\n', SHIPPED_POLICY)
    found = replay.replay(company.db, company.team, other)
    assert (found.same, found.otherwise, found.unknown) == (6, [], [])
    assert found.compared.decisions == 6
    told = "\n".join(replay.in_words(found, SHIPPED_POLICY, other))
    assert told.startswith("6 verdicts come out as they are kept, 0 otherwise, 0 can't be worked out again.")
    assert "now: Director: public promise, price or policy." in told
    shown = replay.as_json(company.team, found, SHIPPED_POLICY, other)
    assert json.loads(json.dumps(shown))["identity"]["same"] == 6
    assert {one["level"] for one in shown["levels"]} == {"team", *(rung.value for rung in Rung if rung > Rung.PEER)}
    with company.db.read(steady=True) as session:
        assert list(verify(session, company.team, Record())) == []


def test_what_was_decided_elsewhere_counts_only_where_it_is_asked_for(company: Company, history: Path) -> None:
    import_history(company.db, "jsonl", history, company.team, company.now)
    with company.db.read() as session:
        without = insights_of(session, company.team, company.now)
        found = insights_of(session, company.team, company.now, imported=True).waits[ALL]
    assert without.waits == {}
    assert (found.cases, found.open, found.median) == (7, 1, 17)


def _of_two_years(company: Company, year: int, on: datetime) -> Waits:
    since, until = (datetime(one, 1, 1, tzinfo=UTC) for one in (year - 2, year))
    with company.db.read() as session:
        return insights_of(session, company.team, on, imported=True, since=since, until=until).waits[ALL]


PEPS = Path(__file__).parents[2] / "shared" / "data" / "peps.jsonl"


@pytest.mark.skipif(not PEPS.exists(), reason="the collected decisions are not beside the repository")
def test_real_decisions_that_were_brought_here_take_as_long_as_it_turned_out(company: Company) -> None:
    import_history(company.db, "jsonl", PEPS, company.team, company.now)
    for year in (2008, 2014, 2018, 2020, 2022, 2024):
        median = {}
        for on in (datetime(year, 1, 1, tzinfo=UTC), company.now):
            median[on] = _of_two_years(company, year, on).median
        then, later = median.values()
        assert then is not None
        assert later is not None
        assert abs(then / later - 1) <= 0.15, (year, then, later)
    then_ = _of_two_years(company, 2004, datetime(2004, 1, 1, tzinfo=UTC))
    assert "not yet known" in waits_said(ALL, then_)


# ── long work ───────────────────────────────────────────────────────────────────────────────────────────


def _stopped_half_way(file: Path) -> None:
    with files.whole(file) as out:
        out.write("half")
        raise KeyboardInterrupt


def test_a_file_stays_as_it_was_until_the_new_one_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_text("before")
    with pytest.raises(KeyboardInterrupt):
        _stopped_half_way(file)
    assert file.read_text() == "before"
    with files.whole(file) as out:
        out.write("after")
    assert file.read_text() == "after"
    assert list(tmp_path.iterdir()) == [file]
    assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_is_shown_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    progress.announce("Counting to three.")
    assert list(progress.watched([1, 2, 3], 3, "figures")) == [1, 2, 3]
    assert capsys.readouterr() == ("", "")


def _read(master: int, until: bytes | None) -> bytes:
    """What a terminal of unsaid size shows until it shows that, or until whoever writes to it has ended."""
    seen, end = b"", time.monotonic() + 90
    while time.monotonic() < end and (until is None or until not in seen):
        if not select.select([master], [], [], 1.0)[0]:
            continue
        try:
            more = os.read(master, 4096)
        except OSError:  # nobody holds the other end any more
            break
        if not more:
            break
        seen += more
    return seen


def test_long_work_shows_on_a_terminal_and_is_stopped_with_nothing_half_done(tmp_path: Path) -> None:
    out = tmp_path / "company.jsonl"
    out.write_text("before")
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "app", "simulate", "--people", "5000", "--out", str(out)]
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # what runs in the background is begun deaf to Ctrl-C
    with subprocess.Popen(command, stderr=slave, stdout=subprocess.DEVNULL, preexec_fn=heeds) as process:
        os.close(slave)
        seen = _read(master, b"decisions/s")
        process.send_signal(signal.SIGINT)
        seen += _read(master, None)
        assert process.wait(30) == 130
    os.close(master)
    assert b"Living 365 days of 5,000 people" in seen
    assert b"Stopped. Nothing was written, and an earlier file stands as it was." in seen
    assert b"Traceback" not in seen
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_lines_are_the_whole_company() -> None:
    first, *rest = lines(40, 100, 2, BEGIN)
    assert json.loads(first)["planted"]["median_days"] == {"two_way": 1.0, "one_way": 9.0}
    assert {json.loads(one)["verdict"]["door"] for one in rest} == {"two_way", "one_way"}
