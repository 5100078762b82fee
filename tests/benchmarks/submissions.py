"""How many schools can send their month in a second, through gunicorn as docker-compose.yml starts it.

Eight people at a time post the page that a principal sends: session, CSRF, the form's validation, thirty
figures, audit events, and the reminder on the unit's first page that the sending settles. Every twentieth
page is sent a second time at the same moment, from another device; afterwards all rows are counted. The floor
is a bare view, behind no middleware, that writes thirty figures in one statement.
"""

import os
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode

import time_machine
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db.models import Count
from django.middleware.csrf import _get_new_csrf_string

from reports.models import MonthlyReport, ReportState
from reports.notices import REMINDER
from schools.models import Posting, SchoolLevel
from targets.models import Counted, Measure, Observation, ObservationStatus
from tests.benchmarks import data
from tests.benchmarks.harness import Chosen, Report, backend, describe
from trail.actions import notify
from trail.models import AuditEvent, Notification

FIGURES = 30
CLIENTS = 8
SENT_TWICE = 20  # every so many-th page
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Host": "127.0.0.1"}
ROUNDS_OF_THE_FLOOR = 3


@dataclass(frozen=True)
class Page:
    """What a browser sends: where to, its headers, the filled-in form."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Answer:
    seconds: float
    status: int


def run(report: Report, chosen: Chosen) -> None:
    """Submissions a second, their 95th percentile, what was lost and doubled, and the floor."""
    call_command("migrate", verbosity=0)
    with time_machine.travel(data.NOW, tick=False):
        province = data.build(chosen, with_documents=False)
        ask_for_more()
        expected = expect_again(province)
        describe(report, chosen, backend(), data.sizes() | {"submission": len(expected)})
    pages = [page_of(row) for row in expected]
    twice = pages[::SENT_TWICE]
    with gunicorn("eduportal.wsgi") as port:
        seconds, answers = posted(port, [one for page in pages for one in [page] * (1 + (page in twice))])
    with gunicorn("tests.benchmarks.bare") as port:
        rows = bare_pages(expected) * ROUNDS_OF_THE_FLOOR
        floor_seconds, floor_answers = posted(port, rows)
    report.figure("submissions_per_s", len(pages) / seconds, "reports/s")
    report.figure("submissions_p95_ms", 1000 * at_95([one.seconds for one in answers]), "ms")
    report.figure("submissions_refused", sum(one.status != 302 for one in answers), "pages")
    lost, doubled = counted_afterwards(expected)
    report.figure("submissions_lost", lost, "reports")
    report.figure("submissions_doubled", doubled, "reports")
    report.figure("floor_per_s", len(rows) / floor_seconds, "writes/s")
    report.figure("floor_refused", sum(one.status != 204 for one in floor_answers), "writes")
    report.answer("submissions", len(pages), lost, doubled)


def at_95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]


# --- what is sent -------------------------------------------------------------------------------------------


def ask_for_more() -> None:
    """As many measures of each level that every report has thirty figures."""
    fields = {"counts": Counted.PUPILS, "highest": 5_000, "valid_from": data.OPENED}
    for level in ("preschool", "primary", "lower_secondary", "upper_secondary"):
        of_level = Measure.objects.filter(level=level)
        asked = [one for one in of_level if ("month", data.TODAY.month) in one.askings]
        data.insert(
            [
                Measure(
                    code=f"{level}.more_{number}",
                    stem=f"more_{number}",
                    level=level,
                    name_vi=f"Số liệu {number}",
                    name_en=f"Figure {number}",
                    position=20_000 + number,
                    **fields,
                )
                for number in range(FIGURES - len(asked))
            ],
            Measure,
        )


def expect_again(province: data.Province) -> list[MonthlyReport]:
    """The newest month as it was opened, with a reminder to each: the reports of schools of one level."""
    month = province.newest
    Observation.objects.filter(period=month).delete()
    AuditEvent.objects.filter(verb="report.sent", data__has_key="version").delete()
    nothing = dict.fromkeys(("saved_at", "saved_by", "sent_at", "sent_by", "first_sent_at"))
    MonthlyReport.objects.filter(period=month).update(
        state=ReportState.EXPECTED, reason="", reviewed_at=None, reviewed_by=None, **nothing
    )
    of_one_level = SchoolLevel.objects.values("school").annotate(levels=Count("pk")).filter(levels=1)
    rows = MonthlyReport.objects.filter(period=month, unit__in=of_one_level.values("school"))
    expected = list(rows.select_related("unit", "period").order_by("pk"))
    for row in expected:
        notify(REMINDER, unit_id=row.unit_id, about=row, by=None, url="", data={})
    return expected


def page_of(row: MonthlyReport) -> Page:
    """The filled-in page of a school's principal, who has signed in."""
    user = Posting.objects.select_related("user").get(unit=row.unit_id, role="principal").user
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    token = _get_new_csrf_string()
    cookies = {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: token}
    form = {"csrfmiddlewaretoken": token, "version": str(row.version), "difficulties": "", "proposals": ""}
    for measure in measures_of(row):
        name = measure.code.replace(".", "-")
        form |= {name: figure_of(measure), f"{name}-remark": "Đã đối chiếu với sổ đăng bộ."}
    return Page(
        f"/reports/{row.pk}/",
        FORM | {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
        urlencode(form | {"send": ""}),
    )


def measures_of(row: MonthlyReport) -> list[Measure]:
    level = SchoolLevel.objects.get(school=row.unit_id).level
    asked = [one for one in Measure.objects.filter(level=level) if one.is_asked_in(row.period)]
    if len(asked) != FIGURES:
        raise RuntimeError(f"{level} is asked for {len(asked)} figures")
    return asked


def figure_of(measure: Measure) -> str:
    """A school of twelve classes."""
    usual = {"classes": "12", "pupils": "380", "attending": "371", "teachers": "21"}
    return usual.get(measure.stem, "7")


def bare_pages(expected: Sequence[MonthlyReport]) -> list[Page]:
    """For the floor: a school and its measures."""
    keys = {row.unit_id: ",".join(str(one.pk) for one in measures_of(row)) for row in expected}
    return [
        Page(
            "/",
            FORM,
            urlencode({"unit": row.unit_id, "period": row.period_id, "measures": keys[row.unit_id]}),
        )
        for row in expected
    ]


# --- sending ------------------------------------------------------------------------------------------------


@contextmanager
def gunicorn(application: str) -> Iterator[int]:
    """The application as docker-compose.yml serves it, on a free port. Gives the port."""
    with tempfile.TemporaryDirectory(prefix="eduportal-gunicorn-") as folder:
        told = Path(folder) / "port"
        command = [
            sys.executable, "-m", "gunicorn", application, "--bind", "127.0.0.1:0", "--no-control-socket",
            "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "info",
        ]  # fmt: skip
        with told.open("w") as log, subprocess.Popen(command, stderr=log, env=os.environ.copy()) as server:
            try:
                port = wait_for(lambda: port_in(told.read_text()))
                wait_for(lambda: answers(port))
                yield port
            finally:
                server.terminate()
                server.wait(40)


def port_in(log: str) -> int:
    """Where gunicorn says that it listens; 0: it has not said so yet."""
    _, found, rest = log.partition("Listening at: http://127.0.0.1:")
    return int(rest.split()[0]) if found else 0


def answers(port: int) -> bool:
    """Whether something is answered there; each worker is waited for by asking several times."""
    try:
        return all(post(port, Page("/healthz", FORM, "")).status for _ in range(8))
    except (OSError, HTTPException):
        return False


def wait_for(seen: Callable[[], int | bool], seconds: float = 60) -> int:
    """What is seen, as soon as it is not nothing. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while not (found := seen()):
        if time.monotonic() > until:
            raise TimeoutError("The site did not start")
        time.sleep(0.2)
    return found


def posted(port: int, pages: Sequence[Page]) -> tuple[float, list[Answer]]:
    """The pages as eight people send them who do not wait for each other: seconds in all, and the answers."""
    waiting: queue.SimpleQueue[Page] = queue.SimpleQueue()
    for page in pages:
        waiting.put(page)
    found: list[Answer] = []

    def person() -> None:
        while not waiting.empty():
            with suppress(queue.Empty):
                found.append(post(port, waiting.get_nowait()))

    people = [threading.Thread(target=person) for _ in range(CLIENTS)]
    began = time.perf_counter()
    for one in people:
        one.start()
    for one in people:
        one.join()
    return time.perf_counter() - began, found


def post(port: int, page: Page) -> Answer:
    """Each page comes from another browser, and so by a connection of its own."""
    began = time.perf_counter()
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("POST", page.path, page.body, page.headers)
        answer = connection.getresponse()
        answer.read()
        return Answer(time.perf_counter() - began, answer.status)


# --- afterwards ---------------------------------------------------------------------------------------------


def counted_afterwards(expected: Sequence[MonthlyReport]) -> tuple[int, int]:
    """How many reports lack something of what was sent, and how many have something of it twice."""
    keys = [row.pk for row in expected]
    sent = set(MonthlyReport.objects.filter(pk__in=keys, state=ReportState.SENT).values_list("pk", flat=True))
    figures = dict(
        Observation.objects.filter(period=expected[0].period_id, status=ObservationStatus.SENT)
        .values_list("unit")
        .annotate(Count("pk"))
    )
    events = dict(
        AuditEvent.objects.filter(verb="report.sent", object_id__in=keys)
        .values_list("object_id")
        .annotate(Count("pk"))
    )
    open_still = set(Notification.objects.open().filter(kind=REMINDER).values_list("object_id", flat=True))
    lost = [
        row
        for row in expected
        if row.pk not in sent
        or figures.get(row.unit_id, 0) < FIGURES
        or events.get(row.pk, 0) < 1
        or row.pk in open_still
    ]
    doubled = [row for row in expected if figures.get(row.unit_id, 0) > FIGURES or events.get(row.pk, 0) > 1]
    return len(lost), len(doubled)
