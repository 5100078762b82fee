"""What a posting may do with the register of recognised schools."""

from typing import TYPE_CHECKING

from accounts.roles import Permission

if TYPE_CHECKING:
    from schools.models import Posting


def may_keep_standards(by: "Posting | None") -> bool:
    """Enter, renew, correct and revoke recognitions: staff of the department, for all schools beneath it.

    The province decides on them; communes and schools see theirs.
    """
    return by is not None and by.may(Permission.KEEP_STANDARDS) and by.acting_unit.kind == "department"
