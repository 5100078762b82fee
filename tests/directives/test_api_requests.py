"""Later deadlines and times when work did not run, for other programmes."""

import pytest

from directives.actions.extensions import ask_extension, grant_extension, refuse_extension
from directives.actions.halting import pause, refuse, resume
from directives.models import Assignment
from tests.conftest import queries_of
from tests.directives.work import DEADLINE, NOW, TODAY, fresh, given, task_of
from tests.factories import TaskFactory

API = "/api/v1"
UNTIL = DEADLINE.replace(year=2027)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def work(province, cast) -> list[Assignment]:
    """Three tasks of one document, all the cloud primary school's."""
    first = task_of(province, cast)
    tasks = [first, *(TaskFactory(directive=first.directive, deadline=DEADLINE) for _ in range(2))]
    return [given(task, province.cloud_primary)[0] for task in tasks]


class TestExtensions:
    URL = f"{API}/extensions/"

    @pytest.fixture
    def asked(self, work, cast):
        return [
            ask_extension(assignment=one, until=UNTIL, reason="Chờ thiết bị", by=cast.principal, today=TODAY)
            for one in work
        ]

    def test_asked_granted_and_refused(self, api_of, cast, work, asked):
        grant_extension(
            extension=asked[0], version=1, until=None, answer="Đồng ý", by=cast.staff, today=TODAY
        )
        refuse_extension(extension=asked[1], version=1, answer="Đã muộn", by=cast.staff)
        api = api_of(cast.staff)
        rows = {
            row["assignment_id"]: (row["state"], row["granted_deadline"], row["answer"], row["decided_by"])
            for row in api.get(self.URL).json()["results"]
        }
        assert rows == {
            work[0].pk: ("granted", "2027-12-14", "Đồng ý", "Phạm Văn Minh"),
            work[1].pk: ("refused", None, "Đã muộn", "Phạm Văn Minh"),
            work[2].pk: ("waiting", None, "", None),
        }
        counts = [
            api.get(self.URL, {"state": state}).json()["count"] for state in ("waiting", "granted", "refused")
        ]
        assert counts == [1, 1, 1]

    def test_what_the_unit_said_stands_with_it(self, api_of, cast, work, asked):
        row = api_of(cast.principal).get(f"{self.URL}{asked[0].pk}/").json()
        assert (row["deadline_before"], row["asked_deadline"], row["reason"], row["asked_by"]) == (
            "2026-12-14", "2027-12-14", "Chờ thiết bị", "Trần Thị Hoa",
        )  # fmt: skip
        assert (row["unit"]["code"], row["task_id"]) == ("NS010002", work[0].task_id)

    def test_filters(self, api_of, cast, province, work, asked):
        api = api_of(cast.staff)
        asking = [
            {"assignment": work[0].pk},
            {"unit": province.cloud_primary.pk},
            {"unit": province.tea_combined.pk},
            {"task": work[1].task_id},
            {"directive": work[0].task.directive_id},
        ]
        assert [api.get(self.URL, one).json()["count"] for one in asking] == [1, 3, 0, 1, 3]

    def test_the_school_next_door_knows_nothing_of_it(self, api_of, cast, asked):
        assert api_of(cast.neighbour).get(self.URL).json()["count"] == 0

    def test_the_number_of_queries_does_not_grow(self, api_of, cast, asked):
        api = api_of(cast.staff)
        assert [queries_of(api, self.URL, limit=limit) for limit in (1, 3)] == [3, 3]


class TestHalts:
    URL = f"{API}/halts/"

    @pytest.fixture
    def halted(self, work, cast):
        """Paused; paused and running again; refused and not answered."""
        for one in work[:2]:
            pause(assignment=one, version=1, reason="Chờ kinh phí", by=cast.staff)
        second = fresh(work[1])
        resume(
            assignment=second, version=second.version, until=None, note="Đã có", by=cast.staff, today=TODAY
        )
        refuse(assignment=work[2], version=1, reason="Không thuộc trường", by=cast.principal)

    def test_why_since_when_and_how_it_ended(self, api_of, cast, work, halted):
        rows = {
            row["assignment_id"]: (
                row["kind"],
                row["reason"],
                row["begun_by"],
                row["ended_by"],
                row["answer"],
            )
            for row in api_of(cast.principal).get(self.URL).json()["results"]
        }
        assert rows == {
            work[0].pk: ("paused", "Chờ kinh phí", "Phạm Văn Minh", None, ""),
            work[1].pk: ("paused", "Chờ kinh phí", "Phạm Văn Minh", "Phạm Văn Minh", "Đã có"),
            work[2].pk: ("refused", "Không thuộc trường", "Trần Thị Hoa", None, ""),
        }

    def test_filters(self, api_of, cast, work, halted):
        api = api_of(cast.staff)
        asked = [
            {"kind": "paused"},
            {"is_current": "true"},
            {"is_current": "false"},
            {"waits_for_office": "true"},
            {"waits_for_office": "false"},
            {"assignment": work[1].pk},
        ]
        assert [api.get(self.URL, one).json()["count"] for one in asked] == [2, 2, 1, 1, 2, 1]

    def test_the_school_next_door_knows_nothing_of_it(self, api_of, cast, halted):
        assert api_of(cast.neighbour).get(self.URL).json()["count"] == 0

    def test_the_number_of_queries_does_not_grow(self, api_of, cast, halted):
        api = api_of(cast.staff)
        assert [queries_of(api, self.URL, limit=limit) for limit in (1, 3)] == [3, 3]
