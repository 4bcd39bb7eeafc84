"""What an operator does with a whole workspace: prove its record, carry it elsewhere."""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from app.commands import export, verify, whole_workspace
from app.configured import CannotStart
from app.db import exporting
from app.db.models import AuditEvent, Decision, FollowUp, Outbox
from app.db.session import Database
from app.domain.signing.signoff import Answer
from app.slack import spreadsheet
from app.workflows import digests, looking_back
from app.workflows.digests import Plan
from app.workflows.influence import approvals, maps
from app.workflows.influence.maps import TeamSaid
from app.workflows.opening import ensure_person, ensure_workspace
from app.workflows.people import ladders
from app.workflows.signing import open_questions, signoffs
from app.workflows.triage import intake, verdicts
from tests.databases import KINDS, Servers
from tests.workflows.colleagues import BEA, CHANNEL, EVE, HELD, OTTO, TWO_WAY, VERA, Company

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
Fresh = Callable[[str], Database]


@pytest.fixture
def fresh(servers: Servers) -> Iterator[Fresh]:
    """A fresh, migrated database of a kind at each call."""
    given: list[tuple[str, str, Database]] = []

    def one(kind: str) -> Database:
        url = servers.of(kind).url()
        given.append((kind, url, servers.opened(url)))
        return given[-1][2]

    yield one
    for kind, url, db in given:
        db.close()
        servers.of(kind).drop(url)


def lived_in(db: Database, team: str = "T1") -> Company:
    """A workspace with a bit of everything."""
    company = Company(db, team=team).settle_in()
    company.do(ladders.seat, "", {"slt": [VERA]}, by=company.keeper)
    journey = company.do(maps.begin_map, "Checkout", True)
    payments = company.do(maps.save_team, journey.id, None, TeamSaid("Payments", [EVE], OTTO, lever="The cutoff"))
    company.do(digests.plan_digest, CHANNEL, Plan(True, (0, 3), "09:30", "Europe/Berlin"))
    review = company.in_review()
    company.do(open_questions.ask, review, "And the stores? =1+1", by=BEA)
    company.sign(review, VERA, Answer.NOT_YET, "Yes, if Legal has read it.")
    held = company.triage(HELD, private=True)
    company.do(verdicts.go_on_anyway, held, "The board wants it in March.")
    company.do(approvals.touch, held, [payments.id])
    company.do(verdicts.deflect, company.triage(TWO_WAY), verdicts.Deflection(OTTO, "clicks"))
    shipped = company.approved()
    company.later(days=3)
    company.do(looking_back.shipped, shipped, company.now.date())
    company.do(intake.start, "=cmd")
    return company


def lived(db: Database) -> str:
    company = lived_in(db)
    return company.team


def whole(db: Database, file: Path) -> Path:
    file.write_text("".join(whole_workspace.export_whole(db, None, lambda _: None)), encoding="utf-8")
    return file


def sound(db: Database) -> bool:
    return verify.verify(db, None, None, lambda _: None)


@pytest.mark.parametrize(("kind", "other"), list(product(KINDS, KINDS)))
def test_a_workspace_comes_back_whole_on_any_database(fresh: Fresh, kind: str, other: str, tmp_path: Path) -> None:
    here, there = fresh(kind), fresh(other)
    lived(here)
    first = whole(here, tmp_path / "first.jsonl")
    said = whole_workspace.import_whole(there, first, NOW)
    assert said.startswith("T1 is here: ")
    assert said.endswith("that verifies.")
    assert whole(there, tmp_path / "second.jsonl").read_bytes() == first.read_bytes()
    assert sound(here)
    assert sound(there)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_imported_goes_on(fresh: Fresh, kind: str, tmp_path: Path) -> None:
    here, there = fresh("sqlite"), fresh(kind)
    company = lived_in(here)
    whole_workspace.import_whole(there, whole(here, tmp_path / "whole.jsonl"), NOW)
    moved = Company(there, now=company.now)
    with there.read() as session:
        open_ = session.scalars(select(Decision.id).where(Decision.status == "not_yet")).one()
    shown = {(one.decision_id, one.recipient) for one in moved.messages("signer")}
    assert (open_, VERA) in shown, "its cards are brought up to date"
    moved.do(signoffs.meet_condition, open_, "Legal has read it.")
    moved.sign(open_, VERA)
    assert moved.triage() > open_, "ids go on where they stood"
    assert moved.history(open_)[0].hash == company.history(open_)[0].hash
    results = {kind: result for kind, _, result in moved.fire_all(until=moved.later(days=40))}
    assert results["learning_check"] == results["review"] == "sent"
    assert results["digest"] in ("sent", "nothing to say")
    assert sound(there)


def test_an_export_says_what_waits_outside_of_it(fresh: Fresh, tmp_path: Path) -> None:
    db, said = fresh("sqlite"), list[str]()
    lived(db)
    assert list(whole_workspace.export_whole(db, "T1", said.append))
    assert "messages still wait to be delivered" in said[0]
    with db.begin() as session:
        for row in session.scalars(select(Outbox)):
            row.done_at = NOW
    assert list(whole_workspace.export_whole(db, "T1", said.append))
    assert len(said) == 1


# ── refused, in one sentence, and nothing half done ─────────────────────────────────────────────────────


def refused(db: Database, file: Path) -> str:
    with pytest.raises(CannotStart) as error:
        whole_workspace.import_whole(db, file, NOW)
    with db.read() as session:
        for table in (Decision, AuditEvent, FollowUp):
            assert session.scalar(select(func.count()).select_from(table).where(table.workspace_id == "T1")) == 0
    return str(error.value)


def changed(file: Path, old: str, new: str, *, resealed: bool = False) -> Path:
    """A copy in which something was changed; ``resealed``: by somebody who counts and digests it anew."""
    lines = file.read_text(encoding="utf-8").replace(old, new, 1).splitlines(keepends=True)
    if resealed:
        body = "".join(lines[:-1])
        end = {"lines": len(lines) - 1, "sha256": hashlib.sha256(body.encode()).hexdigest()}
        lines[-1] = json.dumps(end) + "\n"
    copy = file.with_suffix(".changed")
    copy.write_text("".join(lines), encoding="utf-8")
    return copy


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_damaged_or_of_another_version_changes_nothing(fresh: Fresh, kind: str, tmp_path: Path) -> None:
    here, there = fresh("sqlite"), fresh(kind)
    lived(here)
    file = whole(here, tmp_path / "whole.jsonl")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    cut = tmp_path / "cut"
    cut.write_text("".join(lines[:-3]), encoding="utf-8")
    assert "it was cut off on the way" in refused(there, cut)
    assert "It was changed since it was written" in refused(there, changed(file, "Legal", "Sales"))
    assert "Its record does not verify" in refused(
        there, changed(file, "Yes, if Legal", "Yes, if Sales", resealed=True)
    )
    assert "another version" in refused(there, changed(file, '"format": 1', '"format": 2', resealed=True))
    assert "fits no table" in refused(there, changed(file, '"home_opened"', '"house_opened"', resealed=True))
    assert "its title, its state, its dates or its people was changed" in refused(
        there, changed(file, '"status": "not_yet"', '"status": "maybe"', resealed=True)
    )
    assert "fits no column" in refused(there, changed(file, '"private": false', '"private": "maybe"', resealed=True))
    assert "date that can't be read" in refused(there, changed(file, '"at": "2026', '"at": "noon', resealed=True))
    other = tmp_path / "other"
    other.write_text('{"name": "D-1"}\n')
    assert "no workspace that" in refused(there, other)
    other.write_bytes(b"\xff\xfe\x00")
    assert "is no text" in refused(there, other)
    other.write_text("")
    assert "cut off" in refused(there, other)
    assert "can't be read" in refused(there, tmp_path / "nowhere")


@pytest.mark.parametrize("kind", KINDS)
def test_a_workspace_in_use_or_ids_that_are_taken_refuse_an_import(fresh: Fresh, kind: str, tmp_path: Path) -> None:
    here, there = fresh("sqlite"), fresh(kind)
    lived(here)
    file = whole(here, tmp_path / "whole.jsonl")
    whole_workspace.import_whole(there, file, NOW)
    before = whole(there, tmp_path / "before").read_bytes()
    with pytest.raises(CannotStart, match="in use here already"):
        whole_workspace.import_whole(there, file, NOW)
    assert whole(there, tmp_path / "after").read_bytes() == before
    occupied = fresh("sqlite")
    lived_in(occupied, "T2")
    assert "has taken the ids" in refused(occupied, file)


def test_people_who_were_met_before_their_first_decision_are_no_hindrance(fresh: Fresh, tmp_path: Path) -> None:
    here, there = fresh("sqlite"), fresh("sqlite")
    lived(here)
    with there.begin() as session:
        ensure_workspace(session, "T1", NOW)
        ensure_person(session, "T1", VERA)
    file = whole(here, tmp_path / "whole.jsonl")
    whole_workspace.import_whole(there, file, NOW)
    assert whole(there, tmp_path / "again").read_bytes() == file.read_bytes()


# ── a spreadsheet ───────────────────────────────────────────────────────────────────────────────────────


def test_a_spreadsheet_has_a_row_each_and_computes_nothing(fresh: Fresh) -> None:
    db = fresh("sqlite")
    lived(db)
    text = "".join(export.export(db, form="csv", workspace=None, numbers=[], now=NOW))
    assert text.startswith("\ufeffworkspace,name,"), "Excel reads UTF-8 only where a file says so"
    assert text.count("\ufeff") == 1
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    assert {row["workspace"] for row in rows} == {"T1"}
    assert [row["name"] for row in rows] == ["D-1", "D-2", "D-3", "D-4", "D-5"]
    assert rows[0]["sign-offs"] == "Vera (VP): not yet, if…; Bea (bar raiser): no answer yet"
    assert rows[0]["open questions"] == "2"
    assert (rows[1]["private"], rows[1]["went on although a gate failed"]) == ("yes", "The board wants it in March.")
    assert rows[4]["title"] == "'=cmd"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "a;=1",
        "a; =1",
        "a;\u200b=1",
        "＝1",
        "a;＋1",
        "a\n=1",
        "a|@x",
        "\r=1",
        " =1",
    ],
)
def test_no_cell_computes_in_any_locale(text: str) -> None:
    """Another country's spreadsheet ends a cell at a semicolon, and reads signs in full width."""
    cell = spreadsheet._cell(text)
    for part in re.split(r"[;\t\r\n|]", cell):
        assert not re.match(r"[\s\u200b]*[=+\-@＝＋－＠]", part), cell


@pytest.mark.parametrize("text", ["Ship it", "a - b", "a; b", "1 = 1", "ana@example.com", ""])
def test_what_computes_nothing_stays_as_it_is(text: str) -> None:
    assert spreadsheet._cell(text) == text


def test_an_export_reads_in_pages(fresh: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    db = fresh("sqlite")
    lived(db)
    whole = list(export.export(db, form="json", workspace=None, numbers=[], now=NOW))
    monkeypatch.setattr(exporting, "PAGE", 2)
    said: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    assert list(export.export(db, form="json", workspace=None, numbers=[], now=NOW)) == whole
    assert len(whole) == 5
    assert len(said) < 3 * 16, "a page is a few questions, however many decisions are on it"
