"""Every command of the command line, in the order in which the help names them."""

from app.commands import (
    audit,
    backup,
    check,
    digest,
    erase,
    export,
    keepers,
    key,
    migrate,
    policy,
    read,
    record,
    replay,
    reseal,
    run,
    verify,
    whole_workspace,
    workspaces,
)
from app.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    run.COMMAND,
    check.COMMAND,
    migrate.COMMAND,
    key.COMMAND,
    reseal.COMMAND,
    export.COMMAND,
    whole_workspace.COMMAND,
    erase.COMMAND,
    verify.COMMAND,
    workspaces.COMMAND,
    record.COMMAND,
    backup.COMMAND,
    audit.COMMAND,
    policy.COMMAND,
    keepers.COMMAND,
    replay.COMMAND,
    digest.COMMAND,
    read.COMMAND,
)
