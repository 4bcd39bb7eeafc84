"""Pre-reads and syncs on both databases: sent, read, talked over, called off once, brought back, held, over."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.db.models import Person
from app.domain.errors import NotAllowed, NotFound, NotNow, Overtaken, Unreadable
from app.domain.lifecycle import Status
from app.domain.syncs.life import Off, RemarkKind, SyncState
from app.slack.exports import markdown
from app.workflows import looking_back, memo, writing
from app.workflows.agenda import agenda_of
from app.workflows.signing import open_questions, readers
from app.workflows.syncs import planning, remarks
from app.workflows.syncs.planning import PreRead
from app.workflows.syncs.remarks import Minutes
from tests.workflows.colleagues import BEA, DANA, EVE, MEMO, OTTO, PAT, RITA, VERA, Company

THURSDAY = datetime(2026, 11, 26, 14, tzinfo=UTC)
"""Three days after the Monday on which it is sent."""
READERS = (DANA, VERA, BEA, OTTO)


def sent(company: Company, *who: str, start: datetime = THURSDAY, silent: bool = False, private: bool = False) -> int:
    """Written, and out as a pre-read."""
    id = company.drafting(private=private)
    company.do(memo.save, id, MEMO, 0)
    company.do(planning.send_preread, id, PreRead(who or READERS, start, silent))
    return id


def asks(company: Company, id: int, by: str, text: str = "What about January?") -> int:
    company.do(remarks.remark, id, RemarkKind.QUESTION, "ask", text, by=by)
    with company.look(id) as d:
        return int(d.remarks[-1].id)


def approves(company: Company, id: int, *who: str, version: int = 1) -> None:
    for one in who:
        company.do(remarks.approve, id, version, by=one)


def state(company: Company, id: int) -> tuple[SyncState, Off | None]:
    with company.look(id) as d:
        assert d.sync is not None
        assert d.sync_state is d.sync.state
        return d.sync.state, d.sync.off


def texts(company: Company, id: int) -> list[str]:
    with company.look(id) as d:
        return [one.text for one in agenda_of(d)]


def test_once_all_is_settled_in_writing_it_is_called_off_once_for_everybody(company: Company) -> None:
    id = sent(company)
    assert all(company.said(one)[-1] == "preread" for one in READERS)
    assert sorted(one.recipient for one in company.messages("calendar")) == sorted([RITA, *READERS])
    question = asks(company, id, DANA)
    assert texts(company, id) == ["What about January?"]
    approves(company, id, VERA, BEA, OTTO)
    company.do(remarks.answer, id, question, "Gifts are left out of it.", by=RITA)
    assert state(company, id)[0] is SyncState.PLANNED, "whoever asked says whether that settles it"
    with pytest.raises(NotAllowed, match="who asked"):
        company.do(remarks.resolve, id, question, by=RITA)
    company.do(remarks.resolve, id, question, by=DANA)
    assert state(company, id) == (SyncState.CANCELLED, Off.SETTLED)
    with pytest.raises(NotNow, match="resolved already"):
        company.do(remarks.resolve, id, question, by=DANA)
    for one in (RITA, *READERS):
        assert company.said(one).count("sync_off") == 1
    told = [row.args for row in company.messages("notice") if row.args["say"] == "sync_off"]
    assert {(one["minutes"], one["people"], one["why"]) for one in told} == {(150, 5, "settled")}
    files = [(one.recipient, one.args["sequence"]) for one in company.messages("calendar")]
    assert len(files) == len(set(files)) == 10, "one to plan it and one to cancel it, for each of five"
    company.fire_all(["sync_start", "sync_over", "preread_reminder"], THURSDAY + timedelta(hours=2))
    assert state(company, id) == (SyncState.CANCELLED, Off.SETTLED)
    assert company.said(RITA).count("sync_off") == 1


def test_a_question_before_its_start_brings_it_back_and_after_its_start_does_not(company: Company) -> None:
    id = sent(company, DANA)
    approves(company, id, DANA)
    assert state(company, id)[0] is SyncState.CANCELLED
    company.now = THURSDAY - timedelta(minutes=1)
    asks(company, id, DANA)
    assert state(company, id) == (SyncState.PLANNED, None)
    assert company.said(DANA)[-1] == "sync_back"
    assert [one.args["sequence"] for one in company.messages("calendar") if one.recipient == DANA] == [0, 1, 2]
    company.fire_all(["sync_start"], THURSDAY)
    assert state(company, id)[0] is SyncState.STARTED
    other = sent(company, VERA, start=company.now + timedelta(days=4))
    approves(company, other, VERA)
    company.now += timedelta(days=4, minutes=1)
    asks(company, other, VERA)
    assert state(company, other) == (SyncState.CANCELLED, Off.SETTLED), "its time has passed"


def test_no_sync_starts_without_a_question_even_where_nobody_noticed_its_hour(company: Company) -> None:
    id = sent(company, DANA, VERA)
    company.now = THURSDAY + timedelta(minutes=3)
    asks(company, id, DANA)  # the clock's own work is late: at its start nothing was open
    assert state(company, id) == (SyncState.CANCELLED, Off.NOTHING_OPEN)
    with company.look(id) as d:
        assert d.sync is not None
        assert d.sync.minutes_back == 90


def test_in_the_sync_each_question_has_its_answer_and_the_rest_goes_to_whoever_signs(company: Company) -> None:
    id = company.in_review()
    company.do(planning.send_preread, id, PreRead((DANA, VERA, BEA), THURSDAY, silent_first=True))
    first, second = asks(company, id, DANA, "Who pays?"), asks(company, id, BEA, "What of members?")
    company.do(open_questions.ask, id, "And the promise?", by=VERA)
    assert texts(company, id) == ["Who pays?", "What of members?", "And the promise?"], "signers' questions, too"
    company.fire_all(["sync_start"], THURSDAY)
    assert company.said(BEA)[-1] == "sync_begins"
    with company.look(id) as d:
        signers = d.questions[0].id
    written = Minutes({first: "Retail does.", second: " "}, [first], {signers: "It stands."})
    company.do(remarks.keep_minutes, id, written, by=DANA)
    assert texts(company, id) == ["What of members?", "And the promise?"]
    assert company.said(VERA)[-1] == "answered"
    company.fire_all(["sync_over"], THURSDAY + timedelta(minutes=30))
    assert state(company, id)[0] is SyncState.OVER
    for one in (VERA, BEA, RITA):
        assert company.said(one).count("sync_unsettled") == 1
    assert company.said(DANA)[-1] != "sync_unsettled", "she does not sign"
    with company.db.read() as session, company.look(id) as d:
        page = markdown(session, session.merge(d, load=False), company.now)
    assert "What of members?" in page
    assert "not settled" in page


def test_a_time_that_leaves_a_reader_no_time_of_their_own_is_refused_with_the_next(company: Company) -> None:
    with company.db.begin() as session:
        kenji = session.get_one(Person, (company.team, BEA))
        kenji.tz, kenji.working_time = "Asia/Tokyo", {"country": "JP"}
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    company.now = datetime(2026, 11, 22, 22, tzinfo=UTC)  # Monday, seven in Tokyo: Labour Thanksgiving Day
    day_later = company.now + timedelta(hours=25)
    with pytest.raises(
        Unreadable, match=r"<@UBEA> has to have had a working morning.* The next time that fits is"
    ) as no:
        company.do(planning.send_preread, id, PreRead((DANA, BEA), day_later))
    assert no.value.field == "slot"
    with pytest.raises(Unreadable, match="24 hours"):
        company.do(planning.send_preread, id, PreRead((DANA,), company.now + timedelta(hours=23)))
    slots = company.do(planning.propose, id, [DANA, BEA])
    assert all(one.start >= datetime(2026, 11, 24, 4, tzinfo=UTC) for one in slots), (
        "Tuesday's morning in Tokyo is over"
    )
    company.do(planning.send_preread, id, PreRead((DANA, BEA), slots[0].start))
    with pytest.raises(Unreadable, match="too soon"):
        company.do(planning.move_sync, id, day_later)
    company.do(planning.move_sync, id, slots[-1].start)
    assert company.said(BEA)[-1] == "sync_moved"


def test_only_who_has_neither_read_nor_answered_is_reminded_once_in_their_hours(company: Company) -> None:
    id = sent(company, *READERS, PAT)
    company.do(remarks.mark_read, id, 1, by=DANA)
    approves(company, id, VERA)
    company.do(remarks.remark, id, RemarkKind.COMMENT, "all", "Fine by me.", by=BEA)
    log = company.fire_all(["preread_reminder"], THURSDAY - timedelta(minutes=1))
    assert sorted(who for _, who, result in log if result == "sent") == sorted([OTTO, PAT])
    with company.look(id) as d:
        assert [one.user_id for one in d.read_by if one.read_version == 1] == [DANA, VERA]
    due = [one.due_at for one in company.dated("preread_reminder", pending=False) if one.recipient == OTTO]
    assert due == [datetime(2026, 11, 26, 9, tzinfo=UTC)], (
        "as Thursday's morning begins, the last whole half before 14:00"
    )


def test_a_new_version_restarts_the_clock_or_says_why_not(company: Company) -> None:
    id = sent(company, DANA, VERA)
    approves(company, id, DANA)
    company.now = THURSDAY - timedelta(hours=3)
    company.do(memo.save, id, replace(MEMO, ask=MEMO.ask + " Soon."), 1, kept_because="A word more.")
    with company.look(id) as d:
        assert d.sync is not None
        assert (d.sync.counts_from, d.sync.starts_at, d.sync.kept_because) == (1, THURSDAY, "A word more.")
    approves(company, id, VERA, version=1)
    assert state(company, id)[0] is SyncState.CANCELLED, "what was said to version 1 still counts"
    other = sent(company, DANA, VERA, start=company.now + timedelta(days=4))
    approves(company, other, DANA)
    company.now += timedelta(days=4, hours=-2)
    company.do(memo.save, other, replace(MEMO, data="8% of orders came back."), 1)
    with company.look(other) as d:
        assert d.sync is not None
        assert d.sync.counts_from == 2
        assert d.sync.starts_at >= company.now + timedelta(hours=24)
        assert d.sync.sequence == 1
    said = [row.args for row in company.messages("notice") if row.args["say"] == "preread_version"][-1]
    assert (said["parts"], said["moved"], said["kept"]) == (["data"], True, "")
    with pytest.raises(NotNow, match="Version 2 came out"):
        approves(company, other, VERA, version=1)
    approves(company, other, VERA, version=2)
    assert state(company, other)[0] is SyncState.PLANNED, "Dana answered to version 1 alone"
    company.fire_all(["sync_start"], company.now + timedelta(hours=3))
    assert state(company, other)[0] is SyncState.PLANNED, "the old hour is nobody's any more"


def test_what_is_decided_or_called_off_by_hand_is_met_about_no_more_and_gives_nothing_back(company: Company) -> None:
    id = company.in_review()
    company.do(planning.send_preread, id, PreRead((DANA,), THURSDAY))
    asks(company, id, DANA)
    company.sign(id, VERA)
    company.sign(id, BEA)
    assert company.status(id) == Status.APPROVED, "a reader's question blocks nobody's signature"
    assert state(company, id) == (SyncState.CANCELLED, Off.DECIDED)
    other = sent(company, DANA)
    question = asks(company, other, DANA)
    company.do(planning.call_off, other)
    assert state(company, other) == (SyncState.CANCELLED, Off.BY_HAND)
    company.do(remarks.resolve, other, question, by=DANA)
    asks(company, other, DANA)
    assert state(company, other) == (SyncState.CANCELLED, Off.BY_HAND), "a question does not undo that"
    with company.look(other) as d:
        assert d.sync is not None
        assert d.sync.minutes_back == 0
    company.do(planning.send_preread, other, PreRead((VERA,), company.now + timedelta(days=7)))
    assert len(texts(company, other)) == 1, "what is open is on the next one's agenda"


def test_a_reader_who_is_gone_is_waited_for_no_more_and_a_guest_reads_and_signs_nothing(company: Company) -> None:
    with company.db.begin() as session:
        session.get_one(Person, (company.team, PAT)).guest = True
    id = sent(company, DANA, PAT, EVE)
    with pytest.raises(NotAllowed, match="only members approve in writing"):
        approves(company, id, PAT)
    company.do(remarks.remark, id, RemarkKind.COMMENT, "all", "Nice.", by=PAT)
    company.do(readers.take_out, id, EVE)
    approves(company, id, DANA)
    assert state(company, id)[0] is SyncState.CANCELLED
    assert "sync_off" not in company.said(EVE)


def test_who_may_and_what_is_refused(company: Company) -> None:
    id = company.triage()
    with pytest.raises(NotNow, match="nothing to read yet"):
        company.do(planning.send_preread, id, PreRead((DANA,), THURSDAY))
    id = sent(company, DANA, private=True)
    with pytest.raises(NotFound):
        asks(company, id, EVE)
    with pytest.raises(NotNow, match="out already"):
        company.do(planning.send_preread, id, PreRead((DANA,), THURSDAY))
    with pytest.raises(NotAllowed, match="You wrote it"):
        approves(company, id, RITA)
    with pytest.raises(NotAllowed, match="did not go to you"):
        company.do(remarks.mark_read, id, 1, by=RITA)
    with pytest.raises(NotAllowed, match="for the requester"):
        company.do(planning.call_off, id, by=DANA)
    company.do(planning.call_off, id)
    with pytest.raises(Unreadable, match="at least one reader"):
        company.do(planning.send_preread, id, PreRead((RITA,), THURSDAY))


def test_a_comment_of_ones_own_becomes_a_question_and_a_document_is_read_by_its_sections(company: Company) -> None:
    from app.domain.writing.document import Kind, Section, section_fingerprint, with_prose

    id = company.drafting()
    company.do(writing.begin, id, Kind.PRESS_RELEASE)
    with company.look(id) as d:
        assert d.writing is not None
        based_on = section_fingerprint(d.writing.draft, Section.PROBLEM)
    company.do(
        writing.save_section, id, Section.PROBLEM, lambda one: with_prose(one, Section.PROBLEM, "It hurts."), based_on
    )  # fmt: skip
    company.do(writing.publish, id)
    company.do(planning.send_preread, id, PreRead((DANA,), THURSDAY))
    company.do(remarks.remark, id, RemarkKind.COMMENT, "problem", "How often?", by=DANA)
    assert state(company, id)[0] is SyncState.CANCELLED, "a comment is an answer, and asks for nothing"
    with company.look(id) as d:
        comment = d.remarks[0].id
    company.do(remarks.raise_question, id, comment, by=DANA)
    assert state(company, id)[0] is SyncState.PLANNED
    with company.look(id) as d:
        assert (d.remarks[0].part, d.remarks[0].version) == ("problem", 1)
    assert date(2026, 11, 26) == THURSDAY.date()


def test_what_was_said_to_an_earlier_pre_read_of_the_same_version_answers_no_later_one(company: Company) -> None:
    id = company.in_review()
    company.do(planning.send_preread, id, PreRead((DANA, VERA), THURSDAY))
    question = asks(company, id, DANA)
    approves(company, id, DANA)
    company.sign(id, VERA)
    company.do(planning.call_off, id)
    company.do(remarks.resolve, id, question, by=DANA)
    company.later(hours=1)
    company.do(planning.send_preread, id, PreRead((DANA, VERA), THURSDAY + timedelta(days=1)))
    assert state(company, id) == (SyncState.PLANNED, None), "nobody has answered to this one"
    log = company.fire_all(["preread_reminder"], THURSDAY + timedelta(hours=23))
    assert sorted(who for _, who, result in log if result == "sent") == sorted([DANA, VERA])
    approves(company, id, DANA)
    company.do(remarks.remark, id, RemarkKind.COMMENT, "all", "Signed it, stays.", by=VERA)
    assert state(company, id)[0] is SyncState.CANCELLED


def test_who_signed_since_it_went_out_is_not_reminded(company: Company) -> None:
    id = company.in_review()
    company.do(planning.send_preread, id, PreRead((DANA, VERA), THURSDAY))
    company.sign(id, VERA)
    log = company.fire_all(["preread_reminder"], THURSDAY - timedelta(minutes=1))
    assert [who for _, who, result in log if result == "sent"] == [DANA]


def test_a_new_version_after_all_was_settled_brings_it_back_or_says_why_not(company: Company) -> None:
    id = sent(company, DANA, VERA)
    approves(company, id, DANA, VERA)
    assert state(company, id) == (SyncState.CANCELLED, Off.SETTLED)
    company.do(memo.save, id, replace(MEMO, ask=MEMO.ask + " Soon."), 1, kept_because="A word more.")
    assert state(company, id) == (SyncState.CANCELLED, Off.SETTLED)
    assert company.said(DANA)[-2:] == ["sync_off", "preread_version"]
    company.now = THURSDAY - timedelta(hours=3)
    company.do(memo.save, id, replace(MEMO, data="8% of orders came back."), 2)
    assert state(company, id) == (SyncState.PLANNED, None)
    with company.look(id) as d:
        assert d.sync is not None
        assert (d.sync.counts_from, d.sync.clock_at, d.sync.minutes_back) == (3, company.now, 0)
        assert d.sync.starts_at >= company.now + timedelta(hours=24)
        sequence, start = d.sync.sequence, d.sync.starts_at
    assert company.said(DANA)[-1] == "preread_version"
    assert company.said(RITA)[-1] == "sync_back"
    told = [row.args for row in company.messages("notice") if row.args["say"] in ("preread_version", "sync_back")][-3:]
    assert all(one["version"] == 3 and one["start"] == start.isoformat() for one in told)
    files = [one for one in company.messages("calendar") if one.args["sequence"] == sequence]
    assert sorted(one.recipient for one in files) == sorted([RITA, DANA, VERA])
    with pytest.raises(NotNow, match="Version 3 came out"):
        company.do(remarks.mark_read, id, 2, by=DANA)
    approves(company, id, DANA, VERA, version=3)
    assert state(company, id) == (SyncState.CANCELLED, Off.SETTLED)
    company.now = start
    company.do(memo.save, id, replace(MEMO, data="9% of orders came back."), 3)
    assert state(company, id) == (SyncState.CANCELLED, Off.SETTLED), "its time has passed"


def test_a_click_counts_for_the_version_that_stood_beside_it(company: Company) -> None:
    id = sent(company, DANA, VERA, BEA)
    asks(company, id, BEA)
    company.do(memo.save, id, replace(MEMO, ask=MEMO.ask + " Soon."), 1, kept_because="A word more.")
    approves(company, id, DANA, version=1)
    company.do(remarks.mark_read, id, None, by=VERA)
    company.do(remarks.remark, id, RemarkKind.COMMENT, "all", "Fine.", by=VERA, shown=1)
    company.do(remarks.mark_read, id, 9, by=BEA)
    with company.look(id) as d:
        assert {one.user_id: one.read_version for one in d.read_by} == {DANA: 1, VERA: 1, BEA: 2}
        assert [(one.user_id, one.version) for one in d.remarks] == [(BEA, 1), (DANA, 1), (VERA, 1)]
    company.do(remarks.mark_read, id, 2, by=VERA)
    company.do(remarks.mark_read, id, 1, by=VERA)
    with company.look(id) as d:
        assert [one.read_version for one in d.read_by if one.user_id == VERA] == [2], "a later one stays read"


def test_once_the_first_slots_have_passed_a_move_is_offered_later_ones(company: Company) -> None:
    id = sent(company, DANA, EVE)
    asks(company, id, DANA)
    company.do(readers.take_out, id, EVE)
    company.now = THURSDAY - timedelta(minutes=1)
    with company.look(id) as d:
        assert d.sync is not None
        clock = d.sync.clock_at
    slots = company.do(planning.propose, id, [DANA], clock=clock)
    assert len(slots) == 5
    assert all(one.start >= company.now + planning.TO_CHOOSE for one in slots)
    with company.db.begin() as session:  # whoever was taken out is waited for no more
        session.get_one(Person, (company.team, EVE)).working_time = {"off": ["2026-11-26", "2026-11-27"]}
    with pytest.raises(Unreadable, match="has passed"):
        company.do(planning.move_sync, id, company.now - timedelta(hours=1))
    company.do(planning.move_sync, id, slots[0].start)
    company.do(planning.call_off, id)
    with pytest.raises(Unreadable, match="has passed"):
        company.do(planning.send_preread, id, PreRead((DANA,), company.now))
    first = company.do(planning.propose, id, [DANA])[0]
    company.later(minutes=9)
    company.do(planning.send_preread, id, PreRead((DANA,), first.start))


def test_two_who_answer_at_once_in_the_sync_see_each_other(company: Company) -> None:
    id = company.in_review()
    company.do(planning.send_preread, id, PreRead((DANA, VERA), THURSDAY))
    first = asks(company, id, DANA, "Who pays?")
    company.do(open_questions.ask, id, "And the promise?", by=VERA)
    company.fire_all(["sync_start"], THURSDAY)
    with company.look(id) as d:
        second = d.questions[0].id
    company.do(remarks.keep_minutes, id, Minutes({first: "Retail."}, to_signers={second: "It stands."}), by=DANA)
    at = company.now
    company.later(minutes=1)
    for typed in (Minutes({first: "Logistics."}), Minutes({}, to_signers={second: "It falls."})):
        with pytest.raises(Overtaken, match="<@UDANA> answered"):
            company.do(remarks.keep_minutes, id, typed, by=VERA)
    company.do(remarks.keep_minutes, id, Minutes({first: "Retail, all of it."}), by=DANA)
    with pytest.raises(Overtaken):
        company.do(remarks.keep_minutes, id, Minutes({first: "Logistics."}, seen={first: at}), by=VERA)
    seen = Minutes({first: "Both."}, (), {second: "It stands, so far."}, {first: company.now}, {second: at})
    company.do(remarks.keep_minutes, id, seen, by=VERA)
    with company.look(id) as d:
        assert (d.remarks[0].answer, d.questions[0].answer) == ("Both.", "It stands, so far.")


def test_what_is_due_at_the_start_comes_before_what_somebody_does_after_it(company: Company) -> None:
    id = company.in_review()
    company.do(planning.send_preread, id, PreRead((DANA,), THURSDAY))
    company.now = THURSDAY + timedelta(minutes=1)
    company.do(open_questions.ask, id, "And the promise?", by=VERA)
    assert state(company, id) == (SyncState.CANCELLED, Off.NOTHING_OPEN)
    other = company.in_review(decide_by=date(2026, 12, 4))
    company.do(planning.send_preread, other, PreRead((DANA,), THURSDAY + timedelta(days=5)))
    asks(company, other, DANA)
    company.now = THURSDAY + timedelta(days=5, minutes=1)
    company.sign(other, VERA)
    company.sign(other, BEA)
    assert state(company, other) == (SyncState.OVER, None), "it had begun"


def test_a_comment_made_a_question_reaches_the_requester_while_it_is_planned(company: Company) -> None:
    id = sent(company, DANA, VERA)
    company.do(remarks.remark, id, RemarkKind.COMMENT, "all", "How often?", by=DANA)
    with company.look(id) as d:
        comment = d.remarks[0].id
    company.do(remarks.raise_question, id, comment, by=DANA)
    assert company.messages("notice")[-1].args["said_as"] == "question"
    assert company.said(RITA)[-1] == "remark"


def test_who_rests_past_the_sync_they_are_to_read_for_is_told_so(company: Company) -> None:
    id = sent(company, DANA, VERA)
    approves(company, id, VERA)
    assert company.do(looking_back.snooze, id, 5, by=DANA).past == THURSDAY.date()
    assert company.do(looking_back.snooze, id, 5, by=VERA).past is None
