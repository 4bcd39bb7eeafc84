"""Slack's error codes, and what each means for a message that waits: one table."""

import re
from enum import StrEnum

from slack_sdk.errors import SlackApiError


class Means(StrEnum):
    AGAIN = "again"  # Slack's trouble: try again later
    SLOWER = "slower"  # rate limited: try again after Retry-After
    PLACE_GONE = "place_gone"  # the channel was deleted or archived
    NOT_IN = "not_in"  # the bot was not invited
    PERSON_GONE = "person_gone"  # left, or can't be written to
    CARD_GONE = "card_gone"  # the message to edit is no longer there
    REFUSED = "refused"  # a fault of ours: trying again changes nothing


MEANS: dict[str, Means] = {
    "internal_error": Means.AGAIN,
    "fatal_error": Means.AGAIN,
    "service_unavailable": Means.AGAIN,
    "request_timeout": Means.AGAIN,
    "team_added_to_org": Means.AGAIN,
    "accesslimited": Means.AGAIN,
    "team_access_not_granted": Means.AGAIN,
    "ratelimited": Means.SLOWER,
    "rate_limited": Means.SLOWER,
    "message_limit_exceeded": Means.SLOWER,
    "channel_not_found": Means.PLACE_GONE,
    "is_archived": Means.PLACE_GONE,
    "not_in_channel": Means.NOT_IN,
    "restricted_action": Means.NOT_IN,
    "restricted_action_read_only_channel": Means.NOT_IN,
    "user_not_found": Means.PERSON_GONE,
    "user_disabled": Means.PERSON_GONE,
    "user_not_visible": Means.PERSON_GONE,
    "users_not_found": Means.PERSON_GONE,
    "cannot_dm_bot": Means.PERSON_GONE,
    "messages_tab_disabled": Means.PERSON_GONE,
    "message_not_found": Means.CARD_GONE,
    "cant_update_message": Means.CARD_GONE,
    "edit_window_closed": Means.CARD_GONE,
    "duplicate_message_not_found": Means.CARD_GONE,  # it was posted, and taken away since
    "file_not_found": Means.AGAIN,  # an upload that nobody completed in time: it is brought again
    # The token is no good: nothing of ours is at fault, and a new one delivers what waits.
    "invalid_auth": Means.AGAIN,
    "account_inactive": Means.AGAIN,
    "token_revoked": Means.AGAIN,
    "token_expired": Means.AGAIN,
    "missing_scope": Means.AGAIN,
    "unreadable_answer": Means.AGAIN,
}


class NoAnswer(OSError):
    """Slack did not answer: no line, a line cut in the middle of the answer, or a body that can't be read. Whether the
    work was done is unknown. Raised around requests alone (``app.slack.calls``), so that a fault of ours is never taken
    for one of the network. ``how``: the name of what was raised there."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


UNREADABLE = "unreadable_answer"
"""Our code where Slack's answer was no JSON: the client puts what it read, people's words too, in the code's place."""


def code_of(error: SlackApiError) -> str:
    """Slack's code; empty where there is none."""
    data = error.response.data if hasattr(error.response, "data") else error.response
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    return code if CODE.fullmatch(code) or not code else UNREADABLE


CODE = re.compile(r"[a-z0-9_]{1,80}")


def meaning(error: SlackApiError) -> Means:
    """What an error from Slack means. A status of 429 or 5xx says more than the body."""
    status = getattr(error.response, "status_code", 200)
    if status == 429:
        return Means.SLOWER
    if status >= 500:
        return Means.AGAIN
    return MEANS.get(code_of(error), Means.REFUSED)


def retry_after(error: SlackApiError) -> float:
    """Seconds that Slack asked us to wait; one where it named none."""
    headers = getattr(error.response, "headers", None) or {}
    found = next((value for key, value in headers.items() if key.lower() == "retry-after"), "1")
    try:
        return max(1.0, float(found[0] if isinstance(found, list) else found))
    except ValueError:
        return 1.0
