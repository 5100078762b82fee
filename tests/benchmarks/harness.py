"""What all benchmarks share: the report's form, repeated measuring, a database of their own.

A report is lines of `name value unit` after a head of `name words`. Times of different machines do not
compare; ratios against the floor, query counts and the checksum of the answers do.
"""

import datetime as dt
import hashlib
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

POSTGRES = "EDUPORTAL_TEST_POSTGRES"
USUAL_SERVER = "postgres://postgres@127.0.0.1:5432"


@dataclass(frozen=True)
class Chosen:
    """What is asked for: schools, months of data, repetitions, where chance begins, how far and how long."""

    name: str
    size: int = 44
    months: int = 13
    repeats: int = 7
    seed: int = 2026
    far: int = 2
    longest: int = 5


@dataclass(frozen=True)
class Times:
    """Seconds of repeated runs."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def measured(work: Callable[[], Any], repeats: int) -> Times:
    """The times of some runs, after one that is not counted: it fills caches."""
    work()
    seconds = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return Times(tuple(seconds))


@dataclass
class Report:
    """Collects figures and answers, and prints each as it comes."""

    tell: Callable[[str], None] = print
    floor: Times | None = None
    answers: Any = field(default_factory=hashlib.sha256)
    # Taken at once: the data is generated under a clock that stands still.
    began: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))

    def head(self, name: str, words: str) -> None:
        self.tell(f"{name} {words}")

    def figure(self, name: str, value: float, unit: str) -> None:
        """One line; a whole number without, any other with three significant digits."""
        shown = f"{value:.0f}" if value == int(value) or value >= 100 else f"{value:.3g}"
        self.tell(f"{name} {shown} {unit}")

    def times(self, name: str, times: Times) -> None:
        """Median, least and most, and the ratio of the median to the floor's."""
        self.figure(f"{name}.time", 1000 * times.median, "ms")
        self.figure(f"{name}.time.min", 1000 * min(times.seconds), "ms")
        self.figure(f"{name}.time.max", 1000 * max(times.seconds), "ms")
        if self.floor is not None:
            self.figure(f"{name}.ratio", times.median / self.floor.median, "x")

    def answer(self, name: str, *said: object) -> None:
        """Add to the checksum what was answered: two versions compare only while they answer the same."""
        self.answers.update(f"{name}: {said!r}\n".encode())

    def end(self) -> str:
        """The last line of a report: the checksum of all answers."""
        checksum = self.answers.hexdigest()[:16]
        self.head("checksum", checksum)
        return checksum


def machine() -> str:
    """Cores, memory, kernel and Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.1f} GiB, {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}"
    )


def describe(report: Report, chosen: Chosen, backend: str, sizes: dict[str, int]) -> None:
    """The head of a report."""
    report.head("benchmark", chosen.name)
    report.head("backend", backend)
    report.head("size", ", ".join(f"{name}={count}" for name, count in sizes.items()) or "none")
    report.head("seed", str(chosen.seed))
    report.head("repeats", str(chosen.repeats))
    report.head("machine", machine())
    report.head("date", report.began.isoformat(timespec="seconds"))


@contextmanager
def own_database() -> Iterator[str]:
    """The address of an empty database, dropped afterwards."""
    server = os.environ.get(POSTGRES, USUAL_SERVER).rstrip("/")
    name = f"eduportal_benchmark_{os.getpid()}"

    def in_server(statement: str) -> None:
        with closing(psycopg2.connect(f"{server}/postgres")) as connection:
            connection.autocommit = True
            connection.cursor().execute(statement)

    in_server(f"CREATE DATABASE {name}")
    try:
        yield f"{server}/{name}"
    finally:
        in_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def backend() -> str:
    """Database, its driver and Django, with their versions."""
    import django
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    driver = psycopg2.__version__.split()[0]
    return f"PostgreSQL {version.split()[0]}, psycopg2 {driver}, Django {django.__version__}"


def documents() -> list[Path]:
    """The texts that the demo and the samples bring along, in the order of their names."""
    root = Path(__file__).resolve().parents[2]
    found = [*root.glob("docs/samples/*.txt"), *root.glob("eduportal/pages/demo/documents/*.txt")]
    return sorted(found, key=lambda path: path.name)
