"""What a fixture wrote for one test, written again for the next: row by row, without asking the actions anew.

Half of a test's time goes into the people and offices that it takes for granted. The first test of a worker
has them made by the actions; what these wrote is kept, and written again as it is.
"""

import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

import time_machine
from django.apps import apps
from django.db import connection, transaction

LONG_AGO = dt.datetime(2026, 1, 2, 3, tzinfo=dt.UTC)
"""When it is made: whatever day a test has, what it takes for granted is older than what it does."""

T = TypeVar("T")
Row = tuple[Any, ...]
Table = tuple[tuple[str, ...], list[Row]]
"""Names of columns, and rows."""


class Replay:
    """`replay(build)` builds once, and gives each later test the same again, in objects of its own.

    `first`: from where SQLite numbers it, which forgets with each test how far it had come. No other rows may
    come to lie there.
    """

    def __init__(self, first: int) -> None:
        self.first, self.made = first, b""
        self.written: dict[str, Table] = {}

    def __call__(self, build: Callable[[], T]) -> T:
        if self.made:
            write(self.written)
        else:
            before = stored()
            number_from(self.first)
            with time_machine.travel(LONG_AGO, tick=False):
                self.made = pickle.dumps(build())
            self.written = {name: newer(table, before[name]) for name, table in stored().items()}
        made: T = pickle.loads(self.made)  # noqa: S301 - pickled a moment ago
        return made


def stored() -> dict[str, Table]:
    """All rows of all tables, by name of the table."""
    found = {}
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608
            found[name] = tuple(column[0] for column in cursor.description), cursor.fetchall()
    return found


def newer(table: Table, before: Table) -> Table:
    columns, rows = table
    known = {repr(row) for row in before[1]}
    return columns, [row for row in rows if repr(row) not in known]


def write(tables: dict[str, Table]) -> None:
    """Whatever refers to what: constraints are looked at when the transaction ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, (columns, rows) in tables.items():
            if rows:
                quoted = ", ".join(map(connection.ops.quote_name, columns))
                places = ", ".join(["%s"] * len(columns))
                into = connection.ops.quote_name(name)
                cursor.executemany(f"INSERT INTO {into} ({quoted}) VALUES ({places})", rows)  # noqa: S608


def number_from(first: int) -> None:
    """On PostgreSQL a sequence is never taken back, and nothing has to be done."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_sequence")
            tables = "SELECT name, %s FROM sqlite_master WHERE type = 'table'"
            cursor.execute(f"INSERT INTO sqlite_sequence (name, seq) {tables}", [first])
