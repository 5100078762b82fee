"""A document on its way to being issued: entering it, correcting what was read, its list of tasks."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from directives.actions.files import keep_annexes, refuse_secret, refuse_secret_files
from directives.actions.proposing import write_proposals
from directives.documents import KIND_NAMES
from directives.models import ArrivalRegister, Direction, Directive, DirectiveKind, DirectiveState
from directives.proposals import PATH_LENGTH
from directives.queries import letterhead_of
from directives.reading import Context, Reading, Warning, read_document, secrecy_of
from directives.writing.words import abbreviation_of, padded, symbol_for
from eduportal.base.errors import Refused
from eduportal.base.forms import KeptFile
from eduportal.base.text import nfc, search_key
from schools.models import Office, Posting, Unit
from trail.actions import record, store_file

# A book of 500 pages; nothing that directs is longer, and reading it takes seconds.
LONGEST_TEXT = 1_000_000
HEADER_FIELDS = (
    "kind",
    "number",
    "symbol",
    "place",
    "issued_on",
    "subject",
    "signer_authority",
    "signer_title",
    "signer_name",
    "recipients",
)


@dataclass(frozen=True)
class OriginalFile:
    """The file as it was uploaded, kept as the legal text.

    `around` is what it says beside the text that is read (running heads, a scan's own words); it is looked
    at for marks only. `warnings`: what to tell of how the text was taken out of it.
    """

    name: str
    content: bytes
    content_type: str = "text/plain"
    around: tuple[str, ...] = ()
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True)
class Arrival:
    """Who sent an incoming document, and the day it came."""

    sender: str
    arrived_on: dt.date


@dataclass(frozen=True)
class WholeReading:
    """A text as it is stored, with what was read in it; all that comes with it was looked at for marks."""

    text: str
    reading: Reading


def read_whole(
    *,
    text: str,
    today: dt.date,
    original: OriginalFile | None = None,
    annexes: Sequence[KeptFile] = (),
) -> WholeReading:
    """Read a text and look through its files. Takes seconds, so it is done before a transaction opens.

    Raises Refused for a text that is empty or too long, and for a text or file marked as a state secret.
    """
    text = checked_text(text)
    for beside in original.around if original else ():
        refuse_secret(secrecy_of(beside))
    reading = read_text(text, today)
    refuse_secret_files(annexes)
    return WholeReading(text, reading)


def draft_directive(
    *,
    office: Unit,
    text: str,
    by: Posting,
    today: dt.date,
    whole: WholeReading | None = None,
    original: OriginalFile | None = None,
    warnings: Sequence[Warning] = (),
    annexes: Sequence[KeptFile] = (),
    direction: str = Direction.OUTGOING,
    arrival: Arrival | None = None,
    written_here: bool = False,
    kind: str | None = None,
    subject: str = "",
    recipients: str = "",
    signer_title: str = "",
    signer_name: str = "",
) -> Directive:
    """Enter a document and read it: header, references, targets, and a proposed task for each item.

    What is handed in counts before what was read; `warnings` tell of how a pasted text was taken. With an
    `arrival` the document takes the next arrival number. `whole`: from `read_whole`, by callers with a
    transaction of their own. With `written_here` the text is the body alone; symbol and place come from the
    office's letterhead, number and date from the register later. Raises Refused, before anything is stored,
    for a text that is empty or too long, and for a text or file marked as a state secret.
    """
    whole = whole or read_whole(text=text, today=today, original=original, annexes=annexes)
    text, reading = whole.text, whole.reading
    values = header_values(reading)
    given = {
        "kind": kind,
        "subject": subject,
        "recipients": recipients,
        "signer_title": signer_title,
        "signer_name": signer_name,
    }
    values |= {name: stored_text(value).strip() for name, value in given.items() if value}
    if written_here:
        values |= of_letterhead(office, values["kind"], today)
    directive = Directive(
        office=Office.objects.get(pk=office.pk),
        direction=direction,
        written_here=written_here,
        text=text,
        reading=kept_reading(reading, [*(original.warnings if original else ()), *warnings]),
        created_by=by.user,
        **values,
    )
    with transaction.atomic():
        if original is not None:
            directive.original = store_file(
                name=original.name,
                content=original.content,
                content_type=original.content_type,
                unit_id=office.pk,
            )
        if arrival is not None:
            register(directive, arrival)
        directive.search_key = search_key_of(directive)
        directive.save()
        write_proposals(directive, reading, today, before={})
        data: dict[str, Any] = {"written_here": written_here}
        record("directive.drafted", about=directive, by=by, unit_id=office.pk, data=data)
        if arrival is not None:
            data = {"item": f"{directive.arrival_number}", "sender": directive.sender}
            record("directive.registered", about=directive, by=by, unit_id=office.pk, data=data)
        keep_annexes(directive, list(annexes), by)
        return directive


def register(directive: Directive, arrival: Arrival) -> None:
    """Gives a document not saved yet its arrival: the next number of the office's register of that year.

    The register's row stays locked until the document is stored, so that no number is lost or given twice.
    """
    key: dict[str, Any] = {"office": directive.office, "year": arrival.arrived_on.year}
    ArrivalRegister.objects.get_or_create(**key)
    arrivals = ArrivalRegister.objects.select_for_update().get(**key)
    arrivals.last_number += 1
    arrivals.save(update_fields=["last_number"])
    directive.arrival_number, directive.arrived_on = arrivals.last_number, arrival.arrived_on
    directive.sender = stored_text(arrival.sender).strip()[:200]


def stored_text(text: str) -> str:
    """Text in its one stored form: composed letters, lines ending in a line feed."""
    return nfc(text).replace("\r\n", "\n").replace("\r", "\n")


def checked_text(text: str) -> str:
    """The text as it is stored and read, or Refused."""
    text = stored_text(text)
    if not text.strip():
        raise Refused(_("The document has no text. Paste its text or choose another file."))
    if len(text) > LONGEST_TEXT:
        raise Refused(
            _("The text is longer than one million characters, too long for one document. Enter it in parts.")
        )
    return text


def read_text(text: str, today: dt.date) -> Reading:
    """The reading of a text, or Refused when the document is marked as a state secret."""
    reading = read_document(
        text, context=Context(today=today, before_is_inclusive=settings.BEFORE_DAY_IS_INCLUSIVE)
    )
    refuse_secret(reading.header.secrecy)
    return reading


def kept_reading(reading: Reading, of_file: Sequence[Warning] = ()) -> dict[str, Any]:
    """What was read, as it is kept beside the document: the public form, the head as it was put into the
    document's fields, and doubts by code."""
    doubts = [
        {
            "code": warning.code,
            "span": list(warning.span) if warning.span else None,
            "args": dict(warning.args),
        }
        for warning in (*of_file, *reading.warnings)
    ]
    return reading.as_dict() | {"head": as_words(header_values(reading)), "doubts": doubts}


def as_words(values: Mapping[str, Any]) -> dict[str, str]:
    """Fields of the head as text, so that what was read and what is stored compare."""
    return {name: str(value) if value else "" for name, value in values.items()}


def header_values(reading: Reading) -> dict[str, Any]:
    """The document's fields from the header that was read; what it leaves blank stays blank."""
    header = reading.header
    kind = header.doc_type if header.doc_type in DirectiveKind.values else DirectiveKind.OTHER
    lines = [f"{one.name} ({one.note})" if one.note else one.name for one in header.recipients]
    return {
        "kind": kind,
        "number": padded(header.number)[:20] if header.number else "",
        "symbol": (header.symbol or "")[:60],
        "place": (header.place or "")[:60],
        "issued_on": header.issued_on,
        "subject": (header.subject or "")[:500],
        "signer_authority": "\n".join(header.signer.authority),
        "signer_title": (header.signer.title or "")[:120],
        "signer_name": (header.signer.name or "")[:120],
        "recipients": "\n".join(lines),
    }


def of_letterhead(office: Unit, kind: str, today: dt.date) -> dict[str, Any]:
    """Symbol and place of a document that the office writes itself; number and date come on issue."""
    letterhead = letterhead_of(office, today)
    blank = {"number": "", "issued_on": None}
    if letterhead is None:
        return blank
    name = KIND_NAMES[DirectiveKind(kind)]
    known = not name or abbreviation_of(name)
    return blank | {
        "symbol": symbol_for(name, letterhead.symbol) if known else letterhead.symbol,
        "place": letterhead.place,
    }


def search_key_of(directive: Directive) -> str:
    return search_key(f"{directive.full_number} {directive.sender} {directive.subject} {directive.text}")


@transaction.atomic
def revise_header(*, directive: Directive, version: int, values: Mapping[str, Any], by: Posting) -> None:
    """Correct what stands around the body. `values`: any of HEADER_FIELDS."""
    directive.claim(version)
    draft_of(directive)
    changed = write_fields(directive, HEADER_FIELDS, values)
    if changed:
        record("directive.header_revised", about=directive, by=by, unit_id=directive.office_id, data=changed)


def write_fields(
    directive: Directive, names: Sequence[str], values: Mapping[str, Any]
) -> dict[str, list[Any]]:
    """Stores fields in their one form; gives what changed as [before, after] by name."""
    changed = {}
    for name in names:
        value = values.get(name, getattr(directive, name))
        if isinstance(value, str):
            value = stored_text(value).strip()
        if name == "number" and value:
            value = padded(value)
        if value != getattr(directive, name):
            changed[name] = [getattr(directive, name), value]
            setattr(directive, name, value)
    directive.search_key = search_key_of(directive)
    directive.save()
    return changed


@transaction.atomic
def revise_text(*, directive: Directive, version: int, text: str, by: Posting, today: dt.date) -> None:
    """Change the body of a document written here and read it again; what a person decided is kept."""
    directive.claim(version)
    draft_of(directive)
    if not directive.written_here:
        raise Refused(_("The text of a document signed elsewhere stays as it was signed."))
    text = checked_text(text)
    reading = read_text(text, today)
    before = {item["path"][:PATH_LENGTH]: item["text"] for item in directive.reading.get("outline", [])}
    directive.text, directive.reading = text, kept_reading(reading)
    directive.search_key = search_key_of(directive)
    directive.save()
    write_proposals(directive, reading, today, before)
    record("directive.text_revised", about=directive, by=by, unit_id=directive.office_id)


def draft_of(directive: Directive) -> None:
    """Locks the document for this transaction and refuses when it is no draft any more."""
    state = Directive.objects.select_for_update().values_list("state", flat=True).get(pk=directive.pk)
    if state != DirectiveState.DRAFT:
        raise Refused(_("This document is no longer a draft. Nothing was changed; have it sent back first."))
