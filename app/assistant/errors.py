"""Why there is no draft, in sentences a requester can act on.

AssistantDown
├── NoModel       none is configured
├── Unreachable   nothing answers at the address                        passing
├── TooSlow       no whole answer in time                               passing
├── RateLimited   429, often with the seconds to wait                   passing
├── Loading       503, the model is being loaded                        passing
├── Failing       another 5xx                                           passing
├── Garbled       the answer was cut off or was not what the API sends  passing
├── Rejected      the key, the model's name or the request is not accepted
├── Declined      the model declined, or a content filter stopped it
├── TooLong       the answer ran past its limit
├── NoRoom        the sources are more than the model can read
└── Nonsense      an answer, but not the one asked for, twice
"""

from typing import ClassVar


class AssistantDown(Exception):
    """No draft this time; the memo can be written without one.

    `sentence` is for the reader. `retry_after` is in seconds, when the endpoint named a wait.
    `passing` tells a queue whether trying again later can help.
    """

    passing: ClassVar[bool] = False

    def __init__(self, sentence: str, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.retry_after = retry_after


class NoModel(AssistantDown):
    """No model is configured: everything but drafting works."""


class Unreachable(AssistantDown):
    """Nothing answers at the configured address."""

    passing = True


class TooSlow(AssistantDown):
    """No whole answer within the time allowed."""

    passing = True


class RateLimited(AssistantDown):
    """The endpoint asks for fewer requests (HTTP 429)."""

    passing = True


class Loading(AssistantDown):
    """The endpoint is up, the model is not yet (HTTP 503)."""

    passing = True


class Failing(AssistantDown):
    """The endpoint failed on its own side (HTTP 5xx)."""

    passing = True


class Garbled(AssistantDown):
    """The answer was cut off on its way, or is not a chat completion."""

    passing = True


class Rejected(AssistantDown):
    """The key, the model's name or the request was not accepted: a setting needs a person."""


class Declined(AssistantDown):
    """The model, or its content filter, would not write this draft."""


class TooLong(AssistantDown):
    """The answer ran past the model's limit or ours."""


class NoRoom(AssistantDown):
    """The sources are longer than the model can read: `asked` tokens where `room` fit, None where it did not say."""

    def __init__(self, sentence: str, asked: int | None = None, room: int | None = None) -> None:
        super().__init__(sentence)
        self.asked = asked
        self.room = room


class Nonsense(AssistantDown):
    """The model answered, but not with the parts asked for, even after one correction."""
