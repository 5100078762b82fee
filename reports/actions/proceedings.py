"""A meeting's agenda, opinions, files and minutes."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from directives.actions.files import File, refuse_secret_files
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.text import nfc
from reports.actions.meeting import refuse_closed
from reports.invitations import AgendaLine
from reports.minutes import OpinionText, compose_minutes
from reports.models import AgendaItem, Meeting, MeetingFile, Minutes, Opinion
from reports.queries.proceedings import proceedings_of
from schools.models import Posting
from trail.actions import record, store_file

MOST_FILES = 30


@transaction.atomic
def save_agenda(*, meeting: Meeting, version: int, items: Sequence[AgendaLine], by: Posting) -> None:
    """Put these in place of the agenda, in their order.

    Raises EditConflict, Refused once the notice is issued.
    """
    meeting.claim(version)
    refuse_closed(meeting)
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=position,
            title=nfc(item.title).strip(),
            speaker=nfc(item.speaker).strip(),
            minutes=item.minutes,
        )
        for position, item in enumerate(items, start=1)
    )
    record("meeting.agenda_set", about=meeting, by=by, unit_id=meeting.office_id, data={"items": len(items)})


@transaction.atomic
def save_opinions(
    *, meeting: Meeting, version: int, opinions: Sequence[OpinionText], remarks: str, by: Posting
) -> None:
    """Put these in place of the opinions heard, in their order; `remarks` are those of no one in particular.

    Raises EditConflict, Refused once the notice is issued.
    """
    meeting.claim(version)
    refuse_closed(meeting)
    meeting.opinions = nfc(remarks).strip()
    meeting.save(update_fields=["opinions"])
    meeting.heard.all().delete()
    Opinion.objects.bulk_create(
        Opinion(
            meeting=meeting,
            position=position,
            speaker=nfc(one.speaker).strip(),
            unit=nfc(one.unit).strip(),
            text=nfc(one.text).strip(),
        )
        for position, one in enumerate(opinions, start=1)
    )
    data = {"opinions": len(opinions)}
    record("meeting.opinions_noted", about=meeting, by=by, unit_id=meeting.office_id, data=data)


# --- files --------------------------------------------------------------------------------------------------


def add_files(
    *, meeting: Meeting, files: Iterable[File], for_invited: bool, by: Posting
) -> list[MeetingFile]:
    """Keep files with a meeting. Raises Refused when there would be too many, and for a state secret."""
    files = list(files)
    refuse_secret_files(files)
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if meeting.files.count() + len(files) > MOST_FILES:
            raise Refused(
                _("A meeting has at most %(most)s files. Nothing was added.") % {"most": MOST_FILES}
            )
        added = [
            MeetingFile.objects.create(
                meeting=meeting,
                file=store_file(
                    name=one.name,
                    content=one.content,
                    content_type=one.content_type,
                    unit_id=meeting.office_id,
                ),
                for_invited=for_invited,
                added_by=by.user,
            )
            for one in files
        ]
        data = {"files": [str(one) for one in added], "for_invited": for_invited}
        record("meeting.files_added", about=meeting, by=by, unit_id=meeting.office_id, data=data)
    return added


@transaction.atomic
def set_audience(*, file: MeetingFile, for_invited: bool, by: Posting) -> None:
    """Whether the invited units read a file as well."""
    file.for_invited = for_invited
    file.save(update_fields=["for_invited"])
    data = {"file": str(file), "for_invited": for_invited}
    record("meeting.file_audience_set", about=file.meeting, by=by, unit_id=file.meeting.office_id, data=data)


@transaction.atomic
def remove_file(*, file: MeetingFile, by: Posting) -> None:
    """Take a file away from its meeting. Taken away before, nothing happens."""
    if MeetingFile.objects.filter(pk=file.pk).delete()[0]:
        record(
            "meeting.file_removed",
            about=file.meeting,
            by=by,
            unit_id=file.meeting.office_id,
            data={"file": str(file)},
        )


# --- minutes ------------------------------------------------------------------------------------------------


@transaction.atomic
def draft_minutes(*, meeting: Meeting, by: Posting, now: dt.datetime) -> Minutes:
    """The meeting's minutes, drafted from what was noted. Asked again, the same as they stand now.

    Raises Refused for a meeting that is cancelled or to come.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("office").get(pk=meeting.pk)
    standing = Minutes.objects.filter(meeting=meeting).first()
    if standing is not None:
        return standing
    if meeting.is_cancelled or meeting.is_to_come(now):
        raise Refused(_("Minutes are written of a meeting that has begun. Nothing was drafted."))
    text = compose_minutes(proceedings_of(meeting))
    minutes = Minutes.objects.create(meeting=meeting, text=text, saved_at=now, saved_by=by.user)
    record("meeting.minutes_drafted", about=meeting, by=by, unit_id=meeting.office_id)
    return minutes


@transaction.atomic
def save_minutes(*, minutes: Minutes, version: int, text: str, by: Posting, now: dt.datetime) -> Minutes:
    """Keep the text that people wrote; an empty one is drafted anew from what is noted now.

    Raises EditConflict, and Refused while the minutes are published.
    """
    minutes.claim(version)
    meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("office").get(pk=minutes.meeting_id)
    )
    if meeting.published_at is not None:
        raise Refused(_("The minutes are published. Take that back first, then correct them."))
    typed = nfc(text).strip()
    minutes.text = typed or compose_minutes(proceedings_of(meeting))
    minutes.saved_at, minutes.saved_by = now, by.user
    minutes.save(update_fields=["text", "saved_at", "saved_by"])
    verb = "meeting.minutes_saved" if typed else "meeting.minutes_drafted"
    record(verb, about=meeting, by=by, unit_id=meeting.office_id)
    return minutes


@transaction.atomic
def publish_papers(*, meeting: Meeting, version: int, by: Posting, now: dt.datetime) -> None:
    """Let the invited units read opinions and minutes. Published before, it stays so.

    `version`: of the minutes, which must be those that were read. Raises EditConflict when somebody has
    changed them since, Refused where there are none or nobody was invited by the portal.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        raise Refused(_("There are no minutes yet. Draft them first, then publish them."))
    if minutes.version != version:
        raise EditConflict(minutes)
    if not meeting.is_told:
        raise Refused(_("No unit was invited through the portal, so there is nobody to publish them for."))
    if meeting.published_at is None:
        meeting.published_at = now
        meeting.save(update_fields=["published_at"])
        record("meeting.published", about=meeting, by=by, unit_id=meeting.office_id)


@transaction.atomic
def take_back_papers(*, meeting: Meeting, by: Posting) -> None:
    """Opinions and minutes are the office's own again."""
    if Meeting.objects.filter(pk=meeting.pk, published_at__isnull=False).update(published_at=None):
        record("meeting.unpublished", about=meeting, by=by, unit_id=meeting.office_id)
