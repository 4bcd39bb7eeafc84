"""The demo's command line: what cannot be a port is said in one sentence."""

import pytest

from demo.__main__ import main


@pytest.mark.parametrize("port", ["abc", "99999", "-1", "3.5"])
@pytest.mark.parametrize("how", ["PORT", "--port"])
def test_what_is_no_port_is_said_in_one_sentence(
    how: str, port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["demo", "--page-only"] + ([f"--port={port}"] if how == "--port" else []))
    monkeypatch.delenv("PORT", raising=False)
    if how == "PORT":
        monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit) as refused:
        main()
    assert refused.value.code == 2
    said = capsys.readouterr().err
    assert said == f"“{port}” is no port: choose a number up to 65535, like 3901.\n"
