"""The words around a figure, by what they mean, in the languages that threads here are written in.

English, German, French, Spanish, Portuguese, Japanese; Italian, Dutch and Chinese as far as they stand beside a
figure. What stands in no table is compared as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from app.assistant.nouns import NOUNS


def _table(rows: dict[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, words in rows.items() for word in words.split()}


UNITS: Final = _table(
    {
        "%": "% percent pct prozent procent パーセント",
        "pp": "pp ppt ppts pps prozentpunkt prozentpunkte prozentpunkten procentpoint ポイント",
        "bp": "bp bps",
        "x": "x × 倍 mal-so",
        "ms": "ms millisecond milliseconds millisekunden",
        "second": "s sec secs second seconds sekunde sekunden seconde secondes segundo segundos secondi 秒",
        "minute": "min mins minute minutes minuten minuto minutos minuti 分間 分钟",
        "hour": "h hr hrs hour hours stunde stunden std heure heures hora horas ora ore uur 時間 小时",
        "day": "d day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen kalendertage"
        " kalendertagen 日間 天",
        "working day": "workday workdays weekday weekdays arbeitstag arbeitstage arbeitstagen werktag werktage"
        " werktagen"
        " werkdagen 営業日 工作日",
        "week": "w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane weken 週間 週 周",
        "month": "mo mos month months monat monate monaten mois mes meses mês mese mesi maand maanden"
        " か月 ヶ月 カ月 ヵ月 ケ月 箇月 个月",
        "quarter": "quarter quarters quartal quartale quartalen trimestre trimestres trimester 四半期 季度",
        "year": "y yr yrs year years jahr jahre jahren an ans année années año años ano anos anno anni jaar 年間 年",
        "sprint": "sprint sprints スプリント",
        "kb": "kb kib kilobyte kilobytes", "mb": "mb mib megabyte megabytes mégaoctets",
        "gb": "gb gib gigabyte gigabytes gigaoctets", "tb": "tb tib terabyte terabytes téraoctets",
        "pb": "pb pib petabyte petabytes",
        "hz": "hz", "khz": "khz", "mhz": "mhz", "ghz": "ghz", "db": "db decibel decibels",
        "kw": "kw kilowatt kilowatts",
        "kv": "kv", "gwh": "gwh", "gw": "gw", "wh": "wh", "rpm": "rpm", "psi": "psi", "kbps": "kbps kbit kb/s kbit/s",
        "mbps": "mbps mbit mb/s mbit/s megabit megabits", "gbps": "gbps gbit gb/s gbit/s gigabit gigabits",
        "fps": "fps", "qps": "qps rps", "px": "px", "dpi": "dpi", "kcal": "kcal",
        "l": "l litre litres liter liters litern litro litros litri", "ml": "ml millilitre millilitres milliliter",
        "gallon": "gallon gallons", "hectare": "hectare hectares ha hektar hectárea hectáreas", "acre": "acre acres",
        "ft": "ft foot feet", "inch": "inch inches", "yard": "yard yards", "lb": "lb lbs", "oz": "oz ounce ounces",
        "g": "gram grams gramm gramme grammes gramos gramas", "mg": "mg milligram milligrams",
        "cm": "cm centimetre centimetres centimeter centimeters",
        "sqm": "m² sqm qm quadratmeter quadratmetern", "cbm": "m³ cbm kubikmeter kubikmetern",
        "mph": "mph", "km/h": "km/h kmh kph",
        "m": "m metre metres meter meters mètres metros metri",
        "km": "km kilometre kilometres kilometers kilometer kilomètres kilómetros quilômetros",
        "kg": "kg kilo kilos kilogram kilograms kilogramm",
        "t": "t tonne tonnes ton tons tonnen toneladas",
        "mile": "mile miles", "kwh": "kwh", "mwh": "mwh", "mw": "mw", "°c": "°c", "°f": "°f",
        "°": "° degree degrees grad degré degrés grado grados grau graus gradi graden 度",
        "割": "割",
        "th": "st nd rd th",
    }
)  # fmt: skip
"""A word right behind a figure → the unit it makes."""

LONG_UNITS: Final = {
    "degrees celsius": "°c", "degree celsius": "°c", "degrees c": "°c", "grad celsius": "°c", "degrés celsius": "°c",
    "grados celsius": "°c", "graus celsius": "°c", "gradi celsius": "°c", "graden celsius": "°c",
    "degrees fahrenheit": "°f", "grad fahrenheit": "°f", "gigabits per second": "gbps", "megabits per second": "mbps",
    "square metres": "sqm", "square metre": "sqm", "square meters": "sqm", "square meter": "sqm",
    "mètres carrés": "sqm", "metros cuadrados": "sqm", "metros quadrados": "sqm", "metri quadrati": "sqm",
    "vierkante meter": "sqm", "cubic metres": "cbm", "cubic meters": "cbm", "mètres cubes": "cbm",
    "miles per hour": "mph", "kilometres per hour": "km/h", "kilometers per hour": "km/h",
    "per cent": "%", "pour cent": "%", "por ciento": "%", "por cento": "%", "per cento": "%",
    "percentage point": "pp", "percentage points": "pp", "points de pourcentage": "pp", "point de pourcentage": "pp",
    "puntos porcentuales": "pp", "punto porcentual": "pp", "pontos percentuais": "pp", "basis point": "bp",
    "basis points": "bp", "working day": "working day", "working days": "working day", "business day": "working day",
    "business days": "working day", "work day": "working day", "work days": "working day", "jour ouvré": "working day",
    "jours ouvrés": "working day", "jour ouvrable": "working day", "jours ouvrables": "working day",
    "día hábil": "working day", "días hábiles": "working day", "día laborable": "working day",
    "días laborables": "working day", "dia útil": "working day", "dias úteis": "working day",
    "giorni lavorativi": "working day", "bank days": "working day", "trading days": "working day",
    "calendar day": "day", "calendar days": "day", "calendar week": "week", "calendar weeks": "week",
    "calendar month": "month", "calendar months": "month", "calendar year": "year", "calendar years": "year",
    "working week": "working week", "working weeks": "working week", "working hour": "working hour",
    "working hours": "working hour", "business hour": "working hour", "business hours": "working hour",
    "working month": "working month", "working months": "working month", "person day": "person day",
    "person days": "person day", "man days": "person day", "person months": "person month",
    "jours calendaires": "day", "días naturales": "day", "times": "x", "time": "x", "mal": "x", "fois": "x",
    "veces": "x", "vezes": "x", "volte": "x",
}  # fmt: skip

SAME: Final[dict[str, tuple[str, int]]] = {
    "second": ("time", 1_000), "ms": ("time", 1), "minute": ("time", 60_000), "hour": ("time", 3_600_000),
    "day": ("time", 86_400_000), "week": ("time", 604_800_000), "month": ("months", 1), "quarter": ("months", 3),
    "year": ("months", 12), "pp": ("points", 100), "bp": ("points", 1), "割": ("%", 10), "km": ("length", 1_000),
    "m": ("length", 1), "t": ("mass", 1_000), "kg": ("mass", 1),
}  # fmt: skip
"""Units that are so many of another, exactly."""

COUNTED: Final = _table(NOUNS)
"""What is counted, by any of its usual names."""

STOP: Final = frozenset(
    """the a an of in on at by for from to per and or but with without is are was were be been being has have had do
    does did will would can could may might must should shall not no nor if then than so as that which who whom whose
    this these those it its we our us you your they their them he she his her i me my when while where because since
    until till before after during within over under above below between against about into through via each every
    both
    all any some more most less least fewer many much few only just also already still even again once twice up
    down out
    off there here what why how each now today yesterday tomorrow instead however also versus vs etc
    will left lost cost costs lose loses gain gains rise rises rose fall falls fell drop drops dropped grew grow grows
    increase increased decrease decreased
    der die das dem den des ein eine einen einem einer und oder aber mit ohne ist sind war waren wird werden hat haben
    nicht im am an auf bei für von vom zu zum zur nach vor seit bis ab um pro je über unter mehr weniger pro
    le la les un une des du de et ou mais avec sans est sont était a ont pas en dans sur par pour chez avant après
    depuis dès plus moins que qui
    el los las uno una unos y o pero con sin es son fue ha han no del al por para antes después desde hasta más menos
    os as um uma e mas com sem é são foi tem têm não do da dos das no na nos nas até mais por
    il lo gli i di è sono ma non da
    het en of maar met zonder zijn niet van voor naar op""".split()  # noqa: SIM905
)
"""Words that end what a figure counts."""

NEUTRAL: Final = frozenset(
    """full whole entire consecutive straight separate different individual single distinct of the our their its these
    those such volle ganze""".split()  # noqa: SIM905
)
"""Between a figure and what it counts they change nothing."""

MINUS: Final = frozenset("minus negative moins menos negativ meno マイナス".split())  # noqa: SIM905

_UP: Final = """rose rise rises risen rising grew grow grows grown growing growth increase increases increased
increasing
climbed climb climbs climbing up higher gained gain gains jumped jump surged improved uplift upturn
stieg stiegen gestiegen steigt steigen anstieg zunahme wuchs gewachsen erhöht zugenommen
augmenté augmente augmentation hausse monté progressé progresse croissance
subió sube subieron aumentó aumenta aumento aumentaron creció crecieron alza crecimiento
subiu sobe aumentou cresceu crescimento alta salita aumentato cresciuto"""
_DOWN: Final = """fell fall falls fallen falling drop drops dropped dropping decline declines declined declining
decrease
decreases decreased decreasing down lower reduced reduce reduces reduction reductions sank sink shrank shrink shrinks
dip dipped slump slumped cut cuts worsened
sank sanken gesunken sinkt sinken fiel fielen gefallen fällt rückgang abnahme verringert gesenkt abgenommen
baissé baisse chuté chute reculé recule recul diminué diminue diminution
bajó baja bajaron cayó cae cayeron disminuyó disminuye descenso caída redujo
caiu cai caíram diminuiu diminui queda reduziu redução sceso calato diminuito calo"""
UP: Final = frozenset(_UP.split())
DOWN: Final = frozenset(_DOWN.split()) - {"cai"}
EAST_UP: Final = re.compile("(?<=[%％割])増|増益|増加|上昇|増え|増収|上升|增长|增加|上がっ")
EAST_DOWN: Final = re.compile("(?<=[%％割])減|減益|減少|低下|減っ|下落|減収|下降|减少|下がっ")

PROFIT: Final = frozenset(
    """profit profits surplus gain gains gained gaining win won wins gewinn gewinne überschuss bénéfice bénéfices
    excédent ganancia ganancias beneficio beneficios superávit lucro lucros 黒字 利益 save
    saves saved saving savings""".split()  # noqa: SIM905
)
LOSS: Final = frozenset(
    """cost costs kostet kosten coûte coûtent cuesta cuestan custa custam
    loss losses lose loses losing lost deficit shortfall verlust verluste verlieren verliert perte pertes perdons
    perd déficit pérdida pérdidas perdemos pierde prejuízo prejuízos perdita perdite 赤字 損失""".split()  # noqa: SIM905
)

IN_THE_BLACK: Final = re.compile(r"\bin the black\b|schwarze[nr]? zahlen", re.I)
IN_THE_RED: Final = re.compile(r"\bin the red\b|rote[nr]? zahlen|\bunder water\b", re.I)

WAITING: Final = re.compile(
    r"\b(?:(?:hold|put)(?:ing|ting)? off|drag(?:s|ging) (?:\w+ )?(?:on|past|out)|stall(?:ing|s)?|wait(?:s|ing|ed)?"
    r"|delay(?:s|ed|ing)?|inaction|postpon\w+|warten|verzögerung\w*|attente|attendre|retard\w*"
    r"|espera\w*|retraso\w*|demora\w*|atraso\w*)\b|待つ|待ち|遅延|遅れ",
    re.I,
)
MISTAKE: Final = re.compile(
    r"\b(?:mistakes?|errors?|wrong(?:ly)?|botch\w+|misjudg\w+|bad choice|fehler|fehlentscheidung\w*|irrtum|erreurs?"
    r"|equivoca\w+|errores?|erros?"
    r"|engano)\b|間違|誤り|失敗",
    re.I,
)
"""What the two figures of a decision are about. One said of the other is another fact."""

AT_LEAST: Final = re.compile(
    r"(?:\b(?:(?:more|longer|higher|larger|bigger|older|heavier|taller|greater|later) than|over|above|über|at least"
    r"|(?:mehr|länger|höher|größer|älter|schwerer) als|oberhalb von|superieure? à|supérieure? à|au-dessus de"
    r"|por encima de|superior(?:es)? a|acima de|sopra|superiore a|boven|meer dan|minstens|ten minste|minimaal|minimal"
    r"|min\.|mín\.|mínimo(?: de)?|minimum de|como mínimo|no mínimo|(?:sur|dé)passer?(?: de)?|excede[rn]?|sobrepasar"
    r"|(?:pass|ultrapass)a[rm]?(?: de)?|superar[e]?|überschreiten|übersteigen|go(?:es)? (?:over|beyond|above)|surpass"
    r"|upwards of"
    r"|in excess of|exceed(?:s|ed|ing)?|minimum(?: of)?|mehr als|mindestens|plus de|au moins|más de|al menos"
    r"|mais de|pelo menos|più di|almeno)|[>≥]=?)\s*[$€£¥]?\s*$"
    r"|(?:以上)",
    re.I,
)
AT_MOST: Final = re.compile(
    r"(?:\b(?:(?:less|shorter|lower|smaller|younger|lighter|cheaper|sooner) than|under|below|unter|fewer than|at most"
    r"|(?:kürzer|niedriger|kleiner|jünger|leichter) als|unterhalb von|inférieure? à|en dessous de|por debajo de"
    r"|inferior(?:es)? a|abaixo de|sotto|inferiore a|onder|minder dan|hoogstens|maximaal|maximal|max\.?|máx\.?"
    r"|máximo(?: de)?|maximum de|au maximum|al máximo|limited to|capped at|begrenzt auf|limité à|limitado a"
    r"|unterschreiten|(?<!went )(?<!goes )(?<!gone )"
    r"(?<!going )(?<!rose )(?<!is )(?<!are )(?<!was )up to"
    r"|no more than|not more than|maximum(?: of)?"
    r"|weniger als|höchstens"
    r"|bis zu|moins de|au plus|jusqu'à|menos de|como máximo|a lo sumo|hasta|no máximo|até|meno di|al massimo)|[<≤]=?)"
    r"\s*[$€£¥]?\s*$",
    re.I,
)

PER_TIME: Final = _table(
    {
        "hour": "hour hourly stunde stündlich heure hora ora uur 時間",
        "day": "day daily tag täglich jour journée quotidien día dia diario diaria diário diária giorno"
        " giornaliero dag"
        " dagelijks 日 天",
        "working day": "workday weekday arbeitstag werktag 営業日 工作日",
        "week": "week weekly wk woche wöchentlich wöchentliche semaine hebdomadaire semana semanal settimana"
        " settimanale wekelijks 週 周",
        "fortnight": "fortnight fortnightly",
        "month": "month monthly mo monat monatlich monatliche mois mensuel mensuelle mes mês mensual mensal mese"
        " mensile maand maandelijks 月",
        "quarter": "quarter quarterly quartal vierteljährlich trimestre trimestriel trimestral",
        "year": "year yearly yr annual annually annum p.a p.a. jahr jährlich jährliche an année annuel annuelle año"
        " anual ano anno annuale jaar jaarlijks 年",
        "night": "night nightly nacht nuit noche noite 夜", "sprint": "sprint", "minute": "minute min minuto",
        "second": "second sec s segundo",
    }
)  # fmt: skip

STOPWORDS: Final = {
    "en": "the of and to is are was for with on that this by at from we it our be not have has per will",
    "de": "der die das und ist sind nicht ein eine einen für mit auf bis von im am zum wir pro dem den des bei wird"
    " haben kostet ab",
    "fr": "le les des du est sont une pour avec dans par sur nous et au aux ne pas qui jusqu d'ici avant coûte",
    "es": "el los las una es son para con por del al y no que se nos cuesta hasta antes en",
    "pt": "os as um uma é são para com por do da dos das não no na e que custa até nos ao",
    "it": "il gli una è sono per con di del della e non che si da entro costa",
    "nl": "het een zijn voor met van op wij niet per kost naar",
}


@cache
def _stopwords() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in STOPWORDS.items()}


_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_EAST: Final = re.compile(r"[぀-ヿ㐀-鿿]")


@lru_cache(maxsize=256)
def language_of(text: str) -> str | None:
    """The language that most of a text's small words are of; None where none tells. "ja" stands for all of the
    East."""
    words = [m[0].lower() for m in _WORD.finditer(text)]
    counts = {language: sum(word in known for word in words) for language, known in _stopwords().items()}
    best = max(counts, key=lambda language: counts[language])
    if counts[best]:
        ties = [language for language, count in counts.items() if count == counts[best]]
        return best if len(ties) == 1 or best == "en" else None
    return "ja" if _EAST.search(text) else None


def stem(word: str) -> str:
    """A word without accents, plural and possessive, to be compared with another."""
    low = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    low = re.sub(r"['’]s?$", "", low).replace("-", "").replace("’", "'")
    if len(low) > 4 and low.endswith("ies"):
        return low[:-3] + "y"
    if len(low) > 4 and low.endswith(("ses", "xes", "ches", "shes")):
        return low[:-2]
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith("ss") else low


@lru_cache(maxsize=8192)
def meaning(word: str) -> str:
    """What a counted thing is: its entry in the table, or its stem."""
    return COUNTED.get(word.lower()) or stem(word)


def alike(one: str, other: str) -> bool:
    """Whether two meanings are the same: equal, or forms of one word that neither table nor stem knew."""
    if one == other:
        return True
    known = set(COUNTED.values())
    if one in known or other in known or min(len(one), len(other)) < 4:
        return False
    common = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return common >= max(4, round(0.75 * max(len(one), len(other))))
