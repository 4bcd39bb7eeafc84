"""Why something is no policy: a name with what it takes to say it, in ``app/words/policy_faults.py``."""

from dataclasses import dataclass
from enum import Enum, auto


class Wrong(Enum):
    NO_TOML = auto()  # value: what the parser says
    UNKNOWN_NAME = auto()  # value: the name; known: what there is
    NO_TABLE = auto()
    NO_LIST = auto()  # known: an example
    NONE_OF_THEM = auto()  # value, and known: what there is
    TOO_LOW = auto()  # known: the lowest rung it may be
    NO_AMOUNT = auto()
    OUT_OF_REACH = auto()  # an amount
    DEARER_GOES_LOWER = auto()
    BEGINS_ABOVE_ZERO = auto()
    NO_STEP = auto()
    NO_SHARE = auto()
    NO_NAME = auto()
    TOO_MANY = auto()  # known: how many there may be
    TWO_OF_ONE_NAME = auto()
    NO_DAYS = auto()
    NO_COUNT = auto()  # known: the most it may be
    NO_YES_OR_NO = auto()
    NO_CURRENCY = auto()
    NO_RATE = auto()  # value: the currency
    NO_DAY_OF_RATES = auto()
    WORTH_NOTHING = auto()  # value: the metric
    RATE_OF_NONE = auto()  # value: the currency


@dataclass(frozen=True)
class Fault:
    """``where``: the key in the table, with dots; ``value``: what stands there."""

    what: Wrong
    where: str = ""
    value: str = ""
    known: tuple[str, ...] = ()


class NoPolicy(ValueError):
    """What was given is no policy."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault
