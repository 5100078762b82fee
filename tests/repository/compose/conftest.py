"""One running stack for all tests of it."""

from collections.abc import Iterator

import psycopg2
import pytest

from tests.repository.compose.stack import Stack, prepared


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Web, a worker and two beats, on a settled place. Two beats, because nothing may come of the second."""
    try:
        with prepared(tmp_path_factory.mktemp("stack")) as stack:
            stack.python("from tests.repository.compose.place import settle; settle()")
            for name in ("web", "worker", "beat"):
                stack.start(name)
            stack.start("beat", "--hostname", "celerybeat-2@%h", name="beat-2")
            yield stack
    except psycopg2.OperationalError as error:
        pytest.skip(f"no PostgreSQL to run the services against: {error}")
