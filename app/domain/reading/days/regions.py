"""In which order a region writes the day and the month in figures, as the Unicode CLDR's short patterns have it."""

from __future__ import annotations

import re

_MONTH_FIRST_REGIONS = frozenset({"US", "PH", "PW", "FM", "MH", "GU", "AS", "VI", "UM", "MP", "PR"})
_MONTH_FIRST_LANGUAGES = frozenset({"ja", "zh", "ko", "hu", "lt", "mn"})
"""Year, month, day: without the year the month stands first."""
_UNSURE = frozenset({"en-CA", "fr-CA", "en-ZA", "sv", "en"})
"""Several orders are in use, or the region is not said."""
_DAY_FIRST = frozenset({
    "de", "fr", "es", "pt", "it", "nl", "pl", "da", "nb", "no", "fi", "cs", "sk", "tr", "el", "ru", "uk", "ro", "bg",
    "hr", "sl", "ca", "gl", "et", "lv", "en", "id", "vi", "th", "he",
})  # fmt: skip


def order_of(locale: str | None) -> str | None:
    """ "dmy" or "mdy"; None where neither is sure."""
    if not locale:
        return None
    parts = re.split("[-_]", locale)
    language, region = parts[0].lower(), parts[-1].upper() if len(parts) > 1 else ""
    if region in _MONTH_FIRST_REGIONS:
        return "mdy"
    if f"{language}-{region}" in _UNSURE or language in _UNSURE - {"en"} or (language == "en" and not region):
        return None
    if language in _MONTH_FIRST_LANGUAGES:
        return "mdy"
    return "dmy" if language in _DAY_FIRST else None
