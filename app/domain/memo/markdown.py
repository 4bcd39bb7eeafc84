"""What people wrote, inside a Markdown page.

It must not become structure: a line of `---`, a `#`, a fence or a `<script>` is shown as it
was typed. Plain lists stay lists, and links stay links.
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#]|&(?=#?\w+;)")
# A Slack link <url|label>, a Slack mention <@U1|name>, a bare link.
_LINK = re.compile(
    r"<(?P<url>https?://[^\s|<>]+)(?:\|(?P<label>[^<>]*))?>|<(?P<who>[@#])(?P<id>\w+)(?:\|(?P<name>[^<>]*))?>"
    r"|(?P<bare>https?://[^\s<>|\"“”`\\]*[^\s<>|\"“”`\\.,;:!?)\]'*_])"
)
_LIST = re.compile(r"(?P<mark>-|\d{1,3}[.)])\s+(?P<rest>\S.*)")


def block(text: str) -> str:
    """Paragraphs and lists of a part. Two blanks at a line's end keep the break that was typed."""
    blocks: list[list[str]] = [[]]
    for raw in text.splitlines():
        line = _one_line(raw)
        if not line:
            blocks.append([])
        elif found := _LIST.fullmatch(line):
            blocks[-1].append(f"{found['mark']} {_line(found['rest'])}")
        else:
            blocks[-1].append(_line(line))
    return "\n\n".join("  \n".join(block) for block in blocks if block)


def inline(text: str) -> str:
    """One line of text with every sign escaped that Markdown would act on."""
    text = _one_line(text)
    out, end = [], 0
    for found in _LINK.finditer(text):
        out.append(_SPECIAL.sub(_escaped, text[end : found.start()]))
        if found["who"]:
            out.append(_SPECIAL.sub(_escaped, found["who"] + (found["name"] or found["id"])))
        else:
            label = _SPECIAL.sub(_escaped, found["label"] or "")
            link = f"<{found['url'] or found['bare']}>"
            out.append(f"{label} ({link})" if label else link)
        end = found.end()
    out.append(_SPECIAL.sub(_escaped, text[end:]))
    return "".join(out).replace("\0", "")


def _escaped(match: re.Match[str]) -> str:
    return "\\" + match[0]


def _line(text: str) -> str:
    """A line that starts nothing: no heading, list, quote, rule, underline or table."""
    line = inline(text)
    line = re.sub(r"^([-+=:])", r"\\\1", line)
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", line)


def _one_line(text: str) -> str:
    return " ".join(text.split())
