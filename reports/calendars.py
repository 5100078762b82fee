"""A meeting as an entry of a calendar (RFC 5545, 5546). Pure.

One meeting is one UID, in mails and on pages, whatever becomes of it; its sequence says which word is the
newest. Times go out in UTC, so no time zone has to be described.
"""

import datetime as dt
from dataclasses import dataclass

from icalendar import Calendar, Event, vCalAddress

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True)
class Entry:
    """What a calendar is told of a meeting. `told_at`: when this was said."""

    uid: str
    sequence: int
    told_at: dt.datetime
    title: str
    begins_at: dt.datetime
    ends_at: dt.datetime
    place: str
    description: str
    url: str
    office: str
    office_mail: str
    is_cancelled: bool = False


def calendar_of(entry: Entry, *, method: str, attendee: str = "") -> bytes:
    """The entry by itself. A request or a cancellation is to somebody, `attendee` by mail address; what is
    published on a page is to nobody in particular."""
    calendar = Calendar()
    calendar.add("prodid", "-//eduportal//hop giao ban//VI")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.told_at.astimezone(dt.UTC))
    event.add("dtstart", entry.begins_at.astimezone(dt.UTC))
    event.add("dtend", entry.ends_at.astimezone(dt.UTC))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("description", entry.description)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.is_cancelled or method == CANCEL else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{entry.office_mail}")
    organizer.params["cn"] = entry.office
    event.add("organizer", organizer)
    if attendee:
        invited = vCalAddress(f"mailto:{attendee}")
        invited.params.update({"role": "REQ-PARTICIPANT", "partstat": "NEEDS-ACTION", "rsvp": "FALSE"})
        event.add("attendee", invited)
    calendar.add_component(event)
    return calendar.to_ical()
