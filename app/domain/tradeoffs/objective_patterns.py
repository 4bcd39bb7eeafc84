"""What an objective's sentence is taken apart by."""

from __future__ import annotations

import re

LEAD = re.compile(
    r"^(?:[\s\-–—•*>\"“'(]+|(?:objective|goal|key result|kr|okr|target|aim|o)\s?\d*[.\d]*\s?[:.)–-]\s*|\d+[.)]\s+"
    r"|(?:the |our )?(?:primary |main |key |team'?s? |shared |top )*(?:goal|objective|aim|mission"
    r"|target|ambition|intention|plan|focus|priority)(?: (?:this|next|for the|for|of"
    r"|in) [\w' ]{1,25}?)? (?:is|will be|remains)(?: to)?\s+"
    r"|(?:in order |so as )?to\s+|(?:please|let's|let us|help (?:us|to)|try to|and|also|then"
    r"|continue to|begin to|start to|successfully|significantly|further|dramatically|sustainably"
    r"|quickly|consistently|measurably|work to|be able to|seek to|strive to)\s+)",
    re.IGNORECASE,
)


INTENT = re.compile(
    r"^[^.;]{0,60}?\b(?:will|shall|wants? to|aims? to|plans? to|intends? to|(?:is|are) going to"
    r"|should|must|needs? to|commits? to"
    r"|(?:has|have) to|would like to|hopes? to|is to|are to|wish(?:es)? to|pledges? to)\s+(?:be able to\s+)?",
    re.IGNORECASE,
)


TEAM = re.compile(r"^[^:\d]{1,40}:\s+")


MEANS = re.compile(
    r",?\s+(?:by|through|via|while)\s+(?!(?:spring|evening|morning)\b)(?:\w+ly\s+)?[a-z][a-z-]+ing\b.*$"
    r"|,?\s+(?:through|via|thanks to|with the help of|using)\s+.*$",
    re.IGNORECASE,
)


DOING = re.compile(r",?\s+(?:by|through|via|while)\s+(?:\w+ly\s+)?[a-z][a-z-]+ing\b.*$", re.IGNORECASE)


PURPOSE = re.compile(
    r"(?:\b(?:to|and|that|which|will|so|we|it|thereby|therefore|us|customers|users)\s+(?:can\s+"
    r"|should\s+|will\s+|help\s+|further\s+)?|[,;:–—]\s*(?:thereby\s+)?"
    r"|\s-\s)(?P<verb>[a-z][a-z-]+)\b",
    re.IGNORECASE,
)


PERIOD = re.compile(
    r"\b(?:by|in|during|over|for|within|before|through(?:out)?|until|this|next|at|on"
    r"|from)?\s*(?:the\s+)?(?:end of\s+|close of\s+|start of\s+)?(?:the\s+)?"
    r"(?:(?:this|next|the|current|coming|following)\s+)*"
    r"(?:(?:q[1-4]|h[12]|fy)(?:[ '’/-]?(?:20)?\d\d)?\b|(?:quarter|half|half-year|fiscal year"
    r"|financial year|year|month|season|sprint)(?:[- ]end)?(?=\s*(?:[.,;)]|$))"
    r"|\d+\s+(?:quarters?|months|weeks|years)(?=\s*(?:[.,;)]|$))|(?:jan|feb|mar|apr|may|jun|jul"
    r"|aug|sep|oct|nov|dec)[a-z]*\.?\s+20\d\d|20[2-4]\d\b)",
    re.IGNORECASE,
)


WHEN = re.compile(
    r"(?:by|before|until|till|no later than|not later than|through|from|after|on|as of|starting"
    r"|end(?:ing)? |this|next|\d{4}-|\d{1,2}(?:st|nd|rd|th)? [a-z]"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|in (?:the |early |late |mid-?)*(?:jan"
    r"|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q\d|20\d\d|spring|summer|autumn|fall|winter)"
    r"|(?:year|eoy|eoq))",
    re.IGNORECASE,
)


DETERMINER = re.compile(
    r"(?:the|a|an|our|all|every|each|new|its|their|this|that|at least|more|up|out|in|on|with|for|into|off)\b", re.I
)


FILLERS = (

        r"(?:\s+(?:an?|the|our|your|its|their|total|of|about|around|some|roughly|approximately"
        r"|additional|another|average|avg|overall|first|new|over|nearly|almost|just|only|at least"
        r"|more than|at most|less than|fewer than|up to|as many as|under|below|above|within|to"
        r"|consistent|steady|up|back))*\s*"
)  # fmt: skip


UP_TO_LEVEL = (
    r"(?:at least|above|over|(?<!no )(?<!not )(?:more|greater|higher|longer|better) than"
    r"|exceed(?:s|ing)?|beyond|past|north of|no (?:less|lower|fewer) than|not below"
    r"|minimum(?: of)?|min\.?|≥|>=?)"
)


DOWN_TO_LEVEL = (
    r"(?:under|below|(?<!no )(?<!not )(?:less|fewer|lower) than|no (?:more|higher|longer"
    r"|greater) than|not (?:more|exceed(?:ing)?) than|not exceed(?:ing)?|at most|maximum(?: of)?"
    r"|max\.?|within|inside|in|≤|<=?|sub-?|up to|(?:faster|quicker|sooner|shorter|cheaper) than)"
)


ARROW = re.compile(r"\s*(?:→|->|=>|⟶|➔)\s*")


NEVER_NOUNS = frozenset(
    {
        "increase",
        "increasing",
        "improve",
        "improving",
        "reduce",
        "reducing",
        "launch",
        "hire",
        "train",
        "achieve",
        "reach",
        "raise",
        "decrease",
        "lower",
        "grow",
        "cut",
        "boost",
        "drop",
        "push",
    }
)


COMPOUNDS = frozenset(
    {
        "load",
        "response",
        "return",
        "answer",
        "delivery",
        "order",
        "start",
        "open",
        "repeat",
        "checkout",
        "support",
        "boost",
        "win",
        "sign",
        "book",
        "process",
        "drop",
        "push",
        "pay",
    }
)


CREW = re.compile(r"\b(?:team|squad|department|staff|workforce|crew|bench)$", re.IGNORECASE)


COMPARED = re.compile(r"\s*(?:(?:points?|%|per ?cent)\s+)?(?P<how>[a-z]+)\b", re.I)


MOVES = re.compile(
    r"\b(?:(?P<up>up|grows?|rises?|increas(?:es?|ed)|climbs?|improves?|higher|grown|risen|gains?"
    r"|exceeds?|reach(?:es)?|hits?|doubles?)"
    r"|(?P<down>down|falls?|drops?|decreas(?:es?|ed)|declines?|shrinks?|lower|reduced|fewer"
    r"|less))\b(?:\s+(?:by|to|at|than|of))*\s*[$€£]?$",
    re.IGNORECASE,
)


EDGE = re.compile(
    r"^(?:the|a|an|our|your|its|their|of|in|on|for|and|with|overall|total|number of|share of"
    r"|average|amount of|to|by|at|from|is|are|that|be|than|over|under|below|above|more|less|fewer"
    r"|no|past|per|us|into|up|down|out|least|most|additional|new)\s+"
    r"|\s+(?:the|a|an|of|in|on|for|and|with|to|by|at|from|is|are|be|least|than|under|below|above"
    r"|over|between|within|only|just|more|less|up|down|about|around|approximately|stay|stays"
    r"|remain|remains|no|not|or|is at|currently|maintain|kept|fewer|less|rises?|falls?|grows?"
    r"|drops?|increases?|decreases?|improves?|climbs?|per|past|beyond)$",
    re.IGNORECASE,
)


DOES = re.compile(
    r"\s+(?:(?:the|our|a|an|full|further|successful)\s+)*(?:implementation|development|delivery"
    r"|roll-?out|launch|introduction|creation|migration|integration|transformation|execution"
    r"|completion|planning|design|build|release|deployment|project|programme|program|initiative"
    r"|strategy|roadmap|pilot|campaign)\b",
    re.IGNORECASE,
)


VERB_AND_NUMBER = re.compile(r"[A-Za-z-]+ \d")
