"""The sentence in which the field sums up its work, and the numbers in it. No queries.

"Tổng số nhiệm vụ giao: 120; hoàn thành đúng hạn 80; …" counts assignments, one a unit; its parts always add
up to the whole. What is paused, cancelled or refused stands outside and is said after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from directives.standing import COUNTED, DUE_SOON, Standing
from eduportal.base.templatetags.eduportal import number

HUNDRED = Decimal(100)
SMALLEST_SHARE = Decimal("0.1")


@dataclass(frozen=True)
class Statistics:
    """Assignments by standing; the five add up to `assigned`."""

    done_on_time: int
    done_late: int
    running: int
    overdue: int
    no_deadline: int
    outside: int

    @property
    def assigned(self) -> int:
        return self.done_on_time + self.done_late + self.running + self.overdue + self.no_deadline

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late

    @property
    def rate(self) -> Decimal | None:
        """The share that is done, in percent with one decimal; None where nothing was assigned.

        Rounded as elsewhere, but 100% means all, and something done is never 0%.
        """
        if not self.assigned:
            return None
        share = (HUNDRED * self.done / self.assigned).quantize(SMALLEST_SHARE, rounding=ROUND_HALF_UP)
        if self.done in (0, self.assigned):
            return share
        return min(max(share, SMALLEST_SHARE), HUNDRED - SMALLEST_SHARE)


def statistics_of(counts: Mapping[str, int]) -> Statistics:
    """From counts by standing; those due soon are some of the running."""
    inside = {standing.value: counts.get(standing, 0) for standing in COUNTED}
    inside[Standing.RUNNING.value] += counts.get(DUE_SOON, 0)
    outside = sum(counts.get(standing, 0) for standing in set(Standing) - set(COUNTED))
    return Statistics(**inside, outside=outside)


def statistics_sentence(counts: Mapping[str, int]) -> str:
    """The sentence of the field; empty where nothing was assigned."""
    found = statistics_of(counts)
    if found.rate is None:
        return ""
    sentence = _(
        "Tasks assigned in all: %(assigned)s; done on time %(done_on_time)s; done late %(done_late)s; "
        "under way in time %(running)s; overdue and not done %(overdue)s; without a deadline "
        "%(no_deadline)s; share done %(rate)s%%."
    ) % {
        "assigned": number(found.assigned),
        "done_on_time": number(found.done_on_time),
        "done_late": number(found.done_late),
        "running": number(found.running),
        "overdue": number(found.overdue),
        "no_deadline": number(found.no_deadline),
        "rate": number(found.rate),
    }
    if not found.outside:
        return sentence
    beside = _("Outside these: %(count)s paused, cancelled or refused.") % {"count": number(found.outside)}
    return f"{sentence} {beside}"
