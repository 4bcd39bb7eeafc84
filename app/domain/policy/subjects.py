"""What of a policy is changed together: a form of its own for each."""

from enum import StrEnum


class Subject(StrEnum):
    TWO_WAY = "two_way"
    EFFECT = "effect"  # one of the lasting effects
    LOWEST = "lowest"  # of every one-way door; by how it is undone, and what that costs
    MISTAKE = "mistake"  # what it costs, in money or on the scale
    CLIMBING = "climbing"  # the wait, and the likelihoods
    SIGNING = "signing"  # days to sign, the bar raiser
    LOOKING_BACK = "looking_back"
    WRITING = "writing"  # who is asked for a document, and what it serves
    WORTH = "worth"  # of the customers' metrics, against each other
    READING = "reading"  # who reads beside those who take part
    NAMES = "names"  # of the rungs
