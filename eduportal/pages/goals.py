"""The leader's targets in short: how many stand where, what is at risk and why, what lapses."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from schools.models import Period, Unit
from schools.queries.recognitions import Standing, register
from targets.models import Target
from targets.queries.board import Board, BoardRow, periods_with_targets, standings, usual_period
from targets.standing import TargetStanding
from targets.wording import reason

MOST_SHOWN = 5


@dataclass(frozen=True)
class Risk:
    """A target that is at risk or missed, with its reason in words."""

    pk: int
    name: str
    reason: str


@dataclass(frozen=True)
class Goals:
    """An office's board of the period that runs, and what of it needs attention."""

    period: Period | None
    board: Board
    lapsing: int

    @property
    def counts(self) -> list[tuple[TargetStanding, int]]:
        """Every standing that there is."""
        return [(standing, count) for standing, count in self.board.counts.items() if count]

    @property
    def risky(self) -> int:
        return len(self.rows_at_risk)

    @property
    def rows_at_risk(self) -> list[BoardRow]:
        worrying = (TargetStanding.AT_RISK, TargetStanding.MISSED)
        return [row for row in self.board.rows if row.standing in worrying]

    @property
    def risks(self) -> list[Risk]:
        """The first of them, in the order of the board."""
        return [
            Risk(row.target.pk, row.target.subject, reason(row)) for row in self.rows_at_risk[:MOST_SHOWN]
        ]


def goals_of(*, user: Any, office: Unit, today: dt.date) -> Goals:
    """The targets of an office for a person who may see it. Some twenty queries, three where none are set."""
    period = usual_period(list(periods_with_targets(Target.objects.visible_to(user))), today)
    shown = standings(unit=office, period=period, today=today, user=user) if period else Board([])
    return Goals(period, shown, register(user=user, today=today).counts[Standing.SOON])
