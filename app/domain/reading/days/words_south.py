"""French, Spanish and Portuguese words of days, as `vocabulary.py` reads them."""

FRENCH = """
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
7~8 day: huit jours, 8 jours, huitaine, une huitaine
14~15 day: quinze jours, 15 jours, une quinzaine, quinzaine
1 week: en huit
2 week: en quinze
weekend: week end, weekend, fin de semaine
this: ce, cet, cette
nextish: prochain, prochaine, prochains, prochaines, suivant, suivante
last: dernier, dernière, passé, passée
end: fin, la fin, à la fin, à fin, dernier jour, le dernier jour
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
by: jusqu au, jusqu à, jusqu en, d ici, d ici à, d ici au, pour, au plus tard, avant ou le, échéance, d ici le
by: d ici la
-: svp, s il vous plaît, date limite, au plus tard le, courant
"""

SPANISH = """
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
14~15 day: quince días, 15 días, una quincena, quincena
7~8 day: ocho días, 8 días
weekend: fin de semana
this: este, esta, estos
nextish: próximo, próxima, próximos, próximas, que viene, siguiente, que entra
last: último, última, pasado, pasada
end: fin, final, finales, a finales, a fines, fines, último día, el último día
mid: mediados, a mediados, mitad, a mitad
early: principios, a principios, inicio, inicios, comienzos, a comienzos
start: primer día, el primer día
1th: primero, primer, primera
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

PORTUGUESE = """
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
14~15 day: quinze dias, 15 dias, uma quinzena, quinzena
7~8 day: oito dias, 8 dias
weekend: fim de semana
this: este, esta, neste, nesta, deste, desta
nextish: próximo, próxima, próximos, próximas, que vem, seguinte
last: último, última, passado, passada
end: fim, final, finais, último dia, no fim, no final, ao final
mid: meados, em meados, metade
early: início, começo, inícios, no início, no começo
start: primeiro dia, no primeiro dia
1th: primeiro, primeira
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
