"""The kinds of job this portal knows, and when the periodic ones are due. Filled by each app's jobs.py."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Progress(Protocol):
    """Told by a job how far it is. Raises when somebody asked to cancel; a good moment to stop cleanly."""

    def __call__(self, percent: int, note: Any = "") -> None: ...


Handler = Callable[..., dict[str, Any] | None]
NextRun = Callable[[dt.datetime], dt.datetime]


@dataclass(frozen=True)
class JobKind:
    name: str
    label: Any
    handler: Handler
    next_run: NextRun | None = None


KINDS: dict[str, JobKind] = {}


def job_kind(name: str, *, label: Any, every: NextRun | None = None) -> Callable[[Handler], Handler]:
    """Register `handler(progress, **args)` under `name`; with `every` it is also enqueued when due.

    The handler must be safe to run twice: a worker may die after doing the work and before saying so.
    """

    def register(handler: Handler) -> Handler:
        KINDS[name] = JobKind(name, label, handler, every)
        return handler

    return register


def daily(hour: int, minute: int = 0) -> NextRun:
    """The next time the clock of the installation shows this hour, after a given moment."""

    def next_run(after: dt.datetime) -> dt.datetime:
        due = after.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return due if due > after else due + dt.timedelta(days=1)

    return next_run
