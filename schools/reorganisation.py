"""What is left open at a unit that closes: the apps above follow, each for its own rows.

This app knows nothing of assignments, targets or reports. Each app that has such rows registers in
`AppConfig.ready()` how to say what a unit leaves open, and how to carry that over: to the successor where
one is named, to an end where there is none. All of it runs within the transaction of the closing, or in the
night after the last day (`schools.jobs`).

Moving needs no follower. What a unit has to do goes with it, and a month's report stays with the office for
which the month was opened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schools.models import Posting, Unit


@dataclass(frozen=True)
class Follower:
    """One app's part. `carry_over` is safe to run twice; `by` is None when the portal does it at night."""

    left_open: "Callable[[Unit], list[str]]"
    carry_over: "Callable[[Unit, Posting | None], None]"


FOLLOWERS: list[Follower] = []


def follow(follower: Follower) -> None:
    FOLLOWERS.append(follower)


def left_open(unit: "Unit") -> list[str]:
    """What a unit would leave open if it closed now, in words. A query or two for each app."""
    return [words for follower in FOLLOWERS for words in follower.left_open(unit)]


def carry_over(unit: "Unit", by: "Posting | None") -> None:
    """Hand what a closed unit left open to its successor, or end it. Within a transaction."""
    for follower in FOLLOWERS:
        follower.carry_over(unit, by)
