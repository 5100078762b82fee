"""How long the pages take that each role meets, and how many queries they make.

Each role starts at its home and follows links, two pages far unless told: one page of each kind. The floor is
the smallest page there is, asked for by somebody who is signed in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from tests.benchmarks import data
from tests.benchmarks.harness import Chosen, Report, backend, describe, measured

ROLES = ("leader", "staff", "registrar", "admin", "division_staff", "commune_staff", "principal")
FLOOR = "/healthz"
NOT_PAGES = ("/static/", "/account/", "/language/")


@dataclass(frozen=True)
class Visit:
    """A page as one role came to it."""

    name: str
    path: str


def run(report: Report, chosen: Chosen) -> None:
    """Time, queries and size of every kind of page for every role."""
    call_command("migrate", verbosity=0)
    with time_machine.travel(data.NOW, tick=False):
        province = data.build(chosen)
        describe(report, chosen, backend(), data.sizes())
        for role in ROLES:
            client = Client(headers={"host": "127.0.0.1"})
            client.force_login(province.people[role].user)
            if report.floor is None:
                report.floor = measured(lambda client=client: client.get(FLOOR), 5 * chosen.repeats)
                report.times("pages.floor", report.floor)
            for visit in walk(client, chosen.far):
                look(report, client, f"pages.{role}.{visit.name}", visit.path, chosen.repeats)


def look(report: Report, client: Client, name: str, path: str, repeats: int) -> None:
    """Measure one page, and take down the numbers that it shows."""
    times = measured(lambda: client.get(path), repeats)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    content = b"".join(response) if response.streaming else response.content
    report.times(name, times)
    report.figure(f"{name}.queries", len(queries), "queries")
    report.figure(f"{name}.size", len(content) / 1000, "kB")
    report.answer(name, response.status_code, numbers_of(content))


def numbers_of(content: bytes) -> list[str]:
    """What a page says in numbers, in its order: its words may change from version to version."""
    main = re.sub(r"(?s).*<main\b(.*)</main>.*", r"\1", content.decode(errors="replace"))
    return re.findall(r"\d[\d.,/]*", re.sub(r"(?s)<[^>]*>", " ", main))


def walk(client: Client, far_away: int) -> Iterator[Visit]:
    """One page of each kind that can be reached, nearest first."""
    seen: set[str] = set()
    near = ["/"]
    for _ in range(far_away + 1):
        far: list[str] = []
        for path in near:
            name = kind_of(path)
            if name is None or name in seen:
                continue
            seen.add(name)
            response = client.get(path)
            if response.status_code != 200:
                continue
            yield Visit(name, path)
            if response.headers["Content-Type"].startswith("text/html"):
                far += links(path, response.content.decode())
        near = far


def kind_of(path: str) -> str | None:
    """The name of a page's view, apart with a filter and without; None for what is no page of ours."""
    parts = urlsplit(path)
    try:
        view = resolve(parts.path)
    except Resolver404:
        return None
    return view.view_name.replace(":", ".") + (".filtered" if parts.query else "")


def links(path: str, page: str) -> list[str]:
    """Addresses on a page that lead to other pages of the portal, in its order."""
    found = re.findall(r'<a\b[^>]*\bhref="([/?][^"#]*)', page)
    whole = [
        urlsplit(path).path + address if address.startswith("?") else address
        for address in (one.replace("&amp;", "&") for one in found)
    ]
    return [address for address in dict.fromkeys(whole) if not address.startswith(NOT_PAGES)]
