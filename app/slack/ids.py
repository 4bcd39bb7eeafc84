"""The names that travel to Slack and back: actions, modals, fields. Views write them, listeners answer to them.

A button's value and a modal's private_metadata carry what it is about, as compact JSON (``pack``). An action_id may
have a suffix behind a colon (``answer:hours``), since Slack wants it unique within a block.
"""

import json
import re
from enum import StrEnum
from typing import Any

COMMAND = "/escalate"
SHORTCUT = "escalate_thread"
TRADEOFF_SHORTCUT = "tradeoff_thread"


class Act(StrEnum):
    """Buttons and selects, in messages, on Home and in modals. In brackets: what the value packs beside d, the id."""

    # triage
    ANSWER = "answer"  # [q, a] one tap
    ANSWER_FORM = "answer_form"  # [q, f?, v?] reads the inputs of the card; f, v: one of them, filled in by the button
    TITLE_FORM = "title_form"
    BACK = "back"  # [q] the question to go back to
    CHANGE = "change"  # a select whose options pack [q]
    LEAVE = "leave"
    PRIVATE = "private"  # [on]
    # verdict
    DEFLECT_FORM = "deflect_form"  # reads the inputs of the card
    OVERRIDE_OPEN = "override_open"
    ASK_BELOW_OPEN = "ask_below_open"
    BELOW_CAN_OPEN = "below_can_open"
    BELOW_CANNOT_OPEN = "below_cannot_open"  # with advice, where there is any
    BELOW_TWO_WAY_OPEN = "below_two_way_open"
    BELOW_DISAGREE_OPEN = "below_disagree_open"
    OWN_WORDS_OPEN = "own_words_open"  # what the requester wrote down for somebody
    RENAME_OPEN = "rename_open"
    # memo
    MEMO_OPEN = "memo_open"
    MEMO_READ = "memo_read"
    SEND_OPEN = "send_open"
    EXPORT = "export"
    ASSIST = "assist"  # [part?] draft all, or one part in a neutral tone
    SUGGESTIONS_OPEN = "suggestions_open"
    HELP_OPEN = "help_open"  # what is missing, what a bar raiser would ask: from the record alone
    READER_OPEN = "reader_open"
    READER_OUT_OPEN = "reader_out_open"
    READER_ADD = "reader_add"  # [to] whoever asked to read along
    READER_DECLINE = "reader_decline"  # [to]
    READ_HERE = "read_here"  # in the channel that was told of it
    ASK_READ = "ask_read"
    # the document beside it
    WRITE_START = "write_start"  # a new decision that begins with its document
    WRITE_OPEN = "write_open"  # its sections; or, where there is none, which kind
    SECTION_OPEN = "section_open"  # [s] the section
    DOCUMENT_READ = "document_read"
    DOCUMENT_EXPORT = "document_export"  # [as_] md or docx
    LEND_NAME = "lend_name"  # [w, on] the digest of the quote's words, yes or no
    # disagree and commit
    DISSENT_OPEN = "dissent_open"
    STATE_OPEN = "state_open"  # what was decided over dissent
    COMMIT = "commit"
    CANNOT_OPEN = "cannot_open"
    AGAIN_OPEN = "again_open"  # look at it again
    # between teams
    TRADEOFF_OPEN = "tradeoff_open"
    TRADEOFF_PLAN_OPEN = "tradeoff_plan_open"
    TRADEOFF_AGREE = "tradeoff_agree"  # [v] the version of the plan that was shown
    TRADEOFF_RESULTS_OPEN = "tradeoff_results_open"
    TRADEOFF_CLOSE_OPEN = "tradeoff_close_open"
    TRADEOFFS_EXPORT = "tradeoffs_export"  # [as_] md or csv
    # pre-read and sync
    PREREAD_OPEN = "preread_open"
    PREREAD_READ = "preread_read"  # they have read it
    REMARK_OPEN = "remark_open"  # [k] a comment, or a question
    APPROVE_WRITTEN = "approve_written"  # [v] the version that was shown
    REMARK_ANSWER_OPEN = "remark_answer_open"  # [r] the remark's id
    REMARK_RESOLVE = "remark_resolve"  # [r]
    REMARK_RAISE = "remark_raise"  # [r] it has to be settled, after all
    REMARKS_SHOW = "remarks_show"  # all that was said
    SYNC_MOVE_OPEN = "sync_move_open"
    SYNC_OFF = "sync_off"
    SYNC_OPEN = "sync_open"  # its questions, each with its answer field
    # maps and the fewest approvals
    MAP_OPEN = "map_open"  # [j] the journey; none: the list of maps
    MAP_FORM_OPEN = "map_form_open"  # [j?] begin one, or call it otherwise
    MAP_DOWN = "map_down"  # [j]
    TEAM_OPEN = "team_open"  # [j, t?] the team's lines
    TEAM_OFF = "team_off"  # [j, t]
    LEVER_ASK = "lever_ask"  # [j, t]
    LEVER_OPEN = "lever_open"  # [t] where whoever decides there was asked
    MEASURED_TAKE = "measured_take"  # [j, t]
    TOUCHES_OPEN = "touches_open"  # which levers a decision touches
    APPROVALS_OPEN = "approvals_open"  # whose yes it needs, and why
    FAST_LANE_OPEN = "fast_lane_open"  # [t] the note to a slow team
    # sign-off
    SIGN_OPEN = "sign_open"  # [a, v] the answer, the memo version that was shown
    CHANGE_ANSWER_OPEN = "change_answer_open"  # one that was given, until the decision closes
    QUESTION_OPEN = "question_open"
    REPLY_OPEN = "reply_open"  # [q] the question's id
    RESOLVE = "resolve"  # [q]
    CLOSE_QUESTION_OPEN = "close_question_open"  # [q] the requester, once its time is up
    TAKE_BACK = "take_back"  # what was handed over, until the delegate has answered
    TAKE_UP = "take_up"  # keep it open, and show its card
    HAND_OVER_OPEN = "hand_over_open"
    CONDITION_OPEN = "condition_open"
    CLIMB = "climb"  # [old, to, rung] one click; rung "" for a bar raiser
    CLIMB_OPEN = "climb_open"  # [old, rung] somebody has to be chosen first
    EXTEND_OPEN = "extend_open"
    WITHDRAW_OPEN = "withdraw_open"
    TAKE_OVER = "take_over"  # from a requester who has left
    # looking back
    SHIPPED_OPEN = "shipped_open"
    NOT_SHIPPED = "not_shipped"
    DROP_OPEN = "drop_open"
    LOOK_OPEN = "look_open"  # [look]
    LOOK_LATER = "look_later"  # on the day that the prediction names
    REVISIT_OPEN = "revisit_open"
    # anywhere
    SNOOZE = "snooze"  # a select whose options pack [days]
    MUTE = "mute"  # [on] optional reminders
    HOURS_OPEN = "hours_open"
    START_OPEN = "start_open"
    HELP_SHOW = "help_show"  # [v, c] what a word of the command shows
    SHOW = "show"  # bring the card to the bottom of the conversation
    OPEN = "open"  # what the card shows, in a form, with its answers
    FIND = "find"  # the field on Home; what was typed is the value
    SETTLED_BY = "settled_by"  # [n] the number of the decision that settles this triage
    REPLACES = "replaces"  # [n, on] the number of the decision that this one is to replace
    PARKED_TO = "parked_to"  # [p, d] a parked message belongs to this triage
    PARKED_NEW = "parked_new"  # [p] … or is a new decision
    PROPOSAL_KEEP = "proposal_keep"  # [p] the proposal
    PROPOSAL_DECLINE = "proposal_decline"  # [p]
    POLICY_TRY = "policy_try"  # [v, c] the change as it stands in the form: what it would have done to last year
    POLICY_OPEN = "policy_open"
    POLICY_FORM_OPEN = "policy_form_open"  # [s, e?] the subject, and which lasting effect
    POLICY_KEEP = "policy_keep"  # [p] the proposal
    POLICY_DECLINE = "policy_decline"  # [p]
    LADDER_OPEN = "ladder_open"  # [c] the channel, or ""
    DIGEST_OPEN = "digest_open"  # [c]
    LINK = "link"  # a button with a url: Slack reports the click, nothing is done


class Modal(StrEnum):
    """callback_ids."""

    START = "start"
    OVERRIDE = "override"
    ASK_BELOW = "ask_below"
    BELOW = "below"  # [a] an Advice
    DECIDE_BELOW = "decide_below"
    OWN_WORDS = "own_words"
    RENAME = "rename"
    MEMO = "memo"  # [v] the version it is based on
    READ = "read"  # nothing to submit
    SEND = "send"
    SUGGESTIONS = "suggestions"
    READER = "reader"
    READER_OUT = "reader_out"
    SIGN = "sign"  # [a, v]
    CHANGE_ANSWER = "change_answer"  # [v]
    QUESTION = "question"
    REPLY = "reply"  # [q]
    CLOSE_QUESTION = "close_question"  # [q]
    HAND_OVER = "hand_over"
    CONDITION = "condition"
    CLIMB = "climb"  # [old, rung]
    EXTEND = "extend"
    WITHDRAW = "withdraw"
    SHIPPED = "shipped"
    DROP = "drop"
    LOOK = "look"  # [look]
    REVISIT = "revisit"
    LADDER = "ladder"  # [c]
    POLICY = "policy"  # nothing to submit: each subject has a button
    POLICY_FORM = "policy_form"  # [s, e?, v] v: the version of the policy that it shows
    POLICY_CONFIRM = "policy_confirm"  # [c, v] the change, as domain.policy.table has it
    DIGEST = "digest"  # [c]
    HOURS = "hours"
    FIND = "find"
    WRITE = "write"  # which kind, and for a new decision its headline; [c] the channel
    DOCUMENT = "document"  # its sections; sent, a version is published
    SECTION = "section"  # [s, v] the section, the digest of what it held
    DOCUMENT_PAGE = "document_page"  # nothing to submit
    DISSENT = "dissent"
    STATE = "state"
    CANNOT = "cannot"
    AGAIN = "again"
    TRADEOFF = "tradeoff"  # sides and objectives; for a new decision its sentence; [c] the channel
    TRADEOFF_PLAN = "tradeoff_plan"
    TRADEOFF_RESULTS = "tradeoff_results"
    TRADEOFF_CLOSE = "tradeoff_close"
    PREREAD = "preread"
    PREREAD_AT = "preread_at"  # [who, sil] the readers that were chosen
    REMARK = "remark"  # [k]
    REMARK_ANSWER = "remark_answer"  # [r]
    REMARKS = "remarks"  # nothing to submit
    SYNC_MOVE = "sync_move"
    SYNC = "sync"
    MAPS = "maps"  # nothing to submit
    MAP = "map"  # [j] nothing to submit: each team has its buttons
    MAP_FORM = "map_form"  # [j?]
    TEAM = "team"  # [j, t?]
    LEVER = "lever"  # [t]
    TOUCHES = "touches"
    APPROVALS = "approvals"  # nothing to submit
    FAST_LANE = "fast_lane"  # [t]
    TOLD = "told"  # one sentence, nothing to submit


VALUE = "value"
"""The action_id of every input; its block_id is the field's name."""


def pack(**what: Any) -> str:
    """Compact JSON for a value (2,000 characters) or private_metadata (3,000)."""
    return json.dumps(what, separators=(",", ":"), sort_keys=True)


def unpack(text: str) -> dict[str, Any]:
    """What ``pack`` packed; an empty dict for anything else, so that a forged value finds no decision."""
    try:
        found = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: kept(value) if isinstance(value, str) else value for key, value in found.items()}


_UNKEPT = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")
_BREAK = re.compile("[\x0b\x0c]")


def kept(text: str) -> str:
    """What somebody typed, without what no database keeps: control characters, halves of a sign. U+000B, with which
    PowerPoint breaks a line, breaks one."""
    return _UNKEPT.sub("", _BREAK.sub("\n", text))


def act_of(action_id: str) -> str:
    """An id without its suffix."""
    return action_id.partition(":")[0]
