"""Yes or no about units and postings."""

from typing import Any

from accounts.models import RoleCode
from accounts.roles import Permission

OF_SCHOOLS = {RoleCode.PRINCIPAL, RoleCode.CLERK}


def may_administer(posting: Any) -> bool:
    """Open accounts, units and postings, within the scope of the posting."""
    return posting is not None and posting.may(Permission.ADMINISTER)


def role_fits(role: str, unit: Any) -> bool:
    """Principals and clerks work in schools, all others in offices."""
    return (role in OF_SCHOOLS) == unit.is_school


def heads(posting: Any, school: Any) -> bool:
    """The school's own principal; a deputy who only acts as one hands the office on to nobody."""
    return (
        posting is not None
        and posting.role == RoleCode.PRINCIPAL
        and not posting.is_acting
        and posting.unit_id == school.pk
    )


def may_keep_standards(by: Any) -> bool:
    """Enter, renew, correct and revoke recognitions: staff of the department, for all schools beneath it.

    The province decides on them; communes and schools see theirs.
    """
    return by is not None and by.may(Permission.KEEP_STANDARDS) and by.acting_unit.kind == "department"
