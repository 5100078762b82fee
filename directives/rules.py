"""What a posting may do with a document. Predicates on objects handed in, without queries of their own.

Whoever acts, acts for their office: a document belongs to the office that enters it, whatever the person
sees.
"""

from typing import TYPE_CHECKING

from accounts.roles import Permission

if TYPE_CHECKING:
    from directives.models import Assignment, Directive
    from schools.models import Posting


def may_draft(by: "Posting | None") -> bool:
    """Enter and write documents in the name of the office."""
    return by is not None and by.may(Permission.DRAFT_DIRECTIVES) and not by.acting_unit.is_school


def acts_for_issuer(by: "Posting | None", directive: "Directive") -> bool:
    return by is not None and by.acting_unit.pk == directive.office_id


def may_draft_for(by: "Posting | None", directive: "Directive") -> bool:
    """Be one of those who draft for the document's office, wherever the document now stands."""
    return may_draft(by) and acts_for_issuer(by, directive)


def may_edit(by: "Posting | None", directive: "Directive") -> bool:
    """Correct what was read, while the document is a draft."""
    return may_draft_for(by, directive) and directive.is_draft


def may_issue(by: "Posting | None", directive: "Directive") -> bool:
    """Hand on a document that was signed elsewhere and carries its number."""
    return may_edit(by, directive) and not directive.written_here


def may_submit(by: "Posting | None", directive: "Directive") -> bool:
    """Put a document written here before the leader."""
    return may_edit(by, directive) and directive.written_here


def may_approve(by: "Posting | None", directive: "Directive") -> bool:
    """Approve a submitted document, or send it back."""
    return decides(by, Permission.APPROVE_DIRECTIVES, directive) and directive.state == "submitted"


def may_return(by: "Posting | None", directive: "Directive") -> bool:
    """Send back what was submitted or approved and is not issued yet."""
    return decides(by, Permission.APPROVE_DIRECTIVES, directive) and directive.state in (
        "submitted",
        "approved",
    )


def may_number(by: "Posting | None", directive: "Directive") -> bool:
    """Give an approved document its number and issue it."""
    return decides(by, Permission.NUMBER_DIRECTIVES, directive) and directive.state == "approved"


def decides(by: "Posting | None", permission: Permission, directive: "Directive") -> bool:
    """Signing and numbering belong to the office itself: heads of its internal departments draft for it."""
    return by is not None and by.may(permission) and by.unit_id == directive.office_id


def holds(by: "Posting | None", permission: Permission, directive: "Directive") -> bool:
    return by is not None and by.may(permission) and acts_for_issuer(by, directive)


def is_own(by: "Posting | None", assignment: "Assignment") -> bool:
    """Whether it is the work of one's own unit: nobody else sees its unsent notes.

    Staff of an internal department do its work and that of the office it acts for.
    """
    return by is not None and assignment.unit_id in (by.unit_id, by.acting_unit.pk)


def may_report(by: "Posting | None", assignment: "Assignment") -> bool:
    """Say how far the own unit's work is."""
    return by is not None and by.may(Permission.REPORT_PROGRESS) and is_own(by, assignment)


def may_send_back(by: "Posting | None", assignment: "Assignment") -> bool:
    """Open work again that was reported done: the office that set it."""
    return holds(by, Permission.REVIEW_REPORTS, assignment.task.directive)


# --- evidence, extensions, pausing and refusing, data forms -------------------------------------------------


def may_prepare_work(by: "Posting | None", assignment: "Assignment") -> bool:
    """Lay evidence and answers ready for the own unit's work: the clerk as well; sending is `may_report`."""
    if by is None or not is_own(by, assignment):
        return False
    return by.may(Permission.PREPARE_REPORTS) or by.may(Permission.REPORT_PROGRESS)


def may_read(by: "Posting | None", assignment: "Assignment", *, is_sent: bool) -> bool:
    """What is sent is for all who see the work; before, it is the own unit's."""
    return is_sent or is_own(by, assignment)


def may_steer(by: "Posting | None", directive: "Directive") -> bool:
    """Decide on deadlines, pause, resume and cancel work, answer a refusal: the office that set it."""
    return holds(by, Permission.REVIEW_REPORTS, directive)


def may_decide_requests(by: "Posting | None") -> bool:
    """Answer requests for a later day at all; which ones, says `may_steer`."""
    return by is not None and by.may(Permission.REVIEW_REPORTS) and not by.acting_unit.is_school


def may_shape_form(by: "Posting | None", directive: "Directive") -> bool:
    """Say what a task asks of each unit: while the document is a draft, and on issued work as well."""
    return may_draft_for(by, directive) and (directive.is_draft or directive.is_issued)
