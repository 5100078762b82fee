"""Which of the reports that came in a reviewer looks at first. Pure."""

from dataclasses import dataclass
from enum import IntEnum


class Grade(IntEnum):
    """How much a report asks to be looked at; the higher ones come first."""

    NOTHING = 0
    EXPLAINED = 1
    LOOK = 2
    SERIOUS = 3


@dataclass(frozen=True)
class Risk:
    """What speaks against accepting a report unseen. Counts are of doubts about its figures.

    `comments`: of the office, to which the unit has not said yet that it has seen them.
    """

    serious: int = 0
    jumps: int = 0
    others: int = 0
    unexplained: int = 0
    comments: int = 0
    is_late: bool = False
    is_correction: bool = False
    was_returned: bool = False

    @property
    def doubts(self) -> int:
        return self.serious + self.jumps + self.others

    @property
    def is_clear(self) -> bool:
        """Nothing in it has to be read by a person. Being late is noted anyway and is no doubt."""
        return not (self.doubts or self.comments or self.is_correction or self.was_returned)

    @property
    def grade(self) -> Grade:
        if self.serious:
            return Grade.SERIOUS
        if self.unexplained or self.comments or self.is_correction or self.was_returned or self.is_late:
            return Grade.LOOK
        return Grade.EXPLAINED if self.doubts else Grade.NOTHING
