"""What a text holds, as far as a machine can see: a figure, a source, a name, a verb, a customer.

Each is a guess that leans towards yes: a check that cries wolf is soon read by nobody.
"""

from __future__ import annotations

import re
from datetime import date

from app.domain.reading.days_in_forms import find_dates

_PLACEHOLDER = re.compile(
    r"(?:tb[acd]|to ?do|n ?[/.]? ?a|none|nothing|wip|xx+|later|to be (?:done|added|written|confirmed)|to follow)\.?",
    re.IGNORECASE,
)
# Each of these begins where nothing of it stands before, and ends where another one begins: however it is repeated, a
# text is gone through once.
_LINKS = re.compile(r"<[^<>\s][^<>]*>|https?://\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]+")
_NO_FIGURE = re.compile(r"\bD-\d+|\b[QH][1-4]\b|\bFY ?\d+|(?:in|since|by|until|during|of) 20[23]\d\b(?! [a-z])", re.I)
_FIGURE = re.compile(
    r"(?<![^\W_])\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|half|halve[sd]?|thirds?"
    r"|double[sd]?|twice|zero)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"https?://|<#|\bsources?\b|\baccording to\b|\bas per\b|\bper (?:the|our|its|\w+'s|[A-Z])|\bmeasured\b"
    r"|\b(?:report|dashboard|analysis|survey|audit|study|studies|forecast|ledger|logs?|ticket|invoice|contract"
    r"|interview|experiment|test|benchmark|spreadsheet|sheet|database|query|queries|records?|statement|appendix"
    r"|research|review|quote|statistics|metrics|a/b)s?\b"
    r"|\b(?:looker|tableau|grafana|datadog|salesforce|snowflake|bigquery|power bi|metabase|mixpanel|amplitude"
    r"|zendesk|jira|hubspot|stripe|excel)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:approv|decid|choos|sign(?:s|ing)?\b|sign[- ]?off|confirm|agree|releas|fund|authori[sz]|pick|commit"
    r"|accept|grant|select|allow|reject|declin|endors|support|back(?:s|ing)?\b|okay|green[- ]?light|veto|rul(?:e|es)\b"
    r"|nominat|appoint|allocat|settle|prioriti[sz]|say (?:yes|no)|go/no-go)\w*",
    re.IGNORECASE,
)
_CUSTOMER = re.compile(
    r"\b(?:customer|client|user|buyer|subscriber|patient|passenger|merchant|shopper|guest|member|tenant|consumer"
    r"|reader|traveller|traveler|policy ?holder|account holder|student|pupil|learner|citizen|resident|driver|rider"
    r"|player|viewer|listener|visitor|borrower|saver|cardholder|donor|seller|host|farmer|reseller)s?(?:['’]s?)?\b",
    re.IGNORECASE,
)


def is_written(text: str) -> bool:
    """Is there more than blanks, dashes or a placeholder like "TBD"?"""
    bare = text.strip(" \t\r\n.-–—_*?…")
    return any(char.isalnum() for char in bare) and not _PLACEHOLDER.fullmatch(bare)


_GAP = re.compile(r"\[(?:figure|date|name|source) needed\]|\[link removed\]", re.IGNORECASE)


def placeholder(text: str) -> str:
    """The first gap that the assistant marked and nobody has filled, as it stands there; "" where there is none."""
    found = _GAP.search(text)
    return found[0] if found else ""


_UNSPACED = re.compile(
    r"(?P<signs>[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3041-\u3096\u30a1-\u30ff\U00020000-\U0003134f]+)"
    r"|(?P<letters>[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]+)"
)
"""What is written without blanks: Chinese and Japanese signs; Thai, Lao, Burmese and Khmer letters."""
_A_WORD = {"signs": 2, "letters": 6}
"""How many of them are a word: translators count 400 Japanese signs, or 1,200 Thai letters, for 200 English words."""


def count_words(text: str) -> int:
    """A link or a mention is one word; what has neither letter nor digit is none. Where blanks part no words, their
    signs are counted."""
    bare = _LINKS.sub(" link ", text)
    unspaced = sum(-(-len(found.group()) // _A_WORD[str(found.lastgroup)]) for found in _UNSPACED.finditer(bare))
    return unspaced + sum(any(char.isalnum() for char in word) for word in _UNSPACED.sub(" ", bare).split())


def has_figure(text: str, today: date) -> bool:
    """A number that is not part of a date, a link or a name."""
    rest, at = [], 0
    for found in find_dates(text, today=today):
        rest.append(text[at : found.start])
        at = found.end
    text = " · ".join([*rest, text[at:]])
    return bool(_FIGURE.search(_NO_FIGURE.sub(" ", _LINKS.sub(" ", text))))


def has_source(text: str) -> bool:
    """A link, "source: …", "per the …", or a named report, dashboard, survey and the like."""
    return bool(_SOURCE.search(text))


def has_verb(text: str) -> bool:
    """Something one can be asked to do about a decision: approve, decide, choose, sign."""
    return bool(_VERB.search(text))


def has_customer(text: str) -> bool:
    """Those the work is for, by any of their usual names."""
    return bool(_CUSTOMER.search(text))


def customers_in(text: str) -> int:
    """How often they are named."""
    return len(_CUSTOMER.findall(text))


_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_ASKED = re.compile(
    r"asks?|asking|needs?|wants?|from|by|let|ha(?:ve|s)|request(?:s|ing)?|who|owner|signer|approver|decider",
    re.IGNORECASE,
)
_ACTS = re.compile(r"(?:to|asked|please|must|should|will|can|could|needs?|and|or|owns?|gives?|says?|takes?|makes?)")
# Capitals that begin a sentence or name a day, not a person.
_NOT_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec
    the a an we i you they he she it this that these those please our my your their in on at by before after until
    if so then when who what and or but to for from with as is are legal finance sales marketing engineering board
    team product security people support operations all both each one two three ask need want decision""".split()  # noqa: SIM905
)


def has_name(text: str) -> bool:
    """A mention, or a capitalised word that stands where the one who acts stands."""
    if re.search(r"<@[UW]\w*|(?<!\S)@[^\W\d_]", text):
        return True
    # A seat in brackets stands between a name and what that person does: "Dana (director) to approve".
    bare = _LINKS.sub(" ", text)
    lines = [line for one in (bare, _BRACKETS.sub(" ", bare)) for line in re.split(r"[.;!?\n]", one)]
    return any(_names_someone(_WORD.findall(line)) for line in lines)


def _names_someone(words: list[str]) -> bool:
    after, follows_name = "", False
    found: list[tuple[str, bool]] = []  # behind each word: what comes after "Dana Ruiz CFO", and is a name next?
    for word in reversed(words):
        found.append((after, follows_name))
        follows_name = _may_be_name(word)
        if not (follows_name or word.isupper()):
            after = word
    for i, (word, (after, together)) in enumerate(zip(words, reversed(found), strict=True)):
        if not _may_be_name(word):
            continue
        before = words[i - 1] if i else ""
        if together or _ASKED.fullmatch(before) or _VERB.fullmatch(after) or _ACTS.fullmatch(after):
            return True
    return False


def _may_be_name(word: str) -> bool:
    capital = word[0].isupper() and not word.isupper()
    return capital and word.lower() not in _NOT_NAMES and not _VERB.fullmatch(word)
