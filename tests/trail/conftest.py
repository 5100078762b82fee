"""Kinds of job that only these tests know."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from trail.kinds import KINDS, JobKind


@dataclass
class Work:
    """A kind of job whose handler does what the test says. Notes each run's arguments."""

    name: str = "test.work"
    runs: list[dict[str, Any]] = field(default_factory=list)
    does: Any = None

    def handler(self, progress, **args):
        self.runs.append(args)
        return self.does(progress, **args) if self.does else {"ran": len(self.runs)}


@pytest.fixture
def work(monkeypatch):
    """Registered as "test.work"; no other kind is known, so that nobody else's periodic work runs."""
    made = Work()
    for name in list(KINDS):
        monkeypatch.delitem(KINDS, name)
    monkeypatch.setitem(KINDS, made.name, JobKind(made.name, "Việc thử", made.handler))
    return made


@pytest.fixture
def every(work, monkeypatch):
    """Makes the work periodic: `every(next_run)`."""

    def make_periodic(next_run):
        monkeypatch.setitem(KINDS, work.name, JobKind(work.name, "Việc thử", work.handler, next_run))

    return make_periodic
