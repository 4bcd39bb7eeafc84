"""What people type, made plain enough to read."""

from __future__ import annotations

import re
import unicodedata

_LOOKALIKES = {"٫": ".", "٬": ",", "’": "'", "‘": "'", "−": "-", "–": "-", "—": "-"}


def plain(text: str) -> str:
    """One line with ASCII digits, plain spaces and signs; invisible marks are gone.

    Superscripts and fractions stay as they are: 10² is not 102.
    """
    out = []
    for char in text:
        kind = unicodedata.category(char)
        if kind == "Nd":
            out.append(str(unicodedata.decimal(char)))
        elif kind == "No" or char in _LOOKALIKES:
            out.append(_LOOKALIKES.get(char, char))
        elif kind not in {"Cf", "Cs", "Cc"} or char in "\t\n\r":
            out.append(unicodedata.normalize("NFKC", char))
    return re.sub(r"\s+", " ", "".join(out)).strip()


def quoted(text: str, longest: int = 60) -> str:
    """The text in quotation marks, on one line, shortened to `longest` characters."""
    shown = " ".join(text.split())
    return f"“{shown[: longest - 3]}…”" if len(shown) > longest else f"“{shown}”"
