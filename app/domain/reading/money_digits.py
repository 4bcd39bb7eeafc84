"""The value of digits as people group them: 1,200,000, 12,00,000, 1 200,50."""

import re
from decimal import Decimal


class NoNumber(Exception):
    """Digits stand there in an order that no writer groups them in."""


def number(word: str) -> Decimal:
    """The value of digits with separators. A lone three-digit tail is decimal here.

    Raises NoNumber.
    """
    spaced = re.sub(r"[ ']", "", word) if re.search(r"[ ']", word) else word
    if spaced != word and not re.fullmatch(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?", word):
        raise NoNumber()
    marks = re.findall(r"[.,]", spaced)
    if len(set(marks)) == 2:
        decimal = marks[-1]
        group = "." if decimal == "," else ","
        if marks.count(decimal) > 1 or not _grouped(spaced.split(decimal)[0], group):
            raise NoNumber()
        return Decimal(spaced.replace(group, "").replace(decimal, "."))
    if len(marks) > 1:
        if not _grouped(spaced, marks[0]):
            raise NoNumber()
        return Decimal(spaced.replace(marks[0], ""))
    return Decimal(spaced.replace(",", "."))


def _grouped(digits: str, mark: str) -> bool:
    """1,200,000 or, as in India, 12,00,000."""
    return bool(re.fullmatch(rf"\d{{1,3}}(?:[{mark}]\d{{2,3}})*[{mark}]\d{{3}}", digits))
