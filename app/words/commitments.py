"""Dissent and commitment in words."""

from dataclasses import dataclass

from app.domain.commitments import Degree, Result


@dataclass(frozen=True)
class DegreeWords:
    offered: str  # in a form
    says: str  # after a name
    yours: str  # after "you"


DEGREES: dict[Degree, DegreeWords] = {
    Degree.CONCERN: DegreeWords("I have a concern", "has a concern", "have a concern"),
    Degree.DISAGREE: DegreeWords("I disagree", "disagrees", "disagree"),
    Degree.CANNOT_COMMIT: DegreeWords("I can't commit to it", "can't commit", "can't commit"),
}

RESULT_OFFERED: dict[Result, str] = {
    Result.KEEP: "Keep it: what was decided stands",
    Result.CHANGE: "Change it: a new decision begins, which refers to this one",
    Result.UNDO: "Undo it",
}

RESULT_SAID: dict[Result, str] = {
    Result.KEEP: "kept",
    Result.CHANGE: "changed by a new decision",
    Result.UNDO: "undone",
}
