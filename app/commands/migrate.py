"""`threshold migrate`: the schema as this version writes it."""

import argparse
from contextlib import closing

from app import starting
from app.commands.command import Command
from app.schema import Schema
from app.settings import Settings


def run(settings: Settings, _options: argparse.Namespace) -> int:
    with closing(starting.open_database(settings.database_url)) as db:
        schema = starting.schema_of(db)
        starting.check_tables(db)
        if schema is Schema.AHEAD:
            print("A newer Threshold has upgraded this database already, and this version works with it.")
        elif schema is Schema.OLDER and starting.upgrade(db):
            print("The schema was brought up to date.")
        else:  # of several at once all but the first as well
            print("The schema is up to date.")
    return 0


COMMAND = Command("migrate", "bring the database's schema up to date", run)
