"""Whether the bot is in a channel, and so may post there."""

import logging

from slack_sdk.errors import SlackApiError

from app.domain.errors import ThresholdError
from app.slack.errors import Means, NoAnswer, meaning
from app.slack.workspaces import BRISK, Workspaces

log = logging.getLogger(__name__)


def may_post(workspaces: Workspaces, workspace: str, channel: str) -> bool:
    """False where Slack says that we are not in it, or that it is archived. Where nobody says so in time, it is left to
    the first digest.

    Asked by reading: a private channel answers that too with the scopes we have, and ``conversations.info`` does not.
    """
    try:
        workspaces.client(workspace, timeout=BRISK).conversations_history(channel=channel, limit=1)
    except SlackApiError as error:
        return meaning(error) not in (Means.NOT_IN, Means.PLACE_GONE)
    except (NoAnswer, ThresholdError) as error:
        log.info("nobody said whether I am in that channel: %s", type(error).__name__)
    return True
