"""A server to misbehave, and a way to connect to it that records what it would have waited."""

from collections.abc import Iterator

import pytest

from app.assistant import Assistant, connect
from tests.assistant.openai_server import OpenAIServer


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    """The seconds the assistant asked to wait, in order. Nobody waits them."""
    return []


@pytest.fixture
def assistant(server: OpenAIServer, waits: list[float]) -> Assistant:
    return connect(api_key="sk-secret", base_url=server.url, model="test", timeout=10.0, sleep=waits.append)
