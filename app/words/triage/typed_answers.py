"""What a typed message answers to a question of the triage: read to its last word, or asked back.

A tap is plain; words are taken only where they are as plain. "Not within months" is not months, "No contract is
touched" ticks no contract, and whatever hedges, denies or says two things at once is asked back with the taps it could
mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, TypeVar

from app.domain.answers import Commitment, Deadline, Effect, Trial, Undo, UndoCost
from app.domain.plain_text import plain, quoted
from app.domain.reading.days_in_forms import find_dates, read_day, split_deadline
from app.domain.reading.saying_no import DENYING, Said, denies, says
from app.domain.triage.questions import Question
from app.domain.understood import MOST_CANDIDATES, Read, Refused
from app.words.reading import days
from app.words.reading.asked_back import AskedBack
from app.words.triage.answers import COST_SAID, EFFECT_SAID, UNDO_SAID

T = TypeVar("T")

FORM_ONLY = frozenset({Question.COSTS, Question.TRIED})
"""Questions whose answer has several parts: words alone are never enough."""


def read_answer(
    text: str, question: Question, *, today: date, locale: str | None = None, at: time | None = None
) -> Read[Any] | AskedBack[Any]:
    """The answer in a person's words. `today`, `locale` and `at`, their time of day, are for the day of a deadline."""
    clean = plain(text)
    if not any(char.isalnum() for char in clean) and clean not in ("-", "✅"):
        return AskedBack(f"I can't read an answer in that. {how(question, today)}")
    if question is Question.UNDO:
        return _undo(text, clean)
    if question is Question.UNDO_COST:
        return _undo_cost(text, clean)
    if question in FORM_ONLY:
        return AskedBack("This one has a few fields: please fill them in on the card above. It is still there.")
    said = says(text, ABOUT[question], TURNS[question])
    if said is Said.NO:
        return NONE[question]
    if question is Question.EFFECTS:
        return _effects(text, clean)
    if question is Question.DEADLINE:
        return _deadline(text, said, today, locale, at)
    if question is Question.COMMITMENT:
        return _commitment(text, said)
    return _trial(text, said)


def _about(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABOUT: Mapping[Question, frozenset[str]] = {
    Question.EFFECTS: _about("lasting effect effects permanent"),
    Question.TRIAL: _about(
        "trial trials test tests experiment pilot small smaller try tried possible possibly first way we you it be do"
        " piloted tested"
    ),
    Question.DEADLINE: _about(
        "deadline deadlines date dates block blocks blocked affected impacted impacting customer facing set known"
        " particular specific frist termin"
    ),
    Question.COMMITMENT: _about(
        "commitment commitments quarterly quarter quarter's threaten threatens threatened threatening touched touches"
        " affected affects affect impacted impact okr okrs goal goals target targets risk at danger endangered"
    ),
}
"""The question's own words: beside a no they change nothing. "Nothing can be taken back" and "customers can't wait" are
no no, so that words like these are not among them."""

TURNS: Mapping[Question, frozenset[str]] = {
    Question.EFFECTS: _about(
        "can can't cannot could couldn't will won't would wouldn't do does did don't doesn't didn't"
    ),
    Question.DEADLINE: _about("can can't cannot could couldn't will won't would wouldn't"),
    Question.COMMITMENT: _about("can can't cannot could couldn't"),
    Question.TRIAL: frozenset(),
}
"""Words beside which a no says something of its own: "we can't risk it" is no no to the commitment."""

HOW: Mapping[Question, str] = {
    Question.UNDO: "Tap one on the card above, or write one of: hours, days, weeks, months or never.",
    Question.UNDO_COST: (
        "Tap one on the card above, or write one of: one person for a day, one team for a sprint, several teams, or"
        " can't be bought back."
    ),
    Question.EFFECTS: "Tick what could not be taken back on the card above, or write “none”.",
    Question.TRIAL: "Fill in the trial on the card above, or write “no”.",
    Question.COSTS: "Fill in both sides on the card above.",
    Question.TRIED: "Fill in who was asked on the card above.",
    Question.COMMITMENT: "Write which quarterly commitment it threatens, or “no”.",
}


def how(question: Question, today: date) -> str:
    """What to do instead. The words it offers are read: a test holds every one to it."""
    if question is not Question.DEADLINE:
        return HOW[question]
    soon = date(today.year + (today.month == 12), today.month % 12 + 1, 4)
    return f"Write what waiting blocks and when, like “holiday peak, {soon.isoformat()}”, or “none”."


NONE: Mapping[Question, Read[Any]] = {
    Question.EFFECTS: Read(frozenset[Effect](), "none of these"),
    Question.TRIAL: Read(Trial(possible=False), "no, it is all or nothing"),
    Question.DEADLINE: Read(Deadline(blocks=False), "there is none"),
    Question.COMMITMENT: Read(Commitment(threatened=False), "no"),
}

# ── how long to undo ────────────────────────────────────────────────────────────────────────────────────

_SPANS: Mapping[Undo, str] = {
    Undo.HOURS: "hour hours hr hrs minutes minute instantly immediately stunde stunden heure heures hora horas"
    " timmar ore",
    Undo.DAYS: "day days overnight tag tage tagen jour jours día días dia dias dagar giorni",
    Undo.WEEKS: "week weeks woche wochen semaine semaines semana semanas veckor settimane",
    Undo.MONTHS: "month months monat monate monaten mois mes meses månader mesi",
    Undo.NEVER: "never nie niemals jamais nunca aldrig mai",
}
_UNDO_WORDS = {word: undo for undo, words in _SPANS.items() for word in words.split()}
_NEVER = re.compile(
    r"(?:(?:it |that |this |we )?(?:can(?:'?t|not| not)|could(?:n't| not)|won't|will not) (?:ever )?(?:be )?"
    r"(?:undone|undo (?:it|this|that)|reversed|reverted|taken back|rolled back|go back)(?: at all| ever)?"
    r"|(?:it is |it's |this is )?(?:irreversible|impossible(?: to undo)?|permanent|not reversible"
    r"|not possible(?: to undo)?)"
    r"|no way back|(?:there is |there's )no way back|never ever"
    r"|戻せない|戻せません|元に戻せない|不可能|できない|できません)"
)
_EAST_SPANS = {
    "時間": Undo.HOURS, "小时": Undo.HOURS, "日": Undo.DAYS, "天": Undo.DAYS, "週間": Undo.WEEKS, "週": Undo.WEEKS,
    "周": Undo.WEEKS, "か月": Undo.MONTHS, "ヶ月": Undo.MONTHS, "月": Undo.MONTHS,
}  # fmt: skip
_UNDO_AROUND = _about(
    """a an the one two three four five six seven eight nine ten couple few some several of or to about around roughly
    approximately within in inside only just after it it's takes take we would will can could be
    back undone undo reversed at most need needs ein eine einen zwei drei vier paar einige wenige in innerhalb von nur
    etwa un une deux trois quelques en dans dos tres unas unos pocas pocos alguns algumas i'd say that this is again
    rolled roll revert reverted required needed ~ numerous many"""
)
_MOST = {Undo.HOURS: 23, Undo.DAYS: 6, Undo.WEEKS: 4, Undo.MONTHS: 12, Undo.NEVER: 0}
"""Up to how many of a span it still is that span: thirty days are no days any more, but weeks or a month."""
_HOURS = {Undo.HOURS: 1, Undo.DAYS: 24, Undo.WEEKS: 168, Undo.MONTHS: 730}
_YEARS = _about("year years jahr jahre ans année années año años anos")


def _undo(text: str, clean: str) -> Read[Undo] | AskedBack[Undo]:
    low = clean.lower().strip(" .!")
    if _NEVER.fullmatch(low):
        return _read_undo(Undo.NEVER)
    east = _east_span(low)
    if east is not None:
        return _read_undo(east)
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,]\d+)?|[^\w\s]", low)
    found = list(dict.fromkeys(_UNDO_WORDS[word] for word in words if word in _UNDO_WORDS))
    figures = [float(word.replace(",", ".")) for word in words if word[0].isdigit()]
    left = tuple(
        word for word in words
        if word not in _UNDO_WORDS and word not in _UNDO_AROUND and not word[0].isdigit() and word not in ",-–()."
    )  # fmt: skip
    denied = any(word in DENYING or word.endswith("n't") for word in left)
    plainly = len(found) == 1 and not left
    if plainly and (found[0] is Undo.NEVER or max(figures, default=0) <= _MOST[found[0]]):
        return _read_undo(found[0])
    if found and figures and found[0] in _HOURS:
        found.append(_sized(max(figures) * _HOURS[found[0]]))
    if not found and any(word in _YEARS for word in words):
        found = [Undo.MONTHS, Undo.NEVER]
    offered = () if denied else _offer({one: UNDO_SAID[one] for one in dict.fromkeys(found)})
    return AskedBack(f"I can't tell how long from {quoted(text)}. {HOW[Question.UNDO]}", offered, left)


def _sized(hours: float) -> Undo:
    """The span that so many hours are."""
    limits = ((24, Undo.HOURS), (168, Undo.DAYS), (31 * 24, Undo.WEEKS))
    return next((undo for most, undo in limits if hours < most), Undo.MONTHS)


def _read_undo(undo: Undo) -> Read[Undo]:
    return Read(undo, UNDO_SAID[undo])


def _east_span(low: str) -> Undo | None:
    found = re.fullmatch(
        r"(?:約|约|大約)?(?:数|几|幾|\d{1,2}|[一二三四五六])?(?:個)?"
        r"(時間|小时|日|天|週間|週|周|か月|ヶ月|月)(?:以内|間|程度)?",
        low,
    )
    if found is None:
        return None
    undo = _EAST_SPANS[found[1]]
    figure = re.search(r"\d+", low)
    return undo if figure is None or int(figure.group()) <= _MOST[undo] else None


# ── what undoing costs ──────────────────────────────────────────────────────────────────────────────────

_COSTS: Mapping[UndoCost, re.Pattern[str]] = {
    UndoCost.PERSON_DAY: re.compile(
        r"(?:just |only |about )?(?:(?:one|a|1|single) (?:person|engineer|developer|dev"
        r"|colleague)(?:,? (?:for )?(?:a|one|1)"
        r" day)?|(?:one|a|1) (?:person|man)[- ]?day|person[- ]day|(?:a|one|1) day(?: of one person)?)"
    ),
    UndoCost.TEAM_SPRINT: re.compile(
        r"(?:just |only |about )?(?:(?:one|a|1|our|my|single) team(?:,? (?:for )?(?:a|one|1) sprint)?|(?:a|one"
        r"|1) sprint"
        r"(?: (?:of|for) (?:one|a|our) team)?|team[- ]sprint)"
    ),
    UndoCost.SEVERAL_TEAMS: re.compile(
        r"(?:it takes |about )?(?:several|multiple|many|two|three|four|five|\d|a few|more than one|a number of) teams"
        r"(?: for .{1,20} sprints?)?"
    ),
    UndoCost.CANNOT_BUY_BACK: re.compile(
        r"(?:it |that )?(?:can(?:'?t|not| not) (?:be )?(?:bought back|buy (?:it )?back|undone)"
        r"|more than money can buy back"
        r"|money can(?:'?t|not) buy (?:it|that|this) back|no (?:amount of )?money (?:can|will"
        r"|could) (?:buy it back|undo it)"
        r"|priceless)"
    ),
}  # fmt: skip


def _undo_cost(text: str, clean: str) -> Read[UndoCost] | AskedBack[UndoCost]:
    low = clean.lower().strip(" .!")
    for cost, pattern in _COSTS.items():
        if pattern.fullmatch(low):
            return Read(cost, COST_SAID[cost])
    unsure = denies(text) or re.search(r"\b(?:more|less|fewer) than\b", low)
    held = () if unsure else [cost for cost, pattern in _COSTS.items() if pattern.search(low)]
    offered = _offer({cost: COST_SAID[cost] for cost in held})
    told = f"I can't tell what undoing costs from {quoted(text)}."
    return AskedBack(f"{told} {HOW[Question.UNDO_COST]}", offered, (clean,))


# ── what could not be taken back ────────────────────────────────────────────────────────────────────────

_EFFECT_WORDS: Mapping[Effect, str] = {
    Effect.MONEY_OR_DATA: r"(?:customers? )?(?:los(?:e|es|ing)|loss of) (?:their )?(?:money|data)(?: or (?:money"
    r"|data))?",
    Effect.CONTRACT: r"(?:contract(?:s|ual)?|legal(?:ly)?|regulat(?:ory|ions?|ors?|ed))(?:,? (?:and|or) (?:legal"
    r"|regulatory))*",
    Effect.PROMISE: r"(?:public )?(?:promises?|pric(?:e|es|ing)|polic(?:y|ies))(?: promises?)?",
    Effect.SECURITY: r"security|privacy",
    Effect.DATA_GONE: r"(?:data )?(?:deleted|deletes|deletion|deleting|migrat(?:ed|es|ion|ing))(?: data)?",
    Effect.PEOPLE: r"people|hiring|hires|reorgani[sz]ation|reorgs?|redundanc(?:y|ies)|lay ?offs?",
}
KEYWORDS: Mapping[Effect, re.Pattern[str]] = {
    effect: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for effect, words in _EFFECT_WORDS.items()
}
_KEYWORD = {
    Effect.MONEY_OR_DATA: "customers lose money", Effect.CONTRACT: "contract", Effect.PROMISE: "promise",
    Effect.SECURITY: "security", Effect.DATA_GONE: "data deleted", Effect.PEOPLE: "people",
}  # fmt: skip
_EFFECT_AROUND = _about(
    """the a an and or our their its it is are was were would will be both also this that of in on with to we i affected
    affects touched touches touch affect involved involves concerned changes changed change commitment commitments
    obligation obligations exposure risk effect effects data money customer customers public new some one two
    all yes way there back"""
)


def _effects(text: str, clean: str) -> Read[frozenset[Effect]] | AskedBack[frozenset[Effect]]:
    low = clean.lower().strip(" .!")
    for effect, words in EFFECT_SAID.items():  # our own words for it, which hold commas
        low = low.replace(words, _KEYWORD[effect])
    found, rest = _seen(low)
    left = tuple(word for word in re.findall(r"[^\W_]+(?:['-][^\W_]+)*", rest) if word not in _EFFECT_AROUND)
    said, instead = says(rest), HOW[Question.EFFECTS]
    if said is Said.UNSURE:
        return AskedBack(f"I can't read {quoted(text)} to its last word. {instead}", _ticks(found), left)
    if denies(rest):  # what stands in a clause that denies nothing is all that it can mean
        kept = [one for one in re.split(r"[,.;:]|\bbut\b", low) if not denies(_seen(one)[1])]
        ticked = frozenset(effect for one in kept for effect in _seen(one)[0])
        offered = _ticks(ticked) or (() if _turned(low, Question.EFFECTS) else (NONE[Question.EFFECTS],))
        return AskedBack(f"I can't tell what {quoted(text)} leaves. {instead}", offered, left)
    if found and not left:
        return Read(found, _ticked(found))
    return AskedBack(f"I can't read {quoted(text)} to its last word. {instead}", _ticks(found), left)


def _seen(low: str) -> tuple[frozenset[Effect], str]:
    """The effects that are named, and the words that name none."""
    found = frozenset(effect for effect, pattern in KEYWORDS.items() if pattern.search(low))
    for pattern in KEYWORDS.values():
        low = pattern.sub(" ", low)
    return found, low


def _ticks(found: frozenset[Effect]) -> tuple[Read[frozenset[Effect]], ...]:
    return (Read(found, _ticked(found)),) if found else ()


def _turned(low: str, question: Question) -> bool:
    """Whether what is denied may be that it can be taken back, or that it can wait: then “none” is no reading of it."""
    return any(re.search(rf"(?<![\w']){re.escape(word)}(?![\w'])", low) for word in TURNS[question])


def _ticked(found: frozenset[Effect]) -> str:
    return "; ".join(EFFECT_SAID[effect] for effect in EFFECT_SAID if effect in found)


# ── a trial, a deadline, a commitment ───────────────────────────────────────────────────────────────────


def _trial(text: str, said: Said) -> AskedBack[Trial]:
    offered = (NONE[Question.TRIAL],) if said is Said.DENIES else ()
    return AskedBack(
        f"A trial has a few fields, so I can't take it from {quoted(text)}. {HOW[Question.TRIAL]}", offered
    )


def _deadline(
    text: str, said: Said, today: date, locale: str | None, at: time | None
) -> Read[Deadline] | AskedBack[Deadline]:
    instead = how(Question.DEADLINE, today)
    if said in (Said.DENIES, Said.UNSURE, Said.YES):
        turned = _turned(text.lower(), Question.DEADLINE) or find_dates(text, today=today)
        none = said is Said.DENIES and not turned
        offered = (NONE[Question.DEADLINE],) if none else ()
        return AskedBack(f"I can't tell a deadline from {quoted(text)}. {instead}", offered)
    what, when = split_deadline(text, today=today, at=at)
    if not what or not when:
        return AskedBack(f"I can't tell what {quoted(text)} blocks, and when. {instead}")
    found = read_day(when, today, locale=locale, at=at)
    if isinstance(found, Refused):
        meant = tuple(Read(Deadline(True, what, one.value), f"{what}, {one.said}") for one in found.candidates)
        told = days.asked_back(found, today).sentence
        return AskedBack(told if meant else f"{told} {instead}", meant, found.left_over)
    if find_dates(what, today=today):  # two days
        return AskedBack(f"{quoted(text)} holds two days. {instead}")
    return Read(Deadline(True, what, found.value), f"{what}, {found.said}")


def _commitment(text: str, said: Said) -> Read[Commitment] | AskedBack[Commitment]:
    instead = HOW[Question.COMMITMENT]
    if said is Said.YES:
        return AskedBack(f"Which one does it threaten? {instead}")
    which = re.sub(r"^(?:yes|yep|yeah|ja|oui|sí)[,.:;]\s+", "", text.strip(), flags=re.IGNORECASE)
    named = Read(Commitment(True, which), f"yes, {quoted(which)}")
    conditional = re.search(r"\b(?:if|unless|wenn|falls|si)\b", text, re.IGNORECASE)
    if said in (Said.DENIES, Said.UNSURE) or conditional:
        return AskedBack(f"I can't tell whether {quoted(text)} is a yes. {instead}", (NONE[Question.COMMITMENT], named))
    return named


def _offer(said: Mapping[T, str]) -> tuple[Read[T], ...]:
    return tuple(Read(value, words) for value, words in said.items())[:MOST_CANDIDATES]
