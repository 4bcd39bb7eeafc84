"""Documents and dissent in the record: sealed, erased with a person, forgotten with a decision, moved as they are."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import archive
from app.db.erasure import erase_workspace
from app.db.models import Dissent, DocumentVersion, OverDissent, Writing
from app.db.verifying import Record, verify
from app.domain.commitments import Result
from app.domain.writing.document import Quote, Section
from app.workflows import commitments, writing
from app.workflows.commitments import Revisited
from app.workflows.record.erasing import erase_person
from app.workflows.record.retention import forget_closed
from app.workflows.signing import readers
from tests.workflows.colleagues import BEA, DANA, RITA, VERA, Company
from tests.workflows.test_commitments import ON, WORDS, differs
from tests.workflows.test_writing import OPENING, published, save

pytestmark = pytest.mark.by_hand


@pytest.fixture
def whole(company: Company) -> tuple[Company, int]:
    """A decision with a document that names a leader, decided over dissent, and stated."""
    id = published(company, company.in_review())
    company.do(readers.add_reader, id, DANA)
    save(company, id, Section.QUOTES, leader=Quote("Eight seconds.", "a director", DANA))
    company.do(writing.publish, id)
    differs(company, id)
    company.sign(id, VERA)
    company.sign(id, BEA)
    company.do(commitments.state, id, "We ship it.", "The promise.", ON, by=VERA)
    company.do(commitments.cannot, id, "Legal first.", ON, by=DANA)
    return company, id


def stands(company: Company) -> list[str]:
    with company.db.read(steady=True) as session:
        return list(verify(session, company.team, Record()))


def test_what_is_changed_behind_the_records_back_is_seen(whole: tuple[Company, int]) -> None:
    company, _ = whole
    assert stands(company) == []
    with company.db.engine.begin() as line:
        line.execute(Dissent.__table__.update().values(text="I agree."))  # type: ignore[attr-defined]
        line.execute(OverDissent.__table__.update().values(reasons="None."))  # type: ignore[attr-defined]
    assert stands(company) == [
        "D-1: dissent 1 was changed behind the record's back.",
        "D-1: what was decided over dissent was changed behind the record's back.",
    ]


def test_whoever_is_erased_leaves_their_dissent_and_the_quote_they_were_asked_for(whole: tuple[Company, int]) -> None:
    company, id = whole
    with company.db.begin() as session:
        erase_person(session, company.team, DANA, company.now)
    with company.look(id) as d:
        assert WORDS not in d.dissents[0].text
        assert d.dissents[0].user_id != DANA, "that somebody differed stays"
        assert "Legal" not in str([one.said for one in d.commitments])
        assert d.writing
        kept = [d.writing.draft, *(one.document for one in d.documents)]
        assert DANA not in str(kept)
        assert DANA not in str(d.writing.names)
    assert stands(company) == []


def test_what_closed_long_ago_loses_its_words_once_it_was_looked_at_again(whole: tuple[Company, int]) -> None:
    company, id = whole
    company.later(days=500)
    keep = timedelta(days=365)
    with company.db.begin() as session:
        assert forget_closed(session, company.now, keep) is None, "it is still to be looked at again"
    company.do(commitments.look_again, id, Revisited(Result.UNDO, "Nobody wants it.", {}, "A survey."), by=VERA)
    company.later(days=500)
    with company.db.begin() as session:
        assert forget_closed(session, company.now, keep) == "D-1"
    with company.db.read() as session:
        versions = session.scalars(select(DocumentVersion).where(DocumentVersion.workspace_id == company.team)).all()
        drafts = session.scalars(select(Writing).where(Writing.workspace_id == company.team)).all()
        overs = session.scalars(select(OverDissent).where(OverDissent.workspace_id == company.team)).all()
        said = str([(one.document, one.number) for one in versions] + [(one.draft, one.names) for one in drafts])
        said += str([(one.decided, one.reasons, one.happened, one.evidence) for one in overs])
    for words in (OPENING, "Eight seconds", "Add-to-cart", "We ship it", "The promise", "Nobody wants it", "survey"):
        assert words not in said
    assert stands(company) == []


def test_a_workspace_moves_with_all_of_it(whole: tuple[Company, int]) -> None:
    company, id = whole
    with company.db.read(steady=True) as session:
        lines = list(archive.write(session, company.team, "0015"))
    archive.check(lines)
    with company.db.begin() as session:
        erase_workspace(session, company.team)
    with company.db.begin() as session:
        archive.put_back(session, company.team, lines)
    assert stands(company) == []
    company.do(commitments.commit, id, by=RITA)
    with company.look(id) as d:
        assert d.document
        assert (d.dissents[0].text, len(d.documents), d.document.leader.user) == (WORDS, 2, DANA)
        assert d.writing
        assert replace(d.writing.draft) == d.document
