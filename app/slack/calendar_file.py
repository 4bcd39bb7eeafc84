"""A sync as a file for one person's calendar (RFC 5545). The library is loaded when the first one is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.db import roster
from app.db.models import Decision, Person, Sync
from app.domain.people.calendar import zone
from app.domain.syncs.life import SyncState
from app.workflows import agenda


@dataclass(frozen=True)
class Invited:
    """Whom a calendar names. Nobody's mail address is known here: an address that can't be written to stands for it."""

    user: str
    name: str


def calendar_file(
    session: Session, decision: Decision, user: str, sync: int, sequence: int, now: datetime
) -> tuple[str, bytes] | None:
    """Its name and bytes for ``user``; None where a later word about this sync goes out behind it, or it has begun."""
    found = next((one for one in decision.syncs if one.id == sync), None)
    if found is None or found.sequence != sequence or found.state not in (SyncState.PLANNED, SyncState.CANCELLED):
        return None
    users = [decision.requester_id, *(one.user_id for one in decision.sync_readers if one.sync_id == sync)]
    people = roster.people(session, decision.workspace_id, [*users, user])
    invited = [Invited(one, _name(people.get(one), one)) for one in dict.fromkeys(users)]
    questions = [" ".join(one.text.split())[:200] for one in agenda.agenda_of(decision)]
    me = people.get(user)
    content = write(decision, found, invited, questions, me.tz if me else "UTC", now)
    off = found.state is SyncState.CANCELLED
    return f"{decision.name}-sync{'-cancelled' if off else ''}.ics", content


def _name(person: Person | None, user: str) -> str:
    return person.name if person is not None and person.name else user


def write(
    decision: Decision, sync: Sync, invited: Sequence[Invited], questions: Sequence[str], tz: str, now: datetime
) -> bytes:
    """A REQUEST while it is planned, else a CANCEL. The UID stays for ever, the sequence rises with each word."""
    from icalendar import Calendar, Event, vCalAddress, vText

    off, here = sync.state is SyncState.CANCELLED, zone(tz)
    calendar = Calendar()
    calendar.add("prodid", "-//Threshold//sync//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if off else "REQUEST")
    event = Event()
    event.add("uid", f"{sync.uid}@threshold.invalid")
    event.add("sequence", sync.sequence)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("dtstamp", now)
    event.add("summary", f"{decision.name}: {' '.join(decision.title.split())}"[:250])
    event.add("description", _description(sync, questions, off))
    start = sync.starts_at.astimezone(here)
    event.add("dtstart", start)
    event.add("dtend", (sync.starts_at + timedelta(minutes=sync.minutes)).astimezone(here))
    for one in invited:
        address = vCalAddress(f"mailto:{one.user.lower()}@slack.invalid")
        address.params["CN"] = vText(one.name)
        if one.user == sync.planned_by:
            event["organizer"] = address
        else:
            address.params["PARTSTAT"] = vText("NEEDS-ACTION")
            address.params["ROLE"] = vText("REQ-PARTICIPANT")
            event.add("attendee", address, encode=False)
    calendar.add_component(event)
    calendar.add_missing_timezones(start.date() - timedelta(days=366), start.date() + timedelta(days=366))
    return bytes(calendar.to_ical())


def _description(sync: Sync, questions: Sequence[str], off: bool) -> str:
    if off:
        return "Nobody has to come: it is called off."
    silent = ["It begins with silent reading."] if sync.silent_first else []
    asked = [f"{number}. {one}" for number, one in enumerate(questions, 1)]
    about = ["Open questions so far:", *asked] if asked else ["No question is open so far."]
    return "\n".join([*silent, *about, "Once nothing is open, it is called off."])
