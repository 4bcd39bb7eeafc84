"""Countries and their parts: what somebody types, whose zone it is, and which public holidays hang on the part.

Names and zones come from tzdata, holidays and parts from the `holidays` package.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.domain.plain_text import plain
from app.domain.understood import MOST_CANDIDATES, Read, Refused


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """The English name of every country whose holidays are known, by its ISO code."""
    known = _known()
    rows = (line.split("\t") for line in _table("iso3166.tab"))
    return {code: name for code, name in rows if code in known}


@lru_cache(maxsize=1)
def _known() -> dict[str, list[str]]:
    import holidays  # costs 15 MB, and most people have no country set

    return {code: list(parts) for code, parts in holidays.list_supported_countries().items() if len(code) == 2}


def _table(name: str) -> list[str]:
    text = files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """The country of every zone, under its old names too."""
    found = {zone: code for code, _, zone in (line.split("\t")[:3] for line in _table("zone.tab"))}
    for line in _table("tzdata.zi"):
        kind, *rest = line.split()
        if kind == "L" and rest[0] in found:
            found.setdefault(rest[1], found[rest[0]])
    return found


def country_of_zone(tz: str) -> str | None:
    """ISO code of the country a zone lies in: "Asia/Tokyo" is JP; None for UTC and what nobody knows."""
    return _zones().get(tz)


def place_of(tz: str, fallback: str | None) -> str | None:
    """Whose holidays count for somebody who has not said: their zone's country, else ``fallback``; where both are one
    country, ``fallback``, which may name a part of it."""
    code = country_of_zone(tz)
    if code is None or code not in _known():
        return fallback
    return fallback if fallback and fallback.partition("-")[0].upper() == code else code


@lru_cache(maxsize=256)
def parts(code: str) -> dict[str, str]:
    """The parts of a country that have holidays of their own: each spelling, in small letters, and its code."""
    import holidays

    found = {part.lower(): part for part in _known().get(code, ())}
    if found:
        aliases = getattr(holidays.country_holidays(code), "subdivisions_aliases", {}) or {}
        found |= {alias.lower(): part for alias, part in aliases.items()}
    return found


@dataclass(frozen=True)
class NoPlace:
    """Nothing was typed."""


@dataclass(frozen=True)
class UnknownPlace:
    """No country, and no part of one."""

    typed: str


@dataclass(frozen=True)
class Namesakes:
    """More than one place is called so."""

    name: str


@dataclass(frozen=True)
class NoSuchPart:
    """The country is known (`country`: its name, or its code), and has other parts: `known`, by their codes."""

    country: str
    part: str
    known: tuple[str, ...]


PlaceDoubt = NoPlace | UnknownPlace | Namesakes | NoSuchPart


def read_place(text: str) -> Read[str] | Refused[str, PlaceDoubt]:
    """A country or a part of one: "DE-BY", "Germany", "Bavaria", "AU-NSW Western", "Canada, Ontario".

    The value is the ISO code, with the part as the `holidays` package spells it behind a hyphen.
    """
    clean = plain(text)
    if not clean:
        return Refused(NoPlace())
    head, _, tail = clean.partition(",") if "," in clean else clean.partition("-")
    for country, part in ((clean, ""), (head, tail), (tail, head)):
        code = _code(country)
        if code and not part.strip():
            namesakes = _parts_called(country) if len(country.strip()) > 3 else []
            if not namesakes:
                return Read(code, say(code))
            offered = tuple(Read(place, say(place)) for place in [code, *namesakes][:MOST_CANDIDATES])
            return Refused(Namesakes(country.strip()), offered)
        found = parts(code).get(part.strip().lower()) if code else None
        if code and found:
            place = f"{code}-{found}"
            return Read(place, say(place))
    wanted = _code(head)
    if wanted and parts(wanted):
        missing = NoSuchPart(countries().get(wanted, wanted), tail.strip(), tuple(_known()[wanted][:60]))
        return Refused(missing, (Read(wanted, say(wanted)),), (tail.strip(),))
    places = _parts_called(clean) if len(clean) > 3 else []
    if len(places) == 1:
        return Read(places[0], say(places[0]))
    near = places or [code for code, name in countries().items() if len(clean) > 3 and clean.lower() in name.lower()]
    offered = tuple(Read(place, say(place)) for place in near[:MOST_CANDIDATES])
    return Refused(UnknownPlace(text), offered, (clean,))


def _parts_called(name: str) -> list[str]:
    wanted = name.strip().lower()
    return [f"{code}-{parts(code)[wanted]}" for code in countries() if wanted in parts(code)]


_ALSO = {
    "uk": "GB", "united kingdom": "GB", "great britain": "GB", "britain": "GB", "usa": "US", "u.s.": "US",
    "america": "US", "deutschland": "DE", "österreich": "AT", "schweiz": "CH", "suisse": "CH", "españa": "ES",
    "brasil": "BR", "nippon": "JP", "日本": "JP", "中国": "CN", "south korea": "KR", "korea": "KR", "uae": "AE",
    "holland": "NL", "czechia": "CZ", "turkey": "TR", "türkiye": "TR",
}  # fmt: skip


def _code(text: str) -> str | None:
    bare = text.strip()
    if bare.upper() in countries():
        return bare.upper()
    low = bare.lower()
    return _ALSO.get(low) or next((code for code, name in countries().items() if name.lower() == low), None)


def say(place: str) -> str:
    """ "Germany (DE-BY)"."""
    code = place.partition("-")[0]
    name = countries().get(code)
    return f"{name} ({place})" if name else place


def missing_without_part(place: str, year: int) -> list[str]:
    """The holidays that some part has and the country alone has not, by name, where every part has one; else nothing.

    In Great Britain and Canada each part has its own; in the United States the country alone is a fair choice.
    """
    import holidays

    code, _, part = place.partition("-")
    code = code.upper()
    known = _known().get(code, [])
    if part or not known:
        return []
    alone = set(holidays.country_holidays(code, years=year))
    own = [holidays.country_holidays(code, subdiv=one, years=year) for one in known]
    if any(set(each) <= alone for each in own):
        return []
    named: dict[str, None] = {}
    for each in own:
        for day, name in sorted(each.items()):
            if day not in alone:
                named.setdefault(str(name).split(";")[0])
    return list(named)
