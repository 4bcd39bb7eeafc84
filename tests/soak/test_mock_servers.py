"""Two mock servers of others, for real: `llmock` from PyPI and `aimock` from npm, where a registry answers."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.assistant import PARTS, Assistant, AssistantDown, Source, connect
from tests.assistant.answer_shapes import cited

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]

LLMOCK = "llmock==0.2.2"
AIMOCK = "@copilotkit/aimock@1.43.0"
TEXT = "The contract ends on 2026-12-01."
SOURCES = [Source("answer", "Deadline", "The contract ends on 2026-12-01")]


def installed(command: Sequence[str]) -> None:
    """Skips the test where the package can't be had."""
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as err:
        pytest.skip(f"{command[-1]} can't be installed here: {type(err).__name__}")


@contextmanager
def serving(command: Sequence[str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            assert server.poll() is None, "the server ended before it was ready"
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def asked(url: str) -> Assistant:
    return connect(api_key="sk-test", base_url=url, model="gpt-4o-mini", timeout=10.0, sleep=lambda _: None)


# ── llmock ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def llmock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("llmock")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
    installed([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", LLMOCK])
    return folder / "bin" / "llmock"


@contextmanager
def of_llmock(llmock: Path, *more: str) -> Iterator[Assistant]:
    port = free_port()
    with serving([str(llmock), "serve", "--port", str(port), "--log-level", "error", *more], port):
        yield asked(f"http://127.0.0.1:{port}")


def test_llmock_answers_the_real_schema(llmock: Path) -> None:
    with of_llmock(llmock) as assistant:
        assert assistant.ping() == "gpt-4o-mini"
        draft = assistant.draft_memo("Drop the old API", SOURCES)
        assert all(draft.parts[part].text for part in PARTS)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--error-rate", "429=1"), "no more requests for now"),
        (("--error-rate", "500=1"), "HTTP 500"),
        (("--error-rate", "503=1"), "still loading"),
        (("--error-rate", "401=1"), "does not accept our key"),
        (("--context-window", "150"), r"\d of 150 tokens"),
    ],
    ids=lambda one: str(one),
)
def test_what_llmock_breaks_is_said_in_a_sentence(llmock: Path, more: tuple[str, ...], told: str) -> None:
    with of_llmock(llmock, *more) as assistant, pytest.raises(AssistantDown, match=told):
        assistant.draft_memo("Drop the old API", SOURCES)


def test_a_llmock_that_fails_now_and_then_ends_in_a_draft_or_in_a_sentence(llmock: Path) -> None:
    ends = {"draft": 0, "sentence": 0}
    broken = ("--error-rate", "500=0.3", "--error-rate", "429=0.2", "--error-rate", "503=0.1")
    with of_llmock(llmock, *broken) as assistant:
        for _ in range(40):
            try:
                assistant.draft_memo("Drop the old API", SOURCES)
                ends["draft"] += 1
            except AssistantDown:
                ends["sentence"] += 1
    assert ends["draft"] > ends["sentence"]


# ── aimock ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("aimock needs node and npm, which are not installed")
    folder = tmp_path_factory.mktemp("aimock")
    installed(["npm", "install", "--prefix", str(folder), "--silent", "--no-audit", "--no-fund", AIMOCK])
    content = json.dumps(cited(TEXT))
    fixtures = {"fixtures": [{"match": {"userMessage": "JSON object"}, "response": {"content": content}}]}
    (folder / "fixtures.json").write_text(json.dumps(fixtures), "utf-8")
    return folder


@contextmanager
def of_aimock(aimock: Path, path: str, *more: str) -> Iterator[Assistant]:
    port = free_port()
    program = aimock / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
    said = ["-p", str(port), "-f", str(aimock / "fixtures.json"), "--log-level", "silent"]
    with serving(["node", str(program), *said, *more], port):
        yield asked(f"http://127.0.0.1:{port}{path}")


@pytest.mark.parametrize(
    "path", ["", "/v1", "/v1/chat/completions", "/openai/deployments/gpt-4o-mini?api-version=2024-10-21"]
)
def test_aimock_drafts_wherever_its_base_url_leads(aimock: Path, path: str) -> None:
    with of_aimock(aimock, path) as assistant:
        assert assistant.draft_memo("Drop the old API", SOURCES).parts["decision"].text == TEXT
        assert assistant.ping() == "gpt-4o-mini"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("--chaos-drop", "HTTP 500"),
        ("--chaos-malformed", "damaged or cut off"),
        ("--chaos-disconnect", "Nothing answers|damaged or cut off"),
        ("--chaos-ratelimit", "no more requests for now"),
    ],
)
def test_what_aimock_breaks_is_said_in_a_sentence(aimock: Path, more: str, told: str) -> None:
    with of_aimock(aimock, "/v1", more, "1") as assistant, pytest.raises(AssistantDown, match=told):
        assistant.draft_memo("Drop the old API", SOURCES)
