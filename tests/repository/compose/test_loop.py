"""The loop over HTTP through the services as docker-compose.yml starts them; a worker is killed meanwhile."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.repository.compose.place import PASSWORD, document
from tests.repository.compose.stack import Stack, eventually
from tests.repository.compose.visitor import Answer, Visitor, signed_in

pytestmark = [pytest.mark.services, pytest.mark.xdist_group("compose")]  # one stack, not one a worker
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIGURES = {"classes": "10", "pupils": "380", "attending": "371", "teachers": "21"}
JOB = "SELECT state FROM trail_job WHERE kind = %s AND key <> '' ORDER BY id DESC LIMIT 1"
BUILDING = "reports.build_briefing"
OF_SCHOOLS = (
    "SELECT count(*) FROM reports_monthlyreport JOIN schools_unit u ON u.id = unit_id WHERE u.kind = 'school'"
)


def test_a_document_goes_all_the_way_round_though_a_worker_is_killed(stack: Stack):
    eventually(lambda: stack.is_well("web"), lambda: stack.log("web"))
    eventually(lambda: stack.is_well("worker"), lambda: stack.log("worker"))
    staff, leader, registrar = (signed_in(stack, name, PASSWORD) for name in ("minh", "lan", "thu"))
    issue_a_document(stack, staff)
    open_the_month(stack)
    report_and_accept(stack, "hoa", "primary", signed_in(stack, "son", PASSWORD))
    report_and_accept(stack, "khanh", "upper_secondary", staff)
    briefing = build_though_the_worker_is_killed(stack, staff)
    assert "380" in staff.open(briefing).words
    notice = conclude_the_meeting(stack, staff, briefing)
    approve_and_number(leader, registrar, notice)
    read_the_print(stack, signed_in(stack, "hoa", PASSWORD), notice)
    nothing_is_done_twice(stack)
    nothing_secret_is_logged(stack)


def issue_a_document(stack: Stack, staff: Visitor) -> None:
    """Uploaded, read, issued: each of three schools has its two tasks."""
    content = document(dt.datetime.now(ZONE).date()).encode()
    review = staff.send(
        staff.open("/documents/new/"), "/documents/new/", files={"file": ("cong-van.txt", content)}
    )
    step = staff.open(review.path.replace("/review/", "/issue/"))
    assert "Rà soát cơ sở vật chất" in staff.send(step, "/issue/").words
    assert stack.ask("SELECT count(*) FROM directives_assignment") == 6


def open_the_month(stack: Stack) -> None:
    """As every night: the tick finds the month due, a worker opens it."""
    stack.tick()
    eventually(lambda: stack.ask(OF_SCHOOLS) == 3, lambda: stack.log("worker"))


def report_and_accept(stack: Stack, principal: str, level: str, officer: Visitor) -> None:
    """The principal fills in the month and sends it, the office accepts it."""
    school = signed_in(stack, principal, PASSWORD)
    page = school.open(school.open("/").link(r"^/reports/\d+/$"))
    figures = {f"{level}-{stem}": value for stem, value in FIGURES.items()}
    sent = school.send(page, page.path, **figures, send="")
    state = "SELECT state FROM reports_monthlyreport WHERE id = %s"
    number = sent.path.split("/")[2]
    assert stack.ask(state, number) == "sent", sent.words
    officer.send(officer.open(sent.path), "/accept/")
    assert stack.ask(state, number) == "accepted"


def build_though_the_worker_is_killed(stack: Stack, staff: Visitor) -> str:
    """A worker dies over the briefing, another takes the job up: one briefing, whole. Gives its address.

    To be sure that it dies in the middle, the test holds the table that the job writes to. What has been
    silent for ten minutes counts as lost; the test does not wait for them, it lets them have passed.
    """
    waiting = ask_for_the_briefing(stack, staff)
    assert waiting.words.count("đang chạy") == 1
    stack.start("worker")
    with stack.database() as cursor:
        cursor.execute(
            "UPDATE trail_job SET heartbeat_at = heartbeat_at - interval '11 minutes',"
            " run_at = run_at - interval '11 minutes' WHERE kind = %s",
            [BUILDING],
        )
    eventually(lambda: stack.is_well("worker"), lambda: stack.log("worker"))
    stack.tick()
    eventually(lambda: stack.ask(JOB, BUILDING) == "done", lambda: stack.log("worker"))
    assert stack.ask("SELECT attempts FROM trail_job WHERE kind = %s", BUILDING) == 2
    assert stack.ask("SELECT count(*) FROM reports_briefing") == 1
    return staff.open(waiting.path).link(r"^/briefings/\d+/$")


def ask_for_the_briefing(stack: Stack, staff: Visitor) -> Answer:
    """The page of the job, after its worker was killed over it."""
    with stack.database() as cursor:
        cursor.execute("LOCK TABLE reports_briefing IN SHARE MODE")
        asked = staff.send(staff.open("/briefings/"), "/briefings/build/")
        eventually(lambda: stack.ask(JOB, BUILDING) == "running", lambda: stack.log("worker"))
        stack.kill("worker")
    assert (stack.ask(JOB, BUILDING), stack.ask("SELECT count(*) FROM reports_briefing")) == ("running", 0)
    return staff.open(asked.path)


def conclude_the_meeting(stack: Stack, staff: Visitor, briefing: str) -> str:
    """Enter the meeting, take its roll, draft the notice, submit it. Gives the notice's address."""
    meeting = staff.send(staff.open(f"{briefing}meeting/"), f"{briefing}meeting/")
    absent = stack.ask("SELECT id FROM schools_unit WHERE code = 'NS2'")
    noted = {f"presence_{absent}": "absent", f"reason_{absent}": "đi tập huấn", "rest": "on"}
    roll = staff.send(meeting, "/attendance/", **noted)
    count = "SELECT count(*) FROM reports_attendance WHERE presence = %s"
    assert (stack.ask(count, "absent"), stack.ask(count, "unknown")) == (1, 0)
    review = staff.send(roll, "/notice/")
    step = staff.open(review.path.replace("/review/", "/submit/"))
    return staff.send(step, "/submit/").path


def approve_and_number(leader: Visitor, registrar: Visitor, notice: str) -> None:
    leader.send(leader.open(notice), "/approve/")
    issued = registrar.send(registrar.open(f"{notice}number/"), "/number/")
    assert "01/TB-SGDĐT" in issued.words


def read_the_print(stack: Stack, school: Visitor, notice: str) -> None:
    """A school that the notice concerns reads it, printed by the worker meanwhile."""
    printed = "SELECT print_file_id FROM directives_directive WHERE written_here"
    eventually(lambda: stack.ask(printed), lambda: stack.log("worker"))
    pdf = school.open(f"{notice}pdf/")
    assert (pdf.headers["Content-Type"], pdf.body[:5]) == ("application/pdf", b"%PDF-")


def nothing_is_done_twice(stack: Stack) -> None:
    """Two beats, one worker killed: each month, briefing and print is there once, and no job has failed."""
    assert stack.ask(OF_SCHOOLS) == 3
    assert stack.ask("SELECT count(*) FROM trail_auditevent WHERE verb = 'briefing.built'") == 1
    assert stack.ask("SELECT count(*) FROM trail_job WHERE state = 'failed'") == 0
    periodic = "SELECT max(n) FROM (SELECT count(*) n FROM trail_job WHERE key = '' GROUP BY kind) of_a_kind"
    assert stack.ask(periodic) == 1


def nothing_secret_is_logged(stack: Stack) -> None:
    logged = stack.everything_logged()
    assert "trail.jobs.run" in logged
    secrets = [stack.env["SECRET_KEY"], stack.env["DATABASE_URL"], "mat-khau-cua-co-so-du-lieu", PASSWORD]
    assert [secret for secret in secrets if secret in logged] == []
