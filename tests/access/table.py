"""Who may do what: one row for everything that can be done, whatever button, form, command or message does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import queries
from app.db import tradeoffs as entries
from app.db.models import Card, Parked, PolicyProposal, Proposal
from app.domain.answers import Undo
from app.domain.commitments import Degree
from app.domain.commitments import Result as Again
from app.domain.ladder import Rung
from app.domain.looking_back import Look, LookBack, Right
from app.domain.memo.parts import Memo
from app.domain.people.working_time import WorkingTime
from app.domain.signing.signoff import Answer
from app.domain.syncs.life import RemarkKind
from app.domain.triage.below import Advice, DecidedBelow
from app.domain.triage.questions import Question
from app.domain.writing.document import Kind as Kind_
from app.domain.writing.document import Section, quote_fingerprint, section_fingerprint, with_prose
from app.slack.ids import Act, Modal
from app.words.people import NO_KEEPER
from app.workflows import (
    commitments,
    digests,
    looking_back,
    memo,
    policy,
    policy_proposals,
    suggestions,
    tradeoffs,
    writing,
)
from app.workflows.admission import SWITCHED_OFF, Actor, admit, members_only
from app.workflows.influence import approvals, fast_lane, maps
from app.workflows.insights import trying
from app.workflows.insights.reporting import KEEPERS_SEE, check_may_see
from app.workflows.library import finding, settling
from app.workflows.monthly_insights import plan_monthly
from app.workflows.opening import ensure_person, open_decision, open_numbered
from app.workflows.people import keepers, ladders, profiles, reading, taking_over
from app.workflows.signing import deadline, deciding_below, delegation, open_questions, readers, signoffs
from app.workflows.signing import sending as signing_sending
from app.workflows.syncs import planning, remarks
from app.workflows.triage import answering, intake, verdicts
from tests.access.kinds import GUESTS, LEADER, MEMBERS, NAN, RON, ROSE, TAKE_PART, Kind, State, in_hand, team_on_the_map
from tests.workflows.colleagues import ADA, BEA, CHANNEL, EVE, MIA, OTTO, RITA, VERA
from tests.workflows.tradeoffs.argued import SIDES, figures, slots

Verb = Callable[[Session, int, Actor, datetime], object]
"""(session, the decision's id, who, now)"""

ALL = frozenset(Kind) - {Kind.STRANGER, Kind.SWITCHED_OFF, Kind.APP}
"""Everybody who is let in at all. Somebody of another workspace does it there."""

REQUESTER = frozenset({Kind.REQUESTER})
OWNERS = REQUESTER | {Kind.OWNER}
PREREADERS = frozenset({Kind.OWNER, Kind.READER, Kind.GUEST_READER})
SIGN_NOW = frozenset({Kind.SIGNER, Kind.DELEGATE})
DECIDED = DecidedBelow("We extend it for members.", "Nobody knew of it.", BEA)
SIGNERS = SIGN_NOW | {Kind.HANDED_OVER, Kind.REPLACED}

A_GUEST = "You are a guest here, and {}. Ask a member of this workspace to do it."


def only_for(who: str) -> str:
    return f"That is for {who}. Nothing was changed."


@dataclass(frozen=True)
class Row:
    """One thing that can be done."""

    does: str
    by: tuple[str, ...]
    """Everything that does it: acts, forms (``form:``), commands, events."""
    allowed: frozenset[Kind]
    verb: Verb
    state: State | None = State.IN_REVIEW
    """None: it is about no decision."""
    refusal: str = ""
    """What somebody hears who takes part and may not."""
    otherwise: Mapping[Kind, str] = field(default_factory=dict)
    """Who hears another sentence."""
    numbered: bool = False
    """Asked for by its number, which the refusal repeats."""
    public: frozenset[Kind] = frozenset()
    """Who may too, while it is not private."""


def act(*acts: Act) -> tuple[str, ...]:
    return tuple(one.value for one in acts)


def form(*modals: Modal) -> tuple[str, ...]:
    return tuple(f"form:{one.value}" for one in modals)


# ── the verbs ───────────────────────────────────────────────────────────────────────────────────────────


def _question(session: Session, id: int) -> int:
    return in_hand(session, id).questions[-1].id


def _remark(session: Session, id: int) -> int:
    """The owner's open question."""
    return in_hand(session, id).remarks[0].id


def _look(look: Look) -> Verb:
    written = LookBack(look, Right.YES, "Returns fell by 2%.", "Ask earlier.", "We kept it.")
    return lambda s, id, a, now: looking_back.look_back(s, id, written, a, now)


def _park(session: Session, id: int, actor: Actor, now: datetime) -> object:
    """The requester's message, which waits to be taken up."""
    return intake.unpark(session, session.scalars(select(Parked.id)).one(), actor)


def _list(session: Session, id: int, actor: Actor, now: datetime) -> object:
    admit(session, actor)
    return queries.visible_open(session, actor.workspace, actor.user, CHANNEL)


def _save(session: Session, id: int, actor: Actor, now: datetime) -> object:
    version = in_hand(session, id).memo_version
    return memo.save(session, id, Memo("a", "b", "c", "d", "e"), version, actor, now)


def _save_section(session: Session, id: int, actor: Actor, now: datetime) -> object:
    found = in_hand(session, id).writing
    based_on = section_fingerprint(found.draft, Section.OPENING) if found else ""
    return writing.save_section(
        session, id, Section.OPENING, lambda one: with_prose(one, Section.OPENING, "Other words"), based_on, actor, now
    )


def _send(session: Session, id: int, actor: Actor, now: datetime) -> object:
    sending = signing_sending.Sending(VERA, BEA, now.date() + timedelta(days=2))
    return signing_sending.send(session, id, sending, actor, now)


def _plan(session: Session, id: int, actor: Actor, now: datetime) -> object:
    return digests.plan_digest(session, CHANNEL, digests.Plan(True, (0,), "09:00", "UTC"), actor, now)


def _deflect(session: Session, id: int, actor: Actor, now: datetime) -> object:
    return verdicts.deflect(session, id, verdicts.Deflection(OTTO, "returns"), actor, now)


def _settle_proposal(session: Session, id: int, actor: Actor, now: datetime) -> object:
    """What Rita proposed: see ``settle_people``."""
    return keepers.settle_proposal(session, session.scalars(select(Proposal.id)).one(), True, actor, now)


SIDES_ = frozenset({Kind.ASKED, Kind.DELEGATE})
ARGUE = "the requester and whoever speaks for a side"


def _log(session: Session, id: int, actor: Actor, now: datetime) -> object:
    members_only(session, actor, "only members read the trade-off log")
    return entries.log(session, actor.workspace, actor.user)


def _read_here(session: Session, id: int, actor: Actor, now: datetime) -> object:
    """Its line stands in the channel."""
    session.add(
        Card(
            workspace_id=in_hand(session, id).workspace_id, decision_id=id, kind="status", recipient=CHANNEL,
            channel_id=CHANNEL, ts="1.1", shown="",
        )
    )  # fmt: skip
    session.flush()
    return reading.open_in_channel(session, actor, id, CHANNEL)


def _decline_who_asked(session: Session, id: int, actor: Actor, now: datetime) -> object:
    """Pat asked: see ``reach``."""
    return reading.decline_reader(session, id, NAN, actor, now)


def _settle_policy_proposal(session: Session, id: int, actor: Actor, now: datetime) -> object:
    """As of the ladder."""
    found = session.scalars(select(PolicyProposal.id)).one()
    return policy_proposals.settle_policy_proposal(session, found, True, actor, now)


def _take_over(session: Session, id: int, actor: Actor, now: datetime) -> object:
    """Rita's account is switched off, and somebody goes on in her place."""
    ensure_person(session, in_hand(session, id).workspace_id, RITA).active = False
    session.flush()
    return taking_over.take_over(session, id, actor, now)


def in_weeks(weeks: int, now: datetime) -> date:
    return now.date() + timedelta(weeks=weeks)


NOBODY_KEEPS = {Kind.ELSEWHERE: f"The keepers change it. {NO_KEEPER}"}
NOBODY_SITS = {Kind.ELSEWHERE: f"Whoever sits on this channel's ladder changes it, and so do the keepers. {NO_KEEPER}"}
"""In another workspace, where nobody is known."""

NO_MAP = {Kind.ELSEWHERE: "That team is on no map any more. “/escalate map” shows those that you can open."}


def _on_the_map(session: Session) -> int:
    return team_on_the_map(session) or 0


def _nameless(session: Session) -> int:
    return team_on_the_map(session, lever=False) or 0


ROWS: tuple[Row, ...] = (
    Row(
        "start a decision",
        (
            "/escalate",
            "/escalate …",
            "/escalate write",
            "/escalate tradeoff",
            "escalate_thread",
            "tradeoff_thread",
            "message",
            *act(Act.START_OPEN, Act.WRITE_START),
            *form(Modal.START),
        ),
        MEMBERS | {Kind.ELSEWHERE},
        lambda s, id, a, now: intake.start(s, "Move the warehouse", a, now),
        None,
        A_GUEST.format("only members start decisions"),
    ),
    Row(
        "say where one's own message belongs",
        act(Act.PARKED_TO, Act.PARKED_NEW),
        REQUESTER,
        _park,
        None,
        "That message was taken up already.",
    ),
    Row(
        "answer a question of the triage",
        ("message in a thread", *act(Act.ANSWER, Act.ANSWER_FORM)),
        REQUESTER,
        lambda s, id, a, now: answering.answer(s, id, Question.UNDO, Undo.DAYS, a, now),
        State.TRIAGE,
        only_for("the requester"),
    ),
    Row(
        "give the decision its sentence",
        act(Act.TITLE_FORM),
        REQUESTER,
        lambda s, id, a, now: intake.name(s, id, "Move the warehouse", a, now),
        State.TRIAGE,
        only_for("the requester"),
    ),
    Row(
        "go back, or change an answer",
        act(Act.BACK, Act.CHANGE),
        REQUESTER,
        lambda s, id, a, now: answering.go_to(s, id, Question.UNDO, a, now),
        State.TWO_WAY,
        only_for("the requester"),
    ),
    Row(
        "leave a triage for later",
        act(Act.LEAVE),
        TAKE_PART,
        lambda s, id, a, now: open_decision(s, a, id, lock=False),
        State.TRIAGE,
    ),
    Row(
        "make it private, or public",
        act(Act.PRIVATE),
        REQUESTER,
        lambda s, id, a, now: intake.set_private(s, id, True, a, now),
        refusal=only_for("the requester"),
    ),
    Row(
        "hand a two-way door back", act(Act.DEFLECT_FORM), REQUESTER, _deflect, State.TWO_WAY, only_for("the requester")
    ),
    Row(
        "go on although a gate failed",
        (*act(Act.OVERRIDE_OPEN), *form(Modal.OVERRIDE)),
        REQUESTER,
        lambda s, id, a, now: verdicts.go_on_anyway(s, id, "Nobody stands in for her", a, now),
        State.HELD,
        only_for("the requester"),
    ),
    Row(
        "ask the rung below",
        (*act(Act.ASK_BELOW_OPEN), *form(Modal.ASK_BELOW)),
        REQUESTER,
        lambda s, id, a, now: verdicts.ask_below(s, id, EVE, "Can you decide this?", a, now),
        State.HELD,
        only_for("the requester"),
    ),
    Row(
        "answer for the rung below",
        (*act(Act.BELOW_CANNOT_OPEN, Act.BELOW_TWO_WAY_OPEN, Act.BELOW_DISAGREE_OPEN), *form(Modal.BELOW)),
        frozenset({Kind.ASKED}),
        lambda s, id, a, now: deciding_below.advise_below(s, id, Advice.CANNOT_DECIDE, "", a, now),
        State.HELD,
        "That question went to somebody else. Nothing was changed.",
    ),
    Row(
        "decide on the rung below, where policy lets it",
        (*act(Act.BELOW_CAN_OPEN), *form(Modal.DECIDE_BELOW)),
        frozenset(),
        lambda s, id, a, now: deciding_below.decide_below(s, id, DECIDED, a, now),
        State.HELD,
        "That question went to somebody else. Nothing was changed.",
        otherwise={
            Kind.ASKED: "The lowest rung that can decide this is the VP, and you were asked as manager. "
            "You can advise, show how to make it two-way, or say that you disagree."
        },
    ),
    Row(
        "put into one's own words what the requester wrote down",
        (*act(Act.OWN_WORDS_OPEN), *form(Modal.OWN_WORDS)),
        frozenset(),
        lambda s, id, a, now: deciding_below.own_words(s, id, "I would try it in one store.", a, now),
        refusal="Nobody wrote an answer of yours down here. Nothing was changed.",
    ),
    Row(
        "give it another title",
        (*act(Act.RENAME_OPEN), *form(Modal.RENAME)),
        REQUESTER,
        lambda s, id, a, now: intake.rename(s, id, "Move the warehouse to Graz", "Graz was chosen.", a, now),
        refusal=only_for("the requester"),
    ),
    Row(
        "write the memo",
        (*act(Act.MEMO_OPEN, Act.HELP_OPEN), *form(Modal.MEMO)),
        REQUESTER,
        _save,
        State.DRAFTING,
        only_for("the requester"),
    ),
    Row(
        "read the memo",
        (*act(Act.MEMO_READ), *form(Modal.READ)),
        TAKE_PART,
        lambda s, id, a, now: open_decision(s, a, id, lock=False),
    ),
    Row(
        "send the memo to its signers",
        (*act(Act.SEND_OPEN), *form(Modal.SEND)),
        REQUESTER,
        _send,
        State.DRAFTING,
        only_for("the requester"),
    ),
    Row("export it", act(Act.EXPORT), TAKE_PART, lambda s, id, a, now: open_decision(s, a, id, lock=False)),
    Row(
        "begin the document beside it",
        (*act(Act.WRITE_OPEN), *form(Modal.WRITE)),
        REQUESTER,
        lambda s, id, a, now: writing.begin(s, id, Kind_.NARRATIVE, a, now),
        State.TRIAGE,
        only_for("the requester"),
    ),
    Row(
        "write a section of the document",
        (*act(Act.SECTION_OPEN), *form(Modal.SECTION)),
        REQUESTER,
        _save_section,
        State.DRAFTING,
        only_for("the requester"),
    ),
    Row(
        "publish a version of the document",
        form(Modal.DOCUMENT),
        REQUESTER,
        lambda s, id, a, now: writing.publish(s, id, a, now),
        State.DRAFTING,
        only_for("the requester"),
    ),
    Row(
        "read the published document, or take it along as a file",
        (*act(Act.DOCUMENT_READ, Act.DOCUMENT_EXPORT), *form(Modal.DOCUMENT_PAGE)),
        TAKE_PART,
        lambda s, id, a, now: writing.check_published(open_decision(s, a, id, lock=False)),
        State.DRAFTING,
    ),
    Row(
        "send it as a pre-read",
        (*act(Act.PREREAD_OPEN), *form(Modal.PREREAD, Modal.PREREAD_AT)),
        REQUESTER,
        lambda s, id, a, now: planning.send_preread(s, id, planning.PreRead((OTTO,), now + timedelta(days=7)), a, now),
        State.DRAFTING,
        only_for("the requester"),
    ),
    Row(
        "say that one has read the pre-read",
        act(Act.PREREAD_READ),
        PREREADERS,
        lambda s, id, a, now: remarks.mark_read(s, id, 1, a, now),
        State.PREREAD,
        "This pre-read did not go to you. You can read it and comment on it all the same.",
    ),
    Row(
        "comment on what is read, or ask what has to be settled",
        (*act(Act.REMARK_OPEN), *form(Modal.REMARK)),
        TAKE_PART,
        lambda s, id, a, now: remarks.remark(s, id, RemarkKind.QUESTION, "all", "And January?", a, now),
        State.PREREAD,
    ),
    Row(
        "approve in writing",
        act(Act.APPROVE_WRITTEN),
        TAKE_PART - {Kind.REQUESTER, Kind.GUEST_READER},
        lambda s, id, a, now: remarks.approve(s, id, 1, a, now),
        State.PREREAD,
        otherwise={
            Kind.REQUESTER: "You wrote it: others say whether it is ready. Nothing was changed.",
            Kind.GUEST_READER: A_GUEST.format("only members approve in writing"),
        },
    ),
    Row(
        "answer a comment or an open question of a reader",
        (*act(Act.REMARK_ANSWER_OPEN), *form(Modal.REMARK_ANSWER)),
        TAKE_PART,
        lambda s, id, a, now: remarks.answer(s, id, _remark(s, id), "Retail does.", a, now),
        State.PREREAD,
    ),
    Row(
        "call an open question of one's own resolved",
        act(Act.REMARK_RESOLVE),
        frozenset({Kind.OWNER}),
        lambda s, id, a, now: remarks.resolve(s, id, _remark(s, id), a, now),
        State.PREREAD,
        only_for(f"<@{OTTO}>, who asked"),
    ),
    Row(
        "make an open question of one's own comment, or ask again",
        act(Act.REMARK_RAISE),
        frozenset({Kind.READER}),
        lambda s, id, a, now: remarks.raise_question(s, id, in_hand(s, id).remarks[1].id, a, now),
        State.PREREAD,
        only_for(f"<@{ROSE}>, who wrote it"),
    ),
    Row(
        "read what was said about it",
        (*act(Act.REMARKS_SHOW), *form(Modal.REMARKS)),
        TAKE_PART,
        lambda s, id, a, now: open_decision(s, a, id, lock=False),
        State.PREREAD,
    ),
    Row(
        "move the sync",
        (*act(Act.SYNC_MOVE_OPEN), *form(Modal.SYNC_MOVE)),
        REQUESTER,
        lambda s, id, a, now: planning.move_sync(s, id, now + timedelta(days=8), a, now),
        State.PREREAD,
        only_for("the requester"),
    ),
    Row(
        "call the sync off",
        act(Act.SYNC_OFF),
        REQUESTER,
        lambda s, id, a, now: planning.call_off(s, id, a, now),
        State.PREREAD,
        only_for("the requester"),
    ),
    Row(
        "write down what the sync says to its questions",
        (*act(Act.SYNC_OPEN), *form(Modal.SYNC)),
        TAKE_PART,
        lambda s, id, a, now: remarks.keep_minutes(s, id, remarks.Minutes({_remark(s, id): "Retail does."}), a, now),
        State.PREREAD,
    ),
    Row(
        "lend one's name to a quote",
        act(Act.LEND_NAME),
        frozenset({Kind.SIGNER}),
        lambda s, id, a, now: writing.lend_name(s, id, quote_fingerprint(LEADER), True, a, now),
        State.DRAFTING,
        "Nobody asked you to lend your name to a quote here. Nothing was changed.",
    ),
    Row(
        "ask the assistant for a draft",
        act(Act.ASSIST),
        REQUESTER,
        lambda s, id, a, now: suggestions.ask_assistant(s, id, None, a, now),
        State.DRAFTING,
        only_for("the requester"),
    ),
    Row(
        "take or leave a suggestion",
        (*act(Act.SUGGESTIONS_OPEN), *form(Modal.SUGGESTIONS)),
        REQUESTER,
        lambda s, id, a, now: suggestions.settle_suggestions(s, id, {"data": None}, a, now),
        State.DRAFTING,
        only_for("the requester"),
    ),
    Row(
        "let somebody read along",
        (*act(Act.READER_OPEN), *form(Modal.READER)),
        OWNERS | SIGN_NOW,
        lambda s, id, a, now: readers.add_reader(s, id, EVE, a, now),
        refusal=only_for("the requester, the owner and those who sign now"),
    ),
    Row(
        "take a reader out",
        (*act(Act.READER_OUT_OPEN), *form(Modal.READER_OUT)),
        OWNERS | SIGN_NOW | {Kind.READER},
        lambda s, id, a, now: readers.take_out(s, id, ROSE, a, now),
        refusal=only_for("the requester, the owner and those who sign now"),
    ),
    Row(
        "read it in the channel that was told of it",
        act(Act.READ_HERE),
        TAKE_PART,
        _read_here,
        public=frozenset({Kind.KEEPER, Kind.COLLEAGUE}),
    ),
    Row(
        "ask to read it",
        act(Act.ASK_READ),
        frozenset(),
        lambda s, id, a, now: reading.ask_to_read(s, id, CHANNEL, a, now),
        refusal="You take part in it, so it opens already: its card has everything.",
        public=frozenset({Kind.KEEPER, Kind.COLLEAGUE}),
    ),
    Row(
        "let somebody in who asked, or not",
        act(Act.READER_ADD, Act.READER_DECLINE),
        OWNERS | SIGN_NOW,
        _decline_who_asked,
        refusal=only_for("the requester, the owner and those who sign now"),
    ),
    Row(
        "sign",
        (*act(Act.SIGN_OPEN), *form(Modal.SIGN)),
        SIGN_NOW,
        lambda s, id, a, now: signoffs.sign(s, id, Answer.APPROVE, "", 1, a, now),
        refusal="Only the named signers can answer here. You can read along if you were added to the decision.",
        otherwise={
            Kind.REQUESTER: "Nobody signs their own memo. Your signers were asked; you will hear from them here.",
            Kind.HANDED_OVER: "Somebody else signs in your place now. You can still ask a question.",
            Kind.REPLACED: "Somebody else signs in your place now. You can still ask a question.",
            Kind.GUEST_READER: A_GUEST.format("only members sign"),
        },
    ),
    Row(
        "change an answer that was given",
        (*act(Act.CHANGE_ANSWER_OPEN), *form(Modal.CHANGE_ANSWER)),
        frozenset({Kind.SIGNER}),
        lambda s, id, a, now: signoffs.change_answer(s, id, Answer.APPROVE, "", "The figures came in.", 1, a, now),
        State.NOT_YET,
        "Only the named signers can answer here. You can read along if you were added to the decision.",
        otherwise={
            Kind.REQUESTER: "Nobody signs their own memo. Your signers were asked; you will hear from them here.",
            Kind.DELEGATE: "You have not answered yet, so there is nothing to change. Your card asks for your answer.",
            Kind.HANDED_OVER: "Somebody else signs in your place now. You can still ask a question.",
            Kind.REPLACED: "Somebody else signs in your place now. You can still ask a question.",
            Kind.GUEST_READER: A_GUEST.format("only members sign"),
        },
    ),
    Row(
        "raise a question",
        (*act(Act.QUESTION_OPEN), *form(Modal.QUESTION)),
        SIGNERS,
        lambda s, id, a, now: open_questions.ask(s, id, "Who pays?", a, now),
        refusal="Signers ask questions here. Write to the requester directly if something is unclear.",
    ),
    Row(
        "answer a question",
        (*act(Act.REPLY_OPEN), *form(Modal.REPLY)),
        TAKE_PART,
        lambda s, id, a, now: open_questions.reply(s, id, _question(s, id), "We do.", a, now),
    ),
    Row(
        "call a question resolved",
        act(Act.RESOLVE),
        frozenset({Kind.SIGNER}),
        lambda s, id, a, now: open_questions.resolve(s, id, _question(s, id), a, now),
        refusal=only_for(f"<@{VERA}>, who raised the question"),
    ),
    Row(
        "hand over to a delegate",
        (*act(Act.HAND_OVER_OPEN), *form(Modal.HAND_OVER)),
        SIGN_NOW,
        lambda s, id, a, now: delegation.hand_over(s, id, RON, a, now),
        refusal="Only the named signers can answer here. You can read along if you were added to the decision.",
        otherwise={
            Kind.REQUESTER: "Nobody signs their own memo. Your signers were asked; you will hear from them here.",
            Kind.HANDED_OVER: "Somebody else signs in your place now. You can still ask a question.",
            Kind.REPLACED: "Somebody else signs in your place now. You can still ask a question.",
            Kind.GUEST_READER: A_GUEST.format("only members sign"),
        },
    ),
    Row(
        "take back what was handed over",
        act(Act.TAKE_BACK),
        frozenset({Kind.HANDED_OVER}),
        lambda s, id, a, now: delegation.take_back(s, id, a, now),
        refusal="You handed nothing over here, so there is nothing to take back.",
        otherwise={Kind.GUEST_READER: A_GUEST.format("only members sign")},
    ),
    Row(
        "close a question whose time is up",
        (*act(Act.CLOSE_QUESTION_OPEN), *form(Modal.CLOSE_QUESTION)),
        REQUESTER,
        lambda s, id, a, now: open_questions.close(
            s, id, _question(s, id), "The report answers it.", a, now + timedelta(days=9)
        ),
        refusal=only_for("the requester"),
    ),
    Row(
        "say how a condition was met",
        (*act(Act.CONDITION_OPEN), *form(Modal.CONDITION)),
        REQUESTER,
        lambda s, id, a, now: signoffs.meet_condition(s, id, "Legal has read it.", a, now),
        State.NOT_YET,
        only_for("the requester, and whoever meets the condition"),
    ),
    Row(
        "ask somebody else in place of a silent signer",
        (*act(Act.CLIMB, Act.CLIMB_OPEN), *form(Modal.CLIMB)),
        REQUESTER,
        lambda s, id, a, now: delegation.replace_signer(s, id, VERA, RON, Rung.VP, a, now),
        State.OVERDUE,
        only_for("the requester"),
    ),
    Row(
        "give the signers a new date",
        (*act(Act.EXTEND_OPEN), *form(Modal.EXTEND)),
        REQUESTER,
        lambda s, id, a, now: deadline.extend(s, id, now.date() + timedelta(days=9), a, now, late=True),
        refusal=only_for("the requester"),
    ),
    Row(
        "withdraw it",
        (*act(Act.WITHDRAW_OPEN), *form(Modal.WITHDRAW)),
        REQUESTER,
        lambda s, id, a, now: signoffs.withdraw(s, id, "Not needed.", a, now),
        refusal=only_for("the requester"),
    ),
    Row(
        "take it over once its requester has left",
        act(Act.TAKE_OVER),
        frozenset({Kind.OWNER, Kind.HANDED_OVER, Kind.REPLACED, Kind.ASKED, Kind.READER}),
        _take_over,
        refusal="You sign this one, and nobody signs their own memo. Somebody else has to take it over.",
        otherwise={
            Kind.REQUESTER: SWITCHED_OFF,
            Kind.GUEST_READER: A_GUEST.format("only members take a decision over"),
        },
    ),
    Row(
        "say that it shipped",
        (*act(Act.SHIPPED_OPEN), *form(Modal.SHIPPED)),
        OWNERS,
        lambda s, id, a, now: looking_back.shipped(s, id, now.date(), a, now),
        State.APPROVED,
        only_for("the requester and the owner"),
    ),
    Row(
        "say that it has not shipped yet",
        act(Act.NOT_SHIPPED),
        OWNERS,
        lambda s, id, a, now: looking_back.not_shipped(s, id, a, now),
        State.APPROVED,
        only_for("the requester and the owner"),
    ),
    Row(
        "say that it was dropped",
        (*act(Act.DROP_OPEN), *form(Modal.DROP)),
        OWNERS,
        lambda s, id, a, now: looking_back.drop(s, id, "The supplier left.", a, now),
        State.APPROVED,
        only_for("the requester and the owner"),
    ),
    Row(
        "write the review",
        (*act(Act.LOOK_OPEN), *form(Modal.LOOK)),
        OWNERS,
        _look(Look.REVIEW),
        State.IMPLEMENTED,
        only_for("the requester and the owner"),
    ),
    Row(
        "write the learning check",
        (),
        OWNERS,
        _look(Look.LEARNING),
        State.DEFLECTED,
        only_for("the requester and the owner"),
    ),
    Row(
        "let the review wait for the day that was predicted",
        act(Act.LOOK_LATER),
        OWNERS,
        lambda s, id, a, now: looking_back.look_on_target_day(s, id, a, now),
        State.IMPLEMENTED,
        only_for("the requester and the owner"),
    ),
    Row(
        "disagree and commit, with a day to look again",
        (*act(Act.REVISIT_OPEN), *form(Modal.REVISIT)),
        REQUESTER,
        lambda s, id, a, now: looking_back.disagree_and_commit(s, id, now.date() + timedelta(days=30), a, now),
        State.DECLINED,
        only_for("the requester"),
    ),
    Row(
        "say that one sees it differently",
        (*act(Act.DISSENT_OPEN), *form(Modal.DISSENT)),
        TAKE_PART,
        lambda s, id, a, now: commitments.dissent(s, id, Degree.DISAGREE, "January differs.", a, now),
        State.APPROVED,
    ),
    Row(
        "state what was decided over dissent",
        (*act(Act.STATE_OPEN), *form(Modal.STATE)),
        frozenset({Kind.SIGNER}),
        lambda s, id, a, now: commitments.state(s, id, "We ship it.", "The promise.", in_weeks(5, now), a, now),
        State.DISSENTED,
        only_for("whoever decided it"),
    ),
    Row(
        "commit to it",
        act(Act.COMMIT),
        TAKE_PART - {Kind.SIGNER, Kind.GUEST_READER},
        lambda s, id, a, now: commitments.commit(s, id, a, now),
        State.STATED,
        otherwise={
            Kind.SIGNER: "Nobody asked you whether you commit to this. Nothing was changed.",
            Kind.GUEST_READER: A_GUEST.format("only members commit to what is decided"),
        },
    ),
    Row(
        "say why one can't commit",
        (*act(Act.CANNOT_OPEN), *form(Modal.CANNOT)),
        TAKE_PART - {Kind.SIGNER, Kind.GUEST_READER},
        lambda s, id, a, now: commitments.cannot(s, id, "Legal has not read it.", in_weeks(1, now), a, now),
        State.STATED,
        otherwise={
            Kind.SIGNER: "Nobody asked you whether you commit to this. Nothing was changed.",
            Kind.GUEST_READER: A_GUEST.format("only members commit to what is decided"),
        },
    ),
    Row(
        "look again at what was decided over dissent",
        (*act(Act.AGAIN_OPEN), *form(Modal.AGAIN)),
        frozenset({Kind.SIGNER}),
        lambda s, id, a, now: commitments.look_again(
            s, id, commitments.Revisited(Again.KEEP, "Contacts +2%.", {}, "A report"), a, now
        ),
        State.STATED,
        only_for("whoever decided it"),
    ),
    Row(
        "open a trade-off about it",
        (*act(Act.TRADEOFF_OPEN), *form(Modal.TRADEOFF)),
        REQUESTER,
        lambda s, id, a, now: tradeoffs.open_tradeoff(s, id, SIDES, "", a, now),
        State.TRIAGE,
        only_for(ARGUE),
        otherwise={Kind.GUEST_READER: A_GUEST.format("only members open a trade-off")},
    ),
    Row(
        "plan the experiment",
        (*act(Act.TRADEOFF_PLAN_OPEN), *form(Modal.TRADEOFF_PLAN)),
        REQUESTER | SIDES_,
        lambda s, id, a, now: tradeoffs.plan(s, id, slots(now.date()), "", a, now),
        State.ARGUED,
        only_for(ARGUE),
    ),
    Row(
        "agree to the experiment",
        act(Act.TRADEOFF_AGREE),
        SIDES_,
        lambda s, id, a, now: tradeoffs.agree(s, id, 1, a, now),
        State.ARGUED,
        only_for(ARGUE),
        otherwise={Kind.REQUESTER: only_for("whoever speaks for a side")},
    ),
    Row(
        "put in what the experiment showed",
        (*act(Act.TRADEOFF_RESULTS_OPEN), *form(Modal.TRADEOFF_RESULTS)),
        REQUESTER | SIDES_,
        lambda s, id, a, now: tradeoffs.put_results(s, id, figures(slots(now.date()), now.date()), "", a, now),
        State.AGREED,
        only_for(ARGUE),
    ),
    Row(
        "close the entry of the trade-off log",
        (*act(Act.TRADEOFF_CLOSE_OPEN), *form(Modal.TRADEOFF_CLOSE)),
        REQUESTER,
        lambda s, id, a, now: tradeoffs.close(
            s, id, tradeoffs.Closing("One slot.", "1 slot", "It was stopped.", in_weeks(5, now)), a, now
        ),
        State.TOLD,
        only_for(ARGUE),
        otherwise=dict.fromkeys(SIDES_, only_for("the requester")),
    ),
    Row(
        "read the trade-off log",
        ("/escalate tradeoffs", *act(Act.TRADEOFFS_EXPORT)),
        MEMBERS | {Kind.ELSEWHERE},
        _log,
        None,
        A_GUEST.format("only members read the trade-off log"),
    ),
    Row(
        "snooze its reminders", act(Act.SNOOZE), TAKE_PART, lambda s, id, a, now: looking_back.snooze(s, id, 3, a, now)
    ),
    Row(
        "take up what was left alone",
        act(Act.TAKE_UP),
        TAKE_PART,
        lambda s, id, a, now: answering.take_up(s, id, a, now),
        State.TRIAGE,
    ),
    Row(
        "bring up its card",
        act(Act.SHOW),
        TAKE_PART,
        lambda s, id, a, now: answering.resume(s, open_decision(s, a, id), a, now),
    ),
    Row(
        "open it from Home or a list",
        act(Act.OPEN),
        TAKE_PART,
        lambda s, id, a, now: open_decision(s, a, id, lock=False),
    ),
    Row(
        "bring it up by its number",
        ("/escalate D-42",),
        TAKE_PART,
        lambda s, id, a, now: answering.resume(s, open_numbered(s, a, in_hand(s, id).number), a, now),
        numbered=True,
    ),
    Row(
        "read it beside a channel, as a work object",
        ("entity_details_requested",),
        TAKE_PART,
        lambda s, id, a, now: open_numbered(s, a, in_hand(s, id).number),
        numbered=True,
    ),
    Row("list what is open, as far as one may see it", ("/escalate list",), ALL, _list, None),
    Row(
        "find what was decided, as far as one may see it",
        ("/escalate find return window", *act(Act.FIND), *form(Modal.FIND)),
        ALL,
        lambda s, id, a, now: finding.find(s, a, "return window"),
        None,
    ),
    Row(
        "end one's triage by what was decided before",
        act(Act.SETTLED_BY),
        REQUESTER,
        lambda s, id, a, now: settling.settle(s, id, 900, a, now),
        State.TRIAGE,
        only_for("the requester"),
    ),
    Row(
        "say what one's decision is to replace",
        act(Act.REPLACES),
        REQUESTER,
        lambda s, id, a, now: settling.replace(s, id, 900, True, a, now),
        State.TRIAGE,
        only_for("the requester"),
    ),
    Row("see who sits on a ladder", ("/escalate ladder",), ALL, lambda s, id, a, now: admit(s, a), None),
    Row(
        "propose a change of a ladder",
        (*act(Act.LADDER_OPEN), *form(Modal.LADDER)),
        MEMBERS | {Kind.ELSEWHERE},
        lambda s, id, a, now: keepers.propose(s, CHANNEL, {"peer": [OTTO]}, a, now),
        None,
        A_GUEST.format("only members change a ladder"),
    ),
    Row(
        "change the workspace's ladder",
        (),
        frozenset({Kind.KEEPER}),
        lambda s, id, a, now: ladders.seat(s, "", {"peer": [OTTO]}, a, now),
        None,
        f"The keepers change it: <@{ADA}>. “/escalate ladder” proposes a change to them.",
        otherwise=dict.fromkeys(GUESTS, A_GUEST.format("only members change a ladder")) | NOBODY_KEEPS,
    ),
    Row(
        "change a channel's own ladder",
        (),
        frozenset({Kind.KEEPER, Kind.SIGNER, Kind.DELEGATE, Kind.ASKED}),
        lambda s, id, a, now: ladders.seat(s, CHANNEL, {"peer": [OTTO]}, a, now),
        None,
        "Whoever sits on this channel's ladder changes it, and so do the keepers: "
        f"<@{ADA}>. “/escalate ladder” proposes a change to them.",
        otherwise=dict.fromkeys(GUESTS, A_GUEST.format("only members change a ladder")) | NOBODY_SITS,
    ),
    Row(
        "keep or decline what was proposed",
        act(Act.PROPOSAL_KEEP, Act.PROPOSAL_DECLINE),
        frozenset({Kind.KEEPER}),
        _settle_proposal,
        None,
        f"Keepers settle what was proposed: <@{ADA}>.",
        otherwise=dict.fromkeys(GUESTS, A_GUEST.format("only members change a ladder"))
        | {Kind.ELSEWHERE: "I can't find that proposal. “/escalate ladder” shows who sits where."},
    ),
    Row("see who keeps the ladder", ("/escalate keepers",), ALL, lambda s, id, a, now: admit(s, a), None),
    Row(
        "name a keeper",
        (),
        frozenset({Kind.KEEPER}),
        lambda s, id, a, now: keepers.name_keeper(s, OTTO, a, now),
        None,
        f"Keepers name each other: <@{ADA}>.",
        otherwise=dict.fromkeys(GUESTS, A_GUEST.format("only members change a ladder"))
        | {Kind.ELSEWHERE: f"Keepers name each other. {NO_KEEPER}"},
    ),
    Row("see the policy", ("/escalate policy",), ALL, lambda s, id, a, now: admit(s, a), None),
    Row(
        "propose a change of the policy",
        (
            *act(Act.POLICY_OPEN, Act.POLICY_FORM_OPEN),
            *form(Modal.POLICY, Modal.POLICY_FORM, Modal.POLICY_CONFIRM),
        ),
        MEMBERS | {Kind.ELSEWHERE},
        lambda s, id, a, now: policy_proposals.propose_policy(s, {"wait_days": 9}, 1, a, now),
        None,
        A_GUEST.format(policy.MEMBERS_CHANGE),
    ),
    Row(
        "change the policy",
        (),
        frozenset({Kind.KEEPER}),
        lambda s, id, a, now: policy.change_policy(s, {"wait_days": 9}, 1, a, now),
        None,
        f"Keepers change the policy: <@{ADA}>.",
        otherwise=dict.fromkeys(GUESTS, A_GUEST.format(policy.MEMBERS_CHANGE))
        | {Kind.ELSEWHERE: f"Keepers change the policy. {NO_KEEPER}"},
    ),
    Row(
        "try a policy on the last year",
        act(Act.POLICY_TRY),
        frozenset({Kind.KEEPER}),
        lambda s, id, a, now: trying.ask_to_try(s, {"wait_days": 9}, a, now),
        None,
        f"Keepers try a policy on the last year: <@{ADA}>.",
        otherwise=dict.fromkeys(GUESTS, A_GUEST.format("only members change a ladder"))
        | {Kind.ELSEWHERE: f"Keepers try a policy on the last year. {NO_KEEPER}"},
    ),
    Row(
        "keep or decline what was proposed of the policy",
        act(Act.POLICY_KEEP, Act.POLICY_DECLINE),
        frozenset({Kind.KEEPER}),
        _settle_policy_proposal,
        None,
        f"Keepers settle what was proposed: <@{ADA}>.",
        otherwise=dict.fromkeys(GUESTS, A_GUEST.format(policy.MEMBERS_CHANGE))
        | {Kind.ELSEWHERE: f"Keepers settle what was proposed. {NO_KEEPER}"},
    ),
    Row(
        "name a deputy",
        ("/escalate deputy @name",),
        frozenset({Kind.SIGNER, Kind.DELEGATE, Kind.ASKED}),
        lambda s, id, a, now: ladders.name_deputy(s, EVE if a.user != EVE else OTTO, a, now),
        None,
        "You sit on no ladder here, so there is nothing to sign in your place.",
        otherwise=dict.fromkeys(GUESTS, A_GUEST.format("only members change a ladder")),
    ),
    Row(
        "change a channel's digest",
        ("/escalate digest", *act(Act.DIGEST_OPEN), *form(Modal.DIGEST)),
        MEMBERS | {Kind.ELSEWHERE},
        _plan,
        None,
        A_GUEST.format("only members change a channel's digest"),
    ),
    Row(
        "see how a channel decides",
        ("/escalate insights",),
        MEMBERS | {Kind.ELSEWHERE},
        lambda s, id, a, now: check_may_see(s, a, CHANNEL),
        None,
        A_GUEST.format("only members see how a channel decides"),
    ),
    Row(
        "see how the whole workspace decides",
        ("/escalate insights workspace",),
        frozenset({Kind.KEEPER}),
        lambda s, id, a, now: check_may_see(s, a, ""),
        None,
        f"Keepers {KEEPERS_SEE}: <@{ADA}>.",
        otherwise={
            **dict.fromkeys(GUESTS, A_GUEST.format("only members see how a channel decides")),
            Kind.ELSEWHERE: f"Keepers {KEEPERS_SEE}. {NO_KEEPER}",
        },
    ),
    Row(
        "bring a channel its insights every month",
        ("/escalate insights monthly",),
        MEMBERS | {Kind.ELSEWHERE},
        lambda s, id, a, now: plan_monthly(s, CHANNEL, True, a, now),
        None,
        A_GUEST.format("only members change a channel's digest"),
    ),
    Row(
        "see the maps of customers' journeys, but for private ones of others",
        ("/escalate map", *act(Act.MAP_OPEN), *form(Modal.MAPS, Modal.MAP)),
        MEMBERS | {Kind.ELSEWHERE},
        lambda s, id, a, now: maps.seen(s, a),
        None,
        A_GUEST.format(maps.MEMBERS_MAP),
    ),
    Row(
        "begin a map",
        (*act(Act.MAP_FORM_OPEN), *form(Modal.MAP_FORM)),
        MEMBERS | {Kind.ELSEWHERE},
        lambda s, id, a, now: maps.begin_map(s, "Returns", False, a, now),
        None,
        A_GUEST.format(maps.MEMBERS_MAP),
    ),
    Row(
        "change somebody's map: its teams, its name, take it down, ask for a lever",
        act(Act.MAP_DOWN, Act.TEAM_OFF, Act.LEVER_ASK),
        frozenset({Kind.REQUESTER, Kind.KEEPER}),
        lambda s, id, a, now: maps.ask_lever(s, _nameless(s), a, now),
        None,
        f"Whoever made this map changes it, and so do the keepers: <@{RITA}> or <@{ADA}>.",
        otherwise=dict.fromkeys(GUESTS, A_GUEST.format(maps.MEMBERS_MAP)) | NO_MAP,
    ),
    Row(
        "change a team's lines on a map, say its lever, take over what was measured",
        (*act(Act.TEAM_OPEN, Act.LEVER_OPEN, Act.MEASURED_TAKE), *form(Modal.TEAM, Modal.LEVER)),
        frozenset({Kind.REQUESTER, Kind.KEEPER, Kind.ASKED, Kind.COLLEAGUE}),
        lambda s, id, a, now: maps.say_lever(s, _on_the_map(s), "Controls the cutoff, by five days", 3.0, a, now),
        None,
        "Whoever made this map changes it, and so do the keepers, and whoever decides for the team changes its lines: "
        f"<@{RITA}> or <@{ADA}>.",
        otherwise=dict.fromkeys(GUESTS, A_GUEST.format(maps.MEMBERS_MAP)) | NO_MAP,
    ),
    Row(
        "say which teams' levers it touches",
        (*act(Act.TOUCHES_OPEN), *form(Modal.TOUCHES)),
        REQUESTER,
        lambda s, id, a, now: approvals.touch(s, id, [], a, now),
        State.DRAFTING,
        only_for("the requester"),
    ),
    Row(
        "see whose yes it needs, and why",
        (*act(Act.APPROVALS_OPEN), *form(Modal.APPROVALS)),
        TAKE_PART,
        lambda s, id, a, now: open_decision(s, a, id, lock=False),
    ),
    Row(
        "send a slow team the note that asks for the fast lane",
        (*act(Act.FAST_LANE_OPEN), *form(Modal.FAST_LANE)),
        REQUESTER,
        lambda s, id, a, now: fast_lane.send_note(s, id, _on_the_map(s), "Three days cost $600k.", MIA, a, now),
        State.DRAFTING,
        only_for("the requester"),
    ),
    Row("open Home", ("app_home_opened",), ALL, lambda s, id, a, now: profiles.open_home(s, a, now), None),
    Row(
        "choose when they work",
        (*act(Act.HOURS_OPEN), *form(Modal.HOURS)),
        ALL,
        lambda s, id, a, now: profiles.choose_working_time(s, WorkingTime(), a, now),
        None,
    ),
    Row(
        "switch optional reminders off", act(Act.MUTE), ALL, lambda s, id, a, now: profiles.mute(s, True, a, now), None
    ),
)

NOBODYS: Mapping[str, str] = {
    "/escalate help": "the same page for everybody, but for what guests don't start",
    "help_show": "what the word of the command beside the button shows, by its own row",
    "link": "opens an address of Slack's, and does nothing here",
    "form:told": "one sentence, with nothing to send",
    "user_change": "Slack's own news of a person",
    "channel_archive": "Slack's own news of a channel",
    "channel_deleted": "Slack's own news of a channel",
    "app_uninstalled": "Slack's own news of the workspace",
    "tokens_revoked": "Slack's own news of the workspace",
}
"""What nobody can be refused, and why."""
