"""The services one by one, each started by the command of docker-compose.yml."""

import re

import pytest

from tests.repository.compose.stack import Stack, eventually
from tests.repository.compose.visitor import Visitor

pytestmark = [pytest.mark.services, pytest.mark.xdist_group("compose")]  # one stack, not one a worker


def eventually_well(stack: Stack, service: str) -> None:
    eventually(lambda: stack.is_well(service), lambda: stack.log(service))


def test_the_site_is_well_and_safe(stack):
    eventually_well(stack, "web")
    plain, secure = Visitor(stack, https=False), Visitor(stack)
    # Whoever asks for a sign of life stands behind the web server, and speaks plain HTTP.
    assert [plain.ask("GET", path).text for path in ("/healthz", "/readyz")] == ["ok", "ok"]
    answer = plain.ask("GET", "/")
    assert (answer.status, answer.headers["Location"]) == (301, "https://portal.example.vn/")
    answer = secure.ask("GET", "/")
    assert (answer.status, answer.headers["Location"].split("?")[0]) == (302, "/account/login/")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert Visitor(stack, host="elsewhere.example").ask("GET", "/").status == 400


def test_cookies_travel_over_https_only(stack):
    eventually_well(stack, "web")
    cookies = Visitor(stack).ask("GET", "/account/login/").headers.get_all("Set-Cookie")
    assert cookies
    assert [cookie for cookie in cookies if "Secure" not in cookie] == []


def test_static_files_are_compressed_and_kept_for_years(stack):
    """Their names change with them, so that nobody has to ask for them again."""
    eventually_well(stack, "web")
    visitor = Visitor(stack)
    sheets = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', visitor.open("/account/login/").text)
    assert len(sheets) > 3
    for sheet in sheets:
        assert re.search(r"\.[0-9a-f]{12}\.(css|js)$", sheet)
        plain, packed = visitor.ask("GET", sheet), visitor.ask("GET", sheet, Accept_Encoding="gzip")
        kept = re.search(r"max-age=(\d+)", packed.headers["Cache-Control"])
        assert (packed.status, "immutable" in packed.headers["Cache-Control"]) == (200, True)
        assert int(kept[1]) >= 365 * 24 * 3600
        assert (plain.headers["Content-Encoding"], packed.body) == (None, plain.body)
        if len(plain.body) > 2000:  # a smaller one is not worth it
            assert packed.headers["Content-Encoding"] == "gzip"


def test_worker_and_beat_answer_for_themselves(stack):
    for service in ("worker", "beat"):
        eventually_well(stack, service)


def test_without_its_database_the_site_lives_but_is_not_ready(stack):
    """A second site, on a database that is not there."""
    nowhere = Stack(stack.port, stack.env | {"DATABASE_URL": "postgres://u@127.0.0.1:1/none"}, stack.logs)
    code = (
        "from django.test import Client; client = Client(headers={'host': 'portal.example.vn'});"
        "print([(client.get(path).status_code) for path in ('/healthz', '/readyz')])"
    )
    assert nowhere.python(code) == "[200, 503]"


def test_the_clock_puts_periodic_work_on_the_calendar(stack):
    """Beat ticks every half minute; the worker then finds what is due and gives each kind its next time."""
    query = "SELECT count(*) FROM trail_schedule WHERE last_run_at IS NOT NULL"
    eventually(lambda: stack.ask(query), lambda: stack.log("beat") + stack.log("worker"))


def test_told_to_stop_each_ends_in_order(stack):
    """As `docker compose stop` does: no service has to be killed, and a worker ends the job in hand."""
    eventually_well(stack, "worker")
    stack.start("worker", "--hostname", "another@%h", name="another")
    eventually(lambda: "ready." in stack.log("another"), lambda: stack.log("another"))
    assert stack.stop("another") == 0
    assert "Warm shutdown" in stack.log("another")
    assert stack.stop("beat-2") == 0
    assert stack.stop("web") == 0
    stack.start("web")
    eventually_well(stack, "web")
