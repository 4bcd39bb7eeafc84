"""Why something is no policy, in sentences: of a file by its keys, of a form by what stands there."""

from app.domain.errors import Unreadable
from app.domain.ladder import Rung
from app.domain.policy import file, table
from app.domain.policy.faults import Fault, NoPolicy, Wrong
from app.domain.policy.policy import Policy
from app.words.ladder import rung_said


def read_file(text: str, before: Policy) -> Policy:
    """The policy of a file, read over another one.

    Raises:
        Unreadable: with a sentence that names the key.
    """
    try:
        return file.read(text, before)
    except NoPolicy as error:
        raise Unreadable(in_a_file(error.fault)) from None


def read_change(change: table.Table, before: Policy) -> Policy:
    """What a form, or a proposal, changes in a policy.

    Raises:
        Unreadable: ``field`` is the key of the table.
    """
    try:
        return table.read(change, before)
    except NoPolicy as error:
        raise Unreadable(in_a_form(error.fault), error.fault.where) from None


def in_a_file(fault: Fault) -> str:
    where, value, known = fault.where, fault.value, ", ".join(fault.known)
    match fault.what:
        case Wrong.NO_TOML:
            return f"That is no TOML: {value}. Nothing was changed."
        case Wrong.UNKNOWN_NAME if not where:
            return f"I don't know “{value}”. What I know: {known}."
        case Wrong.UNKNOWN_NAME:
            return f"I don't know “{where}.{value}”. What I know there: {known}."
        case Wrong.NO_TABLE:
            return f"“{where}” is a table: write [{where}] and its lines below."
        case Wrong.NO_LIST:
            return f'“{where}” is a list, like ["{known}"].'
        case Wrong.NONE_OF_THEM:
            return f"“{value}” at “{where}” is none of: {known}."
        case Wrong.TOO_LOW:
            return f"A one-way door never stays with a peer: “{where}” is {known} or higher."
        case Wrong.NO_AMOUNT:
            return f"“{value}” at “{where}” is no amount: write it in plain figures, like 100000."
        case Wrong.OUT_OF_REACH:
            return f"“{value}” at “{where}” is no amount from 0 to ten trillion."
        case Wrong.DEARER_GOES_LOWER:
            return f"At “{where}” a dearer mistake would go to a lower rung. Turn the amounts round."
        case Wrong.BEGINS_ABOVE_ZERO:
            return f"“{where}” needs a rung for every amount: begin at 0."
        case Wrong.NO_STEP:
            return f"“{value}” at “{where}” is no step from 1 to 5."
        case Wrong.NO_SHARE:
            return f"“{where}” is a share from 0 to 1: 0.3 is 30%."
        case Wrong.NO_NAME:
            return f"“{where}” is a name in plain words, up to {known} letters."
        case Wrong.TOO_MANY:
            return f"“{where}” holds {value}: more than {known} nobody remembers."
        case Wrong.TWO_OF_ONE_NAME if where == "worth":
            return f"“{value}” stands twice at “worth”. Leave one of them out."
        case Wrong.WORTH_NOTHING:
            return f"“{value}” at “worth” is worth more than nothing; leave it out where it can't be weighed."
        case Wrong.TWO_OF_ONE_NAME:
            return "At “rung_names” two rungs have one name. Call them apart."
        case Wrong.NO_DAYS:
            return f"“{where}” is a whole number of days from 1 to {known}."
        case Wrong.NO_COUNT:
            return f"“{where}” is a whole number from 0 to {known}."
        case Wrong.NO_YES_OR_NO:
            return f"“{where}” is true or false."
        case Wrong.NO_CURRENCY:
            return f"“{value}” is no currency: write three capital letters, like EUR."
        case Wrong.NO_RATE:
            return f"There is no exchange rate for {value}: add it below [rates.per_euro]."
        case Wrong.NO_DAY_OF_RATES:
            return "“rates.on” is the day of the rates, like 2026-10-30."
        case Wrong.RATE_OF_NONE:
            return f"“{where}” says how many {value} one euro is: more than none."


def in_a_form(fault: Fault) -> str:
    """As ``in_a_file`` where a person sees the inputs, and no key. What no form can say is said as of a file."""
    match fault.what:
        case Wrong.TOO_LOW:
            return f"A one-way door never stays with a peer: choose the {rung_said(Rung(fault.known[0]))} or higher."
        case Wrong.OUT_OF_REACH:
            return f"“{fault.value}” is no amount from 0 to ten trillion."
        case Wrong.DEARER_GOES_LOWER:
            return "A dearer mistake would go to a lower rung. Give the higher rung the higher amount."
        case Wrong.NO_SHARE:
            return "A likelihood is a percentage from 0 to 100."
        case Wrong.TOO_MANY:
            return f"These are {fault.value}: more than {fault.known[0]} nobody remembers."
        case Wrong.NO_NAME if fault.where == "principles":
            return f"Say each principle in plain words, up to {fault.known[0]} letters, without * _ ~ ` < > or &."
        case Wrong.NO_NAME if fault.where == "worth":
            return f"Call a metric in plain words, up to {fault.known[0]} letters, without * _ ~ ` < > = or &."
        case Wrong.WORTH_NOTHING:
            return f"A unit of “{fault.value}” is worth more than nothing. Leave out what can't be weighed."
        case Wrong.TWO_OF_ONE_NAME if fault.where == "worth":
            return f"“{fault.value}” stands here twice. Leave one of them out."
        case Wrong.NO_AMOUNT if fault.where == "worth":
            return f"“{fault.value}” is no figure: write lines like “conversion (points) = 50000”."
        case Wrong.NO_NAME:
            return f"Call a rung in plain words, up to {fault.known[0]} letters, without * _ ~ ` < > or &."
        case Wrong.TWO_OF_ONE_NAME:
            return f"Two rungs would be called “{fault.value}”. Call them apart."
        case Wrong.NO_DAYS:
            return f"Write a number of days from 1 to {fault.known[0]}."
        case Wrong.NO_COUNT:
            return f"Write a whole number from 0 to {fault.known[0]}."
    return in_a_file(fault)
