"""What each role may do. A role is held through a posting, in one unit and for a time. Pure.

Seeing is not a permission: it follows from the posting's unit (schools.models.UnitQuerySet.in_scope_of).
"""

from enum import Enum, auto


class Permission(Enum):
    """A right to act, always within the unit of the posting that carries the role."""

    DRAFT_DIRECTIVES = auto()
    """Enter, upload, correct and hand on documents; assign the tasks of signed ones."""
    REGISTER_INCOMING = auto()
    """Enter what comes in, under the next number of the register of arrivals."""
    APPROVE_DIRECTIVES = auto()
    """Approve a document written here, before it is numbered."""
    NUMBER_DIRECTIVES = auto()
    """Give a document its number from the register and issue it: a right apart from drafting."""
    REVIEW_REPORTS = auto()
    """Accept or return what affiliated schools sent."""
    PREPARE_REPORTS = auto()
    """Fill in the unit's own monthly report."""
    SEND_REPORTS = auto()
    """Send it, in the name of the unit."""
    SEND_WITHOUT_HEAD = auto()
    """Send it while nobody is posted to the unit who may: a commune's officer where it has no leader."""
    REPORT_PROGRESS = auto()
    """Say in the unit's name how far its own work is, at any time and not only in the month's report."""
    HOLD_BRIEFINGS = auto()
    """Build and edit the briefing, hold the meeting, take attendance, draft its notice."""
    READ_DASHBOARD = auto()
    """Land on the office's figures rather than on a list of work."""
    SET_TARGETS = auto()
    """Set targets for the office and the units beneath it, and adopt them from documents."""
    PLEDGE_TARGETS = auto()
    """Register with the office above what one's own unit means to reach."""
    KEEP_STANDARDS = auto()
    """Keep the register of schools recognised as meeting the national standard."""
    NAME_ACTING = auto()
    """Name who acts as principal of a school for a time."""
    ADMINISTER = auto()
    """Open accounts, units, measures and forms."""


class Role:
    """Base of all roles; the docstring of each says what a good month looks like."""

    code: str
    permissions: frozenset[Permission] = frozenset()

    @classmethod
    def may(cls, permission: Permission) -> bool:
        return permission in cls.permissions


class Staff(Role):
    """Uploads a document, checks what was read, issues it; reviews reports; prepares the briefing.

    In a commune he fills in the commune's own report as well.
    """

    code = "staff"
    permissions = frozenset(
        {
            Permission.DRAFT_DIRECTIVES,
            Permission.REGISTER_INCOMING,
            Permission.REVIEW_REPORTS,
            Permission.PREPARE_REPORTS,
            Permission.SEND_WITHOUT_HEAD,
            Permission.REPORT_PROGRESS,
            Permission.HOLD_BRIEFINGS,
            Permission.SET_TARGETS,
            Permission.PLEDGE_TARGETS,
            Permission.KEEP_STANDARDS,
        }
    )


class Registrar(Role):
    """Registers what comes in; numbers and issues what goes out."""

    code = "registrar"
    permissions = frozenset({Permission.REGISTER_INCOMING, Permission.NUMBER_DIRECTIVES})


class Leader(Role):
    """Sees in ten seconds what is late and who has not reported; approves and signs.

    In a commune he sends the commune's own report as well.
    """

    code = "leader"
    permissions = frozenset(
        {
            Permission.APPROVE_DIRECTIVES,
            Permission.REVIEW_REPORTS,
            Permission.PREPARE_REPORTS,
            Permission.SEND_REPORTS,
            Permission.REPORT_PROGRESS,
            Permission.PLEDGE_TARGETS,
            Permission.READ_DASHBOARD,
            Permission.NAME_ACTING,
        }
    )


class Principal(Role):
    """Fills in one page a month and sends it; reports work that is done in between."""

    code = "principal"
    permissions = frozenset(
        {
            Permission.PREPARE_REPORTS,
            Permission.SEND_REPORTS,
            Permission.REPORT_PROGRESS,
            Permission.PLEDGE_TARGETS,
            Permission.NAME_ACTING,
        }
    )


class Clerk(Role):
    """Prepares the same page; only the principal sends it."""

    code = "clerk"
    permissions = frozenset({Permission.PREPARE_REPORTS})


class Administrator(Role):
    """Opens accounts, offices, schools, measures and forms."""

    code = "admin"
    permissions = frozenset({Permission.ADMINISTER, Permission.NAME_ACTING})


ROLES: dict[str, type[Role]] = {
    role.code: role for role in (Staff, Registrar, Leader, Principal, Clerk, Administrator)
}
