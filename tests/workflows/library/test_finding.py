"""What was decided is found, by whoever may know of it, with what became of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from app.db import queries
from app.db.library import shelving
from app.db.library import words as library_words
from app.db.models import Dissent, LibraryEntry
from app.domain.commitments import Degree
from app.domain.errors import NotAllowed, NotNow, Unreadable
from app.domain.library.hits import Hit
from app.domain.library.marks import Sight
from app.domain.library.past import Past, PastStatus
from app.domain.lifecycle import Status
from app.domain.looking_back import Look, LookBack, Right
from app.slack.loading import load_case, scene_for
from app.slack.views.cards.signer import signer_card
from app.slack.views.modals.helping import help_modal
from app.words.reading.wanted import asked_for
from app.workflows import looking_back, memo
from app.workflows.library import finding
from app.workflows.library.bringing import bring
from app.workflows.library.settling import replace as come_in_place_of
from app.workflows.library.settling import settle
from app.workflows.moving import record
from app.workflows.opening import join
from app.workflows.record.erasing import erase_person
from app.workflows.record.retention import forget_closed
from app.workflows.triage import intake, verdicts
from tests.workflows.colleagues import ADA, CHANNEL, EVE, MEMO, OTTO, PAT, RITA, TWO_WAY, VERA, Company


def found(company: Company, words: str, by: str = EVE) -> list[Hit]:
    said, narrowed = asked_for(words)
    with company.db.read() as session:
        return finding.find(session, company.actor(by), said, narrowed)


def names(company: Company, words: str, by: str = EVE) -> list[str]:
    return [hit.name for hit in found(company, words, by)]


def all_of_it(company: Company, words: str) -> list[str]:
    from app.db.library.finding import find

    with company.db.read() as session:
        return [hit.name for hit in find(session, Sight(company.team), words)]


def deflected(company: Company, title: str, learned: str = "", **named: Any) -> int:
    d = company.do(intake.start, title, channel=CHANNEL, **named)
    company.answer(d.id, TWO_WAY)
    company.do(verdicts.deflect, d.id, verdicts.Deflection(OTTO, "clicks on the banner"))
    if learned:
        written = LookBack(Look.LEARNING, Right.YES, "Clicks rose.", learned, chose="We renamed it.")
        company.do(looking_back.look_back, d.id, written, by=OTTO)
    return int(d.id)


def entries(company: Company) -> int:
    with company.db.read() as session:
        return len(session.scalars(select(LibraryEntry.id)).all())


def test_a_decision_is_found_from_its_first_sentence_to_what_was_learned_and_by_whom_it_may_be(
    company: Company,
) -> None:
    id = int(company.do(intake.start, "Rename the loyalty programme", channel=CHANNEL).id)
    assert names(company, "loyalty programmes", RITA) == ["D-1"], "its requester finds it at once, in another number"
    assert names(company, "loyalty", EVE) == [], "a triage is its requester's own"
    company.answer(id, TWO_WAY)
    assert names(company, "loyalty", EVE) == [], "also while the verdict waits for a yes"
    company.do(verdicts.deflect, id, verdicts.Deflection(OTTO, "clicks on the banner"))
    assert names(company, "LOYALTY", EVE) == names(company, "loyalty", OTTO) == ["D-1"], "from then on it may be known"
    assert names(company, "banner clicks", EVE) == ["D-1"], "by what it is judged is no secret"
    written = LookBack(
        Look.LEARNING, Right.YES, "Members liked it.", "Ask the call centre first.", chose="We call it Plus."
    )  # fmt: skip
    company.do(looking_back.look_back, id, written, by=OTTO)
    (hit,) = found(company, "call centre", EVE)
    assert (hit.status, hit.door and hit.door.value, hit.decided_by) == (Status.LEARNED, "two_way", (OTTO,))
    assert hit.chose == "We call it Plus."
    assert (hit.learned, hit.decided_on, hit.opens) == ("Ask the call centre first.", company.now.date(), None)
    assert found(company, "loyalty", RITA)[0].opens == id
    assert names(company, "Members liked", EVE) == [], "what happened is told to those who take part"
    assert names(company, "Members liked", RITA) == ["D-1"]


def test_a_memo_is_found_by_those_who_take_part_and_by_the_operator_alone(company: Company) -> None:
    id = company.approved()
    assert names(company, "holiday gift January", VERA) == ["D-1"]
    assert names(company, "holiday gift January", RITA) == ["D-1"]
    assert names(company, "holiday gift January", EVE) == []
    assert names(company, "return window", EVE) == ["D-1"]
    assert found(company, "return window", EVE)[0].decided_by == (VERA, "UBEA")
    assert all_of_it(company, "holiday gift January") == ["D-1"]
    with company.db.begin() as session:
        decision = queries.decision(session, company.team, id, lock=True)
        assert decision
        join(session, decision, EVE)
    assert names(company, "holiday gift January", EVE) == ["D-1"], "who is added finds it from then on"
    company.do(intake.set_private, id, True)
    assert names(company, "return window", ADA) == []
    assert names(company, "return window", EVE) == ["D-1"]
    company.do(intake.set_private, id, False)
    assert names(company, "return window", ADA) == ["D-1"]


def test_an_older_version_of_a_memo_is_no_longer_found(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, replace(MEMO, data="The Quokka report says 4%."), 0)
    assert names(company, "quokka", RITA) == ["D-1"]
    company.do(memo.save, id, MEMO, 1)
    assert names(company, "quokka", RITA) == []


def test_what_is_asked_beside_words_narrows(company: Company) -> None:
    first = company.approved()
    company.later(days=40)
    deflected(company, "Extend the return window for members")
    assert names(company, "return window") in (["D-1", "D-2"], ["D-2", "D-1"])
    assert names(company, "return window status:approved") == ["D-1"]
    assert names(company, "return window door:two-way") == ["D-2"]
    assert names(company, f"return window by:<@{OTTO}|otto>") == ["D-2"]
    assert names(company, f"return window by:<@{VERA}>") == ["D-1"]
    assert names(company, "return window since:2026-12") == ["D-2"]
    assert names(company, "return window until:2026-11") == ["D-1"]
    assert names(company, f"return in:<#{CHANNEL}|retail>") in (["D-1", "D-2"], ["D-2", "D-1"])
    assert names(company, "in:<#C9> return") == []
    assert names(company, "since:2026-11 status:approved") == ["D-1"], "without words: the newest of those wanted"
    assert names(company, "status:deflected") == ["D-2"]
    assert names(company, "door:two-way", PAT) == ["D-2"]
    for wrong in ("status:maybe x", "door:revolving x", "since:tomorrowish x", "by:vera x"):
        with pytest.raises(Unreadable):
            asked_for(wrong)
    assert first


def test_signs_that_mean_something_to_a_database_mean_nothing_here(company: Company) -> None:
    deflected(company, "Two-way door: don't ship C++ for $5k \"as is\" (NOT now) AND O'Neill's *plan*")
    for words in (
        "two-way", "don't", "C++", "$5k", "-5k", '"as is"', "NOT now", "a AND", "O'Neill's", "*plan*", "plan*",
        "door:", "ship | plan", "!ship", "marks:ship", "\\ship", "{ship}", "ship\x00", "ＳＨＩＰ", "𝗌𝗁𝗂𝗉",
    ):  # fmt: skip
        assert names(company, words) == ["D-1"], words
    for words in ("🤷", "—", "'", '"', "*", "( )", "&|!", "'; --"):
        assert names(company, words) == [], words


@pytest.mark.parametrize("who", ["left-1", "U1 OR 2", '"', "", "ü"])
def test_whoever_was_erased_finds_what_is_open_to_all_like_any_stranger(company: Company, who: str) -> None:
    deflected(company, "Move the banner")
    deflected(company, "Move the hidden banner", private=True)
    assert names(company, "banner", who) == ["D-1"]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Die Rückgabefrist auf dreißig Tage verkürzen", "RUECKGABEFRIST rückgabefrist DREISSIG"),
        ("Réduire le délai de retour à 30 jours", "delai de retours"),
        ("Ampliar el plazo de devolución de los regalos", "plazos de devolucion"),
        ("返品期間を30日に短縮する", "返品期間"),
        ("カタカナのﾊﾞﾅｰを変更", "バナー"),
        ("税", "税"),
    ],
)
def test_it_is_found_in_each_language(company: Company, title: str, words: str) -> None:
    deflected(company, title)
    deflected(company, "Another matter altogether")
    assert names(company, words)[:1] == ["D-1"]


def test_who_is_not_let_in_finds_nothing_and_a_guest_what_they_take_part_in(company: Company) -> None:
    deflected(company, "Move the banner")
    id = deflected(company, "Move the banner again")
    with company.db.begin() as session:
        person = queries.decision_for(session, company.team, PAT, id=id)
        assert person
        decision = queries.decision(session, company.team, id, lock=True)
        assert decision
        join(session, decision, PAT)
        from app.db import roster

        one = roster.person(session, company.team, PAT)
        assert one
        one.guest = True
    assert names(company, "banner", PAT) == ["D-2"]
    with company.db.begin() as session:
        one = roster.person(session, company.team, PAT)
        assert one
        one.guest, one.active = False, False
    with pytest.raises(NotAllowed):
        names(company, "banner", PAT)
    with company.db.read() as session:
        assert finding.find(session, replace(company.actor(EVE), workspace="T2"), "banner") == []


def test_what_is_said_in_a_closed_channel_is_found_by_those_who_take_part(company: Company) -> None:
    deflected(company, "Close the Leipzig warehouse", closed_channel=True)
    assert names(company, "leipzig") == []
    assert names(company, "leipzig", RITA) == ["D-1"]


def test_an_erased_name_and_words_kept_long_enough_leave_the_index_in_the_same_transaction(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA, said="Marlow agrees with the quokka report")
    with company.db.begin() as session:
        bring(
            session,
            company.team,
            [Past("line 1", "A1", "Vera Marlow leads it", "Marlow said so")],
            "operator",
            company.now,
        )
    assert all_of_it(company, "marlow") == ["D-2", "D-1"] or set(all_of_it(company, "marlow")) == {"D-1", "D-2"}
    with company.db.begin() as session:
        erase_person(session, company.team, VERA, company.now, ("Vera Marlow", "Marlow"))
        assert not _stands(session, "marlow"), "in the transaction itself"
    assert all_of_it(company, "marlow") == all_of_it(company, "quokka") == []
    other = deflected(company, "Rename the Zanzibar store", learned="Ask Zanzibar first")
    assert names(company, "zanzibar") == ["D-3"]
    company.later(days=400)
    with company.db.begin() as session:
        while forget_closed(session, company.now, timedelta(days=300)):
            session.flush()
    assert all_of_it(company, "zanzibar") == []
    with company.db.read() as session:
        assert not _stands(session, "zanzibar")
    assert other


def _stands(session: object, word: str) -> bool:
    """Whether a word stands in the index itself, behind our back."""
    from sqlalchemy.orm import Session

    assert isinstance(session, Session)
    shelving.shelve(session)
    if session.get_bind().dialect.name == "sqlite":
        said = "SELECT count(*) FROM library_index WHERE library_index MATCH :mark"
        marks = [f'"{kind}T1:{word}"' for kind in "oim"]
    else:
        said = (
            "SELECT count(*) FROM library_entry"
            " WHERE array_to_tsvector(string_to_array(marks, ' ')) @@ CAST(:mark AS tsquery)"
        )
        marks = [f"'{kind}T1:{word}'" for kind in "oim"]
    return any(session.execute(text(said), {"mark": mark}).scalar_one() for mark in marks)


# ── what was decided elsewhere ──────────────────────────────────────────────────────────────────────────


ROWS = [
    Past("line 1", "A1", "Keep orders in PostgreSQL", "We had MySQL.", "Accepted", None, date(2020, 3, 5)),
    Past("line 2", "A2", "Move orders to CockroachDB", "It scales.", "Accepted", None, None, ("A1",)),
]


def brought(company: Company, rows: list[Past]) -> tuple[int, int, int]:
    with company.db.begin() as session:
        done = bring(session, company.team, rows, "operator", company.now)
        return done.new, done.changed, done.same


def test_what_is_brought_twice_is_there_once_and_what_one_replaces_is_told(company: Company) -> None:
    assert brought(company, ROWS) == (2, 0, 0)
    size = entries(company)
    assert brought(company, ROWS) == (0, 0, 2)
    assert entries(company) == size
    hits = found(company, "orders postgresql")
    assert [(hit.name, hit.imported_id, hit.status) for hit in hits] == [
        ("D-1", "A1", PastStatus.SUPERSEDED), ("D-2", "A2", PastStatus.ACCEPTED),
    ]  # fmt: skip
    assert hits[0].newer
    assert (hits[0].newer.number, hits[0].newer.imported_id) == (2, "A2")
    assert hits[0].decided_on == ROWS[0].decided_on
    changed = [replace(ROWS[1], title="Move orders to Spanner", replaces=())]
    assert brought(company, changed) == (0, 1, 0)
    assert names(company, "cockroachdb") == []
    assert names(company, "spanner") == ["D-2"]
    assert found(company, "postgresql")[0].status is PastStatus.ACCEPTED, "nothing replaces it any more"
    id = company.triage()
    with company.look(id) as d:
        assert d.name == "D-3", "what was brought has names of ours, and the next is the next"


def test_a_triage_is_settled_by_what_was_decided_or_comes_in_its_place(company: Company) -> None:
    brought(company, [Past("1", "A1", "Shorten the return window to 30 days", "", "accepted")])
    id = company.do(intake.start, "Shorten the return window to 14 days", channel=CHANNEL).id
    with company.db.read() as session:
        decision = queries.decision(session, company.team, id)
        assert decision
        assert [hit.name for hit in finding.alike(session, decision)] == ["D-1"]
    company.do(settle, id, 1)
    with company.look(id) as d:
        assert (d.status, d.settled_by, d.decided_at) == (Status.WITHDRAWN, 1, company.now)
    with pytest.raises(NotNow):
        company.do(settle, id, 1)
    other = company.do(intake.start, "Shorten the return window to 10 days", channel=CHANNEL).id
    with pytest.raises(NotNow):
        company.do(settle, other, 99)
    with pytest.raises(NotNow):
        company.do(settle, other, 3)
    company.do(come_in_place_of, other, 1, True)
    (old,) = found(company, "30 days", RITA)[:1]
    assert old.newer is not None
    assert not old.newer.decided
    assert found(company, "30 days", EVE)[0].newer is None, "a triage is nobody's but its requester's"
    company.answer(other, TWO_WAY)
    company.do(verdicts.deflect, other, verdicts.Deflection(OTTO, "returns"))
    (old,) = [hit for hit in found(company, "30 days", EVE) if hit.number == 1]
    assert (old.status, old.newer and old.newer.number) == (PastStatus.SUPERSEDED, 3)
    company.do(intake.set_private, other, True)
    (old,) = [hit for hit in found(company, "30 days", EVE) if hit.number == 1]
    assert old.newer is None, "what one may not see is not told"


def test_a_signer_and_whoever_asks_for_help_see_what_was_decided_before_as_far_as_each_may(company: Company) -> None:
    first = company.approved()
    written = LookBack(Look.REVIEW, Right.YES, "Returns fell by a third.", "Ask the call centre first.")
    company.do(looking_back.shipped, first, company.now.date(), by=RITA)
    company.later(days=1)
    company.do(looking_back.look_back, first, written, by=RITA)
    hidden = deflected(company, "Extend the return window for members")
    company.do(intake.set_private, hidden, True)
    company.do(intake.start, "Extend the return window to 90 days", channel=CHANNEL)
    id = company.in_review()

    def beside(viewer: str, most: int = 3) -> list[Any]:
        with company.db.read() as session:
            decision = queries.decision(session, company.team, id)
            assert decision
            return finding.similar(session, decision, viewer, most)

    (seen,) = beside(VERA)
    assert (seen.hit.name, seen.happened) == ("D-1", "Returns fell by a third.")
    assert seen.predicted == MEMO.prediction
    assert [one.hit.name for one in beside(RITA)] == ["D-2", "D-1"], "the newest first, her own private one too"
    assert [one.hit.name for one in beside(RITA, most=1)] == ["D-2"]
    (told,) = beside(EVE)
    assert (told.hit.learned, told.happened, told.predicted) == ("Ask the call centre first.", "", None)
    with company.db.read() as session:
        decision = queries.decision(session, company.team, id)
        assert decision
        case = load_case(session, decision, VERA)
    shown = str(signer_card(scene_for(case, VERA, company.now)).blocks)
    assert "The last similar decision" in shown
    assert "What came: Returns fell by a third." in shown
    helped = str(help_modal(scene_for(case, RITA, company.now), beside(RITA)))
    assert "Similar past decisions" in helped
    assert "D-2" in helped
    assert "Similar past decisions" not in str(help_modal(scene_for(case, RITA, company.now)))


def test_nothing_unlike_is_shown_where_a_triage_begins(company: Company) -> None:
    deflected(company, "Move the warehouse to Leipzig")
    for title in ("Shorten the return window to 30 days", "Move", "Do it", "?", ""):
        id = company.do(intake.start, title, channel=CHANNEL).id
        with company.db.read() as session:
            decision = queries.decision(session, company.team, id)
            assert decision
            assert finding.alike(session, decision) == [], title


def test_a_workspace_that_is_put_back_is_found_again(company: Company) -> None:
    deflected(company, "Rename the Zanzibar store")
    brought(company, ROWS)
    before = [names(company, words) for words in ("zanzibar", "orders")]
    with company.db.begin() as session:
        session.execute(text("DELETE FROM library_entry"))
    with company.db.begin() as session:
        assert shelving.shelve_workspace(session, company.team) == 3
    assert [names(company, words) for words in ("zanzibar", "orders")] == before


def test_what_was_never_put_into_the_library_is_found_and_put_there(company: Company) -> None:
    id = deflected(company, "Rename the Zanzibar store")
    with company.db.begin() as session:
        session.execute(text("DELETE FROM library_entry"))
    assert names(company, "zanzibar") == []
    with company.db.begin() as session:
        assert shelving.unshelved(session, 10) == [(company.team, id)]
        decision = queries.decision(session, company.team, id, lock=True)
        assert decision
        assert shelving.shelve_anew(session, decision)
        assert not shelving.shelve_anew(session, decision), "once"
    assert names(company, "zanzibar") == ["D-1"]


def test_a_tap_writes_nothing_to_the_library(company: Company) -> None:
    id = company.triage()
    with company.db.read() as session:
        before = session.execute(select(LibraryEntry)).all()
    said: list[str] = []
    from sqlalchemy import event

    def heard(_c: object, _cur: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(company.db.engine, "before_cursor_execute", heard)
    company.answer(id, dict(list(TWO_WAY.items())[:1]))
    event.remove(company.db.engine, "before_cursor_execute", heard)
    assert not [one for one in said if "library_entry" in one]
    assert before


def test_the_words_of_every_other_table_that_names_a_decision_are_found_and_of_versions_the_newest(
    company: Company,
) -> None:
    """Documents, commitments, dissent: whatever names a decision and holds words, by the tables' own columns."""
    id = company.in_review()
    others = {table.name for table in library_words.others()}
    assert {"document_version", "dissent", "commitment"} <= others
    assert not {"suggestion", "writing", "library_entry", "outbox"} & others
    with company.db.begin() as session:
        decision = queries.decision(session, company.team, id, lock=True)
        assert decision
        session.add(
            Dissent(
                workspace_id=company.team, decision_id=id, user_id=EVE, degree=next(iter(Degree)), at=company.now,
                text="The Quokka report says otherwise.",
            )
        )  # fmt: skip
        record(session, decision, "dissent", EVE, company.now)
    assert names(company, "quokka", RITA) == ["D-1"], "in the transaction that wrote it"
    assert names(company, "quokka", ADA) == []
