"""Every benchmark still runs, on numbers so small that its figures say nothing."""

import pytest

from benchmarks.__main__ import PARTS, main


@pytest.mark.parametrize("name", PARTS)
def test_a_benchmark_says_its_figures(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", name]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1] == f"{name}  (python -m benchmarks {name})"
    assert all(any(sign.isdigit() for sign in line) for line in said[2:])
    assert len(said) > 3


def test_an_unknown_benchmark_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speed"]) == 1
    assert "ack, rate, burst, due, assistant, digest, find, story, memory" in capsys.readouterr().err
