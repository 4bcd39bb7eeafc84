"""What is wrong with the settings, before anybody is asked and anything is opened. Each in one sentence."""

import difflib
import errno
import os
import re
from datetime import UTC, datetime

from dotenv import dotenv_values
from pydantic import ValidationError

from app.addresses import Unusable, http
from app.domain.understood import Read
from app.settings import Settings

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class CannotStart(Exception):
    """The message is the one sentence that the operator reads."""


def load_settings() -> Settings:
    """The settings as the environment and `.env` give them; an empty one counts as not set.

    Raises:
        CannotStart: a setting that can't be read. Its value is not repeated, it may be a secret.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False, include_context=False)[0]
        name, said = str(wrong["loc"][0]).upper(), wrong["msg"]
        raise CannotStart(f"{name} can't be used: {said[:1].lower()}{said[1:]}.") from None
    except UnicodeDecodeError:
        raise CannotStart(
            "The file .env can't be read: it is no UTF-8. Save it as UTF-8, or write plain ASCII."
        ) from None
    if settings.threshold_log_level.upper() not in LEVELS:
        raise CannotStart(f"THRESHOLD_LOG_LEVEL can't be used: it is one of {', '.join(LEVELS)}.")
    return settings


def check_country(settings: Settings) -> str | None:
    """What is missing without a part of the country, in a sentence; None where nothing is.

    Raises CannotStart for a country or a part that nobody knows: its holidays would silently not count.
    """
    country = settings.threshold_country
    if not country:
        return None
    from app.domain.people.places import (  # reads tables, and most people set none
        missing_without_part,
        parts,
        read_place,
    )

    found = read_place(country)
    if not isinstance(found, Read) or country.strip().upper() != found.value.upper():
        raise CannotStart(
            f"THRESHOLD_COUNTRY is {country}, whose holidays I don't know. Write it like US, FI or DE-BY."
        )
    missing = missing_without_part(found.value, datetime.now(UTC).year)
    if not missing:
        return None
    more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    example = f"{found.value}-{next(iter(parts(found.value).values()))}"
    return (
        f"THRESHOLD_COUNTRY is {country} without its part, so these are no days off: {', '.join(missing[:3])}{more}."
        f" Write it with the part, like {example}."
    )


VISIBLE = re.compile(r"[!-~]+")
"""What a token is made of. Anything else (a blank, an ellipsis) can't travel in a header."""


def mistyped_tokens(settings: Settings) -> list[str]:
    """A sentence about each token that can't be one."""
    tokens = {
        "SLACK_BOT_TOKEN": settings.slack_bot_token,
        "SLACK_APP_TOKEN": settings.slack_app_token,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret,
    }
    return [
        f"{name} holds a character that none has: copy it again, without blanks, quotes or dots."
        for name, token in tokens.items()
        if token is not None and not VISIBLE.fullmatch(token.get_secret_value())
    ]


def check_addresses(settings: Settings) -> None:
    """Raises CannotStart for an address that can't be one, whoever should answer there."""
    for name, url in (
        ("SLACK_API_URL", settings.slack_api_url),
        ("OPENAI_BASE_URL", settings.openai_base_url),
        ("THRESHOLD_TRACES", settings.threshold_traces),
    ):
        if url is not None:
            try:
                http(name, url)
            except Unusable as error:
                raise CannotStart(str(error)) from None
    if re.search(r"[@?#]", settings.slack_api_url):  # it is named in sentences, and these would be secrets
        raise CannotStart("SLACK_API_URL can't be used: it holds a user, a password or a query, and Slack's has none.")
    key = settings.openai_api_key
    if key is not None and not VISIBLE.fullmatch(key.get_secret_value()):
        raise CannotStart("OPENAI_API_KEY holds a character that none has: copy it again, without blanks or quotes.")


def no_port(settings: Settings, error: OSError) -> str:
    where = f"{settings.listens_on}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return f"Something else listens on {where}. Stop it, or set PORT to a free one."
    if error.errno == errno.EACCES:
        return f"I may not listen on {where}. Set PORT to one above 1023."
    return f"I can't listen on {where}. Check THRESHOLD_HOST and PORT."


PUT_THERE = re.compile(r"THRESHOLD_(SERVICE_|PORT(_|$))")
"""What Kubernetes sets in every container beside a Service that is called threshold."""


OTHERS_TOO = ("SLACK_", "OPENAI_", "DATABASE_")
"""How names begin that other programs have as well: only one that is nearly ours is named."""


def misspelt() -> list[str]:
    """A sentence about each THRESHOLD_… that is no setting, and each SLACK_… that is nearly one, here and in `.env`."""
    known = {name.upper() for name in Settings.model_fields}
    given = {name.upper() for name in (*os.environ, *dotenv_values(".env"))}
    found = []
    for name in sorted(given - known):
        if name.startswith(OTHERS_TOO) and (near := difflib.get_close_matches(name, known, n=1, cutoff=0.9)):
            found.append(f"{name} is no setting, and does nothing. Was {near[0]} meant?")
        if name.startswith("THRESHOLD_") and not PUT_THERE.match(name):
            near = difflib.get_close_matches(name, [one for one in known if one.startswith("THRESHOLD_")], n=1)
            found.append(f"{name} is no setting, and does nothing." + (f" Was {near[0]} meant?" if near else ""))
    return found
