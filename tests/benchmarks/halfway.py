"""`python -m tests.benchmarks.halfway YEAR MONTH`: opens a month and stops in the middle, to be killed there.

After the first rows of the expected list are written, and before the end of their transaction, it says so
and waits.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

INTO_THE_LIST = 'INSERT INTO "reports_monthlyreport"'


def stop_after_the_first_rows(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
) -> Any:
    """A wrapper of the database's statements."""
    answer = execute(sql, params, many, context)
    if sql.startswith(INTO_THE_LIST):
        print("halfway", flush=True)
        time.sleep(600)
    return answer


def main(year: int, month: int) -> None:
    import django

    django.setup()
    from django.db import connection

    from reports.actions import open_month
    from tests.benchmarks.data import TODAY

    with connection.execute_wrapper(stop_after_the_first_rows):
        open_month(year=year, month=month, by=None, today=TODAY)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
