"""Who sees which assignment: units their own, offices what lies beneath, limited departments their levels."""

import pytest

from directives.models import Assignment
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory

EVERYBODY = {"NS010001", "NS010002", "NS020001", "NS000001", "NS-01"}
SEEN = {
    "leader": EVERYBODY,
    "staff": EVERYBODY,
    "division_staff": {"NS010002", "NS020001", "NS-01"},
    "commune_officer": {"NS-01", "NS010001", "NS010002"},
    "principal": {"NS010002"},
    "clerk": {"NS010002"},
    "neighbour": {"NS010001"},
    "high_principal": {"NS000001"},
    "outsider": set(),
    "outsider_principal": set(),
}


@pytest.mark.parametrize("who", SEEN)
def test_assignments_of_one_document(province, cast, who):
    directive = DirectiveFactory(office=province.department, issued=True)
    task = TaskFactory(directive=directive)
    for unit in [*province.schools, province.cloud_commune]:
        AssignmentFactory(task=task, unit=unit)
    seen = Assignment.objects.visible_to(getattr(cast, who).user)
    assert set(seen.values_list("unit__code", flat=True)) == SEEN[who]
