"""Deliveries that were refused for their signature: is it the secret or a clock? Said now and then.

Whoever knows the address can send what is signed wrongly. So a refusal is said once a minute at most, and means that
something is wrong here only while nothing that is signed rightly comes.
"""

import hmac
import logging
import time
from collections.abc import Callable

from slack_bolt import BoltRequest
from slack_sdk.signature import SignatureVerifier

from app.telemetry import clocks, metrics

log = logging.getLogger(__name__)

SAID_EVERY = 60.0
"""Seconds between two lines about the same."""

MEANT = 3
"""So many in a row, and none that was right in between, are no accident."""

GOOD_FOR = 600.0
"""Seconds for which a delivery that was signed rightly proves the secret, whatever others send."""


class Signatures:
    """One for a process."""

    def __init__(self, secret: str, now: Callable[[], float] = time.monotonic) -> None:
        self._verifier, self._now = SignatureVerifier(secret), now
        self._wrong: dict[str, int] = {}
        """How many since the last right one, by why."""
        self._said: dict[str, float] = {}
        self._right_at: float | None = None

    def accepted(self) -> None:
        """A delivery was signed rightly, just now."""
        self._right_at = self._now()
        self._wrong = {}

    def refused(self, delivery: BoltRequest) -> None:
        """A delivery was refused: find out why, and say so where it was not said a moment ago."""
        why, sentence = self._why(delivery)
        metrics.UNSIGNED.labels(why).inc()
        self._wrong[why] = self._wrong.get(why, 0) + 1
        if why == "none" or self._now() - self._said.get(why, float("-inf")) < SAID_EVERY:
            return
        self._said[why] = self._now()
        log.warning("a delivery was refused: %s", sentence)

    def _why(self, delivery: BoltRequest) -> tuple[str, str]:
        stamp, signed = (
            "".join(delivery.headers.get(name, [""])) for name in ("x-slack-request-timestamp", "x-slack-signature")
        )
        if not signed or not stamp.isdigit():
            return "none", ""
        right = self._verifier.generate_signature(timestamp=stamp, body=delivery.raw_body) or ""
        if not hmac.compare_digest(right.encode(), signed.encode(errors="replace")):
            return "secret", ANOTHER
        return "stamp", _clock(time.time() - int(stamp))

    def trouble(self) -> str | None:
        """What is wrong here, in a few words; None as long as it may be somebody else's fault."""
        if self._right_at is not None and self._now() - self._right_at < GOOD_FOR:
            return None
        if self._wrong.get("stamp", 0) >= MEANT:
            return "deliveries are refused, since their time stamps are not of this machine's time: check its clock"
        if self._wrong.get("secret", 0) >= MEANT:
            return "deliveries are refused, since they are not signed with SLACK_SIGNING_SECRET: check it"
        return None


ANOTHER = (
    "it is not signed with SLACK_SIGNING_SECRET. If all of Slack's are, copy the secret again from your app's page, "
    "under Basic Information; one alone was somebody else's."
)


def _clock(age: float) -> str:
    """``age``: seconds, of a rightly signed delivery by this machine's clock."""
    if abs(clocks.ahead(clocks.SLACK)) > 60:
        return f"this machine's clock is {clocks.off(clocks.SLACK)}. Set it right; five minutes are forgiven."
    lies = "old" if age > 0 else "ahead of this machine's clock"
    return (
        f"it is signed rightly, and {clocks.span(age)} {lies}. Is the clock right? If so, it is an old one, sent again."
    )
