"""The briefing: built from figures as often as wanted, edited by people, never losing what they wrote."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.snapshots import one_moment
from eduportal.base.text import nfc
from reports.figures import to_json
from reports.models import Briefing, BriefingSection
from reports.queries.briefing import gather
from reports.queries.plan import parts_of
from reports.wording import SectionText, sections
from schools.models import Office, Period, Posting
from trail.actions import record


@one_moment
def build_briefing(
    *, office: Office, period: Period, by: Posting | None, today: dt.date, now: dt.datetime
) -> Briefing:
    """Build an office's briefing of a period, or build it anew. `by=None` is the portal itself.

    Missing reports never stand in the way; the briefing names them. Building again renews the figures and
    the built text; what people wrote stays. All figures are of one moment, after the row is locked: no two
    sentences disagree, and of two builds at once the later one counts later. Raises Refused for a period that
    has not begun, and for one whose conclusion is issued: the notice speaks of the figures as they were read.
    """
    if period.data_from > today:
        raise Refused(_("Not built: %(period)s has not begun yet.") % {"period": period})
    briefing, is_new = Briefing.objects.get_or_create(
        office=office, period=period, defaults={"built_at": now}
    )
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if briefing.is_concluded:
        words = _(
            "Not built: the conclusion of %(period)s is issued, and its figures stay as they were read."
        )
        raise Refused(words % {"period": period})
    if not is_new:
        briefing.claim(briefing.version)
    figures = gather(office=office, period=period, today=today)
    briefing.figures = to_json(figures)
    briefing.built_at, briefing.built_by = now, by.user if by else None
    briefing.save(update_fields=["figures", "built_at", "built_by"])
    write_sections(briefing, sections(figures, parts_of(office)))
    data = {"period": str(period), "again": not is_new}
    record("briefing.built", about=briefing, by=by, unit_id=office.pk, data=data)
    return briefing


def write_sections(briefing: Briefing, texts: list[SectionText]) -> None:
    """Put built texts into their sections. A section that no longer comes up goes, unless people wrote in it.

    A section whose built text changes gets a new version: who has it open learns that it is no longer what
    they saw.
    """
    stored = {section.key: section for section in briefing.sections.select_for_update()}
    for position, text in enumerate(texts, start=1):
        section = stored.pop(text.key, None)
        if section is None:
            fields = {"title": text.title, "built_text": text.text, "links": links_of(text)}
            briefing.sections.create(key=text.key, position=position, **fields)
            continue
        if section.built_text != text.text:
            section.claim(section.version)
        section.position, section.title, section.built_text = position, text.title, text.text
        section.links = links_of(text)
        section.save(update_fields=["position", "title", "built_text", "links"])
    for section in stored.values():
        if section.is_edited:
            section.claim(section.version)
            section.position, section.built_text, section.links = len(texts) + section.position, "", []
            section.save(update_fields=["position", "built_text", "links"])
        else:
            section.delete()


def links_of(text: SectionText) -> list[tuple[int, int, str]]:
    """As a section keeps them."""
    return [(link.start, link.end, link.code) for link in text.links]


@transaction.atomic
def edit_section(
    *, section: BriefingSection, version: int, text: str, by: Posting, now: dt.datetime
) -> BriefingSection:
    """Write over a section's built text; that stays beneath. The built text typed again is no edit.

    Raises EditConflict when the section was edited or built anew since `version` was shown.
    """
    section.claim(version)
    text = nfc(text.replace("\r\n", "\n")).strip()
    if text == section.built_text:
        return _unedited(section, by)
    section.edited_text, section.edited_over = text, section.built_text
    section.edited_at, section.edited_by = now, by.user
    section.save(update_fields=["edited_text", "edited_over", "edited_at", "edited_by"])
    data = {"text": text}
    record("briefing.section_edited", about=section, by=by, unit_id=section.briefing.office_id, data=data)
    return section


@transaction.atomic
def reset_section(*, section: BriefingSection, version: int, by: Posting) -> BriefingSection:
    """Take the built text again. What was written stays in the section's history.

    Raises EditConflict when the section changed since `version` was shown.
    """
    section.claim(version)
    return _unedited(section, by)


def _unedited(section: BriefingSection, by: Posting) -> BriefingSection:
    data = {"text": section.edited_text}
    section.edited_text, section.edited_over = None, ""
    section.edited_at, section.edited_by = None, None
    section.save(update_fields=["edited_text", "edited_over", "edited_at", "edited_by"])
    record("briefing.section_reset", about=section, by=by, unit_id=section.briefing.office_id, data=data)
    return section
