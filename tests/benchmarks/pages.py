"""How long the pages take that each role meets first, and how many queries they make.

Loads the demo into an empty data folder, signs each role in, and asks for its home and every page that its
home links to. `./run benchmark` prints the slowest first. Times of different machines do not compare; query
counts do.
"""

import io
import os
import re
import statistics
import time
from dataclasses import dataclass

import django

REPEATS = 5
SHOWN = 30


@dataclass(frozen=True)
class Measurement:
    """One page as one role sees it: median milliseconds, queries, kilobytes."""

    role: str
    path: str
    status: int
    milliseconds: float
    queries: int
    kilobytes: float

    def __str__(self) -> str:
        note = "" if self.status == 200 else f"  ({self.status})"
        return (
            f"{self.milliseconds:7.0f} ms {self.queries:5d} queries {self.kilobytes:6.0f} kB"
            f"  {self.role:<15} {self.path}{note}"
        )


def measure(client, role: str, path: str) -> Measurement:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times, size = [], 0
    client.get(path)  # the first visit fills caches of templates and content types
    for _ in range(REPEATS):
        began = time.perf_counter()
        response = client.get(path)
        size = sum(map(len, response)) if response.streaming else len(response.content)
        times.append(time.perf_counter() - began)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return Measurement(
        role, path, response.status_code, 1000 * statistics.median(times), len(queries), size / 1000
    )


def links(page: str) -> list[str]:
    """Addresses on a page that lead to other pages of the portal, without those that change something."""
    found = re.findall(r'<a\b[^>]*\bhref="(/[^"#?]*)', page)
    return sorted({path for path in found if not path.startswith(("/static/", "/account/"))})


def accounts() -> dict[str, str]:
    """One user name for each role, from what the demo tells."""
    from django.core.management import call_command

    told = io.StringIO()
    call_command("load_demo", accounts=True, stdout=told)
    return {line.split()[1]: line.split()[2] for line in reversed(told.getvalue().splitlines())}


def main() -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    call_command("load_demo", stdout=io.StringIO())
    print(f"demo loaded in {time.perf_counter() - began:.1f} s")
    measured = []
    for role, username in accounts().items():
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(
            get_user_model().objects.get(username=username),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        home = client.get("/", follow=True)
        paths = {home.request["PATH_INFO"], *links(home.content.decode())}
        measured += [measure(client, role, path) for path in sorted(paths)]
    measured.sort(key=lambda page: page.milliseconds, reverse=True)
    print("\n".join(map(str, measured[:SHOWN])))
    median = statistics.median(page.milliseconds for page in measured)
    most = max(page.queries for page in measured)
    print(f"{len(measured)} pages, median {median:.0f} ms, most queries {most}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduportal.settings")
    django.setup()
    main()
