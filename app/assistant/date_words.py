"""Months, edges and distances of time in the words of several languages. Pure."""

import re
from typing import Final

_EDGES: Final = {
    "early": "early|beginning of|start of|anfang|début|debut|principios de|comienzos de|início de|inizio",
    "mid": "middle of|mid|mitte|mi|mediados de|meados de|metà",
    "late": "late|spät im",
    "end": "end of|ende|fin|finales de|final de|fines de|fim de|fine",
}
EDGE_WORDS: Final = {word: edge for edge, words in _EDGES.items() for word in words.split("|")}
MONTHS_OF_OTHERS: Final = {
    "januar": 1, "janvier": 1, "enero": 1, "janeiro": 1, "gennaio": 1, "januari": 1, "jänner": 1,
    "februar": 2, "février": 2, "febrero": 2, "fevereiro": 2, "febbraio": 2, "februari": 2,
    "märz": 3, "mars": 3, "marzo": 3, "março": 3, "maart": 3,
    "avril": 4, "abril": 4, "aprile": 4, "mai": 5, "mayo": 5, "maio": 5, "maggio": 5, "mei": 5,
    "juni": 6, "juin": 6, "junio": 6, "junho": 6, "giugno": 6, "juli": 7, "juillet": 7, "julio": 7, "julho": 7,
    "luglio": 7, "août": 8, "agosto": 8, "augustus": 8,
    "septembre": 9, "septiembre": 9, "setembro": 9, "settembre": 9, "oktober": 10, "octobre": 10, "octubre": 10,
    "outubro": 10, "ottobre": 10, "novembre": 11, "noviembre": 11, "novembro": 11,
    "dezember": 12, "décembre": 12, "diciembre": 12, "dezembro": 12, "dicembre": 12,
}  # fmt: skip
OTHER: Final = "|".join(sorted(MONTHS_OF_OTHERS, key=len, reverse=True))
TENTHS: Final = {"初": "early", "上旬": "early", "中旬": "mid", "下旬": "late", "末": "end"}
_SOON: Final = {
    ("next", "week"): "nächste[rn]? woche|kommende[rn]? woche|la semaine prochaine|semaine prochaine|la próxima semana"
    "|próxima semana|la semana que viene|semana que vem|la settimana prossima|来週|下周|下週",
    ("next", "month"): "nächste[rnms]? monat|kommende[rnms]? monat|(?:le )?mois prochain|(?:el )?próximo mes"
    "|(?:o )?próximo mês|mês que vem|il mese prossimo|来月|下个月",
    ("next", "year"): "nächste[sn]? jahr|(?:l['’])?année prochaine|(?:l['’])?an prochain|(?:el )?próximo año"
    "|(?:o )?próximo ano|ano que vem|来年|明年",
    ("next", "quarter"): "nächste[sn]? quartal|trimestre prochain|próximo trimestre|来四半期",
    (
        "last",
        "week",
    ): "letzte[rn]? woche|vorige[rn]? woche|(?:la )?semaine dernière|(?:la )?semana pasada|semana passada|先週|上周",
    ("last", "month"): "letzte[nr]? monat|(?:le )?mois dernier|(?:el )?mes pasado|mês passado|先月|上个月",
    ("last", "year"): "letzte[sn]? jahr|(?:l['’])?année dernière|(?:l['’])?an dernier|(?:el )?año pasado|ano passado"
    "|昨年|去年",
    ("last", "quarter"): "letzte[sn]? quartal|trimestre dernier|trimestre pasado|trimestre passado",
    (
        "the",
        "weekend",
    ): "the weekend|this weekend|next weekend|am wochenende|ce week-end|el fin de semana|este fin de semana"
    "|o fim de semana|no fim de semana|este fim de semana|週末",
    ("the", "decade"): r"the \d0s|the twenties|the thirties|the sixties|the seventies|the eighties|the nineties",
    ("this", "week"): "this[ -]week|diese[rn]? woche|cette semaine|esta semana|今週|本周|这周",
    ("this", "month"): "this[ -]month|diese[rnms]? monat|ce mois(?:-ci)?|este mes|este mês|今月|本月",
    ("this", "quarter"): "this[ -]quarter|diese[sm]? quartal|ce trimestre|este trimestre",
    ("this", "year"): "this[ -]year|diese[sm]? jahr|cette année|este año|este ano|今年",
}
_NTH: Final = {
    1: "first|1st|erste[rnms]?|premi(?:er|ère)|primer[oa]?|primeir[oa]|prim[oa]",
    2: "second|2nd|zweite[rnms]?|deuxième|segund[oa]|second[oa]",
    3: "third|3rd|dritte[rnms]?|troisième|tercer[oa]?|terceir[oa]|terz[oa]",
    4: "fourth|4th|vierte[rnms]?|quatrième|cuart[oa]|quart[oa]",
    5: "fifth|5th|fünfte[rnms]?|cinquième|quint[oa]|quint[oa]",
    -1: "last|letzte[rnms]?|derni(?:er|ère)|últim[oa]|ultim[oa]",
}
NTH: Final = "|".join(_NTH.values())
_NTH_READ: Final = tuple((number, re.compile(words, re.I)) for number, words in _NTH.items())
_WEEKDAYS: Final = (
    "monday|montag|lundi|lunes|segunda(?:-feira)?|lunedì",
    "tuesday|dienstag|mardi|martes|terça(?:-feira)?|martedì",
    "wednesday|mittwoch|mercredi|miércoles|quarta(?:-feira)?|mercoledì",
    "thursday|donnerstag|jeudi|jueves|quinta(?:-feira)?|giovedì",
    "friday|freitag|vendredi|viernes|sexta(?:-feira)?|venerdì",
    "saturday|samstag|sonnabend|samedi|sábado|sabato",
    "sunday|sonntag|dimanche|domingo|domenica",
    "week|woche|semaine|semana|settimana",
)
WEEKDAYS: Final = "|".join(_WEEKDAYS)
"""The last is the week itself: "the first week of March"."""
_WEEKDAYS_READ: Final = tuple(re.compile(words, re.I) for words in _WEEKDAYS)


def nth(word: str) -> int:
    """Which one in its month: 1 to 5, -1 for the last."""
    return next(number for number, words in _NTH_READ if words.fullmatch(word))


def weekday(word: str) -> int:
    """0 for Monday, 7 for the week."""
    return next(number for number, words in enumerate(_WEEKDAYS_READ) if words.fullmatch(word))


SAID_SOON: Final = tuple(
    (words, re.compile("|".join(one if not one.isascii() and len(one) < 4 else rf"\b(?:{one})\b"
                                for one in said.split("|")), re.I))
    for words, said in _SOON.items()
)  # fmt: skip
