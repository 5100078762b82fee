"""The visibility rule: everyone sees the subtree of their unit, and nothing else."""

import pytest

from schools.queries import units_in_scope

DEPARTMENT_SCOPE = {
    "NS", "NS-TH", "NS-01", "NS-02", "NS010001", "NS010002", "NS020001", "NS000001",
}  # fmt: skip
SCOPES = {
    "leader": DEPARTMENT_SCOPE,
    "staff": DEPARTMENT_SCOPE,
    "registrar": DEPARTMENT_SCOPE,
    "admin": DEPARTMENT_SCOPE,
    "division_staff": {"NS", "NS-TH", "NS-01", "NS-02", "NS010002", "NS020001"},
    "commune_officer": {"NS-01", "NS010001", "NS010002"},
    "commune_leader": {"NS-01", "NS010001", "NS010002"},
    "principal": {"NS010002"},
    "clerk": {"NS010002"},
    "neighbour": {"NS010001"},
    "tea_principal": {"NS020001"},
    "high_principal": {"NS000001"},
    "outsider": {"BL", "BL-01", "BL010001"},
    "outsider_principal": {"BL010001"},
}


@pytest.mark.parametrize("who", SCOPES)
def test_scope_of_each_role(cast, who):
    scope = units_in_scope(getattr(cast, who).user)
    assert set(scope.values_list("code", flat=True)) == SCOPES[who]
