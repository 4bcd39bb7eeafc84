"""The words of days in six languages, each with what it says in the few words that the grammar knows.

A line is `what it says: how it is written, how else`. Phrases win over their words. A line that says nothing (`-`) holds
fillers: words that change no day, and may be passed over. It is the whole list of what is passed over.
"""

from __future__ import annotations

import unicodedata
from functools import cache

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Shared by all: a word of the office, or of the calendar, that is said in any language.
_SHARED = """
eod: eod, cob, eob, eobd, end of day, end of the day, end of business, end of business day, close of business, close of play
end week: eow
end month: eom
end quarter: eoq
end year: eoy
"""

_ENGLISH = """
jan: january, jan
feb: february, feb
mar: march, mar
apr: april, apr
may: may
jun: june, jun
jul: july, jul
aug: august, aug
sep: september, sept, sep
oct: october, oct
nov: november, nov
dec: december, dec
mon: monday, mon
tue: tuesday, tues, tue
wed: wednesday, weds, wed
thu: thursday, thurs, thur, thu
fri: friday, fri
sat: saturday, sat
sun: sunday, sun
today: today, tonight, this morning, this afternoon, this evening
tomorrow: tomorrow, tomorow, tmrw, tmr
aftertomorrow: day after tomorrow, overmorrow
yesterday: yesterday
yesterday2: day before yesterday
day: day, days, calendar day, calendar days
workday: working day, working days, business day, business days, work day, work days, workday, workdays, weekday, weekdays
week: week, weeks, wk, wks, w, cw, kw, calendar week, calendar weeks
month: month, months
quarter: quarter, quarters
half: half year, half years
year: year, years, yr, yrs, calendar year
hour: hour, hours, hr, hrs
minute: minute, minutes, mins
2 week: fortnight
weekend: weekend
next2 week: week after next
next2 month: month after next
next2 quarter: quarter after next
next2 year: year after next
next2: after next
next: next
this: this, current
coming: coming, upcoming, this coming
last: last, previous, past
end: end, ending, last day, month end
start: start, beginning, first day
mid: mid, middle
early: early, beginning to mid
late: late
end month: month end
end quarter: quarter end
end year: year end
in: in
within: within, inside
after: after, past the
before: before, ahead of, prior to
from: from, starting, as of, since, starting from
to: to, through, thru
or: or
and: and
between: between
ago: ago
now: from now
later: later, hence
day later: day time, days time
week later: week time, weeks time
month later: month time, months time
year later: year time, years time
plus: plus
the: the
of: of
a: a, an
half: half
6 month: half a year, a half year, half year
18 month: a year and a half, one and a half years, year and a half
2 week: a fortnight, fortnight
2: a couple of, couple of, a couple
christmas: christmas, xmas, christmas day, xmas day
christmas_eve: christmas eve, xmas eve
boxing_day: boxing day
new_years_eve: new year eve, new years eve, nye
new_year: new year, new years, new year day, new years day
@: noon, midday, morning, afternoon, evening, lunchtime, lunch, in the morning, in the afternoon, in the evening, first thing, start of business, sob, night
by: by, until, till, til, due, no later than, not later than, latest by, by latest
-: on, at, at the latest, the latest, latest, please, pls, deadline, due date, due on, due by, date, or sooner, or earlier, sharp, local time
"""

_GERMAN = """
jan: januar, jan, jänner
feb: februar, feb, febr, feber
mar: märz, maerz, mär, mrz
apr: april, apr
may: mai
jun: juni, jun
jul: juli, jul
aug: august, aug
sep: september, sept, sep
oct: oktober, okt
nov: november, nov
dec: dezember, dez
mon: montag, mo
tue: dienstag, di
wed: mittwoch, mi
thu: donnerstag, do
fri: freitag, fr
sat: samstag, sonnabend, sa
sun: sonntag, so
today: heute, heut
tomorrow: morgen
aftertomorrow: übermorgen, uebermorgen
yesterday: gestern
yesterday2: vorgestern
day: tag, tage, tagen, tages, kalendertage, kalendertagen
workday: arbeitstag, arbeitstage, arbeitstagen, bankarbeitstage, bankarbeitstagen
monsatday: werktag, werktage, werktagen
week: woche, wochen, kw, kalenderwoche, kalenderwochen
month: monat, monate, monaten, monats
quarter: quartal, quartale, quartalen, quartals
half: halbjahr, halbjahre, halbjahres
year: jahr, jahre, jahren, jahres
hour: stunde, stunden, std
minute: minute, minuten
7~8 day: acht tagen, acht tage
weekend: wochenende, wochenendes
this: diese, dieser, diesen, dieses, diesem, laufende, laufenden, laufender
coming: kommende, kommenden, kommender, kommendem, kommendes
nextish: nächste, nächsten, nächster, nächstes, nächstem, naechste, naechsten, naechster, naechstes
next2: übernächste, übernächsten, übernächster, übernächstes, uebernaechste, uebernaechsten, uebernaechster
last: letzte, letzten, letzter, letztes, vorige, vorigen, voriger, vergangene, vergangenen
end: ende, letzter tag, letzten tag
end month: monatsende, ultimo
end quarter: quartalsende
end year: jahresende
mid: mitte
mid month: monatsmitte
mid week: wochenmitte
early: anfang, beginn
early month: monatsanfang, monatsbeginn
early year: jahresanfang, jahresbeginn
start: erster tag, ersten tag
in: in
within: innerhalb, innerhalb von, binnen
after: nach
before: vor
from: ab, von, vom, seit
to: -
or: oder
and: und, sowie
between: zwischen
the: der, die, das, den, dem, des
a: ein, eine, einem, einer, einen, eines
6 month: ein halbes jahr, einem halben jahr, halbes jahr, halben jahr
18 month: anderthalb jahre, anderthalb jahren, eineinhalb jahre, eineinhalb jahren
christmas: weihnachten
christmas_eve: heiligabend, heiliger abend, heiligen abend
new_years_eve: silvester
new_year: neujahr
@: früh, vormittag, mittag, mittags, nachmittag, abend, abends, morgens, feierabend, dienstschluss, geschäftsschluss, büroschluss, ende des tages, tagesende
by: bis, bis zum, bis zur, bis spätestens, spätestens, bis einschließlich, fällig
-: am, an, zum, zur, um, im, spätestens am, bis spätestens am, uhr, bitte, frist, termin, stichtag
"""

_FRENCH = """
jan: janvier, janv, jan
feb: février, févr, fév
mar: mars
apr: avril, avr
may: mai
jun: juin
jul: juillet, juil
aug: août
sep: septembre, sept
oct: octobre, oct
nov: novembre, nov
dec: décembre, déc
mon: lundi, lun
tue: mardi, mar
wed: mercredi, mer
thu: jeudi, jeu
fri: vendredi, ven
sat: samedi, sam
sun: dimanche, dim
today: aujourd hui, ce soir, cet après midi, ce matin
tomorrow: demain
aftertomorrow: après demain
yesterday: hier
yesterday2: avant hier
day: jour, jours, journées, jours calendaires
workday: jour ouvré, jours ouvrés
monsatday: jour ouvrable, jours ouvrables
week: semaine, semaines, sem, s
month: mois
quarter: trimestre, trimestres
half: semestre, semestres
year: an, ans, année, années
hour: heure, heures
minute: minute, minutes
7~8 day: huit jours, huitaine
14~15 day: quinze jours, une quinzaine, quinzaine
1 week: en huit
2 week: en quinze
weekend: week end, weekend, fin de semaine
this: ce, cet, cette
nextish: prochain, prochaine, prochains, prochaines, suivant, suivante
last: dernier, dernière, passé, passée
end: fin, la fin, dernier jour, le dernier jour
mid: mi, milieu, la mi
early: début, le début
start: premier jour, le premier jour
1th: premier, première
in: dans, en
within: sous, d ici, dans les, dans un délai de
after: après
before: avant
agopre: il y a
from: depuis, à partir, du, dès, à compter
to: au, à
or: ou
and: et
between: entre
the: le, la, les, l
of: de, du, d, des
a: un, une
6 month: six mois, une demi année
18 month: un an et demi
christmas: noël, jour de noël
christmas_eve: veille de noël, réveillon de noël
new_years_eve: saint sylvestre, la saint sylvestre, réveillon du nouvel an
new_year: nouvel an, jour de l an, le jour de l an
@: matin, midi, après midi, soir, au matin, au soir, fin de journée, en fin de journée, en soirée
by: jusqu au, jusqu à, jusqu en, d ici, d ici à, d ici au, pour, au plus tard, avant ou le, échéance, d ici le, d ici la
-: svp, s il vous plaît, date limite, au plus tard le, courant
"""

_SPANISH = """
jan: enero, ene
feb: febrero, feb
mar: marzo
mar|tue: mar
apr: abril, abr
may: mayo, may
jun: junio, jun
jul: julio, jul
aug: agosto, ago
sep: septiembre, setiembre, sept, sep, set
oct: octubre, oct
nov: noviembre, nov
dec: diciembre, dic
mon: lunes, lun
tue: martes
wed: miércoles, mié
thu: jueves, jue
fri: viernes, vie
sat: sábado, sáb
sun: domingo, dom
today: hoy, esta noche, esta tarde
tomorrow: mañana
aftertomorrow: pasado mañana
yesterday: ayer
yesterday2: anteayer, antes de ayer
day|the: día
day: días, días naturales
workday: día hábil, días hábiles, días laborables, días laborales, día laborable
week: semana, semanas
month: mes, meses
quarter: trimestre, trimestres
half: semestre, semestres
year: año, años
hour: hora, horas
minute: minuto, minutos
14~15 day: quince días, una quincena, quincena
7~8 day: ocho días
weekend: fin de semana
this: este, esta, estos
nextish: próximo, próxima, próximos, próximas, que viene, siguiente, que entra
last: último, última, pasado, pasada
end: fin, final, finales, a finales, a fines, fines, último día, el último día
mid: mediados, a mediados, mitad, a mitad
early: principios, a principios, inicio, inicios, comienzos, a comienzos
start: primer día, el primer día
1th: primero, primer
in: en, dentro de, de aquí a
within: en un plazo de, en el plazo de, en los
after: después de, después, tras
before: antes de, antes
agopre: hace
from: desde, a partir de, a partir
to: al
or: o, u
and: y, e
between: entre
the: el, la, los, las
of: de, del
a: un, una, uno
6 month: medio año
18 month: un año y medio, año y medio
christmas: navidad, día de navidad
christmas_eve: nochebuena
new_years_eve: nochevieja, fin de año
new_year: año nuevo
@: por la mañana, por la tarde, por la noche, a mediodía, mediodía, al mediodía, final del día, al final del día
by: hasta, para, a más tardar, como máximo, como muy tarde, no más tarde de, no más tarde, antes o el
-: a, por favor, fecha límite, plazo, vence, en punto
"""

_PORTUGUESE = """
jan: janeiro, jan
feb: fevereiro, fev
mar: março, mar
apr: abril, abr
may: maio, mai
jun: junho, jun
jul: julho, jul
aug: agosto, ago
sep: setembro, set
oct: outubro, out
nov: novembro, nov
dec: dezembro, dez
mon: segunda feira, segunda, seg
tue: terça feira, terça, ter
wed: quarta feira, quarta, qua
thu: quinta feira, quinta, qui
fri: sexta feira, sexta, sex
sat: sábado, sáb
sun: domingo, dom
today: hoje, hoje à noite, esta noite
tomorrow: amanhã
aftertomorrow: depois de amanhã
yesterday: ontem
yesterday2: anteontem
day|the: dia
day: dias, dias corridos
workday: dia útil, dias úteis
week: semana, semanas
month: mês, meses
quarter: trimestre, trimestres
half: semestre, semestres
year: ano, anos
hour: hora, horas
minute: minuto, minutos
14~15 day: quinze dias, uma quinzena, quinzena
7~8 day: oito dias
weekend: fim de semana
this: este, esta, neste, nesta, deste, desta
nextish: próximo, próxima, próximos, próximas, que vem, seguinte
last: último, última, passado, passada
end: fim, final, finais, último dia, no fim, no final, ao final
mid: meados, em meados, metade
early: início, começo, inícios, no início, no começo
start: primeiro dia, no primeiro dia
1th: primeiro
in: em, daqui a, dentro de
within: no prazo de, em até, nos
after: depois de, depois, após
before: antes de, antes
agopre: há
from: desde, a partir de, a partir
to: ao
or: ou
and: e
between: entre
the: o, a, os, as, no dia, na
of: de, do, da
a: um
6 month: meio ano
18 month: um ano e meio, ano e meio
christmas: natal, dia de natal
christmas_eve: véspera de natal
new_years_eve: réveillon, véspera de ano novo, fim de ano
new_year: ano novo
@: de manhã, pela manhã, à tarde, da tarde, à noite, ao meio dia, meio dia, fim do dia, no fim do dia, final do dia
by: até, até ao, até à, até o, até a, para, no máximo, o mais tardar, no mais tardar, até no máximo
1: uma
2: duas
-: por favor, prazo, data limite, em ponto
"""

_JAPANESE = """
today: 今日, 本日, きょう
tomorrow: 明日, あした, あす
aftertomorrow: 明後日, あさって
yesterday: 昨日, きのう
yesterday2: 一昨日, おととい
mon: 月曜日, 月曜, (月)
tue: 火曜日, 火曜, (火)
wed: 水曜日, 水曜, (水)
thu: 木曜日, 木曜, (木)
fri: 金曜日, 金曜, (金)
sat: 土曜日, 土曜, (土)
sun: 日曜日, 日曜, (日)
this week: 今週, 本週
next week: 来週
next2 week: 再来週
last week: 先週
this month: 今月, 本月, 当月
next month: 来月
next2 month: 再来月
last month: 先月
this year: 今年, 本年
next year: 来年
next2 year: 再来年
last year: 昨年, 去年
this quarter: 今四半期, 当四半期
next quarter: 来四半期, 次四半期
quarter: 四半期
end month: 月末
end year: 年末
early month: 月初
weekend: 週末
end: 末, 末日, 中, 中に
mid: 半ば, なかば
early: 上旬, 初旬, 初め, 中旬
late: 下旬
day: 日間, 日
week: 週間, 週
month: か月, ヶ月, カ月, ケ月, ヵ月, 箇月
year: 年間
workday: 営業日
hour: 時間
minute: 分
within: 以内, 以内に
later: 後, 後に, のち
ago: 前
from: から
to: 〜, ~
or: または, か, もしくは
by: まで, までに
christmas: クリスマス
christmas_eve: クリスマスイブ
new_years_eve: 大晦日
new_year: 元日, 元旦
@: 正午, 午前中, 午後, 夕方, 朝, 夜, 昼
-: の, に, は, を, で, 締切, 締め切り, 期限, 必着, 厳守
"""

_NUMBERS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
    " achtzehn neunzehn zwanzig",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete"
    " dieciocho diecinueve veinte",
    "pt": "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito"
    " dezenove vinte",
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "de": "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte dreizehnte vierzehnte"
    " fünfzehnte sechzehnte siebzehnte achtzehnte neunzehnte zwanzigste",
}
_PARTS_OF_DAY = ("früh", "morgen", "vormittag", "mittag", "nachmittag", "abend")

LANGUAGES = ("en", "de", "fr", "es", "pt", "ja")
_TABLES = {
    "en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH, "pt": _PORTUGUESE, "ja": _JAPANESE,
}  # fmt: skip
_MIXED = ("de", "ja")
"""Languages in whose sentences English words of the office stand ("bis Friday EOD")."""


def folded(word: str) -> str:
    """In small letters and without accents, as it is looked up: "Février" is "fevrier". Japanese stays as it is."""
    if any(char >= "\u3000" for char in word):
        return word
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in apart if unicodedata.category(char) != "Mn")


@cache
def words_of(language: str) -> dict[str, str]:
    """Phrase, folded, → what it says in the grammar's words; "" for a filler, alternatives with "|" between words."""
    known: dict[str, str] = {}
    if language in _MIXED:
        known |= words_of("en")
    known |= _table(_SHARED)
    for number, word in enumerate(_NUMBERS.get(language, "").split(), 1):
        known[folded(word)] = str(number)
    for number, word in enumerate(_ORDINALS.get(language, "").split(), 1):
        known[folded(word)] = f"{number}th"
    if language == "en":
        known |= _english_numbers(known)
    if language == "de":
        known |= {f"{word}n": said for word, said in known.items() if said.endswith("th") and word.endswith("te")}
        known |= {f"{word}r": said for word, said in known.items() if said.endswith("th") and word.endswith("te")}
    known |= _table(_TABLES[language])
    if language == "de":
        days = [word for word, said in known.items() if said in WEEKDAYS and word.endswith(("tag", "woch"))]
        known |= {folded(day + part): f"{known[day]} @" for day in days for part in _PARTS_OF_DAY}
    if language == "fr":
        known.pop("sept", None)
        known |= {"sept": "sep|7"}
    return known


def _table(lines: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines.strip().split("\n"):
        says, _, written = line.partition(": ")
        for phrase in written.split(", "):
            if phrase != "-":
                found[folded(phrase)] = "" if says == "-" else says
    return found


def _english_numbers(known: dict[str, str]) -> dict[str, str]:
    """ "twenty-one", "thirty first", and the round tens."""
    made: dict[str, str] = {}
    units = [(word, said) for word, said in known.items() if said.removesuffix("th").isdigit()]
    for ten, value in _TENS.items():
        made[ten] = str(value)
        made[f"{ten[:-1]}ieth"] = f"{value}th"
        for word, said in units:
            number = int(said.removesuffix("th"))
            if number < 10:
                made[f"{ten} {word}"] = f"{value + number}{'th' if said.endswith('th') else ''}"
    return made


FILLERS = frozenset(word for language in LANGUAGES for word, says in words_of(language).items() if not says)
"""Every word or phrase that is passed over, folded."""
