"""What a posting may do with a document. Predicates on objects handed in, without queries of their own.

Whoever acts, acts for their office: a document belongs to the office that enters it, whatever the person
sees.
"""

from typing import TYPE_CHECKING

from accounts.roles import Permission

if TYPE_CHECKING:
    from directives.models import Assignment, Directive, Errand
    from schools.models import Posting


def may_draft(by: "Posting | None") -> bool:
    """Enter and write documents in the name of the office."""
    return by is not None and by.may(Permission.DRAFT_DIRECTIVES) and not by.acting_unit.is_school


def may_register(by: "Posting | None") -> bool:
    """Enter what comes in."""
    return by is not None and by.may(Permission.REGISTER_INCOMING) and not by.acting_unit.is_school


def may_enter(by: "Posting | None") -> bool:
    """Enter documents at all: of every direction, or what comes in."""
    return may_draft(by) or may_register(by)


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


def may_correct_registration(by: "Posting | None", directive: "Directive") -> bool:
    """Correct what the register of arrivals says, until the document is passed on."""
    registered = directive.is_draft and directive.arrival_number is not None
    return registered and may_register(by) and acts_for_issuer(by, directive)


def may_annex(by: "Posting | None", directive: "Directive") -> bool:
    """Add annexes to a draft, and take them off."""
    return may_edit(by, directive) or may_correct_registration(by, directive)


def may_instruct(by: "Posting | None", directive: "Directive") -> bool:
    """Say who handles an incoming document: leaders, or staff in their stead."""
    waits = directive.is_incoming and directive.is_draft
    return waits and (may_draft_for(by, directive) or decides(by, Permission.APPROVE_DIRECTIVES, directive))


def sees_to_arrivals(by: "Posting | None") -> bool:
    """Be one of those who register what comes in or say who handles it."""
    return may_register(by) or (by is not None and by.may(Permission.APPROVE_DIRECTIVES))


def may_hand_over(by: "Posting | None", directive: "Directive") -> bool:
    """Have an incoming document handled within the office, instead of issuing its tasks onward."""
    return may_issue(by, directive) and directive.is_incoming


def may_change_issued(by: "Posting | None", directive: "Directive") -> bool:
    """Amend, replace or withdraw: leaders; also staff, where the document was signed elsewhere."""
    by_staff = may_draft_for(by, directive) and not directive.written_here
    return directive.is_in_force and (by_staff or decides(by, Permission.APPROVE_DIRECTIVES, directive))


def may_discard(by: "Posting | None", directive: "Directive") -> bool:
    """Throw a draft away that has no number yet."""
    return may_edit(by, directive) and directive.arrival_number is None


def may_bring_back(by: "Posting | None", directive: "Directive") -> bool:
    return may_draft_for(by, directive) and directive.is_discarded


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


def may_see_receipts(by: "Posting | None", directive: "Directive") -> bool:
    """Who has opened an issued document, those learn who act for the office that issued it."""
    return directive.is_issued and acts_for_issuer(by, directive)


def may_keep_registers(by: "Posting | None") -> bool:
    """Say where the numbers of one's own office come from: whoever gives them."""
    return by is not None and by.may(Permission.NUMBER_DIRECTIVES) and not by.acting_unit.is_school


def may_decide(by: "Posting | None", directive: "Directive") -> bool:
    """Be one of those who approve for the office, wherever the document now stands."""
    return decides(by, Permission.APPROVE_DIRECTIVES, directive)


def may_decide_number(by: "Posting | None", directive: "Directive") -> bool:
    """Be one of those who number for the office, wherever the document now stands."""
    return decides(by, Permission.NUMBER_DIRECTIVES, directive)


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
    """Open work again that was reported done: the office that set it, while its document is in force."""
    directive = assignment.task.directive
    return not directive.ended and holds(by, Permission.REVIEW_REPORTS, directive)


def may_accept_work(by: "Posting | None", assignment: "Assignment") -> bool:
    """Accept what was reported done and is not accepted yet: the office that set it."""
    return may_steer(by, assignment.task.directive) and assignment.accepted_at is None


# --- evidence, extensions, pausing and refusing, data forms -------------------------------------------------


def may_prepare_work(by: "Posting | None", assignment: "Assignment") -> bool:
    """Lay evidence and answers ready for the own unit's work: the clerk as well; sending is `may_report`."""
    if by is None or not is_own(by, assignment):
        return False
    return by.may(Permission.PREPARE_REPORTS) or by.may(Permission.REPORT_PROGRESS)


def may_finish_errand(by: "Posting | None", errand: "Errand") -> bool:
    """Say that a part of the unit's work is done: whom it was given to, and whoever prepares the work."""
    if by is None or not is_own(by, errand.assignment):
        return False
    return errand.person_id == by.user_id or may_prepare_work(by, errand.assignment)


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
