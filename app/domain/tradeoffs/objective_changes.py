"""An objective that begins with a verb: what is changed or reached, which way, and by or to how much."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from decimal import Decimal

from app.domain.tradeoffs import objective_words as words
from app.domain.tradeoffs.objective_clauses import Clause
from app.domain.tradeoffs.objective_figures import IN_SECONDS, Figure, Unit, figures
from app.domain.tradeoffs.objective_names import is_internal, name_of
from app.domain.tradeoffs.objective_patterns import COMPARED, CREW, DOING, DOWN_TO_LEVEL, FILLERS, MEANS, UP_TO_LEVEL
from app.domain.tradeoffs.objective_types import Change, Direction, Metric


def metric_of(clause: Clause) -> Metric | None:
    for named in (False, True):
        text = MEANS.sub("", clause.text)
        text = text if any(figures(text)) else DOING.sub("", clause.text)
        found = _metric_in(replace(clause, text=text), list(figures(text, named=named)), named)
        if found is not None:
            return found
    return None


def _metric_in(clause: Clause, all_: list[Figure], named: bool) -> Metric | None:
    text, kind = clause.text, clause.kind
    after = len(clause.verb)
    if kind == "double":
        return _doubled(clause)
    all_ = [one for one in all_ if one.start >= after]
    if not all_ or (words.FUNDING.search(text[after:]) and all_[0].unit is Unit.MONEY):
        return None
    if pair := from_to(text, all_):
        return metric_made(clause, pair[1], Change.TO, pair[0])
    how_fast = [one for one in all_ if _says_how_fast(text, one)]
    for one in [*(one for one in all_ if one not in how_fast), *how_fast]:
        lead = text[after : one.start]
        if named and not re.search(r"\b(?:a|an|of|at|to|by|under|within|below|in)\s*$", lead, re.I):
            continue
        if (
            re.search(
                r"\bby\s+(?:(?:at least|more than|over|about|around|approximately|roughly|up to"
                r"|an? (?:additional|average(?: of)?|further)|another|some|nearly|almost|a total of"
                r"|between)\s+)*[+\u2212-]?\s?$",
                lead,
                re.I,
            )
            and kind != "reach"
        ):
            return metric_made(clause, one, Change.BY, baseline_of(text, one, all_))
        if (level := level_of(text, one, after)) and not is_place(clause, one):
            return metric_made(clause, one, Change.TO, baseline_of(text, one, all_), level)
        to = re.search(
            r"\b(?:to|towards?|until)\s+(?:(?:about|around|approximately|a|an|the|average(?: of)?|our"
            r"|roughly|only|just|consistently|reach)\s+)*[$€£]?$",
            lead,
            re.I,
        )
        if to and not is_place(clause, one) and kind in ("up", "down", "better", "reach"):
            return metric_made(clause, one, Change.TO, baseline_of(text, one, all_))
        if (
            kind == "reach"
            and re.search(r"\b\w+\s+(?:of|at|=|:|is)\s+(?:(?:about|around|an?|the|roughly)\s+)*[$€£]?$", lead, re.I)
            and _names_metric(clause, lead)
        ):
            return metric_made(clause, one, Change.TO, baseline_of(text, one, all_))
        if clause.verb.lower().startswith("sav") and one.named and re.fullmatch(r"\s+(?:[\w’'-]+\s+){1,5}", lead):
            return metric_made(clause, one, Change.BY, None)
        if re.fullmatch(FILLERS, f" {lead.strip()} " if lead.strip() else " ", re.I) and not _is_thing(clause, one):
            return _directly(clause, one, all_)
        if found := comparative(clause, one):
            return found
        if re.search(r"\b(?:up|down)\s*[$€£]?$", lead, re.I) and one.named:
            return metric_made(
                replace(clause, kind="up" if re.search(r"up\s*[$€£]?$", lead, re.I) else "down"), one, Change.BY, None
            )
        ends = not clause.text[one.end :].strip() or re.match(
            r"\s*(?:per|for|in|on|among|across|year|yoy|,|;|\()", clause.text[one.end :], re.I
        )
        if (
            kind in ("up", "down", "better")
            and one.named
            and one.unit is not Unit.MONEY
            and ends
            and re.search(r"[a-z]\s*[+\u2212-]?\s?$", lead, re.I)
            and not re.search(
                r"\b(?:in|within|for|with|on|at|across|over|every|after|of|through|during|the|first)\s*$", lead, re.I
            )
        ):
            return metric_made(clause, one, Change.BY, None)
        makes = words.stem(clause.verb, frozenset({"become", "make", "ensure", "guarantee", "let", "see", "have"}))
        if makes and one.unit is Unit.PERCENT and not _acts(clause, one) and re.search(r"\b(?:for|that)\s*$", lead):
            return metric_made(clause, one, Change.TO, None, Direction.UP)
    return None


def _says_how_fast(text: str, one: Figure) -> bool:
    return one.unit in IN_SECONDS and bool(re.search(r"\b(?:with)?in\s*$", text[: one.start], re.IGNORECASE))


def _directly(clause: Clause, one: Figure, all_: list[Figure]) -> Metric | None:
    """The figure stands right behind its verb: reach 10,000 visits, save 30 minutes, cut 200 ms of latency."""
    if clause.kind in ("up", "down", "better"):
        if one.unit is Unit.COUNT and clause.kind == "up" and not re.match(r"[\s]*\S", clause.text[one.end :]):
            return None
        return metric_made(clause, one, Change.BY, baseline_of(clause.text, one, all_))
    if _acts(clause, one):
        return None
    return metric_made(clause, one, Change.TO, baseline_of(clause.text, one, all_))


def _acts(clause: Clause, one: Figure) -> bool:
    """Whether a verb that may do both only does something with this figure: deliver 3 workshops."""
    verb = words.stem(clause.verb, words.REACH) or clause.verb.lower()
    if verb not in words.STILL_ACTS:
        return False
    if one.unit is Unit.PERCENT or one.unit is Unit.PERCENTAGE_POINTS:
        behind = clause.text[one.end :].lower()
        return bool(
            words.INTERNAL.search(behind)
            or re.search(
                r"\b(?:features|milestones|roadmap|tasks|stories|project|training|modules?|deliverables"
                r"|workloads?|services|servers|systems|traffic to|repos\w*|pipelines|vendors|suppliers"
                r"|applications to|documents|contracts|data\b|tables|macros|pages|sites|stores|websites?"
                r"|processes|migration)\b",
                behind,
            )
        )
    if one.unit is Unit.MONEY or one.unit in IN_SECONDS:
        return False
    behind = re.split(
        r"\b(?:to|for|with|by|from|in|on|at|about|per|who|that|which|through|and|of)\b", clause.text[one.end :].lower()
    )[0]
    found = re.findall(r"[a-z][a-z-]+", behind)[:5]
    head = next((word for word in found if word.endswith("s") and word not in ("sales", "business", "wireless")), None)
    return not (
        head in words.OUTCOMES or (found and found[-1] in words.OUTCOMES and (head is None or head == found[-1]))
    )


def _names_metric(clause: Clause, lead: str) -> bool:
    """Whether what stands before “of 50” is measured: an NPS of 50, but not a training of 50."""
    if (words.stem(clause.verb, words.REACH) or "") in {
        "reach",
        "achieve",
        "hit",
        "attain",
        "keep",
        "maintain",
        "sustain",
        "earn",
        "score",
        "hold",
        "exceed",
    }:
        return True
    return bool(words.NATURE_LOW.search(lead)) or any(word.lower() in words.HEADS for word in lead.split())


def _is_thing(clause: Clause, one: Figure) -> bool:
    """Whether a change is one of places or pieces, not of a metric: expand to 5 markets."""
    return clause.kind in ("up",) and is_place(clause, one)


def is_place(clause: Clause, one: Figure) -> bool:
    verb = clause.verb.lower()
    grows = words.stem(
        verb,
        frozenset(
            [
                "expand",
                "extend",
                "scale",
                "move",
                "bring",
                "take",
                "roll",
                "enter",
                "turn",
                "open",
                "get",
                "ramp",
                "push",
                "drive",
                "reach",
            ]
        ),
    )
    behind = clause.text[one.end :][:40]
    first = re.match(
        r"\s*(?:new |more |additional |other |further |major |key |large |pilot )*([a-z ]{3,30})", behind, re.I
    )
    return bool(grows and one.unit is Unit.COUNT and first and words.PLACES.match(first[1].strip()))


def _doubled(clause: Clause) -> Metric | None:
    base = words.stem(clause.verb, frozenset(words.DOUBLES))
    name = name_of(clause.text[len(clause.verb) :], None)
    if not name:
        return None
    if base is None:
        times = re.match(r"\d+", clause.verb)
        assert times
        percent = (int(times[0]) - 1) * 100
    else:
        percent = words.DOUBLES[base]
    direction = Direction.UP if percent > 0 else Direction.DOWN
    level = next((one for one in figures(clause.text) if one.start > len(clause.verb)), None)
    if pair := from_to(clause.text, list(figures(clause.text))):
        return metric_made(replace(clause, kind="up" if percent > 0 else "down"), pair[1], Change.TO, pair[0])
    to = level is not None and re.search(r"\bto\s*[$€£]?$", clause.text[: level.start])
    if level is not None and to:
        return metric_made(replace(clause, kind="up" if percent > 0 else "down"), level, Change.TO, None)
    name = name_of(clause.text[len(clause.verb) :], None)
    return Metric(name, direction, Change.BY, Decimal(abs(percent)), Unit.PERCENT, internal=is_internal(name))


def metric_made(
    clause: Clause, one: Figure, change: Change, base: Figure | None, level: Direction | None = None
) -> Metric | None:
    text = clause.text
    name = name_of(text[len(clause.verb) if clause.kind != "none" else 0 :], None) or clause.verb.lower()
    direction = _direction(clause, one, change, base, level, name)
    hires = clause.kind == "up" and CREW.search(name) and one.unit is Unit.COUNT
    if direction is None or hires:
        return None
    unit = one.unit
    if base is not None and not one.named and base.named:
        unit = base.unit
    baseline = base.amount if base is not None else None
    if base is not None and base.unit in IN_SECONDS and unit in IN_SECONDS and base.unit is not unit and base.named:
        baseline = base.amount * IN_SECONDS[base.unit] / IN_SECONDS[unit]
    metric = Metric(
        name,
        direction,
        change,
        abs(one.amount),
        unit,
        baseline,
        internal=is_internal(f"{name} {text}" if clause.kind == "reach" else name),
    )
    if unit is Unit.POINTS and metric.is_share and not re.search(r"\b(?:nps|score|csat|index|rating)\b", name, re.I):
        return replace(metric, unit=Unit.PERCENTAGE_POINTS)
    return metric


def _direction(
    clause: Clause, one: Figure, change: Change, base: Figure | None, level: Direction | None, name: str
) -> Direction | None:
    if change is Change.TO and base is not None and (then := _seconds(base, one)) != (now := _seconds(one, base)):
        return Direction.UP if now > then else Direction.DOWN
    if clause.kind == "up":
        if level is Direction.DOWN and re.match(r"(?:push|driv|bring)", clause.verb, re.I):
            return level  # push churn below 3%
        hurries = clause.verb.lower().startswith("accelerat") and one.unit in IN_SECONDS
        return Direction.DOWN if hurries else Direction.UP
    if clause.verb.lower().startswith("speed") and one.unit in IN_SECONDS:
        return Direction.DOWN
    if clause.kind == "down":
        return Direction.DOWN
    if level is not None:
        return level
    if (
        one.unit is Unit.PERCENT
        and change is Change.TO
        and re.match(r"\s*(?:or more )?of\b", clause.text[one.end :], re.I)
    ):
        return Direction.UP
    around = f"{clause.verb} {name} {clause.text[one.end :]}"
    return Direction.DOWN if words.lower_is_better(name or around) else Direction.UP


def _seconds(one: Figure, other: Figure) -> Decimal:
    """Of two times, both in one unit; where only one names its unit, the other has it too."""
    unit = one.unit if one.named or not other.named else other.unit
    return (
        one.amount * IN_SECONDS.get(unit, Decimal(1))
        if one.unit in IN_SECONDS or other.unit in IN_SECONDS
        else one.amount
    )


def from_to(text: str, all_: list[Figure]) -> tuple[Figure, Figure] | None:
    """From 45 seconds to 8; to 8 seconds from 45."""
    for first, second in itertools.pairwise(all_):
        between = text[first.end : second.start]
        lead = text[: first.start]
        tail = (
            r"(?:(?:about|around|over|under|an?|the|at least|more than|less than|below|above|roughly"
            r"|average(?: of)?|just)\s+)*[$€£]?\s*$"
        )
        if (
            re.search(r"\b(?:from|currently|of|at)\s+" + tail, lead, re.I)
            and re.search(r"\b(?:down |up )?to\s+" + tail, between, re.I)
            and len(between) < 60
        ):
            return first, second
        if re.search(r"\b(?:to|below|under|above|over|at least|hit|reach)\s+" + tail, lead, re.I) and re.search(
            r"\b(?:up |down )?(?:from|versus|vs\.?|compared (?:to|with)|against|instead of)\s+" + tail, between, re.I
        ):
            return second, first
        if (
            re.fullmatch(r"\s*to\s*", between)
            and not re.search(r"\bby\s*$", lead, re.I)
            and (second.named or not first.named)
            and first.amount != second.amount
            and re.search(r"(?:^|\s)(?:from\s+)?$", lead)
            and re.search(r"\w\s*:?\s*$", lead)
            and "from" in lead.lower()
        ):
            return first, second
    return None


def baseline_of(text: str, one: Figure, all_: list[Figure]) -> Figure | None:
    for before, after in itertools.pairwise(all_):  # of 40 cities' 70% to 90%, it is the 70%
        if after is one and before.unit is one.unit and re.fullmatch(r"\s*to\s*", text[before.end : one.start]):
            return before
    for other in all_:
        if other is one:
            continue
        lead = text[max(0, other.start - 30) : other.start]
        if re.search(
            r"(?:\b(?:up |down )?from|\bvs\.?|versus|currently|baseline:?|today:?|compared (?:to|with)"
            r"|\bnow)\s*(?:at |of |is |the |current |our )*[$€£]?$",
            lead,
            re.I,
        ):
            return other
    return None


def level_of(text: str, one: Figure, after: int) -> Direction | None:
    """Which side of a figure is meant: at least 90%, under 2 seconds, 45 or more, 500+."""
    lead, behind = text[after : one.start], text[one.end :]
    tail = r"\s*(?:(?:an?|the|average(?: of)?|about)\s+)*[$€£]?$"
    if re.search(rf"(?:^|[\s(]){UP_TO_LEVEL}{tail}", lead, re.I):
        return Direction.UP
    if re.search(rf"(?:^|[\s(]){DOWN_TO_LEVEL}{tail}", lead, re.I) and not (
        re.search(rf"(?:^|\s)in{tail}", lead, re.I) and one.unit not in IN_SECONDS
    ):
        return Direction.DOWN
    if (
        re.match(r"\s*(?:or|and) (?:more|above|higher|better|greater|over|up)\b", behind, re.I)
        or text[one.end - 1 : one.end] == "+"
    ):
        return Direction.UP
    if re.match(r"\s*(?:or|and) (?:less|fewer|below|lower|under|faster|better)\b", behind, re.I):
        return Direction.DOWN
    return None


def comparative(clause: Clause, one: Figure) -> Metric | None:
    """20% faster, 15% more repeat orders, a 10% reduction in refunds."""
    how = COMPARED.match(clause.text[one.end :])
    if how is None or (one.unit is Unit.COUNT and not one.named):
        return None
    word = how["how"].lower()
    rest = clause.text[one.end + how.end() :]
    name = name_of(re.sub(r"^\s*(?:in|of|on|for)\b", "", rest), None) or name_of(
        clause.text[len(clause.verb) : one.start], None
    )
    if words.FASTER.fullmatch(word):
        name = name_of(clause.text[len(clause.verb) if clause.kind != "none" else 0 : one.start], None) or name
        return (
            Metric(name, Direction.DOWN, Change.BY, one.amount, one.unit, internal=is_internal(name)) if name else None
        )
    if not name or word not in words.MORE | words.LESS:
        return None
    direction = Direction.UP if word in words.MORE else Direction.DOWN
    if word in ("improvement", "better"):
        direction = Direction.DOWN if words.lower_is_better(name) else Direction.UP
    unit = one.unit
    made = Metric(name, direction, Change.BY, one.amount, unit, internal=is_internal(name))
    return replace(made, unit=Unit.PERCENTAGE_POINTS) if unit is Unit.POINTS and made.is_share else made
