"""A form shown again and sent again unchanged changes nothing: every form that shows what is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from app.db import policies, queries, roster
from app.db.models import AuditEvent, Decision, DigestPlan, FollowUp, MemoVersion, Outbox, Participant, Seat, Signer
from app.domain.answers import Answers, Effect, Result
from app.domain.errors import Unreadable
from app.domain.lifecycle import Status
from app.domain.people.working_time import WorkingTime, hours_of
from app.domain.policy.policy import SHIPPED_POLICY as POLICY
from app.domain.policy.policy import Policy
from app.domain.policy.subjects import Subject
from app.domain.signing.signoff import Answer
from app.domain.triage.questions import QUESTIONS, Question, asked
from app.slack import forms
from app.slack.forms import Fields
from app.slack.ids import VALUE, Modal, unpack
from app.slack.listeners.interactions import Interaction, Request
from app.slack.listeners.table import FORMS
from app.slack.loading import load_channel_settings, load_policy, load_scene
from app.slack.views.cards.registry import render_card
from app.slack.views.modals.digests import digest_modal
from app.slack.views.modals.looking_back import revisit_modal, shipped_modal
from app.slack.views.modals.memo import memo_modal
from app.slack.views.modals.people import ladder_modal, working_time_modal
from app.slack.views.modals.policy import policy_form_modal
from app.slack.views.modals.sending import send_modal
from app.slack.views.modals.signing import extend_modal
from app.slack.views.modals.suggestions import suggestions_modal
from app.slack.views.modals.triage import ask_below_modal
from app.slack.views.scene import Scene
from app.workflows import digests, memo, suggestions
from app.workflows.digests import Plan
from app.workflows.people import profiles
from app.workflows.policy import set_policy
from app.workflows.suggestions import Suggested
from tests.domain.triage.test_triage import FULL
from tests.slack.card_scenes import SETTING, decision, scene
from tests.slack.test_views_modals import BUILDERS
from tests.slack.test_views_modals import everything as with_everything
from tests.workflows.colleagues import ADA, BEA, CHANNEL, HELD, MEMO, RITA, VERA, Company

ON_SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

READS = {
    "initial_value": "value", "initial_option": "selected_option", "initial_options": "selected_options",
    "initial_date": "selected_date", "initial_time": "selected_time", "initial_user": "selected_user",
    "initial_users": "selected_users", "initial_channel": "selected_channel",
}  # fmt: skip


@pytest.fixture
def company(db: Any) -> Company:
    return Company(db).settle_in()


def untouched(blocks: list[dict[str, Any]]) -> Fields:
    """The inputs as Slack sends them where nobody touched one."""
    values = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            filled = {to: element[of] for of, to in READS.items() if of in element}
            values[block["block_id"]] = {VALUE: {"type": element["type"], **filled}}
    return Fields.of({"values": values})


def sent(company: Company, interaction: Interaction[Any], packed: dict[str, Any], fields: Fields, by: str) -> None:
    does = interaction.does
    assert does
    with company.db.begin() as session:
        services: Any = None
        does(session, Request(services, company.actor(by), interaction.reads(packed), fields, ""), company.now)


def rows(company: Company, *tables: Any) -> list[tuple[Any, ...]]:
    with company.db.read() as session:
        return [
            tuple(getattr(row, one.key) for one in inspect(table).column_attrs)
            for table in tables
            for row in session.scalars(select(table))
        ]


SHOWN_ON_A_CARD = [one for one in QUESTIONS if one not in (Question.UNDO, Question.UNDO_COST)]


@given(FULL, st.sampled_from(SHOWN_ON_A_CARD))
@settings(max_examples=80, deadline=None)
def test_an_answer_shown_again_and_sent_unchanged_stays_as_it_is(answers: Answers, question: Question) -> None:
    tried = tuple(  # as a form takes it: who was asked and what came of it belong together
        replace(one, who="" if one.result is Result.NOT_ASKED else f"U{one.rung.name}") for one in answers.tried or ()
    )
    answers = replace(answers, tried=tried)
    before = getattr(answers, question.value)
    if not before or question not in asked(answers, SETTING, POLICY):
        return  # it was not answered, or is not asked: there is nothing to be shown again
    shown = scene(decision(answers, Status.TRIAGE), question=question)
    fields = untouched(render_card("requester", shown).blocks)
    try:
        after = forms.filled(question, fields, forms.Asker(SETTING.today, answers))
    except Unreadable:  # “no” is a button beside the form: without it nothing was said
        assert question in (Question.TRIAL, Question.DEADLINE, Question.COMMITMENT)
        return
    if question is Question.COSTS:
        after = replace(after, told_on=before.told_on)
    assert after == before


@ON_SQLITE
def test_a_memo_shown_again_and_saved_unchanged_makes_no_version(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    with company.db.read() as session:
        d = queries.decision(session, company.team, id)
        assert d
        view = memo_modal(load_scene(session, d, RITA, company.now))
    before = rows(company, MemoVersion)
    sent(company, FORMS[Modal.MEMO], unpack(view["private_metadata"]), untouched(view["blocks"]), RITA)
    assert rows(company, MemoVersion) == before


@ON_SQLITE
@pytest.mark.parametrize("channel", [CHANNEL, ""])
def test_a_ladder_shown_again_and_saved_unchanged_keeps_seats_order_and_deputies(
    company: Company, channel: str
) -> None:
    with company.db.read() as session:
        view = ladder_modal(load_channel_settings(session, company.team, channel, "UTC", ADA))
    before = rows(company, Seat)
    sent(company, FORMS[Modal.LADDER], unpack(view["private_metadata"]), untouched(view["blocks"]), ADA)
    assert rows(company, Seat) == before


@ON_SQLITE
def test_a_digests_plan_shown_again_and_saved_unchanged_stays_whose_it_was(company: Company) -> None:
    company.do(digests.plan_digest, CHANNEL, Plan(True, (0, 3), "09:30", "Europe/Berlin"))
    with company.db.read() as session:
        view = digest_modal(load_channel_settings(session, company.team, CHANNEL, "UTC"))
    before = rows(company, DigestPlan, FollowUp)
    sent(company, FORMS[Modal.DIGEST], unpack(view["private_metadata"]), untouched(view["blocks"]), ADA)
    assert rows(company, DigestPlan, FollowUp) == before


@ON_SQLITE
@pytest.mark.parametrize(
    "chosen",
    [WorkingTime(), WorkingTime("DE-BY", frozenset({4, 5}), off=frozenset({date(2026, 12, 24), date(2026, 12, 25)}))],
)
def test_working_time_shown_again_and_saved_unchanged_is_no_choice_of_its_own(
    company: Company, chosen: WorkingTime
) -> None:
    if chosen != WorkingTime():
        company.do(profiles.choose_working_time, chosen)
    with company.db.read() as session:
        person = roster.person(session, company.team, RITA)
        assert person
        before = person.working_time
        view = working_time_modal(WorkingTime.of(before), hours_of(person), company.now.date())
    sent(company, FORMS[Modal.HOURS], {}, untouched(view["blocks"]), RITA)
    with company.db.read() as session:
        person = roster.person(session, company.team, RITA)
        assert person
        assert person.working_time == before


@ON_SQLITE
@pytest.mark.parametrize("policy", [POLICY, replace(POLICY, wait_days=3, slt_mistake=Decimal("999600.5"))])
def test_every_form_of_the_policy_shown_again_and_sent_unchanged_goes_on_to_nothing(
    company: Company, policy: Policy
) -> None:
    with company.db.begin() as session:
        policies.current(session, company.team, company.now)
        if policy != POLICY:
            set_policy(session, company.team, policy, ADA, company.now)
        shown = load_policy(session, company.team, ADA)
    services: Any = SimpleNamespace(db=company.db)
    interaction = FORMS[Modal.POLICY_FORM]
    assert interaction.opens
    for subject in Subject:
        for effect in Effect if subject is Subject.EFFECT else (None,):
            view = policy_form_modal(shown, subject, effect)
            about = interaction.reads(unpack(view["private_metadata"]))
            request = Request(services, company.actor(ADA), about, untouched(view["blocks"]), "")
            assert "You changed nothing" in str(interaction.opens(request)), subject


def form_of(company: Company, id: int, build: Callable[[Scene], dict[str, Any]]) -> dict[str, Any]:
    with company.look(id) as d, company.db.read() as session:
        found = queries.decision(session, company.team, d.id)
        assert found
        return build(load_scene(session, found, RITA, company.now))


def untouched_and_sent(company: Company, id: int, build: Callable[[Scene], dict[str, Any]]) -> dict[str, Any]:
    """A form as it opens, sent as it is. Returns what stood in it."""
    view = form_of(company, id, build)
    interaction = FORMS[Modal(view["callback_id"])]
    sent(company, interaction, unpack(view["private_metadata"]), untouched(view["blocks"]), RITA)
    return untouched(view["blocks"]).raw()


EVERYTHING = (Decision, Signer, Participant, MemoVersion, FollowUp, AuditEvent, Outbox)


@ON_SQLITE
@pytest.mark.parametrize("decide_by", [date(2026, 11, 24), date(2026, 11, 27), date(2026, 12, 3), date(2027, 2, 26)])
@pytest.mark.parametrize("later", [0, 1])
def test_the_signers_day_shown_again_and_sent_unchanged_moves_nothing_while_it_is_to_come(
    company: Company, decide_by: date, later: int
) -> None:
    """Also where it is sooner than what the policy grants, later than what waiting blocks, or another's working day."""
    id = company.in_review(decide_by)
    company.sign(id, VERA)  # from here on the other signer's hours count
    company.later(days=later)
    before = rows(company, *EVERYTHING)
    assert untouched_and_sent(company, id, extend_modal)["decide_by"] == decide_by.isoformat()
    assert rows(company, *EVERYTHING) == before


@ON_SQLITE
def test_a_day_to_look_again_shown_again_and_sent_unchanged_moves_nothing(company: Company) -> None:
    id = company.in_review()
    company.sign(id, VERA, Answer.DECLINE, "The promise costs more than it brings.")
    first = untouched_and_sent(company, id, revisit_modal)["on"]
    with company.look(id) as d:
        assert d.look_on
        assert d.look_on.isoformat() == first
    company.later(days=3)
    before = rows(company, *EVERYTHING)
    assert untouched_and_sent(company, id, revisit_modal)["on"] == first
    assert rows(company, *EVERYTHING) == before


@ON_SQLITE
def test_suggestions_shown_and_saved_untouched_leave_the_memo_as_it_is(company: Company) -> None:
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    with company.db.begin() as session:
        d = queries.decision(session, company.team, id, lock=True)
        assert d
        suggestions.suggest(session, d, "data", Suggested(MEMO.data, "4% came back."), company.now)
    before = rows(company, MemoVersion)
    untouched_and_sent(company, id, suggestions_modal)
    assert rows(company, MemoVersion) == before


@ON_SQLITE
def test_what_a_form_proposes_and_nobody_touches_is_what_is_kept(company: Company) -> None:
    """Whom the rung below, the signers, the days: what stood in the form counts, and nothing else."""
    held = company.triage(HELD)
    shown = untouched_and_sent(company, held, ask_below_modal)
    with company.look(held) as d:
        asked_now = [one for one in d.answers.tried or () if one.result is Result.NO_ANSWER]
        assert [one.who for one in asked_now] == [shown["person"]]
    assert company.history(held)[-1].detail["text"] == shown["text"]
    id = company.drafting()
    company.do(memo.save, id, MEMO, 0)
    shown = untouched_and_sent(company, id, send_modal)
    with company.look(id) as d:
        assert [one.user_id for one in d.signers] == [shown["signer"], shown["bar_raiser"]]
        assert d.deadline_on
        assert d.deadline_on.isoformat() == shown["decide_by"]
    company.sign(id, VERA)
    company.sign(id, BEA)
    shown = untouched_and_sent(company, id, shipped_modal)
    with company.look(id) as d:
        assert d.shipped_on
        assert d.shipped_on.isoformat() == shown["on"]


SHOWS_WHAT_IS_KEPT = {
    Modal.MEMO, Modal.LADDER, Modal.DIGEST, Modal.HOURS, Modal.POLICY_FORM, Modal.EXTEND, Modal.REVISIT,
    Modal.SUGGESTIONS,
}  # fmt: skip
PROPOSES = {Modal.ASK_BELOW, Modal.SEND, Modal.SHIPPED, Modal.START, Modal.DECIDE_BELOW, Modal.SIGN}
"""Sent once, each opens with what it proposes: the rung below and its question, signers, a day, the sentence typed; who
meets a condition, and by when."""
BEGINS_EMPTY = set(Modal) - SHOWS_WHAT_IS_KEPT - PROPOSES
"""These say something new each time: nothing stands in them, so there is nothing to be sent again."""


def test_every_form_in_which_something_stands_is_held_to_it() -> None:
    assert set(FORMS) >= SHOWS_WHAT_IS_KEPT | PROPOSES
    stands = {
        Modal(view["callback_id"])
        for build in BUILDERS.values()
        for view in [build(with_everything("Two weeks"))]
        if untouched(view["blocks"]).raw()
    }
    assert stands <= SHOWS_WHAT_IS_KEPT | PROPOSES
