"""A difference of words: what would go, struck through, and what would come, in bold."""

import re
from difflib import SequenceMatcher

from app.slack.views.text import inline

_MOST_WORDS = 300
_LONGEST = 1_500
_AROUND = 3
"""Words that are shown on either side of a change."""


def changed_words(before: str, after: str) -> str:
    """ "…the ~terrible~ *steep* drop…"; empty where nothing changes, where nothing stood, or where most of it does."""
    old, new = before.split(), after.split()
    if not old or old == new or max(len(old), len(new)) > _MOST_WORDS:
        return ""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.4:
        return ""
    out: list[str] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            same = old[a:b]
            long = len(same) > 2 * _AROUND + 1
            shown = [*same[:_AROUND], "…", *same[-_AROUND:]] if long else same
            out.append(_plain(" ".join(shown)))
            continue
        if b > a:
            out.append(f"~{_plain(' '.join(old[a:b]))}~")
        if d > c:
            out.append(f"*{_plain(' '.join(new[c:d]))}*")
    said = " ".join(out)
    return said if len(said) <= _LONGEST else ""


def _plain(text: str) -> str:
    return re.sub("[*~_`]", "", inline(text, 400))
