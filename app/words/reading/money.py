"""Why an amount was not read, in a sentence; and the amounts of a form, read or refused in words where they stand."""

from __future__ import annotations

from app.domain.errors import Unreadable
from app.domain.plain_text import quoted
from app.domain.reading.amounts import Amount, AmountDoubt, IsARate, Per, PerWhat, Rate, read_rate, read_whole
from app.domain.reading.money import Money
from app.domain.reading.money_doubts import (
    BelowZero,
    MoneyDoubt,
    NoCurrency,
    NoFigure,
    NoMoney,
    OnlyALimit,
    ScaleDiffers,
    ThousandTimesApart,
    TooLongForMoney,
    TooMuch,
    TwoCurrencies,
    TwoFigures,
    TwoSpans,
    WhoseCurrency,
)
from app.domain.understood import Refused
from app.words.reading.asked_back import AskedBack

HOW = "Type something like “$200k” or “3.5M EUR”, or use the scale."


def say(why: AmountDoubt) -> str:
    """Why it is no one amount, and what to type instead; plain text, in which what was typed stands raw."""
    match why:
        case NoFigure():
            return f"There is no figure yet. {HOW}"
        case NoMoney(typed=typed, left=left):
            unread = f"I can't read {quoted(typed)} as money"
            return f"{unread}: {quoted(left)} is left over. {HOW}" if left else f"{unread}. {HOW}"
        case TooLongForMoney(typed=typed):
            return f"{quoted(typed)} is too long to be one figure. {HOW}"
        case BelowZero(typed=typed):
            return f"{quoted(typed)} is below zero. Type what it costs as a plain figure, like “$200k”."
        case TooMuch(typed=typed):
            slip = "which I take for a slip of the keys. Check the zeros and type it again."
            return f"{quoted(typed)} is more than ten trillion, {slip}"
        case TwoCurrencies(typed=typed):
            return f"{quoted(typed)} names two currencies. Type it with one, like “$200k”."
        case TwoFigures(typed=typed):
            return f"{quoted(typed)} holds more than one figure. Type the one you would put your name to, like “$200k”."
        case TwoSpans(typed=typed):
            return f"{quoted(typed)} is counted in two ways. Type it with one, like “$200k per day”."
        case OnlyALimit(typed=typed):
            return f"{quoted(typed)} is a limit, and I count with one figure. Type the one to count with, like “$200k”."
        case ThousandTimesApart(typed=typed, digits=digits):
            how = "Type the decimals with a point and two digits, like “$1.25M”"
            point = digits.replace(",", ".")
            return (
                f"{quoted(typed)} can be read two ways, a thousand times apart. {how} for “{point}”, or write the"
                " number out."
            )
        case ScaleDiffers(typed=typed):
            return f"{quoted(typed)} means different numbers in different languages. Write the number out, or with “M”."
        case WhoseCurrency(typed=typed, name=name):
            return f"{quoted(typed)} doesn't say whose {name} it is. Type the currency's code, like “200k SEK”."
        case NoCurrency(typed=typed):
            how = "Type it with one, like “$200k” or “350k EUR”."
            return f"I read {quoted(typed)} as a figure without its currency. {how}"
        case IsARate(typed=typed, once=once):
            return f"{quoted(typed)} is a rate, and here I need one figure for the whole, like “{once}”."
        case PerWhat(typed=typed, daily=daily):
            return f"Is {quoted(typed)} per day or per week? Type it with one, like “{daily}”."


def asked_back(refused: Refused[Money, MoneyDoubt]) -> AskedBack[Money]:
    """What a reader of money refused, as a form or a card says it."""
    return AskedBack(say(refused.why), refused.candidates, refused.left_over)


def parse_amount(
    text: str, *, default_currency: str | None = None, field: str | None = None, locale: str | None = None
) -> Amount:
    """`read_whole` for a form. Raises Unreadable, pointing at `field`: its sentence says what to type instead."""
    found = read_whole(text, default_currency=default_currency, locale=locale)
    if isinstance(found, Refused):
        raise Unreadable(say(found.why), field, found.candidates)
    return found


def parse_rate(
    text: str,
    *,
    default_currency: str | None = None,
    per: Per | None = None,
    field: str | None = None,
    locale: str | None = None,
    whole: bool = False,
    whole_days: int | None = None,
) -> Rate:
    """`read_rate` for a form. Raises Unreadable, pointing at `field`."""
    found = read_rate(
        text, default_currency=default_currency, per=per, locale=locale, whole=whole, whole_days=whole_days
    )
    if isinstance(found, Refused):
        raise Unreadable(say(found.why), field, found.candidates)
    return found
