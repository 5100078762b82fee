"""Codes of doubts, obstacles, refused files and events, put into words for people."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from directives.reading import Misnamed

# Doubts about one item, and about the document as a whole.
DOUBTS = {
    "nobody_named": _(
        "Nobody is named who must act; the issuing office is proposed. Choose who it concerns."
    ),
    "unknown_unit": _("It is not clear which unit “%(text)s” is. Choose the units yourself."),
    "name_near": _(
        "“%(text)s” is written a little differently from the unit proposed. Check that it is the one."
    ),
    "unread_name": _(
        "Something that looks like the name of a school or office could not be read. Check who must act."
    ),
    "already_tracked": _(
        "This repeats %(text)s, which its units are working on. It is proposed not to assign it again; track "
        "it if it is to be new work."
    ),
    "several_deadlines": _(
        "Several times are named: %(text)s. The earliest is proposed; choose, or add a task for each."
    ),
    "unsure": _("“%(text)s” may mean another day. Check it against the text."),
    "vague_deadline": _("A time is named without a day. Set the last day, or leave it without a deadline."),
    "number_out_of_sequence": _(
        "The number breaks the sequence; an item before it may be missing from the text."
    ),
    "text_changed": _("The sentence was changed after you settled this item. It used to read: %(text)s"),
    "not_in_text": _("The sentence is no longer in the text. Keep the task or take it out."),
    "number_blank": _("The number is left blank in the document."),
    "number_missing": _("The document carries no number and symbol."),
    "date_incomplete": _("The date of the document is incomplete."),
    "date_missing": _("The document carries no date."),
    "type_unknown": _("The kind of document was not recognised. Choose it."),
    "no_items": _("No numbered items were found. Add the tasks yourself."),
    "reference_malformed": _("The number of a cited document is not formed as usual: %(text)s"),
    "irregular_school_year": _("A school year does not span two consecutive years: %(text)s"),
    "invalid_date": _("A date does not exist: %(text)s"),
    "year_unknown": _("A date without a year, in a document without a date: %(text)s"),
    "deadline_in_past": _("A deadline lies before the document's own date: %(text)s"),
    "parts_disagree": _("A share and the counts beside it disagree: %(text)s"),
    "decimal_point": _("A number is written with a decimal point: %(text)s"),
    "not_read_to_the_end": _(
        "The text is very long and was read in part. Add the tasks of the rest yourself."
    ),
    "tables_as_lines": _(
        "The file has tables; each row stands on one line of the text. Compare them with the original."
    ),
    "text_boxes": _("The file has text boxes; their words stand beneath the paragraph they belong to."),
    "tracked_changes": _(
        "The file still holds tracked changes; the text was read as if all of them were accepted."
    ),
    "footnotes_at_end": _("The file has footnotes; they stand at the end of the text."),
    "attachments_not_read": _(
        "The mail has documents attached that were not read: %(text)s. If the directive is one of them, "
        "choose that file instead."
    ),
    "pages_without_text": _(
        "These pages of the file are pictures without text and were not read: %(text)s. "
        "Add their tasks yourself."
    ),
    "legacy_converted": _(
        "The file is written in an old font code (%(text)s) and was converted. Compare names with the "
        "original."
    ),
    "recognised": _(
        "The text was recognised in a scan. Compare every number, day and name with the original."
    ),
    "recognised_pages": _(
        "These pages are scans, and their text was recognised: %(text)s. Compare every number, day and name "
        "on them with the original."
    ),
    "hard_to_read": _("These pages of the scan are hard to read: %(text)s. Compare them word by word."),
    "slip_mended": _("A slip was mended in reading: %(text)s. Compare the place with the original."),
    "annex_not_read": _("What follows the signature (an annex) was not read. Add its tasks yourself."),
}
UNNAMED_DOUBT = _("Compare this place with the original.")

# What stands in the way of issuing, and what to look at before.
NOTICES = {
    "subject_missing": _("The subject is missing."),
    "number_missing": _("The number is missing."),
    "date_missing": _("The date of the document is missing."),
    "number_taken": _("This number is already used by an issued document: %(text)s"),
    "unit_gone": _("Item %(item)s names units that are no longer beneath your office: %(text)s"),
    "addressee_missing": _(
        "Item %(item)s has nobody who must act. Choose whom it concerns, or do not track it."
    ),
    "dated_in_future": _("The document is dated in the future: %(text)s."),
    "beyond_office": _(
        "Item %(item)s is for units outside your office, but the document is internal. "
        "Choose departments of your office."
    ),
    "no_tasks": _("No item is tracked as a task: nobody will receive anything to do."),
    "deadline_before_document": _("The deadline of item %(item)s lies before the date of the document."),
    "deadline_passed": _("The deadline of item %(item)s has passed: whoever receives it is overdue at once."),
    "symbol_not_of_kind": _("The symbol does not belong to this kind of document: %(text)s"),
    "signer_with_academic_title": _("Whoever signs is named without an academic title: %(text)s"),
    "list_item_unended": _("An entry of a list ends without a mark: “%(text)s”"),
    "list_unclosed": _("The last entry of a list ends with a semicolon instead of a full stop: “%(text)s”"),
    "item_out_of_order": _("The numbers of the items do not run on here: “%(text)s”"),
    "task_doubtful": _("Item %(item)s still has something to look at."),
}

REFUSED_FILES = {
    "empty": _("The file is empty. Choose another, or paste the text."),
    "binary": _(
        "The file holds no text that can be read here: Word, PDF, plain text and mails in HTML can. Save it "
        "as one of these, or paste the text."
    ),
    "too_large": _("The file is larger than 20 MB. Choose a smaller one, or paste the text."),
    "encoding": _(
        "The letters of the file cannot be read. Save it as plain text in UTF-8 and choose it again, or "
        "paste the text."
    ),
    "encrypted": _(
        "The file is locked with a password, so it cannot be read. Save it without the password and choose "
        "it again, or paste the text."
    ),
    "broken": _(
        "The file is damaged. Open it in the program it comes from, save it again and choose it once more, "
        "or paste what is missing."
    ),
    "bomb": _("The file unpacks to far more than a document holds. It was not opened and not kept."),
    "scan": _(
        "The file is a scan: pictures of pages, without text that can be read. Type or paste the text of the "
        "document; for recognising scans, your administrator can install Tesseract with Vietnamese."
    ),
    "picture": _(
        "The file is a picture, without text that can be read. Type or paste the text of the document; for "
        "recognising scans, your administrator can install Tesseract with Vietnamese."
    ),
    "scanned_pages": _(
        "Some pages of the file are scans and are missing in the text below. Add what they say, or go on "
        "without them."
    ),
    "nothing_recognised": _("No text was recognised in the scan. Type or paste the text of the document."),
    "unmapped": _(
        "The letters in this PDF cannot be told apart (its fonts name none). Paste the text of the document."
    ),
    "old_word": _(
        "The file is of an old Word (.doc). Open it in Word, save it as .docx, and choose that, or paste the "
        "text; for reading such files, your administrator can install LibreOffice."
    ),
    "old_office": _(
        "The file is of an old Office program. Save it as .docx or PDF and choose that; or paste the text."
    ),
    "too_many_pages": _(
        "The file has more pages than one document may have. Choose the document alone and add the rest as "
        "annexes."
    ),
    "too_long": _(
        "The text is longer than one million characters, too long for one document. Enter it in parts."
    ),
    "too_slow": _("Reading the file took too long and was stopped. Paste what is missing of the text."),
}
# What a file is: by its ending, or by what it holds.
FILE_KINDS = {
    "word": _("a Word document (.docx)"),
    "old_word": _("a document of an old Word (.doc)"),
    "excel": _("an Excel workbook (.xlsx)"),
    "old_office": _("a file of an old Office program"),
    "rtf": _("a document in Rich Text Format (.rtf)"),
    "pdf": _("a PDF (.pdf)"),
    "jpeg": _("a picture (.jpg)"),
    "png": _("a picture (.png)"),
    "tiff": _("a picture (.tif)"),
    "picture": _("a picture"),
    "text": _("plain text (.txt)"),
    "locked": _("an Office file locked with a password"),
    "program": _("a program"),
    "archive": _("a packed archive (.zip)"),
    "unknown": _("something else, or is damaged"),
}
# Those that are taken once they carry their own ending.
TAKEN_BY_ANOTHER_NAME = frozenset({"word", "old_word", "pdf", "jpeg", "png", "tiff", "text"})
# Where the reading stopped, put before what to do about it.
PLACES = {
    "page": _("It stops at page %(number)s."),
    "line": _("It stops at line %(number)s."),
    "pages": ngettext_lazy("It has %(number)s page.", "It has %(number)s pages.", "number"),
}
KEPT = _("The file is kept, so you need not choose it again.")
KEPT_WITH_TEXT = _("The file and the text that was read up to there are kept.")

EVENTS = {
    "directive.drafted": _("entered the document"),
    "directive.header_revised": _("corrected the head of the document"),
    "directive.text_revised": _("changed the text"),
    "directive.submitted": _("submitted it for approval"),
    "directive.approved": _("approved it"),
    "directive.returned": _("sent it back"),
    "directive.issued": _("issued it"),
    "directive.reminded_to_open": _("reminded units to open it"),
    "directive.registered": _("registered it under arrival number"),
    "directive.registration_revised": _("corrected the registration"),
    "directive.instructed": _("gave the instruction to"),
    "directive.handed_over": _("handed it over to"),
    "directive.change_planned": _("planned its change by"),
    "directive.amended": _("amended it by"),
    "directive.replaced": _("replaced it by"),
    "directive.withdrawn": _("withdrew it"),
    "directive.discarded": _("threw the draft away"),
    "directive.brought_back": _("brought the draft back"),
    "annex.added": _("added the annex"),
    "annex.removed": _("removed the annex"),
    "task.revised": _("corrected item"),
    "task.confirmed": _("confirmed item"),
    "task.removed": _("took out item"),
    "task.restored": _("put back item"),
    "task.added": _("added item"),
    "task.all_confirmed": _("accepted all tasks without doubts"),
    "task.moved": _("moved item"),
    "task.joined": _("joined with the one before it"),
    "task.split": _("split item"),
    "task.undone": _("took a step back"),
    "assignment.progressed": _("reported progress"),
    "assignment.reported_done": _("reported the work done"),
    "assignment.sent_back": _("sent the work back"),
    "assignment.accepted": _("accepted the finished work"),
    "assignment.evidence_sent": _("sent evidence"),
    "assignment.form_sent": _("sent the form"),
    "assignment.form_returned": _("returned the form"),
    "assignment.paused": _("paused the work"),
    "assignment.resumed": _("let the work run again"),
    "assignment.cancelled": _("cancelled the work"),
    "assignment.handed_over": _("handed on the work of"),
    "assignment.refused": _("refused the work"),
    "assignment.refusal_accepted": _("accepted the refusal"),
    "assignment.refusal_turned_down": _("turned the refusal down"),
    "extension.asked": _("asked for a later day"),
    "extension.granted": _("granted a later day"),
    "extension.refused": _("refused a later day"),
    "task.paused": _("paused the work of all units on item"),
    "task.resumed": _("let the work of all units run again on item"),
    "task.cancelled": _("cancelled the work of all units on item"),
    "task.accepted": _("accepted the finished work of all units on item"),
    "task.recurs": _("had it come again: item"),
    "task.recurs_no_more": _("stopped the recurrence of item"),
    "task.occurrence_opened": _("handed out the next occurrence of item"),
    "form.shaped": _("saved the form of item"),
    "form.removed": _("took the form away from item"),
}


# How the reader numbers what is printed without a number.
BULLET = re.compile(r"([bp])(\d+)")
BULLET_SIGNS = {"b": "–", "p": "+"}


def explain(notice: Any) -> str:
    """A notice of directives.queries as a sentence."""
    task = notice.task
    return str(NOTICES[notice.code]) % {"text": notice.text, "item": item_name(task) if task else ""}


def item_name(task: Any) -> str:
    """How people call an item: its printed number, or its first words where it has none."""
    return item_number(task.path) if task.path else f"“{task.text[:40]}…”"


def item_number(path: str) -> str:
    """A number as people read it: dashes and pluses are counted, one that is told apart says so.

    >>> item_number("III.2.a.b1"), item_number("3~2")
    ('III.2.a –1', '3 (2)')
    """
    words = ""
    for part in path.split("."):
        own, _, again = part.partition("~")
        bullet = BULLET.fullmatch(own)
        joint = " " if bullet and words else "." if words else ""
        words += f"{joint}{BULLET_SIGNS[bullet[1]]}{bullet[2]}" if bullet else f"{joint}{own}"
        words += f" ({again})" if again else ""
    return words


def explain_doubt(code: str, text: str = "") -> str:
    """A doubt as a sentence; a code from elsewhere at least sends to the original."""
    return str(DOUBTS.get(code, UNNAMED_DOUBT)) % {"text": text}


def said_of(doubt: Mapping[str, Any], text: str) -> str:
    """What a doubt of a reading speaks of: the text at its place, or what its details name."""
    details = doubt["args"]
    if doubt["code"] == "slip_mended":
        return f"“{details['read']}” → “{details['text']}”"
    return text or details.get("pages", "") or details.get("code", "")


def refused_file(code: str, place: Mapping[str, int] | None = None) -> str:
    """Why a file was not taken, where its reading stopped, and what to do."""
    places = [str(PLACES[name] % {"number": number}) for name, number in (place or {}).items()]
    return " ".join([*places, str(REFUSED_FILES.get(code, REFUSED_FILES["binary"]))])


def misnamed_file(name: str, wrong: Misnamed) -> str:
    """Why a file whose name and content disagree was not taken, what is left, and what to do."""
    what = gettext("“%(name)s” is named like %(promised)s, but it holds %(holds)s.") % {
        "name": name,
        "promised": FILE_KINDS[wrong.promised],
        "holds": FILE_KINDS[wrong.holds],
    }
    kept = gettext("The file was not kept; what you typed is still here.")
    if wrong.holds in TAKEN_BY_ANOTHER_NAME:
        to_do = gettext("If it is the right file, give it the right ending and choose it again.")
    else:
        to_do = gettext("Choose the right file, or paste the text of the document.")
    return f"{what} {kept} {to_do}"


def state_sentence(directive: Any) -> str:
    """Where a document is and whose turn it is. One query for an incoming one."""
    if directive.ended:
        return str(ENDED[directive.ended])
    if directive.state == "draft" and directive.direction == "incoming":
        return arrival_sentence(directive)
    if directive.state == "draft" and directive.return_reason:
        return gettext("Sent back as a draft: it is the drafting staff's turn.")
    if directive.state == "draft" and directive.written_here:
        return gettext("Draft: the drafting staff writes it and submits it for approval.")
    return str(STATES[directive.state])


STATES = {
    "draft": _("Draft: check what was read, then issue it."),
    "submitted": _("Waiting for approval: it is the leader's turn."),
    "approved": _("Approved: it is the records officer's turn to number and issue it."),
    "issued": _("Issued."),
    "discarded": _("Thrown away. It is in no list, and can be brought back."),
}
ENDED = {
    "replaced": _("Issued, and since replaced by another document."),
    "withdrawn": _("Issued, and since withdrawn."),
}


def arrival_sentence(directive: Any) -> str:
    """Whose turn it is with what came in."""
    said = directive.instructions.select_related("unit").first()
    if said is None:
        return gettext("Registered: it is the leader's turn to say who handles it.")
    return gettext(
        "It is the turn of %(unit)s: issue its tasks onward, or take it over within the office."
    ) % {"unit": said.unit.short_name}


def cannot_print(fonts: Iterable[str]) -> str:
    """Why there is no PDF: the fonts that an administrator has to install."""
    message = gettext(
        "The document cannot be printed: no fitting font is installed (%(fonts)s). Tell your administrator."
    )
    return message % {"fonts": ", ".join(fonts)}
