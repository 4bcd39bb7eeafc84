"""Notices of pre-reads and syncs."""

from datetime import datetime

from app.db.models import Decision, Remark
from app.domain.message_kinds import NoticeKind
from app.domain.people.working_time import hours_of
from app.domain.signing.standing import signing_now
from app.domain.syncs.life import MEETS_IN, Off, RemarkKind, SyncState
from app.domain.syncs.slots import outside_by
from app.slack.ids import Act
from app.slack.views.blocks import actions, button
from app.slack.views.notices.kinds import Args, Notice, Said, card_button, how_it_ended, people_said, quoted
from app.slack.views.parts.syncs import (
    agenda_lines,
    agenda_now,
    is_live,
    read_it_button,
    reader_row,
    remark_row,
    still_to_answer,
    version_read,
)
from app.slack.views.scene import Scene
from app.slack.views.text import block_text, count, inline, listed, mentions, moment
from app.words.syncs import PART_SAID, off_said, outside_said


def _reads(scene: Scene) -> list[object]:
    return [actions(read_it_button(scene), card_button(scene)), *reader_row(scene, "primary")]


def _asks_to_read(scene: Scene, args: Args) -> Said:
    sync = scene.decision.sync
    when = f" The sync would be {moment(sync.starts_at)}, for {sync.minutes} minutes." if sync is not None else ""
    when += _late(scene)
    return [
        f"*{people_said(args)} asks you to read this before you meet.*{when} Say what has to be settled: the sync is "
        "about the open questions alone, and is cancelled once none is open and everybody has answered.",
        *_reads(scene),
    ]


def _late(scene: Scene) -> str:
    """That it lies outside of the reader's own hours, where it does."""
    sync, person = scene.decision.sync, scene.people.get(scene.viewer)
    if sync is None or person is None:
        return ""
    by = outside_by(sync.starts_at, sync.minutes, hours_of(person))
    if by is None:
        return " That is a day off of yours: tell whoever sent it."
    return f" For you that is {outside_said(by)}: no hours are everybody's." if by else ""


def _reminds(scene: Scene, args: Args) -> Said:
    sync = scene.decision.sync
    when = f" The sync is {moment(sync.starts_at)}." if sync is not None else ""
    return [
        f"*This is your last whole morning or afternoon to read it before you meet.*{when} Nothing to ask? Approve it "
        "in writing, and your half hour may be given back.",
        *_reads(scene),
    ]


def _says_version(scene: Scene, args: Args) -> Said:
    parts = args.get("parts")
    named = [PART_SAID.get(str(one), str(one)) for one in parts] if isinstance(parts, list) else []
    changed = f" Changed: {inline(listed(named), 400)}." if named and named != ["all"] else ""
    if args.get("kept"):
        rest = f" You need not read it anew: {block_text(str(args['kept']), 300)}"
    else:
        rest = " What you answered was about another version: please read and answer it anew."
    moved = f" The sync moves to {_when(args)}, so that there is time." if args.get("moved") else ""
    if args.get("back"):
        moved = f" The sync that was cancelled is planned again, {_when(args)}, until all have answered to this one."
    elif args.get("start") and not args.get("moved") and not args.get("kept"):
        moved = f" You would meet {_when(args)}: answer before that, and your half hour may be given back."
    return [
        f"*Version {args.get('version') or version_read(scene)} of the pre-read is out.*{changed}{rest}{moved}",
        *_reads(scene),
    ]


def _settles_preread(scene: Scene, _: int, since: datetime) -> str | None:
    """Not before it is over: what is typed in its thread becomes a comment."""
    decision, sync = scene.decision, scene.decision.sync
    if decision.status not in MEETS_IN:
        return how_it_ended(scene)
    if sync is None or not is_live(scene):
        return "The sync is over, or was called off: the card says what stayed open."
    if sync.clock_at > since and version_read(scene) >= sync.counts_from and sync.clock_at != sync.planned_at:
        return "A later version is out."
    return None


def _settles_reminder(scene: Scene, about: int, since: datetime) -> str | None:
    sync = scene.decision.sync
    if sync is not None and is_live(scene) and scene.viewer not in still_to_answer(scene, sync):
        return "You have answered to the pre-read."
    return _settles_preread(scene, about, since)


def _when(args: Args) -> str:
    try:
        return moment(datetime.fromisoformat(str(args.get("start"))))
    except ValueError:
        return "another time"


def _says_off(scene: Scene, args: Args) -> Said:
    off = Off(str(args["why"])) if str(args.get("why")) in set(Off) else None
    minutes, people = args.get("minutes"), args.get("people")
    said = off_said(off, minutes if isinstance(minutes, int) else 0, people if isinstance(people, int) else 0)
    open_ = agenda_now(scene)
    still = f" What is open stays open in writing: {count(len(open_), 'question')}." if open_ else ""
    back = " A question before its time brings it back." if off is Off.SETTLED else ""
    return [f"*The sync {_when(args)} is {said}.* Nobody has to come.{still}{back}"]


def _says_back(scene: Scene, args: Args) -> Said:
    if args.get("version"):
        return [
            f"*The sync is planned again, {_when(args)}: version {args['version']} is out.* What your readers said was "
            "about the version before; once all have answered to this one and nothing is open, it is cancelled again."
        ]
    return [f"*The sync {_when(args)} takes place after all: a question is open.*{agenda_lines(scene, 3)}"]


def _says_moved(scene: Scene, args: Args) -> Said:
    who = f" {people_said(args)} moved it." if args.get("who") else " The new version takes its time to read."
    return [f"*The sync is {_when(args)} now.*{who} Your calendar gets a new file."]


def _begins(scene: Scene, args: Args) -> Said:
    sync, open_ = scene.decision.sync, agenda_now(scene)
    silent = " It begins with silent reading." if sync is not None and sync.silent_first else ""
    return [
        f"*The sync begins: {count(len(open_), 'open question')}, and nothing else.*{silent} What is not settled goes "
        f"to whoever signs, as it stands.{agenda_lines(scene, 3)}",
        actions(button("The open questions…", Act.SYNC_OPEN, "primary", d=scene.decision.id), read_it_button(scene)),
    ]


def _settles_begun(scene: Scene, _: int, since: datetime) -> str | None:
    sync = scene.decision.sync
    if scene.decision.status not in MEETS_IN:
        return how_it_ended(scene)
    if sync is None or sync.state is not SyncState.STARTED:
        return "The sync is over."
    return None if agenda_now(scene) else "The sync has settled all of it."


def _says_unsettled(scene: Scene, args: Args) -> Said:
    decision, open_ = scene.decision, agenda_now(scene)
    signers = [one.user_id for one in signing_now(decision.signers)] if decision.sent_at is not None else []
    if scene.viewer in signers:
        what = "*The sync is over, and this was not settled.* You sign with it as it stands, or answer it."
    else:
        whose = mentions(signers) if signers else "Whoever signs"
        what = f"*The sync is over, and {count(len(open_), 'question')} stayed open.* {whose} gets it as it stands."
    return [f"{what}{agenda_lines(scene, 3)}", actions(card_button(scene))]


def _settles_unsettled(scene: Scene, _: int, since: datetime) -> str | None:
    if scene.decision.status not in MEETS_IN:
        return how_it_ended(scene)
    return None if agenda_now(scene) else "All of it is settled since."


def _found(decision: Decision, id: int) -> Remark | None:
    return next((one for one in decision.remarks if one.id == id), None)


def _about(decision: Decision, args: Args) -> int | None:
    id = args.get("remark")
    return id if isinstance(id, int) and _found(decision, id) is not None else None


def _of(scene: Scene, args: Args) -> list[object]:
    id = args.get("remark")
    found = _found(scene.decision, id) if isinstance(id, int) else None
    return list(remark_row(scene, found)) if found is not None else []


def _says_remark(scene: Scene, args: Args) -> Said:
    part = f" about “{PART_SAID[str(args['part'])]}”" if str(args.get("part")) in PART_SAID else ""
    if args.get("said_as") == RemarkKind.QUESTION:
        said = f"*{people_said(args)} has an open question{part}.* It is on the agenda until they call it resolved."
    else:
        said = f"*{people_said(args)} comments{part}.*"
    return [f"{said}{quoted(args)}", *_of(scene, args)]


def _settles_remark(scene: Scene, id: int, since: datetime) -> str | None:
    found = _found(scene.decision, id)
    if found is None or scene.decision.status not in MEETS_IN:
        return how_it_ended(scene)
    if found.resolved_at is not None:
        return "It is resolved."
    return "It is answered." if found.answer and found.answered_at and found.answered_at >= since else None


def _says_answered(scene: Scene, args: Args) -> Said:
    asked = f"\nYou asked: “{inline(str(args.get('asked') or ''), 300)}”" if args.get("asked") else ""
    return [f"*{people_said(args)} answered you.*{asked}{quoted(args)}", *_of(scene, args)]


def _settles_answered(scene: Scene, id: int, since: datetime) -> str | None:
    found = _found(scene.decision, id)
    if found is None or scene.decision.status not in MEETS_IN:
        return how_it_ended(scene)
    if found.kind is not RemarkKind.QUESTION:
        return "Your comment is answered."
    return "You called it resolved." if found.resolved_at is not None else None


NOTICES: tuple[Notice, ...] = (
    Notice(NoticeKind.PREREAD, _asks_to_read, _settles_preread),
    Notice(NoticeKind.PREREAD_REMINDED, _reminds, _settles_reminder),
    Notice(NoticeKind.PREREAD_VERSION, _says_version, _settles_preread),
    Notice(NoticeKind.SYNC_OFF, _says_off, None),
    Notice(NoticeKind.SYNC_BACK, _says_back, None),
    Notice(NoticeKind.SYNC_MOVED, _says_moved, None),
    Notice(NoticeKind.SYNC_BEGINS, _begins, _settles_begun),
    Notice(NoticeKind.SYNC_UNSETTLED, _says_unsettled, _settles_unsettled),
    Notice(NoticeKind.REMARK, _says_remark, _settles_remark, _about),
    Notice(NoticeKind.REMARK_ANSWERED, _says_answered, _settles_answered, _about),
)
