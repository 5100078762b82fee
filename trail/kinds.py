"""The kinds of job and of notification this portal knows, and when periodic jobs are due.

Filled by each app's jobs.py and notices.py.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Words:
    """What a kind of notification says, with places for its data; `spoken` puts some of it in words."""

    text: Any
    spoken: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)

    def said(self, data: Mapping[str, Any]) -> str:
        """In the language of whoever reads."""
        in_words = {name: speak(data[name]) for name, speak in self.spoken.items() if name in data}
        return str(self.text) % {**data, **in_words}


NOTICES: dict[str, Words] = {}
"""The words of each kind of notification."""


Holding = Callable[[Any], set[int]]
HOLDING: dict[str, Holding] = {}
"""For some kinds of notification, which of them still hold; the others hold until they are settled."""


def holds_while(name: str, holding: Holding) -> None:
    """Notifications of a kind are shown while `holding` names them: of some rows, the primary keys that hold.

    For what ends in many places, which need not know that somebody was told of it.
    """
    HOLDING[name] = holding


def notice_kind(name: str, text: Any, **spoken: Callable[[Any], str]) -> str:
    """Register the words of a kind of notification; gives the name, to be kept as a constant."""
    NOTICES[name] = Words(text, spoken)
    return name


@dataclass(frozen=True)
class CalendarEntry:
    """What a calendar takes up from a mail (RFC 5545). `method`: REQUEST or CANCEL."""

    content: bytes
    method: str
    name: str


@dataclass(frozen=True)
class Composed:
    """The text of a letter, made when it leaves. Of a message only the body is sent."""

    subject: str
    body: str
    entry: CalendarEntry | None = None


Composer = Callable[[Any], Composed | None]
LETTERS: dict[str, Composer] = {}
"""How each kind of letter that is written when it leaves is made."""


def letter_kind(name: str) -> Callable[[Composer], Composer]:
    """Register how letters of a kind are made: `compose(letter)`, None where nothing is left to say.

    Called anew for each attempt: what was true when a mail server went away may be so no longer.
    """

    def register(composer: Composer) -> Composer:
        LETTERS[name] = composer
        return composer

    return register


def every(minutes: int) -> NextRun:
    """So many minutes after a given moment."""

    def next_run(after: dt.datetime) -> dt.datetime:
        return after + dt.timedelta(minutes=minutes)

    return next_run


def daily(hour: int, minute: int = 0) -> NextRun:
    """The next time the clock of the installation shows this hour, after a given moment."""

    def next_run(after: dt.datetime) -> dt.datetime:
        due = after.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return due if due > after else due + dt.timedelta(days=1)

    return next_run
