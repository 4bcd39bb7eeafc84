"""A newer release writes words that this one does not know. Whatever the word, and wherever it stands: this release
goes on, shows that it was answered in a newer version, leaves the rest to that one and the word as it is."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import JSON, Text, select, type_coerce
from sqlalchemy.orm import class_mapper

from app.assistant import NoAssistant
from app.auditor import Auditor
from app.commands.export import export
from app.db import locks, queries
from app.db.models import (
    Base,
    Commitment,
    Decision,
    Dissent,
    DocumentVersion,
    FollowUp,
    Look,
    MemoVersion,
    OverDissent,
    PastDecision,
    Signer,
    Writing,
)
from app.db.session import Database
from app.db.types import EnumOf, JsonOf
from app.db.verifying import Record, verify
from app.domain import stored_words
from app.domain.answers import Undo, UndoCost
from app.domain.commitments import Degree, Pledge, Result
from app.domain.errors import NotNow
from app.domain.ladder import Rung
from app.domain.library.past import Past, PastStatus
from app.domain.lifecycle import THRESHOLD, Status
from app.domain.looking_back import Look as Back
from app.domain.looking_back import LookBack, Right, Undone
from app.domain.stored_words import ANSWERED, StoredEnum, reading_stored, within
from app.domain.triage.questions import Question
from app.domain.triage.replay import NotReplayable
from app.domain.writing.document import Document, Kind, Section
from app.due import Due
from app.slack.loading import load_digest, load_home, load_scene
from app.slack.outdated_cards import is_outdated
from app.slack.views.cards.registry import CARDS, render_card
from app.slack.views.digest import digest_message
from app.slack.views.home import home_view
from app.slack.views.notices.registry import render_notice
from app.slack.views.replies.commands import list_reply
from app.words.library import came_of_it
from app.workflows import cards, looking_back, moving
from app.workflows.follow_ups.kind import date_all
from app.workflows.follow_ups.signing import TOLD_LATE
from app.workflows.library import finding
from app.workflows.library.bringing import bring
from app.workflows.signing import signoffs
from tests.databases import one_at_length
from tests.workflows.colleagues import BEA, CHANNEL, RITA, VERA, Company

pytestmark = pytest.mark.by_hand

NEW = "of_tomorrow"

OF_NO_DECISION = {PastStatus}
"""What stands only in what was brought from elsewhere: see the last test."""


@pytest.fixture
def company(db: Database) -> Company:
    return Company(db).settle_in()


@pytest.fixture(autouse=True)
def nothing_newer_is_known_afterwards() -> Iterator[None]:
    """A process that has met such a word looks for more of them; the next test is another process."""
    yield
    stored_words._known.clear()


@dataclass(frozen=True)
class Place:
    """Where a word of ours stands: in a column, or somewhere inside its JSON."""

    model: type[Base]
    column: str
    path: tuple[str | int, ...]
    kind: type[StoredEnum]

    def __str__(self) -> str:
        return ".".join(map(str, (self.model.__tablename__, self.column, *self.path)))


def lived(company: Company) -> int:
    """A decision with everything: answers, verdict, memo, ladder, an answer, a look back, a document in a published
    version, a dissent, what was decided over it and who commits to that."""
    id = company.approved()
    company.do(looking_back.shipped, id, company.now.date())
    company.do(looking_back.look_back, id, LookBack(Back.REVIEW, Right.YES, "5% came back in January."))
    with company.db.begin() as session:  # in a state in which everything is still to come
        d = locks.for_change(session, company.team, id)
        assert d
        d.status = Status.IN_REVIEW
        d.asking, d.seat_to_fill = Question.TRIED, Rung.SLT
        d.not_replayable = NotReplayable.RULES_CHANGED
        d.answers, d.signers[1].answer = replace(d.answers, undo_cost=UndoCost.SEVERAL_TEAMS), None
        write_beside(d, company.now)
        d.looks[0].look = replace(d.looks[0].look, undone=Undone.NO, undo_took=Undo.HOURS)
        moving.record(session, d, "note", THRESHOLD, company.now)
        cards.show(session, d, company.now)
        date_all(session, d, [TOLD_LATE.dated(d, BEA, company.now)])
    return id


def write_beside(d: Decision, now: datetime) -> None:
    """The document, and the dissent with what came of it."""
    its: dict[str, Any] = {"workspace_id": d.workspace_id, "decision_id": d.id}
    draft = Document(Kind.PRESS_RELEASE, "Gifts may come back until the 15th", prose={Section.OPENING: "Until then."})
    d.document_kind, d.document_version, d.dissent_count = Kind.PRESS_RELEASE, 1, 1
    d.writings.append(Writing(**its, draft=draft, begun_at=now, changed_at=now))
    d.documents.append(DocumentVersion(**its, number=1, document=draft, author_id=RITA, created_at=now))
    d.dissents.append(
        Dissent(**its, user_id=BEA, degree=Degree.CONCERN, text="It costs more.", at=now, was_right=Right.YES)
    )
    d.overs.append(
        OverDissent(
            **its, by=VERA, decided="We do it.", reasons="It pays.", at=now, revisit_on=now.date(),
            result=Result.KEEP, happened="It paid.", revisited_by=VERA, revisited_at=now,
        )
    )  # fmt: skip
    d.commitments.append(Commitment(**its, user_id=BEA, asked_at=now, answer=Pledge.COMMIT, answered_at=now))


def rows(d: Decision) -> dict[type[Base], Any]:
    """Each row of a decision in which a word of ours may stand."""
    return {
        Decision: d, Signer: d.signers[0], MemoVersion: d.memos[0], Look: d.looks[0], Writing: d.writings[0],
        DocumentVersion: d.documents[0], Dissent: d.dissents[0], OverDissent: d.overs[0], Commitment: d.commitments[0],
    }  # fmt: skip


def places(company: Company, id: int) -> Iterator[Place]:
    with company.db.read() as session:
        d = session.get_one(Decision, id)
        for row in rows(d).values():
            for column in type(row).__table__.columns:
                value = getattr(row, attribute(type(row), column.name))
                if isinstance(column.type, EnumOf):
                    assert value is not None, column
                    yield Place(type(row), column.name, (), type(value))
                elif isinstance(column.type, JsonOf):
                    raw = column.type.adapter.dump_python(value, mode="json")
                    for path in leaves(raw):
                        with suppress(ValueError):
                            typed = column.type.read(changed(raw, path))
                            if within(typed):
                                yield Place(type(row), column.name, path, next(words(typed)))


def attribute(model: type[Any], column: str) -> str:
    """What a column is called on its rows."""
    return class_mapper(model).get_property_by_column(model.__table__.c[column]).key


def words(value: Any) -> Iterator[type[StoredEnum]]:
    """Of which kind the new word in a value is."""
    if isinstance(value, StoredEnum):
        yield from [type(value)] if value == NEW else []
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from [*words(key), *words(one)]
    elif isinstance(value, frozenset | tuple):
        for one in value:
            yield from words(one)
    elif hasattr(value, "__dataclass_fields__"):
        for one in vars(value).values():
            yield from words(one)


def leaves(raw: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The place of each text in JSON; ``"key", name`` at the end means the name of a member itself."""
    if isinstance(raw, str):
        yield path
    for name, one in raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ():
        yield from leaves(one, (*path, name))
        if isinstance(name, str):
            yield (*path, "key", name)


def changed(raw: Any, path: tuple[str | int, ...]) -> Any:
    copy = json.loads(json.dumps(raw))
    *way, last = path
    place = copy
    if way and way[-1] == "key":
        for one in way[:-1]:
            place = place[one]
        place[NEW] = place.pop(last)
    else:
        for one in way:
            place = place[one]
        place[last] = NEW
    return copy


def put(company: Company, id: int, place: Place) -> None:
    """As the newer release would: by its model, written down and sealed."""
    with company.db.begin() as session:
        d = locks.for_change(session, company.team, id)
        assert d
        row = rows(d)[place.model]
        kind = place.model.__table__.c[place.column].type
        if isinstance(kind, JsonOf):
            value = kind.read(
                changed(
                    kind.adapter.dump_python(getattr(row, attribute(place.model, place.column)), mode="json"),
                    place.path,
                )
            )
        else:
            with reading_stored():
                value = place.kind(NEW)
        setattr(row, attribute(place.model, place.column), value)
        moving.record(session, d, "note", THRESHOLD, company.now)


def stored(company: Company, id: int, place: Place) -> str:
    """The column as it stands in the database."""
    table = place.model.__table__
    about = table.c.id if place.model is Decision else table.c.decision_id
    column: Any = table.c[place.column]
    raw = type_coerce(column, JSON) if isinstance(column.type, JsonOf) else column
    with company.db.engine.connect() as connection:
        return json.dumps([str(one) for one in connection.scalars(select(raw).where(about == id).order_by(table.c.id))])


def shown(company: Company, id: int) -> list[str]:
    """Every card, notice and list in which it may stand."""
    said = []
    with company.db.read() as session:
        d = session.get_one(Decision, id)
        for kind in CARDS:
            scene = load_scene(session, d, CHANNEL if kind == "status" else RITA, company.now)
            said.append(str(render_card(kind, scene).blocks))
        scene = load_scene(session, d, RITA, company.now)
        for say in ("withdrawn", "expiring"):
            render_notice(say, scene, {"who": VERA, "said": "It is over."})
        listed = queries.visible_open(session, company.team, RITA, CHANNEL)
        list_reply(listed, RITA, company.now.date(), {}, "UTC")
        home_view(load_home(session, company.team, RITA, company.now))
        found = load_digest(session, company.team, CHANNEL, company.now - timedelta(days=7), company.now)
        if found is not None:
            digest_message(found)
    return said


@one_at_length
@pytest.mark.timeout(600)  # a whole life for each place
def test_whatever_the_new_word_this_release_goes_on_and_leaves_it_to_the_newer_one(company: Company) -> None:
    beside, met = company.in_review(), set[type[StoredEnum]]()
    every = list(places(company, lived(company)))
    ids, before = dict[Place, int](), dict[Place, str]()
    for place in every:
        met.add(place.kind)
        id = ids[place] = lived(company)
        put(company, id, place)
        before[place] = stored(company, id, place)
        assert NEW in before[place], place
        for said in shown(company, id):
            assert ANSWERED in said, place
        with pytest.raises(NotNow, match="answered in a newer version"):
            company.do(signoffs.withdraw, id, "It is over.")
    assert met | OF_NO_DECISION == set(StoredEnum.__subclasses__()), "every one of our words stands somewhere in there"
    fires(company, list(ids.values()), beside)
    audits_and_exports(company, list(ids.values()))
    assert {place: stored(company, ids[place], place) for place in every} == before


def fires(company: Company, ids: list[int], beside: int) -> None:
    """What is due beside them is done; theirs is left, and no attempt counted."""
    with company.db.begin() as session:
        other = locks.for_change(session, company.team, beside)
        assert other
        date_all(session, other, [TOLD_LATE.dated(other, BEA, company.now)])
    company.later(minutes=1)
    due = Due(company.db, NoAssistant(), lambda: company.now, lambda: None)
    while due.run_once():
        pass
    with company.db.read() as session:
        rows = session.scalars(select(FollowUp).where(FollowUp.kind == "told_late")).all()
        assert [one.result for one in rows if one.decision_id == beside] == ["sent"]
        left = [one for one in rows if one.decision_id in ids]
        assert len(left) >= len(ids) - 3, "but for those whose state nobody here knows"
        assert {(one.result, one.attempts) for one in left} == {(None, 0)}


def audits_and_exports(company: Company, ids: list[int]) -> None:
    """The audit asks nothing of them, the export has them all, the record verifies."""
    audit = Auditor(company.db, lambda: company.now, lambda: None, partial(is_outdated, assistant=False))
    with company.db.read() as session:
        names = {session.get_one(Decision, id).name for id in ids}
    assert [one for one in audit.run(mend=False) if one.about in names or one.what == "fault"] == []
    for form in ("json", "csv", "markdown"):
        pages = "".join(export(company.db, form=form, workspace=company.team, numbers=[], now=company.now))
        assert [name for name in names if f"{name.removeprefix('D-')}" not in pages] == []
        assert (ANSWERED if form == "markdown" else NEW) in pages
    with company.db.read(steady=True) as session:
        assert list(verify(session, company.team, Record())) == []


def test_a_state_of_the_past_that_only_a_newer_release_knows_is_found_and_stays(company: Company) -> None:
    with company.db.begin() as session:
        bring(session, company.team, [Past("line 1", "A1", "Close Leipzig", "We did")], "operator", company.now)
    with company.db.begin() as session, reading_stored():
        session.scalars(select(PastDecision)).one().status = PastStatus(NEW)
    with company.db.read() as session:
        hits = finding.find(session, company.actor(RITA), "leipzig")
        assert [came_of_it(hit) for hit in hits] == ["decided elsewhere"]
    with company.db.begin() as session:
        row = session.scalars(select(PastDecision)).one()
        row.text = "We did it"
    with company.db.engine.connect() as connection:
        assert connection.scalars(select(type_coerce(PastDecision.__table__.c.status, Text()))).all() == [NEW]
