"""Whether words say no: to the last word, or it is asked.

A clause says no where it holds exactly one word that denies, and otherwise only words that change nothing about that.
"Not all of them", "no later than", "yes and no", "no, but…" hold a word more, and are no plain no.
"""

from __future__ import annotations

import re
from enum import Enum

from app.domain.plain_text import plain


class Said(Enum):
    NO = "no"
    YES = "yes"
    UNSURE = "unsure"  # "maybe", "I don't know", a question
    DENIES = "denies"  # something is denied, but not plainly the whole question
    NEITHER = "neither"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DENYING = _words(
    """no not none never nothing nobody nope nah without neither nor cannot n't nein nicht kein keine keiner keinen
    nichts nie niemand non pas aucun aucune rien jamais
    sin ningún ninguna ninguno nada nunca não nenhum nenhuma nej ingen inga
    inget inte ikke ingenting nee geen niet nie nessuno nessuna niente mai нет не ничего negative hardly barely
    unlikely"""
)
"""Words that deny. "Hardly" and its like do so half: they never make a plain no, and never a yes."""
_HALF = _words("hardly barely unlikely")
_WHOLE = re.compile(
    r"(?:n ?[/.]? ?a\.?|n|x|-+|not applicable|does not apply|doesn't apply|nicht zutreffend|entfällt|sans objet"
    r"|no aplica"
    r"|(?:no )?all or nothing|it is all or nothing|it's all or nothing|i don't think so|i do not think so|not really"
    r"|いいえ|(?:特に)?ない(?:です)?|(?:特に)?なし|無し|(?:特に)?ありません|該当なし|特になし|没有|沒有|无|無|不|否|不是|아니요|없음|0)"
)
"""Whole answers that are a no, though their words alone would not say so."""
_YES = re.compile(
    r"(?:y|yes|yep|yeah|yup|sure|ok|okay|correct|right|true|absolutely|definitely|of course|it does|it is|there is"
    r"|ja|jawohl|oui|si|sí|sim|да|はい|是|有|예|네|✅|👍)"
)
_UNSURE = re.compile(
    r"\b(?:maybe|perhaps|possibly|probably|probable|might|may|could be|depends?|unsure|unclear|unknown|tb[acd]|not sure"
    r"|don't know|dont know|do not know|no idea|not clear|not certain|hard to say|doubt(?:s|ful)?|hope|i guess"
    r"|i suppose|presumably|partly"
    r"|partially|somewhat|sort of|kind of|yes and no|vielleicht|eventuell|weiß nicht|keine ahnung|unklar|peut-être"
    r"|je ne sais pas|quizás?|tal vez|no sé|talvez|não sei|not yet|noch nicht)\b|[?？]|かもしれ|わからない|不知道|可能",
    re.IGNORECASE,
)
_AROUND = _words(
    """it its this that that's there there's is isn't are aren't was does doesn't do don't did didn't has hasn't have
    haven't will won't would wouldn't can can't could couldn't be been any at of the them these those to my our
    knowledge
    as far i i'm we we're know aware think believe so one ones sir thanks thank you please one's really in on here
    honestly applicable such thing things sorry ok okay well ist es das davon ich wir soweit weiß ce que je sache n y
    a il
    elle c'est hay es lo que sé yo det är som jag vet here's me us by definitely certainly absolutely
    clearly simply just by means above dass wüsste des"""
)
"""What changes nothing about a no."""
_ANSWERS = _words("no nope nah non nein nej nee não")
"""A word that denies, and may stand before another one that does: "no not at all"."""
_LIGHT = re.compile(
    r"(?:thanks?|thank you|sorry|danke|merci|gracias|please|ok(?:ay)?|as far as (?:i|we) (?:know|can (?:see|tell))"
    r"|to (?:my|our) knowledge|i(?:'m| am) (?:afraid|sure)|honestly|well)"
)
"""Clauses beside a no that say nothing more."""
_TOO_MUCH = re.compile(
    r"\b(?:not (?:all|every\w*|only|just|yet|always|necessarily|simply|each|both|quite|entirely|exactly|one)"
    r"|no (?:longer|later|more|less|sooner|doubt|question|problem|worries|idea|one|matter|way back)|nothing but"
    r"|none but"
    r"|noch nicht|nicht nur|pas encore|no solo)\b"
)


def says(text: str, about: frozenset[str] = frozenset(), turns: frozenset[str] = frozenset()) -> Said:
    """What a typed answer to a question of yes or no says. `about`: the question's own words ("deadline", "blocks");
    `turns`: words beside which a no is not plainly one ("can't")."""
    low = plain(text).lower().strip(" .!…")
    if not low:
        return Said.NEITHER
    if _WHOLE.fullmatch(low):
        return Said.NO
    if _UNSURE.search(low):
        return Said.UNSURE
    clauses = [one.strip() for one in re.split(r"[,.;:!\n、。，]| [-–—] ", low) if one.strip()]
    if not any(_denies(clause) for clause in clauses):
        return (
            Said.YES if all(_YES.fullmatch(clause) or _LIGHT.fullmatch(clause) for clause in clauses) else Said.NEITHER
        )
    plainly = all(_plain_no(clause, about, turns) or _LIGHT.fullmatch(clause) for clause in clauses)
    return Said.NO if plainly and not _TOO_MUCH.search(low) else Said.DENIES


def denies(text: str) -> bool:
    """Whether anything in it is denied, plainly or not."""
    return any(_denies(clause) for clause in re.split(r"[,.;:!?\n、。，]", plain(text).lower()))


def _tokens(clause: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[^\w\s]", clause)


def _denies(clause: str) -> list[str]:
    east = re.findall(r"(?:ない|なし|(?:特に)?ありません|いいえ|没有|不)", clause)
    return east + [word for word in _tokens(clause) if word in DENYING or word.endswith("n't") or word == "cant"]


def _plain_no(clause: str, about: frozenset[str], turns: frozenset[str]) -> bool:
    if _WHOLE.fullmatch(clause):
        return True
    if turns & set(_tokens(clause)):
        return False
    denied = _denies(clause)
    if len(denied) not in (1, 2) or _HALF & set(denied):
        return False
    if len(denied) == 2 and denied[0] not in _ANSWERS:  # "it isn't that there is none"
        return False
    rest = [word for word in _tokens(clause) if word not in denied]
    if "all" in rest and re.search(r"\bat all\b", clause):
        rest.remove("all")
    return all(word in _AROUND or word in about or not word.isalnum() for word in rest)
