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


@dataclass(frozen=True)
class Told:
    """What stands in the file. ``questions``: None where a calendar, which others may see, says nothing of them."""

    summary: str
    questions: Sequence[str] | None
    off: bool
    private: bool


def calendar_file(
    session: Session, decision: Decision, user: str, sync: int, sequence: int, now: datetime
) -> tuple[str, bytes] | None:
    """Its name and bytes for ``user``; None where a later word about this sync goes out behind it, or it has begun."""
    found = next((one for one in decision.syncs if one.id == sync), None)
    if found is None or found.sequence != sequence or found.state not in (SyncState.PLANNED, SyncState.CANCELLED):
        return None
    asked = [one.user_id for one in decision.sync_readers if one.sync_id == sync]
    here = agenda.here_still(session, decision)
    out = user not in here and user in asked
    users = [found.planned_by, decision.requester_id, *(one for one in asked if one in here)]
    people = roster.people(session, decision.workspace_id, [*users, user])
    invited = [Invited(one, _name(people.get(one), one)) for one in dict.fromkeys(users)]
    me, off = people.get(user), out or found.state is SyncState.CANCELLED
    if out:  # they read along no more: they hear that it is off for them, and nothing else
        invited = [one for one in invited if one.user == found.planned_by]
        invited.append(Invited(user, _name(me, user)))
    bare = out or decision.private
    about = Told(
        decision.name if bare else f"{decision.name}: {' '.join(decision.title.split())}"[:250],
        None if bare else [" ".join(one.text.split())[:200] for one in agenda.agenda_of(decision)],
        off,
        decision.private,
    )
    content = write(about, found, invited, me.tz if me else "UTC", now)
    return f"{decision.name}-sync{'-cancelled' if off else ''}.ics", content


def _name(person: Person | None, user: str) -> str:
    return person.name if person is not None and person.name else user


def write(about: Told, sync: Sync, invited: Sequence[Invited], tz: str, now: datetime) -> bytes:
    """A REQUEST while it is planned, else a CANCEL. The UID stays for ever, the sequence rises with each word."""
    from icalendar import Calendar, Event, vCalAddress, vText

    off, here = about.off, zone(tz)
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
    event.add("summary", about.summary)
    event.add("description", _description(sync, about))
    if about.private:
        event.add("class", "PRIVATE")
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


def _description(sync: Sync, about: Told) -> str:
    if about.off:
        return "Nobody has to come: it is called off."
    silent = ["It begins with silent reading."] if sync.silent_first else []
    asked = [f"{number}. {one}" for number, one in enumerate(about.questions or (), 1)]
    if about.questions is None:
        said = ["Its open questions stand on the card in Slack."]
    else:
        said = ["Open questions so far:", *asked] if asked else ["No question is open so far."]
    return "\n".join([*silent, *said, "Once nothing is open, it is called off."])
