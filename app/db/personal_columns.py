"""Which columns hold what people wrote, or who they are: every one of text or JSON, but for those listed here.

An erasure and the end of keeping go by the tables' own columns, so that a column that is added later is covered before
anybody thinks of it. Whoever adds one that holds neither words nor ids lists it, with the reason.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, Column, MetaData, String, Table

from app.db.types import EnumOf, JsonOf

NOBODY: dict[str, str] = {
    "workspace.id": "the workspace's",
    "*.workspace_id": "the workspace's",
    "*.enterprise_id": "the org's",
    "*.channel_id": "a channel's",
    "*.kind": "a word of ours",
    "*.result": "how it ended, in a word of ours",
    "*.claimed_by": "a process",
    "*.salt": "random",
    "*.hash": "a digest",
    "outbox.key": "random",
    "card.ts": "Slack's number of a message",
    "digest_entry.ts": "Slack's number of a message",
    "parked.ts": "Slack's number of a message",
    "parked.decisions": "numbers of decisions",
    "card.shown": "a digest, or a moment",
    "inbound.identity": "Slack's number of a delivery; gone in three days",
    "seat.rung": "a word of ours",
    "policy_version.policy": "figures and words of ours",
    "policy_proposal.change": "as the policy",
    "suggestion.part": "a word of ours",
    "suggestion.settled": "a word of ours",
    "suggestion.model": "a model's name",
    "suggestion.prompt": "a digest",
    "digest_plan.days": "days of the week",
    "digest_plan.at": "an hour",
    "digest_plan.unposted": "a word of ours",
    "sync.uid": "made of random figures",
    "remark.part": "the key of a part of the page",
    "*.tz": "a zone of the world",
    "person.user_id": "each person's own; the erased one's row goes as a whole",
    "person.name": "each person's own, and two may have the same; the erased one's row goes as a whole",
    "person.country": "a country",
    "decision.touches": "numbers of teams",
    "map_team.after": "numbers of teams",
    "map_team.group_id": "Slack's number of a user group",
    **{
        f"library_entry.{column}": "tokens of other columns' words: app.db.library.shelving makes them anew with those"
        for column in ("title", "body", "marks")
    },
    "library_vector.model": "a model's name",
    "oauth_state.state": "random; gone in ten minutes",
    "audit_event.what": "a word of ours",
    "audit_event.before": "a word of ours",
    "audit_event.after": "a word of ours",
    "audit_event.actor": "the record's own: app.db.erasure overwrites it entry by entry, and keeps the chain",
    "audit_event.detail": "as the actor",
    "audit_event.seal": "salts and digests",
    **{
        f"{table}.{column}": "of the app and of the company, not of a person"
        for table in ("bot", "installation")
        for column in (
            "client_id", "app_id", "enterprise_name", "team_id", "team_name", "bot_id", "bot_user_id", "bot_scopes",
        )
    },
    **{
        f"installation.{column}": "of the app and of the company, not of a person"
        for column in (
            "enterprise_url", "user_scopes", "incoming_webhook_channel", "incoming_webhook_channel_id", "token_type",
        )
    },
    **{
        f"{table}.{column}": "a secret of Slack's, sealed where it stands"
        for table, columns in {
            "bot": ("bot_token", "bot_refresh_token"),
            "installation": (
                "bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url",
                "incoming_webhook_configuration_url",
            ),
        }.items()
        for column in columns
    },
}  # fmt: skip
"""Neither words nor ids of people: ``table.column``, or ``*.column`` in every table, and why."""

WHO: dict[str, str] = {
    "decision.requester_id": "who decided what, and when, is the bare record",
    "decision.owner_id": "as the requester",
    "decision.ladder": "as the requester: ids by rung",
    "decision.judged_in": "as the requester: ids by rung",
    "participant.user_id": "as the requester",
    "memo_version.author_id": "as the requester",
    "document_version.author_id": "as the requester",
    "dissent.user_id": "as the requester",
    "over_dissent.by": "as the requester",
    "over_dissent.revisited_by": "as the requester",
    "commitment.user_id": "as the requester",
    "tradeoff.opened_by": "as the requester",
    "tradeoff.closed_by": "as the requester",
    "tradeoff_side.user_id": "as the requester",
    "tradeoff_plan.author_id": "as the requester",
    "tradeoff_result.author_id": "as the requester",
    "sync.planned_by": "as the requester",
    "sync_reader.user_id": "as the requester",
    "remark.user_id": "as the requester",
    "remark.answered_by": "as the requester",
    "remark.resolved_by": "as the requester",
    "approval.user_id": "as the requester",
    "approval.in_place_of": "as the requester",
    "approval.others": "as the requester",
    "signer.user_id": "as the requester",
    "signer.delegate_of": "as the requester",
    "open_question.asked_by": "as the requester",
    "open_question.answered_by": "as the requester",
    "open_question.meets": "as the requester",
    "look.by": "as the requester",
    "follow_up.recipient": "for whom it was dated; gone in thirty days",
}
"""Ids of people and nothing else. An erasure takes one out; they stay when the words of a decision are forgotten."""


def holds_people(table: Table) -> list[Column[Any]]:
    """The columns in which somebody may stand, by id or by name, or in which they may have written something."""
    return [column for column in table.columns if _is_text(column) and not _listed(column, NOBODY)]


def holds_words(table: Table) -> list[Column[Any]]:
    """The columns in which somebody may have written something."""
    return [column for column in holds_people(table) if not _listed(column, WHO)]


def unknown_names(metadata: MetaData) -> Iterator[str]:
    """What is listed here and stands in no table any more."""
    there = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}
    there |= {f"*.{name.partition('.')[2]}" for name in there}
    yield from sorted({*NOBODY, *WHO} - there)


def _is_text(column: Column[Any]) -> bool:
    """Text, or JSON. An enum is one of a few words of ours."""
    return isinstance(column.type, String | JSON | JsonOf) and not isinstance(column.type, EnumOf)


def _listed(column: Column[Any], names: dict[str, str]) -> bool:
    return f"{column.table.name}.{column.name}" in names or f"*.{column.name}" in names
