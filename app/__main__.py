"""The command line. Every failure to start is one sentence on stderr and exit code 1."""

import gc
import os
import signal

if __name__ == "__main__":  # the first process of a container ignores what it has not asked for
    signal.signal(signal.SIGTERM, lambda *_: os._exit(143))

gc.disable()  # of what is loaded now nothing is garbage: looking for some would be a tenth of a start

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TextIO

from app import built, check, completion, configured, files, governing, keeping, reading, records, serve, starting
from app.auditor import FAULT
from app.bootstrap import NotConfigured, auditor, build, check_install_settings, sealing_box, wall_clock
from app.configured import CannotStart
from app.domain.errors import ThresholdError
from app.domain.triage.questions import Question
from app.domain.understood import Read
from app.playing import arguments_of_play, play
from app.schema import Schema
from app.settings import Settings
from app.telemetry import logs

gc.freeze()
gc.enable()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 when it did what was asked, 1 when it could not, 2 for a typo."""
    options = _parser().parse_args(argv)
    if options.run is None:  # asked by a shell that starts: whatever the settings are
        print(completion.script(options.shell, _parser()), end="")
        return 0
    style = (os.environ.get("THRESHOLD_LOG_FORMAT") or "").lower()
    try:
        settings = configured.load_settings()
        style = settings.threshold_log_format
        logs.set_up(settings.threshold_log_level, settings.threshold_log_format)
        command: Callable[[Settings, argparse.Namespace], int] = options.run
        return command(settings, options)
    except (CannotStart, NotConfigured) as error:
        logs.say_why_not(str(error), "json" if style == "json" else "text")
    except ThresholdError as error:
        print(error.sentence, file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read our output has seen enough
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="threshold", description="Two-way doors go back to the team, one-way doors climb with a memo."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say what this is, and end")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[Settings, argparse.Namespace], int] | None, does: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=does, description=f"{does[:1].upper()}{does[1:]}.")
        one.set_defaults(run=run)
        return one

    add("run", _run, "start the bot: Socket Mode with SLACK_APP_TOKEN, HTTP on PORT without")
    checks = add("check", _check, "say what is configured, what is missing, and what everyone answers")
    checks.add_argument("--json", action="store_true", help="one object: ok, and the findings")
    add("migrate", _migrate, "bring the database's schema up to date")

    add("key", _key, "make a key for THRESHOLD_ENCRYPTION_KEY")
    add("reseal", _reseal, "seal every stored token anew with the first key of THRESHOLD_ENCRYPTION_KEY")

    export = add("export", _export, "write all decisions, private ones too, with their whole record")
    export.add_argument(
        "--format", choices=("json", "csv", "markdown"), default="json",
        help="a line of JSON each, a row of a spreadsheet each, or Markdown",
    )  # fmt: skip
    export.add_argument(
        "--decision", action="append", default=[], type=records.number_of, metavar="D-42", help="this one; repeatable"
    )
    export.add_argument("--workspace", metavar="T…", help="this workspace only")
    export.add_argument("--output", type=Path, metavar="FILE", help="into this file instead of stdout")
    export.add_argument(
        "--whole", action="store_true", help="everything of one workspace, to be read by `threshold import`"
    )

    import_ = add("import", _import, "put a workspace back that `threshold export --whole` wrote")
    import_.add_argument("file", type=Path, metavar="FILE", help="what the export wrote")

    erase = add("erase", _erase, "take a person out for good: the decisions stay, and the record still verifies")
    erase.add_argument("--person", required=True, metavar="U…", help="their id in Slack")
    erase.add_argument("--workspace", metavar="T…", help="needed where there are several")
    erase.add_argument(
        "--also", action="append", default=[], metavar="NAME", help="another spelling of their name; repeatable"
    )
    erase.add_argument("--yes", action="store_true", help="do it; without, only say what would be done")

    verify = add("verify", _verify, "prove that the record is as it was written, or name what is not")
    verify.add_argument("--workspace", metavar="T…", help="this workspace only")
    verify.add_argument(
        "--expect", type=keeping.noted, metavar="N:HASH", help="an entry as an earlier run named it; needs --workspace"
    )

    verify.add_argument("--json", action="store_true", help="an object a workspace, on a line each")

    add("workspaces", _workspaces, "list the workspaces: since when, the token, what it lacks, when one is erased")

    record = add(
        "record", _record, "write the record as lines of JSON for whoever keeps logs: who did what when, and no words"
    )
    record.add_argument("--after", type=int, default=0, metavar="N", help="from the entry behind this one on")
    record.add_argument("--workspace", metavar="T…", help="needed where there are several")
    record.add_argument("--output", type=Path, metavar="FILE", help="into this file instead of stdout")

    backup = add("backup", _backup, "copy SQLite's file as it is now, beside a running bot, and prove the copy")
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")

    audit = add("audit", _audit, "look for what should have happened and didn't: work not dated, cards that never came")
    audit.add_argument("--json", action="store_true", help="one object: ok, and what is missing")
    audit.add_argument("--mend", action="store_true", help="and do it, as the running bot does every hour")

    policy = add("policy", _policy, "show a workspace's policy as a file, set it from one, or list its versions")
    policy.add_argument("what", choices=("show", "set", "history"), help="what to do")
    policy.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the file (TOML) to set it from")
    policy.add_argument("--workspace", metavar="T…", help="needed where there are several")

    keepers = add("keepers", _keepers, "who keeps a workspace's ladder: list them, name somebody, take it back")
    keepers.add_argument("what", nargs="?", choices=("add", "remove"), help="leave it out to list them")
    keepers.add_argument("user", nargs="?", metavar="U…", help="whom, by their id in Slack")
    keepers.add_argument("--workspace", metavar="T…", help="needed where there are several")

    replay = add("replay", _replay, "work every verdict out again from what was kept with it")
    replay.add_argument("--workspace", metavar="T…", help="needed where there are several")

    digest = add("digest", _digest, "show a channel's digest as it stands now")
    digest.add_argument("--channel", required=True, metavar="C…", help="the channel's id")
    digest.add_argument("--workspace", metavar="T…", help="needed where there are several")
    digest.add_argument("--post", action="store_true", help="post it to the channel instead of printing it")

    arguments_of_play(add("demo", play, "open a Slack in your browser, with the bot in it, to play with"))

    shells = add("completion", None, "write what bash, zsh or fish needs to complete all of this with Tab")
    shells.add_argument("shell", choices=sorted(completion.SHELLS), help="your shell")

    read = add("read", _read, "say as JSON how a day, an amount, an answer, a text or a draft's facts are read")
    read._negative_number_matcher = re.compile(r"-[^-].*")  # “-5k” is what somebody typed, and no option of ours
    read.add_argument("kind", choices=reading.KINDS)
    read.add_argument("text", nargs="?", metavar="TEXT", help="of all kinds but facts")
    read.add_argument("--source", type=Path, metavar="FILE", help="facts: what a draft may draw on")
    read.add_argument("--draft", type=Path, metavar="FILE", help="facts: whose figures and dates are held against it")
    read.add_argument("--on", type=_day, metavar="DATE", help="the day it is read on, like 2026-12-04; today without")
    read.add_argument("--locale", metavar="L", help="the person's in Slack, like en-US")
    read.add_argument(
        "--question", type=Question, choices=list(Question), metavar="Q",
        help=f"what an answer is to: {', '.join(Question)}",
    )  # fmt: skip
    return parser


class _Version(argparse.Action):
    """Says what this is where it is asked for, and looks for it only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"threshold {built.said()}")
        parser.exit()


def _day(text: str) -> date:
    """For argparse, which names the option where this raises ValueError."""
    return date.fromisoformat(text)


def _run(settings: Settings, _options: argparse.Namespace) -> int:
    serve.run(settings)
    return 0


def _check(settings: Settings, options: argparse.Namespace) -> int:
    return 0 if check.check(settings, print, as_json=options.json) else 1


def _migrate(settings: Settings, _options: argparse.Namespace) -> int:
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


def _key(_settings: Settings, _options: argparse.Namespace) -> int:
    from app.db.secret_columns import new_key

    print(new_key())
    return 0


def _reseal(settings: Settings, _options: argparse.Namespace) -> int:
    from app.db.secret_columns import reseal

    if not settings.many_workspaces:
        why = "SLACK_BOT_TOKEN is in the settings" if settings.slack_bot_token else "SLACK_CLIENT_ID is not set"
        raise CannotStart(f"{why}, so no token is stored and there is nothing to seal.")
    check_install_settings(settings)
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        starting.check_seals(settings, db)
        sealed = reseal(db, sealing_box(settings))
    print(f"{sealed} secrets are sealed with the first key. Keys behind it are no longer needed for them.")
    return 0


def _export(settings: Settings, options: argparse.Namespace) -> int:
    if options.whole and (options.decision or options.format != "json"):
        raise CannotStart("--whole writes everything of a workspace: leave --decision and --format out.")
    with ExitStack() as stack:
        db = stack.enter_context(closing(starting.open_to_read(settings.database_url)))
        found = (
            keeping.export_whole(db, options.workspace, lambda said: print(said, file=sys.stderr))
            if options.whole
            else records.export(
                db, form=options.format, workspace=options.workspace, numbers=options.decision, now=wall_clock()
            )
        )
        pages = stack.enter_context(closing(found))
        first = next(pages, "")  # a decision that is not there leaves an earlier file as it was
        out: TextIO = sys.stdout
        if options.output is not None:
            try:
                out = stack.enter_context(files.private(options.output))
            except OSError as error:
                raise CannotStart(f"{options.output} can't be written: {error.strerror}.") from None
        if not first:
            print("No decisions yet.", file=sys.stderr)
        out.write(first)
        out.writelines(pages)
        out.flush()
    return 0


def _import(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_database(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        print(keeping.import_whole(db, options.file, wall_clock()))
    return 0


def _erase(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        also, sure = tuple(options.also), options.yes
        said, lines = keeping.erase(db, options.workspace, options.person, also, wall_clock(), sure=sure)
        if not sure:
            for line in lines:
                print(line)
            print(f"{said} It can't be undone: back up first.")
            if not (sys.stdin.isatty() and input("Type “erase” to do it: ").strip().strip('“”"').lower() == "erase"):
                print("Nothing was changed. Run it again with --yes to do it.")
                return 0
            said, _ = keeping.erase(db, options.workspace, options.person, also, wall_clock(), sure=True)
        print(said)
    return 0


def _verify(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_to_read(settings.database_url)) as db:
        return 0 if keeping.verify(db, options.workspace, options.expect, print, as_json=options.json) else 1


def _workspaces(settings: Settings, _options: argparse.Namespace) -> int:
    with closing(starting.open_to_read(settings.database_url)) as db:
        after = timedelta(days=settings.threshold_erase_after_days)
        sys.stdout.writelines(records.workspaces(db, wall_clock(), after))
    return 0


def _record(settings: Settings, options: argparse.Namespace) -> int:
    with ExitStack() as stack:
        db = stack.enter_context(closing(starting.open_to_read(settings.database_url)))
        chosen = starting.the_workspace(db, options.workspace)
        out: TextIO = sys.stdout
        if options.output is not None:
            try:
                out = stack.enter_context(files.private(options.output))
            except OSError as error:
                raise CannotStart(f"{options.output} can't be written: {error.strerror}.") from None
        out.writelines(records.stream(db, chosen, options.after))
        out.flush()
    return 0


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_to_copy(settings.database_url)) as db:
        print(keeping.backup(db, settings.database_url, options.file))
    return 0


def _audit(settings: Settings, options: argparse.Namespace) -> int:
    how = starting.open_up_to_date if options.mend else starting.open_to_read
    with closing(how(settings.database_url)) as db:
        found = auditor(settings, db).run(mend=options.mend)
        if options.json:
            lines = [{"workspace": one.workspace, "what": one.what, "said": str(one)} for one in found]
            done = options.mend or not found
            print(json.dumps({"ok": done, "mended" if options.mend else "missing": lines}, ensure_ascii=False))
            return 0 if done else 1
        for one in found:
            print(one)
        missing = sum(one.what != FAULT for one in found)
        if not found:
            print("Nothing is missing.")
        elif options.mend:
            print(f"{missing} mended. Messages go out with the running bot.")
        else:
            print(f"{missing} missing. “threshold audit --mend” does what is missing.")
    return 1 if (found if not options.mend else len(found) > missing) else 0


def _policy(settings: Settings, options: argparse.Namespace) -> int:
    if (options.what == "set") != (options.file is not None):
        raise CannotStart("Name the file to set it from: threshold policy set FILE. “show” and “history” take none.")
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        workspace = starting.the_workspace(db, options.workspace)
        if options.what == "show":
            print(governing.show(db, workspace), end="")
        elif options.what == "set":
            print(governing.set_from(db, workspace, options.file, wall_clock()))
        else:
            for line in governing.history(db, workspace):
                print(line)
    return 0


def _keepers(settings: Settings, options: argparse.Namespace) -> int:
    if (options.what is None) != (options.user is None):
        raise CannotStart("Name somebody by their id in Slack: threshold keepers add U0123ABCD.")
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        workspace = starting.the_workspace(db, options.workspace)
        if options.what:
            governing.change_keepers(db, workspace, options.what == "add", options.user, wall_clock())
        for line in governing.keepers(db, workspace):
            print(line)
    return 0


def _replay(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        return 0 if governing.replay(db, starting.the_workspace(db, options.workspace), print) else 1


def _digest(settings: Settings, options: argparse.Namespace) -> int:
    with closing(starting.open_existing(settings.database_url)) as db:
        starting.bring_up_to_date(db)
        workspace = starting.the_workspace(db, options.workspace)
        if not options.post:
            print(records.digest(db, workspace, options.channel, wall_clock()))
            return 0
    bot = build(settings)
    try:
        print(records.post_digest(bot, workspace, options.channel))
    finally:
        bot.stop()
    return 0


def _read(_settings: Settings, options: argparse.Namespace) -> int:
    if options.kind == "facts":
        if options.source is None or options.draft is None or options.text is not None:
            raise CannotStart("Facts are read from two files: threshold read facts --source FILE --draft FILE.")
        print(reading.read_facts(options.source, options.draft))
        return 0
    if options.text is None:
        raise CannotStart(f"What is to be read is missing: threshold read {options.kind} TEXT.")
    if options.kind == "answer" and options.question is None:
        raise CannotStart(f"An answer needs its question: --question {', '.join(Question)}.")
    now = wall_clock()
    if options.on is not None:
        now = datetime.combine(options.on, now.time(), now.tzinfo)
    found = reading.read(options.kind, options.text, now=now, locale=options.locale, question=options.question)
    print(reading.to_json(found))
    return 0 if isinstance(found, Read) else 1


if __name__ == "__main__":
    sys.exit(main())
