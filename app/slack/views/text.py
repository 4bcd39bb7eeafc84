"""Text on its way to Slack: nothing a person typed may page a channel, break a layout or pass for our own words.

Every function returns text that is ready for a mrkdwn or plain_text object; lengths are those of the escaped text,
counted as Slack counts them (UTF-16 units), so that a limit holds after ``&`` has become ``&amp;``.
"""

import re
import unicodedata
from datetime import UTC, date, datetime

from app.domain.people.erased import SOMEONE, has_left
from app.domain.reading.days_in_forms import say_date

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")
# A mark formats only at the edge of a word; there it is swapped for a sign that looks the same and does nothing.
_MARK = re.compile(r"(?<!\w)[*_~](?=\S)|(?<=\S)[*_~](?!\w)|`")
_CALM = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
_LEFT = re.compile(r"<@left-\d+>")
_USER = re.compile(r"[UW][A-Z0-9]+\Z")
_URL = re.compile(r"https?://[^\s<>|\"'`]+[^\s<>|\"'`*_~.,;:!?)\]}]")
_LIVE = re.compile(f"{_MENTION.pattern}|{_URL.pattern}")
_LIVE_OR_MARK = re.compile(f"{_URL.pattern}|{_MARK.pattern}")
_ISOLATE, _END = "\u2068", "\u2069"
_JOINS = " \n\u200d\ufe0f"  # a cut leaves no half of a joined sign behind


def escape(text: str) -> str:
    """``&``, ``<`` and ``>`` as Slack wants them, without control characters; nothing is cut."""
    return _clean(text).translate(_ENTITIES)


def inline(text: str, limit: int = 200) -> str:
    """One line of somebody's words, to stand inside a sentence of ours: escaped, unformatted, cut to ``limit``."""
    line = _neutral(_near(" ".join(_clean(text).split()), limit))
    right_to_left = not line.isascii() and any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in line)
    if right_to_left:
        return _ISOLATE + _cut(line, limit - 2) + _END
    return _cut(line, limit)


def raw(shown: str) -> str:
    """What was made ready for mrkdwn, for a place that knows no entities, such as a table's cell. Angle brackets become
    signs that look like them, so that nothing in it is a call even where a client shows it as text."""
    return shown.replace("&lt;", "‹").replace("&gt;", "›").replace("&amp;", "&")


def block_text(text: str, limit: int = 2900, *, quote: bool = False) -> str:
    """Somebody's paragraphs, escaped and unformatted, at most ``limit`` long; links and people stay what they are.

    ``quote`` sets a bar beside every line.
    """
    lines = [line.rstrip() for line in _clean(text).strip().split("\n")]
    tidy = _near(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)), limit)
    tidy = _LIVE_OR_MARK.sub(lambda found: _CALM.get(found.group(), found.group()), tidy)
    mark = "> " if quote else ""
    room = limit - len(mark) * (tidy.count("\n") + 1) - 2 * len(_URL.findall(tidy))
    if room < limit // 2:  # hundreds of empty lines or links: say it in one line
        return mark + inline(tidy, limit - len(mark))
    shown = _cut(tidy, room, keep=_LIVE)
    return "\n".join(mark + line for line in shown.split("\n"))


def sentence(text: str, limit: int = 2900) -> str:
    """A sentence of the domain (a reason, an error): escaped, but mentions of people stay mentions."""
    text = _LEFT.sub(SOMEONE, text)
    return _cut(_neutral(_near(" ".join(_clean(text).split()), limit)), limit, keep=_MENTION)


def mention(user: str) -> str:
    """A person, as Slack shows them; the clock's own actions are Threshold's."""
    if _USER.match(user):
        return f"<@{user}>"
    if has_left(user):
        return SOMEONE
    return "Threshold" if user == "threshold" else inline(user, 80)


def mentions(users: "list[str] | tuple[str, ...]", joint: str = "and") -> str:
    """``<@U1>, <@U2> and <@U3>``."""
    named = [mention(user) for user in users]
    if len(named) < 2:
        return "".join(named)
    return f"{', '.join(named[:-1])} {joint} {named[-1]}"


def day(on: date, today: date) -> str:
    """A day as people say it: ``Fri 4 Dec``, with its year where that is another."""
    return say_date(on, today)


def moment(at: datetime) -> str:
    """A moment in the reader's own zone; Slack does the arithmetic."""
    fallback = f"{at.astimezone(UTC):%d %b %Y, %H:%M} UTC"
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"


def count(number: int, one: str, many: str = "") -> str:
    """``1 question``, ``3 questions``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(parts: "list[str] | tuple[str, ...]", joint: str = "and") -> str:
    """``a, b and c``, of words that are already safe."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {joint} {parts[-1]}" if parts else ""


def _clean(text: str) -> str:
    return _UNSEEN.sub("", _NEWLINE.sub("\n", text)).replace("\t", " ")


def _near(text: str, limit: int) -> str:
    """The start of a long text, with more than can be shown, so that the rest costs nothing."""
    return text[: 2 * limit + 100]


def _neutral(text: str) -> str:
    return _MARK.sub(lambda mark: _CALM[mark.group()], text)


def _cut(text: str, limit: int, *, keep: re.Pattern[str] | None = None) -> str:
    """``text`` escaped, with an ellipsis where it would be longer than ``limit``; no entity is cut in two.

    What matches ``keep`` (a link, a mention) is kept whole and stays what it is.
    """
    whole = {found.start(): found.group() for found in keep.finditer(text)} if keep else {}
    escaped = text.translate(_ENTITIES)
    if not whole and _units(escaped) <= limit:  # nearly always
        return escaped
    pieces: list[str] = []
    at = 0
    while at < len(text):
        raw = whole.get(at, text[at])
        shown = (raw.strip("<>") if at in whole else raw).translate(_ENTITIES)
        pieces.append(f"<{shown}>" if at in whole else shown)
        at += len(raw)
    if sum(map(_units, pieces)) <= limit:
        return "".join(pieces)
    kept, length = "", 1
    for piece in pieces:
        length += _units(piece)
        if length > limit:
            break
        kept += piece
    return kept.rstrip(_JOINS) + "…" if limit > 0 else ""


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
