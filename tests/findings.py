"""Any finding there can be, for properties: a kind that is added later is drawn as well."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from app.domain.reading.amounts import Amount

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
AMOUNTS = st.builds(
    Amount,
    st.decimals(0, Decimal(10) ** 13, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(["USD", "EUR", "JPY"]),
)
DAYS = st.dates(date(1990, 1, 1), date(2200, 1, 1))
ODDS = st.decimals(0, 1, places=2)
_DRAWN: dict[type, st.SearchStrategy[Any]] = {
    str: TEXT,
    date: DAYS,
    Amount: AMOUNTS,
    Decimal: ODDS,
    int: st.integers(0, 999),
}


def any_of(kinds: Any) -> st.SearchStrategy[Any]:
    """Any finding of a union of them."""
    return st.one_of([any_one(kind) for kind in get_args(kinds)])


def any_one(kind: type) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    given = [field.name for field in fields(kind) if field.name != "kind"]
    return st.builds(kind, **{name: _value(hints[name]) for name in given})


def _value(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        return st.lists(_value(get_args(hint)[0]), min_size=1, max_size=3).map(tuple)
    return st.one_of([_DRAWN[one] if one in _DRAWN else st.from_type(one) for one in get_args(hint) or (hint,)])
