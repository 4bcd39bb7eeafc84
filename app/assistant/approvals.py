"""Whether a sentence says that somebody approved, signed, agreed or decided, and whether the record has it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from app.assistant.drafts import Source

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
DONE: Final = (
    r"approved|signed(?:[ -]off)?|agreed|decided|accepted|endorsed|green-?lit|greenlighted|okayed|ok['’]?d|consented"
    r"|authori[sz]ed|ratified|cleared|committed|blessed|sanctioned"
)
_OTHERS: Final = (
    r"genehmigt|freigegeben|zugestimmt|unterschrieben|abgesegnet|beschlossen|entschieden|approuvée?s?"
    r"|validée?s?|signée?s?"
    r"|accepté|décidé|aprobad[oa]s?|aprobó|firmó|firmad[oa]|decidió|acordó|aprovad[oa]s?|aprovou|assinou|assinad[oa]"
    r"|decidiu|approvato|firmato|deciso"
)
_APPROVED: Final = re.compile(
    rf"\b(?:{DONE}|{_OTHERS})\b|\b(?:has|have|had|got|gave|with|received) (?:\w+ ){{0,3}}(?:approval|sign-?off"
    rf"|consent"
    r"|blessing|go-?ahead|green light)\b|\b(?:approval|sign-?off|consent) (?:was|is|has been) (?:given|granted|there)"
    r"|\b[A-Z]\w+ (?:agrees|approves|consents|is fine with|is on board|said yes)\b"
    r"|承認され|承認した|承認済|同意した|決定した|合意した",
    re.I,
)
_YET: Final = re.compile(
    r"\b(?:to be|be|needs? to|must|should|can|could|may|might|will|would|once|if|when|unless|until|before|whether|not"
    r"(?: yet)?|never|nobody|nothing|no one|none|has to|have to|asks?|asked|please|for|without|yet to|awaiting"
    r"|pending"
    r"|müssen|muss|soll|sollte|werden|wird|wenn|nicht|noch nicht|être|doit|si|pas|debe|ser|si|no|deve|se|não)\b"
    r"(?: \w+){0,3} ?$",
    re.I,
)
_AN_OFFER: Final = re.compile(
    r"\bagreed (?:price|date|rate|terms?|scope|budget|figure)s?\b|\bsigned contracts?\b", re.I
)


def says_approved(text: str) -> bool:
    """Whether it says that somebody has approved, signed, agreed or decided, not that somebody is asked to."""
    bare = _AN_OFFER.sub(" ", text)
    return any(not _YET.search(bare[max(0, m.start() - 48) : m.start()]) for m in _APPROVED.finditer(bare))


def recorded(names: Iterable[str], cited: Sequence[Source]) -> bool:
    """Whether the record has it: an answer that was given there, and says the same."""
    names = set(names)
    for one in cited:
        if one.kind == "answer" and _APPROVED.search(f"{one.label}: {one.text}"):
            words = {m[0] for m in _WORD.finditer(f"{one.label}: {one.text}")}
            if all(name in words for name in names):
                return True
    return False
