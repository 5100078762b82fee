"""How fast the board of all targets of a province answers, while its schools go on reporting.

Before each page one school's month is sent back and sent again, so that no page can be one that was kept. The
floor is what no board can be quicker than by much: one SQL sum over the same figures by measure and month.
"""

import importlib
import itertools
import statistics
import time

import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.actions import school_year_period
from schools.models import Period, School
from targets.actions import set_status
from targets.models import Indicator, Observation, ObservationStatus, Target
from tests.benchmarks import data
from tests.benchmarks.harness import Chosen, Report, Times, backend, describe, measured
from tests.benchmarks.pages import numbers_of

PAGES_PER_REPEAT = 15
SECONDS_BETWEEN_SCHOOLS = 20
HOURS_SINCE = 2
SUM = """
    SELECT o.measure_id, o.period_id, SUM(o.value), COUNT(*)
    FROM targets_observation o
    JOIN schools_unitancestry a ON a.descendant_id = o.unit_id
    JOIN schools_period p ON p.id = o.period_id
    WHERE a.ancestor_id = %s AND a.kind = 'professional' AND a.valid_to IS NULL
        AND o.status IN ('sent', 'accepted') AND o.value IS NOT NULL AND p.kind = 'month'
    GROUP BY o.measure_id, o.period_id
"""


def run(report: Report, chosen: Chosen) -> None:
    """The board's median and 95th percentile, its ratio to the sum, its queries."""
    call_command("migrate", verbosity=0)
    with time_machine.travel(data.NOW, tick=False) as clock:
        province = data.build(chosen, with_documents=False)
        describe(report, chosen, backend(), data.sizes() | {"indicator": asked_about(province)})
        report.floor = measured(lambda: bare_sum(province), 3 * chosen.repeats)
        report.times("sql_sum", report.floor)
        importlib.import_module("eduportal.wsgi")  # as the site's own process is once it serves
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(province.people["leader"].user)
        path = reverse("targets:board")
        times = while_schools_report(client, path, province, PAGES_PER_REPEAT * chosen.repeats, clock)
        report.figure("board_province_p50_ms", 1000 * times.median, "ms")
        report.figure("board_province_p95_ms", 1000 * at_95(times), "ms")
        report.figure("board_over_sql_ratio", times.median / report.floor.median, "x")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path)
        report.figure("board_province_queries", len(queries), "queries")
        report.figure("board_province_size", len(page.content) / 1000, "kB")
        report.answer("board", numbers_of(page.content))


def asked_about(province: data.Province) -> int:
    """How many indicators the board of the year has."""
    year = school_year_period(data.TODAY.year)
    return Indicator.objects.filter(
        pk__in=Target.objects.filter(unit=province.department, period=year).values("indicator")
    ).count()


def bare_sum(province: data.Province) -> list:
    with connection.cursor() as cursor:
        cursor.execute(SUM, [province.department.pk])
        return list(cursor.fetchall())


def while_schools_report(
    client: Client, path: str, province: data.Province, count: int, clock: time_machine.Traveller
) -> Times:
    """The times of so many pages, each after another school's newest figures were touched.

    A school every twenty seconds: all of the province's within a long working day. What the data were built
    with is long past by then, as it is wherever figures of two years stand.
    """
    clock.shift(HOURS_SINCE * 3600)
    client.get(path)
    schools = itertools.cycle(School.objects.order_by("pk")[: 5 * count])
    seconds = []
    for _ in range(count):
        clock.shift(SECONDS_BETWEEN_SCHOOLS)
        school = next(one for one in schools if send_anew(one, province.newest))
        began = time.perf_counter()
        answer = client.get(path)
        seconds.append(time.perf_counter() - began)
        if answer.status_code != 200:
            raise RuntimeError(f"The board answered {answer.status_code} after {school.code}")
    return Times(tuple(seconds))


def send_anew(school: School, month: Period) -> bool:
    """Whether the school had figures of a month that it could send back and send again."""
    counting = Observation.objects.counting().filter(unit=school, period=month)
    if not counting.exists():
        return False
    for status in (ObservationStatus.DRAFT, ObservationStatus.SENT):
        set_status(unit=school, period=month, status=status, by=None)
    return True


def at_95(times: Times) -> float:
    """The 95th percentile in seconds."""
    return statistics.quantiles(times.seconds, n=20, method="inclusive")[-1]
