"""When people may be written to without being asked. Pure."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Hours:
    """From one full hour of the day up to, and without, another."""

    first: int
    last: int

    def hold(self, moment: dt.datetime) -> bool:
        """Whether somebody may be written to at a moment, by its own clock."""
        return self.first <= moment.hour < self.last

    def next(self, moment: dt.datetime) -> dt.datetime:
        """The moment itself, or the beginning of the hours that follow it."""
        if self.hold(moment):
            return moment
        start = moment.replace(hour=self.first, minute=0, second=0, microsecond=0)
        return start if start > moment else start + dt.timedelta(days=1)
