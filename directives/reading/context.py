"""What the reader is told beside the text: the office's calendar and its custom about "trước ngày"."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class SchoolYear:
    """The days of one school year that documents count from."""

    start: int
    opening: datetime.date
    term1_end: datetime.date
    end: datetime.date

    @classmethod
    def usual(cls, start: int) -> SchoolYear:
        """The usual frame of the ministry's yearly decision: 5/9, middle of January, 31/5."""
        return cls(
            start=start,
            opening=datetime.date(start, 9, 5),
            term1_end=datetime.date(start + 1, 1, 18),
            end=datetime.date(start + 1, 5, 31),
        )


@dataclass(frozen=True)
class Context:
    """``today`` counts only where the document carries no date; ``school_years`` override the usual ones."""

    today: datetime.date | None = None
    before_is_inclusive: bool = False
    school_years: tuple[SchoolYear, ...] = ()

    def school_year(self, start: int) -> SchoolYear:
        """The school year that opens in the year ``start``."""
        given = next((year for year in self.school_years if year.start == start), None)
        return given or SchoolYear.usual(start)
