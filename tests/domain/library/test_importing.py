"""Files of decisions that were made elsewhere: what can be read is taken, what can't is named."""

from datetime import date

import pytest

from app.domain.library.importing import json_lines, markdown, sheet
from app.domain.library.past import Past, PastStatus, status_of
from app.words.importing import left_out


def left(found: object) -> list[str]:
    return [left_out(one) for one in found.left]  # type: ignore[attr-defined]


def test_a_line_of_json_each_with_the_dirty_ones_named() -> None:
    found = json_lines.read([
        '\ufeff{"id": 8, "title": "Style guide", "text": "Indent", "status": "Active", "proposed": "2001-07-05", '
        '"decided": null, "replaces": [5, "7"], "cites_rejected": []}\n',
        "\n",
        '{"id": "x", "title": ""}', "{broken", "[1, 2]", '{"title": "No id"}', '{"id": 8, "title": "Again"}',
        '{"id": 9, "title": "A", "decided": "2001-13-45"}', '{"id": true, "title": "A"}', '{"id": "b", "title": 5}',
        '{"id": "c", "title": "B", "replaces": {"a": 1}}',
        '{"id": "d", "title": "D", "decided": "2020-02-03T10:00:00Z"}',
        '{"id": "e", "title": "E", "abstract": "Sum", "text": "Long", "replaces": "a, b"}',
    ])  # fmt: skip
    assert found.taken == [
        Past("line 1", "8", "Style guide", "Indent", "Active", date(2001, 7, 5), None, ("5", "7")),
        Past("line 12", "d", "D", "", "", None, date(2020, 2, 3)),
        Past("line 13", "e", "E", "Sum\n\nLong", replaces=("a", "b")),
    ]
    assert [line.partition(":")[0] for line in left(found)] == [
        "line 3", "line 4", "line 5", "line 6", "line 7", "line 8", "line 9", "line 10", "line 11",
    ]  # fmt: skip
    assert "stands in line 1 already" in left(found)[4]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_spreadsheet_whatever_parts_its_cells(sign: str) -> None:
    rows = [
        ["ID", "Titel", "Beschreibung", "Status", "Datum", "Ersetzt"],
        ["A1", '"Preis 49,90; netto"', '"Zwei\nZeilen, mit ""Zitat"""', "angenommen", "03.04.2020", ""],
        ["A2", '"x"', "", "abgelehnt", "13.04.2020", '"A1"'],
        ["A3", "", "", "", "", ""],
        ["A4", '"y"', "", "", "32.01.2020", ""],
    ]
    found = sheet.read("\ufeff" + "\r\n".join(sign.join(row) for row in rows) + "\r\n")
    assert [(one.id, one.title, one.text, one.status, one.decided_on, one.replaces) for one in found.taken] == [
        ("A1", "Preis 49,90; netto", 'Zwei\nZeilen, mit "Zitat"', PastStatus.ACCEPTED, date(2020, 4, 3), ()),
        ("A2", "x", "", PastStatus.REJECTED, date(2020, 4, 13), ("A1",)),
    ]
    assert len(left(found)) == 2


def test_one_order_of_days_for_a_whole_column_and_none_where_nothing_tells() -> None:
    head = "sep=;\nid;title;decided\n"
    assert sheet.read(f"{head}1;a;04/03/2020\n2;b;04/25/2020\n").taken[0].decided_on == date(2020, 4, 3)
    assert sheet.read(f"{head}1;a;04/03/2020\n2;b;25/04/2020\n").taken[0].decided_on == date(2020, 3, 4)
    found = sheet.read(f"{head}1;a;04/03/2020\n2;b;\n")
    assert [one.id for one in found.taken] == ["2"]
    assert "two ways" in left(found)[0]
    found = sheet.read("id,title\n1,a,too much\n2,b\n")
    assert [one.id for one in found.taken] == ["2"]
    with pytest.raises(sheet.NoTable):
        sheet.read("who,what\n1,2\n")
    with pytest.raises(sheet.NoTable):
        sheet.read("")


NYGARD = """# 1. Record architecture decisions

Date: 2016-02-12

## Status

Superseded by [3. Use MADR](0003-use-madr.md)

## Context

We need to record.
"""
MADR = """---
status: "accepted"
date: 2021-05-04
decision-makers: [ann, bob]
---

# Use MADR

## Context and Problem Statement

Which format?
"""
MADR2 = """# Use PostgreSQL

* Status: rejected
* Deciders: ann
* Date: 2020-01-02

Too early.
"""


def test_a_folder_of_records_as_each_school_writes_them() -> None:
    files = [
        ("0001-record.md", NYGARD), ("0003-use-madr.md", MADR), ("sub/0012-use-postgresql.md", MADR2),
        ("0004-front.md", "---\ntitle: Front 0012\nstatus: superseded\nid: ADR-4\nsuperseded-by: 0003\n---\nText."),
        ("0005-rule.md", "---\nThat is a rule.\n\n---\n# Keep both\n\nStatus: accepted"),
        ("0006-yaml.md", "---\nstatus: [unclosed\n---\n# Broken\n"), ("0007.md", "No heading at all"),
        ("template.md", "# {short title, representative of solved problem}\n\n* Status: {proposed}"),
        ("README.md", "# Decisions\n\nAll of ours."), ("0009-day.md", "# Day\n\nDate: tomorrow\n\nStatus: accepted"),
        ("0010-on.md", "---\non: yes\n2024: x\nstatus: accepted\n---\n# Switch\n"),
        ("0011-two.md", "Title below\n===========\n\n## Status\n\nProposed\n\nAccepted\n\nSupersedes ADR-0010\n"),
        ("0013-code.md", "```\n# no heading\n```\n# Real\n\nStatus: Deprecated\n"),
    ]  # fmt: skip
    found = markdown.read(markdown.File(name, text) for name, text in files)
    told = {one.id: one for one in found.taken}
    assert set(told) == {
        "0001-record", "0003-use-madr", "sub/0012-use-postgresql", "ADR-4", "0005-rule", "0010-on", "0011-two",
        "0013-code",
    }  # fmt: skip
    first, madr = told["0001-record"], told["0003-use-madr"]
    assert (first.title, first.status, first.decided_on) == (
        "Record architecture decisions", PastStatus.SUPERSEDED, date(2016, 2, 12),
    )  # fmt: skip
    assert (madr.title, madr.status, madr.decided_on) == ("Use MADR", PastStatus.ACCEPTED, date(2021, 5, 4))
    assert set(madr.replaces) == {"0001-record", "ADR-4"}
    assert told["sub/0012-use-postgresql"].status is PastStatus.REJECTED
    assert told["sub/0012-use-postgresql"].decided_on == date(2020, 1, 2)
    assert told["ADR-4"].title == "Front 0012"
    assert "That is a rule." in told["0005-rule"].text
    assert (told["0011-two"].status, told["0011-two"].replaces) == (PastStatus.ACCEPTED, ("0010-on",))
    assert (told["0013-code"].title, told["0013-code"].status) == ("Real", PastStatus.SUPERSEDED)
    assert sorted(line.partition(":")[0] for line in left(found)) == [
        "0006-yaml.md", "0007.md", "0009-day.md", "README.md", "template.md",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("Final", PastStatus.ACCEPTED), ("Accepted", PastStatus.ACCEPTED), ("Rejected", PastStatus.REJECTED),
        ("Withdrawn", PastStatus.WITHDRAWN), ("Superseded by ADR-3", PastStatus.SUPERSEDED),
        ("Accepted; Superseded", PastStatus.SUPERSEDED), ("Proposed; Accepted", PastStatus.ACCEPTED),
        ("Draft", PastStatus.PROPOSED), ("Deferred", PastStatus.PROPOSED), ("", PastStatus.UNKNOWN),
        ("April Fool!", PastStatus.UNKNOWN), ("not accepted", PastStatus.REJECTED), ("abgelöst", PastStatus.SUPERSEDED),
        ("Adoptée", PastStatus.ACCEPTED), ("Rechazado", PastStatus.REJECTED), ("承認済み", PastStatus.ACCEPTED),
    ],
)  # fmt: skip
def test_what_a_state_comes_to(said: str, means: PastStatus) -> None:
    assert status_of(said) is means
