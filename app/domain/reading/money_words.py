"""The words of money, by what they mean: currencies, scales, numbers, spans of time, and what stands around a figure.

English first; German, French, Spanish, Portuguese, Italian, Swedish, Danish, Norwegian, Polish, Russian, Japanese,
Chinese and Korean as far as a manager writes them beside a figure. A word that is in none of these tables is not
understood.
"""

from __future__ import annotations

import re
from decimal import Decimal


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CODES = frozenset(  # ISO 4217, three letters each
    re.findall(
        "...",
        "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHF"
        "CLPCNYCOPCRCCUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTG"
        "HUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKD"
        "MMKMNTMOPMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUB"
        "RWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSD"
        "UYUUZSVESVNDVUVWSTXAFXCDXOFXPFYERZARZMW",
    )
)
PLAIN_CODES = _words("USD EUR GBP CHF JPY INR CNY NOK DKK AUD NZD PLN CZK HUF BRL MXN ZAR SGD HKD KRW AED")
"""Codes that are no word of any language here: these are known in small letters too. All, top, try and cup are not."""

SIGNS = {
    "$": "$", "€": "EUR", "£": "GBP", "¥": "¥", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY",
    "₴": "UAH", "₪": "ILS", "₫": "VND", "₱": "PHP", "₦": "NGN", "฿": "THB", "₸": "KZT", "₡": "CRC",
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "CAD$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "SG$": "SGD", "R$": "BRL", "NT$": "TWD", "MX$": "MXN", "CN¥": "CNY", "JP¥": "JPY",
    "円": "JPY", "日元": "JPY", "元": "CNY", "圆": "CNY", "人民币": "CNY", "人民元": "CNY", "원": "KRW",
    "ドル": "$", "米ドル": "USD", "美元": "USD", "달러": "$", "ユーロ": "EUR", "欧元": "EUR", "유로": "EUR",
    "ポンド": "GBP", "英镑": "GBP", "엔": "JPY",
}  # fmt: skip
"""A sign, or a word that is written without a blank. `$` and `¥` are several currencies: see `FAMILIES`."""

FAMILIES: dict[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "JMD"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "krone": ("NOK", "DKK"),
    "krona": ("SEK", "ISK"),
    "crown": ("SEK", "NOK", "DKK", "ISK", "CZK"),
    "¥": ("JPY", "CNY"),
    "pound": ("GBP", "EGP"),
    "franc": ("CHF", "XOF", "XAF"),
    "peso": ("MXN", "PHP", "COP", "CLP", "ARS", "DOP", "UYU"),
    "rupee": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "dirham": ("AED", "MAD"),
    "riyal": ("SAR", "QAR", "OMR"),
    "dinar": ("KWD", "RSD", "BHD", "JOD", "TND", "DZD", "IQD"),
    "shilling": ("KES", "UGX", "TZS"),
}
"""Names that several currencies share; the person's place says which, else `USUAL`, else it is asked."""

USUAL = {"$": "USD", "¥": "JPY", "pound": "GBP", "franc": "CHF", "rupee": "INR", "dirham": "AED", "riyal": "SAR"}

PLACES = {
    "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "HK": "HKD", "SG": "SGD", "TW": "TWD", "MX": "MXN", "AR": "ARS",
    "CL": "CLP", "CO": "COP", "JM": "JMD", "SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK", "CZ": "CZK", "JP": "JPY",
    "CN": "CNY", "GB": "GBP", "EG": "EGP", "CH": "CHF", "SN": "XOF", "CM": "XAF", "PH": "PHP", "DO": "DOP", "UY": "UYU",
    "IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR", "AE": "AED", "MA": "MAD", "SA": "SAR", "QA": "QAR",
    "OM": "OMR", "KW": "KWD", "RS": "RSD", "BH": "BHD", "JO": "JOD", "TN": "TND", "DZ": "DZD", "IQ": "IQD", "KE": "KES",
    "UG": "UGX", "TZ": "TZS", "DE": "EUR", "AT": "EUR", "FR": "EUR", "ES": "EUR", "IT": "EUR", "NL": "EUR", "BE": "EUR",
    "FI": "EUR", "IE": "EUR", "PT": "EUR", "GR": "EUR", "BR": "BRL", "KR": "KRW", "PL": "PLN", "TR": "TRY", "UA": "UAH",
    "IL": "ILS", "ZA": "ZAR", "HU": "HUF", "TH": "THB", "VN": "VND", "ID": "IDR", "MY": "MYR",
}  # fmt: skip
LANGUAGES = {
    "sv": "SE", "nb": "NO", "nn": "NO", "no": "NO", "da": "DK", "is": "IS", "ja": "JP", "ko": "KR", "cs": "CZ",
    "pl": "PL",
    "hu": "HU", "tr": "TR", "uk": "UA", "he": "IL", "th": "TH", "vi": "VN", "hi": "IN", "fi": "FI", "el": "GR",
    "it": "IT",
}  # fmt: skip
"""Where a language without a place is at home in one country."""

NAMES = {
    "dollar": "$", "dollars": "$", "buck": "$", "bucks": "$", "dólar": "$", "dólares": "$", "dolar": "$",
    "dolares": "$",
    "euro": "EUR", "euros": "EUR", "euron": "EUR", "pound": "pound", "pounds": "pound", "pfund": "pound",
    "quid": "GBP", "sterling": "GBP", "livres": "pound", "libras": "pound", "yen": "JPY", "yuan": "CNY", "rmb": "CNY",
    "renminbi": "CNY", "rupee": "rupee", "rupees": "rupee", "rs": "rupee", "franc": "franc", "francs": "franc",
    "franken": "CHF", "fr": "franc", "sfr": "CHF", "zł": "PLN", "zloty": "PLN", "złoty": "PLN", "złotych": "PLN",
    "zlotys": "PLN", "kč": "CZK", "koruna": "CZK", "kr": "kr", "kronor": "SEK", "krona": "krona", "krone": "krone",
    "kroner": "krone", "kronen": "crown", "crown": "crown", "crowns": "crown", "dirham": "dirham", "dirhams": "dirham",
    "riyal": "riyal", "riyals": "riyal", "rand": "ZAR", "reais": "BRL", "lira": "TRY", "liras": "TRY", "peso": "peso",
    "pesos": "peso", "won": "KRW", "shekel": "ILS", "shekels": "ILS", "dinar": "dinar", "dinars": "dinar",
    "shilling": "shilling", "shillings": "shilling", "forint": "HUF", "forints": "HUF", "baht": "THB", "rouble": "RUB",
    "roubles": "RUB", "ruble": "RUB", "rubles": "RUB", "hryvnia": "UAH", "rupiah": "IDR", "ringgit": "MYR",
    "naira": "NGN", "ft": "HUF", "eur": "EUR", "рублей": "RUB", "руб": "RUB", "евро": "EUR", "долларов": "$",
}  # fmt: skip
OF_A_PLACE = {
    "us": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD", "aussie": "AUD", "zealand": "NZD",
    "kong": "HKD", "singapore": "SGD", "taiwan": "TWD", "mexican": "MXN", "argentine": "ARS", "chilean": "CLP",
    "colombian": "COP", "jamaican": "JMD", "swedish": "SEK", "norwegian": "NOK", "danish": "DKK", "icelandic": "ISK",
    "czech": "CZK", "british": "GBP", "egyptian": "EGP", "swiss": "CHF", "schweizer": "CHF", "philippine": "PHP",
    "dominican": "DOP", "indian": "INR", "pakistani": "PKR", "nepalese": "NPR", "mauritian": "MUR", "emirati": "AED",
    "uae": "AED", "moroccan": "MAD", "saudi": "SAR", "qatari": "QAR", "omani": "OMR", "kuwaiti": "KWD",
    "serbian": "RSD",
    "bahraini": "BHD", "jordanian": "JOD", "tunisian": "TND", "algerian": "DZD", "iraqi": "IQD", "kenyan": "KES",
    "ugandan": "UGX", "tanzanian": "TZS", "japanese": "JPY", "chinese": "CNY", "korean": "KRW", "turkish": "TRY",
    "polish": "PLN", "israeli": "ILS", "african": "ZAR", "brazilian": "BRL", "hungarian": "HUF", "russian": "RUB",
    "thai": "THB", "ukrainian": "UAH", "indonesian": "IDR", "malaysian": "MYR", "nigerian": "NGN",
}  # fmt: skip
"""An adjective and the currency that it makes of a shared name: Canadian dollars, Swiss francs."""

SCALES: dict[str, int] = {
    "hundred": 10**2, "k": 10**3, "thousand": 10**3, "grand": 10**3, "tsd": 10**3, "tausend": 10**3, "mille": 10**3,
    "mil": 10**3, "mila": 10**3, "tusen": 10**3, "tusind": 10**3, "tys": 10**3, "hundert": 10**2, "cent": 10**2,
    "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "lacs": 10**5, "crore": 10**7, "crores": 10**7, "cr": 10**7,
    "m": 10**6, "mm": 10**6, "mn": 10**6, "mio": 10**6, "mln": 10**6, "million": 10**6, "millionen": 10**6,
    "millions": 10**6, "millones": 10**6, "millón": 10**6, "millon": 10**6, "milhão": 10**6, "milhões": 10**6,
    "milhao": 10**6, "milhoes": 10**6, "milione": 10**6, "milioni": 10**6, "miljon": 10**6, "miljoner": 10**6,
    "millioner": 10**6, "miljoen": 10**6, "mill": 10**6,
    "b": 10**9, "bn": 10**9, "mrd": 10**9, "mld": 10**9, "md": 10**9, "mia": 10**9, "bln": 10**9, "billion": 10**9,
    "billions": 10**9, "milliarde": 10**9, "milliarden": 10**9, "milliard": 10**9, "milliards": 10**9,
    "miliardo": 10**9, "miliardi": 10**9, "miljard": 10**9, "miljarder": 10**9, "milliarder": 10**9,
    "bilhão": 10**9, "bilhões": 10**9, "tn": 10**12, "trn": 10**12, "trillion": 10**12, "trillions": 10**12,
    "billionen": 10**12, "billones": 10**12, "biljoner": 10**12, "trilhão": 10**12, "trilhões": 10**12,
    "тыс": 10**3, "тысяч": 10**3, "млн": 10**6, "миллион": 10**6, "миллиона": 10**6, "миллионов": 10**6, "млрд": 10**9,
    "千": 10**3, "百": 10**2, "十": 10, "万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12,
    "천": 10**3, "만": 10**4, "억": 10**8, "조": 10**12,
}  # fmt: skip
PLURALS = {"thousands": "thousand", "hundreds": "hundred", "ks": "k", "millionens": "millionen"}
LONG_SCALE = frozenset({"de", "fr", "es", "it", "pt", "sv", "da", "nb", "nn", "no", "fi", "nl", "pl", "cs"})
"""Languages in which “billion” is a thousand times what it is in English, and “trillion” a million times."""
AMBIGUOUS_SCALES = {"billion": (10**9, 10**12), "billions": (10**9, 10**12), "trillion": (10**12, 10**18)}
POINT_IS_DECIMAL = frozenset({"en", "ja", "zh", "ko", "he", "th", "hi"})
FOREIGN_SCALES = _words(
    "tsd tausend mille mila tusen tusind tys mio mrd mld md mia millionen millones milhões milioni miljoner "
    "millioner тыс млн млрд miljoen milliarden milliards miliardi miljarder milliarder"
)
"""Where one of these follows, a point before three digits may well group thousands."""
GLUED = {"t": 10**3, "k": 10**3, "m": 10**6, "mio": 10**6, "mrd": 10**9, "mln": 10**6, "bn": 10**9, "mn": 10**6}
"""Scales that stand right before a code or a sign: TEUR, k€, MSEK, tkr. “T” is a thousand only there."""

NUMBERS: dict[str, Decimal] = {
    word: Decimal(value)
    for value, words in {
        0: "zero null", 1: "one ein eine einen einer un une uno una um uma en ett et",
        2: "two zwei deux dos dois duas två due",
        3: "three drei trois tres três tre", 4: "four vier quatre cuatro quatro fyra fire",
        5: "five fünf cinq cinco fem",
        6: "six sechs seis sex seks", 7: "seven sieben sept siete sete sju syv",
        8: "eight acht huit ocho oito åtta otte",
        9: "nine neun neuf nueve nove nio ni", 10: "ten zehn dix diez dez tio ti", 11: "eleven elf onze once",
        12: "twelve zwölf douze doce", 13: "thirteen", 14: "fourteen", 15: "fifteen fünfzehn quinze quince",
        16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty zwanzig vingt veinte vinte tjugo",
        30: "thirty dreißig dreissig trente treinta trinta", 40: "forty vierzig quarante cuarenta quarenta",
        50: "fifty fünfzig cinquante cincuenta", 60: "sixty sechzig", 70: "seventy siebzig", 80: "eighty achtzig",
        90: "ninety neunzig",
    }.items()
    for word in words.split()
}  # fmt: skip
NUMBERS |= {one: Decimal(value) for value, one in enumerate("一二三四五六七八九", 1)}
ARTICLES = frozenset({"a", "an", "ein", "eine", "einer", "un", "une", "una", "um", "uma", "en", "ett", "et"})
HALVES = frozenset(
    {"half", "halbe", "halben", "halb", "demi", "medio", "media", "meio", "meia", "halv", "mezzo", "½", "半"}
)
FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
MIXED = {"anderthalb": Decimal("1.5"), "eineinhalb": Decimal("1.5"), "zweieinhalb": Decimal("2.5")}
AND = frozenset({"and", "und", "et", "y", "e", "och", "og"})
OF = frozenset({"of", "de", "d", "di", "von", "in", "av", "af", "the", "der", "des"})

ABOUT = _words(
    "about around roughly approx approximately ca circa ~ ≈ some ish etwa rund ungefähr zirka environ unos unas "
    "aproximadamente cerca omkring cirka 約 约 약"
)
"""A rough figure is a figure."""
LIMITS = (
    "no more than", "not more than", "no less than", "not less than", "up to", "at most", "at least", "more than",
    "less than", "fewer than", "in excess of", "upwards of", "north of", "south of", "close to", "bis zu", "mehr als",
    "weniger als", "jusqu'à", "jusqu'a", "au moins", "au plus", "plus de", "moins de", "más de", "mas de", "menos de",
    "al menos", "como máximo", "até", "mais de", "maximum", "minimum", "max", "min", "under", "over", "below", "above",
    "from", "nearly", "almost", "mindestens", "höchstens", "maximal", "minimal", "über", "unter", "fast", "hasta",
    "exceeding", "below", "plus", ">", "<", "≥", "≤", "+", "以上", "以下", "未満", "最大",
)  # fmt: skip
TOTALS = (
    "for the whole wait", "for the entire wait", "for all of the wait", "over the whole wait", "over the entire wait",
    "the whole wait", "in total", "in all", "all in", "all told", "all in all", "altogether", "overall", "one-off",
    "one off", "one time", "one-time", "total", "totally", "insgesamt", "einmalig", "au total", "en total", "totalt",
    "i alt", "no total", "ganze", "合計", "总计", "or so", "give or take",
)  # fmt: skip
NEUTRAL = _words(
    "it costs cost costing we lose losing loses is that's it's would be will us : = ; , * _ ` \" ' worth amount "
    "sum ( ) of loss . ! – $$"
)
"""What stands around a figure and changes nothing about it."""

PER_UNITS: dict[str, str] = {
    word: unit
    for unit, words in {
        "day": "day days d tag tage tages jour jours día dia dag dagen giorno 日 1日 天 день 每天 每日 毎日",
        "week": "week weeks wk w woche wochen semaine semaines semana vecka uge uke settimana неделю 週 周 週間",
        "month": "месяц month months mo mth monat monate mois mes mês mese månad måned 月 か月 ヶ月 每月 毎月",
        "quarter": "quarter quarters qtr quartal trimestre trimester kvartal 四半期 季度",
        "year": "год year years yr yrs y jahr jahre an ans année año ano anno år annum 年 每年 毎年",
    }.items()
    for word in words.split()
}
ADVERBS: dict[str, str] = {
    word: unit
    for unit, words in {
        "day": "daily täglich dagligen", "week": "weekly wöchentlich hebdomadaire semanal",
        "month": "monthly monatlich mensuel mensual mensal", "quarter": "quarterly vierteljährlich trimestriel",
        "year": "yearly annually annual jährlich annuel anual p.a. pa",
    }.items()
    for word in words.split()
}  # fmt: skip
