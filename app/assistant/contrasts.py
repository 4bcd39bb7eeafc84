"""Words that say which of several figures is meant, of which one excludes the others: gross or net. Pure.

A draft may leave such a word out. It may not put another in its place, nor add one of the `STRICT` families.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from app.assistant.around import Clause

_FAMILIES: Final[dict[str, dict[str, str]]] = {
    "average": {
        "median": r"median\w*|mediana|médiane?|中央値",
        "mean": r"(?<!what it )mean(?! (?:that|the|we|it|a|an|two|three|no)\b)|averag\w+|durchschnitt\w*|im schnitt"
            r"|moyen(?:ne)?s?"
        r"|(?:la|de|una?|em|en) (?:media|média)|promedio|in media|gemiddeld\w*|平均",
    },
    "gross": {
        "gross": r"gross|brutto\w*|brut(?:e|es|s)?|bruto|bruta|lord[oai]|総額|粗利\w*",
        "net": r"net|netto\w*|nett?o|neta|nette?s?|líquid[oa]s?|純\w*",
    },
    "tax": {
        "without": r"HT|hors taxes?|(?:excl(?:uding|usive of|\.)?|ex|before|without|plus|net of|zzgl\.?|ohne"
            r"|exkl\.?|vor)"
        r"(?: the)? (?:VAT|tax(?:es)?|GST|MwSt\.?|USt\.?|Mehrwertsteuer|steuern|btw)|pre-tax|(?:sin|sem|más|mais"
        r"|senza|più) IVA"
        r"|IVA (?:escl\w+|no incluid[oa])|税抜き?|税別|税引前",
        "with": r"TTC|toutes taxes comprises|(?:incl(?:uding|usive of|\.)?|after|with|inkl\.?|mit|nach)"
        r"(?: the)? (?:VAT|tax(?:es)?|GST|MwSt\.?|USt\.?|Mehrwertsteuer|steuern|btw)|post-tax|(?:con|com) IVA"
        r"|IVA (?:incl\w+|compres[oa])|税込み?|税引後",
    },
    "share": {
        "each": r"each(?! (?:other|day|week|month|quarter|year|hour|minute|second|time|night)\b)|apiece|jeweils"
            r"|pro kopf"
        r"|per (?:capita|person|head|piece|unit|site|team|store|office|plant|vendor|supplier|room|item)|chacune?s?"
        r"|cada (?:un[oa]|uma?)|ciascun[oa]|a testa|per stuk|それぞれ|各\w|人あたり|人当たり|一人|ずつ|每人|各自",
        "total": r"in total|total(?:ly|s|ing|led|ling)?|altogether|combined|together|overall|in all|insgesamt|zusammen"
        r"|gesamt\w*|totale?|en tout|ensemble|no total|junt[oa]s|in totale|compless\w+|in totaal|samen"
        r"|合計|全部で|総計|全員分|合わせて|一共|总共",
    },
    "heads": {
        "fte": r"ftes?|full-time equivalents?|vollzeitäquivalente?|vzä|etp",
        "heads": r"headcount|heads|köpfe|people on the payroll",
    },
    "limit": {
        "most": r"max(?:im\w*)?|massim\w+|máxim\w+|maximal\w*|höchst(?:ens|\w{3,})|obergrenze|ceiling|(?:speed "
            r"|weight |upper |credit )limit|capped|plafond|peak|上限|最大|最高",
        "least": r"minim\w+|mínim\w+|mindest\w+|untergrenze|floor|lower limit|plancher|下限|最小|最低",
    },
    "stage": {
        "asked": r"request(?:ed|s)?|asked for|applied for|wanted|demandé\w*|solicit\w+|pedid[oa]s?|beantragt\w*"
            r"|richiest\w+",
        "granted": r"approv(?:ed|es)|granted|genehmigt\w*|bewilligt\w*|accordé\w*|aprobad\w+|aprovad\w+|approvat\w+",
        "refused": r"rejected|refused|denied|turned down|abgelehnt\w*|refusé\w*|rechazad\w+|rejeitad\w+|recusad\w+",
    },
    "rest": {
        "used": r"spent|used(?! to)|consumed|ausgegeben|verbraucht|dépensé\w*|gastad\w+|gastamos|gast[óo]u?|usad\w+"
            r"|speso|besteed|使った"
        r"|使用済",
        "left": r"remain(?:s|ing|der)?|unspent|unused|(?:still|yet) (?:available|open|there|to spend)|(?:is|are"
            r"|have|has) left"
        r"|left (?:over|to spend|in)|verbleib\w+|übrig|noch frei|restante?s?|qued\w+|sobra\w*|riman\w+|残り|余り",
    },
    "real": {
        "planned": r"target(?:ed|s)?|goals?|forecast(?:s|ed)?|project(?:ed|ions?)|budgeted|planned|expected"
            r"|soll-?\w*|ziel(?:wert)?"
        r"|objecti[fv]s?|prévus?|prévisions?|objetivo|previst[oa]s?|meta|previsión|previsto|目標|見込み?|予測",
        "actual": r"actual(?:ly|s)?|achieved|realised|realized|ist-?wert|tatsächlich\w*|réels?|réalisés?"
            r"|effettiv\w+|実績|実際",
    },
    "reduction": {
        "off": r"less than|off|discount(?:ed|s)?|cheaper|rabatt\w*|nachlass|günstiger|billiger|remise|réduction"
            r"|moins cher"
        r"|descuento|de menos|desconto|más barato|sconto|korting|割引|引き|オフ",
        "of": r"(?<=[%]) (?:of|der|des|du|de|del|do|van) (?:the |our |its |la |el |o )?(?:list|regular|full|normal"
            r"|usual|original|old"
        r"|current)?[ -]?(?:price|fee|rate|cost|tariff|preis\w*|prix|precio|preço|prezzo|prijs|listenpreis\w*)",
    },
    "channel": {"retail": r"retail|einzelhandel\w*|détail|minorista|varejo", "wholesale": r"wholesale|großhandel\w*"
        r"|gros|mayorista|atacado"},
    "age": {"new": r"new|newer|neue[nrms]?|nouve(?:l|lle|au|aux)|nuev[oa]s?|nov[oa]s?|nuov[oaie]",
            "old": r"old|older|previous|former|alte[nrms]?|ancien(?:ne)?s?|viej[oa]s?|antig[ou]\w+|vecchi[oaie]"},
    "severity": {"minor": r"minor|small|trivial|geringfügig\w*|mineure?s?|menores?|leves?", "major": r"major"
        r"|critical|severe"
                 r"|schwerwiegend\w*|majeure?s?|mayores|graves?"},
    "way in": {"in": r"inbound|incoming|eingehend\w*|entrant\w*", "out": r"outbound|outgoing|ausgehend\w*|sortant\w*"},
    "trade": {"in": r"imports?|imported", "out": r"exports?|exported"},
    "load": {"up": r"uploads?|uploaded", "down": r"downloads?|downloaded"},
    "access": {"read": r"reads?(?= latency|s?\b)", "write": r"writes?(?= latency|s?\b)"},
    "time of work": {"full": r"full[ -]?time", "part": r"part[ -]?time"},
    "home": {"home": r"domestic|inland\w*|nacional\w*", "abroad": r"international\w*|foreign|overseas|ausland\w*"
        r"|export\w*"},
    "vote": {"for": r"in favou?r|votes? for|voted for|dafür", "against": r"against|dagegen|contre|en contra|contra"},
    "books": {"debit": r"debits?|receivables?", "credit": r"credits?|payables?"},
    "answer": {"won": r"won|wins", "lost": r"lost(?= (?:deals?|bids?|games?|tenders?))"},
    "side": {"before": r"before the|before (?=\w+ing\b)|prior to|pre-launch|vor der|vor dem umzug",
             "after": r"after the|after (?=\w+ing\b)|following the|post-launch|nach der"},
}  # fmt: skip
_EVENTS: Final = {
    "begin": r"begins?|began|starts?|started|launch\w*|kick-?off|go(?:es)? live|beginnt|startet|commence\w*|débute\w*"
    r"|empieza|comienza|começa\w*|inizia\w*|begint|開始",
    "end": r"ends?|ended|expires?|expired|runs? out|finish\w*|endet|läuft aus|se termine|finit|expire|termina\w*|vence"
    r"|scade|eindigt|終了",
    "notice": r"notice|kündigung\w*|gekündigt|préavis|preaviso|aviso prévio|preavviso|opzegging",
    "sign": r"sign(?:s|ed|ing)?|signature|unterschr\w+|unterzeichn\w+|sign[ée]\w*|firm(?:a|amos|ado|ó|ar|ata|ato)"
        r"|assin\w+|署名",
    "pay": r"pa(?:ys?|id|yment)|bezahlt|zahlung|payée?s?|paiement|pago|pagamento|支払\w*",
    "deliver": r"deliver\w*|ships?|shipped|arriv\w+|geliefert|lieferung|livr\w+|entreg\w+|consegn\w+",
}  # fmt: skip
"""What happens on a day. Of one clause that says one of them another is another day's."""
STRICT: Final = frozenset({"average", "gross", "tax"})
_MEMBERS: Final = [
    (family, member, re.compile(rf"(?<![^\W\d_\u3005-\u9fff])(?:{words})(?![^\W\d_\u3005-\u9fff])", re.I))
    for family, members in _FAMILIES.items()
    for member, words in members.items()
]
_HAPPENS: Final = [
    (name, re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.I)) for name, words in _EVENTS.items()
]
_ANY: Final = re.compile("|".join(f"(?:{words})" for members in _FAMILIES.values() for words in members.values()), re.I)

Marks = dict[str, frozenset[str]]
"""Of each family that a text has, its members there."""


@lru_cache(maxsize=2048)
def marks(text: str) -> Marks:
    """The members of each family in a text."""
    if not _ANY.search(text):
        return {}
    found: dict[str, set[str]] = {}
    for family, member, pattern in _MEMBERS:
        if pattern.search(text):
            found.setdefault(family, set()).add(member)
    return {family: frozenset(members) for family, members in found.items()}


def _strict(clause: Clause) -> Marks:
    """What a draft's clause says, or its sentence where that says but one."""
    return marks(clause.sentence) | marks(clause.text)


def contradicts(mine: Clause | None, theirs: Clause | None, whole: Iterable[str]) -> bool:
    """Whether a draft's clause calls a figure what its source does not, or calls it something else."""
    if mine is None or theirs is None:
        return False
    if _other_id(mine, theirs):
        return True
    for family, members in marks(mine.text).items():
        if family not in STRICT and len(members) == 1:
            label, colon, _ = theirs.sentence.partition(": ")
            known = marks(theirs.text).get(family) or (marks(label).get(family) if colon else None) or members
            if not members & known:
                return True
    for family in STRICT:
        members = _strict(mine).get(family, frozenset())
        if len(members) != 1:
            continue
        levels = (marks(text).get(family) for text in (theirs.text, theirs.sentence, *whole))
        if not members <= next((known for known in levels if known), frozenset()):
            return True
    return False


_ID: Final = re.compile(
    r"(?<![\w.-])(?P<version>v)\.?(?P<of>\d+(?:\.\d+)+)(?![\w])"
    r"|(?<![\w.-])(?P<kind>[A-Za-z]{1,3})-?(?P<number>\d{1,3})(?![\w.]|-\d)"
)


def _other_id(mine: Clause, theirs: Clause) -> bool:
    """ "p99" where the source says p95, "Q4" where it says Q3: another of the same kind, and none that is the same."""
    own, known = _ids(mine.text), _ids(theirs.text)
    return any(kind in known and not numbers & known[kind] for kind, numbers in own.items())


@lru_cache(maxsize=2048)
def _ids(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for m in _ID.finditer(text):
        found.setdefault((m["kind"] or "v").lower(), set()).add(m["number"] or m["of"])
    return {kind: frozenset(numbers) for kind, numbers in found.items()}


@lru_cache(maxsize=1024)
def _happening(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _HAPPENS if pattern.search(text))


def other_event(mine: Clause | None, theirs: Clause | None) -> bool:
    """Whether a day is that of another event: the notice's for the end's."""
    if mine is None or theirs is None:
        return False
    if _other_id(mine, theirs):
        return True
    own, known = _happening(mine.text), _happening(theirs.text)
    return len(own) == 1 and len(known) == 1 and own != known
