"""What an administrator reads."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet

from accounts.contacts import phone_key
from eduportal.base.text import search_key
from schools.models import Posting
from schools.queries.administering import (
    Needs,
    accounts_seen,
    needs,
    offices_administered,
    oversees_installation,
    postings_administered,
    schools_administered,
    units_administered,
)
from trail.models import Job, JobState


@dataclass(frozen=True)
class AdminDesk:
    """What an administrator looks after, and how much of it asks for a hand."""

    offices: int
    schools: int
    accounts: int
    units_without_people: int
    schools_without_account: int
    people_without_posting: int
    people_without_password: int
    postings_ending: int
    failed_jobs: int

    @property
    def has_work(self) -> bool:
        return any(
            (
                self.units_without_people,
                self.schools_without_account,
                self.people_without_posting,
                self.people_without_password,
                self.postings_ending,
                self.failed_jobs,
            )
        )


def admin_desk(posting: Posting, today: dt.date) -> AdminDesk:
    """How large the administrator's part of the installation is, and what to do next. Nine queries."""
    to_do = needs(posting, today)
    return AdminDesk(
        offices=offices_administered(posting).on(today).count(),
        schools=schools_administered(posting).on(today).count(),
        accounts=accounts_seen(posting).filter(is_active=True).count(),
        units_without_people=to_do.units_without_people.count(),
        schools_without_account=to_do.schools_without_account.count(),
        people_without_posting=to_do.people_without_posting.count(),
        people_without_password=to_do.people_without_password.count(),
        postings_ending=to_do.postings_ending.count(),
        failed_jobs=failed_jobs(posting).count(),
    )


def jobs_administered(posting: Any) -> QuerySet[Job]:
    """Work done for the units administered; at the head also what is done for the installation as a whole."""
    mine = Q(unit_id__in=units_administered(posting).values("pk"))
    return Job.objects.filter(mine | Q(unit_id=None) if oversees_installation(posting) else mine)


def failed_jobs(posting: Any) -> QuerySet[Job]:
    """The newest attempt of each piece of work, where it failed."""
    newest = jobs_administered(posting).order_by().values("kind", "key").annotate(newest=Max("pk"))
    return Job.objects.filter(pk__in=newest.values("newest"), state=JobState.FAILED)


def people(posting: Posting, today: dt.date, *, q: str, need: str) -> QuerySet:
    """The accounts an administrator sees, by name; `need` and `q` narrow them down."""
    rows = narrowed(accounts_seen(posting), needs(posting, today), need)
    words = search_key(q)
    if words:
        number = phone_key(q)
        found = Q(search_key__contains=words) | Q(email_key__contains=words)
        rows = rows.filter(found | Q(phone_key=number) if number else found)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    shown = postings_administered(posting).filter(lasting).select_related("unit")
    return rows.order_by("search_key", "pk").prefetch_related(
        Prefetch("postings", queryset=shown, to_attr="shown_postings")
    )


def narrowed(rows: QuerySet, to_do: Needs, need: str) -> QuerySet:
    if need == "posting":
        return rows.filter(pk__in=to_do.people_without_posting.values("pk"))
    if need == "password":
        return rows.filter(pk__in=to_do.people_without_password.values("pk"))
    if need == "ending":
        return rows.filter(pk__in=to_do.postings_ending.values("user"))
    return rows.filter(is_active=need != "closed")
