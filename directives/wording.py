"""Codes of doubts, obstacles, refused files and events, put into words for people."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
    "no_tasks": _("No item is tracked as a task: nobody will receive anything to do."),
    "deadline_before_document": _("The deadline of item %(item)s lies before the date of the document."),
    "deadline_passed": _("The deadline of item %(item)s has passed: whoever receives it is overdue at once."),
    "task_doubtful": _("Item %(item)s still has something to look at."),
}

REFUSED_FILES = {
    "empty": _("The file is empty. Choose another, or paste the text."),
    "binary": _(
        "The file is not plain text. This version reads text: open the document, copy all of it and paste "
        "it here, or save it as plain text (.txt, UTF-8)."
    ),
    "too_large": _("The file is larger than 20 MB. Choose a smaller one, or paste the text."),
    "encoding": _(
        "The letters of the file cannot be read. Save it as plain text in UTF-8 and choose it again."
    ),
    "legacy_encoding": _(
        "The file is written in an old font code (TCVN3 or VNI). Convert it to Unicode and choose it again."
    ),
}

EVENTS = {
    "directive.drafted": _("entered the document"),
    "directive.header_revised": _("corrected the head of the document"),
    "directive.text_revised": _("changed the text"),
    "directive.submitted": _("submitted it for approval"),
    "directive.approved": _("approved it"),
    "directive.returned": _("sent it back"),
    "directive.issued": _("issued it"),
    "task.revised": _("corrected item"),
    "task.confirmed": _("confirmed item"),
    "task.removed": _("took out item"),
    "task.restored": _("put back item"),
    "task.added": _("added item"),
    "assignment.progressed": _("reported progress"),
    "assignment.reported_done": _("reported the work done"),
    "assignment.sent_back": _("sent the work back"),
}


def explain(notice: Any) -> str:
    """A notice of directives.queries as a sentence."""
    task = notice.task
    return str(NOTICES[notice.code]) % {"text": notice.text, "item": item_name(task) if task else ""}


def item_name(task: Any) -> str:
    """How people call an item: its printed number, or its first words where it has none."""
    return f"{task.path.partition('~')[0]}" if task.path else f"“{task.text[:40]}…”"


def explain_doubt(code: str, text: str = "") -> str:
    """A doubt as a sentence; a code from elsewhere at least sends to the original."""
    return str(DOUBTS.get(code, UNNAMED_DOUBT)) % {"text": text}


def refused_file(code: str) -> str:
    """Why a file was not taken, and what to do."""
    return str(REFUSED_FILES.get(code, REFUSED_FILES["binary"]))


def state_sentence(directive: Any) -> str:
    """Where a document is and whose turn it is."""
    if directive.state == "submitted":
        return gettext("Waiting for approval: it is the leader's turn.")
    if directive.state == "approved":
        return gettext("Approved: it is the records officer's turn to number and issue it.")
    if directive.state == "issued":
        return gettext("Issued.")
    if directive.return_reason:
        return gettext("Sent back as a draft: it is the drafting staff's turn.")
    if directive.written_here:
        return gettext("Draft: the drafting staff writes it and submits it for approval.")
    return gettext("Draft: check what was read, then issue it.")
