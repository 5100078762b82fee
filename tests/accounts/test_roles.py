"""What each role may do, said once more in full: a right gained or lost by accident shows here."""

from accounts.models import RoleCode
from accounts.roles import ROLES, Permission

RIGHTS = {
    "staff": {
        "DRAFT_DIRECTIVES",
        "REGISTER_INCOMING",
        "REVIEW_REPORTS",
        "PREPARE_REPORTS",
        "SEND_WITHOUT_HEAD",
        "REPORT_PROGRESS",
        "HOLD_BRIEFINGS",
        "SET_TARGETS",
        "PLEDGE_TARGETS",
        "KEEP_STANDARDS",
    },
    "registrar": {"REGISTER_INCOMING", "NUMBER_DIRECTIVES"},
    "leader": {
        "APPROVE_DIRECTIVES",
        "REVIEW_REPORTS",
        "PREPARE_REPORTS",
        "SEND_REPORTS",
        "REPORT_PROGRESS",
        "PLEDGE_TARGETS",
        "READ_DASHBOARD",
        "NAME_ACTING",
    },
    "principal": {"PREPARE_REPORTS", "SEND_REPORTS", "REPORT_PROGRESS", "PLEDGE_TARGETS", "NAME_ACTING"},
    "clerk": {"PREPARE_REPORTS"},
    "admin": {"ADMINISTER", "NAME_ACTING"},
}


def test_each_role_has_its_rights_and_no_others():
    held = {code: {right.name for right in Permission if role.may(right)} for code, role in ROLES.items()}
    assert held == RIGHTS


def test_every_role_that_a_posting_can_hold_is_described():
    assert set(ROLES) == set(RoleCode.values)
    assert all(role.__doc__ for role in ROLES.values())


def test_numbering_is_apart_from_drafting_and_sending_from_preparing():
    drafting = {code for code, role in ROLES.items() if role.may(Permission.DRAFT_DIRECTIVES)}
    numbering = {code for code, role in ROLES.items() if role.may(Permission.NUMBER_DIRECTIVES)}
    assert drafting & numbering == set()
    assert not ROLES["clerk"].may(Permission.SEND_REPORTS)
