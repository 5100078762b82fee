"""What a posting may do with targets. Predicates on objects handed in, without queries of their own."""

from typing import TYPE_CHECKING

from accounts.roles import Permission

if TYPE_CHECKING:
    from directives.models import Directive
    from schools.models import Posting
    from targets.models import Pledge, Target


def may_set(by: "Posting | None") -> bool:
    """Set targets for the office one acts for and the units beneath it."""
    return by is not None and by.may(Permission.SET_TARGETS) and not by.acting_unit.is_school


def may_revise(by: "Posting | None", target: "Target") -> bool:
    """Change or take away a target: the office that set it. Those beneath see what they were given."""
    return by is not None and may_set(by) and by.acting_unit.pk == target.office_id


def may_share(by: "Posting | None", target: "Target") -> bool:
    """Share a target out to the units beneath: the office whose target it is, whoever set it."""
    return by is not None and may_set(by) and by.acting_unit.pk == target.unit_id


def may_pledge(by: "Posting | None") -> bool:
    """Register targets of one's own unit with the office above it."""
    return by is not None and by.may(Permission.PLEDGE_TARGETS)


def may_keep_pledge(by: "Posting | None", pledge: "Pledge") -> bool:
    """Change what one's own unit registered and send it anew, or take it back, until it is approved."""
    return by is not None and may_pledge(by) and by.acting_unit.pk == pledge.unit_id and pledge.is_open


def may_decide_pledge(by: "Posting | None", pledge: "Pledge") -> bool:
    """Approve or return what waits: the office that it was sent to."""
    return by is not None and may_set(by) and by.acting_unit.pk == pledge.office_id and pledge.is_waiting


def may_adopt(by: "Posting | None", directive: "Directive") -> bool:
    """Adopt the targets that an issued document of one's own office sets; a draft may still change."""
    return by is not None and may_set(by) and by.acting_unit.pk == directive.office_id and directive.is_issued
