"""What means the same is found although no word is the same; it is proposed, not concluded, and goes with the words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select, update

from app.db import queries, roster
from app.db.library import vectors
from app.db.models import LibraryEntry, LibraryVector, Outbox, table_of
from app.domain.library.hits import Hit
from app.domain.library.likeness import Near, packed
from app.domain.library.past import Past
from app.domain.looking_back import Look, LookBack, Right
from app.due_vectors import Vectors
from app.words.reading.wanted import asked_for
from app.workflows import looking_back, memo
from app.workflows.library import finding
from app.workflows.library.bringing import bring
from app.workflows.opening import join
from app.workflows.record.erasing import erase_person
from app.workflows.record.retention import forget_closed
from app.workflows.triage import intake, verdicts
from tests.workflows.colleagues import CHANNEL, EVE, MEMO, OTTO, PAT, RITA, TWO_WAY, VERA, Company

MEANINGS = (
    ("return", "returns", "refund", "send back", "retour", "zurückschicken", "返品"),
    ("warehouse", "depot", "lager", "entrepôt"),
    ("price", "dearer", "cost"),
    ("name", "rename", "called"),
)


class Thesaurus:
    """A model of four meanings."""

    model, least, ready = "thesaurus", 0.4, True

    def embed(self, texts: Sequence[str], seconds: float = 1.0) -> list[Sequence[float]]:
        return [self.read(text) for text in texts]

    def read(self, text: str) -> list[float]:
        said = text.lower()
        own = [
            0.01 * (one - 127) for one in sha256(said.encode()).digest()[:16]
        ]  # what it does not know is like nothing
        return [*own, *(20.0 * any(word in said for word in words) for words in MEANINGS)]


MODEL = Thesaurus()


def read(company: Company) -> int:
    return Vectors(company.db, MODEL, lambda: company.now).read_new()


def found(company: Company, words: str, by: str = EVE, least: float = MODEL.least) -> list[Hit]:
    said, narrowed = asked_for(words)
    near = Near(MODEL.model, packed(MODEL.read(said)), least)
    with company.db.read() as session:
        return finding.find(session, company.actor(by), said, narrowed, near=near)


def names(company: Company, words: str, by: str = EVE, least: float = MODEL.least) -> list[str]:
    return [hit.name for hit in found(company, words, by, least)]


def deflected(company: Company, title: str, **named: Any) -> int:
    d = company.do(intake.start, title, channel=CHANNEL, **named)
    company.answer(d.id, TWO_WAY)
    company.do(verdicts.deflect, d.id, verdicts.Deflection(OTTO, "clicks on the banner"))
    return int(d.id)


def kept(company: Company) -> int:
    with company.db.read() as session:
        return len(session.scalars(select(LibraryVector.entry_id).where(LibraryVector.vector.is_not(None))).all())


def test_a_paraphrase_is_found_by_whoever_may_know_of_it_and_nothing_that_is_unlike(company: Company) -> None:
    deflected(company, "Extend the return window")
    deflected(company, "Close the Leipzig warehouse")
    deflected(company, "Move the banner")
    assert names(company, "refund") == [], "nobody has read it yet"
    assert read(company) == 6
    assert read(company) == 0, "once"
    assert names(company, "refund") == ["D-1"]
    assert names(company, "wie lange zurückschicken") == names(company, "返品") == ["D-1"]
    assert names(company, "depot status:deflected") == ["D-2"]
    assert names(company, "depot status:approved") == []
    assert names(company, "tomorrow") == []
    assert names(company, "move refund") == ["D-3", "D-1"], "what was said goes before what was meant"
    hidden = deflected(company, "Refund whoever asks")
    company.do(intake.set_private, hidden, True)
    read(company)
    assert names(company, "send back", EVE) == ["D-1"]
    assert set(names(company, "send back", RITA)) == {"D-1", "D-4"}


def test_a_guest_finds_by_meaning_what_they_take_part_in(company: Company) -> None:
    deflected(company, "Extend the return window")
    id = deflected(company, "Shorten the return window")
    with company.db.begin() as session:
        decision = queries.decision(session, company.team, id, lock=True)
        assert decision
        join(session, decision, PAT)
        person = roster.person(session, company.team, PAT)
        assert person
        person.guest = True
    read(company)
    assert names(company, "refund", PAT) == ["D-2"]


def test_what_became_other_words_is_no_longer_meant_in_the_transaction_that_changed_them(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, replace(MEMO, data="The depot says 4%."), 0)
    read(company)
    assert names(company, "lager", RITA, 0.1) == ["D-1"]
    assert names(company, "lager", EVE, 0.1) == []
    company.do(memo.save, id, replace(MEMO, data="They say 4%."), 1)
    assert names(company, "lager", RITA, 0.1) == [], "before anybody has read the new ones"
    assert read(company) == 1
    assert names(company, "lager", RITA, 0.1) == []


def test_erased_and_expired_words_take_their_meaning_with_them(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA, said="The depot agrees")
    with company.db.begin() as session:
        past = [Past("line 1", "A1", "Vera Marlow and the depot", "Marlow said so")]
        bring(session, company.team, past, "operator", company.now)
    read(company)
    before = kept(company)
    with company.db.begin() as session:
        erase_person(session, company.team, VERA, company.now, ("Vera Marlow", "Marlow"))
    assert kept(company) < before
    read(company)
    other = deflected(company, "Rename the Zanzibar store")
    company.do(
        looking_back.look_back, other, LookBack(Look.LEARNING, Right.YES, "Fine.", "Ask.", chose="We did."), by=OTTO
    )
    read(company)
    assert names(company, "called something else") == ["D-3"]
    company.later(days=400)
    with company.db.begin() as session:
        while forget_closed(session, company.now, timedelta(days=300)):
            session.flush()
    assert names(company, "called something else") == []
    with company.db.read() as session:
        numbers = set(session.scalars(select(LibraryVector.number).where(LibraryVector.vector.is_not(None))))
    assert 3 not in numbers


def test_whoever_changes_an_entry_behind_our_back_empties_its_vector_too(company: Company) -> None:
    """As the release before does while this one is rolled out."""
    deflected(company, "Extend the return window")
    read(company)
    before = kept(company)
    with company.db.begin() as session:
        entry = table_of(LibraryEntry)
        session.execute(update(entry).where(entry.c.kind == "o").values(title="other"))
        session.execute(update(entry).where(entry.c.kind == "i").values(marks="iT1"))
    assert kept(company) == before - 1


def test_what_was_read_before_the_words_changed_is_not_kept(company: Company) -> None:
    id = company.drafting()
    with company.db.read(steady=True) as session:
        some, _ = vectors.unread(session, MODEL.model, 0, 10)
    company.do(memo.save, id, replace(MEMO, data="The depot says 4%."), 0)
    with company.db.begin() as session:
        made = [(one, packed(MODEL.read(one.said))) for one in some]
        assert vectors.keep(session, MODEL.model, made) < len(made)
    with company.db.read() as session:
        assert vectors.of_decision(session, company.team, 1) is None


def test_a_triage_proposes_what_means_the_same_once_it_was_read_and_its_card_says_so(company: Company) -> None:
    deflected(company, "Extend the return window")
    read(company)
    id = company.do(intake.start, "Let people send back what they bought for longer", channel=CHANNEL).id
    with company.db.begin() as session:
        session.execute(table_of(Outbox).delete())

    def alike() -> list[str]:
        with company.db.read() as session:
            decision = queries.decision(session, company.team, id)
            assert decision
            return [hit.name for hit in finding.alike(session, decision)]

    assert alike() == []
    read(company)
    assert alike() == ["D-1"]
    with company.db.read() as session:
        assert "requester" in set(session.scalars(select(Outbox.kind))), "the card is brought up to date"
    with company.look(id) as d:
        assert d.settled_by is None, "nothing is concluded"


def test_vectors_of_another_model_say_nothing(company: Company) -> None:
    deflected(company, "Extend the return window")
    read(company)
    near = Near("another", packed(MODEL.read("refund")), 0.4)
    with company.db.read() as session:
        assert finding.find(session, company.actor(EVE), "refund", near=near) == []
    other = Thesaurus()
    other.model = "another"
    assert Vectors(company.db, other, lambda: company.now).read_all() == 2, "the clock has all of it read anew"
    with company.db.read() as session:
        assert [hit.name for hit in finding.find(session, company.actor(EVE), "refund", near=near)] == ["D-1"]
