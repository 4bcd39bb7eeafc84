"""A verdict is kept as findings, in a form that the release before reads, and what that release wrote is read too."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from pydantic import TypeAdapter

from app.db.types import VerdictJson
from app.domain.findings import Gate, GateName, ToldBefore
from app.domain.ladder import Rung
from app.domain.triage.doors import Door
from app.domain.triage.verdict import NextStep, Verdict
from tests.db.test_json import VERDICTS


@dataclass(frozen=True)
class OldGate:
    """As the release before had it."""

    name: GateName
    passed: bool
    reason: str


@dataclass(frozen=True)
class OldVerdict:
    """As the release before had it."""

    door: Door
    why: tuple[str, ...]
    next_step: NextStep
    rung: Rung | None = None
    gates: tuple[OldGate, ...] = ()
    below: Rung | None = None
    notes: tuple[str, ...] = ()


OLD = TypeAdapter(OldVerdict)
WRITTEN = OldVerdict(
    Door.ONE_WAY,
    ("There is no way back to where you are today.",),
    NextStep.TRY_BELOW,
    Rung.DIRECTOR,
    (OldGate(GateName.TRIED, False, "You asked Mia (manager) and have no answer yet."),),
    Rung.MANAGER,
    ("A director is the lowest rung that can decide this: data deleted or migrated with no way back.",),
)


def stored(verdict: Verdict) -> object:
    return json.loads(json.dumps(VerdictJson().process_bind_param(verdict, None)))  # type: ignore[arg-type]


@given(VERDICTS)
def test_the_release_before_reads_what_this_one_writes(verdict: Verdict) -> None:
    """It runs on while this one is rolled out, and may come back."""
    old = OLD.validate_python(stored(verdict))
    assert (old.door, old.next_step, old.rung, old.below) == (
        verdict.door, verdict.next_step, verdict.rung, verdict.below,
    )  # fmt: skip
    assert [(gate.name, gate.passed) for gate in old.gates] == [(gate.name, gate.passed) for gate in verdict.gates]
    assert (len(old.why), len(old.notes)) == (len(verdict.why), len(verdict.notes))
    assert all(isinstance(one, str) for one in (*old.why, *old.notes, *(gate.reason for gate in old.gates)))


def test_what_the_release_before_wrote_is_read_as_it_was_told() -> None:
    value = json.loads(OLD.dump_json(WRITTEN))
    read = VerdictJson().process_result_value(value, None)  # type: ignore[arg-type]
    assert read == Verdict(
        Door.ONE_WAY,
        tuple(map(ToldBefore, WRITTEN.why)),
        NextStep.TRY_BELOW,
        Rung.DIRECTOR,
        (Gate(GateName.TRIED, False, ToldBefore(WRITTEN.gates[0].reason)),),
        Rung.MANAGER,
        tuple(map(ToldBefore, WRITTEN.notes)),
    )
    assert OLD.validate_python(stored(read)) == WRITTEN, "written again, the release before still reads its own words"


@pytest.mark.parametrize("value", [None])
def test_no_verdict_is_no_verdict(value: None) -> None:
    assert VerdictJson().process_bind_param(value, None) is None  # type: ignore[arg-type]
    assert VerdictJson().process_result_value(value, None) is None  # type: ignore[arg-type]
