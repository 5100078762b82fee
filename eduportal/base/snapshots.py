"""Transactions that read one moment of the database."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import Error, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

MOST_ATTEMPTS = 5
# PostgreSQL: another transaction changed a row that this one saw before; or wrote the same new row first.
OVERTAKEN = {"40001", "23505"}


def one_moment(action: Callable[P, R]) -> Callable[P, R]:
    """Make an action a transaction whose queries all see the database as it was at the first of them.

    By itself PostgreSQL shows each query what was committed when that query began, so two numbers counted one
    after the other may disagree. Where another transaction was quicker to change a row that this one wants to
    change, the action begins anew and sees what that one wrote. SQLite has one writer and needs neither;
    within a transaction that runs already, the action is simply part of it.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.vendor != "postgresql" or connection.in_atomic_block:
            with transaction.atomic():
                return action(*args, **kwargs)
        for _earlier in range(MOST_ATTEMPTS - 1):
            try:
                return in_one_moment(action, *args, **kwargs)
            except Error as problem:
                if getattr(problem.__cause__, "pgcode", None) not in OVERTAKEN:
                    raise
        return in_one_moment(action, *args, **kwargs)

    return run


def in_one_moment(action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return action(*args, **kwargs)
