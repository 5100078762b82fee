"""How a unit kept its months: what came in time, late, not at all; how much of each content. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Kept(StrEnum):
    """What became of one month of one unit."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"
    EXCUSED = "excused"


@dataclass(frozen=True)
class MonthKept:
    """A month of a unit on the frozen list. `days`: how late the first sending was, or is by now.

    `given` of `asked`: how much of a content is there (figures with a number, tasks with a word).
    """

    kept: Kept
    days: int = 0
    given: int = 0
    asked: int = 0


def month_kept(
    *,
    is_excused: bool,
    is_missing: bool,
    due_on: dt.date,
    first_sent_on: dt.date | None,
    today: dt.date,
    given: int = 0,
    asked: int = 0,
) -> MonthKept:
    """What became of a month by a day. The first sending counts: to correct it later is not to be late.

    What was returned is missing again until it is sent anew.
    """
    if is_excused:
        return MonthKept(Kept.EXCUSED)
    if is_missing:
        late = (today - due_on).days
        return MonthKept(Kept.MISSING if late > 0 else Kept.WAITING, max(late, 0), given, asked)
    late = (first_sent_on - due_on).days if first_sent_on else 0
    return MonthKept(Kept.LATE if late > 0 else Kept.IN_TIME, max(late, 0), given, asked)


@dataclass(frozen=True)
class Tally:
    """Months added up. Not expected are excused months, and those not due yet unless they are in."""

    expected: int = 0
    received: int = 0
    in_time: int = 0
    days_late: int = 0
    given: int = 0
    asked: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.expected + other.expected,
            self.received + other.received,
            self.in_time + other.in_time,
            self.days_late + other.days_late,
            self.given + other.given,
            self.asked + other.asked,
        )

    @property
    def completeness(self) -> int | None:
        """Reports in of those expected, in per cent."""
        return share(self.received, self.expected)

    @property
    def timeliness(self) -> int | None:
        """Reports in time of those expected, in per cent."""
        return share(self.in_time, self.expected)

    @property
    def content(self) -> int | None:
        """What is there of a content, in per cent."""
        return share(self.given, self.asked)


def share(part: int, whole: int) -> int | None:
    """In whole per cent, rounded down: 100 means all."""
    return 100 * part // whole if whole else None


def tally_of(month: MonthKept) -> Tally:
    """What one month adds."""
    if month.kept in (Kept.EXCUSED, Kept.WAITING):
        return Tally()
    received = month.kept != Kept.MISSING
    return Tally(
        expected=1,
        received=int(received),
        in_time=int(month.kept == Kept.IN_TIME),
        days_late=month.days if month.kept == Kept.LATE else 0,
        given=month.given,
        asked=month.asked,
    )
