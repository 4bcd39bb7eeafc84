"""English and German words of days, as `vocabulary.py` reads them."""

ENGLISH = """
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
workday: working day, working days, business day, business days, work day, work days, workday, workdays, weekday
workday: weekdays
week: week, weeks, wk, wks, w, cw, kw, calendar week, calendar weeks
month: month, months
quarter: quarter, quarters
half: half year, half years
year: year, years, yr, yrs, calendar year
hour: hour, hours, hr, hrs
minute: minute, minutes, mins
2 week: fortnight
weekend: weekend, week end
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
from: from
since: starting, as of, since, starting from
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
early next year: in the new year, early in the new year
new_year: new year, new years, new year day, new years day
@: noon, midday, morning, afternoon, evening, lunchtime, lunch, in the morning, in the afternoon, in the evening
@: first thing, start of business, sob, night
by: by, until, till, til, due, no later than, not later than, latest by, by latest
-: on, at, at the latest, the latest, latest, please, pls, deadline, due date, due on, due by, date, or sooner
-: or earlier, sharp, local time
"""

GERMAN = """
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
7~8 day: acht tagen, acht tage, 8 tagen, 8 tage
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
@: früh, vormittag, mittag, mittags, nachmittag, abend, abends, morgens, feierabend, dienstschluss
@: geschäftsschluss, büroschluss, ende des tages, tagesende
by: bis, bis zum, bis zur, bis spätestens, spätestens, bis einschließlich, fällig
-: am, an, zum, zur, um, im, spätestens am, bis spätestens am, uhr, bitte, frist, termin, stichtag
"""
