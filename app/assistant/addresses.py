"""Where an endpoint is asked: what a base URL may mean."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Address:
    """Where requests go: `base` is what /chat/completions is put behind, `query` goes with each of them."""

    base: str
    query: tuple[tuple[str, str], ...] = ()


def addresses(base_url: str) -> tuple[Address, ...]:
    """What a base URL may mean, the likeliest first. Raises ValueError for one that is not http(s).

    One that is complete to /chat/completions, names a version ("/v1", "/v1beta/openai") or has a query is taken as it
    is given. "http://localhost:11434" is enough: it means its /v1, and itself where there is none.
    """
    url = urlsplit(base_url.strip())
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError("The model's base URL must start with http:// or https:// and a host.")
    query = tuple(parse_qsl(url.query, keep_blank_values=True))
    path = url.path.rstrip("/")
    complete = path.endswith("/chat/completions")
    path = path.removesuffix("/chat/completions")

    def at(path: str) -> Address:
        return Address(url._replace(path=path, query="", fragment="").geturl(), query)

    versioned = any(step[:1] == "v" and step[1:2].isdigit() for step in path.split("/"))
    if complete or versioned or query:
        return (at(path),)
    return at(f"{path}/v1"), at(path)
