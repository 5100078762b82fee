"""A numbered database of the tests' Redis for each use, so that no other worker takes a test's messages."""

import os
from urllib.parse import urlsplit

HIGHEST = 15


def numbered(redis: str, use: int) -> str:
    """The address of a database of its own. `use`: 0 or 1; tests that run side by side count down from it."""
    side_by_side = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return urlsplit(redis)._replace(path=f"/{HIGHEST - use - 2 * side_by_side}").geturl()
