"""Who answers for a unit's report: who sends it, whom to call."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.roles import ROLES, Permission
from directives.queries import letterhead_of
from reports.models import MonthlyReport
from reports.rules import may_send
from reports.signing import signed_as
from schools.models import LinkKind, OfficeLink, Posting, Unit, UnitKind


def holding(permission: Permission) -> list[str]:
    """The roles that carry a permission (no query)."""
    return [code for code, role in ROLES.items() if role.may(permission)]


@dataclass(frozen=True)
class Staffing:
    """The people of one unit who work on its report, heads first in the order of their postings."""

    heads: list[Posting] = field(default_factory=list)
    others: list[Posting] = field(default_factory=list)

    @property
    def everybody(self) -> list[Posting]:
        return [*self.heads, *self.others]


def staffing(units: Iterable[int], on: dt.date) -> dict[int, Staffing]:
    """For each unit, by primary key, who works on its report on a day. Two queries.

    People of a commune's internal departments act in its name, as `Posting.acting_unit` says.
    """
    found = {unit: Staffing() for unit in units}
    links = OfficeLink.objects.on(on).filter(
        kind=LinkKind.ADMINISTRATIVE, child__kind=UnitKind.INTERNAL, parent__in=found
    )
    acting_for = {unit: unit for unit in found} | dict(links.values_list("child", "parent"))
    works_on_it = Q(role__in=holding(Permission.PREPARE_REPORTS), unit__in=acting_for)
    heading = set(holding(Permission.SEND_REPORTS))
    for posting in Posting.objects.on(on).filter(works_on_it).select_related("user"):
        people = found[acting_for[posting.unit_id]]
        (people.heads if posting.role in heading else people.others).append(posting)
    return found


def signing_lines_of(unit: Unit, by: Posting, on: dt.date) -> tuple[str, ...]:
    """What stands above the signature of a person who sends a unit's report on a day. One query at most."""
    if unit.is_school:
        others = Posting.objects.on(on).filter(unit=unit.pk, role=by.role, is_acting=False)
        beside_head = by.is_acting and others.exists()
        return signed_as(role=by.role, head_title="", is_acting=by.is_acting, beside_head=beside_head)
    letterhead = letterhead_of(unit, on)
    return signed_as(role=by.role, head_title=letterhead.head_title if letterhead else "")


def senders(unit: Unit, on: dt.date) -> list[Posting]:
    """Who may send a unit's report on a day: its heads, or those who may where it has none. Two queries."""
    people = staffing([unit.pk], on)[unit.pk]
    instead = holding(Permission.SEND_WITHOUT_HEAD)
    return people.heads or [posting for posting in people.others if posting.role in instead]


def may_send_now(by: Posting | None, report: MonthlyReport, on: dt.date) -> bool:
    """Whether this person sends the report on a day. No query for the unit's head, else two."""
    return may_send(by, report, has_head=True) or sends(by, report, senders(report.unit, on))


def sends(by: Posting | None, report: MonthlyReport, sending: Iterable[Posting]) -> bool:
    """Whether this person sends the report, or others of the unit (`sending`: its `senders`). No query."""
    has_head = any(one.may(Permission.SEND_REPORTS) for one in sending)
    return may_send(by, report, has_head=has_head)
