"""Somebody's browser, as far as adding the app to a workspace takes one: links, redirects, cookies."""

import http.client
import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from sandbox import Grid, Workspace


@dataclass(frozen=True)
class Page:
    """What came back: the status, what a person reads, and where the page or the redirect leads."""

    status: int
    html: str
    headers: dict[str, str]
    url: str

    @property
    def title(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.html)
        return unescape(found[1]) if found else ""

    @property
    def link(self) -> str:
        """The page's one link, or where it sends the browser."""
        found = re.search(r'<a href="(.*?)"', self.html)
        return urljoin(self.url, self.headers.get("location") or (unescape(found[1]) if found else ""))


@dataclass
class Browser:
    """Keeps cookies by address. Follows nothing by itself."""

    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def get(self, url: str) -> Page:
        parts = urlsplit(url)
        jar = self.cookies.setdefault(parts.netloc, {})
        line = http.client.HTTPConnection(parts.netloc, timeout=10)
        try:
            sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())} if jar else {}
            line.request("GET", f"{parts.path}?{parts.query}", headers=sent)
            answer = line.getresponse()
            text = answer.read().decode()
        finally:
            line.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                jar[key] = rest.partition(";")[0]
        return Page(answer.status, text, {k.lower(): v for k, v in answer.getheaders()}, url)

    def consent(self, bot: str, owner: Workspace | Grid, *, deny: bool = False) -> str:
        """From the bot's install page to Slack's, which is answered for a workspace or an org.

        Returns the address that Slack sends the browser back to, not yet visited.
        """
        asked = urlsplit(self.get(f"{bot}/slack/install").link)
        chosen = [*parse_qsl(asked.query), ("team", owner.id), *([("answer", "deny")] if deny else [])]
        return self.get(asked._replace(query=urlencode(chosen)).geturl()).link

    def install(self, bot: str, owner: Workspace | Grid) -> Page:
        """Add the app, all the way; the page at its end."""
        return self.get(self.consent(bot, owner))
